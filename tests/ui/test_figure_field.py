"""A field for a figure: full-width digits, Enter that belongs to the input method, and the wheel of a page that scrolls."""

from functools import partial

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from soloflow.ui.theme import Theme
from soloflow.ui.widgets.figure_field import FigureField, leave_wheel


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> FigureField:
    assert theme
    made = FigureField("率", 0, 100, decimals=1, suffix=" %")
    qtbot.addWidget(made)
    made.setValue(50)
    made.show()
    made.setFocus()
    made.selectAll()
    return made


def compose(field: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def roll(widget: QWidget) -> bool:
    """One notch of the wheel over the widget; whether the widget took it."""
    place = widget.rect().center()
    event = QWheelEvent(
        QPointF(place), QPointF(widget.mapToGlobal(place)), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_full_width_digits_are_digits(field: FigureField) -> None:
    compose(field, "７２．５")
    compose(field, "", "７２．５")
    assert field.text() == "72.5 %"
    assert field.value() == 72.5


def test_letters_are_not_taken(field: FigureField) -> None:
    compose(field, "", "はん")
    assert field.text() == "50 %"


def test_enter_that_confirms_a_conversion_hands_nothing_in(qtbot: QtBot, field: FigureField) -> None:
    handed_in = []
    field.submitted.connect(lambda: handed_in.append(field.value()))
    compose(field, "７")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    compose(field, "", "７")
    qtbot.keyClick(field, Qt.Key.Key_Return)  # as some input methods deliver it, right behind the commit
    assert handed_in == []
    QApplication.processEvents()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert handed_in == [7]


def test_the_wheel_goes_on_to_the_page(qtbot: QtBot, field: FigureField) -> None:
    box = leave_wheel(QComboBox())
    qtbot.addWidget(box)
    box.addItems(["1年以内", "90日以内"])
    box.show()
    assert not roll(field)
    assert not roll(box)
    assert (field.value(), box.currentIndex()) == (50, 0)
    assert box.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_a_figure_beyond_the_end_becomes_the_end_in_sight_and_is_not_handed_in_yet(
    qtbot: QtBot, field: FigureField
) -> None:
    handed_in, corrected = [], []
    field.submitted.connect(partial(handed_in.append, 1))
    field.corrected.connect(partial(corrected.append, 1))
    qtbot.keyClicks(field, "150")
    assert field.text() == "150 %"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), field.value(), handed_in, corrected) == ("100 %", 100, [], [1])
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (handed_in, corrected) == ([1], [1])


def test_a_figure_beyond_the_end_is_put_right_when_the_keyboard_leaves(qtbot: QtBot, field: FigureField) -> None:
    compose(field, "", "１５０")
    field.clearFocus()
    assert field.text() == "100 %"
