"""Small logs whose answers are known by hand."""

import math
from fractions import Fraction
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from soloflow import resources
from soloflow.domain.errors import UserError
from soloflow.insights import csv_log
from soloflow.insights.behind import Who, counted
from soloflow.insights.csv_log import instant_us, read_events_csv, read_prospects_csv
from soloflow.insights.estimate import curve, kaplan_meier_median, median_days_to_advance, wilson, within
from soloflow.insights.log import DAY_US, Facts, log_from_rows
from soloflow.insights.numbers import compute
from soloflow.insights.output import numbers_json
from soloflow.insights.reduction import ADVANCED, LOST, OPEN, reduce_log, stage_records
from soloflow.insights.stays import stays, time_in_stage
from soloflow.insights.words import numbers_table

TOKYO = ZoneInfo("Asia/Tokyo")
AS_OF = 400 * DAY_US


def rows(*entries):
    """Entries (prospect, kind, to, day), in the order given."""
    return [(pid, kind, None, to, round(day * DAY_US), seq) for seq, (pid, kind, to, day) in enumerate(entries)]


def records_of(entries, k, as_of=AS_OF):
    return stage_records(reduce_log(log_from_rows(rows(*entries)), as_of), k)


def test_an_empty_log_has_no_rates_and_no_verdict():
    numbers = compute(log_from_rows([]), AS_OF, TOKYO)
    assert numbers.prospects == 0
    assert numbers.snapshot.naive_rate == (None,) * 8
    main = numbers.stages[0].main
    assert (main.advance, main.n_eff, main.lo, main.hi, main.lower_bound) == (None, 0, 0, 1, False)
    assert numbers.leak.orders_per_100 is None
    assert numbers.leak.ranking.most_lost_stage is None
    assert numbers.leak.ranking.verdict.stage is None
    assert "まだ区別できません" in numbers_table(numbers, TOKYO)


def test_one_open_prospect_gives_a_lower_bound_and_no_information():
    main = compute(log_from_rows(rows(("a", "enter", 1, 390))), AS_OF, TOKYO).stages[0].main
    assert (main.n, main.advance, main.n_eff, main.lo, main.hi) == (1, 0.0, 0.0, 0.0, 1.0)
    assert main.lower_bound


def test_a_skipped_stage_is_passed_in_no_time():
    entries = [("a", "enter", 1, 0), ("a", "skip", 4, 7)]
    for k, days in ((1, 7), (2, 0), (3, 0)):
        found = records_of(entries, k)
        assert found.outcome.tolist() == [ADVANCED]
        assert found.duration_us.tolist() == [days * DAY_US]
    assert records_of(entries, 4).outcome.tolist() == [OPEN]


def test_who_enters_at_the_third_stage_was_never_at_risk_of_the_first_two():
    entries = [("a", "enter", 3, 0), ("a", "move_back", 1, 1), ("a", "advance", 2, 2)]
    assert len(records_of(entries, 1)) == 0
    assert len(records_of(entries, 2)) == 0
    assert len(records_of(entries, 3)) == 1


def test_a_loss_before_any_stage_is_ignored():
    numbers = compute(
        log_from_rows(rows(("a", "lose", None, 0), ("a", "enter", 1, 1), ("b", "lose", None, 2))), AS_OF, TOKYO
    )
    assert numbers.prospects == 1
    assert numbers.snapshot.active[0] == 1
    assert numbers.entries == 3


def test_a_loss_counts_from_the_first_of_the_trailing_losses():
    entries = [("a", "enter", 1, 0), ("a", "recycle", None, 3), ("a", "lose", None, 5), ("a", "lose", None, 9)]
    found = records_of(entries, 1)
    assert found.outcome.tolist() == [LOST]
    assert found.duration_us.tolist() == [5 * DAY_US]


def test_a_loss_followed_by_a_reopening_is_no_loss():
    found = records_of([("a", "enter", 1, 0), ("a", "lose", None, 5), ("a", "reactivate", 1, 9)], 1)
    assert found.outcome.tolist() == [OPEN]


def test_a_censoring_tied_with_an_event_is_still_at_risk():
    entries = [
        ("a", "enter", 1, 0),
        ("a", "advance", 2, 10),
        ("b", "enter", 1, 0),
        ("b", "lose", None, 10),
        ("c", "enter", 1, 390),
    ]
    result = within(curve(records_of(entries, 1)), 90)
    assert (result.advance, result.lost, result.open) == pytest.approx((1 / 3, 1 / 3, 1 / 3))


