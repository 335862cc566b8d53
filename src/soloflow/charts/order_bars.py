"""How many with one lever moved or at one pace: a bar each, with its 95 % interval where there is one."""

from dataclasses import dataclass
from typing import Final

from soloflow.charts.colours import LIGHT, ChartColours
from soloflow.charts.fonts import elided
from soloflow.charts.layout import ROW, TITLE, Span
from soloflow.charts.paper import Drawing, Paper, Region

_NAME: Final = 260.0
_VALUES: Final = 150.0
_HEAD: Final = 40.0
_FIRST: Final = 74.0
_BAR: Final = 16.0


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One way things may be; an interval without width is not drawn."""

    name: str
    mean: float
    lo: float
    hi: float
    is_chosen: bool
    tooltip: str


def order_height(count: int) -> float:
    """Pixels that so many rows need."""
    return _FIRST + ROW * count


def order_figure(
    title: str, rows: tuple[OrderRow, ...], most: float, colours: ChartColours = LIGHT, width: float = 1156.0
) -> Drawing:
    """Bars from 0 to `most`; the axis stays while a lever moves as long as `most` does."""
    paper = Paper(width, order_height(len(rows)), colours)
    span = Span(_NAME, width - _VALUES)
    paper.text(0, TITLE, elided(title, width, 13, True), colours.ink, bold=True)
    for tick in _ticks(most):
        x = span.at(tick / most)
        paper.text(x, _HEAD, f"{tick:g}", colours.label_ink, size=12, side="center")
        paper.line(x, _HEAD + 12, x, order_height(len(rows)) - 8, colours.grid, over=0)
    for place, row in enumerate(rows):
        _draw_row(paper, row, _FIRST + ROW * place, span, most)
    return paper.finished()


def _draw_row(paper: Paper, row: OrderRow, y: float, span: Span, most: float) -> None:
    colours = paper.colours
    paper.text(0, y, elided(row.name, _NAME - 16, 13, row.is_chosen), colours.ink, bold=row.is_chosen)
    colour = colours.accent if row.is_chosen else colours.still_open
    right = span.at(min(1.0, row.mean / most))
    if row.mean > 0:
        paper.bar(span.left, y, right - span.left, _BAR, colour)
    if row.hi > row.lo:
        _draw_interval(paper, row, y, span, most)
    paper.text(
        span.right + 60, y, f"{row.mean:.1f}" if row.mean else "0", colours.ink, bold=row.is_chosen, side="right"
    )
    paper.mark(Region(0, y - ROW / 2, paper.width, ROW, None, row.tooltip))


def _draw_interval(paper: Paper, row: OrderRow, y: float, span: Span, most: float) -> None:
    colours = paper.colours
    lo, hi = (span.at(min(1.0, value / most)) for value in (row.lo, row.hi))
    for colour, width in ((colours.ground, 5), (colours.ink, 2)):  # the ring of ground parts it from the bar
        paper.line(lo - 1, y, hi + 1, y, colour, width=width, over=4)
        for x in (lo, hi):
            paper.line(x, y - 5, x, y + 5, colour, width=width, over=4)
    band = f"[{row.lo:.0f}–{row.hi:.0f}]"
    paper.text(span.right + _VALUES - 16, y, band, colours.label_ink, size=12, side="right")


def _ticks(most: float) -> list[float]:
    step = next((s * 10**p for p in range(-1, 6) for s in (1, 2, 5) if most / (s * 10**p) <= 8), most)
    return [step * n for n in range(int(most / step) + 1)]
