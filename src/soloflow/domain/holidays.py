"""Public holidays in Japan by the law (国民の祝日に関する法律), 2000 to 2099; years outside have none here.

Worked out and not looked up in a table of a library: the first window shows dates, and must not wait for one.
"""

from datetime import date, timedelta
from functools import cache

MONDAY, SUNDAY = 0, 6
_DAY = timedelta(days=1)
_ONCE = {
    2019: ((5, 1), (10, 22)),  # the accession to the throne
    2020: ((7, 23), (7, 24), (8, 10)),  # moved for the Olympic Games: 海の日, スポーツの日, 山の日
    2021: ((7, 22), (7, 23), (8, 8)),
}


def is_holiday(day: date) -> bool:
    """Say whether a day is a public holiday in Japan."""
    return day in holidays(day.year)


@cache
def holidays(year: int) -> frozenset[date]:
    """Every public holiday of a year, with substitutes and days between two holidays."""
    if not 2000 <= year <= 2099:
        return frozenset()
    named = {date(year, month, day) for month, day in (*_fixed(year), *_moving(year), *_ONCE.get(year, ()))}
    between = {day + _DAY for day in named if day + 2 * _DAY in named and (day + _DAY).weekday() != SUNDAY}
    return frozenset(named | between | {_substitute(day, named, year) for day in named if day.weekday() == SUNDAY})


def _fixed(year: int) -> list[tuple[int, int]]:
    """(month, day) of the holidays that have one date."""
    found = [(1, 1), (2, 11), (4, 29), (5, 3), (5, 5), (11, 3), (11, 23), (3, _equinox(year, 20.8431)), (9, _equinox(year, 23.2488))]  # fmt: skip
    if year <= 2018:
        found.append((12, 23))
    if year >= 2020:
        found.append((2, 23))
    if year >= 2007:
        found.append((5, 4))
    if year >= 2016 and year not in (2020, 2021):
        found.append((8, 11))
    return found


def _moving(year: int) -> list[tuple[int, int]]:
    """(month, day) of the holidays that have become Mondays."""
    found = [(1, _monday(year, 1, 2)), (9, _monday(year, 9, 3) if year >= 2003 else 15)]
    if year not in (2020, 2021):
        found += [(7, _monday(year, 7, 3) if year >= 2003 else 20), (10, _monday(year, 10, 2))]
    return found


def _monday(year: int, month: int, number: int) -> int:
    return 1 + (MONDAY - date(year, month, 1).weekday()) % 7 + 7 * (number - 1)


def _equinox(year: int, start: float) -> int:
    """The day of the equinox in Japan (formula of the Hydrographic Department, 1980 to 2099)."""
    return int(start + 0.242194 * (year - 1980) - (year - 1980) // 4)


def _substitute(sunday: date, named: set[date], year: int) -> date:
    """The day that is free for a holiday on a Sunday: the Monday, since 2007 the next day that is no holiday itself."""
    day = sunday + _DAY
    while year >= 2007 and day in named:
        day += _DAY
    return day
