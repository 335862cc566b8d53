"""How many with one lever moved or at one pace: a bar each, with its 95 % interval where there is one."""

import math
from dataclasses import dataclass
from typing import Final

from soloflow.charts.colours import LIGHT, ChartColours
from soloflow.charts.fonts import elided
from soloflow.charts.layout import ROW, Span
from soloflow.charts.paper import Drawing, Paper, Region

_NAME: Final = 260.0
_NAME_SHARE: Final = 0.3
"""Of a narrow sheet."""
_VALUE, _BAND = 64.0, 84.0
"""Room of the two columns, at the right edge of the sheet."""
_HEAD: Final = 40.0
_FIRST: Final = 74.0
_BAR: Final = 16.0
_MOST_TICKS: Final = 6
_HAIR: Final = 1e-9
_COMPARED: Final = 0.45
"""How much is seen of the colour of the rows that the chosen one is compared with."""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One way things may be; an interval without width is not drawn."""

    name: str
    mean: float
    lo: float
    hi: float
    is_chosen: bool
    tooltip: str
    value_text: str
    band_text: str = ""
    is_thin: bool = False
    """Reckoned from few: pale."""


def order_height(count: int) -> float:
    """Pixels that so many rows need."""
    return _FIRST + ROW * count


def order_figure(
    title: str, rows: tuple[OrderRow, ...], most: float, colours: ChartColours = LIGHT, width: float = 1156.0
) -> Drawing:
    """Bars from 0 to the next round number above `most`."""
    paper = Paper(width, order_height(len(rows)), colours)
    most = rounded_up(most)
    room = _VALUE + (_BAND if any(row.band_text for row in rows) else 0.0)
    span = Span(min(_NAME, width * _NAME_SHARE), width - room)
    paper.heading(title)
    for tick in _ticks(most):
        x = span.at(tick / most)
        paper.text(x, _HEAD, f"{tick:,g}", colours.label_ink, size=12, side="center")
        paper.line(x, _HEAD + 12, x, order_height(len(rows)) - 8, colours.grid, over=0)
    for place, row in enumerate(rows):
        _draw_row(paper, row, _FIRST + ROW * place, span, most)
    return paper.finished()


def _draw_row(paper: Paper, row: OrderRow, y: float, span: Span, most: float) -> None:
    colours = paper.colours
    paper.text(0, y, elided(row.name, span.left - 16, 13, row.is_chosen), colours.ink, bold=row.is_chosen)
    right = span.at(min(1.0, row.mean / most))
    if row.mean > 0:
        paper.bar(
            span.left, y, right - span.left, _BAR, colours.still_open if row.is_thin else colours.accent,
            see_through=1.0 if row.is_chosen else _COMPARED,
        )  # fmt: skip
    if row.hi > row.lo:
        paper.interval(span.at(min(1.0, row.lo / most)), span.at(min(1.0, row.hi / most)), y, colours.ink)
    paper.text(span.right + _VALUE, y, row.value_text, colours.ink, bold=row.is_chosen, side="right")
    paper.text(paper.width, y, row.band_text, colours.label_ink, size=12, side="right")
    paper.mark(Region(0, y - ROW / 2, paper.width, ROW, None, row.tooltip))


def rounded_up(most: float) -> float:
    """The next number of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten: an axis that does not twitch while a lever moves."""
    power = 10.0 ** math.floor(math.log10(max(most, 1.0)))
    return next(step * power for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * power >= most - _HAIR)


def _ticks(most: float) -> list[float]:
    step = next((s * 10**p for p in range(-1, 7) for s in (1, 2, 5) if most / (s * 10**p) <= _MOST_TICKS), most)
    return [step * n for n in range(int(most / step + _HAIR) + 1)]
