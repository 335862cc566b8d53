"""A figure as pixels, for the window: matplotlib's Agg, which lays out and draws a text once instead of each time.

Shaping Japanese takes three quarters of a drawing's time, and hardly any text changes from one drawing to the next while a lever
moves. A text is kept as a mask for its place between the pixels, so the picture is the one that Agg draws.
"""

import math
from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from numpy.typing import NDArray

KEPT: Final = 2048
"""Masks; one has some 5 KB."""
_ROOM: Final = 4
"""Pixels around a text: italics and accents reach beyond their measures."""


class Mask(NamedTuple):
    """How much of each pixel a text covers, and where its corner is from the whole pixel left of and below the text's place."""

    covered: NDArray[np.uint8]
    left: int
    below: int


class Pixels(NamedTuple):
    """Rows of RGBA bytes, and how many there are."""

    rows: Any
    width: int
    height: int


def pixels(figure: Figure, dpi: float) -> Pixels:
    """The figure drawn at so many dots per inch; the rows are to be copied before the next drawing."""
    figure.set_dpi(dpi)
    canvas = _Canvas(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    width, height = canvas.get_width_height(physical=True)
    return Pixels(canvas.buffer_rgba(), width, height)  # type: ignore[no-untyped-call]


class _Canvas(FigureCanvasAgg):
    def get_renderer(self) -> RendererAgg:
        width, height = self.figure.bbox.size
        made: RendererAgg = _Renderer(width, height, self.figure.dpi)  # type: ignore[no-untyped-call]
        self.renderer = made
        return made


class _Renderer(RendererAgg):
    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)  # type: ignore[no-untyped-call, no-any-return]
        return _measures(s, prop, self.dpi)

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        if ismath or angle or not gc.get_antialiased():
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)  # type: ignore[no-untyped-call]
            return
        up = self.height - y
        column, row = math.floor(x), math.floor(up)
        mask = _mask(s, prop, self.dpi, round(x - column, 4), round(up - row, 4))
        bottom = int(self.height) - (row - mask.below)
        self._renderer.draw_text_image(mask.covered, column - mask.left, bottom, 0, gc)


@lru_cache(KEPT)
def _measures(text: str, prop: FontProperties, dpi: float) -> tuple[float, float, float]:
    """Width, height and descent in pixels."""
    found: tuple[float, float, float] = RendererAgg(1, 1, dpi).get_text_width_height_descent(text, prop, False)  # type: ignore[no-untyped-call]
    return found


@lru_cache(KEPT)
def _mask(text: str, prop: FontProperties, dpi: float, right: float, up: float) -> Mask:
    """The text as Agg draws it `right` and `up` (parts of a pixel) of a whole pixel."""
    width, height, descent = _measures(text, prop, dpi)
    below = math.ceil(descent) + _ROOM
    size = (math.ceil(width) + 2 * _ROOM + 1, math.ceil(height) + 2 * _ROOM + 1)
    sheet = RendererAgg(*size, dpi)  # type: ignore[no-untyped-call]
    ink = sheet.new_gc()
    ink.set_foreground("black")
    sheet.draw_text(ink, _ROOM + right, size[1] - below - up, text, prop, 0.0)  # type: ignore[no-untyped-call]
    return Mask(np.array(sheet.buffer_rgba())[:, :, 3].copy(), _ROOM, below)  # type: ignore[no-untyped-call]
