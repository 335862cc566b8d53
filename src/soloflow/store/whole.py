"""Everything at once: for the export, for the integrity check, and for comparing two states in tests."""

import sqlite3
from contextlib import closing
from datetime import tzinfo
from pathlib import Path
from typing import Any

from soloflow.store import derived
from soloflow.store.copies import soundness
from soloflow.store.database import Reader, connect
from soloflow.store.recognition import days_met

FACT_TABLES = (
    "channels", "meetups", "sources", "prospects", "contacts", "contact_points", "tags", "prospect_tags", "stage_transitions",
    "activities", "follow_ups", "deals", "answers", "inquiries", "playbook_entries", "criteria_met", "lost_reasons", "experiments",
    "site_content", "releases", "saved_views", "column_mappings", "imports", "told_apart",
)  # fmt: skip
DERIVED = "prospect_states"
"""Begins the findings that concern derived rows only."""


def everything(reader: Reader) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of facts, by table."""
    return {table: [dict(row) for row in reader.rows(f"SELECT * FROM {table} ORDER BY id")] for table in FACT_TABLES}


def count(reader: Reader, table: str) -> int:
    """Rows of a table of facts."""
    assert table in FACT_TABLES
    found: int = reader.value(f"SELECT count(*) FROM {table}")
    return found


def people_table(reader: Reader, zone: tzinfo) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """(head, rows) of the contact book as one table; several mails, phones, links, tags and days stand joined by " ::: ".

    It says all that `capture` needs to read the same people back: the kinds of the numbers, the days in `zone` on which
    somebody was met, and whether the customer is a person.
    """
    head = (
        "prospect_id", "customer", "standing", "stage", "name", "family", "given", "kana", "department", "title", "emails", "phones",
        "urls", "address", "note", "tags", "phone_kinds", "met_on", "is_person",
    )  # fmt: skip
    points = " ".join(
        f"(SELECT group_concat(value, ' ::: ') FROM (SELECT value FROM contact_points WHERE contact_id = c.id AND kind = '{kind}'"
        f" ORDER BY position, id)) AS {kind}s,"
        for kind in ("mail", "phone", "url")
    )
    rows = reader.tuples(
        "SELECT p.id, p.name, s.standing, s.stage, c.name, c.family, c.given, c.kana, c.department, c.title,"
        f" {points} c.address, c.note, (SELECT group_concat(t.name, ' ::: ') FROM prospect_tags l JOIN tags t ON t.id = l.tag_id"
        " WHERE l.prospect_id = p.id) AS tags,"
        " (SELECT group_concat(label, ' ::: ') FROM (SELECT label FROM contact_points WHERE contact_id = c.id AND kind = 'phone'"
        " ORDER BY position, id)) AS phone_kinds, c.id AS met_on, p.is_person FROM prospects p JOIN prospect_states s ON s.prospect_id = p.id"
        " LEFT JOIN contacts c ON c.prospect_id = p.id ORDER BY p.id, c.position, c.id"
    ).fetchall()
    met = days_met(reader, zone)
    day = head.index("met_on")
    told = [
        (*row[:day], " ::: ".join(date.isoformat() for date in met.get(row[day], ())), *row[day + 1 :]) for row in rows
    ]
    return head, [tuple("" if value is None else value for value in row) for row in told]


def faults(path: Path) -> list[str]:
    """What is wrong with a file: SQLite's own findings, then derived rows that do not follow from the facts."""
    found = soundness(path)
    if found:
        return found
    with closing(connect(path)) as connection:
        wrong = derived.differences(connection)
    return [f"{DERIVED} {prospect}" for prospect in wrong]


def mend_derived(path: Path) -> None:
    """Make the derived tables anew from the facts."""
    with closing(connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            derived.rebuild(connection)
        except sqlite3.Error:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
