"""Where the people of a file belong: a channel, a meetup (chosen, or made here), tags for all of them."""

import re
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QWidget

from soloflow.i18n import _, side_by_side
from soloflow.services import customers, meetups, when, wording
from soloflow.services.changes import Changes
from soloflow.ui.context import Context
from soloflow.ui.widgets.buttons import LinkButton, button
from soloflow.ui.widgets.date_field import DateField
from soloflow.ui.widgets.ime import ImeLineEdit
from soloflow.ui.widgets.labels import label


@dataclass(frozen=True, slots=True)
class Target:
    """What everybody of the file is given."""

    channel: int | None = None
    meetup: int | None = None
    tags: tuple[str, ...] = ()
    words: str = ""
    """How it is called on the button."""


def tags_of(text: str) -> tuple[str, ...]:
    """The tags of a line: apart by commas or spaces, with or without #."""
    found = (word.strip().lstrip("#＃") for word in re.split(r"[\s,、，]+", text))
    return tuple(dict.fromkeys(word for word in found if word))


class TargetPanel(QWidget):
    """Three choices, all of them optional."""

    changed = Signal(object)
    """A Target."""

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__()
        self._context = context
        ws = context.workspace
        self.channels = _choices(_("チャネル"), customers.channels(ws), target.channel)
        self.meetups = _choices(_("勉強会"), [(one.id, one.name) for one in meetups.recent(ws)], target.meetup)
        self.tag = ImeLineEdit(" ".join(target.tags))
        self.tag.setPlaceholderText(_("展示会2026、名刺"))
        self.tag.setAccessibleName(_("タグ"))
        self.new_meetup = LinkButton(_("新しくつくる"), self._show_new)
        self._new = self._build_new()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.addWidget(label(_("全員に同じものを付けます"), "label"), 0, 0, 1, 3)
        for number, (text, field) in enumerate(((_("チャネル"), self.channels), (_("勉強会"), self.meetups)), 1):
            grid.addWidget(label(text, "label"), number, 0)
            grid.addWidget(field, number, 1)
        grid.addWidget(self.new_meetup, 2, 2)
        grid.addWidget(self._new, 3, 1, 1, 2)
        grid.addWidget(label(_("タグ"), "label"), 4, 0)
        grid.addWidget(self.tag, 4, 1, 1, 2)
        self.setMinimumWidth(400)
        self.setFocusProxy(self.channels)
        self.channels.currentIndexChanged.connect(self._on_changed)
        self.meetups.currentIndexChanged.connect(self._on_changed)
        self.tag.textChanged.connect(self._on_changed)

    def _build_new(self) -> QWidget:
        ws = self._context.workspace
        made = QWidget()
        self.name = ImeLineEdit()
        self.name.setPlaceholderText(_("勉強会の名前"))
        self.name.setAccessibleName(_("勉強会の名前"))
        self.name.submitted.connect(self._create)
        self.day = DateField(partial(when.read_day, ws), partial(wording.day, ws), ws.today())
        self.make = button(_("つくる"), self._create, small=True)
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.name, 1)
        line.addWidget(self.day)
        line.addWidget(self.make)
        made.hide()
        return made

    @Slot()
    def _show_new(self) -> None:
        self._new.show()
        self.new_meetup.hide()
        if (around := self.parentWidget()) is not None:
            around.adjustSize()
        self.name.setFocus()

    @Slot()
    def _create(self) -> None:
        name = self.name.text().strip()
        day = self.day.day
        if not name or day is None:
            self.name.setFocus()
            return
        self._context.run(partial(meetups.create, self._context.workspace, name, day), self._on_created)

    def _on_created(self, changes: Changes) -> None:
        self.meetups.addItem(self.name.text().strip(), changes.created[0])
        self.meetups.setCurrentIndex(self.meetups.count() - 1)
        self._new.hide()
        self.new_meetup.show()
        self.meetups.setFocus()

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit(self.target())

    def target(self) -> Target:
        """What is chosen."""
        boxes = (self.channels, self.meetups)
        tags = tags_of(self.tag.text())
        words = [box.currentText() for box in boxes if box.currentData() is not None]
        channel, meetup = (box.currentData() for box in boxes)
        return Target(channel, meetup, tags, side_by_side((*words, *(f"#{tag}" for tag in tags))))


def _choices(name: str, found: list[tuple[int, str]], value: int | None) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.addItem(_("指定しない"), None)
    for key, text in found:
        made.addItem(_(text), key)
    made.setCurrentIndex(max(0, made.findData(value)))
    return made
