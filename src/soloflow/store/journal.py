"""The journal of change sets as it stands: what undo and redo would do. `soloflow.store.replay` does it."""

from collections.abc import Collection
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


@dataclass(frozen=True, slots=True)
class ImportNote:
    """An import as the journal remembers it, also when it was taken back."""

    id: int
    change_set: int
    at_us: int
    image: str
    """Its row of `imports` as JSON."""
    state: str
    """Of its change set: "done", or "undone" and "dropped" after an undo."""
    is_there: bool
    taken_back_us: int | None
    """When it was taken back as an older step."""
    taken_back_by: int | None
    """The change set that did so."""


def imports(reader: Reader, only: int | None = None) -> list[ImportNote]:
    """Every import, newest first; or only the one of this id."""
    rows = reader.tuples(
        "SELECT c.row_id, min(c.change_set_id), s.at_us, c.after, s.state,"
        " EXISTS (SELECT 1 FROM imports i WHERE i.id = c.row_id),"
        " (SELECT max(x.at_us) FROM changes d JOIN change_sets x ON x.id = d.change_set_id AND x.state = 'done'"
        " WHERE d.table_name = 'imports' AND d.row_id = c.row_id AND d.operation = 'delete'),"
        " (SELECT max(x.id) FROM changes d JOIN change_sets x ON x.id = d.change_set_id AND x.state = 'done'"
        " WHERE d.table_name = 'imports' AND d.row_id = c.row_id AND d.operation = 'delete')"
        " FROM changes c JOIN change_sets s ON s.id = c.change_set_id"
        " WHERE c.table_name = 'imports' AND c.operation = 'insert' AND (?1 IS NULL OR c.row_id = ?1)"
        " GROUP BY c.row_id ORDER BY c.row_id DESC",
        only,
    )
    return [ImportNote(*row) for row in rows.fetchall()]


def large(reader: Reader, least: int, limit: int) -> list[tuple[ChangeSet, int]]:
    """The newest change sets that stand, changed at least so many rows and neither are imports nor took one back."""
    rows = reader.tuples(
        "SELECT id, at_us, label, (SELECT count(*) FROM changes c WHERE c.change_set_id = s.id) AS rows FROM change_sets s"
        " WHERE state = 'done' AND (SELECT count(*) FROM (SELECT 1 FROM changes c WHERE c.change_set_id = s.id LIMIT ?1)) = ?1"
        " AND NOT EXISTS (SELECT 1 FROM changes c WHERE c.table_name = 'imports' AND c.change_set_id = s.id) ORDER BY id DESC LIMIT ?2",
        least, limit,
    )  # fmt: skip
    return [(ChangeSet(number, at_us, label), size) for number, at_us, label, size in rows]


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
    """(last change set, number of those that do not stand): differs whenever the journal moved."""
    row = reader.row("SELECT coalesce(max(id), 0), coalesce(sum(state <> 'done'), 0) FROM change_sets")
    return row[0], row[1]


def has_changed(reader: Reader, seen: tuple[int, int], tables: Collection[str]) -> bool:
    """Whether rows of these tables may be others than when `newest` said `seen`; an undo counts as a change of them."""
    last, taken_back = seen
    if newest(reader)[0] < last:
        return True
    # Only of the sets there were then: what was undone falls away for good with the next change, and that looks like neither.
    if reader.value("SELECT count(*) FROM change_sets WHERE id <= ? AND state <> 'done'", last) != taken_back:
        return True
    names = ", ".join("?" for _table in tables)
    found = "SELECT EXISTS (SELECT 1 FROM changes WHERE change_set_id > ? AND +table_name IN"
    return bool(reader.value(f"{found} ({names}))", last, *tables))


def _change_set(row: Any) -> ChangeSet | None:
    return None if row is None else ChangeSet(row[0], row[1], row[2])
