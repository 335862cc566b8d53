"""Chart 8: quarters under each other, the days beside each other; what cannot be known yet is hatched."""

from dataclasses import dataclass
from typing import Final

from soloflow.charts.colours import LIGHT, ChartColours
from soloflow.charts.fonts import elided, text_width
from soloflow.charts.layout import TITLE
from soloflow.charts.paper import Drawing, Paper, Region
from soloflow.i18n import _
from soloflow.insights.behind import Who

_NAME: Final = 176.0
_HEAD: Final = 44.0
_CELL: Final = 34.0
_GAP: Final = 2.0
_WIDEST: Final = 132.0


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A share from 0 to 1 with its words; None where nobody can know it yet."""

    share: float | None
    text: str
    tooltip: str


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
    paper.text(0, TITLE, elided(title, width, 13, True), colours.ink, bold=True)
    left = text_width(title, 13, True) + 8
    paper.text(left, TITLE, elided(_("斜線は、まだわからないところ"), width - left, 12), colours.label_ink, size=12)
    each = min(_WIDEST, (width - _NAME) / max(1, len(heads)))
    for place, head in enumerate(heads):
        paper.text(_NAME + each * (place + 0.5), _HEAD, head, colours.label_ink, size=12, side="center")
    for number, row in enumerate(rows):
        _draw_row(paper, row, _HEAD + 20 + _CELL * (number + 0.5), each)
    return paper.finished()


def _draw_row(paper: Paper, row: HeatRow, y: float, each: float) -> None:
    colours = paper.colours
    paper.text(0, y, row.name, colours.ink)
    paper.text(_NAME - 16, y, row.n_text, colours.label_ink, size=12, side="right")
    for place, cell in enumerate(row.cells):
        left, top = _NAME + each * place, y - _CELL / 2
        corners = [
            (left, top), (left + each - _GAP, top), (left + each - _GAP, top + _CELL - _GAP), (left, top + _CELL - _GAP)
        ]  # fmt: skip
        if cell.share is None:
            paper.hatched_area(corners)
        else:
            paper.area(corners, colours.accent, see_through=0.06 + 0.5 * cell.share)
            paper.text(left + (each - _GAP) / 2, y - _GAP / 2, cell.text, colours.ink, side="center")
        paper.mark(Region(left, top, each - _GAP, _CELL - _GAP, row.who, cell.tooltip))
