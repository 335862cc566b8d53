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


@dataclass(frozen=True, slots=True, eq=False)
class _Steps:
    """Where a curve rises, and how high it stands before the first rise and after each."""

    time_us: Ints
    height: Floats

    def up_to(self, instants_us: Ints) -> Ints:
        """How many rises there are until each instant, itself included."""
        return np.searchsorted(self.time_us, instants_us, side="right")


def _from_stage(reduced: Reduced, k: int, days: float) -> float:
    """For everybody open at k: to go on after what was waited already, and from there to the order, both within the days."""
    records = stage_records(reduced, k)
    estimate = curve(records)
    step = _steps(estimate)
    onward = _steps(curve(stage_records(reduced, k + 1, ORDER))) if k + 1 < ORDER else None
    waited, counts = np.unique(records.duration_us[records.outcome == OPEN], return_counts=True)
    limit = horizon_us(days)
    first, last = step.up_to(waited), step.up_to(waited + limit)
    survived = np.concatenate(([1.0], estimate.survival))[np.searchsorted(estimate.time_us, waited, side="right")]
    may = (last > first) & (survived > 0)
    waited, first, last = waited[may], first[may], last[may]
    if onward is None:
        reached: Floats = step.height[last] - step.height[first]
    else:
        reached = _both(step, onward, waited + limit, first, last, limit)
    return float(np.sum(counts[may] * reached / survived[may]))


def _steps(estimate: Curve) -> _Steps:
    height = np.concatenate(([0.0], estimate.cumulative))
    rises = np.flatnonzero(height[1:] > height[:-1])
    return _Steps(estimate.time_us[rises], np.concatenate(([0.0], estimate.cumulative[rises])))


def _both(step: _Steps, onward: _Steps, until_us: Ints, first: Ints, last: Ints, limit: int) -> Floats:
    """For each one the chance to take the step between rises `first` and `last` and then the way onward up to `until_us`.

    It is a sum over two times, and the same whichever of the two is gone through: the one that rises less often.
    """
    rises = np.diff(step.height)
    on_us = onward.time_us[: onward.up_to(np.array([limit]))[0]][::-1]  # so that what is looked up ascends
    on_rises = np.diff(onward.height)[: len(on_us)][::-1]
    found = np.empty(len(until_us))
    for place, (until, low, high) in enumerate(zip(until_us.tolist(), first.tolist(), last.tolist(), strict=True)):
        if high - low <= len(on_us):
            reached = onward.height[onward.time_us.searchsorted(until - step.time_us[low:high], side="right")]
            found[place] = rises[low:high] @ reached
        else:
            taken = step.height[low + step.time_us[low:high].searchsorted(until - on_us, side="right")]
            found[place] = on_rises @ (taken - step.height[low])
    return found


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
