"""Who of the people known could be meant: a few rows out of many thousands, fetched at every key typed."""

from soloflow.capture.identity import personal_keys, shared_keys
from soloflow.domain.candidates import Candidate
from soloflow.domain.text import company_key, name_key
from soloflow.services.workspace import Workspace
from soloflow.store import recognition
from soloflow.store.database import Reader


def people_near(ws: Workspace, reader: Reader, person: Candidate) -> list[tuple[int, int, Candidate]]:
    """(contact, customer, person) of those who share a mail, a number, a name or a company with somebody."""
    keys = sorted(personal_keys(person) | shared_keys(person))
    terms = sorted({name_key(person.name), company_key(person.company)} - {""}) if person.name else []
    ids = set(recognition.contacts_reached_by(reader, keys)) if keys else set()
    ids |= set(recognition.contacts_under(reader, terms)) if terms else set()
    return list(recognition.stored_people(reader, ws.zone, sorted(ids))) if ids else []
