"""Writing an import: all of it or nothing, in blocks, because thousands of single statements would make the user wait."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from soloflow.capture.matching import FieldChange
from soloflow.domain.candidates import Candidate
from soloflow.domain.errors import UserError
from soloflow.domain.text import company_key
from soloflow.i18n import _
from soloflow.services import process, prospects
from soloflow.services.changes import Changes
from soloflow.services.import_items import Item, OutdatedError, Preview, Report, as_accepted, report_of
from soloflow.services.import_judging import as_they_stand
from soloflow.services.workspace import Progress, Silent, Workspace, watched
from soloflow.store import derived, journal, recognition
from soloflow.store.log import has_entered

if TYPE_CHECKING:  # writing imports SQLAlchemy, which the first window does not wait for
    from soloflow.store.unit_of_work import UnitOfWork

BLOCK = 250
"""People written between two looks at whether the user stopped it."""
_JUDGED = ("prospects", "contacts", "contact_points")
"""Tables by which people are recognised: another window or a command may have written to them since."""
_ROWS = 2 / 3
"""The share of the way that is over when every row is written."""


@dataclass(slots=True)
class _Writing:
    """One import in the making."""

    ws: Workspace
    work: "UnitOfWork"
    channel: int | None
    meetup: int | None
    source: int | None
    tags: tuple[str, ...]
    companies: dict[str, list[int]]
    """Customers by company_key; a name that two customers bear belongs to neither."""
    tag_ids: dict[str, int] = field(default_factory=dict)
    tagged: set[tuple[int, int]] = field(default_factory=set)
    entering: dict[int, date | None] = field(default_factory=dict)
    made: set[int] = field(default_factory=set)
    days: dict[date, int] = field(default_factory=dict)
    """The first instant (µs) of each day on which somebody was met."""

    def day_us(self, day: date) -> int:
        """The first instant of a day; a file has few days and many rows."""
        if day not in self.days:
            self.days[day] = process.start_of_day_us(self.ws, day)
        return self.days[day]


def commit(
    ws: Workspace, file: Preview, items: Sequence[Item] | None = None, *, channel: int | None = None, meetup: int | None = None,
    tags: Iterable[str] = (), progress: Progress | None = None,
) -> tuple[Changes, Report]:  # fmt: skip
    """Write what was decided, all of it or (when cancelled) nothing. `created` holds the customers made.

    :raises OutdatedError: when who is known has changed since the file was judged; nothing is written.
    :raises UserError: when the meetup is not there any more; nothing is written.
    :raises Cancelled: when the user stopped it; nothing is written.
    """
    decided: Sequence[Item] = file.items if items is None else tuple(items)
    count = f"{sum(item.take for item in decided):,}"
    watching = progress or Silent()
    label = _("{name}から{count}人を取り込みました").format(name=file.name, count=count)
    with ws.store.write(label, ws.now_us()) as work:
        if file.seen is not None and journal.has_changed(work.reader, file.seen, _JUDGED):
            raise OutdatedError(
                _(
                    "確かめたあとで、ほかのところで連絡先が変わりました。まだ何も取り込んでいません。もう一度確かめてから取り込んでください。"
                )
            )
        if meetup and work.reader.get("meetups", meetup) is None:
            raise UserError(_("選んだ勉強会は、もうありません。何も取り込んでいません。選び直してください。"))
        decided = as_they_stand(work.reader, decided)
        taken = [item for item in decided if item.take]
        source = work.reader.find("sources", meetup_id=meetup) if meetup else None
        if meetup and channel is None:
            channel = work.reader.get("meetups", meetup)["channel_id"]
        writing = _Writing(ws, work, channel, meetup, source, tuple(tags), _companies(work, watching))
        course = _Course(watching, file.name, len(taken))
        for start in range(0, len(taken), BLOCK):
            course.show(start * _ROWS)
            _write_block(writing, taken[start : start + BLOCK])
        entered = _enter(writing)
        course.show(len(taken) * _ROWS)
        report = report_of(file, decided, entered)
        if work.change_set is not None:
            _note_import(work, file, report)
        work.settle(partial(course.go_on, derived.CHUNK))
        course.show(len(taken))
    changes = Changes(
        work.change_set, label, frozenset(work.topics), frozenset(work.touched), created=tuple(sorted(writing.made)),
        many=len(work.touched) > 500,
    )  # fmt: skip
    return changes, report


class _Course:
    """How far an import is, in people: written is two thirds of the way, the rest is the words they are found by."""

    def __init__(self, watching: Progress, name: str, total: int) -> None:
        self._watching, self._name, self._total = watching, name, total
        self._done = 0

    def show(self, done: float) -> None:
        """Say how far it is.

        :raises Cancelled: when the user stopped it.
        """
        self._done = min(int(done), self._total)
        self._watching.report(self._done, self._total, self._name)
        self._watching.check()

    def go_on(self, more: int) -> None:
        """So many more customers are about to be made findable."""
        self.show(self._done + more * (1 - _ROWS))


def _note_import(work: "UnitOfWork", file: Preview, report: Report) -> None:
    """Remember the import itself, for the list of what was brought in."""
    reading = file.reading
    work.insert(
        "imports", at_us=work.now_us, name=file.name, shape=reading.kind, encoding=reading.encoding,
        report=json.dumps(asdict(report)),
    )  # fmt: skip


def _companies(work: "UnitOfWork", watching: Progress) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for prospect, name in watched(recognition.companies(work.reader), watching):
        found[company_key(name)].append(prospect)
    return found


def _write_block(writing: _Writing, items: Sequence[Item]) -> None:
    fresh: list[Item] = []
    placed: list[tuple[int, int, Item]] = []
    for item in items:
        contact = item.match.contact_id if item.is_known and item.match is not None else None
        row = writing.work.reader.get("contacts", contact) if contact is not None else None
        if row is None:
            fresh.append(item)
        else:
            kept = as_accepted(item)  # of what was declined nothing is written, no mail, number, tag or day either
            prospect = _update(writing, row["prospect_id"], row["id"], kept.person, kept.changes)
            if kept.joins:
                prospect = _join(writing, prospect, kept.could_join)
            placed.append((prospect, row["id"], kept))
    placed += _add(writing, fresh)
    _add_meetings(writing, placed, {id(item) for item in fresh})
    for prospect, _contact, item in placed:
        _add_tags(writing, prospect, (*item.person.tags, *writing.tags))
        if item.enters:
            writing.entering.setdefault(prospect, _met(writing.ws, item.person))


def _add(writing: _Writing, items: Sequence[Item]) -> list[tuple[int, int, Item]]:
    """New people: their customers, then their contacts, then how to reach them; one statement each."""
    homes = _homes(writing, [item.person for item in items])
    contacts = writing.work.insert_many(
        "contacts",
        [
            prospects.contact_row(item.person, home, writing.work.now_us)
            for item, home in zip(items, homes, strict=True)
        ],
    )
    rows = [
        row for item, contact in zip(items, contacts, strict=True) for row in prospects.point_rows(contact, item.person)
    ]
    writing.work.insert_many("contact_points", rows)
    return list(zip(homes, contacts, items, strict=True))


def _homes(writing: _Writing, people: Sequence[Candidate]) -> list[int]:
    """The customer of each person: their company, known or new, or they themselves."""
    rows: list[dict[str, object]] = []
    wanted: list[tuple[str, int]] = []
    """Per person, a known company's key, or the number of a row to be made."""
    coming: dict[str, int] = {}
    for person in people:
        key = company_key(person.company) if prospects.is_company(person.company) else ""
        if key and len(writing.companies.get(key, ())) == 1:
            wanted.append((key, -1))
            continue
        if not key or key not in coming:
            rows.append(prospects.customer_row(person, writing.channel, writing.source, writing.work.now_us))
            if key:
                coming[key] = len(rows) - 1
        wanted.append(("", coming[key] if key else len(rows) - 1))
    made = writing.work.insert_many("prospects", rows)
    writing.made.update(made)
    homes = [writing.companies[key][0] if key else made[number] for key, number in wanted]
    for key, number in coming.items():
        writing.companies[key] = [made[number]]
    return homes


