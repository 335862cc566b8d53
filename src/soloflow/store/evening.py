"""The people of one evening, for the list under the capture line."""

from collections.abc import Sequence
from typing import Any

from soloflow.store.database import Reader, marks

_ROW = (
    "SELECT c.id AS contact, p.id AS prospect, c.name, p.name AS company, p.is_person, s.standing, s.stage, f.due_on,"
    " f.text AS plan_text, f.is_recontact, {words} AS words FROM {start} JOIN prospects p ON p.id = c.prospect_id"
    " LEFT JOIN prospect_states s ON s.prospect_id = p.id LEFT JOIN follow_ups f ON f.id = (SELECT n.id FROM follow_ups n"
    " WHERE n.prospect_id = p.id AND n.done_us IS NULL AND (n.contact_id = c.id OR n.is_recontact)"
    " ORDER BY n.due_on, n.due_time = '', n.due_time, n.id LIMIT 1)"
    " WHERE p.deleted_us IS NULL AND p.erased_us IS NULL AND {condition}"
)
_AT_MEETUP = _ROW.format(
    words="a.text", start="activities a JOIN contacts c ON c.id = a.contact_id", condition="a.meetup_id = ?"
)
_NOTE = "(SELECT n.text FROM activities n WHERE n.contact_id = c.id ORDER BY n.at_us DESC, n.id DESC LIMIT 1)"


def met_at(reader: Reader, meetup: int) -> list[Any]:
    """Everybody written down at a meetup, newest first."""
    return reader.rows(f"{_AT_MEETUP} ORDER BY a.id DESC", meetup)


def people(reader: Reader, contacts: Sequence[int]) -> list[Any]:
    """These contacts, the last of them first; those that were taken back are left out."""
    if not contacts:
        return []
    found = _ROW.format(words=_NOTE, start="contacts c", condition=f"c.id IN ({marks(contacts)})")
    return reader.rows(f"{found} ORDER BY c.id DESC", *contacts)
