"""A panel beside what it is about: where the keyboard goes, and what becomes of it when the page changes."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from soloflow.services.changes import Changes
from soloflow.ui.context import Context
from soloflow.ui.page import Page
from soloflow.ui.widgets.ask_panel import open_popover
from soloflow.ui.widgets.popover import Popover


class Plain(Page):
    """A page with a button that asks something, and a field where its keyboard begins."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.field, self.ask = QLineEdit(), QPushButton("…")
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(1)

    def refresh(self, changes: Changes | None) -> None:
        """Nothing to read."""

    def focus_first(self) -> None:
        """The field."""
        self.field.setFocus()


@pytest.fixture
def pages(qtbot: QtBot) -> QStackedWidget:
    made = QStackedWidget()
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    return made


@pytest.fixture
def page(pages: QStackedWidget, context: Context) -> Plain:
    made = Plain(context)
    pages.addWidget(made)
    pages.addWidget(QWidget())
    return made


def asked(page: Plain) -> tuple[Popover, QLineEdit, QLineEdit]:
    """Two fields in a panel below the button."""
    content = QWidget()
    column = QVBoxLayout(content)
    first, second = QLineEdit(), QLineEdit()
    for field in (first, second):
        column.addWidget(field)
    content.setFocusProxy(first)
    return open_popover(content, page.ask), first, second


def test_the_keyboard_comes_back_to_where_it_was(qtbot: QtBot, page: Plain) -> None:
    page.ask.setFocus()
    panel, first, _second = asked(page)
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Escape)
    assert page.ask.hasFocus()
    assert not panel.isVisible()


def test_where_it_was_may_be_gone_when_the_panel_closes(qtbot: QtBot, page: Plain) -> None:
    gone = QPushButton("理由を見る", page)
    gone.show()
    gone.setFocus()
    panel, first, _second = asked(page)
    closed = []
    panel.closed.connect(lambda: closed.append(True))
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.keyClick(first, Qt.Key.Key_Escape)
    assert page.field.hasFocus()
    assert closed == [True]


def test_tab_goes_round_in_the_panel(qtbot: QtBot, page: Plain) -> None:
    _panel, first, second = asked(page)
    reached = []
    for _press in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == [second, first, second, first]
    qtbot.keyClick(first, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert second.hasFocus()


def test_it_closes_when_another_page_is_shown(page: Plain, pages: QStackedWidget) -> None:
    panel, _first, _second = asked(page)
    closed = []
    panel.closed.connect(lambda: closed.append(True))
    pages.setCurrentIndex(1)
    pages.setCurrentIndex(0)
    QApplication.processEvents()
    assert closed == [True]
    assert page.findChild(Popover) is None or not page.findChild(Popover).isVisible()


def test_it_stays_in_a_page_that_becomes_smaller(page: Plain, pages: QStackedWidget) -> None:
    panel, _first, _second = asked(page)
    pages.resize(320, 240)
    QApplication.processEvents()
    assert page.rect().contains(panel.geometry())
