"""Where the people of a file belong: a channel, a meetup, a tag for all of them."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from soloflow.i18n import _
from soloflow.services import customers, meetups
from soloflow.ui.context import Context
from soloflow.ui.widgets.ime import ImeLineEdit
from soloflow.ui.widgets.labels import label


class TargetPanel(QWidget):
    """Three choices, all of them optional."""

    changed = Signal()

    def __init__(self, context: Context, channel: int | None, meetup: int | None, tag: str) -> None:
        super().__init__()
        ws = context.workspace
        self.channels = _choices(_("チャネル"), customers.channels(ws), channel)
        self.meetups = _choices(_("勉強会"), [(one.id, one.name) for one in meetups.recent(ws)], meetup)
        self.tag = ImeLineEdit(tag)
        self.tag.setPlaceholderText(_("展示会2026"))
        self.tag.setAccessibleName(_("タグ"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("チャネル"), self.channels), (_("勉強会"), self.meetups), (_("タグ"), self.tag),
        )  # fmt: skip
        for number, (text, field) in enumerate(rows):
            grid.addWidget(label(text, "label"), number, 0)
            grid.addWidget(field, number, 1)
        self.setMinimumWidth(320)
        self.setFocusProxy(self.channels)
        self.channels.currentIndexChanged.connect(self._on_changed)
        self.meetups.currentIndexChanged.connect(self._on_changed)
        self.tag.textChanged.connect(self._on_changed)

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()


def _choices(name: str, found: list[tuple[int, str]], value: int | None) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.addItem(_("指定しない"), None)
    for key, text in found:
        made.addItem(_(text), key)
    made.setCurrentIndex(max(0, made.findData(value)))
    return made
