"""Charts 1 and 2: where prospects go at each stage, and which rate is low and how sure that is.

Both share one label column and one rhythm of rows, so that a stage is read across the whole page.
"""

from dataclasses import dataclass
from typing import Final

from soloflow.charts.colours import LIGHT, ChartColours
from soloflow.charts.layout import (
    COUNTS_ROOM,
    GAP,
    HEIGHT,
    LABEL,
    NARROW,
    NARROW_GAP,
    NARROW_RATE_COLUMNS,
    RATE_COLUMNS,
    SMALLEST_PLOT,
    WIDTH,
    RateLayout,
    Span,
    height_of,
)  # fmt: skip
from soloflow.charts.paper import Drawing, Paper
from soloflow.charts.rate_dots import draw_rates
from soloflow.charts.rows import StageRow, stage_rows
from soloflow.charts.stage_bars import draw_labels, draw_stages
from soloflow.insights.numbers import MAIN_HORIZON, Numbers

_MARGIN: Final = 24.0
_CAPTION_ROOM: Final = 24.0


@dataclass(frozen=True, slots=True)
class Steps:
    """What both charts show: the nine stages, or the steps of a lens, with the rates within `horizon` days."""

    rows: tuple[StageRow, ...]
    horizon: int = MAIN_HORIZON
    benchmark: str = ""
    """What the ticks are, in words; the example's rates unless said."""


def funnel_figure(
    numbers: Numbers,
    colours: ChartColours = LIGHT,
    *,
    width: float = WIDTH,
    height: float = HEIGHT,
    scale: float = 1.0,
    horizon: int = MAIN_HORIZON,
    kept_free: float = 0.0,
) -> Drawing:
    """Both charts of the nine stages, as `steps_figure` draws them."""
    steps = Steps(stage_rows(numbers, horizon), horizon)
    return steps_figure(steps, colours, width=width, height=height, scale=scale, kept_free=kept_free)


def steps_figure(
    steps: Steps,
    colours: ChartColours = LIGHT,
    *,
    width: float = WIDTH,
    height: float | None = None,
    scale: float = 1.0,
    kept_free: float = 0.0,
) -> Drawing:
    """Both charts in one drawing with shared rows; width and height in pixels, `scale` for dense screens.

    With `kept_free` so many pixels at the right of chart 2's title, where the horizon would be named, stay free for controls.
    """
    paper = Paper(width, height_of(steps.rows) if height is None else height, colours, scale)
    _draw_both(paper, steps, Span(0, width), kept_free)
    return paper.finished()


def steps_sheet(steps: Steps, colours: ChartColours = LIGHT, *, scale: float = 1.0, caption: str = "") -> Drawing:
    """The same as a sheet for a file or a mail: with a margin, and a line that says what the figures rest on."""
    paper = _PageWithMargin(WIDTH + 2 * _MARGIN, height_of(steps.rows), colours, scale, caption)
    _draw_both(paper, steps, Span(_MARGIN, paper.inner_right))
    return paper.finished()


def _draw_both(paper: Paper, steps: Steps, page: Span, kept_free: float = 0.0) -> None:
    rows, width = steps.rows, page.right - page.left
    is_narrow = width < NARROW
    gap = NARROW_GAP if is_narrow else GAP
    is_clear = not is_narrow and not any(row.is_lower_bound for row in rows)
    columns = RATE_COLUMNS if is_clear else NARROW_RATE_COLUMNS
    room = max(2 * SMALLEST_PLOT, width - LABEL - COUNTS_ROOM - gap - columns[-1])
    bars = Span(page.left + LABEL, page.left + LABEL + room * 300 / 576)
    dots_left = bars.right + COUNTS_ROOM + gap
    dots = Span(dots_left, dots_left + room * 276 / 576)
    draw_labels(paper, rows, page.left, page.right)
    draw_stages(paper, rows, bars, page.left)
    draw_rates(paper, rows, RateLayout(dots, dots.left, columns, kept_free), steps.horizon, steps.benchmark)


def stages_figure(
    numbers: Numbers, colours: ChartColours = LIGHT, *, width: float = 800.0, scale: float = 1.0, caption: str = ""
) -> Drawing:
    """Chart 1 by itself, with a margin: where do they go?"""
    paper = _PageWithMargin(width, HEIGHT, colours, scale, caption)
    rows = stage_rows(numbers)
    right = paper.inner_right
    draw_labels(paper, rows, _MARGIN, right)
    draw_stages(paper, rows, Span(_MARGIN + LABEL, right - COUNTS_ROOM), _MARGIN)
    return paper.finished()


def rates_figure(
    numbers: Numbers,
    colours: ChartColours = LIGHT,
    *,
    width: float = 800.0,
    scale: float = 1.0,
    horizon: int = MAIN_HORIZON,
    caption: str = "",
) -> Drawing:
    """Chart 2 by itself, with a margin: which rate is low, and how sure is that?"""
    paper = _PageWithMargin(width, HEIGHT, colours, scale, caption)
    rows = stage_rows(numbers, horizon)
    right = paper.inner_right
    draw_labels(paper, rows[:-1], _MARGIN, right)
    columns = NARROW_RATE_COLUMNS
    span = Span(_MARGIN + LABEL, right - columns[-1])
    draw_rates(paper, rows, RateLayout(span, _MARGIN, columns), horizon)
    return paper.finished()


class _PageWithMargin(Paper):
    """A sheet for a file: white space around it, and a line below that says what the figures rest on."""

    def __init__(self, width: float, height: float, colours: ChartColours, scale: float, caption: str) -> None:
        below = _CAPTION_ROOM if caption else 0.0
        super().__init__(width, height + below + _MARGIN, colours, scale, top=_MARGIN)
        self.inner_right = width - _MARGIN
        if caption:
            self.text(_MARGIN, height + _CAPTION_ROOM / 2, caption, colours.label_ink, size=12)
