"""One column of 獲得工程 as a model: ids in order, cards fetched in blocks when they are seen."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from html import escape

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from soloflow.i18n import _
from soloflow.services.customers import CustomerRow
from soloflow.ui.widgets.rows import ROW

Index = QModelIndex | QPersistentModelIndex
BLOCK = 16
"""Cards asked for at a time: a little more than a column shows."""
KEPT_BLOCKS = 12
FEW = 64
FIRST = 200
"""Cards a view is told of at first; it asks for more when it is scrolled to their end, twice as many each time. A list view
looks at every row it knows of, and a column may have tens of thousands.
"""


class CardsModel(QAbstractListModel):
    """The cards of a stage; `ghosts` are those being dragged."""

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], list[CustomerRow]],
        sentence: Callable[[CustomerRow], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._sentence = sentence
        self._ids: array[int] = array("q")
        self._shown = 0
        self._is_growing = False
        self._blocks: OrderedDict[int, dict[int, CustomerRow]] = OrderedDict()
        self.ghosts: frozenset[int] = frozenset()
        self.has_yen = False
        """Whether the cards of this column have a line for the amount."""
        self.pitch = 1
        """Height of a card and the gap below it, the same for all."""

    def set_ids(self, ids: "array[int]") -> bool:
        """Show these customers; False when they are the same in the same order, and only their rows may differ."""
        if ids == self._ids:
            self.forget_rows()
            return False
        self.beginResetModel()
        self._ids = ids
        self._shown = min(len(ids), max(FIRST, self._shown))
        self._blocks.clear()
        self.endResetModel()
        return True

    def forget_rows(self) -> None:
        """Read the rows again when they are next seen."""
        self._blocks.clear()
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(self._shown - 1))

    def set_ghosts(self, ids: frozenset[int]) -> None:
        """Draw these as the empty places of dragged cards."""
        if ids != self.ghosts:
            self.ghosts = ids
            if self._shown:
                self.dataChanged.emit(self.index(0), self.index(self._shown - 1))

    @property
    def total(self) -> int:
        """How many customers stand here, told to the view or not."""
        return len(self._ids)

    def reveal(self, row: int) -> None:
        """Tell the view of this row too."""
        wanted = min(row + FIRST, len(self._ids))
        if row >= self._shown and wanted > self._shown and not self._is_growing:
            self._is_growing = True  # who hears of the rows to come must not ask for more of them
            self.beginInsertRows(QModelIndex(), self._shown, wanted - 1)
            self._shown = wanted
            self.endInsertRows()
            self._is_growing = False

    def id_at(self, row: int) -> int:
        """The customer at a row."""
        return self._ids[row]

    def rows_of(self, ids: Collection[int]) -> list[int]:
        """The rows of those of these customers that stand here."""
        if len(ids) > FEW:
            return [row for row, one in enumerate(self._ids) if one in ids]
        found = []
        for one in ids:
            try:
                found.append(self._ids.index(one))
            except ValueError:
                continue
        return sorted(found)

    def card(self, row: int) -> CustomerRow | None:
        """What the card of a row shows; None when the customer has just been removed."""
        number = row // BLOCK
        block = self._blocks.get(number)
        if block is None:
            ids = self._ids[number * BLOCK : (number + 1) * BLOCK]
            block = self._blocks[number] = {card.id: card for card in self._fetch(ids)}
            if len(self._blocks) > KEPT_BLOCKS:
                self._blocks.popitem(last=False)
        else:
            self._blocks.move_to_end(number)
        return block.get(self._ids[row])

    def rowCount(self, parent: Index | None = None) -> int:
        """Qt: how many cards the view knows of."""
        return 0 if parent is not None and parent.isValid() else self._shown

    def canFetchMore(self, parent: Index) -> bool:
        """Qt: whether there are cards the view does not know of."""
        return not parent.isValid() and not self._is_growing and self._shown < len(self._ids)

    def fetchMore(self, parent: Index) -> None:
        """Qt: tell of as many again."""
        if self.canFetchMore(parent):
            self.reveal(max(self._shown, 2 * self._shown - FIRST))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the card (`ROW`), its name, its sentence for tooltips and screen readers."""
        if not index.isValid() or role not in _ROLES:
            return None
        card = self.card(index.row())
        if card is None or role == ROW:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return card.name
        text = self._sentence(card)
        return text if role == Qt.ItemDataRole.AccessibleTextRole else self._as_tip(text)

    def _as_tip(self, text: str) -> str:
        """The sentence and the keys as a tooltip; a name may hold < and is never read as HTML."""
        keys = _("Enter 開く ・ 1–9 移す ・ D 日付を決めて移す ・ R 育成へ ・ X 離脱へ")
        return f"<p style='white-space:pre'>{escape(text)}\n\n{keys}</p>"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: cards are chosen and dragged, never edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )


_ROLES = frozenset(
    {
        ROW,
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
    }
)
