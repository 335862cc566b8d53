"""Chart 5: raw shares (hollow) and pooled ones (solid) with their intervals: which source is worth it, which reason is frequent."""

from dataclasses import dataclass
from typing import Final, Literal

from soloflow.charts.colours import LIGHT, ChartColours
from soloflow.charts.fonts import elided, text_width
from soloflow.charts.layout import FIRST_ROW, GRID_TOP, HEAD, ROW, Span, middle_of
from soloflow.charts.paper import Drawing, Paper, Region
from soloflow.i18n import _
from soloflow.insights.behind import Who

_NAME: Final = 220.0
_NAME_SHARE: Final = 0.24
"""Of a narrow sheet."""
_LEAST_AXIS: Final = 170.0
"""Columns at the right end are left to the table where the axis would be shorter."""
_KEPT: Final = 2
"""So many columns are never left out."""
_BETWEEN: Final = 20.0
_AFTER_AXIS: Final = 20.0
"""The last number of the axis reaches beyond its end."""
_OFF: Final = 6.0
"""The raw dot stands so much above the middle of its row, the pooled one below."""
_HEAD_DOT: Final = 14.0

Dot = Literal["", "pooled", "raw"]


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
    pooled_text: str = ""
    is_thin: bool = False
    """Too few to be read as a percentage: pale and dotted."""
    is_lower_bound: bool = False
    """The raw share is "at least": its interval is dotted."""
    is_band_only: bool = False
    """The raw share is not what its words count, so no dot stands for it."""


def forest_height(rows: tuple[SourceRow, ...]) -> float:
    """Pixels that so many sources need."""
    return FIRST_ROW + ROW * len(rows) + 24.0


@dataclass(frozen=True, slots=True)
class ForestWords:
    """What stands around the rows: title, what the axis is of, heads of the columns, and the legend of the two dots."""

    title: str
    subtitle: str
    heads: tuple[str, ...]
    """Of the raw share, n, and the two costs."""
    pooled: str
    raw: str
    pooled_head: str = ""
    """Of the pooled share; without it that column is left out."""


@dataclass(frozen=True, slots=True)
class _Column:
    head: str
    texts: tuple[str, ...]
    dot: Dot = ""

    @property
    def room(self) -> float:
        head = text_width(self.head, 12) + (_HEAD_DOT if self.dot else 0.0)
        return max(head, *(text_width(text, 13) for text in self.texts)) + _BETWEEN


def forest_figure(
    words: ForestWords, rows: tuple[SourceRow, ...], colours: ChartColours = LIGHT, width: float = 1156.0
) -> Drawing:
    """One row per source, the axis from 0 to 100 %."""
    paper = Paper(width, forest_height(rows), colours)
    begin = min(_NAME, width * _NAME_SHARE)
    columns = _fitting(_columns(words, rows), width - begin - _AFTER_AXIS)
    span = Span(begin, width - _AFTER_AXIS - sum(column.room for column in columns))
    _draw_axis(paper, words, span, len(rows))
    edge = span.right + _AFTER_AXIS
    for number, column in enumerate(columns):
        edge += column.room
        _draw_column(paper, column, edge, colours.ink if number == 0 else colours.second_ink)
    for place, row in enumerate(rows, 1):
        _draw_row(paper, row, place, span)
    _draw_legend(paper, words, rows, begin, middle_of(len(rows) + 1))
    return paper.finished()


def _columns(words: ForestWords, rows: tuple[SourceRow, ...]) -> list[_Column]:
    found = [_Column(words.pooled_head, tuple(row.pooled_text for row in rows), "pooled")] if words.pooled_head else []
    found.append(_Column(words.heads[0], tuple(row.rate_text for row in rows), "raw"))
    found.append(_Column(words.heads[1], tuple(row.n_text for row in rows)))
    if any(row.cost_texts for row in rows):
        for place, head in enumerate(words.heads[2:4]):
            found.append(_Column(head, tuple((row.cost_texts or ("—", "—"))[place] for row in rows)))
    return found


def _fitting(columns: list[_Column], room: float) -> list[_Column]:
    while len(columns) > _KEPT and room - sum(column.room for column in columns) < _LEAST_AXIS:
        columns = columns[:-1]
    return columns


def _draw_axis(paper: Paper, words: ForestWords, span: Span, count: int) -> None:
    colours = paper.colours
    paper.heading(words.title, words.subtitle)
    bottom = middle_of(count) + ROW / 2
    for tick in (0, 25, 50, 75, 100):
        x = span.at(tick / 100)
        paper.text(x, HEAD, f"{tick} %" if tick == 100 else str(tick), colours.label_ink, size=12, side="center")
        paper.line(x, GRID_TOP, x, bottom, colours.grid, over=0)


def _draw_column(paper: Paper, column: _Column, right: float, ink: str) -> None:
    colours = paper.colours
    paper.text(right, HEAD, column.head, colours.label_ink, size=12, side="right")
    if column.dot:
        x = right - text_width(column.head, 12) - 9
        raw = column.dot == "raw"
        paper.dot(x, HEAD, 9, colours.second_ink if raw else colours.accent, hollow=raw)
    for place, text in enumerate(column.texts, 1):
        paper.text(right, middle_of(place), text, ink, side="right")


def _draw_row(paper: Paper, row: SourceRow, place: int, span: Span) -> None:
    colours, y = paper.colours, middle_of(place)
    paper.text(0, y, elided(row.name, span.left - 16, 13), colours.ink)
    raw, pooled = (colours.still_open,) * 2 if row.is_thin else (colours.second_ink, colours.accent)
    if row.raw is not None:
        dotted = row.is_thin or row.is_lower_bound
        paper.line(span.at(row.raw_lo), y - _OFF, span.at(row.raw_hi), y - _OFF, raw, width=2, dashed=dotted, over=3)
        if not row.is_band_only:
            paper.dot(span.at(row.raw), y - _OFF, 10, raw, hollow=True)
    left, right = span.at(row.pooled_lo), span.at(row.pooled_hi)
    paper.line(left, y + _OFF, right, y + _OFF, pooled, width=3, dashed=row.is_thin, over=3)
    paper.dot(span.at(row.pooled), y + _OFF, 11, pooled)
    paper.mark(Region(0, y - ROW / 2, paper.width, ROW, row.who, row.tooltip))


def _draw_legend(paper: Paper, words: ForestWords, rows: tuple[SourceRow, ...], left: float, y: float) -> None:
    colours = paper.colours
    entries = [(words.pooled, colours.accent), (words.raw, colours.second_ink)]
    if any(row.is_thin for row in rows):
        entries.append((_("淡い点線は10社未満"), colours.still_open))
    needed = sum(text_width(text, 12) + 31 for text, _colour in entries)
    x = max(0.0, min(left, paper.width - needed)) + 5
    for text, colour in entries:
        room = paper.width - x - 11
        if room < _HEAD_DOT * 2:
            return
        if colour == colours.still_open:
            paper.line(x - 8, y, x + 6, y, colour, width=3, dashed=True, over=3)
        else:
            paper.dot(x, y, 10, colour, hollow=text == words.raw)
        paper.text(x + 11, y, elided(text, room, 12), colours.second_ink, size=12)
        x += 11 + text_width(text, 12) + 20
