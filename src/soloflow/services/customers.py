"""顧客: the list in the store's order with rows only for what is seen, and one customer in full."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from soloflow.domain.process import Kind
from soloflow.i18n import _, side_by_side
from soloflow.services import wording
from soloflow.services.process import Criterion
from soloflow.services.workspace import Workspace
from soloflow.store import people, search, tallies
from soloflow.store.database import Reader
from soloflow.store.filters import Filter, Now

if TYPE_CHECKING:
    from soloflow.services.found_words import Found

__all__ = ["FIT", "ORDERS", "Filter"]
ORDERS = tuple(people.ORDERS)
FIT = people.FIT


@dataclass(frozen=True, slots=True)
class Listing:
    """Ids in order. `capped`: a search found more than are listed, another letter narrows it."""

    ids: "array[int]"
    capped: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """A follow-up (次の一手)."""

    id: int
    kind: str
    text: str
    due_on: date
    due_time: str
    is_recontact: bool


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One line of a list or one card of the board."""

    id: int
    name: str
    contact_name: str
    """The contact of the next step, else the first."""
    standing: str
    stage: int | None
    days_in_stage: int | None
    plan: Plan | None
    expected_yen: int | None
    answered: int
    """How many of the eight questions are answered."""
    reason: str | None
    found: "Found | None" = None
    """Why a search found it, where the names do not say so."""


@dataclass(frozen=True, slots=True)
class Point:
    """A mail, phone or link of a contact."""

    id: int
    kind: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at a customer."""

    id: int
    name: str
    kana: str
    department: str
    title: str
    role: str
    note: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """An activity or a transition, for これまで. `source` is "activity" or "transition"."""

    source: str
    id: int
    kind: str
    text: str
    detail: str
    at_us: int
    day: date


@dataclass(frozen=True, slots=True)
class Deal:
    """A piece of work (案件)."""

    id: int
    name: str
    state: str
    expected_yen: int | None
    agreed_yen: int | None
    expected_on: str | None
    due_on: str | None
    payment_due_on: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one of the eight questions."""

    question: int
    text: str
    is_fact: bool
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class Customer:
    """Everything the detail beside the list shows."""

    row: CustomerRow
    kana: str
    is_person: bool
    website: str
    memo: str
    channel_id: int | None
    channel: str
    source: str
    referrer_id: int | None
    referrer: str
    tags: tuple[tuple[int, str], ...]
    path: dict[int, date]
    """Day each stage was first reached or passed."""
    plans: tuple[Plan, ...]
    contacts: tuple[Contact, ...]
    deals: tuple[Deal, ...]
    answers: dict[int, Answer]
    timeline: tuple[TimelineEntry, ...]
    criteria_stage: int | None
    criteria: tuple[Criterion, ...]


def listing(ws: Workspace, wanted: Filter, order: str | None = None, *, whole: bool = False) -> Listing:
    """The customers that pass the filter, in one of `ORDERS`; with a search also by how well it fits (`FIT`, unless said).

    Of a search by how well it fits only the best are listed, unless the whole is wanted.
    """
    with ws.store.read() as reader:
        ids, capped = people.listed(
            reader, wanted, order or (FIT if wanted.text.strip() else "next"), now(ws), whole=whole
        )
    return Listing(ids, capped)


def counts(ws: Workspace, wanted: Filter) -> dict[str, int]:
    """How many pass the filter per standing: active, nurture, lost, book; at least so many where a search finds thousands."""
    return counted(ws, wanted)[0]


def counted(ws: Workspace, wanted: Filter) -> tuple[dict[str, int], bool]:
    """`counts`, and whether a search found more than were counted."""
    with ws.store.read() as reader:
        return tallies.by_standing(reader, wanted, now(ws))


@dataclass(frozen=True, slots=True)
class ValueCounts:
    """How many customers each value of a filter would leave, the other restrictions kept."""

    stages: dict[int, int]
    channels: dict[int, int]
    tags: dict[int, int]


