"""The head of the detail: name, standing, source, what can be done with the customer as a whole."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from soloflow.domain.stages import STAGES
from soloflow.i18n import _
from soloflow.services import prospects, wording
from soloflow.services.customers import Customer
from soloflow.ui.context import Context
from soloflow.ui.pages.customers.fields import InlineField
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import icon_button
from soloflow.ui.widgets.labels import ElidedLabel, chip
from soloflow.ui.widgets.stepper import StageStepper, Step

WIDE = 620
"""Width from which the steps carry number, name and weekday."""


class Header(QWidget):
    """Name and steps. Signals: `asked("lose" | "recycle" | "merge" | "remove" | "erase")`, `stage_wanted(number)`."""

    asked = Signal(str)
    stage_wanted = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._id = 0
        self._customer: Customer | None = None
        self._is_wide = True
        self.name = InlineField(_("名前"), _("名前なし"), role="title", fits=True)
        self.name.saved.connect(self._on_name)
        self._standing = chip("", on=True)
        self._source = ElidedLabel("", "small")
        edit = icon_button(context.icon("pencil"), _("名前を直す"), self.edit_name)
        self.more = icon_button(context.icon("more"), _("ほかの操作"))
        self.more.setPopupMode(self.more.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self._menu())
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.name)
        line.addWidget(self._standing)
        line.addSpacing(8)
        line.addWidget(self._source, 1)
        line.addWidget(edit)
        line.addWidget(self.more)
        self.stepper = StageStepper(context.theme)
        self.stepper.step_chosen.connect(self._on_step)
        steps = QHBoxLayout()
        steps.setContentsMargins(8, 0, 8, 0)
        steps.addWidget(self.stepper)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(12)
        column.addLayout(line)
        column.addLayout(steps)

    def _menu(self) -> QMenu:
        menu = QMenu(self.more)
        for key, text, shortcut in (
            ("lose", _("離脱にする…"), "X"),
            ("recycle", _("育成に移す…"), "R"),
            ("merge", _("ほかの顧客とまとめる…"), ""),
            ("remove", _("削除（取り消せます）"), "Delete"),
            ("erase", _("消去…（記録から完全に消す）"), ""),
        ):
            if key in ("merge", "remove", "erase"):
                menu.addSeparator()
            action = QAction(text, menu)
            action.setData(key)
            if shortcut:
                action.setText(f"{text}\t{shortcut}")
            menu.addAction(action)
        menu.triggered.connect(self._on_menu)
        return menu

    def show_customer(self, customer: Customer) -> None:
        """Show this one."""
        row = customer.row
        self._id = row.id
        self.name.show_value(row.id, row.name)
        self._standing.setText(standing_word(customer))
        styled(self._standing, variant="chip-on" if row.standing == "active" else "chip")
        self._source.setText(_source_sentence(customer))
        self._customer = customer
        self._show_steps()

    def _show_steps(self) -> None:
        if self._customer is None:
            return
        path, stage = self._customer.path, self._customer.row.stage
        steps = [
            Step(
                wording.stage_name(one.number) if self._is_wide else wording.narrow_stage_name(one.number),
                self._date(path[one.number]) if one.number in path else "",
                _("判断") if one.is_judgement else "",
                _tip(one.number),
            )
            for one in STAGES
        ]
        self.stepper.set_steps(steps, None if stage is None else stage - 1)

    def _date(self, day: date) -> str:
        if self._is_wide:
            return wording.day(self.context.workspace, day)
        this_year = day.year == self.context.workspace.today().year
        return f"{day.month}/{day.day}" if this_year else f"{day.year}/{day.month}"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: where nine steps have little room, their place is their number."""
        super().resizeEvent(event)
        is_wide = self.width() >= WIDE
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self._show_steps()

    @Slot()
    def edit_name(self) -> None:
        """Put the keyboard into the name."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    @Slot(str)
    def _on_name(self, text: str) -> None:
        self.context.run(partial(prospects.edit, self.context.workspace, self._id, name=text))

    @Slot(int)
    def _on_step(self, position: int) -> None:
        self.stage_wanted.emit(position + 1)

    @Slot(QAction)
    def _on_menu(self, action: QAction) -> None:
        self.asked.emit(str(action.data()))


def standing_word(customer: Customer) -> str:
    """進行中, 育成中, 名簿, 離脱 or, at 3 and 4, 失注."""
    row = customer.row
    if row.standing == "lost" and row.stage in {3, 4}:
        return _("失注")
    return _(wording.STANDINGS[row.standing])


def _source_sentence(customer: Customer) -> str:
    if customer.source:
        return _("{source} から").format(source=customer.source)
    if customer.referrer:
        return _("{name}の紹介").format(name=customer.referrer)
    return _("{source} から").format(source=customer.channel) if customer.channel else ""


def _tip(number: int) -> str:
    one = STAGES[number - 1]
    judged = "\n" + _("判断：移るかどうかはあなたが決めます") if one.is_judgement else ""
    return f"{number} {_(one.full_name)}\n{_(one.change_of_mind)}{judged}"
