"""The estimators beside independent references: statsmodels, lifelines, scipy, exact fractions, numerical integration."""

import math
import warnings
from fractions import Fraction
from itertools import pairwise
from statistics import NormalDist

import brute_force as brute
import numpy as np
import pytest
from scipy import integrate, stats
from scipy.special import betaln

from soloflow.insights.back_cast import contacts_for
from soloflow.insights.beta import Beta, belief, matched, prob_lowest, product
from soloflow.insights.change import Question, change, needed_per_group
from soloflow.insights.estimate import curve, decided_share, kaplan_meier, kaplan_meier_median, wilson, within
from soloflow.insights.log import DAY_US, log_from_rows
from soloflow.insights.reduction import StageRecords, reduce_log, stage_records
from soloflow.insights.sources import pooled

LETTERS = {0: "open", 1: "advanced", 2: "lost"}
SEEDS = range(5)


def untied(seed, n=120):
    random = np.random.default_rng(seed)
    days = random.permutation(np.arange(1, 40 * n))[:n].astype(float) / 4
    outcome = random.choice([0, 1, 2], size=n, p=[0.3, 0.45, 0.25]).astype(np.int8)
    return days, outcome, StageRecords(np.arange(n), (days * DAY_US).astype(np.int64), outcome)


def tied(seed, n=120):
    random = np.random.default_rng(100 + seed)
    days = random.choice([0, 0, 1, 7, 7, 30, 60, 90, 180, 365, 400], size=n)
    outcome = random.choice([0, 1, 2], size=n, p=[0.3, 0.45, 0.25]).astype(np.int8)
    return StageRecords(np.arange(n), days.astype(np.int64) * DAY_US, outcome)


