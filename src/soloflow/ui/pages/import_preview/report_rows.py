"""The lines of a report as a list: which row of the file, what became of it, and why."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from soloflow.i18n import _, listed
from soloflow.services.import_words import ReportRow
from soloflow.ui.theme import Theme
from soloflow.ui.widgets.rows import ROW, Cell, Index, RowDelegate, Run, columns

NONE = QModelIndex()
HEIGHT = 30


class ReportLines(QAbstractListModel):
    """All rows, or those of one outcome."""

    def __init__(self, rows: Sequence[ReportRow], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = rows
        self._shown = rows

    def show_outcome(self, outcome: str) -> None:
        """Show the rows of one outcome; "" for all."""
        self.beginResetModel()
        self._shown = [row for row in self._all if outcome in ("", row.outcome)]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NONE) -> int:
        """Qt: how many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the row, and a sentence for screen readers."""
        if not index.isValid():
            return None
        row = self._shown[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return listed((_("{line}行目").format(line=row.line), row.outcome, row.name, row.company, row.reason))
        return None


class ReportDelegate(RowDelegate):
    """Line, outcome, name, company, reason."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, HEIGHT)

    def cells(self, index: Index, width: int) -> Sequence[Cell]:
        """What a line shows."""
        row: ReportRow = index.data(ROW)
        word = 124 if width > 640 else 92
        part = max(90, (width - 48 - word - 40) // 4)
        line, outcome, name, company, reason = columns(width, 40, word, part, part, 0, gap=10)
        return (
            Cell(*line, (Run(str(row.line) if row.line else "", "ink3"),), align="right"),
            Cell(*outcome, (Run(row.outcome, "ink2"),)),
            Cell(*name, (Run(row.name or "—", "ink" if row.name else "ink3", bold=bool(row.name)),)),
            Cell(*company, (Run(row.company),)),
            Cell(*reason, (Run(row.reason, "ink2"),)),
        )
