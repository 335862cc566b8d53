"""What a filter says in words, what it offers, and that each restriction can be taken away by itself."""

from dataclasses import fields
from datetime import date
from pathlib import Path

from profiles import Clock, person
from soloflow.services import customers, filter_words, importing, meetups, prospects
from soloflow.services.customers import Filter
from soloflow.services.workspace import Workspace

FILES = Path(__file__).parents[1] / "fixtures" / "capture"
EVERYTHING = Filter(
    standing="active", stages=(2, 3), channels=(1,), tags=(1,), text="在庫", ids=frozenset({1}), step="week", sources=(1,),
    meetups=(1,), quiet_days=30, has_mail=True, has_phone=False, imported=1,
)  # fmt: skip


def fill(ws: Workspace) -> None:
    meetups.create(ws, "ソフト夜話", date(2026, 10, 1))
    prospects.tag(ws, (prospects.add(ws, person(), stage=2).created[0],), "在庫")
    importing.commit(ws, importing.preview(ws, FILES / "eight_cp932.csv"))


def test_every_restriction_is_said_in_words_that_differ(ws: Workspace) -> None:
    fill(ws)
    told = filter_words.restrictions(ws, EVERYTHING, "2 問合せの人")
    words = [one.text for one in told]
    assert words[:8] == ["2 問合せの人", "2 問合せ", "3 商談", "7日以内に次の一手", "30日より前から連絡なし", "メールあり", "電話なし", "勉強会"]  # fmt: skip
    assert words[8:11] == ["#在庫", "ソフト夜話 10/1(木)", "ソフト夜話"]
    assert "eight" in words[11]
    assert len(set(words)) == len(words) == 12


def test_taking_away_every_restriction_leaves_standing_and_text(ws: Workspace) -> None:
    wanted = EVERYTHING
    for one in filter_words.restrictions(ws, EVERYTHING):
        wanted = filter_words.without(wanted, one.field, one.value)
    assert wanted == Filter(standing="active", text="在庫")


def test_one_of_several_stages_is_taken_away_by_itself() -> None:
    assert filter_words.without(EVERYTHING, "stages", 2).stages == (3,)
    assert {one.name for one in fields(Filter)} >= {"stages", "tags"}


def test_what_is_gone_is_said_to_be_gone(ws: Workspace) -> None:
    told = filter_words.restrictions(ws, Filter(tags=(77,), imported=5))
    assert [one.text for one in told] == ["（もうない条件）", "（もうない取り込み）"]


def test_a_choice_beyond_the_shown_ones_is_offered_when_it_is_chosen(ws: Workspace, clock: Clock) -> None:
    made = prospects.add(ws, person(), stage=1).created[0]
    for number in range(filter_words.TAGS_SHOWN + 5):
        prospects.tag(ws, (made,), f"タグ{number:02}")
    last = customers.tags(ws)[-1][0]
    assert last not in dict(filter_words.choices(ws, Filter()).tags)
    assert last in dict(filter_words.choices(ws, Filter(tags=(last,))).tags)


def test_those_of_an_import_are_listed_until_it_is_taken_back(ws: Workspace) -> None:
    fill(ws)
    made = filter_words.choices(ws, Filter()).imports[0][0]
    assert isinstance(made, int)
    before = len(customers.listing(ws, Filter()).ids)
    of_it = customers.listing(ws, Filter(imported=made)).ids
    assert len(of_it) == before - 1


def test_sources_are_offered_without_the_meetups(ws: Workspace) -> None:
    fill(ws)
    with ws.store.write("source", ws.now_us()) as work:
        link = work.insert("sources", name="紹介ページ")
        work.update("prospects", 1, source_id=link)
    offered = filter_words.choices(ws, Filter())
    assert offered.sources == ((link, "紹介ページ"),)
    assert [name for _id, name in offered.meetups] == ["ソフト夜話 10/1(木)"]
    assert list(customers.listing(ws, Filter(sources=(link,))).ids) == [1]
