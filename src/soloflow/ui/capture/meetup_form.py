"""The form of a meetup, for a new one and for one that is mended; what cannot be read is said at the field."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from soloflow.i18n import _, pgettext
from soloflow.services import meetup_words, meetups, vocabulary
from soloflow.services.meetups import Meetup
from soloflow.services.workspace import Workspace
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.date_field import DateField
from soloflow.ui.widgets.ime import ImeLineEdit
from soloflow.ui.widgets.labels import label

WIDTH = 384


class MeetupForm(QWidget):
    """Eight fields and the channel; Enter in any of them, or the button, hands over the columns by `filled`."""

    filled = Signal(object)
    """The columns of the meetup, as `meetup_words.understood` says them."""

    def __init__(self, ws: Workspace, one: Meetup | None) -> None:
        super().__init__()
        self._ws = ws
        texts = meetup_words.typed(ws, one) if one else {}
        self.name = _line(_("名前"), _("第15回 町工場×ソフト夜話"))
        day = one.held_on if one else ws.today()
        self.day = DateField(partial(meetup_words.read_day, ws), partial(meetup_words.day_shown, ws), day)
        self.day.field.setPlaceholderText(_("11/21、昨日 など"))
        self.starts = _line(_("始まり"), "18:30", 72)
        self.ends = _line(_("終わり"), "21:00", 72)
        self.place = _line(_("場所"), _("蒲田"))
        self.link = _line(_("リンク"), "https://example.connpass.com/event/…")
        self.fee = _line(_("参加費"), "1,000", 72)
        self.hours = _line(_("かけた時間"), "4.5", 72)
        self.channel = _channels(ws, one.channel_id if one else meetups.usual_channel(ws))
        self._lines = {
            "name": self.name, "day": self.day.field, "starts": self.starts, "ends": self.ends, "place": self.place,
            "link": self.link, "fee": self.fee, "hours": self.hours,
        }  # fmt: skip
        for field, made in self._lines.items():
            if field != "day":
                made.setText(texts.get(field, ""))
                made.setCursorPosition(0)
            made.submitted.connect(self._hand_over)
            made.editingFinished.connect(self._on_left)
        self._fault = label("", "warnt")
        self._fault.setFixedHeight(20)  # kept free, so that nothing moves when something is said
        self.done = button(_("保存") if one else _("この勉強会で始める"), self._hand_over, variant="primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._grid())
        column.addWidget(self._fault)
        column.addWidget(self.done, 0, Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(WIDTH)
        self.setFocusProxy(self.name)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        unit = pgettext("unit", "時間")
        cost = (self.fee, label(_("円"), "label"), label(_("かけた時間"), "label"), self.hours, label(unit, "label"))
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("名前"), self.name), (_("日付"), self.day), (_("時間"), _together((self.starts, label("–", "label"), self.ends))),
            (_("場所"), self.place), (_("リンク"), self.link), (_("参加費"), _together(cost, gap_before=2)), (_("チャネル"), self.channel),
        )  # fmt: skip
        for number, (text, field) in enumerate(rows):
            grid.addWidget(label(text, "label"), number, 0)
            grid.addWidget(field, number, 1)
        return grid

    @property
    def fault(self) -> str:
        """The sentence about what cannot be read; "" where all can."""
        return self._fault.text()

    @Slot()
    def _on_left(self) -> None:
        """A field was left: what is wrong in it is said now; a name may still come."""
        self._understood(needs_name=False)

    def _understood(self, *, needs_name: bool) -> dict[str, object] | None:
        found = meetup_words.understood(self._ws, {field: made.text() for field, made in self._lines.items()})
        faults = {field: words for field, words in found.faults.items() if needs_name or field != "name"}
        for field, made in self._lines.items():
            styled(made, problem=field in faults)
            made.setAccessibleDescription(faults.get(field, ""))
        self._fault.setText(next(iter(faults.values()), ""))
        if faults and needs_name:
            self._lines[next(iter(faults))].setFocus(Qt.FocusReason.OtherFocusReason)
        return None if faults else {**found.values, "channel_id": self.channel.currentData()}

    @Slot()
    def _hand_over(self) -> None:
        values = self._understood(needs_name=True)
        if values is not None and self.done.isEnabled():
            self.done.setEnabled(False)  # a second Enter makes no second meetup
            self.filled.emit(values)


def _line(name: str, example: str, width: int = 0) -> ImeLineEdit:
    made = ImeLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(example)
    if width:
        made.setFixedWidth(width)
    return made


def _channels(ws: Workspace, now: int | None) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(_("チャネル"))
    for word in vocabulary.words(ws, "channels"):
        if not word.hidden or word.id == now:
            made.addItem(word.name, word.id)
    made.setCurrentIndex(max(0, made.findData(now)))
    return made


def _together(parts: Sequence[QWidget], gap_before: int = -1) -> QWidget:
    """Side by side, with room before the part of that number."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for number, part in enumerate(parts):
        if number == gap_before:
            row.addSpacing(10)
        row.addWidget(part)
    row.addStretch(1)
    return made
