"""What the day says: its parts, the roles, the tank."""

from datetime import timedelta

from soloflow.domain.candidates import Candidate
from soloflow.services import follow_ups, prospects, today
from soloflow.services.process import start_of_day_us
from soloflow.services.workspace import Workspace


def customer(ws: Workspace, name: str, stage: int, talked_days_ago: int | None = None) -> int:
    made = prospects.add(ws, Candidate(company=name), stage=stage).created[0]
    if talked_days_ago is not None:
        with ws.store.write("", ws.now_us()) as work:
            at_us = start_of_day_us(ws, ws.today() - timedelta(days=talked_days_ago))
            work.insert("activities", prospect_id=made, kind="note", at_us=at_us, text="話した")
    return made


def test_each_part_has_its_own_limit(ws: Workspace) -> None:
    someone = customer(ws, "青葉物流", 2)
    for days in (-3, -2, -1, 0, 0, 2):
        follow_ups.plan(ws, someone, f"連絡 {days}", ws.today() + timedelta(days=days))
    day = today.today(ws, limit=2)
    assert [task.text for task in day.overdue] == ["連絡 -3", "連絡 -2"]
    assert (len(day.today), len(day.week)) == (2, 1)
    assert (day.overdue_count, day.today_count, day.week_count) == (3, 2, 1)
    assert len(today.overdue_ids(ws)) == 3
    assert today.due_count(ws) == 5


def test_the_role_that_waited_longest_is_the_neglected_one(ws: Workspace) -> None:
    customer(ws, "青葉物流", 2, 3)
    customer(ws, "しののめ薬局", 8, 19)
    figures = today.figures(ws)
    assert figures.days_since_work == {"marketing": None, "sales": 3, "office": None, "success": 19}
    assert figures.neglected == "success"


def test_no_role_is_neglected_within_two_weeks(ws: Workspace) -> None:
    customer(ws, "青葉物流", 2, 3)
    assert today.figures(ws).neglected is None


def test_the_customer_to_talk_to_is_the_one_who_waited_longest(ws: Workspace) -> None:
    customer(ws, "青葉物流", 2, 3)
    waiting = customer(ws, "ミナト計測", 3, 40)
    assert today.someone_for(ws, "sales") == waiting
    assert today.someone_for(ws, "success") is None


def test_inquiries_are_counted_in_the_month_they_came(ws: Workspace) -> None:
    from soloflow.services import process

    first = customer(ws, "青葉物流", 1)
    process.move(ws, (first,), 2, ws.today())
    for name, back in (("ミナト計測", 40), ("北沢製作所", 41)):
        made = prospects.add(ws, Candidate(company=name)).created[0]
        process.move(ws, (made,), 2, ws.today() - timedelta(days=back))
    months = today.figures(ws).inquiries_by_month
    assert len(months) == 12
    assert sum(months) == 3
    assert months[-1] == 1


def test_a_next_step_is_read_with_its_kind_day_and_time(ws: Workspace) -> None:
    step = follow_ups.parse_when(ws, "明日 14時 電話")
    assert step == follow_ups.NextStep("電話", "call", ws.today() + timedelta(days=1), "14:00")
    assert follow_ups.parse_when(ws, "資料を送る").day is None


def test_long_parts_of_the_right_column_begin_short_and_are_counted_whole(ws: Workspace) -> None:
    from soloflow.services import process

    for number in range(today.RECONTACTS_SHOWN + 2):
        one = customer(ws, f"育成{number}", 2)
        process.recycle(ws, (one,), "budget", ws.today() + timedelta(days=1))
    for number in range(today.STUCK_SHOWN + 3):
        customer(ws, f"停滞{number}", 2)
    day = today.today(ws)
    assert (len(day.recontacts), day.recontact_count) == (today.RECONTACTS_SHOWN, today.RECONTACTS_SHOWN + 2)
    assert (len(day.stuck), day.stuck_count) == (today.STUCK_SHOWN, today.STUCK_SHOWN + 3)
    every = today.today(ws, today.LIMIT + 1)
    assert (len(every.recontacts), len(every.stuck)) == (day.recontact_count, day.stuck_count)
