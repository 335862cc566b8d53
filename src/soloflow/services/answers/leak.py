"""漏れ: what each leak costs in orders and yen, and what mending it would be worth."""

from functools import partial

from soloflow.charts.leak_bars import HEIGHT, leak_figure
from soloflow.domain.money import yen
from soloflow.domain.stages import LAST, ORDER
from soloflow.i18n import _, sentences
from soloflow.insights.leak import FEW
from soloflow.insights.reduction import LOST, reduce_log, stage_records
from soloflow.insights.words import is_thin, judgement_note, marked_name, rate_words, short_name, stage_name
from soloflow.services import in_short
from soloflow.services.answers import Answer, Link, Row, Table, Term, Who
from soloflow.services.causes import leaking_step, step_in_question
from soloflow.services.list_titles import list_title
from soloflow.services.numbers import Overview

NOTHING = "—"
_SHOWN = 0.05
"""Orders below this are written 0.0."""


def answer(shown: Overview) -> Answer:
    """Orders and yen that are lost per step, before the order and after it."""
    return Answer(
        head=_head(shown),
        lines=_lines(shown),
        table=_table(shown),
        terms=_terms(shown),
        height=HEIGHT if is_known(shown) else 0.0,
        links=_links(shown),
        draw=partial(leak_figure, shown.numbers),
    )


def is_known(shown: Overview) -> bool:
    """Whether every step to the order has enough customers for a rate."""
    return all(step.at_risk >= FEW for step in shown.numbers.stages[: ORDER - 1])


def _head(shown: Overview) -> tuple[str, ...]:
    leak = shown.numbers.leak
    if not is_known(shown) or leak.orders_per_100 is None:
        return (_("直すと受注が何件増えるかは、受注までの各工程に{few}社来てから出せます。").format(few=FEW),)
    return (_rescued(shown), _mended(shown))


def _rescued(shown: Overview) -> str:
    """What one in ten is worth. It ranks as the rates do, so a step is named only where its rate is told from the others."""
    ranking, worth = shown.numbers.leak.ranking, [one or 0.0 for one in shown.numbers.leak.rescue10_per_100]
    if ranking.verdict.stage is not None:
        said = _("{stage}から進まない10社のうち1社が進むと、受注は100社あたり{orders:.1f}件増えます。")
        named = ranking.verdict.stage
        return said.format(stage=stage_name(named), orders=worth[named - 1])
    said = _("どの工程でも、進まない10社のうち1社が進むと、受注は100社あたり{least}–{most}件増えます。")
    least, most = f"{min(worth):.1f}", f"{max(worth):.1f}"
    if least == most:
        said = _("どの工程でも、進まない10社のうち1社が進むと、受注は100社あたり{most}件増えます。")
    return said.format(least=least, most=most)


def _mended(shown: Overview) -> str:
    """Whether the rates to the order are at the benchmark: none is called sure whose band reaches below it."""
    gaps = shown.numbers.leak.to_benchmark_per_100
    known = {k: gap for k, gap in enumerate(gaps, 1) if gap is not None}
    if not known:
        return _("くらべる目安が、まだありません。")
    best = max(known, key=lambda k: (known[k], -k))
    if known[best] >= _SHOWN:
        said = _("{stage}の率を目安まで上げると、100社あたり{orders:.1f}件増えます。")
        if shown.numbers.stages[best - 1].main.hi >= (shown.benchmark.rate(best) or 0.0):
            said = _(
                "{stage}の率を目安まで上げると、100社あたり{orders:.1f}件増えます（目安より低いかは、まだ確かではありません）。"
            )
        return said.format(stage=stage_name(best), orders=known[best])
    unsure = [k for k in known if shown.numbers.stages[k - 1].main.lo < (shown.benchmark.rate(k) or 0.0)]
    if len(known) < len(gaps):
        said = _("受注までで目安のある工程の率は、いまのところ目安以上です{unsure}。")
    else:
        said = _("受注までの4工程の率は、いまのところ目安以上です{unsure}。")
    return said.format(unsure=_unsure(unsure, len(known)))


def _unsure(stages: list[int], of: int) -> str:
    if not stages:
        return ""
    if len(stages) == of:
        return _("（まだ確かではありません）")
    return _("（{stages}は、まだ確かではありません）").format(stages=_("・").join(short_name(k) for k in stages))


