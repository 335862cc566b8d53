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

ICON_SLACK = 6
"""What Qt leaves between icon and words beyond the 8 px that look right."""


class SearchField(ImeLineEdit):
    """One line on grey ground."""

    searched = Signal(str)

    def __init__(self, theme: Theme, placeholder: str) -> None:
        super().__init__()
        styled(self, variant="search")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.addAction(icons.icon(theme, "search", "ink3"), QLineEdit.ActionPosition.LeadingPosition)
        self.setTextMargins(-ICON_SLACK, 0, 0, 0)
        self._theme = theme
        self._clear: QAction | None = None
        self.textChanged.connect(self._on_text)

    @Slot(str)
    def _on_text(self, text: str) -> None:
        if self._clear is None:
            self._clear = QAction(icons.icon(self._theme, "cross", "ink3", 12), _("消す"), self)
            self._clear.triggered.connect(self.clear)
        if text:
            self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        else:
            self.removeAction(self._clear)
        self.searched.emit(text)

    def sizeHint(self) -> QSize:
        """Qt: 240 by 32."""
        return QSize(240, 32)
