"""Dragging cards over the board: the card under the pointer, the two trays, and where a release would put it.

The drag stays inside the page, so it is led by the mouse events of the list it began in and not by QDrag: the card is painted
as it is, Esc and the state of Alt are known at once, and it is the same under every window system.
"""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from soloflow.i18n import _
from soloflow.ui import icons
from soloflow.ui.pages.board.column import StageColumn
from soloflow.ui.pages.board.strip import Strip
from soloflow.ui.theme import Theme, styled

TRAY = 44
MARGIN = 16
EDGE = 32
"""So near to the left or right end the board scrolls by itself."""
SCROLL_MS = 16
SCROLL_STEP = 10


@dataclass(frozen=True, slots=True)
class Target:
    """What lies under the pointer: a stage, or a tray ("recycle", "lose")."""

    column: StageColumn | None = None
    tray: str = ""


NOWHERE = Target()


class FloatingCard(QWidget):
    """The picture of the card under the pointer."""

    def __init__(self, picture: QPixmap, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = picture
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(picture.deviceIndependentSize().toSize())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: the picture."""
        QPainter(self).drawPixmap(0, 0, self._picture)


class Trays(QWidget):
    """育成へ and 離脱へ at the foot of the page; there only while a card is dragged."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        styled(self, variant="page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._hot = ""
        self.hide()

    def stand_up(self, page: QWidget) -> None:
        """Appear along the foot of the page."""
        from soloflow.ui.widgets.notice import make_way

        height = TRAY + 2 * MARGIN
        self.setGeometry(0, page.height() - height, page.width(), height)
        self.show()
        self.raise_()
        make_way(self)

    def _places(self) -> dict[str, QRect]:
        width = (self.width() - 2 * MARGIN - 8) // 2
        return {
            "recycle": QRect(MARGIN, MARGIN, width, TRAY),
            "lose": QRect(self.width() - MARGIN - width, MARGIN, width, TRAY),
        }

    def tray_at(self, place: QPoint) -> str:
        """The tray under a place of the page, or an empty string."""
        inside = place - self.pos()
        return next((key for key, rect in self._places().items() if rect.contains(inside)), "")

    def rect_of(self, key: str) -> QRect:
        """Where a tray lies on the page; nothing for none."""
        return self._places()[key].translated(self.pos()) if key else QRect()

    def heat(self, key: str) -> None:
        """Mark the tray a release would drop into."""
        if key != self._hot:
            self._hot = key
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: two dashed places with icon and words."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.color("bg"))
        texts = {"recycle": ("leaf", _("育成へ（再連絡の日を決める）")), "lose": ("cross", _("離脱へ（理由をえらぶ）"))}
        for key, rect in self._places().items():
            self._paint_tray(painter, rect, *texts[key], hot=key == self._hot)

    def _paint_tray(self, painter: QPainter, rect: QRect, icon: str, text: str, *, hot: bool) -> None:
        theme = self._theme
        painter.setPen(QPen(theme.color("acc" if hot else "ctl"), 2 if hot else 1, Qt.PenStyle.DashLine))
        painter.setBrush(theme.color("sel" if hot else "bg"))
        painter.drawRoundedRect(rect.toRectF().adjusted(1, 1, -1, -1), 6, 6)
        role = "acc" if hot else "ink2"
        font = theme.font("body", bold=hot)
        metrics = QFontMetrics(font)
        left = rect.center().x() - (metrics.horizontalAdvance(text) + 24) // 2
        base = rect.center().y() + metrics.capHeight() / 2
        icons.paint(painter, theme, left, base - metrics.capHeight() / 2 - 8, icon, role)
        painter.setFont(font)
        painter.setPen(theme.color(role))
        painter.drawText(left + 24, round(base), text)


class CardDrag(QObject):
    """One drag, from the first movement to the release or Esc."""

    hovered = Signal(object, bool)
    """(Target, whether Alt is held)."""
    dropped = Signal(object, bool)
    """The same, at the release; the target may be nowhere."""
    cancelled = Signal()

    def __init__(
        self, page: QWidget, viewport: QWidget, scroll: QScrollArea, strip: Strip, trays: Trays, picture: QPixmap, hold: QPoint
    ) -> None:  # fmt: skip
        super().__init__(page)
        self._page = page
        self._viewport = viewport
        self._scroll = scroll
        self._strip = strip
        self._trays = trays
        self._hold = hold
        self._place = QPoint()
        self._with_alt = False
        self._over = False
        self._card = FloatingCard(picture, page)
        self._timer = QTimer(self)
        self._timer.setInterval(SCROLL_MS)
        self._timer.timeout.connect(self._scroll_sideways)
        trays.stand_up(page)
        viewport.installEventFilter(self)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        viewport.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._card.show()
        self._card.raise_()

    def move_to(self, place: QPoint) -> None:
        """The pointer is here, in coordinates of the page."""
        self._place = place
        self._card.move(place - self._hold)
        self._tell()
        if self._pull():
            self._timer.start()

    def target(self) -> Target:
        """What a release would drop into."""
        tray = self._trays.tray_at(self._place)
        if tray:
            return Target(tray=tray)
        if not self._scroll.rect().contains(self._scroll.mapFrom(self._page, self._place)):
            return NOWHERE
        return Target(self._strip.column_at(self._strip.mapFrom(self._page, self._place).x()))

    def end(self) -> None:
        """Take everything away that was there for the drag."""
        self._over = True
        self._timer.stop()
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self._viewport.removeEventFilter(self)
        self._viewport.unsetCursor()
        self._trays.heat("")
        self._trays.hide()
        self._card.hide()
        self._card.deleteLater()
        self.deleteLater()

    def _tell(self) -> None:
        target = self.target()
        self._trays.heat(target.tray)
        self.hovered.emit(target, self._with_alt)

    def _pull(self) -> int:
        x = self._scroll.mapFrom(self._page, self._place).x()
        return -SCROLL_STEP if x < EDGE else SCROLL_STEP if x > self._scroll.width() - EDGE else 0

    @Slot()
    def _scroll_sideways(self) -> None:
        bar = self._scroll.horizontalScrollBar()
        before = bar.value()
        bar.setValue(before + self._pull())
        if bar.value() == before:
            self._timer.stop()
        else:
            self._tell()

    def _release(self) -> None:
        target = self.target()
        self.end()
        self.dropped.emit(target, self._with_alt)

    def _cancel(self) -> None:
        self.end()
        self.cancelled.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the mouse of the list the drag began in; Esc and Alt wherever the keyboard is."""
        if self._over:
            return False
        if watched is self._viewport and isinstance(event, QMouseEvent):
            return self._take_mouse(event)
        if isinstance(event, QKeyEvent):
            return self._take_key(event)
        if event.type() == QEvent.Type.ApplicationDeactivate:
            self._cancel()
        return False

    def _take_mouse(self, event: QMouseEvent) -> bool:
        self._with_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.type() == QEvent.Type.MouseMove:
            if not event.buttons() & Qt.MouseButton.LeftButton:
                self._cancel()  # the release was lost to another window
                return False
            self.move_to(self._page.mapFromGlobal(event.globalPosition().toPoint()))
        elif event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            self._release()
        return True

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Alt:
            self._with_alt = event.type() == QEvent.Type.KeyPress
            self._tell()
        elif event.key() == Qt.Key.Key_Escape and event.type() == QEvent.Type.KeyPress:
            self._cancel()
        return event.type() in {QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride}
