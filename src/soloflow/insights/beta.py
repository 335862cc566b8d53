"""What is believed about a rate: Beta distributions, compared by quadrature, without random numbers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from soloflow.insights.log import Floats

_NODES, _MANY_NODES, _SHARP = 200, 400, 25_000
"""Nodes of the quadrature, and how many from so much evidence on: beside a rate nobody knows, a sharp one is a step between
two nodes, and 200 of them would err by .003 at 700,000 prospects."""
_TOLERANCE: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Beta:
    """A Beta distribution."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        """Its mean."""
        return self.a / (self.a + self.b)

    @property
    def second_moment(self) -> float:
        """The mean of its square."""
        total = self.a + self.b
        return self.a * (self.a + 1) / (total * (total + 1))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its 95 % interval."""

    mean: float
    lo: float
    hi: float


def belief(rate: float | None, n_eff: float, factor: float = 1.0) -> Beta:
    """Beta(1 + n_eff·p, 1 + n_eff·(1 - p)), with the evidence multiplied by `factor`; uniform where nothing is known."""
    if rate is None:
        return Beta(1.0, 1.0)
    return Beta(1 + factor * n_eff * rate, 1 + factor * n_eff * (1 - rate))


@cache
def _quadrature(count: int) -> tuple[Floats, Floats]:
    """Nodes and weights of Gauss and Legendre on [0, 1]; costlier to find than to use."""
    nodes, weights = np.polynomial.legendre.leggauss(count)
    return (nodes + 1) / 2, weights / 2


def prob_lowest(beliefs: Sequence[Beta]) -> tuple[float, ...]:
    """For each, the probability that its true rate is the lowest, if they are independent (error below 1e-3)."""
    return tuple(_prob_lowest(beliefs, k) for k in range(len(beliefs)))


def one_is_lowest(beliefs: Sequence[Beta], level: float, likeliest_first: Sequence[int]) -> bool:
    """Whether one of them is the lowest with a probability of at least `level`; all are looked at only where it is close."""
    left = 1.0
    for k in likeliest_first:
        if left < level - _TOLERANCE:  # together they are 1: what is left does not suffice for any other
            return False
        probability = _prob_lowest(beliefs, k)
        if probability >= level:
            return True
        left -= probability
    return False


def _prob_lowest(beliefs: Sequence[Beta], k: int) -> float:
    from scipy.special import betainc, betaincinv

    levels, weights = _quadrature(_MANY_NODES if max(one.a + one.b for one in beliefs) > _SHARP else _NODES)
    x = np.clip(betaincinv(beliefs[k].a, beliefs[k].b, levels), 0.0, 1.0)
    above: Floats = np.ones(len(levels))
    for other in (*beliefs[:k], *beliefs[k + 1 :]):
        above = above * betainc(other.b, other.a, 1 - x)
    return float(min(1.0, max(0.0, np.sum(weights * above))))


def product(beliefs: Sequence[Beta]) -> Estimate:
    """The product of independent rates: its first two moments, matched by a Beta."""
    mean = math.prod(one.mean for one in beliefs)
    return matched(mean, math.prod(one.second_moment for one in beliefs) - mean * mean)


def matched(mean: float, variance: float) -> Estimate:
    """The 95 % interval of the Beta with this mean and variance."""
    from scipy.special import betaincinv

    if variance <= 0 or not 0 < mean < 1:
        return Estimate(mean, mean, mean)
    size = mean * (1 - mean) / variance - 1
    a, b = mean * size, (1 - mean) * size
    return Estimate(mean, float(betaincinv(a, b, 0.025)), float(betaincinv(a, b, 0.975)))
