"""One side of a pair: who it is, where it stands, and what has happened so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from soloflow.domain.process import Position, Standing, derive
from soloflow.i18n import _, side_by_side
from soloflow.services import customers, wording
from soloflow.services.workspace import Workspace
from soloflow.store import duplicates as stored
from soloflow.store.database import Reader
from soloflow.store.log import entries_of

HISTORY = 60
"""Lines of a history that are shown beside the other."""


@dataclass(frozen=True, slots=True)
class Past:
    """One line of a history."""

    day: date
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: who it is, where it stands, what has happened."""

    customer: int
    name: str
    place: str
    """Company or department; "" for somebody on their own."""
    standing: str
    history: tuple[Past, ...]
    count: int
    """How many lines the whole history has."""


def side_of(ws: Workspace, reader: Reader, contact: int | None, customer: int, *, shares_customer: bool) -> Side:
    """One of two. Where both are people of one customer, the history is the contact's own."""
    owner = reader.get("prospects", customer)
    name, place = owner["name"], ""
    if contact is not None:
        row = reader.get("contacts", contact)
        name = row["name"] or name
        place = row["department"] if owner["is_person"] else owner["name"]
    history = _past_of_contact(ws, reader, contact) if shares_customer and contact else _past(ws, customer)
    standing = position_words(position_of(reader, customer))
    return Side(customer, name or _("名前なし"), place, standing, tuple(history[:HISTORY]), len(history))


def position_of(reader: Reader, customer: int) -> Position | None:
    """Where a customer stands by the log, also inside a change set that is not finished."""
    return derive(entries_of(reader, customer))


def position_words(position: Position | None) -> str:
    """「3 商談」, with the standing where it is not active; 名簿 for nobody in the funnel."""
    if position is None:
        return _(wording.STANDINGS["book"])
    if position.standing is Standing.ACTIVE:
        return wording.stage_name(position.stage)
    return side_by_side((wording.stage_name(position.stage), _(wording.STANDINGS[position.standing.value])))


def _past(ws: Workspace, customer: int) -> list[Past]:
    found = customers.detail(ws, customer)
    entries: Iterable[customers.TimelineEntry] = found.timeline if found else ()
    return [Past(one.day, one.kind, _told(one.kind, one.text, one.detail)) for one in entries]


def _past_of_contact(ws: Workspace, reader: Reader, contact: int) -> list[Past]:
    return [
        Past(wording.date_of(ws, row["at_us"]), row["kind"], _told(row["kind"], row["text"], row["detail"] or row["meetup_name"] or ""))
        for row in stored.activities_with(reader, contact, 1_000)
    ]  # fmt: skip


def _told(kind: str, text: str, detail: str) -> str:
    return side_by_side(part for part in (text, detail) if part) or _(wording.ACTIVITY_KINDS.get(kind, ""))
