"""Chart 4: the areas are as high as their shares, and few are told as counts."""

import numpy as np
import pytest

from drawings import areas, texts
from soloflow.charts.after_step import after_step_figure, share_words
from soloflow.charts.colours import LIGHT
from soloflow.insights.behind import Who
from soloflow.insights.estimate import Curve, curve
from soloflow.insights.log import DAY_US
from soloflow.insights.reduction import ADVANCED, LOST, OPEN, StageRecords

BOTTOM, TOP = 284.0, 36.0
DECIDED = 400


def of(*ends: tuple[float, int]) -> Curve:
    """Prospects by how many days they stayed and how that ended."""
    days = np.array([round(day * DAY_US) for day, _outcome in ends], dtype=np.int64)
    outcomes = np.array([outcome for _day, outcome in ends], dtype=np.int8)
    return curve(StageRecords(np.arange(len(ends)), days, outcomes))


def many() -> Curve:
    """Of twenty, ten go on after 20 days, six leave after 60, four are open for longer than a year."""
    return of(*[(20, ADVANCED)] * 10, *[(60, LOST)] * 6, *[(DECIDED, OPEN)] * 4)


def height_at_the_end(polygon) -> float:  # type: ignore[no-untyped-def]
    xs, ys = polygon.get_xy()[:, 0], polygon.get_xy()[:, 1]
    return float(np.ptp(ys[xs == xs.max()])) / (BOTTOM - TOP)


def test_the_areas_end_as_high_as_their_shares_and_fill_the_whole() -> None:
    drawing = after_step_figure(many(), 3, 365)
    shares = {
        name: height_at_the_end(areas(drawing, colour)[0])
        for name, colour in (("advanced", LIGHT.advanced), ("lost", LIGHT.lost), ("open", LIGHT.ground))
    }
    assert shares == pytest.approx({"advanced": 0.5, "lost": 0.3, "open": 0.2})


def test_those_still_open_are_hatched_and_not_only_of_another_colour() -> None:
    drawing = after_step_figure(many(), 3, 365)
    assert len(drawing.figure.axes[0].collections) == 1


def test_the_staircase_begins_with_everybody_open() -> None:
    lost = areas(after_step_figure(many(), 3, 365), LIGHT.lost)[0].get_xy()
    assert lost[lost[:, 0] == lost[:, 0].min()][:, 1] == pytest.approx(BOTTOM)


def test_the_words_at_the_end_lead_to_those_who_ended_so() -> None:
    drawing = after_step_figure(many(), 3, 365)
    ends = {one.who: one.tooltip for one in drawing.regions if one.who and one.who.outcome is not None}
    assert ends == {Who(3, ADVANCED): "進んだ 50 %", Who(3, OPEN): "途中 20 %", Who(3, LOST): "離れた 30 %"}


def test_a_slice_tells_its_day_and_leads_to_everybody_who_came() -> None:
    drawing = after_step_figure(many(), 3, 365)
    early = drawing.region_at(60, 100)
    assert early is not None
    assert early.who == Who(3)
    assert early.tooltip.endswith("進んだ 0 %・途中 100 %・離れた 0 %")
    assert {"進んだ 50 %", "途中 20 %", "離れた 30 %"} <= set(texts(drawing))


def test_few_are_pale_and_told_as_counts() -> None:
    found = of((20, ADVANCED), (60, LOST), (30, OPEN))
    drawing = after_step_figure(found, 3, 365)
    assert share_words(found, 365) == ("1/3", "1/3", "1/3")
    assert share_words(found, 30) == ("1/3", "2/3", "0/3")
    assert {one for one in texts(drawing) if "%" in one} == {"100 %"}
    assert areas(drawing, LIGHT.lost)[0].get_alpha() < 1


def test_nobody_leaves_the_axes_alone() -> None:
    drawing = after_step_figure(of(), 3, 365)
    assert drawing.regions == ()
    assert areas(drawing, LIGHT.lost) == []
