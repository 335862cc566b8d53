"""分析: the rows that the drawing and its table share, and the words for what they say. Loads numpy, but nothing that draws."""

from dataclasses import replace

from soloflow.charts.layout import height_of
from soloflow.charts.rows import StageRow, horizon_words, lens_rows, rate_tooltip, rows_csv, stage_rows
from soloflow.domain.stages import LENSES
from soloflow.i18n import _, ngettext, side_by_side
from soloflow.insights.behind import Who
from soloflow.insights.leak import FEW
from soloflow.insights.numbers import HORIZONS, MAIN_HORIZON, StageNumbers
from soloflow.insights.reduction import ADVANCED, LOST, OPEN
from soloflow.insights.words import stage_name, verdict_sentences
from soloflow.services import benchmarks, customers, wording
from soloflow.services.lens_words import lens_limits, lens_name
from soloflow.services.list_titles import list_title, whole_title
from soloflow.services.numbers import Overview, Scope
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
    "benchmark_words",
    "caption",
    "height_of",
    "horizon_words",
    "lens_hint",
    "list_title",
    "rate_tooltip",
    "rows",
    "sheet_caption",
    "stage_name",
    "table_text",
    "verdict_sentences",
    "whole_title",
]


def rows(shown: Overview, horizon: int = MAIN_HORIZON) -> tuple[StageRow, ...]:
    """The rows that the drawing and the table share: the nine stages, or the steps of the lens."""
    seen, benchmark = shown.lens, shown.benchmark
    found = stage_rows(shown.numbers, horizon)
    if seen is not None:
        found = lens_rows(LENSES[seen.key], seen.rates, seen.arrived, horizon)
    return (
        tuple(
            replace(
                row,
                benchmark=benchmark.rate(row.stage, row.target, horizon),
                benchmark_n=benchmark.count(row.stage, row.target),
            )
            for row in found[:-1]
        )
        + found[-1:]
    )


def caption(ws: Workspace, shown: Overview) -> str:
    """What the figures rest on: 11/21(土) まで・300社・勉強会・#Java."""
    day = wording.day(ws, shown.as_of.date())
    count = f"{shown.numbers.prospects:,}"
    if shown.scope.months is None:
        said = ngettext("{day} まで・{count}社", "{day} まで・{count}社", shown.numbers.prospects)
    else:
        said = _("{day} まで・過去{months}か月に入った{count}社")
    return side_by_side((said.format(day=day, months=shown.scope.months, count=count), *_chosen(ws, shown.scope)))


def _chosen(ws: Workspace, scope: Scope) -> list[str]:
    """The channel and the tag of which alone the customers are counted; gone ones have no name any more."""
    channel = next((name for key, name in customers.channels(ws) if key == scope.channel), "")
    tag = next((f"#{name}" for key, name, _uses in customers.tags(ws) if key == scope.tag), "")
    return [channel, tag]


def sheet_caption(ws: Workspace, shown: Overview) -> str:
    """The same for what leaves the window, with the name of the lens."""
    return side_by_side((caption(ws, shown), lens_name(shown.lens.key) if shown.lens else ""))


def lens_hint(shown: Overview) -> str:
    """What the lens leaves out, in sentences; empty without a lens."""
    seen = shown.lens
    return "" if seen is None else lens_limits(seen.key, sum(rate.late for rate in seen.rates))


def benchmark_words(shown: Overview) -> str:
    """What the ticks are, for the legend: 目安（自分の前の1年）; or that there are none, and why."""
    if all(row.benchmark is None for row in rows(shown)):
        return _("目安なし（前の1年は10社未満）")
    return _("目安（{name}）").format(name=benchmarks.name(shown.benchmark.key))


def table_text(ws: Workspace, shown: Overview, horizon: int) -> str:
    """The table for the clipboard: one line per stage, tabs between, and a first line that says what it rests on."""
    table = rows_csv(rows(shown, horizon), exact=False, separator="\t")
    return f"{side_by_side((sheet_caption(ws, shown), horizon_words(horizon)))}\n{table}".replace("\r\n", "\n")
