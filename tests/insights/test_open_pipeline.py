"""The orders to expect from those who are open, summed pair by pair: the quick way gives the same."""

import random

import pytest

from soloflow.insights.back_cast import open_pipeline
from soloflow.insights.estimate import Curve, curve, horizon_us
from soloflow.insights.log import DAY_US, log_from_rows
from soloflow.insights.reduction import OPEN, Reduced, reduce_log, stage_records

AS_OF = 700 * DAY_US


def grown(chance: random.Random, customers: int, onward: float, unit_us: int) -> Reduced:
    """Customers who go on or leave after a random time; with a coarse unit many times are equal."""
    rows = []
    for who in range(customers):
        at, stage = chance.randrange(650) * DAY_US, 1
        rows.append((who, "advance", None, 1, at, len(rows)))
        while stage < 6:
            at += (1 + chance.randrange(1, 120 * DAY_US) // unit_us) * unit_us
            if at > AS_OF:
                break
            has_left = chance.random() > onward
            rows.append((who, "lose" if has_left else "advance", stage, None if has_left else stage + 1, at, len(rows)))
            if has_left:
                break
            stage += 1
    return reduce_log(log_from_rows(rows), AS_OF)


def rises(found: Curve) -> list[tuple[int, float]]:
    heights = [0.0, *found.cumulative.tolist()]
    return [(at, high - low) for at, low, high in zip(found.time_us.tolist(), heights, heights[1:], strict=False)]


def pair_by_pair(reduced: Reduced, days: float) -> float:
    total, limit = 0.0, horizon_us(days)
    for k in range(1, 5):
        records = stage_records(reduced, k)
        step = curve(records)
        onward = rises(curve(stage_records(reduced, k + 1, 5))) if k < 4 else [(0, 1.0)]
        for waited in records.duration_us[records.outcome == OPEN].tolist():
            still = [
                high for at, high in zip(step.time_us.tolist(), step.survival.tolist(), strict=True) if at <= waited
            ]
            if still and not still[-1]:
                continue
            both = sum(
                p * q for at, p in rises(step) if at > waited for later, q in onward if at - waited + later <= limit
            )
            total += both / (still[-1] if still else 1.0)
    return total


@pytest.mark.parametrize("unit_us", [DAY_US, 1])
@pytest.mark.parametrize("onward", [0.35, 0.9])
@pytest.mark.parametrize("days", [1, 45, 181.5, 2000])
def test_the_quick_sum_is_the_plain_one(onward: float, unit_us: int, days: float) -> None:
    reduced = grown(random.Random(f"{onward} {unit_us}"), 90, onward, unit_us)
    assert open_pipeline(reduced, days) == pytest.approx(pair_by_pair(reduced, days), rel=1e-9, abs=1e-12)


def test_what_is_kept_of_a_log_is_of_that_instant() -> None:
    log = log_from_rows([(1, "advance", None, 1, 10, 1), (1, "advance", 1, 2, 20, 2)])
    assert reduce_log(log, 15).frontier.tolist() == [1]
    assert reduce_log(log, 25).frontier.tolist() == [2]
    assert reduce_log(log, 15).frontier.tolist() == [1]
    assert reduce_log(log, 25, 20).frontier.tolist() == [1]
    assert reduce_log(log, 25) is reduce_log(log, 25)
