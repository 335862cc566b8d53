"""Is this somebody we know? Sure, likely and similar, by the rules of formats.md; and what a record would change."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from soloflow.capture.identity import names_contradict, personal_keys, shared_keys
from soloflow.domain.candidates import Candidate
from soloflow.domain.text import company_key, mail_key, name_key, phone_key

Kind: TypeAlias = Literal["sure", "likely", "similar"]

_SIMILAR_IN_COMPANY = 70.0
_SIMILAR_ANYWHERE = 85.0
"""山田太郎 and 山本太郎 score 75: too near to be nothing within one company, too far apart elsewhere."""


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the contact book, as far as recognising needs it.

    `personal` holds the keys (mail_key, phone_key) of personal mails, mobiles and direct lines; `shared` those of
    office mails and company numbers.
    """

    contact_id: int
    prospect_id: int
    name: str
    kana: str = ""
    company: str = ""
    personal: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """Who a candidate may be. Only "sure" is taken without asking."""

    kind: Kind
    contact_id: int
    prospect_id: int
    name: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that a record would change: "" → new is an addition."""

    field: str
    old: str
    new: str


def known_from(contact_id: int, prospect_id: int, person: Candidate) -> Known:
    """The known form of a person who is stored with these fields."""
    personal = frozenset(personal_keys(person))
    shared = frozenset(shared_keys(person)) - personal
    return Known(contact_id, prospect_id, person.name, person.kana, person.company, personal, shared)


_Names: TypeAlias = dict[str, Known]
"""The first person of each name, by name_key."""


_Index: TypeAlias = dict[str, Known | list[Known]]
"""Who stands under a key: nearly always one, who needs no list."""


def _put(index: _Index, key: str, person: Known) -> None:
    held = index.setdefault(key, person)
    if isinstance(held, list):
        held.append(person)
    elif held is not person:
        index[key] = [held, person]


def _under(index: _Index, key: str) -> Sequence[Known]:
    held = index.get(key, ())
    return (held,) if isinstance(held, Known) else held


class People:
    """An index of everybody known; made once per import, asked once per candidate."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_key: _Index = {}
        self._by_shared: _Index = {}
        self._by_name: _Index = {}
        self._by_company: defaultdict[str, _Names] = defaultdict(dict)
        self._by_start: defaultdict[str, _Names] = defaultdict(dict)
        self._nearest: dict[str, Known | None] = {}
        """By name, the most alike of those that begin like it: in a file most names come back."""
        self._by_kana: _Index = {}
        for person in known:
            self._add(person)

    def _add(self, whole: Known) -> None:
        name = name_key(whole.name)
        # the keys stand in the indexes: kept twice, those of 100,000 people would be 40 MB
        person = Known(whole.contact_id, whole.prospect_id, whole.name, whole.kana, whole.company)
        for key in whole.personal:
            _put(self._by_key, key, person)
        for key in whole.shared:
            _put(self._by_shared, key, person)
        if name:
            _put(self._by_name, name, person)
            self._by_start[name[:2]].setdefault(name, person)
            if person.company:
                self._by_company[company_key(person.company)].setdefault(name, person)
        if person.kana:
            _put(self._by_kana, name_key(person.kana), person)

    def match(self, candidate: Candidate) -> Match | None:
        """Who this candidate is, by the strongest reason there is; None for somebody new."""
        name = name_key(candidate.name)
        company = company_key(candidate.company) if candidate.company else ""
        same_key = self._holders(self._by_key, personal_keys(candidate))
        fitting = [known for known in same_key if not names_contradict(candidate, known)]
        if len(fitting) == 1:
            return _match("sure", fitting[0])
        same_name = _under(self._by_name, name) if name else ()
        colleague = self._by_company.get(company, {}).get(name) if company and name else None
        if colleague is not None:
            return _match("likely", colleague)
        ask = fitting or same_key or same_name or self._same_office(candidate) or self._same_kana(candidate)
        if ask:
            return _match("similar", ask[0])
        return self._alike(name, company)

    @staticmethod
    def _holders(index: _Index, keys: Iterable[str]) -> list[Known]:
        found = {known.contact_id: known for key in sorted(keys) for known in _under(index, key)}
        return list(found.values())

    def _same_office(self, candidate: Candidate) -> list[Known]:
        """Colleagues share a switchboard: only a name that does not contradict makes it worth a question."""
        keys = shared_keys(candidate)
        holders = self._holders(self._by_shared, keys) + self._holders(self._by_key, keys)
        return [known for known in holders if not names_contradict(candidate, known)]

    def _same_kana(self, candidate: Candidate) -> Sequence[Known]:
        return _under(self._by_kana, name_key(candidate.kana)) if candidate.kana else ()

    def _alike(self, name: str, company: str) -> Match | None:
        if not name:
            return None
        colleagues = self._by_company.get(company, {}) if company else {}
        found = _nearest(name, colleagues, _SIMILAR_IN_COMPANY)
        if found is None and name not in self._nearest:
            self._nearest[name] = _nearest(name, self._by_start.get(name[:2], {}), _SIMILAR_ANYWHERE)
        found = found or self._nearest[name]
        return _match("similar", found) if found else None


def _match(kind: Kind, known: Known) -> Match:
    return Match(kind, known.contact_id, known.prospect_id, known.name)


def _nearest(name: str, among: _Names, least: float) -> Known | None:
    if not among:
        return None
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, among.keys(), scorer=fuzz.ratio, score_cutoff=least)
    return among[found[0]] if found else None


def match_all(candidates: Iterable[Candidate], people: People) -> tuple[Match | None, ...]:
    """The match of each candidate, in order."""
    return tuple(people.match(candidate) for candidate in candidates)


_TEXT_FIELDS = ("name", "kana", "company", "department", "title", "address")


def differences(known: Candidate, candidate: Candidate) -> tuple[FieldChange, ...]:
    """Field by field, what a candidate would change in a known person. Nothing is ever emptied.

    Mails and numbers are compared as they are reached, so that another way to write one is no change; a note is added to.
    """
    texts = [(field, getattr(known, field), getattr(candidate, field)) for field in _TEXT_FIELDS]
    changes = [FieldChange(field, old, new) for field, old, new in texts if new and new != old]
    changes = [change for change in changes if not (change.field == "name" and is_part_of(change.new, change.old))]
    if candidate.note and candidate.note not in known.note:
        changes.append(FieldChange("note", known.note, f"{known.note}\n{candidate.note}".strip()))
    added = {
        "emails": _added(known.emails, candidate.emails, mail_key),
        "phones": _added([p.number for p in known.phones], [p.number for p in candidate.phones], phone_key),
        "urls": _added(known.urls, candidate.urls, str.strip),
        "tags": _added(known.tags, candidate.tags, name_key),
        "met_on": _added([d.isoformat() for d in known.met_on], [d.isoformat() for d in candidate.met_on], str.strip),
    }
    return (*changes, *(FieldChange(field, "", value) for field, values in added.items() for value in values))


def is_part_of(short: str, long: str) -> bool:
    """Whether a name says less than another: 山田 beside 山田 太郎."""
    return name_key(short) != name_key(long) and name_key(short) in {name_key(part) for part in long.split()}


def _added(old: Iterable[str], new: Iterable[str], key: Callable[[str], str]) -> list[str]:
    seen = {key(value) or value for value in old}
    return [value for value in dict.fromkeys(new) if (key(value) or value) not in seen]
