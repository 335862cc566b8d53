"""The meetup of the evening: chosen once, it stays; another one is chosen or made in place."""

from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from soloflow.domain.money import parse_yen, yen
from soloflow.i18n import _, pgettext, side_by_side
from soloflow.services import meetups, when, wording
from soloflow.services.changes import Changes
from soloflow.services.meetups import Meetup
from soloflow.services.workspace import Workspace
from soloflow.ui import icons
from soloflow.ui.context import Context
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.date_field import DateField
from soloflow.ui.widgets.ime import ImeLineEdit
from soloflow.ui.widgets.labels import ElidedLabel, label, rule
from soloflow.ui.widgets.popover import Popover

OFFERED = 5
"""Recent meetups that are offered before making another one."""


def described(ws: Workspace, one: Meetup) -> str:
    """「11/21(土) 18:30–21:00・蒲田・参加費 ¥1,000・かけた時間 4時間」."""
    hours = "–".join(part for part in (one.starts, one.ends) if part)
    day = wording.day(ws, one.held_on) if one.held_on else ""
    spent = _("かけた時間 {hours}時間").format(hours=f"{one.minutes / 60:g}") if one.minutes else ""
    fee = _("参加費 {fee}").format(fee=yen(one.fee_yen)) if one.fee_yen is not None else ""
    return side_by_side((" ".join(part for part in (day, hours) if part), one.place, fee, spent))


class MeetupBar(QFrame):
    """60 high: the meetup, or that there is none, and the button to change it."""

    chosen = Signal(object)
    """The id of a meetup, or None for 勉強会なし."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._meetup: Meetup | None = None
        self._panel: Popover | None = None
        self.chooser: MeetupChooser | None = None
        mark = QLabel()
        mark.setPixmap(icons.pixmap(context.theme, "customers", "acc", 20, self.devicePixelRatioF()))
        self._name = ElidedLabel("", "head")
        self._facts = ElidedLabel("", "label")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._facts)
        words.addStretch(1)
        self.change = button(_("勉強会を変える"), self.open_chooser)
        self.change.setToolTip(_("勉強会を選ぶ、つくる  Ctrl+M"))
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(12)
        row.addWidget(mark)
        row.addLayout(words, 1)
        row.addWidget(self.change)
        self.setFixedHeight(60)

    def show_meetup(self, one: Meetup | None) -> None:
        """Show the meetup of the evening."""
        self._meetup = one
        self._name.setText(one.name if one else _("勉強会なし"))
        facts = (
            described(self._context.workspace, one) if one else _("紹介や立ち話など、勉強会ではないところで会った人")
        )
        self._facts.setText(facts)
        self.change.setText(_("勉強会を変える") if one else _("勉強会を選ぶ"))

    def open_chooser(self) -> None:
        """Let the user choose or make one, under the button."""
        page = self.window()
        self.chooser = MeetupChooser(self._context, self._meetup.id if self._meetup else None)
        self.chooser.chosen.connect(self._on_chosen)
        self._panel = Popover(page, self.chooser)
        self._panel.closed.connect(self._on_closed)
        self._panel.show_at(QRect(self.change.mapTo(page, QPoint(0, 0)), self.change.size()))

    @Slot(object)
    def _on_chosen(self, meetup: int | None) -> None:
        if self._panel is not None:
            self._panel.close_panel()
        self.chosen.emit(meetup)

    @Slot()
    def _on_closed(self) -> None:
        self._panel = self.chooser = None


class MeetupChooser(QWidget):
    """The recent meetups, none, and a form for a new one."""

    chosen = Signal(object)

    def __init__(self, context: Context, now: int | None) -> None:
        super().__init__()
        self._context = context
        ws = context.workspace
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(_("最近の勉強会"), "label"))
        self.choices = []
        recent = [
            (one.id, f"{one.name}　{wording.day(ws, one.held_on) if one.held_on else ''}")
            for one in meetups.recent(ws, OFFERED)
        ]
        for key, text in (*recent, (None, _("勉強会なし"))):
            made = button(text, partial(self.chosen.emit, key), variant="chip")
            made.setCheckable(True)
            made.setChecked(key == now)
            made.setAccessibleName(text)
            self.choices.append(made)
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(8)
        column.addWidget(rule("hairline"))
        column.addSpacing(8)
        column.addWidget(label(_("新しい勉強会"), "label"))
        column.addLayout(self._form())
        self.setFocusProxy(self.name)
        self.setMinimumWidth(420)

    def _form(self) -> QGridLayout:
        ws = self._context.workspace
        self.name = _line(_("名前"), _("第15回 町工場×ソフト夜話"))
        self.day = DateField(partial(when.read_day, ws), partial(wording.day, ws), ws.today())
        self.place = _line(_("場所"), _("蒲田"))
        self.starts = _line(_("始まり"), "18:30", 70)
        self.ends = _line(_("終わり"), "21:00", 70)
        self.fee = _line(_("参加費"), "1,000", 90)
        self.hours = _line(_("かけた時間"), "4", 60)
        self.make = button(_("この勉強会で始める"), self._make, variant="primary")
        times = _together(self.starts, label("–", "label"), self.ends)
        cost = _together(
            self.fee,
            label(_("円"), "label"),
            label(_("かけた時間"), "label"),
            self.hours,
            label(pgettext("unit", "時間"), "label"),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("名前"), self.name), (_("日付"), self.day), (_("時間"), times), (_("場所"), self.place), (_("参加費"), cost),
        )  # fmt: skip
        for number, (text, field) in enumerate(rows):
            grid.addWidget(label(text, "label"), number, 0)
            grid.addWidget(field, number, 1)
        grid.addWidget(self.make, len(rows), 1)
        for one in (self.name, self.place, self.starts, self.ends, self.fee, self.hours):
            one.submitted.connect(self._make)
        return grid

    @Slot()
    def _make(self) -> None:
        name = self.name.text().strip()
        styled(self.name, problem=not name)
        if not name:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        values: dict[str, object] = {
            "starts": self.starts.text().strip(),
            "ends": self.ends.text().strip(),
            "place": self.place.text().strip(),
        }
        fee, hours = parse_yen(self.fee.text()), _number(self.hours.text())
        values |= {"fee_yen": fee} if fee is not None else {}
        values |= {"minutes": round(hours * 60)} if hours is not None else {}
        ws = self._context.workspace
        self._context.run(partial(meetups.create, ws, name, self.day.day or ws.today(), **values), self._on_made)

    def _on_made(self, changes: Changes) -> None:
        self.chosen.emit(changes.created[0])


def _line(name: str, example: str, width: int = 0) -> ImeLineEdit:
    made = ImeLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(example)
    if width:
        made.setFixedWidth(width)
    return made


def _together(*parts: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return made


def _number(text: str) -> float | None:
    try:
        return float(text.strip().replace("時間", "")) if text.strip() else None
    except ValueError:
        return None