def value_counts(ws: Workspace, wanted: Filter) -> ValueCounts:
    """What choosing another stage, another channel or one tag more would leave."""
    today = now(ws)
    with ws.store.read() as reader:
        return ValueCounts(
            tallies.by_stage(reader, wanted, today),
            tallies.by_channel(reader, wanted, today),
            tallies.by_tag(reader, wanted, today),
        )


def now(ws: Workspace) -> Now:
    """The user's day, for filters that speak of it."""
    return Now(ws.today(), ws.zone)


def rows(ws: Workspace, ids: Sequence[int], text: str = "") -> list[CustomerRow]:
    """The rows of these customers in this order (those that are gone are left out), with why a search found them."""
    with ws.store.read() as reader:
        found = people.rows(reader, ids)
        made = [_row(ws, found[prospect]) for prospect in ids if prospect in found]
        return _with_reasons(reader, made, text) if text.strip() else made


def _with_reasons(reader: Reader, made: list[CustomerRow], text: str) -> list[CustomerRow]:
    from soloflow.services import found  # what a search needs is not needed to show the first rows

    told = found.reasons(reader, [(row.id, row.name, row.contact_name) for row in made], text)
    return [replace(row, found=told[row.id]) if row.id in told else row for row in made]


def find(ws: Workspace, text: str, limit: int = 8) -> list[CustomerRow]:
    """The best hits of a search for the command field; the contact is the one the text speaks of, if it speaks of one."""
    with ws.store.read() as reader:
        best = rows(ws, search.find(reader, text, limit).ids)
        meant = people.contacts_meant(reader, [row.id for row in best], text)
        named = [replace(row, contact_name=meant.get(row.id, row.contact_name)) for row in best]
        return _with_reasons(reader, named, text)


def channels(ws: Workspace) -> list[tuple[int, str]]:
    """(id, name) of the channels, in the user's order."""
    with ws.store.read() as reader:
        found = sorted(
            (reader.get("channels", one) for one in reader.ids("channels", hidden=0)), key=lambda row: row["position"]
        )
    return [(row["id"], _(row["name"])) for row in found]


def tags(ws: Workspace) -> list[tuple[int, str, int]]:
    """(id, name, uses) of the tags, most used first."""
    with ws.store.read() as reader:
        return [(row["id"], row["name"], row["uses"]) for row in people.all_tags(reader)]


def lost_reasons(ws: Workspace) -> list[tuple[str, str]]:
    """(code, name) of the reasons a customer can be lost for."""
    with ws.store.read() as reader:
        found = sorted(
            (reader.get("lost_reasons", one) for one in reader.ids("lost_reasons", hidden=0)),
            key=lambda row: row["position"],
        )
    return [(row["code"], _(row["name"])) for row in found]


def detail(ws: Workspace, prospect: int) -> Customer | None:
    """One customer in full; None when it is gone."""
    with ws.store.read() as reader:
        found = people.rows(reader, (prospect,)).get(prospect)
        if found is None:
            return None
        return _customer(ws, reader, reader.get("prospects", prospect), _row(ws, found))


def _row(ws: Workspace, row: Any) -> CustomerRow:
    since = row["since_us"]
    plan = None
    if row["plan"] is not None:
        plan = Plan(
            row["plan"], row["plan_kind"], row["plan_text"], date.fromisoformat(row["due_on"]), row["due_time"], bool(row["is_recontact"])
        )  # fmt: skip
    return CustomerRow(
        row["id"], row["name"], row["contact_name"] or "", row["standing"], row["stage"],
        None if since is None else (ws.today() - wording.date_of(ws, since)).days, plan, row["expected_yen"], row["answered"],
        row["reason"],
    )  # fmt: skip


