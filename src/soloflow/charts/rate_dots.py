"""Chart 2: which rate is low, and how sure? A dot with its 95 % bar per stage, a tick at the benchmark."""

from typing import Final

from soloflow.charts.fonts import elided, text_width
from soloflow.charts.layout import GRID_TOP, HEAD, TITLE, RateLayout, Rhythm, Span, rhythm_of
from soloflow.charts.paper import Paper, Region
from soloflow.charts.rows import StageRow, horizon_words, rate_tooltip
from soloflow.i18n import _

TICK: Final = 11.0
"""Half of a tick: its ends are seen above and below a dot that stands on it."""
_FIGURES_ROOM: Final = 40.0
"""From the right edge of the rate to the left end of what answers to the pointer."""


def draw_rates(paper: Paper, rows: tuple[StageRow, ...], layout: RateLayout, horizon: int, benchmark: str = "") -> None:
    """Title, axis, dots, figures and legend; the horizon is named unless its place is kept free.

    `benchmark` says what the ticks are; the example's rates unless given.
    """
    colours, span, rhythm = paper.colours, layout.span, rhythm_of(rows)
    title = _("次の段階へ進む率と、確かさ") if rows[0].is_lens else _("次の工程へ進む率と、確かさ")
    _draw_rate_title(paper, layout, horizon, title)
    rate_edge, band_edge, n_edge = (span.right + edge for edge in layout.columns)
    bottom = rhythm.below(rows[-2])
    for tick in (0, 25, 50, 75, 100):
        x = span.at(tick / 100)
        paper.text(x, HEAD, f"{tick} %" if tick == 100 else str(tick), colours.label_ink, size=12, side="center")
        paper.line(x, GRID_TOP, x, bottom, colours.grid, over=0)
    paper.text(band_edge, HEAD, _("率 [帯]"), colours.label_ink, size=12, side="right")
    paper.text(n_edge, HEAD, "n", colours.label_ink, size=12, side="right")
    for row in rows[:-1]:
        _draw_rate(paper, row, span, rhythm)
        _draw_rate_figures(paper, row, (rate_edge, band_edge, n_edge), rhythm)
    below = rhythm.middle(rows[-1]) + 4
    has_ticks = any(row.benchmark is not None for row in rows)
    room = Span(span.left, n_edge)
    x = _draw_rate_legend(paper, room, below, benchmark or example_words(), has_ticks=has_ticks)
    if any(row.is_lower_bound for row in rows[:-1]):
        _explain_bound(paper, x, room.right, below)


def example_words() -> str:
    """What the ticks are unless another benchmark is chosen."""
    return _("目安（記事の例）")


def _draw_rate_title(paper: Paper, layout: RateLayout, horizon: int, words: str) -> None:
    """The title, and what the bars are where that fits beside the horizon or the controls in its place."""
    colours, left, right = paper.colours, layout.title_left, layout.span.right + layout.columns[-1]
    if layout.kept_free:
        right -= layout.kept_free
    else:
        period = horizon_words(horizon)
        paper.text(right, TITLE, period, colours.label_ink, size=12, side="right")
        right -= text_width(period, 12) + 8
    title = elided(words, right - left, 13, bold=True)
    paper.text(left, TITLE, title, colours.ink, bold=True)
    left += text_width(title, 13, bold=True) + 8
    subtitle = _("帯は 95 %")
    if left + text_width(subtitle, 12) <= right:
        paper.text(left, TITLE, subtitle, colours.label_ink, size=12)


def _draw_rate(paper: Paper, row: StageRow, span: Span, rhythm: Rhythm) -> None:
    colours, within, y = paper.colours, row.within, rhythm.middle(row)
    if row.benchmark is not None:
        x = span.at(row.benchmark)
        paper.line(x, y - TICK, x, y + TICK, colours.second_ink, width=2, over=2)
    if within is None or within.advance is None or not row.has_rate:
        return
    colour = colours.still_open if row.is_thin else colours.accent
    paper.line(span.at(within.lo), y, span.at(within.hi), y, colour, width=3, dashed=row.is_thin, over=3)
    if row.dot is not None:
        paper.dot(span.at(row.dot), y, 12, colour, hollow=row.is_thin)
    left, right = span.at(within.lo) - 8, span.at(within.hi) + 8
    paper.mark(Region(left, y - rhythm.pitch / 2, right - left, rhythm.pitch, row.who(), rate_tooltip(row)))


def _draw_rate_figures(paper: Paper, row: StageRow, edges: tuple[float, float, float], rhythm: Rhythm) -> None:
    colours, y = paper.colours, rhythm.middle(row)
    pale = row.is_thin or not row.has_rate
    bold = row.is_marked and not pale
    paper.text(edges[0], y, row.rate_text, colours.label_ink if pale else colours.ink, bold=bold, side="right")
    if row.is_lower_bound:
        left = edges[0] - max(33.0, text_width(row.rate_text, 13, bold) + 4)
        paper.text(left, y, _("少なくとも"), colours.label_ink, size=12, side="right")
    paper.text(edges[1], y, row.band_text, colours.label_ink, size=12, side="right")
    paper.text(edges[2], y, f"{row.at_risk:,}", colours.label_ink, size=12, side="right")
    if row.at_risk:
        left = edges[0] - _FIGURES_ROOM
        top, width = y - rhythm.pitch / 2, edges[2] + 4 - left
        paper.mark(Region(left, top, width, rhythm.pitch, row.who(), rate_tooltip(row)))


def _draw_rate_legend(paper: Paper, room: Span, y: float, benchmark: str, *, has_ticks: bool) -> float:
    """Ends where the next words may begin."""
    colours = paper.colours
    x = room.left + 5
    paper.dot(x, y, 12, colours.accent)
    paper.text(x + 11, y, _("率"), colours.second_ink, size=12)
    x += 11 + text_width(_("率"), 12) + 18
    few = _("10社未満")
    words = elided(benchmark, room.right - x - 8 - 20 - 11 - text_width(few, 12), 12)
    if has_ticks:
        paper.line(x, y - 8, x, y + 8, colours.second_ink, width=2)
        x += 8
    paper.text(x, y, words, colours.second_ink, size=12)
    x += text_width(words, 12) + 20
    paper.dot(x, y, 10, colours.still_open, hollow=True)
    paper.text(x + 11, y, elided(few, room.right - x - 11, 12), colours.second_ink, size=12)
    return x + 11 + text_width(few, 12) + 20


def _explain_bound(paper: Paper, left: float, right: float, y: float) -> None:
    """What 少なくとも says, where there is room for it: どう計算した？ says it at length."""
    words = _("少なくとも：これから上がることも")
    if left + text_width(words, 12) <= right:
        paper.text(right, y, words, paper.colours.label_ink, size=12, side="right")
