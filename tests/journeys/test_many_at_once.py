"""Everybody of a filter at once: changed in one go, taken back in one go; and the filter kept under a name."""

import pytest
from person import Person

from conftest import Desk
from soloflow.domain.candidates import Candidate
from soloflow.services import bulk, customers, prospects
from states import State, state

pytestmark = pytest.mark.journey

STOCK, OTHERS = 30, 12


@pytest.fixture
def known(desk: Desk) -> Desk:
    """Some who spoke of their stock, some who did not; the program open."""
    desk.starts()
    ws = desk.workspace
    made = [
        prospects.add(ws, Candidate(name=f"担当 {number}", company=f"第{number}製作所"), stage=1 + number % 2).created[
            0
        ]
        for number in range(STOCK + OTHERS)
    ]
    bulk.tag(ws, made[:STOCK], ("在庫",))
    desk.closes()
    desk.starts()
    return desk


def narrows_the_list(person: Person) -> None:
    person.presses("Ctrl+2")
    person.sees(f"進行中 {STOCK + OTHERS}")
    person.waits_until(lambda: person.keyboard_is_in() == "顧客の一覧", "the list does not have the keyboard")
    person.presses("F")
    person.sees(f"#在庫 {STOCK}")
    person.clicks(f"#在庫 {STOCK}")
    person.sees(f"進行中 {STOCK}")
    person.photographs("01-filter")
    person.presses("Escape")
    person.sees("絞り込み #在庫 を外す")


def changes_all_of_them(desk: Desk, person: Person) -> list[State]:
    """Three edits of everybody; what was there before each of them."""
    found = []
    person.presses("Ctrl+A")
    person.sees(f"{STOCK}社を選んでいます")
    person.photographs("02-all-chosen")
    for field, words, said in (
        ("選んだ顧客にタグを付ける", "展示会2026", "#展示会2026 を外す"),
        ("選んだ顧客の次の一手", "来週火曜 資料を送る", "11/24(火)"),
    ):
        found.append(state(desk.workspace))
        person.writes(field, words)
        person.presses("Enter")
        person.sees(said)
        desk.rests()
        person.photographs(f"03-changed-{len(found)}")
    found.append(state(desk.workspace))
    person.clicks("チャネル 紹介")
    person.sees("のチャネルを紹介にしました")
    desk.rests()
    person.photographs("04-changed")
    return found


def takes_them_back(desk: Desk, person: Person, before: list[State]) -> None:
    """Newest first, from the list: a field with the keyboard would undo what was typed."""
    person.presses("Ctrl+2")
    for was in reversed(before):
        person.presses("Ctrl+Z")
        person.sees("を取り消しました")
        desk.rests()
        person.waits_until(lambda was=was: state(desk.workspace) == was, "not everything came back")
    person.photographs("05-taken-back")


def test_all_of_a_filter_are_changed_and_come_back_with_one_key_each(known: Desk, person: Person) -> None:
    narrows_the_list(person)
    takes_them_back(known, person, changes_all_of_them(known, person))


def test_a_filter_kept_under_a_name_is_found_after_a_restart(known: Desk, person: Person) -> None:
    narrows_the_list(person)
    person.presses("V")
    person.writes("いまの条件に名前を付けて残す", "在庫で困っている人")
    person.photographs("01-name")
    person.presses("Enter")
    person.sees("しおり：在庫で困っている人")
    known.rests()
    person.photographs("02-kept")
    known.closes()
    known.starts()
    person.presses("Ctrl+2")
    person.sees(f"進行中 {STOCK + OTHERS}")
    person.waits_until(lambda: person.keyboard_is_in() == "顧客の一覧", "the list does not have the keyboard")
    person.presses("V")
    person.photographs("03-views")
    person.clicks("在庫で困っている人")
    person.sees("しおり：在庫で困っている人", f"進行中 {STOCK}", "絞り込み #在庫 を外す")
    person.photographs("04-found-again")
    assert len(person.reads("顧客の一覧")) == STOCK
    person.presses("Ctrl+1", "Ctrl+K")
    person.types("在庫で困")
    person.sees("在庫で困っている人")
    person.photographs("05-by-name")
    person.presses("Enter")
    person.sees_window("顧客")
    person.sees("しおり：在庫で困っている人", f"進行中 {STOCK}")
    assert customers.counts(known.workspace, customers.Filter())["active"] == STOCK + OTHERS
