"""What the log says at an instant: entry stage, frontier, standing, and one record per stage passed through (L3-L6)."""

from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from soloflow.domain.stages import FIRST, LAST
from soloflow.insights.log import LOSE, RECYCLE, Bools, Ints, Log, is_forward, only

OPEN: Final = 0
ADVANCED: Final = 1
LOST: Final = 2
ACTIVE_NOW: Final = 0
NURTURE_NOW: Final = 1
LOST_NOW: Final = 2


@dataclass(frozen=True, slots=True, eq=False)
class StageRecords:
    """Everybody who was at risk of one step: index of the prospect, duration in microseconds, outcome."""

    row: Ints
    """Row of `Reduced`, one per prospect with a stage."""
    duration_us: Ints
    outcome: NDArray[np.int8]
    """OPEN, ADVANCED or LOST."""

    def __len__(self) -> int:
        return len(self.row)

    def count(self, outcome: int) -> int:
        """How many ended so."""
        return int(np.count_nonzero(self.outcome == outcome))

    def where(self, chosen: Bools) -> "StageRecords":
        """The part of the records that is chosen."""
        return StageRecords(self.row[chosen], self.duration_us[chosen], self.outcome[chosen])


@dataclass(frozen=True, slots=True, eq=False)
class Reduced:
    """One row per prospect with a stage, as of an instant."""

    as_of_us: int
    entries: int
    prospect: Ints
    """Index into the log's ids."""
    entry_stage: Ints
    frontier: Ints
    last_stage: Ints
    standing: NDArray[np.int8]
    """ACTIVE_NOW, NURTURE_NOW or LOST_NOW."""
    lost_at_us: Ints
    """Start of the trailing run of losses; meaningful only where the standing is LOST_NOW."""
    first_us: Ints
    """First instant at a stage >= k in column k - 1; meaningful only up to the frontier."""
    used: "Used"

    def __len__(self) -> int:
        return len(self.prospect)


@dataclass(frozen=True, slots=True, eq=False)
class Used:
    """The entries that count, in order, from each prospect's first stage on."""

    row: Ints
    kind: NDArray[np.int8]
    to_stage: NDArray[np.int16]
    at_us: Ints


_REDUCED: Final[WeakKeyDictionary[Log, Reduced]] = WeakKeyDictionary()


def reduce_log(log: Log, as_of_us: int, before_us: int | None = None) -> Reduced:
    """The log as of an instant; with `before_us` only entries earlier than that are read.

    Every answer begins with it, so the last one is kept as long as its log is; it is not to be altered.
    """
    if before_us is not None:
        return _reduced(log, as_of_us, before_us)
    known = _REDUCED.get(log)
    if known is None or known.as_of_us != as_of_us:
        known = _REDUCED[log] = _reduced(log, as_of_us)
    return known


def _reduced(log: Log, as_of_us: int, before_us: int | None = None) -> Reduced:
    kept = log.at_us <= as_of_us
    if before_us is not None:
        kept &= log.at_us < before_us
    entries = int(np.count_nonzero(kept))
    used, prospect = _from_first_stage(log, kept)
    count = len(prospect)
    forward = is_forward(used.kind)
    starts, ends = _bounds(used.row, count)
    positions = np.arange(len(used.row))
    stage = np.where(forward, used.to_stage, 0).astype(np.int64)
    first_us = np.zeros((count, LAST), dtype=np.int64)
    last_kind = used.kind[ends - 1]
    if not count:
        empty = np.zeros(0, dtype=np.int64)
        return Reduced(as_of_us, entries, prospect, empty, empty, empty, empty.astype(np.int8), empty, first_us, used)
    for k in range(FIRST, LAST + 1):
        reached = np.minimum.reduceat(np.where(stage >= k, positions, len(positions) - 1), starts)
        first_us[:, k - 1] = used.at_us[reached]
    last_forward = np.maximum.reduceat(np.where(forward, positions, -1), starts)
    before_losses = np.maximum.reduceat(np.where(used.kind != LOSE, positions, -1), starts)
    lost_at = used.at_us[np.minimum(before_losses + 1, ends - 1)]
    standing = np.select([last_kind == LOSE, last_kind == RECYCLE], [LOST_NOW, NURTURE_NOW], ACTIVE_NOW).astype(np.int8)
    frontier = np.maximum.reduceat(stage, starts)
    return Reduced(
        as_of_us, entries, prospect, stage[starts], frontier, stage[last_forward], standing, lost_at, first_us, used
    )


def entered_since(log: Log, as_of_us: int, since_us: int) -> Log:
    """The whole log of the prospects whose first stage dates from `since_us` on; nobody is cut in the middle."""
    reduced = reduce_log(log, as_of_us)
    entered_us = reduced.first_us[np.arange(len(reduced)), reduced.entry_stage - 1]
    kept = np.zeros(len(log.ids), dtype=bool)
    kept[reduced.prospect[entered_us >= since_us]] = True
    return only(log, kept)


def stage_records(reduced: Reduced, k: int, target: int | None = None) -> StageRecords:
    """The records of step k (L6), or of the composite from k to `target`."""
    goal = k + 1 if target is None else target
    rows = np.flatnonzero((reduced.entry_stage <= k) & (reduced.frontier >= k))
    return _records(reduced, rows, reduced.first_us[rows, k - 1], goal)


def records_from_entry(reduced: Reduced, rows: Ints, target: int) -> StageRecords:
    """The records of the chosen rows from each one's own entry stage to `target`."""
    return _records(reduced, rows, reduced.first_us[rows, reduced.entry_stage[rows] - 1], target)


def _records(reduced: Reduced, rows: Ints, began_us: Ints, goal: int) -> StageRecords:
    advanced = reduced.frontier[rows] >= goal
    lost = ~advanced & (reduced.standing[rows] == LOST_NOW)
    ended_us = np.select(
        [advanced, lost], [reduced.first_us[rows, goal - 1], reduced.lost_at_us[rows]], reduced.as_of_us
    )
    outcome = np.select([advanced, lost], [ADVANCED, LOST], OPEN).astype(np.int8)
    return StageRecords(rows, ended_us - began_us, outcome)


def _from_first_stage(log: Log, kept: Bools) -> tuple[Used, Ints]:
    """Drops what comes before a prospect's first stage, and prospects that never had one (名簿)."""
    prospect, kind = log.prospect[kept], log.kind[kept]
    forward = is_forward(kind)
    seen_stage = np.cumsum(forward)
    new = np.ones(len(prospect), dtype=bool)
    new[1:] = prospect[1:] != prospect[:-1]
    group = np.cumsum(new) - 1
    seen_before: Ints = (seen_stage - forward)[new]
    counts = seen_stage > seen_before[group] if len(group) else np.zeros(0, dtype=bool)
    who, row = np.unique(prospect[counts], return_inverse=True)
    return Used(row.astype(np.int64), kind[counts], log.to_stage[kept][counts], log.at_us[kept][counts]), who.astype(
        np.int64
    )


def _bounds(row: Ints, count: int) -> tuple[Ints, Ints]:
    starts = np.searchsorted(row, np.arange(count))
    ends = np.append(starts[1:], len(row)) if count else starts
    return starts, ends.astype(np.int64)
