"""How many of a preview would be imported, kept up to date at every tick without going through everybody again."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from soloflow.services.import_counts import home_of
from soloflow.services.import_items import Item

_FIGURES = ("taken", "new", "update", "ask", "book", "open", "offered")


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
    offered: int
    """Updates of which single values can be kept as they were."""


class Tally:
    """The figures of the people of one file."""

    def __init__(self, items: Sequence[Item] = (), running: frozenset[str] = frozenset()) -> None:
        self._running = running
        self._sums = [0] * len(_FIGURES)
        self._homes: Counter[str] = Counter()
        self.verdicts: Counter[str] = Counter(item.verdict for item in items)
        for number, item in enumerate(items):
            self._add(item, number, 1)

    def exchange(self, old: Item, new: Item, number: int) -> None:
        """Take one person out and put the same one, decided otherwise, in."""
        if old is new:
            return
        self._add(old, number, -1)
        self._add(new, number, 1)
        if old.verdict != new.verdict:
            self.verdicts[old.verdict] -= 1
            self.verdicts[new.verdict] += 1

    def _add(self, item: Item, number: int, sign: int) -> None:
        sums = self._sums
        is_new = item.is_new
        if item.take:
            sums[0] += sign
            if is_new:
                sums[1] += sign
            elif item.changes or item.joins:
                sums[2] += sign
            if item.verdict == "ask":
                sums[3] += sign
            if item.enters:
                self._enter(home_of(item, number), sign)
            elif item.enters is not None:
                sums[4] += sign
        elif item.verdict == "ask":
            sums[5] += sign
        if item.offered and not is_new:
            sums[6] += sign

    def _enter(self, home: str, sign: int) -> None:
        if home not in self._running:
            self._homes[home] += sign
            if not self._homes[home]:
                del self._homes[home]

    def counts(self) -> Counts:
        """The figures as they stand."""
        taken, new, update, ask, book, left, offered = self._sums
        return Counts(taken, new, update, ask, len(self._homes), book, left, offered)
