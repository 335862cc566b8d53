"""Chart 7: how long do they stay? The share still at a step after so many days, those still there as marks."""

from typing import Final

from soloflow.charts.colours import LIGHT, ChartColours
from soloflow.charts.fonts import text_width
from soloflow.charts.layout import Span
from soloflow.charts.paper import Drawing, Paper, Region
from soloflow.i18n import _
from soloflow.insights.behind import Who
from soloflow.insights.estimate import StayCurve
from soloflow.insights.log import DAY_US
from soloflow.insights.reduction import OPEN

HEIGHT: Final = 320.0
_TOP: Final = 36.0
_BOTTOM: Final = 284.0
_LEFT: Final = 48.0
_RIGHT_ROOM: Final = 40.0
_SLICES: Final = 24
_STEPS: Final = (10, 30, 90, 180, 365, 730, 1460, 3650)
_BETWEEN: Final = 16.0
"""Kept free between two days of the axis."""
_MOST_MARKS: Final = 200


def stay_figure(
    found: StayCurve,
    median: float | None,
    stage: int,
    colours: ChartColours = LIGHT,
    width: float = 1156.0,
    *,
    is_thin: bool = False,
) -> Drawing:
    """A staircase with its 95 % band over the days until the longest stay; `median` in days, pale where stays are few."""
    paper = Paper(width, HEIGHT, colours)
    span = Span(_LEFT, width - _RIGHT_ROOM)
    days = longest(found)
    colour = colours.still_open if is_thin else colours.accent
    _draw_axes(paper, span, days, is_thin=is_thin)
    steps = _staircase(found, days, [float(one) for one in found.survival])
    lower, upper = (_staircase(found, days, [float(one) for one in band]) for band in (found.lower, found.upper))
    band = [(span.at(x), _y(y)) for x, y in lower] + [(span.at(x), _y(y)) for x, y in reversed(upper)]
    paper.area(band, colour, see_through=0.14)
    paper.path([(span.at(x), _y(y)) for x, y in steps], colour)
    _draw_open(paper, span, found, days)
    if median is not None:
        _draw_median(paper, span, median, days)
    _slices(paper, span, found, stage, days)
    return paper.finished()


def longest(found: StayCurve) -> float:
    """The end of the axis in days: the longest stay, rounded up."""
    ends = [float(times[-1]) / DAY_US for times in (found.time_us, found.open_us) if len(times)]
    most = max(ends, default=1.0)
    step = next((step for step in (10, 30, 90, 180, 365) if most <= 8 * step), 365)
    return float(step * max(1, -(-most // step)))


def share_after(found: StayCurve, days: float) -> float:
    """The share still there after so many days."""
    at = int((found.time_us <= days * DAY_US).sum())
    return float(found.survival[at - 1]) if at else 1.0


def _staircase(found: StayCurve, days: float, shares: list[float]) -> list[tuple[float, float]]:
    steps = [(0.0, 1.0)]
    for time, share in zip(found.time_us, shares, strict=True):
        x = float(time) / (DAY_US * days)
        steps += [(x, steps[-1][1]), (x, share)]
    return [*steps, (1.0, steps[-1][1])]


def _y(share: float) -> float:
    return _BOTTOM - share * (_BOTTOM - _TOP)


def _draw_axes(paper: Paper, span: Span, days: float, *, is_thin: bool) -> None:
    colours = paper.colours
    note = _("帯は 95 %、縦の印はいまもいる顧客")
    if is_thin:
        note = _("10回に足りないので淡くしています。縦の印はいまもいる顧客")
    paper.heading(_("来てからの日数と、まだその工程にいる割合"), note)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = _y(share)
        paper.line(span.left, y, span.right, y, colours.grid, over=0)
        text = f"{100 * share:.0f} %" if share == 1 else f"{100 * share:.0f}"
        paper.text(span.left - 8, y, text, colours.label_ink, size=12, side="right")
    widest = text_width(_("{days}日").format(days=int(days)), 12) + _BETWEEN
    fitting = max(1.0, (span.right - span.left) / widest)
    step = next((step for step in _STEPS if days / step <= min(8.0, fitting)), _STEPS[-1])
    for day in range(0, int(days) + 1, step):
        words = _("{days}日").format(days=day)
        paper.text(span.at(day / days), _BOTTOM + 16, words, colours.label_ink, size=12, side="center")


def _draw_open(paper: Paper, span: Span, found: StayCurve, days: float) -> None:
    each = max(1, len(found.open_us) // _MOST_MARKS)
    for time in found.open_us[::each]:
        day = float(time) / DAY_US
        x, y = span.at(day / days), _y(share_after(found, day))
        paper.line(x, y - 6, x, y + 6, paper.colours.second_ink, width=1.5, over=4)


def _draw_median(paper: Paper, span: Span, median: float, days: float) -> None:
    x, y = span.at(median / days), _y(0.5)
    paper.path([(span.left, y), (x, y), (x, _BOTTOM)], paper.colours.second_ink, width=1.0, dashed=True)
    words = _("半分は {days:.0f}日まで").format(days=median)
    is_left = x + 8 + text_width(words, 12) > span.right
    paper.text(x - 8 if is_left else x + 8, _BOTTOM - 10, words, paper.colours.ink, size=12, side="right" if is_left else "left")  # fmt: skip


def _slices(paper: Paper, span: Span, found: StayCurve, stage: int, days: float) -> None:
    each = (span.right - span.left) / _SLICES
    for place in range(_SLICES):
        day = days * (place + 1) / _SLICES
        still = int((found.open_us > day * DAY_US).sum())
        words = _("{days:.0f}日たつと：{share:.0f} % がまだいます（いまそれより長くいるのは{count}社）").format(
            days=day, share=100 * share_after(found, day), count=f"{still:,}"
        )
        paper.mark(Region(span.left + place * each, _TOP, each, _BOTTOM - _TOP, Who(stage, OPEN), words))
