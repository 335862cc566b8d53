"""Chart 4: what happens after a step? Advanced, still open and lost over the days, always adding up to everybody."""

from typing import Final

from soloflow.charts.colours import LIGHT, ChartColours
from soloflow.charts.fonts import elided, text_width
from soloflow.charts.layout import Span
from soloflow.charts.paper import Drawing, Paper, Region
from soloflow.charts.rows import whole_percents
from soloflow.i18n import _
from soloflow.insights.behind import Who
from soloflow.insights.estimate import Curve, horizon_us
from soloflow.insights.leak import FEW
from soloflow.insights.log import DAY_US
from soloflow.insights.reduction import ADVANCED, LOST, OPEN

HEIGHT: Final = 320.0
_TOP: Final = 36.0
_BOTTOM: Final = 284.0
_LEFT: Final = 48.0
_LABEL_ROOM: Final = 132.0
_SLICES: Final = 24
_HAIR: Final = 1e-9
_PALE: Final = 0.45
"""How much is seen of a colour where the shares are of few."""


def after_step_figure(
    found: Curve, stage: int, days: int, colours: ChartColours = LIGHT, width: float = 1156.0
) -> Drawing:
    """The shares from day 0 to `days`; a slice tells its day, the words at the right lead to those who ended so."""
    paper = Paper(width, HEIGHT, colours)
    span = Span(_LEFT, width - _LABEL_ROOM)
    _draw_axes(paper, span, days, is_thin=found.n < FEW)
    if found.n:
        _draw_areas(paper, span, found, days)
        _label_ends(paper, span.right + 12, found, stage, days)
        _slices(paper, span, found, stage, days)
    return paper.finished()


def _draw_areas(paper: Paper, span: Span, found: Curve, days: int) -> None:
    steps = _steps(found, days)
    lost = [(x, lost) for x, _advance, lost in steps]
    top = [(x, 1 - advance) for x, advance, _lost in steps]
    see_through = 1.0 if found.n >= FEW else _PALE
    paper.area(_points(span, [(x, 0.0) for x, _y in lost], lost), paper.colours.lost, see_through=see_through)
    paper.hatched_area(_points(span, lost, top))
    paper.area(_points(span, top, [(x, 1.0) for x, _y in top]), paper.colours.advanced, see_through=see_through)


def shares_at(found: Curve, days: float) -> tuple[float, float, float]:
    """(advanced, open, lost) of everybody within so many days."""
    at = int((found.time_us <= horizon_us(days)).sum())
    if not at:
        return 0.0, 1.0, 0.0
    advance, lost = float(found.cumulative[at - 1]), float(found.cumulative_lost[at - 1])
    return advance, max(0.0, 1 - advance - lost), lost


def share_words(found: Curve, days: float) -> tuple[str, str, str]:
    """Advanced, open and lost within so many days: in whole percent, and as counts (2/7) where they are few."""
    if found.n >= FEW:
        advance, still, lost = whole_percents(shares_at(found, days))
        return f"{advance} %", f"{still} %", f"{lost} %"
    until = found.time_us <= horizon_us(days)
    advanced, left = int(found.advanced[until].sum()), int(found.lost[until].sum())
    return f"{advanced}/{found.n}", f"{found.n - advanced - left}/{found.n}", f"{left}/{found.n}"


def _steps(found: Curve, days: int) -> list[tuple[float, float, float]]:
    """(share of the axis, advanced, lost) at every change, as a staircase."""
    steps = [(0.0, 0.0, 0.0)]
    for time, advance, lost in zip(found.time_us, found.cumulative, found.cumulative_lost, strict=True):
        x = float(time) / (DAY_US * days)
        if x > 1:
            break
        steps.append((x, steps[-1][1], steps[-1][2]))
        steps.append((x, float(advance), float(lost)))
    return [*steps, (1.0, steps[-1][1], steps[-1][2])]


def _y(share: float) -> float:
    return _BOTTOM - share * (_BOTTOM - _TOP)


def _points(
    span: Span, lower: list[tuple[float, float]], upper: list[tuple[float, float]]
) -> list[tuple[float, float]]:
    return [(span.at(x), _y(y)) for x, y in lower] + [(span.at(x), _y(y)) for x, y in reversed(upper)]


def _draw_axes(paper: Paper, span: Span, days: int, *, is_thin: bool) -> None:
    colours = paper.colours
    note = _("斜線は途中。10社未満なので淡くしています") if is_thin else _("斜線は途中")
    paper.heading(_("来てからの日数と、どうなったかの割合"), note)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = _y(share)
        paper.line(span.left, y, span.right, y, colours.grid, over=4)
        paper.text(span.left - 8, y, f"{100 * share:.0f} %" if share == 1 else f"{100 * share:.0f}", colours.label_ink, size=12, side="right")  # fmt: skip
    for day in _day_ticks(days, span):
        words = _("{days}日").format(days=day)
        paper.text(span.at(day / days), _BOTTOM + 16, words, colours.label_ink, size=12, side="center")


def _day_ticks(days: int, span: Span) -> tuple[int, ...]:
    step = 90 if days > 200 else 30 if days > 100 else 15
    room = text_width(_("{days}日").format(days=days), 12) + 16
    while (span.right - span.left) * step / days < room and step < days:
        step *= 2
    return tuple(range(0, days + 1, step))


def _label_ends(paper: Paper, left: float, found: Curve, stage: int, days: int) -> None:
    advance, _still, lost = shares_at(found, days)
    parts = (
        (ADVANCED, _("進んだ"), (1 - advance, 1.0)), (OPEN, _("途中"), (lost, 1 - advance)), (LOST, _("離れた"), (0.0, lost)),
    )  # fmt: skip
    last = _TOP - 20
    for words, (outcome, word, (low, high)) in zip(share_words(found, days), parts, strict=True):
        if high - low <= _HAIR:
            continue
        y = max(last + 20, _y((low + high) / 2))
        last = y
        text = elided(f"{word} {words}", paper.width - left, 13)
        paper.text(left, y, text, paper.colours.ink)
        paper.mark(Region(left - 4, y - 10, text_width(text, 13) + 8, 20, Who(stage, outcome), f"{word} {words}"))


def _slices(paper: Paper, span: Span, found: Curve, stage: int, days: int) -> None:
    each = (span.right - span.left) / _SLICES
    for place in range(_SLICES):
        day = days * (place + 1) / _SLICES
        advance, still, lost = share_words(found, day)
        words = _("{days:.0f}日たつと：進んだ {advance}・途中 {still}・離れた {lost}").format(
            days=day, advance=advance, still=still, lost=lost
        )
        paper.mark(Region(span.left + place * each, _TOP, each, _BOTTOM - _TOP, Who(stage), words))
