"""Chips by key: the one with the keyboard is taken by Enter, and only then does Enter go on to the panel."""

import pytest
from PySide6.QtCore import Qt

from soloflow.domain.candidates import Candidate
from soloflow.services import customers, prospects
from soloflow.ui.pages.customers import CustomersPage
from soloflow.ui.widgets.choices import ChoiceChips
from soloflow.ui.widgets.move_panels import LosePanel


@pytest.fixture
def chips(qtbot):
    made = ChoiceChips([("budget", "予算"), ("timing", "時期")], name="理由")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_enter_takes_the_chip_that_has_the_keyboard(qtbot, chips):
    said = []
    chips.chosen.connect(said.append)
    chips.button("timing").setFocus()
    qtbot.keyClick(chips.button("timing"), Qt.Key.Key_Return)
    assert chips.value == "timing"
    assert said == ["timing"]


def test_enter_on_a_chip_that_is_on_goes_further(qtbot, chips):
    chips.choose("timing")
    chips.button("timing").setFocus()
    said = []
    chips.chosen.connect(said.append)
    qtbot.keyClick(chips.button("timing"), Qt.Key.Key_Return)
    assert said == []


def test_a_customer_is_lost_by_keys_alone(qtbot, context):
    ws = context.workspace
    someone = prospects.add(ws, Candidate(company="アクメ"), stage=3).created[0]
    page = CustomersPage(context)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_first()
    qtbot.keyClick(page.list.view, Qt.Key.Key_X)
    panel = page.findChild(LosePanel)
    first = panel.reasons.button(customers.lost_reasons(ws)[0][0])
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert customers.rows(ws, (someone,))[0].standing == "active"
    qtbot.keyClick(first, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: customers.rows(ws, (someone,))[0].standing == "lost")
    qtbot.waitUntil(lambda: not context.is_writing)
    # The page is only known here: the panel must be gone before it, or Qt frees a widget twice.
    qtbot.waitUntil(lambda: page.findChild(LosePanel) is None)
