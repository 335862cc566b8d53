"""What happened between two instants: who came in, who went on, who was lost or parked, who came back."""

from dataclasses import dataclass

import numpy as np

from soloflow.domain.stages import FIRST, LAST
from soloflow.insights.log import LOSE, Bools, Ints
from soloflow.insights.months import arrived
from soloflow.insights.recycling import return_entries
from soloflow.insights.reduction import LOST_NOW, NURTURE_NOW, Reduced


@dataclass(frozen=True, slots=True, eq=False)
class Happened:
    """Rows of `Reduced`; somebody may be in several."""

    entered: Ints
    reached: dict[int, Ints]
    """By stage from 2 on, as `months.arrived` counts it."""
    lost: Ints
    """Lost in the span and still so as of the reduction."""
    parked: Ints
    """Parked in the span and still so."""
    returned: Ints


def happened(reduced: Reduced, since_us: int, until_us: int) -> Happened:
    """Everything in [since, until); microseconds UTC."""

    def inside(at_us: Ints) -> Bools:
        within: Bools = (at_us >= since_us) & (at_us < until_us)
        return within

    used, first_us = reduced.used, reduced.first_us
    entered_us = first_us[np.arange(len(reduced)), reduced.entry_stage - 1]
    returns = return_entries(reduced)
    parked_us = _last_began(reduced)
    return Happened(
        entered=np.flatnonzero(inside(entered_us)),
        reached={k: (rows := arrived(reduced, k))[inside(first_us[rows, k - 1])] for k in range(FIRST + 1, LAST + 1)},
        lost=np.flatnonzero((reduced.standing == LOST_NOW) & inside(reduced.lost_at_us)),
        parked=np.flatnonzero((reduced.standing == NURTURE_NOW) & inside(parked_us)),
        returned=np.unique(used.row[returns[inside(used.at_us[returns])]]),
    )


def _last_began(reduced: Reduced) -> Ints:
    """When everybody's last entry that is no loss was made: for the parked, when they were parked."""
    used = reduced.used
    began = np.zeros(len(reduced), dtype=np.int64)
    kept = used.kind != LOSE
    began[used.row[kept]] = used.at_us[kept]  # rows ascend in time, so the last one stays
    return began
