"""Who may be meant by a line: somebody known is offered, and what is done where nobody answers is the same everywhere."""

from dataclasses import dataclass, replace
from typing import Literal

from soloflow.capture.identity import personal_keys
from soloflow.capture.matching import Match, People, known_from
from soloflow.domain.candidates import Candidate
from soloflow.domain.text import name_key
from soloflow.services import prospects
from soloflow.services.capturing import Entry
from soloflow.services.recognising import people_near
from soloflow.services.workspace import Workspace
from soloflow.store import recognition
from soloflow.store.database import Reader


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
    is_colleague: bool = False
    """Whether the person belongs to the company that is meant, so that 同じ会社の連絡先に加える makes sense."""


def hints(ws: Workspace, person: Candidate) -> tuple[Hint, ...]:
    """Who this may be, the likeliest first; fast enough to be asked at every key."""
    with ws.store.read() as reader:
        company = prospects.company_named(reader, person.company) if person.company else None
        found = _person_hints(ws, reader, person, company)
        if company is not None and company not in {hint.prospect for hint in found}:
            row = reader.get("prospects", company)
            standing, stage = recognition.standing_of(reader, company)
            found.append(Hint("company", company, None, "", row["name"], standing, stage, is_colleague=True))
    return tuple(found)


def _person_hints(ws: Workspace, reader: Reader, person: Candidate, company: int | None) -> list[Hint]:
    near = people_near(ws, reader, person)
    match = _by_family_name(near, person, company) or People(
        known_from(contact, prospect, stored) for contact, prospect, stored in near
    ).match(person)
    if match is None:
        return []
    standing, stage = recognition.standing_of(reader, match.prospect_id)
    row = reader.get("prospects", match.prospect_id)
    name = "" if row["is_person"] else row["name"]
    return [
        Hint(
            match.kind,
            match.prospect_id,
            match.contact_id,
            match.name,
            name,
            standing,
            stage,
            match.prospect_id == company,
        )
    ]


def _by_family_name(near: list[tuple[int, int, Candidate]], person: Candidate, company: int | None) -> Match | None:
    """十河 of カワセミ食品 is likely the 十河 太郎 there, if there is one only; a mail or number is a better reason, where given."""
    if company is None or not person.name or personal_keys(person):
        return None
    name = name_key(person.name)
    fitting = [
        Match("likely", contact, prospect, stored.name)
        for contact, prospect, stored in near
        if prospect == company and stored.family and stored.given and name_key(stored.family) == name
    ]
    if len(fitting) > 1:
        return replace(fitting[0], kind="similar")
    return fitting[0] if fitting else None


def settled(entry: Entry, found: tuple[Hint, ...]) -> Entry:
    """What is done without an answer, which is also what the primary button says.

    A sure or likely match is that person (one undo takes it back, nothing is overwritten); a known company gets a contact,
    never a second customer of its name; somebody merely similar is somebody else.
    """
    for hint in found:
        if hint.kind in ("sure", "likely"):
            return replace(entry, contact=hint.contact, prospect=None)
        if hint.kind == "company" or hint.is_colleague:
            return replace(entry, prospect=hint.prospect)
    return entry


def with_known(ws: Workspace, entry: Entry) -> Entry:
    """The entry as it is saved where nobody is there to answer."""
    return settled(entry, hints(ws, entry.person))
