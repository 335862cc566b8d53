"""What looking for duplicates reads: everybody, or whoever stands near some contacts; and which pairs were told apart."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from soloflow.store.database import Reader, marks

CHUNK = 400
NEAR = 400
"""So many people near some contact are compared with it at the most."""

_LIVES = "p.deleted_us IS NULL AND p.erased_us IS NULL AND p.merged_into_id IS NULL"


def people(reader: Reader, contacts: Iterable[int] | None = None) -> Iterator[Any]:
    """(contact, customer, name, family, given, kana, company or "") of everybody, or of these."""
    query = (
        "SELECT c.id, c.prospect_id, c.name, c.family, c.given, c.kana, CASE WHEN p.is_person THEN '' ELSE p.name END"
        f" FROM contacts c JOIN prospects p ON p.id = c.prospect_id WHERE {_LIVES}"
    )
    return _in_chunks(reader, query, "c.id", contacts)


def points(reader: Reader, contacts: Iterable[int] | None = None) -> Iterator[Any]:
    """(contact, kind, label, key) of everybody's mails, phones and links, or of these contacts'."""
    query = "SELECT p.contact_id, p.kind, p.label, p.key FROM contact_points p WHERE p.key <> ''"
    return _in_chunks(reader, query, "p.contact_id", contacts)


def companies(reader: Reader, customers: Iterable[int] | None = None) -> Iterator[Any]:
    """(customer, name, website) of every customer that is a company, or of these."""
    query = f"SELECT p.id, p.name, p.website FROM prospects p WHERE p.is_person = 0 AND {_LIVES}"
    return _in_chunks(reader, query, "p.id", customers)


def company_points(reader: Reader, customers: Iterable[int] | None = None) -> Iterator[Any]:
    """(customer, kind, label, key) of the mails and phones of the people of companies."""
    query = (
        "SELECT c.prospect_id, x.kind, x.label, x.key FROM contact_points x JOIN contacts c ON c.id = x.contact_id"
        " JOIN prospects p ON p.id = c.prospect_id WHERE p.is_person = 0 AND x.kind <> 'url' AND x.key <> ''"
    )
    return _in_chunks(reader, query, "p.id", customers)


def _in_chunks(reader: Reader, query: str, column: str, ids: Iterable[int] | None) -> Iterator[Any]:
    if ids is None:
        yield from reader.tuples(query)
        return
    wanted = sorted(ids)
    for start in range(0, len(wanted), CHUNK):
        inside = ",".join(map(str, wanted[start : start + CHUNK]))
        yield from reader.tuples(f"{query} AND {column} IN ({inside})").fetchall()


def told_apart(reader: Reader) -> set[tuple[str, int, int]]:
    """(kind, lower id, higher id) of the pairs the user said are not the same."""
    return set(reader.tuples("SELECT kind, first_id, second_id FROM told_apart"))


def count_of_people(reader: Reader) -> int:
    """How many contacts there are to compare."""
    found: int = reader.value("SELECT count(*) FROM contacts")
    return found


def contacts_of(reader: Reader, customers: Iterable[int]) -> list[int]:
    """The contacts of these customers."""
    query = "SELECT id FROM contacts WHERE 1"
    return [row[0] for row in _in_chunks(reader, query, "prospect_id", customers)]


def customers_of(reader: Reader, contacts: Iterable[int]) -> list[int]:
    """The customers of these contacts."""
    return sorted({row[0] for row in _in_chunks(reader, "SELECT prospect_id FROM contacts WHERE 1", "id", contacts)})


def contacts_with(reader: Reader, keys: Sequence[str], terms: Sequence[str]) -> set[int]:
    """Contacts that have one of these mail or phone keys, or whose customer stands under one of these search terms."""
    found: set[int] = set()
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        query = f"SELECT contact_id FROM contact_points WHERE key IN ({marks(some)}) LIMIT {10 * NEAR}"
        found.update(reader.column(query, *some))
    for term in terms:
        found.update(
            reader.column(
                "SELECT c.id FROM search_terms t JOIN contacts c ON c.prospect_id = t.prospect_id WHERE t.term = ?"
                f" LIMIT {NEAR}",
                term,
            )
        )
    return found


def companies_under(reader: Reader, terms: Sequence[str]) -> set[int]:
    """Companies that stand under one of these search terms: their name, or the host of a mail."""
    found: set[int] = set()
    for term in terms:
        found.update(reader.column("SELECT prospect_id FROM search_terms WHERE term = ? LIMIT 60", term))
    return found


def contacts_written(reader: Reader, change_set: int) -> tuple[list[int], list[int]]:
    """(contacts, customers) that a change set made or changed and that still live."""
    rows = reader.tuples(
        "SELECT DISTINCT table_name, row_id FROM changes WHERE change_set_id = ?"
        " AND table_name IN ('contacts', 'contact_points', 'prospects')",
        change_set,
    ).fetchall()
    ids: dict[str, list[int]] = {"contacts": [], "contact_points": [], "prospects": []}
    for table, row in rows:
        ids[table].append(row)
    owners = _in_chunks(reader, "SELECT contact_id FROM contact_points WHERE 1", "id", ids["contact_points"])
    return sorted({*ids["contacts"], *(row[0] for row in owners)}), ids["prospects"]


def names(reader: Reader, kind: str, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """By id the name, and where it belongs: the company of a contact, "" for a company and for somebody on their own."""
    if kind == "contact":
        query = (
            "SELECT c.id, c.name, CASE WHEN p.is_person THEN '' ELSE p.name END FROM contacts c"
            " JOIN prospects p ON p.id = c.prospect_id WHERE 1"
        )
        column = "c.id"
    else:
        query, column = "SELECT p.id, p.name, '' FROM prospects p WHERE 1", "p.id"
    return {row[0]: (row[1], row[2]) for row in _in_chunks(reader, query, column, ids)}


def alive(reader: Reader, kind: str, ids: Iterable[int]) -> set[int]:
    """Which of these contacts or customers are still there by themselves."""
    if kind == "contact":
        query, column = f"SELECT c.id FROM contacts c JOIN prospects p ON p.id = c.prospect_id WHERE {_LIVES}", "c.id"
    else:
        query, column = f"SELECT p.id FROM prospects p WHERE {_LIVES}", "p.id"
    return {row[0] for row in _in_chunks(reader, query, column, ids)}


def activities_with(reader: Reader, contact: int, limit: int) -> list[Any]:
    """(at_us, kind, text, detail, meetup_name) of what was done with one contact, newest first."""
    return reader.rows(
        "SELECT a.at_us, a.kind, a.text, a.detail, m.name AS meetup_name FROM activities a"
        " LEFT JOIN meetups m ON m.id = a.meetup_id WHERE a.contact_id = ? ORDER BY a.at_us DESC, a.id DESC LIMIT ?",
        contact, limit,
    )  # fmt: skip


def last_seen(reader: Reader, contact: int) -> int:
    """When somebody was last dealt with, else written down (µs), for telling which of two entries is the newer."""
    found: int = reader.value(
        "SELECT coalesce((SELECT max(a.at_us) FROM activities a WHERE a.contact_id = c.id), c.created_us)"
        " FROM contacts c WHERE c.id = ?",
        contact,
    )
    return found
