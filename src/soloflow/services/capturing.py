"""記録: one line per person, written the moment it is entered; who is known already is offered, never assumed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import TYPE_CHECKING

from soloflow import i18n
from soloflow.capture.identity import names_contradict, personal_keys
from soloflow.capture.line import FIELDS, MANY, Chip, ParsedLine, replace_chip
from soloflow.capture.line_step import FollowUp
from soloflow.capture.pasted import Asked, Part, Pasted, parse_part, read_pasted
from soloflow.capture.when import no_such_day as no_day_in
from soloflow.domain.candidates import Candidate
from soloflow.domain.dates import add_workdays
from soloflow.domain.holidays import is_holiday
from soloflow.domain.text import company_key, name_key
from soloflow.i18n import N_, _, listed
from soloflow.services import adding_to, process, prospects, recapturing, wording
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace
from soloflow.store.database import Reader
from soloflow.store.log import has_entered

if TYPE_CHECKING:  # writing imports SQLAlchemy, which the first window does not wait for
    from soloflow.store.unit_of_work import UnitOfWork

__all__ = [
    "FIELDS", "LABELS", "MANY", "Asked", "Chip", "Entry", "FollowUp", "ParsedLine", "Pasted", "Written", "entry_of", "parse", "read",
    "read_lines", "read_pasted", "save", "save_again", "text_of", "written",
]  # fmt: skip

ONE, AGAIN, ADDED, MANY_PEOPLE = LABELS = (
    N_("{name}さんを記録しました"), N_("{name}さんの記録を直しました"), N_("{name}さんに足しました"), N_("{count}人を記録しました"),
)  # fmt: skip
"""What the change sets of captured lines are called; the list of the evening knows them by it."""
Overrides = Mapping[tuple[str, int], str]
"""Corrections of chips by (field, number among the chips of that field as typed); "" takes the chip away."""


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
    amount: int | None = None
    """Yen that were spoken of: the first deal's expected amount."""
    voices: tuple[str, ...] = ()
    """The person's own words (生の声), each of them kept by itself."""

    @property
    def is_empty(self) -> bool:
        """Whether nobody could be remembered or reached by it."""
        person = self.person
        return not (person.name or person.company or person.emails or person.phones or person.urls)


@dataclass(frozen=True, slots=True)
class Written:
    """One person of a pasted text: the number of their first line from 1, their words, and what these would save."""

    number: int
    text: str
    entry: Entry


def parse(ws: Workspace, text: str, overrides: Overrides | None = None, pasted: Pasted | None = None) -> ParsedLine:
    """Understand one line, or a pasted text about one person, while it is typed; `pasted` is how the text was read, where it was.

    A next step without a day gets the next working day, shown in its chip.
    """
    read = pasted or read_pasted(text)
    part = read.parts[0] if read.is_one else Part(1, 0, len(text))
    with ws.store.read() as reader:
        parsed = parse_part(text, part, ws.today(), known_companies=_known(reader), lang=i18n.language())
    return _with_day(ws, _corrected(parsed, overrides or {}))


def _known(reader: Reader) -> Callable[[str], bool]:
    return lambda company: prospects.company_named(reader, company) is not None


def _corrected(parsed: ParsedLine, overrides: Overrides) -> ParsedLine:
    for field, index in sorted(
        overrides, key=lambda key: (key[0], -key[1])
    ):  # from the last, so that numbers stay right
        parsed = replace_chip(parsed, field, overrides[field, index], index)
    return parsed


def _with_day(ws: Workspace, parsed: ParsedLine) -> ParsedLine:
    step = parsed.follow_up
    if step is None or step.due is not None:
        return parsed
    step = replace(step, due=default_day(ws))
    chips = tuple(
        replace(chip, display=f"{_day_taken(ws, step.due)} {chip.display}")
        if chip.field == "follow_up" and step.due
        else chip
        for chip in parsed.chips
    )
    return replace(parsed, follow_up=step, chips=chips)


