"""Text fields that are safe with a Japanese input method.

`ImeLineEdit.submitted` is Enter with nothing being composed. Enter that confirms a conversion never submits, whichever way
the input method delivers it: swallowed, or as a key press right behind the commit.
"""

from PySide6.QtCore import QEvent, QMetaMethod, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget


class ImeLineEdit(QLineEdit):
    """A QLineEdit with `submitted` in place of returnPressed, `escaped` for Esc, and `is_composing`."""

    submitted = Signal(str)
    """Enter was pressed and meant; carries the text."""
    escaped = Signal()
    composing_changed = Signal(bool)

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._preedit = ""
        self._just_confirmed = False

    @property
    def is_composing(self) -> bool:
        """Whether the input method has unconfirmed text in this field."""
        return bool(self._preedit)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt: the input method changed or confirmed its text."""
        was_composing = self.is_composing
        self._preedit = event.preeditString()
        if was_composing and not self._preedit and event.commitString():
            self._just_confirmed = True
            QTimer.singleShot(0, self, self._forget_confirmation)
        super().inputMethodEvent(event)
        if was_composing != self.is_composing:
            self.composing_changed.emit(self.is_composing)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter submits and Esc escapes, unless they belong to the input method."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not self.is_composing and not self._just_confirmed:
                self.submitted.emit(self.text())
            self._just_confirmed = False
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and not self.is_composing:
            if self.isSignalConnected(QMetaMethod.fromSignal(self.escaped)):
                self.escaped.emit()
                event.accept()
            else:
                event.ignore()  # where the field has no use for it, it belongs to the page
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Qt: while composing, no key of the window's shortcuts takes the letters away."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if self.is_composing:
                event.accept()
                return True
            if self._has_nothing_for(event):
                event.ignore()
                return False
        return super().event(event)

    def _has_nothing_for(self, event: QKeyEvent) -> bool:
        """Undo and redo with nothing typed to take back belong to the whole program."""
        if event.matches(QKeySequence.StandardKey.Undo):
            return not self.isUndoAvailable()
        return event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()

    def _forget_confirmation(self) -> None:
        self._just_confirmed = False


def is_composing(widget: QObject | None) -> bool:
    """Whether an input method is at work in the widget, for handlers that see keys before the field does."""
    return isinstance(widget, ImeLineEdit) and widget.is_composing
