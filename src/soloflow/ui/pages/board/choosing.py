"""One choice of cards over nine lists."""

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from soloflow.ui.pages.board.column import StageColumn


def chosen(columns: Iterable[StageColumn]) -> tuple[int, ...]:
    """The chosen customers, from left to right and top to bottom."""
    found: list[int] = []
    for column in columns:
        rows = sorted(index.row() for index in column.cards.selectionModel().selectedRows())
        found += [column.model.id_at(row) for row in rows]
    return tuple(found)


def choose(columns: Iterable[StageColumn], ids: Collection[int]) -> None:
    """Choose exactly these, wherever they stand."""
    wanted = frozenset(ids)
    for column in columns:
        selection = QItemSelection()
        for row in column.model.rows_of(wanted):
            column.model.reveal(row)
            index = column.model.index(row)
            selection.select(index, index)
        column.cards.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def choose_nowhere_but(columns: Iterable[StageColumn], kept: StageColumn) -> None:
    """Let go of what is chosen in the other columns."""
    for column in columns:
        if column is not kept:
            column.cards.clearSelection()


def place_of(columns: Iterable[StageColumn], prospect: int) -> tuple[StageColumn, int] | None:
    """The column and row a customer stands at, if it is on the board."""
    for column in columns:
        for row in column.model.rows_of((prospect,)):
            return column, row
    return None


def standing_in(column: StageColumn, ids: Collection[int]) -> set[int]:
    """Those of these customers that stand in the column already."""
    return {column.model.id_at(row) for row in column.model.rows_of(frozenset(ids))}


def next_filled(columns: Sequence[StageColumn], start: StageColumn, step: int) -> StageColumn | None:
    """The nearest column with cards to the left (-1) or right (1)."""
    place = columns.index(start) + step
    while 0 <= place < len(columns):
        if columns[place].model.total:
            return columns[place]
        place += step
    return None
