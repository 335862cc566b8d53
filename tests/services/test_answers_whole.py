"""どう計算した？ of 全体: every figure says its counts, and leads to exactly the customers it counted."""

import re

import pytest

from few_customers import fill
from soloflow.domain.stages import LENSES
from soloflow.services import numbers, sample
from soloflow.services.answers import Term, leak, reasons, whole
from soloflow.services.in_short import chances, figures, lines
from soloflow.services.list_titles import list_title
from soloflow.services.numbers import Overview, Scope
from soloflow.services.workspace import Workspace


@pytest.fixture
def shown(ws: Workspace) -> Overview:
    sample.fill(ws)
    return numbers.overview(ws)


def all_terms(shown: Overview) -> list[Term]:
    return [*whole.verdict(shown), *whole.rates(shown), *(term for one in whole.figures(shown) for term in one)]


def term(terms: object, name: str) -> Term:
    return next(one for one in terms if one.name.startswith(name))  # type: ignore[attr-defined]


def test_the_most_lost_are_counted_step_by_step_with_the_way_to_each(shown: Overview) -> None:
    said = term(whole.verdict(shown), "いちばん多く離れている工程")
    assert "1 集客 60社、2 問合せ・アポイント 38社、3 商談 41社、4 見込顧客 13社" in said.words
    assert [link.words for link in said.links] == [
        list_title(link.who, len(numbers.customers_behind(shown, link.who))) for link in said.links
    ]


def test_rates_and_chances_are_those_of_the_verdict(shown: Overview) -> None:
    terms = whole.verdict(shown)
    assert "3 商談 54 %（n=118）" in term(terms, "率がいちばん低い工程").words
    assert "「判断」なので、3と4の率には考えが入ります" in term(terms, "率がいちばん低い工程").words
    assert "3 商談 70 %" in term(terms, "確からしさ").words
    assert "結果（進んだか、離れたか）の出た297社" in term(terms, "あと何社でわかるか").words


def test_every_stage_says_its_counts_and_leads_to_them(shown: Overview) -> None:
    said = term(whole.rates(shown), "1 集客")
    assert said.name == "1 集客：58 % [51–64]"
    assert said.words.startswith("254社のうち135社が進み、60社が離れ、59社が途中（うち育成20社）。")
    assert [link.words for link in said.links] == ["進んだ135社", "途中の59社", "離れた60社"]
    assert term(whole.rates(shown), "8 契約更新").name == "8 契約更新・リピート：少なくとも 4/6"
    assert "到達したのは4社" in term(whole.rates(shown), "9 紹介").words


def test_a_rate_that_rests_on_who_is_a_likely_customer_is_marked(shown: Overview) -> None:
    judged = [one.name[0] for one in whole.rates(shown) if "「判断」" in one.words]
    assert judged == ["3", "4"]


def test_the_orders_say_what_was_multiplied_and_that_it_is_no_single_year(shown: Overview) -> None:
    product, direct = whole.figures(shown)[0]
    assert "58 % × 60 % × 54 % × 少なくとも 73 % ＝ 14件" in product.words
    assert "[10–17]" in product.words
    assert "受注までを1年でという意味ではありません" in product.words
    assert "254社を1社ずつ追って、1年以内に受注した率を数えます：12 % [8–18]" in direct.words


@pytest.mark.parametrize("scope", [Scope(), Scope(months=12), Scope(channel=1), Scope(months=24)])
def test_every_way_leads_to_as_many_customers_as_its_words_say(ws: Workspace, scope: Scope) -> None:
    sample.fill(ws)
    shown = numbers.overview(ws, scope)
    links = [link for one in all_terms(shown) for link in one.links]
    assert len(links) > 20
    for link in links:
        counts = re.findall(r"([\d,]+)社", link.words)
        assert counts[-1] == f"{len(numbers.customers_behind(shown, link.who)):,}", link.words


