"""Estimators that respect those who are still open: Wilson, Aalen-Johansen, Kaplan-Meier.

Durations are whole microseconds while they are compared, so ties are exact; days are floats in the results. Rates are 0 to 1.

Sources: Wilson (1927) for shares; Aalen and Johansen (1978) for rates with a competing outcome, the variance after Marubini and
Valsecchi (1995); Kaplan and Meier (1958) for stays, the interval of the median after Brookmeyer and Crowley (1982).
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from soloflow.insights.log import DAY_US, Floats, Ints
from soloflow.insights.reduction import ADVANCED, LOST, OPEN, StageRecords

Z95: Final = 1.959963984540054
Z90: Final = 1.6448536269514722
_TINY_VARIANCE: Final = 1e-15
_ROUNDING: Final = 1e-12
_PART: Final = 1 / 64
"""Of a microsecond: more than a product of that size is off by, and less than matters."""


@dataclass(frozen=True, slots=True)
class Share:
    """A plain share of decided prospects with its Wilson interval; `rate` is None for 0/0."""

    rate: float | None
    lo: float
    hi: float


@dataclass(frozen=True, slots=True)
class Within:
    """What became of n prospects within a horizon: shares of 1, `se` and 95 % interval of `advance`, effective number of prospects."""

    n: int
    advance: float | None
    lost: float | None
    open: float | None
    se: float | None
    n_eff: float
    lo: float
    hi: float
    lower_bound: bool
    """Nobody has been watched for the whole horizon yet: read `advance` as "at least"."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Aalen-Johansen estimate at the distinct event times."""

    n: int
    time_us: Ints
    at_risk: Floats
    advanced: Floats
    lost: Floats
    survival_before: Floats
    survival: Floats
    cumulative: Floats
    cumulative_lost: Floats
    duration_us: Ints
    """All durations, ascending."""
    decided: int
    open_us: Ints
    """Durations of those still open, ascending."""


@dataclass(frozen=True, slots=True)
class Median:
    """A median in days with its 95 % interval; None where it is not reached."""

    median: float | None
    lo: float | None
    hi: float | None


def wilson(successes: float, n: float, z: float = Z95) -> tuple[float, float]:
    """Wilson interval of successes / n; n may be an effective number, 0 gives [0, 1]."""
    if n <= 0:
        return 0.0, 1.0
    p = successes / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(max(0.0, p * (1 - p)) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, min(p, centre - half)), min(1.0, max(p, centre + half))


def decided_share(advanced: int, lost: int) -> Share:
    """advanced / (advanced + lost) with Wilson's interval; never to be shown without the number still open."""
    n = advanced + lost
    if not n:
        return Share(None, 0.0, 1.0)
    lo, hi = wilson(advanced, n)
    return Share(advanced / n, 0.0 if not advanced else lo, 1.0 if advanced == n else hi)


def curve(records: StageRecords) -> Curve:
    """Aalen-Johansen with losing as the competing outcome; ties of advance and loss are used together."""
    duration = np.sort(records.duration_us)
    event = records.outcome != OPEN
    time, where = np.unique(records.duration_us[event], return_inverse=True)
    outcome = records.outcome[event]
    advanced = np.bincount(where[outcome == ADVANCED], minlength=len(time)).astype(float)
    lost = np.bincount(where[outcome == LOST], minlength=len(time)).astype(float)
    at_risk = (len(duration) - np.searchsorted(duration, time, side="left")).astype(float)
    survival = np.cumprod(1.0 - (advanced + lost) / at_risk)
    before = np.concatenate(([1.0], survival[:-1])) if len(time) else survival
    cumulative = np.cumsum(before * advanced / at_risk)
    cumulative_lost = np.cumsum(before * lost / at_risk)
    decided = int(np.count_nonzero(event))
    open_us = np.sort(records.duration_us[~event])
    return Curve(
        len(duration), time, at_risk, advanced, lost, before, survival, cumulative, cumulative_lost, duration,
        decided, open_us,
    )  # fmt: skip


def horizon_us(days: float) -> int:
    """A horizon in days as whole microseconds: the last that lies within it."""
    # Days that mean a whole number (.7, half the age of a change) may come out as a little less; who took exactly so long counts.
    return math.floor(days * DAY_US + _PART)


def advance_at(estimate: Curve, days: float) -> float | None:
    """The probability of advancing within so many days; None without anybody at risk."""
    if not estimate.n:
        return None
    steps = int(np.searchsorted(estimate.time_us, horizon_us(days), side="right"))
    return _clamped(float(estimate.cumulative[steps - 1])) if steps else 0.0


