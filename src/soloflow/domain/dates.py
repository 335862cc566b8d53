"""Dates as the whole program writes them: 11/21(土), 3日前; in English Nov 21 (Sat), 3 days ago.

The language ("ja", "en") and the day of reading come in as arguments, and so does the knowledge of holidays.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

Holiday = Callable[[date], bool]
"""Says whether a day is a public holiday."""

_WEEKDAYS = {"ja": "月火水木金土日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FULL_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def days_between(earlier: date, later: date) -> int:
    """Count the days from one day to another; negative if the second comes first."""
    return (later - earlier).days


def weekday_name(day: date, lang: str = "ja") -> str:
    """Name the day of the week briefly: 土, Sat."""
    return _WEEKDAYS["ja" if lang == "ja" else "en"][day.weekday()]


def month_name(month: date, lang: str = "ja", *, short: bool = False) -> str:
    """Name the month of a day: 2026年10月, October 2026; `short` without the year: 10月, Oct."""
    if short:
        return f"{month.month}月" if lang == "ja" else _MONTHS[month.month - 1]
    return f"{month.year}年{month.month}月" if lang == "ja" else f"{_FULL_MONTHS[month.month - 1]} {month.year}"


@lru_cache(maxsize=1024)
def short_date(day: date, today: date, lang: str = "ja", is_holiday: Holiday | None = None) -> str:
    """Write a day as briefly as is clear: 11/21(土), a holiday 11/23(月祝), another year 2027/2/1."""
    if day.year != today.year:
        return (
            f"{day.year}/{day.month}/{day.day}" if lang == "ja" else f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
        )
    free = is_holiday is not None and is_holiday(day)
    if lang == "ja":
        return f"{day.month}/{day.day}({weekday_name(day)}{'祝' if free else ''})"
    return f"{_MONTHS[day.month - 1]} {day.day} ({weekday_name(day, 'en')}{', holiday' if free else ''})"


def short_time(at: time) -> str:
    """Write a time of day: 9:05, 18:30."""
    return f"{at.hour}:{at.minute:02}"


def short_date_time(at: datetime, today: date, lang: str = "ja", is_holiday: Holiday | None = None) -> str:
    """Write a moment, already in the user's zone: 11/21(土) 18:30."""
    return f"{short_date(at.date(), today, lang, is_holiday)} {short_time(at.time())}"


@lru_cache(maxsize=1024)
def relative_day(day: date, today: date, lang: str = "ja") -> str:
    """Write how far away a day is: 今日, 明日, 昨日, 3日前, 2週間後, 5か月前, 2年前.

    Days up to 13, weeks up to 8, then whole months, from two years on whole years; never rounded up.
    """
    distance = days_between(today, day)
    if distance in (-1, 0, 1):
        return (("昨日", "今日", "明日") if lang == "ja" else ("yesterday", "today", "tomorrow"))[distance + 1]
    count, unit = _span(min(day, today), max(day, today))
    if lang == "ja":
        return f"{count}{unit}{'前' if distance < 0 else '後'}"
    word = {"日": "day", "週間": "week", "か月": "month", "年": "year"}[unit] + ("" if count == 1 else "s")
    return f"{count} {word} ago" if distance < 0 else f"in {count} {word}"


def _span(earlier: date, later: date) -> tuple[int, str]:
    days = days_between(earlier, later)
    if days < 14:
        return days, "日"
    if days < 63:
        return days // 7, "週間"
    months = (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)
    return (months, "か月") if months < 24 else (months // 12, "年")


def is_workday(day: date, is_holiday: Holiday) -> bool:
    """Say whether offices are open: neither weekend nor public holiday."""
    return day.weekday() < 5 and not is_holiday(day)


def add_workdays(day: date, count: int, is_holiday: Holiday) -> date:
    """Go `count` working days on (back if negative) from a day. A count of 0 is the day itself."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_workday(day, is_holiday):
            day += step
    return day
