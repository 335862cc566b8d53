"""The two mechanisms, month by month: orders of new customers above, what existing ones brought below, on one scale."""

from typing import Final

from soloflow.charts.colours import LIGHT, ChartColours
from soloflow.charts.layout import Span
from soloflow.charts.paper import Drawing, Paper, Region
from soloflow.domain.stages import LAST, ORDER
from soloflow.i18n import _
from soloflow.insights.behind import Who
from soloflow.insights.months import Month

HEIGHT: Final = 326.0
_LEFT: Final = 40.0
_PANELS: Final = ((64.0, 140.0), (196.0, 272.0))
"""Top and bottom of each panel's columns."""
_MONTHS_AT: Final = 290.0
_YEAR_AT: Final = 307.0
_WIDEST: Final = 40.0
_REPEAT, _RENEWAL = 7, 8

Times = tuple[tuple[int, int], ...]
"""When each month began and ended."""


def month_figure(
    months: tuple[Month, ...],
    colours: ChartColours = LIGHT,
    width: float = 1156.0,
    *,
    is_running: bool = True,
    times: Times = (),
) -> Drawing:
    """Columns with their counts; the last month is hatched where it is still running. With `times`, columns lead to customers."""
    paper = Paper(width, HEIGHT, colours)
    span = Span(_LEFT, width)
    most = max(1, *(max(one.new_orders, one.existing) for one in months))
    is_stacked = any(sum(map(bool, (one.repeat_orders, one.renewals, one.referrals))) > 1 for one in months)
    heads = (
        (_("新しいお客様の受注"), _("斜線は、まだ途中の月") if is_running else ""),
        (_("既存のお客様の追加注文・更新・紹介"), _("下から順に積んでいます") if is_stacked else ""),
    )
    for (head, note), (top, bottom) in zip(heads, _PANELS, strict=True):
        paper.heading(head, note, y=top - 32)
        paper.line(span.left, bottom, span.right, bottom, colours.rule)
    each = (span.right - span.left) / len(months)
    for place, one in enumerate(months):
        middle = span.left + each * (place + 0.5)
        is_open = is_running and place == len(months) - 1
        column = Span(middle - min(_WIDEST, each * 0.6) / 2, middle + min(_WIDEST, each * 0.6) / 2)
        when = times[place] if times else None
        for part, panel in zip(_parts(one, when, is_running=is_open), _PANELS, strict=True):
            _draw_column(paper, part, column, panel, most, is_running=is_open)
        paper.text(middle, _MONTHS_AT, str(one.month), colours.label_ink, size=12, side="center")
        if one.month == 1 or not place:
            paper.text(middle, _YEAR_AT, str(one.year), colours.label_ink, size=12, side="center")
    return paper.finished()


Piece = tuple[int, Who | None, str]
"""How many, who they are, how it reads."""


def _parts(
    one: Month, when: tuple[int, int] | None, *, is_running: bool
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """What stands on each other in the two panels."""
    shape = (
        _("{year}年{month}月：{what} {count}件（まだ途中の月）")
        if is_running
        else _("{year}年{month}月：{what} {count}件")
    )

    def piece(stage: int, what: str, count: int) -> Piece:
        words = shape.format(year=one.year, month=one.month, what=what, count=f"{count:,}")
        if not count or when is None:
            return count, None, words
        return count, Who(stage, since_us=when[0], until_us=when[1], arrived=True), words

    new = (piece(ORDER, _("新しいお客様の受注"), one.new_orders),)
    existing = (
        piece(_REPEAT, _("追加注文"), one.repeat_orders), piece(_RENEWAL, _("契約更新"), one.renewals), piece(LAST, _("紹介"), one.referrals),
    )  # fmt: skip
    nothing = (piece(LAST, _("既存のお客様から"), 0),)
    return new, tuple(part for part in existing if part[0]) or nothing


def _draw_column(
    paper: Paper, parts: tuple[Piece, ...], column: Span, panel: tuple[float, float], most: int, *, is_running: bool
) -> None:
    colours, (top, bottom) = paper.colours, panel
    colour = colours.accent if panel == _PANELS[0] else colours.advanced
    width, foot = column.right - column.left, bottom
    for place, (count, who, words) in enumerate(parts):
        height = (bottom - top) * count / most
        if count and is_running:
            paper.hatched_bar(column.left, foot - height / 2, width, height)
        elif count:
            paper.bar(column.left, foot - height / 2, width, height, colour)
        if place:
            paper.line(column.left, foot, column.right, foot, colours.ground, over=3)
        free = top - 20 if not count else foot - height
        paper.mark(Region(column.left - width / 4, free, 1.5 * width, foot - free, who, words))
        foot -= height
    total = sum(count for count, _who, _words in parts)
    ink = colours.ink if total else colours.label_ink
    paper.text(column.at(0.5), foot - 10, f"{total:,}", ink, size=12, side="center")
