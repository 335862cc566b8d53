"""What windows beside the program's own one have in common: their keys, and being built anew in another theme or language."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget


def bind_keys(window: QWidget, keys: Mapping[str, Callable[[], object]]) -> None:
    """Let each key sequence call its slot while the window has the keyboard."""
    for sequence, slot in keys.items():
        QShortcut(QKeySequence(sequence), window).activated.connect(slot)


def take_out(column: QBoxLayout, old: QWidget) -> None:
    """Make room for what is built anew; the old one is not seen meanwhile."""
    column.removeWidget(old)
    old.hide()
    old.deleteLater()