def test_losing_and_censoring_at_one_instant_use_all_who_were_there():
    entries = [
        ("a", "enter", 1, 390),
        ("b", "enter", 1, 0),
        ("b", "lose", None, 10),
        ("c", "enter", 1, 380),
        ("c", "advance", 2, 395),
    ]
    result = within(curve(records_of(entries, 1)), 90)
    exact = (1 - Fraction(1, 3)) * 0 + Fraction(0)
    # c leaves after 15 days; a and b after 10: 3 at risk at 10, 1 at risk at 15.
    exact += Fraction(2, 3) * Fraction(1, 1)
    assert result.advance == pytest.approx(float(exact))


def test_the_median_day_of_advancing_is_where_half_of_the_advances_are_reached():
    entries = []
    for pid, day in (("a", 1), ("b", 2), ("c", 30), ("d", 40)):
        entries += [(pid, "enter", 1, 0), (pid, "advance", 2, day)]
    assert median_days_to_advance(curve(records_of(entries, 1))) == 2.0


@pytest.mark.parametrize("days", [0.7, 1.4, 2.3, 45.5, 90.0, 7_687_202_155_560 / DAY_US / 2])
def test_who_took_exactly_as_long_as_the_horizon_counts_whatever_the_product_of_floats_is(days):
    us = round(days * DAY_US)
    log = log_from_rows([("a", "enter", None, 1, 0, 1), ("a", "advance", 1, 2, us, 2)])
    estimate = curve(stage_records(reduce_log(log, AS_OF), 1))
    assert within(estimate, days).advance == 1
    assert within(estimate, (us - 1) / DAY_US).advance == 0


def test_nobody_advancing_has_no_median():
    assert median_days_to_advance(curve(records_of([("a", "enter", 1, 0)], 1))) is None


def test_the_same_stage_again_continues_a_stay_and_a_zero_length_stay_counts():
    log = log_from_rows(
        rows(
            ("a", "enter", 1, 0),
            ("a", "advance", 1, 5),
            ("a", "advance", 2, 8),
            ("a", "advance", 3, 8),
            ("a", "recycle", None, 20),
        )
    )
    all_stays = stays(reduce_log(log, AS_OF))
    assert time_in_stage(all_stays, 1).median.median == 8.0
    second = time_in_stage(all_stays, 2)
    assert (second.stays, second.exits, second.median.median) == (1, 1, 0.0)
    assert time_in_stage(all_stays, 3).median.median == 12.0


def test_a_median_not_reached_is_none():
    durations = np.array([1, 5, 5, 5], dtype=np.int64) * DAY_US
    assert kaplan_meier_median(durations, np.array([1, 0, 0, 0])).median is None


def test_wilson_matches_its_formula():
    lo, hi = wilson(7, 10)
    assert (lo, hi) == pytest.approx((0.3967781, 0.8922087), abs=1e-7)
    assert wilson(0, 0) == (0.0, 1.0)


def test_adjacent_exact_duplicates_are_one_entry_but_a_repeat_after_another_is_not():
    one = ("a", "enter", None, 1, 0)
    log = log_from_rows([(*one, 1), (*one, 2), ("a", "lose", None, None, 0, 3), (*one, 4)])
    assert len(log) == 3


def test_stages_outside_one_to_nine_and_unknown_kinds_are_dropped_from_rows():
    log = log_from_rows([("a", "enter", None, 0, 0, 1), ("a", "enter", None, 10, 0, 2), ("a", "jump", None, 2, 0, 3)])
    assert len(log) == 0


def test_prospects_behind_a_mark_are_those_it_counts():
    log = log_from_rows(rows(("a", "enter", 1, 0), ("b", "enter", 1, 0), ("b", "lose", None, 3), ("c", "enter", 9, 0)))
    assert counted(log, AS_OF, Who(1, LOST)) == ["b"]
    assert counted(log, AS_OF, Who(1, OPEN)) == ["a"]
    assert counted(log, AS_OF, Who(1)) == ["a", "b"]
    assert counted(log, AS_OF, Who(9)) == ["c"]


CSV_HEAD = "seq,prospect_id,from_stage,to_stage,at,kind,reason\n"


