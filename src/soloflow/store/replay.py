"""Replaying the journal: the newest change set is taken back or put back exactly, also after a restart.

What stands side by side in the journal (same table, same operation) is replayed by one statement, in portions: an import of
100,000 people neither waits for each row nor is held in memory. An older change set is taken back by `soloflow.store.reverting`.
"""

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import update

from soloflow.store import schema
from soloflow.store.database import Reader
from soloflow.store.statements import blocks, known, listed
from soloflow.store.unit_of_work import UnitOfWork

PORTION = 500
"""Rows of the journal between two looks at whether the work shall go on."""

Advance = Callable[[int], None]
"""Told how many more rows are done; what it raises takes all of it back."""


class Change(NamedTuple):
    """One row of the journal."""

    id: int
    table: str
    row_id: int
    operation: str
    before: dict[str, Any]
    after: dict[str, Any]


def take_back(work: UnitOfWork, change_set: int, advance: Advance) -> None:
    """Undo: every row as it was before the change set."""
    for run in _runs(work.reader, change_set, newest_first=True, advance=advance):
        _backward(work, run)
    _end(work, change_set, "undone", advance)


def put_back(work: UnitOfWork, change_set: int, advance: Advance) -> None:
    """Redo: every row as the change set had left it."""
    for run in _runs(work.reader, change_set, newest_first=False, advance=advance):
        _forward(work, run)
    _end(work, change_set, "done", advance)


def _end(work: UnitOfWork, change_set: int, state: str, advance: Advance) -> None:
    work.settle(lambda: advance(0))
    sets = schema.change_sets
    work.execute(update(sets).where(sets.c.id == change_set).values(state=state))


def _runs(reader: Reader, change_set: int, *, newest_first: bool, advance: Advance) -> Iterator[list[Change]]:
    """Neighbours in the journal that do the same to the same table."""
    for portion in portions(reader, change_set, newest_first=newest_first):
        advance(0)
        for _what, run in groupby(portion, key=lambda change: (change.table, change.operation)):
            yield list(run)
        advance(len(portion))


def portions(reader: Reader, change_set: int, *, newest_first: bool = False, only: str = "1") -> Iterator[list[Change]]:
    """The journal's rows of a change set, a few hundred at a time; `only` is a condition on `changes`."""
    order, further = ("DESC", "<") if newest_first else ("ASC", ">")
    last = 1 << 62 if newest_first else 0
    while True:
        rows = reader.tuples(
            "SELECT id, table_name, row_id, operation, before, after FROM changes"
            f" WHERE change_set_id = ? AND id {further} ? AND {only} ORDER BY id {order} LIMIT {PORTION}",
            change_set, last,
        ).fetchall()  # fmt: skip
        if not rows:
            return
        last = rows[-1][0]
        yield [
            Change(number, table, row_id, operation, _load(before), _load(after))
            for number, table, row_id, operation, before, after in rows
        ]


def _load(text: str | None) -> dict[str, Any]:
    return json.loads(text) if text else {}


def _backward(work: UnitOfWork, run: Sequence[Change]) -> None:
    table, operation = run[0].table, run[0].operation
    ids = [change.row_id for change in run]
    if table == "stage_transitions":
        work.set_effective(ids, effective=operation == "void")
    elif operation == "insert":
        _remove(work, table, ids)
    elif operation == "delete":
        _restore(work, table, [change.before for change in run])
    else:
        work.set_many(table, [(change.row_id, change.before) for change in run if change.before])


def _forward(work: UnitOfWork, run: Sequence[Change]) -> None:
    table, operation = run[0].table, run[0].operation
    ids = [change.row_id for change in run]
    if table == "stage_transitions":
        work.set_effective(ids, effective=operation != "void")
    elif operation == "insert":
        _restore(work, table, [change.after for change in run])
    elif operation == "delete":
        _remove(work, table, ids)
    else:
        work.set_many(table, [(change.row_id, change.after) for change in run if change.after])


def _remove(work: UnitOfWork, table: str, ids: Sequence[int]) -> None:
    # The log keeps its rows for ever, so the prospect they speak of stays as an empty shell.
    shells = in_log(work.reader, ids) if table == "prospects" else set()
    work.set_many(table, [(row_id, shell(work.now_us)) for row_id in ids if row_id in shells])
    own = [row_id for row_id in ids if row_id not in shells]
    try:
        work.drop_many(table, own)
    except (
        sqlite3.IntegrityError
    ):  # somebody erased came by it: a rate still counts them there, and the journal does not know
        work.drop_many(table, unused(work.reader, table, own))


def in_log(reader: Reader, prospects: Sequence[int]) -> set[int]:
    """Those of whom any log entry, voided or not, speaks."""
    found: set[int] = set()
    for block in blocks(prospects):
        found.update(
            reader.column(f"SELECT DISTINCT prospect_id FROM stage_transitions WHERE prospect_id IN ({listed(block)})")
        )
    return found


def unused(reader: Reader, table: str, ids: Sequence[int]) -> list[int]:
    """Those of the ids to which no row points, the log included."""
    used: set[int] = set()
    for other in schema.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table.name == table:
                column = key.parent.name
                for block in blocks(ids):
                    used.update(reader.column(f"SELECT {column} FROM {other.name} WHERE {column} IN ({listed(block)})"))
    return [row_id for row_id in ids if row_id not in used]


def shell(now_us: int) -> dict[str, object]:
    """What is left of a prospect of whom only the log still speaks."""
    return {
        "name": "", "kana": "", "website": "", "memo": "", "channel_id": None, "source_id": None, "referrer_id": None,
        "merged_into_id": None, "deleted_us": now_us,
    }  # fmt: skip


def _restore(work: UnitOfWork, table: str, images: Sequence[Mapping[str, Any]]) -> None:
    rows = [row for row in images if row]  # empty: erased from the journal, because the person had a right to it
    there = present(work.reader, table, [row["id"] for row in rows])
    empty = {column.name: None for column in schema.metadata.tables[table].c if column.nullable}
    work.set_many(table, [(row["id"], {**empty, **row}) for row in rows if row["id"] in there])
    for _columns, alike in groupby((row for row in rows if row["id"] not in there), key=tuple):
        many = list(alike)
        try:
            work.put_many(table, many)
        except sqlite3.IntegrityError:  # it was about somebody erased
            _put_what_fits(work, table, many)


def _put_what_fits(work: UnitOfWork, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    there = present(work.reader, table, [row["id"] for row in rows])
    for row in rows:
        if row["id"] not in there:
            with contextlib.suppress(sqlite3.IntegrityError):
                work.put_many(table, [row])


def present(reader: Reader, table: str, ids: Sequence[int]) -> set[int]:
    """Those of the ids that a table has."""
    found: set[int] = set()
    for block in blocks(ids):
        found.update(reader.column(f"SELECT id FROM {known(table)} WHERE id IN ({listed(block)})"))
    return found