def _update(
    writing: _Writing, prospect: int, contact: int, person: Candidate, changes: Sequence[FieldChange]
) -> int:  # fmt: skip
    """Bring a known person up to date; the customer they belong to from now on."""
    work = writing.work
    columns: dict[str, object] = {one.field: one.new for one in changes if one.field in prospects.CONTACT_FIELDS}
    if "name" in columns:
        columns |= {"family": person.family, "given": person.given}
    alone = bool(work.reader.get("prospects", prospect)["is_person"])
    if alone and "name" in columns:
        work.update("prospects", prospect, name=columns["name"])
    if any(change.field == "company" for change in changes):
        prospect = _new_company(writing, prospect, person, is_alone=alone)
        columns["prospect_id"] = prospect
    work.update("contacts", contact, **columns)
    if any(change.field in ("emails", "phones", "urls") for change in changes):
        prospects.put_points(work, contact, person)
    return prospect


def _join(writing: _Writing, prospect: int, company: str) -> int:
    """Make somebody who was a customer on their own a contact of their company; the customer they belong to then."""
    from soloflow.services import merging

    homes = writing.companies.get(company_key(company), [])
    if len(homes) != 1 or homes[0] == prospect or not writing.work.reader.get("prospects", prospect)["is_person"]:
        return prospect  # made since the preview, or done already
    merging.absorb_in(writing.ws, writing.work, prospect, homes[0])
    return homes[0]


