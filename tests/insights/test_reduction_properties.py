"""The identities that must hold on any log, and a second reading of the definitions that must agree."""

import math
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from random import Random
from zoneinfo import ZoneInfo

import brute_force as brute
import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_logs import ANY_LOG, DAY, closed_rows, random_rows

from soloflow.insights.back_cast import Target
from soloflow.insights.change import Question
from soloflow.insights.csv_log import read_events_csv
from soloflow.insights.estimate import advance_at, curve, decided_share, within
from soloflow.insights.log import Facts, log_from_rows
from soloflow.insights.numbers import HORIZONS, compute
from soloflow.insights.output import numbers_json
from soloflow.insights.reduction import reduce_log, stage_records
from soloflow.insights.stays import stays, time_in_stage

AS_OF = 400 * DAY
TOKYO = ZoneInfo("Asia/Tokyo")
OUTCOMES = ("open", "advanced", "lost")


def found(log, reduced, k, target=None):
    records = stage_records(reduced, k, target)
    return sorted(
        (str(log.ids[reduced.prospect[row]]), int(duration), OUTCOMES[outcome])
        for row, duration, outcome in zip(records.row, records.duration_us, records.outcome, strict=True)
    )


@ANY_LOG
@given(random_rows(), st.sampled_from([None, 90 * DAY]))
def test_both_readings_of_the_log_agree_on_every_record(rows, before):
    log = log_from_rows(rows)
    reduced = reduce_log(log, AS_OF, before)
    everybody = brute.people(rows, AS_OF, before)
    assert len(reduced) == len(everybody)
    for k in range(1, 9):
        assert found(log, reduced, k) == sorted(brute.records(everybody, AS_OF, k))
    for k in range(1, 5):
        assert found(log, reduced, k, 5) == sorted(brute.records(everybody, AS_OF, k, 5))


@ANY_LOG
@given(random_rows())
def test_both_readings_agree_on_where_everybody_stands(rows):
    numbers = compute(log_from_rows(rows), AS_OF, TOKYO)
    everybody = list(brute.people(rows, AS_OF).values())
    snapshot = numbers.snapshot
    for k in range(1, 10):
        assert snapshot.ever_reached[k - 1] == sum(one["frontier"] >= k for one in everybody)
        assert snapshot.entered_at[k - 1] == sum(one["entry"] == k for one in everybody)
        for standing in ("active", "nurture", "lost"):
            expected = sum(one["standing"] == standing and one["last_stage"] == k for one in everybody)
            assert getattr(snapshot, standing)[k - 1] == expected
    assert numbers.entries == sum(len(history) for history in brute.histories(rows, AS_OF).values())


@ANY_LOG
@given(random_rows())
def test_the_estimator_equals_exact_fractions(rows):
    reduced = reduce_log(log_from_rows(rows), AS_OF)
    everybody = brute.people(rows, AS_OF)
    for k in range(1, 9):
        exact_records = brute.records(everybody, AS_OF, k)
        estimate = curve(stage_records(reduced, k))
        for days in HORIZONS:
            result = within(estimate, days)
            if not exact_records:
                assert result.advance is None
                assert (result.n_eff, result.lo, result.hi, result.lower_bound) == (0, 0, 1, False)
                continue
            advance, lost, still, variance = brute.aalen_johansen(exact_records, days * DAY)
            assert result.advance == pytest.approx(float(advance), abs=1e-12)
            assert result.lost == pytest.approx(float(lost), abs=1e-12)
            assert result.open == pytest.approx(float(still), abs=1e-12)
            assert result.se**2 == pytest.approx(float(variance), abs=1e-12)
            longest = max(duration for _, duration, _ in exact_records)
            assert result.lower_bound == (longest < days * DAY and still > 0)
            assert result.n_eff == pytest.approx(_exact_n_eff(exact_records, advance, variance, days), rel=1e-9)


def _exact_n_eff(records, p, variance, days):
    if 0 < p < 1 and variance > Fraction(1, 10**15):
        return float(min(Fraction(len(records)), p * (1 - p) / variance))
    return sum(outcome != "open" or duration >= days * DAY for _, duration, outcome in records)


@ANY_LOG
@given(random_rows())
def test_both_readings_agree_on_every_stay(rows):
    all_stays = stays(reduce_log(log_from_rows(rows), AS_OF))
    everybody = brute.people(rows, AS_OF)
    for k in range(1, 10):
        exact = brute.stays(everybody, AS_OF, k)
        result = time_in_stage(all_stays, k)
        assert (result.stays, result.exits) == (len(exact), sum(ended for _, ended in exact))
        median = brute.median_stay(exact)
        assert result.median.median == (None if median is None else median / DAY)


@ANY_LOG
@given(random_rows())
def test_everybody_at_a_stage_has_exactly_one_outcome(rows):
    numbers = compute(log_from_rows(rows), AS_OF, TOKYO)
    for step in numbers.stages:
        assert step.at_risk == step.advanced + step.lost + step.open
        assert step.nurture <= step.open
    reduced = reduce_log(log_from_rows(rows), AS_OF)
    for k in range(1, 5):
        assert len(stage_records(reduced, k, 5)) == numbers.stages[k - 1].at_risk
    for here, following in zip(numbers.stages, numbers.stages[1:], strict=False):
        assert following.at_risk == here.advanced + numbers.snapshot.entered_at[following.stage - 1]


