"""A sheet measured in pixels from its upper left corner, on which the charts are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyBboxPatch, Polygon, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform, TransformedPath

from soloflow.charts.colours import ChartColours
from soloflow.charts.fonts import elided, font, text_width
from soloflow.insights.behind import Who

DOTS_PER_INCH: Final = 100
_BASELINE: Final = 0.36
"""Share of the size from the middle of a capital letter or kanji down to the baseline."""
_PITCH: Final = 6.0
_TOO_NARROW: Final = 4.0
"""Below so many pixels a hatch cannot be seen: the bar is filled with its colour."""
_UNCUT: Final = TransformedPath(Path.unit_rectangle(), IdentityTransform())
_POINTS: Final = 72 / DOTS_PER_INCH
_CAP: Final = 10.0
_BESIDE: Final = 8.0
_LEAST_NOTE: Final = 60.0
"""In less room a note would be nothing but an ellipsis."""

Side = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Region:
    """A mark that can be pointed at: where it is, what it counts, what to say of it."""

    left: float
    top: float
    width: float
    height: float
    who: Who | None
    """The prospects it counts; None where it is no count of prospects."""
    tooltip: str

    def contains(self, x: float, y: float) -> bool:
        """Whether a point (in unscaled pixels from the upper left) is on the mark."""
        return self.left <= x <= self.left + self.width and self.top <= y <= self.top + self.height


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """A finished figure and its marks. Regions are in unscaled pixels from the upper left."""

    figure: Figure
    width: float
    height: float
    regions: tuple[Region, ...]

    def region_at(self, x: float, y: float) -> Region | None:
        """The mark at a point, or None."""
        return next((region for region in self.regions if region.contains(x, y)), None)


class Paper:
    """Draws texts and marks; all measures are pixels, y grows downwards from `top` pixels below the edge."""

    def __init__(
        self, width: float, height: float, colours: ChartColours, scale: float = 1.0, top: float = 0.0
    ) -> None:
        self.colours = colours
        self.width = width
        self.height = height
        self._top = top
        self._scale = scale
        self._marks: list[Region] = []
        size = (width / DOTS_PER_INCH, height / DOTS_PER_INCH)
        self._figure = Figure(figsize=size, dpi=DOTS_PER_INCH * scale, facecolor=colours.ground)
        self._axes: Axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height - top, -top)
        self._axes.set_axis_off()

    # Marks are put on the axes by add_artist: the limits are fixed, and working them out anew took a tenth of the time.

    def finished(self) -> Drawing:
        """The drawing, with everything that was put on the sheet."""
        marks = tuple(replace(mark, top=mark.top + self._top) for mark in self._marks)
        return Drawing(self._figure, self.width, self.height, marks)

    def mark(self, region: Region) -> None:
        """Remember a mark that can be pointed at; where two lie over each other, the first is found."""
        self._marks.append(region)

    def text(
        self, x: float, y: float, text: str, colour: str, *, size: float = 13, bold: bool = False, side: Side = "left"
    ) -> None:
        """A text whose capitals are centred on y."""
        self._add(
            Text(
                x, y + size * _BASELINE, text, color=colour, ha=side, va="baseline", zorder=5, parse_math=False,
                fontproperties=font(size, bold),
            )
        )  # fmt: skip

    def heading(self, title: str, note: str = "", *, y: float = 12.0, left: float = 0.0) -> None:
        """The title of a drawing with what it must be read with beside it, as much of both as the sheet has room for."""
        shown = elided(title, self.width - left, 13, True)
        self.text(left, y, shown, self.colours.ink, bold=True)
        left += text_width(shown, 13, True) + _BESIDE
        if note and self.width - left >= _LEAST_NOTE:
            self.text(left, y, elided(note, self.width - left, 12), self.colours.label_ink, size=12)

    def line(
        self, x0: float, y0: float, x1: float, y1: float, colour: str, *, width: float = 1.0, dashed: bool = False,
        over: int = 1,
    ) -> None:  # fmt: skip
        """A straight line; `over` orders it among the marks."""
        drawn = Line2D(
            (x0, x1), (y0, y1), color=colour, linewidth=width * _POINTS, zorder=over, solid_capstyle="butt",
            linestyle=(0, (1.2, 1.0)) if dashed else "-",
        )  # fmt: skip
        drawn.set_snap(x0 == x1 or y0 == y1)
        self._add(drawn)

    def interval(self, left: float, right: float, y: float, colour: str) -> None:
        """From end to end with a cap at both; a ring of ground parts it from the bar below it."""
        for ink, width, more in ((self.colours.ground, 5.0, 1.0), (colour, 2.0, 0.0)):
            drawn = Line2D(
                (left - more, right + more), (y, y), color=ink, linewidth=width * _POINTS, zorder=4, solid_capstyle="butt",
                marker="|", markersize=_CAP * _POINTS, markeredgewidth=width * _POINTS,
            )  # fmt: skip
            drawn.set_snap(True)
            self._add(drawn)

    def bar(
        self, left: float, middle: float, width: float, height: float, colour: str, *, see_through: float = 1.0
    ) -> None:
        """A filled bar, centred on the row's middle; its ends lie on whole dots."""
        left, width = self._on_dots(left, width)
        self._add_box(left, middle, width, height, facecolor=colour, linewidth=0).set_alpha(see_through)

    def hatched_bar(self, left: float, middle: float, width: float, height: float) -> None:
        """The bar for those still open: the ground with lines of 45 degrees and an edge."""
        colours = self.colours
        left, width = self._on_dots(left, width)
        if width < _TOO_NARROW:
            self._add_box(left, middle, width, height, facecolor=colours.still_open, linewidth=0)
            return
        ground = self._add_box(left, middle, width, height, facecolor=colours.ground, linewidth=0)
        top, bottom = middle - height / 2, middle + height / 2
        segments = []
        x = left - height + _PITCH / 2
        while x < left + width:
            segments.append([(x, bottom), (x + height, top)])
            x += _PITCH
        hatch = LineCollection(segments, colors=colours.still_open, linewidths=1.3 * _POINTS, zorder=2)
        self._axes.add_collection(hatch, autolim=False)
        hatch.set_clip_path(ground)
        self._add_box(
            left + 0.5, middle, width - 1, height - 1,
            facecolor="none", edgecolor=colours.still_open, linewidth=_POINTS,
        )  # fmt: skip

    def area(self, points: Sequence[tuple[float, float]], colour: str, *, see_through: float = 1.0) -> None:
        """A filled shape within these corners."""
        self._add(Polygon(points, closed=True, facecolor=colour, linewidth=0, alpha=see_through, zorder=2))

    def edge(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        """The outline of a box that says its number and has no colour."""
        self._add_box(
            left + 0.5, top + height / 2, width - 1, height - 1,
            facecolor="none", edgecolor=colour, linewidth=_POINTS,
        )  # fmt: skip

    def hatched_area(self, points: Sequence[tuple[float, float]]) -> None:
        """The shape for those still open: the ground with lines of 45 degrees."""
        clip = Polygon(points, closed=True, facecolor=self.colours.ground, linewidth=0, zorder=2)
        self._add(clip)
        left, right = min(x for x, _y in points), max(x for x, _y in points)
        top, bottom = min(y for _x, y in points), max(y for _x, y in points)
        height = bottom - top
        starts = np.arange(left - height + _PITCH / 2, right, _PITCH)
        ends = np.array([((x, bottom), (x + height, top)) for x in starts]).reshape(-1, 2)
        # One path, so that a file holds the shape that cuts it once and not for every line.
        lines = Path(ends, np.tile(np.array([Path.MOVETO, Path.LINETO]), len(starts)))
        hatch = PathCollection(
            [lines], facecolors="none", edgecolors=self.colours.still_open, linewidths=1.3 * _POINTS, zorder=2
        )
        self._axes.add_collection(hatch, autolim=False)
        hatch.set_clip_path(clip)

    def path(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        *,
        width: float = 2.0,
        dashed: bool = False,
        over: int = 3,
    ) -> None:
        """A line through these points."""
        drawn = Line2D(
            [x for x, _y in points], [y for _x, y in points], color=colour, linewidth=width * _POINTS, zorder=over,
            linestyle=(0, (3, 2)) if dashed else "-", solid_joinstyle="miter",
        )  # fmt: skip
        self._add(drawn)

    def dot(self, x: float, y: float, diameter: float, colour: str, *, hollow: bool = False) -> None:
        """A dot with a ring of ground around it, or a ring of its own."""
        face = self.colours.ground if hollow else colour
        edge = colour if hollow else self.colours.ground
        self._add(Circle((x, y), diameter / 2, facecolor=face, edgecolor=edge, linewidth=2 * _POINTS, zorder=4))

    def tag(self, left: float, middle: float, width: float, text: str) -> None:
        """A small word in a frame."""
        frame = FancyBboxPatch(
            (left + 4, middle - 5), width - 8, 10, boxstyle="round,pad=4,rounding_size=4",
            facecolor="none", edgecolor=self.colours.rule, linewidth=_POINTS, zorder=3,
        )  # fmt: skip
        self._add(frame)
        self.text(left + width / 2, middle, text, self.colours.second_ink, size=12, side="center")

    def _add(self, drawn: Artist) -> None:
        """Nothing reaches beyond the sheet: it need not be cut, and finding out where took a quarter of the time."""
        drawn.set_clip_path(_UNCUT)  # one that is there already keeps the axes from working out theirs
        drawn.set_clip_on(False)
        self._axes.add_artist(drawn)

    def _on_dots(self, left: float, width: float) -> tuple[float, float]:
        """Ends moved to the nearest dots, so that edges are crisp; never nothing."""
        start = round(left * self._scale)
        end = max(start + 1, round((left + width) * self._scale))
        return start / self._scale, (end - start) / self._scale

    def _add_box(
        self, left: float, middle: float, width: float, height: float, *, facecolor: str, linewidth: float,
        edgecolor: str = "none",
    ) -> Rectangle:  # fmt: skip
        box = Rectangle(
            (left, middle - height / 2), width, height,
            facecolor=facecolor, edgecolor=edgecolor, linewidth=linewidth, zorder=2,
        )  # fmt: skip
        box.set_snap(False)
        self._add(box)
        return box
