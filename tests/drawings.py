"""What tests ask of any drawing: where its marks are, whether its words have room, whether it opens as a file."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Circle, Polygon, Rectangle
from PIL import Image

from soloflow.charts import (
    after_step,
    before_after,
    forest,
    heat_map,
    leak_bars,
    month_columns,
    order_bars,
    stay_curve,
)
from soloflow.charts.export import save_drawing
from soloflow.charts.paper import Drawing

MODULES: tuple[ModuleType, ...] = (
    after_step, before_after, forest, heat_map, leak_bars, month_columns, order_bars, stay_curve,
)  # fmt: skip
SVG_TEXT = "{http://www.w3.org/2000/svg}text"
HAIR = 1.0
"""Fonts reach a little beyond what they say of themselves."""
Draw = Callable[..., Drawing]


def texts(drawing: Drawing) -> list[str]:
    return [one.get_text() for one in drawing.figure.axes[0].texts]


def places(drawing: Drawing) -> dict[str, float]:
    """The middle of each text, from the left."""
    drawing.figure.draw_without_rendering()
    return {
        one.get_text(): (one.get_window_extent().x0 + one.get_window_extent().x1) / 2
        for one in drawing.figure.axes[0].texts
    }


def dots(drawing: Drawing, *, hollow: bool = False) -> list[tuple[float, float]]:
    """The centres of the full (or hollow) dots, from top to bottom."""
    ground = to_hex(drawing.figure.get_facecolor())
    found = [one for one in drawing.figure.axes[0].patches if isinstance(one, Circle)]
    centres = [one.center for one in found if (to_hex(one.get_facecolor()) == ground) == hollow]
    return sorted(((float(x), float(y)) for x, y in centres), key=lambda at: (at[1], at[0]))


def bars(drawing: Drawing, colour: str) -> list[tuple[float, float, float, float]]:
    """(left, top, width, height) of the bars of a colour, from top to bottom, then left to right."""
    found = [
        (one.get_x(), one.get_y(), one.get_width(), one.get_height())
        for one in drawing.figure.axes[0].patches
        if isinstance(one, Rectangle) and to_hex(one.get_facecolor()) == colour.lower()
    ]
    return sorted(found, key=lambda box: (box[1], box[0]))


def areas(drawing: Drawing, colour: str) -> list[Polygon]:
    return [
        one
        for one in drawing.figure.axes[0].patches
        if isinstance(one, Polygon) and to_hex(one.get_facecolor()) == colour.lower()
    ]


def spans(drawing: Drawing, colour: str, *, wide: float = 2.0) -> list[tuple[float, float, float]]:
    """(left, right, height from the top) of the level lines of a colour that are at least so many pixels wide."""
    found = []
    for one in drawing.figure.axes[0].lines:
        (x0, x1), (y0, y1) = one.get_xdata(), one.get_ydata()
        if y0 == y1 and to_hex(one.get_color()) == colour.lower() and one.get_linewidth() / 0.72 >= wide:
            found.append((float(x0), float(x1), float(y0)))
    return sorted(found, key=lambda span: (span[2], span[0]))


def words_have_room(drawing: Drawing) -> None:
    """No text leaves the sheet, and no two lie over each other."""
    drawing.figure.draw_without_rendering()
    whole = drawing.figure.bbox
    found = [(one.get_text(), one.get_window_extent()) for one in drawing.figure.axes[0].texts if one.get_text()]
    for text, box in found:
        assert box.x0 >= -HAIR, text
        assert box.x1 <= whole.width + HAIR, text
        assert box.y0 >= -HAIR, text
        assert box.y1 <= whole.height + HAIR, text
    for place, (one, box) in enumerate(found):
        for other, second in found[place + 1 :]:
            across = min(box.x1, second.x1) - max(box.x0, second.x0)
            down = min(box.y1, second.y1) - max(box.y0, second.y0)
            assert across <= 0 or down <= 4, (one, other)


def marks_are_on_the_sheet(drawing: Drawing) -> None:
    for one in drawing.regions:
        assert one.width > 0, one
        assert one.height > 0, one
        assert one.left >= -6, one
        assert one.left + one.width <= drawing.width + 6, one
        assert one.top >= 0, one
        assert one.top + one.height <= drawing.height + HAIR, one
        assert one.tooltip, one


def opens_as_a_file(drawing: Drawing, folder: Path) -> None:
    """PNG, SVG and PDF are what they say they are, and the SVG has every word of the drawing as text."""
    for ending in ("png", "svg", "pdf"):
        save_drawing(drawing, folder / f"drawing.{ending}", margin=True)
    with Image.open(folder / "drawing.png") as picture:
        picture.load()
        assert picture.width >= drawing.width
    written = {"".join(one.itertext()) for one in ET.parse(folder / "drawing.svg").getroot().iter(SVG_TEXT)}
    assert {one for one in texts(drawing) if one} <= written
    assert (folder / "drawing.pdf").read_bytes().startswith(b"%PDF-")


def in_long_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The charts speak in longer words, as another language would."""
    for module in MODULES:
        if hasattr(module, "_"):
            monkeypatch.setattr(module, "_", _longer)


def _longer(text: str) -> str:
    """Three letters for every character: half as wide again, and wider than English ever is."""
    return re.sub(
        r"[^\x00-\x7f]+", lambda run: ("days of Extraordinarily long words " * 9)[: max(4, 3 * len(run[0]))], text
    )
