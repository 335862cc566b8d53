"""The table of the preview: heads, rows, and the field in which a cell is corrected where it stands."""

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import importing
from soloflow.services.import_items import Item
from soloflow.ui.context import Context
from soloflow.ui.models.import_people import ImportModel
from soloflow.ui.pages.import_preview.rows import FIELDS, HeadRow, ImportRows, bad_cells
from soloflow.ui.theme import styled
from soloflow.ui.widgets.ime import ImeLineEdit
from soloflow.ui.widgets.rows import OVERHANG, RowList

MARGIN = 24
SCROLL_BAR = 12


class _CellField(ImeLineEdit):
    """Leaving it keeps what was written."""

    left = Signal()
    moved_on = Signal(int)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: the keyboard went elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Qt: Tab goes on to the next cell."""
        self.moved_on.emit(1 if next_ else -1)
        return True


class ImportTable(QWidget):
    """Ticks, answers and corrections go into the model at once."""

    def __init__(self, context: Context, model: ImportModel) -> None:
        super().__init__()
        self._context = context
        self.model = model
        self._editing: tuple[int, str] | None = None
        self.head = HeadRow(context.theme)
        self.head.all.clicked.connect(self._on_all)
        self.delegate = ImportRows(context.theme, context.workspace)
        self.rows = RowList(self.delegate, uniform=False)
        self.rows.setLayoutMode(QListView.LayoutMode.Batched)
        self.rows.setBatchSize(300)
        self.rows.setAccessibleName(_("ファイルの人"))
        self.rows.setModel(model)
        self.rows.cell_clicked.connect(self._on_cell)
        self.rows.opened.connect(self._on_opened)
        self.field = _CellField(parent=self.rows.viewport())
        self.field.hide()
        self.field.submitted.connect(self._on_submitted)
        self.field.escaped.connect(self._on_escaped)
        self.field.left.connect(self.keep)
        self.field.moved_on.connect(self._on_moved_on)
        model.decided.connect(self._show_all)
        model.heights_changed.connect(self._lay_out)
        self.rows.verticalScrollBar().valueChanged.connect(self.keep)
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
        """Qt: Space ticks, Shift+Space enters, F2 corrects, Alt+1 and Alt+3 answer."""
        row = self.rows.currentIndex().row()
        key, held = event.key(), event.modifiers()
        alt = bool(held & Qt.KeyboardModifier.AltModifier)
        if row < 0:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self._tick(row, "enters" if held & Qt.KeyboardModifier.ShiftModifier else "take")
        elif key == Qt.Key.Key_F2:
            self.edit(row)
        elif alt and key in {Qt.Key.Key_1, Qt.Key.Key_3}:
            self.answer(row, is_known=key == Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)

    # Decisions

    @Slot(object, str)
    def _on_cell(self, index: QModelIndex, key: str) -> None:
        row = index.row()
        if key in ("take", "enters"):
            self._tick(row, key)
        elif key in ("same", "apart"):
            self.answer(row, is_known=key == "same")
        elif key == "fix":
            self.edit(row)
        elif key.startswith("bad:"):
            self.edit(row, key.removeprefix("bad:"))

    def _tick(self, row: int, key: str) -> None:
        if key == "take":
            self.model.decide(row, _toggle_take)
        else:
            self.model.decide(row, _toggle_enters)

    def answer(self, row: int, *, is_known: bool) -> None:
        """同じ人 or 別の人."""
        if self.model.item(row).match is not None:
            self.model.decide(row, partial(importing.choose, is_known=is_known))

    @Slot()
    def _on_all(self) -> None:
        self.model.take_all(take=self.model.all_taken() is not True)

    @Slot()
    def _show_all(self) -> None:
        states = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked, None: Qt.CheckState.PartiallyChecked}
        self.head.all.setCheckState(states[self.model.all_taken()])

    @Slot()
    def _lay_out(self) -> None:
        self.rows.scheduleDelayedItemsLayout()

    # Corrections

    @Slot(object)
    def _on_opened(self, index: QModelIndex) -> None:
        self.edit(index.row())

    def edit(self, row: int, cell: str = "") -> None:
        """Open a cell; without a name, the first bad one, or the name."""
        item = self.model.item(row)
        bad = bad_cells(item)
        wanted = cell or next((name for name in FIELDS if name in bad), "name")
        index = self.model.index(row)
        self.rows.setCurrentIndex(index)
        self.rows.scrollTo(index)
        self._editing = (row, wanted)
        self.field.setGeometry(self.delegate.cell_rect(self.rows.visualRect(index), wanted))
        self.field.setText(_raw(self.delegate, item, wanted))
        self.field.setAccessibleName(wanted)
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
        row, cell = self._editing
        item = self.model.item(row)
        text = self.field.text().strip()
        if text != _raw(self.delegate, item, cell):
            try:
                changed = importing.amend(self._context.workspace, item, "title" if cell == "post" else cell, text)
            except UserError as error:
                styled(self.field, problem=True)
                self.field.setToolTip(str(error))
                self._context.notify(str(error), kind="error")
                if not self.field.hasFocus():
                    self._close()
                return False
            self.model.decide(row, partial(_instead, changed))
        self._close()
        return True

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
        row, cell = self._editing
        wanted = FIELDS[(FIELDS.index(cell) + step) % len(FIELDS)]
        if self.keep():
            self.edit(row, wanted)


def _raw(delegate: ImportRows, item: Item, cell: str) -> str:
    """What is edited of a cell."""
    return item.person.title if cell == "post" else delegate.text(item, cell)


def _toggle_take(item: Item) -> Item:
    return importing.choose(item, take=not item.take)


def _toggle_enters(item: Item) -> Item:
    return importing.choose(item, enters=not item.enters)


def _instead(changed: Item, _old: Item) -> Item:
    return changed
