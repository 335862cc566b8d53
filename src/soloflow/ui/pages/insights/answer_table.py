"""The table behind an answer: read aloud, walked by keyboard, copied; a row leads to the customers it counts."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from soloflow.i18n import _
from soloflow.ui.theme import Theme

if TYPE_CHECKING:  # loads numpy, which is imported with the first figures
    from soloflow.services.answers import Table

Index = QModelIndex | QPersistentModelIndex
ROW = 33
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class AnswerModel(QAbstractTableModel):
    """The cells as the service wrote them; the first column is a name, the others are figures."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.table: Table | None = None

    def show_table(self, table: "Table") -> None:
        """Show other figures; the place of the keyboard stays where the shape does."""
        old = self.table
        if old is not None and old.heads == table.heads and len(old.rows) == len(table.rows):
            self.table = table
            if table.rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(table.rows) - 1, len(table.heads) - 1))
            return
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Qt: the lines."""
        return 0 if parent.isValid() or self.table is None else len(self.table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Qt: the heads."""
        return 0 if parent.isValid() or self.table is None else len(self.table.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: text, side, weight."""
        if not index.isValid() or self.table is None:
            return None
        row = self.table.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.cells[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.table.heads[index.column()]} {row.cells[index.column()] or '—'}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if index.column() == 0 else RIGHT
        if role == Qt.ItemDataRole.ToolTipRole:
            return _("Enter で、この顧客を開きます") if row.who is not None else row.cells[index.column()]
        if role == Qt.ItemDataRole.FontRole:
            return self._font(is_bold=row.is_marked)
        return None

    def _font(self, *, is_bold: bool) -> QFont | None:
        return self._theme.font("body", bold=True) if is_bold else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the heads."""
        if orientation != Qt.Orientation.Horizontal or self.table is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if section == 0 else RIGHT
        return self.table.heads[section] if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None


class AnswerTable(QTableView):
    """The table; Enter or a double click opens the customers of a row, Ctrl+C copies what is chosen."""

    list_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.answers = AnswerModel(theme)
        self.answers.setParent(self)
        self.setModel(self.answers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setTextElideMode(Qt.TextElideMode.ElideRight)
        heads.setMinimumSectionSize(56)
        self.activated.connect(self._on_activated)

    def show_table(self, table: "Table") -> None:
        """Show other figures."""
        self.setAccessibleName(table.name)
        self.answers.show_table(table)
        heads = self.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._fit()

    def _fit(self) -> None:
        """The first column takes what is left, but is never cut: where there is too little room, the table scrolls."""
        heads = self.horizontalHeader()
        needed = max(self.sizeHintForColumn(0), heads.sectionSizeHint(0))
        others = sum(heads.sectionSize(column) for column in range(1, heads.count()))
        mode = QHeaderView.ResizeMode
        is_roomy = needed + others <= self.viewport().width()
        heads.setSectionResizeMode(0, mode.Stretch if is_roomy else mode.ResizeToContents)

    @property
    def needed_height(self) -> int:
        """Head, all rows, and the bar that comes where the columns are too wide."""
        bar = self.horizontalScrollBar().sizeHint().height()
        return self.horizontalHeader().sizeHint().height() + self.answers.rowCount() * ROW + bar + 2

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        table = self.answers.table
        if table is not None and table.rows[index.row()].who is not None:
            self.list_wanted.emit(table.rows[index.row()].who)

    def copy_chosen(self) -> None:
        """Put the chosen cells on the clipboard: tabs between cells, a line per row, heads first where there are several."""
        table = self.answers.table
        chosen = sorted((index.row(), index.column()) for index in self.selectedIndexes())
        if table is None or not chosen:
            return
        columns = sorted({column for _row, column in chosen})
        rows = sorted({row for row, _column in chosen})
        lines = [[table.rows[row].cells[column] for column in columns] for row in rows]
        if len(chosen) > 1:
            lines.insert(0, [table.heads[column] for column in columns])
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: more or less room for the first column."""
        super().resizeEvent(event)
        if self.answers.table is not None:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: copying, and Enter on every platform."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_chosen()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._on_activated(self.currentIndex())
        else:
            super().keyPressEvent(event)
