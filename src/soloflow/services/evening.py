"""The list under the capture line: who was written down at a meetup, or today."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from soloflow.i18n import _
from soloflow.services import capturing, wording
from soloflow.services.workspace import Workspace
from soloflow.store import evening
from soloflow.store.database import Reader

NIGHT_ENDS = timedelta(hours=5)
"""An evening goes on after midnight; at five in the morning another day begins."""
EVENING_BEGINS = 17


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
        if meetup is not None:
            held = reader.get("meetups", meetup)["held_on"]
            since = ws.start_of_day_us(date.fromisoformat(held) if held else ws.today())
            rows = evening.met_at(reader, meetup, since)
        else:
            since = ws.start_of_day_us((ws.now() - NIGHT_ENDS).date())
            today = _captured(reader, since)
            rows = evening.people(reader, today, since)
    return [_met(ws, row) for row in rows]


def entered(people: Iterable[Met]) -> int:
    """How many customers came into the funnel by these people; two colleagues are one."""
    return len({one.prospect for one in people if one.has_entered})


def _captured(reader: Reader, since_us: int) -> list[int]:
    """The contacts of those change sets that captured a line, by what their labels say; imports and edits are left out."""
    shapes = [re.sub(r"\{\w+\}", "%", _(label)) for label in capturing.LABELS]
    return list(dict.fromkeys(evening.written_since(reader, since_us, shapes)))


def _met(ws: Workspace, row: Mapping[str, object]) -> Met:
    due, text = row["due_on"], str(row["plan_text"] or "")
    step = f"{wording.day(ws, date.fromisoformat(str(due)))} {text}" if due else ""
    return Met(
        int(str(row["contact"])), int(str(row["prospect"])), str(row["name"]), "" if row["is_person"] else str(row["company"]),
        _words(row), str(row["standing"] or "book"), int(str(row["stage"])) if row["stage"] is not None else None,
        step, bool(row["is_recontact"]), bool(row["has_entered"]),
    )  # fmt: skip


def _words(row: Mapping[str, object]) -> str:
    """What was noted, or the person's own words if that is all there is."""
    noted = str(row["words"] or "").split("\n", 1)[0]
    voice = str(row["voice"] or "").split("\n", 1)[0]
    return f"「{voice}」" if voice and noted in ("", _("会った"), voice) else noted
