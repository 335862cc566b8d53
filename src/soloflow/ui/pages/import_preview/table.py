"""The table of the preview: heads, rows, and the field in which a cell is corrected where it stands."""

from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.services import importing
from soloflow.services.import_items import Item
from soloflow.ui.context import Context
from soloflow.ui.models.import_people import ImportModel
from soloflow.ui.pages.import_preview import choosing
from soloflow.ui.pages.import_preview.cell_field import CellField
from soloflow.ui.pages.import_preview.compare import ComparePanel
from soloflow.ui.pages.import_preview.heads import HeadRow
from soloflow.ui.pages.import_preview.list_of_people import PeopleRows
from soloflow.ui.pages.import_preview.menus import column_menu, row_menu
from soloflow.ui.pages.import_preview.rows import ImportRows
from soloflow.ui.pages.import_preview.words import FIELDS, bad_cells, cell_text
from soloflow.ui.theme import styled
from soloflow.ui.widgets.popover import Popover
from soloflow.ui.widgets.rows import OVERHANG

MARGIN = 24
SCROLL_BAR = 12
ANSWERS = {Qt.Key.Key_1: "same", Qt.Key.Key_2: "compare", Qt.Key.Key_3: "apart"}


class ImportTable(QWidget):
    """Ticks, answers and corrections go into the model at once."""

    company_wanted = Signal(str)
    """Only the people of this company are to be shown."""
    only_wanted = Signal()
    """Only the selected people are to be taken."""

    def __init__(self, context: Context, model: ImportModel, *, can_join: bool = False) -> None:
        super().__init__()
        self._context = context
        self.model = model
        self._editing: tuple[int, str] | None = None
        """The place of a person in the file, and the cell that is being corrected."""
        self.panel: Popover | None = None
        self.head = HeadRow(context.theme)
        self.head.all.clicked.connect(self._on_all)
        self.head.column_clicked.connect(self._on_column)
        self.delegate = ImportRows(context.theme, context.workspace, model.height, can_join=can_join)
        self.rows = PeopleRows(self.delegate)
        self.rows.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.rows.setModel(model)
        self.rows.cell_clicked.connect(self._on_cell)
        self.rows.opened.connect(self._on_opened)
        self.field = CellField(parent=self.rows.viewport())
        self.field.hide()
        self.field.submitted.connect(self._on_submitted)
        self.field.escaped.connect(self._on_escaped)
        self.field.left.connect(self.keep)
        self.field.moved_on.connect(self._on_moved_on)
        model.decided.connect(self.show_all)
        model.modelReset.connect(self.show_all)
        model.heights_changed.connect(self.rows.scheduleDelayedItemsLayout)
        self.rows.verticalScrollBar().valueChanged.connect(self.keep)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(MARGIN, 0, MARGIN, 0)
        head.addWidget(self.head)
        self._listed = QVBoxLayout()
        self._listed.addWidget(self.rows)
        self._make_room(0, 0)
        self.rows.verticalScrollBar().rangeChanged.connect(self._make_room)
        column.addLayout(head)
        column.addLayout(self._listed, 1)
        self.setFocusProxy(self.rows)

    @Slot(int, int)
    def _make_room(self, _least: int, most: int) -> None:
        """The scroll bar stands in the margin, so that rows and heads stay in line."""
        bar = SCROLL_BAR if most > 0 else 0
        self._listed.setContentsMargins(MARGIN - OVERHANG, 0, MARGIN - OVERHANG - bar, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Space answers the cell, Shift+Space enters, A the whole column, F2 corrects, Alt+1 to 3 answer."""
        row = self.rows.currentIndex().row()
        key, held = Qt.Key(event.key()), event.modifiers()
        alt = bool(held & Qt.KeyboardModifier.AltModifier)
        if row < 0:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self.act(row, "enters" if held & Qt.KeyboardModifier.ShiftModifier else self._meant())
        elif key == Qt.Key.Key_F2:
            self.edit(row, self._meant().partition(":")[2] if self._meant().startswith(("edit:", "bad:")) else "")
        elif alt and key in ANSWERS:
            self.act(row, ANSWERS[key])
        elif key == Qt.Key.Key_A and not held:
            self._keep_column(self._meant())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: the right button or the menu key: everything that can be done with the row."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        at = self.rows.viewport().mapFromGlobal(event.globalPos())
        index = self.rows.indexAt(at) if by_mouse else self.rows.currentIndex()
        if not index.isValid():
            return
        self.rows.go_to(index.row())
        below = self.rows.visualRect(index).bottomLeft() + QPoint(36, 0)
        row_menu(self, index.row()).popup(event.globalPos() if by_mouse else self.rows.viewport().mapToGlobal(below))

    def _meant(self) -> str:
        """The cell of the current row that Space means: the one walked to, or the tick."""
        key = self.delegate.focus_key
        return key if key in self.rows.stops() else "take"

    # Decisions

    @Slot(object, str)
    def _on_cell(self, index: QModelIndex, key: str) -> None:
        self.delegate.focus_key = key
        self.rows.go_to(index.row())
        self.act(index.row(), key)

    def act(self, row: int, key: str) -> None:
        """Do what a cell says."""
        kind, _colon, what = key.partition(":")
        if kind in ("take", "enters", "change"):
            self._turn(row, key)
        elif kind in ("same", "apart"):
            self.answer(row, is_known=kind == "same")
        elif kind == "news":
            self.model.decide(row, partial(choosing.turned, number=int(what)))
        elif kind == "join":
            self.model.decide(row, choosing.brought_together)
        elif kind == "compare":
            self.compare(row)
        elif kind == "guess":
            self._take_guess(row, int(what))
        elif kind in ("fix", "bad"):
            self.edit(row, what)
        else:
            self._turn(row, "take")

    def _turn(self, row: int, key: str) -> None:
        """The other answer; in a selection of several rows, the same one for all of them."""
        item = self.model.item(row)
        change = choosing.other_answer(item, key)
        if self.rows.selected_count() > 1 and self.rows.selectionModel().isSelected(self.model.index(row)):
            self.model.decide_rows(self.rows.selected_rows(), change)
        elif key == "take":
            self.model.decide(row, partial(choosing.ticked, take=not item.take))
        else:
            self.model.decide(row, change)

    def answer(self, row: int, *, is_known: bool) -> None:
        """同じ人 or 別の人."""
        if self.model.item(row).match is not None:
            self.model.decide(row, partial(importing.choose, is_known=is_known))

    def _keep_column(self, key: str) -> None:
        """All of this column, in every row shown, as the other answer of this cell would be."""
        if key.startswith("change:"):
            row = self.rows.currentIndex().row()
            self.model.decide_shown(choosing.other_answer(self.model.item(row), key))

    @Slot(str)
    def _on_column(self, column: str) -> None:
        at = self.head.mapToGlobal(QPoint(self.head.column_left(column), self.head.height()))
        column_menu(self, column).popup(at)

    @Slot()
    def _on_all(self) -> None:
        self.model.take_all(take=self.model.all_taken() is not True)

    @Slot()
    def show_all(self) -> None:
        states = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked, None: Qt.CheckState.PartiallyChecked}
        self.head.all.setCheckState(states[self.model.all_taken()])
        self.head.show_menus(on=self.model.counts().offered > 0)

    def compare(self, row: int) -> None:
        """Show file and record side by side."""
        item = self.model.item(row)
        known = importing.known_person(self._context.workspace, item)
        if known is None:
            return
        self.delegate.focus_key = "compare"
        content = ComparePanel(self._context, item, known)
        number = self.model.number(row)
        content.changed.connect(partial(self._on_compared, number))
        index = self.model.index(row)
        self.rows.scrollTo(index)
        place = self.delegate.stop_rect(self.rows.visualRect(index), index, "compare")
        self.panel = Popover(self.window(), content)
        content.done.connect(self.panel.close_panel)
        self.panel.show_at(QRect(self.rows.viewport().mapTo(self.window(), place.topLeft()), place.size()))

    @Slot(object)
    def _on_compared(self, number: int, item: Item) -> None:
        row = self.model.row_of(number)
        if row >= 0:
            self.model.decide(row, partial(choosing.instead, item))

    # Corrections

    @Slot(object)
    def _on_opened(self, index: QModelIndex) -> None:
        key = self.delegate.pressed_key or self._meant()
        kind, _colon, what = key.partition(":")
        if kind in ("edit", "bad", "change"):
            self.edit(index.row(), what)
        elif kind in ("take", "enters") or not key:
            self.edit(index.row())
        elif not self.delegate.pressed_key:
            self.act(index.row(), key)

    def _take_guess(self, row: int, number: int) -> None:
        item = self.model.item(row)
        if number >= len(item.guesses):
            return
        guess = item.guesses[number]
        try:
            changed = importing.amend(self._context.workspace, item, guess.field, guess.value)
        except UserError as error:
            self._context.notify(str(error), kind="error")
        else:
            self.delegate.focus_key = "take"
            self.model.decide(row, partial(choosing.instead, changed))

    def edit(self, row: int, cell: str = "") -> None:
        """Open a cell; without a name, the first bad one, or the name."""
        item = self.model.item(row)
        bad = bad_cells(item)
        wanted = cell if cell in FIELDS else next((name for name in FIELDS if name in bad), "name")
        index = self.model.index(row)
        self.rows.setCurrentIndex(index)
        self.rows.scrollTo(index)
        self._editing = (self.model.number(row), wanted)
        self.field.setGeometry(self.delegate.cell_rect(self.rows.visualRect(index), wanted))
        self.field.setText(self._raw(item, wanted))
        self.field.setAccessibleName(self.head.title_of(wanted))
        self.field.setToolTip("")
        styled(self.field, problem=False)
        self.field.selectAll()
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def keep(self) -> bool:
        """Put what was written into the model; what cannot be understood stays open, marked, with the reason."""
        if self._editing is None:
            return True
        number, cell = self._editing
        row = self.model.row_of(number)
        if row < 0:
            self._close()
            return True
        item = self.model.item(row)
        text = self.field.text().strip()
        if text != self._raw(item, cell):
            try:
                changed = importing.amend(self._context.workspace, item, "title" if cell == "post" else cell, text)
            except UserError as error:
                styled(self.field, problem=True)
                self.field.setToolTip(str(error))
                self._context.notify(str(error), kind="error")
                if not self.field.hasFocus():
                    self._close()
                return False
            self.model.decide(row, partial(choosing.instead, changed))
        self._close()
        return True

    def _raw(self, item: Item, cell: str) -> str:
        """What is edited of a cell."""
        return item.person.title if cell == "post" else cell_text(self._context.workspace, item, cell)

    def _close(self) -> None:
        self._editing = None
        self.field.hide()

    @Slot()
    def _on_submitted(self) -> None:
        if self.keep():
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_escaped(self) -> None:
        self._close()
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _on_moved_on(self, step: int) -> None:
        if self._editing is None:
            return
        number, cell = self._editing
        wanted = FIELDS[(FIELDS.index(cell) + step) % len(FIELDS)]
        if self.keep():
            self.edit(self.model.row_of(number), wanted)
