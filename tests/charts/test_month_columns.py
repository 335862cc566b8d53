"""The two mechanisms: columns as high as their counts, on one scale, each part leading to its customers."""

from itertools import pairwise

import pytest

from drawings import bars, texts
from soloflow.charts.colours import LIGHT
from soloflow.charts.month_columns import month_figure
from soloflow.insights.behind import Who
from soloflow.insights.months import Month

MONTHS = (Month(2025, 12, 4, 0, 0, 0), Month(2026, 1, 8, 2, 1, 1), Month(2026, 2, 2, 0, 0, 3))
TIMES = ((10, 20), (20, 30), (30, 40))


def test_columns_are_as_high_as_their_counts_on_the_scale_of_both_panels() -> None:
    drawing = month_figure(MONTHS, is_running=False)
    new, existing = bars(drawing, LIGHT.accent), bars(drawing, LIGHT.advanced)
    unit = max(box[3] for box in new) / 8
    assert sorted(box[3] for box in new) == pytest.approx([2 * unit, 4 * unit, 8 * unit])
    assert sorted(box[3] for box in existing) == pytest.approx([unit, unit, 2 * unit, 3 * unit])


def test_months_stand_from_left_to_right_with_the_year_where_it_begins() -> None:
    drawing = month_figure(MONTHS, is_running=False)
    lefts = [box[0] for box in sorted(bars(drawing, LIGHT.accent))]
    heights = [box[3] for box in sorted(bars(drawing, LIGHT.accent))]
    assert lefts == sorted(lefts)
    assert heights == pytest.approx([heights[0], 2 * heights[0], heights[0] / 2])
    assert texts(drawing).count("2025") == 1
    assert texts(drawing).count("2026") == 1


def test_each_part_leads_to_those_who_arrived_in_that_month() -> None:
    drawing = month_figure(MONTHS, is_running=False, times=TIMES)
    wanted = {
        Who(5, since_us=10, until_us=20, arrived=True), Who(5, since_us=20, until_us=30, arrived=True), Who(5, since_us=30, until_us=40, arrived=True),
        Who(7, since_us=20, until_us=30, arrived=True), Who(8, since_us=20, until_us=30, arrived=True), Who(9, since_us=20, until_us=30, arrived=True),
        Who(9, since_us=30, until_us=40, arrived=True),
    }  # fmt: skip
    assert {one.who for one in drawing.regions if one.who is not None} == wanted


def test_parts_of_a_column_stand_on_each_other() -> None:
    drawing = month_figure(MONTHS, is_running=False, times=TIMES)
    january = [one for one in drawing.regions if one.who and one.who.since_us == 20 and one.who.stage > 5]
    for lower, upper in pairwise(january):
        assert upper.top + upper.height == pytest.approx(lower.top)


def test_a_month_without_anything_says_so_and_leads_nowhere() -> None:
    drawing = month_figure(MONTHS, is_running=False, times=TIMES)
    december = [one for one in drawing.regions if one.tooltip.startswith("2025年12月") and one.who is None]
    assert [one.tooltip for one in december] == ["2025年12月：既存のお客様から 0件"]


def test_the_running_month_is_hatched_and_said_to_be_unfinished() -> None:
    drawing = month_figure(MONTHS, times=TIMES)
    assert len(bars(drawing, LIGHT.accent)) == 2
    assert len(drawing.figure.axes[0].collections) == 2
    assert all("まだ途中の月" in one.tooltip for one in drawing.regions if "2026年2月" in one.tooltip)
    assert "斜線は、まだ途中の月" in texts(drawing)
    assert "斜線は、まだ途中の月" not in texts(month_figure(MONTHS, is_running=False))
