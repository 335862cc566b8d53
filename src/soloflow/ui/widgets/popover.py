"""A small panel beside what it is about: reason and date of a loss, a choice of steps. Part of the window, never a dialog.

``Popover(page, content).show_at(anchor_rect)``: below the rectangle (coordinates of `page`) or above it where there is no
room, always inside the page. Tab stays in it. Esc, a click elsewhere and leaving the page close it; the focus goes back to
where it was. `closed` follows.
"""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from soloflow.ui.page import Page
from soloflow.ui.theme import styled

EDGE = 8
"""Kept between the panel and the edge of the page."""


class Popover(QFrame):
    """A frame above the page; deletes itself when closed."""

    closed = Signal()

    def __init__(self, page: QWidget, content: QWidget) -> None:
        super().__init__(page)
        styled(self, variant="popover")
        self.setAutoFillBackground(True)
        self._page = page
        self._before: QWidget | None = None
        self._is_open = False
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
        below = anchor.bottom() + 6
        fits = below + self.height() + EDGE <= self._page.height()
        self.move(self._nearest_x(anchor.left()), below if fits else max(EDGE, anchor.top() - self.height() - 6))
        self._is_open = True
        self.show()
        self.raise_()
        make_way(self)
        self._content.setFocus(Qt.FocusReason.PopupFocusReason)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def close_panel(self) -> None:
        """Close, and give the keyboard back."""
        if not self._is_open:
            return
        before, now = self._before, QApplication.focusWidget()
        had_keyboard = now is not None and self.isAncestorOf(now)
        self._stop()
        self.hide()
        if before is not None and _can_take_keyboard(before):
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        elif had_keyboard and isinstance(self._page, Page):  # where it was is gone: what was there is shown anew
            self._page.focus_first()
        self.closed.emit()
        self.deleteLater()

    def _stop(self) -> None:
        self._is_open = False
        self._before = None
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def _nearest_x(self, wanted: int) -> int:
        return max(EDGE, min(wanted, self._page.width() - self.width() - EDGE))

    def _stay_inside(self) -> None:
        y = max(EDGE, min(self.y(), self._page.height() - self.height() - EDGE))
        self.move(self._nearest_x(self.x()), y)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: a click outside closes; in a page that becomes smaller the panel stays in sight."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            inside = self.rect().contains(self.mapFromGlobal(event.globalPosition().toPoint()))
            if not inside and isinstance(watched, QWidget) and watched.window() is self.window():
                self.close_panel()
        elif watched is self._page and event.type() == QEvent.Type.Resize:
            self._stay_inside()
        return False

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Qt: Tab goes round in the panel, for what lies below it is covered."""
        stops = _tab_stops(self)
        now = QApplication.focusWidget()
        if now is None or now not in stops:
            return super().focusNextPrevChild(is_next)
        following = stops[(stops.index(now) + (1 if is_next else -1)) % len(stops)]
        following.setFocus(Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason)
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: where another page is shown, the panel would come back without the keyboard."""
        super().hideEvent(event)
        if self._is_open and not event.spontaneous():
            self._stop()
            self.closed.emit()
            self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)


def _tab_stops(panel: QWidget) -> list[QWidget]:
    """What Tab reaches in a panel, in the order of the window."""
    found: list[QWidget] = []
    one = panel.nextInFocusChain()
    while one is not None and one is not panel:
        takes_tab = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) and one.focusProxy() is None
        if takes_tab and one.isEnabled() and panel.isAncestorOf(one) and one.isVisibleTo(panel):
            found.append(one)
        one = one.nextInFocusChain()
    return found


def _can_take_keyboard(widget: QWidget) -> bool:
    """Whether it is still there: what was asked in the panel may have built the page's links anew."""
    try:
        return widget.isVisible() and widget.isEnabled()
    except RuntimeError:  # shiboken6.isValid would cost 70 ms for its import
        return False
