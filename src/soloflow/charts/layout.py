"""Where things stand on the sheet of charts 1 and 2, in pixels: both share the labels and the rhythm of the rows."""

import math
from dataclasses import dataclass
from typing import Final

from soloflow.charts.rows import StageRow

WIDTH: Final = 1156.0
HEIGHT: Final = 360.0
ROW: Final = 33.0
TITLE: Final = 12.0
HEAD: Final = 39.0
FIRST_ROW: Final = 74.0
GRID_TOP: Final = 52.0
LABEL: Final = 160.0
BAR: Final = 18.0
COUNTS: Final = (66.0, 118.0, 170.0)
"""Right edges of the three counts, from the end of the bars."""
COUNTS_ROOM: Final = 170.0
GAP: Final = 70.0
RATE_COLUMNS: Final = (76.0, 138.0, 180.0)
"""Right edges of rate, interval and n, from the end of the rate axis."""
NARROW: Final = 1100.0
NARROW_GAP: Final = 30.0
NARROW_RATE_COLUMNS: Final = (102.0, 164.0, 206.0)
"""Where a bar would run into 少なくとも, the columns keep their distance: with short axes, and wherever a rate is a lower bound."""
GROUP_ENDS: Final = (4, 6)
SMALLEST_PLOT: Final = 60.0
MANY: Final = 8
"""With more rows than this the sheet is full."""
WIDEST_ROW: Final = 40.0
WIDE_BAR: Final = 22.0
_UNDER_HEAD: Final = FIRST_ROW - GRID_TOP - ROW / 2


@dataclass(frozen=True, slots=True)
class Span:
    """Left and right edge of a plot, in pixels."""

    left: float
    right: float

    def at(self, share: float) -> float:
        """The place of a share from 0 to 1."""
        return self.left + share * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class RateLayout:
    """Where chart 2 stands: its axis, its title, and the right edges of its columns after the axis."""

    span: Span
    title_left: float
    columns: tuple[float, float, float]
    kept_free: float = 0.0
    """At the right end of the title's line, for controls of the window; 0 where the horizon is named there."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How far the rows of charts 1 and 2 stand apart, and how thick their bars are."""

    pitch: float
    bar: float

    def middle(self, row: StageRow) -> float:
        """The middle of a row."""
        return GRID_TOP + _UNDER_HEAD + self.pitch * (row.place - 0.5)

    def below(self, row: StageRow) -> float:
        """The lower edge of a row."""
        return self.middle(row) + self.pitch / 2


def height_of(rows: tuple[StageRow, ...]) -> float:
    """How high both charts are: fewer rows leave the window room for a line of words."""
    return min(HEIGHT, math.ceil(rhythm_of(rows).below(rows[-1])) + 5.0)


def rhythm_of(rows: tuple[StageRow, ...]) -> Rhythm:
    """Nine stages fill the sheet; the fewer steps of a lens stand further apart."""
    return Rhythm(ROW, BAR) if len(rows) > MANY else Rhythm(min(WIDEST_ROW, MANY * ROW / len(rows)), WIDE_BAR)


def middle_of(place: int) -> float:
    """The middle of a row; the first is 1."""
    return FIRST_ROW + ROW * (place - 1)
