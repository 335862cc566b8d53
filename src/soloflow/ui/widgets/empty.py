"""What an empty page says: what it is for, one button to begin, a link to sample data.

The sentence is broken by hand, with a line feed after about 34 characters.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from soloflow.ui import icons
from soloflow.ui.theme import Theme, styled
from soloflow.ui.widgets.buttons import LinkButton, button
from soloflow.ui.widgets.labels import label


class EmptyState(QWidget):
    """Icon, title, one or two sentences, one button, one link; in the middle of its space."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        sentence: str,
        action: tuple[str, Callable[[], object]] | None = None,
        link: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        super().__init__()
        styled(self, variant="page")
        mark = QLabel()
        mark.setPixmap(icons.pixmap(theme, icon, "ink3", 40, self.devicePixelRatioF()))
        words = label(sentence, "second")
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(2)
        column.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(16)
        column.addWidget(label(title, "title"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(24)
        if action is not None:
            column.addWidget(button(action[0], action[1], variant="primary"), 0, Qt.AlignmentFlag.AlignHCenter)
        if link is not None:
            column.addSpacing(8)
            column.addWidget(LinkButton(link[0], link[1]), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
