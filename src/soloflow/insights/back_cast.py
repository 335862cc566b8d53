"""Reckoned backwards: how many contacts it takes for so many orders by a day."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from soloflow.domain.stages import FIRST, ORDER
from soloflow.insights.beta import Beta, belief
from soloflow.insights.estimate import Curve, advance_at, curve, horizon_us, within
from soloflow.insights.log import Floats, Ints
from soloflow.insights.reduction import OPEN, Reduced, stage_records

_PERIOD: Final = 30
_ROUNDING: Final = 1e-9
_CAUTIOUS: Final = 0.8 - _ROUNDING
"""Chance that the cautious answer suffices. Often it is exactly .8 (4 of 5, 20 of 25), which rounding must not make less."""
_MOST_PER_PERIOD: Final = 100_000


@dataclass(frozen=True, slots=True)
class Target:
    """So many orders within so many days."""

    orders: int
    days: float


@dataclass(frozen=True, slots=True)
class BackCast:
    """Contacts needed per 30 days: on average, and so that about four times in five it is enough."""

    target_orders: int
    target_days: float
    contact_to_order: tuple[float | None, ...]
    """By period: the share of contacts made in its middle that order in time."""
    from_open_pipeline: float
    contacts_per_30d_mean: float | None
    contacts_per_30d_80pct: int | None
    n_eff: float


def back_cast(reduced: Reduced, target: Target) -> BackCast:
    """Contacts in the middle of each period, plus what the open prospects will bring by themselves."""
    periods = max(1, math.floor(target.days / _PERIOD))
    direct = curve(stage_records(reduced, FIRST, ORDER))
    shares = tuple(advance_at(direct, target.days - (i + 0.5) * _PERIOD) for i in range(periods))
    pipeline = open_pipeline(reduced, target.days)
    n_eff = within(direct, target.days).n_eff
    total = math.fsum(share or 0.0 for share in shares)
    cautious = None
    if direct.n:
        still_needed = target.orders - math.floor(pipeline + _ROUNDING)
        cautious = contacts_for(still_needed, periods, belief(total / periods, n_eff))
    mean = max(0.0, target.orders - pipeline) / total if total else None
    return BackCast(target.orders, target.days, shares, pipeline, mean, cautious, n_eff)


def open_pipeline(reduced: Reduced, days: float) -> float:
    """Orders to expect within so many days from those who are open before the order."""
    return math.fsum(_from_stage(reduced, k, days) for k in range(FIRST, ORDER))


def _from_stage(reduced: Reduced, k: int, days: float) -> float:
    records = stage_records(reduced, k)
    step = curve(records)
    onward = curve(stage_records(reduced, k + 1, ORDER)) if k + 1 < ORDER else None
    increments = np.diff(step.cumulative, prepend=0.0)
    waited, counts = np.unique(records.duration_us[records.outcome == OPEN], return_counts=True)
    limit = horizon_us(days)
    expected = 0.0
    for waited_us, count in zip(waited, counts, strict=True):
        first = int(np.searchsorted(step.time_us, waited_us, side="right"))
        last = int(np.searchsorted(step.time_us, waited_us + limit, side="right"))
        survived = step.survival[first - 1] if first else 1.0
        if last > first and survived > 0:
            left_us = limit - (step.time_us[first:last] - waited_us)
            expected += float(count * np.sum(increments[first:last] * _reaching(onward, left_us)) / survived)
    return expected


def _reaching(onward: Curve | None, left_us: Ints) -> Floats:
    """The share that goes on to the order in the time left; 1 where the next step is the order itself."""
    if onward is None:
        return np.ones(len(left_us))
    steps = np.searchsorted(onward.time_us, left_us, side="right")
    return np.concatenate(([0.0], onward.cumulative))[steps]


def contacts_for(orders: int, periods: int, rate: Beta) -> int | None:
    """Smallest number per period with which P(BetaBinomial >= orders) is at least .8; None above 100,000, beyond all reason."""
    if orders <= 0:
        return 0
    low, high = 0, 1
    while _prob_at_least(orders, periods * high, rate) < _CAUTIOUS:
        if high == _MOST_PER_PERIOD:
            return None
        low, high = high, min(2 * high, _MOST_PER_PERIOD)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _prob_at_least(orders, periods * middle, rate) >= _CAUTIOUS else (middle, high)
    return high


def _prob_at_least(orders: int, trials: int, rate: Beta) -> float:
    from scipy.special import betaln, gammaln

    if trials < orders:
        return 0.0
    x = np.arange(orders)
    choose = gammaln(trials + 1) - gammaln(x + 1) - gammaln(trials - x + 1)
    fewer = np.exp(choose + betaln(x + rate.a, trials - x + rate.b) - betaln(rate.a, rate.b))
    return 1.0 - float(np.sum(fewer))
