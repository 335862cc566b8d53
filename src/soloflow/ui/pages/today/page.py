"""今日: the date and one sentence, what is due on the left, whom to think of on the right, the roles and the tank below."""

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import follow_ups, settings, today, wording
from soloflow.services.changes import Changes
from soloflow.services.today import Task, Today
from soloflow.ui.context import Context
from soloflow.ui.models.today_rows import Entry, Opened, ReminderLine, TaskLine, reminder_entries, task_entries
from soloflow.ui.page import Page
from soloflow.ui.pages.today.day_list import DayList
from soloflow.ui.pages.today.first_start import Act, FirstStart, FirstTask
from soloflow.ui.pages.today.foot import HEIGHT, LOW_HEIGHT, Foot
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.labels import ElidedLabel, SectionHead, label
from soloflow.ui.widgets.rows import ROW

if TYPE_CHECKING:  # loaded when the first panel is opened
    from soloflow.ui.pages.today.panels import Panel

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
        self._opened: Opened | None = None
        self._is_handing_in = False
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
        self.tasks.cell_clicked.connect(self._on_cell)
        self.tasks.moved.connect(self._on_moved)
        self.tasks.menu_wanted.connect(self._on_menu)
        self.reminders.opened.connect(self._on_opened)
        self.reminders.moved.connect(self._on_moved)
        self._first_task = FirstTask(theme, partial(self.context.navigate, "site"))
        self.foot = Foot(theme)
        self.foot.someone_wanted.connect(self._open_someone)
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_header())
        column.addWidget(self._make_columns(), 1)
        column.addWidget(self.foot)
        self._stack = QStackedWidget()
        self._stack.addWidget(work)
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
        self._forget_panel_of_gone_task(day)
        self._show_rows()
        self.context.later(self._ask_for_figures)
        if not self.tasks.currentIndex().isValid():
            self._choose_first()

    def _ask_for_figures(self) -> None:
        self.context.run(partial(today.figures, self.context.workspace), self.foot.show_figures)

    def _show_rows(self) -> None:
        if self._day is None:
            return
        ws = self.context.workspace
        self._shown_at = ws.now().isoformat(timespec="minutes")
        self.tasks.show_entries(task_entries(ws, self._day, self._opened))
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

    def _forget_panel_of_gone_task(self, day: Today) -> None:
        """A task that came back by undo is asked about no more; one that went away elsewhere neither."""
        if self._opened is None or self._opened.task is None:
            return
        ids = {task.id for task in (*day.overdue, *day.today, *day.week)}
        if (self._opened.task.id in ids) == (self._opened.kind == "next"):
            self._opened = None

    def _choose_first(self) -> None:
        lines = [(row, e.line) for row, e in enumerate(self.tasks.day_model.entries) if isinstance(e.line, TaskLine)]
        chosen = next((row for row, line in lines if line.is_next), lines[0][0] if lines else -1)
        if chosen >= 0:
            self.tasks.choose(chosen)

    def _make_widget(self, entry: Entry) -> QWidget:
        """Heads, panels and links between the lines."""
        if entry.kind == "panel":
            return self._make_panel()
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 12 if entry.kind == "head" else 0, 0, 0)
        if entry.kind == "head":
            column.addWidget(self._make_head(entry))
        elif entry.kind == "more":
            column.setContentsMargins(4, 0, 0, 0)
            column.addWidget(LinkButton(_("ほか {count:,}件を表示").format(count=entry.count), self._show_more))
        elif entry.kind == "idle":
            column.setContentsMargins(4, 8, 0, 0)
            words = _("次の一手なし {count:,}社").format(count=entry.count)
            link = LinkButton(words, self._show_without_step)
            link.setToolTip(_("進行中なのに次の一手が決まっていない顧客を開きます"))
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            column.setContentsMargins(8, 24, 8, 0)
            column.addWidget(label(_("今日から1週間、決まっていることはありません。"), "form"))
            column.addWidget(label(_("顧客に次の一手を決めると、その日にここへ並びます。"), "second"))
            column.addStretch(1)
        return made

    def _make_head(self, entry: Entry) -> SectionHead:
        titles = {
            "overdue": _("期限切れ"), "today": _("今日"), "week": self._week_title(), "recontacts": _("再連絡の日"),
            "stuck": _("止まっている顧客"), "money": _("納品・入金"), "verdicts": _("改善策の判定"),
        }  # fmt: skip
        side: QWidget | None = None
        if entry.name == "overdue":
            side = LinkButton(_("日付をまとめて動かす"), self._snooze_all)
        elif entry.name == "week":
            side = label(self._week_words(), "label")
        elif entry.name == "stuck":
            side = label(_("いつもより長い"), "label")
        return SectionHead(titles[entry.name], entry.count, side=side, late=entry.name == "overdue", inset=8)

    def _week_title(self) -> str:
        """今週 where the days are of this calendar week, from Monday to Sunday: a Tuesday of next week is not of this one."""
        return _("今週") if self.context.workspace.today().weekday() == 0 else _("これから1週間")

    def _week_words(self) -> str:
        ws, day = self.context.workspace, self.context.workspace.today()
        last = day + timedelta(days=today.WEEK_DAYS)
        return f"{wording.day(ws, day + timedelta(days=1))}–{wording.day(ws, last)}"

    @Slot()
    def _show_more(self) -> None:
        self._limit += MORE_ROWS
        self.refresh(None)

    def _show_without_step(self) -> None:
        self.context.navigate("customers", standing="active", step="none", order="waiting")

    # What is done with a line

    def _make_panel(self) -> "Panel":
        from soloflow.ui.pages.today.panels import DonePanel, NextPanel, SnoozePanel

        assert self._opened is not None
        made: Panel
        if self._opened.kind == "done":
            made = DonePanel()
            made.accepted.connect(self._finish)
        elif self._opened.kind == "next":
            made = NextPanel(self.context.workspace)
            made.accepted.connect(self._plan)
        else:
            made = SnoozePanel(self.context.workspace)
            made.accepted.connect(self._snooze)
        made.closed.connect(self.close_panel)
        return made

    def open_panel(self, kind: str, task: Task | None) -> None:
        """Open "done", "next" or "snooze" below a line; task None is the head 期限切れ."""
        self._opened = Opened(kind, task)
        self._show_rows()
        if task is not None:
            self.tasks.choose(self.tasks.day_model.row_of("task", f"{task.id}"))
        row = self.tasks.day_model.row_of("panel", kind if task is None else f"{kind} {task.id}")
        widget = self.tasks.indexWidget(self.tasks.day_model.index(row))
        if widget is not None:
            self._bring_into_view(self.tasks, self.tasks.visualRect(self.tasks.day_model.index(row)))
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close_panel(self) -> None:
        """Take the open panel away and leave everything as it is."""
        if self._opened is None:
            return
        self._opened = None
        self._show_rows()
        if not self.tasks.currentIndex().isValid():
            self._choose_first()
        self.tasks.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _finish(self, happened: str) -> None:
        """Done; the panel stays until it is written, so that nothing typed is lost when it cannot be."""
        assert self._opened is not None
        assert self._opened.task is not None
        if self._is_handing_in:
            return
        self._is_handing_in = True
        task = self._opened.task
        action = partial(follow_ups.finish, self.context.workspace, task.id, happened)
        self.context.run(action, partial(self._after_finish, task), failed=self._on_failed)

    def _after_finish(self, task: Task, _changes: Changes) -> None:
        self._is_handing_in = False
        self.open_panel("next", task)

    @Slot(object)
    def _plan(self, step: follow_ups.NextStep) -> None:
        from soloflow.ui.pages.today.panels import UNSAID_DAYS

        assert self._opened is not None
        assert self._opened.task is not None
        if self._is_handing_in:
            return
        self._is_handing_in = True
        ws = self.context.workspace
        day = step.day or ws.today() + timedelta(days=UNSAID_DAYS)
        text = step.text or _(wording.PLAN_KINDS[step.kind])
        action = partial(follow_ups.plan, ws, self._opened.task.prospect, text, day, kind=step.kind, due_time=step.time)
        self.context.run(action, self._after_plan, failed=self._on_failed)

    def _after_plan(self, _changes: Changes) -> None:
        self._is_handing_in = False
        self.close_panel()

    @Slot(object)
    def _snooze(self, day: date) -> None:
        assert self._opened is not None
        ws, task = self.context.workspace, self._opened.task
        ids = today.overdue_ids(ws) if task is None else (task.id,)
        self.close_panel()
        self.context.run(partial(follow_ups.snooze, ws, ids, day))

    def _on_failed(self, error: UserError) -> None:
        self._is_handing_in = False
        self.context.notify(str(error), kind="error")

    @Slot()
    def _snooze_all(self) -> None:
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
        menu = QMenu(self)
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
        """Qt: Space is done, S another day, C copies, Delete takes away, Esc closes the panel. X means 離脱 elsewhere, so not here."""
        key = event.key()
        task = self._task_at(self.tasks.currentIndex()) if self.tasks.hasFocus() else None
        if key == Qt.Key.Key_Escape and self._opened is not None:
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
