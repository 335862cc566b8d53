"""What an import is made of: the people of a file with what would happen to each, and what became of every row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from soloflow.capture.matching import FieldChange, Match
from soloflow.domain.candidates import Candidate, Problem, Reading

__all__ = ["FieldChange", "Item", "Preview", "Report", "Verdict", "choose", "report_of"]

Verdict = Literal["new", "update", "same", "ask"]


@dataclass(frozen=True, slots=True)
class Item:
    """One person of the file and what would happen. Decide otherwise with `choose`."""

    person: Candidate
    verdict: Verdict
    match: Match | None
    changes: tuple[FieldChange, ...]
    take: bool
    """The tick that it is written; not set where it needs an answer first, and for who was not at the event."""
    enters: bool | None
    """The tick 集客に入れる; None where the customer is in the funnel already."""
    is_known: bool
    """Whether taking it means the matched person (for "ask": the user's answer)."""
    problems: tuple[Problem, ...] = ()
    known_at: str = ""
    """The company of the matched person, for the question."""

    @property
    def is_new(self) -> bool:
        """Whether taking it makes somebody new."""
        return not (self.is_known and self.match is not None)


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything of one file before anything is written."""

    name: str
    reading: Reading
    items: tuple[Item, ...]
    running: frozenset[str] = frozenset()
    """Keys (`company_key`) of the companies that are in the funnel already: nobody of theirs brings them in again."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every row: created + updated + same + joined + set_aside + wrong = rows."""

    rows: int
    created: int
    updated: int
    same: int
    joined: int
    """Rows of a person who stands in the file more than once."""
    set_aside: int
    """People the user left unticked."""
    wrong: int
    """Rows that gave nobody."""
    entered: int
    """Customers that entered the funnel; counted among the others already."""


def choose(item: Item, *, take: bool | None = None, enters: bool | None = None, is_known: bool | None = None) -> Item:
    """The item with another decision. Saying who it is means taking it."""
    known = item.is_known if is_known is None else is_known and item.match is not None
    taken = item.take if take is None else take
    return replace(
        item,
        take=True if is_known is not None and take is None else taken,
        enters=item.enters if enters is None or item.enters is None else enters,
        is_known=known,
    )


def report_of(file: Preview, items: Sequence[Item], entered: int) -> Report:
    """Count every row of the file once."""
    taken = [item for item in items if item.take]
    created = sum(item.is_new for item in taken)
    updated = sum(not item.is_new and bool(item.changes) for item in taken)
    left = [item for item in items if not item.take]
    same = len(taken) - created - updated + sum(item.verdict == "same" for item in left)
    reading = file.reading
    return Report(
        rows=reading.rows,
        created=created,
        updated=updated,
        same=same,
        joined=reading.rows - reading.unread - len(items),
        set_aside=len(items) - created - updated - same,
        wrong=reading.unread,
        entered=entered,
    )
