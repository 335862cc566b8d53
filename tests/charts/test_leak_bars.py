"""Chart 3: bars are as long as what they say, both panels of orders on one scale, and each leads to those who were lost."""

from zoneinfo import ZoneInfo

import pytest

from drawings import bars, texts
from soloflow import resources
from soloflow.charts.colours import LIGHT
from soloflow.charts.leak_bars import leak_figure
from soloflow.insights.behind import Who
from soloflow.insights.csv_log import instant_us, read_events_csv
from soloflow.insights.log import log_from_rows
from soloflow.insights.numbers import Numbers, compute
from soloflow.insights.reduction import LOST

TOKYO = ZoneInfo("Asia/Tokyo")
AS_OF = instant_us("2026-09-30T18:00:00+09:00", TOKYO)
MOST = 0.001


@pytest.fixture(scope="module")
def numbers() -> Numbers:
    text = resources.path("sample", "events.csv").read_text(encoding="utf-8")
    return compute(read_events_csv(text, TOKYO).log, AS_OF, TOKYO)


def test_chances_are_as_long_as_they_are_likely(numbers: Numbers) -> None:
    drawn = [box for box in bars(leak_figure(numbers), LIGHT.accent) if box[2] > 1.5]
    chances = numbers.leak.ranking.prob_lowest_rate + numbers.leak_after_order.prob_lowest_rate
    known = [
        chance for chance, step in zip(chances, numbers.stages, strict=True) if step.at_risk >= 10 and chance > 0.01
    ]
    scale = max(box[2] for box in drawn) / max(known)
    assert [width for _left, _top, width, _height in drawn] == pytest.approx([scale * one for one in known], abs=1)


def test_orders_of_both_panels_share_one_scale(numbers: Numbers) -> None:
    leak = numbers.leak
    drawn = bars(leak_figure(numbers), LIGHT.advanced)
    wanted = [one for one in (*leak.rescue10_per_100, *leak.to_benchmark_per_100) if one and one > MOST]
    assert len(drawn) == len(wanted)
    longest = max(drawn, key=lambda box: box[2])[2]
    assert sorted(box[2] for box in drawn) == pytest.approx(
        sorted(longest * one / max(wanted) for one in wanted), abs=1
    )


def test_a_bar_leads_to_those_lost_at_its_step(numbers: Numbers) -> None:
    for region in leak_figure(numbers).regions:
        step = numbers.stages[int(region.tooltip.split(" ")[0]) - 1]
        assert region.who == (Who(step.stage, LOST) if step.lost else None)
        assert f"n={step.at_risk}" in region.tooltip


def test_no_chance_stands_where_nobody_came() -> None:
    nobody = compute(log_from_rows([]), AS_OF, TOKYO)
    drawing = leak_figure(nobody)
    assert bars(drawing, LIGHT.accent) == []
    assert not any(one.endswith("%") and one[0].isdigit() for one in texts(drawing))
    assert "1 %未満" not in texts(drawing)


def test_what_rests_on_few_is_pale_and_the_legend_says_so(numbers: Numbers) -> None:
    lines = resources.path("sample", "events.csv").read_text(encoding="utf-8").splitlines()[:40]
    few = compute(read_events_csv("\n".join(lines), TOKYO).log, AS_OF, TOKYO)
    drawing = leak_figure(few)
    assert bars(drawing, LIGHT.advanced) == []
    assert bars(drawing, LIGHT.still_open)
    assert "10社に足りない工程をもとにした、まだ頼りない数" in texts(drawing)
