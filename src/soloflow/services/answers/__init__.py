"""The answers of 分析: each a sentence, then its picture, then its table, and how it was reckoned.

A module per question. Its `answer(ws, shown, …)` takes the figures that `numbers.overview` counted and gives an `Answer`; the page
shows all of them in the same way, so that a new question needs no new widget. Loads numpy and, to draw, matplotlib: never before
the first figures are on the screen.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from soloflow.charts.colours import ChartColours
from soloflow.charts.paper import Drawing
from soloflow.insights.behind import Who

__all__ = ["Answer", "Draw", "Link", "Row", "Table", "Term", "Who", "table_csv", "table_text"]

Draw = Callable[[ChartColours, float], Drawing]
"""Draws the picture for a ground and a width in pixels."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, with the prospects it counts."""

    cells: tuple[str, ...]
    who: Who | None = None
    is_marked: bool = False
    by_cell: tuple[tuple[int, Who], ...] = ()
    """Where a cell counts others than the rest of its row: its column, and whom."""
    tab: str = ""
    """The tab of 分析 that says more."""

    def counted(self, column: int) -> Who | None:
        """The prospects that a cell counts; None where it counts nobody."""
        return dict(self.by_cell).get(column, self.who)


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers behind a picture, as they are shown."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A way from a sentence to the prospects it speaks of, or to the tab of 分析 that says more about their step."""

    words: str
    who: Who
    tab: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One paragraph of どう計算した？: what a figure is called, its definition in plain words, and the counts that went in."""

    name: str
    words: str
    links: tuple[Link, ...] = ()
    """The prospects that were counted."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tab of 分析 says. Two answers are equal when they say the same: the picture is drawn from what is equal."""

    head: tuple[str, ...]
    """One or two sentences."""
    lines: tuple[str, ...]
    """What the sentences rest on, or what is missing for more."""
    table: Table
    terms: tuple[Term, ...]
    height: float = 0.0
    """Of the picture, in pixels; 0 where there is nothing to draw."""
    links: tuple[Link, ...] = ()
    draw: Draw | None = field(default=None, compare=False)


def table_text(table: Table) -> str:
    """The table for the clipboard: tabs between cells, a line per row, heads first."""
    lines = [table.heads, *(row.cells for row in table.rows)]
    return "\n".join("\t".join(line) for line in lines) + "\n"


def table_csv(table: Table) -> str:
    """The table as CSV that spreadsheets open as it is (UTF-8 with a byte order mark)."""
    import csv
    import io

    out = io.StringIO()
    out.write("\ufeff")
    csv.writer(out, lineterminator="\r\n").writerows([table.heads, *(row.cells for row in table.rows)])
    return out.getvalue()