def test_the_months_count_whom_they_lead_to_whenever_they_came_in(ws: Workspace) -> None:
    sample.fill(ws)
    shown = numbers.overview(ws, Scope(months=12))
    _orders, new, existing, _returned = whole.figures(shown)
    assert [link.words for link in new[0].links] == [f"5 受注・申込みに進んだ{shown.months[-1].new_orders}社"]
    assert (
        sum(len(numbers.customers_behind(shown, link.who)) for link in existing[0].links) == shown.months[-1].existing
    )


@pytest.mark.parametrize("lens", sorted(LENSES))
def test_through_a_lens_its_steps_are_told(ws: Workspace, lens: str) -> None:
    sample.fill(ws)
    shown = numbers.overview(ws, lens=lens)
    assert shown.lens is not None
    terms = whole.rates(shown)[4:]
    assert len(terms) == len(LENSES[lens])
    for one in terms:
        for link in one.links:
            assert f"{len(numbers.customers_behind(shown, link.who))}社" in link.words


def test_the_horizon_that_was_chosen_is_explained(shown: Overview) -> None:
    terms = whole.rates(shown, 90)
    assert "来てから90日以内に" in terms[0].words
    assert term(terms, "1 集客").name != term(whole.rates(shown), "1 集客").name


BARE_PERCENT = re.compile(r"\d+ %")


@pytest.mark.parametrize("count", [0, 1, 3, 10, 12, 60])
def test_few_customers_are_told_honestly(ws: Workspace, count: int) -> None:
    fill(ws, count)
    shown = numbers.overview(ws)
    thin = {step.stage for step in shown.numbers.stages if step.at_risk < 10}
    told = [*lines(shown, with_cause=True), *leak.answer(shown).head, *leak.answer(shown).lines]
    said = list(told)
    for stage in range(1, 9):
        answer = reasons.answer(ws, shown, stage)
        said += [*answer.head, *answer.lines]
        assert answer.terms
        assert all(answer.head)
    assert any(said)
    # nobody may be told a verdict, a chance, a worth or a percentage that rests on fewer than ten
    if thin & {1, 2, 3, 4}:
        assert "出せます" in leak.answer(shown).head[0]
        assert leak.answer(shown).height == 0
    if set(shown.numbers.leak.ranking.verdict.candidates) & thin:
        assert not [line for line in told if BARE_PERCENT.search(line)]
        assert not [line for line in told if "結果が要ります" in line]
        assert chances(shown) == []
    for one in whole.rates(shown)[4:]:
        if int(one.name[0]) in thin:
            assert "%" not in one.name
    for figure in figures(shown):
        if thin & {1, 2, 3, 4}:
            assert "%" not in figure.value + figure.rests_on
    for one in all_terms(shown):
        assert one.words
        assert "None" not in one.words


TOLD = {
    0: ("この条件に当てはまる顧客はいません。", ""),
    1: ("受注までに離れた顧客は、まだいません。", "率は1工程10社から％で出ます（いま 集客 1社・問合せ 1社・商談 1社・見込顧客 1社）。"),
    3: ("いちばん多く離れているのは「1 集客」と「2 問合せ・アポイント」（どちらも1社）。", "1 集客で離れた1社の理由は「予算が合わない」です。"),
    10: ("いちばん多く離れているのは 1 集客（3社）。", "1 集客で離れた3社の理由は、「予算が合わない」1社・「単価が合わない」1社・「時期が早い」1社です。"),
    12: ("いちばん多く離れているのは 1 集客（3社）。", "受注のあとの率は、まだわかりません（1工程10社から比べます）。"),
    60: ("いちばん多く離れているのは 1 集客（15社）。", "1 集客で離れた15社では、いちばん多い理由をまだ区別できません（「予算が合わない」5社・「時期が早い」5社ほか）。"),
}  # fmt: skip


@pytest.mark.parametrize("count", sorted(TOLD))
def test_the_verdict_says_what_so_few_can_tell(ws: Workspace, count: int) -> None:
    fill(ws, count)
    said = lines(numbers.overview(ws), with_cause=True)
    first, more = TOLD[count]
    assert said[0] == first
    assert more in said
