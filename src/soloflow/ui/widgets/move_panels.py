"""工程を移す, 離脱, 育成: the three panels that ask, in place, what a move needs to be told. For every page.

``LosePanel(context, ids, anchor).open()`` · ``RecyclePanel(context, ids, anchor).open()`` ·
``MovePanel(context, ids, anchor, stage=4).open()``. `anchor` is the widget the panel stands beside; a list gives its viewport
and the row's rectangle: ``LosePanel(context, ids, view.viewport(), view.visualRect(index))``. The panel closes itself when the
move is written, and stays with a sentence when it was refused (a day to come). Signals: `done()` after the write, `closed()`.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from soloflow.domain.stages import STAGES, stage
from soloflow.i18n import _, ngettext, pgettext
from soloflow.services import bulk, customers, process, prospects, when, wording
from soloflow.ui.context import Context
from soloflow.ui.widgets.ask_panel import AskPanel
from soloflow.ui.widgets.choices import ChoiceChips
from soloflow.ui.widgets.date_field import DateField
from soloflow.ui.widgets.labels import label, tag

NAME_LIMIT = 24
"""Characters of a name in a title."""
MONTHS = (1, 3, 6, 12)
USUAL_MONTHS = 6


class LosePanel(AskPanel):
    """離脱: the reason, the day, a line of words."""

    def __init__(self, context: Context, ids: Sequence[int], anchor: QWidget, rect: QRect | None = None) -> None:
        title = _("{who}を離脱にします").format(who=who(context, ids))
        super().__init__(context, ids, anchor, rect, title, _("離脱にする"))
        reasons: list[tuple[object, str]] = [*customers.lost_reasons(context.workspace)]
        self.reasons = ChoiceChips(reasons, name=_("理由"))
        self.day = self.past_day()
        self.note = self.note_field(_("わかったこと、次に生かすこと"))
        self.add_row(_("理由"), self.reasons)
        self.add_row(_("日付"), self.day)
        self.add_row(_("ひとこと"), self.note)
        self.setFocusProxy(self.reasons)

    @Slot()
    def submit(self) -> None:
        """Write the loss; a reason is needed, the rest is not."""
        reason = self.reasons.value
        if not isinstance(reason, str):
            self.say(_("理由をひとつ選んでください。あとで分析に使います。"))
            return
        if not self.day_is_read(self.day):
            return
        ws, at = self.context.workspace, happened_on(self.context, self.day)
        if len(self.ids) == 1:
            self.write(partial(process.lose, ws, self.ids, reason, self.note.text(), at))
        else:
            self.write_many(_("離脱にしています"), partial(bulk.lose, ws, self.ids, reason, self.note.text(), at))


class RecyclePanel(AskPanel):
    """育成: when to get in touch again, the reason, a line of words."""

    def __init__(self, context: Context, ids: Sequence[int], anchor: QWidget, rect: QRect | None = None) -> None:
        title = _("{who}を育成に移します").format(who=who(context, ids))
        super().__init__(context, ids, anchor, rect, title, _("育成に移す"))
        ws = context.workspace
        self.months = ChoiceChips(
            [(months, _("{count}か月").format(count=months)) for months in MONTHS],
            name=_("再連絡まで"),
            value=USUAL_MONTHS,
        )
        self.recontact = DateField(
            partial(when.read_day, ws), partial(wording.day, ws), when.months_from_now(ws, USUAL_MONTHS)
        )
        self.recontact.field.setFixedWidth(150)
        self.recontact.escaped.connect(self.close_panel)
        self.recontact.changed.connect(self._on_day)
        self.months.chosen.connect(self._on_months)
        reasons: list[tuple[object, str]] = [*customers.lost_reasons(ws)]
        self.reasons = ChoiceChips(reasons, name=_("理由"))
        self.note = self.note_field(_("それまでに送るもの、待っていること"))
        self.add_row(_("再連絡"), self.months)
        self.add_row("", self.recontact)
        self.add_row(_("理由"), self.reasons)
        self.add_row(_("ひとこと"), self.note)
        self.setFocusProxy(self.months)

    @Slot(object)
    def _on_months(self, months: int) -> None:
        self.recontact.set_day(when.months_from_now(self.context.workspace, months))

    @Slot(object)
    def _on_day(self, _day: object) -> None:
        self.months.choose(None)

    @Slot()
    def submit(self) -> None:
        """Park them until the day."""
        if not self.day_is_read(self.recontact):
            return
        reason = self.reasons.value
        code = reason if isinstance(reason, str) else None
        ws, day, note = self.context.workspace, self.recontact.day, self.note.text()
        if len(self.ids) == 1:
            self.write(partial(process.recycle, ws, self.ids, code, day, note))
        else:
            self.write_many(_("育成に移しています"), partial(bulk.recycle, ws, self.ids, code, day, note))


class MovePanel(AskPanel):
    """工程を移す: the stage, the day it happened, and for one customer the criteria of that stage as ticks."""

    def __init__(
        self,
        context: Context,
        ids: Sequence[int],
        anchor: QWidget,
        rect: QRect | None = None,
        *,
        stage: int | None = None,
    ) -> None:
        title = _("{who}の工程を移します").format(who=who(context, ids))
        super().__init__(context, ids, anchor, rect, title, _("移す"))
        now = [row.stage or 0 for row in customers.rows(context.workspace, self.ids[:1])]
        wanted = stage or min(9, now[0] + 1 if now else 1)
        self.stages = ChoiceChips(
            [(one.number, wording.stage_name(one.number)) for one in STAGES], name=_("工程"), value=wanted
        )
        for one in STAGES:
            self.stages.button(one.number).setToolTip(_stage_tip(one.number))
        self.stages.chosen.connect(self._on_stage)
        self.day = self.past_day()
        self._criteria = QWidget()
        self._criteria_column = QVBoxLayout(self._criteria)
        self._criteria_column.setContentsMargins(0, 0, 0, 0)
        self._criteria_column.setSpacing(2)
        self.add_row(_("工程"), self.stages)
        self.add_row(_("日付"), self.day)
        self.add_row(pgettext("criteria", "目安"), self._criteria)
        self.setFocusProxy(self.stages)
        self._show_criteria(wanted)

    @Slot(object)
    def _on_stage(self, stage_number: int) -> None:
        self._show_criteria(stage_number)
        if self._popover is not None:
            self._popover.adjustSize()

    def _show_criteria(self, stage_number: int) -> None:
        while (item := self._criteria_column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        reached = label(_(stage(stage_number).reached_when), "small", wrap=True)
        self._criteria_column.addWidget(reached)
        if stage(stage_number).is_judgement:
            self._criteria_column.addWidget(tag(_("判断")))
        if len(self.ids) > 1:
            return
        for one in process.criteria(self.context.workspace, self.ids[0], stage_number):
            tick = QCheckBox(one.text)
            tick.setChecked(one.is_met)
            tick.toggled.connect(partial(self._on_tick, one.id))
            self._criteria_column.addWidget(tick)

    def _on_tick(self, criterion: int, met: bool) -> None:
        self.context.run(partial(prospects.tick_criterion, self.context.workspace, self.ids[0], criterion, met=met))

    @Slot()
    def submit(self) -> None:
        """Write the move."""
        to_stage = self.stages.value
        if not isinstance(to_stage, int):
            self.say(_("工程を選んでください。"))
            return
        if not self.day_is_read(self.day):
            return
        ws, at = self.context.workspace, happened_on(self.context, self.day)
        if len(self.ids) == 1:
            self.write(partial(process.move, ws, self.ids, to_stage, at))
        else:
            self.write_many(_("工程を移しています"), partial(bulk.move, ws, self.ids, to_stage, at))


def who(context: Context, ids: Sequence[int]) -> str:
    """「カワセミ食品」, or 「3社」."""
    if len(ids) != 1:
        return ngettext("{count}社", "{count}社", len(ids)).format(count=f"{len(ids):,}")
    rows = customers.rows(context.workspace, ids)
    name = rows[0].name if rows else ""
    return name if len(name) <= NAME_LIMIT else f"{name[: NAME_LIMIT - 1]}…"


def happened_on(context: Context, field: DateField) -> process.When:
    """The day in the field; today is now, to the second, so that moves of one day keep their order."""
    day = field.day
    return None if day is None or day == context.workspace.today() else day


def _stage_tip(number: int) -> str:
    one = stage(number)
    return f"{number} {_(one.full_name)}　{_(one.change_of_mind)}"
