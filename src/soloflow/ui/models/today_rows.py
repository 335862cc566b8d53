"""今日 as rows: section heads, tasks, reminders, and the panels that open between them, in one list per column.

`task_entries` and `reminder_entries` turn the day into entries; `DayModel.show` brings a list to new entries by removing and
inserting single rows, so that selection, scroll position and a half-written answer stay where they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from soloflow.i18n import _, listed
from soloflow.services import wording
from soloflow.services.today import Reminder, Task, Today
from soloflow.services.workspace import Workspace
from soloflow.ui.widgets.rows import ROW

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 36
HEAD_HEIGHT = 44
ICONS = {"mail": "mail", "call": "call", "meeting": "meeting", "document": "document", "delivery": "box"}
REMINDER_ICONS = {"recontact": "recycle", "stuck": "clock", "idle": "clock", "delivery": "box", "experiment": "flask"}
NEVER_LATE = frozenset({"stuck", "idle", "experiment"})


# Tuples where the model does not hand them to Qt, which would make lists of them; see soloflow.services.today.


class TaskLine(NamedTuple):
    """A task in the words of its row."""

    task: Task
    stage: str
    day: str
    when: str
    is_late: bool
    is_next: bool
    """The next thing today that has a time."""
    is_done: bool


class ReminderLine(NamedTuple):
    """A reminder in the words of its row."""

    reminder: Reminder
    icon: str
    when: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a column: a line that is painted, or a place for a widget (head, more, panel, calm, idle)."""

    kind: str
    name: str
    line: TaskLine | ReminderLine | None = None
    count: int = 0
    height: int = ROW_HEIGHT
    sentence: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """The same for the same row, whatever its words."""
        return self.kind, self.name


class Opened(NamedTuple):
    """The panel that is open: "done", "next" or "snooze", below a task or below the head 期限切れ (task None)."""

    kind: str
    task: Task | None = None


def task_entries(ws: Workspace, day: Today, opened: Opened | None) -> list[Entry]:
    """The left column: 期限切れ, 今日, the week, and how many customers have nothing planned."""
    held = opened.task if opened is not None and opened.kind == "next" else None
    upcoming = _next_id(ws, day.today)
    parts = (
        ("overdue", day.overdue, day.overdue_count),
        ("today", day.today, day.today_count),
        ("week", day.week, day.week_count),
    )
    entries: list[Entry] = []
    for name, tasks, count in parts:
        shown = _with_held(day, name, tasks, held)
        if not shown:
            continue
        entries.append(Entry("head", name, count=count, height=HEAD_HEIGHT))
        if opened is not None and opened.task is None and name == "overdue":
            entries.append(Entry("panel", opened.kind, height=HEAD_HEIGHT))
        for task in shown:
            line = _task_line(ws, day, task, upcoming, is_done=task is held)
            entries.append(Entry("task", f"{task.id}", line, sentence=_task_sentence(line)))
            if opened is not None and opened.task is not None and opened.task.id == task.id:
                entries.append(Entry("panel", f"{opened.kind} {task.id}", height=HEAD_HEIGHT))
        if count > len(tasks):
            entries.append(Entry("more", name, count=count - len(tasks)))
    if not entries:
        entries.append(Entry("calm", "", height=96))
    if day.without_step_count:
        entries.append(Entry("idle", "", count=day.without_step_count, height=HEAD_HEIGHT))
    return entries


def reminder_entries(ws: Workspace, day: Today) -> list[Entry]:
    """The right column: 改善策の判定, 再連絡の日, 止まっている顧客, 納品・入金; sections without rows are left out."""
    parts = (
        ("verdicts", day.verdicts, len(day.verdicts)),
        ("recontacts", day.recontacts, day.recontact_count),
        ("stuck", day.stuck, day.stuck_count),
        ("money", day.money, len(day.money)),
    )
    entries: list[Entry] = []
    for name, reminders, count in parts:
        if not reminders:
            continue
        entries.append(Entry("head", name, count=count, height=HEAD_HEIGHT))
        for number, reminder in enumerate(reminders):
            line = _reminder_line(ws, day, reminder)
            words = (reminder.name, reminder.reason, line.when)
            key = f"{name} {reminder.experiment or reminder.prospect} {reminder.follow_up or number}"
            entries.append(Entry("reminder", key, line, sentence=listed(words)))
        if count > len(reminders):
            entries.append(Entry("more", name, count=count - len(reminders)))
    return entries


