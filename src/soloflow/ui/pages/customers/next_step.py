"""次の一手: what is planned, doing it, moving its day, planning the next one; all in one panel, in place."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from soloflow.i18n import _, listed
from soloflow.services import follow_ups, when, wording
from soloflow.services.changes import Changes
from soloflow.services.customers import Customer, Plan
from soloflow.services.workspace import Workspace
from soloflow.ui import icons
from soloflow.ui.context import Context
from soloflow.ui.pages.customers.fields import InlineField
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.date_field import DateField
from soloflow.ui.widgets.ime import ImeLineEdit
from soloflow.ui.widgets.labels import ElidedLabel, label

WIDE = 560
ICONS = {"mail": "mail", "call": "call", "meeting": "meeting", "document": "document", "delivery": "box"}


class NextStep(QFrame):
    """The panel of 52; a second line opens in it for 済み and for another day. Signal `move_wanted`."""

    move_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._id = 0
        self._plan: Plan | None = None
        styled(self, variant="panel")
        self.setAccessibleName(_("次の一手"))
        self._icon = QLabel()
        self._move = button(_("工程を移す"), self._on_move, small=True)
        self._move.setToolTip(_("工程を移す  D"))
        self._stack = QStackedLayout()
        self._stack.addWidget(self._planned())
        self._stack.addWidget(self._unplanned())
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._icon)
        line.addLayout(self._stack, 1)
        line.addWidget(self._move)
        self._others = ElidedLabel("", "small")
        self._happening = self._happened_line()
        self._moving = self._snooze_line()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 5, 12, 5)
        column.setSpacing(4)
        column.addLayout(line)
        for part in (self._others, self._happening, self._moving):
            column.addWidget(part)
            part.hide()

    def _planned(self) -> QWidget:
        part = QWidget()
        words = QVBoxLayout()
        words.setSpacing(0)
        kind = label(_("次の一手"), "small")
        kind.setContentsMargins(8, 0, 0, 0)
        self.text = InlineField(_("次の一手"), role="strong")
        self.text.setFixedHeight(24)
        self.text.saved.connect(self._on_text)
        words.addWidget(kind)
        words.addWidget(self.text)
        self.day = styled(QPushButton(), variant="quiet", small=True)
        self.day.setToolTip(_("日付を動かす"))
        self.day.clicked.connect(self._on_day)
        self.done = button(_("済み"), self.begin_done, small=True)
        self.done.setToolTip(_("済みにして、あったことを書く"))
        line = QHBoxLayout(part)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addLayout(words, 1)
        line.addWidget(self.day)
        line.addWidget(self.done)
        return part

    def _unplanned(self) -> QWidget:
        part = QWidget()
        self.new = ImeLineEdit()
        self.new.setPlaceholderText(_("次の一手を書く　例：来週火曜 見積を送る"))
        self.new.setAccessibleName(_("次の一手を書く"))
        self.new.textChanged.connect(self._on_new_text)
        self.new.submitted.connect(self._on_new)
        self._reading = label("", "small")
        line = QHBoxLayout(part)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.new, 1)
        line.addWidget(self._reading)
        self._quick = []
        for text, day in ((_("明日"), when.tomorrow), (_("来週"), when.next_monday)):
            made = styled(QPushButton(text), variant="chip")
            made.clicked.connect(partial(self._on_quick, day))
            made.hide()
            self._quick.append(made)
            line.addWidget(made)
        return part

    def _happened_line(self) -> QWidget:
        part = QWidget()
        self.happened = ImeLineEdit()
        self.happened.setPlaceholderText(_("何がありましたか（空のままでもかまいません）"))
        self.happened.setAccessibleName(_("何があったか"))
        self.happened.submitted.connect(self._finish)
        self.happened.escaped.connect(self._close_lines)
        line = QHBoxLayout(part)
        line.setContentsMargins(28, 0, 0, 4)
        line.setSpacing(8)
        line.addWidget(self.happened, 1)
        line.addWidget(button(_("済みにする"), partial(self._finish, ""), variant="primary", small=True))
        line.addWidget(button(_("やめる"), self._close_lines, variant="quiet", small=True))
        return part

    def _snooze_line(self) -> QWidget:
        part = QWidget()
        ws = self.context.workspace
        line = QHBoxLayout(part)
        line.setContentsMargins(36, 0, 0, 4)
        line.setSpacing(8)
        for text, day in ((_("明日"), when.tomorrow), (_("来週"), when.next_monday)):
            made = styled(QPushButton(text), variant="chip")
            made.clicked.connect(partial(self._on_snooze, day))
            line.addWidget(made)
        self.until = DateField(partial(when.read_day, ws), partial(wording.day, ws))
        self.until.changed.connect(self._snooze)
        self.until.escaped.connect(self._close_lines)
        line.addWidget(self.until, 1)
        line.addWidget(button(_("取りやめる"), self._drop, variant="quiet", small=True))
        return part

    def show_customer(self, customer: Customer) -> None:
        """Show the soonest plan, or the line to write one."""
        plan = customer.plans[0] if customer.plans else None
        is_other = customer.row.id != self._id
        if is_other or (plan and plan.id) != (self._plan and self._plan.id):
            self._close_lines()
        if is_other:
            self.new.clear()
        self._id, self._plan = customer.row.id, plan
        theme = self.context.theme
        icon = ICONS.get(plan.kind, "today") if plan else "plus"
        self._icon.setPixmap(icons.pixmap(theme, icon, "acc", 20, self.devicePixelRatioF()))
        self._stack.setCurrentIndex(1 if plan is None else 0)
        self._move.setText(_("工程を移す") if customer.row.stage else _("集客に入れる"))
        self._show_others(customer.plans[1:])
        if plan is not None:
            self.text.show_value(plan.id, plan.text)
            self._show_day(plan)

    def _show_day(self, plan: Plan) -> None:
        ws = self.context.workspace
        distance = (plan.due_on - ws.today()).days
        day = wording.relative(ws, plan.due_on) if distance in {0, 1} else wording.day(ws, plan.due_on)
        if distance < 0:
            ago = wording.relative(ws, plan.due_on)
            day = _("{day}（{ago}）").format(day=day, ago=ago) if self.width() >= WIDE else ago
        self.day.setText(f"{day} {plan.due_time}".strip())
        late = distance < 0
        icons.beside_text(self.day, self.context.theme, "warning" if late else "calendar", "warnt" if late else "ink2")
        self.day.setAccessibleName(_("日付 {day}").format(day=self.day.text()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: where there is little room, how late it is says enough, and the words of the step come first."""
        super().resizeEvent(event)
        if self._plan is not None:
            self._show_day(self._plan)

    def _show_others(self, plans: tuple[Plan, ...]) -> None:
        ws = self.context.workspace
        words = listed(f"{wording.day(ws, plan.due_on)} {plan.text}" for plan in plans)
        self._others.setText(_("ほか{count}件：{what}").format(count=len(plans), what=words))
        self._others.setContentsMargins(40, 0, 0, 2)
        self._others.setVisible(bool(plans))

    # Doing

    @Slot()
    def begin_done(self) -> None:
        """Ask what happened, in place."""
        self._moving.hide()
        self._happening.show()
        self.happened.setFocus()

    @Slot(str)
    def _finish(self, _text: str = "") -> None:
        if self._plan is not None:
            words = self.happened.text()
            self.context.run(
                partial(follow_ups.finish, self.context.workspace, self._plan.id, words), self._after_finish
            )

    def _after_finish(self, _changes: Changes) -> None:
        self._close_lines()
        if self._plan is None:
            self.new.setFocus()

    @Slot()
    def _close_lines(self) -> None:
        self.happened.clear()
        self._happening.hide()
        self._moving.hide()

    @Slot()
    def _on_day(self) -> None:
        self._happening.hide()
        self._moving.setVisible(self._moving.isHidden())
        if self._plan is not None:
            self.until.set_day(self._plan.due_on)
        if self._moving.isVisible():
            self.until.setFocus()
            self.until.field.selectAll()

    def _on_snooze(self, day_of: Callable[[Workspace], date], _checked: bool = False) -> None:
        self._snooze(day_of(self.context.workspace))

    @Slot(object)
    def _snooze(self, day: date | None) -> None:
        if self._plan is not None and day is not None:
            self.context.run(partial(follow_ups.snooze, self.context.workspace, (self._plan.id,), day))
            self._moving.hide()

    @Slot()
    def _drop(self) -> None:
        if self._plan is not None:
            self.context.run(partial(follow_ups.drop, self.context.workspace, self._plan.id))

    @Slot(str)
    def _on_text(self, text: str) -> None:
        plan = self._plan
        if plan is not None and text:
            self.context.run(
                partial(
                    follow_ups.rewrite, self.context.workspace, plan.id, text, plan.due_on, plan.due_time, plan.kind
                )
            )

    # Planning

    @Slot(str)
    def _on_new_text(self, text: str) -> None:
        step = when.read_step(self.context.workspace, text) if text.strip() else None
        wanted = step is not None and step.due is None
        for made in self._quick:
            made.setVisible(wanted)
        if step is None:
            self._reading.setText("")
        elif step.due is None:
            self._reading.setText(_("いつ？"))
        else:
            at = step.time.strftime("%H:%M") if step.time else ""
            self._reading.setText(f"{wording.day(self.context.workspace, step.due)} {at}".strip())

    @Slot(str)
    def _on_new(self, text: str) -> None:
        step = when.read_step(self.context.workspace, text)
        if text.strip() and step.due is None:
            self._quick[0].setFocus()
        elif step.due is not None:
            self._plan_new(step.due)

    def _on_quick(self, day_of: Callable[[Workspace], date], _checked: bool = False) -> None:
        self._plan_new(day_of(self.context.workspace))

    def _plan_new(self, day: date) -> None:
        ws = self.context.workspace
        step = when.read_step(ws, self.new.text())
        at = step.time.strftime("%H:%M") if step.time else ""
        text = step.text or self.new.text().strip()
        action = partial(follow_ups.plan, ws, self._id, text, day, kind=step.kind, due_time=at)
        self.context.run(action, partial(self._after_plan, self.new.text()))

    def _after_plan(self, typed: str, _changes: Changes) -> None:
        """Not before: what could not be written stays in the field."""
        if self.new.text() == typed:
            self.new.clear()

    @Slot()
    def _on_move(self) -> None:
        self.move_wanted.emit()

    def move_rect(self) -> tuple[QWidget, QRect]:
        """The button beside which the panel of a move stands."""
        return self._move, self._move.rect()

    def first_field(self) -> QWidget:
        """Where the keyboard begins."""
        return self.new if self._plan is None else self.done
