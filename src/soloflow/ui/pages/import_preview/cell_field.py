"""The field in which a cell of the preview is corrected where it stands."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent

from soloflow.ui.widgets.ime import ImeLineEdit


class CellField(ImeLineEdit):
    """Leaving it keeps what was written; Tab goes on to the next cell."""

    left = Signal()
    moved_on = Signal(int)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: the keyboard went elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Qt: Tab goes on to the next cell."""
        self.moved_on.emit(1 if next_ else -1)
        return True
