"""A workbook → the people in it: which of its sheets has them, by a known header or by what stands in the columns."""

from collections.abc import Sequence

from soloflow.capture.mapping import REACHING, Mapping
from soloflow.capture.suggesting import suggest
from soloflow.capture.table_look import HEADER_WITHIN, Table, is_table, look
from soloflow.capture.tables import Watch, unwatched
from soloflow.capture.tabular import read_known, read_mapped, recognise, unknown_table
from soloflow.capture.workbook import SheetGrid, Workbook, open_workbook
from soloflow.domain.candidates import Problem, Reading
from soloflow.domain.errors import UserError
from soloflow.i18n import _

MOST_SHEETS = 50
"""Sheets among which the one with people is looked for."""


def read_workbook(name: str, data: bytes, mapping: Mapping | None = None, watch: Watch = unwatched) -> Reading:
    """The people of the sheet that has them; sheets that were not read are named.

    :raises Unmapped: when no header of any sheet is known.
    :raises UserError: when the workbook is broken, too large, or has no table in it.
    """
    book = open_workbook(name, data, watch)
    grids = _grids(name, book)
    if mapping is not None:
        wanted = next((grid for grid in grids if grid.sheet == mapping.sheet), None) or _likeliest(grids)
        return _with_others(read_mapped(name, wanted, mapping, watch), wanted, grids, mapping.header)
    for grid in grids:
        if recognised := recognise(grid):
            dialect, header = recognised
            return _with_others(read_known(grid, dialect, header, watch), grid, grids, header.line)
    raise unknown_table(name, _likeliest(grids), watch)


def look_at_workbook(
    name: str, data: bytes, sheet: str = "", header: int | None = None, watch: Watch = unwatched
) -> Table:  # fmt: skip
    """The table of a sheet as it stands; without a name, of the one that has people.

    :raises UserError: when the workbook is broken, too large, or has no table in it.
    """
    grids = _grids(name, open_workbook(name, data, watch))
    wanted = next((grid for grid in grids if grid.sheet == sheet), None)
    return look(name, wanted or _likeliest(grids), header, watch)


def _grids(name: str, book: Workbook) -> list[SheetGrid]:
    """The sheets with a table in them."""
    found = [grid for sheet in book.sheets[:MOST_SHEETS] if is_table((grid := book.grid(sheet)).top(HEADER_WITHIN))]
    if not found:
        raise UserError(
            _("{name}のどのシートにも連絡先の表が見つかりません。何も取り込んでいません。").format(name=name)
        )
    return found


def _likeliest(grids: Sequence[SheetGrid]) -> SheetGrid:
    """The sheet whose columns look most like people; of equal ones the first."""

    def people(grid: SheetGrid) -> tuple[int, int]:
        top = grid.top(HEADER_WITHIN)
        return len(REACHING.intersection(suggest(top).fields)), len(top)

    return max(grids, key=people)


def _with_others(reading: Reading, read: SheetGrid, grids: Sequence[SheetGrid], header: int) -> Reading:
    message = _("シート「{sheet}」は読んでいません。必要なら、列の割り当てでシートを切り替えてください。")
    others = [
        Problem(header or 1, "", message.format(sheet=grid.sheet))
        for grid in grids
        if grid.sheet != read.sheet and suggest(grid.top(HEADER_WITHIN)).finds_people
    ]
    if not others:
        return reading
    return Reading(
        reading.kind, reading.encoding, reading.rows, reading.candidates, (*others, *reading.problems), reading.unread
    )