def _next_id(ws: Workspace, tasks: Sequence[Task]) -> int | None:
    now = f"{ws.now():%H:%M}"
    return next((task.id for task in tasks if task.due_time >= now), None)


def _with_held(day: Today, part: str, tasks: tuple[Task, ...], held: Task | None) -> tuple[Task, ...]:
    """The tasks of a part, with the one just done still in its place while the next step is being asked for."""
    if held is None or part != ("overdue" if held.due_on < day.day else "today" if held.due_on == day.day else "week"):
        return tasks
    return tuple(sorted((*tasks, held), key=lambda task: (task.due_on, not task.due_time, task.due_time, task.id)))


def _task_line(ws: Workspace, day: Today, task: Task, upcoming: int | None, *, is_done: bool) -> TaskLine:
    hour, _colon, minute = task.due_time.partition(":")
    time = f"{int(hour)}:{minute}" if minute else ""
    is_late = task.due_on < day.day
    return TaskLine(
        task,
        wording.stage_name(task.stage) if task.stage else _("名簿"),
        "" if task.due_on == day.day else wording.day(ws, task.due_on),
        wording.relative(ws, task.due_on) if is_late else time,
        is_late,
        task.id == upcoming,
        is_done,
    )


def _task_sentence(line: TaskLine) -> str:
    done = _("済み") if line.is_done else ""
    parts = (done, line.task.text, line.task.customer, line.task.person, line.stage, line.day, line.when)
    return listed(parts)


def _reminder_line(ws: Workspace, day: Today, reminder: Reminder) -> ReminderLine:
    days = (day.day - reminder.day).days
    is_late = days > 0 and reminder.kind not in NEVER_LATE
    if reminder.kind in {"stuck", "idle"}:
        when = _("{days}日").format(days=days) if days else _("今日")
    elif reminder.kind in {"recontact", "experiment"}:
        when = wording.relative(ws, reminder.day) if days >= 0 else wording.day(ws, reminder.day)
    elif is_late:
        when = _("{days}日 遅れ").format(days=days)
    else:
        when = _("今日") if days == 0 else wording.day(ws, reminder.day)
    late_money = is_late and reminder.kind != "recontact"
    return ReminderLine(reminder, "warning" if late_money else REMINDER_ICONS.get(reminder.kind, "yen"), when, is_late)


class DayModel(QAbstractListModel):
    """The entries of one column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    @property
    def entries(self) -> Sequence[Entry]:
        """What is shown, in order."""
        return self._entries

    def row_of(self, kind: str, name: str) -> int:
        """The row of an entry, or -1."""
        return next((row for row, entry in enumerate(self._entries) if entry.key == (kind, name)), -1)

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these entries; rows that stay are not touched, unless their order changed."""
        if not self._entries:
            self._replace(entries)
            return
        wanted = {entry.key for entry in entries}
        for row in reversed(range(len(self._entries))):
            if self._entries[row].key not in wanted:
                self._remove(row)
        kept = [entry.key for entry in self._entries]
        if kept != [entry.key for entry in entries if entry.key in set(kept)]:
            self._replace(entries)
            return
        for row, entry in enumerate(entries):
            self._place(row, entry)

    def lines(self) -> Iterator[TaskLine | ReminderLine]:
        """The painted lines."""
        return (entry.line for entry in self._entries if entry.line is not None)

    def _replace(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def _remove(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._entries[row]
        self.endRemoveRows()

    def _place(self, row: int, entry: Entry) -> None:
        if row >= len(self._entries) or self._entries[row].key != entry.key:
            self.beginInsertRows(QModelIndex(), row, row)
            self._entries.insert(row, entry)
            self.endInsertRows()
        elif self._entries[row] != entry:
            self._entries[row] = entry
            place = self.index(row)
            self.dataChanged.emit(place, place)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Qt: the entry, or its sentence."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ROW:
            return entry
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return entry.sentence
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: only lines can be chosen; widgets answer for themselves."""
        if index.isValid() and self._entries[index.row()].line is not None:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.NoItemFlags
