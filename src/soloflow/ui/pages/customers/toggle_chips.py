"""Chips that are turned on and off, several at a time or only one, each with how many customers it would leave.

``ToggleChips([(3, _("3 商談")), …], name=_("工程"), on=(3,))``; `values` are the keys that are on; signal `changed()` when the
user turns one. The arrow keys walk from chip to chip.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import PushButton
from soloflow.ui.widgets.flow import FlowLayout

WIDEST = 300


class ToggleChips(QWidget):
    """A line (or several) of chips that are on or off; with `single` one at the most."""

    changed = Signal()

    def __init__(
        self,
        choices: Sequence[tuple[object, str]],
        *,
        name: str,
        on: Collection[object] = (),
        single: bool = False,
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._name = name
        self._single = single
        self._texts = dict(choices)
        self._buttons: dict[object, QAbstractButton] = {}
        line = FlowLayout(self, gap=6)
        for key, text in choices:
            made = styled(PushButton(text.replace("&", "&&")), variant="chip")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setAccessibleName(f"{name} {text}")
            made.setChecked(key in on)
            made.setMaximumWidth(WIDEST)
            made.clicked.connect(partial(self._on_clicked, key))
            self._buttons[key] = made
            line.addWidget(made)
        if choices:
            self.setFocusProxy(self._buttons[choices[0][0]])

    @property
    def values(self) -> tuple[object, ...]:
        """The keys that are on, in the order in which they stand."""
        return tuple(key for key, made in self._buttons.items() if made.isChecked())

    def button(self, key: object) -> QAbstractButton:
        """The chip of a key."""
        return self._buttons[key]

    def show_counts(self, counts: Mapping[object, int]) -> None:
        """Say behind each chip how many customers it leaves; one that leaves nobody is pale."""
        for key, made in self._buttons.items():
            count = counts.get(key, 0)
            text = f"{self._texts[key]} {count:,}"
            made.setText(text.replace("&", "&&"))
            made.setAccessibleName(f"{self._name} {text}")
            styled(made, empty=not count and not made.isChecked())
        self.updateGeometry()

    def _on_clicked(self, key: object, checked: bool = False) -> None:
        if self._single and checked:
            for other, made in self._buttons.items():
                made.setChecked(other == key)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: left and right, also up and down, go to the neighbour."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(
            Qt.Key(event.key())
        )
        made = list(self._buttons.values())
        here = next((number for number, one in enumerate(made) if one.hasFocus()), -1)
        if step is None or here < 0:
            super().keyPressEvent(event)
        elif 0 <= here + step < len(made):
            made[here + step].setFocus(Qt.FocusReason.TabFocusReason)
