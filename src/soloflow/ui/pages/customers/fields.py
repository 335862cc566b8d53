"""Words that can be changed where they stand: plain until the pointer or the keyboard is on them, saved on Enter and on leaving.

``InlineField(name, hint)``; ``show_value(owner, text)`` shows a value of the record `owner` (what is being typed there is not
taken away); signal `saved(text)` when the words are others. Esc brings the old words back, and with nothing changed goes on
to the page.
"""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionFrame, QWidget

from soloflow.ui.theme import styled
from soloflow.ui.widgets.ime import ImeLineEdit

PADDING = 16
"""Edge, padding and text margin of both sides together."""


class InlineField(ImeLineEdit):
    """A line of text in place; its text edge is 8 pixels inside."""

    saved = Signal(str)

    def __init__(self, name: str, hint: str = "", *, role: str | None = None, fits: bool = False) -> None:
        super().__init__()
        self._owner: object = None
        self._kept = ""
        self._before = ""
        self._handed_in: str | None = None
        """What was saved and has not come back yet; the record says `_before` as long."""
        self._fits = fits
        styled(self, variant="inline", role=role)
        self.setTextMargins(1, 0, 1, 0)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.submitted.connect(self._on_enter)
        if fits:
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self.textChanged.connect(self._on_text)

    @property
    def kept(self) -> str:
        """The words as last shown or saved."""
        return self._kept

    def show_value(self, owner: object, text: str) -> None:
        """Show a record's words; words being typed for the same record stay."""
        is_same = owner == self._owner
        if is_same and self._handed_in is not None and text == self._before:
            return  # not written yet, or it could not be: what was typed stays
        self._handed_in = None
        is_typing = self.hasFocus() and self.text() != self._kept
        self._owner = owner
        if is_same and (is_typing or text == self._kept == self.text()):
            return
        self._kept = text
        self.setText(text)
        if not self.hasFocus():
            self.setCursorPosition(0)
        self._show_tip()

    def commit(self) -> None:
        """Save what was typed, if it is something else."""
        text = self.text().strip()
        if text != self._kept.strip():
            self._before, self._handed_in = self._kept, text
            self._kept = text
            self.saved.emit(text)
        self._show_tip()

    @Slot(str)
    def _on_enter(self, _text: str) -> None:
        if self._handed_in is not None and self.text().strip() == self._handed_in:
            self.saved.emit(self._handed_in)  # once more: the first time it was refused
        self.commit()

    @Slot(str)
    def _on_text(self, _text: str) -> None:
        self.updateGeometry()

    def _show_tip(self) -> None:
        self.setToolTip(self.text() if self._is_too_long() else "")

    def _is_too_long(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.width() - PADDING

    def sizeHint(self) -> QSize:
        """Qt: as wide as the words where it `fits`."""
        hint = super().sizeHint()
        if not self._fits:
            return hint
        words = self.text() or self.placeholderText()
        return QSize(self.fontMetrics().horizontalAdvance(words) + PADDING + 4, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Qt: may shrink to a few characters."""
        return QSize(64, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc takes back what was typed, or leaves."""
        if event.key() == Qt.Key.Key_Escape and not self.is_composing:
            if self.text() != self._kept:
                self.setText(self._kept)
                event.accept()
            else:
                event.ignore()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: leaving saves."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()
            self.setCursorPosition(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the tooltip is there only when something is hidden."""
        super().resizeEvent(event)
        self._show_tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: words that do not fit end in … while nobody edits them."""
        if self.hasFocus() or not self.text() or not self._is_too_long():
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        place = self.rect().adjusted(PADDING // 2, 0, -PADDING // 2, 0)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, place.width())
        painter.setPen(self.palette().text().color())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)


def drop(widget: QWidget | None) -> None:
    """Take a widget out of sight at once and delete it when that is safe."""
    if widget is not None:
        widget.hide()
        widget.deleteLater()
