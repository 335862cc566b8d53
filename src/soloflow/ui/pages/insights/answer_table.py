"""The table behind an answer: a row leads to the customers it counts."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex

from soloflow.ui.pages.insights.figure_table import FigureModel, FigureTable, Index
from soloflow.ui.theme import Theme

if TYPE_CHECKING:  # loads numpy, which is imported with the first figures
    from soloflow.services.answers import Table, Who


class AnswerModel(FigureModel):
    """The cells as the service wrote them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
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

    def heads(self) -> tuple[str, ...]:
        """As the service wrote them."""
        return () if self.table is None else self.table.heads

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Qt: the lines."""
        return 0 if parent.isValid() or self.table is None else len(self.table.rows)

    def text(self, index: Index) -> str:
        """The cell."""
        return "" if self.table is None else self.table.rows[index.row()].cells[index.column()]

    def counted(self, index: Index) -> "Who | None":
        """Those of the cell, else of its row."""
        return None if self.table is None else self.table.rows[index.row()].counted(index.column())

    def is_bold(self, index: Index) -> bool:
        """Where the row is marked."""
        return self.table is not None and self.table.rows[index.row()].is_marked


class AnswerTable(FigureTable):
    """The table; `show_table` shows another."""

    def __init__(self, theme: Theme) -> None:
        self.answers = AnswerModel(theme)
        super().__init__(self.answers)

    def show_table(self, table: "Table") -> None:
        """Show other figures."""
        self.setAccessibleName(table.name)
        self.answers.show_table(table)
        self.share_out()
