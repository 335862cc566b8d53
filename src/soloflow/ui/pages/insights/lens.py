"""見方: one of four lenses, as segments, or as a list where there is little room."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from soloflow.domain.stages import LENSES
from soloflow.i18n import _
from soloflow.services.lens_words import lens_name, lens_sentence
from soloflow.ui.theme import Theme
from soloflow.ui.widgets.segments import Segment, Segments

KEYS = ("", *LENSES)


class LensChoice(QWidget):
    """Signal `chosen(key)`; "" for the nine stages."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        name = _("見方：同じ記録を、どのまとまりで見るか")
        self.segments = Segments(
            theme, [Segment(key, lens_name(key), tip=lens_sentence(key)) for key in KEYS], name=name
        )
        self.list = QComboBox()
        self.list.setFixedHeight(28)
        self.list.setAccessibleName(name)
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for row, key in enumerate(KEYS):
            self.list.addItem(lens_name(key), key)
            self.list.setItemData(row, lens_sentence(key), Qt.ItemDataRole.ToolTipRole)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.segments)
        line.addWidget(self.list)
        self.segments.chosen.connect(self._choose)
        self.list.activated.connect(self._on_row)
        self.set_narrow(is_narrow=False)
        self.choose("")

    @property
    def key(self) -> str:
        """The lens; "" for the nine stages."""
        return str(self.list.currentData())

    def choose(self, key: str) -> None:
        """Set the choice without telling anybody."""
        self.segments.choose(key)
        self.list.setCurrentIndex(KEYS.index(key))
        self.list.setToolTip(self.list.accessibleName() + "\n" + lens_sentence(key))

    def set_narrow(self, *, is_narrow: bool) -> None:
        """A list instead of segments."""
        self.segments.setVisible(not is_narrow)
        self.list.setVisible(is_narrow)

    @Slot(int)
    def _on_row(self, row: int) -> None:
        self._choose(KEYS[row])

    @Slot(str)
    def _choose(self, key: str) -> None:
        self.choose(key)
        self.chosen.emit(key)
