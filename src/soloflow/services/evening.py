"""The list under the capture line: who was written down at a meetup, or today."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from soloflow.i18n import _, in_every_language
from soloflow.services import capturing, history, undo_words, wording
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace
from soloflow.store import evening
from soloflow.store.database import Reader

NIGHT_ENDS = timedelta(hours=5)
"""An evening goes on after midnight; at five in the morning another day begins."""
EVENING_BEGINS = 17
FRESH_DAYS = 1
"""A meetup goes on until the day after it was held (trains, midnight)."""


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody on tonight's list."""

    contact: int
    prospect: int
    name: str
    company: str
    words: str
    standing: str
    stage: int | None
    step: str
    """The next step with its day, such as 「11/24(火) メール」; "" where none is planned."""
    is_recontact: bool
    has_entered: bool
    """Whether the customer came into the funnel on that day; a colleague of a customer in it does not."""


def is_evening(ws: Workspace) -> bool:
    """Whether one says 今夜; before five in the afternoon it is 今日."""
    return ws.now().hour >= EVENING_BEGINS


def met(ws: Workspace, meetup: int | None) -> list[Met]:
    """Who was written down at a meetup, or (without one) today and not at any; newest first."""
    with ws.store.read() as reader:
        return _people(ws, reader, meetup)


def _people(ws: Workspace, reader: Reader, meetup: int | None) -> list[Met]:
    if meetup is not None:
        held = _held_on(reader, meetup)
        since = ws.start_of_day_us(date.fromisoformat(held) if held else ws.today())
        rows = evening.met_at(reader, meetup, since)
    else:
        since = _this_evening_us(ws)
        rows = evening.people(reader, list(dict.fromkeys(evening.written_since(reader, since, _shapes()))), since)
    return [_met(ws, row) for row in rows]


def is_on(ws: Workspace, held_on: date | None) -> bool:
    """Whether a meetup held on that day is still the one of now."""
    return held_on is not None and 0 <= (ws.today() - held_on).days <= FRESH_DAYS


def has_lines(ws: Workspace, meetup: int | None) -> bool:
    """Whether there is an evening to be taken back: lines captured at a meetup (or at none) that stand."""
    with ws.store.read() as reader:
        return any(evening.stands(reader, one) for one in _lines(ws, reader, meetup))


def take_back(ws: Workspace, meetup: int | None) -> Changes:
    """Take back everything captured in the evening of a meetup (or at none) as one change set, which one undo puts back.

    Whoever was known before only loses what the evening added. What was edited or done elsewhere since stays and is listed
    in `conflicts`. Nothing is written when nobody was captured.
    """
    from soloflow.store import reverting

    with ws.store.write("", ws.now_us()) as work:
        before = head_count(_people(ws, work.reader, meetup))
        kept: dict[str, None] = {}
        for change_set in _lines(ws, work.reader, meetup):  # the newest first: a correction gives back what it replaced
            if evening.stands(work.reader, change_set):
                conflicts = reverting.revert(work, change_set)
                kept |= dict.fromkeys(history.described(work.reader, one) for one in conflicts)
        count = before - head_count(_people(ws, work.reader, meetup))
        said = undo_words.TONIGHT_TAKEN_BACK if is_evening(ws) else undo_words.TODAY_TAKEN_BACK
        work.label = _(said).format(count=count)
    label = work.label if work.change_set is not None else ""
    return Changes(work.change_set, label, frozenset(work.topics), frozenset(work.touched), conflicts=tuple(kept))


def _lines(ws: Workspace, reader: Reader, meetup: int | None) -> list[int]:
    """The change sets of the evening that captured lines, newest first. A meetup of long ago has only the lines of now."""
    since = _this_evening_us(ws)
    held = _held_on(reader, meetup) if meetup is not None else None
    if held and is_on(ws, date.fromisoformat(held)):
        since = min(since, ws.start_of_day_us(date.fromisoformat(held)))
    return evening.captured(reader, meetup, since, _shapes())


def _held_on(reader: Reader, meetup: int) -> str | None:
    """The day of a meetup; None also for one that was taken back elsewhere."""
    row = reader.get("meetups", meetup)
    return None if row is None else row["held_on"]


def _this_evening_us(ws: Workspace) -> int:
    return ws.start_of_day_us((ws.now() - NIGHT_ENDS).date())


def _shapes() -> list[str]:
    """What the labels of captured lines look like; imports and edits have others."""
    return [re.sub(r"\{\w+\}", "%", said) for label in capturing.LABELS for said in in_every_language(label)]


def head_count(people: Iterable[Met]) -> int:
    """How many people these are; somebody with two lines is one."""
    return len({one.contact for one in people})


def entered(people: Iterable[Met]) -> int:
    """How many customers came into the funnel by these people; two colleagues are one."""
    return len({one.prospect for one in people if one.has_entered})


def _met(ws: Workspace, row: Mapping[str, object]) -> Met:
    due, text = row["due_on"], str(row["plan_text"] or "")
    step = f"{wording.day(ws, date.fromisoformat(str(due)))} {text}" if due else ""
    alone, called = (
        bool(row["is_person"]),
        str(row["company"]),
    )  # somebody without a name is called by their mail or number
    return Met(
        int(str(row["contact"])), int(str(row["prospect"])), str(row["name"]) or (called if alone else ""), "" if alone else called,
        _words(row), str(row["standing"] or "book"), int(str(row["stage"])) if row["stage"] is not None else None,
        step, bool(row["is_recontact"]), bool(row["has_entered"]),
    )  # fmt: skip


def _words(row: Mapping[str, object]) -> str:
    """What was noted, or the person's own words if that is all there is."""
    noted = str(row["words"] or "").split("\n", 1)[0]
    voice = str(row["voice"] or "").split("\n", 1)[0]
    return _("「{words}」").format(words=voice) if voice and noted in ("", _("会った"), voice) else noted
