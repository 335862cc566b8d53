"""What was understood of captured lines and what was done, for a terminal: one line per person."""

from soloflow.i18n import _, side_by_side
from soloflow.services import wording
from soloflow.services.capturing import Entry
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace


def report(ws: Workspace, entries: tuple[Entry, ...], changes: Changes) -> tuple[str, ...]:
    """A sentence for each of the entries that `capturing.save` has written."""
    made: list[str] = []
    contacts: set[int] = set()
    customers: set[int] = set()
    with ws.store.read() as reader:
        for entry, contact in zip(entries, changes.created, strict=True):
            row = reader.get("contacts", contact)
            customer = reader.get("prospects", row["prospect_id"])
            name = row["name"] or customer["name"]
            is_known = entry.contact is not None or contact in contacts
            if is_known:
                done = _("{name}さんに足しました（登録済みの人）").format(name=name)
            elif entry.prospect is not None or customer["id"] in customers:
                done = _("{name}さんを記録しました（登録済みの{company}の連絡先）").format(
                    name=name, company=customer["name"]
                )
            else:
                done = _("{name}さんを記録しました（新しい顧客）").format(name=name)
            contacts.add(contact)
            customers.add(customer["id"])
            company = "" if customer["is_person"] else customer["name"]
            made.append(side_by_side((done, *_understood(ws, entry, company))))
    return tuple(made)


def _understood(ws: Workspace, entry: Entry, company: str) -> tuple[str, ...]:
    """The company and the next step with its day, as far as there are any."""
    step = entry.follow_up
    where = _("会社 {company}").format(company=company) if company else ""
    if step is None:
        return (where, _("次の一手なし"))
    day = wording.day(ws, step.due) if step.due else ""
    at = f"{step.time:%H:%M}" if step.time else ""
    what = step.text or _(wording.PLAN_KINDS[step.kind])
    return (where, _("次の一手 {step}").format(step=" ".join(part for part in (day, at, what) if part)))