def _low_after_order(shown: Overview) -> str:
    """The step after the order that lies farthest below its benchmark; empty where none does."""
    below = []
    for step in shown.numbers.stages[ORDER - 1 : LAST - 1]:
        mark, rate = shown.benchmark.rate(step.stage), step.main.advance
        if mark is None or rate is None or step.at_risk < FEW or not step.main.n_eff or step.main.lower_bound:
            continue
        if round(100 * rate) < round(100 * mark):
            below.append((mark - rate, step, mark, rate))
    if not below:
        return ""
    _gap, step, mark, rate = max(below, key=lambda one: one[0])
    said = _(
        "受注のあとでは、{stage}の率 {rate:.0f} %（{n}社）が目安の {mark:.0f} % より低めですが、まだ確かではありません。"
    )
    if step.main.hi < mark:
        said = _("受注のあとでは、{stage}の率 {rate:.0f} %（{n}社）が目安の {mark:.0f} % を下回っています。")
    return said.format(stage=stage_name(step.stage), rate=100 * rate, n=f"{step.at_risk:,}", mark=100 * mark)


def _lines(shown: Overview) -> tuple[str, ...]:
    if not shown.numbers.prospects:
        return tuple(filter(None, in_short.lines(shown)))
    *lines, after = in_short.lines(shown, with_cause=True)[1:]
    low = _low_after_order(shown) if is_known(shown) else ""
    return tuple(filter(None, (*lines, low or after, lost_yen(shown))))


def lost_yen(shown: Overview) -> str:
    """What those who left might have brought, of how many that is known, and at which steps; empty where of nobody."""
    yens, lost = shown.numbers.leak.lost_expected_yen, sum(shown.numbers.leak.ranking.lost_count)
    if not sum(yens):
        return ""
    known = _known_yen(shown)
    steps = [_("{stage} {yen}").format(stage=short_name(k), yen=yen(one)) for k, one in enumerate(yens, 1) if one]
    if len(steps) == 1:
        steps = [short_name(k) for k, one in enumerate(yens, 1) if one]
    said = _(
        "受注までに離れた{lost}社のうち、見込み額（判断）のわかる{known}社の合計は {total}（{steps}）。残りの{rest}社はわかりません。"
    )
    if known == lost:
        said = _("受注までに離れた{lost}社の見込み額（判断）の合計は {total}（{steps}）。")
    return said.format(
        lost=f"{lost:,}", known=f"{known:,}", rest=f"{lost - known:,}", total=yen(sum(yens)), steps=_("・").join(steps)
    )


def _known_yen(shown: Overview) -> int:
    """How many of those lost before the order have an expected amount."""
    reduced = reduce_log(shown.log, shown.numbers.as_of_us)
    every = (stage_records(reduced, k) for k in range(1, ORDER))
    lost = (reduced.prospect[one.row[one.outcome == LOST]] for one in every)
    return sum(shown.log.facts[prospect].expected_yen is not None for rows in lost for prospect in rows)


def _links(shown: Overview) -> tuple[Link, ...]:
    ranking = shown.numbers.leak.ranking
    wanted = dict.fromkeys((step_in_question(shown), ranking.most_lost_stage))
    counts = {k: shown.numbers.stages[k - 1].lost for k in wanted if k}
    links = [
        Link(_("{list}を見る").format(list=list_title(Who(k, LOST), count)), Who(k, LOST))
        for k, count in counts.items()
        if count
    ]
    stage = leaking_step(shown)
    if shown.lost_for[stage]:
        links.append(Link(_("{stage}の理由を見る").format(stage=stage_name(stage)), Who(stage, LOST), tab="reasons"))
    return tuple(links)


