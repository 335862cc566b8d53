"""Returns, sources, changes, levers, back-cast and lenses: known answers and identities on random logs."""

import math
from zoneinfo import ZoneInfo

import brute_force as brute
import numpy as np
import pytest
from hypothesis import given
from random_logs import ANY_LOG, DAY, random_rows

from soloflow.domain.stages import BENCHMARK, CUSTOMER_FORM, FIVE_A
from soloflow.insights.back_cast import Target, back_cast, contacts_for
from soloflow.insights.beta import Beta
from soloflow.insights.change import IMPROVED, TENDENCY, WORSENED, Question, change
from soloflow.insights.lenses import lens_rates
from soloflow.insights.levers import ceiling, entries_last_year, orders, what_if
from soloflow.insights.log import Facts, log_from_rows
from soloflow.insights.numbers import compute
from soloflow.insights.output import numbers_json
from soloflow.insights.recycling import recycling
from soloflow.insights.reduction import reduce_log
from soloflow.insights.sources import source_rates

AS_OF = 400 * DAY
TOKYO = ZoneInfo("Asia/Tokyo")


def rows(*entries):
    return [(pid, kind, None, to, round(day * DAY), seq) for seq, (pid, kind, to, day) in enumerate(entries)]


def reduced(*entries, as_of=AS_OF):
    return reduce_log(log_from_rows(rows(*entries)), as_of)


def walkers(count, advancing, *, first_day=0.0, prefix="p", wait=5.0):
    """`count` prospects who enter at 1; the first `advancing` go on after `wait` days, the others are lost then."""
    entries = []
    for n in range(count):
        pid = f"{prefix}{n}"
        entries.append((pid, "enter", 1, first_day))
        entries.append(
            (pid, "advance", 2, first_day + wait) if n < advancing else (pid, "lose", None, first_day + wait)
        )
    return entries


def slow_recycling(rows):
    parked, returned, grew, ordered, days = 0, 0, 0, 0, []
    for one in brute.people(rows, AS_OF).values():
        since, frontier, at_first_return = None, 0, None
        was_parked = False
        for kind, _frm, to, at in one["history"]:
            if kind in brute.FORWARD:
                if since is not None:
                    days.append((at - since) / DAY)
                    at_first_return = frontier if at_first_return is None else at_first_return
                since, frontier = None, max(frontier, to)
            else:
                was_parked = True
                since = at if since is None else since
        parked += was_parked
        if at_first_return is not None:
            returned += 1
            grew += frontier > at_first_return
            ordered += at_first_return < 5 <= frontier
    return parked, returned, grew, ordered, (float(np.median(days)) if days else None)


@ANY_LOG
@given(random_rows())
def test_returns_are_counted_as_by_a_plain_loop(rows):
    found = recycling(reduce_log(log_from_rows(rows), AS_OF))
    counts = (found.parked, found.returned, found.advanced_after_return, found.ordered_after_return)
    assert (*counts, found.median_days_parked) == slow_recycling(rows)


def test_a_pause_lasts_from_the_first_recycle_or_loss_to_the_return():
    found = recycling(
        reduced(("a", "enter", 1, 0), ("a", "recycle", None, 10), ("a", "lose", None, 20), ("a", "reactivate", 5, 40))
    )
    assert (found.parked, found.returned, found.ordered_after_return, found.median_days_parked) == (1, 1, 1, 30.0)


def test_a_source_without_orders_is_pulled_towards_the_others_and_one_without_name_is_left_out():
    entries = []
    facts = {}
    for n in range(40):
        entries += [(f"a{n}", "enter", 1, 0), (f"a{n}", "skip", 5, 9) if n < 20 else (f"a{n}", "lose", None, 9)]
        facts[f"a{n}"] = Facts("紹介")
    entries += [("b", "enter", 1, 0), ("b", "lose", None, 3), ("c", "enter", 1, 0), ("d", "enter", 6, 0)]
    facts |= {"b": Facts("SNS"), "c": Facts(None), "d": Facts("展示会")}
    log = log_from_rows(rows(*entries), facts)
    first, second = source_rates(log, reduce_log(log, AS_OF))
    assert (first.name, first.raw.n, second.name, second.raw.n) == ("紹介", 40, "SNS", 1)
    assert first.raw.advance == pytest.approx(0.5)
    assert second.raw.advance == 0
    assert 0.05 < second.pooled.mean < 0.5
    assert second.pooled.hi - second.pooled.lo > first.pooled.hi - first.pooled.lo


