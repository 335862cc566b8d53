"""Pairs that may be one, of one certainty; names and reasons are fetched in blocks when they are seen."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from soloflow.i18n import _, listed
from soloflow.services import duplicates
from soloflow.services.duplicates import Pair, PairRow
from soloflow.services.workspace import Workspace
from soloflow.ui.widgets.rows import ROW

BLOCK = 64
NONE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class PairModel(QAbstractListModel):
    """`ROW` answers a PairRow."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._pairs: tuple[Pair, ...] = ()
        self._blocks: dict[int, list[PairRow]] = {}

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """What is listed."""
        return self._pairs

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """List these."""
        self.beginResetModel()
        self._pairs = tuple(pairs)
        self._blocks.clear()
        self.endResetModel()

    def row_of(self, pair: Pair | None) -> int:
        """Where a pair stands; -1 when it is not listed."""
        wanted = None if pair is None else pair.key
        return next((number for number, one in enumerate(self._pairs) if one.key == wanted), -1)

    def rowCount(self, parent: Index = NONE) -> int:
        """Qt: how many."""
        return 0 if parent.isValid() else len(self._pairs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the read model of a row, or the row as a sentence."""
        if not index.isValid() or index.row() >= len(self._pairs):
            return None
        if role == ROW:
            return self._row(index.row())
        if role in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)}:
            row = self._row(index.row())
            return listed((_("{first}と{second}").format(first=row.first, second=row.second), row.words))
        return None

    def _row(self, number: int) -> PairRow:
        block, place = divmod(number, BLOCK)
        if block not in self._blocks:
            wanted = self._pairs[block * BLOCK : (block + 1) * BLOCK]
            self._blocks[block] = duplicates.rows(self._workspace, wanted)
        return self._blocks[block][place]
