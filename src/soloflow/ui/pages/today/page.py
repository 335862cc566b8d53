"""今日: the date and one sentence, what is due on the left, whom to think of on the right, the roles and the tank below."""

from functools import partial

from PySide6.QtCore import QModelIndex, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from soloflow.i18n import _
from soloflow.services import settings, today, wording
from soloflow.services.changes import Changes
from soloflow.services.today import Today
from soloflow.ui.context import Context
from soloflow.ui.models.today_rows import Entry, ReminderLine, TaskLine, reminder_entries, task_entries
from soloflow.ui.page import Page
from soloflow.ui.pages.today.between import Between
from soloflow.ui.pages.today.day_list import DayList
from soloflow.ui.pages.today.first_start import Act, FirstStart, FirstTask
from soloflow.ui.pages.today.foot import HEIGHT, LOW_HEIGHT, Foot
from soloflow.ui.pages.today.task_work import TaskWork
from soloflow.ui.theme import styled
from soloflow.ui.widgets.labels import ElidedLabel, label
from soloflow.ui.widgets.rows import ROW

SHOWS = frozenset(
    {
        "follow_ups",
        "prospects",
        "stage_transitions",
        "activities",
        "deals",
        "site_content",
        "releases",
        "experiments",
        "*",
    }
)
"""Topics the page speaks of; other changes leave it alone."""
TWO_COLUMNS_FROM = 1100
MORE_ROWS = 200
MINUTE_MS = 60_000


