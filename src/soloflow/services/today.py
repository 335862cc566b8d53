"""今日: one page that says what to do."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from soloflow.i18n import _
from soloflow.services import process, wording
from soloflow.services.workspace import Workspace
from soloflow.store import agenda
from soloflow.store.people import count_of_standing

LIMIT = 200
"""Rows shown per part; the counts say how many there are."""
STUCK_DAYS = 30
ROLES = ("marketing", "sales", "office", "success")


@dataclass(frozen=True, slots=True)
class Task:
    """A follow-up as a line of the day."""

    id: int
    prospect: int
    kind: str
    text: str
    customer: str
    stage: int | None
    due_on: date
    due_time: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """A line of the right column: who, why, and the day it concerns."""

    prospect: int
    kind: str
    """recontact, stuck, idle, delivery, invoice or payment."""
    name: str
    reason: str
    day: date
    follow_up: int | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """The whole page."""

    day: date
    overdue: tuple[Task, ...]
    today: tuple[Task, ...]
    week: tuple[Task, ...]
    overdue_count: int
    today_count: int
    week_count: int
    recontacts: tuple[Reminder, ...]
    stuck: tuple[Reminder, ...]
    stuck_count: int
    money: tuple[Reminder, ...]
    days_since_work: dict[str, int | None]
    """Per role, days since the last activity; None when there was none yet."""
    inquiries_by_month: tuple[int, ...]
    """Prospects that reached 問合せ in each of the last 12 months, oldest first."""
    nurture_count: int
    site_published: bool
    has_case_study: bool
    is_empty: bool


def today(ws: Workspace) -> Today:
    """Everything that waits, as of now."""
    day = ws.today()
    week_end = day + timedelta(days=6)
    with ws.store.read() as reader:
        overdue, due_today, week = agenda.due_counts(reader, day.isoformat(), week_end.isoformat())
        tasks = [_task(row) for row in agenda.due(reader, week_end.isoformat(), LIMIT)]
        before_us = process.start_of_day_us(ws, day - timedelta(days=STUCK_DAYS))
        last = agenda.last_work(reader)
        first_month = _months_back(day, 11)
        reached = agenda.entries_since(reader, process.start_of_day_us(ws, first_month), 2)
        return Today(
            day,
            tuple(task for task in tasks if task.due_on < day),
            tuple(task for task in tasks if task.due_on == day),
            tuple(task for task in tasks if task.due_on > day),
            overdue, due_today, week,
            tuple(_recontact(row) for row in agenda.recontacts(reader, (day + timedelta(days=7)).isoformat(), LIMIT)),
            tuple(_stuck(ws, row) for row in agenda.stuck(reader, before_us, LIMIT)),
            agenda.stuck_count(reader, before_us),
            tuple(_money(row) for row in agenda.deliveries_and_payments(reader, (day + timedelta(days=14)).isoformat())),
            {role: (day - wording.date_of(ws, last[role])).days if role in last else None for role in ROLES},
            _by_month(ws, reached, first_month),
            count_of_standing(reader, "nurture"),
            reader.find("releases") is not None,
            _has_case_study(reader),
            reader.find("prospects", deleted_us=None) is None,
        )  # fmt: skip


def _task(row: Any) -> Task:
    return Task(
        row["id"], row["prospect_id"], row["kind"], row["text"], row["name"], row["stage"], date.fromisoformat(row["due_on"]), row["due_time"]
    )  # fmt: skip


def _recontact(row: Any) -> Reminder:
    return Reminder(
        row["prospect_id"],
        "recontact",
        row["name"],
        row["words"] or row["text"],
        date.fromisoformat(row["due_on"]),
        row["id"],
    )


def _stuck(ws: Workspace, row: Any) -> Reminder:
    since = wording.date_of(ws, row["since_us"])
    if row["idle"]:
        return Reminder(row["prospect_id"], "idle", row["name"], _("次の一手がありません"), since)
    return Reminder(
        row["prospect_id"], "stuck", row["name"], _("{stage}に").format(stage=wording.stage_name(row["stage"])), since
    )


def _money(row: Any) -> Reminder:
    texts = {"delivery": _("{deal}の納品"), "invoice": _("{yen}の請求"), "payment": _("{yen}の入金")}
    reason = texts[row["what"]].format(deal=row["deal"] or _("案件"), yen=wording.amount(row["yen"]))
    return Reminder(row["prospect_id"], row["what"], row["name"], reason, date.fromisoformat(row["day"]))


def _months_back(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def _by_month(ws: Workspace, instants: list[int], first: date) -> tuple[int, ...]:
    counts = [0] * 12
    for at_us in instants:
        day = wording.date_of(ws, at_us)
        counts[(day.year - first.year) * 12 + day.month - first.month] += 1
    return tuple(counts)


def _has_case_study(reader: Any) -> bool:
    row = reader.find("site_content", section="cases")
    return row is not None and len(reader.get("site_content", row)["body"]) > len("[]") + 2
