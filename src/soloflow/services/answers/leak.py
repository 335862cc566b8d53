"""漏れ: what each leak costs in orders and yen, and what mending it would be worth."""

from functools import partial

from soloflow.charts.leak_bars import HEIGHT, leak_figure
from soloflow.domain.money import yen
from soloflow.domain.stages import ORDER
from soloflow.i18n import _, sentences
from soloflow.insights.leak import FEW
from soloflow.insights.reduction import LOST
from soloflow.insights.words import is_thin, judgement_note, marked_name, rate_words, stage_name
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
        return (_("どの漏れがいくらになるかは、受注までの各工程に{few}社来てから出せます。").format(few=FEW),)
    worth = [one or 0.0 for one in leak.rescue10_per_100]
    dear = worth.index(max(worth)) + 1
    rescue = _("{stage}から進まない10社のうち1社を引き止めると、100社あたり受注が {orders:.1f}件増えます。").format(
        stage=stage_name(dear), orders=max(worth)
    )
    return (rescue, _mended(leak.to_benchmark_per_100))


def _mended(gaps: tuple[float | None, ...]) -> str:
    known = {k: gap for k, gap in enumerate(gaps, 1) if gap is not None}
    if not known:
        return _("くらべる目安が、まだありません。")
    best = max(known, key=lambda k: (known[k], -k))
    if known[best] >= _SHOWN:
        return _("{stage}の率を目安まで上げると {orders:.1f}件増えます。").format(
            stage=stage_name(best), orders=known[best]
        )
    if len(known) < len(gaps):
        return _("目安のある工程の率は、どれも目安に届いています。")
    return _("どの工程の率も、目安に届いています。")


def _lines(shown: Overview) -> tuple[str, ...]:
    yens = shown.numbers.leak.lost_expected_yen
    if not shown.numbers.prospects:
        return tuple(filter(None, in_short.lines(shown)))
    lines = in_short.lines(shown, with_cause=True)[1:]
    if sum(yens):
        dear = yens.index(max(yens)) + 1
        said = _("離れた顧客の見込み額（判断）は合わせて {total}。いちばん大きいのは {stage}で {most}です。")
        lines.insert(0, said.format(total=yen(sum(yens)), stage=stage_name(dear), most=yen(max(yens))))
    return tuple(lines)


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
        _("工程"), _("離脱"), _("見込み額（判断）"), _("100社のうちここで離れる"), _("率がいちばん低い確からしさ"), _("10社に1社を引き止めると"), _("目安まで上げると"),
    )  # fmt: skip
    numbers = shown.numbers
    leak, after = numbers.leak, numbers.leak_after_order
    rows = []
    for k, lost in enumerate(leak.ranking.lost_count, 1):
        cells = (
            marked_name(k), f"{lost:,}", yen(leak.lost_expected_yen[k - 1]) if leak.lost_expected_yen[k - 1] else NOTHING,
            _orders(shown, leak.mass_per_100[k - 1], ".0f"), _chance(shown, k, leak.ranking.prob_lowest_rate[k - 1]),
            _orders(shown, leak.rescue10_per_100[k - 1], "+.1f"), _orders(shown, leak.to_benchmark_per_100[k - 1], "+.1f"),
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
            _("100社のうちここで離れる"),
            _("100社に会ったとして、その工程まで来て、1年以内には進まない社数です。前の工程の率を掛けて出します。途中のままの人も含みます。"),
        ),
        Term(
            _("10社に1社を引き止めると"),
            _("その工程で進まなかった人の1割が進んだ場合に、増える受注の数です。ほかの率は今のままとします。"),
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
            _("いま離脱している顧客の、はじめの案件の見込み額の合計です。額のわからない顧客は0円とします。見込み額は事実ではなく「判断」です。"),
            lost,
        ),
    )  # fmt: skip
