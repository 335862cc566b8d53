"""漏れ: what each leak costs in orders and yen, and what mending it would be worth."""

from functools import partial

from soloflow.charts.leak_bars import HEIGHT, leak_figure
from soloflow.domain.money import yen
from soloflow.domain.stages import ORDER
from soloflow.i18n import _
from soloflow.insights.leak import FEW
from soloflow.insights.reduction import LOST
from soloflow.insights.words import stage_name, verdict_sentences
from soloflow.services.answers import Answer, Link, Row, Table, Term, Who
from soloflow.services.numbers import Overview

NOTHING = "—"


def answer(shown: Overview) -> Answer:
    """Orders and yen that are lost per step, before the order and after it."""
    return Answer(
        head=_head(shown),
        lines=_lines(shown),
        table=_table(shown),
        terms=_terms(shown),
        height=HEIGHT,
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
    gaps = [gap or 0.0 for gap in leak.to_benchmark_per_100]
    worth = [one or 0.0 for one in leak.rescue10_per_100]
    best, dear = gaps.index(max(gaps)) + 1, worth.index(max(worth)) + 1
    rescue = _("{stage}で離れる10社のうち1社を引き止めると、100社あたり受注が {orders:.1f}件増えます。").format(
        stage=stage_name(dear), orders=max(worth)
    )
    if max(gaps) < 0.05:
        return (rescue, _("どの工程の率も、目安に届いています。"))
    mended = _("{stage}の率を目安まで上げると {orders:.1f}件増えます。").format(
        stage=stage_name(best), orders=max(gaps)
    )
    return (rescue, mended)


def _lines(shown: Overview) -> tuple[str, ...]:
    yens = shown.numbers.leak.lost_expected_yen
    lines = [sentence for sentence in verdict_sentences(shown.numbers)[1:] if sentence]
    if sum(yens):
        dear = yens.index(max(yens)) + 1
        said = _("離れた顧客の見込み額は合わせて {total}。いちばん大きいのは {stage}で {most}です。")
        lines.insert(0, said.format(total=yen(sum(yens)), stage=stage_name(dear), most=yen(max(yens))))
    return tuple(lines)


def _links(shown: Overview) -> tuple[Link, ...]:
    from soloflow.services.funnel_words import list_title

    ranking = shown.numbers.leak.ranking
    wanted = dict.fromkeys((ranking.verdict.stage or ranking.verdict.candidates[0], ranking.most_lost_stage))
    counts = {k: shown.numbers.stages[k - 1].lost for k in wanted if k}
    return tuple(
        Link(_("{list}を見る").format(list=list_title(Who(k, LOST), count)), Who(k, LOST))
        for k, count in counts.items()
        if count
    )


def _table(shown: Overview) -> Table:
    heads = (
        _("工程"), _("離脱"), _("見込み額"), _("100社のうちここで離れる"), _("率がいちばん低い確からしさ"), _("10社に1社を引き止めると"), _("目安まで上げると"),
    )  # fmt: skip
    numbers = shown.numbers
    leak, after = numbers.leak, numbers.leak_after_order
    rows = []
    for k, lost in enumerate(leak.ranking.lost_count, 1):
        cells = (
            stage_name(k), f"{lost:,}", yen(leak.lost_expected_yen[k - 1]) if leak.lost_expected_yen[k - 1] else NOTHING,
            _number(leak.mass_per_100[k - 1], ".0f"), _chance(leak.ranking.prob_lowest_rate[k - 1]),
            _number(leak.rescue10_per_100[k - 1], "+.1f"), _number(leak.to_benchmark_per_100[k - 1], "+.1f"),
        )  # fmt: skip
        rows.append(Row(cells, Who(k, LOST) if lost else None, k == leak.ranking.most_lost_stage))
    for k, lost, chance in zip(after.stages, after.lost_count, after.prob_lowest_rate, strict=True):
        cells = (stage_name(k), f"{lost:,}", "", "", _chance(chance), "", "")
        rows.append(Row(cells, Who(k, LOST) if lost else None, lost > 0 and k == after.most_lost_stage))
    return Table(_("工程ごとの漏れと、直したときの受注（100社に会うごと）"), heads, tuple(rows))


def _number(value: float | None, shape: str) -> str:
    return NOTHING if value is None else format(value, shape)


def _chance(rate: float) -> str:
    return f"{100 * rate:.0f} %"


def _terms(shown: Overview) -> tuple[Term, ...]:
    steps = shown.numbers.stages[: ORDER - 1]
    rates = _("・").join(
        f"{stage_name(step.stage)} {_chance(step.main.advance) if step.main.advance is not None else NOTHING} n={step.at_risk}"
        for step in steps
    )
    return (
        Term(
            _("100社あたりの受注"),
            _("1年以内に次へ進む率を、受注まで4つ掛け合わせた数です（{rates}）。").format(rates=rates),
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
                "件数が少ないと率はぶれます。ぶれを見こんだうえで、その工程の本当の率が4つの中でいちばん低い確率です。受注の前と後で別に比べます。"
            ),
        ),
        Term(_("見込み額"), _("離れた顧客の、はじめの案件の見込み額の合計です。額は判断が入る数です。")),
    )
