"""The notice: one sentence and at most one action, above the lowest bar, gone after eight seconds.

Pages call `context.notify`; the window owns the one `NoticeBar`. It never takes the focus, Tab and its shortcut reach it, and
it waits while the pointer or the keyboard is on it. Two lines of text make it higher.
"""

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent, QFontMetrics
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QHBoxLayout, QLabel, QPushButton, QWidget

from soloflow.ui import icons
from soloflow.ui.context import Notice
from soloflow.ui.theme import Theme
from soloflow.ui.widgets.labels import label

STAY_MS = 8000
MOST_LETTERS = 72
"""Of one line; a note somebody pasted may be as long as a letter, and the notice names it."""
FADE_MS = 180
WIDEST = 640


def make_way(over: QWidget) -> None:
    """A notice that lies over this widget goes: what has just opened is wanted now, and Ctrl+Z takes back all the same."""
    window = over.window()
    place = QRect(over.mapTo(window, QPoint()), over.size())
    for notice in window.findChildren(NoticeBar):
        if notice.isVisible() and place.intersects(QRect(notice.mapTo(window, QPoint()), notice.size())):
            notice.dismiss()


class NoticeBar(QFrame):
    """456 × 44, wider for a longer sentence, centred at the foot of its parent's content."""

    def __init__(self, theme: Theme, parent: QWidget, *, lift: int = 16) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ground = parent
        self._lift = lift
        self._notice: Notice | None = None
        self.setObjectName("notice")
        self._mark = QLabel()
        self._words = label()
        self._words.setWordWrap(True)
        self._button = QPushButton()
        self._keys = label()
        self._keys.setObjectName("keys")
        self._button.clicked.connect(self._act)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        row.addWidget(self._keys)
        self._stay = QTimer(self)
        self._stay.setSingleShot(True)
        self._stay.setInterval(STAY_MS)
        self._stay.timeout.connect(self.leave)
        self._effect = QGraphicsOpacityEffect(self)
        self._effect.setEnabled(False)
        self.setGraphicsEffect(self._effect)
        self._fade = QPropertyAnimation(self._effect, b"opacity", self)
        self._fade.setDuration(FADE_MS)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fade.finished.connect(self._on_faded)
        parent.installEventFilter(self)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show this one instead of any other."""
        self._notice = notice
        self._fade.stop()
        self._effect.setEnabled(False)
        mark = "warning" if notice.kind == "error" else "check"
        self._mark.setPixmap(icons.pixmap(self._theme, mark, "ontoast", 16, self.devicePixelRatioF()))
        self._words.setText(_shortened(notice.text))
        self._button.setText(notice.action)
        self._button.setVisible(bool(notice.action))
        self._keys.setText(notice.shortcut)
        self._keys.setVisible(bool(notice.shortcut))
        self.setAccessibleName(notice.text)
        self._place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._stay.start(STAY_MS * (2 if notice.kind == "error" else 1))

    def set_lift(self, lift: int) -> None:
        """How far above the foot of its parent it stands."""
        self._lift = lift
        if self.isVisible():
            self._place()

    @Slot()
    def leave(self) -> None:
        """Fade away, unless somebody is reading or about to press."""
        if self.underMouse() or self._button.hasFocus():
            self._stay.start()
            return
        self._effect.setEnabled(True)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.start()

    def step_back(self) -> None:
        """Something newer was done without a notice of its own: Ctrl+Z does not mean any more what this one tells of."""
        if self._notice is not None and self._notice.shortcut:
            self.dismiss()

    def dismiss(self) -> None:
        """Go at once."""
        self._stay.stop()
        self._fade.stop()
        self.hide()

    @Slot()
    def _act(self) -> None:
        act = self._notice.act if self._notice else None
        self.dismiss()
        if act is not None:
            act()

    @Slot()
    def _on_faded(self) -> None:
        self.hide()
        self._effect.setEnabled(False)

    def _place(self) -> None:
        area = self._ground.size()
        fixed = 16 + 12 + 32
        for part in (self._button, self._keys):
            fixed += 12 + part.sizeHint().width() if part.text() else 0
        metrics = QFontMetrics(self._theme.font("body"))
        # A sentence a little too long widens the notice: a second line of two characters would look like a mistake.
        wanted = fixed + metrics.horizontalAdvance(self._words.text()) + 4
        width = min(max(self._theme.size("notice_width"), wanted if wanted <= WIDEST else 0), area.width() - 32)
        wrap = Qt.TextFlag.TextWordWrap
        text_height = metrics.boundingRect(0, 0, max(60, width - fixed), 400, int(wrap), self._words.text()).height()
        height = max(self._theme.size("notice_height"), text_height + 20)
        self.setGeometry((area.width() - width) // 2, area.height() - self._lift - height, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: stay in place when the window changes size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Qt: somebody reads; wait."""
        self._stay.start()
        super().enterEvent(event)


def _shortened(text: str) -> str:
    """The text with long lines cut in their middle, where the quoted words stand; their ends say what happened."""
    half = MOST_LETTERS // 2
    lines = (line if len(line) <= MOST_LETTERS else f"{line[:half]}…{line[-half:]}" for line in text.split("\n"))
    return "\n".join(lines)
