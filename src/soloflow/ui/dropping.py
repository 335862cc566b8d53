"""Dropping files anywhere on the window, and pasting them: a calm sheet says what will happen, then the preview opens."""

from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QGuiApplication,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QMainWindow, QWidget

from soloflow.i18n import _
from soloflow.ui import icons
from soloflow.ui.context import Context
from soloflow.ui.incoming import Arrivals, Brought, brought

PASTE_INTO = frozenset({"customers", "import", "today"})
"""Pages on which pasting means bringing people in; text fields take what is pasted before."""
INSET = 16


class DropSheet(QWidget):
    """Over the whole window while something is dragged above it."""

    def __init__(self, window: QWidget, context: Context, drops: "Drops") -> None:
        super().__init__(window)
        self._context = context
        self._drops = drops
        self.brought: Brought | None = None
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.hide()

    def show_for(self, found: Brought) -> None:
        """Cover the window, saying what will happen."""
        self.brought = found
        self.setAccessibleName(f"{found.title} {found.sentence}")
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: the pointer is above the sheet."""
        event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Qt: anywhere will do."""
        event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Qt: the pointer has left the window."""
        self.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: let go."""
        self.hide()
        event.acceptProposedAction()
        self._drops.take(event.mimeData())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: the window shines through, a quiet edge, icon and two sentences."""
        if self.brought is None:
            return
        theme = self._context.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme.color("bg")
        ground.setAlphaF(0.94)
        painter.fillRect(self.rect(), ground)
        is_refused = self.brought.kind == "refused"
        role = "warn" if is_refused else "acc"
        painter.setPen(QPen(theme.color(role), 2, Qt.PenStyle.DashLine))
        edge = QRectF(self.rect()).adjusted(INSET, INSET, -INSET, -INSET)
        painter.drawRoundedRect(edge, 12, 12)
        middle = self.height() / 2
        icon = "warning" if is_refused else "download"
        icons.paint(painter, theme, self.width() / 2 - 20, middle - 84, icon, "warnt" if is_refused else "acc", 40)
        self._write(painter, self.brought.title, "title", "ink", middle - 8)
        self._write(painter, self.brought.sentence, "body", "ink2", middle + 24)

    def _write(self, painter: QPainter, text: str, kind: str, role: str, base: float) -> None:
        font = self._context.theme.font(kind, bold=kind == "title")
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, self.width() - 4 * INSET - 32)
        painter.setFont(font)
        painter.setPen(self._context.theme.color(role))
        painter.drawText(QPointF((self.width() - metrics.horizontalAdvance(shown)) / 2, base), shown)


class Drops(QObject):
    """Watches one window for what is dragged onto it; text fields would else take files for words."""

    def __init__(self, window: QMainWindow, context: Context) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._arrivals = Arrivals()
        self.sheet = DropSheet(window, context, self)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), window).activated.connect(self._on_paste)
        context.closing.connect(self._arrivals.forget)
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: before any widget of the window is asked, the sheet lies over all of them."""
        if isinstance(event, QDragEnterEvent):
            found = brought(event.mimeData())
            if found is not None:
                self.sheet.show_for(found)
        elif event.type() == QEvent.Type.DragLeave:
            self.sheet.hide()
        return super().eventFilter(watched, event)

    def take(self, mime: QMimeData, *, from_drag: bool = True) -> bool:
        """Begin the import of what is brought, or say why not; whether it was anything of ours."""
        found = brought(mime, from_drag=from_drag)
        if found is None:
            return False
        if found.kind == "refused":
            self._context.notify(_("。").join((found.title, found.sentence)), kind="error")
            return True
        try:
            paths = self._arrivals.paths(found, mime)
        except OSError as error:
            words = _(
                "受け取れませんでした（{reason}）。何も取り込んでいません。ファイルに保存してから選んでください。"
            )
            self._context.notify(words.format(reason=error.strerror), kind="error")
            return True
        if paths:
            self._context.navigate("import", files=paths)
        return True

    @Slot()
    def _on_paste(self) -> None:
        if getattr(self._window, "current_key", "") not in PASTE_INTO:
            return
        if not self.take(QGuiApplication.clipboard().mimeData(), from_drag=False):
            self._context.notify(_("貼り付けられるのは、ファイル、表（見出しの行から）、vCard、QRコードの画像です。"))
