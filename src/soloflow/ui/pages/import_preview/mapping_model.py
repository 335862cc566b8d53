"""The first rows of a table nobody knows, as they stand in the file, with what is the matter with a cell."""

from functools import cache
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from soloflow.i18n import _
from soloflow.services import mappings
from soloflow.services.mappings import IGNORE, Mapping, Table

SHOWN = 20
"""Rows of the file that are shown."""
LONGEST = 300
"""Characters of a cell that are drawn."""
ROLE = Qt.ItemDataRole.UserRole
"""What a cell is: "head", "above", "pale", "bad" or ""."""

Index = QModelIndex | QPersistentModelIndex


class MappingModel(QAbstractTableModel):
    """Rows are rows of the file, columns are its columns; the vertical head is the line."""

    def __init__(self, table: Table, mapping: Mapping, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self.mapping = mapping
        self._remark = cache(mappings.remark)

    def show_mapping(self, mapping: Mapping) -> None:
        """Another meaning of the columns; their number may have changed with the header."""
        if len(mapping.fields) == len(self.mapping.fields):
            self.mapping = mapping
            if self.rowCount():
                last = self.index(self.rowCount() - 1, self.columnCount() - 1)
                self.dataChanged.emit(self.index(0, 0), last)
        else:
            self.beginResetModel()
            self.mapping = mapping
            self.endResetModel()

    def line(self, row: int) -> int:
        """The line in the file of a row shown."""
        return self.table.top[row].line

    def row_of(self, line: int) -> int:
        """The row in which a line is shown; -1 where it is not."""
        return next((number for number in range(self.rowCount()) if self.line(number) == line), -1)

    def cell(self, row: int, column: int) -> str:
        """The text of a cell on one line."""
        cells = self.table.top[row].cells
        return " ".join(cells[column][:LONGEST].split()) if column < len(cells) else ""

    def kind(self, row: int, column: int) -> str:
        """How a cell is drawn."""
        line = self.line(row)
        if line <= self.mapping.header:
            return "head" if line == self.mapping.header else "above"
        if self.mapping.fields[column] == IGNORE:
            return "pale"
        return "bad" if self.remark(row, column) else ""

    def remark(self, row: int, column: int) -> str:
        """What is the matter with a cell below the header."""
        found = self.table.top[row]
        if found.broken:
            return _('引用符「"」の対応が崩れていて読めません。この行だけ除かれます。') if column == 0 else ""
        if found.line <= self.mapping.header or column >= len(found.cells):
            return ""
        return self._remark(self.mapping.fields[column], found.cells[column])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt: the rows shown."""
        return 0 if parent.isValid() else min(SHOWN, len(self.table.top))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt: a column for each field of the mapping."""
        return 0 if parent.isValid() else len(self.mapping.fields)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: the text, what it is, and what is the matter with it."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(row, column)
        if role == ROLE:
            return self.kind(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (self.remark(row, column), self.cell(row, column)))) or None
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.remark(row, column) or None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: lines of the file; above a column stands its choice, which names it by itself."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Vertical and section < self.rowCount():
            return str(self.line(section))
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Vertical:
            return _("この行を見出しにする（もう一度押すと見出しなし）")
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return ""
        return None
