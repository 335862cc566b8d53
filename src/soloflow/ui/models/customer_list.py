"""The customers of a list: ids in order, rows fetched in blocks when they are seen, so that 100,000 cost what 20 cost."""

from array import array
from collections import OrderedDict
from collections.abc import Collection

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt

from soloflow.i18n import _, listed
from soloflow.services import customers, wording
from soloflow.services.customers import CustomerRow
from soloflow.services.workspace import Workspace
from soloflow.ui.widgets.rows import ROW

BLOCK = 64
FOUND_BLOCK = 16
"""While a search is shown, which also looks up why each row was found."""
KEPT_BLOCKS = 40
Index = QModelIndex | QPersistentModelIndex


class CustomerListModel(QStringListModel):
    """Ids and a small cache of rows; `ROW` answers a CustomerRow, or None for one that is gone meanwhile.

    A view asks for the number of rows twice per row when it lays itself out. QStringListModel answers that without Python
    (its strings stay empty), which makes 100,000 rows ten times faster to show than with a rowCount of our own.
    """

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._ids: array[int] = array("q")
        self._text = ""
        self._block = BLOCK
        self._blocks: OrderedDict[int, list[CustomerRow | None]] = OrderedDict()

    @property
    def ids(self) -> "array[int]":
        """Every id, in order."""
        return self._ids

    def look_for(self, text: str) -> None:
        """Let the rows say why a search for this text found them."""
        if text != self._text:
            self._text = text
            self._block = FOUND_BLOCK if text.strip() else BLOCK
            self._blocks.clear()

    def set_ids(self, ids: "array[int]") -> None:
        """Show these customers."""
        self._ids = ids
        self._blocks.clear()
        self.setStringList([""] * len(ids))

    def forget(self, prospects: Collection[int] | None = None) -> None:
        """Fetch the rows of these customers (None: of all) again when they are next seen."""
        for block, rows in list(self._blocks.items()):
            if prospects is None or any(row is None or row.id in prospects for row in rows):
                del self._blocks[block]
                first = block * self._block
                self.dataChanged.emit(self.index(first), self.index(min(first + self._block, len(self._ids)) - 1))

    def id_at(self, row: int) -> int | None:
        """The customer of a row; None outside."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, prospect: int | None) -> int:
        """Where a customer stands; -1 when it is not in the list."""
        try:
            return -1 if prospect is None else self._ids.index(prospect)
        except ValueError:
            return -1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: rows can be chosen, not edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def setData(self, _index: Index, _value: object, _role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt: nothing is written here."""
        return False

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the read model of a row, its name, or the row as a sentence."""
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        if role == ROW:
            return self._row(index.row())
        if role in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)}:
            row = self._row(index.row())
            if row is None:
                return ""
            return row.name if role == Qt.ItemDataRole.DisplayRole else self._sentence(row)
        return None

    def _row(self, number: int) -> CustomerRow | None:
        block, place = divmod(number, self._block)
        rows = self._blocks.get(block)
        if rows is None:
            rows = self._fetch(block)
        else:
            self._blocks.move_to_end(block)
        return rows[place]

    def _fetch(self, block: int) -> list[CustomerRow | None]:
        ids = self._ids[block * self._block : (block + 1) * self._block]
        found = {row.id: row for row in customers.rows(self._workspace, ids, self._text)}
        rows = [found.get(prospect) for prospect in ids]
        self._blocks[block] = rows
        if len(self._blocks) > KEPT_BLOCKS:
            self._blocks.popitem(last=False)
        return rows

    def _sentence(self, row: CustomerRow) -> str:
        words = [row.name]
        if row.contact_name not in ("", row.name):
            words.append(row.contact_name)
        if row.stage:
            words.append(wording.stage_name(row.stage))
        words.append(_(wording.STANDINGS[row.standing]))
        if row.found:
            words.append(row.found.sentence)
        if row.plan:
            words.append(f"{row.plan.text} {wording.day(self._workspace, row.plan.due_on)}")
        return listed(words)
