"""取り込みの確認: what a file holds, what would happen to each person, and only then the import.

``context.navigate("import", files=[Path, …])`` begins; several files are gone through one after the other.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services.changes import Changes
from soloflow.services.import_items import OutdatedError, Preview
from soloflow.ui.context import Context
from soloflow.ui.jobs import Job
from soloflow.ui.models.import_people import ImportModel
from soloflow.ui.page import Page
from soloflow.ui.pages.import_preview import begin, work
from soloflow.ui.pages.import_preview.foot import HEIGHT, ImportFoot
from soloflow.ui.pages.import_preview.head import AUTO, FileLine, FilterLine
from soloflow.ui.pages.import_preview.keeping import Kept, decisions_for, kept_decisions
from soloflow.ui.pages.import_preview.report import Outcome, ReportView, ask_and_save
from soloflow.ui.pages.import_preview.table import ImportTable
from soloflow.ui.pages.import_preview.target import Target
from soloflow.ui.pages.import_preview.waiting import WaitingView
from soloflow.ui.pages.import_preview.words import height_of
from soloflow.ui.pages_list import PAGES
from soloflow.ui.theme import styled
from soloflow.ui.widgets.empty import EmptyState
from soloflow.ui.widgets.own_window import bind_keys

if TYPE_CHECKING:  # tables nobody knows are rare
    from soloflow.services.mappings import Mapping, Table

TOPICS = frozenset({"*", "prospects", "contacts", "contact_points", "stage_transitions", "activities"})
"""What, when it changes elsewhere, makes another judgement of the file necessary."""
DUPLICATES = "duplicates"
Act = Callable[[], object]


class ImportPage(Page):
    """Empty, reading, the preview, or the report."""

    key = "import"
    foot_height = HEIGHT

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.model = ImportModel(self, height_of)
        self.preview: Preview | None = None
        self._files: list[Path] = []
        self._count = 0
        self._path: Path | None = None
        self._encoding = self._shown_encoding = AUTO
        self._is_quiet = False
        """Whether the file is judged again with the table in sight."""
        self._mapping: Mapping | None = None
        self._kept: Kept = {}
        self._given_before = Target()
        """What was chosen for the file before stays chosen; leaving loses nothing of it."""
        self._job: Job | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self._build())
        self._other: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.model.decided.connect(self._show_counts)
        context.jobs_changed.connect(self._on_jobs)
        bind_keys(self, {"Ctrl+Return": self.bring, "Ctrl+F": self._search})
        self._show_empty()

    # Building

    def _build(self) -> QWidget:
        made = styled(QWidget(), variant="page")
        self.head = FileLine(self.context)
        self.head.encoding_chosen.connect(self._on_encoding)
        self.head.assign_wanted.connect(self.assign_again)
        self.filters = FilterLine(self.context, self.model)
        self.filters.filtered.connect(self._on_filtered)
        self.filters.search.escaped.connect(self._leave_search)
        self.filters.search.submitted.connect(self._go_to_table)
        self.table = ImportTable(self.context, self.model, can_join=True)
        self.table.company_wanted.connect(self.filters.search.setText)
        self.table.only_wanted.connect(self.filters.take_only)
        self.table.rows.selectionModel().selectionChanged.connect(self._on_selected)
        self.foot = ImportFoot(self.leave, self.bring, self.show_open)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.filters)
        column.addWidget(self.table, 1)
        column.addWidget(self.foot)
        return made

    def show_instead(self, widget: QWidget | None) -> None:
        """Show this in place of the table; None for the table."""
        old, self._other = self._other, widget
        if widget is not None:
            self._stack.addWidget(widget)
        self._stack.setCurrentIndex(self._stack.count() - 1 if widget is not None else 0)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()

    def _show_empty(self) -> None:
        self.preview = None
        self.show_instead(begin.invitation(self.context.theme, self.choose_files))

    def _show_failure(self, error: UserError) -> None:
        from soloflow.services.mappings import Unmapped

        if self.preview is not None and self._other is None:  # read again unasked: what is shown is still right
            self.context.notify(str(error), kind="error")
            return
        self.preview = None
        if isinstance(error, Unmapped):
            self.assign(error.table)
            return
        better: tuple[str, Act] | None = None
        if self._encoding != AUTO:
            better = (_("自動の文字コードで読む"), self._read_as_found)
        elif self._files:
            better = (self._next_words(), self.next_file)
        self.show_instead(begin.failure(self.context.theme, error, self.choose_files, better))
        self.setAccessibleDescription(str(error))
        self.focus_first()

    # Page

    def refresh(self, changes: Changes | None) -> None:
        """Judge the file anew when what is known has changed meanwhile; decisions stay where they still fit."""
        is_open = self.preview is not None and self._other is None and self._job is None
        if changes is not None and is_open and changes.topics & TOPICS:
            self._judge_again()

    def arrive(self, **args: object) -> None:
        """files: the paths to go through."""
        files = args.get("files")
        if not isinstance(files, Sequence) or not files:
            return
        paths = [Path(one) for one in files]
        if self._job is not None or not isinstance(self._other, (EmptyState, ReportView)):
            more = [path for path in paths if path not in (*self._files, self._path)]
            self._files += more  # what is being decided is not lost by what comes
            self._count += len(more)
            self._say_leave()
            self.context.notify(_("いまのファイルのあとで、順に確かめます。"))
        else:
            self._files = paths
            self._count = len(paths)
            self.next_file()

    def focus_first(self) -> None:
        """Qt: the table, or the one button there is."""
        if self._other is None and self.preview is not None:
            self.table.setFocus()
        elif isinstance(self._other, (ReportView, WaitingView)):
            self._other.setFocus()
        else:
            begin = self._other.findChild(QPushButton) if self._other is not None else None
            (begin or self).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc leaves without importing, as long as nothing that was decided or corrected would be lost."""
        if event.key() != Qt.Key.Key_Escape or self.preview is None or self._other is not None:
            super().keyPressEvent(event)
        elif kept_decisions(self.preview.items, self.model.items) or self.filters.given != self._given_before:
            self.foot.say_what_stays()
        else:
            self.leave()

    # Reading

    @Slot()
    def choose_files(self) -> None:
        """Ask for files."""
        if found := begin.ask_for_files(self):
            self.arrive(files=found)

    @Slot()
    def next_file(self) -> None:
        """Read the next of the files."""
        if self._files:
            self._path = self._files.pop(0)
            self._encoding = AUTO
            self._mapping = None
            self._kept = {}
            self._given_before = self.filters.given
            self.preview = None
            self.filters.clear()
            self._read()

    def _next_words(self) -> str:
        return _("次のファイルへ（残り{count}件）").format(count=len(self._files))

    def _judge_again(self) -> None:
        """Compare what was read with what is known now; the table stays where it is until the answer is there."""
        assert self.preview is not None
        title = _("{name} を確かめ直しています").format(name=self.preview.name)
        self._is_quiet = True
        action = partial(work.judge_again, self.context.workspace, self.preview)
        self._job = self.context.run_long(title, action, self._on_read, failed=self._show_failure)

    def _read(self) -> None:
        """Read the file, and what is shown gives way until the answer is there."""
        assert self._path is not None
        if self.preview is not None:
            self._kept |= kept_decisions(self.preview.items, self.model.items)
        title = _("{name} を読んでいます").format(name=self._path.name)
        mapping = self._mapping or (self.preview.mapping if self.preview is not None else None)
        action = partial(work.read, self.context.workspace, self._path, self._encoding or None, mapping)
        self._is_quiet = False
        calm = _("まだ何も書き込んでいません。")
        self.show_instead(WaitingView(self.context.theme, title, calm, self._stop))
        self._job = self.context.run_long(title, action, self._on_read, failed=self._show_failure)

    @Slot()
    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_read(self, found: work.Read) -> None:
        preview = found.preview
        if self.preview is not None:  # decided while it was read again
            self._kept |= kept_decisions(self.preview.items, self.model.items)
        self.preview = preview
        self._shown_encoding = self._encoding
        place = f"{self._count - len(self._files)}/{self._count}" if self._count > 1 else ""
        self.head.show_file(preview, self._encoding, place)
        self._say_leave()
        current = self.table.rows.currentIndex().row()
        decided = decisions_for(preview.items, self._kept)
        self.model.show_items(preview.items, preview.running, found.words, found.heights, decided)
        self.filters.apply()
        if not preview.items:
            better = (self._next_words(), self.next_file) if self._files else None
            self.show_instead(begin.nobody(self.context.theme, preview, self.choose_files, better))
            self.focus_first()
            return
        self.show_instead(None)
        if self.model.rowCount():
            self.table.rows.go_to(max(0, min(current, self.model.rowCount() - 1)))
        if not self._is_quiet:
            self.table.setFocus()

    @Slot(str)
    def _on_encoding(self, encoding: str) -> None:
        self._encoding = encoding
        self._read()

    # What the columns mean

    def assign(self, table: "Table", mapping: "Mapping | None" = None) -> None:
        """Ask what the columns of a table mean."""
        from soloflow.ui.pages.import_preview.mapping_step import MappingStep

        assert self._path is not None
        self.preview = None
        step = MappingStep(self.context, self._path, table, self._encoding, mapping)
        step.decided.connect(self._on_assigned)
        step.left.connect(self.leave)
        self.show_instead(step)
        step.focus_first()

    @Slot(object, str)
    def _on_assigned(self, mapping: "Mapping", encoding: str) -> None:
        self._mapping, self._encoding = mapping, encoding
        self._read()

    @Slot()
    def assign_again(self) -> None:
        """Show what the columns were taken for, to change it."""
        if self.preview is not None and self._path is not None and self._job is None:
            mapping = self.preview.mapping
            title = _("{name} を読んでいます").format(name=self._path.name)
            action = partial(work.look, self._path, self._encoding or None, mapping)
            again = partial(self.assign, mapping=mapping)
            self._job = self.context.run_long(title, action, again, failed=self._show_failure)

    @Slot()
    def _read_as_found(self) -> None:
        self._encoding = AUTO
        self._read()

    # Deciding

    @Slot()
    def _on_filtered(self) -> None:
        if self.model.rowCount():
            self.table.rows.go_to(0)
        self.table.show_all()

    @Slot()
    def _search(self) -> None:
        if self.preview is not None and self._other is None:
            self.filters.search.setFocus()
            self.filters.search.selectAll()

    @Slot()
    def _leave_search(self) -> None:
        self.filters.search.clear()
        self.table.setFocus()

    @Slot()
    def _go_to_table(self) -> None:
        self.table.setFocus()

    @Slot()
    def _on_selected(self) -> None:
        rows = self.table.rows
        self.filters.show_selection(tuple(rows.selected_rows()) if rows.selected_count() > 1 else ())

    def show_open(self) -> None:
        """Show only the questions that wait for an answer."""
        self.filters.clear()
        self.filters.verdicts.choose("ask")
        self.filters.apply()
        self.table.setFocus()

    @Slot()
    def _show_counts(self) -> None:
        self.foot.show_counts(self.model.counts())
        self.filters.show_counts()

    def _say_leave(self) -> None:
        """With other files waiting, leaving this one goes on to them."""
        self.foot.leave.setText(_("とばす") if self._files else _("やめる"))
        tip = (
            _("このファイルを取り込まずに、次のファイルへ  Esc") if self._files else _("何も取り込まずに戻ります  Esc")
        )
        self.foot.leave.setToolTip(tip)

    @Slot()
    def leave(self) -> None:
        """Go back without importing anything, or on to the next file."""
        if self._files:
            self.next_file()
            return
        self._show_empty()
        self.model.show_items(())
        self.context.navigate("customers")

    # Writing

    @Slot()
    def bring(self) -> None:
        """Import what is ticked."""
        if decide := getattr(self._other, "decide", None):  # Ctrl+Enter in the step before
            decide()
        is_ready = self.preview is not None and self._other is None and self._job is None
        if not is_ready or not self.table.keep() or not self.model.counts().taken:
            return
        assert self.preview is not None
        title = _("{name} を取り込んでいます").format(name=self.preview.name)
        action = partial(
            work.write, self.context.workspace, self.preview, tuple(self.model.items), self.filters.given
        )  # fmt: skip
        self.foot.setEnabled(False)
        self.table.setEnabled(False)
        self._job = self.context.run_long(title, action, self._on_brought, failed=self._on_refused)

    @Slot()
    def _on_jobs(self) -> None:
        """Show how far our job is; when it is over, however it ended, the page can be used again."""
        job = self._job
        if job is None:
            return
        if job in self.context.jobs:
            if isinstance(self._other, WaitingView):
                self._other.show_job(job)
            return
        self._job = None
        self.foot.setEnabled(True)
        self.table.setEnabled(True)
        if job.cancelled.is_set() and isinstance(self._other, WaitingView):
            self._stay()

    def _stay(self) -> None:
        """Reading was stopped: back to what was shown before."""
        if self.preview is None:
            self._show_empty()
        else:
            self._encoding = self._shown_encoding
            self.head.encodings.choose(self._encoding)
            self.show_instead(None)
            self.table.setFocus()

    def _on_refused(self, error: UserError) -> None:
        """Nothing was written; everything decided is still there. What was judged by what was known before is judged anew."""
        self.context.notify(str(error), kind="error")
        if isinstance(error, OutdatedError):
            self._judge_again()

    def _on_brought(self, done: Outcome) -> None:
        assert self.preview is not None
        self._kept |= kept_decisions(self.preview.items, done.items)
        self.preview = None
        look: Act = partial(self.context.navigate, "customers")
        acts: dict[str, Act] = {"save": partial(ask_and_save, self.context, self, done)}
        change_set = done.changes.change_set
        if change_set is not None:
            acts["undo"] = partial(self._take_back, change_set)
        primary: tuple[str, Act] = (_("顧客を見る"), look)
        if self._files:
            acts["customers"] = look
            primary = (self._next_words(), self.next_file)
        else:
            acts["again"] = self.choose_files
        view = ReportView(self.context.theme, done, acts, primary)
        self.show_instead(view)
        self.context.announce(done.changes, quietly=True)  # the report says so, and has the button
        view.setFocus()
        if change_set is not None and any(entry.key == DUPLICATES for entry in PAGES):
            action = partial(work.count_pairs, self.context.workspace, change_set)
            title = _("かさなりを調べています")
            self.context.run_long(title, action, partial(self._on_pairs, view, change_set))

    def _on_pairs(self, view: ReportView, change_set: int, count: int) -> None:
        if count and self._other is view:
            view.show_pairs(count, partial(self.context.navigate, DUPLICATES, change_set=change_set))

    def _take_back(self, change_set: int) -> None:
        """Undo the import and look at the file once more, with the decisions that were made."""
        self.context.undo_this(change_set)
        self._read()