@ANY_LOG
@given(random_rows())
def test_shares_add_up_grow_with_the_horizon_and_lie_in_their_interval(rows):
    reduced = reduce_log(log_from_rows(rows), AS_OF)
    for k in range(1, 9):
        estimate = curve(stage_records(reduced, k))
        before = None
        for days in (0, 1, 30, 90, 180, 365, 10_000):
            now = within(estimate, days)
            if now.advance is None:
                continue
            assert now.advance + now.lost + now.open == pytest.approx(1, abs=1e-12)
            assert 0 <= now.lo <= now.advance <= now.hi <= 1
            assert 0 <= now.n_eff <= now.n
            if before is not None:
                assert now.advance >= before.advance
                assert now.lost >= before.lost
            before = now


@ANY_LOG
@given(closed_rows())
def test_without_open_prospects_every_definition_of_the_rate_is_the_same(rows):
    numbers = compute(log_from_rows(rows), AS_OF, TOKYO)
    reduced = reduce_log(log_from_rows(rows), AS_OF)
    for step in numbers.stages:
        if not step.at_risk:
            continue
        estimate = curve(stage_records(reduced, step.stage))
        assert advance_at(estimate, 10_000) == pytest.approx(step.decided.rate, abs=1e-12)
        assert numbers.snapshot.naive_rate[step.stage - 1] == pytest.approx(step.decided.rate, abs=1e-12)
        assert within(estimate, 10_000).n_eff == pytest.approx(step.at_risk, rel=1e-9)


def as_csv(rows, offsets):
    lines = ["seq,prospect_id,from_stage,to_stage,at,kind,reason"]
    for position, (pid, kind, frm, to, at, seq) in enumerate(rows):
        zone = timezone(timedelta(hours=offsets[position % len(offsets)]))
        moment = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)).astimezone(zone)
        stages = ("" if frm is None else frm, "" if to is None else to)
        lines.append(f"{seq},{pid},{stages[0]},{stages[1]},{moment.isoformat()},{kind},")
    return "\n".join(lines)


FACTS = {"a": Facts("紹介", 500_000), "b": Facts("紹介", None), "c": Facts("勉強会", 1), "d": Facts(None, 7)}


def everything(log, as_of=AS_OF):
    """The whole JSON, a change and an aim asked too."""
    asked = {"question": Question(200 * DAY, 1), "target": Target(3, 90)}
    return numbers_json(compute(log, as_of, TOKYO, **asked), TOKYO)


@ANY_LOG
@given(random_rows(), st.integers(0, 1000))
def test_neither_the_order_of_rows_nor_the_offset_of_an_instant_matters(rows, seed):
    shuffled = list(rows)
    Random(seed).shuffle(shuffled)
    first = read_events_csv(as_csv(rows, [9]), TOKYO, FACTS)
    second = read_events_csv(as_csv(shuffled, [0, -7, 14]), TOKYO, FACTS)
    assert everything(first.log) == everything(second.log)
    assert sorted(one.reason for one in first.dropped) == sorted(one.reason for one in second.dropped)


@ANY_LOG
@given(random_rows(), random_rows())
def test_what_happens_later_changes_nothing(rows, later):
    future = [(pid, kind, frm, to, AS_OF + 1 + at, 1000 + seq) for pid, kind, frm, to, at, seq in later]
    assert everything(log_from_rows([*rows, *future], FACTS)) == everything(log_from_rows(rows, FACTS))


@ANY_LOG
@given(random_rows(), st.data())
def test_stepping_back_and_forth_changes_no_conversion_figure(rows, data):
    rows = [row for row in rows if row[4] <= 300 * DAY]
    active = {pid: one for pid, one in brute.people(rows, AS_OF).items() if one["standing"] == "active"}
    if not active:
        return
    pid = data.draw(st.sampled_from(sorted(active)))
    stage = active[pid]["last_stage"]
    detour = [
        (pid, "move_back", stage, data.draw(st.integers(1, stage)), 350 * DAY, 5000),
        (pid, "advance", None, stage, 351 * DAY, 5001),
    ]
    before, after = (everything(log_from_rows(every, FACTS)) for every in (rows, rows + detour))
    for found in (before, after):  # all but how many entries there are, and how long which stays lasted
        del found["entries"]
        for one in found["stages"].values():
            del one["time_in_stage"]
    assert after == before


@ANY_LOG
@given(random_rows())
def test_every_interval_holds_its_figure(rows):
    found = everything(log_from_rows(rows, FACTS))
    within = [one for k in range(1, 9) for one in found["stages"][str(k)]["within"].values()]
    within += [one["raw"] for one in found["sources"].values()]
    within += [found["change"][side] for side in ("before", "after")] if found["change"] else []
    for one in within:
        assert 0 <= one["lo"] <= one["hi"] <= 1
        assert one["advance"] is None or one["lo"] <= one["advance"] <= one["hi"]
    for one in found["sources"].values():
        assert 0 <= one["pooled"]["lo"] < one["pooled"]["mean"] < one["pooled"]["hi"] <= 1
    if found["change"]:
        assert -1 <= found["change"]["lo"] <= found["change"]["difference"] <= found["change"]["hi"] <= 1
    hundred = found["leak"]["orders_per_100_interval"]
    assert 0 <= hundred["lo"] < hundred["mean"] < hundred["hi"] <= 100
    for part in ("leak", "leak_after_order"):
        assert sum(found[part]["prob_lowest_rate"]) == pytest.approx(1, abs=4e-3)


@ANY_LOG
@given(st.integers(0, 500), st.integers(0, 500))
def test_a_decided_share_lies_in_its_interval(advanced, lost):
    share = decided_share(advanced, lost)
    if share.rate is None:
        assert (advanced, lost, share.lo, share.hi) == (0, 0, 0, 1)
    else:
        assert 0 <= share.lo <= share.rate <= share.hi <= 1
        assert math.isclose(share.rate, advanced / (advanced + lost))
