"""分析: the drawing of the funnel, for the window, as a file or for the clipboard.

Loads matplotlib: import it off the GUI thread, once the figures are on the screen.
"""

from pathlib import Path
from typing import Final

from soloflow.charts.colours import DARK, LIGHT
from soloflow.charts.export import rehearse, save_drawing, save_rows
from soloflow.charts.funnel import Steps, steps_figure, steps_sheet
from soloflow.charts.paper import Drawing
from soloflow.services.funnel_words import benchmark_words, rows, sheet_caption
from soloflow.services.numbers import Overview
from soloflow.services.workspace import Workspace

__all__ = ["DARK", "LIGHT", "Drawing", "draw", "rehearse", "save", "sheet"]

_SHARP: Final = 2.0


def draw(shown: Overview, horizon: int, *, dark: bool, width: float, kept_free: float) -> Drawing:
    """The drawing for the window; `kept_free` pixels at the right of the rates' title are left to its controls."""
    return steps_figure(_steps(shown, horizon), DARK if dark else LIGHT, width=width, kept_free=kept_free)


def sheet(ws: Workspace, shown: Overview, horizon: int, *, dark: bool = False) -> Drawing:
    """The drawing as a sheet of its own, with a margin and what it rests on."""
    ground = DARK if dark else LIGHT
    return steps_sheet(_steps(shown, horizon), ground, scale=_SHARP, caption=sheet_caption(ws, shown))


def _steps(shown: Overview, horizon: int) -> Steps:
    return Steps(rows(shown, horizon), horizon, benchmark_words(shown))


def save(ws: Workspace, shown: Overview, horizon: int, path: Path) -> Path:
    """Write the sheet (png, svg, pdf) or the table (csv), by the ending of the name.

    :raises UserError: when the ending is another one, or the file cannot be written.
    """
    if path.suffix.lower() == ".csv":
        save_rows(rows(shown, horizon), path)
    else:
        save_drawing(sheet(ws, shown, horizon), path)
    return path
