"""Days as they are typed into the window, read on Saturday 2026-11-21."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from soloflow.services import when
from soloflow.services.workspace import Workspace


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("来週火曜", date(2026, 11, 24)),
        ("月末", date(2026, 11, 30)),
        ("明日", date(2026, 11, 22)),
        ("11/25(水)", date(2026, 11, 25)),
        ("2027/2/1", date(2027, 2, 1)),
    ],
)
def test_a_day_to_come_is_read(ws: Workspace, text: str, day: date) -> None:
    assert when.read_day(ws, text) == day


def test_a_past_day_is_looked_for_behind_us_and_never_ahead(ws: Workspace) -> None:
    assert when.read_past_day(ws, "金曜") == date(2026, 11, 20)
    assert when.read_past_day(ws, "明日") is None


def test_a_planned_step_gives_kind_day_time_and_words(ws: Workspace) -> None:
    step = when.read_step(ws, "来週火曜 15時 見積を送る")
    assert (step.due, step.text) == (date(2026, 11, 24), "見積を送る")
    assert step.time is not None
    assert step.time.hour == 15


def test_months_from_now_keep_the_day_or_take_the_last_one(ws: Workspace) -> None:
    assert when.months_from_now(ws, 12) == date(2027, 11, 21)
    august = replace(ws, clock=lambda: datetime(2026, 8, 31, 3, tzinfo=UTC))
    assert when.months_from_now(august, 1) == date(2026, 9, 30)
    assert when.months_from_now(august, 6) == date(2027, 2, 28)
    assert when.months_from_now(august, 4) == date(2026, 12, 31)


def test_next_week_begins_on_monday(ws: Workspace) -> None:
    assert when.next_monday(ws) == date(2026, 11, 23)
