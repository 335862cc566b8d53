"""The people of a file before they are imported, with the decisions made so far; problems first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from soloflow.i18n import _, listed
from soloflow.services import importing
from soloflow.services.import_counts import entering
from soloflow.services.import_items import Item
from soloflow.services.import_words import VERDICTS, counted
from soloflow.ui.widgets.rows import ROW

NONE = QModelIndex()
FIRST = ("ask", "update", "new", "same")
"""The order of the verdicts in the table."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What would be imported."""

    taken: int
    new: int
    update: int
    ask: int
    """Of those taken, how many have something to look at."""
    entering: int
    """Customers, as the report counts them: colleagues are one."""
    book: int
    """Who stays in the contact book; those in the funnel already are in neither figure."""
    open: int
    """Questions that are not answered: these people would be left out."""


def _height_of(item: Item) -> tuple[bool, bool]:
    """What the height of a row rests on: old and new above each other, and a remark."""
    return not item.is_new and item.take and bool(item.changes), item.verdict == "ask" or bool(item.problems)


class ImportModel(QAbstractListModel):
    """Rows are a filtered order over the people of the file; decisions are kept per person."""

    decided = Signal()
    """A decision changed."""
    heights_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: list[Item] = []
        self._order: list[int] = []
        self._verdict = ""
        self._running: frozenset[str] = frozenset()

    def show_items(self, items: Sequence[Item], running: frozenset[str] = frozenset()) -> None:
        """Show the people of another file; `running` as in `Preview`."""
        self.beginResetModel()
        self._running = running
        self.items = list(items)
        self._sort()
        self.endResetModel()
        self.decided.emit()

    def filter(self, verdict: str) -> None:
        """Show one verdict only; "" for all."""
        self.beginResetModel()
        self._verdict = verdict
        self._sort()
        self.endResetModel()

    def _sort(self) -> None:
        places = {verdict: place for place, verdict in enumerate(FIRST)}
        wanted = [number for number, item in enumerate(self.items) if self._verdict in ("", item.verdict)]
        self._order = sorted(wanted, key=lambda number: places[self.items[number].verdict])

    def verdicts(self) -> dict[str, int]:
        """How many people of each verdict."""
        return counted(self.items)

    def counts(self) -> Counts:
        """What would be imported as things stand."""
        taken = new = update = ask = book = left = 0
        for item in self.items:
            if item.take:
                taken += 1
                new += item.is_new
                update += not item.is_new and bool(item.changes)
                ask += item.verdict == "ask"
                book += item.enters is False
            left += not item.take and item.verdict == "ask"
        return Counts(taken, new, update, ask, entering(self.items, self._running), book, left)

    def item(self, row: int) -> Item:
        """The person of a row."""
        return self.items[self._order[row]]

    def decide(self, row: int, change: Callable[[Item], Item]) -> None:
        """Put another decision, or a corrected person, in a row."""
        number = self._order[row]
        old, self.items[number] = self.items[number], change(self.items[number])
        self.dataChanged.emit(self.index(row), self.index(row))
        self.decided.emit()
        new = self.items[number]
        if _height_of(old) != _height_of(new):
            self.heights_changed.emit()

    def take_all(self, *, take: bool) -> None:
        """Tick or untick every row shown; questions that are not answered stay as they are."""
        for number in self._order:
            item = self.items[number]
            if not (take and item.verdict == "ask" and item.match is not None and not item.take):
                self.items[number] = importing.choose(item, take=take and item.verdict != "same")
        self._all_changed()

    def enter_all(self, *, enters: bool) -> None:
        """Tick or untick 集客に入れる in every row shown that is taken."""
        for number in self._order:
            if self.items[number].take:
                self.items[number] = importing.choose(self.items[number], enters=enters)
        self._all_changed()

    def _all_changed(self) -> None:
        if self._order:
            self.dataChanged.emit(self.index(0), self.index(len(self._order) - 1))
        self.decided.emit()
        self.heights_changed.emit()

    def all_taken(self) -> bool | None:
        """Whether every row shown is ticked; None for some."""
        ticks = {self.items[number].take for number in self._order if self.items[number].verdict != "same"}
        return None if len(ticks) > 1 else ticks == {True}

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NONE) -> int:
        """Qt: how many are shown."""
        return 0 if parent.isValid() else len(self._order)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the person, and a sentence for screen readers."""
        if not index.isValid():
            return None
        if role == ROW:
            return self.item(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.item(index.row()).person.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            item = self.item(index.row())
            ticks = (_("取り込む") if item.take else _("取り込まない"), _("集客に入れる") if item.enters else "")
            words = (_(VERDICTS[item.verdict]), item.person.name, item.person.company, *ticks)
            return listed(words)
        return None
