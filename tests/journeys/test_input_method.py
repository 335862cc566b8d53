"""Japanese input: the Enter that confirms a conversion confirms a conversion, and nothing else, wherever one types."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from person import Person

from conftest import Desk
from soloflow.domain.candidates import Candidate
from soloflow.services import customers, follow_ups, history, prospects

pytestmark = pytest.mark.journey


def composes_and_confirms(person: Person, letters: str, words: str, nothing_happened: Callable[[], object]) -> None:
    """Enter while letters are composed, then Enter that confirms them, as key presses both."""
    person.composes(letters)
    person.presses("Enter")
    nothing_happened()
    person.composes(letters)
    person.confirms(words)
    person.presses_at_once("Enter")
    nothing_happened()


@pytest.fixture
def known(desk: Desk) -> Desk:
    """One customer with something to do today, and the program open."""
    desk.starts()
    ws = desk.workspace
    made = prospects.add(ws, Candidate(name="十河 太郎", company="カワセミ食品"), stage=2).created[0]
    follow_ups.plan(ws, made, "見積の返事を聞く", ws.today())
    follow_ups.plan(ws, made, "資料を送る", ws.today() + timedelta(days=2))
    desk.closes()
    desk.starts()
    return desk


def nothing_new(desk: Desk) -> Callable[[], None]:
    """Holds that no step was added to the history since now."""
    before = history.mark(desk.workspace)

    def check() -> None:
        desk.rests()
        assert history.mark(desk.workspace) == before

    return check


def test_in_the_capture_line(known: Desk, person: Person) -> None:
    person.presses("Ctrl+N")
    person.sees_window("記録")
    composes_and_confirms(person, "やまだ", "山田", nothing_new(known))
    person.sees_no("今夜の1人")
    person.presses("Enter")
    person.sees("今夜の1人")
    person.presses("Escape")
    person.sees_window("今日")


def test_in_the_search_of_the_list(known: Desk, person: Person) -> None:
    person.searches_the_list("")

    def still_there() -> None:
        assert "名前、会社" in person.keyboard_is_in_hint()

    composes_and_confirms(person, "かわせみ", "カワセミ", still_there)
    person.sees("カワセミ食品、十河 太郎、2 問合せ、進行中")
    person.presses("Enter")
    person.waits_until(lambda: person.keyboard_is_in() == "顧客の一覧", "Enter does not lead into the list")


def test_in_the_command_field(known: Desk, person: Person) -> None:
    person.presses("Ctrl+K")

    def still_on_today() -> None:
        person.sees_window("今日")

    composes_and_confirms(person, "せってい", "設定", still_on_today)
    person.sees("ページ 設定")
    person.presses("Enter")
    person.sees_window("設定")


def test_in_what_happened_and_in_the_next_step(known: Desk, person: Person) -> None:
    person.sees("見積の返事を聞く")
    person.presses("Space")
    person.waits_until(lambda: person.keyboard_is_in() == "何がありましたか", "nothing asks what happened")
    composes_and_confirms(person, "でんわした", "電話した", nothing_new(known))
    person.presses("Enter")
    person.waits_until(lambda: person.keyboard_is_in() == "次の一手", "nothing asks for the next step")
    known.rests()
    composes_and_confirms(person, "らいしゅうかようでんわ", "来週火曜 電話", nothing_new(known))
    person.presses("Enter")
    person.sees("11/24(火)")
    known.rests()
    ws = known.workspace
    found = customers.detail(ws, customers.listing(ws, customers.Filter(), "name").ids[0])
    assert found is not None
    assert [plan.text for plan in found.plans] == ["資料を送る", "電話"]


def test_in_the_next_step_of_a_customer(desk: Desk, person: Person) -> None:
    desk.starts()
    prospects.add(desk.workspace, Candidate(name="梶 真由", company="豊橋テクノ"), stage=1)
    person.presses("Ctrl+2")
    person.sees("豊橋テクノ")
    person.clicks_into("次の一手を書く")
    composes_and_confirms(person, "あしたでんわ", "明日 電話", nothing_new(desk))
    person.presses("Enter")
    person.sees("次の一手", "明日")