def _new_company(writing: _Writing, prospect: int, person: Candidate, *, is_alone: bool) -> int:
    """Somebody on their own becomes that company's customer; somebody who changed company becomes a contact there.

    A company is renamed by nobody's card, and its log stays its own.
    """
    if is_alone and not writing.companies.get(company_key(person.company)):
        writing.work.update("prospects", prospect, name=person.company, is_person=False)
        writing.companies[company_key(person.company)] = [prospect]
        return prospect
    if is_alone:  # the history of somebody on their own goes nowhere
        return prospect
    return _homes(writing, [person])[0]


def _add_meetings(writing: _Writing, placed: Sequence[tuple[int, int, Item]], fresh: set[int]) -> None:
    rows: list[dict[str, object]] = []
    today = writing.ws.today()
    kind, text = "meetup" if writing.meetup else "card", _("名刺交換")
    for prospect, contact, item in placed:
        known = set() if id(item) in fresh else recognition.meeting_days(writing.work.reader, contact)
        rows += [
            {"prospect_id": prospect, "contact_id": contact, "kind": kind, "at_us": writing.day_us(day), "day_only": True,
             "text": text, "meetup_id": writing.meetup}
            for day in item.person.met_on if day <= today and not _is_known(writing, known, day)
        ]  # fmt: skip
    writing.work.insert_many("activities", rows)


def _is_known(writing: _Writing, known: set[int], day: date) -> bool:
    """Whether they are known to have met on that day, at whatever hour."""
    return bool(known) and any(
        writing.day_us(day) <= at_us < writing.day_us(day + timedelta(days=1)) for at_us in known
    )


def _add_tags(writing: _Writing, prospect: int, tags: Sequence[str]) -> None:
    work = writing.work
    for tag in dict.fromkeys(name.strip().lstrip("#＃") for name in tags):
        if not tag:
            continue
        if tag not in writing.tag_ids:
            writing.tag_ids[tag] = work.reader.find("tags", name=tag) or work.insert("tags", name=tag)
        pair = (prospect, writing.tag_ids[tag])
        if pair in writing.tagged:
            continue
        writing.tagged.add(pair)
        if prospect in writing.made or work.reader.find("prospect_tags", prospect_id=pair[0], tag_id=pair[1]) is None:
            work.insert("prospect_tags", prospect_id=pair[0], tag_id=pair[1])


def _enter(writing: _Writing) -> int:
    """Put who was ticked into the funnel at step 1, on the day of the meeting; how many entered."""
    work, now_us = writing.work, writing.ws.now_us()
    fresh = [prospect for prospect in writing.entering if prospect in writing.made]
    work.log_many(
        [
            {"prospect_id": prospect, "kind": "enter", "from_stage": None, "to_stage": 1, "reason": None,
             "at_us": writing.day_us(day) if (day := writing.entering[prospect]) else now_us}
            for prospect in fresh
        ]
    )  # fmt: skip
    entered = len(fresh)
    for prospect, day in writing.entering.items():
        if prospect not in writing.made and not has_entered(work.reader, prospect):
            process.log_move(writing.ws, work, prospect, 1, day)
            entered += 1
    return entered


def _met(ws: Workspace, person: Candidate) -> date | None:
    """The latest meeting of the file, not later than today."""
    return max((day for day in person.met_on if day <= ws.today()), default=None)