def test_a_clear_improvement_is_named_only_when_its_day_has_come():
    entries = walkers(40, 8) + walkers(40, 36, first_day=200, prefix="q")
    log = log_from_rows(rows(*entries))
    found = change(log, reduce_log(log, AS_OF), Question(150 * DAY, 1))
    assert found is not None
    assert found.horizon_days == 125
    assert (found.before.n, found.after.n) == (40, 40)
    assert found.difference == pytest.approx(0.7)
    assert found.lo < found.lo90 < 0.7 < found.hi90 < found.hi
    assert found.needed_per_group == pytest.approx(6.18 * (0.16 + 0.09) / 0.49)
    assert (found.words(is_due=True), found.words(is_due=False)) == (IMPROVED, TENDENCY)


def test_a_clear_worsening_is_named_and_an_equal_rate_needs_no_number():
    entries = walkers(40, 36) + walkers(40, 8, first_day=200, prefix="q")
    log = log_from_rows(rows(*entries))
    found = change(log, reduce_log(log, AS_OF), Question(150 * DAY, 1, 30))
    assert found is not None
    assert found.words(is_due=True) == WORSENED
    same = log_from_rows(rows(*walkers(10, 5), *walkers(10, 5, first_day=200, prefix="q")))
    equal = change(same, reduce_log(same, AS_OF), Question(150 * DAY, 1))
    assert equal is not None
    assert equal.needed_per_group is None
    assert equal.prob_improved == pytest.approx(0.5, abs=1e-3)


def test_rates_that_differ_by_rounding_alone_are_equal():
    entries = [e for n in range(5) for e in walkers(1, n < 3, prefix=f"p{n}", wait=1 + n)]
    log = log_from_rows(rows(*entries, *walkers(5, 3, first_day=200, prefix="q")))
    found = change(log, reduce_log(log, AS_OF), Question(150 * DAY, 1))
    assert found is not None
    assert 0 < abs(found.difference) < 1e-12
    assert found.needed_per_group is None


@pytest.mark.parametrize("day", [400, 500, -1, 300])
def test_a_change_in_the_future_or_with_an_empty_side_has_no_answer(day):
    log = log_from_rows(rows(*walkers(10, 5)))
    assert change(log, reduce_log(log, AS_OF), Question(day * DAY, 1)) is None


def test_what_came_after_the_change_is_not_known_before_it():
    entries = [("a", "enter", 1, 0), ("a", "advance", 2, 250), ("b", "enter", 1, 260)]
    log = log_from_rows(rows(*entries))
    found = change(log, reduce_log(log, AS_OF), Question(200 * DAY, 1, 180))
    assert found is not None
    assert (found.before.n, found.before.advance) == (1, 0)


def test_orders_follow_the_people_and_the_steps_left_to_them():
    assert orders([100, 10, 4, 2], [0.5, 0.5, 0.5, 0.4]) == pytest.approx(5 + 1 + 0.8 + 0.8)


def test_the_levers_move_one_thing_each():
    entries = walkers(10, 5, first_day=100) + walkers(10, 5, first_day=10, prefix="old")
    found = what_if(reduced(*entries), [0.5, 0.5, 0.5, None], BENCHMARK, TOKYO)
    assert found.entries_365d == (10, 0, 0, 0)
    assert (found.base_orders, found.pool_x1_2) == (0, 0)
    assert found.rate_plus_5_points == pytest.approx((0, 0, 0, 10 * 0.125 * 0.05))
    assert found.ceilings[1:] == BENCHMARK[1:4]


