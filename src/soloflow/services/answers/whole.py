"""どう計算した？ of 全体: the verdict, the rates and the four figures, each with its definition, its counts and its customers."""

from collections.abc import Iterable
from datetime import datetime

from soloflow.domain.stages import FIRST, LAST, ORDER
from soloflow.i18n import _, sentences
from soloflow.insights.behind import ADVANCED_AFTER_RETURN, ORDERED_AFTER_RETURN, PARKED, RETURNED
from soloflow.insights.estimate import Within
from soloflow.insights.leak import FEW, Ranking
from soloflow.insights.months import Month
from soloflow.insights.numbers import MAIN_HORIZON
from soloflow.insights.reduction import ADVANCED, LOST, OPEN
from soloflow.insights.words import is_judged, is_thin, judgement_note, rate_words, stage_name
from soloflow.services import causes
from soloflow.services.answers import Link, Term, Who
from soloflow.services.funnel_words import StageRow, rows
from soloflow.services.in_short import month_words, percent
from soloflow.services.list_titles import list_title
from soloflow.services.numbers import Overview
from soloflow.services.workspace import instant_us

_JUDGED, _REPEAT, _RENEWAL = 4, 7, 8


# The verdict


def verdict(shown: Overview) -> tuple[Term, ...]:
    """Most lost, lowest rate, the chances, how many more would tell, the likely cause, and the same after the order."""
    if not shown.numbers.prospects:
        return (Term(_("数える顧客"), _("いまの条件に当てはまる顧客がいないので、何も数えていません。")),)
    before = shown.numbers.leak.ranking
    terms = [_most_lost(shown, before), _lowest_rate(shown, before), _chances(shown, before)]
    if before.verdict.needed is not None and before.verdict.needed.prospects and not is_thin(shown.numbers):
        terms.append(_needed(shown, before, before.verdict.needed.prospects))
    if (cause := _cause(shown)) is not None:
        terms.append(cause)
    return (*terms, _after_order(shown))


def _most_lost(shown: Overview, ranking: Ranking) -> Term:
    counts = _listed(
        _("{stage} {count}社").format(stage=stage_name(k), count=f"{lost:,}")
        for k, lost in zip(ranking.stages, ranking.lost_count, strict=True)
    )
    words = _(
        "いま離脱している顧客を、到達したいちばん先の工程で数えました：{counts}。戻った顧客は入りません。早い工程ほど人が多いので、人数の多さだけでは悪い工程とはいえません。"
    )
    lost = [Who(k, LOST) for k, count in zip(ranking.stages, ranking.lost_count, strict=True) if count]
    return Term(_("いちばん多く離れている工程"), words.format(counts=counts), _lists(shown, lost))


def _lowest_rate(shown: Overview, ranking: Ranking) -> Term:
    words = _(
        "来てから1年以内に次の工程へ進む率を、受注までの4つで比べます：{rates}。途中の人は「まだ決まっていない」として数えます。"
    ).format(rates=_rates(shown, ranking.stages))
    return Term(_("率がいちばん低い工程"), sentences((words, judgement_note(ranking.stages))))


def _rates(shown: Overview, stages: Iterable[int]) -> str:
    steps = [shown.numbers.stages[k - 1] for k in stages]
    return _listed(
        _("{stage} {rate}（n={n}）").format(
            stage=stage_name(step.stage), rate=rate_words(step.main, step.advanced), n=f"{step.at_risk:,}"
        )
        for step in steps
    )


def _chances(shown: Overview, ranking: Ranking) -> Term:
    what = _("件数が少ないと率はぶれます。ぶれを見こんで、その工程の本当の率が4つの中でいちばん低い確率を出します。")
    found = _("候補の工程に{few}社来るまでは、まだ出しません。").format(few=FEW)
    if not is_thin(shown.numbers):
        found = _("{chances}。").format(
            chances=_listed(
                _("{stage} {chance}").format(stage=stage_name(k), chance=percent(chance))
                for k, chance in zip(ranking.stages, ranking.prob_lowest_rate, strict=True)
            )
        )
    words = _("95 %以上なら「確か」、80 %以上なら「たぶん」、それより低ければ「まだ区別できない」と書きます。")
    rule = _("候補の2つの工程に{few}社ずつ来て、来てから1年たった記録がそろうまでは、判定しません。").format(few=FEW)
    return Term(_("確からしさ"), sentences((what, found, words, rule)))


