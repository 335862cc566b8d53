"""Chart 3: where is the worst leak? The chance of having the lowest rate, and what mending would be worth, side by side."""

from dataclasses import dataclass
from typing import Final

from soloflow.charts.colours import LIGHT, ChartColours
from soloflow.charts.fonts import elided
from soloflow.charts.layout import GRID_TOP, GROUP_ENDS, HEAD, LABEL, ROW, TITLE, Span, middle_of
from soloflow.charts.paper import Drawing, Paper, Region
from soloflow.domain.stages import LAST, ORDER, STAGES
from soloflow.i18n import _
from soloflow.insights.behind import Who
from soloflow.insights.numbers import Numbers
from soloflow.insights.reduction import LOST

HEIGHT: Final = 356.0
_BAR: Final = 14.0
_VALUE_ROOM: Final = 52.0
_GAP: Final = 28.0


@dataclass(frozen=True, slots=True)
class _Panel:
    title: str
    values: tuple[float | None, ...]
    """By stage from the first; None where nothing can be said."""
    most: float
    shape: str
    colour: str


def leak_figure(numbers: Numbers, colours: ChartColours = LIGHT, width: float = 1156.0) -> Drawing:
    """Three panels that share the rows of stages 1 to 8; the two of orders share one axis."""
    paper = Paper(width, HEIGHT, colours)
    leak, after = numbers.leak, numbers.leak_after_order
    orders = max((value for value in (*leak.rescue10_per_100, *leak.to_benchmark_per_100) if value), default=0.0)
    panels = (
        _Panel(_("率が最低の確からしさ"), leak.ranking.prob_lowest_rate + after.prob_lowest_rate, 1.0, "%", colours.accent),
        _Panel(_("10社に1社を引き止めると"), leak.rescue10_per_100, orders, "+", colours.advanced),
        _Panel(_("目安まで上げると"), leak.to_benchmark_per_100, orders, "+", colours.advanced),
    )  # fmt: skip
    room = (width - LABEL - (len(panels) - 1) * _GAP) / len(panels)
    for k in range(1, LAST):
        _draw_label(paper, numbers, k)
    for end in GROUP_ENDS:
        y = middle_of(end) + ROW / 2
        paper.line(0, y, width, y, colours.rule)
    for place, panel in enumerate(panels):
        left = LABEL + place * (room + _GAP)
        _draw_panel(paper, panel, Span(left, left + room - _VALUE_ROOM), numbers)
    return paper.finished()


def _draw_label(paper: Paper, numbers: Numbers, k: int) -> None:
    colours, y = paper.colours, middle_of(k)
    marked = k in (numbers.leak.ranking.most_lost_stage, numbers.leak.ranking.verdict.candidates[0])
    paper.text(0, y, str(k), colours.label_ink, size=12)
    paper.text(16, y, elided(_(STAGES[k - 1].title), LABEL - 24, 13, marked), colours.ink, bold=marked)


def _draw_panel(paper: Paper, panel: _Panel, span: Span, numbers: Numbers) -> None:
    colours = paper.colours
    unit = _("受注の数、100社に会うごと") if panel.shape == "+" else _("受注の前と後で別に")
    paper.text(
        span.left, TITLE, elided(panel.title, span.right + _VALUE_ROOM - span.left, 13, True), colours.ink, bold=True
    )
    paper.text(span.left, HEAD - 4, elided(unit, span.right + _VALUE_ROOM - span.left, 12), colours.label_ink, size=12)
    bottom = middle_of(len(panel.values)) + ROW / 2
    paper.line(span.left, GRID_TOP, span.left, bottom, colours.rule)
    for k, value in enumerate(panel.values, 1):
        if value is None:
            if k < ORDER:
                paper.text(span.left + 8, middle_of(k), "—", colours.label_ink)
            continue
        _draw_value(paper, panel, span, k, value, numbers)


def _chance_words(chance: float) -> str:
    if chance < 0.01:
        return _("1 %未満")
    return _("99 %超") if chance > 0.99 else f"{100 * chance:.0f} %"


def _orders_words(orders: float) -> str:
    return f"+{orders:.1f}" if orders >= 0.05 else _("届いています")


def _draw_value(paper: Paper, panel: _Panel, span: Span, k: int, value: float, numbers: Numbers) -> None:
    y = middle_of(k)
    share = value / panel.most if panel.most else 0.0
    if share > 0:
        paper.bar(span.left, y, max(1.0, share * (span.right - span.left)), _BAR, panel.colour)
    text = _chance_words(value) if panel.shape == "%" else _orders_words(value)
    ink = paper.colours.ink if share >= 0.5 else paper.colours.second_ink
    paper.text(span.left + share * (span.right - span.left) + 8, y, text, ink)
    lost = numbers.stages[k - 1].lost
    words = f"{k} {_(STAGES[k - 1].title)}: {panel.title} {text}"
    region = Region(
        span.left, y - ROW / 2, span.right + _VALUE_ROOM - span.left, ROW, Who(k, LOST) if lost else None, words
    )
    paper.mark(region)
