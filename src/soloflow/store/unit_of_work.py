"""The only way to write: one transaction, journaled row by row, ending with the derived tables brought up to date.

    with store.write(label, now_us) as work:
        prospect = work.insert("prospects", name="アクメ", created_us=now_us)
        work.log(prospect, Kind.ENTER, to_stage=1, at_us=now_us)
    work.change_set      # the handle for undo

Anything raised inside rolls everything back. Many rows are written by one statement, and their images in the journal are made
by SQLite itself: an import of 100,000 people is never held in memory a second time.
"""

import contextlib
import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc

from soloflow.domain.errors import UserError
from soloflow.domain.process import Kind
from soloflow.i18n import _
from soloflow.store import derived, schema
from soloflow.store.database import Reader, Store, explain, prepare
from soloflow.store.statements import blocks, image_of, insert_into, known, listed, update_of

_engines: dict[str, Engine] = {}
TABLES = schema.metadata.tables

BELONGS_TO_PROSPECT = frozenset(
    {
        "contacts",
        "activities",
        "follow_ups",
        "deals",
        "answers",
        "prospect_tags",
        "criteria_met",
        "inquiries",
        "stage_transitions",
    }
)
Step = Callable[[], None]
"""Called between blocks, so that long work can be watched; what it raises takes all of it back."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class UnitOfWork:
    """One change set in the making."""

    def __init__(self, connection: Connection, label: str, now_us: int, *, journaled: bool = True) -> None:
        self._connection = connection
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        self._raw = raw
        self.reader = Reader(raw)
        self.label = label
        self.now_us = now_us
        self.change_set: int | None = None
        """The handle for undo, from the first journaled change on."""
        self.touched: set[int] = set()
        self.topics: set[str] = set()
        self._stale: set[int] = set()
        """Those of `touched` whose derived rows are not renewed yet."""
        self._journaled = journaled

    # --- facts -------------------------------------------------------------------------------------------------------
    def insert(self, table: str, **values: object) -> int:
        """Add one row and return its id."""
        return self.insert_many(table, [values])[0]

    def insert_many(self, table: str, rows: Sequence[Mapping[str, object]]) -> list[int]:
        """Add rows (all with the same columns) and return their ids, in order."""
        if not rows:
            return []
        first = 1 + (self.reader.value("SELECT seq FROM sqlite_sequence WHERE name = ?", table) or 0)
        ids = range(first, first + len(rows))
        columns = tuple(rows[0])
        values = map(itemgetter(*columns), rows) if len(columns) > 1 else ((row[columns[0]],) for row in rows)
        self._raw.executemany(
            insert_into(table, ("id", *columns)), ((number, *row) for number, row in zip(ids, values, strict=True))
        )
        self._note_whole(table, "insert", f"BETWEEN {ids[0]} AND {ids[-1]}")
        self._touch_rows(table, ids)
        return list(ids)

    def insert_with_ids(self, table: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Bring back rows (all with the same columns) that were deleted, under the ids they had."""
        if not rows:
            return
        columns = tuple(rows[0])
        self._raw.executemany(insert_into(table, columns), [tuple(row[name] for name in columns) for row in rows])
        ids = [int(str(row["id"])) for row in rows]
        for block in blocks(ids):
            self._note_whole(table, "insert", f"IN ({listed(block)})")
        self._touch_rows(table, ids)

    def update(self, table: str, row_id: int, **values: object) -> bool:
        """Set the given columns; returns whether anything was different."""
        if self.reader.get(table, row_id) is None:
            raise KeyError(f"{table} {row_id}")
        return bool(self.update_many(table, {row_id: values}))

    def update_many(self, table: str, wanted: Mapping[int, Mapping[str, object]]) -> set[int]:
        """Set columns of many rows, given by id; returns the ids of those in which anything was different."""
        changed: dict[int, Mapping[str, object]] = {}
        notes = []
        for block in blocks(list(wanted)):
            for before in self.reader.rows(f"SELECT * FROM {table} WHERE id IN ({listed(block)})"):
                row_id = before["id"]
                new = {name: value for name, value in wanted[row_id].items() if before[name] != value}
                if new:
                    changed[row_id] = new
                    notes.append((row_id, _encode({name: before[name] for name in new}), _encode(new)))
        if not changed:
            return set()
        self.set_many(table, list(changed.items()))
        if self._journaled:
            self._raw.executemany(
                f"INSERT INTO changes (change_set_id, table_name, row_id, operation, before, after)"
                f" VALUES ({self._own_set()}, '{table}', ?, 'update', ?, ?)",
                notes,
            )
        return set(changed)

    def delete(self, table: str, row_id: int) -> None:
        """Remove one row; undo brings it back as it was."""
        self.delete_many(table, (row_id,))

    def delete_many(self, table: str, ids: Collection[int]) -> None:
        """Remove rows, to which nothing points any more; undo brings them back as they were."""
        ids = [row_id for block in blocks(ids) for row_id in self.reader.column(_ids(table, block))]
        if ids:
            self._touch_rows(table, ids)
        for block in blocks(ids):
            self._note_whole(table, "delete", f"IN ({listed(block)})")
            self._drop(table, block)

    # --- the log -----------------------------------------------------------------------------------------------------
    def log(
        self, prospect_id: int, kind: Kind, *, at_us: int, to_stage: int | None = None, from_stage: int | None = None,
        reason: str | None = None,
    ) -> int:  # fmt: skip
        """Append one entry to the log of stage transitions."""
        return self.log_many(
            [{"prospect_id": prospect_id, "kind": kind.value, "from_stage": from_stage, "to_stage": to_stage, "at_us": at_us,
              "reason": reason}]
        )[0]  # fmt: skip

    def log_many(self, entries: Sequence[Mapping[str, object]]) -> list[int]:
        """Append entries given as rows of `stage_transitions` without `recorded_us`."""
        return self.insert_many("stage_transitions", [{"recorded_us": self.now_us, **entry} for entry in entries])

    def void(self, entry_id: int) -> bool:
        """Say that an entry was a mistake: from now on it does not exist for any reading of the log.

        Returns whether it counted until now.
        """
        return bool(self.void_many((entry_id,)))

    def void_many(self, entries: Collection[int]) -> list[int]:
        """`void` for many; the entries that counted until now."""
        return self._toggle(entries, "void")

    def restore(self, entry_id: int) -> None:
        """Say that the void was the mistake: the entry counts again."""
        self.restore_many((entry_id,))

    def restore_many(self, entries: Collection[int]) -> list[int]:
        """`restore` for many; the entries that did not count until now."""
        return self._toggle(entries, "restore")

    def _toggle(self, entries: Collection[int], kind: str) -> list[int]:
        found = self.set_effective(entries, effective=kind == "restore")
        if self._journaled and found:
            self._raw.executemany(
                "INSERT INTO changes (change_set_id, table_name, row_id, operation)"
                f" VALUES ({self._own_set()}, 'stage_transitions', ?, '{kind}')",
                [(entry,) for entry in found],
            )
        return found

    # --- replaying the journal (store.replay): nothing of this is journaled ------------------------------------------
    def set_effective(self, entries: Collection[int], *, effective: bool) -> list[int]:
        """Make entries of the log count or not, by appending to the log; those of which the contrary was true."""
        found: list[tuple[int, int]] = []
        for block in blocks(entries):
            inside = f"(SELECT id FROM effective_transitions WHERE id IN ({listed(block)}))"
            found += self.reader.tuples(
                f"SELECT id, prospect_id FROM stage_transitions WHERE id IN ({listed(block)}) AND voids_id IS NULL"
                f" AND id {'NOT IN' if effective else 'IN'} {inside} ORDER BY id"
            ).fetchall()
        if not found:
            return []
        kind, now = "restore" if effective else "void", self.now_us
        self._raw.executemany(
            "INSERT INTO stage_transitions (prospect_id, kind, at_us, recorded_us, voids_id) VALUES (?, ?, ?, ?, ?)",
            ((prospect, kind, now, now, entry) for entry, prospect in found),
        )
        self._touch({prospect for _entry, prospect in found}, "stage_transitions")
        return [entry for entry, _prospect in found]

    def put_many(self, table: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Insert rows with their ids (all with the same columns)."""
        columns = tuple(rows[0])
        self._raw.executemany(insert_into(table, columns), [tuple(row[name] for name in columns) for row in rows])
        self._touch_rows(table, [int(str(row["id"])) for row in rows])

    def set_many(self, table: str, rows: Sequence[tuple[int, Mapping[str, object]]]) -> None:
        """Set columns of rows, in this order; rows that are not there stay away."""
        if not rows:
            return
        ids = [row_id for row_id, _row in rows]
        self._touch_rows(table, ids)
        before: tuple[str, ...] = ()
        values: list[tuple[object, ...]] = []
        for row_id, row in rows:
            columns = tuple(row)
            if values and columns != before:
                self._raw.executemany(update_of(table, before), values)
                values = []
            before = columns
            values.append((*row.values(), row_id))
        if values:
            self._raw.executemany(update_of(table, before), values)
        self._touch_rows(table, ids)

    def drop_many(self, table: str, ids: Collection[int]) -> None:
        """Delete rows."""
        if not ids:
            return
        self._touch_rows(table, ids)
        for block in blocks(ids):
            self._drop(table, block)

    def execute(self, statement: Any, values: Mapping[str, object] | None = None) -> None:
        """Run one statement without journaling it."""
        self._connection.execute(statement, values)

    def touch(self, table: str, row: Mapping[str, Any]) -> None:
        """Tell which prospect a row belongs to, so that its derived rows are renewed."""
        self._touch_rows(table, (row["id"],))

    # --- the end -----------------------------------------------------------------------------------------------------
    def settle(self, step: Step | None = None) -> None:
        """Renew what is derived from everything done until now; `finish` does it for the rest."""
        stale, self._stale = self._stale, set()
        derived.refresh(self._raw, stale, step)

    def finish(self) -> None:
        """Called once, just before the commit."""
        if self.change_set is not None:  # by now the label may say more than was known at the beginning
            self._raw.execute("UPDATE change_sets SET label = ? WHERE id = ?", (self.label, self.change_set))
        self.settle()

    def _drop(self, table: str, block: Sequence[int]) -> None:
        if table == "prospects":  # the cached state hangs on the row
            self._raw.execute(f"DELETE FROM prospect_states WHERE prospect_id IN ({listed(block)})")
        self._raw.execute(f"DELETE FROM {known(table)} WHERE id IN ({listed(block)})")

    def _own_set(self) -> int:
        """The change set, made with the first thing that is journaled: from then on nothing undone can be redone."""
        if self.change_set is None:
            self._raw.execute("UPDATE change_sets SET state = 'dropped' WHERE state = 'undone'")
            made = self._raw.execute(
                "INSERT INTO change_sets (at_us, label, state) VALUES (?, ?, 'done')", (self.now_us, self.label)
            ).lastrowid
            assert made is not None
            self.change_set = made
        return self.change_set

    def _note_whole(self, table: str, operation: str, which: str) -> None:
        """Journal whole rows as they stand in the table now: made just before, or about to be deleted."""
        self.topics.add(table)
        if not self._journaled:
            return
        side = "after" if operation == "insert" else "before"
        self._raw.execute(
            f"INSERT INTO changes (change_set_id, table_name, row_id, operation, {side})"
            f" SELECT {self._own_set()}, '{table}', id, '{operation}', {image_of(table)} FROM {table}"
            f" WHERE id {which} ORDER BY id"
        )

    def _touch(self, prospects: Collection[int], table: str) -> None:
        self.topics.add(table)
        self.touched.update(prospects)
        self._stale.update(prospects)

    def _touch_rows(self, table: str, ids: Collection[int]) -> None:
        """The prospects to which rows belong now."""
        if table == "prospects":
            self._touch(ids, table)
            for block in blocks(ids):  # the log of whoever is merged into another is read there
                self._touch(self.reader.column(_merged_into(block)), table)
            return
        query = ""
        if table == "contact_points":
            query = (
                "SELECT c.prospect_id FROM contact_points p JOIN contacts c ON c.id = p.contact_id WHERE p.id IN ({})"
            )
        elif table in BELONGS_TO_PROSPECT:
            query = f"SELECT prospect_id FROM {table} WHERE id IN ({{}}) AND prospect_id IS NOT NULL"
        found: set[int] = set()
        for block in blocks(ids) if query else ():
            found.update(self.reader.column(query.format(listed(block))))
        self._touch(found, table)


def _ids(table: str, among: Sequence[int]) -> str:
    return f"SELECT id FROM {known(table)} WHERE id IN ({listed(among)}) ORDER BY id"


def _merged_into(among: Sequence[int]) -> str:
    return f"SELECT merged_into_id FROM prospects WHERE id IN ({listed(among)}) AND merged_into_id IS NOT NULL"


def is_effective(reader: Reader, entry_id: int) -> bool:
    """Whether a log entry has not been voided."""
    return bool(reader.value("SELECT 1 FROM effective_transitions WHERE id = ?", entry_id))


@contextlib.contextmanager
def write(store: Store, label: str, now_us: int, *, journaled: bool = True) -> Iterator[UnitOfWork]:
    """One change set: committed at the end of the block, rolled back when anything is raised.

    :raises UserError: when the file cannot be written; nothing of the block happened then.
    """
    store.check_place()
    try:
        with _engine(store).begin() as connection:
            work = UnitOfWork(connection, label, now_us, journaled=journaled)
            yield work
            work.finish()
    except exc.DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise explain(error.orig, store.path) from error
        raise
    except sqlite3.Error as error:
        raise explain(error, store.path) from error
    except UnicodeEncodeError as error:  # half of an emoji, as a broken file brings it
        raise UserError(
            _("文字ではないものが含まれているので、保存できませんでした。その箇所を消してからもう一度どうぞ。")
        ) from error


def _engine(store: Store) -> Engine:
    key = str(store.path)
    if key not in _engines:
        # Not as text: ? and % of a folder's name would be read as parts of an address.
        engine = create_engine(URL.create("sqlite", database=key))

        @event.listens_for(engine, "connect")
        def by_hand(connection: sqlite3.Connection, _record: object) -> None:
            connection.isolation_level = None
            prepare(connection)
            connection.execute(f"PRAGMA busy_timeout = {store.patience_ms}")

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

        _engines[key] = engine
    return _engines[key]


def dispose(store: Store) -> None:
    """Close the writing connections of a store that is being closed."""
    engine = _engines.pop(str(store.path), None)
    if engine is not None:
        engine.dispose()
