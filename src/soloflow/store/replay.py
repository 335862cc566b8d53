"""Replaying the journal: change sets are taken back and put back row by row, also after a restart.

The newest change set can always be taken back exactly. An older one can be reverted while later edits stay: what was edited
since is kept and listed.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, delete, insert, update

from soloflow.store import schema
from soloflow.store.database import Reader
from soloflow.store.journal import Conflict
from soloflow.store.unit_of_work import BELONGS_TO_PROSPECT, UnitOfWork


@dataclass(frozen=True, slots=True)
class _Change:
    table: Table
    row_id: int
    operation: str
    before: dict[str, Any]
    after: dict[str, Any]


Step = Callable[[], None]
"""Called before every row, so that long work can be watched; what it raises takes all of it back."""


def take_back(work: UnitOfWork, change_set: int, step: Step) -> None:
    """Undo: every row as it was before the change set."""
    for change in _changes(work.reader, change_set, newest_first=True):
        step()
        _backward(work, change)
    _mark(work, change_set, "undone")


def put_back(work: UnitOfWork, change_set: int, step: Step) -> None:
    """Redo: every row as the change set had left it."""
    for change in _changes(work.reader, change_set, newest_first=False):
        step()
        _forward(work, change)
    _mark(work, change_set, "done")


def revert(work: UnitOfWork, change_set: int) -> list[Conflict]:
    """Take back an older change set as a new one; values edited since stay and are returned."""
    found = list(_changes(work.reader, change_set, newest_first=True))
    kept = _worked_with_since(work.reader, found)
    conflicts = [
        Conflict("prospects", prospect, "id", prospect) for prospect, is_deleted in kept.items() if not is_deleted
    ]
    for change in found:
        if change.operation != "insert" or _customer_of(work.reader, change) not in kept:
            conflicts += _revert_one(work, change)
    return conflicts


def _worked_with_since(reader: Reader, changes: Iterable[_Change]) -> dict[int, bool]:
    """Customers that the change set made and that later work rests on: they stay whole. True for those deleted since."""
    made: dict[int, list[_Change]] = {
        change.row_id: [] for change in changes if change.table is schema.prospects and change.operation == "insert"
    }
    for change in changes:
        owner = _customer_of(reader, change)
        if change.operation == "insert" and owner in made:
            made[owner].append(change)
    kept = {}
    for prospect, own in made.items():
        row = reader.get("prospects", prospect)
        if row is not None and (any(_is_edited(reader, change) for change in own) or _has_more(reader, prospect, own)):
            kept[prospect] = row["deleted_us"] is not None
    return kept


def _customer_of(reader: Reader, change: _Change) -> int | None:
    row = change.after
    if change.table is schema.prospects:
        return change.row_id
    if change.table is schema.contact_points:
        owner: int | None = reader.value("SELECT prospect_id FROM contacts WHERE id = ?", row.get("contact_id"))
        return owner
    return row.get("prospect_id")


def _is_edited(reader: Reader, change: _Change) -> bool:
    if change.table is schema.stage_transitions:
        return False
    row = reader.get(change.table.name, change.row_id)
    return row is None or any(row[name] != value for name, value in change.after.items())


def _has_more(reader: Reader, prospect: int, own: Iterable[_Change]) -> bool:
    """Whether anything but these rows belongs to a customer."""
    ours = {(change.table.name, change.row_id) for change in own}
    tables = [(table, "prospect_id") for table in sorted(BELONGS_TO_PROSPECT - {"stage_transitions"})]
    tables += [("effective_transitions", "prospect_id"), ("prospects", "referrer_id"), ("prospects", "merged_into_id")]
    for table, column in tables:
        stored = "stage_transitions" if table == "effective_transitions" else table
        if any((stored, row_id) not in ours for row_id in reader.ids(table, **{column: prospect})):
            return True
    points = reader.column(
        "SELECT p.id FROM contact_points p JOIN contacts c ON c.id = p.contact_id WHERE c.prospect_id = ?", prospect
    )
    return any(("contact_points", row_id) not in ours for row_id in points)


def _changes(reader: Reader, change_set: int, *, newest_first: bool) -> Iterator[_Change]:
    order = "DESC" if newest_first else "ASC"
    for row in reader.rows(
        f"SELECT table_name, row_id, operation, before, after FROM changes WHERE change_set_id = ? ORDER BY id {order}",
        change_set,
    ):
        table = schema.metadata.tables[row["table_name"]]
        yield _Change(table, row["row_id"], row["operation"], _load(row["before"]), _load(row["after"]))


def _load(text: str | None) -> dict[str, Any]:
    return json.loads(text) if text else {}


def _mark(work: UnitOfWork, change_set: int, state: str) -> None:
    work.execute(update(schema.change_sets).where(schema.change_sets.c.id == change_set).values(state=state))


def _backward(work: UnitOfWork, change: _Change) -> None:
    table = change.table
    if change.operation == "void" or table is schema.stage_transitions:
        work.set_effective(change.row_id, effective=change.operation == "void")
    elif change.operation == "insert":
        _remove(work, table, change.row_id)
    elif change.operation == "delete":
        _restore(work, table, change.before)
    else:
        _set(work, table, change.row_id, change.before)


def _forward(work: UnitOfWork, change: _Change) -> None:
    table = change.table
    if change.operation == "void" or table is schema.stage_transitions:
        work.set_effective(change.row_id, effective=change.operation != "void")
    elif change.operation == "insert":
        _restore(work, table, change.after)
    elif change.operation == "delete":
        _remove(work, table, change.row_id)
    else:
        _set(work, table, change.row_id, change.after)


def _remove(work: UnitOfWork, table: Table, row_id: int) -> None:
    row = work.reader.row(f"SELECT * FROM {table.name} WHERE id = ?", row_id)
    if row is None:
        return
    work.touch(table.name, dict(row))
    if table is schema.prospects and is_in_log(work.reader, row_id):
        # The log keeps its rows for ever, so the prospect they speak of stays as an empty shell.
        work.execute(update(table).where(table.c.id == row_id).values(_shell(work.now_us)))
    else:
        if table is schema.prospects:  # the cached state hangs on the row
            work.execute(delete(schema.prospect_states).where(schema.prospect_states.c.prospect_id == row_id))
        work.execute(delete(table).where(table.c.id == row_id))


def is_in_log(reader: Reader, prospect: int) -> bool:
    """Whether any log entry, voided or not, speaks of this prospect."""
    return reader.value("SELECT 1 FROM stage_transitions WHERE prospect_id = ? LIMIT 1", prospect) is not None


def _shell(now_us: int) -> dict[str, object]:
    return {
        "name": "", "kana": "", "website": "", "memo": "", "channel_id": None, "source_id": None, "referrer_id": None,
        "merged_into_id": None, "deleted_us": now_us,
    }  # fmt: skip


def _restore(work: UnitOfWork, table: Table, values: dict[str, Any]) -> None:
    if not values:  # erased from the journal: the person had a right to it
        return
    exists = work.reader.value(f"SELECT 1 FROM {table.name} WHERE id = ?", values["id"])
    if exists:
        complete = {column.name: None for column in table.c if column.nullable} | values
        work.execute(update(table).where(table.c.id == values["id"]).values(complete))
    else:
        work.execute(insert(table), values)
    work.touch(table.name, values)


def _set(work: UnitOfWork, table: Table, row_id: int, values: dict[str, Any]) -> None:
    row = work.reader.row(f"SELECT * FROM {table.name} WHERE id = ?", row_id)
    if row is None or not values:
        return
    work.touch(table.name, dict(row))
    work.execute(update(table).where(table.c.id == row_id).values(values))
    work.touch(table.name, {**dict(row), **values})


def _revert_one(work: UnitOfWork, change: _Change) -> Iterator[Conflict]:
    table, row_id = change.table, change.row_id
    if table is schema.stage_transitions:
        if change.operation == "void":
            work.restore(row_id)
        else:
            work.void(row_id)
        return
    row = work.reader.row(f"SELECT * FROM {table.name} WHERE id = ?", row_id)
    if change.operation == "delete":
        if row is None and change.before:
            work.insert_with_id(table.name, change.before)
        return
    if row is None:
        return
    edited = [name for name, value in change.after.items() if name in row.keys() and row[name] != value]  # noqa: SIM118
    if change.operation == "insert":
        if edited or is_used(work.reader, table, row_id):
            yield from (Conflict(table.name, row_id, name, row[name]) for name in edited or ["id"])
        elif table is schema.prospects and is_in_log(work.reader, row_id):
            work.update(table.name, row_id, **_shell(work.now_us))
        else:
            work.delete(table.name, row_id)
        return
    yield from (Conflict(table.name, row_id, name, row[name]) for name in edited)
    work.update(table.name, row_id, **{name: value for name, value in change.before.items() if name not in edited})


def is_used(reader: Reader, table: Table, row_id: int) -> bool:
    """Whether rows of other tables (the log aside) still point to this one."""
    for other in schema.metadata.sorted_tables:
        if other is schema.stage_transitions or other.name == "prospect_states":
            continue
        for key in other.foreign_keys:
            if key.column.table is table and reader.value(
                f"SELECT 1 FROM {other.name} WHERE {key.parent.name} = ? LIMIT 1", row_id
            ):
                return True
    return False
