"""Stored people in the shape that recognising needs: whole contacts with their mails, phones and links."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, tzinfo

from soloflow.domain.candidates import Candidate, Phone
from soloflow.store.database import Reader, marks

BLOCK = 2_000


def stored_people(
    reader: Reader, zone: tzinfo, contacts: Sequence[int] | None = None
) -> Iterator[tuple[int, int, Candidate]]:
    """(contact, customer, person) of everybody, or of these contacts; `company` is the customer unless it is the person.

    Everybody comes in blocks: no more than one block is in memory, however many there are.
    """
    if contacts is not None:
        yield from _stored(reader, zone, f" AND c.id IN ({','.join(map(str, contacts))})")
        return
    everybody = reader.column("SELECT id FROM contacts ORDER BY id")
    for start in range(0, len(everybody), BLOCK):
        block = everybody[start : start + BLOCK]
        yield from _stored(reader, zone, f" AND c.id BETWEEN {block[0]} AND {block[-1]}")


def _stored(reader: Reader, zone: tzinfo, only: str) -> Iterator[tuple[int, int, Candidate]]:
    """The people under a condition on contacts c."""
    points: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for contact, kind, label, value in reader.tuples(
        "SELECT p.contact_id, p.kind, p.label, p.value FROM contact_points p JOIN contacts c ON c.id = p.contact_id WHERE 1"
        f"{only} ORDER BY p.position, p.id"
    ):
        points[contact].append((kind, label, value))
    met = days_met(reader, zone, only)
    tags = _tags(reader, only)
    for contact, prospect, name, family, given, kana, department, title, address, note, company, alone in reader.tuples(
        "SELECT c.id, c.prospect_id, c.name, c.family, c.given, c.kana, c.department, c.title, c.address, c.note, p.name,"
        " p.is_person FROM contacts c JOIN prospects p ON p.id = c.prospect_id"
        f" WHERE p.deleted_us IS NULL AND p.erased_us IS NULL{only} ORDER BY c.id"
    ):
        here = points.get(contact, [])
        yield contact, prospect, Candidate(
            name, family, given, kana, "" if alone else company, department, title,
            tuple(value for kind, _label, value in here if kind == "mail"),
            tuple(Phone(value, label) for kind, label, value in here if kind == "phone"),
            tuple(value for kind, _label, value in here if kind == "url"),
            address, note, tags=tuple(tags.get(prospect, ())), met_on=tuple(met.get(contact, ())),
        )  # fmt: skip


def _tags(reader: Reader, only: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for prospect, name in reader.tuples(
        "SELECT l.prospect_id, t.name FROM prospect_tags l JOIN tags t ON t.id = l.tag_id WHERE l.prospect_id IN"
        f" (SELECT c.prospect_id FROM contacts c WHERE 1{only})"
    ):
        found[prospect].append(name)
    return found


def days_met(reader: Reader, zone: tzinfo, only: str = "") -> dict[int, list[date]]:
    """The days on which each contact was met, the first one first; `only` is a condition on contacts c."""
    found: dict[int, list[date]] = defaultdict(list)
    for contact, at_us in reader.tuples(
        "SELECT a.contact_id, a.at_us FROM activities a JOIN contacts c ON c.id = a.contact_id"
        f" WHERE a.kind IN ('card', 'meetup'){only} ORDER BY a.at_us"
    ):
        found[contact].append(datetime.fromtimestamp(at_us / 1_000_000, UTC).astimezone(zone).date())
    return found


def contacts_reached_by(reader: Reader, keys: Sequence[str], limit: int = 20) -> list[int]:
    """Contacts that have one of these mail or phone keys."""
    return reader.column(
        f"SELECT DISTINCT contact_id FROM contact_points WHERE key IN ({marks(keys)}) LIMIT {limit}", *keys
    )


def contacts_under(reader: Reader, terms: Sequence[str], limit: int = 40) -> list[int]:
    """Contacts of the customers that stand under exactly one of these search terms."""
    return reader.column(
        "SELECT c.id FROM contacts c WHERE c.prospect_id IN"
        f" (SELECT prospect_id FROM search_terms WHERE term IN ({marks(terms)}) LIMIT {limit}) LIMIT {limit}",
        *terms,
    )


def contacts_of(reader: Reader, prospect: int, limit: int) -> list[int]:
    """Contacts of one customer."""
    return reader.column("SELECT id FROM contacts WHERE prospect_id = ? ORDER BY id LIMIT ?", prospect, limit)


def standing_of(reader: Reader, prospect: int) -> tuple[str, int | None]:
    """(standing, stage) of a customer."""
    row = reader.row("SELECT standing, stage FROM prospect_states WHERE prospect_id = ?", prospect)
    return (row["standing"], row["stage"]) if row else ("book", None)


def in_funnel(reader: Reader) -> list[int]:
    """The customers that have entered the funnel, wherever they stand now."""
    return reader.column("SELECT prospect_id FROM prospect_states WHERE standing <> 'book'")


def companies(reader: Reader) -> list[tuple[int, str]]:
    """(id, name) of every customer that is a company."""
    return reader.tuples(
        "SELECT id, name FROM prospects WHERE is_person = 0 AND deleted_us IS NULL AND erased_us IS NULL"
        " AND merged_into_id IS NULL"
    ).fetchall()


def without_contact(reader: Reader) -> list[tuple[int, str, bool]]:
    """(id, name, whether it is a person) of every customer of whom nobody is written down."""
    return reader.tuples(
        "SELECT p.id, p.name, p.is_person FROM prospects p WHERE p.deleted_us IS NULL AND p.erased_us IS NULL"
        " AND p.merged_into_id IS NULL AND NOT EXISTS (SELECT 1 FROM contacts c WHERE c.prospect_id = p.id) ORDER BY p.id"
    ).fetchall()


def meeting_days(reader: Reader, contact: int) -> set[int]:
    """The instants (µs) at which a contact was met, as far as written down."""
    return set(
        reader.column("SELECT at_us FROM activities WHERE contact_id = ? AND kind IN ('card', 'meetup')", contact)
    )
