"""What would happen to one person of a file: new, an update, the same, or a question; and which fields would change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from soloflow.capture.matching import FieldChange, Match, differences, is_part_of
from soloflow.domain.candidates import Candidate, Problem
from soloflow.domain.text import company_key, is_latin, name_key, shadow
from soloflow.i18n import _
from soloflow.services import prospects
from soloflow.services.import_items import Item, Objection, Verdict
from soloflow.services.workspace import Workspace
from soloflow.store import duplicates as stored
from soloflow.store.database import Reader

_OF_A_COMPANY = frozenset({"department", "title", "address"})
FRESH_DAYS = 30
"""Only who was met within this many days is offered to enter the funnel; old cards would ruin every rate."""


def not_yet(ws: Workspace, person: Candidate) -> tuple[Problem, ...]:
    """The meetings of a record that are still to come: a slip of the pen, or another year."""
    message = _("「{day}」は先の日付です。")
    return tuple(
        Problem(person.line, "met_on", message.format(day=day.isoformat())) for day in person.met_on if day > ws.today()
    )


class Home(NamedTuple):
    """The customer that a company is already. Of two that bear one name nobody's company is either: `id` is None."""

    id: int | None
    name: str
    is_running: bool = False
    """Whether it is in the funnel."""


def judged(
    ws: Workspace, person: Candidate, match: Match | None, known: Candidate | None, *, is_in: bool, home: Home | None,
    flaws: Sequence[Problem],
) -> Item:  # fmt: skip
    """What would happen to a record.

    `known` is the person matched and `is_in` whether their customer is in the funnel; `home` is what the company of the
    record is, None where it is no customer.
    """
    offered, against = changes_to(known, person, is_customer=home is not None) if known else ((), ())
    changes = len(offered) > len(against)
    is_known = match is not None and (match.kind == "sure" or (not changes and _says_the_same(known, person)))
    verdict: Verdict = "new"
    if match is not None:
        verdict = "ask" if not is_known else "update" if changes else "same"
    if any(not flaw.is_mended for flaw in flaws) and verdict in ("new", "update"):
        verdict = "ask"
    fresh = any(ws.today() - timedelta(days=FRESH_DAYS) <= day <= ws.today() for day in person.met_on)
    has_no_tick = is_in if is_known else match is None and home is not None and home.is_running
    return Item(
        person, verdict, match, offered,
        take=person.attended is not False
        and (verdict in ("new", "update") or (verdict == "ask" and (match is None or is_known))),
        enters=None if has_no_tick else fresh and verdict != "same",
        is_known=is_known, declined=frozenset(one.change for one in against), against=against, problems=tuple(flaws), known_at=known.company if known else "", home=home.id if home else None,
        could_join=home.name if home and home.id is not None and known is not None and not known.company else "",
    )  # fmt: skip


def as_they_stand(reader: Reader, items: Sequence[Item]) -> list[Item]:
    """The items as they can be written: who was taken for somebody who is gone since the preview is somebody new."""
    known = {
        id(item): item.match.contact_id for item in items if item.take and item.is_known and item.match is not None
    }
    there = stored.alive(reader, "contact", known.values())
    return [
        replace(
            item, is_known=False, match=None, offered=(), declined=frozenset(), against=(), could_join="", joins=False
        )
        if id(item) in known and known[id(item)] not in there
        else item
        for item in items
    ]


def _says_the_same(known: Candidate | None, person: Candidate) -> bool:
    """Whether a record is, word for word, one that is stored: bringing a file in twice asks nothing."""
    if known is None or name_key(known.name) != name_key(person.name):
        return False
    company = person.company if prospects.is_company(person.company) else ""
    return company_key(known.company) == company_key(company)


def changes_to(
    known: Candidate, person: Candidate, *, is_customer: bool = False
) -> tuple[tuple[FieldChange, ...], tuple[Objection, ...]]:  # fmt: skip
    """What the record would really change, and what of it is declined unless it is chosen.

    Another way to write a company is no change. Somebody who is a customer on their own does not become the contact of
    another one by a card: that is a merge.
    """
    found = [change for change in differences(known, person) if _matters(change)]
    if person.name and is_part_of(person.name, known.name):
        found.insert(0, FieldChange("name", known.name, person.name))
    if is_customer and not known.company:
        found = [change for change in found if change.field != "company"]
    is_older = bool(known.met_on and person.met_on) and max(person.met_on) < max(known.met_on)
    is_elsewhere = is_older and any(change.field == "company" and change.old for change in found)
    against = (_objection(change, is_older=is_older, is_elsewhere=is_elsewhere) for change in found)
    return tuple(found), tuple(one for one in against if one is not None)


def _objection(change: FieldChange, *, is_older: bool, is_elsewhere: bool) -> Objection | None:
    """Why a change is not proposed: an older card overwrites nothing, and a name gets no worse.

    The post and the address of an earlier company are none of the present one's.
    """
    if change.field == "name" and change.old and is_part_of(change.new, change.old):
        return Objection(change, "part")
    if change.field == "name" and change.old and is_latin(change.old) != is_latin(change.new):
        return Objection(change, "letters")
    overwrites = bool(change.old) and change.field != "note"  # a note is added to
    belongs_there = is_elsewhere and change.field in _OF_A_COMPANY
    return Objection(change, "older") if is_older and (overwrites or belongs_there) else None


def _matters(change: FieldChange) -> bool:
    if change.field == "company":
        return prospects.is_company(change.new) and company_key(change.new) != company_key(change.old)
    if change.field == "name":  # 髙橋 for 高橋 is a correction; a name without its spaces is none
        return change.old.replace(" ", "") != change.new.replace(" ", "")
    if change.field in ("kana", "department", "title", "address"):  # wide or narrow, ひらがな or カタカナ: no news
        return shadow(change.new) != shadow(change.old)
    return True
