"""Chart 6: did the change help? Before and after with their intervals on one axis, and a tick at what was expected."""

from dataclasses import dataclass
from typing import Final

from soloflow.charts.colours import LIGHT, ChartColours
from soloflow.charts.fonts import elided, text_width
from soloflow.charts.layout import FIRST_ROW, GRID_TOP, HEAD, Span
from soloflow.charts.paper import Drawing, Paper, Region
from soloflow.i18n import _
from soloflow.insights.behind import Who

_NAME: Final = 140.0
_COLUMNS: Final = (102.0, 164.0, 206.0)
"""Right edges of rate, interval and n, from the end of the axis."""
_ROW: Final = 52.0
_FIRST: Final = FIRST_ROW + 8
HEIGHT: Final = _FIRST + 2 * _ROW + 12


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Those before or after: shares from 0 to 1, and the words of the columns."""

    name: str
    when: str
    rate: float | None
    lo: float
    hi: float
    rate_text: str
    band_text: str
    n_text: str
    is_thin: bool
    """Too few to be read as a percentage."""
    who: Who
    tooltip: str


def before_after_figure(
    rows: tuple[GroupRow, ...],
    days: float,
    expected: tuple[float, str] | None,
    colours: ChartColours = LIGHT,
    width: float = 1156.0,
) -> Drawing:
    """The two groups on an axis from 0 to 100 %; `expected` is a share and its words, with a tick beside the second."""
    paper = Paper(width, HEIGHT, colours)
    span = Span(_NAME, max(_NAME + 60, width - _COLUMNS[-1]))
    _draw_axis(paper, span, days)
    for place, row in enumerate(rows):
        y = _FIRST + place * _ROW
        if expected is not None and place == len(rows) - 1:
            x = span.at(expected[0])
            paper.line(x, y - 12, x, y + 12, colours.second_ink, width=2, over=2)
        _draw_row(paper, row, y, span)
    _draw_legend(paper, span, rows, expected)
    return paper.finished()


def _draw_axis(paper: Paper, span: Span, days: float) -> None:
    colours = paper.colours
    paper.heading(_("次の工程へ進む率、前と後"), _("{days:.0f}日以内・帯は 95 %").format(days=days))
    bottom = _FIRST + _ROW + _ROW / 2
    for tick in (0, 25, 50, 75, 100):
        x = span.at(tick / 100)
        paper.text(x, HEAD, f"{tick} %" if tick == 100 else str(tick), colours.label_ink, size=12, side="center")
        paper.line(x, GRID_TOP, x, bottom, colours.grid, over=0)
    band, n = (span.right + edge for edge in _COLUMNS[1:])
    paper.text(band, HEAD, _("率 [帯]"), colours.label_ink, size=12, side="right")
    paper.text(n, HEAD, "n", colours.label_ink, size=12, side="right")


def _draw_row(paper: Paper, row: GroupRow, y: float, span: Span) -> None:
    colours = paper.colours
    paper.text(0, y - 9, elided(row.name, _NAME - 16, 13, bold=True), colours.ink, bold=True)
    paper.text(0, y + 9, elided(row.when, _NAME - 16, 12), colours.label_ink, size=12)
    if row.rate is not None:
        colour = colours.still_open if row.is_thin else colours.accent
        paper.line(span.at(row.lo), y, span.at(row.hi), y, colour, width=3, dashed=row.is_thin, over=3)
        paper.dot(span.at(row.rate), y, 12, colour, hollow=row.is_thin)
    rate, band, n = (span.right + edge for edge in _COLUMNS)
    paper.text(rate, y, row.rate_text, colours.ink, bold=not row.is_thin, side="right")
    paper.text(band, y, row.band_text, colours.second_ink, size=12, side="right")
    paper.text(n, y, row.n_text, colours.label_ink, size=12, side="right")
    paper.mark(Region(0, y - _ROW / 2, span.right + _COLUMNS[-1], _ROW, row.who, row.tooltip))


def _draw_legend(paper: Paper, span: Span, rows: tuple[GroupRow, ...], expected: tuple[float, str] | None) -> None:
    colours, x, y = paper.colours, span.left + 6, _FIRST + 2 * _ROW - 8
    if expected is not None:
        paper.line(x, y - 7, x, y + 7, colours.second_ink, width=2, over=2)
        words = _("期待（{rate}）").format(rate=expected[1])
        paper.text(x + 10, y, words, colours.second_ink, size=12)
        x += 10 + text_width(words, 12) + 24
    if any(row.is_thin for row in rows):
        paper.dot(x, y, 12, colours.still_open, hollow=True)
        paper.text(x + 12, y, _("10社未満"), colours.second_ink, size=12)
