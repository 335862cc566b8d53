"""A search field with its icon and a cross that empties it; answers as one types, also while composing is under way.

Signals: `searched(text)` after every change (composed text only when confirmed), `submitted`, `escaped` from ImeLineEdit.
"""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from soloflow.i18n import _
from soloflow.ui import icons
from soloflow.ui.theme import Theme, styled
from soloflow.ui.widgets.ime import ImeLineEdit


class SearchField(ImeLineEdit):
    """One line on grey ground."""

    searched = Signal(str)

    def __init__(self, theme: Theme, placeholder: str) -> None:
        super().__init__()
        styled(self, variant="search")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.addAction(icons.icon(theme, "search", "ink3"), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(icons.icon(theme, "cross", "ink3", 12), _("消す"), self)
        self._clear.triggered.connect(self.clear)
        self.textChanged.connect(self._on_text)

    @Slot(str)
    def _on_text(self, text: str) -> None:
        if text:
            self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        else:
            self.removeAction(self._clear)
        self.searched.emit(text)

    def sizeHint(self) -> QSize:
        """Qt: 240 by 32."""
        return QSize(240, 32)
