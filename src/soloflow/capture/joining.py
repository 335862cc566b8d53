"""One candidate per person: rows of a file that are surely the same person become one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias, TypeVar

from soloflow.capture.identity import names_contradict, personal_keys
from soloflow.domain.candidates import Candidate, Phone
from soloflow.domain.text import mail_key, phone_key

Value = TypeVar("Value")
_MOST_HOLDERS = 20
"""A mail or number under which more different people stand belongs to none of them."""

_TEXTS = ("company", "department", "title", "address")


def has_content(person: Candidate) -> bool:
    """Whether a row says anything by which somebody could be remembered or reached."""
    return bool(person.name or person.kana or person.company or person.emails or person.phones)


def _once(values: Iterable[Value], keys: Iterable[str]) -> tuple[Value, ...]:
    kept: dict[str, Value] = {}
    for key, value in zip(keys, values, strict=True):
        kept.setdefault(key, value)
    return tuple(kept.values())


def merged(people: Sequence[Candidate]) -> Candidate:
    """One person from several rows: the latest exchange says where they work now, nothing else is lost."""
    if len(people) == 1:
        return people[0]
    latest = sorted(people, key=lambda person: max(person.met_on, default=date.min), reverse=True)
    named = next((person for person in latest if person.family), next((one for one in latest if one.name), latest[0]))
    texts = {field: next(filter(None, (getattr(one, field) for one in latest)), "") for field in _TEXTS}
    emails = [mail for person in people for mail in person.emails]
    phones: list[Phone] = [phone for person in people for phone in person.phones]
    return replace(
        named,
        **texts,
        kana=next(filter(None, (person.kana for person in latest)), ""),
        emails=_once(emails, (mail_key(mail) or mail for mail in emails)),
        phones=_once(phones, (phone_key(phone.number) + phone.kind for phone in phones)),
        urls=tuple(dict.fromkeys(url for person in people for url in person.urls)),
        note="\n".join(dict.fromkeys(person.note for person in people if person.note)),
        tags=tuple(dict.fromkeys(tag for person in people for tag in person.tags)),
        handle=next(filter(None, (person.handle for person in latest)), ""),
        attended=max((one.attended for one in people if one.attended is not None), default=None),
        met_on=tuple(sorted({met for person in people for met in person.met_on})),
        line=min(person.line for person in people),
        also=tuple(sorted(person.line for person in people))[1:],
    )


Names: TypeAlias = dict[tuple[str, str], Candidate]


class _Groups:
    """People gathered so far, each group being one person. Nearly all stay alone, so what only groups need is made late."""

    def __init__(self) -> None:
        self.members: list[list[Candidate]] = []
        self._names: dict[int, Names] = {}
        self._holders: dict[str, int | list[int]] = {}
        """The group of each key, or several."""

    def _names_of(self, one: int) -> Names:
        return self._names.get(one) or {(person.name, person.kana): person for person in self.members[one]}

    def _fit(self, one: int, names: Names) -> bool:
        return not any(names_contradict(a, b) for a in self._names_of(one).values() for b in names.values())

    def _known(self, keys: Iterable[str]) -> list[int]:
        """The groups that one of these keys may mean, each once."""
        found: dict[int, None] = {}
        for key in keys:
            held = self._holders[key]
            if isinstance(held, int):
                found[held] = None
            elif len(held) <= _MOST_HOLDERS:
                found |= dict.fromkeys(held)
        return list(found)

    def add(self, person: Candidate) -> None:
        keys = personal_keys(person)
        seen = sorted(key for key in keys if key in self._holders)
        names: Names = {(person.name, person.kana): person} if seen else {}
        fitting = [index for index in self._known(seen) if self._fit(index, names)] if seen else []
        if fitting:
            target = fitting[0]
            self._names[target] = self._names_of(target) | names
            self.members[target].append(person)
        else:
            target = len(self.members)
            self.members.append([person])
        for other in fitting[1:]:
            if self._fit(other, self._names[target]):
                keys |= self._absorb(target, other)
        for key in keys:
            self._hold(key, target)

    def _hold(self, key: str, target: int) -> None:
        held = self._holders.setdefault(key, target)
        if isinstance(held, list):
            if target not in held:
                held.append(target)
        elif held != target:
            self._holders[key] = [held, target]

    def _absorb(self, target: int, other: int) -> set[str]:
        self._names[target] |= self._names_of(other)
        self._names.pop(other, None)
        moved, self.members[other] = self.members[other], []
        self.members[target] += moved
        keys = {key for person in moved for key in personal_keys(person)}
        for key in keys:
            held = self._holders[key]
            if isinstance(held, list):
                held.remove(other)
            else:
                del self._holders[key]
        return keys


def joined(people: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The people of one file, each once, in the order of their first row.

    Sure is the same personal mail, mobile or direct line, with names that do not contradict. A row that would join two
    groups whose names contradict each other stays with the first.
    """
    groups = _Groups()
    for person in people:
        groups.add(person)
    kept = (
        group if len(group) == 1 else sorted(group, key=lambda person: person.line) for group in groups.members if group
    )
    return tuple(sorted((merged(group) for group in kept), key=lambda person: person.line))
