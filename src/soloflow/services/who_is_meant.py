"""Who may be meant by a line: somebody known is offered, and what is done where nobody answers is the same everywhere."""

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from soloflow.capture.identity import names_contradict, personal_keys
from soloflow.capture.matching import Match, People, known_from
from soloflow.domain.candidates import Candidate
from soloflow.domain.text import name_key
from soloflow.services import prospects
from soloflow.services.capturing import Entry
from soloflow.services.recognising import MOST_OF_A_NAME, people_near, profile_keys
from soloflow.services.workspace import Workspace
from soloflow.store import recognition
from soloflow.store.database import Reader

Near: TypeAlias = tuple[int, int, Candidate]
"""(contact, customer, person) of somebody known."""
MOST = 5
"""People who are offered for one line."""


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
    """Who this may be, the likeliest first, several where several fit; fast enough to be asked at every key."""
    with ws.store.read() as reader:
        company = prospects.company_named(reader, person.company) if person.company else None
        near = people_near(ws, reader, person)
        found = [_hint(reader, match, company) for match in _matches(near, person, company)]
        if company is not None and company not in {hint.prospect for hint in found}:
            row = reader.get("prospects", company)
            standing, stage = recognition.standing_of(reader, company)
            found.append(Hint("company", company, None, "", row["name"], standing, stage, is_colleague=True))
    return tuple(found)


def _hint(reader: Reader, match: Match, company: int | None) -> Hint:
    standing, stage = recognition.standing_of(reader, match.prospect_id)
    row = reader.get("prospects", match.prospect_id)
    name = "" if row["is_person"] else row["name"]
    is_colleague = match.prospect_id == company
    return Hint(match.kind, match.prospect_id, match.contact_id, match.name, name, standing, stage, is_colleague)


def _matches(near: list[Near], person: Candidate, company: int | None) -> list[Match]:
    """Everybody who fits, by the strongest reason there is."""
    if person.handle:
        person = replace(person, name="", family="", given="")  # what somebody is called on a site contradicts no name
    linked = _by_link(near, person)
    if linked:
        return linked
    if colleagues := _by_family_name(near, person, company):
        return colleagues
    found = _one_after_the_other(near, person)
    if found or company is not None or person.company or personal_keys(person):
        return found
    return _of_family(near, person)


def _one_after_the_other(near: list[Near], person: Candidate) -> list[Match]:
    """The best match, and those that would be the best without it as long as nothing speaks against them."""
    left = {contact: known_from(contact, prospect, stored) for contact, prospect, stored in near}
    found: list[Match] = []
    while len(found) < MOST and (match := People(left.values()).match(person)):
        if found and names_contradict(person, left[match.contact_id]):
            break
        found.append(match)
        if match.kind == "sure":
            break
        del left[match.contact_id]
    if [match.kind for match in found[:2]] == ["likely", "likely"]:
        return [replace(match, kind="similar") for match in found]
    return found


def _by_link(near: list[Near], person: Candidate) -> list[Match]:
    """Whose page it is; where the name contradicts, the user is asked."""
    pages = profile_keys(person)
    found = [
        Match("similar" if names_contradict(person, stored) else "likely", contact, prospect, stored.name)
        for contact, prospect, stored in (near if pages else ())
        if pages & profile_keys(stored)
    ]
    return found if len(found) == 1 else [replace(one, kind="similar") for one in found[:MOST]]


def _by_family_name(near: list[Near], person: Candidate, company: int | None) -> list[Match]:
    """十河 of カワセミ食品 is likely the 十河 太郎 there, if there is one only; a mail or number is a better reason, where given."""
    if company is None or personal_keys(person):
        return []
    fitting = [one for one in _named(near, person) if one.prospect_id == company]
    return fitting if len(fitting) == 1 else [replace(one, kind="similar") for one in fitting[:MOST]]


def _of_family(near: list[Near], person: Candidate) -> list[Match]:
    """十河 without a company may be each of the few 十河 there are; of many 佐藤 none is offered."""
    fitting = [replace(one, kind="similar") for one in _named(near, person)]
    return fitting if len(fitting) <= MOST and len(near) < MOST_OF_A_NAME else []


def _named(near: list[Near], person: Candidate) -> list[Match]:
    """Those whose family name is the whole name."""
    name = name_key(person.name)
    return [
        Match("likely", contact, prospect, stored.name)
        for contact, prospect, stored in near
        if name and stored.family and stored.given and name_key(stored.family) == name
    ]


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
