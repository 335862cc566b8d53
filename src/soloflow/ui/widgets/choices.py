"""Chips of which one may be chosen, for a reason or a number of months.

``ChoiceChips([("budget", _("予算が合わない")), …])``; `value` is the chosen key or None; signal `chosen(key)` when the user
chooses. Arrow keys walk from chip to chip; Enter takes the one that has the keyboard, and where it is taken already goes on
to the panel, which it accepts.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QPushButton, QWidget

from soloflow.ui.theme import styled
from soloflow.ui.widgets.flow import FlowLayout


class ChoiceChips(QWidget):
    """A line (or several) of chips, at most one of them on."""

    chosen = Signal(object)

    def __init__(self, choices: Sequence[tuple[object, str]], *, name: str, value: object = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._keys = [key for key, _text in choices]
        self._group = QButtonGroup(self)
        line = FlowLayout(self, gap=6)
        for number, (key, text) in enumerate(choices):
            made = styled(QPushButton(text), variant="chip")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setAccessibleName(f"{name} {text}")
            made.setChecked(key == value)
            self._group.addButton(made, number)
            line.addWidget(made)
        self._group.buttonClicked.connect(self._on_clicked)
        if choices:
            self.setFocusProxy(self._group.checkedButton() or self._group.button(0))

    @property
    def value(self) -> object:
        """The key of the chip that is on; None when none is."""
        number = self._group.checkedId()
        return self._keys[number] if number >= 0 else None

    def choose(self, key: object) -> None:
        """Set the choice without telling anybody; a key that is not among the chips takes the choice away."""
        self._group.setExclusive(False)
        for number, made in enumerate(self._group.buttons()):
            made.setChecked(self._keys[number] == key)
        self._group.setExclusive(True)

    def button(self, key: object) -> QAbstractButton:
        """The chip of a key."""
        return self._group.button(self._keys.index(key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter on a chip that is not on yet."""
        here = next((made for made in self._group.buttons() if made.hasFocus()), None)
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and here is not None and not here.isChecked():
            here.click()
        else:
            super().keyPressEvent(event)

    @Slot(QAbstractButton)
    def _on_clicked(self, _made: QAbstractButton) -> None:
        self.chosen.emit(self.value)