def _customer(ws: Workspace, reader: Reader, fact: Any, row: CustomerRow) -> Customer:
    prospect = row.id
    channel = reader.get("channels", fact["channel_id"]) if fact["channel_id"] else None
    source = reader.get("sources", fact["source_id"]) if fact["source_id"] else None
    referrer = reader.get("prospects", fact["referrer_id"]) if fact["referrer_id"] else None
    transitions = people.transitions_of(reader, prospect)
    next_stage = min(9, row.stage + 1) if row.stage else None
    criteria = people.criteria_for(reader, prospect, next_stage) if next_stage else []
    return Customer(
        row, fact["kana"], bool(fact["is_person"]), fact["website"], fact["memo"], fact["channel_id"],
        _(channel["name"]) if channel else "", source["name"] if source else "", fact["referrer_id"],
        referrer["name"] if referrer else "",
        tuple((tag["id"], tag["name"]) for tag in people.tags_of(reader, prospect)),
        _path(ws, transitions),
        tuple(
            Plan(plan["id"], plan["kind"], plan["text"], date.fromisoformat(plan["due_on"]), plan["due_time"], bool(plan["is_recontact"]))
            for plan in people.plans_of(reader, prospect)
        ),
        tuple(_contact(reader, contact) for contact in people.contacts_of(reader, prospect)),
        tuple(
            Deal(
                deal["id"], deal["name"], deal["state"], deal["expected_yen"], deal["agreed_yen"], deal["expected_on"],
                deal["due_on"], deal["payment_due_on"], deal["note"],
            )
            for deal in people.deals_of(reader, prospect)
        ),
        {
            given["question"]: Answer(given["question"], given["text"], bool(given["is_fact"]), _day(given["answered_on"]))
            for given in people.answers_of(reader, prospect)
        },
        _timeline(ws, people.activities_of(reader, prospect), transitions, _reasons(reader)),
        next_stage,
        tuple(Criterion(one["id"], _(one["text"]), one["met_on"] is not None) for one in criteria),
    )  # fmt: skip


def _contact(reader: Reader, row: Any) -> Contact:
    points = tuple(
        Point(point["id"], point["kind"], point["label"], point["value"])
        for point in people.points_of(reader, row["id"])
    )
    return Contact(
        row["id"], row["name"], row["kana"], row["department"], row["title"], row["role"], row["note"], points
    )


def _path(ws: Workspace, transitions: Sequence[Any]) -> dict[int, date]:
    """First day at a stage or beyond, from the entry stage to the frontier (a skipped stage counts as passed)."""
    path: dict[int, date] = {}
    entry: int | None = None
    for row in reversed(transitions):
        stage = row["to_stage"]
        if stage is None:
            continue
        entry = stage if entry is None else entry
        for passed in range(max(entry, max(path, default=entry - 1) + 1), stage + 1):
            path[passed] = wording.date_of(ws, row["at_us"])
    return path


def _timeline(
    ws: Workspace, activities: Sequence[Any], transitions: Sequence[Any], reasons: dict[str, str]
) -> tuple[TimelineEntry, ...]:
    entries = [
        TimelineEntry(
            "activity", row["id"], row["kind"], row["text"],
            row["detail"] or side_by_side((row["meetup_name"], row["contact_name"])), row["at_us"],
            wording.date_of(ws, row["at_us"]),
        )
        for row in activities
    ] + [
        TimelineEntry("transition", row["id"], row["kind"], _sentence(row), reasons.get(row["reason"] or "", ""), row["at_us"], wording.date_of(ws, row["at_us"]))
        for row in transitions
    ]  # fmt: skip
    return tuple(sorted(entries, key=lambda entry: (entry.at_us, entry.source), reverse=True))


def _reasons(reader: Reader) -> dict[str, str]:
    found = (reader.get("lost_reasons", one) for one in reader.ids("lost_reasons"))
    return {row["code"]: _(row["name"]) for row in found}


def _sentence(row: Any) -> str:
    kind = Kind(row["kind"])
    if kind is Kind.LOSE:
        return _("離脱")
    if kind is Kind.RECYCLE:
        return _("育成へ")
    to_stage = wording.stage_name(row["to_stage"])
    if row["from_stage"] is None:
        return _("{stage}に入る").format(stage=to_stage)
    if kind is Kind.REACTIVATE:
        return _("{stage}で再開").format(stage=to_stage)
    return f"{wording.stage_name(row['from_stage'])} → {to_stage}"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
