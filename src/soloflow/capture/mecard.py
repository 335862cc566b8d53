"""MECARD, the text of a Japanese contact QR, one or several → the people in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from soloflow.capture.decoding import Decoded
from soloflow.capture.fields import clean, full_name, kana_name, paragraph, phone, plain_mail, postal_address
from soloflow.capture.joining import has_content, joined
from soloflow.domain.candidates import Candidate, Problem, Reading
from soloflow.domain.text import mail_key
from soloflow.i18n import _

_BEGIN = re.compile(r"(?:\A|(?<=[\r\n])|(?<=;))[ \t\ufeff]*MECARD:", re.IGNORECASE)
_FIELDS = re.compile(r"((?:[^\\;]++|\\.|\\)*+)(;|\Z)", re.DOTALL)
_PARTS = re.compile(r"((?:[^\\,]++|\\.|\\)*+)(,|\Z)", re.DOTALL)
_FIELD = re.compile(r"\s*([A-Za-z][A-Za-z-]*)\s*:(.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PLACE_PARTS = 7


@dataclass(slots=True)
class _Mecard:
    """One MECARD: its values by field, escapes still in them. `odd` are the pieces that are no field."""

    line: int
    values: dict[str, list[str]] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)

    def all(self, *names: str) -> list[str]:
        found = (unescaped(value).strip() for name in names for value in self.values.get(name, ()))
        return list(dict.fromkeys(filter(None, found)))

    def first(self, *names: str) -> str:
        return next(iter(self.all(*names)), "")

    def parts(self, name: str) -> list[str]:
        """The parts of a value, separated by commas; none of them where the field is missing."""
        value = next(iter(self.values.get(name, ())), "")
        return [unescaped(part).strip() for part in _cut(value, _PARTS)] if value else []


def unescaped(value: str) -> str:
    r"""A value without the backslashes before ; : , and \."""
    return _ESCAPED.sub(r"\1", value)


def holds_mecards(text: str) -> bool:
    """Whether a text begins with a MECARD."""
    return _BEGIN.match(text[:1000].lstrip()) is not None


def read_mecards(decoded: Decoded) -> Reading:
    """The people of a text of MECARDs; what stands between them is reported and lost."""
    people: list[Candidate] = []
    problems = [
        Problem(line, "", _("文字コードに合わない文字があり、「�」に置き換えました。")) for line in decoded.damaged
    ]
    rows = 0
    for card in _mecards(decoded.text):
        rows += 1
        person = _person(card)
        problems += _problems(card, person)
        if has_content(person):
            people.append(person)
    problems.sort(key=lambda problem: problem.line)
    return Reading("mecard", decoded.encoding, rows, joined(people), tuple(problems), rows - len(people))


def _mecards(text: str) -> Iterator[_Mecard]:
    begins = list(_BEGIN.finditer(text))
    line, counted = 1, 0
    for begin, end in zip(begins, [*(after.start() for after in begins[1:]), len(text)], strict=True):
        line += len(re.findall(r"\r\n|\r|\n", text[counted : begin.start()]))
        counted = begin.start()
        card = _Mecard(line)
        for piece in _cut(text[begin.end() : end], _FIELDS):
            if found := _FIELD.fullmatch(piece):
                card.values.setdefault(found[1].upper(), []).append(found[2])
            elif piece.strip():
                card.odd.append(clean(piece))
        yield card


def _cut(text: str, at: re.Pattern[str]) -> Iterator[str]:
    """What stands between separators that are not escaped, escapes still in it."""
    for found in at.finditer(text):
        yield found[1]
        if not found[2]:
            return


def _person(card: _Mecard) -> Candidate:
    names, sounds = card.parts("N"), card.parts("SOUND")
    family, given = (names[0], " ".join(names[1:])) if len(names) > 1 else ("", "")
    name, family, given = full_name(family, given, "" if len(names) > 1 else card.first("N"))
    notes = (paragraph(note) for note in card.all("NOTE", "MEMO"))
    return Candidate(
        name=name,
        family=family,
        given=given,
        kana=kana_name(sounds[0], " ".join(sounds[1:])) if sounds else "",
        company=clean(card.first("ORG")),
        department=clean(card.first("DIV", "DEPT")),
        title=clean(card.first("TITLE", "TIL")),
        emails=tuple(map(plain_mail, card.all("EMAIL"))),
        phones=tuple(dict.fromkeys(phone(number) for number in card.all("TEL", "TEL-AV"))),
        urls=tuple(card.all("URL")),
        address=_address(card),
        note="\n".join(notes),
        line=card.line,
    )


def _address(card: _Mecard) -> str:
    """Seven parts are those of the standard (post box, room, house, city, prefecture, code, country); else plain text."""
    parts = card.parts("ADR")
    if len(parts) == _PLACE_PARTS:
        _box, room, house, city, prefecture, code, _country = parts
        return postal_address(code, prefecture, city, house, room)
    return postal_address("", *parts)


def _problems(card: _Mecard, person: Candidate) -> Iterator[Problem]:
    for mail in person.emails:
        if not mail_key(mail):
            yield Problem(card.line, "EMAIL", _("「{value}」はメールアドレスの形ではありません。").format(value=mail))
    if card.odd:
        yield Problem(
            card.line, "", _("「{value}」は読めません。ほかの項目は読めました。").format(value=card.odd[0][:40])
        )
    if not has_content(person):
        yield Problem(card.line, "", _("名前も連絡先もない名刺です。"))