def _needed(shown: Overview, ranking: Ranking, needed: int) -> Term:
    pair = [shown.numbers.stages[k - 1] for k in ranking.verdict.candidates]
    decided = sum(step.advanced + step.lost for step in pair)
    words = _(
        "いまの率のまま件数だけが増えたとして、確からしさが 80 %になるまでの数です。候補の {first}と {second}で結果（進んだか、離れたか）の出た{decided}社が、約{times:.1f}倍に増えると届きます。おおよその目安です。"
    ).format(
        first=stage_name(pair[0].stage), second=stage_name(pair[1].stage), decided=f"{decided:,}",
        times=(decided + needed) / decided,
    )  # fmt: skip
    return Term(_("あと何社でわかるか"), words, _lists(shown, [Who(step.stage, OPEN) for step in pair if step.open]))


def _cause(shown: Overview) -> Term | None:
    stage = causes.leaking_step(shown)
    lost, told = shown.lost_for[stage].total(), causes.known(shown, stage)
    if not lost:
        return None
    words = _("離脱にしたときに選んだ理由です。{stage}で離れた{lost}社のうち、理由のあるのは{told}社、ないのは{untold}社。").format(
        stage=stage_name(stage), lost=f"{lost:,}", told=f"{told:,}", untold=f"{lost - told:,}"
    )  # fmt: skip
    rule = _("{few}社分の理由がそろうと、いちばん多い理由がどこまで確かかを、率と同じ言葉で書きます。").format(few=FEW)
    links = tuple(
        Link(
            _("「{reason}」{count}社").format(reason=causes.reason_name(shown, code), count=f"{count:,}"),
            Who(stage, LOST, reason=code),
        )
        for code, count in shown.lost_for[stage].most_common()
    )
    return Term(_("離れた理由"), sentences((words, rule)), links)


def _after_order(shown: Overview) -> Term:
    after = shown.numbers.leak_after_order
    chances = _listed(
        _("{stage} {chance}").format(stage=stage_name(k), chance=percent(chance))
        for k, chance in zip(after.stages, after.prob_lowest_rate, strict=True)
    )
    words = _("5〜8の工程を、受注までとは別に、同じしかたで比べます：{rates}。いちばん低い確からしさは {chances}。")
    lost = [Who(k, LOST) for k, count in zip(after.stages, after.lost_count, strict=True) if count]
    return Term(_("受注のあと"), words.format(rates=_rates(shown, after.stages), chances=chances), _lists(shown, lost))


# The rates


def rates(shown: Overview, days: int = MAIN_HORIZON) -> tuple[Term, ...]:
    """How to read a rate within so many days, with an example of one's own, and the counts behind each of the eight."""
    period = _("1年") if days == MAIN_HORIZON else _("{days:.0f}日").format(days=days)
    *steps, last = rows(shown, days)
    return (
        Term(_("次の工程へ進む率"), sentences(_example(shown, days, period))),
        Term(
            _("帯と n"),
            _(
                "[ ] は 95 %の帯です。本当の率は、たいていこの間にあり、数が増えるほど狭くなります。n はその工程に来た数で、{few}社になるまでは、％ではなく「進んだ数/来た数」で出します。"
            ).format(few=FEW),
        ),
        Term(
            _("途中"),
            _("進行中と育成中を合わせた数です。獲得工程の列に並ぶのは、進行中のお客様だけです。"),
        ),
        Term(
            _("少なくとも"),
            _(
                "途中の顧客に、{period}待った人がまだいないときの印です。その率は、これから上がることがあります。帯は、いまの率のものです。"
            ).format(period=period),
        ),
        *(_row_term(shown, row) for row in steps),
        _last_term(last),
    )


def _example(shown: Overview, days: int, period: str) -> list[str]:
    """The definition; with the first stage that has a rate, why one does not simply divide."""
    definition = _("その工程に来てから{period}以内に、次の工程へ進む見込みです。").format(period=period)
    step = next((one for one in shown.numbers.stages if one.at_risk >= FEW and one.within[days].n_eff), None)
    rate = None if step is None else step.within[days]
    if step is None or rate is None or rate.advance is None:
        return [
            definition,
            _("途中の人は「まだ決まっていない」として数え、離れたことにも、いなかったことにもしません。"),
        ]
    advanced, plain = round(100 * rate.advance), round(100 * step.advanced / step.at_risk)
    why = _("{stage}をただ割ると {plain} %（{advanced}/{came}）ですが、途中の{open}社もいずれ一部は進みます。")
    if advanced <= plain:
        why = _(
            "{stage}をただ割ると {plain} %（{advanced}/{came}）ですが、途中の{open}社の結果はまだわからず、かかった日数もまちまちです。"
        )
    told = _(
        "そこで、途中の人を「まだ決まっていない」として数えると {rate} になります（アーレン・ヨハンセン推定）。離れたことにも、いなかったことにもしません。"
    )
    return [
        definition,
        why.format(
            stage=stage_name(step.stage), plain=plain, advanced=f"{step.advanced:,}", came=f"{step.at_risk:,}",
            open=f"{step.open:,}",
        ),
        told.format(rate=rate_words(rate, step.advanced)),
    ]  # fmt: skip


