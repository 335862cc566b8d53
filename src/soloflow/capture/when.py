"""Date words as people type them (来週火曜 14時, 3営業日後, 月末, 12/5, next tue) → the day that is meant.

The rules a user can learn:

- Weeks begin on Monday. 来週火曜 is the Tuesday of the next calendar week; 火, 火曜 and 火曜日 alone are the next such
  day after today.
- A day without a year or month is the nearest one from today on: on 11/21, 11/20 means next year. For days on which
  something happened (`past=True`) it is the nearest one up to today.
- 月末 is the last day of this month, 月頭 and 月初め the coming first, 中旬 the 15th, 週末 the Friday, 年末 12/31,
  年明け 1/4. 来週 alone and 週明け are the first working day of that week; 来月 alone is its first day.
- N営業日後 leaves out weekends and public holidays. Every other word is taken literally, also if it falls on a holiday.
- 1時 to 6時 without 午前 are in the afternoon; 3:00 is taken literally.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, time

from soloflow.capture.when_words import ANY_SHAPE, DATES, SHAPES, TIMES, Asked
from soloflow.domain.dates import Holiday
from soloflow.domain.holidays import is_holiday
from soloflow.domain.width import fold_width

LEAP = 2028
"""A year in which every day there is comes."""


@dataclass(frozen=True, slots=True)
class When:
    """A day named in a text, with the place of its words there. `named_day` is false if only a time was written."""

    day: date
    time: time | None
    start: int
    end: int
    named_day: bool = True
    exists: bool = True
    """False for 2/31, which no calendar has; `day` means nothing then."""


def find_dates(text: str, today: date, *, past: bool = False, is_holiday: Holiday = is_holiday) -> tuple[When, ...]:
    """Find every date in a text, in order, each with the time that stands beside it."""
    return tuple(one for one in find_written(text, today, past=past, is_holiday=is_holiday) if one.exists)


def no_such_day(text: str) -> str:
    """The first day written in a text that no calendar has, such as 2/31, as it is written; "" if there is none."""
    folded = fold_width(text)
    places = (match.span() for match in ANY_SHAPE.finditer(folded) if _is_no_day(match))
    return next((text[start:end] for start, end in places), "")


def find_written(
    text: str, today: date, *, past: bool = False, is_holiday: Holiday = is_holiday
) -> tuple[When, ...]:  # fmt: skip
    """The same with days that no calendar has: the time beside such a day is not one of today."""
    folded = fold_width(text)
    asked = Asked(today, past, is_holiday)
    found: list[When] = []
    for match in ANY_SHAPE.finditer(folded):
        when = _read(match, folded, asked)
        if when is None and _is_no_day(match):
            when = When(today, None, *match.span(), exists=False)
        if when is None:
            continue
        joined = _join(found[-1], when, folded) if found else None
        if joined is None:
            found.append(when)
        else:
            found[-1] = joined
    return tuple(found)


def read_date(text: str, today: date, *, past: bool = False, is_holiday: Holiday = is_holiday) -> When | None:
    """Read a text that is nothing but a date, as typed into a date field; None if it is not."""
    found = find_dates(text, today, past=past, is_holiday=is_holiday)
    if len(found) != 1 or (text[: found[0].start] + text[found[0].end :]).strip():
        return None
    return found[0]


def _read(match: re.Match[str], folded: str, asked: Asked) -> When | None:
    kind = match.lastgroup
    assert kind is not None
    own = SHAPES[kind].match(folded, match.start())
    assert own is not None
    place = match.span()
    try:
        if kind in TIMES:
            return When(asked.today, TIMES[kind][1](own), *place, named_day=False)
        day = DATES[kind][1](own, asked)
    except (ValueError, OverflowError):
        return None  # 13/5, 2/30 and years beyond the calendar are not dates
    return When(day, None, *place) if day else None


def _is_no_day(match: re.Match[str]) -> bool:
    """Whether somebody meant a day and wrote one that its month does not have; 24/7 and 13/5 are no days at all."""
    if match.lastgroup not in {"full", "month_day", "kanji_month_day"}:
        return False
    numbers = [int(one) for one in re.findall(r"\d+", match[0].partition("(")[0])]
    if len(numbers) not in (2, 3):  # 二月三十一日
        return False
    *year, month, day = numbers
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return False
    return day > monthrange(year[0] if year and year[0] else LEAP, month)[1]


def _join(first: When, second: When, folded: str) -> When | None:
    """Make one of a day and a time that stand side by side, in either order."""
    if not re.fullmatch(r"[\s、,]*[のにはT]?\s*", folded[first.end : second.start]):
        return None
    if first.named_day and first.time is None and not second.named_day:
        return replace(first, time=second.time, end=second.end)
    if second.named_day and not first.named_day:
        return replace(second, time=first.time, start=first.start)
    return None
