"""The same log through a coarser lens: rates from the first stage of one step to the first stage of the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from soloflow.domain.stages import LensStep
from soloflow.insights.estimate import Within, curve, within
from soloflow.insights.reduction import ADVANCED, LOST, OPEN, Reduced, stage_records


@dataclass(frozen=True, slots=True)
class LensRate:
    """From one lens step to the next."""

    code: str
    next_code: str
    at_risk: int
    advanced: int
    lost: int
    open: int
    within: Within


def lens_rates(reduced: Reduced, lens: Sequence[LensStep], days: float = 365) -> tuple[LensRate, ...]:
    """Composite rates of a lens, by the same rules as those of single stages."""
    rates = []
    for step, following in pairwise(lens):
        records = stage_records(reduced, step.first, following.first)
        advanced, lost, still_open = (records.count(outcome) for outcome in (ADVANCED, LOST, OPEN))
        within_days = within(curve(records), days)
        rates.append(LensRate(step.code, following.code, len(records), advanced, lost, still_open, within_days))
    return tuple(rates)
