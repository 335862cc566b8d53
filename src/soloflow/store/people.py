"""Customers as lists and in full: ids in the order of SQL, rows only for what is seen."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from soloflow.store import search
from soloflow.store.database import Reader
from soloflow.store.filters import Filter, Now, where
from soloflow.store.inside import Where, inside, note_passing
from soloflow.store.log import family

ORDERS = {
    "next": (("s.next_on IS NOT NULL", "s.next_on, s.sort_key"), ("s.next_on IS NULL", "s.sort_key")),
    "name": (("1", "s.sort_key"),),
    "stage": (("1", "s.stage DESC, s.next_on IS NULL, s.next_on, s.sort_key"),),
    "recent": (
        ("s.last_activity_us IS NOT NULL", "s.last_activity_us DESC, s.sort_key DESC"),
        ("s.last_activity_us IS NULL", "s.sort_key"),
    ),
    "amount": (
        ("s.expected_yen IS NOT NULL", "s.expected_yen DESC, s.sort_key"),
        ("s.expected_yen IS NULL", "s.sort_key"),
    ),
    "waiting": (("s.since_us IS NOT NULL", "s.since_us, s.sort_key"), ("s.since_us IS NULL", "s.sort_key")),
}
"""Each order is one or two walks (which customers, in which order): those without a value come last, and where an index
stands in that order nothing is sorted at all.
"""
FIT = "fit"
"""The order of a search: how well it fits. Only for a filter with a text."""


def listed(
    reader: Reader, wanted: Filter, order: str = "next", now: Now | None = None, *, whole: bool = False
) -> tuple["array[int]", bool]:
    """(ids in order, whether there are more); only a search by how well it fits is capped, unless the whole is wanted."""
    condition = where(reader, wanted, now)
    if not wanted.text.strip():
        return _in_order(reader, condition, "next" if order == FIT else order), False
    if order == FIT:
        hits = search.find(reader, wanted.text, None if whole else search.CAP, condition)
        return array("q", hits.ids), hits.capped
    found = inside(search.find(reader, wanted.text, None, condition).ids)
    if found.count <= search.FEW:
        return _walks(reader, found.on("s.prospect_id"), order), False
    everybody = _in_order(reader, condition, order)
    among = found.mask + bytes(max(everybody) + 1)
    return array("q", (one for one in everybody if among[one])), False


def _in_order(reader: Reader, condition: Where, order: str) -> "array[int]":
    """Everybody who passes, kept: a list is often read again, and a search needs to know who passes."""
    ids = reader.kept(("in order", condition, order), lambda: _walks(reader, condition, order))
    note_passing(reader, condition, ids)
    return ids


def _walks(reader: Reader, condition: Where, order: str) -> "array[int]":
    ids = array("q")
    for part, by in ORDERS[order]:
        ids.extend(_walk(reader, condition, part, by))
    return ids


def _walk(reader: Reader, condition: Where, part: str, by: str) -> list[int]:
    return reader.column(
        f"SELECT s.prospect_id FROM prospect_states s WHERE {part}{condition.also()} ORDER BY {by}",
        *condition.parameters,
    )


ROW = (
    "SELECT p.id, p.name, p.is_person, s.standing, s.stage, s.since_us, s.standing_us, s.reason, s.expected_yen, s.answered,"
    " s.last_activity_us, f.id AS plan, f.kind AS plan_kind, f.due_on, f.due_time, f.text AS plan_text, f.is_recontact,"
    " coalesce((SELECT c.name FROM contacts c WHERE c.id = f.contact_id),"
    " (SELECT c.name FROM contacts c WHERE c.prospect_id = p.id ORDER BY c.position, c.id LIMIT 1)) AS contact_name"
    " FROM prospects p JOIN prospect_states s ON s.prospect_id = p.id LEFT JOIN follow_ups f ON f.id = s.next_id"
)


def rows(reader: Reader, ids: Sequence[int]) -> dict[int, Any]:
    """What a list shows of these customers, by id; a few hundred at a time."""
    inside = ",".join(map(str, ids))
    return {row["id"]: row for row in reader.rows(f"{ROW} WHERE p.id IN ({inside})")}


def points_of(reader: Reader, contact: int) -> list[Any]:
    """Mails, phones and links of a contact, in the user's order."""
    return reader.rows("SELECT * FROM contact_points WHERE contact_id = ? ORDER BY position, id", contact)


def contacts_of(reader: Reader, prospect: int) -> list[Any]:
    """The contacts of a customer, in the user's order."""
    return reader.rows("SELECT * FROM contacts WHERE prospect_id = ? ORDER BY position, id", prospect)


def contacts_meant(reader: Reader, prospects: Sequence[int], text: str) -> dict[int, str]:
    """Per customer the name of the first contact in whose name, kana or addresses the text (a word of it) stands."""
    from soloflow.domain.text import name_key, phone_key, search_terms

    words = [key for key in (name_key(text), *map(name_key, text.split())) if key]
    digits = phone_key(text)
    found: dict[int, str] = {}
    for row in reader.rows(
        "SELECT c.prospect_id, c.name, c.kana, c.family, c.given, coalesce(group_concat(p.value, char(10)), '') AS points"
        " FROM contacts c LEFT JOIN contact_points p ON p.contact_id = c.id"
        f" WHERE c.prospect_id IN ({','.join(map(str, prospects))}) GROUP BY c.id ORDER BY c.position, c.id"
    ):
        keys = [*search_terms(name=row["name"], family=row["family"], given=row["given"], kana=row["kana"])]
        values = row["points"].split("\n")
        keys += [name_key(row["name"]), name_key(row["kana"]), *map(name_key, values)]
        is_meant = any(word in key for word in words for key in keys)
        if is_meant or (len(digits) > PHONE_PART and any(digits in phone_key(value) for value in values)):
            found.setdefault(row["prospect_id"], row["name"])
    return found


