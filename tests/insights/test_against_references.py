"""The estimator beside statsmodels and lifelines, on data without ties, where those can be trusted."""

import warnings

import numpy as np
import pytest

from soloflow.insights.estimate import curve, kaplan_meier_median, within
from soloflow.insights.log import DAY_US
from soloflow.insights.reduction import StageRecords


def untied(seed, n=120):
    random = np.random.default_rng(seed)
    days = random.permutation(np.arange(1, 40 * n))[:n].astype(float) / 4
    outcome = random.choice([0, 1, 2], size=n, p=[0.3, 0.45, 0.25]).astype(np.int8)
    return days, outcome, StageRecords(np.arange(n), (days * DAY_US).astype(np.int64), outcome)


@pytest.mark.parametrize("seed", range(5))
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


@pytest.mark.parametrize("seed", range(5))
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


@pytest.mark.parametrize("seed", range(5))
def test_median_time_and_its_interval_equal_lifelines(seed):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lifelines import KaplanMeierFitter
        from lifelines.utils import median_survival_times

        days, outcome, records = untied(seed)
        fitted = KaplanMeierFitter().fit(days, outcome != 0)
        interval = median_survival_times(fitted.confidence_interval_).to_numpy()[0]
    result = kaplan_meier_median(records.duration_us, (outcome != 0).astype(np.int64))
    assert result.median == pytest.approx(fitted.median_survival_time_)
    assert (result.lo, result.hi) == pytest.approx(tuple(interval))
