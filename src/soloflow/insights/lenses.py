"""The same log through a coarser lens: rates from the first stage of one step to the first stage of the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from soloflow.domain.stages import LensStep
from soloflow.insights.estimate import Within, curve, within
from soloflow.insights.numbers import HORIZONS, MAIN_HORIZON
from soloflow.insights.reduction import ADVANCED, LOST, OPEN, Reduced, stage_records


@dataclass(frozen=True, slots=True)
class LensRate:
    """From one lens step to the next: everybody who was at the first stage of the step, or went through it."""

    code: str
    next_code: str
    first: int
    target: int
    """The first stage of the next step."""
    at_risk: int
    advanced: int
    lost: int
    open: int
    late: int
    """Came into the funnel at a later stage of the step: not at risk, because nobody saw them go through its beginning."""
    by_days: dict[int, Within]
    """By horizon in days."""

    @property
    def within(self) -> Within:
        """The main figure: within a year."""
        return self.by_days[MAIN_HORIZON]


def lens_rates(reduced: Reduced, lens: Sequence[LensStep]) -> tuple[LensRate, ...]:
    """Composite rates of a lens, by the same rules as those of single stages; one less than it has steps."""
    return tuple(_rate(reduced, step, following) for step, following in pairwise(lens))


def _rate(reduced: Reduced, step: LensStep, following: LensStep) -> LensRate:
    records = stage_records(reduced, step.first, following.first)
    estimate = curve(records)
    advanced, lost, still_open = (records.count(outcome) for outcome in (ADVANCED, LOST, OPEN))
    late = np.count_nonzero((reduced.entry_stage > step.first) & (reduced.entry_stage <= step.last))
    return LensRate(
        code=step.code,
        next_code=following.code,
        first=step.first,
        target=following.first,
        at_risk=len(records),
        advanced=advanced,
        lost=lost,
        open=still_open,
        late=int(late),
        by_days={days: within(estimate, days) for days in HORIZONS},
    )


def reached(reduced: Reduced, stage: int) -> int:
    """How many ever got to a stage or beyond it, wherever they began: the last step of a lens has counts only."""
    return int(np.count_nonzero(reduced.frontier >= stage))


def rates_of_arrivals(reduced: Reduced, first: int, target: int, since_us: int, until_us: int) -> dict[int, Within]:
    """The rate from `first` to `target` of those alone who came to `first` in [since, until), by horizon in days."""
    records = stage_records(reduced, first, target)
    came_us = reduced.first_us[records.row, first - 1]
    estimate = curve(records.where((came_us >= since_us) & (came_us < until_us)))
    return {days: within(estimate, days) for days in HORIZONS}
