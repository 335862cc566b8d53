"""今日: one page that says what to do."""

from bisect import bisect_left
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from soloflow.i18n import _, pgettext
from soloflow.services import wording
from soloflow.services.workspace import Workspace
from soloflow.store import agenda
from soloflow.store.database import Reader

LIMIT = 50
"""Rows shown per part unless more are asked for; the counts say how many there are."""
WEEK_DAYS = 6
"""The week of the page is today and the six days after it."""
STUCK_DAYS = 30
RECONTACTS_SHOWN = 6
STUCK_SHOWN = 4
"""Of a long part of the right column only the first at first, so that deliveries and payments below it stay in sight."""
NEGLECTED_DAYS = 14
"""From how many days without work on a role is called neglected."""
ROLES = ("marketing", "sales", "office", "success")


# Tuples and not dataclasses, which take five times as long to define: the first window waits for this module.


class Task(NamedTuple):
    """A follow-up as a line of the day."""

    id: int
    prospect: int
    kind: str
    text: str
    customer: str
    stage: int | None
    due_on: date
    due_time: str
    person: str = ""
    """The contact of the step, else the customer's first; empty where the customer is that person."""
    phone: str = ""
    mail: str = ""

    @property
    def reach(self) -> str:
        """What to dial or write to: for a mail the address first, else the number."""
        return self.mail or self.phone if self.kind == "mail" else self.phone or self.mail


class Reminder(NamedTuple):
    """A line of the right column: who, why, and the day it concerns."""

    prospect: int
    kind: str
    """recontact, stuck, idle, delivery, invoice, payment or experiment."""
    name: str
    reason: str
    day: date
    follow_up: int | None = None
    experiment: int | None = None
    """The change whose decision date has come; `prospect` is 0 then."""


class Today(NamedTuple):
    """The whole page."""

    day: date
    overdue: tuple[Task, ...]
    today: tuple[Task, ...]
    week: tuple[Task, ...]
    overdue_count: int
    today_count: int
    week_count: int
    recontacts: tuple[Reminder, ...]
    recontact_count: int
    stuck: tuple[Reminder, ...]
    stuck_count: int
    money: tuple[Reminder, ...]
    without_step_count: int
    """Active customers of every stage for whom nothing is planned."""
    site_published: bool
    has_case_study: bool
    is_empty: bool
    verdicts: tuple[Reminder, ...] = ()
    """Changes whose decision date came within the last week."""


class Figures(NamedTuple):
    """The foot of the page; they look at every customer, so the window asks for them in the background."""

    days_since_work: dict[str, int | None]
    """Per role, days since the last activity; None when there was none yet."""
    neglected: str | None
    """The role that has waited longest, from two weeks on; None while all of them are looked after."""
    inquiries_by_month: tuple[int, ...]
    """Prospects that reached 問合せ in each of the last 12 months, oldest first."""
    nurture_count: int


def today(ws: Workspace, limit: int = LIMIT) -> Today:
    """Everything that waits, as of now; at most `limit` rows in each part."""
    day = ws.today()
    week_end = day + timedelta(days=WEEK_DAYS)
    with ws.store.read() as reader:
        overdue, due_today, week = agenda.due_counts(reader, day.isoformat(), week_end.isoformat())
        before_us = ws.start_of_day_us(day - timedelta(days=STUCK_DAYS))
        few, next_week = limit <= LIMIT, (day + timedelta(days=7)).isoformat()
        stuck = agenda.stuck(reader, before_us, STUCK_SHOWN if few else limit)
        recontacts = agenda.recontacts(reader, next_week, RECONTACTS_SHOWN if few else limit)
        return Today(
            day,
            _tasks(reader, date.min, day - timedelta(days=1), limit),
            _tasks(reader, day, day, limit),
            _tasks(reader, day + timedelta(days=1), week_end, limit),
            overdue, due_today, week,
            tuple(_recontact(row) for row in recontacts),
            agenda.recontact_count(reader, next_week),
            tuple(_stuck(ws, row) for row in stuck),
            stuck[0]["total"] if stuck else 0,
            tuple(_money(row) for row in agenda.deliveries_and_payments(reader, (day + timedelta(days=14)).isoformat())),
            agenda.count_without_step(reader),
            reader.find("releases") is not None,
            _has_case_study(reader),
            agenda.is_empty(reader),
            tuple(_verdict(row) for row in agenda.experiments_decided(reader, (day - timedelta(days=WEEK_DAYS)).isoformat(), day.isoformat())),
        )  # fmt: skip


