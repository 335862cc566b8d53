"""この人に足す: what is empty is filled; what is known otherwise is not overwritten, and what was said of it is handed back."""

from typing import TYPE_CHECKING

from soloflow.domain.candidates import Candidate
from soloflow.domain.text import company_key
from soloflow.i18n import _, listed
from soloflow.services import prospects

if TYPE_CHECKING:
    from soloflow.store.unit_of_work import UnitOfWork

FILLED = ("kana", "department", "title", "address")
COMPARED = ("department", "title")
"""What changes in a working life; another reading or address is only written another way."""


def add_to(work: "UnitOfWork", prospect: int, contact: int, person: Candidate) -> str:
    """Add what a line says to somebody known. What stands otherwise is returned in words, to be noted: nothing typed is lost."""
    from soloflow.services.import_words import field_name  # which the first window does not wait for

    row = work.reader.get("contacts", contact)
    said = {name: getattr(person, name) for name in FILLED if getattr(person, name)}
    work.update("contacts", contact, **{name: value for name, value in said.items() if not row[name]})
    prospects.put_points(work, contact, person)
    for tag in person.tags:
        prospects.put_tag(work, prospect, tag)
    differs = [(name, said[name]) for name in COMPARED if row[name] and said.get(name, row[name]) != row[name]]
    if prospects.is_company(person.company) and not _has_company(work, prospect, person.company):
        differs.insert(0, ("company", person.company))
    return listed(_("{what}：{words}").format(what=field_name(name), words=words) for name, words in differs)


def _has_company(work: "UnitOfWork", prospect: int, company: str) -> bool:
    """Whether the customer is that company; somebody on their own becomes it, unless another customer is it already."""
    home = work.reader.get("prospects", prospect)
    if not home["is_person"]:
        return company_key(home["name"]) == company_key(company)
    if prospects.is_customer(work.reader, company):
        return False
    work.update("prospects", prospect, name=company, is_person=False)
    return True
