"""The people of one evening, for the list under the capture line."""

from collections.abc import Sequence
from typing import Any

from soloflow.store.database import Reader, marks

_ROW = (
    "SELECT c.id AS contact, p.id AS prospect, c.name, p.name AS company, p.is_person, s.standing, s.stage, f.due_on,"
    " f.text AS plan_text, f.is_recontact, {words} AS words, (SELECT v.text FROM activities v WHERE v.contact_id = c.id"
    " AND v.kind = 'voice' AND v.at_us >= ? ORDER BY v.at_us DESC, v.id LIMIT 1) AS voice, EXISTS (SELECT 1 FROM effective_transitions t"
    " WHERE t.prospect_id IN (WITH RECURSIVE family(id) AS (SELECT p.id UNION SELECT g.id FROM prospects g"
    " JOIN family o ON g.merged_into_id = o.id) SELECT id FROM family)"
    " AND t.kind = 'enter' AND t.at_us >= ?) AS has_entered FROM {start} JOIN prospects p ON p.id = c.prospect_id"
    " LEFT JOIN prospect_states s ON s.prospect_id = p.id LEFT JOIN follow_ups f ON f.id = (SELECT n.id FROM follow_ups n"
    " WHERE n.prospect_id = p.id AND n.done_us IS NULL AND (n.contact_id = c.id OR n.is_recontact)"
    " ORDER BY n.due_on, n.due_time = '', n.due_time, n.id LIMIT 1)"
    " WHERE p.deleted_us IS NULL AND p.erased_us IS NULL AND {condition}"
)
_AT_MEETUP = _ROW.format(
    words="a.text",
    start="activities a JOIN contacts c ON c.id = a.contact_id",
    condition="a.kind = 'meetup' AND a.meetup_id = ?",
)
_NOTE = "(SELECT n.text FROM activities n WHERE n.contact_id = c.id AND n.kind <> 'voice' ORDER BY n.at_us DESC, n.id DESC LIMIT 1)"


PERSONAL = ("activities", "follow_ups", "contact_points")
"""What belongs to somebody written down."""
_WRITTEN = (
    "WITH made AS (SELECT s.id AS change_set, c.table_name, c.row_id FROM change_sets s JOIN changes c"
    " ON c.change_set_id = s.id WHERE s.state = 'done' AND s.at_us >= ? AND ({labels}) AND c.operation IN ('insert', 'update')"
    " AND c.table_name IN ('contacts', 'contact_points', 'activities', 'follow_ups')),"
    " written AS (SELECT row_id AS contact, change_set FROM made WHERE table_name = 'contacts'"
    " UNION ALL SELECT p.contact_id, m.change_set FROM made m JOIN contact_points p ON p.id = m.row_id"
    " WHERE m.table_name = 'contact_points'"
    " UNION ALL SELECT a.contact_id, m.change_set FROM made m JOIN activities a ON a.id = m.row_id"
    " WHERE m.table_name = 'activities' AND a.contact_id IS NOT NULL"
    " UNION ALL SELECT f.contact_id, m.change_set FROM made m JOIN follow_ups f ON f.id = m.row_id"
    " WHERE m.table_name = 'follow_ups' AND f.contact_id IS NOT NULL)"
    " SELECT contact FROM written WHERE change_set NOT IN (SELECT m.change_set FROM made m JOIN activities a"
    " ON a.id = m.row_id WHERE m.table_name = 'activities' AND a.meetup_id IS NOT NULL)"
    " ORDER BY change_set DESC, contact DESC"
)


def met_at(reader: Reader, meetup: int, since_us: int) -> list[Any]:
    """Everybody written down at a meetup, newest first; `has_entered` tells whose customer entered since an instant."""
    return reader.rows(f"{_AT_MEETUP} ORDER BY a.id DESC", since_us, since_us, meetup)


