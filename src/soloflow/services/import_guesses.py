"""Suggestions for cells that could not be read: names and companies known, addresses with a slip, a year too late."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from soloflow.capture.unreadable import Shelf, fitting, hard_names, is_damaged, likeliest, shelved
from soloflow.domain.candidates import Candidate
from soloflow.domain.text import mail_key
from soloflow.services.import_items import Guess, Item

_SLIPS = {ord(wrong): right for wrong, right in zip("，,、。＠：", "....@.", strict=True)}
_TWICE = re.compile(r"([@.])[@.]*")


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that are known to be right, from the contact book and from the rest of the file."""

    families: Shelf
    givens: Shelf
    companies: Shelf
    readings: Mapping[str, str]


def with_guesses(items: Sequence[Item], known: Iterable[Candidate], today: date) -> list[Item]:
    """The items, those with a bad cell with what it may have said."""
    asked = {number for number, item in enumerate(items) if item.problems}
    if not asked:
        return list(items)
    words = None
    if any(_is_damaged(items[number].person) for number in asked):
        words = _words([*known, *(item.person for item in items)])
    return [
        replace(item, guesses=tuple(_guesses(item, words, today))) if number in asked else item
        for number, item in enumerate(items)
    ]


def _is_damaged(person: Candidate) -> bool:
    return is_damaged(person.name) or is_damaged(person.company)


def _words(people: Sequence[Candidate]) -> _Words:
    readings: dict[str, str] = {}
    givens: dict[str, str] = {}
    for person in people:
        parts, kana = person.name.split(), person.kana.split()
        if len(parts) == 2 and not is_damaged(person.name):
            readings.setdefault(parts[0], kana[0] if len(kana) == 2 else "")
            givens.setdefault(parts[1], kana[1] if len(kana) == 2 else "")
    companies = shelved(one.company for one in people if one.company and not is_damaged(one.company))
    hard = hard_names()
    families = shelved((*readings, *hard))
    spoken = {word: kana for word, kana in (readings | givens).items() if kana}
    return _Words(families, shelved(givens), companies, hard | spoken)


def _guesses(item: Item, words: _Words | None, today: date) -> Iterator[Guess]:
    person = item.person
    if words is not None:
        yield from _names(person, words)
        if is_damaged(person.company):
            for whole in fitting(person.company, words.companies)[:3]:
                yield Guess("company", whole, whole)
    if person.emails and not mail_key(person.emails[0]) and (mended := _mended(person.emails[0])):
        yield Guess("email", mended, mended)
    day = max(person.met_on, default=None)
    if day is not None and day > today and (past := _year_before(day)) and past <= today:
        yield Guess("met_on", past.isoformat(), past.isoformat())


def _names(person: Candidate, words: _Words) -> Iterator[Guess]:
    """福? 理恵 → 福嶋 理恵, 福﨑 理恵: by the kana, by the mail address, and by names seen elsewhere."""
    parts, kana = person.name.split(), person.kana.split()
    mail = person.emails[0] if person.emails else ""
    for place, part in enumerate(parts[:2]):
        if is_damaged(part):
            found = fitting(part, words.givens if place else words.families)
            said = kana[place] if len(kana) == len(parts) else ""
            for word in likeliest(found, words.readings, said, mail):
                yield Guess("name", " ".join((*parts[:place], word, *parts[place + 1 :])), word)


def _mended(mail: str) -> str:
    """An address without the slips that are made in writing one down; "" where it is none even so."""
    text = re.sub(r"\s+", "", mail).translate(_SLIPS)
    text = _TWICE.sub(r"\1", text).strip(".<>()\"'")
    return text if mail_key(text) and text != mail and "." in text.rpartition("@")[2] else ""


def _year_before(day: date) -> date | None:
    return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else None
