"""How many customers an import brings into the funnel: colleagues of one company are one customer."""

from collections.abc import Iterable

from soloflow.domain.text import company_key
from soloflow.services import prospects
from soloflow.services.import_items import Item


def entering(items: Iterable[Item], running: frozenset[str]) -> int:
    """Customers that would enter; `running` are the keys of the companies that are in the funnel already."""
    homes = {home_of(item, number) for number, item in enumerate(items) if item.take and item.enters}
    return len(homes - running)


def home_of(item: Item, number: int) -> str:
    """What stands for the customer of a person: the key of the company, else something only this person has."""
    if item.joins:
        company = item.could_join
    elif item.is_new:
        company = item.person.company if prospects.is_company(item.person.company) else ""
    else:
        company = next((change.new for change in item.changes if change.field == "company"), item.known_at)
    if company:
        return company_key(company)
    return f"row {number}" if item.is_new or item.match is None else f"customer {item.match.prospect_id}"
