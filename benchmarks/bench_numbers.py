"""Promise: every figure of 300 prospects within 30 ms, of 10,000 within 150 ms, of 100,000 with 700,000 entries within 2 s, and
at least twenty times sooner than with pandas and lifelines.

The peer counts what it can of the same figures the way an analyst would, pandas for the log and lifelines for the estimates, on
the log of 10,000 prospects in the same run: who advanced, was lost or is open at each step, the probability of advancing within
90, 180 and 365 days and from the first step to the order, the median of the stays at each stage, the quarters. Ours is
the time for all figures, with those that lifelines does not know: intervals, verdict, levers, returns.

Beside the clock stands the time of the thread itself, which other programs on the same machine do not lengthen as much.
"""

import random
import statistics
import time
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pandas as pd
from lifelines import AalenJohansenFitter, KaplanMeierFitter

from soloflow.insights.log import DAY_US, Log, log_from_rows
from soloflow.insights.numbers import Numbers, compute

NOW_US = 1_790_000_000_000_000
TOKYO = ZoneInfo("Asia/Tokyo")
SIZES = ((300, 1_000, 30), (10_000, 50_000, 150), (100_000, 700_000, 2_000))
"""Prospects, entries, and the goal in milliseconds for reading the rows and counting."""
RUNS = 5
GOAL = 20
PEER = 10_000
LOST, RECYCLED = "lose", "recycle"
Row = tuple[int, str, int | None, int | None, int, int]


