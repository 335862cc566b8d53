from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from soloflow.ui.widgets.ime import ImeLineEdit
from soloflow.ui.widgets.search_field import SearchField


def compose(field, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def make(qtbot) -> tuple[ImeLineEdit, list[str]]:
    field, said = ImeLineEdit(), []
    qtbot.addWidget(field)
    field.show()
    field.submitted.connect(said.append)
    return field, said


def test_enter_submits_what_was_typed(qtbot, theme):
    field, said = make(qtbot)
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert said == ["abc"]


def test_enter_while_composing_submits_nothing(qtbot, theme):
    field, said = make(qtbot)
    compose(field, "やまだ")
    assert field.is_composing
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert said == []


def test_the_enter_that_confirms_a_conversion_submits_nothing_and_the_next_does(qtbot, theme):
    field, said = make(qtbot)
    compose(field, "やまだ")
    compose(field, "", "山田")
    QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier))
    assert said == []
    QApplication.processEvents()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert said == ["山田"]


def test_esc_while_composing_belongs_to_the_input_method(qtbot, theme):
    field, _said = make(qtbot)
    escaped = []
    field.escaped.connect(lambda: escaped.append(1))
    compose(field, "や")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert escaped == []
    compose(field, "")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert escaped == [1]


def test_esc_that_the_field_has_no_use_for_goes_on_to_the_page(qtbot, theme):
    field, _said = make(qtbot)
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    field.keyPressEvent(event)
    assert not event.isAccepted()
    field.escaped.connect(field.clear)
    field.keyPressEvent(event)
    assert event.isAccepted()


def test_no_shortcut_takes_letters_away_while_composing(qtbot, theme):
    field, _said = make(qtbot)
    compose(field, "や")
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    event.ignore()
    QApplication.sendEvent(field, event)
    assert event.isAccepted()


def test_undo_with_nothing_typed_is_left_to_the_program(qtbot, theme):
    field, _said = make(qtbot)

    def wants_undo() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        event.ignore()
        QApplication.sendEvent(field, event)
        return event.isAccepted()

    assert not wants_undo()
    qtbot.keyClicks(field, "a")
    assert wants_undo()


def test_the_search_field_answers_each_letter_and_empties_with_its_cross(qtbot, theme):
    field, asked = SearchField(theme, "さがす"), []
    qtbot.addWidget(field)
    field.searched.connect(asked.append)
    qtbot.keyClicks(field, "ab")
    assert asked == ["a", "ab"]
    field.actions()[-1].trigger()
    assert asked[-1] == ""
    assert len(field.actions()) == 1