def figures(ws: Workspace) -> Figures:
    """The roles and the tank, as of now."""
    months = [ws.start_of_day_us(_months_back(ws.today(), back)) for back in range(11, -1, -1)]
    with ws.store.read() as reader:
        last = agenda.last_work(reader)
        waited = {role: _days_since(ws, last.get(role)) for role in ROLES}
        reached = agenda.entries_since(reader, months[0], 2)
        return Figures(
            waited, _neglected(last, waited), _by_month(reached, months), agenda.count_of_standing(reader, "nurture")
        )


def due_count(ws: Workspace) -> int:
    """How many follow-ups are overdue or due today: the number at the page's icon."""
    day = ws.today().isoformat()
    with ws.store.read() as reader:
        overdue, due_today, _later = agenda.due_counts(reader, day, day)
    return overdue + due_today


def overdue_ids(ws: Workspace) -> tuple[int, ...]:
    """Every overdue follow-up, also those beyond the rows shown."""
    with ws.store.read() as reader:
        return tuple(agenda.overdue(reader, ws.today().isoformat()))


def someone_for(ws: Workspace, role: str) -> int | None:
    """The customer of a role who has waited longest for a word; None when the role has nobody."""
    with ws.store.read() as reader:
        return agenda.quietest(reader, role)


def _tasks(reader: Reader, first: date, last: date, limit: int) -> tuple[Task, ...]:
    return tuple(_task(row) for row in agenda.due(reader, first.isoformat(), last.isoformat(), limit))


def _days_since(ws: Workspace, at_us: int | None) -> int | None:
    return None if at_us is None else (ws.today() - wording.date_of(ws, at_us)).days


def _neglected(last: dict[str, int | None], waited: dict[str, int | None]) -> str | None:
    """Among the roles that have customers; a role never worked on has waited longest of all."""
    days = {role: waited[role] for role in ROLES if role in last}
    longest = max(days, key=lambda role: float("inf") if days[role] is None else float(days[role] or 0), default=None)
    if longest is None:
        return None
    wait = days[longest]
    return longest if wait is None or wait >= NEGLECTED_DAYS else None


def _task(row: Any) -> Task:
    return Task(
        row["id"], row["prospect_id"], row["kind"], row["text"], row["name"], row["stage"], date.fromisoformat(row["due_on"]), row["due_time"],
        "" if row["person"] == row["name"] else row["person"] or "", row["phone"] or "", row["mail"] or "",
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
    yen = wording.amount(row["yen"])
    if row["yen"] is not None and row["is_expected"]:
        yen = _("{yen}（判断）").format(yen=yen)
    reason = texts[row["what"]].format(deal=row["deal"] or pgettext("deal", "案件"), yen=yen)
    return Reminder(row["prospect_id"], row["what"], row["name"], reason, date.fromisoformat(row["day"]))


def _verdict(row: Any) -> Reminder:
    reason = _("{stage}の改善策を判定できます").format(stage=wording.stage_name(row["stage"]))
    return Reminder(0, "experiment", row["name"], reason, date.fromisoformat(row["decide_on"]), experiment=row["id"])


def _months_back(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def _by_month(instants: list[int], months: list[int]) -> tuple[int, ...]:
    """How many of the instants, in order, fall into each month; `months` are the instants at which they begin."""
    places = [bisect_left(instants, start) for start in months] + [len(instants)]
    return tuple(end - begin for begin, end in pairwise(places))


def _has_case_study(reader: Any) -> bool:
    row = reader.find("site_content", section="cases")
    return row is not None and len(reader.get("site_content", row)["body"]) > len("[]") + 2
