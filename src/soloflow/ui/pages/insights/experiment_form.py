"""The panel in which a change is stated: how many customers it takes, and by when, follows every key."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.domain.stages import FIRST
from soloflow.i18n import _
from soloflow.services import customers, experiments, when, wording
from soloflow.services.changes import Changes
from soloflow.services.experiments import Experiment, Idea
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.pages.insights.choosing import stage_box
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.date_field import DateField
from soloflow.ui.widgets.figure_field import FigureField, leave_wheel
from soloflow.ui.widgets.ime import ImeLineEdit
from soloflow.ui.widgets.labels import label

if TYPE_CHECKING:  # loads numpy, which comes with the first figures
    from soloflow.services.experiment_plans import Ground, Plan

HOPED = 10
"""Percentage points above the rate of now: what is hoped for until something else is written."""
MOST_HOPED = 95


class Draft(NamedTuple):
    """What is written of a new one; None where the panel's proposal stands."""

    name: str
    stage: int
    started: date | None
    channel: int | None
    rate: int | None
    decide: date | None
    note: str


class ExperimentForm(QWidget):
    """States a new one, or mends the words of one that runs."""

    stated = Signal(object)
    """The id of the one that was begun or mended."""
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.known: Ground | None = None
        self.others: tuple[Experiment, ...] = ()
        self._mended: Experiment | None = None
        self._asked = 0
        self._is_hope_own = self._is_day_own = self._is_hurried = self._is_handing_in = False
        self.title = label("", "title")
        self.name = ImeLineEdit()
        self.stage = stage_box()
        self.channel = leave_wheel(QComboBox())
        self.rate = FigureField(_("期待する率、1年以内に次の工程へ進む割合"), 0, 100, suffix=" %", width=104)
        self.started, self.decide = self._day(_("始める日")), self._day(_("判定日"))
        self.note = ImeLineEdit()
        self._rate_now = label("", "label")
        self.says = label("", "strong", wrap=True)
        self.more = label("", "second", wrap=True)
        self.problem = label("", "warnt", wrap=True)
        self.save = button(_("はじめる"), self.state, variant="primary")
        self.cancel = button(_("やめる"), self.left.emit, variant="quiet")
        self._set_up()
        self._lay_out()
        self._listen()

    def _day(self, name: str) -> DateField:
        ws = self.context.workspace
        made = DateField(partial(_read_day, ws), partial(wording.day, ws))
        made.field.setAccessibleName(name)
        return made

    def _set_up(self) -> None:
        self.name.setMaxLength(experiments.NAME_LIMIT)
        self.name.setPlaceholderText(_("例：問い合わせの返事に、候補日を3つ書く"))
        self.name.setAccessibleName(_("何を変えるか"))
        self.rate.setSpecialValueText(_("書かない"))
        self.channel.setAccessibleName(_("数えるチャネル"))
        self.channel.setMaximumWidth(180)
        self.note.setPlaceholderText(_("なぜ効くと思うか。あとで、学んだことも書けます"))
        self.note.setAccessibleName(_("メモ"))
        self.save.setToolTip(_("はじめる  Ctrl+Enter"))
        self.cancel.setToolTip(_("やめる  Esc"))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        hope = QHBoxLayout()
        hope.setSpacing(8)
        hope.addWidget(self.rate)
        hope.addWidget(self._rate_now, 1)
        aim = QHBoxLayout()
        aim.setSpacing(8)
        aim.addWidget(self.stage)
        aim.addSpacing(16)
        aim.addWidget(label(_("だれを数えるか"), "second"))
        aim.addWidget(self.channel)
        aim.addStretch(1)
        rows: tuple[tuple[str, QWidget | QHBoxLayout], ...] = (
            (_("何を変えるか"), self.name), (_("ねらう工程"), aim), (_("始める日"), self.started),
            (_("期待する率"), hope), (_("判定日"), self.decide), (_("メモ"), self.note),
        )  # fmt: skip
        for place, (words, field) in enumerate(rows):
            grid.addWidget(label(words, "second"), place, 0)
            if isinstance(field, QWidget):
                grid.addWidget(field, place, 1)
            else:
                grid.addLayout(field, place, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addLayout(grid)
        for one in (self.says, self.more, self.problem):
            column.addWidget(one)
        column.addLayout(buttons)
        column.addStretch(1)
        self.problem.hide()

    def _listen(self) -> None:
        self.context.bug_found.connect(self._on_bug)
        for field in (self.name, self.note):
            field.submitted.connect(self._on_enter)
        self.stage.activated.connect(self._on_aim)
        self.channel.activated.connect(self._on_aim)
        self.started.changed.connect(self._on_aim)
        self.rate.valueChanged.connect(self._on_hope)
        self.decide.changed.connect(self._on_decide)
        for day in (self.started, self.decide):
            day.escaped.connect(self.left)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_keys)

    # Beginning

    def begin(self, stage: int | None) -> None:
        """An empty panel, aimed at a stage."""
        self._mended, self._is_hope_own, self._is_day_own = None, False, False
        self.title.setText(_("改善策をはじめる"))
        self.save.setText(_("はじめる"))
        self.name.clear()
        self.note.clear()
        self.stage.setCurrentIndex(max(0, self.stage.findData(stage)))
        self._offer_channels(None)
        self.started.set_day(self.context.workspace.today())
        self.decide.set_day(None)
        self._set_rate(0)
        self._open(is_fixed=False, is_due=False)
        self._on_aim()

    @property
    def has_draft(self) -> bool:
        """Whether a new one is being written."""
        return self._mended is None and bool(self.name.text().strip())

    @property
    def draft(self) -> Draft:
        """What is written."""
        return Draft(
            self.name.text(), int(self.stage.currentData() or FIRST), self.started.day, self.channel.currentData(),
            self.rate.whole if self._is_hope_own else None, self.decide.day if self._is_day_own else None, self.note.text(),
        )  # fmt: skip

    def resume(self, draft: Draft) -> None:
        """Go on with what was written."""
        self.name.setText(draft.name)
        self.note.setText(draft.note)
        self._offer_channels(draft.channel)
        self.started.set_day(draft.started)
        self._is_hope_own, self._is_day_own = draft.rate is not None, draft.decide is not None
        if draft.rate is not None:
            self._set_rate(draft.rate)
        if draft.decide is not None:
            self.decide.set_day(draft.decide)
        self.aim(draft.stage)

    def aim(self, stage: int) -> None:
        """Aim what is being written at another stage."""
        self.stage.setCurrentIndex(self.stage.findData(stage))
        self._on_aim()

    def mend(self, one: Experiment) -> None:
        """The words of one that runs; what its verdict rests on stays as it was stated."""
        self._mended, self._is_hope_own, self._is_day_own = one, True, True
        self.title.setText(_("改善策を直す"))
        self.save.setText(_("保存"))
        self.name.setText(one.name)
        self.note.setText(one.note)
        self.note.setCursorPosition(0)
        self.stage.setCurrentIndex(self.stage.findData(one.stage))
        self._offer_channels(one.channel_id)
        self.started.set_day(one.started_on)
        self.decide.set_day(one.decide_on)
        self._set_rate(one.expected_rate or 0)
        self._open(is_fixed=True, is_due=one.is_due(self.context.workspace.today()))
        self._on_aim()

    def _open(self, *, is_fixed: bool, is_due: bool) -> None:
        for field in (self.stage, self.started, self.channel, self.decide):
            field.setEnabled(not is_fixed)
        self.rate.setEnabled(not is_due)
        self.problem.hide()
        self.known, self._is_hurried, self._is_handing_in = None, False, False
        self.says.clear()
        self.more.clear()
        self._rate_now.clear()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_channels(self, chosen: int | None) -> None:
        self.channel.clear()
        self.channel.addItem(_("すべての顧客"), None)
        for key, name in customers.channels(self.context.workspace):
            self.channel.addItem(name, key)
        self.channel.setCurrentIndex(max(0, self.channel.findData(chosen)))

    def _set_rate(self, percent: int) -> None:
        self.rate.blockSignals(True)
        self.rate.setValue(percent)
        self.rate.blockSignals(False)

    # What it takes

    @Slot()
    def _on_aim(self) -> None:
        """Another stage, day or channel: what is known of it is read in the background."""
        self._asked += 1
        stage = int(self.stage.currentData() or FIRST)
        started = self.started.day or self.context.workspace.today()
        action = partial(_ground, self.context.workspace, stage, started, self.channel.currentData())
        self.context.reckon(action, partial(self._take, self._asked), asker=self)

    def _take(self, number: int, found: "tuple[Ground, tuple[Experiment, ...]]") -> None:
        if number != self._asked:
            return
        known, self.others = found
        self.known = known
        rate = known.rate.advance
        if not self._is_hope_own:
            self._set_rate(0 if rate is None else max(min(round(100 * rate) + HOPED, MOST_HOPED), round(100 * rate)))
        self._say()
        if self._is_hurried:
            self.state()

    @Slot()
    def _on_hope(self) -> None:
        self._is_hope_own = True
        self._say()

    @Slot(object)
    def _on_decide(self, day: date | None) -> None:
        self._is_day_own = day is not None
        self._say()

    def plan(self) -> "Plan | None":
        """What the panel's expectation takes; None until something is known of the stage."""
        if self.known is None:
            return None
        from soloflow.services import experiment_plans

        chosen = self.decide.day if self._is_day_own else None
        return experiment_plans.plan(self.known, self.rate.whole or None, chosen)

    def _say(self) -> None:
        plan = self.plan()
        if plan is None or self.known is None:
            return
        from soloflow.services import experiment_words

        if not self._is_day_own:
            self.decide.set_day(plan.decide_on)
        self._rate_now.setText(experiment_words.rate_now(self.known))
        first, *more = experiment_words.plan_sentences(self.context.workspace, self.known, plan)
        if self._mended is not None:
            first, more = (
                "",
                [
                    _(
                        "工程・始める日・判定日は、公平に判定するため変えられません。まちがいなら、削除してはじめ直せます。"
                    )
                ],
            )
        more += filter(None, [self._overlap(plan)])
        self.says.setText(first)
        self.says.setVisible(bool(first))
        self.more.setText("\n".join(more))

    def _overlap(self, plan: "Plan") -> str:
        from soloflow.services import experiment_words

        assert self.known is not None
        idea = Idea("", self.known.stage, self.known.started_on, plan.decide_on, None, self.channel.currentData())
        but = None if self._mended is None else self._mended.id
        others = experiments.overlapping(self.others, idea, but)
        return experiment_words.overlap_sentence(self.context.workspace, others)

    # Ways out

    @Slot(str)
    def _on_enter(self, _text: str) -> None:
        self.state()

    @Slot()
    def _on_keys(self) -> None:
        """Ctrl+Enter in any field: what is typed there counts."""
        self.save.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.state()

    @Slot()
    def state(self) -> None:
        """Begin it, or keep the mended words; before the stage is known it waits for that."""
        if any(day.field.property("problem") for day in (self.started, self.decide)):
            self._show_problem(_("日付として読めません。11/24 や 3か月後 のように書いてください。"))
            return
        self._is_hurried = self.known is None
        if self._is_hurried or self._is_handing_in:
            return
        self._is_handing_in = True
        ws, one = self.context.workspace, self._mended
        today = ws.today()
        rate = self.rate.whole or None
        if one is not None:
            action = partial(
                experiments.edit, ws, one.id, name=self.name.text(), expected_rate=rate, note=self.note.text()
            )
        else:
            idea = Idea(
                self.name.text(), int(self.stage.currentData() or FIRST), self.started.day or today, self.decide.day or today, rate,
                self.channel.currentData(), self.note.text(),
            )  # fmt: skip
            action = partial(experiments.start, ws, idea)
        self.context.run(action, self._on_stated, failed=self._on_failed)

    @Slot(str)
    def _on_bug(self, _report: str) -> None:
        self._is_handing_in = False

    def _on_stated(self, changes: Changes) -> None:
        self.stated.emit(self._mended.id if self._mended is not None else changes.created[0])

    def _on_failed(self, error: UserError) -> None:
        self._is_handing_in = False
        self._show_problem(str(error))
        (self.name if not self.name.text().strip() else self.decide.field).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _ground(ws: Workspace, stage: int, started: date, channel: int | None) -> "tuple[Ground, tuple[Experiment, ...]]":
    from soloflow.services import experiment_plans

    return experiment_plans.ground(ws, stage, started, channel), experiments.listed(ws)


def _read_day(ws: Workspace, text: str) -> date | None:
    """Most changes began lately: 10/1 is the last one, 来週火曜 the next."""
    return when.read_past_day(ws, text) or when.read_day(ws, text)
