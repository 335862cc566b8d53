"""分析: the drawing of the funnel, the table behind it, and both as files or for the clipboard.

Loads matplotlib: import it where the first figures are counted, off the GUI thread.
"""

from pathlib import Path
from typing import Final

from soloflow.charts.colours import DARK, LIGHT
from soloflow.charts.export import FORMATS, rehearse, save_drawing, save_rows
from soloflow.charts.funnel import funnel_figure, funnel_sheet
from soloflow.charts.layout import HEIGHT, ROW
from soloflow.charts.paper import Drawing
from soloflow.charts.paper import Region as Mark
from soloflow.charts.rate_dots import horizon_words, rate_tooltip
from soloflow.charts.rows import StageRow, percent, rows_csv, stage_rows
from soloflow.i18n import _
from soloflow.insights.leak import FEW
from soloflow.insights.numbers import HORIZONS, MAIN_HORIZON
from soloflow.insights.reduction import ADVANCED, LOST, OPEN
from soloflow.insights.words import stage_name, verdict_sentences
from soloflow.services import wording
from soloflow.services.numbers import Overview
from soloflow.services.workspace import Workspace

__all__ = [
    "ADVANCED",
    "FEW",
    "FORMATS",
    "HEIGHT",
    "HORIZONS",
    "LOST",
    "MAIN_HORIZON",
    "OPEN",
    "ROW",
    "Drawing",
    "Mark",
    "StageRow",
    "caption",
    "draw",
    "horizon_words",
    "list_title",
    "percent",
    "rate_tooltip",
    "rehearse",
    "rows",
    "rows_csv",
    "save",
    "sheet",
    "stage_name",
    "table_text",
    "verdict_sentences",
]

_SHARP: Final = 2.0


def rows(shown: Overview, horizon: int = MAIN_HORIZON) -> tuple[StageRow, ...]:
    """The nine rows that the drawing and the table share."""
    return stage_rows(shown.numbers, horizon)


def draw(shown: Overview, horizon: int, *, dark: bool, width: float) -> Drawing:
    """The drawing for the window; the place of the horizon is left to a control."""
    return funnel_figure(
        shown.numbers, DARK if dark else LIGHT, width=width, horizon=horizon, names_horizon=False
    )  # fmt: skip


def sheet(ws: Workspace, shown: Overview, horizon: int, *, dark: bool = False) -> Drawing:
    """The drawing as a sheet of its own, with a margin and what it rests on."""
    ground = DARK if dark else LIGHT
    return funnel_sheet(shown.numbers, ground, scale=_SHARP, horizon=horizon, caption=caption(ws, shown))


def save(ws: Workspace, shown: Overview, horizon: int, path: Path) -> Path:
    """Write the sheet (png, svg, pdf) or the table (csv), by the ending of the name.

    :raises UserError: when the ending is another one, or the file cannot be written.
    """
    if path.suffix.lower() == ".csv":
        save_rows(rows(shown, horizon), path)
    else:
        save_drawing(sheet(ws, shown, horizon), path)
    return path


def caption(ws: Workspace, shown: Overview) -> str:
    """What the figures rest on: 11/21(土) まで・300社."""
    day = wording.day(ws, shown.as_of.date())
    count = f"{shown.numbers.prospects:,}"
    if shown.scope.months is not None:
        return _("{day} まで・過去{months}か月に入った{count}社").format(
            day=day, months=shown.scope.months, count=count
        )
    return _("{day} まで・{count}社").format(day=day, count=count)


def table_text(ws: Workspace, shown: Overview, horizon: int) -> str:
    """The table for the clipboard: one line per stage, tabs between, and a first line that says what it rests on."""
    table = rows_csv(rows(shown, horizon), exact=False, separator="\t")
    return f"{caption(ws, shown)}・{horizon_words(horizon)}\n{table}".replace("\r\n", "\n")


def list_title(stage: int, outcome: int | None, count: int) -> str:
    """What to call the customers behind a mark: 3 商談で離れた41社."""
    name = stage_name(stage)
    words = {
        ADVANCED: _("{stage}から進んだ{count}社"),
        OPEN: _("{stage}で途中の{count}社"),
        LOST: _("{stage}で離れた{count}社"),
        None: _("{stage}に来た{count}社"),
    }[outcome]
    return words.format(stage=name, count=f"{count:,}")