PHONE_PART = 3
"""Fewer digits stand in half of all numbers."""


def tags_of(reader: Reader, prospect: int) -> list[Any]:
    """(id, name) of the tags of a customer."""
    return reader.rows(
        "SELECT t.id, t.name FROM tags t JOIN prospect_tags l ON l.tag_id = t.id WHERE l.prospect_id = ? ORDER BY l.id",
        prospect,
    )


def all_tags(reader: Reader) -> list[Any]:
    """(id, name, uses) of every tag, most used first."""
    return reader.rows(
        "SELECT t.id, t.name, count(l.id) AS uses FROM tags t LEFT JOIN prospect_tags l ON l.tag_id = t.id"
        " GROUP BY t.id ORDER BY uses DESC, t.name"
    )


def all_meetups(reader: Reader) -> list[Any]:
    """(id, name, held_on) of every meetup, newest first."""
    return reader.rows("SELECT id, name, held_on FROM meetups ORDER BY held_on DESC, id DESC")


def all_sources(reader: Reader) -> list[Any]:
    """(id, name) of every source that is no meetup, the most frequent first."""
    return reader.rows(
        "SELECT s.id, s.name, count(p.id) AS uses FROM sources s LEFT JOIN prospects p ON p.source_id = s.id"
        " WHERE s.meetup_id IS NULL GROUP BY s.id ORDER BY uses DESC, s.name"
    )


def all_imports(reader: Reader) -> list[Any]:
    """(id, name, at_us) of every import that stands, newest first."""
    return reader.rows("SELECT id, name, at_us FROM imports ORDER BY id DESC")


def activities_of(reader: Reader, prospect: int) -> list[Any]:
    """Activities of a customer, newest first, with the contact's and meetup's names."""
    return reader.rows(
        "SELECT a.*, c.name AS contact_name, m.name AS meetup_name FROM activities a LEFT JOIN contacts c ON c.id = a.contact_id"
        " LEFT JOIN meetups m ON m.id = a.meetup_id WHERE a.prospect_id = ? ORDER BY a.at_us DESC, a.id DESC",
        prospect,
    )


def transitions_of(reader: Reader, prospect: int) -> list[Any]:
    """Effective log entries of a customer and of those merged into it, newest first."""
    inside = ",".join(map(str, family(reader, prospect)))
    return reader.rows(
        f"SELECT * FROM effective_transitions WHERE prospect_id IN ({inside}) ORDER BY at_us DESC, id DESC"
    )


def plans_of(reader: Reader, prospect: int) -> list[Any]:
    """Open follow-ups of a customer, soonest first."""
    return reader.rows(
        "SELECT * FROM follow_ups WHERE prospect_id = ? AND done_us IS NULL ORDER BY due_on, due_time = '', due_time, id",
        prospect,
    )


def deals_of(reader: Reader, prospect: int) -> list[Any]:
    """Deals of a customer, newest first."""
    return reader.rows("SELECT * FROM deals WHERE prospect_id = ? ORDER BY id DESC", prospect)


def answers_of(reader: Reader, prospect: int) -> list[Any]:
    """The answered ones of the eight questions."""
    return reader.rows("SELECT * FROM answers WHERE prospect_id = ? AND text <> '' ORDER BY question", prospect)


def criteria_for(reader: Reader, prospect: int, stage: int) -> list[Any]:
    """(id, text, met_on) of the criteria for reaching a stage."""
    return reader.rows(
        "SELECT e.id, e.text, m.met_on FROM playbook_entries e LEFT JOIN criteria_met m ON m.playbook_entry_id = e.id"
        " AND m.prospect_id = ? WHERE e.stage = ? AND e.kind = 'criterion' ORDER BY e.position, e.id",
        prospect, stage,
    )  # fmt: skip


def ids_at_stage(reader: Reader, stage: int, wanted: Filter) -> list[int]:
    """Active customers at a stage: next steps in the order of their dates, then those without one.

    Walks along one index instead of a sort: the ids of 100,000 customers in 20 ms.
    """
    condition = where(reader, replace(wanted, standing="active", stages=(stage,)))
    return [one for part, by in ORDERS["next"] for one in _walk(reader, condition, part, by)]


def yen_by_stage(reader: Reader, wanted: Filter) -> dict[int, int]:
    """Expected yen per stage of the active customers that pass the filter."""
    condition = where(reader, replace(wanted, standing="active", stages=()))
    return dict(
        reader.tuples(
            "SELECT s.stage, sum(s.expected_yen) FROM prospect_states s"
            f" WHERE s.expected_yen IS NOT NULL{condition.also()} GROUP BY s.stage",
            *condition.parameters,
        ).fetchall()
    )


def first_criteria(reader: Reader) -> dict[int, str]:
    """The first criterion of the playbook per stage."""
    rows = reader.tuples(
        "SELECT stage, text FROM playbook_entries WHERE kind = 'criterion' ORDER BY position DESC, id DESC"
    )
    return dict(rows.fetchall())
