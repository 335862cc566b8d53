"""Days as people type them, for the fields of the window: 来週火曜, 月末, 11/24, 3日後 18:30."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from soloflow.services.workspace import Workspace

if TYPE_CHECKING:
    from soloflow.capture.line_step import FollowUp


def read_day(ws: Workspace, text: str) -> date | None:
    """The day that the words name; without a year or a week, the next one to come. None when they are no date."""
    from soloflow.capture.when import read_date

    found = read_date(text, ws.today())
    return found.day if found else None


def read_past_day(ws: Workspace, text: str) -> date | None:
    """The same, looking back: 金曜 is the last Friday. None when the words are no date or name a day to come."""
    from soloflow.capture.when import read_date

    found = read_date(text, ws.today(), past=True)
    return found.day if found and found.day <= ws.today() else None


def read_step(ws: Workspace, text: str) -> "FollowUp":
    """Take a line such as 「来週火曜 15時 見積を送る」 apart: kind, day, time, words."""
    from soloflow.capture import line_step

    return line_step.read_step(text, ws.today())


def tomorrow(ws: Workspace) -> date:
    """The day after today."""
    return ws.today() + timedelta(days=1)


def next_monday(ws: Workspace) -> date:
    """The Monday of the coming week (来週)."""
    today = ws.today()
    return today + timedelta(days=7 - today.weekday())


def months_from_now(ws: Workspace, months: int) -> date:
    """The same day some months later, or that month's last day."""
    today = ws.today()
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=today.day - 1), following - timedelta(days=1))
