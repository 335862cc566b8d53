"""The journal of change sets as it stands: what undo and redo would do. `soloflow.store.replay` does it."""

from dataclasses import dataclass
from typing import Any

from soloflow.store.database import Reader


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One step of the journal."""

    id: int
    at_us: int
    label: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value that a revert left alone because somebody changed it later."""

    table: str
    row_id: int
    column: str
    kept: object


def next_undo(reader: Reader) -> ChangeSet | None:
    """The change set that undo would take back."""
    return _change_set(
        reader.row("SELECT id, at_us, label FROM change_sets WHERE state = 'done' ORDER BY id DESC LIMIT 1")
    )


def next_redo(reader: Reader) -> ChangeSet | None:
    """The change set that redo would put back."""
    return _change_set(
        reader.row("SELECT id, at_us, label FROM change_sets WHERE state = 'undone' ORDER BY id LIMIT 1")
    )


def size(reader: Reader, change_set: int) -> int:
    """How many rows a change set changed."""
    found: int = reader.value("SELECT count(*) FROM changes WHERE change_set_id = ?", change_set)
    return found


def standing(reader: Reader, limit: int) -> list[ChangeSet]:
    """The newest change sets that stand, newest first."""
    rows = reader.rows("SELECT id, at_us, label FROM change_sets WHERE state = 'done' ORDER BY id DESC LIMIT ?", limit)
    return [ChangeSet(*row) for row in rows]


def owner_name(reader: Reader, conflict: Conflict) -> str | None:
    """Whom a conflict speaks of: the customer, with the contact where that is somebody else; or the thing itself."""
    column = _OWNERS.get(conflict.table)
    if column is None:
        there = conflict.table in _NAMED and reader.get(conflict.table, conflict.row_id)
        return there["name"] if there else None
    row = reader.row(
        f"SELECT p.name AS customer, c.name AS contact FROM {conflict.table} t {column}"
        " WHERE t.id = ?", conflict.row_id,
    )  # fmt: skip
    if row is None:
        return None
    return " ".join(dict.fromkeys(name for name in (row["customer"], row["contact"]) if name)) or None


_NAMED = ("tags", "meetups", "channels", "sources", "saved_views")
_BY_PROSPECT = "LEFT JOIN prospects p ON p.id = t.prospect_id LEFT JOIN contacts c ON c.id = {contact}"
_OWNERS = {
    "prospects": "JOIN prospects p ON p.id = t.id LEFT JOIN contacts c ON 0",
    "contacts": _BY_PROSPECT.format(contact="t.id"),
    "contact_points": "JOIN contacts c ON c.id = t.contact_id LEFT JOIN prospects p ON p.id = c.prospect_id",
    "activities": _BY_PROSPECT.format(contact="t.contact_id"),
    "follow_ups": _BY_PROSPECT.format(contact="t.contact_id"),
    "deals": _BY_PROSPECT.format(contact="NULL"),
    "answers": _BY_PROSPECT.format(contact="NULL"),
    "prospect_tags": _BY_PROSPECT.format(contact="NULL"),
    "criteria_met": _BY_PROSPECT.format(contact="NULL"),
}  # fmt: skip


def newest(reader: Reader) -> tuple[int, int]:
    """(last change set, number of undone ones): differs whenever the journal moved."""
    row = reader.row("SELECT coalesce(max(id), 0), coalesce(sum(state = 'undone'), 0) FROM change_sets")
    return row[0], row[1]


def _change_set(row: Any) -> ChangeSet | None:
    return None if row is None else ChangeSet(row[0], row[1], row[2])