def no_such_day(chip: Chip) -> str:
    """The day in the words of a next step that no calendar has (2/31), as it was written; "" if all is well."""
    return no_day_in(chip.value) if chip.field == "follow_up" else ""


def _day_taken(ws: Workspace, due: date) -> str:
    return _("日付なし → {day}").format(day=wording.day(ws, due))


def default_day(ws: Workspace) -> date:
    """The day of a next step that names none: the next working day."""
    return add_workdays(ws.today(), 1, is_holiday)


def entry_of(parsed: ParsedLine, *, stage: int | None = 1, meetup: int | None = None) -> Entry:
    """What a line, as it is understood, would save."""
    return Entry(parsed.candidate, parsed.follow_up, stage, meetup, amount=parsed.amount, voices=parsed.voices)


def text_of(said: bytes) -> str:
    """What was piped or typed, in whichever encoding, without the marks that no text holds."""
    from soloflow.capture.decoding import decodings

    return next(decodings(said)).text.replace("\0", "")


def read(ws: Workspace, text: str, *, stage: int | None = 1, meetup: int | None = None) -> tuple[Entry, ...]:
    """The people of a text, ready to be saved; parts that name nobody are among them (`is_empty`)."""
    return tuple(line.entry for line in read_lines(ws, text, stage=stage, meetup=meetup))


def read_lines(ws: Workspace, text: str, *, stage: int | None = 1, meetup: int | None = None) -> tuple[Written, ...]:
    """The people of a text, whatever it is (lines, a signature, a list, cards …), none left out; see `capture.pasted`.

    `entry.is_empty`: the part names nobody.
    """
    return written(ws, text, read_pasted(text), stage=stage, meetup=meetup)


def written(
    ws: Workspace, text: str, pasted: Pasted, *, stage: int | None = 1, meetup: int | None = None
) -> tuple[Written, ...]:
    """What each part of a text that was read would save."""
    today, lang = ws.today(), i18n.language()
    with ws.store.read() as reader:
        known = _known(reader)
        lines = [(part.line, parse_part(text, part, today, known_companies=known, lang=lang)) for part in pasted.parts]
    return tuple(
        Written(number, line.text, entry_of(_with_day(ws, line), stage=stage, meetup=meetup)) for number, line in lines
    )


def save(ws: Workspace, entries: tuple[Entry, ...]) -> Changes:
    """Write one or several captured lines as one change set. `created` holds the contacts, in order."""
    return _save(ws, entries, None)


def save_again(ws: Workspace, change_set: int, entries: tuple[Entry, ...]) -> Changes:
    """Replace what an earlier line saved; one undo brings that line back. A line that is gone already is saved anew."""
    return _save(ws, entries, change_set if recapturing.stands(ws, change_set) else None)


def _save(ws: Workspace, entries: tuple[Entry, ...], instead_of: int | None) -> Changes:
    label = _label(ws, entries, instead_of is not None)
    with ws.store.write(label, ws.now_us()) as work:
        if instead_of is not None:
            recapturing.take_back_line(work, instead_of)
        entries = tuple(recapturing.standing(work.reader, entry) for entry in entries)
        homes: dict[str, int] = {}
        made: list[int] = []
        holders: dict[str, list[int]] = {}
        for number, entry in enumerate(entries):
            twin = _twin(entries, entry, holders)
            made.append(_save_one(ws, work, entry if twin is None else replace(entry, contact=made[twin]), homes))
            for key in _same_person_keys(entry.person):
                holders.setdefault(key, []).append(number)
    return Changes(work.change_set, label, frozenset(work.topics), frozenset(work.touched), created=tuple(made))


def _label(ws: Workspace, entries: tuple[Entry, ...], is_correction: bool) -> str:
    if len(entries) != 1:
        return _(MANY_PEOPLE).format(count=len(entries))
    (entry,) = entries
    name = entry.person.name or entry.person.company or _("名前なし")
    if is_correction:
        return _(AGAIN).format(name=name)
    if entry.contact is None:
        return _(ONE).format(name=name)
    with ws.store.read() as reader:
        known = reader.get("contacts", entry.contact)
    if known is None:  # taken away elsewhere since they were chosen
        return _(ONE).format(name=name)
    return _(ADDED).format(name=known["name"] or name)