def _row_term(shown: Overview, row: StageRow) -> Term:
    if not row.at_risk:
        return Term(_("{stage}：—").format(stage=row.title), _("来た顧客は、まだいません。"))
    nurture = 0 if row.is_lens else shown.numbers.stages[row.stage - 1].nurture
    parts = [
        _("{came}社のうち{advanced}社が進み、{lost}社が離れ、{open}社が途中{parked}。").format(
            came=f"{row.at_risk:,}", advanced=f"{row.advanced:,}", lost=f"{row.lost:,}", open=f"{row.still_open:,}",
            parked=_("（うち育成{count}社）").format(count=f"{nurture:,}") if nurture else "",
        ),
        "" if row.benchmark is None else _("目安は {rate:.3g} %です。").format(rate=100 * row.benchmark),
        judgement_note((_JUDGED,)) if is_judged(row.stage, row.target) else "",
    ]  # fmt: skip
    found = (
        (_("進んだ{count}社"), ADVANCED, row.advanced),
        (_("途中の{count}社"), OPEN, row.still_open),
        (_("離れた{count}社"), LOST, row.lost),
    )
    links = tuple(Link(words.format(count=f"{count:,}"), row.who(outcome)) for words, outcome, count in found if count)
    at_least = _("少なくとも {rate}") if row.is_lower_bound else "{rate}"
    rate = f"{at_least.format(rate=row.rate_text)} {row.band_text}".rstrip()
    return Term(_("{stage}：{rate}").format(stage=row.title, rate=rate), sentences(parts), links)


def _last_term(row: StageRow) -> Term:
    words = _("最後の工程なので、率はありません。到達したのは{count}社です。").format(count=f"{row.at_risk:,}")
    links = (Link(_("到達した{count}社").format(count=f"{row.at_risk:,}"), row.who()),) if row.at_risk else ()
    return Term(row.title, words, links)


def _rate(rate: Within, advanced: int) -> str:
    """A rate with its band; counts alone where a band would mislead."""
    band = f" [{100 * rate.lo:.0f}–{100 * rate.hi:.0f}]" if rate.n_eff and rate.n >= FEW else ""
    return rate_words(rate, advanced) + band


# The four figures


def figures(shown: Overview) -> tuple[tuple[Term, ...], ...]:
    """Of the four figures at the foot, in their order."""
    return (_orders(shown), (_new_customers(shown),), (_existing_customers(shown),), _returned(shown))


def _orders(shown: Overview) -> tuple[Term, ...]:
    leak, steps = shown.numbers.leak, shown.numbers.stages[: ORDER - 1]
    if leak.orders_per_100 is None or min(step.at_risk for step in steps) < FEW:
        words = _("100社あたりの見込みは、受注までのどの工程にも{few}社来てから出します：{rates}。").format(
            few=FEW, rates=_rates(shown, leak.ranking.stages)
        )
        return (Term(_("100社あたりの受注"), words), _direct(shown))
    band = leak.orders_per_100_interval
    product = _(" × ").join(rate_words(step.main, step.advanced) for step in steps)
    words = _(
        "受注までの4つの率を掛けました：{product} ＝ {orders:.0f}件。[{lo:.0f}–{hi:.0f}] は、それぞれの率のぶれを合わせた 95 %の帯です。どの工程も1年以内に進んだ場合の数で、受注までを1年でという意味ではありません。"
    ).format(product=product, orders=leak.orders_per_100, lo=band.lo, hi=band.hi)
    least = (
        _("「件ほど」は、途中の顧客に1年待った人がまだいない工程があるという印です。これから上がることがあります。")
        if any(step.main.lower_bound for step in steps)
        else ""
    )
    counted = sentences((words, least, judgement_note(leak.ranking.stages)))
    return (Term(_("100社あたりの受注"), counted), _direct(shown))


