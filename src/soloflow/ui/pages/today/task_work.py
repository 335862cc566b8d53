"""What is done with the line of a task: done, planned anew, moved, dropped or copied, and the panel below it that asks."""

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QMenu

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import follow_ups, today, wording
from soloflow.services.changes import Changes
from soloflow.services.today import Task, Today
from soloflow.ui.context import Context
from soloflow.ui.models.today_rows import Entry, Opened, TaskLine
from soloflow.ui.pages.today.day_list import DayList
from soloflow.ui.widgets.rows import ROW

if TYPE_CHECKING:  # loaded when the first panel is opened
    from soloflow.ui.pages.today.panels import Panel


class TaskWork(QObject):
    """Works on the tasks of one list; at most one panel is open."""

    panel_changed = Signal()
    """Another panel is open, or none: the list is to be shown anew."""
    panel_ready = Signal(object)
    """The index of the open panel, to be brought into view."""

    def __init__(self, context: Context, tasks: DayList) -> None:
        super().__init__(tasks)
        self.context = context
        self.tasks = tasks
        self.opened: Opened | None = None
        self._is_handing_in = False
        tasks.cell_clicked.connect(self._on_cell)
        tasks.menu_wanted.connect(self._on_menu)

    def forget_panel_of_gone_task(self, day: Today) -> None:
        """A task that came back by undo is asked about no more; one that went away elsewhere neither."""
        if self.opened is None or self.opened.task is None:
            return
        ids = {task.id for task in (*day.overdue, *day.today, *day.week)}
        if (self.opened.task.id in ids) == (self.opened.kind == "next"):
            self.opened = None

    def make_panel(self) -> "Panel":
        """The widget of the open panel."""
        from soloflow.ui.pages.today.panels import DonePanel, NextPanel, SnoozePanel

        assert self.opened is not None
        made: Panel
        if self.opened.kind == "done":
            made = DonePanel()
            made.accepted.connect(self._finish)
        elif self.opened.kind == "next":
            made = NextPanel(self.context.workspace)
            made.accepted.connect(self._plan)
        else:
            made = SnoozePanel(self.context.workspace)
            made.accepted.connect(self._snooze)
        made.closed.connect(self.close_panel)
        return made

    def open_panel(self, kind: str, task: Task | None) -> None:
        """Open "done", "next" or "snooze" below a line; task None is the head 期限切れ."""
        self.opened = Opened(kind, task)
        self._is_handing_in = False  # also where writing broke off
        self.panel_changed.emit()
        if task is not None:
            self.tasks.choose(self.tasks.day_model.row_of("task", f"{task.id}"))
        row = self.tasks.day_model.row_of("panel", kind if task is None else f"{kind} {task.id}")
        widget = self.tasks.indexWidget(self.tasks.day_model.index(row))
        if widget is not None:
            self.panel_ready.emit(self.tasks.day_model.index(row))
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close_panel(self) -> None:
        """Take the open panel away and leave everything as it is."""
        if self.opened is None:
            return
        self.opened = None
        self.panel_changed.emit()
        if not self.tasks.currentIndex().isValid():
            self.tasks.choose_first()
        self.tasks.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _finish(self, happened: str) -> None:
        """Done; the panel stays until it is written, so that nothing typed is lost when it cannot be."""
        assert self.opened is not None
        assert self.opened.task is not None
        if self._is_handing_in:
            return
        self._is_handing_in = True
        task = self.opened.task
        action = partial(follow_ups.finish, self.context.workspace, task.id, happened)
        self.context.run(action, partial(self._after_finish, task), failed=self._on_failed)

    def _after_finish(self, task: Task, _changes: Changes) -> None:
        self._is_handing_in = False
        self.open_panel("next", task)

    @Slot(object)
    def _plan(self, step: follow_ups.NextStep) -> None:
        from soloflow.ui.pages.today.panels import UNSAID_DAYS

        assert self.opened is not None
        assert self.opened.task is not None
        if self._is_handing_in:
            return
        self._is_handing_in = True
        ws = self.context.workspace
        day = step.day or ws.today() + timedelta(days=UNSAID_DAYS)
        text = step.text or _(wording.PLAN_KINDS[step.kind])
        action = partial(follow_ups.plan, ws, self.opened.task.prospect, text, day, kind=step.kind, due_time=step.time)
        self.context.run(action, self._after_plan, failed=self._on_failed)

    def _after_plan(self, _changes: Changes) -> None:
        self._is_handing_in = False
        self.close_panel()

    @Slot(object)
    def _snooze(self, day: date) -> None:
        assert self.opened is not None
        ws, task = self.context.workspace, self.opened.task
        ids = today.overdue_ids(ws) if task is None else (task.id,)
        self.close_panel()
        self.context.run(partial(follow_ups.snooze, ws, ids, day))

    def _on_failed(self, error: UserError) -> None:
        self._is_handing_in = False
        self.context.notify(str(error), kind="error")

    @Slot()
    def snooze_all(self) -> None:
        """Ask for another day for all of 期限切れ."""
        self.open_panel("snooze", None)

    def _task_at(self, index: QModelIndex) -> Task | None:
        entry: Entry | None = index.data(ROW)
        line = entry.line if entry is not None else None
        return line.task if isinstance(line, TaskLine) and not line.is_done else None

    @Slot(object, str)
    def _on_cell(self, index: QModelIndex, key: str) -> None:
        task = self._task_at(index)
        if task is not None:
            self.open_panel("done" if key == "tick" else "snooze", task)

    @Slot(object, object)
    def _on_menu(self, index: QModelIndex, place: QPoint) -> None:
        task = self._task_at(index)
        if task is None:
            return
        menu = QMenu(self.tasks)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        choices = [
            (_("済みにする"), "Space", partial(self.open_panel, "done", task)),
            (_("日付を動かす"), "S", partial(self.open_panel, "snooze", task)),
            (_("顧客を開く"), "Enter", partial(self.context.open_prospect, task.prospect)),
            (_("取りやめる"), "Delete", partial(self._drop, task)),
        ]
        if task.reach:
            words = _("{address} をコピー").format(address=task.reach)
            choices.insert(3, (words, "C", partial(self._copy, task)))
        for words, keys, act in choices:
            menu.addAction(f"{words}\t{keys}").triggered.connect(act)
        menu.popup(place)

    def _copy(self, task: Task) -> None:
        """The number to dial, or the address to write to, on the clipboard."""
        if task.reach:
            QGuiApplication.clipboard().setText(task.reach)
            self.context.notify(_("{address} をコピーしました").format(address=task.reach))
        else:
            self.context.notify(
                _("{name}には、電話もメールもまだありません。").format(name=task.person or task.customer)
            )

    def _drop(self, task: Task) -> None:
        self.context.run(partial(follow_ups.drop, self.context.workspace, task.id))

    def take_key(self, event: QKeyEvent) -> bool:
        """Space is done, S another day, C copies, Delete takes away, Esc closes the panel: whether the key was one of them.

        X means 離脱 elsewhere, so not here.
        """
        key = event.key()
        task = self._task_at(self.tasks.currentIndex()) if self.tasks.hasFocus() else None
        if key == Qt.Key.Key_Escape and self.opened is not None:
            self.close_panel()
        elif task is not None and key == Qt.Key.Key_Space:
            self.open_panel("done", task)
        elif task is not None and key == Qt.Key.Key_S:
            self.open_panel("snooze", task)
        elif task is not None and key == Qt.Key.Key_C and not event.modifiers():
            self._copy(task)
        elif task is not None and key == Qt.Key.Key_Delete:
            self._drop(task)
        else:
            return False
        return True
