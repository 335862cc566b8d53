"""Who of the people known could be meant: a few rows out of many thousands, fetched at every key typed."""

from soloflow.capture.identity import personal_keys, shared_keys
from soloflow.capture.profile_links import profile_of
from soloflow.domain.candidates import Candidate
from soloflow.domain.text import company_key, name_key
from soloflow.services import prospects
from soloflow.services.workspace import Workspace
from soloflow.store import recognition
from soloflow.store.database import Reader

MOST_OF_A_NAME = 40
"""Namesakes that are looked at; beyond that a name alone says nothing."""
MOST_OF_A_COMPANY = 200


def people_near(ws: Workspace, reader: Reader, person: Candidate) -> list[tuple[int, int, Candidate]]:
    """(contact, customer, person) of those who share a mail, a number, a profile, a name or a company with somebody."""
    keys = sorted(personal_keys(person) | shared_keys(person) | profile_keys(person))
    name = "" if person.handle else name_key(person.name)
    company = company_key(person.company) if name and person.company else ""
    ids = set(recognition.contacts_reached_by(reader, keys)) if keys else set()
    # One question each: the many namesakes elsewhere must not crowd out the few colleagues.
    ids |= set(recognition.contacts_under(reader, [name], MOST_OF_A_NAME)) if name else set()
    ids |= set(recognition.contacts_under(reader, [company], MOST_OF_A_NAME)) if company else set()
    customer = prospects.company_named(reader, person.company) if company else None
    ids |= set(recognition.contacts_of(reader, customer, MOST_OF_A_COMPANY)) if customer is not None else set()
    return list(recognition.stored_people(reader, ws.zone, sorted(ids))) if ids else []


def profile_keys(person: Candidate) -> set[str]:
    """The pages of a person on GitHub, LinkedIn and their like, as they are compared."""
    return {url.casefold() for url in person.urls if profile_of(url)}
