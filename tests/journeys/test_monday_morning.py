"""Monday morning on the sample, by keys only: what is due, a customer, a move; another language, another light; back home."""

from datetime import datetime

import pytest
from person import Person
from PySide6.QtWidgets import QApplication

from conftest import Desk
from soloflow.services import customers, process, today, wording
from soloflow.services.workspace import Workspace

pytestmark = pytest.mark.journey


@pytest.fixture
def begins() -> datetime:
    """A Monday, before the first call."""
    return datetime.fromisoformat("2026-11-16T08:30:00+09:00")


def shown_customer(desk: Desk) -> customers.Customer:
    """The customer whose detail is open."""
    page = desk.session.window.page("customers")
    found = customers.detail(desk.workspace, page.detail.prospect)
    assert found is not None
    return found


def finishes_and_snoozes(desk: Desk, person: Person) -> None:
    before = today.today(desk.workspace)
    person.waits_until(lambda: person.keyboard_is_in() == "することの一覧", "the keyboard is not in the day")
    person.photographs("01-today")
    first = person.keyboard_row()
    person.presses("Space")
    person.sees_field("何がありましたか")
    person.types("見積で合意。来月から始めたい")
    person.presses("Enter")
    person.sees_field("次の一手")
    person.types("来週火曜 14時 契約書を送る")
    person.sees("11/24(火) 14:00")
    person.photographs("02-next-step")
    person.presses("Enter")
    person.waits_until(lambda: person.keyboard_is_in() == "することの一覧", "the keyboard is not back in the day")
    desk.rests()
    person.waits_until(lambda: first not in person.reads("することの一覧"), "the task is still there")
    second = person.keyboard_row()
    assert second, "no task is chosen after one was done"
    person.presses("S")
    person.sees("いつにしますか")
    person.presses("Enter")
    desk.rests()
    person.waits_until(lambda: second not in person.reads("することの一覧"), "the task was not moved")
    after = today.today(desk.workspace)
    assert before.overdue_count + before.today_count - 2 == after.overdue_count + after.today_count


def looks_after_a_customer(desk: Desk, person: Person) -> None:
    person.presses("Enter")
    person.sees_window("顧客")
    person.photographs("03-customer")
    before = shown_customer(desk)
    free = next(number for number in range(1, 9) if number not in before.answers)
    question = str(wording.QUESTIONS[free - 1][1])
    person.presses("Enter")
    person.tabs_to(question)
    person.types("役員会が水曜にある")
    person.presses("Enter")
    desk.rests()
    assert shown_customer(desk).answers[free].text == "役員会が水曜にある"
    person.tabs_to("書くことの種類")
    person.presses("End", "Tab")
    person.types("Excel の列が増えるたびに泣いています")
    person.presses("Enter")
    person.sees("Excel の列が増えるたびに泣いています")
    desk.rests()
    assert any(entry.text == "Excel の列が増えるたびに泣いています" for entry in shown_customer(desk).timeline)
    person.photographs("04-answered")


def moves_it_with_the_criteria_in_sight(desk: Desk, person: Person) -> None:
    person.presses("Escape")
    person.waits_until(lambda: person.keyboard_is_in() == "顧客の一覧", "Esc does not lead back to the list")
    before = shown_customer(desk)
    person.presses("D")
    person.sees("の工程を移します", "目安")
    person.photographs("05-move")
    assert before.row.stage is not None
    there = before.row.stage + 1
    wanted = next(one for one in process.criteria(desk.workspace, before.row.id, there) if not one.is_met)
    person.tabs_to(wanted.text)
    person.presses("Space", "Enter")
    person.sees_no("の工程を移します")
    desk.rests()
    assert shown_customer(desk).row.stage == there
    met = {one.id for one in process.criteria(desk.workspace, before.row.id, there) if one.is_met}
    assert wanted.id in met


def changes_language_and_light(desk: Desk, person: Person) -> None:
    window = desk.session.window
    person.presses("Ctrl+6")
    person.sees_window("設定")
    person.tabs_to("プロフィール", back=True)
    person.presses("Right")
    person.sees("言語")
    person.tabs_to("日本語")
    person.presses("Right")
    person.sees_window("Settings")
    person.sees_no("見本のデータを見ています")
    person.photographs("06-english")
    person.tabs_to("English")
    person.presses("Left")
    person.sees_window("設定")
    person.tabs_to("明るい")
    bright = window.grab().toImage().pixelColor(640, 500).lightness()
    person.presses("Right")
    person.waits_until(lambda: window.context.theme.name == "dark", "it is still light")
    person.photographs("07-dark")
    assert window.grab().toImage().pixelColor(640, 500).lightness() < 80 < bright


def goes_home(desk: Desk, person: Person) -> None:
    person.tabs_to("見本を閉じる")
    person.presses("Space")
    person.sees("今日することが、ここに並びます")
    person.sees_no("見本のデータを見ています")
    desk.waits_for_the_window()
    assert everybody(desk.workspace) == 0
    assert desk.session.window.context.theme.name == "dark", "what suits the eyes was forgotten with the sample"
    person.photographs("08-home")


def everybody(ws: Workspace) -> int:
    """How many customers there are, of whatever standing."""
    return sum(customers.counts(ws, customers.Filter()).values())


def test_a_monday_morning_by_keys(desk: Desk, person: Person) -> None:
    desk.starts()
    person.tabs_to("見本のデータを見る")
    person.presses("Space")
    person.sees("見本のデータを見ています")
    desk.waits_for_the_window()
    assert everybody(desk.workspace) > 200
    finishes_and_snoozes(desk, person)
    looks_after_a_customer(desk, person)
    moves_it_with_the_criteria_in_sight(desk, person)
    changes_language_and_light(desk, person)
    goes_home(desk, person)
    assert QApplication.activeWindow() is desk.session.window
