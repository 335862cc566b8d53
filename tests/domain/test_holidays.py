"""Holidays by rule, against a library that has them by table."""

from datetime import date, timedelta

import jpholiday
import pytest

from soloflow.domain.holidays import holidays, is_holiday


@pytest.mark.parametrize("year", range(2000, 2100))
def test_every_day_is_what_the_library_says(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)] + [date(year, 12, 31)]
    assert sorted(holidays(year)) == sorted({day for day in days if jpholiday.is_holiday(day)})


@pytest.mark.parametrize(
    "day",
    [date(2026, 9, 22), date(2026, 5, 6), date(2019, 4, 30), date(2019, 5, 2), date(2021, 8, 9)],
    ids=["between two", "after three", "before an accession", "after an accession", "for a Sunday"],
)
def test_days_around_holidays_are_free_too(day: date) -> None:
    assert is_holiday(day)


def test_years_of_other_laws_are_left_out() -> None:
    assert not holidays(1999)
    assert not holidays(2100)
