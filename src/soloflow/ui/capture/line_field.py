"""The one input of the capture window."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent

from soloflow.i18n import _
from soloflow.ui.capture.pictures import picture_in
from soloflow.ui.theme import Theme, styled
from soloflow.ui.widgets.ime import ImeLineEdit
from soloflow.ui.widgets.labels import label

END = 16
ANSWER_KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)
LONGEST = 100_000
"""Characters that fit; a text of more is a file, and is brought in as one."""


class LineField(ImeLineEdit):
    """44 high, 15 px, 「Enter で追加」 at its end; ↑ and ↓ walk through the lines of the evening."""

    recalled = Signal(int)
    """-1 for the line before, 1 for the one after."""
    answered = Signal(int)
    """Alt+1 to 4 pressed before the buttons that say so are there; counted from 0."""
    pictured = Signal(object)
    """A picture was pasted: its bytes, or the path of its file."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        styled(self, variant="capture")
        self.setFixedHeight(theme.size("capture"))
        self.setMaxLength(LONGEST)
        self.setAccessibleName(_("1人1行：名前 会社 話したこと → 次の一手"))
        self._hint = label(_("Enter で追加"), "label")
        self._hint.setParent(self)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.composing_changed.connect(self._on_composing)
        self._fit()

    def set_hint(self, text: str) -> None:
        """Say what Enter does now."""
        if text != self._hint.text():
            self._hint.setText(text)
            self._fit()

    def _on_composing(self, composing: bool) -> None:
        self._hint.setVisible(not composing)

    def _fit(self) -> None:
        self._hint.adjustSize()
        self._hint.move(self.width() - self._hint.width() - END, (self.height() - self._hint.height()) // 2)
        self.setTextMargins(0, 0, self._hint.width() + END, 0)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: the file of a picture may be dropped here."""
        if isinstance(picture_in(event.mimeData()), Path):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: not its name, its codes."""
        picture = picture_in(event.mimeData())
        if isinstance(picture, Path):
            self.pictured.emit(picture)
            event.acceptProposedAction()
        else:
            super().dropEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the hint stays at the end."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: ↑ and ↓ are ours, unless they choose among the input method's words."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and not self.is_composing:
            self.recalled.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
            event.accept()
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in ANSWER_KEYS:
            if not self.is_composing:
                self.answered.emit(ANSWER_KEYS.index(event.key()))
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Paste) and (
            picture := picture_in(QGuiApplication.clipboard().mimeData())
        ):
            self.pictured.emit(picture)
            event.accept()
        else:
            super().keyPressEvent(event)
