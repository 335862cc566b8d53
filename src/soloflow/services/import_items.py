"""What an import is made of: the people of a file with what would happen to each, and what became of every row."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from soloflow.capture.matching import FieldChange, Match
from soloflow.domain.candidates import Candidate, Problem, Reading
from soloflow.domain.errors import UserError

if TYPE_CHECKING:  # tables nobody knows are rare
    from soloflow.capture.mapping import Mapping

__all__ = [
    "FieldChange", "Guess", "Item", "Objection", "OutdatedError", "Preview", "Report", "Verdict", "as_accepted", "choose", "report_of",
]  # fmt: skip

Verdict = Literal["new", "update", "same", "ask"]
Why = Literal["older", "letters", "part"]
"""The file knows less: an older card, a name in other letters, or only a part of the name."""


class OutdatedError(UserError):
    """Who is known has changed since the file was judged; nothing was written, and judging it again helps."""


class Objection(NamedTuple):
    """A change that is declined unless the user wants it."""

    change: FieldChange
    why: Why


class Guess(NamedTuple):
    """What a cell that could not be read may have said."""

    field: str
    """The cell: name, company, email or met_on."""
    value: str
    """The whole cell with the guess in it, for `importing.amend`."""
    shown: str
    """The part that is guessed."""


@dataclass(frozen=True, slots=True)
class Item:
    """One person of the file and what would happen. Decide otherwise with `choose`."""

    person: Candidate
    verdict: Verdict
    match: Match | None
    offered: tuple[FieldChange, ...]
    """Everything the record would change in the person known; `changes` are those that are accepted."""
    take: bool
    """The tick that it is written; not set where it needs an answer first, and for who was not at the event."""
    enters: bool | None
    """The tick 集客に入れる; None where the customer is in the funnel already."""
    is_known: bool
    """Whether taking it means the matched person (for "ask": the user's answer)."""
    problems: tuple[Problem, ...] = ()
    known_at: str = ""
    """The company of the matched person, for the question."""
    declined: frozenset[FieldChange] = frozenset()
    """The changes of which the old value is kept."""
    against: tuple[Objection, ...] = ()
    """The changes that are declined by rule until the user chooses them."""
    guesses: tuple[Guess, ...] = ()
    home: int | None = None
    """The customer that the company is already, so that somebody new becomes a contact there."""
    could_join: str = ""
    """The customer that the company of somebody who is a customer on their own is; to bring both together is a merge."""
    joins: bool = False
    """The answer: whether they are brought together."""

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """What is written of the changes offered."""
        if not self.declined:
            return self.offered
        return tuple(change for change in self.offered if change not in self.declined)

    @property
    def is_by_rule(self) -> bool:
        """Whether nothing is declined but what the rules decline."""
        return self.declined.issubset(change for change, _why in self.against)

    @property
    def open_problems(self) -> tuple[Problem, ...]:
        """What the user should look at; what was put right while reading is none of it."""
        return tuple(one for one in self.problems if not one.is_mended)

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
    """What stands for the customers that are in the funnel already (`import_counts.customer`): nobody brings them in again."""
    mapping: "Mapping | None" = None
    """What the columns mean, where they were assigned by hand."""
    is_remembered: bool = False
    """Whether they were assigned for an earlier file with the same header."""
    seen: tuple[int, int] | None = None
    """Where the journal stood when it was judged."""


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
    """People the user left unticked, or of whom every change was declined."""
    wrong: int
    """Rows that gave nobody."""
    entered: int
    """Customers that entered the funnel; counted among the others already."""


def choose(
    item: Item, *, take: bool | None = None, enters: bool | None = None, is_known: bool | None = None,
    keep: Collection[FieldChange] | None = None, joins: bool | None = None,
) -> Item:  # fmt: skip
    """The item with another decision. Saying who it is means taking it; `keep` are all changes whose old value stays."""
    known = item.is_known if is_known is None else is_known and item.match is not None
    taken = item.take if take is None else take
    decided = replace(
        item,
        take=True if is_known is not None and take is None else taken,
        enters=item.enters if enters is None or item.enters is None else enters,
        is_known=known,
        declined=item.declined if keep is None else frozenset(keep) & frozenset(item.offered),
        joins=item.joins if joins is None else joins and bool(item.could_join),
    )
    return decided if keep is None or not item.against else _weighed(decided)


def _weighed(item: Item) -> Item:
    """Somebody of whom the file knows only less is the same, until one of its values is chosen all the same."""
    if len(item.against) < len(item.offered) or item.verdict not in ("same", "update"):
        return item
    verdict: Verdict = "update" if item.changes else "same"
    return item if verdict == item.verdict else replace(item, verdict=verdict, take=verdict == "update")


def as_accepted(item: Item) -> Item:
    """The item whose person brings nothing that was declined, for somebody who is known."""
    if not item.declined:
        return item
    refused = {(change.field, change.new) for change in item.declined}
    person = item.person
    return replace(
        item,
        person=replace(
            person,
            emails=tuple(mail for mail in person.emails if ("emails", mail) not in refused),
            phones=tuple(phone for phone in person.phones if ("phones", phone.number) not in refused),
            urls=tuple(url for url in person.urls if ("urls", url) not in refused),
            tags=tuple(tag for tag in person.tags if ("tags", tag) not in refused),
            met_on=tuple(day for day in person.met_on if ("met_on", day.isoformat()) not in refused),
        ),
    )


def report_of(file: Preview, items: Sequence[Item], entered: int) -> Report:
    """Count every row of the file once."""
    taken = [item for item in items if item.take]
    created = sum(item.is_new for item in taken)
    known = [item for item in taken if not item.is_new]
    updated = sum(bool(item.changes) or item.joins for item in known)
    same = sum(not item.changes and item.is_by_rule and not item.joins for item in known)
    same += sum(item.verdict == "same" for item in items if not item.take)
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
