"""改善策: the list of everything tried, the chosen one before and after, and the panel to state another."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services import experiments
from soloflow.services.changes import Changes
from soloflow.services.numbers import Overview, Scope
from soloflow.services.workspace import Workspace
from soloflow.ui import icons
from soloflow.ui.context import Context
from soloflow.ui.pages.insights.answer_pane import AnswerPane
from soloflow.ui.pages.insights.experiment_form import Draft, ExperimentForm
from soloflow.ui.pages.insights.experiment_list import ExperimentList
from soloflow.ui.pages.insights.header import MARGIN
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.empty import EmptyState
from soloflow.ui.widgets.ime import ImeLineEdit
from soloflow.ui.widgets.labels import SectionHead, label, rule
from soloflow.ui.widgets.rows import OVERHANG

if TYPE_CHECKING:  # loads numpy, which comes with the first figures
    from soloflow.services.answers import Answer
    from soloflow.services.answers.experiments import Playbook
    from soloflow.services.experiment_verdicts import Outcome
    from soloflow.services.funnel_words import Who

WIDE, NARROW = 300, 248
"""Width of the list, and where the window is narrow."""
NARROW_WINDOW, LOW_WINDOW = 1000, 560
NARROWEST = 480
BODY, EMPTY = range(2)


class ExperimentsTab(AnswerPane):
    """The learnt playbook."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("改善策の前と後の、次の工程へ進む率"))
        self._chosen: int | None = None
        self._note_shown = ""
        self._is_counting = False
        self._counted: tuple[Outcome, ...] | None = None
        self.begin = button(_("改善策をはじめる"), self.open_form)
        self.begin.setToolTip(_("改善策をはじめる  Ins"))
        self.list = ExperimentList(context.theme)
        self.form = ExperimentForm(context)
        self.edit = button(_("直す"), self.open_editor, small=True)
        self.remove = button(_("削除する"), self.remove_chosen, small=True)
        self.note = ImeLineEdit()
        self._beside = QStackedWidget()
        self._whole = QStackedWidget()
        self._lay_out_list()
        self._listen()

    def _lay_out_list(self) -> None:
        self._lay_out_foot()
        scroll = styled(QScrollArea(), variant="page")
        scroll.setWidget(styled(self.form, variant="page"))
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.form.setMinimumWidth(NARROWEST)
        outer = self.layout()
        assert outer is not None
        outer.removeWidget(self.area)
        self.inside.setMinimumWidth(NARROWEST)
        self._beside.addWidget(self.area)
        self._beside.addWidget(scroll)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(MARGIN - OVERHANG, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side())
        row.addWidget(rule("upright"))
        row.addWidget(self._beside, 1)
        self._whole.addWidget(body)
        self._whole.addWidget(self._nothing_yet())
        outer.addWidget(self._whole)

    def _side(self) -> QWidget:
        made = self._list_side = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 8, OVERHANG, 0)
        column.setSpacing(4)
        icons.beside_text(self.begin, self.context.theme, "plus")
        self._head = SectionHead(_("試したこと"), inset=OVERHANG)
        column.addWidget(self._head)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(OVERHANG, 4, OVERHANG, 12)
        foot.addWidget(self.begin)
        foot.addStretch(1)
        column.addLayout(foot)
        return made

    def _lay_out_foot(self) -> None:
        """Below the picture: what was learnt, and the two things one can do with it."""
        self.note.setMaxLength(400)
        self.note.setAccessibleName(_("学んだこと"))
        self.note.setPlaceholderText(_("次にいかせることを、ひとことで"))
        learnt = QHBoxLayout()
        learnt.setContentsMargins(OVERHANG, 12, OVERHANG, 0)
        learnt.setSpacing(8)
        learnt.addWidget(label(_("学んだこと"), "second"))
        learnt.addWidget(self.note, 1)
        learnt.addWidget(self.edit)
        learnt.addWidget(self.remove)
        self.edit.setToolTip(_("名前、期待する率、メモを直す  F2"))
        self.remove.setToolTip(_("この改善策を削除する  Delete"))
        self.column.insertLayout(self.column.count() - 1, learnt)

    def _nothing_yet(self) -> QWidget:
        return EmptyState(
            self.context.theme, "flask", _("改善策をひとつ、はじめましょう"),
            _(
                "例：「問い合わせの返事に、候補日を3つ書く」。2 問合せから進む率を 60 % から 70 % に。\n"
                "はじめる日と判定日を先に決めておくと、効いたのか、たまたまなのかを、\n自分の数字で見分けられます。結果はここに残ります。"
            ),
            (_("改善策をはじめる"), self.open_form),
        )  # fmt: skip

    def _listen(self) -> None:
        self.list.moved.connect(self._on_moved)
        self.list.clicked.connect(self._on_moved)
        self.list.asked.connect(self._on_asked)
        self.form.stated.connect(self._on_stated)
        self.form.left.connect(self.close_form)
        self.note.submitted.connect(self._keep_note)
        self.note.editingFinished.connect(self._keep_note)
        self.context.changed.connect(self._on_changes)
        self.context.closing.connect(self._keep_note)

    # What is asked

    def ask(self, shown: Overview) -> "Callable[[], Answer]":
        """The list, and the chosen one of it."""
        self._is_counting = self._counted is None or self._is_counting
        return partial(_playbook, self.context.workspace, shown, self._chosen, self._counted)

    def behind(self, shown: Overview, who: "Who") -> Callable[[], tuple[int, ...]]:
        """Those before or after, as they were counted for this one."""
        found = self._playbook
        if found is None or found.outcome is None:
            return super().behind(shown, who)
        return partial(_customers_behind, self.context.workspace, found, who)

    def scope_of(self, shown: Overview) -> Scope:
        """Each one says itself whose customers it counts; the filters above do not."""
        found = self._playbook
        return shown.scope if found is None or found.outcome is None else Scope(found.outcome.experiment.channel_id)

    def arrive(self, **args: object) -> None:
        """`stage=3` opens the panel on that stage, `experiment=5` shows that one."""
        if isinstance(stage := args.get("stage"), int):
            self._open(stage)
        elif isinstance(wanted := args.get("experiment"), int):
            self.close_form()
            self._choose(wanted)

    def show_answer(self, answer: "Answer") -> None:
        """The list as well as the chosen one."""
        self._is_counting = False
        super().show_answer(answer)
        found = self._playbook
        if found is None:
            return
        self._chosen = found.outcome.experiment.id if found.outcome else None
        self._head.set_count(len(found.tried))
        self.list.blockSignals(True)
        self.list.tried.show_lines(found.tried)
        row = self.list.tried.row_of(self._chosen)
        if row >= 0 and self.list.currentIndex().row() != row:
            self.list.setCurrentIndex(self.list.tried.index(row))
        self.list.blockSignals(False)
        self._show_note("" if found.outcome is None else found.outcome.experiment.note)
        self._show_parts()

    def _show_note(self, note: str) -> None:
        """What is being typed stays; what was taken back elsewhere must not be written again."""
        if not self.note.hasFocus() or self.note.text() == self._note_shown:
            self.note.setText(note)
            self.note.setCursorPosition(0)
        self._note_shown = note

    def _show_parts(self) -> None:
        is_forming = self._beside.currentIndex() == 1
        is_empty = self._playbook is not None and not self._playbook.tried
        self._whole.setCurrentIndex(EMPTY if is_empty and not is_forming else BODY)

    @property
    def _playbook(self) -> "Playbook | None":
        from soloflow.services.answers.experiments import Playbook

        return self.answer if isinstance(self.answer, Playbook) else None

    @property
    def first(self) -> QWidget:
        """The first field of the panel, the list's answer, or the button to begin."""
        if self._beside.currentIndex() == 1:
            return self.form.name
        return super().first

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: in a small window the chart needs the room more than the list and the heads."""
        super().resizeEvent(event)
        for head in self.heads:
            styled(head, role="head" if self.height() < LOW_WINDOW else "title")
        self._list_side.setFixedWidth((NARROW if self.width() < NARROW_WINDOW else WIDE) + OVERHANG)

    @property
    def work(self) -> tuple[int | None, Draft | None]:
        """Which one is chosen, and the new one that is being written."""
        is_writing = self._beside.currentIndex() == 1 and self.form.has_draft
        return self._chosen, self.form.draft if is_writing else None

    def resume(self, work: tuple[int | None, Draft | None]) -> None:
        """Go on with what was done."""
        self._chosen, draft = work
        if draft is not None:
            self._open(draft.stage)
            self.form.resume(draft)

    # The list

    @Slot(object)
    def _on_moved(self, index: QModelIndex) -> None:
        if index.isValid():
            self.close_form()
            self._choose(self.list.tried.lines[index.row()].id)

    def _choose(self, experiment: int) -> None:
        if experiment != self._chosen:
            self._keep_note()
            self._chosen = experiment
            # What is being counted anew must not be overtaken by what was counted before.
            if self._playbook is not None and not self._is_counting:
                self._counted = self._playbook.outcomes
            self.ask_again()
            self._counted = None

    @Slot(str)
    def _on_asked(self, what: str) -> None:
        {"edit": self.open_editor, "remove": self.remove_chosen, "begin": self.open_form}[what]()

    @Slot(object)
    def _on_changes(self, changes: Changes) -> None:
        if "experiments" in changes.topics:
            self.ask_again()

    # What one can do

    def open_form(self) -> None:
        """State another one, aimed at the stage in question."""
        stage = None
        if self.shown is not None:
            from soloflow.services.answers.after_step import first_stage

            stage = first_stage(self.shown)
        self._open(stage)

    def _open(self, stage: int | None) -> None:
        is_open = self._beside.currentIndex() == 1
        self._beside.setCurrentIndex(1)
        self._show_parts()
        if not (is_open and self.form.has_draft):  # words that are being written stay
            self.form.begin(stage)
        elif stage is not None:
            self.form.aim(stage)

    def open_editor(self) -> None:
        """Mend the words of the chosen one."""
        found = None if self._chosen is None else experiments.get(self.context.workspace, self._chosen)
        if found is not None:
            self._beside.setCurrentIndex(1)
            self.form.mend(found)

    @Slot()
    def close_form(self) -> None:
        """Back to the chosen one."""
        if self._beside.currentIndex() == 1:
            self._beside.setCurrentIndex(0)
            self._show_parts()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_stated(self, experiment: int) -> None:
        self.close_form()
        self._chosen = experiment
        self.ask_again()

    def remove_chosen(self) -> None:
        """Take the chosen one off the list; undo brings it back."""
        if self._chosen is not None:
            removed, self._chosen = self._chosen, None  # a second Delete does not mean the one that is going
            self.context.run(partial(experiments.remove, self.context.workspace, removed))

    @Slot()
    def _keep_note(self) -> None:
        found = self._playbook
        if found is None or found.outcome is None:
            return
        one = found.outcome.experiment
        if self.note.text().strip() != one.note:
            self.context.run(partial(experiments.learn, self.context.workspace, one.id, self.note.text()))


def _playbook(ws: Workspace, shown: Overview, chosen: int | None, counted: "tuple[Outcome, ...] | None") -> "Answer":
    from soloflow.services.answers import experiments as answer

    return answer.playbook(ws, shown, chosen, counted)


def _customers_behind(ws: Workspace, found: "Playbook", who: "Who") -> tuple[int, ...]:
    from soloflow.services import experiment_verdicts

    assert found.outcome is not None
    return experiment_verdicts.customers_behind(ws, found.outcome, who)
