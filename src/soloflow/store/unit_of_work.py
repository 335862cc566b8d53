"""The only way to write: one transaction, journaled row by row, ending with the derived tables brought up to date.

    with store.write(label, now_us) as work:
        prospect = work.insert("prospects", name="アクメ", created_us=now_us)
        work.log(prospect, Kind.ENTER, to_stage=1, at_us=now_us)
    work.change_set      # the handle for undo

Anything raised inside rolls everything back.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, delete, event, exc, insert, update

from soloflow.domain.errors import UserError
from soloflow.domain.process import Kind
from soloflow.i18n import _
from soloflow.store import derived, schema
from soloflow.store.database import Reader, Store, explain, prepare

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


class UnitOfWork:
    """One change set in the making."""

    def __init__(self, connection: Connection, label: str, now_us: int, *, journaled: bool = True) -> None:
        self._connection = connection
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        self.reader = Reader(raw)
        self.label = label
        self.now_us = now_us
        self.change_set: int | None = None
        self.touched: set[int] = set()
        self.topics: set[str] = set()
        self._journaled = journaled
        self._journal: list[dict[str, object]] = []
        self._owners: dict[int, int] = {}

    # --- facts -------------------------------------------------------------------------------------------------------
    def insert(self, table: str, **values: object) -> int:
        """Add one row and return its id."""
        return self.insert_many(table, [values])[0]

    def insert_many(self, table: str, rows: Sequence[Mapping[str, object]]) -> list[int]:
        """Add rows (all with the same columns) and return their ids, in order."""
        if not rows:
            return []
        first = 1 + (self.reader.value("SELECT seq FROM sqlite_sequence WHERE name = ?", table) or 0)
        complete = [{"id": first + offset, **row} for offset, row in enumerate(rows)]
        self._connection.execute(insert(TABLES[table]), complete)
        for row in complete:
            self._note(table, row["id"], "insert", None, row)
            self._touch(table, row)
        return [first + offset for offset in range(len(rows))]

    def insert_with_id(self, table: str, row: Mapping[str, object]) -> None:
        """Bring back a row that was deleted, under the id it had."""
        self._connection.execute(insert(TABLES[table]).values(dict(row)))
        self._note(table, row["id"], "insert", None, row)
        self._touch(table, row)

    def update(self, table: str, row_id: int, **values: object) -> bool:
        """Set the given columns; returns whether anything was different."""
        before = self.reader.row(f"SELECT * FROM {table} WHERE id = ?", row_id)
        if before is None:
            raise KeyError(f"{table} {row_id}")
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed:
            return False
        self._connection.execute(update(TABLES[table]).where(TABLES[table].c.id == row_id).values(changed))
        self._note(table, row_id, "update", {name: before[name] for name in changed}, changed)
        self._touch(table, dict(before))
        self._touch(table, {**dict(before), **changed})
        return True

    def delete(self, table: str, row_id: int) -> None:
        """Remove one row; undo brings it back as it was."""
        before = self.reader.row(f"SELECT * FROM {table} WHERE id = ?", row_id)
        if before is None:
            return
        self._touch(table, dict(before))
        self._connection.execute(delete(TABLES[table]).where(TABLES[table].c.id == row_id))
        self._note(table, row_id, "delete", dict(before), None)

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
        if not self._toggle(entry_id, "void"):
            return False
        self._note("stage_transitions", entry_id, "void", None, None)
        return True

    def restore(self, entry_id: int) -> None:
        """Say that the void was the mistake: the entry counts again."""
        if self._toggle(entry_id, "restore"):
            self._note("stage_transitions", entry_id, "restore", None, None)

    def _toggle(self, entry_id: int, kind: str) -> bool:
        prospect = self.reader.value("SELECT prospect_id FROM stage_transitions WHERE id = ?", entry_id)
        if is_effective(self.reader, entry_id) != (kind == "void"):
            return False
        row = {
            "prospect_id": prospect,
            "kind": kind,
            "at_us": self.now_us,
            "recorded_us": self.now_us,
            "voids_id": entry_id,
        }
        self._connection.execute(insert(schema.stage_transitions), row)
        self.touched.add(prospect)
        self.topics.add("stage_transitions")
        return True

    # --- replaying the journal (store.replay) -----------------------------------------------------------------------
    def set_effective(self, entry_id: int, *, effective: bool) -> None:
        """Make a log entry count or not, by appending to the log."""
        self._toggle(entry_id, "restore" if effective else "void")

    def execute(self, statement: Any, values: Mapping[str, object] | None = None) -> None:
        """Run one statement without journaling it."""
        self._connection.execute(statement, values)

    def touch(self, table: str, row: Mapping[str, Any]) -> None:
        """Tell which prospect a row belongs to, so that its derived rows are renewed."""
        self._touch(table, row)

    # --- the end -----------------------------------------------------------------------------------------------------
    def finish(self) -> None:
        """Write the journal and renew what is derived; called once, just before the commit."""
        if self._journal and self._journaled:
            self._connection.execute(
                update(schema.change_sets).where(schema.change_sets.c.state == "undone").values(state="dropped")
            )
            result = self._connection.execute(
                insert(schema.change_sets).values(at_us=self.now_us, label=self.label, state="done")
            )
            assert result.inserted_primary_key is not None
            self.change_set = result.inserted_primary_key[0]
            self._connection.execute(
                insert(schema.changes), [{"change_set_id": self.change_set, **change} for change in self._journal]
            )
        raw = self._connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        derived.refresh(raw, self.touched)

    def _note(
        self,
        table: str,
        row_id: object,
        operation: str,
        before: Mapping[str, object] | None,
        after: Mapping[str, object] | None,
    ) -> None:
        self.topics.add(table)
        self._journal.append(
            {
                "table_name": table, "row_id": row_id, "operation": operation,
                "before": _json(before), "after": _json(after),
            }
        )  # fmt: skip

    def _touch(self, table: str, row: Mapping[str, Any]) -> None:
        self.topics.add(table)
        if table == "prospects":
            self.touched.add(row["id"])
        elif table == "contact_points":
            self._touch_owner(row["contact_id"])
        elif table in BELONGS_TO_PROSPECT and row.get("prospect_id") is not None:
            self.touched.add(row["prospect_id"])

    def _touch_owner(self, contact_id: int) -> None:
        if contact_id not in self._owners:
            owner = self.reader.value("SELECT prospect_id FROM contacts WHERE id = ?", contact_id)
            if owner is None:
                return
            self._owners[contact_id] = owner
        self.touched.add(self._owners[contact_id])


def _json(row: Mapping[str, object] | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False, separators=(",", ":"))


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
