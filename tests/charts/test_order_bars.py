"""もしも and 逆算: bars as long as their numbers, intervals from end to end, figures at the right edge."""

from dataclasses import replace

import pytest

from drawings import bars, places, spans, texts
from soloflow.charts.colours import LIGHT
from soloflow.charts.order_bars import OrderRow, order_figure, rounded_up

ROWS = (
    OrderRow("今のまま", 10.0, 6.0, 16.0, False, "今のまま", "10.0", "[6–16]"),
    OrderRow("出会いを 1.2倍", 12.0, 7.5, 19.0, False, "出会い", "12.0", "[8–19]"),
    OrderRow("選んだ組み合わせ", 15.0, 9.0, 24.0, True, "選んだ", "15.0", "[9–24]"),
)


def scale(drawing) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    """Where 0 is, and how many pixels 10 are."""
    where = places(drawing)
    return where["0"], where["10"] - where["0"]


def test_bars_reach_to_their_numbers_on_the_axis() -> None:
    drawing = order_figure("受注", ROWS, 24.0)
    zero, ten = scale(drawing)
    for row, (left, _top, width, _height) in zip(ROWS, bars(drawing, LIGHT.accent), strict=True):
        assert left == pytest.approx(zero, abs=1)
        assert width == pytest.approx(row.mean * ten / 10, abs=1.5)


def test_intervals_reach_from_their_lower_to_their_upper_end_and_hold_the_bar_s_end() -> None:
    drawing = order_figure("受注", ROWS, 24.0)
    zero, ten = scale(drawing)
    drawn = spans(drawing, LIGHT.ink, wide=2)
    assert len(drawn) == len(ROWS)
    for row, (left, right, _y) in zip(ROWS, drawn, strict=True):
        assert left == pytest.approx(zero + row.lo * ten / 10, abs=2)
        assert right == pytest.approx(zero + row.hi * ten / 10, abs=2)
        assert left < zero + row.mean * ten / 10 < right


def test_the_chosen_row_is_the_one_in_full_colour_and_bold() -> None:
    drawing = order_figure("受注", ROWS, 24.0)
    full = [one for one in drawing.figure.axes[0].patches if one.get_alpha() == 1.0]
    assert len(full) == 1
    bold = {one.get_text() for one in drawing.figure.axes[0].texts if one.get_weight() == "bold"}
    assert bold == {"受注", "選んだ組み合わせ", "15.0"}


@pytest.mark.parametrize("width", [560.0, 1156.0])
def test_the_last_column_ends_at_the_right_edge(width: float) -> None:
    with_bands = order_figure("受注", ROWS, 24.0, LIGHT, width)
    without = order_figure(
        "受注", tuple(OrderRow(one.name, one.mean, one.mean, one.mean, False, "", one.value_text) for one in ROWS), 24.0, LIGHT, width
    )  # fmt: skip
    for drawing in (with_bands, without):
        drawing.figure.draw_without_rendering()
        ends = [one.get_window_extent().x1 for one in drawing.figure.axes[0].texts if one.get_text()]
        assert max(ends) == pytest.approx(width, abs=1)
    assert "[6–16]" not in texts(without)


def test_each_row_reads_out_its_numbers() -> None:
    assert [one.tooltip for one in order_figure("受注", ROWS, 24.0).regions] == [one.tooltip for one in ROWS]


@pytest.mark.parametrize(
    ("most", "end"),
    [(0.2, 1), (1, 1), (1.2, 1.5), (9, 10), (10, 10), (24, 30), (61, 80), (100, 100), (101, 150), (99_000, 100_000)],
)
def test_the_axis_ends_at_a_round_number_that_holds_everything(most: float, end: float) -> None:
    assert rounded_up(most) == pytest.approx(end)


def test_what_is_reckoned_from_few_is_pale() -> None:
    thin = tuple(replace(row, is_thin=True) for row in ROWS)
    drawing = order_figure("受注", thin, 24.0)
    assert bars(drawing, LIGHT.accent) == []
    assert len(bars(drawing, LIGHT.still_open)) == len(ROWS)