def written_since(reader: Reader, since_us: int, labels: Sequence[str]) -> list[int]:
    """Whom change sets with labels like these (SQL patterns) were about since an instant, not at a meetup; newest first."""
    query = _WRITTEN.format(labels=" OR ".join(["s.label LIKE ?"] * len(labels)))
    return reader.column(query, since_us, *labels)


def captured(reader: Reader, meetup: int | None, since_us: int, labels: Sequence[str]) -> list[int]:
    """The change sets with labels like these that wrote people down at a meetup (or at none) since an instant, newest first.

    What they wrote is looked up in the journal: a line that was corrected later has left no row of its own.
    """
    at_meetup = (
        "EXISTS (SELECT 1 FROM changes c WHERE c.change_set_id = s.id AND c.table_name = 'activities'"
        " AND c.operation = 'insert' AND json_extract(c.after, '$.meetup_id') {condition})"
    )
    where = f"NOT {at_meetup.format(condition='IS NOT NULL')}" if meetup is None else at_meetup.format(condition="= ?")
    query = (
        "SELECT s.id FROM change_sets s WHERE s.state = 'done' AND s.at_us >= ?"
        f" AND ({' OR '.join(['s.label LIKE ?'] * len(labels))}) AND {where} ORDER BY s.id DESC"
    )
    return reader.column(query, since_us, *labels, *(() if meetup is None else (meetup,)))


def replaced_by(reader: Reader, change_set: int) -> int | None:
    """The change set that wrote the people whom this one took away, where it corrected an earlier line."""
    found: int | None = reader.value(
        "SELECT max(made.change_set_id) FROM changes gone JOIN changes made ON made.table_name = gone.table_name"
        " AND made.row_id = gone.row_id AND made.operation = 'insert' AND made.change_set_id < gone.change_set_id"
        " WHERE gone.change_set_id = ? AND gone.operation = 'delete' AND gone.table_name IN ('contacts', 'activities')",
        change_set,
    )
    return found


def left_of(reader: Reader, change_set: int) -> list[tuple[str, int]]:
    """(table, row) of the people a line wrote down that are still there, in the order in which they can be taken away.

    Somebody to whom other work points is not among them.
    """
    own = "SELECT row_id FROM changes WHERE change_set_id = ?1 AND operation = 'insert' AND table_name = '{table}'"
    used = " UNION ALL ".join(
        f"SELECT 1 FROM {table} r WHERE r.contact_id = c.id AND r.id NOT IN ({own.format(table=table)})"
        for table in PERSONAL
    )
    mine = f"SELECT c.id FROM contacts c WHERE c.id IN ({own.format(table='contacts')}) AND NOT EXISTS ({used})"
    people = reader.column(mine, change_set)
    rows = [
        (table, row)
        for table in PERSONAL
        for row in reader.column(f"SELECT id FROM {table} WHERE contact_id IN ({marks(people)}) ORDER BY id", *people)
    ]
    return [*rows, *(("contacts", one) for one in people)]


def stands(reader: Reader, change_set: int) -> bool:
    """Whether anything that a change set wrote down is still there; not so once it was taken back or written anew."""
    left = " UNION ALL ".join(
        f"SELECT 1 FROM changes c JOIN {table} r ON r.id = c.row_id WHERE c.change_set_id = ?1"
        f" AND c.table_name = '{table}' AND c.operation = 'insert'"
        for table in ("activities", "contacts", "contact_points", "follow_ups")
    )
    return bool(reader.value(f"SELECT EXISTS ({left})", change_set))


def people(reader: Reader, contacts: Sequence[int], since_us: int) -> list[Any]:
    """These contacts in their order; those that were taken back are left out."""
    if not contacts:
        return []
    place = {contact: number for number, contact in enumerate(contacts)}
    found = _ROW.format(words=_NOTE, start="contacts c", condition=f"c.id IN ({marks(contacts)})")
    return sorted(reader.rows(found, since_us, since_us, *contacts), key=lambda row: place[row["contact"]])
