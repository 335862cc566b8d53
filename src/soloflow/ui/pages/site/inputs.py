"""The controls inside a form field. Each has `edited`, `entered` and `left` signals, `value`, `show_value` and `is_busy`."""

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QHBoxLayout, QPlainTextEdit, QWidget

from soloflow.i18n import _
from soloflow.ui.pages.site.description import Field
from soloflow.ui.theme import Theme, styled
from soloflow.ui.widgets.ime import ImeLineEdit

MAX_ROWS = 16
ACCENTS = ("#0b5e68", "#1d4e89", "#3f4c8c", "#6b3f7c", "#8c3b4a", "#8a4b1f", "#5b6117", "#2c6141")
"""Accents to choose from; each keeps 4.5:1 on white."""


class Input(Protocol):
    """What a form field needs of its control."""

    edited: Any
    entered: Any
    left: Any
    is_busy: bool
    """An input method has unconfirmed text here: not the moment to change anything."""

    def value(self) -> Any:
        """What is written or chosen, as the document has it."""

    def show_value(self, value: Any) -> None:
        """Show another value without telling anybody; the cursor stays."""


class LineInput(ImeLineEdit):
    """One line."""

    edited = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, described: Field) -> None:
        super().__init__()
        styled(self, variant="form")
        self.setPlaceholderText(_(described.example) if described.example else "")
        self.textEdited.connect(self._on_edited)

    @property
    def is_busy(self) -> bool:
        """Whether the input method is at work."""
        return self.is_composing

    def value(self) -> Any:
        """The text."""
        return self.text()

    def show_value(self, value: Any) -> None:
        """Another text."""
        place = self.cursorPosition()
        self.setText(str(value).replace("\n", " "))
        self.setCursorPosition(min(place, len(self.text())))

    def add_text(self, text: str) -> None:
        """Write at the cursor, as if typed."""
        self.insert(text.replace("\n", " "))
        self.edited.emit()

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt: confirmed text is an edit, too."""
        before = self.text()
        super().inputMethodEvent(event)
        if self.text() != before:
            self.edited.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: the keyboard is here."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: the keyboard went elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()


class NumbersInput(LineInput):
    """Numbers with spaces between them; what is no number stays text, so that nothing typed is lost."""

    def value(self) -> Any:
        """The numbers, or the text when it cannot be read."""
        try:
            return [float(part) for part in self.text().replace(",", " ").replace("、", " ").split()]
        except ValueError:
            return self.text()

    def show_value(self, value: Any) -> None:
        """Other numbers."""
        super().show_value(" ".join(f"{number:g}" for number in value) if isinstance(value, list) else value)


class TextInput(QPlainTextEdit):
    """Several lines, as high as its text between `rows` and MAX_ROWS. Tab goes on to the next field."""

    edited = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, theme: Theme, described: Field) -> None:
        super().__init__()
        self._rows = described.rows
        self._preedit = ""
        self._is_showing = False
        self._known = ""
        self.setTabChangesFocus(True)
        self.setFont(theme.font("form"))
        self.setPlaceholderText(_(described.example) if described.example else "")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(6)
        self._line = QFontMetricsF(theme.font("form")).lineSpacing()
        self.textChanged.connect(self._on_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    @property
    def is_busy(self) -> bool:
        """Whether the input method is at work."""
        return bool(self._preedit)

    def value(self) -> Any:
        """The text."""
        return self.toPlainText()

    def show_value(self, value: Any) -> None:
        """Another text; the cursor stays where it was."""
        place = self.textCursor().position()
        self._is_showing = True
        self.setPlainText(str(value))
        self._is_showing = False
        cursor = self.textCursor()
        cursor.setPosition(min(place, len(self.toPlainText())))
        self.setTextCursor(cursor)

    def add_text(self, text: str) -> None:
        """Write at the cursor, as if typed."""
        self.textCursor().insertText(text)
        self.moveCursor(QTextCursor.MoveOperation.NoMove)

    @Slot()
    def _on_changed(self) -> None:
        text = self.toPlainText()
        changed, self._known = text != self._known, text
        if changed and not self._is_showing:  # Qt also says so while the input method only composes
            self.edited.emit()

    @Slot()
    def _fit(self) -> None:
        lines, block = 0, self.document().begin()
        while block.isValid():
            lines += max(1, block.layout().lineCount())
            block = block.next()
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > MAX_ROWS else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if policy != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)
        lines = max(self._rows, min(MAX_ROWS, lines))
        self.setFixedHeight(round(lines * self._line) + 32)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt: remember whether something is being composed."""
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        """Qt: undo and redo with nothing typed to take back belong to the whole program."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and not self._preedit:
            history = self.document()
            undo = event.matches(QKeySequence.StandardKey.Undo) and not history.isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not history.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return False
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: the keyboard is here."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: the keyboard went elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: a field whose text fits lets the page scroll."""
        if self.verticalScrollBar().maximum() > 0 and self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class LinesInput(TextInput):
    """One entry per line."""

    def value(self) -> Any:
        """The lines that say something."""
        return [line.strip() for line in self.toPlainText().split("\n") if line.strip()]

    def show_value(self, value: Any) -> None:
        """Other lines."""
        super().show_value("\n".join(value))


