"""The verdict: which rate is the lowest, how sure that is, and when nothing may be said."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soloflow.insights.beta import Beta, belief, matched, prob_lowest, product
from soloflow.insights.estimate import Within
from soloflow.insights.leak import StageEvidence, leak, ranked


def evidence(stage, rate, n, *, lower_bound=False, lost=None, yen=0):
    advanced = 0 if rate is None else round(rate * n)
    within = Within(
        n,
        rate,
        None if rate is None else 1 - rate,
        0.0,
        0.1,
        float(n if rate is not None else 0),
        0.0,
        1.0,
        lower_bound,
    )
    return StageEvidence(stage, within, advanced, n - advanced if lost is None else lost, yen)


def four(*rates, n=100):
    return [evidence(k, rate, n) for k, rate in enumerate(rates, 1)]


def test_a_clearly_lowest_rate_is_named_as_sure():
    verdict = ranked(four(0.8, 0.8, 0.2, 0.8)).verdict
    assert (verdict.stage, verdict.words, verdict.needed) == (3, "確か", None)


def test_a_rate_that_is_probably_the_lowest_is_named_as_probable():
    ranking = ranked(four(0.60, 0.60, 0.49, 0.75))
    assert 0.80 <= ranking.prob_lowest_rate[2] < 0.95
    assert (ranking.verdict.stage, ranking.verdict.words) == (3, "たぶん")


def test_rates_that_are_alike_give_no_stage_but_both_candidates_and_what_would_tell():
    verdict = ranked(four(0.55, 0.9, 0.5, 0.9)).verdict
    assert (verdict.stage, verdict.words, verdict.candidates) == (None, "まだ区別できない", (3, 1))
    assert verdict.needed is not None
    assert verdict.needed.prospects is not None
    assert verdict.needed.prospects > 0


def test_equal_rates_cannot_be_told_apart_in_the_foreseeable_future():
    verdict = ranked(four(0.5, 0.5, 0.5, 0.5)).verdict
    assert verdict.needed is not None
    assert verdict.needed.prospects is None


@pytest.mark.parametrize(
    "thin", [evidence(3, 0.0, 9), evidence(3, 0.1, 100, lower_bound=True)], ids=["few", "watched too shortly"]
)
def test_no_verdict_while_a_candidate_is_thin(thin):
    verdict = ranked([evidence(1, 0.9, 100), evidence(2, 0.9, 100), thin, evidence(4, 0.9, 100)]).verdict
    assert verdict.stage is None
    assert 3 in verdict.candidates


@pytest.mark.parametrize("rates", [(0.9, 0.9000000000000001), (0.9000000000000001, 0.9)])
def test_of_two_equal_second_candidates_the_earlier_counts_whatever_rounding_says(rates):
    thin, fit = evidence(3, rates[0], 10, lower_bound=True), evidence(4, rates[1], 10)
    verdict = ranked([evidence(1, 0.95, 20), evidence(2, 0.45, 20), thin, fit]).verdict
    assert (verdict.stage, verdict.candidates) == (None, (2, 3))


def test_most_lost_by_count_and_lowest_rate_may_be_different_stages():
    ranking = ranked([evidence(1, 0.6, 1000), evidence(2, 0.2, 100), evidence(3, 0.9, 50), evidence(4, 0.9, 50)])
    assert ranking.most_lost_stage == 1
    assert ranking.verdict.stage == 2


def test_nobody_lost_means_no_stage_where_most_are_lost():
    assert ranked([evidence(k, 1.0, 20) for k in range(1, 5)]).most_lost_stage is None


def test_the_leak_is_counted_in_orders_per_hundred():
    found = leak(four(0.5, 0.5, 0.5, 0.4), (0.5, 0.6, 0.5, 0.8))
    assert found.orders_per_100 == pytest.approx(5.0)
    assert found.mass_per_100 == pytest.approx((50.0, 25.0, 12.5, 7.5))
    assert found.rescue10_per_100 == pytest.approx((0.5, 0.5, 0.5, 0.75))
    assert found.to_benchmark_per_100 == pytest.approx((0.0, 1.0, 0.0, 5.0))
    assert found.orders_per_100_interval.lo < 5 < found.orders_per_100_interval.hi


def test_an_unknown_rate_leaves_the_product_unknown_but_not_what_comes_before():
    found = leak(four(0.5, None, 0.5, 0.4), (0.5, 0.5, 0.5, 0.4))
    assert found.orders_per_100 is None
    assert found.mass_per_100 == (pytest.approx(50.0), None, None, None)
    assert found.to_benchmark_per_100 == (None, None, None, None)


def test_two_equal_beliefs_are_each_the_lowest_half_of_the_time():
    assert prob_lowest([Beta(3, 5), Beta(3, 5)]) == pytest.approx((0.5, 0.5), abs=1e-3)


def test_the_chance_of_being_lower_equals_the_closed_form():
    # P(X < Y) for X ~ Beta(1, 3), Y ~ Beta(2, 1): 1 - E[F_Y(X)] = 1 - E[X^2] = 1 - 1·2/(4·5)
    assert prob_lowest([Beta(1, 3), Beta(2, 1)])[0] == pytest.approx(1 - 0.1, abs=1e-3)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 50_000)), min_size=4, max_size=4))
def test_the_probabilities_of_being_lowest_add_up_to_one(pairs):
    probabilities = prob_lowest([belief(rate, n_eff) for rate, n_eff in pairs])
    assert math.fsum(probabilities) == pytest.approx(1.0, abs=4e-3)
    assert all(0 <= probability <= 1 for probability in probabilities)


def test_a_product_of_one_belief_is_that_belief():
    result = product([Beta(5, 15)])
    assert result.mean == pytest.approx(0.25)
    assert result == matched(0.25, Beta(5, 15).second_moment - 0.0625)
