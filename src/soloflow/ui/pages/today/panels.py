"""What opens below a line of the day: what happened, the next step, another day. Enter accepts, Esc leaves all as it was."""

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from soloflow.i18n import _, side_by_side
from soloflow.services import follow_ups, when, wording
from soloflow.services.workspace import Workspace
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.date_field import DateField
from soloflow.ui.widgets.ime import ImeLineEdit
from soloflow.ui.widgets.labels import label

UNSAID_DAYS = 7
"""A next step without a date is planned a week ahead; the panel says so before it is saved."""


class Panel(QWidget):
    """A strip on sel below a line, as high as two rows of text edges allow."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        ground = styled(QFrame(), variant="panel")
        self.row = QHBoxLayout(ground)
        self.row.setContentsMargins(16, 0, 8, 0)
        self.row.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 2, 0, 2)
        outer.addWidget(ground)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc leaves, wherever the keyboard stands in the panel."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.text().isprintable() and event.text():
            event.accept()  # a letter meant for a button of the panel is no command of the page
        else:
            super().keyPressEvent(event)


class DonePanel(Panel):
    """何がありましたか: one line, may stay empty."""

    accepted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.field = ImeLineEdit()
        self.field.setPlaceholderText(_("何がありましたか（書かなくてもかまいません）"))
        self.field.setAccessibleName(_("何がありましたか"))
        self.field.submitted.connect(self.accepted)
        self.field.escaped.connect(self.closed)
        self.row.addWidget(self.field, 1)
        done = button(_("済みにする"), self._accept)
        done.setToolTip(_("済みにする  Enter"))
        later = button(_("やめる"), self.closed.emit, variant="quiet")
        later.setToolTip(_("やめる  Esc"))
        self.row.addWidget(done)
        self.row.addWidget(later)
        self.setFocusProxy(self.field)

    @Slot()
    def _accept(self) -> None:
        self.accepted.emit(self.field.text())


class NextPanel(Panel):
    """次の一手: words and day in one line, with what was understood beside it."""

    accepted = Signal(object)
    """A NextStep."""

    def __init__(self, ws: Workspace) -> None:
        super().__init__()
        self._ws = ws
        self.field = ImeLineEdit()
        self.field.setPlaceholderText(_("次の一手：来週火曜 14時 電話 など"))
        self.field.setAccessibleName(_("次の一手"))
        self.field.textChanged.connect(self._read)
        self.field.submitted.connect(self._accept)
        self.field.escaped.connect(self.closed)
        self.reading = label("", "small")
        self._plan = button(_("決める"), self._accept)
        self._plan.setToolTip(_("決める  Enter"))
        later = button(_("あとで"), self.closed.emit, variant="quiet")
        later.setToolTip(_("決めずに閉じる  Esc"))
        self.row.addWidget(self.field, 1)
        self.row.addWidget(self.reading)
        self.row.addWidget(self._plan)
        self.row.addWidget(later)
        self.setFocusProxy(self.field)
        self._read()

    @Slot()
    def _read(self) -> None:
        step = follow_ups.parse_when(self._ws, self.field.text())
        day = wording.day(self._ws, step.day or self._unsaid())
        time = f" {step.time.removeprefix('0')}" if step.time else ""
        is_empty = not self.field.text().strip()
        self.reading.setText("" if is_empty else side_by_side((_(wording.PLAN_KINDS[step.kind]), f"{day}{time}")))
        self._plan.setEnabled(not is_empty)

    @Slot()
    def _accept(self) -> None:
        """Enter on an empty line means that nothing is planned now."""
        text = self.field.text().strip()
        if not text:
            self.closed.emit()
            return
        self.accepted.emit(follow_ups.parse_when(self._ws, text))

    def _unsaid(self) -> date:
        return self._ws.today() + timedelta(days=UNSAID_DAYS)


class SnoozePanel(Panel):
    """明日, 来週, or a day in words."""

    accepted = Signal(object)
    """The day."""

    def __init__(self, ws: Workspace) -> None:
        super().__init__()
        self.row.addWidget(label(_("いつにしますか"), "second"))
        days = ((_("明日"), when.tomorrow(ws)), (_("来週"), _next_week(ws)), (_("来月"), when.months_from_now(ws, 1)))
        self.chips = [self._chip(f"{words} {wording.narrow_day(ws, day)}", day) for words, day in days]
        for chip in self.chips:
            self.row.addWidget(chip)
        self.day_field = DateField(partial(when.read_day, ws), partial(wording.day, ws))
        self.day_field.changed.connect(self._on_day)
        self.day_field.escaped.connect(self.closed)
        self.row.addWidget(self.day_field)
        self.row.addStretch(1)
        self.row.addWidget(button(_("やめる"), self.closed.emit, variant="quiet"))
        self.setFocusProxy(self.chips[0])

    def _chip(self, text: str, day: date) -> QPushButton:
        return button(text, partial(self.accepted.emit, day), variant="chip")

    @Slot(object)
    def _on_day(self, day: date | None) -> None:
        if day is not None:
            self.accepted.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows go from chip to chip, Enter takes one."""
        chips = list(self.chips)
        at = next((number for number, chip in enumerate(chips) if chip.hasFocus()), -1)
        step = {int(Qt.Key.Key_Right): 1, int(Qt.Key.Key_Left): -1}.get(int(event.key()), 0)
        if at >= 0 and step:
            target = at + step
            if target == len(chips):
                self.day_field.setFocus(Qt.FocusReason.TabFocusReason)
            elif target >= 0:
                chips[target].setFocus(Qt.FocusReason.TabFocusReason)
        elif at >= 0 and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            chips[at].click()
        else:
            super().keyPressEvent(event)


def _next_week(ws: Workspace) -> date:
    """As 来週 is read where it is typed: the first working day of that week."""
    return when.read_day(ws, "来週") or when.next_monday(ws)
