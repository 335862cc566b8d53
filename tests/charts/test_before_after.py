"""Chart 6: before and after on one axis."""

import pytest

from soloflow.charts.before_after import HEIGHT, GroupRow, before_after_figure
from soloflow.charts.colours import DARK, LIGHT
from soloflow.insights.behind import Who


def row(name: str, rate: float | None, n: int, who: Who) -> GroupRow:
    thin = n < 10
    text = "—" if rate is None else f"2/{n}" if thin else f"{100 * rate:.0f} %"
    return GroupRow(
        name, "7/24より前", rate, 0.2, 0.8, text, "" if thin else "[20–80]", str(n), thin, who, f"{name} {text}"
    )


BEFORE, AFTER = Who(3, until_us=5), Who(3, since_us=5, until_us=9)


def texts(drawing) -> list[str]:  # type: ignore[no-untyped-def]
    return [one.get_text() for one in drawing.figure.axes[0].texts]


@pytest.mark.parametrize("width", [480.0, 806.0, 1156.0])
@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_both_groups_stand_on_one_axis_with_their_numbers_and_lead_to_their_customers(width, colours) -> None:  # type: ignore[no-untyped-def]
    rows = (row("始める前", 0.55, 89, BEFORE), row("始めてから", 0.72, 38, AFTER))
    drawing = before_after_figure(rows, 75.0, (0.68, "68 %"), colours, width)
    assert (drawing.width, drawing.height) == (width, HEIGHT)
    assert [one.who for one in drawing.regions] == [BEFORE, AFTER]
    assert all(one.top >= 0 and one.top + one.height <= HEIGHT for one in drawing.regions)
    assert all(one.left + one.width <= width for one in drawing.regions)
    assert {"55 %", "72 %", "[20–80]", "89", "38", "期待（68 %）"} <= set(texts(drawing))


def test_few_are_told_as_counts_and_drawn_hollow() -> None:
    rows = (row("始める前", 0.55, 89, BEFORE), row("始めてから", 0.5, 4, AFTER))
    said = texts(before_after_figure(rows, 75.0, None))
    assert "2/4" in said
    assert "10社未満" in said
    assert "50 %" not in said
    assert not any("期待" in one for one in said)


def test_a_group_without_a_rate_has_no_dot() -> None:
    with_one = before_after_figure((row("始める前", 0.5, 20, BEFORE), row("始めてから", None, 3, AFTER)), 75.0, None)
    with_two = before_after_figure((row("始める前", 0.5, 20, BEFORE), row("始めてから", 0.5, 3, AFTER)), 75.0, None)
    assert len(with_one.figure.axes[0].patches) == len(with_two.figure.axes[0].patches) - 1


def test_dots_lie_at_their_shares_and_within_their_intervals() -> None:
    from drawings import dots, places, spans

    drawing = before_after_figure((row("始める前", 0.25, 89, BEFORE), row("始めてから", 0.75, 38, AFTER)), 75.0, None)
    where = places(drawing)
    left, right = where["0"], where["100 %"]
    centres = dots(drawing)
    assert [(x - left) / (right - left) for x, _y in centres] == pytest.approx([0.25, 0.75], abs=0.005)
    for (x, y), (lo, hi, at) in zip(centres, spans(drawing, LIGHT.accent, wide=3), strict=True):
        assert y == at
        assert lo < x < hi


def test_what_was_expected_is_a_tick_at_its_share_beside_those_after() -> None:
    from drawings import places

    drawing = before_after_figure(
        (row("始める前", 0.5, 89, BEFORE), row("始めてから", 0.6, 38, AFTER)), 75.0, (0.68, "68 %")
    )
    where = places(drawing)
    wanted = where["0"] + 0.68 * (where["100 %"] - where["0"])
    ticks = [one for one in drawing.figure.axes[0].lines if one.get_color() == LIGHT.second_ink]
    assert any(one.get_xdata()[0] == pytest.approx(wanted, abs=2) for one in ticks)
