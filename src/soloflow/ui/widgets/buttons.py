"""Buttons: ordinary ones by `button`, icon-only by `icon_button`, links, and the one with its shortcut written in it.

``button(_("保存"), self._save, variant="primary")`` · ``icon_button(icon, _("編集"), slot)`` · ``LinkButton(_("書く"), slot)`` ·
``ShortcutButton(theme, _("この人に足す"), "Alt+1", slot, primary=True)``. Slots are bound methods or partials.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QSize, Qt
from PySide6.QtCore import Slot as QtSlot
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from soloflow.ui import icons
from soloflow.ui.theme import Theme, styled

Slot = Callable[[], object]
KEYPAD = Qt.KeyboardModifier.KeypadModifier


class _Call(QObject):
    """Calls a slot without the `checked` that clicked() sends; lives and dies with its button."""

    def __init__(self, owner: QObject, slot: Slot) -> None:
        super().__init__(owner)
        self._slot = slot

    @QtSlot()
    def run(self) -> None:
        self._slot()


class PushButton(QPushButton):
    """A button that Enter presses as Space does; Qt leaves that to the desktop's taste."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter is meant for the button that has the keyboard."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & ~KEYPAD:
            self.click()
            event.accept()
        else:
            super().keyPressEvent(event)


def button(text: str, slot: Slot | None = None, *, variant: str | None = None, small: bool = False) -> QPushButton:
    """A button with a verb on it; variant primary, quiet or None. One primary per surface."""
    made = styled(PushButton(text), variant=variant, small=small)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setAutoDefault(False)
    if slot is not None:
        made.clicked.connect(_Call(made, slot).run)
    return made


def icon_button(icon: QIcon, name: str, slot: Slot | None = None, *, shortcut: str = "", side: int = 32) -> QToolButton:
    """A square button with an icon; `name` is its tooltip and accessible name, `shortcut` only shown."""
    made = QToolButton()
    made.setIcon(icon)
    made.setIconSize(QSize(16, 16))
    made.setFixedSize(side, side)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAccessibleName(name)
    made.setToolTip(f"{name}  {shortcut}" if shortcut else name)
    if slot is not None:
        made.clicked.connect(_Call(made, slot).run)
    return made


class LinkButton(PushButton):
    """Words in the accent that do something; reachable by Tab."""

    def __init__(self, text: str, slot: Slot | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        styled(self, variant="link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if slot is not None:
            self.clicked.connect(_Call(self, slot).run)


class ShortcutButton(PushButton):
    """A button that shows its shortcut behind its words, lighter; the shortcut works in its window."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        shortcut: str,
        slot: Slot | None = None,
        *,
        primary: bool = False,
        icon: str | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._words = text
        self._keys = shortcut
        self._icon_name = icon
        self._is_primary = primary
        styled(self, variant="primary" if primary else None)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setToolTip(f"{text}  {shortcut}")
        QShortcut(QKeySequence(shortcut), self).activated.connect(self.click)
        if slot is not None:
            self.clicked.connect(_Call(self, slot).run)

    def say(self, text: str) -> None:
        """Other words on it, with the same shortcut."""
        self._words = text
        self.setAccessibleName(text)
        self.setToolTip(f"{text}  {self._keys}")
        self.updateGeometry()
        self.update()

    def _fonts(self) -> tuple[QFont, QFont]:
        return self._theme.font("body", bold=self._is_primary), self._theme.font("label")

    def sizeHint(self) -> QSize:
        """Qt: words, gap, keys, and the margins of a button."""
        words, keys = (QFontMetrics(font) for font in self._fonts())
        width = words.horizontalAdvance(self._words) + 6 + keys.horizontalAdvance(self._keys)
        return QSize(width + 24 + (22 if self._icon_name else 0), 32)

    def minimumSizeHint(self) -> QSize:
        """Qt: never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the style's ground, our words."""
        super().paintEvent(event)  # it has no words that Qt knows of
        painter = QPainter(self)
        words, keys = self._fonts()
        metrics = QFontMetrics(words)
        baseline = (self.height() + metrics.capHeight()) / 2
        x = (self.width() - self.sizeHint().width()) / 2 + 12
        ink = "onacc" if self._is_primary else "ink"
        if self._icon_name:
            icons.paint(painter, self._theme, x, baseline - metrics.capHeight() / 2 - 8, self._icon_name, ink)
            x += 22
        painter.setPen(self._theme.color(ink))
        painter.setFont(words)
        painter.drawText(QPointF(x, baseline), self._words)
        x += metrics.horizontalAdvance(self._words) + 6
        painter.setPen(self._theme.color("onacc" if self._is_primary else "ink3"))
        painter.setFont(keys)
        painter.drawText(QPointF(x, baseline), self._keys)
