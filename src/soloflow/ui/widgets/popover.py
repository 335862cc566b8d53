"""A small panel beside what it is about: reason and date of a loss, a choice of steps. Part of the window, never a dialog.

``Popover(page, content).show_at(anchor_rect)``: below the rectangle (coordinates of `page`) or above it where there is no
room, always inside the page. Esc and a click elsewhere close it; the focus goes back to where it was. `closed` follows.
"""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from soloflow.ui.theme import styled


class Popover(QFrame):
    """A frame above the page; deletes itself when closed."""

    closed = Signal()

    def __init__(self, page: QWidget, content: QWidget) -> None:
        super().__init__(page)
        styled(self, variant="popover")
        self.setAutoFillBackground(True)
        self._page = page
        self._before: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(content)
        self._content = content
        self.hide()

    def show_at(self, anchor: QRect) -> None:
        """Open beside `anchor`, and give the content the keyboard."""
        from soloflow.ui.widgets.notice import make_way

        self._before = QApplication.focusWidget()
        self.adjustSize()
        x = max(8, min(anchor.left(), self._page.width() - self.width() - 8))
        below = anchor.bottom() + 6
        fits = below + self.height() + 8 <= self._page.height()
        self.move(x, below if fits else max(8, anchor.top() - self.height() - 6))
        self.show()
        self.raise_()
        make_way(self)
        self._content.setFocus(Qt.FocusReason.PopupFocusReason)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def close_panel(self) -> None:
        """Close, and give the keyboard back."""
        if not self.isVisible():
            return
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None
        self.closed.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: a click outside closes; so does leaving the page."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            inside = self.rect().contains(self.mapFromGlobal(event.globalPosition().toPoint()))
            if not inside and isinstance(watched, QWidget) and watched.window() is self.window():
                self.close_panel()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)
