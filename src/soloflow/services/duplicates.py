"""かさなり: people and companies that are there twice, found in the whole contact book or near what was just brought in."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from soloflow.domain.text import company_key, name_key
from soloflow.i18n import N_, _, side_by_side
from soloflow.services import wording
from soloflow.services.changes import Changes
from soloflow.services.workspace import Progress, Silent, Workspace
from soloflow.store import duplicates as stored
from soloflow.store import search
from soloflow.store.database import Reader

if TYPE_CHECKING:
    from soloflow.capture.blocks import Verdict
    from soloflow.capture.company_pairs import Company
    from soloflow.capture.pairs import Someone

Kind: TypeAlias = Literal["contact", "prospect"]
CERTAINTIES = ("sure", "likely", "possible")
CERTAINTY_WORDS = {"sure": N_("確か"), "likely": N_("おそらく"), "possible": N_("もしかして")}
WHOLE_FROM = 2_000
"""Contacts from which on reading everybody is quicker than looking around each."""
NAMESAKES = 20
REST_EVERY = 10_000
"""Steps between two looks at whether to stop; the window gets the processor there."""

REASONS = {
    "same_mail": N_("同じメール"), "same_mobile": N_("同じ携帯番号"), "same_direct": N_("同じ直通番号"),
    "same_profile": N_("同じプロフィールページ"), "same_name": N_("同じ名前"), "same_company": N_("同じ会社"),
    "same_office": N_("同じ会社電話・代表メール"), "other_company": N_("会社は別"), "other_family": N_("姓だけが違います"),
    "other_name": N_("名前は違います"), "other_mail": N_("別々のメールがあります"), "same_kana": N_("読みが同じ"),
    "latin_name": N_("ローマ字の名前と読みが同じ"), "part_of_name": N_("名前の一部が同じ"),
    "same_company_name": N_("同じ会社名"), "company_spelling": N_("同じ会社の別の書き方"), "other_form": N_("会社の種類だけが違います"),
    "same_host": N_("同じドメインのメール"), "same_office_phone": N_("同じ会社電話"), "similar_company": N_("会社名が似ています"),
}  # fmt: skip
"""Similar names are said with the names themselves: see `words`."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two contacts, or two customers that are companies; the lower id is `first`."""

    kind: Kind
    certainty: str
    first: int
    second: int
    reasons: tuple[str, ...] = ()
    """Codes, the strongest first; `words` says them."""

    @property
    def key(self) -> tuple[str, int, int]:
        """What makes it this pair, whatever is thought of it."""
        return self.kind, self.first, self.second


@dataclass(frozen=True, slots=True)
class PairRow:
    """One line of the list."""

    pair: Pair
    first: str
    second: str
    first_company: str
    second_company: str
    words: str


