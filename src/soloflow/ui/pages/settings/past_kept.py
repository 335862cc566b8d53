"""What stayed when an older step was taken back: a list that can be read and copied."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.ui.context import Context
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.labels import SectionHead, label

MOST_LINES = 8
"""Lines that are seen without scrolling."""


class KeptPanel(QWidget):
    """One sentence per value that was kept; hidden while there is none."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.copies = LinkButton(_("一覧を写す"), self._copy)
        self._head = SectionHead(_("残したもの"), side=self.copies)
        hint = label(_("あとから直したり使ったりしたものは、消さずに残しました。"), "second", wrap=True)
        self.words = styled(QPlainTextEdit(), variant="form")
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(_("残したもの"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(hint)
        column.addWidget(self.words)
        self.hide()

    def show_kept(self, sentences: Sequence[str]) -> None:
        """Show these sentences, or nothing where there are none."""
        self._head.set_count(len(sentences))
        self.words.setPlainText("\n".join(sentences))
        margins = self.words.contentsMargins()
        around = margins.top() + margins.bottom() + 2 * round(self.words.document().documentMargin())
        lines = min(max(len(sentences), 2), MOST_LINES)
        self.words.setFixedHeight(lines * self.words.fontMetrics().lineSpacing() + around + 12)
        self.setVisible(bool(sentences))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words.toPlainText())
        self._context.notify(_("写しました"))
