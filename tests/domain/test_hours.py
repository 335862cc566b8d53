import pytest
from hypothesis import given
from hypothesis import strategies as st

from soloflow.domain.hours import parse_clock, parse_minutes, parse_span


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("18:30", "18:30"), ("18：30", "18:30"), ("1830", "18:30"), ("930", "09:30"), ("18時半", "18:30"), ("18時", "18:00"),
        ("9", "09:00"), ("18時5分", "18:05"), ("午後6時半", "18:30"), ("午前9時", "09:00"), ("6:30pm", "18:30"), ("12am", "00:00"),
        ("PM 6", "18:00"), ("24:00", "24:00"), (" 18.30 ", "18:30"),
    ],
)  # fmt: skip
def test_times_of_day_are_read_as_people_write_them(text, clock):
    assert parse_clock(text) == clock


@pytest.mark.parametrize("text", ["", "夜", "25:00", "18:60", "24:01", "午後13時", "18:3", "-1", "18:30:00", "1 8"])
def test_what_is_no_time_of_day_is_not_taken_for_one(text):
    assert parse_clock(text) is None


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("18:30–21:00", ("18:30", "21:00")), ("18:30-21", ("18:30", "21:00")), ("18時半から21時まで", ("18:30", "21:00")),
        ("19:00〜", ("19:00", "")), ("〜21時", ("", "21:00")), ("19時", ("19:00", "")),
    ],
)  # fmt: skip
def test_beginning_and_end_may_stand_together(text, span):
    assert parse_span(text) == span


@pytest.mark.parametrize("text", ["", "–", "18-19-20", "夜から"])
def test_what_is_no_span_is_not_taken_for_one(text):
    assert parse_span(text) is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("4", 240), ("4.5", 270), ("４．５時間", 270), ("4時間半", 270), ("4時間30分", 270), ("90分", 90), ("4:30", 270), ("1.5h", 90),
        ("2h30m", 150), ("45 min", 45), ("0", 0), ("1時間 40分", 100),
    ],
)  # fmt: skip
def test_lengths_are_read_as_people_write_them(text, minutes):
    assert parse_minutes(text) == minutes


@pytest.mark.parametrize("text", ["", "半", "長い", "-3", "4:60", "99999", "4時間半くらい", "1e9", "4..5"])
def test_what_is_no_length_is_not_taken_for_one(text):
    assert parse_minutes(text) is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text):
    parse_clock(text), parse_span(text), parse_minutes(text)
