"""The rows of the list with their selection, which survives reading the list again."""

from array import array
from collections.abc import Sequence
from itertools import chain

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QScrollBar

from soloflow.i18n import _
from soloflow.ui.context import Context
from soloflow.ui.models.customer_list import CustomerListModel
from soloflow.ui.pages.customers.list_rows import CustomerRows
from soloflow.ui.widgets.rows import RowList

RESTORED = 500
"""Names that are bold because their rows are chosen; more are not seen at once."""
STRETCHES = 2_000
"""Of a selection that is scattered over more stretches only the first are chosen again after the list was read anew."""


class CustomerView(RowList):
    """Rows of customers; `selection_changed(ids)` for what the user chose, and for what is gone from the list."""

    selection_changed = Signal(object)
    all_wanted = Signal()
    """Everybody is about to be chosen, also those that a search found and did not list."""

    _bar: QScrollBar | None = None

    def __init__(self, context: Context) -> None:
        self.look = CustomerRows(context.theme, context.workspace)
        super().__init__(self.look)
        self.customers = CustomerListModel(context.workspace, self)
        self._is_filling = False
        self._bar = self._make_bar()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAccessibleName(_("顧客の一覧"))
        self.setModel(self.customers)
        self.selectionModel().selectionChanged.connect(self._on_selection)

    def _make_bar(self) -> QScrollBar:
        """A bar that lies over the margin of the rows: the selection reaches below it, and nothing moves when it comes."""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bar = QScrollBar(Qt.Orientation.Vertical, self)
        own = self.verticalScrollBar()
        own.valueChanged.connect(bar.setValue)
        bar.valueChanged.connect(own.setValue)
        return bar

    def chosen_ids(self) -> tuple[int, ...]:
        """The selected customers, in the order of the list."""
        ranges = _ranges(self.selectionModel().selection())
        return tuple(chain.from_iterable(self.customers.ids[first:end] for first, end in ranges))

    def let_go_of_many(self) -> None:
        """Forget a choice of several: among other customers it would be a few here and there, out of sight."""
        if len(self.chosen_ids()) > 1:
            self.clearSelection()

    def replace(self, ids: "array[int]") -> None:
        """Show these customers, with the same ones chosen and the same place in sight."""
        before, row, place = self.chosen_ids(), self.currentIndex().row(), self.verticalScrollBar().value()
        self._is_filling = True
        self.customers.set_ids(ids)
        self._choose_again(before, row)
        self.doItemsLayout()
        self.verticalScrollBar().setValue(place)
        self._is_filling = False
        if self.chosen_ids() != before:
            self._tell()

    def _choose_again(self, before: tuple[int, ...], row: int) -> None:
        """Choose the same customers; where none is left, wait just before the place they stood at."""
        stretches = _stretches(self.customers.ids, frozenset(before))
        chosen = QItemSelection()
        for first, last in stretches[:STRETCHES]:
            chosen.append(QItemSelectionRange(self.customers.index(first), self.customers.index(last)))
        selection = self.selectionModel()
        selection.select(chosen, QItemSelectionModel.SelectionFlag.Select)
        current = stretches[0][0] if stretches else min(row, self.customers.rowCount()) - 1
        if current >= 0:
            selection.setCurrentIndex(self.customers.index(current), QItemSelectionModel.SelectionFlag.NoUpdate)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Space chooses one more (or one less) and goes on to the next, Ctrl+A chooses everybody of the list."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            here, selection = self.currentIndex(), self.selectionModel()
            selection.select(here, QItemSelectionModel.SelectionFlag.Toggle)
            following = self.customers.index(here.row() + 1)
            if following.isValid():
                selection.setCurrentIndex(following, QItemSelectionModel.SelectionFlag.NoUpdate)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.all_wanted.emit()
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's name
        """Qt: other rows or another height; the bar over the margin follows its hidden twin."""
        super().updateGeometries()
        if self._bar is None:  # Qt asks while the view is being made
            return
        own, width = self.verticalScrollBar(), self._bar.sizeHint().width()
        self._bar.setRange(own.minimum(), own.maximum())
        self._bar.setPageStep(own.pageStep())
        self._bar.setSingleStep(own.singleStep())
        self._bar.setValue(own.value())
        self._bar.setGeometry(self.width() - width, 0, width, self.height())
        self._bar.setVisible(own.maximum() > own.minimum())

    @Slot(QItemSelection, QItemSelection)
    def _on_selection(self, _on: QItemSelection, _off: QItemSelection) -> None:
        if not self._is_filling:
            self._tell()

    def _tell(self) -> None:
        ids = self.chosen_ids()
        self.look.chosen = frozenset(ids[:RESTORED])
        self.selection_changed.emit(ids)


def _ranges(selection: QItemSelection) -> list[tuple[int, int]]:
    """First row and row after the last of each selected stretch; never an index per row, of which there may be 100,000."""
    parts = [selection.at(number) for number in range(selection.size())]
    return sorted((part.top(), part.bottom() + 1) for part in parts)


def _stretches(ids: Sequence[int], wanted: frozenset[int]) -> list[tuple[int, int]]:
    """First and last row of each stretch of wanted ids."""
    found: list[tuple[int, int]] = []
    if not wanted:
        return found
    for row, one in enumerate(ids):
        if one not in wanted:
            continue
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
