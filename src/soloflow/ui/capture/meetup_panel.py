"""What opens under the meetup bar: the recent meetups beside the form of a new one, or the form of the one that is on."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import meetups, wording
from soloflow.services.changes import Changes
from soloflow.services.meetups import Meetup
from soloflow.ui.capture.meetup_form import MeetupForm
from soloflow.ui.context import Context
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import label, rule

OFFERED = 5
"""Recent meetups that are offered before making another one."""
OFFER_WIDTH = 232


class MeetupChooser(QWidget):
    """The recent meetups, none, and a form for a new one; ↓ in the name leads to the recent ones."""

    chosen = Signal(object)
    """The id of a meetup, or None for 勉強会なし."""

    def __init__(self, context: Context, now: int | None) -> None:
        super().__init__()
        self._context = context
        ws = context.workspace
        offered = QVBoxLayout()
        offered.setSpacing(4)
        offered.addWidget(label(_("最近の勉強会"), "label"))
        self.choices: list[QPushButton] = []
        for one in meetups.recent(ws, OFFERED):
            day = wording.day(ws, one.held_on) if one.held_on else ""
            self._offer(one.id, one.name, day, is_now=one.id == now)
        self._offer(None, _("勉強会なし"), "", is_now=now is None)
        for made in self.choices:
            offered.addWidget(made)
        offered.addStretch(1)
        self.form = MeetupForm(ws, None)
        self.form.filled.connect(self._make)
        fresh = QVBoxLayout()
        fresh.setSpacing(4)
        fresh.addWidget(label(_("新しい勉強会"), "label"))
        fresh.addWidget(self.form)
        fresh.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(offered)
        row.addWidget(rule("upright"))
        row.addLayout(fresh)
        self.setFocusProxy(self.form)

    def _offer(self, key: int | None, name: str, day: str, *, is_now: bool) -> None:
        metrics = QFontMetrics(self._context.theme.font("label"))
        room = OFFER_WIDTH - 20 - (metrics.horizontalAdvance(f"　{day}") if day else 0)
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        made = button(shown, partial(self.chosen.emit, key), variant="chip")
        made.setFixedWidth(OFFER_WIDTH)
        styled(made, wide=True)
        made.setCheckable(True)
        made.setChecked(is_now)
        made.setAccessibleName(f"{name}　{day}".strip())
        made.setToolTip(name if shown != name else "")
        if day:
            at_end = label(day, "label")
            at_end.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            line = QHBoxLayout(made)
            line.setContentsMargins(0, 0, 10, 0)
            line.addStretch(1)
            line.addWidget(at_end)
        self.choices.append(made)

    @Slot(object)
    def _make(self, values: dict[str, object]) -> None:
        name, held_on = str(values.pop("name")), date.fromisoformat(str(values.pop("held_on")))
        action = partial(meetups.create, self._context.workspace, name, held_on, **values)
        self._context.run(action, self._on_made, failed=self._on_failed)

    def _on_made(self, changes: Changes) -> None:
        self.chosen.emit(changes.created[0])

    def _on_failed(self, error: UserError) -> None:
        self.form.done.setEnabled(True)
        self._context.notify(str(error), kind="error")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: ↓ from the name to the recent meetups."""
        if event.key() == Qt.Key.Key_Down and QApplication.focusWidget() is self.form.name:
            self.choices[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


class MeetupEditor(QWidget):
    """The form of a meetup that is there; saving is one change."""

    finished = Signal()

    def __init__(self, context: Context, one: Meetup) -> None:
        super().__init__()
        self._context = context
        self._meetup = one.id
        self.form = MeetupForm(context.workspace, one)
        self.form.filled.connect(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(_("この勉強会を直す"), "label"))
        column.addWidget(self.form)
        self.setFocusProxy(self.form)

    @Slot(object)
    def _save(self, values: dict[str, object]) -> None:
        action = partial(meetups.edit, self._context.workspace, self._meetup, **values)
        self._context.run(action, self._on_saved, failed=self._on_failed)

    def _on_saved(self, _changes: Changes) -> None:
        self.finished.emit()

    def _on_failed(self, error: UserError) -> None:
        self.form.done.setEnabled(True)
        self._context.notify(str(error), kind="error")
