"""これまで: activities and moves of one customer, newest first; the words of an activity can be edited in their row."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from soloflow.services.customers import TimelineEntry
from soloflow.ui.widgets.rows import ROW

Index = QModelIndex | QPersistentModelIndex


class TimelineModel(QAbstractListModel):
    """Entries as they are; signal `rewritten(activity id, text)` when a row was edited."""

    rewritten = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[TimelineEntry, ...] = ()

    def set_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Show these; nothing moves when they are the same."""
        if tuple(entries) != self._entries:
            self.beginResetModel()
            self._entries = tuple(entries)
            self.endResetModel()

    def entry(self, row: int) -> TimelineEntry:
        """The entry of a row."""
        return self._entries[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Qt: how many."""
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: activities can be edited, moves of the log cannot."""
        flags = super().flags(index)
        if index.isValid() and self._entries[index.row()].source == "activity":
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the entry, its words, or the row as a sentence."""
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == ROW:
            return entry
        if role in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole)}:
            return entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.text} {entry.detail} {entry.day.isoformat()}"
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt: the row was edited."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        entry = self._entries[index.row()]
        text = str(value).strip()
        if text != entry.text:
            self.rewritten.emit(entry.id, text)
        return True
