"""戻りと受注: what came of those who returned, and the two mechanisms that make income steady, month by month."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from soloflow.charts.month_columns import HEIGHT, Times, month_figure
from soloflow.domain.stages import LAST, ORDER
from soloflow.i18n import _
from soloflow.insights.behind import ADVANCED_AFTER_RETURN, ORDERED_AFTER_RETURN, PARKED, RETURNED
from soloflow.insights.months import Month, monthly
from soloflow.insights.reduction import reduce_log
from soloflow.services.answers import Answer, Link, Row, Table, Term, Who
from soloflow.services.funnel_words import list_title
from soloflow.services.numbers import Overview
from soloflow.services.workspace import instant_us

MONTHS = 12


def answer(shown: Overview, zone: ZoneInfo) -> Answer:
    """Returns of everybody counted, and twelve months of orders."""
    months = monthly(reduce_log(shown.log, shown.numbers.as_of_us), zone, MONTHS)
    times = _times(months, zone)
    return Answer(
        head=(_returned(shown), _mechanisms(months)),
        lines=_lines(shown),
        table=_table(months, times),
        terms=_terms(shown),
        height=HEIGHT,
        links=_links(shown),
        draw=partial(month_figure, months, times=times),
    )


def _times(months: tuple[Month, ...], zone: ZoneInfo) -> Times:
    """When each month began and ended."""
    return tuple(
        (
            instant_us(datetime(one.year, one.month, 1, tzinfo=zone)),
            instant_us(datetime(one.year + one.month // 12, one.month % 12 + 1, 1, tzinfo=zone)),
        )
        for one in months
    )


def _returned(shown: Overview) -> str:
    back = shown.numbers.recycling
    if not back.parked:
        return _("離脱・育成にした顧客は、まだいません。")
    if not back.returned:
        return _("離脱・育成にした{parked}社のうち、戻った顧客はまだいません。").format(parked=f"{back.parked:,}")
    said = _("離脱・育成にした{parked}社のうち{returned}社が戻り、{ordered}社が受注しました。")
    if not back.ordered_after_return:
        said = _("離脱・育成にした{parked}社のうち{returned}社が戻りました。受注はまだありません。")
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
    if back.returned == 1:
        return (_("戻るまで {days:.0f}日でした。").format(days=back.median_days_parked),)
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


def _table(months: tuple[Month, ...], times: Times) -> Table:
    heads = (_("月"), _("新しいお客様の受注"), _("追加注文"), _("契約更新"), _("紹介"), _("既存のお客様の合計"))
    rows = []
    for one, (began_us, ended_us) in zip(reversed(months), reversed(times), strict=True):
        counts = (one.new_orders, one.repeat_orders, one.renewals, one.referrals)
        cells = (f"{one.year}/{one.month}", *(f"{count:,}" for count in (*counts, one.existing)))
        behind = tuple(
            (column, Who(stage, since_us=began_us, until_us=ended_us, arrived=True))
            for column, (stage, count) in enumerate(zip((ORDER, 7, 8, LAST), counts, strict=True), 1)
            if count
        )
        rows.append(Row(cells, by_cell=behind))
    return Table(_("月ごとの、新しいお客様と既存のお客様"), heads, tuple(rows))


def _terms(shown: Overview) -> tuple[Term, ...]:
    back = shown.numbers.recycling
    return (
        Term(
            _("戻った顧客"),
            _("一度でも離脱か育成になった{parked}社のうち、そのあとまた工程に入った{returned}社です。率の上では、ひとつの顧客のままです。").format(
                parked=f"{back.parked:,}", returned=f"{back.returned:,}"
            ),
            _links(shown),
        ),
        Term(
            _("戻って受注した顧客"),
            _("戻る前に受注していた顧客は除きます。はじめて戻ったあとに、はじめて受注した{ordered}社です。先の工程へ進んだのは{advanced}社です。").format(ordered=f"{back.ordered_after_return:,}", advanced=f"{back.advanced_after_return:,}"),
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
