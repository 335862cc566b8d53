"""Chart 1: where do they go? One stacked bar per stage: advanced, still open (hatched), lost, with counts."""

import math
from typing import Final

from soloflow.charts.colours import ChartColours
from soloflow.charts.fonts import elided, text_width
from soloflow.charts.layout import (
    COUNTS,
    COUNTS_ROOM,
    GRID_TOP,
    GROUP_ENDS,
    HEAD,
    LABEL,
    TITLE,
    Rhythm,
    Span,
    rhythm_of,
)
from soloflow.charts.paper import Paper, Region
from soloflow.charts.rows import StageRow
from soloflow.i18n import _, pgettext
from soloflow.insights.reduction import ADVANCED, LOST, OPEN

_NUMBER: Final = 16.0
_NUMBERS: Final = 30.0
"""Room for the number of a stage, and for those of a lens step."""


def draw_labels(paper: Paper, rows: tuple[StageRow, ...], left: float, right: float) -> None:
    """Numbers and names of the stages, and the rules between their groups."""
    colours, rhythm = paper.colours, rhythm_of(rows)
    for row in rows:
        y, indent = rhythm.middle(row), _NUMBERS if row.is_lens else _NUMBER
        paper.text(left, y, row.numbers, colours.label_ink, size=12)
        tag = pgettext("chart", "判断")
        tag_room = text_width(tag, 12) + 10 if row.is_judgement else 0.0
        room = LABEL - indent - 8 - (tag_room + 8 if tag_room else 0)
        name = elided(row.name, room, 13, row.is_marked)
        paper.text(left + indent, y, name, colours.ink, bold=row.is_marked)
        if row.is_judgement:
            paper.tag(left + indent + text_width(name, 13, row.is_marked) + 8, y, tag_room, tag)
        if row.last in GROUP_ENDS:
            paper.line(left, rhythm.below(row), right, rhythm.below(row), colours.rule)


def draw_stages(paper: Paper, rows: tuple[StageRow, ...], span: Span, title_left: float) -> None:
    """Title, axis, bars and counts."""
    colours, rhythm = paper.colours, rhythm_of(rows)
    title = _("どこへ行ったか")
    paper.text(title_left, TITLE, title, colours.ink, bold=True)
    subtitle_left = title_left + text_width(title, 13, bold=True) + 8
    whom = _("その段階に来た顧客（社）") if rows[0].is_lens else _("その工程に来た顧客（社）")
    subtitle = elided(whom, span.right + COUNTS_ROOM - subtitle_left, 12)
    paper.text(subtitle_left, TITLE, subtitle, colours.label_ink, size=12)
    most = max(row.at_risk for row in rows)
    whole = max(1.0, most * 1.025)
    bottom = rhythm.below(rows[-1])
    end = min(span.right + 8, span.right + _legend_left() - 4)  # there the legend begins
    for tick in _ticks(most):
        x = span.at(tick / whole)
        words = f"{tick:,}"
        beyond = x + text_width(words, 12) / 2 > end
        paper.text(
            end if beyond else x,
            HEAD,
            words,
            colours.label_ink,
            size=12,
            side="right" if beyond else "center",
        )
        paper.line(x, GRID_TOP, x, bottom, colours.grid, over=0)
    _draw_legend_heads(paper, span.right)
    for row in rows[:-1]:
        _draw_bar(paper, row, span, whole, rhythm)
        _draw_counts(paper, row, span.right, rhythm)
    _draw_last_stage(paper, rows[-1], span, whole, rhythm)


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


def _draw_bar(paper: Paper, row: StageRow, span: Span, whole: float, rhythm: Rhythm) -> None:
    y, thick = rhythm.middle(row), rhythm.bar
    seen = 0
    for outcome, count, colour, word in _outcomes(row, paper.colours):
        if not count:
            continue
        left, right = span.at(seen / whole), span.at((seen + count) / whole)
        gap = 1.0 if seen and right - left > 2 else 0.0
        seen += count
        if colour is None:
            paper.hatched_bar(left + gap, y, right - left - gap, thick)
        else:
            paper.bar(left + gap, y, right - left - gap, thick, colour)
        paper.mark(Region(left, y - thick / 2, right - left, thick, row.who(outcome), _words(row, word, count)))


def _words(row: StageRow, outcome: str, count: int) -> str:
    text = _("{stage} {name}: {outcome} {count}社（来た{total}社のうち）")
    return text.format(stage=row.numbers, name=row.name, outcome=outcome, count=f"{count:,}", total=f"{row.at_risk:,}")


def _draw_counts(paper: Paper, row: StageRow, left: float, rhythm: Rhythm) -> None:
    colours, pitch = paper.colours, rhythm.pitch
    y = rhythm.middle(row)
    for edge, (outcome, count, _colour, word) in zip(COUNTS, _outcomes(row, colours), strict=True):
        bold = outcome == LOST and row.is_most_lost
        paper.text(left + edge, y, f"{count:,}", colours.ink if count else colours.label_ink, bold=bold, side="right")
        if count:
            words = _words(row, word, count)
            paper.mark(Region(left + edge - 44, y - pitch / 2, 48, pitch, row.who(outcome), words))


def _legend_left() -> float:
    """Where the legend begins, from the right end of the bars."""
    return COUNTS[0] - text_width(elided(_("進んだ"), COUNTS[0] - 18, 12), 12) - 16


def _draw_legend_heads(paper: Paper, left: float) -> None:
    """The heads of the three counts are the legend of the bars."""
    colours = paper.colours
    words = ((_("進んだ"), colours.advanced), (_("途中"), None), (_("離脱"), colours.lost))
    for before, edge, (whole, colour) in zip((0.0, *COUNTS[:-1]), COUNTS, words, strict=True):
        word = elided(whole, edge - before - 18, 12)
        paper.text(left + edge, HEAD, word, colours.second_ink, size=12, side="right")
        square = left + edge - text_width(word, 12) - 16
        if colour is None:
            paper.hatched_bar(square, HEAD, 11, 11)
        else:
            paper.bar(square, HEAD, 10, 10, colour)


def _draw_last_stage(paper: Paper, row: StageRow, span: Span, whole: float, rhythm: Rhythm) -> None:
    y, thick = rhythm.middle(row), rhythm.bar
    right = span.at(row.at_risk / whole)
    words = _("ここが最後の段階です") if row.is_lens else _("ここが最後の工程です")
    if row.at_risk:
        words = _("{count}社が到達。ここが最後の工程です")
        if row.is_lens:
            words = _("{count}社が到達。ここが最後の段階です")
        words = words.format(count=f"{row.at_risk:,}")
        paper.bar(span.left, y, right - span.left, thick, paper.colours.advanced)
        width = max(8.0, right - span.left)
        paper.mark(Region(span.left, y - thick / 2, width, thick, row.who(), f"{row.title}: {words}"))
    left = right + 8
    paper.text(left, y, elided(words, span.right + COUNTS_ROOM - left, 12), paper.colours.label_ink, size=12)
