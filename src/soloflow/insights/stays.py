"""How long prospects stay at a stage: one stay is a maximal run of being active there."""

from dataclasses import dataclass

import numpy as np

from soloflow.insights.estimate import Median, kaplan_meier_median
from soloflow.insights.log import Ints, is_forward
from soloflow.insights.reduction import Reduced


@dataclass(frozen=True, slots=True)
class TimeInStage:
    """Stays at one stage, how many of them ended, and the Kaplan-Meier median in days."""

    stays: int
    exits: int
    median: Median


@dataclass(frozen=True, slots=True, eq=False)
class Stays:
    """Every stay of every prospect; `ended` is 0 where the prospect is still there."""

    stage: Ints
    duration_us: Ints
    ended: Ints


def stays(reduced: Reduced) -> Stays:
    """All stays. The same stage again while active continues a stay, any exit ends it, length zero counts."""
    used = reduced.used
    state = np.where(is_forward(used.kind), used.to_stage, 0).astype(np.int64)
    begins = np.ones(len(state), dtype=bool)
    begins[1:] = (state[1:] != state[:-1]) | (used.row[1:] != used.row[:-1])
    at = np.flatnonzero(begins)
    ended = np.zeros(len(at), dtype=np.int64)
    ended[:-1] = used.row[at[1:]] == used.row[at[:-1]]
    end_us = np.full(len(at), reduced.as_of_us, dtype=np.int64)
    end_us[:-1] = np.where(ended[:-1] == 1, used.at_us[at[1:]], reduced.as_of_us)
    active = state[at] > 0
    return Stays(state[at][active], (end_us - used.at_us[at])[active], ended[active])


def time_in_stage(all_stays: Stays, stage: int) -> TimeInStage:
    """The stays at one stage."""
    here = all_stays.stage == stage
    ended = all_stays.ended[here]
    return TimeInStage(len(ended), int(ended.sum()), kaplan_meier_median(all_stays.duration_us[here], ended))
