"""The people of a file before they are imported, with the decisions made so far; problems first."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from soloflow.i18n import _, listed
from soloflow.services import importing
from soloflow.services.import_items import Item
from soloflow.services.import_search import all_words, finds, terms_of, words_of
from soloflow.services.import_words import VERDICTS, objections
from soloflow.ui.models.import_tally import Counts, Tally
from soloflow.ui.widgets.rows import ROW

NONE = QModelIndex()
FIRST = ("ask", "update", "new", "same")
"""The order of the verdicts in the table."""

Change = Callable[[Item], Item]
Measure = Callable[[Item], int]
"""The height of a row."""


class ImportModel(QAbstractListModel):
    """Rows are a filtered order over the people of the file; decisions are kept per person."""

    decided = Signal()
    """A decision changed."""
    heights_changed = Signal()

    def __init__(self, parent: QObject | None = None, measure: Measure = lambda _item: 0) -> None:
        """`measure` is asked once per person: a view that lays ten thousand rows out has no time to think."""
        super().__init__(parent)
        self._measure = measure
        self._heights: list[int] = []
        self.items: list[Item] = []
        self._order: list[int] = []
        self._verdict = ""
        self._terms: tuple[str, ...] = ()
        self._words: list[str] = []
        self._tally: Tally | None = Tally()
        self._running: frozenset[str] = frozenset()
        self._heights_changed = False

    def show_items(
        self,
        items: Sequence[Item],
        running: frozenset[str] = frozenset(),
        words: Sequence[str] | None = None,
        heights: Sequence[int] | None = None,
        decided: Mapping[int, Item] | None = None,
    ) -> None:
        """Show the people of another file; `running` as in `Preview`, `words` what a search looks through.

        `decided` are those, by their place, about whom something was decided before.
        """
        self.beginResetModel()
        self.items = list(items)
        self._words = list(words) if words is not None else all_words([item.person for item in self.items])
        self._heights = list(heights) if heights is not None else [self._measure(item) for item in self.items]
        self._running = running
        self._tally = Tally(self.items, running)
        for number, item in (decided or {}).items():
            self._put(number, item)
        self._heights_changed = False
        self._sort()
        self.endResetModel()
        self.decided.emit()

    def filter(self, verdict: str, text: str = "") -> None:
        """Show one verdict only ("" for all), and of those only whom the text finds."""
        self.beginResetModel()
        self._verdict = verdict
        self._terms = terms_of(text)
        self._sort()
        self.endResetModel()

    @property
    def is_filtered(self) -> bool:
        """Whether not everybody is shown."""
        return len(self._order) < len(self.items)

    def _sort(self) -> None:
        items, words, terms, verdict = self.items, self._words, self._terms, self._verdict
        wanted = [
            number
            for number, item in enumerate(items)
            if verdict in ("", item.verdict) and (not terms or finds(terms, words[number]))
        ]
        places = {one: place for place, one in enumerate(FIRST)}
        self._order = sorted(wanted, key=lambda number: places[items[number].verdict])

    def verdicts(self) -> dict[str, int]:
        """How many people of each verdict."""
        tally = self._tally or Tally()
        return {verdict: tally.verdicts[verdict] for verdict in FIRST}

    def counts(self) -> Counts:
        """What would be imported as things stand."""
        return (self._tally or Tally()).counts()

    def item(self, row: int) -> Item:
        """The person of a row."""
        return self.items[self._order[row]]

    def height(self, row: int) -> int:
        """The height of a row in logical pixels."""
        return self._heights[self._order[row]]

    def number(self, row: int) -> int:
        """The place in the file of the person of a row."""
        return self._order[row]

    def row_of(self, number: int) -> int:
        """Where the person with this place in the file is shown; -1 when they are not."""
        try:
            return self._order.index(number)
        except ValueError:
            return -1

    # Decisions

    def decide(self, row: int, change: Change) -> None:
        """Put another decision, or a corrected person, in a row."""
        number = self._order[row]
        self._put(number, change(self.items[number]))
        self.dataChanged.emit(self.index(row), self.index(row))
        self._tell()

    def decide_rows(self, rows: Iterable[int], change: Change) -> None:
        """The same decision for several rows at once."""
        self._decide([self._order[row] for row in rows], change)

    def decide_shown(self, change: Change) -> None:
        """The same decision for every row that is shown."""
        self._decide(self._order, change)

    def take_all(self, *, take: bool) -> None:
        """Tick or untick every row shown; questions that are not answered stay as they are."""

        def ticked(item: Item) -> Item:
            if (take and is_open(item)) or item.take == (take and item.verdict != "same"):
                return item
            return importing.choose(item, take=take and item.verdict != "same")

        self.decide_shown(ticked)

    def enter_all(self, *, enters: bool) -> None:
        """Tick or untick 集客に入れる in every row shown that is taken."""
        self.decide_shown(lambda item: importing.choose(item, enters=enters) if item.take else item)

    def take_only(self, rows: Iterable[int]) -> None:
        """Tick these rows and nobody else, shown or not; questions that are not answered stay open."""
        chosen = {self._order[row] for row in rows}
        with self._counting_anew(len(self.items)):
            for number, item in enumerate(self.items):
                wanted = number in chosen
                if item.take != wanted and not (wanted and is_open(item)):
                    self._put(number, importing.choose(item, take=wanted))
        self._all_changed()

    def _decide(self, numbers: Collection[int], change: Change) -> None:
        with self._counting_anew(len(numbers)):
            for number in numbers:
                self._put(number, change(self.items[number]))
        self._all_changed()

    @contextmanager
    def _counting_anew(self, count: int) -> Iterator[None]:
        """For many decisions at once it is quicker to count everybody once than each of them twice."""
        if count * 2 < len(self.items):
            yield
            return
        self._tally = None
        try:
            yield
        finally:
            self._tally = Tally(self.items, self._running)

    def _put(self, number: int, new: Item) -> None:
        old = self.items[number]
        if new is old:
            return
        self.items[number] = new
        if self._tally is not None:
            self._tally.exchange(old, new, number)
        if old.is_new != new.is_new or new.person is not old.person:
            height = self._measure(new)
            self._heights_changed |= height != self._heights[number]
            self._heights[number] = height
        if new.person is not old.person:
            self._words[number] = words_of(new.person)

    def _all_changed(self) -> None:
        if self._order:
            self.dataChanged.emit(self.index(0), self.index(len(self._order) - 1))
        self._tell()

    def _tell(self) -> None:
        self.decided.emit()
        if self._heights_changed:
            self._heights_changed = False
            self.heights_changed.emit()

    def all_taken(self) -> bool | None:
        """Whether every row shown is ticked; None for some."""
        items = self.items
        ticks = {items[number].take for number in self._order if items[number].verdict != "same"}
        return None if len(ticks) > 1 else ticks == {True}

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NONE) -> int:
        """Qt: how many are shown."""
        return 0 if parent.isValid() else len(self._order)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the person, and a sentence for screen readers."""
        if not index.isValid():
            return None
        if role == ROW:
            return self.items[self._order[index.row()]]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.item(index.row()).person.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _sentence(self.item(index.row()))
        return None


def is_open(item: Item) -> bool:
    """Whether it is not yet said who this person is."""
    return item.verdict == "ask" and item.match is not None and not item.take


def _sentence(item: Item) -> str:
    ticks = (_("取り込む") if item.take else _("取り込まない"), _("集客に入れる") if item.enters else "")
    changes = tuple(
        _("{old}を{new}に").format(old=one.old or _("（なし）"), new=one.new) for one in item.changes if not item.is_new
    )
    said = tuple(problem.message for problem in item.problems)
    return listed(
        (_(VERDICTS[item.verdict]), item.person.name, item.person.company, *changes, *objections(item), *said, *ticks)
    )
