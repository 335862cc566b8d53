"""Chart 3: where is the worst leak? The chance of having the lowest rate, and what mending would be worth, side by side."""

from dataclasses import dataclass
from typing import Final

from soloflow.charts.colours import LIGHT, ChartColours
from soloflow.charts.fonts import elided, text_width
from soloflow.charts.layout import GRID_TOP, GROUP_ENDS, HEAD, LABEL, ROW, TITLE, Span, middle_of
from soloflow.charts.paper import Drawing, Paper, Region
from soloflow.domain.stages import LAST, ORDER, STAGES
from soloflow.i18n import _, pgettext
from soloflow.insights.behind import Who
from soloflow.insights.leak import FEW
from soloflow.insights.numbers import Numbers
from soloflow.insights.reduction import LOST

HEIGHT: Final = 356.0
_BAR: Final = 14.0
_VALUE_ROOM: Final = 60.0
_GAP: Final = 28.0
_LEGEND: Final = 344.0
_AFTER: Final = 0.45
"""How much is seen of the bars after the order: they are another hundred percent."""


@dataclass(frozen=True, slots=True)
class _Panel:
    title: str
    unit: str
    values: tuple[float | None, ...]
    """By stage from the first; None where nothing can be said."""
    most: float
    is_chance: bool
    colour: str
    thin: tuple[bool, ...]
    """By stage: rests on few, so it is pale."""


def leak_figure(numbers: Numbers, colours: ChartColours = LIGHT, width: float = 1156.0) -> Drawing:
    """Three panels that share the rows of stages 1 to 8; the two of orders share one axis."""
    paper = Paper(width, HEIGHT, colours)
    panels = _panels(numbers, colours)
    room = (width - LABEL - (len(panels) - 1) * _GAP) / len(panels)
    for k in range(1, LAST):
        _draw_label(paper, numbers, k)
    for end in GROUP_ENDS:
        y = middle_of(end) + ROW / 2
        paper.line(0, y, width, y, colours.rule)
    for place, panel in enumerate(panels):
        left = LABEL + place * (room + _GAP)
        _draw_panel(paper, panel, Span(left, left + room - _VALUE_ROOM), numbers)
    words = _("受注のあとの4工程は、上の4工程とは別に、合わせて100 %です")
    left = LABEL + room + _GAP
    if numbers.prospects:
        paper.text(left, middle_of(ORDER), elided(words, width - left, 12), colours.label_ink, size=12)
    if any(any(panel.thin) for panel in panels):
        _draw_legend(paper)
    return paper.finished()


def _panels(numbers: Numbers, colours: ChartColours) -> tuple[_Panel, ...]:
    leak, after = numbers.leak, numbers.leak_after_order
    few = tuple(step.at_risk < FEW for step in numbers.stages)
    orders = max((value for value in (*leak.rescue10_per_100, *leak.to_benchmark_per_100) if value), default=0.0)
    by_rate = (any(few[: ORDER - 1]),) * (ORDER - 1)  # an order takes all the steps: one that is unsure makes all so
    chances = tuple(
        chance if step.at_risk else None
        for step, chance in zip(numbers.stages, leak.ranking.prob_lowest_rate + after.prob_lowest_rate, strict=True)
    )
    per_100 = _("受注の数、100社に会うごと")
    return (
        _Panel(_("率がいちばん低い確からしさ"), _("受注の前と後で別々に100 %"), chances, 1.0, True, colours.accent, few),
        _Panel(_("進まない10社に1社が進むと"), per_100, leak.rescue10_per_100, orders, False, colours.advanced, by_rate),
        _Panel(_("目安まで上げると"), per_100, leak.to_benchmark_per_100, orders, False, colours.advanced, by_rate),
    )  # fmt: skip


def _draw_label(paper: Paper, numbers: Numbers, k: int) -> None:
    colours, y = paper.colours, middle_of(k)
    marked = k in (numbers.leak.ranking.most_lost_stage, numbers.leak.ranking.verdict.candidates[0])
    paper.text(0, y, str(k), colours.label_ink, size=12)
    tag = pgettext("chart", "判断") if STAGES[k - 1].is_judgement else ""
    tag_room = text_width(tag, 12) + 10 if tag else 0.0
    name = elided(_(STAGES[k - 1].title), LABEL - 24 - (tag_room + 8 if tag else 0), 13, marked)
    paper.text(16, y, name, colours.ink, bold=marked)
    if tag:
        paper.tag(16 + text_width(name, 13, marked) + 8, y, tag_room, tag)


def _draw_panel(paper: Paper, panel: _Panel, span: Span, numbers: Numbers) -> None:
    colours, room = paper.colours, span.right + _VALUE_ROOM - span.left
    paper.text(span.left, TITLE, elided(panel.title, room, 13, True), colours.ink, bold=True)
    paper.text(span.left, HEAD - 4, elided(panel.unit, room, 12), colours.label_ink, size=12)
    bottom = middle_of(len(panel.values)) + ROW / 2
    paper.line(span.left, GRID_TOP, span.left, bottom, colours.rule)
    for k, value in enumerate(panel.values, 1):
        if value is None:
            if k < ORDER or panel.is_chance:
                paper.text(span.left + 8, middle_of(k), "—", colours.label_ink)
            continue
        _draw_value(paper, panel, span, k, value, numbers)


def _chance_words(chance: float) -> str:
    if chance < 0.01:
        return _("1 %未満")
    return _("99 %超") if chance > 0.99 else f"{100 * chance:.0f} %"


def _orders_words(orders: float) -> str:
    return f"+{orders:.1f}" if orders >= 0.05 else _("目安以上")


def _draw_value(paper: Paper, panel: _Panel, span: Span, k: int, value: float, numbers: Numbers) -> None:
    colours, y = paper.colours, middle_of(k)
    share = value / panel.most if panel.most else 0.0
    end = span.left + share * (span.right - span.left)
    if share > 0:
        paper.bar(
            span.left, y, max(1.0, end - span.left), _BAR, colours.still_open if panel.thin[k - 1] else panel.colour,
            see_through=1.0 if k < ORDER or panel.thin[k - 1] else _AFTER,
        )  # fmt: skip
    text = _chance_words(value) if panel.is_chance else _orders_words(value)
    ink = colours.ink if share >= 0.5 and not panel.thin[k - 1] else colours.second_ink
    paper.text(end + 8, y, elided(text, span.right + _VALUE_ROOM - end - 8, 13), ink)
    step = numbers.stages[k - 1]
    words = _("{stage} {name}: {what} {value}（n={n}）").format(
        stage=k, name=_(STAGES[k - 1].title), what=panel.title, value=text, n=f"{step.at_risk:,}"
    )
    who = Who(k, LOST) if step.lost else None
    paper.mark(Region(span.left, y - ROW / 2, span.right + _VALUE_ROOM - span.left, ROW, who, words))


def _draw_legend(paper: Paper) -> None:
    colours = paper.colours
    paper.bar(0, _LEGEND, 12, _BAR - 2, colours.still_open)
    words = _("10社に足りない工程をもとにした、まだ頼りない数")
    paper.text(20, _LEGEND, elided(words, paper.width - 20, 12), colours.second_ink, size=12)