class ChoiceInput(QComboBox):
    """One of a few; the wheel scrolls the page, not the choice."""

    edited = Signal()
    entered = Signal()
    left = Signal()
    is_busy = False

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(240)
        self.set_choices(choices)
        self.activated.connect(self._on_activated)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these (value, words); the value stays."""
        if [(self.itemData(row), self.itemText(row)) for row in range(self.count())] == list(choices):
            return
        kept = self.currentData()
        self.clear()
        for value, words in choices:
            self.addItem(words, value)
        if kept is not None:
            self.show_value(kept)

    def value(self) -> Any:
        """The key of the choice."""
        return self.currentData() or ""

    def show_value(self, value: Any) -> None:
        """Another choice; one that is offered no longer is shown as it is written."""
        row = self.findData(value)
        if row < 0:
            self.addItem(str(value), value)
            row = self.count() - 1
        self.setCurrentIndex(row)

    @Slot()
    def _on_activated(self) -> None:
        self.edited.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: never by accident."""
        event.ignore()


class TickInput(QCheckBox):
    """Yes or no."""

    edited = Signal()
    entered = Signal()
    left = Signal()
    is_busy = False

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.clicked.connect(self._on_clicked)

    def value(self) -> Any:
        """Whether it is ticked."""
        return self.isChecked()

    def show_value(self, value: Any) -> None:
        """Tick or not."""
        self.setChecked(bool(value))

    @Slot()
    def _on_clicked(self) -> None:
        self.edited.emit()


class _Swatch(QAbstractButton):
    """One colour to choose."""

    def __init__(self, theme: Theme, colour: str) -> None:
        super().__init__()
        self._theme = theme
        self.colour = colour
        self.setCheckable(True)
        self.setAccessibleName(_("色 {colour}").format(colour=colour) if colour else _("テーマの色"))
        self.setToolTip(self.accessibleName())
        self.setFixedSize(28, 28)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """Qt: a little square."""
        return QSize(28, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: the colour, and a ring round the chosen one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.color("line2"))
        painter.setBrush(QColor(self.colour) if self.colour else self._theme.color("bg"))
        painter.drawRoundedRect(QRectF(4.5, 4.5, 19, 19), 4, 4)
        if not self.colour:
            painter.drawLine(8, 20, 20, 8)
        if self.isChecked() or self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._theme.color("acc" if self.hasFocus() else "ink"))
            painter.drawRoundedRect(QRectF(1.5, 1.5, 25, 25), 6, 6)


class ColourInput(QWidget):
    """A colour as #rrggbb, or the theme's own."""

    edited = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, theme: Theme, described: Field) -> None:
        super().__init__()
        self.line = LineInput(described)
        self.line.setFixedWidth(120)
        self.line.setAccessibleName(_("色の番号"))
        self._swatches = [_Swatch(theme, colour) for colour in ("", *ACCENTS)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line)
        row.addSpacing(8)
        for swatch in self._swatches:
            row.addWidget(swatch)
            swatch.clicked.connect(self._on_swatch)
        row.addStretch(1)
        self.line.edited.connect(self._on_line)
        self.line.left.connect(self.left)
        self.setFocusProxy(self.line)

    @property
    def is_busy(self) -> bool:
        """Whether the input method is at work."""
        return self.line.is_busy

    def value(self) -> Any:
        """The colour, or ""."""
        return self.line.text().strip()

    def show_value(self, value: Any) -> None:
        """Another colour."""
        self.line.show_value(value)
        self._ring()

    def _ring(self) -> None:
        for swatch in self._swatches:
            swatch.setChecked(swatch.colour == self.value().lower())

    @Slot()
    def _on_line(self) -> None:
        self._ring()
        self.edited.emit()

    @Slot()
    def _on_swatch(self) -> None:
        chosen = self.sender()
        assert isinstance(chosen, _Swatch)
        self.line.setText(chosen.colour)
        self._on_line()