def within(estimate: Curve, days: float) -> Within:
    """The main figure: advance, lost and open within `days`, with a Wilson interval on the effective number."""
    if not estimate.n:
        return Within(0, None, None, None, None, 0.0, 0.0, 1.0, False)
    limit = horizon_us(days)
    steps = int(np.searchsorted(estimate.time_us, limit, side="right"))
    p = _clamped(float(estimate.cumulative[steps - 1])) if steps else 0.0
    lost = _clamped(float(estimate.cumulative_lost[steps - 1])) if steps else 0.0
    still = float(estimate.survival[steps - 1]) if steps else 1.0
    variance = _variance(estimate, steps)
    n_eff = _effective_number(estimate, limit, p, variance)
    lo, hi = wilson(p * n_eff, n_eff)
    lower_bound = bool(estimate.duration_us[-1] < limit and still > 0)
    return Within(
        estimate.n, p, lost, _clamped(still), math.sqrt(variance), n_eff,
        0.0 if p == 0 else min(lo, p), 1.0 if p == 1 else max(hi, p), lower_bound,
    )  # fmt: skip


def median_days_to_advance(estimate: Curve, days: float = 365) -> float | None:
    """First time by which half of those who advance within `days` have done so."""
    total = advance_at(estimate, days)
    if not total:
        return None
    reached = int(np.argmax(estimate.cumulative >= total / 2 - _ROUNDING))
    return float(estimate.time_us[reached] / DAY_US)


@dataclass(frozen=True, slots=True, eq=False)
class StayCurve:
    """Kaplan-Meier estimate of still being there after so long, at the distinct times at which somebody left."""

    time_us: Ints
    survival: Floats
    lower: Floats
    upper: Floats
    at_risk: Floats
    open_us: Ints
    """How long those who are still there have been, ascending."""


def kaplan_meier(duration_us: Ints, ended: Ints) -> StayCurve:
    """The curve of stays (`ended` 1, or 0 for still there) with its log-log band of 95 %."""
    time, counts = np.unique(duration_us[ended == 1], return_counts=True)
    ordered = np.sort(duration_us)
    at_risk = (len(ordered) - np.searchsorted(ordered, time, side="left")).astype(float)
    survival = np.cumprod(1.0 - counts / at_risk)
    lower, upper = _log_log_band(survival, counts, at_risk)
    return StayCurve(time, survival, lower, upper, at_risk, np.sort(duration_us[ended == 0]))


def kaplan_meier_median(duration_us: Ints, ended: Ints) -> Median:
    """Median time of stays, interval by inverting the log-log band."""
    found = kaplan_meier(duration_us, ended)
    return Median(*(_first_at_half(found.time_us, s) for s in (found.survival, found.lower, found.upper)))


def _log_log_band(survival: Floats, counts: Ints, at_risk: Floats) -> tuple[Floats, Floats]:
    """Pointwise 95 % band of a survival curve; S = 1 gives 1, S = 0 gives 0."""
    lower, upper = survival.copy(), survival.copy()
    inner = (survival > 0) & (survival < 1)
    left = np.where(at_risk > counts, at_risk - counts, 1.0)
    greenwood = np.cumsum(counts / (at_risk * left))[inner]
    spread = Z95 * np.sqrt(greenwood) / np.abs(np.log(survival[inner]))
    lower[inner] = survival[inner] ** np.exp(spread)
    upper[inner] = survival[inner] ** np.exp(-spread)
    return lower, upper


def _first_at_half(time_us: Ints, survival: Floats) -> float | None:
    reached = np.flatnonzero(survival <= 0.5 + _ROUNDING)
    return float(time_us[reached[0]] / DAY_US) if len(reached) else None


def _variance(estimate: Curve, steps: int) -> float:
    """Variance of AJ by the delta method (Marubini and Valsecchi, 1995)."""
    if not steps:
        return 0.0
    n, d1 = estimate.at_risk[:steps], estimate.advanced[:steps]
    d = d1 + estimate.lost[:steps]
    before = estimate.survival_before[:steps]
    rest = estimate.cumulative[steps - 1] - estimate.cumulative[:steps]
    # Where everybody at risk leaves, the curve cannot grow any more and `rest` is 0.
    left = np.where(n > d, n - d, 1.0)
    terms = rest**2 * d / (n * left) + before**2 * (n - d1) * d1 / n**3 - 2 * rest * before * d1 / n**2
    return max(0.0, float(np.sum(terms)))


def _effective_number(estimate: Curve, limit: int, p: float, variance: float) -> float:
    if 0 < p < 1 and variance > _TINY_VARIANCE:
        return min(float(estimate.n), p * (1 - p) / variance)
    watched_open = estimate.n - estimate.decided - int(np.searchsorted(estimate.open_us, limit, side="left"))
    return float(estimate.decided + watched_open)


def _clamped(p: float) -> float:
    if p < _ROUNDING:
        return 0.0
    return 1.0 if p > 1 - _ROUNDING else p
