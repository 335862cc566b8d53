"""離脱, 育成 and 工程を移す, asked in place."""

from collections.abc import Iterator
from datetime import date

import pytest
from customers_shown import shown
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from soloflow.domain.candidates import Candidate
from soloflow.services import customers, process, prospects
from soloflow.services.customers import Customer
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.pages.customers import CustomersPage
from soloflow.ui.widgets.move_panels import LosePanel, MovePanel, RecyclePanel


@pytest.fixture
def prospect(workspace: Workspace) -> int:
    return prospects.add(workspace, Candidate(name="十河 太郎", company="カワセミ食品"), stage=3).created[0]


@pytest.fixture
def page(qtbot: QtBot, context: Context, prospect: int) -> Iterator[CustomersPage]:
    assert prospect
    yield from shown(qtbot, context)


def _found(page: CustomersPage, prospect: int) -> Customer:
    found = customers.detail(page.context.workspace, prospect)
    assert found is not None
    return found


def test_x_asks_for_a_reason_and_loses_with_it(qtbot: QtBot, page: CustomersPage, prospect: int) -> None:
    QTest.keyClick(page.list.view, Qt.Key.Key_X)
    panel = page.findChild(LosePanel)
    panel.note.setFocus()
    QTest.keyClicks(panel.note, "kondo")
    QTest.keyClick(panel.note, Qt.Key.Key_Return)
    assert any("理由" in words.text() for words in panel.findChildren(QLabel) if words.isVisible())
    assert _found(page, prospect).row.standing == "active"
    code, _name = customers.lost_reasons(page.context.workspace)[1]
    QTest.mouseClick(panel.reasons.button(code), Qt.MouseButton.LeftButton)
    QTest.keyClick(panel.note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _found(page, prospect).row.standing == "lost")
    found = _found(page, prospect)
    assert found.row.reason == code
    assert "kondo" in {entry.text for entry in found.timeline}


def test_a_loss_can_be_dated_back_and_never_ahead(qtbot: QtBot, page: CustomersPage, prospect: int) -> None:
    process.correct_date(page.context.workspace, _found(page, prospect).timeline[0].id, date(2026, 10, 1))
    panel = LosePanel(page.context, (prospect,), page.detail.header.more)
    panel.open()
    panel.reasons.choose("budget")
    panel.day.field.setText("明日")
    panel.submit()
    assert _found(page, prospect).row.standing == "active"
    panel.day.field.setText("昨日")
    QTest.keyClick(panel.day.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _found(page, prospect).row.standing == "lost")
    assert [entry.day for entry in _found(page, prospect).timeline if entry.kind == "lose"] == [date(2026, 11, 20)]


def test_a_return_is_planned_by_months_or_by_a_day(qtbot: QtBot, page: CustomersPage, prospect: int) -> None:
    panel = RecyclePanel(page.context, (prospect,), page.detail.header.more)
    panel.open()
    assert panel.recontact.day == date(2027, 5, 21)
    QTest.mouseClick(panel.months.button(3), Qt.MouseButton.LeftButton)
    assert panel.recontact.day == date(2027, 2, 21)
    panel.recontact.field.setText("2027/3/1")
    QTest.keyClick(panel.recontact.field, Qt.Key.Key_Return)
    assert panel.months.value is None
    panel.submit()
    qtbot.waitUntil(lambda: _found(page, prospect).row.standing == "nurture")
    assert [plan.due_on for plan in _found(page, prospect).plans] == [date(2027, 3, 1)]


def test_a_move_shows_the_criteria_of_the_chosen_stage_and_keeps_its_ticks(
    qtbot: QtBot, page: CustomersPage, prospect: int
) -> None:
    panel = MovePanel(page.context, (prospect,), page.detail.header.more)
    panel.open()
    assert panel.stages.value == 4
    tick = panel.findChildren(QCheckBox)[0]
    tick.click()
    qtbot.waitUntil(lambda: any(one.is_met for one in process.criteria(page.context.workspace, prospect, 4)))
    QTest.mouseClick(panel.stages.button(5), Qt.MouseButton.LeftButton)
    panel.submit()
    qtbot.waitUntil(lambda: _found(page, prospect).row.stage == 5)


def test_d_moves_with_a_date(qtbot: QtBot, page: CustomersPage, prospect: int) -> None:
    process.correct_date(page.context.workspace, _found(page, prospect).timeline[0].id, date(2026, 10, 1))
    QTest.keyClick(page.list.view, Qt.Key.Key_D)
    panel = page.findChild(MovePanel)
    panel.day.field.setText("11/10")
    QTest.keyClick(panel.day.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _found(page, prospect).path.get(4) == date(2026, 11, 10))


def test_esc_closes_a_panel_and_gives_the_keyboard_back(qtbot: QtBot, page: CustomersPage, prospect: int) -> None:
    QTest.keyClick(page.list.view, Qt.Key.Key_R)
    panel = page.findChild(RecyclePanel)
    assert panel.isAncestorOf(QApplication.focusWidget())
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert page.list.view.hasFocus()
    assert _found(page, prospect).row.standing == "active"


def test_somebody_of_the_contact_book_cannot_be_lost_and_is_told_why(
    qtbot: QtBot, page: CustomersPage, workspace: Workspace
) -> None:
    known = prospects.add(workspace, Candidate(name="月島 花")).created[0]
    panel = LosePanel(page.context, (known,), page.detail.header.more)
    panel.open()
    panel.reasons.choose("budget")
    panel.submit()
    qtbot.waitUntil(lambda: any("まだ獲得工程に入って" in words.text() for words in panel.findChildren(QLabel)))
    assert panel.isVisible()
