"""All figures of the log at an instant: the one result every screen, report and command reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from itertools import pairwise
from typing import Final

import numpy as np

from soloflow.domain.stages import BENCHMARK, FIRST, LAST, ORDER
from soloflow.insights.back_cast import BackCast, Target, back_cast
from soloflow.insights.change import Change, Question, change
from soloflow.insights.cohorts import Cohort, cohorts
from soloflow.insights.estimate import Share, Within, curve, decided_share, median_days_to_advance, within
from soloflow.insights.leak import Leak, Ranking, StageEvidence, leak, ranked
from soloflow.insights.levers import WhatIf, what_if
from soloflow.insights.log import Bools, Ints, Log
from soloflow.insights.recycling import Recycling, recycling
from soloflow.insights.reduction import (
    ACTIVE_NOW,
    ADVANCED,
    LOST,
    LOST_NOW,
    NURTURE_NOW,
    OPEN,
    Reduced,
    reduce_log,
    stage_records,
)
from soloflow.insights.sources import SourceRate, source_rates
from soloflow.insights.stays import Stays, TimeInStage, stays, time_in_stage

HORIZONS: Final = (90, 180, 365)
MAIN_HORIZON: Final = 365


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The article's table: who ever got where, and where everybody stands. Position k - 1 is stage k."""

    ever_reached: tuple[int, ...]
    entered_at: tuple[int, ...]
    active: tuple[int, ...]
    nurture: tuple[int, ...]
    lost: tuple[int, ...]
    """By the last stage an entry put them at."""
    lost_by_frontier: tuple[int, ...]
    naive_rate: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class StageNumbers:
    """One step from stage k to k + 1."""

    stage: int
    at_risk: int
    advanced: int
    lost: int
    open: int
    nurture: int
    """The part of `open` that is parked."""
    decided: Share
    within: dict[int, Within]
    """By horizon in days."""
    median_days_to_advance: float | None
    time_in_stage: TimeInStage

    @property
    def main(self) -> Within:
        """The main figure: within a year."""
        return self.within[MAIN_HORIZON]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Every figure, as of an instant."""

    as_of_us: int
    prospects: int
    entries: int
    future_entries: int
    """Entries later than `as_of`, which were left out."""
    snapshot: Snapshot
    stages: tuple[StageNumbers, ...]
    """Stages 1 to 8."""
    last_stage: TimeInStage
    cohorts: tuple[Cohort, ...]
    leak: Leak
    leak_after_order: Ranking
    direct_to_order: Within
    """From stage 1 to the order, counted directly and not as a product."""
    recycling: Recycling
    sources: tuple[SourceRate, ...]
    change: Change | None
    what_if: WhatIf
    back_cast: BackCast | None
    benchmark: tuple[float | None, ...]
    """Of stages 1 to 8; None where there is none to compare with."""


def compute(
    log: Log,
    as_of_us: int,
    zone: tzinfo,
    benchmark: Sequence[float | None] = BENCHMARK,
    *,
    question: Question | None = None,
    target: Target | None = None,
) -> Numbers:
    """All figures of the log as of an instant (microseconds UTC); calendar buckets are in `zone`.

    `question` asks whether a change helped, `target` how many contacts an aim takes; without them those parts are None.
    """
    reduced = reduce_log(log, as_of_us)
    all_stays = stays(reduced)
    steps = tuple(_step(reduced, all_stays, k) for k in range(FIRST, LAST))
    evidence = [_evidence(log, reduced, step) for step in steps]
    return Numbers(
        as_of_us=as_of_us,
        prospects=len(reduced),
        entries=reduced.entries,
        future_entries=len(log) - reduced.entries,
        snapshot=_snapshot(reduced),
        stages=steps,
        last_stage=time_in_stage(all_stays, LAST),
        cohorts=cohorts(reduced, zone),
        leak=leak(evidence[:4], benchmark[:4]),
        leak_after_order=ranked(evidence[4:]),
        direct_to_order=within(curve(stage_records(reduced, FIRST, ORDER)), MAIN_HORIZON),
        recycling=recycling(reduced),
        sources=source_rates(log, reduced),
        change=change(log, reduced, question) if question else None,
        what_if=what_if(reduced, [e.within.advance for e in evidence[:4]], benchmark, zone),
        back_cast=back_cast(reduced, target) if target else None,
        benchmark=tuple(benchmark),
    )


def _step(reduced: Reduced, all_stays: Stays, k: int) -> StageNumbers:
    records = stage_records(reduced, k)
    estimate = curve(records)
    advanced, lost, still_open = (records.count(outcome) for outcome in (ADVANCED, LOST, OPEN))
    parked = (records.outcome == OPEN) & (reduced.standing[records.row] == NURTURE_NOW)
    return StageNumbers(
        stage=k,
        at_risk=len(records),
        advanced=advanced,
        lost=lost,
        open=still_open,
        nurture=int(np.count_nonzero(parked)),
        decided=decided_share(advanced, lost),
        within={days: within(estimate, days) for days in HORIZONS},
        median_days_to_advance=median_days_to_advance(estimate, MAIN_HORIZON),
        time_in_stage=time_in_stage(all_stays, k),
    )


def _snapshot(reduced: Reduced) -> Snapshot:
    ever = tuple(int(np.count_nonzero(reduced.frontier >= k)) for k in range(FIRST, LAST + 1))
    standing = reduced.standing
    return Snapshot(
        ever_reached=ever,
        entered_at=_by_stage(reduced.entry_stage),
        active=_by_stage(reduced.last_stage, standing == ACTIVE_NOW),
        nurture=_by_stage(reduced.last_stage, standing == NURTURE_NOW),
        lost=_by_stage(reduced.last_stage, standing == LOST_NOW),
        lost_by_frontier=_by_stage(reduced.frontier, standing == LOST_NOW),
        naive_rate=tuple(b / a if a else None for a, b in pairwise(ever)),
    )


def _by_stage(stage: Ints, chosen: Bools | None = None) -> tuple[int, ...]:
    counted_stages = stage if chosen is None else stage[chosen]
    return tuple(int(n) for n in np.bincount(counted_stages, minlength=LAST + 1)[FIRST:])


def _evidence(log: Log, reduced: Reduced, step: StageNumbers) -> StageEvidence:
    lost_here = (reduced.standing == LOST_NOW) & (reduced.frontier == step.stage)
    yen = sum(log.facts[prospect].expected_yen or 0 for prospect in reduced.prospect[lost_here])
    return StageEvidence(step.stage, step.main, step.advanced, step.lost, yen)
