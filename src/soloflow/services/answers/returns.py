"""戻りと仕組み: what came of those who returned, and the two mechanisms that make income steady, month by month."""

from functools import partial
from zoneinfo import ZoneInfo

from soloflow.charts.month_columns import HEIGHT, month_figure
from soloflow.i18n import _
from soloflow.insights.behind import ADVANCED_AFTER_RETURN, ORDERED_AFTER_RETURN, PARKED, RETURNED
from soloflow.insights.months import Month, monthly
from soloflow.insights.reduction import reduce_log
from soloflow.services.answers import Answer, Link, Row, Table, Term, Who
from soloflow.services.funnel_words import list_title
from soloflow.services.numbers import Overview

MONTHS = 12


def answer(shown: Overview, zone: ZoneInfo) -> Answer:
    """Returns of everybody counted, and twelve months of orders."""
    months = monthly(reduce_log(shown.log, shown.numbers.as_of_us), zone, MONTHS)
    return Answer(
        head=(_returned(shown), _mechanisms(months)),
        lines=_lines(shown),
        table=_table(months),
        terms=_terms(shown),
        height=HEIGHT,
        links=_links(shown),
        draw=partial(month_figure, months),
    )


def _returned(shown: Overview) -> str:
    back = shown.numbers.recycling
    if not back.parked:
        return _("離脱・育成にした顧客は、まだいません。")
    said = _("離脱・育成にした{parked}社のうち{returned}社が戻り、{ordered}社が受注しました。")
    return said.format(
        parked=f"{back.parked:,}", returned=f"{back.returned:,}", ordered=f"{back.ordered_after_return:,}"
    )


def _mechanisms(months: tuple[Month, ...]) -> str:
    new, existing = sum(one.new_orders for one in months), sum(one.existing for one in months)
    if not new and not existing:
        return _("この1年の受注は、まだありません。")
    return _("この1年は、新しいお客様の受注が{new}件、既存のお客様から{existing}件です。").format(
        new=new, existing=existing
    )


def _lines(shown: Overview) -> tuple[str, ...]:
    back = shown.numbers.recycling
    if back.median_days_parked is None:
        return ()
    said = _("戻るまでの日数は、半分が {days:.0f}日以内。戻ってから先の工程へ進んだのは{advanced}社です。")
    return (said.format(days=back.median_days_parked, advanced=f"{back.advanced_after_return:,}"),)


def _links(shown: Overview) -> tuple[Link, ...]:
    back = shown.numbers.recycling
    counts = (
        (RETURNED, back.returned), (ADVANCED_AFTER_RETURN, back.advanced_after_return), (ORDERED_AFTER_RETURN, back.ordered_after_return),
        (PARKED, back.parked),
    )  # fmt: skip
    return tuple(
        Link(_("{list}を見る").format(list=list_title(Who(pause=pause), count)), Who(pause=pause))
        for pause, count in counts
        if count
    )


def _table(months: tuple[Month, ...]) -> Table:
    heads = (_("月"), _("新しいお客様の受注"), _("追加注文"), _("契約更新"), _("紹介"), _("既存のお客様の合計"))
    rows = tuple(
        Row(
            (f"{one.year}/{one.month}", *(str(count) for count in (one.new_orders, one.repeat_orders, one.renewals, one.referrals, one.existing)))
        )
        for one in reversed(months)
    )  # fmt: skip
    return Table(_("月ごとの、新しいお客様と既存のお客様"), heads, rows)


def _terms(shown: Overview) -> tuple[Term, ...]:
    back = shown.numbers.recycling
    return (
        Term(
            _("戻った顧客"),
            _("一度でも離脱か育成になった{parked}社のうち、そのあとまた工程に入った{returned}社です。率の上では、ひとつの顧客のままです。").format(
                parked=back.parked, returned=back.returned
            ),
        ),
        Term(
            _("戻って受注した顧客"),
            _("戻る前に受注していた顧客は除きます。はじめて戻ったあとに、はじめて受注した数です。"),
        ),
        Term(
            _("新しいお客様の受注"),
            _("その月にはじめて受注の工程に来た顧客の数です。受注より後から入った顧客は数えません。"),
        ),
        Term(
            _("既存のお客様"),
            _("その月に、追加注文・契約更新・紹介の工程にはじめて来た顧客の数です。最後の月は、まだ途中です。"),
        ),
    )  # fmt: skip
