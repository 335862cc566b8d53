"""Chart 7: the staircase falls, lies within its band, and crosses one half at the median."""

import numpy as np
import pytest

from drawings import areas, texts
from soloflow.charts.colours import LIGHT
from soloflow.charts.paper import Drawing
from soloflow.charts.stay_curve import longest, share_after, stay_figure
from soloflow.insights.behind import Who
from soloflow.insights.estimate import StayCurve, kaplan_meier
from soloflow.insights.log import DAY_US
from soloflow.insights.reduction import OPEN

TOP, BOTTOM = 36.0, 284.0
DAYS = (2, 4, 4, 7, 9, 12, 15, 15, 20, 28, 33, 60)
ENDED = (1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 0)


@pytest.fixture
def found() -> StayCurve:
    return kaplan_meier(np.array(DAYS, dtype=np.int64) * DAY_US, np.array(ENDED))


def staircase(drawing: Drawing, colour: str = LIGHT.accent) -> np.ndarray:
    (line,) = [one for one in drawing.figure.axes[0].lines if one.get_color() == colour and len(one.get_xdata()) > 4]
    return np.column_stack((line.get_xdata(), line.get_ydata()))


def test_it_falls_from_everybody_to_the_last_share(found: StayCurve) -> None:
    points = staircase(stay_figure(found, 15.0, 3))
    shares = (BOTTOM - points[:, 1]) / (BOTTOM - TOP)
    assert shares[0] == pytest.approx(1.0)
    assert np.all(np.diff(shares) <= 1e-9)
    assert np.all(np.diff(points[:, 0]) >= 0)
    assert shares[-1] == pytest.approx(found.survival[-1])


def test_the_band_holds_the_staircase(found: StayCurve) -> None:
    drawing = stay_figure(found, 15.0, 3)
    points = staircase(drawing)
    band = areas(drawing, LIGHT.accent)[0].get_path()
    for x, y in points[2::2]:
        assert band.contains_point((x + 0.5, y), radius=2) or band.contains_point((x - 0.5, y), radius=-2)


def test_the_median_stands_where_half_are_gone(found: StayCurve) -> None:
    assert share_after(found, 15) <= 0.5 < share_after(found, 14)
    drawing = stay_figure(found, 15.0, 3)
    (dashed,) = [one for one in drawing.figure.axes[0].lines if one.get_linestyle() == "--"]
    corner = dashed.get_xdata()[1], dashed.get_ydata()[1]
    points = staircase(drawing)
    before, after = points[points[:, 0] <= corner[0] + 1e-6][-2:], corner[1]
    assert before[:, 1].min() <= after <= before[:, 1].max()
    assert "半分は 15日まで" in texts(drawing)


def test_every_one_still_there_is_marked_on_the_curve(found: StayCurve) -> None:
    drawing = stay_figure(found, 15.0, 3)
    upright = [
        one for one in drawing.figure.axes[0].lines
        if one.get_xdata()[0] == one.get_xdata()[1] and one.get_color() == LIGHT.second_ink and len(one.get_xdata()) == 2
    ]  # fmt: skip
    assert len(upright) == ENDED.count(0)


def test_a_slice_says_how_many_are_left_and_leads_to_those_still_there(found: StayCurve) -> None:
    drawing = stay_figure(found, 15.0, 3)
    assert {one.who for one in drawing.regions} == {Who(3, OPEN)}
    lefts = [one.left for one in drawing.regions]
    assert lefts == sorted(lefts)
    assert drawing.regions[-1].tooltip.startswith(f"{longest(found):.0f}日たつと")


def test_few_stays_are_pale_and_said_to_be_few(found: StayCurve) -> None:
    drawing = stay_figure(found, 15.0, 3, is_thin=True)
    assert len(staircase(drawing, LIGHT.still_open)) > 4
    assert any("10回に足りない" in one for one in texts(drawing))


def test_a_median_near_the_right_edge_has_its_words_at_its_left() -> None:
    days = np.array([10, 78, 79], dtype=np.int64) * DAY_US
    drawing = stay_figure(kaplan_meier(days, np.array([1, 1, 1])), 78.0, 3)
    drawing.figure.draw_without_rendering()
    (words,) = [one for one in drawing.figure.axes[0].texts if one.get_text() == "半分は 78日まで"]
    assert words.get_window_extent().x1 <= drawing.width
