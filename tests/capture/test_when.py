"""Date words are understood as a person in Japan means them. Today is Saturday, 21 November 2026."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soloflow.capture.when import find_dates, is_holiday, read_date
from soloflow.domain.dates import add_workdays, is_workday

TODAY = date(2026, 11, 21)

DAYS = {
    "今日": "2026-11-21",
    "本日": "2026-11-21",
    "明日": "2026-11-22",
    "あした": "2026-11-22",
    "明後日": "2026-11-23",
    "あさって": "2026-11-23",
    "しあさって": "2026-11-24",
    "昨日": "2026-11-20",
    "おととい": "2026-11-19",
    "一昨日": "2026-11-19",
    "3日後": "2026-11-24",
    "３日後": "2026-11-24",
    "三日後": "2026-11-24",
    "十日後": "2026-12-01",
    "二十五日後": "2026-12-16",
    "2週間後": "2026-12-05",
    "二週間後": "2026-12-05",
    "1か月後": "2026-12-21",
    "1ヶ月後": "2026-12-21",
    "１カ月後": "2026-12-21",
    "3ヵ月後": "2027-02-21",
    "半年後": "2027-05-21",
    "1年後": "2027-11-21",
    "1年半後": "2028-05-21",
    "3日前": "2026-11-18",
    "1営業日後": "2026-11-24",
    "3営業日後": "2026-11-26",
    "三営業日以内": "2026-11-26",
    "来週": "2026-11-24",
    "来週月曜": "2026-11-23",
    "来週火曜": "2026-11-24",
    "来週の火曜日": "2026-11-24",
    "来週火": "2026-11-24",
    "来週末": "2026-11-27",
    "来週頭": "2026-11-24",
    "今週金曜": "2026-11-20",
    "今週日曜": "2026-11-22",
    "再来週月曜": "2026-11-30",
    "さ来週の水曜": "2026-12-02",
    "火": "2026-11-24",
    "火曜": "2026-11-24",
    "火曜日": "2026-11-24",
    "土曜": "2026-11-28",
    "日": "2026-11-22",
    "週明け": "2026-11-24",
    "週末": "2026-11-27",
    "月末": "2026-11-30",
    "今月末": "2026-11-30",
    "月初め": "2026-12-01",
    "来月": "2026-12-01",
    "来月頭": "2026-12-01",
    "来月初め": "2026-12-01",
    "来月中旬": "2026-12-15",
    "来月末": "2026-12-31",
    "来月5日": "2026-12-05",
    "来月の十日": "2026-12-10",
    "再来月末": "2027-01-31",
    "3月末": "2027-03-31",
    "来年3月末": "2027-03-31",
    "年末": "2026-12-31",
    "年明け": "2027-01-04",
    "年度末": "2027-03-31",
    "12/5": "2026-12-05",
    "１２／５": "2026-12-05",
    "12/5(土)": "2026-12-05",
    "12月5日": "2026-12-05",
    "十二月五日": "2026-12-05",
    "来年2月3日": "2027-02-03",
    "11/21": "2026-11-21",
    "11/20": "2027-11-20",
    "1/10": "2027-01-10",
    "2/29": "2028-02-29",
    "2027/1/10": "2027-01-10",
    "2027-01-10": "2027-01-10",
    "2027年1月10日": "2027-01-10",
    "5日": "2026-12-05",
    "21日": "2026-11-21",
    "31日": "2026-12-31",
    "tomorrow": "2026-11-22",
    "next tue": "2026-11-24",
    "Next Tuesday": "2026-11-24",
    "tue": "2026-11-24",
    "next week": "2026-11-24",
    "in 3 days": "2026-11-24",
    "in two weeks": "2026-12-05",
    "in 3 business days": "2026-11-26",
    "end of month": "2026-11-30",
    "Dec 5": "2026-12-05",
    "January 10, 2027": "2027-01-10",
}


@pytest.mark.parametrize(("words", "day"), DAYS.items())
def test_a_date_word_names_one_day(words: str, day: str) -> None:
    when = read_date(words, TODAY)
    assert when is not None
    assert (when.day.isoformat(), when.time) == (day, None)


@pytest.mark.parametrize(
    ("words", "day", "at"),
    [
        ("18:30", "2026-11-21", time(18, 30)),
        ("18時半", "2026-11-21", time(18, 30)),
        ("午後3時", "2026-11-21", time(15)),
        ("3時", "2026-11-21", time(15)),
        ("午前3時", "2026-11-21", time(3)),
        ("9時15分", "2026-11-21", time(9, 15)),
        ("来週火曜 14時", "2026-11-24", time(14)),
        ("来週火曜の１４時半", "2026-11-24", time(14, 30)),
        ("明日10:00", "2026-11-22", time(10)),
        ("12/5(土) 18:30-21:00", "2026-12-05", time(18, 30)),
        ("14時、明日", "2026-11-22", time(14)),
        ("明日 夕方6時", "2026-11-22", time(18)),
        ("明日 正午", "2026-11-22", time(12)),
        ("next tue 3pm", "2026-11-24", time(15)),
        ("火10時", "2026-11-24", time(10)),
    ],
)
def test_a_time_joins_the_day_beside_it(words: str, day: str, at: time) -> None:
    when = read_date(words, TODAY)
    assert when is not None
    assert (when.day.isoformat(), when.time) == (day, at)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("12/5", "2025-12-05"),
        ("11/20", "2026-11-20"),
        ("11/21", "2026-11-21"),
        ("5日", "2026-11-05"),
        ("火曜", "2026-11-17"),
        ("土曜", "2026-11-14"),
        ("月末", "2026-10-31"),
        ("先週金曜", "2026-11-13"),
        ("2/29", "2024-02-29"),
    ],
)
def test_for_what_has_happened_the_nearest_past_day_is_meant(words: str, day: str) -> None:
    when = read_date(words, TODAY, past=True)
    assert when is not None
    assert when.day.isoformat() == day


@pytest.mark.parametrize(
    "text",
    [
        "13/5",
        "2/30",
        "0/0",
        "3月までに",
        "5日間",
        "毎月5日",
        "1時間",
        "一時的",
        "日程調整",
        "金額",
        "土地",
        "明日香",
        "今日子",
        "25:00",
        "1/2/3",
        "あすか",
        "もん",
        "monitor",
        "日本電気",
        "来週日程",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert read_date(text, TODAY) is None


def test_the_place_of_the_words_in_the_text_is_told() -> None:
    text = "見積を　来週火曜　１４時 に送る。月末に確認"
    assert [text[when.start : when.end] for when in find_dates(text, TODAY)] == ["来週火曜　１４時", "月末"]


def test_a_week_is_counted_from_monday_also_on_a_monday() -> None:
    monday = date(2026, 11, 16)
    found = find_dates("月 来週月曜 火 来週火曜", monday)
    assert [when.day.day for when in found] == [23, 23, 17, 24]


def test_months_of_different_length_end_on_their_last_day() -> None:
    when = read_date("1か月後", date(2027, 1, 31))
    assert when is not None
    assert when.day == date(2027, 2, 28)


def test_public_holidays_are_no_working_days() -> None:
    assert is_holiday(date(2026, 11, 23))
    assert not is_workday(date(2026, 11, 23), is_holiday)
    assert add_workdays(date(2026, 11, 20), 1, is_holiday) == date(2026, 11, 24)
    assert add_workdays(date(2026, 11, 24), -1, is_holiday) == date(2026, 11, 20)


def test_another_calendar_of_holidays_can_be_used() -> None:
    when = read_date("1営業日後", TODAY, is_holiday=lambda day: False)
    assert when is not None
    assert when.day == date(2026, 11, 23)


@given(
    st.text(alphabet=st.sampled_from("0123456789/:-月火日年時半末後前来再週か十一 　→午明next inTu。"), max_size=24),
    st.dates(),
    st.booleans(),
)
def test_any_text_on_any_day_is_read_without_failing(text: str, today: date, past: bool) -> None:
    found = find_dates(text, today, past=past, is_holiday=lambda day: False)
    places = [place for when in found for place in (when.start, when.end)]
    assert places == sorted(places)
    assert all(0 <= when.start < when.end <= len(text) for when in found)