def walk(prospects: int, entries: int, chance: random.Random) -> list[Row]:
    """A log of so many prospects and entries over some three years; some stay for one entry, some go all the way."""
    rows: list[Row] = []
    eagerness = [chance.expovariate(1) for _prospect in range(prospects)]
    more = Counter(chance.choices(range(prospects), eagerness, k=entries - prospects))
    for prospect in range(prospects):
        at = NOW_US - chance.randrange(60 * DAY_US, 1_100 * DAY_US)
        rows.append((prospect, "enter", None, 1, at, len(rows)))
        stage, is_away = 1, False
        for _step in range(more[prospect]):
            at += chance.randrange(DAY_US // 10, 50 * DAY_US)
            if is_away:
                kind, to_stage, is_away = "reactivate", stage, False
            elif stage < 9 and chance.random() < 0.6:
                kind, to_stage = "advance", stage + 1
            else:
                kind, to_stage, is_away = chance.choice((LOST, LOST, RECYCLED)), None, True
            rows.append((prospect, kind, stage, to_stage, at, len(rows)))
            stage = to_stage or stage
    return rows


class Took(NamedTuple):
    """Milliseconds: by the clock, and of this thread."""

    clock: float
    thread: float


def once(action: Callable[[], object]) -> Took:
    """How long one run takes."""
    clock, thread = time.perf_counter(), time.thread_time()
    action()
    return Took((time.perf_counter() - clock) * 1000, (time.thread_time() - thread) * 1000)


def median_ms(action: Callable[[], object]) -> Took:
    """The median of some runs; the first one warms up."""
    taken = [once(action) for _run in range(RUNS + 1)][1:]
    return Took(*(statistics.median(column) for column in zip(*taken, strict=True)))


def advancing(outcome: "pd.Series[int]", days: "pd.Series[float]", horizons: tuple[int, ...]) -> list[float]:
    """Probabilities of advancing within so many days."""
    fitter = AalenJohansenFitter(calculate_variance=True, seed=1)
    fitter.fit(days + 1e-9, outcome, event_of_interest=1)
    curve = fitter.cumulative_density_
    return [float(curve[curve.index <= horizon].iloc[-1, 0]) for horizon in horizons]


def stays_by_hand(log: pd.DataFrame) -> list[float]:
    """The median of the stays at each stage."""
    state = log["to"].where(log["to"].notna(), 0)
    begins = (state != state.shift()) | (log["prospect"] != log["prospect"].shift())
    runs = log[begins].assign(state=state[begins])
    ended = runs["prospect"].eq(runs["prospect"].shift(-1))
    days = (runs["at"].shift(-1).where(ended, NOW_US) - runs["at"]) / DAY_US
    return [
        float(KaplanMeierFitter().fit(days[runs["state"] == k], ended[runs["state"] == k]).median_survival_time_)
        for k in range(1, 10)
    ]


def by_hand(rows: list[Row]) -> dict[int, tuple[int, int, int, float]]:
    """Stage to (advanced, lost, open, probability of advancing within a year), with pandas and lifelines."""
    log = pd.DataFrame(rows, columns=["prospect", "kind", "from", "to", "at", "seq"])
    log = log[log["at"] <= NOW_US].sort_values(["prospect", "at", "seq"])
    forward = log[log["to"].notna()]
    first = {k: forward[forward["to"] >= k].groupby("prospect")["at"].min() for k in range(1, 10)}
    last = log.groupby("prospect").last()
    lost_at = last.loc[last["kind"] == LOST, "at"]
    found = {}
    stays_by_hand(log)
    for k in range(1, 9):
        began, onward = first[k], first[k + 1].reindex(first[k].index)
        gone = lost_at.reindex(began.index).where(onward.isna())
        outcome = onward.notna() * 1 + gone.notna() * 2
        days = (onward.fillna(gone).fillna(NOW_US) - began) / DAY_US
        counts = [int((outcome == one).sum()) for one in (1, 2, 0)]
        found[k] = (counts[0], counts[1], counts[2], advancing(outcome, days, (90, 180, 365))[-1])
        if k == 1:
            quarter = (
                pd.to_datetime(began, unit="us", utc=True).dt.tz_convert(TOKYO).dt.tz_localize(None).dt.to_period("Q")
            )
            for one in quarter.unique():
                advancing(outcome[quarter == one], days[quarter == one], (90,))
            ordered = first[5].reindex(began.index)
            gone = lost_at.reindex(began.index).where(ordered.isna())
            until = (ordered.fillna(gone).fillna(NOW_US) - began) / DAY_US
            advancing(ordered.notna() * 1 + gone.notna() * 2, until, (365,))
    return found


def agree(numbers: Numbers, peer: dict[int, tuple[int, int, int, float]]) -> None:
    """Both counted the same.

    :raises AssertionError: where they differ.
    """
    for step in numbers.stages:
        advanced, lost, still_open, within = peer[step.stage]
        assert (step.advanced, step.lost, step.open) == (advanced, lost, still_open), step.stage
        assert step.main.advance is not None
        assert abs(step.main.advance - within) < 1e-3, (step.stage, step.main.advance, within)


def main() -> None:
    """Measure, print medians and the ratio."""
    own, peer_rows = Took(0, 0), list[Row]()
    for prospects, entries, goal in SIZES:
        rows = walk(prospects, entries, random.Random(1))
        log: Log = log_from_rows(rows)
        reading = median_ms(partial(log_from_rows, rows))
        counting = median_ms(
            lambda log=log: compute(replace(log), NOW_US, TOKYO)
        )  # another log, of which nothing is known
        both = Took(reading.clock + counting.clock, reading.thread + counting.thread)
        print(
            f"{prospects:>7,} prospects, {len(rows):>7,} entries: {both.clock:7.1f} ms (thread {both.thread:7.1f}:"
            f" rows {reading.thread:6.1f}, figures {counting.thread:6.1f}); goal ≤ {goal} ms; ×{both.clock / goal:.2f}"
        )
        if prospects == PEER:
            own, peer_rows = both, rows
    found: dict[int, tuple[int, int, int, float]] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # lifelines tells that it moves ties apart
        peer = once(lambda: found.update(by_hand(peer_rows)))
    agree(compute(log_from_rows(peer_rows), NOW_US, TOKYO), found)
    print(
        f"pandas and lifelines, {PEER:,} prospects: {peer.clock:.0f} ms (thread {peer.thread:.0f});"
        f" ours is {peer.clock / own.clock:.0f} times as fast (thread {peer.thread / own.thread:.0f}); goal ≥ {GOAL}"
    )


if __name__ == "__main__":
    main()
