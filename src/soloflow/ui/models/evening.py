"""Tonight's list: who was written down at this meetup, newest first."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from soloflow.i18n import _, listed
from soloflow.services.evening import Met
from soloflow.ui.widgets.rows import ROW

NONE = QModelIndex()
NUMBER = ROW + 1


class EveningModel(QAbstractListModel):
    """One row per person; few enough to be held whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.people: list[Met] = []

    def show_people(self, people: list[Met]) -> None:
        """Show these people, touching only the rows that differ."""
        contacts = [one.contact for one in self.people]
        added = len(people) - len(contacts)
        if added > 0 and contacts == [one.contact for one in people[added:]]:
            self.beginInsertRows(NONE, 0, added - 1)
            self.people = people
            self.endInsertRows()
        elif contacts == [one.contact for one in people]:
            self.people = people
        else:
            self.beginResetModel()
            self.people = people
            self.endResetModel()
        if people:
            self.dataChanged.emit(self.index(0), self.index(len(people) - 1))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NONE) -> int:
        """Qt: how many."""
        return 0 if parent.isValid() else len(self.people)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the read model, its number of the evening, and a sentence for screen readers."""
        if not index.isValid():
            return None
        one = self.people[index.row()]
        if role == ROW:
            return one
        if role == NUMBER:
            return len(self.people) - index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return one.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return listed((one.name, one.company, one.words, one.step or _("次の一手なし")))
        return None
