"""Charts 1 and 2: where prospects go at each stage, and which rate is low and how sure that is.

Both share one label column and one rhythm of rows, so that a stage is read across the whole page.
"""

import math
from dataclasses import dataclass
from typing import Final

from soloflow.charts.colours import LIGHT, ChartColours
from soloflow.charts.fonts import elided, text_width
from soloflow.charts.paper import Drawing, Paper, Region
from soloflow.charts.rows import StageRow, percent, stage_rows
from soloflow.i18n import _
from soloflow.insights.numbers import MAIN_HORIZON, Numbers
from soloflow.insights.reduction import ADVANCED, LOST, OPEN

WIDTH: Final = 1156.0
HEIGHT: Final = 360.0
_ROW: Final = 33.0
_TITLE: Final = 12.0
_HEAD: Final = 39.0
_FIRST_ROW: Final = 74.0
_GRID_TOP: Final = 52.0
_LABEL: Final = 160.0
_BAR: Final = 18.0
_NUMBERS: Final = (66.0, 118.0, 170.0)
"""Right edges of the three counts, from the end of the bars."""
_NUMBERS_ROOM: Final = 170.0
_GAP: Final = 70.0
_RATE_COLUMNS: Final = (76.0, 138.0, 180.0)
"""Right edges of rate, interval and n, from the end of the rate axis."""
_NARROW: Final = 1100.0
_NARROW_GAP: Final = 30.0
_NARROW_RATE_COLUMNS: Final = (102.0, 164.0, 206.0)
"""With short axes a bar would run into 少なくとも: the columns keep their distance."""
_GROUP_ENDS: Final = (4, 6)
_SMALLEST_PLOT: Final = 60.0


@dataclass(frozen=True, slots=True)
class _Span:
    """Left and right edge of a plot, in pixels."""

    left: float
    right: float

    def at(self, share: float) -> float:
        return self.left + share * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class _RateLayout:
    """Where chart 2 stands: its axis, its title, and the right edges of its columns after the axis."""

    span: _Span
    title_left: float
    columns: tuple[float, float, float]


def funnel_figure(
    numbers: Numbers,
    colours: ChartColours = LIGHT,
    *,
    width: float = WIDTH,
    height: float = HEIGHT,
    scale: float = 1.0,
    horizon: int = MAIN_HORIZON,
) -> Drawing:
    """Both charts in one drawing with shared rows; width and height in pixels, `scale` for dense screens."""
    paper = Paper(width, height, colours, scale)
    rows = stage_rows(numbers, horizon)
    columns, gap = (_RATE_COLUMNS, _GAP) if width >= _NARROW else (_NARROW_RATE_COLUMNS, _NARROW_GAP)
    room = max(2 * _SMALLEST_PLOT, width - _LABEL - _NUMBERS_ROOM - gap - columns[-1])
    bars = _Span(_LABEL, _LABEL + room * 300 / 576)
    dots_left = bars.right + _NUMBERS_ROOM + gap
    dots = _Span(dots_left, dots_left + room * 276 / 576)
    _draw_labels(paper, rows, 0, width)
    _draw_stages(paper, rows, bars, 0)
    _draw_rates(paper, rows, _RateLayout(dots, dots.left, columns), horizon)
    return paper.finished()


def stages_figure(
    numbers: Numbers, colours: ChartColours = LIGHT, *, width: float = 800.0, scale: float = 1.0, caption: str = ""
) -> Drawing:
    """Chart 1 by itself, with a margin: where do they go?"""
    paper = _PageWithMargin(width, HEIGHT, colours, scale, caption)
    rows = stage_rows(numbers)
    right = paper.inner_right
    _draw_labels(paper, rows, _MARGIN, right)
    _draw_stages(paper, rows, _Span(_MARGIN + _LABEL, right - _NUMBERS_ROOM), _MARGIN)
    return paper.finished()


