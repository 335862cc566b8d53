"""Taking an older change set back while later work stays: what was made goes, what was overwritten comes back.

What somebody has edited since is kept and returned. A record that the change set made and that somebody has worked with since
stays whole: a customer, or a contact of a customer who was there before. Everything is a new change set, undone like any other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, TypeAlias

from sqlalchemy import Table, UniqueConstraint

from soloflow.store import loose_ends, schema
from soloflow.store.database import Reader
from soloflow.store.journal import Conflict
from soloflow.store.log import survivor
from soloflow.store.replay import Advance, in_log, portions, present, shell
from soloflow.store.statements import blocks, listed
from soloflow.store.unit_of_work import BELONGS_TO_PROSPECT, UnitOfWork

TABLES = schema.metadata.tables
Root: TypeAlias = tuple[str, int]
"""The record that a row is part of: ("prospects", id) or ("contacts", id)."""
ROOTS = ("prospects", "contacts")
_CUSTOMERS = frozenset({"prospect_id", "referrer_id"})
"""Columns that name a customer."""
_NOT_WORK = frozenset({"stage_transitions", "prospect_states", "changes"})
"""Tables whose rows alone do not keep a record: the log is asked through `effective_transitions`."""


@dataclass(slots=True)
class _Set:
    """A change set, each row once."""

    id: int
    made: dict[str, dict[int, Root | None]] = field(default_factory=lambda: defaultdict(dict))
    """By table, the rows it made and left, with the record each became part of (None: it stands for itself)."""
    updates: dict[tuple[str, int], tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=dict)
    """(as it was before, as the change set left it), of the columns it changed."""
    gone: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    """Rows it deleted, as they were."""
    toggled: dict[int, str] = field(default_factory=dict)
    """Entries of the log, with what was done to each first: "void" where it had counted, "restore" where it had not."""


def _unwatched(_rows: int) -> None:
    """Nobody waits for a small one."""


def revert(work: UnitOfWork, change_set: int, advance: Advance = _unwatched) -> list[Conflict]:
    """Take back a change set as a new one; what stays because of later work is returned."""
    old = _read(work.reader, change_set, advance)
    work.restore_many([entry for entry, first in old.toggled.items() if first == "void"])
    work.void_many([entry for entry, first in old.toggled.items() if first == "restore"])
    renewed = _points_renewed(work.reader, old)
    _bring_back(work, old, renewed)
    conflicts = [_points_kept(work.reader, contact) for contact in sorted(renewed)]
    conflicts += _set_back(work, old, advance)
    edits = _edits(work.reader, old, advance)
    kept = _kept(work.reader, old, edits)
    conflicts += _what_was_kept(work.reader, old, edits, kept)
    conflicts += _take_away(work, old, edits, kept, advance)
    _bring_back(
        work, old, renewed
    )  # what had no place while a row of the change set stood there, such as a tag made anew
    loose_ends.tie(work, work.touched)
    return conflicts


# --- reading ---------------------------------------------------------------------------------------------------------
def _read(reader: Reader, change_set: int, advance: Advance) -> _Set:
    old = _Set(change_set)
    for portion in portions(reader, change_set):
        advance(0)
        for change in portion:
            key = (change.table, change.row_id)
            if change.operation == "insert":
                old.made[change.table][change.row_id] = _root(old, change.table, change.row_id, change.after)
            elif change.operation == "update" and (change.before or change.after):
                before, after = old.updates.get(key, ({}, {}))
                old.updates[key] = ({**change.before, **before}, {**after, **change.after})
            elif change.operation == "delete" and old.made[change.table].pop(change.row_id, 0) == 0 and change.before:
                old.gone[key] = change.before | old.updates.pop(key, ({}, {}))[0]
            elif change.operation in ("void", "restore"):
                old.toggled.setdefault(change.row_id, change.operation)
    return old


def _root(old: _Set, table: str, row_id: int, row: Mapping[str, Any]) -> Root | None:
    if table == "prospects":
        return table, row_id
    if table in BELONGS_TO_PROSPECT and row.get("prospect_id") in old.made["prospects"]:
        return "prospects", row["prospect_id"]
    if table == "contacts":
        return table, row_id
    return old.made["contacts"].get(row.get("contact_id", 0))


# --- what it deleted and overwrote -----------------------------------------------------------------------------------
def _bring_back(work: UnitOfWork, old: _Set, renewed: set[int]) -> None:
    """Put deleted rows back where they fit: last deleted first, so that owners come before what they own."""
    newest_first = reversed(old.gone.items())
    for table, run in groupby(newest_first, key=lambda item: item[0][0]):
        rows = [
            row for (_table, row_id), row in run if row.get("contact_id") not in renewed or table != "contact_points"
        ]
        there = present(work.reader, table, [row["id"] for row in rows])
        rows = [_without_lost(work.reader, TABLES[table], row) for row in rows if row["id"] not in there]
        rows = [row for row in rows if _fits(work.reader, TABLES[table], row)]
        for _columns, alike in groupby(rows, key=tuple):
            work.insert_with_ids(table, list(alike))


def _points_renewed(reader: Reader, old: _Set) -> set[int]:
    """Contacts whose mails and numbers this change set exchanged, and somebody exchanged again since."""
    contacts = {row["contact_id"] for (table, _id), row in old.gone.items() if table == "contact_points"}
    made = list(old.made["contact_points"])
    if not contacts or not made:
        return set()
    missing = set(made) - present(reader, "contact_points", made)
    return contacts & {
        change.after.get("contact_id")
        for portion in portions(reader, old.id, only="table_name = 'contact_points' AND operation = 'insert'")
        for change in portion
        if change.row_id in missing
    }  # fmt: skip


def _points_kept(reader: Reader, contact: int) -> Conflict:
    values = reader.column("SELECT value FROM contact_points WHERE contact_id = ? ORDER BY position, id", contact)
    return Conflict("contacts", contact, "points", ", ".join(values))


def _fits(reader: Reader, table: Table, row: Mapping[str, Any]) -> bool:
    """Whether a row can come back: what it points to is there, and nothing has taken its place."""
    keys = [[column.name for column in one.columns] for one in table.constraints if isinstance(one, UniqueConstraint)]
    keys += [[column.name] for column in table.columns if column.unique]
    is_taken = any(reader.find(table.name, **{name: row.get(name) for name in key}) for key in keys)
    return not is_taken and not any(_is_orphan(reader, table, name, value) for name, value in row.items())


def _without_lost(reader: Reader, table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """The row without pointing to what is gone, where it can do without: a plan whose contact was merged away."""
    lost = {
        name: None
        for name, value in row.items()
        if table.columns[name].nullable and _is_orphan(reader, table, name, value)
    }
    return {**row, **lost} if lost else row


def _is_orphan(reader: Reader, table: Table, column: str, value: object) -> bool:
    targets = [key.column.table.name for key in table.columns[column].foreign_keys]
    return value is not None and any(reader.find(target, id=value) is None for target in targets)


def _set_back(work: UnitOfWork, old: _Set, advance: Advance) -> list[Conflict]:
    """Give overwritten columns their old values, except where they were overwritten again."""
    conflicts: list[Conflict] = []
    wanted: dict[str, list[int]] = defaultdict(list)
    for table, row_id in old.updates:
        if row_id not in old.made[table]:
            wanted[table].append(row_id)
    for table, ids in sorted(wanted.items(), key=lambda one: one[0] != "prospects"):  # who comes back is pointed to
        columns = TABLES[table].columns
        for block in blocks(ids):
            values: dict[int, dict[str, Any]] = {}
            for row in work.reader.rows(f"SELECT * FROM {table} WHERE id IN ({listed(block)})"):
                before, after = old.updates[table, row["id"]]
                values[row["id"]] = back = {}
                for name, value in before.items():
                    is_lost = bool(columns[name].foreign_keys) and _is_lost(
                        work.reader, TABLES[table], row["id"], name, value
                    )
                    if not is_lost and _is_as_left(work.reader, name, after[name], row[name]):
                        back[name] = value
                    elif row[name] != value:
                        conflicts.append(_overwritten(table, row["id"], name, row[name]))
            work.update_many(table, values)
            advance(len(block))
    return conflicts


def _is_lost(reader: Reader, table: Table, row_id: int, column: str, value: Any) -> bool:
    """Whether what a link would point to again is gone: a row, the customer of a contact, or whoever was merged the other way."""
    if value is None:
        return False
    if column in ("prospect_id", "merged_into_id") and loose_ends.are_deleted(reader, (value,)):
        return True
    if column == "merged_into_id" and survivor(reader, value) == row_id:
        return True
    return _is_orphan(reader, table, column, value)


def _is_as_left(reader: Reader, column: str, left: Any, now: Any) -> bool:
    """Whether a value is as the change set left it, also where the customer it named was merged into another since."""
    return bool(left == now or (column in _CUSTOMERS and left is not None and survivor(reader, left) == now))


def _overwritten(table: str, row_id: int, column: str, now: Any) -> Conflict:
    """An id says nothing to anybody: a row that was given to another customer since is told by that customer."""
    named = column in _CUSTOMERS and now is not None
    return Conflict("prospects", now, "id", now) if named else Conflict(table, row_id, column, now)


# --- what it made ----------------------------------------------------------------------------------------------------
Edits: TypeAlias = dict[tuple[str, int], dict[str, Any] | None]
"""Rows that are not as the change set left them: their columns that differ, as they are now; None where the row is gone."""


def _edits(reader: Reader, old: _Set, advance: Advance) -> Edits:
    edits: Edits = {}
    for portion in portions(reader, old.id, only="operation = 'insert' AND table_name <> 'stage_transitions'"):
        for table, run in groupby(portion, key=lambda change: change.table):
            images = {change.row_id: change.after for change in run if change.row_id in old.made[table]}
            now = {row["id"]: row for row in reader.rows(f"SELECT * FROM {table} WHERE id IN ({listed(images)})")}
            for row_id, image in images.items():
                left = image | old.updates.get((table, row_id), ({}, {}))[1]
                row = now.get(row_id)
                if row is None:
                    edits[table, row_id] = None
                elif changed := {name: row[name] for name, value in left.items() if row[name] != value}:
                    edits[table, row_id] = changed
        advance(len(portion))
    return edits


def _kept(reader: Reader, old: _Set, edits: Edits) -> set[Root]:
    """The records made that somebody has worked with since."""
    kept = {root for table, row_id in edits if (root := old.made[table][row_id]) is not None}
    kept |= {(name, row) for name, row in _referred(edits) if row in old.made[name]}
    for target in ROOTS:
        for block in blocks(list(old.made[target])):
            kept |= {_whole(old, (target, row)) for row in _worked_with(reader, old.id, target, block)}
    kept = {_whole(old, root) for root in kept}
    found: set[Root] = set()
    while found != kept:  # whoever is kept keeps whom they point to
        found = set(kept)
        for block in blocks([row for name, row in found if name == "prospects"]):
            for ids in reader.tuples(
                f"SELECT referrer_id, merged_into_id FROM prospects WHERE id IN ({listed(block)})"
            ):
                kept |= {("prospects", one) for one in ids if one in old.made["prospects"]}
    return kept


def _whole(old: _Set, root: Root) -> Root:
    """The customer whom a made contact belongs to, where the change set made that one too."""
    return old.made[root[0]].get(root[1]) or root


def _referred(edits: Edits) -> Iterator[Root]:
    names = {
        "prospect_id": "prospects",
        "referrer_id": "prospects",
        "merged_into_id": "prospects",
        "contact_id": "contacts",
    }
    for changed in edits.values():
        for column, value in (changed or {}).items():
            if column in names and value is not None:
                yield names[column], value


def _worked_with(reader: Reader, change_set: int, target: str, block: Sequence[int]) -> Iterator[int]:
    """Those of the records to which rows point that this change set did not make."""
    for table, column in _pointing(target):
        stored = "stage_transitions" if table == "effective_transitions" else table
        yield from reader.column(
            f"SELECT DISTINCT t.{column} FROM {table} t WHERE t.{column} IN ({listed(block)}) AND NOT EXISTS"
            f" (SELECT 1 FROM changes c WHERE c.table_name = '{stored}' AND c.row_id = t.id AND c.change_set_id = {change_set}"
            " AND c.operation = 'insert')"
        )


def _pointing(target: str) -> list[tuple[str, str]]:
    """(table, column) of everything that can point to a table."""
    found = [
        (table.name, key.parent.name)
        for table in schema.metadata.sorted_tables
        if table.name not in _NOT_WORK
        for key in table.foreign_keys
        if key.column.table.name == target
    ]
    return [*found, ("effective_transitions", "prospect_id")] if target == "prospects" else found


def _what_was_kept(reader: Reader, old: _Set, edits: Edits, kept: set[Root]) -> list[Conflict]:
    """Per kept record, what was edited in it; the record itself where it is only used."""
    told: dict[Root, list[Conflict]] = {root: [] for root in kept}
    alone: list[Conflict] = []
    for (table, row_id), changed in edits.items():
        root = old.made[table][row_id]
        found = [Conflict(table, row_id, name, value) for name, value in (changed or {}).items()]
        if root is None:
            alone += found
        elif (whole := _whole(old, root)) in told:
            told[whole] += found
    deleted = set()
    for block in blocks([row for name, row in kept if name == "prospects"]):
        deleted |= set(
            reader.column(f"SELECT id FROM prospects WHERE id IN ({listed(block)}) AND deleted_us IS NOT NULL")
        )
    for root, found in sorted(told.items()):
        if root[0] != "prospects" or root[1] not in deleted:  # whoever was deleted since is gone already
            alone += found or [Conflict(root[0], root[1], "id", root[1])]
    return alone


def _take_away(work: UnitOfWork, old: _Set, edits: Edits, kept: set[Root], advance: Advance) -> list[Conflict]:
    """Delete what the change set made and nobody uses: what points to others first."""
    conflicts: list[Conflict] = []

    def stays(table: str, row_id: int, root: Root | None) -> bool:
        return (table, row_id) in edits if root is None else _whole(old, root) in kept

    for table in reversed(schema.metadata.sorted_tables):
        ids = [row_id for row_id, root in old.made[table.name].items() if not stays(table.name, row_id, root)]
        if table is schema.stage_transitions:
            work.void_many(ids)
            continue
        for block in blocks(ids):
            advance(len(block))
            free, used = _apart(work.reader, table.name, block)
            conflicts += [Conflict(table.name, row_id, "id", row_id) for row_id in used]
            shells = in_log(work.reader, free) if table is schema.prospects else set()
            work.update_many(table.name, {row_id: shell(work.now_us) for row_id in free if row_id in shells})
            work.delete_many(table.name, [row_id for row_id in free if row_id not in shells])
    return conflicts


def _apart(reader: Reader, target: str, ids: Iterable[int]) -> tuple[list[int], list[int]]:
    """(those to which nothing points, those to which something does); the log does not count."""
    every = list(ids)
    used: set[int] = set()
    for table, column in _pointing(target):
        if table != "effective_transitions":
            used.update(reader.column(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IN ({listed(every)})"))
    return [row_id for row_id in every if row_id not in used], sorted(used)
