"""Promise: every figure of the log is there at once, and the time grows with the log and no faster.

The peer counts a part of the same figures (who advanced, was lost or is open at each step, the probability of advancing
within a year, the median stay) the way an analyst would: pandas for the log, lifelines for the estimates, on the log of
10,000 prospects in the same run.
"""

import random
import statistics
import time
import warnings
from collections import Counter
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pandas as pd
from lifelines import AalenJohansenFitter, KaplanMeierFitter

from soloflow.insights.log import DAY_US, Log, log_from_rows
from soloflow.insights.numbers import Numbers, compute

NOW_US = 1_790_000_000_000_000
TOKYO = ZoneInfo("Asia/Tokyo")
SIZES = ((300, 1_000), (10_000, 50_000), (100_000, 700_000))
RUNS = 5
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


def median_ms(action: Callable[[], object]) -> float:
    """Milliseconds of an action, the median of some runs; the first one warms up."""
    taken = []
    for _run in range(RUNS + 1):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken[1:])


def by_hand(rows: list[Row]) -> dict[int, tuple[int, int, int, float]]:
    """Stage to (advanced, lost, open, probability of advancing within a year), with pandas and lifelines."""
    log = pd.DataFrame(rows, columns=["prospect", "kind", "from", "to", "at", "seq"])
    log = log[log["at"] <= NOW_US].sort_values(["prospect", "at", "seq"])
    forward = log[log["to"].notna()]
    first = {k: forward[forward["to"] >= k].groupby("prospect")["at"].min() for k in range(1, 10)}
    last = log.groupby("prospect").last()
    lost_at = last.loc[last["kind"] == LOST, "at"]
    found = {}
    for k in range(1, 9):
        began, onward = first[k], first[k + 1].reindex(first[k].index)
        gone = lost_at.reindex(began.index).where(onward.isna())
        outcome = onward.notna() * 1 + gone.notna() * 2
        days = (onward.fillna(gone).fillna(NOW_US) - began) / DAY_US
        counts = [int((outcome == one).sum()) for one in (1, 2, 0)]
        fitter = AalenJohansenFitter(calculate_variance=True, seed=1)
        fitter.fit(days + 1e-9, outcome, event_of_interest=1)
        curve = fitter.cumulative_density_
        within = float(curve[curve.index <= 365].iloc[-1, 0])
        KaplanMeierFitter().fit(days, outcome > 0)
        found[k] = (counts[0], counts[1], counts[2], within)
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
    own_at_peer = 0.0
    peer_rows: list[Row] = []
    for prospects, entries in SIZES:
        rows = walk(prospects, entries, random.Random(1))
        log: Log = log_from_rows(rows)
        reading = median_ms(lambda rows=rows: log_from_rows(rows))
        counting = median_ms(lambda log=log: compute(log, NOW_US, TOKYO))
        print(
            f"{prospects:>7,} prospects, {len(rows):>7,} entries: reading {reading:7.1f} ms, all figures {counting:7.1f} ms"
        )
        if prospects == PEER:
            own_at_peer, peer_rows = reading + counting, rows
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # lifelines tells that it moves ties apart
        start = time.perf_counter()
        found = by_hand(peer_rows)
        peer = (time.perf_counter() - start) * 1000
    agree(compute(log_from_rows(peer_rows), NOW_US, TOKYO), found)
    print(
        f"pandas and lifelines, {PEER:,} prospects, the rates only: {peer:.0f} ms; ours, all figures: ×{own_at_peer / peer:.3f}"
    )


if __name__ == "__main__":
    main()
