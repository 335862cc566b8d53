"""Chart 5: raw shares (hollow) and pooled ones (solid) with their intervals: which source is worth it, which reason is frequent."""

from dataclasses import dataclass
from typing import Final

from soloflow.charts.colours import LIGHT, ChartColours
from soloflow.charts.fonts import elided, text_width
from soloflow.charts.layout import FIRST_ROW, GRID_TOP, HEAD, ROW, TITLE, Span, middle_of
from soloflow.charts.paper import Drawing, Paper, Region
from soloflow.insights.behind import Who

_NAME: Final = 220.0
_COLUMNS: Final = (84.0, 168.0, 252.0, 352.0)
"""Right edges of rate, n, cost per customer and cost per order, from the end of the axis."""
_FEWER_COLUMNS: Final = (84.0, 140.0)
_OFF: Final = 6.0
"""The raw dot stands so much above the middle of its row, the pooled one below."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source: shares from 0 to 1, and the words of its columns."""

    name: str
    raw: float | None
    raw_lo: float
    raw_hi: float
    pooled: float
    pooled_lo: float
    pooled_hi: float
    rate_text: str
    n_text: str
    cost_texts: tuple[str, str] | None
    """Per customer and per order; None where nothing is known of costs."""
    who: Who
    tooltip: str


def forest_height(rows: tuple[SourceRow, ...]) -> float:
    """Pixels that so many sources need."""
    return FIRST_ROW + ROW * len(rows) + 24.0


@dataclass(frozen=True, slots=True)
class ForestWords:
    """What stands around the rows: title, what the axis is of, heads of the columns, and the legend of the two dots."""

    title: str
    subtitle: str
    heads: tuple[str, ...]
    pooled: str
    raw: str


def forest_figure(
    words: ForestWords, rows: tuple[SourceRow, ...], colours: ChartColours = LIGHT, width: float = 1156.0
) -> Drawing:
    """One row per source, the axis from 0 to 100 %."""
    paper = Paper(width, forest_height(rows), colours)
    has_costs = any(row.cost_texts for row in rows)
    columns = _COLUMNS if has_costs else _FEWER_COLUMNS
    span = Span(_NAME, width - columns[-1] - 8)
    _draw_axis(paper, words, span, len(rows))
    for edge, head in zip(columns, words.heads, strict=False):
        paper.text(span.right + edge, HEAD, head, paper.colours.label_ink, size=12, side="right")
    for place, row in enumerate(rows, 1):
        _draw_row(paper, row, place, span, columns)
    _draw_legend(paper, words, span, middle_of(len(rows) + 1))
    return paper.finished()


def _draw_axis(paper: Paper, words: ForestWords, span: Span, count: int) -> None:
    colours = paper.colours
    paper.text(0, TITLE, words.title, colours.ink, bold=True)
    left = text_width(words.title, 13, True) + 8
    paper.text(left, TITLE, elided(words.subtitle, span.right - left, 12), colours.label_ink, size=12)
    bottom = middle_of(count) + ROW / 2
    for tick in (0, 25, 50, 75, 100):
        x = span.at(tick / 100)
        paper.text(x, HEAD, f"{tick} %" if tick == 100 else str(tick), colours.label_ink, size=12, side="center")
        paper.line(x, GRID_TOP, x, bottom, colours.grid, over=0)


def _draw_row(paper: Paper, row: SourceRow, place: int, span: Span, columns: tuple[float, ...]) -> None:
    colours, y = paper.colours, middle_of(place)
    paper.text(0, y, elided(row.name, _NAME - 16, 13), colours.ink)
    if row.raw is not None:
        paper.line(span.at(row.raw_lo), y - _OFF, span.at(row.raw_hi), y - _OFF, colours.still_open, width=2, over=3)
        paper.dot(span.at(row.raw), y - _OFF, 10, colours.still_open, hollow=True)
    paper.line(span.at(row.pooled_lo), y + _OFF, span.at(row.pooled_hi), y + _OFF, colours.accent, width=3, over=3)
    paper.dot(span.at(row.pooled), y + _OFF, 11, colours.accent)
    texts = (row.rate_text, row.n_text, *(row.cost_texts or ("—", "—")))
    for edge, text in zip(columns, texts, strict=False):
        paper.text(span.right + edge, y, text, colours.ink if edge == columns[0] else colours.label_ink, side="right")
    paper.mark(Region(0, y - ROW / 2, span.right + columns[-1], ROW, row.who, row.tooltip))


def _draw_legend(paper: Paper, words: ForestWords, span: Span, y: float) -> None:
    colours, x = paper.colours, span.left + 5
    paper.dot(x, y, 11, colours.accent)
    paper.text(x + 11, y, words.pooled, colours.second_ink, size=12)
    x += 11 + text_width(words.pooled, 12) + 20
    paper.dot(x, y, 10, colours.still_open, hollow=True)
    paper.text(x + 11, y, elided(words.raw, span.right - x - 11, 12), colours.second_ink, size=12)