def test_unusable_lines_are_reported_with_line_and_reason():
    text = CSV_HEAD + (
        "1,a,,1,2026-01-01T00:00:00+09:00,enter,\n"
        "2,,,1,2026-01-01T00:00:00+09:00,enter,\n"
        "3,a,,1,soon,enter,\n"
        "4,a,,1,2026-01-01T00:00:00+09:00,leap,\n"
        "5,a,,0,2026-01-01T00:00:00+09:00,advance,\n"
        "6,a,,10,2026-01-01T00:00:00+09:00,advance,\n"
        "7,a,,,2026-01-01T00:00:00+09:00,advance,\n"
        "8,a,1,,2026-01-02T00:00:00+09:00,lose,予算\n"
    )
    read = read_events_csv(text, TOKYO)
    assert len(read.log) == 2
    assert [(one.line, one.reason) for one in read.dropped] == [
        (3, csv_log.EMPTY_ID),
        (4, csv_log.UNREADABLE_TIME),
        (5, csv_log.UNKNOWN_KIND),
        (6, csv_log.BAD_STAGE),
        (7, csv_log.BAD_STAGE),
        (8, csv_log.BAD_STAGE),
    ]


@pytest.mark.parametrize(
    "written",
    ["2026-01-01T09:00:00+09:00", "2026-01-01T00:00:00Z", "2026-01-01T09:00:00", "2026-01-01 09:00", "2026/1/1 9:00"],
)
def test_one_instant_is_read_from_every_way_to_write_it(written):
    assert instant_us(written, TOKYO) == 1_767_225_600_000_000


@pytest.mark.parametrize("written", ["", "soon", "2026-02-30T00:00:00", "0001-01-01T00:00:00+24:00", "12"])
def test_what_is_no_time_is_not_guessed(written):
    assert instant_us(written, TOKYO) is None


def test_sequence_numbers_compare_as_numbers():
    text = CSV_HEAD + "10,a,,2,2026-01-01,advance,\n9,a,,3,2026-01-01,enter,\n"
    assert reduce_log(read_events_csv(text, TOKYO).log, 2**62).entry_stage.tolist() == [3]


def test_a_byte_order_mark_blank_lines_and_missing_optional_columns_do_no_harm():
    text = "\ufeffprospect_id,to_stage,at,kind\n\na,1,2026-01-01,enter\n"
    assert len(read_events_csv(text, TOKYO).log) == 1


def test_a_missing_column_is_named():
    with pytest.raises(UserError, match="kind"):
        read_events_csv("prospect_id,to_stage,at\n", TOKYO)


def test_prospects_bring_source_and_yen():
    read = read_prospects_csv('prospect_id,source,expected_yen\na,紹介,"1,200,000"\nb,,\n,紹介,5\nc,紹介,many\n')
    assert read.facts == {"a": Facts("紹介", 1_200_000), "b": Facts(), "c": Facts("紹介", None)}
    assert [(one.line, one.reason) for one in read.dropped] == [(4, csv_log.EMPTY_ID), (5, csv_log.BAD_YEN)]


def test_quarters_begin_at_midnight_in_the_users_zone():
    at_us = instant_us("2026-03-31T15:00:00+00:00", TOKYO)
    log = log_from_rows([("a", "enter", None, 1, at_us - 1, 1), ("b", "enter", None, 1, at_us, 2)])
    numbers = compute(log, at_us + DAY_US, TOKYO)
    assert [(one.name, one.n) for one in numbers.cohorts] == [("2026Q1", 1), ("2026Q2", 1)]


def test_the_sample_log_gives_the_known_table():
    sample_folder = resources.path("sample")
    facts = read_prospects_csv((sample_folder / "prospects.csv").read_text(encoding="utf-8")).facts
    read = read_events_csv((sample_folder / "events.csv").read_text(encoding="utf-8"), TOKYO, facts)
    numbers = compute(read.log, instant_us("2026-09-30T18:00:00+09:00", TOKYO), TOKYO)
    assert read.dropped == ()
    assert numbers.snapshot.ever_reached == (300, 181, 118, 61, 42, 30, 21, 6, 4)
    assert numbers.prospects == 300
    result = numbers_json(numbers, TOKYO)
    assert result["as_of"] == "2026-09-30T18:00:00+09:00"
    assert set(result["stages"]["9"]) == {"time_in_stage"}
    assert all(math.isfinite(rate) for rate in result["leak"]["rates"])
