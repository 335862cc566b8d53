"""The window's pixels: those of Agg, though no text is laid out twice."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from soloflow.charts import raster
from soloflow.charts.colours import DARK, LIGHT
from soloflow.charts.paper import Drawing, Paper

HAIR = 3
"""Of 255: where two letters touch, a mask is rounded once more."""


def drawing(dark: bool = False) -> Drawing:
    paper = Paper(400.5, 120, DARK if dark else LIGHT)
    paper.heading("どこへ行ったか", "n = 1,234")
    paper.bar(20, 60, 133.3, 16, paper.colours.accent)
    for place in range(6):
        paper.text(20 + 37.37 * place, 60 + 9.1 * place, f"見込顧客 {place} fj", paper.colours.ink, bold=place % 2 == 0)
    paper.text(398, 20, "45 % [30–61]", paper.colours.label_ink, size=12, side="right")
    paper.text(-6, 100, "半分は外にある", paper.colours.ink)
    return paper.finished()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("dpi", [100, 125, 150, 200])
def test_the_pixels_are_those_of_agg(dark: bool, dpi: float) -> None:
    figure = drawing(dark).figure
    figure.set_dpi(dpi)
    plain = FigureCanvasAgg(figure)
    plain.draw()
    expected = np.array(plain.buffer_rgba()).astype(int)
    for _time in range(2):  # the second time from what was kept
        kept = raster.pixels(figure, dpi)
        assert (kept.height, kept.width) == expected.shape[:2]
        assert np.abs(np.asarray(kept.rows).astype(int) - expected).max() <= HAIR


def test_a_text_is_shaped_once_however_often_it_is_drawn() -> None:
    raster.pixels(drawing().figure, 100)
    before = raster._mask.cache_info().misses
    raster.pixels(drawing().figure, 100)
    assert raster._mask.cache_info().misses == before


def test_a_text_in_another_colour_takes_the_same_mask() -> None:
    raster.pixels(drawing().figure, 100)
    before = raster._mask.cache_info().misses
    raster.pixels(drawing(dark=True).figure, 100)
    assert raster._mask.cache_info().misses == before
