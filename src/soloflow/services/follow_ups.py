"""次の一手: planning, doing, snoozing, and writing what happened, in place."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from soloflow.i18n import _
from soloflow.services import wording
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace

ACTIVITY_OF = {"mail": "mail", "call": "call", "meeting": "meeting", "document": "document"}
"""Which activity a finished follow-up becomes; the others become "done"."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """A next step as it was typed; `day` is None where none was named, `time` is "HH:MM" or empty."""

    text: str
    kind: str
    day: date | None
    time: str


def parse_when(ws: Workspace, text: str) -> NextStep:
    """Read a next step as it is typed, 「来週火曜 14時 電話」: its words, kind, day and time."""
    from soloflow.capture.line_step import read_step

    step = read_step(text, ws.today())
    return NextStep(step.text, step.kind, step.due, f"{step.time:%H:%M}" if step.time else "")


def plan(
    ws: Workspace,
    prospect: int,
    text: str,
    due_on: date,
    *,
    kind: str = "other",
    due_time: str = "",
    contact: int | None = None,
) -> Changes:
    """Plan a next step for a day, optionally a time "HH:MM"."""
    with ws.store.read() as reader:
        name = reader.get("prospects", prospect)["name"]
    label = _("{name}：{day}に「{what}」").format(name=name, day=wording.day(ws, due_on), what=text)
    with ws.store.write(label, ws.now_us()) as work:
        made = work.insert(
            "follow_ups", prospect_id=prospect, contact_id=contact, kind=kind, text=text, due_on=due_on.isoformat(), due_time=due_time,
            is_recontact=False, created_us=ws.now_us(),
        )  # fmt: skip
    return _answer(work, label, (made,))


def finish(ws: Workspace, follow_up: int, happened: str = "") -> Changes:
    """Tick a follow-up off; it becomes an activity with what happened (or its own words)."""
    with ws.store.read() as reader:
        row = reader.get("follow_ups", follow_up)
    label = _("「{what}」を済みにしました").format(what=row["text"])
    with ws.store.write(label, ws.now_us()) as work:
        work.update("follow_ups", follow_up, done_us=ws.now_us())
        work.insert(
            "activities", prospect_id=row["prospect_id"], contact_id=row["contact_id"], kind=ACTIVITY_OF.get(row["kind"], "done"),
            at_us=ws.now_us(), text=happened.strip() or row["text"], detail=row["text"] if happened.strip() else "",
        )  # fmt: skip
    return _answer(work, label, ())


def snooze(ws: Workspace, follow_ups: tuple[int, ...], until: date) -> Changes:
    """Move follow-ups to another day."""
    if len(follow_ups) == 1:
        with ws.store.read() as reader:
            what = reader.get("follow_ups", follow_ups[0])["text"]
        label = _("「{what}」を{day}に動かしました").format(what=what, day=wording.day(ws, until))
    else:
        label = _("{count}件を{day}に動かしました").format(count=len(follow_ups), day=wording.day(ws, until))
    with ws.store.write(label, ws.now_us()) as work:
        for follow_up in follow_ups:
            work.update("follow_ups", follow_up, due_on=until.isoformat())
    return _answer(work, label, ())


def rewrite(ws: Workspace, follow_up: int, text: str, due_on: date, due_time: str, kind: str) -> Changes:
    """Change a follow-up in place."""
    label = _("次の一手を直しました")
    with ws.store.write(label, ws.now_us()) as work:
        work.update("follow_ups", follow_up, text=text.strip(), due_on=due_on.isoformat(), due_time=due_time, kind=kind)
    return _answer(work, label, ())


def drop(ws: Workspace, follow_up: int) -> Changes:
    """Take a follow-up away without having done it."""
    label = _("次の一手を取りやめました")
    with ws.store.write(label, ws.now_us()) as work:
        work.delete("follow_ups", follow_up)
    return _answer(work, label, ())


def _answer(work: Any, label: str, created: tuple[int, ...]) -> Changes:
    return Changes(work.change_set, label, frozenset(work.topics), frozenset(work.touched), created=created)
