"""取り込み: files read into a preview before anything is written, then one transaction that one undo takes back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from soloflow.capture.matching import FieldChange, Match, People, differences, known_from
from soloflow.domain.candidates import Candidate, Problem, Reading
from soloflow.domain.errors import UserError
from soloflow.domain.text import company_key
from soloflow.i18n import _
from soloflow.services import process, prospects
from soloflow.services.changes import Changes
from soloflow.services.workspace import Progress, Silent, Workspace
from soloflow.store import recognition

if TYPE_CHECKING:  # writing imports SQLAlchemy, which the first window does not wait for
    from soloflow.store.unit_of_work import UnitOfWork

MAX_BYTES = 200 * 1024 * 1024
FRESH_DAYS = 30
"""Only who was met within this many days is offered to enter the funnel; old cards would ruin every rate."""
CHECK_EVERY = 50

Verdict = Literal["new", "update", "same", "ask"]


@dataclass(frozen=True, slots=True)
class Item:
    """One person of the file and what would happen. Change `take`, `enters`, `person` or `is_known` to decide otherwise."""

    person: Candidate
    verdict: Verdict
    match: Match | None
    changes: tuple[FieldChange, ...]
    take: bool
    enters: bool | None
    """The tick 集客に入れる; None where the customer is in the funnel already."""
    is_known: bool
    """Whether taking it means the matched person (for "ask": the user's answer)."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything of one file before anything is written."""

    name: str
    reading: Reading
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every row: created + updated + same + joined + set_aside + wrong = rows."""

    rows: int
    created: int
    updated: int
    same: int
    joined: int
    set_aside: int
    wrong: int
    entered: int


def read_file(path: Path, encoding: str | None = None) -> Reading:
    """The people of a file.

    :raises UserError: when it cannot be opened, is too large, or is in no known shape.
    """
    from soloflow.capture.reading import read

    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UserError(
                _("{name} は大きすぎます（{size} MB）。{limit} MB までのファイルに分けてください。").format(
                    name=path.name, size=size // 2**20, limit=MAX_BYTES // 2**20
                )
            )
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            _("{name} を開けません（{reason}）。ファイルの場所と権限を確かめてください。").format(
                name=path.name, reason=error.strerror
            )
        ) from error
    return read(path.name, data, encoding)


def preview(ws: Workspace, path: Path, encoding: str | None = None) -> Preview:
    """Read a file and say for each person what would happen; writes nothing.

    :raises UserError: when the file cannot be read.
    """
    reading = read_file(path, encoding)
    with ws.store.read() as reader:
        stored = {
            contact: (prospect, person) for contact, prospect, person in recognition.stored_people(reader, ws.zone)
        }
        people = People(known_from(contact, prospect, person) for contact, (prospect, person) in stored.items())
        standings = {prospect: recognition.standing_of(reader, prospect)[0] for prospect, _person in stored.values()}
    items = []
    for person in reading.candidates:
        match = people.match(person)
        known = stored[match.contact_id][1] if match else None
        in_funnel = match is not None and standings[match.prospect_id] != "book"
        problems = tuple(problem for problem in reading.problems if problem.line == person.line)
        items.append(_item(ws, person, match, known, in_funnel=in_funnel, problems=problems))
    return Preview(path.name, reading, tuple(items))


def _item(
    ws: Workspace,
    person: Candidate,
    match: Match | None,
    known: Candidate | None,
    *,
    in_funnel: bool,
    problems: tuple[Problem, ...],
) -> Item:
    changes = differences(known, person) if known else ()
    verdict: Verdict = "new"
    if match is not None:
        verdict = "ask" if match.kind != "sure" else "update" if changes else "same"
    if problems and verdict == "new":
        verdict = "ask"
    fresh = any(day >= ws.today() - timedelta(days=FRESH_DAYS) for day in person.met_on)
    enters = None if in_funnel and match is not None and match.kind == "sure" else fresh
    take = verdict in ("new", "update") or (verdict == "ask" and match is None)
    return Item(person, verdict, match, changes, take, enters, match is not None and match.kind == "sure", problems)


def choose(
    item: Item,
    *,
    take: bool | None = None,
    enters: bool | None = None,
    is_known: bool | None = None,
    person: Candidate | None = None,
) -> Item:
    """The item with another decision."""
    return replace(
        item,
        take=item.take if take is None else take,
        enters=item.enters if enters is None else enters,
        is_known=item.is_known if is_known is None else is_known and item.match is not None,
        person=person or item.person,
    )


def commit(
    ws: Workspace, file: Preview, items: Sequence[Item] | None = None, *, channel: int | None = None, meetup: int | None = None,
    tags: Iterable[str] = (), progress: Progress | None = None,
) -> tuple[Changes, Report]:  # fmt: skip
    """Write what was decided, all of it or (when cancelled) nothing.

    :raises Cancelled: when the user stopped it; nothing is written.
    """
    decided = file.items if items is None else tuple(items)
    taken = [item for item in decided if item.take]
    watching = progress or Silent()
    label = _("{name}から{count}人を取り込みました").format(name=file.name, count=len(taken))
    made: dict[str, int] = {}
    entered: set[int] = set()
    with ws.store.write(label, ws.now_us()) as work:
        for number, item in enumerate(taken):
            if number % CHECK_EVERY == 0:
                watching.report(number, len(taken), file.name)
                watching.check()
            prospect = _write(ws, work, item, made, channel, meetup, tuple(tags))
            if item.enters and work.reader.find("effective_transitions", prospect_id=prospect) is None:
                process.log_move(ws, work, prospect, 1, _met(ws, item.person))
                entered.add(prospect)
        watching.report(len(taken), len(taken), file.name)
        watching.check()
    changes = Changes(
        work.change_set, label, frozenset(work.topics), frozenset(work.touched), created=tuple(sorted(work.touched)), many=len(work.touched) > 500
    )  # fmt: skip
    return changes, _report(file, decided, len(entered))


def _write(
    ws: Workspace,
    work: "UnitOfWork",
    item: Item,
    made: dict[str, int],
    channel: int | None,
    meetup: int | None,
    tags: tuple[str, ...],
) -> int:
    person = replace(item.person, tags=tuple(dict.fromkeys((*item.person.tags, *tags))))
    if item.is_known and item.match is not None:
        prospect, contact = item.match.prospect_id, item.match.contact_id
        _update(work, prospect, contact, person, item.changes)
    else:
        key = company_key(person.company) if prospects.is_company(person.company) else ""
        home = made.get(key) or (prospects.company_named(work.reader, person.company) if key else None)
        prospect, contact = prospects.put_person(work, person, prospect=home, channel=channel)
        if key:
            made[key] = prospect
    known_days = _known_days(work, contact)
    for day in person.met_on:
        at_us = process.start_of_day_us(ws, day)
        if at_us not in known_days:
            work.insert(
                "activities", prospect_id=prospect, contact_id=contact, kind="meetup" if meetup else "card", at_us=at_us, day_only=True,
                text=_("名刺交換"), meetup_id=meetup,
            )  # fmt: skip
    return prospect


def _update(work: "UnitOfWork", prospect: int, contact: int, person: Candidate, changes: Sequence[FieldChange]) -> None:
    columns = {change.field: change.new for change in changes if change.field in prospects.CONTACT_FIELDS}
    if "name" in columns:
        columns |= {"family": person.family, "given": person.given}
    work.update("contacts", contact, **columns)
    prospects.put_points(work, contact, person)
    for tag in person.tags:
        prospects.put_tag(work, prospect, tag)
    alone = work.reader.get("prospects", prospect)
    if alone["is_person"] and "name" in columns:
        work.update("prospects", prospect, name=columns["name"])
    if any(change.field == "company" for change in changes) and prospects.is_company(person.company):
        _move_company(work, prospect, person, is_alone=bool(alone["is_person"]))


def _move_company(work: "UnitOfWork", prospect: int, person: Candidate, *, is_alone: bool) -> None:
    """A person who now names a company becomes that company's customer; a company is renamed by nobody's card."""
    if is_alone:
        work.update("prospects", prospect, name=person.company, is_person=False)


def _known_days(work: "UnitOfWork", contact: int) -> set[int]:
    found = [work.reader.get("activities", one) for one in work.reader.ids("activities", contact_id=contact)]
    return {row["at_us"] for row in found if row["kind"] in ("card", "meetup")}


def _met(ws: Workspace, person: Candidate) -> date | None:
    """The latest meeting of the file, not later than today."""
    days = [day for day in person.met_on if day <= ws.today()]
    return max(days) if days else None


def _report(file: Preview, items: Sequence[Item], entered: int) -> Report:
    taken = [item for item in items if item.take]
    updated = sum(item.is_known and bool(item.changes) for item in taken)
    same = sum(item.verdict == "same" for item in items if not item.take) + sum(
        item.is_known and not item.changes for item in taken
    )
    wrong = len({problem.line for problem in file.reading.problems} - _lines(file.reading))
    return Report(
        file.reading.rows, len(taken) - updated - sum(item.is_known and not item.changes for item in taken), updated, same,
        file.reading.rows - len(file.items) - wrong, len(items) - len(taken) - sum(item.verdict == "same" for item in items if not item.take),
        wrong, entered,
    )  # fmt: skip


def _lines(reading: Reading) -> set[int]:
    return {person.line for person in reading.candidates}
