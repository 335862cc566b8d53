"""分析: the rows that the drawing and its table share, and the words for what they say. Loads numpy, but nothing that draws."""

from soloflow.charts.rows import StageRow, horizon_words, rate_tooltip, rows_csv, stage_rows
from soloflow.i18n import _, ngettext, side_by_side
from soloflow.insights.behind import ADVANCED_AFTER_RETURN, ORDERED_AFTER_RETURN, PARKED, RETURNED, Who
from soloflow.insights.leak import FEW
from soloflow.insights.numbers import HORIZONS, MAIN_HORIZON, StageNumbers
from soloflow.insights.reduction import ADVANCED, LOST, OPEN
from soloflow.insights.words import stage_name, verdict_sentences
from soloflow.services import wording
from soloflow.services.numbers import Overview
from soloflow.services.workspace import Workspace

__all__ = [
    "ADVANCED",
    "FEW",
    "HORIZONS",
    "LOST",
    "MAIN_HORIZON",
    "OPEN",
    "StageNumbers",
    "StageRow",
    "Who",
    "caption",
    "horizon_words",
    "list_title",
    "rate_tooltip",
    "rows",
    "stage_name",
    "table_text",
    "verdict_sentences",
]


def rows(shown: Overview, horizon: int = MAIN_HORIZON) -> tuple[StageRow, ...]:
    """The nine rows that the drawing and the table share."""
    return stage_rows(shown.numbers, horizon)


def caption(ws: Workspace, shown: Overview) -> str:
    """What the figures rest on: 11/21(土) まで・300社."""
    day = wording.day(ws, shown.as_of.date())
    count = f"{shown.numbers.prospects:,}"
    if shown.scope.months is not None:
        return _("{day} まで・過去{months}か月に入った{count}社").format(
            day=day, months=shown.scope.months, count=count
        )
    return ngettext("{day} まで・{count}社", "{day} まで・{count}社", shown.numbers.prospects).format(
        day=day, count=count
    )


def table_text(ws: Workspace, shown: Overview, horizon: int) -> str:
    """The table for the clipboard: one line per stage, tabs between, and a first line that says what it rests on."""
    table = rows_csv(rows(shown, horizon), exact=False, separator="\t")
    return f"{side_by_side((caption(ws, shown), horizon_words(horizon)))}\n{table}".replace("\r\n", "\n")


def list_title(who: Who, count: int) -> str:
    """What to call the customers behind a mark: 3 商談で離れた41社."""
    if who.pause:
        return _pause_title(who.pause, count)
    source = who.origin if who.source is None else who.source
    if source is not None:
        words = {
            ADVANCED: _("{source}から来て受注した{count}社"),
            OPEN: _("{source}から来て途中の{count}社"),
            LOST: _("{source}から来て離れた{count}社"),
            None: _("{source}から来た{count}社"),
        }[who.outcome]
        return words.format(source=_(source), count=f"{count:,}")
    name = stage_name(who.stage)
    words = {
        ADVANCED: _("{stage}から進んだ{count}社"),
        OPEN: _("{stage}で途中の{count}社"),
        LOST: _("{stage}で離れた{count}社"),
        None: _("{stage}に来た{count}社"),
    }[who.outcome]
    return words.format(stage=name, count=f"{count:,}")


def _pause_title(pause: str, count: int) -> str:
    words = {
        PARKED: _("離脱・育成になった{count}社"),
        RETURNED: _("離れてから戻った{count}社"),
        ADVANCED_AFTER_RETURN: _("戻って先へ進んだ{count}社"),
        ORDERED_AFTER_RETURN: _("戻って受注した{count}社"),
    }[pause]
    return words.format(count=f"{count:,}")
