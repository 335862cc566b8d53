"""The rows of the preview as a list in which several can be selected and the arrow keys walk from cell to cell."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QItemSelectionRange, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView

from soloflow.i18n import _
from soloflow.ui.pages.import_preview.rows import ImportRows
from soloflow.ui.widgets.rows import Index, RowList

NO_UPDATE = QItemSelectionModel.SelectionFlag.NoUpdate
ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect
SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class PeopleRows(RowList):
    """Shift and Ctrl select, ← → walk through the cells of a row."""

    walked = Signal()
    """Another cell of the row is meant."""

    def __init__(self, delegate: ImportRows) -> None:
        super().__init__(delegate, uniform=False)
        self.import_rows = delegate
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAccessibleName(_("ファイルの人"))

    def selected_rows(self) -> list[int]:
        """The rows that are selected, from above."""
        return sorted(row for one in self._ranges() for row in range(one.top(), one.bottom() + 1))

    def selected_count(self) -> int:
        """How many rows are selected, without naming them."""
        return sum(one.height() for one in self._ranges())

    def _ranges(self) -> list[QItemSelectionRange]:
        found = self.selectionModel().selection()
        return [found.at(number) for number in range(found.count())]

    def stops(self) -> Sequence[str]:
        """The cells of the current row that a key can act upon."""
        index = self.currentIndex()
        if not index.isValid():
            return ()
        rect = self.visualRect(index)
        return self.import_rows.stops(index, rect.width() - 2 * self.import_rows.overhang)

    def go_to(self, row: int) -> None:
        """Make a row the current one, leaving a selection of several rows as it is where the row is part of it."""
        index = self.model().index(row, 0)
        if self.selected_count() > 1 and self.selectionModel().isSelected(index):
            self.selectionModel().setCurrentIndex(index, NO_UPDATE)
        else:  # said outright: Qt would ask which keys are down, and Ctrl of Ctrl+Enter may be down still
            self.selectionModel().setCurrentIndex(index, ALONE)

    def dataChanged(  # noqa: N802 - Qt's name
        self, first: Index, last: Index, roles: Sequence[int] = ()
    ) -> None:
        """Qt: other words in the same rows. A list of rows of different heights would lay all of them out anew."""
        QAbstractItemView.dataChanged(self, first, last, list(roles))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: ← and → go to another cell; the rest as in every list."""
        self.import_rows.pressed_key = ""
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
            return
        step = SIDEWAYS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        stops = list(self.stops())
        key = self.import_rows.focus_key
        place = stops.index(key) if key in stops else 0
        if stops:
            self.import_rows.focus_key = stops[max(0, min(len(stops) - 1, place + step))]
            self.viewport().update()
            self.walked.emit()