def scan(ws: Workspace, progress: Progress | None = None) -> tuple[Pair, ...]:
    """Every pair of the whole contact book, the surest first. Takes seconds at 100,000 people: never on the GUI thread.

    :raises Cancelled: when the user stopped it.
    """
    from soloflow.capture.company_pairs import company_pairs
    from soloflow.capture.pairs import people_pairs

    with ws.store.read() as reader:
        watching = progress or Silent()
        total = max(1, stored.count_of_people(reader))
        step = _steps(watching, total)
        people = list(_people(reader, None, step))
        companies = list(_companies(reader, None, step))
        apart = stored.told_apart(reader)
    watching.report(total // 2, total)
    found = [*_pairs("contact", people_pairs(people, step)), *_pairs("prospect", company_pairs(companies, step))]
    return _sorted(pair for pair in found if pair.key not in apart)


def found_for(
    ws: Workspace, contacts: Iterable[int], customers: Iterable[int] = (), progress: Progress | None = None
) -> tuple[Pair, ...]:
    """The pairs in which one of these contacts, their customers or these customers has a part."""
    wanted, own = set(contacts), set(customers)
    with ws.store.read() as reader:
        own |= set(stored.customers_of(reader, wanted))
    found = scan(ws, progress) if len(wanted) + len(own) > WHOLE_FROM else _near(ws, wanted, own)
    sides = {"contact": wanted, "prospect": own}
    return tuple(pair for pair in found if pair.first in sides[pair.kind] or pair.second in sides[pair.kind])


def found_by(ws: Workspace, change_set: int, progress: Progress | None = None) -> tuple[Pair, ...]:
    """The pairs that what a change set (an import) wrote has a part in."""
    with ws.store.read() as reader:
        contacts, customers = stored.contacts_written(reader, change_set)
    return found_for(ws, contacts, customers, progress)


def partners_of(ws: Workspace, customer: int) -> list[int]:
    """Customers that may be the same as this one: whoever stands in a pair with it or its people, then whoever is called alike."""
    with ws.store.read() as reader:
        contacts = set(stored.contacts_of(reader, (customer,)))
        name = reader.get("prospects", customer)["name"]
        alike = search.find(reader, wording.short_name(name), NAMESAKES).ids
    found: dict[int, None] = {}
    for pair in found_for(ws, contacts, (customer,)):
        if pair.kind == "prospect":
            found.update(dict.fromkeys((pair.first, pair.second)))
        else:
            with ws.store.read() as reader:
                found.update(dict.fromkeys(stored.customers_of(reader, (pair.first, pair.second))))
    found.update(dict.fromkeys(alike))
    found.pop(customer, None)
    return list(found)


def again(ws: Workspace, pairs: Sequence[Pair], customers: Iterable[int]) -> tuple[Pair, ...]:
    """What has become of these pairs after something about these customers changed."""
    touched = set(customers)
    with ws.store.read() as reader:
        contacts = set(stored.contacts_of(reader, touched))
    fresh = found_for(ws, contacts, touched)
    fresh_keys = {pair.key for pair in fresh}
    sides = {"contact": contacts, "prospect": touched}
    kept = [
        pair
        for pair in pairs
        if pair.key not in fresh_keys and pair.first not in sides[pair.kind] and pair.second not in sides[pair.kind]
    ]
    return _sorted((*_alive(ws, kept), *fresh))


def rows(ws: Workspace, pairs: Sequence[Pair]) -> list[PairRow]:
    """The lines of these pairs; a few dozen at a time."""
    named: dict[str, dict[int, tuple[str, str]]] = {}
    with ws.store.read() as reader:
        for kind in ("contact", "prospect"):
            ids = {one for pair in pairs if pair.kind == kind for one in (pair.first, pair.second)}
            named[kind] = stored.names(reader, kind, ids)
    found = []
    for pair in pairs:
        first, company = named[pair.kind].get(pair.first, ("", ""))
        second, other = named[pair.kind].get(pair.second, ("", ""))
        found.append(
            PairRow(
                pair,
                first or _("名前なし"),
                second or _("名前なし"),
                company,
                other,
                words(pair.reasons, first, second),
            )
        )
    return found


def words(reasons: Iterable[str], first: str, second: str) -> str:
    """The reasons as one line: 「同じメール・同じ名前」."""
    similar = _("名前が似ています（{first}／{second}）").format(first=first, second=second)
    return side_by_side(similar if reason == "similar_name" else _(REASONS[reason]) for reason in reasons)


def tell_apart(ws: Workspace, pair: Pair) -> Changes:
    """Remember that two are not the same, so that they are never suggested again; undo forgets it."""
    line = rows(ws, (pair,))[0]
    if pair.kind == "contact":
        label = _("{first}さんと{second}さんを別の人と覚えました")
    else:
        label = _("{first}と{second}を別の会社と覚えました")
    label = label.format(first=line.first, second=line.second)
    with ws.store.write(label, ws.now_us()) as work:
        if work.reader.find("told_apart", kind=pair.kind, first_id=pair.first, second_id=pair.second) is None:
            work.insert("told_apart", kind=pair.kind, first_id=pair.first, second_id=pair.second)
        touched = _owners(work.reader, pair)
    return Changes(work.change_set, label, frozenset(work.topics), frozenset(touched))


def pair_of(kind: Kind, one: int, other: int, certainty: str = "", reasons: tuple[str, ...] = ()) -> Pair:
    """A pair in the order in which pairs are kept."""
    return Pair(kind, certainty, min(one, other), max(one, other), reasons)


def _owners(reader: Reader, pair: Pair) -> set[int]:
    ids = {pair.first, pair.second}
    return ids if pair.kind == "prospect" else set(stored.customers_of(reader, ids))


def _alive(ws: Workspace, pairs: Sequence[Pair]) -> list[Pair]:
    with ws.store.read() as reader:
        apart = stored.told_apart(reader)
        there = {
            kind: stored.alive(reader, kind, {i for pair in pairs if pair.kind == kind for i in (pair.first, pair.second)})
            for kind in ("contact", "prospect")
        }  # fmt: skip
    return [
        pair for pair in pairs if {pair.first, pair.second} <= there[pair.kind] and pair.key not in apart
    ]  # fmt: skip


def _near(ws: Workspace, contacts: set[int], customers: set[int]) -> tuple[Pair, ...]:
    """As `scan`, among those who share a key, a name, a company or a mail host with the given."""
    from soloflow.capture.company_pairs import company_pairs
    from soloflow.capture.pairs import people_pairs

    step = _steps(Silent(), 1)
    with ws.store.read() as reader:
        given = list(_people(reader, contacts, step))
        keys = sorted({key for one in given for key in one.personal | one.shared})
        terms = {one.key for one in given} | {name_key(one.kana) for one in given} | {one.company for one in given}
        around = stored.contacts_with(reader, keys, sorted(terms - {""}))
        around |= set(stored.contacts_of(reader, {one.customer for one in given})) | contacts
        people = list(_people(reader, around, step))
        own = list(_companies(reader, customers, step))
        hosts = {name_key(host) for one in own for host in one.hosts}
        beside = stored.companies_under(reader, sorted({one.key for one in own} | hosts)) | customers
        beside |= {one.customer for one in people}
        companies = list(_companies(reader, beside, step))
        apart = stored.told_apart(reader)
    found = [*_pairs("contact", people_pairs(people, step)), *_pairs("prospect", company_pairs(companies, step))]
    return _sorted(pair for pair in found if pair.key not in apart)


def _people(reader: Reader, contacts: Iterable[int] | None, step: Callable[[], None]) -> Iterator["Someone"]:
    from soloflow.capture.pairs import Someone, keys_of

    ids = None if contacts is None else set(contacts)
    reached: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for contact, *point in stored.points(reader, ids):
        reached[contact].append(tuple(point))
    keys: dict[str, str] = {}  # many people of one company: its name is folded once
    for contact, customer, name, family, given, kana, company in stored.people(reader, ids):
        step()
        if company not in keys:
            keys[company] = company_key(company) if company else ""
        personal, shared = keys_of(reached.get(contact, ()))
        yield Someone(contact, customer, name, kana, family, given, keys[company], name_key(name), personal, shared)


def _companies(reader: Reader, customers: Iterable[int] | None, step: Callable[[], None]) -> Iterator["Company"]:
    from soloflow.capture.company_pairs import Company, hosts_of
    from soloflow.capture.pairs import is_mobile

    ids = None if customers is None else set(customers)
    mails: dict[int, set[str]] = defaultdict(set)
    phones: dict[int, set[str]] = defaultdict(set)
    for customer, kind, label, key in stored.company_points(reader, ids):
        if kind == "mail":
            mails[customer].add(key)
        elif label not in {"mobile", "direct", "fax"} and not is_mobile(key):
            phones[customer].add(key)
    for customer, name, website in stored.companies(reader, ids):
        step()
        hosts = hosts_of(mails.get(customer, ()), website)
        yield Company(customer, name, company_key(name), hosts, frozenset(phones.get(customer, ())))


def _pairs(kind: Kind, found: Iterable[tuple[int, int, "Verdict"]]) -> Iterator[Pair]:
    for first, second, (certainty, reasons) in found:
        yield Pair(kind, certainty, first, second, reasons)


def _sorted(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    place: dict[Any, int] = {certainty: number for number, certainty in enumerate(CERTAINTIES)}
    strength = {reason: number for number, reason in enumerate((*REASONS, "similar_name"))}

    def rank(pair: Pair) -> tuple[object, ...]:
        """Of what is only possible, that with the strongest reason and the most of them comes first."""
        is_weak = pair.certainty == CERTAINTIES[-1]
        by_reason = (strength.get(next(iter(pair.reasons), ""), 0), -len(pair.reasons)) if is_weak else (0, 0)
        return place[pair.certainty], *by_reason, pair.kind == "contact", pair.first, pair.second

    return tuple(sorted(pairs, key=rank))


def _steps(watching: Progress, total: int) -> Callable[[], None]:
    """Counts what is done; now and then it looks whether to stop, and lets the window have the processor."""
    count = 0

    def step() -> None:
        nonlocal count
        count += 1
        if count % REST_EVERY == 0:
            watching.report(min(count // 10, total), total)
            watching.check()
            time.sleep(0.001)

    return step


__all__ = [
    "CERTAINTIES", "CERTAINTY_WORDS", "Pair", "PairRow", "again", "found_by", "found_for", "pair_of", "partners_of", "rows", "scan",
    "tell_apart", "words",
]  # fmt: skip