class TodayPage(Page):
    """One page that says what to do."""

    key = "today"
    foot_height = HEIGHT

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._day: Today | None = None
        self._shown_at = ""
        self._limit = today.LIMIT
        self.setMinimumWidth(640)  # less than two columns ask for: narrower means one column
        self._build()
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self._look_at_clock)
        context.changed.connect(self._count_while_hidden)

    def _build(self) -> None:
        theme = self.context.theme
        self.tasks = DayList(theme, _("することの一覧"), self._make_widget)
        self.reminders = DayList(theme, _("気にかける相手の一覧"), self._make_widget)
        self.tasks.opened.connect(self._on_opened)
        self.work = TaskWork(self.context, self.tasks)
        self.work.panel_changed.connect(self._show_rows)
        self.work.panel_ready.connect(self._on_panel_ready)
        self.tasks.moved.connect(self._on_moved)
        self.reminders.opened.connect(self._on_opened)
        self.reminders.moved.connect(self._on_moved)
        self._first_task = FirstTask(theme, partial(self.context.navigate, "site"))
        self.foot = Foot(theme)
        self.foot.someone_wanted.connect(self._open_someone)
        usual = QWidget()
        column = QVBoxLayout(usual)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_header())
        column.addWidget(self._make_columns(), 1)
        column.addWidget(self.foot)
        self._stack = QStackedWidget()
        self._stack.addWidget(usual)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _make_header(self) -> QWidget:
        self._date = label("", "figure")
        self._sentence = ElidedLabel(role="form-second")
        self._sentence.setContentsMargins(0, 10, 0, 0)
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(24, 16, 24, 0)
        row.setSpacing(16)
        row.addWidget(self._date)
        row.addWidget(self._sentence, 1)
        made.setFixedHeight(60)
        return made

    def _make_columns(self) -> QScrollArea:
        inside = styled(QWidget(), variant="page")
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, rows in ((left, self.tasks), (right, self.reminders)):
            column.setSpacing(0)
            column.addWidget(rows)
            column.addStretch(1)
        left.insertWidget(0, self._first_task)
        self._right = QWidget()
        self._right.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        # Rows reach 8 px beyond their text on both sides, so that text edges stand at the page's margin of 24.
        self._columns.setContentsMargins(16, 0, 16, 16)
        self._columns.setSpacing(24)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self._right)
        self.area = styled(QScrollArea(), variant="page")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        self.area.verticalScrollBar().rangeChanged.connect(self._make_room_for_bar)
        return self.area

    @Slot(int, int)
    def _make_room_for_bar(self, _least: int, most: int) -> None:
        """The scroll bar stands in the margin, so that columns and foot keep one edge."""
        bar = self.area.verticalScrollBar().sizeHint().width() if most else 0
        self._columns.setContentsMargins(16, 0, 16 - bar, 16)

    # What is shown

    def refresh(self, changes: Changes | None) -> None:
        """Read the day again; a panel that is open stays open."""
        if changes is not None and not changes.topics & SHOWS:
            return
        ws = self.context.workspace
        self._day = day = today.today(ws, self._limit)
        self.context.set_badge("today", day.overdue_count + day.today_count)
        self._stack.setCurrentIndex(0)
        if day.is_empty and not day.overdue_count + day.today_count + day.week_count:
            self._show_first_start()
            return
        self._date.setText(wording.day(ws, day.day))
        self._sentence.setText(_sentence(day))
        self._first_task.show_state(is_published=day.site_published, has_case=day.has_case_study)
        self.work.forget_panel_of_gone_task(day)
        self._show_rows()
        self.context.later(self._ask_for_figures)
        if not self.tasks.currentIndex().isValid():
            self.tasks.choose_first()

    def _ask_for_figures(self) -> None:
        self.context.run(partial(today.figures, self.context.workspace), self.foot.show_figures)

    @Slot()
    def _show_rows(self) -> None:
        if self._day is None:
            return
        ws = self.context.workspace
        self._shown_at = ws.now().isoformat(timespec="minutes")
        self.tasks.show_entries(task_entries(ws, self._day, self.work.opened))
        reminders = reminder_entries(ws, self._day)
        self.reminders.show_entries(reminders)
        self._right.setVisible(bool(reminders))

    def _show_first_start(self) -> None:
        if self._stack.count() == 1:
            beginnings: dict[str, Act] = {
                "profile": partial(self.context.navigate, "settings", section="profile"),
                "import": self._import_files,
                "capture": self.context.open_capture,
            }
            self._stack.addWidget(FirstStart(self.context, beginnings, self.context.open_sample))
        self._stack.setCurrentIndex(1)
        self._tick_beginnings()

    def _tick_beginnings(self) -> None:
        first = self._stack.widget(1)
        if isinstance(first, FirstStart):
            kept = settings.load(self.context.workspace.folder)
            first.show_done({"profile"} if kept.name or kept.trade_name else ())

    def _make_widget(self, entry: Entry) -> QWidget:
        """Heads, panels and links between the lines."""
        if entry.kind == "panel":
            return self.work.make_panel()
        made = Between(self.context.workspace, entry)
        made.more_wanted.connect(self._show_more)
        made.without_step_wanted.connect(self._show_without_step)
        made.snooze_wanted.connect(self.work.snooze_all)
        return made

    @Slot()
    def _show_more(self) -> None:
        self._limit += MORE_ROWS
        self.refresh(None)

    @Slot()
    def _show_without_step(self) -> None:
        self.context.navigate("customers", standing="active", step="none", order="waiting")

    # Where a line leads

    @Slot(object)
    def _on_opened(self, index: QModelIndex) -> None:
        entry: Entry = index.data(ROW)
        if isinstance(entry.line, TaskLine):
            self.context.open_prospect(entry.line.task.prospect)
        elif isinstance(entry.line, ReminderLine):
            reminder = entry.line.reminder
            if reminder.experiment is None:
                self.context.open_prospect(reminder.prospect)
            else:
                self.context.navigate("insights", tab="experiments", experiment=reminder.experiment)

    @Slot(object)
    def _on_moved(self, index: QModelIndex) -> None:
        rows = self.sender()
        if not index.isValid() or not isinstance(rows, DayList) or not rows.hasFocus():
            return
        self._bring_into_view(rows, rows.visualRect(index))
        other = self.tasks if rows is self.reminders else self.reminders
        other.clearSelection()

    @Slot(object)
    def _on_panel_ready(self, index: QModelIndex) -> None:
        self._bring_into_view(self.tasks, self.tasks.visualRect(index))

    def _bring_into_view(self, rows: DayList, place: QRect) -> None:
        """Rows are as high as their list; the page scrolls."""
        inside = self.area.widget()
        assert inside is not None
        centre = rows.viewport().mapTo(inside, place.center())
        self.area.ensureVisible(self.area.width() // 2, centre.y(), 0, 60)

    @Slot(str)
    def _open_someone(self, role: str) -> None:
        found = today.someone_for(self.context.workspace, role)
        if found is None:
            self.context.notify(_("この役割で話す相手は、まだいません。"))
        else:
            self.context.open_prospect(found)

    @Slot()
    def _import_files(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        chosen, _kind = QFileDialog.getOpenFileNames(
            self,
            _("名刺・連絡先のファイルを選ぶ"),
            "",
            _("連絡先（*.csv *.vcf *.tsv *.txt *.xlsx *.xlsm *.zip *.png *.jpg *.jpeg *.webp）")
            + ";;"
            + _("すべて（*）"),
        )
        if chosen:
            from pathlib import Path

            self.context.navigate("import", files=[Path(name) for name in chosen])

    # Clock and window

    @Slot()
    def _look_at_clock(self) -> None:
        """Midnight makes another page of it, and an appointment that has begun is no longer the next one."""
        if self._day is None or self._shown_at == self.context.workspace.now().isoformat(timespec="minutes"):
            return
        if self._day.day != self.context.workspace.today():
            self.refresh(None)
        elif self._stack.currentIndex() == 0:
            self._show_rows()

    @Slot(object)
    def _count_while_hidden(self, changes: Changes) -> None:
        if not self.isVisible() and changes.topics & {"follow_ups", "prospects", "*"}:
            self.context.set_badge("today", today.due_count(self.context.workspace))

    def focus_first(self) -> None:
        """Keyboard: the list of tasks."""
        if self._stack.currentIndex() == 0:
            self.tasks.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: keys for the line of a task."""
        if not self.work.take_key(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: one column and a low foot where there is no room for two."""
        super().resizeEvent(event)
        is_narrow = self.width() < TWO_COLUMNS_FROM
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if is_narrow or self._right.maximumWidth() != 384:
            self._right.setMaximumWidth(16_777_215 if is_narrow else 384)
            self._right.setMinimumWidth(0 if is_narrow else 384)
        self._columns.setDirection(way)
        self._columns.setSpacing(0 if is_narrow else 24)
        self.foot.set_narrow(is_narrow=is_narrow)
        self.foot_height = LOW_HEIGHT if is_narrow else HEIGHT

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: about to be seen."""
        self._look_at_clock()
        self._tick_beginnings()
        self._minute.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: no need for the clock."""
        self._minute.stop()
        super().hideEvent(event)


def _sentence(day: Today) -> str:
    parts = []
    if day.today_count:
        parts.append(_("今日することは {count:,}件。").format(count=day.today_count))
    else:
        parts.append(_("今日することはありません。"))
    if day.overdue_count:
        parts.append(_("期限切れが {count:,}件あります。").format(count=day.overdue_count))
    return "".join(parts)
