"""What if: the two levers, more people in or a better rate, and how far one's own record says a rate can go."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final

import numpy as np

from soloflow.domain.stages import BENCHMARK, ORDER
from soloflow.insights.beta import Beta, matched
from soloflow.insights.cohorts import calendar_periods
from soloflow.insights.estimate import curve, within
from soloflow.insights.log import DAY_US
from soloflow.insights.reduction import Reduced, stage_records

_YEAR: Final = 365
_MORE_PEOPLE: Final = 1.2
_BETTER_RATE: Final = 0.05
_ENOUGH: Final = 20


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Orders a year from now's entries and rates, and with one lever moved. Position k - 1 is stage k."""

    entries_365d: tuple[int, ...]
    base_orders: float
    pool_x1_2: float
    rate_plus_5_points: tuple[float, ...]
    ceilings: tuple[float, ...]
    """The best yearly lower bound of one's own, else the benchmark: as far as a rate may be moved."""


def what_if(reduced: Reduced, rates: Sequence[float | None], benchmark: Sequence[float | None], zone: tzinfo) -> WhatIf:
    """The levers on stages 1 to 4; an unknown rate counts 0 here."""
    entries = entries_last_year(reduced)
    known = [rate or 0.0 for rate in rates]
    plus = tuple(
        orders(entries, [min(1.0, p + _BETTER_RATE) if j == k else p for j, p in enumerate(known)])
        for k in range(len(known))
    )
    ceilings = tuple(ceiling(reduced, k, benchmark[k - 1], zone) for k in range(1, ORDER))
    base = orders(entries, known)
    return WhatIf(entries, base, orders([_MORE_PEOPLE * n for n in entries], known), plus, ceilings)


def orders(entries: Sequence[float], rates: Sequence[float]) -> float:
    """Orders of so many entries by entry stage, each walking the steps that are left."""
    return math.fsum(n * math.prod(rates[e:]) for e, n in enumerate(entries))


def entries_last_year(reduced: Reduced) -> tuple[int, ...]:
    """Entries of the last 365 days by entry stage 1 to 4."""
    began_us = reduced.first_us[np.arange(len(reduced)), reduced.entry_stage - 1]
    recent = reduced.entry_stage[began_us > reduced.as_of_us - _YEAR * DAY_US]
    return tuple(int(np.count_nonzero(recent == e)) for e in range(1, ORDER))


@dataclass(frozen=True, slots=True)
class BestYear:
    """The calendar year whose rate is surely the highest: its 95 % lower bound, and what that rests on."""

    lo: float
    name: str
    n: int


def best_year(reduced: Reduced, k: int, zone: tzinfo) -> BestYear | None:
    """The calendar year with the highest lower bound among those with at least 20 prospects; None without one."""
    records = stage_records(reduced, k)
    years, where = calendar_periods(reduced.first_us[records.row, k - 1], zone, months=12)
    cohorts = ((name, records.where(where == position)) for position, name in enumerate(years))
    known = [BestYear(within(curve(one), _YEAR).lo, name, len(one)) for name, one in cohorts if len(one) >= _ENOUGH]
    return max(known, key=lambda one: one.lo, default=None)


def ceiling(reduced: Reduced, k: int, benchmark: float | None, zone: tzinfo) -> float:
    """The lower bound of one's own best year, else the benchmark (without one: the example's)."""
    best = best_year(reduced, k, zone)
    if best is not None:
        return best.lo
    return BENCHMARK[k - 1] if benchmark is None else benchmark


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders in a year with their 95 % interval, the entries taken as they are."""

    mean: float
    lo: float
    hi: float


def orders_interval(entries: Sequence[float], beliefs: Sequence[Beta]) -> Orders:
    """Entries by entry stage, each walking the steps that are left; the rates are independent beliefs.

    The sum shares its later steps, so its second moment is that of products of first and second moments; the interval is that of
    the Beta with the same two moments, scaled by the entries.
    """
    whole = math.fsum(entries)
    if not whole:
        return Orders(0.0, 0.0, 0.0)
    means = [one.mean for one in beliefs]
    squares = [one.second_moment for one in beliefs]
    mean = orders(entries, means)
    second = math.fsum(
        entries[e] * entries[f] * math.prod(means[min(e, f) : max(e, f)]) * math.prod(squares[max(e, f) :])
        for e in range(len(entries))
        for f in range(len(entries))
    )
    share = matched(mean / whole, (second - mean * mean) / (whole * whole))
    return Orders(mean, whole * share.lo, whole * share.hi)
