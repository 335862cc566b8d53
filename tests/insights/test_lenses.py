"""Lenses by hand: composite rates with exact fractions, who is left out of a step, and who got to its end."""

from fractions import Fraction

import pytest
from random_logs import DAY

from soloflow.domain.stages import CUSTOMER_FORM, FIVE_A, JOBS, LAST, LENSES
from soloflow.insights.behind import Who, counted
from soloflow.insights.lenses import lens_rates, rates_of_arrivals, reached
from soloflow.insights.log import log_from_rows
from soloflow.insights.reduction import ADVANCED, LOST, OPEN, reduce_log

AS_OF = 400 * DAY

LOG = (
    ("a", "enter", 1, 0), ("a", "advance", 2, 10), ("a", "advance", 3, 20), ("a", "skip", 5, 40),
    ("b", "enter", 2, 0), ("b", "advance", 4, 5), ("b", "lose", None, 30),
    ("c", "enter", 2, 100), ("c", "skip", 5, 130), ("c", "advance", 6, 140), ("c", "advance", 7, 150),
    ("d", "enter", 3, 0), ("d", "advance", 5, 60),
    ("e", "enter", 2, 370),
    ("f", "enter", 1, 200), ("f", "lose", None, 205),
    ("g", "enter", 8, 50), ("g", "advance", 9, 80),
)  # fmt: skip


def log_of(*entries):
    return log_from_rows([(who, kind, None, to, day * DAY, seq) for seq, (who, kind, to, day) in enumerate(entries)])


def by_hand(outcomes, days):
    """Aalen-Johansen in fractions: (duration in days, "advance", "lose" or "")."""
    still, total = Fraction(1), Fraction(0)
    for time in sorted({time for time, what in outcomes if what and time <= days}):
        at_risk = sum(other >= time for other, _what in outcomes)
        went = [what for other, what in outcomes if other == time and what]
        total += still * went.count("advance") / at_risk
        still *= 1 - Fraction(len(went), at_risk)
    return total


def test_the_rate_from_2_to_5_is_counted_over_the_stages_between():
    rate = lens_rates(reduce_log(log_of(*LOG), AS_OF), CUSTOMER_FORM)[1]
    came = [(30, "advance"), (30, "lose"), (30, "advance"), (30, "")]  # a, b, c, and e who is open
    assert (rate.first, rate.target) == (2, 5)
    assert (rate.at_risk, rate.advanced, rate.lost, rate.open) == (4, 2, 1, 1)
    for days, found in rate.by_days.items():
        assert found.advance == pytest.approx(float(by_hand(came, days)), abs=1e-15)
    assert by_hand(came, 365) == Fraction(1, 2)


def test_ties_losses_and_the_open_are_used_as_in_a_single_step():
    entries = (
        ("a", "enter", 1, 0), ("a", "advance", 2, 100),
        ("b", "enter", 1, 0), ("b", "lose", None, 100),
        ("c", "enter", 1, 300),
        ("d", "enter", 1, 0), ("d", "skip", 4, 200),
        ("e", "enter", 1, 350),
    )  # fmt: skip
    rate = lens_rates(reduce_log(log_of(*entries), AS_OF), JOBS)[0]
    came = [(100, "advance"), (100, "lose"), (100, ""), (200, "advance"), (50, "")]
    assert [by_hand(came, days) for days in (90, 180, 365)] == [0, Fraction(1, 4), Fraction(3, 4)]
    assert [rate.by_days[days].advance for days in (90, 180, 365)] == [
        pytest.approx(float(by_hand(came, days))) for days in (90, 180, 365)
    ]


def test_who_came_in_at_a_later_stage_of_a_step_is_told_and_not_counted():
    form = lens_rates(reduce_log(log_of(*LOG), AS_OF), CUSTOMER_FORM)
    assert [rate.late for rate in form] == [0, 1, 0, 1]  # d at 3, g at 8
    jobs = lens_rates(reduce_log(log_of(*LOG), AS_OF), JOBS)
    assert [rate.late for rate in jobs] == [0, 1, 0, 0, 0]


def test_a_step_of_one_stage_is_the_stage():
    form = lens_rates(reduce_log(log_of(*LOG), AS_OF), CUSTOMER_FORM)[0]
    five = lens_rates(reduce_log(log_of(*LOG), AS_OF), FIVE_A)[0]
    assert (form.at_risk, form.advanced, form.lost, form.open) == (2, 1, 1, 0)
    assert (five.at_risk, five.within) == (form.at_risk, form.within)


def test_the_last_step_counts_everybody_who_got_there_wherever_they_began():
    reduced = reduce_log(log_of(*LOG), AS_OF)
    assert [reached(reduced, stage) for stage in (7, 8, 9)] == [2, 1, 1]


@pytest.mark.parametrize("key", LENSES)
def test_the_steps_of_a_lens_cover_the_nine_stages_once(key):
    steps = LENSES[key]
    covered = [stage for step in steps for stage in range(step.first, step.last + 1)]
    assert covered == list(range(1, LAST + 1))


@pytest.mark.parametrize("key", LENSES)
def test_every_count_of_a_lens_is_the_number_of_those_behind_it(key):
    log = log_of(*LOG)
    steps = LENSES[key]
    for rate in lens_rates(reduce_log(log, AS_OF), steps):
        for outcome, count in ((ADVANCED, rate.advanced), (OPEN, rate.open), (LOST, rate.lost), (None, rate.at_risk)):
            assert len(counted(log, AS_OF, Who(rate.first, outcome, rate.target))) == count
    last = steps[-1].first
    assert len(counted(log, AS_OF, Who(last, reached=True))) == reached(reduce_log(log, AS_OF), last)


def test_the_rate_of_arrivals_counts_those_who_came_in_the_span_with_all_that_became_of_them_later():
    reduced = reduce_log(log_of(*LOG), AS_OF)
    first = rates_of_arrivals(reduced, 2, 5, 0, 50 * DAY)[365]  # a and b came then; c and e later
    assert (first.n, first.advance) == (2, 0.5)
    assert rates_of_arrivals(reduced, 2, 5, 10 * DAY, 10 * DAY + 1)[365].n == 1
    assert rates_of_arrivals(reduced, 2, 5, 5 * DAY, 10 * DAY)[365].n == 0