def _table(shown: Overview) -> Table:
    heads = (
        _("工程"), _("離脱"), _("見込み額（判断）"), _("100社のうちここで止まる"), _("率がいちばん低い確からしさ"), _("進まない10社に1社が進むと"), _("目安まで上げると"),
    )  # fmt: skip
    numbers = shown.numbers
    leak, after = numbers.leak, numbers.leak_after_order
    rows = []
    for k, lost in enumerate(leak.ranking.lost_count, 1):
        cells = (
            marked_name(k), f"{lost:,}", yen(leak.lost_expected_yen[k - 1]) if leak.lost_expected_yen[k - 1] else NOTHING,
            _orders(shown, leak.mass_per_100[k - 1], ".0f"), _chance(shown, k, leak.ranking.prob_lowest_rate[k - 1]),
            _orders(shown, leak.rescue10_per_100[k - 1], "+.1f"), _gap(shown, leak.to_benchmark_per_100[k - 1]),
        )  # fmt: skip
        rows.append(Row(cells, Who(k, LOST) if lost else None, k == leak.ranking.most_lost_stage))
    for k, lost, chance in zip(after.stages, after.lost_count, after.prob_lowest_rate, strict=True):
        cells = (marked_name(k), f"{lost:,}", "", "", _chance(shown, k, chance), "", "")
        rows.append(Row(cells, Who(k, LOST) if lost else None, lost > 0 and k == after.most_lost_stage))
    return Table(_("工程ごとの漏れと、直したときの受注（100社に会うごと）"), heads, tuple(rows))


def _chance(shown: Overview, stage: int, chance: float) -> str:
    """Of a step that few came to there is no chance to speak of, nor before the order while a candidate is thin."""
    is_told = shown.numbers.stages[stage - 1].at_risk >= FEW if stage >= ORDER else not is_thin(shown.numbers)
    return in_short.percent(chance) if is_told else NOTHING


def _orders(shown: Overview, value: float | None, shape: str) -> str:
    return format(value, shape) if value is not None and is_known(shown) else NOTHING


def _gap(shown: Overview, value: float | None) -> str:
    if value is None or not is_known(shown):
        return NOTHING
    return f"{value:+.1f}" if value >= _SHOWN else _("目安以上")


def _terms(shown: Overview) -> tuple[Term, ...]:
    leak, steps = shown.numbers.leak, shown.numbers.stages[: ORDER - 1]
    rates = _("、").join(
        _("{stage} {rate}（n={n}）").format(
            stage=stage_name(step.stage), rate=rate_words(step.main, step.advanced), n=f"{step.at_risk:,}"
        )
        for step in steps
    )
    product = "" if leak.orders_per_100 is None else _("掛けると、100社あたり {orders:.1f}件です。").format(orders=leak.orders_per_100)  # fmt: skip
    lost = tuple(
        Link(list_title(Who(step.stage, LOST), step.lost), Who(step.stage, LOST)) for step in steps if step.lost
    )
    return (
        Term(
            _("100社あたりの受注"),
            sentences((_("1年以内に次へ進む率を、受注まで4つ掛け合わせた数です：{rates}。").format(rates=rates), product, judgement_note(range(1, ORDER)))),
        ),
        Term(
            _("100社のうちここで止まる"),
            _("100社に会ったとして、その工程まで来て、1年たっても先へ進まない社数です。前の工程の率を掛けて出します。離れた顧客だけでなく、途中のままの顧客も含みます。"),
        ),
        Term(
            _("進まない10社に1社が進むと"),
            _("その工程まで来て進まない顧客の1割が進んだ場合に、増える受注の数です（100社に会うごと）。ほかの率は今のままとします。率の低い工程ほど大きくなるので、順番は「率がいちばん低い確からしさ」と同じだけ不確かです。"),
        ),
        Term(
            _("目安まで上げると"),
            _("率が目安（縦線）より低い工程だけ、目安と同じになった場合に増える受注の数です。"),
        ),
        Term(
            _("率がいちばん低い確からしさ"),
            _(
                "件数が少ないと率はぶれます。ぶれを見こんだうえで、その工程の本当の率が4つの中でいちばん低い確率です。受注の前と後で別に比べます。95 %以上なら「確か」、80 %以上なら「たぶん」と書きます。"
            ),
        ),
        Term(
            _("見込み額（判断）"),
            _("いま離れている顧客の、はじめの案件の見込み額の合計です。額のわからない顧客は入りません（「—」は、わかる顧客がいない工程です）。会って間もない工程では額がわからないことが多いので、工程どうしはくらべられません。見込み額は事実ではなく「判断」です。"),
            lost,
        ),
    )  # fmt: skip
