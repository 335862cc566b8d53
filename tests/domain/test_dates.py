"""Dates are written briefly, in both languages, and holidays are marked."""

from datetime import date, datetime, time, timedelta

import pytest

from soloflow.domain.dates import days_between, relative_day, short_date, short_date_time, short_time, weekday_name

TODAY = date(2026, 11, 21)


def labour_day(day: date) -> bool:
    return (day.month, day.day) == (11, 23)


@pytest.mark.parametrize(
    ("day", "lang", "text"),
    [
        (date(2026, 11, 21), "ja", "11/21(土)"),
        (date(2026, 11, 23), "ja", "11/23(月祝)"),
        (date(2026, 1, 4), "ja", "1/4(日)"),
        (date(2027, 2, 1), "ja", "2027/2/1"),
        (date(2026, 11, 21), "en", "Nov 21 (Sat)"),
        (date(2026, 11, 23), "en", "Nov 23 (Mon, holiday)"),
        (date(2027, 2, 1), "en", "Feb 1, 2027"),
    ],
)
def test_a_day_is_written_as_briefly_as_is_clear(day: date, lang: str, text: str) -> None:
    assert short_date(day, TODAY, lang, labour_day) == text


def test_without_knowledge_of_holidays_none_is_marked() -> None:
    assert short_date(date(2026, 11, 23), TODAY) == "11/23(月)"


def test_a_moment_is_a_day_and_a_time() -> None:
    assert short_date_time(datetime(2026, 11, 21, 18, 5), TODAY) == "11/21(土) 18:05"  # noqa: DTZ001
    assert short_time(time(9, 0)) == "9:00"


@pytest.mark.parametrize(
    ("days", "ja", "en"),
    [
        (0, "今日", "today"),
        (1, "明日", "tomorrow"),
        (-1, "昨日", "yesterday"),
        (-3, "3日前", "3 days ago"),
        (5, "5日後", "in 5 days"),
        (13, "13日後", "in 13 days"),
        (14, "2週間後", "in 2 weeks"),
        (-62, "8週間前", "8 weeks ago"),
        (-63, "2か月前", "2 months ago"),
        (181, "6か月後", "in 6 months"),
        (-365, "12か月前", "12 months ago"),
        (-731, "2年前", "2 years ago"),
    ],
)
def test_distance_is_told_in_the_unit_people_use(days: int, ja: str, en: str) -> None:
    day = TODAY + timedelta(days=days)
    assert relative_day(day, TODAY) == ja
    assert relative_day(day, TODAY, "en") == en


def test_days_are_counted_from_the_first_to_the_second() -> None:
    assert days_between(date(2026, 11, 21), date(2026, 12, 1)) == 10
    assert days_between(date(2026, 12, 1), date(2026, 11, 21)) == -10


def test_weekdays_have_short_names_in_both_languages() -> None:
    assert (weekday_name(TODAY), weekday_name(TODAY, "en")) == ("土", "Sat")
