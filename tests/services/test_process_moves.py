"""Moving, losing, parking, voiding and correcting, as the log keeps them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from profiles import NOON, TOKYO, Clock, open_workspace, person
from soloflow.domain.errors import UserError
from soloflow.services import history, numbers, process, prospects
from soloflow.services.workspace import Workspace, instant_us
from soloflow.store.log import all_entries, entries_of


def made(ws: Workspace, stage: int | None = 1, name: str = "山田 太郎") -> int:
    return prospects.add(ws, person(name), stage=stage).created[0]


def lines(ws: Workspace, prospect: int) -> list[tuple[str, int | None, int | None]]:
    with ws.store.read() as reader:
        return [(entry.kind.value, entry.from_stage, entry.to_stage) for entry in entries_of(reader, prospect)]


def standing(ws: Workspace, prospect: int) -> tuple[str, int | None]:
    with ws.store.read() as reader:
        row = reader.row("SELECT standing, stage FROM prospect_states WHERE prospect_id = ?", prospect)
    return row["standing"], row["stage"]


def tokyo(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=TOKYO)  # type: ignore[arg-type,misc]


def test_all_seven_kinds_come_about_by_saying_where_to(ws: Workspace, clock: Clock) -> None:
    prospect = made(ws, None)
    for act in (
        lambda: process.move(ws, (prospect,), 1),
        lambda: process.move(ws, (prospect,), 2),
        lambda: process.move(ws, (prospect,), 5),
        lambda: process.move(ws, (prospect,), 3),
        lambda: process.lose(ws, (prospect,), "budget"),
        lambda: process.recycle(ws, (prospect,), "timing"),
        lambda: process.move(ws, (prospect,), 3),
    ):
        clock.forward(hours=1)
        act()
    assert lines(ws, prospect) == [
        ("enter", None, 1),
        ("advance", 1, 2),
        ("skip", 2, 5),
        ("move_back", 5, 3),
        ("lose", 3, None),
        ("recycle", 3, None),
        ("reactivate", 3, 3),
    ]


def test_moving_to_where_one_stands_writes_nothing(ws: Workspace) -> None:
    prospect = made(ws)
    assert process.move(ws, (prospect,), 1).change_set is None
    assert lines(ws, prospect) == [("enter", None, 1)]


def test_an_instant_is_kept_exactly(ws: Workspace) -> None:
    prospect = made(ws, None)
    at = datetime(2026, 11, 20, 23, 59, 59, 123457, tzinfo=UTC)
    process.move(ws, (prospect,), 1, at)
    with ws.store.read() as reader:
        assert [entry.at_us for entry in entries_of(reader, prospect)] == [1_795_219_199_123_457]


def test_an_instant_without_offset_is_in_the_users_zone(ws: Workspace) -> None:
    prospect = made(ws, None)
    process.move(ws, (prospect,), 1, datetime(2026, 11, 20, 9, 30))  # noqa: DTZ001
    with ws.store.read() as reader:
        assert entries_of(reader, prospect)[0].at_us == instant_us(tokyo(2026, 11, 20, 9, 30))


def test_a_day_without_time_is_its_midnight(ws: Workspace) -> None:
    prospect = made(ws, None)
    process.move(ws, (prospect,), 1, date(2026, 11, 18))
    with ws.store.read() as reader:
        assert entries_of(reader, prospect)[0].at_us == instant_us(tokyo(2026, 11, 18))


def test_a_day_without_time_is_the_latest_entry_of_that_day_if_that_is_later(ws: Workspace) -> None:
    prospect = made(ws, None)
    process.move(ws, (prospect,), 1, tokyo(2026, 11, 18, 15, 30))
    process.move(ws, (prospect,), 2, date(2026, 11, 18))
    with ws.store.read() as reader:
        assert [entry.at_us for entry in entries_of(reader, prospect)] == [instant_us(tokyo(2026, 11, 18, 15, 30))] * 2
    assert lines(ws, prospect) == [("enter", None, 1), ("advance", 1, 2)]


def test_today_as_a_day_does_not_come_before_what_happened_today(ws: Workspace) -> None:
    prospect = made(ws)
    process.move(ws, (prospect,), 2, ws.today())
    assert standing(ws, prospect) == ("active", 2)


def test_a_back_dated_move_takes_its_kind_from_that_day(ws: Workspace) -> None:
    prospect = made(ws, None)
    process.move(ws, (prospect,), 1, date(2026, 11, 1))
    process.move(ws, (prospect,), 5, date(2026, 11, 15))
    process.move(ws, (prospect,), 2, date(2026, 11, 8))
    assert lines(ws, prospect) == [("enter", None, 1), ("advance", 1, 2), ("skip", 1, 5)]
    assert standing(ws, prospect) == ("active", 5)


@pytest.mark.parametrize("at", [date(2026, 11, 22), NOON + timedelta(microseconds=1)])
def test_the_future_is_refused_and_nothing_is_written(ws: Workspace, at: date) -> None:
    prospect = made(ws)
    for act in (
        lambda: process.move(ws, (prospect,), 2, at),
        lambda: process.lose(ws, (prospect,), "budget", "やめた", at),
        lambda: process.recycle(ws, (prospect,), None, at=at),
    ):
        with pytest.raises(UserError, match="まだ来ていない日付"):
            act()
    assert lines(ws, prospect) == [("enter", None, 1)]
    with ws.store.read() as reader:
        assert reader.ids("follow_ups") + reader.ids("activities") == []


def test_a_voided_entry_no_longer_exists_for_any_reading(ws: Workspace) -> None:
    prospect = made(ws)
    moved = process.move(ws, (prospect,), 4)
    assert moved.change_set is not None
    with ws.store.read() as reader:
        entry = entries_of(reader, prospect)[-1].seq
    process.void_entry(ws, entry)
    assert standing(ws, prospect) == ("active", 1)
    with ws.store.read() as reader:
        assert [kind for _who, kind, *_rest in all_entries(reader)] == ["enter"]
        assert reader.value("SELECT count(*) FROM stage_transitions") == 3


def test_voiding_twice_changes_nothing_and_undo_takes_back_the_first(ws: Workspace) -> None:
    prospect = made(ws)
    with ws.store.read() as reader:
        entry = entries_of(reader, prospect)[0].seq
    process.void_entry(ws, entry)
    assert process.void_entry(ws, entry).change_set is None
    assert standing(ws, prospect) == ("book", None)
    history.undo(ws)
    assert standing(ws, prospect) == ("active", 1)


def test_correcting_a_date_voids_and_writes_anew(ws: Workspace) -> None:
    prospect = made(ws)
    process.move(ws, (prospect,), 2)
    with ws.store.read() as reader:
        first = entries_of(reader, prospect)[0].seq
    process.correct_date(ws, first, date(2026, 10, 1))
    with ws.store.read() as reader:
        found = entries_of(reader, prospect)
        assert [(entry.kind.value, entry.to_stage) for entry in found] == [("enter", 1), ("advance", 2)]
        assert found[0].at_us == instant_us(tokyo(2026, 10, 1))
        assert reader.column("SELECT kind FROM stage_transitions ORDER BY id") == ["enter", "advance", "void", "enter"]
    history.undo(ws)
    with ws.store.read() as reader:
        assert [entry.at_us for entry in entries_of(reader, prospect)] == [ws.now_us()] * 2


def test_correcting_to_the_future_is_refused_and_the_entry_stands(ws: Workspace) -> None:
    prospect = made(ws)
    with ws.store.read() as reader:
        first = entries_of(reader, prospect)[0].seq
    with pytest.raises(UserError, match="まだ来ていない日付"):
        process.correct_date(ws, first, date(2027, 1, 1))
    assert lines(ws, prospect) == [("enter", None, 1)]


def test_correcting_an_entry_that_was_voided_does_not_bring_it_back(ws: Workspace) -> None:
    prospect = made(ws)
    with ws.store.read() as reader:
        first = entries_of(reader, prospect)[0].seq
    process.void_entry(ws, first)
    process.correct_date(ws, first, date(2026, 10, 1))
    assert lines(ws, prospect) == []


def test_losing_keeps_the_reason_in_the_log_and_the_words_in_an_activity(ws: Workspace) -> None:
    prospect = made(ws, 3)
    process.lose(ws, (prospect,), "competitor", "他社の見積が安かった")
    with ws.store.read() as reader:
        assert [entry.reason for entry in entries_of(reader, prospect)] == [None, "competitor"]
        assert reader.column("SELECT text FROM activities") == ["他社の見積が安かった"]
        for row in reader.rows("SELECT * FROM stage_transitions"):
            assert "他社" not in str(tuple(row))


def test_losing_closes_the_open_steps_and_undo_brings_them_back(ws: Workspace) -> None:
    from soloflow.services import follow_ups

    prospect = made(ws)
    follow_ups.plan(ws, prospect, "見積を送る", date(2026, 11, 25))
    process.lose(ws, (prospect,), "budget")
    with ws.store.read() as reader:
        assert reader.ids("follow_ups") == []
    history.undo(ws)
    with ws.store.read() as reader:
        assert reader.column("SELECT text FROM follow_ups") == ["見積を送る"]


def test_parking_sets_a_day_to_get_in_touch_in_half_a_year_unless_told(ws: Workspace) -> None:
    first, second = made(ws), made(ws, 2, "佐藤 花子")
    process.recycle(ws, (first,), "timing")
    process.recycle(ws, (second,), None, date(2026, 12, 1))
    with ws.store.read() as reader:
        rows = [tuple(row) for row in reader.rows("SELECT prospect_id, due_on, is_recontact FROM follow_ups")]
    assert rows == [(first, "2027-05-23", 1), (second, "2026-12-01", 1)]
    assert standing(ws, first) == ("nurture", 1)


@pytest.mark.parametrize("act", ["lose", "recycle"])
def test_who_never_entered_cannot_leave(ws: Workspace, act: str) -> None:
    inside, outside = made(ws), made(ws, None, "佐藤 花子")
    with pytest.raises(UserError, match=r"佐藤 花子はまだ獲得工程に入っていません"):
        (process.lose if act == "lose" else process.recycle)(ws, (inside, outside), "budget")
    assert standing(ws, inside) == ("active", 1), "all or nothing"


def test_leaving_before_the_day_of_entering_is_refused(ws: Workspace) -> None:
    prospect = made(ws)
    with pytest.raises(UserError, match="まだ獲得工程に入っていません"):
        process.lose(ws, (prospect,), "budget", at=date(2026, 11, 1))


def test_many_move_in_one_step_that_one_undo_takes_back(ws: Workspace) -> None:
    ids = tuple(made(ws, 1, f"山田 {number}") for number in range(5))
    process.move(ws, ids, 3)
    assert {standing(ws, one) for one in ids} == {("active", 3)}
    history.undo(ws)
    assert {standing(ws, one) for one in ids} == {("active", 1)}


def test_a_move_to_where_one_stands_says_so_and_writes_nothing(ws: Workspace) -> None:
    prospect = made(ws, 4)
    changes = process.move(ws, (prospect,), 4)
    assert changes.change_set is None
    assert "もう4 見込顧客にいます" in changes.label


def merge(ws: Workspace, gone: int, into: int) -> None:
    with ws.store.write("まとめました", ws.now_us()) as work:
        work.update("prospects", gone, merged_into_id=into)


def test_a_merged_customer_is_read_as_the_surviving_one(ws: Workspace) -> None:
    first, second, third = made(ws), made(ws, None, "佐藤 花子"), made(ws, None, "鈴木 一郎")
    process.move(ws, (second,), 4, date(2026, 11, 1))
    merge(ws, first, second)
    merge(ws, second, third)
    assert lines(ws, third) == [("enter", None, 4), ("enter", None, 1)]
    assert standing(ws, third) == ("active", 1)
    with ws.store.read() as reader:
        assert {who for who, *_rest in all_entries(reader)} == {third}
        assert reader.value("SELECT frontier FROM prospect_states WHERE prospect_id = ?", third) == 4
        assert reader.value("SELECT count(*) FROM prospect_states") == 1


def test_moving_a_merged_customer_moves_the_surviving_one(ws: Workspace, clock: Clock) -> None:
    first, second = made(ws, 4), made(ws, None, "佐藤 花子")
    merge(ws, first, second)
    clock.forward(hours=1)
    process.move(ws, (first,), 5)
    assert lines(ws, second) == [("enter", None, 4), ("advance", 4, 5)]
    process.move(ws, (second,), 6, ws.today())
    assert standing(ws, second) == ("active", 6), "the latest entry of the day is one of the merged customer"


def test_a_merge_is_undone_exactly(ws: Workspace) -> None:
    first, second = made(ws, 4), made(ws, 2, "佐藤 花子")
    merge(ws, first, second)
    history.undo(ws)
    assert standing(ws, first) == ("active", 4)
    assert standing(ws, second) == ("active", 2)


def test_the_numbers_and_the_window_agree_on_who_stands_where(ws: Workspace, clock: Clock) -> None:
    for number in range(12):
        one = made(ws, None, f"山田 {number}")
        process.move(ws, (one,), 1, date(2026, 10, 1))
        if number % 2:
            process.move(ws, (one,), 1 + number % 5, date(2026, 10, 8))
        if number % 3 == 0:
            process.lose(ws, (one,), "budget", at=date(2026, 10, 20))
        if number % 4 == 1:
            process.recycle(ws, (one,), "timing", at=date(2026, 10, 25))
    with ws.store.read() as reader:
        stored = reader.tuples("SELECT stage, standing FROM prospect_states").fetchall()
    snapshot = numbers.as_json(numbers.compute(ws), ws.zone)["snapshot"]
    for standing_code in ("active", "nurture", "lost"):
        counted = [sum(found == (stage, standing_code) for found in stored) for stage in range(1, 10)]
        assert snapshot[standing_code] == counted


def test_what_was_moved_is_still_so_after_reopening(ws: Workspace) -> None:
    prospect = made(ws)
    process.move(ws, (prospect,), 3)
    path = ws.store.path
    ws.store.close()
    again = open_workspace(path)
    assert standing(again, prospect) == ("active", 3)
    again.store.close()
