"""The interval of a year's orders: moments of a sum whose parts share their later steps."""

import numpy as np
import pytest

from soloflow.insights.beta import Beta, product
from soloflow.insights.levers import orders_interval

BELIEFS = (Beta(30, 20), Beta(12, 9), Beta(25, 25), Beta(8, 3))


def test_entries_at_the_first_stage_alone_are_the_product_of_the_rates() -> None:
    found, whole = orders_interval((100, 0, 0, 0), BELIEFS), product(BELIEFS)
    assert (found.mean, found.lo, found.hi) == pytest.approx((100 * whole.mean, 100 * whole.lo, 100 * whole.hi))


def test_mean_and_spread_are_those_of_the_sum_itself() -> None:
    random = np.random.default_rng(7)
    rates = [random.beta(one.a, one.b, 400_000) for one in BELIEFS]
    entries = (80, 10, 25, 4)
    drawn = sum(n * np.prod(rates[e:], axis=0) for e, n in enumerate(entries))
    found = orders_interval(entries, BELIEFS)
    assert found.mean == pytest.approx(drawn.mean(), rel=5e-3)
    # The Beta with the same two moments is a little less skewed than the sum.
    assert (found.lo, found.hi) == pytest.approx(np.quantile(drawn, (0.025, 0.975)), rel=0.05)


def test_without_entries_there_are_no_orders() -> None:
    assert orders_interval((0, 0, 0, 0), BELIEFS).hi == 0
