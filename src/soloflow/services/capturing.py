"""記録: one line per person, written the moment it is entered; who is known already is offered, never assumed."""

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Literal

from soloflow.capture.identity import personal_keys, shared_keys
from soloflow.capture.line_step import FollowUp
from soloflow.capture.matching import People, known_from
from soloflow.domain.candidates import Candidate
from soloflow.domain.text import company_key, name_key
from soloflow.i18n import _
from soloflow.services import process, prospects, wording
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace
from soloflow.store import recognition
from soloflow.store.database import Reader

if TYPE_CHECKING:  # writing imports SQLAlchemy, which the first window does not wait for
    from soloflow.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Hint:
    """Somebody known who may be meant: "sure", "likely" or "similar" for the person, "company" for the customer only."""

    kind: Literal["sure", "likely", "similar", "company"]
    prospect: int
    contact: int | None
    name: str
    company: str
    standing: str
    stage: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """What Enter saves: a person, a next step, and where it belongs."""

    person: Candidate
    follow_up: FollowUp | None = None
    stage: int | None = 1
    """Stage to enter; None: the contact book only (名簿のみ)."""
    meetup: int | None = None
    contact: int | None = None
    """この人に足す: the known contact this is."""
    prospect: int | None = None
    """同じ会社の連絡先に加える: the customer the person belongs to."""


def hints(ws: Workspace, person: Candidate) -> tuple[Hint, ...]:
    """Who this may be, the likeliest first; fast enough to be asked at every key."""
    with ws.store.read() as reader:
        found = list(_person_hints(ws, reader, person))
        company = prospects.company_named(reader, person.company) if person.company else None
        if company is not None and company not in {hint.prospect for hint in found}:
            row = reader.get("prospects", company)
            standing, stage = recognition.standing_of(reader, company)
            found.append(Hint("company", company, None, "", row["name"], standing, stage))
    return tuple(found)


def _person_hints(ws: Workspace, reader: Reader, person: Candidate) -> list[Hint]:
    keys = sorted(personal_keys(person) | shared_keys(person))
    terms = sorted({name_key(person.name), company_key(person.company)} - {""}) if person.name else []
    ids = set(recognition.contacts_reached_by(reader, keys)) if keys else set()
    ids |= set(recognition.contacts_under(reader, terms)) if terms else set()
    if not ids:
        return []
    near = {
        contact: (prospect, stored)
        for contact, prospect, stored in recognition.stored_people(reader, ws.zone, sorted(ids))
    }
    match = People(known_from(contact, prospect, stored) for contact, (prospect, stored) in near.items()).match(person)
    if match is None:
        return []
    standing, stage = recognition.standing_of(reader, match.prospect_id)
    company = reader.get("prospects", match.prospect_id)
    name = "" if company["is_person"] else company["name"]
    return [Hint(match.kind, match.prospect_id, match.contact_id, match.name, name, standing, stage)]


def save(ws: Workspace, entries: tuple[Entry, ...]) -> Changes:
    """Write one or several captured lines as one change set. `created` holds the customers, in order."""
    names = [entry.person.name or entry.person.company or _("名前なし") for entry in entries]
    label = (
        _("{name}さんを記録しました").format(name=names[0])
        if len(names) == 1
        else _("{count}人を記録しました").format(count=len(names))
    )
    with ws.store.write(label, ws.now_us()) as work:
        made = tuple(_save_one(ws, work, entry) for entry in entries)
    return Changes(work.change_set, label, frozenset(work.topics), frozenset(work.touched), created=made)


def _save_one(ws: Workspace, work: "UnitOfWork", entry: Entry) -> int:
    channel, source, met_on = _where_from(work.reader, entry.meetup)
    if entry.contact is not None:
        contact = entry.contact
        prospect = int(work.reader.get("contacts", contact)["prospect_id"])
        prospects.put_points(work, contact, entry.person)
        for tag in entry.person.tags:
            prospects.put_tag(work, prospect, tag)
    else:
        prospect, contact = prospects.put_person(
            work, entry.person, prospect=entry.prospect, channel=channel, source=source
        )
    if entry.meetup is not None or entry.person.note:
        day = met_on or ws.today()
        work.insert(
            "activities", prospect_id=prospect, contact_id=contact, kind="meetup" if entry.meetup is not None else "note",
            at_us=min(ws.now_us(), process.start_of_day_us(ws, day) if day != ws.today() else ws.now_us()), meetup_id=entry.meetup,
            text=entry.person.note or _("会った"), day_only=day != ws.today(),
        )  # fmt: skip
    if entry.stage is not None and not _already_in(work, prospect):
        process.log_move(ws, work, prospect, entry.stage, met_on if met_on and met_on < ws.today() else None)
    if entry.follow_up is not None:
        _plan(ws, work, prospect, contact, entry.follow_up)
    return prospect


def _already_in(work: "UnitOfWork", prospect: int) -> bool:
    return work.reader.find("effective_transitions", prospect_id=prospect) is not None


def _where_from(reader: Reader, meetup: int | None) -> tuple[int | None, int | None, date | None]:
    if meetup is None:
        return None, None, None
    row = reader.get("meetups", meetup)
    held = date.fromisoformat(row["held_on"]) if row["held_on"] else None
    return row["channel_id"], reader.find("sources", meetup_id=meetup), held


def _plan(ws: Workspace, work: "UnitOfWork", prospect: int, contact: int, step: FollowUp) -> None:
    due = step.due or ws.today()
    at: time | None = step.time
    work.insert(
        "follow_ups", prospect_id=prospect, contact_id=contact, kind=step.kind, text=step.text or _(wording.PLAN_KINDS[step.kind]),
        due_on=due.isoformat(), due_time=f"{at:%H:%M}" if at else "", is_recontact=False, created_us=ws.now_us(),
    )  # fmt: skip
