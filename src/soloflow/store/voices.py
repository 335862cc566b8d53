"""Customers' own words, as they were written down."""

from collections.abc import Sequence
from typing import Any

from soloflow.store.database import Reader


def of_customers(reader: Reader, prospects: Sequence[int], limit: int) -> list[tuple[str, str]]:
    """(customer, words) of the newest voices of these customers."""
    inside = ",".join(f"{one:d}" for one in prospects)
    rows = reader.tuples(
        "SELECT p.name, a.text FROM activities a JOIN prospects p ON p.id = a.prospect_id"
        f" WHERE a.kind = 'voice' AND a.text <> '' AND a.prospect_id IN ({inside}) ORDER BY a.at_us DESC, a.id DESC LIMIT ?",
        limit,
    )
    return list(rows)


def heard(reader: Reader, limit: int) -> list[Any]:
    """The newest voices with customer and contact: (id, prospect_id, at_us, text, prospect_name, is_person, contact_name)."""
    return reader.rows(
        "SELECT a.id, a.prospect_id, a.at_us, a.text, p.name AS prospect_name, p.is_person, c.name AS contact_name"
        " FROM activities a JOIN prospects p ON p.id = a.prospect_id LEFT JOIN contacts c ON c.id = a.contact_id"
        " WHERE a.kind = 'voice' AND a.text <> '' ORDER BY a.at_us DESC, a.id DESC LIMIT ?",
        limit,
    )
