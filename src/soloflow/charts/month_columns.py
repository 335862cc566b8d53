"""The two mechanisms, month by month: orders of new customers above, what existing ones brought below, on one scale."""

from typing import Final

from soloflow.charts.colours import LIGHT, ChartColours
from soloflow.charts.fonts import elided
from soloflow.charts.layout import TITLE, Span
from soloflow.charts.paper import Drawing, Paper, Region
from soloflow.i18n import _
from soloflow.insights.months import Month

HEIGHT: Final = 316.0
_LEFT: Final = 40.0
_PANELS: Final = ((64.0, 140.0), (196.0, 272.0))
"""Top and bottom of each panel's columns."""
_MONTHS_AT: Final = 292.0
_WIDEST: Final = 40.0


def month_figure(
    months: tuple[Month, ...], colours: ChartColours = LIGHT, width: float = 1156.0, *, is_running: bool = True
) -> Drawing:
    """Columns with their counts; the last month is hatched where it is still running."""
    paper = Paper(width, HEIGHT, colours)
    span = Span(_LEFT, width)
    most = max(1, *(max(one.new_orders, one.existing) for one in months))
    heads = (_("新しいお客様の受注"), _("既存のお客様の追加注文・更新・紹介"))
    for head, (top, bottom) in zip(heads, _PANELS, strict=True):
        paper.text(0, top - 64 + TITLE + 20, elided(head, width, 13, True), colours.ink, bold=True)
        paper.line(span.left, bottom, span.right, bottom, colours.rule)
    each = (span.right - span.left) / len(months)
    for place, one in enumerate(months):
        middle = span.left + each * (place + 0.5)
        is_open = is_running and place == len(months) - 1
        _draw_month(paper, one, middle, min(_WIDEST, each * 0.6), most, is_running=is_open)
        name = f"{one.year}/{one.month}" if one.month == 1 or not place else f"{one.month}"
        paper.text(middle, _MONTHS_AT, name, colours.label_ink, size=12, side="center")
    return paper.finished()


def _draw_month(paper: Paper, one: Month, middle: float, width: float, most: int, *, is_running: bool) -> None:
    colours = paper.colours
    parts = (
        (one.new_orders, colours.accent, _("{year}年{month}月：新しいお客様の受注 {count}件")),
        (one.existing, colours.advanced, _("{year}年{month}月：既存のお客様から {count}件（追加注文 {repeat}・更新 {renewal}・紹介 {referral}）")),
    )  # fmt: skip
    for (count, colour, words), (top, bottom) in zip(parts, _PANELS, strict=True):
        height = (bottom - top) * count / most
        y = bottom - height / 2
        if count and is_running:
            paper.hatched_bar(middle - width / 2, y, width, height)
        elif count:
            paper.bar(middle - width / 2, y, width, height, colour)
        ink = colours.ink if count else colours.label_ink
        paper.text(middle, bottom - height - 10, str(count), ink, size=12, side="center")
        said = words.format(
            year=one.year, month=one.month, count=count, repeat=one.repeat_orders, renewal=one.renewals, referral=one.referrals
        )  # fmt: skip
        said += _("（まだ途中の月）") if is_running else ""
        paper.mark(Region(middle - width, top - 20, 2 * width, bottom - top + 20, None, said))
