"""分析 in short: the verdict with what it rests on, and four figures. The page and the monthly report say the same."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from soloflow import i18n
from soloflow.domain.dates import month_name
from soloflow.domain.stages import ORDER, stage
from soloflow.i18n import _, pgettext, sentences
from soloflow.services.numbers import Overview
from soloflow.services.wording import marked_stage_name

if TYPE_CHECKING:
    from soloflow.insights.months import Month

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the figures at the foot: 13 件以上, and what it rests on."""

    title: str
    value: str
    unit: str
    rests_on: str
    tip: str


def lines(shown: Overview, *, with_cause: bool = False) -> list[str]:
    """The verdict: two sentences for the heading, then what it rests on, what would tell, and the likely cause if asked for."""
    from soloflow.insights.words import verdict_sentences
    from soloflow.services.causes import cause_sentence, leaking_step

    if not shown.numbers.prospects:
        return [_("この条件に当てはまる顧客はいません。"), "", _("絞り込みをゆるめると、数えられます。")]
    found = verdict_sentences(shown.numbers)
    thin = few_sentence(shown)
    cause = cause_sentence(shown, leaking_step(shown)) if with_cause else ""
    return [*found[:2], *([thin] if thin else []), *found[2:-1], *([cause] if cause else []), found[-1]]


def few_sentence(shown: Overview) -> str:
    """That a rate needs ten customers, and how many there are; empty where the verdict does not suffer from it."""
    from soloflow.insights.words import is_thin

    if not is_thin(shown.numbers):
        return ""
    reached = [
        _("{stage} {count}社").format(stage=_(stage(k).name), count=shown.numbers.stages[k - 1].at_risk)
        for k in range(1, ORDER)
    ]
    return _("率は1工程10社から％で出ます（いま {reached}）。").format(reached=_("・").join(reached))


def chances(shown: Overview) -> list[tuple[str, float, str]]:
    """Stage, probability of having the lowest rate, and its words; the likeliest first. Empty while nothing can be said."""
    from soloflow.insights.words import is_thin

    ranking = shown.numbers.leak.ranking
    if is_thin(shown.numbers):
        return []
    found = sorted(zip(ranking.stages, ranking.prob_lowest_rate, strict=True), key=lambda one: (-one[1], one[0]))
    return [(marked_stage_name(k), chance, percent(chance)) for k, chance in found]


def percent(chance: float) -> str:
    """A chance in whole percent that never claims certainty."""
    if chance < 0.01:
        return _("1 %未満")
    return _("99 %超") if chance > 0.99 else f"{100 * chance:.0f} %"


def month_words(one: "Month") -> str:
    """A month without its year: 11月, Nov."""
    return month_name(date(one.year, one.month, 1), i18n.language(), short=True)


def figures(shown: Overview) -> tuple[Figure, ...]:
    """The four figures, in their order."""
    return (_orders(shown), _new_customers(shown), _existing_customers(shown), _returned(shown))


def _orders(shown: Overview) -> Figure:
    from soloflow.insights.leak import FEW

    title, leak = _("100社に会うと受注"), shown.numbers.leak
    tip = _(
        "4つの工程を1年以内ずつで進んだ場合の件数と、95 %の帯です。「1年以内に受注」は、集客で会ってから1年以内に受注した率です。途中から入った顧客は含みません。"
    )
    steps, direct = shown.numbers.stages[: ORDER - 1], shown.numbers.direct_to_order
    if not direct.n:
        return Figure(title, NOTHING, "", _("集客から始めた顧客が、まだいません"), tip)
    if leak.orders_per_100 is None or min(step.at_risk for step in steps) < FEW:
        tip = _("集客から始めた顧客のうち、受注した数です。100社あたりの見込みは、どの工程にも10社来てから出します。")
        later = shown.numbers.prospects - direct.n
        rests_on = _("途中から入った{count}社は別。見込みは各工程10社から").format(count=f"{later:,}")
        if not later:
            rests_on = _("見込みは、どの工程にも10社来てから出します")
        return Figure(_("集客から始めて受注"), f"{shown.ordered:,}/{direct.n:,}", _("社"), rests_on, tip)
    band = leak.orders_per_100_interval
    unit = pgettext("orders", "件")
    if any(step.main.lower_bound for step in steps):
        unit = _("件ほど")
        tip = sentences((tip, _("途中の顧客に1年待った人がまだいない工程があるので、これから上がることがあります。")))
    rests_on = _("[{lo:.0f}–{hi:.0f}]・1年以内に受注 {direct}").format(lo=band.lo, hi=band.hi, direct=_direct(shown))
    return Figure(title, f"{leak.orders_per_100:.0f}", unit, rests_on, tip)


def _direct(shown: Overview) -> str:
    direct = shown.numbers.direct_to_order
    if direct.advance is None or not direct.n_eff:
        return NOTHING
    words = (
        _("少なくとも {rate:.0f}\u00a0% [{lo:.0f}–{hi:.0f}] n={n}")
        if direct.lower_bound
        else _("{rate:.0f}\u00a0% [{lo:.0f}–{hi:.0f}] n={n}")
    )
    return words.format(rate=100 * direct.advance, lo=100 * direct.lo, hi=100 * direct.hi, n=f"{direct.n:,}")


def _new_customers(shown: Overview) -> Figure:
    before, now = shown.months[:-1], shown.months[-1]
    mean = sum(month.new_orders for month in before) / len(before)
    rests_on = _("前の{count}か月は、月に平均 {mean:.1f}件").format(count=len(before), mean=mean)
    return Figure(
        _("新しいお客様から（今月）"),
        f"{now.new_orders:,}",
        pgettext("orders", "件"),
        rests_on if mean else _("前の{count}か月は、まだありません").format(count=len(before)),
        _("{month}に、はじめて受注した顧客の数です。").format(month=month_words(now)),
    )


def _existing_customers(shown: Overview) -> Figure:
    now = shown.months[-1]
    rests_on = _("追加注文 {repeat}・更新 {renewal}・紹介 {referral}").format(
        repeat=now.repeat_orders, renewal=now.renewals, referral=now.referrals
    )
    tip = _("{month}に、追加注文・契約更新・紹介の工程にはじめて来た顧客の数です。").format(month=month_words(now))
    return Figure(_("既存のお客様から（今月）"), f"{now.existing:,}", pgettext("events", "件"), rests_on, tip)


def _returned(shown: Overview) -> Figure:
    title, back = _("離脱・育成から戻った"), shown.numbers.recycling
    tip = _(
        "一度でも離脱か育成になった顧客のうち、その後また工程を進み始めた顧客の数です。分母には、もう戻った顧客も入ります。"
    )
    if not back.parked:
        return Figure(title, NOTHING, "", _("離脱・育成の記録は、まだありません"), tip)
    rests_on = _("うち受注 {count}社").format(count=f"{back.ordered_after_return:,}")
    if back.median_days_parked is not None:
        said = _("{orders}・離れていた日数の中央値 {days:.0f}日")
        if back.returned == 1:
            said = _("{orders}・離れていた日数 {days:.0f}日")
        rests_on = said.format(orders=rests_on, days=back.median_days_parked)
    return Figure(title, f"{back.returned:,}/{back.parked:,}", _("社"), rests_on, tip)
