"""Who is counted: every mark of a chart and every number of a table leads to the prospects behind it."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from soloflow.domain.stages import FIRST, LAST, ORDER
from soloflow.insights.log import Bools, Ints, Log
from soloflow.insights.months import arrived
from soloflow.insights.recycling import pauses
from soloflow.insights.reduction import Reduced, records_from_entry, reduce_log, stage_records

PARKED, RETURNED, ADVANCED_AFTER_RETURN, ORDERED_AFTER_RETURN = "parked", "returned", "advanced", "ordered"


@dataclass(frozen=True, slots=True)
class Who:
    """The prospects that a mark counts. What is not given chooses nobody out."""

    stage: int = FIRST
    """The step of which records are counted; 9: all who got there."""
    outcome: int | None = None
    """OPEN, ADVANCED or LOST of `reduction`."""
    target: int | None = None
    """The stage that counts as advanced; the next one unless given."""
    since_us: int | None = None
    """Only who came to the stage at or after this instant …"""
    until_us: int | None = None
    """… and before this one."""
    source: str | None = None
    """Only of this source, from each one's own first stage to the order."""
    origin: str | None = None
    """The same for a concrete source."""
    reason: str | None = None
    """Only who was lost for this reason; "" is none given."""
    reached: bool = False
    """Instead of records: everybody who ever got to the step or beyond it, wherever they began."""
    pause: str = ""
    """Instead of a step: PARKED, RETURNED, ADVANCED_AFTER_RETURN or ORDERED_AFTER_RETURN."""
    arrived: bool = False
    """Instead of records: who was put at the stage itself, as the counts of a month go (`months.arrived`)."""


def counted(log: Log, as_of_us: int, who: Who) -> list[Hashable]:
    """Ids of the prospects, in the order of the log."""
    reduced = reduce_log(log, as_of_us)
    return [log.ids[prospect] for prospect in reduced.prospect[_rows(log, reduced, who)]]


def _rows(log: Log, reduced: Reduced, who: Who) -> Ints:
    if who.pause:
        return _after_a_pause(reduced, who.pause)
    if who.arrived:
        rows = arrived(reduced, who.stage)
        return rows[_in_time(reduced.first_us[rows, who.stage - 1], who)]
    if who.source is not None or who.origin is not None:
        records = records_from_entry(reduced, _of_source(log, reduced, who), ORDER)
    elif who.reached or who.stage == LAST:
        return np.flatnonzero(reduced.frontier >= who.stage)
    else:
        records = stage_records(reduced, who.stage, who.target)
    chosen: Bools = np.ones(len(records), dtype=bool)
    if who.outcome is not None:
        chosen &= records.outcome == who.outcome
    if who.reason is not None:
        chosen &= _lost_for(log, reduced, records.row, who.reason)
    chosen &= _in_time(reduced.first_us[records.row, who.stage - 1], who)
    return records.row[chosen]


def _in_time(began_us: Ints, who: Who) -> Bools:
    inside: Bools = np.ones(len(began_us), dtype=bool)
    if who.since_us is not None:
        inside &= began_us >= who.since_us
    if who.until_us is not None:
        inside &= began_us < who.until_us
    return inside


def _of_source(log: Log, reduced: Reduced, who: Who) -> Ints:
    wanted = (who.source, None) if who.origin is None else (None, who.origin)
    facts = (log.facts[one] for one in reduced.prospect)
    named = ((one.source, None) if who.origin is None else (None, one.origin) for one in facts)
    mine = np.fromiter((name == wanted for name in named), dtype=bool, count=len(reduced))
    return np.flatnonzero(mine & (reduced.entry_stage < ORDER))


def _lost_for(log: Log, reduced: Reduced, rows: Ints, reason: str) -> Bools:
    named = (log.facts[one].loss_reason(reduced.as_of_us) for one in reduced.prospect[rows])
    return np.fromiter((one == reason for one in named), dtype=bool, count=len(rows))


def _after_a_pause(reduced: Reduced, pause: str) -> Ints:
    found = pauses(reduced)
    return {
        PARKED: found.parked, RETURNED: found.returned, ADVANCED_AFTER_RETURN: found.advanced, ORDERED_AFTER_RETURN: found.ordered
    }[pause]  # fmt: skip
