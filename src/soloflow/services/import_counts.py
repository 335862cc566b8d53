"""How many customers an import brings into the funnel: colleagues of one company are one customer."""

from collections.abc import Iterable

from soloflow.domain.text import company_key
from soloflow.services import prospects
from soloflow.services.import_items import Item


def entering(items: Iterable[Item], running: frozenset[str]) -> int:
    """Customers that would enter; `running` stands for those in the funnel already (`customer`)."""
    homes = {home_of(item, number) for number, item in enumerate(items) if item.take and item.enters}
    return len(homes - running)


def customer(prospect: int) -> str:
    """What stands for a customer that is there already."""
    return f"customer {prospect}"


def home_of(item: Item, number: int) -> str:
    """What stands for the customer of a person: one that is there, a company to be made, or only this person."""
    changes_company = not item.is_new and any(change.field == "company" for change in item.changes)
    if not item.is_new and item.match is not None and not changes_company and not item.joins:
        return customer(item.match.prospect_id)
    if item.home is not None:
        return customer(item.home)
    company = item.person.company
    return company_key(company) if prospects.is_company(company) else f"row {number}"
