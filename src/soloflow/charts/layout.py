"""Where things stand on the sheet of charts 1 and 2, in pixels: both share the labels and the rhythm of the rows."""

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
"""With short axes a bar would run into 少なくとも: the columns keep their distance."""
GROUP_ENDS: Final = (4, 6)
SMALLEST_PLOT: Final = 60.0


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


def middle(row: StageRow) -> float:
    """The middle of a stage's row."""
    return middle_of(row.stage)


def middle_of(place: int) -> float:
    """The middle of a row; the first is 1."""
    return FIRST_ROW + ROW * (place - 1)
