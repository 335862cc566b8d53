"""Chart 8: the higher the share, the darker the cell; what is not known is hatched, few have no colour."""

import pytest

from drawings import areas, texts
from soloflow.charts.colours import DARK, LIGHT, ChartColours
from soloflow.charts.heat_map import HeatCell, HeatRow, heat_figure, heat_height
from soloflow.insights.behind import Who

SHARES = (0.0, 0.2, 0.5, 0.9, 1.0)
HEADS = tuple(f"{days}日以内" for days in (30, 60, 90, 180, 365))


def row(*cells: HeatCell, since: int = 1) -> HeatRow:
    return HeatRow("2026年1〜3月", "n=40", cells, Who(2, since_us=since, until_us=since + 1))


KNOWN = row(*(HeatCell(share, f"{share:.0%}", f"{share:.0%}") for share in SHARES))


def test_cells_stand_in_the_order_of_the_days_and_are_the_darker_the_higher() -> None:
    drawn = sorted(areas(heat_figure("率", HEADS, (KNOWN,)), LIGHT.accent), key=lambda one: one.get_xy()[0][0])
    depth = [one.get_alpha() for one in drawn]
    assert len(depth) == len(SHARES)
    assert depth == sorted(depth)
    assert len(set(depth)) == len(depth)


def luminance(rgb: tuple[float, ...]) -> float:
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def rgb_of(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_number_can_be_read_on_the_darkest_cell(colours: ChartColours) -> None:
    deepest = max(one.get_alpha() for one in areas(heat_figure("率", HEADS, (KNOWN,), colours), colours.accent))
    ground = tuple(
        deepest * over + (1 - deepest) * under
        for over, under in zip(rgb_of(colours.accent), rgb_of(colours.ground), strict=True)
    )
    lighter, darker = sorted((luminance(ground), luminance(rgb_of(colours.ink))), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_what_nobody_can_know_yet_is_hatched_and_has_no_number() -> None:
    drawing = heat_figure("率", HEADS[:2], (row(KNOWN.cells[2], HeatCell(None, "—", "まだ")),))
    assert len(drawing.figure.axes[0].collections) == 1
    assert len(areas(drawing, LIGHT.accent)) == 1
    assert "—" not in texts(drawing)


def test_few_are_counts_in_a_frame_without_colour() -> None:
    drawing = heat_figure("率", HEADS[:1], (row(HeatCell(0.5, "2/4", "2/4", is_thin=True)),))
    assert areas(drawing, LIGHT.accent) == []
    assert "2/4" in texts(drawing)


def test_every_cell_leads_to_those_of_its_quarter() -> None:
    rows = (KNOWN, row(*KNOWN.cells, since=9))
    drawing = heat_figure("率", HEADS, rows)
    assert [one.who for one in drawing.regions] == [KNOWN.who] * 5 + [rows[1].who] * 5
    assert drawing.height == heat_height(rows)
    tops = [one.top for one in drawing.regions]
    assert tops == sorted(tops)