def _same_person_keys(person: Candidate) -> set[str]:
    """What makes two lines of one text the same person: a personal mail or number, or name and company."""
    both = person.name and prospects.is_company(person.company)
    return personal_keys(person) | ({f"{name_key(person.name)}@{company_key(person.company)}"} if both else set())


def _twin(entries: tuple[Entry, ...], entry: Entry, holders: Mapping[str, list[int]]) -> int | None:
    """Which of the earlier lines is the same person, so that a list with a repeated line makes nobody twice."""
    if entry.contact is not None:
        return None
    earlier = sorted({number for key in _same_person_keys(entry.person) for number in holders.get(key, ())})
    return next((one for one in earlier if not names_contradict(entry.person, entries[one].person)), None)


def _save_one(ws: Workspace, work: "UnitOfWork", entry: Entry, homes: dict[str, int]) -> int:
    channel, source, met_on = _where_from(work.reader, entry.meetup)
    if entry.contact is not None:
        contact = entry.contact
        prospect = int(work.reader.get("contacts", contact)["prospect_id"])
        otherwise = adding_to.add_to(work, prospect, contact, entry.person)
        entry = replace(entry, person=replace(entry.person, note=listed((entry.person.note, otherwise))))
    else:
        key = company_key(entry.person.company) if prospects.is_company(entry.person.company) else ""
        home = entry.prospect or homes.get(key)
        prospect, contact = prospects.put_person(work, entry.person, prospect=home, channel=channel, source=source)
        if key:
            homes[key] = prospect
    _note_meeting(ws, work, entry, prospect, contact, met_on)
    if entry.stage is not None and not has_entered(work.reader, prospect):
        process.log_move(ws, work, prospect, entry.stage, met_on if met_on and met_on < ws.today() else None)
    if entry.follow_up is not None:
        _plan(ws, work, prospect, contact, entry.follow_up)
    if entry.amount is not None and work.reader.find("deals", prospect_id=prospect) is None:
        work.insert(
            "deals", prospect_id=prospect, name=_("最初の案件"), state="expected", expected_yen=entry.amount, created_us=ws.now_us()
        )  # fmt: skip
    return contact


def _note_meeting(
    ws: Workspace, work: "UnitOfWork", entry: Entry, prospect: int, contact: int, met_on: date | None
) -> None:  # fmt: skip
    is_past = met_on is not None and met_on < ws.today()
    at_us = process.start_of_day_us(ws, met_on) if met_on is not None and is_past else ws.now_us()
    noted = [("note" if entry.meetup is None else "meetup", entry.person.note or _("会った"))]
    if entry.meetup is None and not entry.person.note:
        noted = []
    for kind, text in (*noted, *(("voice", voice) for voice in entry.voices)):
        work.insert(
            "activities", prospect_id=prospect, contact_id=contact, kind=kind, at_us=at_us, meetup_id=entry.meetup, text=text,
            day_only=is_past,
        )  # fmt: skip


def _where_from(reader: Reader, meetup: int | None) -> tuple[int | None, int | None, date | None]:
    if meetup is None:
        return None, None, None
    row = reader.get("meetups", meetup)
    held = date.fromisoformat(row["held_on"]) if row["held_on"] else None
    return row["channel_id"], reader.find("sources", meetup_id=meetup), held


def _plan(ws: Workspace, work: "UnitOfWork", prospect: int, contact: int, step: FollowUp) -> None:
    due = step.due or default_day(ws)
    at: time | None = step.time
    work.insert(
        "follow_ups", prospect_id=prospect, contact_id=contact, kind=step.kind, text=step.text or _(wording.PLAN_KINDS[step.kind]),
        due_on=due.isoformat(), due_time=f"{at:%H:%M}" if at else "", is_recontact=False, created_us=ws.now_us(),
    )  # fmt: skip