def test_an_entry_exactly_a_year_ago_is_no_entry_of_this_year():
    assert entries_last_year(reduced(("a", "enter", 1, 35), ("b", "enter", 2, 35.1))) == (0, 1, 0, 0)


def test_the_ceiling_is_the_best_year_with_enough_people():
    many = reduced(*walkers(30, 27), *walkers(30, 3, first_day=370, prefix="q"))
    assert 0.7 < ceiling(many, 1, 0.5, TOKYO) < 0.9
    assert ceiling(reduced(*walkers(19, 19)), 1, 0.5, TOKYO) == 0.5


def test_contacts_needed_follow_from_the_share_that_orders_in_time():
    entries = []
    for n in range(20):
        entries += [(f"a{n}", "enter", 1, 0), (f"a{n}", "skip", 5, 20) if n < 10 else (f"a{n}", "lose", None, 9)]
    found = back_cast(reduced(*entries), Target(3, 90))
    assert found.contact_to_order == pytest.approx((0.5, 0.5, 0.0))
    assert found.from_open_pipeline == 0
    assert found.contacts_per_30d_mean == pytest.approx(3.0)
    assert found.contacts_per_30d_80pct is not None
    assert found.contacts_per_30d_80pct > 3


def test_an_open_prospect_brings_what_others_brought_who_waited_as_long():
    entries = []
    for n in range(4):
        entries += [(f"a{n}", "enter", 4, 0), (f"a{n}", "advance", 5, 10 + 10 * n)]
    entries.append(("open", "enter", 4, 375))
    # 25 days waited: two of the five who began are left besides it, who ordered after 30 and 40 days.
    found = back_cast(reduced(*entries), Target(1, 6))
    assert found.from_open_pipeline == pytest.approx(1 / 2)


def test_without_any_contact_nothing_can_be_reckoned():
    found = back_cast(reduced(), Target(3, 90))
    assert found.contact_to_order == (None, None, None)
    assert (found.contacts_per_30d_mean, found.contacts_per_30d_80pct, found.n_eff) == (None, None, 0)


def test_the_cautious_answer_is_the_smallest_that_suffices():
    # With a uniform rate P(X >= 1 of m) = m / (m + 1): .8 is reached at 4.
    assert contacts_for(1, 1, Beta(1, 1)) == 4
    assert contacts_for(0, 3, Beta(1, 1)) == 0
    assert contacts_for(10, 1, Beta(1, 1e12)) is None
    # Nobody of m with a chance of B(20, b + m) / B(20, b), about (b / (b + m))^20: .2 at 5^(1/20) - 1 = .0838 of b.
    assert contacts_for(1, 1, Beta(20, 1e6)) == pytest.approx(83_798, abs=5)


def test_a_lens_counts_from_the_first_stage_of_one_step_to_the_first_of_the_next():
    found = lens_rates(reduced(("a", "enter", 2, 0), ("a", "skip", 5, 9), ("b", "enter", 3, 0)), CUSTOMER_FORM)
    assert [(one.code, one.next_code, one.at_risk, one.advanced) for one in found][1] == ("evaluating", "new", 1, 1)
    assert len(found) == 4


@ANY_LOG
@given(random_rows())
def test_all_figures_exist_for_any_log_and_are_finite_or_none(rows):
    facts = {"a": Facts("紹介", 100), "b": Facts("SNS")}
    log = log_from_rows(rows, facts)
    numbers = compute(log, AS_OF, TOKYO, question=Question(100 * DAY, 1), target=Target(3, 75))
    _all_finite(numbers_json(numbers, TOKYO))
    for lens in (CUSTOMER_FORM, FIVE_A):
        assert all(
            one.at_risk == one.advanced + one.lost + one.open for one in lens_rates(reduce_log(log, AS_OF), lens)
        )


def _all_finite(value):
    if isinstance(value, dict):
        for inner in value.values():
            _all_finite(inner)
    elif isinstance(value, list):
        for inner in value:
            _all_finite(inner)
    elif isinstance(value, float):
        assert math.isfinite(value)
    else:
        assert value is None or isinstance(value, int | str | bool), type(value)
