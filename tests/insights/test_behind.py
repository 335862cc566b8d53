"""Every number leads to exactly the prospects it counts."""

from zoneinfo import ZoneInfo

from hypothesis import given
from random_logs import ANY_LOG, DAY, random_rows

from soloflow.insights.behind import ADVANCED_AFTER_RETURN, ORDERED_AFTER_RETURN, PARKED, RETURNED, Who, counted
from soloflow.insights.log import Facts, log_from_rows
from soloflow.insights.numbers import compute
from soloflow.insights.reduction import ADVANCED, LOST, OPEN, reduce_log, stage_records

TOKYO = ZoneInfo("Asia/Tokyo")
AS_OF = 400 * DAY


@ANY_LOG
@given(random_rows())
def test_each_figure_counts_those_behind_it(rows):
    log = log_from_rows(rows, {one: Facts("勉強会", None) for one in "abc"})
    numbers = compute(log, AS_OF, TOKYO)
    for step in numbers.stages:
        for outcome, count in ((ADVANCED, step.advanced), (OPEN, step.open), (LOST, step.lost), (None, step.at_risk)):
            assert len(counted(log, AS_OF, Who(step.stage, outcome))) == count
    assert len(counted(log, AS_OF, Who(9))) == numbers.snapshot.ever_reached[-1]
    back = numbers.recycling
    for pause, count in (
        (PARKED, back.parked), (RETURNED, back.returned), (ADVANCED_AFTER_RETURN, back.advanced_after_return),
        (ORDERED_AFTER_RETURN, back.ordered_after_return),
    ):  # fmt: skip
        assert len(counted(log, AS_OF, Who(pause=pause))) == count
    for source in numbers.sources:
        assert len(counted(log, AS_OF, Who(source=source.name))) == source.raw.n


@ANY_LOG
@given(random_rows())
def test_a_window_of_arrivals_parts_the_prospects_of_a_stage(rows):
    log = log_from_rows(rows)
    for stage in range(1, 9):
        early, late = (counted(log, AS_OF, one) for one in (Who(stage, until_us=DAY), Who(stage, since_us=DAY)))
        assert sorted(early + late) == sorted(counted(log, AS_OF, Who(stage)))


@ANY_LOG
@given(random_rows())
def test_another_target_counts_the_composite_step(rows):
    log = log_from_rows(rows)
    records = stage_records(reduce_log(log, AS_OF), 2, 5)
    assert len(counted(log, AS_OF, Who(2, ADVANCED, target=5))) == records.count(ADVANCED)