def rates_figure(
    numbers: Numbers,
    colours: ChartColours = LIGHT,
    *,
    width: float = 800.0,
    scale: float = 1.0,
    horizon: int = MAIN_HORIZON,
    caption: str = "",
) -> Drawing:
    """Chart 2 by itself, with a margin: which rate is low, and how sure is that?"""
    paper = _PageWithMargin(width, HEIGHT, colours, scale, caption)
    rows = stage_rows(numbers, horizon)
    right = paper.inner_right
    _draw_labels(paper, rows[:-1], _MARGIN, right)
    columns = _NARROW_RATE_COLUMNS
    span = _Span(_MARGIN + _LABEL, right - columns[-1])
    _draw_rates(paper, rows, _RateLayout(span, _MARGIN, columns), horizon)
    return paper.finished()


_MARGIN: Final = 24.0
_CAPTION_ROOM: Final = 24.0


class _PageWithMargin(Paper):
    """A sheet for a file: white space around it, and a line below that says what the figures rest on."""

    def __init__(self, width: float, height: float, colours: ChartColours, scale: float, caption: str) -> None:
        below = _CAPTION_ROOM if caption else 0.0
        super().__init__(width, height + below + _MARGIN, colours, scale, top=_MARGIN)
        self.inner_right = width - _MARGIN
        if caption:
            self.text(_MARGIN, height + _CAPTION_ROOM / 2, caption, colours.label_ink, size=12)


def _middle(row: StageRow) -> float:
    return _FIRST_ROW + _ROW * (row.stage - 1)


def _draw_labels(paper: Paper, rows: tuple[StageRow, ...], left: float, right: float) -> None:
    colours = paper.colours
    for row in rows:
        y = _middle(row)
        paper.text(left, y, str(row.stage), colours.label_ink, size=12)
        tag = _("判断")
        tag_room = text_width(tag, 12) + 10 if row.is_judgement else 0.0
        room = _LABEL - 16 - 8 - (tag_room + 8 if tag_room else 0)
        name = elided(row.name, room, 13, row.is_marked)
        paper.text(left + 16, y, name, colours.ink, bold=row.is_marked)
        if row.is_judgement:
            paper.tag(left + 16 + text_width(name, 13, row.is_marked) + 8, y, tag_room, tag)
        if row.stage in _GROUP_ENDS:
            paper.line(left, y + _ROW / 2, right, y + _ROW / 2, colours.rule)


def _draw_stages(paper: Paper, rows: tuple[StageRow, ...], span: _Span, title_left: float) -> None:
    colours = paper.colours
    title = _("どこへ行ったか")
    paper.text(title_left, _TITLE, title, colours.ink, bold=True)
    subtitle_left = title_left + text_width(title, 13, bold=True) + 8
    paper.text(subtitle_left, _TITLE, _("その工程に来た顧客（社）"), colours.label_ink, size=12)
    most = max(row.at_risk for row in rows)
    whole = max(1.0, most * 1.025)
    bottom = _middle(rows[-1]) + _ROW / 2
    for tick in _ticks(most):
        x = span.at(tick / whole)
        paper.text(x, _HEAD, str(tick), colours.label_ink, size=12, side="center")
        paper.line(x, _GRID_TOP, x, bottom, colours.grid, over=0)
    _draw_legend_heads(paper, span.right)
    for row in rows[:-1]:
        _draw_bar(paper, row, span, whole)
        _draw_counts(paper, row, span.right)
    _draw_last_stage(paper, rows[-1], span, whole)


def _ticks(most: int) -> list[int]:
    """0 and at most three more round numbers."""
    if not most:
        return [0]
    power = 10 ** max(0, math.floor(math.log10(most)) - 1)
    step = next(step for m in (1, 2, 5, 10, 20, 50) if most / (step := m * power) < 4)
    return list(range(0, most + 1, step))


def _outcomes(row: StageRow, colours: ChartColours) -> tuple[tuple[int, int, str | None, str], ...]:
    return (
        (ADVANCED, row.advanced, colours.advanced, _("進んだ")),
        (OPEN, row.still_open, None, _("途中")),
        (LOST, row.lost, colours.lost, _("離脱")),
    )


