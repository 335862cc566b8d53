"""Chart 8: quarters under each other, the days beside each other; what cannot be known yet is hatched."""

from dataclasses import dataclass
from typing import Final

from soloflow.charts.colours import LIGHT, ChartColours
from soloflow.charts.fonts import elided, text_width
from soloflow.charts.paper import Drawing, Paper, Region
from soloflow.i18n import _
from soloflow.insights.behind import Who

_NAME, _NARROW_NAME = 184.0, 148.0
_NARROW: Final = 700.0
_HEAD: Final = 44.0
_CELL: Final = 34.0
_GAP: Final = 2.0
_WIDEST: Final = 184.0
_FAINTEST, _STRONGER = 0.05, 0.45
"""How much is seen of the colour at 0 %, and how much more at 100 %: the number on it stays readable on both grounds."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A share from 0 to 1 with its words; None where nobody can know it yet."""

    share: float | None
    text: str
    tooltip: str
    is_thin: bool = False
    """Too few for a share: the counts stand in a frame without colour."""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One quarter."""

    name: str
    n_text: str
    cells: tuple[HeatCell, ...]
    who: Who


def heat_height(rows: tuple[HeatRow, ...]) -> float:
    """Pixels that so many quarters need."""
    return _HEAD + 20 + _CELL * len(rows) + 12


def heat_figure(
    title: str, heads: tuple[str, ...], rows: tuple[HeatRow, ...], colours: ChartColours = LIGHT, width: float = 1156.0
) -> Drawing:
    """Every cell says its number; the ground is the darker the higher it is."""
    paper = Paper(width, heat_height(rows), colours)
    is_thin = any(cell.is_thin for row in rows for cell in row.cells)
    paper.heading(
        title, _("斜線はまだわからないところ、枠だけは10社未満") if is_thin else _("斜線は、まだわからないところ")
    )
    begin = _NAME if width >= _NARROW else _NARROW_NAME
    each = min(_WIDEST, (width - begin) / max(1, len(heads)))
    for place, head in enumerate(heads):
        shown = elided(head, each - 4, 12)
        paper.text(begin + each * place + (each - _GAP) / 2, _HEAD, shown, colours.label_ink, size=12, side="center")
    for number, row in enumerate(rows):
        _draw_row(paper, row, _HEAD + 20 + _CELL * (number + 0.5), begin, each)
    return paper.finished()


def _draw_row(paper: Paper, row: HeatRow, y: float, begin: float, each: float) -> None:
    colours = paper.colours
    n_left = begin - 12 - text_width(row.n_text, 12)
    paper.text(0, y, elided(row.name, n_left - 8, 13), colours.ink)
    paper.text(begin - 12, y, row.n_text, colours.label_ink, size=12, side="right")
    for place, cell in enumerate(row.cells):
        left, top = begin + each * place, y - _CELL / 2
        corners = [
            (left, top), (left + each - _GAP, top), (left + each - _GAP, top + _CELL - _GAP), (left, top + _CELL - _GAP)
        ]  # fmt: skip
        if cell.share is None:
            paper.hatched_area(corners)
        else:
            if cell.is_thin:
                paper.edge(left, top, each - _GAP, _CELL - _GAP, colours.rule)
            else:
                paper.area(corners, colours.accent, see_through=_FAINTEST + _STRONGER * cell.share)
            ink = colours.second_ink if cell.is_thin else colours.ink
            paper.text(left + (each - _GAP) / 2, y - _GAP / 2, cell.text, ink, side="center")
        paper.mark(Region(left, top, each - _GAP, _CELL - _GAP, row.who, cell.tooltip))