# --- Aalen and Johansen ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", SEEDS)
def test_cumulative_incidence_equals_statsmodels(seed):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from statsmodels.duration.survfunc import CumIncidenceRight

        days, outcome, records = untied(seed)
        reference = CumIncidenceRight(days, outcome)
    estimate = curve(records)
    for horizon in (90, 180, 365, 900):
        steps = np.searchsorted(reference.times, horizon, side="right") - 1
        result = within(estimate, horizon)
        assert result.advance == pytest.approx(reference.cinc[0][steps], abs=1e-12)
        assert result.lost == pytest.approx(reference.cinc[1][steps], abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_cumulative_incidence_and_its_variance_equal_lifelines(seed):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lifelines import AalenJohansenFitter

        days, outcome, records = untied(seed)
        fitted = AalenJohansenFitter(calculate_variance=True).fit(days, outcome, event_of_interest=1)
    estimate = curve(records)
    for horizon in (90, 180, 365):
        at = fitted.cumulative_density_.index.searchsorted(horizon, side="right") - 1
        result = within(estimate, horizon)
        assert result.advance == pytest.approx(fitted.cumulative_density_.iloc[at, 0], abs=1e-12)
        assert result.se**2 == pytest.approx(fitted.variance_.iloc[at], rel=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_with_ties_and_passing_in_no_time_it_equals_exact_fractions(seed):
    records = tied(seed)
    rows = [
        (i, int(d), LETTERS[int(o)]) for i, (d, o) in enumerate(zip(records.duration_us, records.outcome, strict=True))
    ]
    for days in (0, 7, 90, 180, 365, 1000):
        advance, lost, still, variance = brute.aalen_johansen(rows, days * DAY_US)
        result = within(curve(records), days)
        assert result.advance == pytest.approx(float(advance), abs=1e-13)
        assert result.lost == pytest.approx(float(lost), abs=1e-13)
        assert result.open == pytest.approx(float(still), abs=1e-13)
        assert result.se**2 == pytest.approx(float(variance), rel=1e-9)


def test_a_small_log_with_ties_and_a_skip_reckoned_on_paper():
    """Step 2 of: a skips 1 to 4 (0 days), b advances, c is lost and d is still open after 10 days, e advances after 20."""
    rows = [
        ("a", "enter", None, 1, 0, 1), ("a", "skip", 1, 4, 5 * DAY_US, 2),
        ("b", "enter", None, 2, 0, 3), ("b", "advance", 2, 3, 10 * DAY_US, 4),
        ("c", "enter", None, 2, 0, 5), ("c", "lose", 2, None, 10 * DAY_US, 6),
        ("d", "enter", None, 2, 90 * DAY_US, 7),
        ("e", "enter", None, 2, 0, 8), ("e", "advance", 2, 3, 20 * DAY_US, 9),
    ]  # fmt: skip
    estimate = curve(stage_records(reduce_log(log_from_rows(rows), 100 * DAY_US), 2))
    # 0 days: 5 at risk, 1 advances. 10 days: 4 at risk, 1 advances, 1 is lost. 20 days: 1 at risk (d is no more), it advances.
    survival_at_10 = Fraction(4, 5) * (1 - Fraction(2, 4))
    by_10 = Fraction(1, 5) + Fraction(4, 5) * Fraction(1, 4)
    assert [within(estimate, h).advance for h in (0, 9, 10, 19, 20)] == pytest.approx(
        [float(p) for p in (Fraction(1, 5), Fraction(1, 5), by_10, by_10, by_10 + survival_at_10)]
    )
    assert within(estimate, 20).lost == pytest.approx(float(Fraction(4, 5) * Fraction(1, 4)))
    assert within(estimate, 10).open == pytest.approx(float(survival_at_10))


@pytest.mark.parametrize("seed", SEEDS)
def test_where_nobody_is_lost_it_is_one_minus_scipys_survival_with_greenwoods_variance(seed):
    records = tied(seed)
    ended = records.outcome != 0
    alone = StageRecords(records.row, records.duration_us, ended.astype(np.int8))
    reference = stats.ecdf(_censored(records.duration_us / DAY_US, ended)).sf
    for days in (0, 7, 60, 365):
        result = within(curve(alone), days)
        survival = float(reference.evaluate(days))
        assert result.advance == pytest.approx(1 - survival, abs=1e-12)
        steps = [(n, d) for u, n, d in zip(reference.quantiles, reference._n, reference._d, strict=True) if u <= days]
        greenwood = survival**2 * sum(d / (n * (n - d)) for n, d in steps if n > d)
        assert result.se**2 == pytest.approx(greenwood, rel=1e-9)


# --- Kaplan and Meier ------------------------------------------------------------------------------------------------
def _censored(days, ended):
    return stats.CensoredData(uncensored=days[ended], right=days[~ended])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("make", [lambda seed: untied(seed)[2], tied], ids=["untied", "tied"])
def test_the_curve_of_stays_and_its_band_equal_scipy(seed, make):
    records = make(seed)
    ended = records.outcome != 0
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # of the points without a band, which are compared with what the definition says
        reference = stats.ecdf(_censored(records.duration_us / DAY_US, ended)).sf
        band = reference.confidence_interval(0.95, method="log-log")
    found = kaplan_meier(records.duration_us, ended.astype(np.int64))
    days = found.time_us / DAY_US
    assert found.survival == pytest.approx(reference.evaluate(days), abs=1e-12)
    inner = (found.survival > 0) & (found.survival < 1)
    assert inner.any()
    assert found.lower[inner] == pytest.approx(band.low.evaluate(days)[inner], abs=1e-9)
    assert found.upper[inner] == pytest.approx(band.high.evaluate(days)[inner], abs=1e-9)
    assert (found.lower[~inner] == found.survival[~inner]).all()
    assert (found.upper[~inner] == found.survival[~inner]).all()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("make", [lambda seed: untied(seed)[2], tied], ids=["untied", "tied"])
def test_median_time_and_its_interval_equal_lifelines(seed, make):
    records = make(seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lifelines import KaplanMeierFitter
        from lifelines.utils import median_survival_times

        fitted = KaplanMeierFitter().fit(records.duration_us / DAY_US, records.outcome != 0)
        interval = median_survival_times(fitted.confidence_interval_).to_numpy()[0]
    result = kaplan_meier_median(records.duration_us, (records.outcome != 0).astype(np.int64))
    assert result.median == pytest.approx(fitted.median_survival_time_)
    assert (result.lo, result.hi) == pytest.approx(tuple(interval))


# --- Wilson and Newcombe ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("advanced", "n"), [(0, 1), (1, 1), (0, 30), (30, 30), (7, 10), (1, 300), (181, 300)])
def test_the_interval_of_a_decided_share_equals_scipy_and_statsmodels(advanced, n):
    from statsmodels.stats.proportion import proportion_confint

    share = decided_share(advanced, n - advanced)
    by_scipy = stats.binomtest(advanced, n).proportion_ci(0.95, method="wilson")
    assert (share.lo, share.hi) == pytest.approx((by_scipy.low, by_scipy.high), abs=1e-12)
    assert (share.lo, share.hi) == pytest.approx(proportion_confint(advanced, n, 0.05, method="wilson"), abs=1e-12)


def test_an_effective_number_need_not_be_whole():
    from statsmodels.stats.proportion import proportion_confint

    assert wilson(3.3, 12.7) == pytest.approx(proportion_confint(3.3, 12.7, 0.05, method="wilson"), abs=1e-12)


@pytest.mark.parametrize(("x0", "n0", "x1", "n1"), [(8, 40, 36, 40), (3, 12, 5, 9), (0, 15, 4, 15), (20, 20, 7, 10)])
def test_the_interval_of_a_difference_equals_statsmodels(x0, n0, x1, n1):
    from statsmodels.stats.proportion import confint_proportions_2indep

    rows = []
    for prefix, advanced, n, first in (("before", x0, n0, 0), ("after", x1, n1, 200)):
        for i in range(n):
            rows.append((f"{prefix}{i}", "enter", None, 1, first * DAY_US, len(rows)))
            kind, to = ("advance", 2) if i < advanced else ("lose", None)
            rows.append((f"{prefix}{i}", kind, 1, to, (first + 5) * DAY_US, len(rows)))
    log = log_from_rows(rows)
    found = change(log, reduce_log(log, 400 * DAY_US), Question(150 * DAY_US, 1))
    assert found is not None
    for alpha, interval in ((0.05, (found.lo, found.hi)), (0.1, (found.lo90, found.hi90))):
        wanted = confint_proportions_2indep(x1, n1, x0, n0, compare="diff", method="newcomb", alpha=alpha)
        assert interval == pytest.approx(wanted, abs=1e-9)
    assert found.difference == pytest.approx(x1 / n1 - x0 / n0)
    assert found.prob_improved == pytest.approx(
        _greater(Beta(1 + x1, 1 + n1 - x1), Beta(1 + x0, 1 + n0 - x0)), abs=1e-3
    )


def test_the_number_needed_gives_the_power_it_promises():
    p0, p1 = 0.3, 0.5
    n = needed_per_group(p0, p1)
    spread = math.sqrt((p0 * (1 - p0) + p1 * (1 - p1)) / n)
    power = NormalDist().cdf((p1 - p0) / spread - NormalDist().inv_cdf(0.95))
    assert power == pytest.approx(0.80, abs=1e-3)


# --- beliefs, by numerical integration -------------------------------------------------------------------------------
BELIEFS = [
    [Beta(1, 1), Beta(1, 1), Beta(1, 1), Beta(1, 1)],
    [Beta(61, 41), Beta(31, 31), Beta(16, 14), Beta(9, 12)],
    [Beta(1, 1), Beta(181.4, 119.6), Beta(1, 12), Beta(1.02, 1.3)],
    [Beta(6001, 4001), Beta(3001, 3051), Beta(1501, 1509), Beta(4, 5)],
    [Beta(1, 301), Beta(1, 201), Beta(2, 301), Beta(1, 1)],
    [Beta(301, 1), Beta(201, 1), Beta(301, 2), Beta(40, 3)],
]


def _pieces(beliefs):
    """Places between which the densities are smooth enough for an adaptive rule."""
    shapes = [stats.beta(one.a, one.b) for one in beliefs]
    return sorted({0.0, 1.0} | {float(s.ppf(q)) for s in shapes for q in (1e-9, 1e-4, 0.05, 0.5, 0.95, 1 - 1e-4, 1 - 1e-9)})  # fmt: skip


def _integral(function, pieces):
    return math.fsum(integrate.quad(function, lo, hi)[0] for lo, hi in pairwise(pieces) if hi > lo)


def _greater(one, other):
    """P(one > other)."""
    first, second = stats.beta(one.a, one.b), stats.beta(other.a, other.b)
    return _integral(lambda x: first.pdf(x) * second.cdf(x), _pieces([one, other]))


@pytest.mark.parametrize("beliefs", BELIEFS)
def test_the_chance_of_the_lowest_rate_equals_numerical_integration(beliefs):
    shapes = [stats.beta(one.a, one.b) for one in beliefs]
    found = prob_lowest(beliefs)
    for k, own in enumerate(shapes):
        others = shapes[:k] + shapes[k + 1 :]
        wanted = _integral(lambda x, own=own, o=others: own.pdf(x) * math.prod(s.sf(x) for s in o), _pieces(beliefs))
        assert found[k] == pytest.approx(wanted, abs=1e-3)


@pytest.mark.parametrize("n", [0, 1, 10, 1_000, 20_000, 100_000, 700_000])
def test_a_rate_known_sharply_beside_one_unknown_keeps_the_tolerance(n):
    """P(uniform < Y) is the mean of Y: an exact answer for any number of prospects."""
    for rate in np.linspace(0, 1, 101):
        sharp = belief(float(rate), n)
        assert prob_lowest([Beta(1, 1), sharp])[0] == pytest.approx(sharp.mean, abs=1e-3)
        assert prob_lowest([sharp, Beta(1, 1)])[0] == pytest.approx(1 - sharp.mean, abs=1e-3)


@pytest.mark.parametrize(("a", "b", "c", "d"), [(3, 5, 2, 7), (1, 1, 1, 1), (41, 21, 30, 30), (1, 40, 12, 2)])
def test_the_chance_of_an_improvement_equals_the_exact_sum_for_whole_counts(a, b, c, d):
    """P(Beta(c, d) > Beta(a, b)) as a finite sum (for whole c), in fractions."""

    def beta_function(x, y):
        return Fraction(math.factorial(x - 1) * math.factorial(y - 1), math.factorial(x + y - 1))

    exact = sum(
        beta_function(a + i, b + d) / ((d + i) * beta_function(1 + i, d) * beta_function(a, b)) for i in range(c)
    )
    assert prob_lowest([Beta(a, b), Beta(c, d)])[0] == pytest.approx(float(exact), abs=1e-3)


def test_the_interval_of_a_product_has_its_exact_moments_and_holds_95_percent():
    one, other = Beta(31, 21), Beta(9, 13)
    first, second = stats.beta(one.a, one.b), stats.beta(other.a, other.b)
    mean, square = (
        integrate.dblquad(lambda y, x, m=m: (x * y) ** m * first.pdf(x) * second.pdf(y), 0, 1, 0, 1)[0] for m in (1, 2)
    )
    found = product([one, other])
    assert found.mean == pytest.approx(mean, abs=1e-7)
    by_moments = matched(mean, square - mean**2)
    assert (found.lo, found.hi) == pytest.approx((by_moments.lo, by_moments.hi), abs=1e-5)

    def below(limit):
        return integrate.quad(lambda x: first.pdf(x) * second.cdf(min(1.0, limit / x)), 1e-12, 1, limit=200)[0]

    assert below(found.hi) - below(found.lo) == pytest.approx(0.95, abs=0.005)


def test_the_interval_of_four_rates_holds_95_percent_of_the_product():
    beliefs = [Beta(31, 31), Beta(16, 17), Beta(9, 8), Beta(5, 6)]
    random = np.random.default_rng(11)
    drawn = np.prod([random.beta(one.a, one.b, 400_000) for one in beliefs], axis=0)
    found = product(beliefs)
    assert found.mean == pytest.approx(drawn.mean(), rel=5e-3)
    assert np.mean((found.lo <= drawn) & (drawn <= found.hi)) == pytest.approx(0.95, abs=0.01)


def test_matching_moments_gives_back_a_beta():
    shape = stats.beta(7.5, 12.25)
    found = matched(shape.mean(), shape.var())
    assert (found.lo, found.hi) == pytest.approx(tuple(shape.ppf([0.025, 0.975])), abs=1e-9)


COUNTS = [
    [(3.0, 20.0), (1.0, 30.0), (9.0, 25.0), (0.0, 2.0)],
    [(0.0, 5.0), (0.0, 8.0)],
    [(12.4, 60.2)],
    [(55.0, 300.0), (40.0, 120.0), (2.2, 4.0)],
]


@pytest.mark.parametrize("counts", COUNTS)
def test_pooled_rates_equal_a_fine_integration_in_two_dimensions(counts):
    """The same model (μ flat, the logarithm of m flat from 0 to ln 200), by Simpson's rule on a grid a hundred times as fine."""
    found = pooled(counts)
    means = np.linspace(1e-4, 1 - 1e-4, 1001)[:, None]
    logs = np.linspace(0, math.log(200), 401)[None, :]
    a, b = means * np.exp(logs), (1 - means) * np.exp(logs)
    likelihood = sum(betaln(x + a, n - x + b) - betaln(a, b) for x, n in counts)
    weight = np.exp(likelihood - likelihood.max())

    def over_the_grid(values):
        return float(integrate.simpson(integrate.simpson(values * weight, logs[0], axis=1), means[:, 0]))

    whole = over_the_grid(np.ones_like(a))
    for (x, n), one in zip(counts, found, strict=True):
        p = (x + a) / (n + a + b)
        mean = over_the_grid(p) / whole
        variance = over_the_grid(p * (x + a + 1) / (n + a + b + 1)) / whole - mean**2
        wanted = matched(mean, variance)
        assert (one.mean, one.lo, one.hi) == pytest.approx((wanted.mean, wanted.lo, wanted.hi), abs=4e-3)


# --- the back-cast ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("orders", "periods"), [(1, 1), (3, 3), (6, 12), (20, 6), (150, 12)])
@pytest.mark.parametrize("rate", [Beta(1, 1), Beta(9.5, 40.25), Beta(2, 60), Beta(31, 4)])
def test_the_cautious_answer_is_the_smallest_by_scipys_beta_binomial(orders, periods, rate):
    m = contacts_for(orders, periods, rate)
    chance = [stats.betabinom(periods * each, rate.a, rate.b).sf(orders - 1) for each in (m - 1, m)]
    assert chance[0] < 0.8 <= chance[1] + 1e-9


def test_the_beta_binomial_tail_equals_the_integral_over_the_rate():
    orders, periods, rate = 4, 3, Beta(6.5, 33.5)
    m = contacts_for(orders, periods, rate)
    shape = stats.beta(rate.a, rate.b)

    def chance(each):
        return _integral(lambda q: shape.pdf(q) * stats.binom.sf(orders - 1, periods * each, q), _pieces([rate]))

    assert chance(m - 1) < 0.8 <= chance(m)
