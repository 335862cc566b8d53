"""The strip above the page that says in which state the program is: sample data loaded, a missing font, a failed backup."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from soloflow.ui import icons
from soloflow.ui.theme import Theme, styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import ElidedLabel


@dataclass(frozen=True, slots=True)
class Band:
    """One sentence and at most one button."""

    text: str
    icon: str = "info"
    action: str = ""
    act: Callable[[], object] | None = None


class BandBar(QFrame):
    """40 high, on sel."""

    def __init__(self, theme: Theme, band: Band) -> None:
        super().__init__()
        styled(self, variant="band")
        self.setFixedHeight(40)
        mark = QLabel()
        mark.setPixmap(icons.pixmap(theme, band.icon, "acc", 16, self.devicePixelRatioF()))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(mark)
        row.addWidget(ElidedLabel(band.text), 1)
        if band.action:
            row.addWidget(button(band.action, band.act, small=True))
