"""これまで: write what happened, read it, mend it; a move's day can be corrected and a mistaken move taken back."""

from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services import process, prospects, when, wording
from soloflow.services.changes import Changes
from soloflow.services.customers import Customer, TimelineEntry
from soloflow.ui.context import Context
from soloflow.ui.models.timeline import TimelineModel
from soloflow.ui.pages.customers.timeline_rows import ICONS, TimelineRows
from soloflow.ui.widgets.ask_panel import open_popover
from soloflow.ui.widgets.date_field import DateField
from soloflow.ui.widgets.ime import ImeLineEdit
from soloflow.ui.widgets.labels import SectionHead, label
from soloflow.ui.widgets.rows import RowList

KINDS = ("note", "call", "mail", "meeting", "sign", "voice")


class Timeline(QWidget):
    """The section."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._id = 0
        self._head = SectionHead(_("これまで"), 0, inset=8)
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("書くことの種類"))
        self.kind.setFixedHeight(32)  # as high as the field beside it
        for key in KINDS:
            self.kind.addItem(context.icon(ICONS[key]), _(wording.ACTIVITY_KINDS[key]), key)
        self.field = ImeLineEdit()
        self.field.setAccessibleName(_("あったことを書く"))
        self.field.submitted.connect(self._on_written)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self._on_kind(0)
        writing = QHBoxLayout()
        writing.setContentsMargins(8, 8, 8, 8)
        writing.setSpacing(8)
        writing.addWidget(self.kind)
        writing.addWidget(self.field, 1)
        self.model = TimelineModel()
        self.model.setParent(self)
        self.model.rewritten.connect(self._on_rewritten)
        self.view = RowList(TimelineRows(context.theme, context.workspace), uniform=False)
        self.view.setAccessibleName(_("これまで"))
        self.view.setModel(self.model)
        self.view.opened.connect(self._on_opened)
        self.view.cell_clicked.connect(self._on_cell)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._on_context_menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addLayout(writing)
        column.addWidget(self.view)

    def show_customer(self, customer: Customer) -> None:
        """Show this one's past."""
        if customer.row.id != self._id:
            self.field.clear()
        self._id = customer.row.id
        self._head.set_count(_("{count}件").format(count=len(customer.timeline)))
        self.model.set_entries(customer.timeline)
        self.view.fit_height()

    # Writing

    @Slot(int)
    def _on_kind(self, _index: int) -> None:
        hints = {
            "note": _("あったこと、気づいたことを書きとめる"),
            "call": _("電話で話したこと"),
            "mail": _("メールでやりとりしたこと"),
            "meeting": _("会って話したこと"),
            "sign": _("予算、方針、組織の変化"),
            "voice": _("お客様の言葉をそのまま。サイトの文を書くときに見られます"),
        }
        self.field.setPlaceholderText(hints[self.kind.currentData()])

    @Slot(str)
    def _on_written(self, text: str) -> None:
        if text.strip():
            kind = str(self.kind.currentData())
            action = partial(prospects.note, self.context.workspace, self._id, kind, text)
            self.context.run(action, partial(self._after_written, text))

    def _after_written(self, text: str, _changes: Changes) -> None:
        """Not before: what could not be written stays in the field."""
        if self.field.text() == text:
            self.field.clear()

    # Mending

    @Slot(object)
    def _on_opened(self, index: QModelIndex) -> None:
        if self.model.entry(index.row()).source == "activity":
            self.view.edit(index)
        else:
            self._ask_day(index)

    @Slot(int, str)
    def _on_rewritten(self, activity: int, text: str) -> None:
        self.context.run(partial(prospects.edit_note, self.context.workspace, activity, text))

    @Slot(object, str)
    def _on_cell(self, index: QModelIndex, _key: str) -> None:
        rect = self.view.visualRect(index)
        self._open_menu(index, QPoint(rect.right() - 24, rect.bottom()))

    @Slot(QPoint)
    def _on_context_menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        if index.isValid():
            self._open_menu(index, at)

    def _open_menu(self, index: QModelIndex, at: QPoint) -> None:
        menu = self.menu_for(index)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def menu_for(self, index: QModelIndex) -> QMenu:
        """What can be done with an entry."""
        menu = QMenu(self)
        entry = self.model.entry(index.row())
        place = index.row()
        if entry.source == "activity":
            menu.addAction(_("文を直す")).triggered.connect(partial(self._edit, place))
        menu.addAction(_("日付を直す…")).triggered.connect(partial(self._ask_day_of, place))
        menu.addSeparator()
        words = _("消す") if entry.source == "activity" else _("この移動を取り消す")
        menu.addAction(words).triggered.connect(partial(self._remove, entry))
        return menu

    def _edit(self, row: int, _checked: bool = False) -> None:
        self.view.edit(self.model.index(row))

    def _ask_day_of(self, row: int, _checked: bool = False) -> None:
        self._ask_day(self.model.index(row))

    def _remove(self, entry: TimelineEntry, _checked: bool = False) -> None:
        ws = self.context.workspace
        if entry.source == "activity":
            self.context.run(partial(prospects.edit_note, ws, entry.id, ""))
        else:
            self.context.run(partial(process.void_entry, ws, entry.id))

    def _ask_day(self, index: QModelIndex) -> None:
        entry = self.model.entry(index.row())
        panel = DayPanel(self.context, entry.day)
        panel.chosen.connect(partial(self._on_day, entry))
        popover = open_popover(panel, self.view.viewport(), self.view.visualRect(index))
        panel.left.connect(popover.close_panel)

    def _on_day(self, entry: TimelineEntry, day: date) -> None:
        ws = self.context.workspace
        action = process.correct_date if entry.source == "transition" else prospects.date_note
        self.context.run(partial(action, ws, entry.id, day))


class DayPanel(QWidget):
    """Asks for another day; Enter gives it. Signals `chosen(date)`, `left`."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, context: Context, day: date) -> None:
        super().__init__()
        ws = context.workspace
        self.field = DateField(partial(when.read_past_day, ws), partial(wording.day, ws), day)
        self.field.setMinimumWidth(320)
        self.field.changed.connect(self._on_changed)
        self.field.field.submitted.connect(self._on_submitted)
        self.field.escaped.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(_("いつのことですか"), "strong"))
        column.addWidget(self.field)
        self.setFocusProxy(self.field)

    @Slot(object)
    def _on_changed(self, day: date | None) -> None:
        if day is not None:
            self.chosen.emit(day)
            self.left.emit()

    @Slot(str)
    def _on_submitted(self, _text: str) -> None:
        if not self.field.field.property("problem"):
            self.left.emit()
