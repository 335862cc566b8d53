"""One column of the day: painted lines, and between them the widgets that section heads and panels are."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from soloflow.i18n import _
from soloflow.services import wording
from soloflow.services.today import Task
from soloflow.ui.models.today_rows import ICONS, DayModel, Entry, ReminderLine, TaskLine
from soloflow.ui.theme import Theme
from soloflow.ui.widgets.rows import ROW, Cell, RowDelegate, RowList, Run, columns

Index = QModelIndex | QPersistentModelIndex
GAP = 10


class DayRows(RowDelegate):
    """Paints tasks and reminders; the last columns are as wide as their longest text."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, theme.size("row_task"))
        self.day_width = 72
        self.when_width = 52
        self.what_width = 0

    def measure(self, model: DayModel) -> None:
        """Make room for the dates of this language, and for no more of a task than its words need."""
        metrics = QFontMetrics(self.theme.font("body", bold=True))
        tasks = (line.task.text for line in model.lines() if isinstance(line, TaskLine))
        self.what_width = max((metrics.horizontalAdvance(text) for text in tasks), default=0) + 1
        days = {line.day for line in model.lines() if isinstance(line, TaskLine)}
        self.day_width = max((metrics.horizontalAdvance(text) for text in days), default=0)
        self.day_width = max(self.day_width, 72)
        whens = {line.when for line in model.lines()}
        self.when_width = max((metrics.horizontalAdvance(text) for text in whens), default=0)
        self.when_width = max(self.when_width, 52)

    def cells(self, index: Index, width: int) -> Sequence[Cell]:
        """The cells of a line; a place for a widget has none."""
        entry: Entry = index.data(ROW)
        if isinstance(entry.line, TaskLine):
            return self._task(entry.line, width)
        return () if entry.line is None else self._reminder(entry.line, width)

    def _task(self, line: TaskLine, width: int) -> Sequence[Cell]:
        stage_width = 118 if width >= 700 else 84
        rest = max(0, width - 32 - stage_width - self.day_width - self.when_width - 6 * GAP)
        words = min(max(self.what_width, rest // 3), rest * 3 // 5)
        tick, kind, what, who, stage, day, when = columns(
            width, 16, 16, words, 0, stage_width, self.day_width, self.when_width, gap=GAP
        )
        task, done = line.task, line.is_done
        late = Run(line.when, "warnt", bold=True) if line.is_late else Run(line.when, "ink2", bold=line.is_next)
        return (
            Cell(
                *tick,
                icon="check" if done else "circle",
                icon_role="acc" if done else "ctl",
                key="tick",
                tip=_("済みにする  Space"),
            ),
            Cell(*kind, icon=ICONS.get(task.kind, "arrow-right"), icon_role="acc" if line.is_next else "ink2"),
            Cell(*what, (Run(task.text, "ink3" if done else "ink", bold=line.is_next, strike=done),)),
            *self._who(*who, task),
            Cell(*stage, (Run(line.stage, "ink3"),)),
            Cell(*day, (Run(line.day, "ink2"),), align="right", key="day", tip=_("日付を動かす  S")),
            Cell(*when, (late,), align="right", key="day", tip=_("日付を動かす  S")),
        )

    def _who(self, left: int, width: int, task: Task) -> Iterator[Cell]:
        """Customer and person; the company's form goes before a part of the names does, and a long customer leaves the person
        two fifths. The tip says how to reach them.
        """
        wide = self._metrics["body", False].horizontalAdvance
        person = wide(task.person) + 1 if task.person else 0
        between = GAP if task.person else 0
        fits = wide(task.customer) + between + person <= width
        name = task.customer if fits else wording.short_name(task.customer)
        room = max(width - between - person, width * 3 // 5 - between) if person else width
        taken = min(wide(name) + 1, room)
        tip = "\n".join(part for part in (task.customer, task.person, task.phone, task.mail) if part)
        tip = tip if task.reach or not fits else ""
        yield Cell(left, taken, (Run(name),), tip=tip)
        if task.person:
            yield Cell(left + taken + between, max(0, width - taken - between), (Run(task.person, "ink2"),), tip=tip)

    def _reminder(self, line: ReminderLine, width: int) -> Sequence[Cell]:
        icon, who, when = columns(width, 16, 0, self.when_width, gap=GAP)
        late = line.is_late
        return (
            Cell(*icon, icon=line.icon, icon_role="warnt" if line.icon == "warning" else "ink2"),
            Cell(*who, (Run(line.reminder.name), Run(line.reminder.reason, "ink3", type="label"))),
            Cell(*when, (Run(line.when, "warnt" if late else "ink2", bold=late),), align="right"),
        )

    def row_height(self, index: Index) -> int:
        """As the entry says."""
        entry: Entry = index.data(ROW)
        return entry.height

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: lines only; the rest is widgets."""
        entry: Entry = index.data(ROW)
        if entry.line is not None:
            super().paint(painter, option, index)


class DayList(RowList):
    """The column; `make_widget(entry)` builds what stands in rows that are not lines."""

    menu_wanted = Signal(object, object)
    """(QModelIndex, place on the screen): a right click or the menu key on a line."""

    def __init__(self, theme: Theme, name: str, make_widget: Callable[[Entry], QWidget]) -> None:
        self.day_rows = DayRows(theme)
        super().__init__(self.day_rows, uniform=False)
        self.setAccessibleName(name)
        self.day_model = DayModel(self)
        self.setModel(self.day_model)
        self._make_widget = make_widget

    def choose_first(self) -> None:
        """The line that comes next, otherwise the first one."""
        lines = [
            (row, entry.line) for row, entry in enumerate(self.day_model.entries) if isinstance(entry.line, TaskLine)
        ]
        chosen = next((row for row, line in lines if line.is_next), lines[0][0] if lines else -1)
        if chosen >= 0:
            self.choose(chosen)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Bring the column to these entries, and be as high as they are."""
        counts = {entry.key: entry.count for entry in self.day_model.entries}
        self.day_model.show(entries)
        self.day_rows.measure(self.day_model)
        for row, entry in enumerate(entries):
            place = self.day_model.index(row)
            is_stale = counts.get(entry.key, entry.count) != entry.count
            if entry.line is None and (self.indexWidget(place) is None or is_stale):
                self.setIndexWidget(place, self._make_widget(entry))
        self.fit_height()
        self.viewport().update()

    def widget_of(self, kind: str, name: str) -> QWidget | None:
        """The widget of an entry, such as an open panel."""
        return self.indexWidget(self.day_model.index(self.day_model.row_of(kind, name)))

    def choose(self, row: int) -> None:
        """Select a line."""
        self.setCurrentIndex(self.day_model.index(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the widgets between the lines follow at once; before the list is seen, Qt lays it out anyway."""
        super().resizeEvent(event)
        if self.isVisible():
            self.doItemsLayout()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: what can be done with a line."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.setCurrentIndex(index)
            place = event.globalPos() if by_mouse else self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            self.menu_wanted.emit(index, place)
