"""What was understood of the line, as chips of two lines; each can be corrected by pointer or keyboard.

``ChipRow(theme)``: `show_chips` while typing (widgets are used again, so that a key costs a few milliseconds at most).
Signals: `corrected(key, value)` with value "" for taken away, `toggled(key)` for chips that switch, `left()` when the
keyboard wants to go back to the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from soloflow.i18n import _
from soloflow.ui.theme import Theme
from soloflow.ui.widgets.ime import ImeLineEdit

HEIGHT = 43
GAP = 6
PAD = 10
WIDEST = 320


@dataclass(frozen=True, slots=True)
class ChipFace:
    """One chip: `key` comes back in the signals, `value` is what is edited, `shown` what is read."""

    key: object
    label: str
    value: str
    shown: str
    is_step: bool = False
    switches: bool = False
    """Enter and a click toggle it instead of opening the editor."""


class ChipButton(QPushButton):
    """Label above, value below."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fonts = theme.font("label"), theme.font("body"), theme.font("body", bold=True)
        self._metrics = tuple(QFontMetrics(font) for font in self._fonts)
        self.face = ChipFace("", "", "", "")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_face(self, face: ChipFace) -> None:
        """Be this chip."""
        if face != self.face:
            self.face = face
            self.setAccessibleName(f"{face.label} {face.shown}")
            keys = _("Enter で切り替え") if face.switches else _("Enter で直す・Delete で外す")
            self.setToolTip(f"{face.shown}\n{keys}")
            self.update()

    def wanted_width(self) -> int:
        """As wide as its words, within reason."""
        label, value, step = self._metrics
        words = (step if self.face.is_step else value).horizontalAdvance(self.face.shown)
        return min(WIDEST, max(words, label.horizontalAdvance(self.face.label)) + 2 * PAD)

    def sizeHint(self) -> QSize:
        """Qt: width of the words, two lines high."""
        return QSize(self.wanted_width(), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: ground, label, value."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, face = self._theme, self.face
        radius = theme.size("radius_small")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("sel" if face.is_step else "bg3"))
        painter.drawRoundedRect(self.rect(), radius, radius)
        edge = "acc" if self.hasFocus() else "ctl" if self.underMouse() else ""
        if edge:
            width = 2 if self.hasFocus() else 1
            painter.setPen(QPen(theme.color(edge), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inset = width / 2
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)
        metrics = self._metrics[2 if face.is_step else 1]
        painter.setFont(self._fonts[0])
        painter.setPen(theme.color("acc" if face.is_step else "ink2"))
        painter.drawText(QPointF(PAD, 16), face.label)
        painter.setFont(self._fonts[2 if face.is_step else 1])
        painter.setPen(theme.color("acc" if face.is_step else "ink"))
        room = self.width() - 2 * PAD
        text = face.shown
        if metrics.horizontalAdvance(text) > room:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(PAD, 34), text)


class _Editor(ImeLineEdit):
    """The field that stands in a chip's place."""

    gone = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: the keyboard went elsewhere."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.gone.emit()


class ChipRow(QWidget):
    """The chips in a row, or several where there are many."""

    corrected = Signal(object, str)
    toggled = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pool: list[ChipButton] = []
        self._faces: tuple[ChipFace, ...] = ()
        self._editing: ChipFace | None = None
        self.first_after: QWidget | None = None
        """The widget after which Tab reaches the first chip."""
        self._editor = _Editor(parent=self)
        self._editor.hide()
        self._editor.submitted.connect(self._on_submitted)
        self._editor.escaped.connect(self._on_escaped)
        self._editor.gone.connect(self._keep)
        self.setAccessibleName(_("読み取った内容"))
        self.setFixedHeight(HEIGHT)

    @property
    def faces(self) -> tuple[ChipFace, ...]:
        """What is shown."""
        return self._faces

    @property
    def is_editing(self) -> bool:
        """Whether a chip is open."""
        return self._editing is not None

    def button(self, number: int) -> ChipButton:
        """One of the chips that are shown."""
        return self._pool[number]

    def show_chips(self, faces: Sequence[ChipFace]) -> None:
        """Show these chips."""
        if tuple(faces) == self._faces:
            return
        self._faces = tuple(faces)
        while len(self._pool) < len(faces):
            made = ChipButton(self._theme, self)
            made.clicked.connect(self._on_clicked)
            before = self._pool[-1] if self._pool else self.first_after
            if before is not None:
                QWidget.setTabOrder(before, made)
            self._pool.append(made)
        for number, made in enumerate(self._pool):
            if number < len(faces):
                made.show_face(faces[number])
            made.setVisible(number < len(faces))
        self._place()

    def _place(self) -> None:
        x, y = 0, 0
        for made in self._pool[: len(self._faces)]:
            width = made.wanted_width()
            if x and x + width > self.width():
                x, y = 0, y + HEIGHT + GAP
            made.setGeometry(x, y, min(width, self.width()), HEIGHT)
            x += width + GAP
        self.setFixedHeight(y + HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: other lines."""
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows walk, Enter opens, Delete takes away, Esc goes back to the line."""
        here = next((made for made in self._pool[: len(self._faces)] if made.hasFocus()), None)
        if here is None:
            super().keyPressEvent(event)
            return
        key, number = event.key(), self._pool.index(here)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self.open(number)
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._take_away(here.face)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            step = 1 if key == Qt.Key.Key_Right else -1
            self._pool[(number + step) % len(self._faces)].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in {Qt.Key.Key_Escape, Qt.Key.Key_Up}:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _take_away(self, face: ChipFace) -> None:
        if face.switches:
            self.toggled.emit(face.key)
        else:
            self.corrected.emit(face.key, "")
            self.left.emit()

    def open(self, number: int) -> None:
        """Correct one chip in its place, or switch it."""
        face, place = self._faces[number], self._pool[number].geometry()
        if face.switches:
            self.toggled.emit(face.key)
            return
        self._editing = face
        width = min(max(place.width() + 60, 180), self.width())
        left = min(place.left(), self.width() - width)
        self._editor.setGeometry(QRect(left, place.top() + (HEIGHT - 32) // 2, width, 32))
        self._editor.setAccessibleName(face.label)
        self._editor.setText(face.value)
        self._editor.selectAll()
        self._editor.show()
        self._editor.raise_()
        self._editor.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def editor(self) -> ImeLineEdit:
        """The field in which a chip is corrected."""
        return self._editor

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, ChipButton):
            self.open(self._pool.index(sender))

    @Slot()
    def _keep(self) -> None:
        """Leaving the field keeps what was written in it."""
        face, self._editing = self._editing, None
        self._editor.hide()
        if face is not None and self._editor.text().strip() != face.value:
            self.corrected.emit(face.key, self._editor.text().strip())

    @Slot()
    def _on_submitted(self) -> None:
        self._keep()
        self.left.emit()

    @Slot()
    def _on_escaped(self) -> None:
        self._editing = None
        self._editor.hide()
        self.left.emit()