def _direct(shown: Overview) -> Term:
    direct = shown.numbers.direct_to_order
    if not direct.n:
        return Term(
            _("1年以内に受注"),
            _("集客から始めて受注までを、1社ずつ追って数えます。集客から始めた顧客が、まだいません。"),
        )
    words = _(
        "集客から始めた{n}社を1社ずつ追って、1年以内に受注した率を数えます：{rate}。いままでに受注したのは{ordered}社です。"
    ).format(
        n=f"{direct.n:,}", ordered=f"{shown.ordered:,}", rate=_rate(direct, shown.ordered)
    )  # fmt: skip
    later = shown.numbers.prospects - direct.n
    beside = (
        _("紹介などで途中の工程から入った{count}社は、ここには入りません。").format(count=f"{later:,}") if later else ""
    )
    who = Who(FIRST, ADVANCED, target=ORDER)
    links = _lists(shown, [who] if shown.ordered else [], shown.ordered)
    return Term(_("1年以内に受注"), sentences((words, beside)), links)


def _new_customers(shown: Overview) -> Term:
    words = _(
        "その月に、はじめて受注した顧客の数です：{months}。受注より後の工程から入った顧客は数えません。今月は、まだ途中です。"
    )
    months = _listed(_month(one, one.new_orders) for one in shown.months)
    return Term(
        _("新しいお客様から"), words.format(months=months), _arrivals(shown, ((ORDER, shown.months[-1].new_orders),))
    )


def _existing_customers(shown: Overview) -> Term:
    words = _(
        "その月に、追加注文・契約更新・紹介の工程にはじめて来た顧客の数です：{months}。同じ顧客が2つの工程に来れば、2件と数えます。今月は、まだ途中です。"
    )
    now = shown.months[-1]
    months = _listed(_month(one, one.existing) for one in shown.months)
    counts = ((_REPEAT, now.repeat_orders), (_RENEWAL, now.renewals), (LAST, now.referrals))
    return Term(_("既存のお客様から"), words.format(months=months), _arrivals(shown, counts))


def _month(one: Month, count: int) -> str:
    return _("{month} {count}件").format(month=month_words(one), count=f"{count:,}")


def _arrivals(shown: Overview, counts: Iterable[tuple[int, int]]) -> tuple[Link, ...]:
    since_us = instant_us(month_start(shown.as_of, shown.months[-1]))
    found = ((Who(stage, since_us=since_us, arrived=True), count) for stage, count in counts)
    return tuple(_list_link(who, count) for who, count in found if count)


def month_start(as_of: datetime, month: Month) -> datetime:
    """The first instant of a month, in the zone of `as_of`."""
    return datetime(month.year, month.month, 1, tzinfo=as_of.tzinfo)


def _returned(shown: Overview) -> tuple[Term, ...]:
    back = shown.numbers.recycling
    if not back.parked:
        return (Term(_("離脱・育成から戻った"), _("離脱か育成になった顧客が、まだいません。")),)
    words = _(
        "一度でも離脱か育成になった{parked}社のうち、そのあとまた工程を進み始めたのは{returned}社です。率の上では、戻っても同じひとつの顧客です。"
    ).format(parked=f"{back.parked:,}", returned=f"{back.returned:,}")
    came = _(
        "戻ったあと、前より先の工程へ進んだのは{advanced}社、はじめて受注したのは{ordered}社です。戻る前に受注していた顧客は、受注に数えません。"
    ).format(advanced=f"{back.advanced_after_return:,}", ordered=f"{back.ordered_after_return:,}")
    days = (
        ""
        if back.median_days_parked is None
        else _("離れていた日数は、戻った回ごとに数え、半分が{days:.0f}日以内でした。").format(
            days=back.median_days_parked
        )
    )
    first = ((PARKED, back.parked), (RETURNED, back.returned))
    then = ((ADVANCED_AFTER_RETURN, back.advanced_after_return), (ORDERED_AFTER_RETURN, back.ordered_after_return))
    return (
        Term(_("離脱・育成から戻った"), sentences((words, days)), _pauses(first)),
        Term(_("戻ってからどうなったか"), came, _pauses(then)),
    )


def _pauses(counts: Iterable[tuple[str, int]]) -> tuple[Link, ...]:
    return tuple(_list_link(Who(pause=pause), count) for pause, count in counts if count)


def _lists(shown: Overview, wanted: Iterable[Who], count: int | None = None) -> tuple[Link, ...]:
    """A way to each of these; the count is that of the stage unless given."""
    return tuple(_list_link(who, _count(shown, who) if count is None else count) for who in wanted)


def _count(shown: Overview, who: Who) -> int:
    step = shown.numbers.stages[who.stage - 1]
    return {ADVANCED: step.advanced, OPEN: step.open, LOST: step.lost}.get(-1 if who.outcome is None else who.outcome, step.at_risk)  # fmt: skip


def _list_link(who: Who, count: int) -> Link:
    return Link(list_title(who, count), who)


def _listed(parts: Iterable[str]) -> str:
    return _("、").join(parts)