def _draw_bar(paper: Paper, row: StageRow, span: _Span, whole: float) -> None:
    y = _middle(row)
    seen = 0
    for outcome, count, colour, word in _outcomes(row, paper.colours):
        if not count:
            continue
        left, right = span.at(seen / whole), span.at((seen + count) / whole)
        gap = 1.0 if seen and right - left > 2 else 0.0
        seen += count
        if colour is None:
            paper.hatched_bar(left + gap, y, right - left - gap, _BAR)
        else:
            paper.bar(left + gap, y, right - left - gap, _BAR, colour)
        paper.mark(Region(left, y - _BAR / 2, right - left, _BAR, row.stage, outcome, _words(row, word, count)))


def _words(row: StageRow, outcome: str, count: int) -> str:
    text = _("{stage} {name}: {outcome} {count}社（来た{total}社のうち）")
    return text.format(stage=row.stage, name=row.name, outcome=outcome, count=count, total=row.at_risk)


def _draw_counts(paper: Paper, row: StageRow, left: float) -> None:
    colours = paper.colours
    y = _middle(row)
    for edge, (outcome, count, _colour, word) in zip(_NUMBERS, _outcomes(row, colours), strict=True):
        bold = outcome == LOST and row.is_most_lost
        paper.text(left + edge, y, str(count), colours.ink if count else colours.label_ink, bold=bold, side="right")
        if count:
            region = Region(left + edge - 44, y - _ROW / 2, 48, _ROW, row.stage, outcome, _words(row, word, count))
            paper.mark(region)


def _draw_legend_heads(paper: Paper, left: float) -> None:
    """The heads of the three counts are the legend of the bars."""
    colours = paper.colours
    words = ((_("進んだ"), colours.advanced), (_("途中"), None), (_("離脱"), colours.lost))
    for edge, (word, colour) in zip(_NUMBERS, words, strict=True):
        paper.text(left + edge, _HEAD, word, colours.second_ink, size=12, side="right")
        square = left + edge - text_width(word, 12) - 16
        if colour is None:
            paper.hatched_bar(square, _HEAD, 11, 11)
        else:
            paper.bar(square, _HEAD, 10, 10, colour)


def _draw_last_stage(paper: Paper, row: StageRow, span: _Span, whole: float) -> None:
    y = _middle(row)
    right = span.at(row.at_risk / whole)
    words = _("ここが最後の工程です")
    if row.at_risk:
        words = _("{count}社が到達。ここが最後の工程です").format(count=row.at_risk)
        paper.bar(span.left, y, right - span.left, _BAR, paper.colours.advanced)
        width = max(8.0, right - span.left)
        paper.mark(Region(span.left, y - _BAR / 2, width, _BAR, row.stage, None, f"{row.stage} {row.name}: {words}"))
    left = right + 8
    paper.text(left, y, elided(words, span.right + _NUMBERS_ROOM - left, 12), paper.colours.label_ink, size=12)


def _draw_rates(paper: Paper, rows: tuple[StageRow, ...], layout: _RateLayout, horizon: int) -> None:
    colours, span, title_left = paper.colours, layout.span, layout.title_left
    title = _("次の工程へ進む率と、確かさ")
    paper.text(title_left, _TITLE, title, colours.ink, bold=True)
    subtitle_left = title_left + text_width(title, 13, bold=True) + 8
    paper.text(subtitle_left, _TITLE, _("帯は 95 %"), colours.label_ink, size=12)
    rate_edge, band_edge, n_edge = (span.right + edge for edge in layout.columns)
    paper.text(n_edge, _TITLE, horizon_words(horizon), colours.label_ink, size=12, side="right")
    bottom = _middle(rows[-2]) + _ROW / 2
    for tick in (0, 25, 50, 75, 100):
        x = span.at(tick / 100)
        paper.text(x, _HEAD, f"{tick} %" if tick == 100 else str(tick), colours.label_ink, size=12, side="center")
        paper.line(x, _GRID_TOP, x, bottom, colours.grid, over=0)
    paper.text(band_edge, _HEAD, _("率 [帯]"), colours.label_ink, size=12, side="right")
    paper.text(n_edge, _HEAD, "n", colours.label_ink, size=12, side="right")
    for row in rows[:-1]:
        _draw_rate(paper, row, span)
        _draw_rate_figures(paper, row, (rate_edge, band_edge, n_edge))
    _draw_rate_legend(paper, span.left, _middle(rows[-1]) + 4)


