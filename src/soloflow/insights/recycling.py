"""What came of those who were lost or parked and came back."""

from dataclasses import dataclass

import numpy as np

from soloflow.domain.stages import ORDER
from soloflow.insights.log import DAY_US, Floats, Ints, is_forward
from soloflow.insights.reduction import Reduced

_ROOM_FOR_STAGES = 16


@dataclass(frozen=True, slots=True)
class Recycling:
    """Prospects ever lost or parked, and what became of them."""

    parked: int
    returned: int
    advanced_after_return: int
    ordered_after_return: int
    median_days_parked: float | None
    """Over all returns, from the first lose or recycle of the pause to the return."""


@dataclass(frozen=True, slots=True, eq=False)
class Pauses:
    """Rows of those ever lost or parked, of those who came back, and of what came of it; days of every pause that ended."""

    parked: Ints
    returned: Ints
    advanced: Ints
    ordered: Ints
    days: Floats


def pauses(reduced: Reduced) -> Pauses:
    """Who paused and who came back; "after" means after a prospect's first return."""
    used = reduced.used
    positions = np.arange(len(used.row))
    parked = ~is_forward(used.kind)
    was_parked = np.zeros(len(parked), dtype=bool)
    was_parked[1:] = parked[:-1]
    returns = return_entries(reduced)
    ever: Ints = np.unique(used.row[parked])
    if not len(returns):
        nobody = np.zeros(0, dtype=np.int64)
        return Pauses(ever, nobody, nobody, nobody, np.zeros(0))
    pause_began = np.maximum.accumulate(np.where(parked & ~was_parked, positions, 0))
    days = (used.at_us[returns] - used.at_us[pause_began[returns - 1]]) / DAY_US
    stage = np.where(parked, 0, used.to_stage).astype(np.int64)
    # Rows ascend, so one running maximum over row and stage together is the frontier so far of each row.
    frontier_so_far = np.maximum.accumulate(used.row * _ROOM_FOR_STAGES + stage) - used.row * _ROOM_FOR_STAGES
    rows, first = np.unique(used.row[returns], return_index=True)
    before = frontier_so_far[returns[first] - 1]
    after = reduced.frontier[rows]
    return Pauses(ever, rows, rows[after > before], rows[(before < ORDER) & (after >= ORDER)], days)


def return_entries(reduced: Reduced) -> Ints:
    """Places in `reduced.used` of the entries with which somebody came back."""
    used = reduced.used
    parked = ~is_forward(used.kind)
    again = parked[:-1] & ~parked[1:] & (used.row[1:] == used.row[:-1])
    return np.flatnonzero(again) + 1


def recycling(reduced: Reduced) -> Recycling:
    """Count returns and what came of them."""
    found = pauses(reduced)
    return Recycling(
        parked=len(found.parked),
        returned=len(found.returned),
        advanced_after_return=len(found.advanced),
        ordered_after_return=len(found.ordered),
        median_days_parked=float(np.median(found.days)) if len(found.days) else None,
    )
