"""理由: the likely cause of a leak, in words of certainty, and how many never gave one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from few_customers import TODAY, fill
from profiles import Clock, person
from soloflow.insights.behind import Who
from soloflow.insights.reasons import prob_most_frequent
from soloflow.insights.reduction import LOST
from soloflow.services import numbers, process, prospects
from soloflow.services.answers import leak, reasons
from soloflow.services.causes import cause_sentence, leaking_step
from soloflow.services.numbers import Overview
from soloflow.services.workspace import Workspace


def lost(ws: Workspace, **by_reason: int) -> Overview:
    """Customers lost at stage 3, so many for each reason; `untold` have none."""
    for reason, count in by_reason.items():
        for place in range(count):
            made = prospects.add(ws, person(f"{reason} {place}")).created[0]
            process.move(ws, [made], 3, TODAY.replace(year=2025))
            process.lose(ws, [made], "" if reason == "untold" else reason, at=TODAY.replace(year=2025, day=22))
    return numbers.overview(ws)


@pytest.mark.parametrize(
    ("by_reason", "said"),
    [
        ({"budget": 1}, "3 商談で離れた1社の理由は「予算が合わない」です。"),
        ({"budget": 2, "timing": 1}, "3 商談で離れた3社の理由は、「予算が合わない」2社・「時期が早い」1社です。"),
        ({"budget": 2, "untold": 3}, "3 商談で離れた5社のうち、理由のわかる2社では、「予算が合わない」2社です。"),
        ({"untold": 4}, "3 商談で離れた4社には、理由の記録がありません。"),
        ({"budget": 14, "timing": 2}, "3 商談で離れた16社では、「予算が合わない」がいちばん多い（14社）。これは確かです。"),
        (
            {"budget": 14, "timing": 2, "untold": 5},
            "3 商談で離れた21社のうち、理由のわかる16社では、「予算が合わない」がいちばん多い（14社）。これは確かです。",
        ),
        ({"budget": 8, "timing": 4}, "3 商談で離れた12社では、いちばん多いのはたぶん「予算が合わない」（8社）です。"),
        (
            {"budget": 5, "timing": 5, "price": 4},
            "3 商談で離れた14社では、いちばん多い理由をまだ区別できません（「予算が合わない」5社・「時期が早い」5社ほか）。",
        ),
    ],
)  # fmt: skip
def test_the_cause_is_told_as_surely_as_the_counts_allow(ws: Workspace, by_reason: dict[str, int], said: str) -> None:
    shown = lost(ws, **by_reason)
    assert cause_sentence(shown, 3) == said
    assert reasons.answer(ws, shown, 3).head[0] == said
    assert said in leak.answer(shown).lines


def test_where_nobody_left_there_is_no_cause(ws: Workspace) -> None:
    shown = lost(ws, budget=1)
    assert cause_sentence(shown, 2) == ""
    assert reasons.answer(ws, shown, 2).head == ("2 問合せ・アポイントで離れた顧客は、まだいません。",)


def test_shares_are_of_those_who_gave_a_reason_and_the_others_are_told(ws: Workspace) -> None:
    shown = lost(ws, budget=2, timing=1, untold=3)
    answer = reasons.answer(ws, shown, 3)
    assert [row.cells[:2] for row in answer.table.rows] == [
        ("予算が合わない", "2/3"),
        ("時期が早い", "1/3"),
        ("理由の記録なし", "3社"),
    ]
    assert answer.lines[0].startswith("ほかの3社には、理由の記録がありません。")
    assert [link.words for link in answer.links][-1] == "理由の記録がない3社を見る"
    for link in answer.links:
        assert f"{len(numbers.customers_behind(shown, link.who))}社" in link.words


def test_below_ten_reasons_in_all_there_is_no_pooled_percentage(ws: Workspace) -> None:
    few = reasons.answer(ws, lost(ws, budget=6, timing=3), 3)
    assert {row.cells[2] for row in few.table.rows} == {"—"}
    enough = reasons.answer(ws, lost(ws, price=1), 3)
    assert all(" % [" in row.cells[2] for row in enough.table.rows)


def test_the_tab_is_offered_where_the_cause_is_told(ws: Workspace) -> None:
    shown = lost(ws, budget=1)
    link = next(one for one in leak.answer(shown).links if one.tab)
    assert (link.tab, link.who.stage, link.words) == ("reasons", 3, "3 商談の理由を見る")


def test_the_cause_is_told_of_the_step_that_leaks(ws: Workspace) -> None:
    fill(ws, 60)
    shown = numbers.overview(ws)
    assert leaking_step(shown) == 1
    verdict = replace(shown.numbers.leak.ranking.verdict, stage=2)
    ranking = replace(shown.numbers.leak.ranking, verdict=verdict)
    told = replace(shown.numbers, leak=replace(shown.numbers.leak, ranking=ranking))
    assert leaking_step(replace(shown, numbers=told)) == 2


def test_customers_own_words_stand_beside_the_reasons(ws: Workspace) -> None:
    shown = lost(ws, budget=1)
    (made,) = shown.log.ids
    prospects.note(ws, made, "voice", "来期の予算が取れたら、また話したい")
    assert "離れた顧客の言葉：「来期の予算が取れたら、また話したい」（budget 0）" in reasons.answer(ws, shown, 3).lines


def test_the_chances_of_the_most_frequent_follow_the_counts() -> None:
    assert prob_most_frequent([7]) == (1.0,)
    even = prob_most_frequent([5, 5])
    assert even[0] == pytest.approx(0.5, abs=1e-3)
    assert sum(prob_most_frequent([9, 8, 8, 7, 6, 3])) == pytest.approx(1, abs=0.01)
    assert prob_most_frequent([30, 3])[0] > 0.99


def test_the_reason_is_the_last_one_of_the_day_that_is_asked_about(ws: Workspace, clock: Clock) -> None:
    (made,) = prospects.add(ws, person(), stage=1).created
    process.lose(ws, [made], "budget")
    then = ws.now()
    for days, reason in ((30, "timing"), (60, "timing"), (90, "")):
        clock.now = then + timedelta(days=days)
        process.move(ws, [made], 1)
        process.lose(ws, [made], reason)
    for days, reason in ((0, "budget"), (31, "timing"), (61, "timing"), (91, "")):
        past = replace(ws, clock=Clock(then + timedelta(days=days)))
        shown = numbers.overview(past)
        assert shown.lost_for[1] == {reason: 1}
        assert numbers.customers_behind(shown, Who(1, LOST, reason=reason)) == (made,)