def horizon_words(horizon: int) -> str:
    """A horizon in days in words: 1年以内, 90日以内."""
    return _("1年以内") if horizon == MAIN_HORIZON else _("{days}日以内").format(days=horizon)


def _draw_rate(paper: Paper, row: StageRow, span: _Span) -> None:
    colours, within, y = paper.colours, row.within, _middle(row)
    if row.benchmark is not None:
        x = span.at(row.benchmark)
        paper.line(x, y - 9, x, y + 9, colours.second_ink, width=2, over=2)
    if within is None or within.advance is None or not row.has_rate:
        return
    colour = colours.still_open if row.is_thin else colours.accent
    paper.line(span.at(within.lo), y, span.at(within.hi), y, colour, width=3, dashed=row.is_thin, over=3)
    paper.dot(span.at(within.advance), y, 12, colour, hollow=row.is_thin)
    left, right = span.at(within.lo) - 8, span.at(within.hi) + 8
    paper.mark(Region(left, y - _ROW / 2, right - left, _ROW, row.stage, None, rate_tooltip(row)))


def rate_tooltip(row: StageRow) -> str:
    """What a rate rests on, in one sentence."""
    within = row.within
    if within is None or within.advance is None or not row.has_rate:
        return _("{stage} {name}: 率はまだわかりません").format(stage=row.stage, name=row.name)
    rate = _at_least(row) + row.rate_text
    band = f"{100 * within.lo:.0f}–{percent(within.hi)}"
    text = _("{stage} {name}: 次へ進む率 {rate}、95 %の帯 {band}、n={n}（途中{still_open}社も数えています）")
    return text.format(stage=row.stage, name=row.name, rate=rate, band=band, n=within.n, still_open=row.still_open)


def _at_least(row: StageRow) -> str:
    return _("少なくとも") + " " if row.is_lower_bound else ""


def _draw_rate_figures(paper: Paper, row: StageRow, edges: tuple[float, float, float]) -> None:
    colours, y = paper.colours, _middle(row)
    pale = row.is_thin or not row.has_rate
    bold = row.is_marked and not pale
    paper.text(edges[0], y, row.rate_text, colours.label_ink if pale else colours.ink, bold=bold, side="right")
    if row.is_lower_bound:
        left = edges[0] - max(33.0, text_width(row.rate_text, 13, bold) + 4)
        paper.text(left, y, _("少なくとも"), colours.label_ink, size=12, side="right")
    paper.text(edges[1], y, row.band_text, colours.label_ink, size=12, side="right")
    paper.text(edges[2], y, str(row.at_risk), colours.label_ink, size=12, side="right")


def _draw_rate_legend(paper: Paper, left: float, y: float) -> None:
    colours = paper.colours
    x = left + 5
    paper.dot(x, y, 12, colours.accent)
    paper.text(x + 11, y, _("率"), colours.second_ink, size=12)
    x += 11 + text_width(_("率"), 12) + 18
    paper.line(x, y - 8, x, y + 8, colours.second_ink, width=2)
    paper.text(x + 8, y, _("目安（記事の例）"), colours.second_ink, size=12)
    x += 8 + text_width(_("目安（記事の例）"), 12) + 20
    paper.dot(x, y, 10, colours.still_open, hollow=True)
    paper.text(x + 11, y, _("10社未満"), colours.second_ink, size=12)
