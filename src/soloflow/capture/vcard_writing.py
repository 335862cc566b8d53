r"""People → vCard 3.0 (RFC 2426) and 4.0 (RFC 6350), which every address book reads, and which `own_cards` reads to the letter.

What the standards have no word for stands in properties and parameters that begin with X-SOLOFLOW, which others pass over:
the days on which somebody was met, and what a number is where TYPE cannot say it (a direct line).

What a card cannot hold, and what becomes of it:

- `line` and `attended` belong to the file that somebody was read from, not to them; they are not written.
- Every line end is \n inside a card, so CR and CRLF come back as LF. Other control characters, which neither standard allows,
  are left out (a tab is kept), and halves of a surrogate pair become �.
- A link is a URI and has no escapes: white space and line ends in it are percent-encoded.
- Kana, of which cards keep the parts, come back with one space between them and none around; empty values of a list are not
  written.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from soloflow.capture.fields import clean, kana_name
from soloflow.domain.candidates import Candidate, Phone

VERSIONS = ("3.0", "4.0")
PRODUCT = "-//SoloFlow//SoloFlow//JA"
"""The PRODID by which our own cards are known again."""
MARK = "X-SOLOFLOW"
MET_ON = "X-SOLOFLOW-MET-ON"
STAND_IN = "stand-in"
"""Value of MARK at an FN: the card had to have one, the person has no name."""
WHOLE = "whole"
"""Value of MARK at an N: its family name is the whole name, which nobody could split."""
WIDEST = 75
"""Octets of a line without its end (RFC 2426, 2.6; RFC 6350, 3.2)."""

_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_TO_ESCAPE = re.compile(r"[\\;,\n]")
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_LINE_END = re.compile(r"\r\n?")
_NO_URI = re.compile(r"[\s\\]")
_POSTAL = re.compile(r"〒(\d{3}-\d{4}) (\S.*)", re.DOTALL)
_PREFECTURE = re.compile(r"(東京都|北海道|京都府|大阪府|神奈川県|和歌山県|鹿児島県|\w{2}県)(.*)", re.DOTALL)
_TYPES = {
    "mobile": ("CELL", "VOICE"), "direct": ("WORK", "VOICE"), "company": ("WORK", "VOICE"), "fax": ("WORK", "FAX"),
    "other": ("VOICE",),
}  # fmt: skip


def write_cards(people: Iterable[Candidate], version: str = "3.0") -> str:
    """The cards of people, in order, in one text with CRLF at every line's end.

    :raises ValueError: when `version` is none of `VERSIONS`.
    """
    if version not in VERSIONS:
        raise ValueError(version)
    return "".join(folded(line) for person in people for line in _lines(person, version))


def small_card(person: Candidate) -> str:
    """One vCard 3.0 for a QR code: what phones take over, no property of ours, lines unfolded (both standards allow it).

    Every byte makes the modules smaller, and some readers of codes do not unfold.
    """
    lines = ("BEGIN:VCARD", "VERSION:3.0", *_names(person, "3.0", is_small=True), *_work(person))
    phones = (f"TEL;TYPE={_TYPES[phone.kind][0]}:{escaped(phone.number)}" for phone in person.phones)
    mails = (f"EMAIL:{escaped(mail)}" for mail in person.emails)
    return "\r\n".join((*lines, *phones, *mails, *_urls(person), *_note(person), "END:VCARD", ""))


def folded(line: str) -> str:
    """A line of a card with its end, folded at 75 octets, never inside a character."""
    if len(line.encode()) <= WIDEST:
        return line + "\r\n"
    pieces, width = [""], 0
    for character in line:
        octets = len(character.encode())
        if width + octets > WIDEST:
            pieces.append("")
            width = 1  # the space that marks the line as a continuation
        pieces[-1] += character
        width += octets
    return "\r\n ".join(pieces) + "\r\n"


def escaped(text: str) -> str:
    """A text value: backslash, comma, semicolon and line break escaped (RFC 2426, 4; RFC 6350, 3.4)."""
    return _TO_ESCAPE.sub(lambda found: _ESCAPES[found[0]], _writable(text))


def _writable(text: str) -> str:
    plain = text.encode("utf-8", "replace").decode() if re.search("[\ud800-\udfff]", text) else text
    return _UNWANTED.sub("", _LINE_END.sub("\n", plain))


def _lines(person: Candidate, version: str) -> Iterator[str]:
    yield from ("BEGIN:VCARD", f"VERSION:{version}", f"PRODID:{PRODUCT}")
    yield from _names(person, version)
    yield from _work(person)
    for phone in person.phones:
        yield _tel(phone, version)
    for mail in filter(None, person.emails):
        yield f"EMAIL{';TYPE=INTERNET' if version == '3.0' else ''}:{escaped(mail)}"
    yield from _urls(person)
    if person.address:
        yield _adr(person.address)
    yield from _note(person)
    if tags := [escaped(tag) for tag in person.tags if tag]:
        yield f"CATEGORIES:{','.join(tags)}"
    if person.met_on:
        yield f"{MET_ON}:{','.join(day.isoformat() for day in person.met_on)}"
    yield "END:VCARD"


def _names(person: Candidate, version: str, *, is_small: bool = False) -> Iterator[str]:
    """N and FN, which 3.0 wants both and 4.0 wants the second of; kana; the name somebody goes by."""
    is_company = not (person.name or person.family or person.given) and bool(person.company)
    family, mark = person.family, ""
    if person.name and not (person.family or person.given):
        family, mark = person.name, WHOLE  # address books list people by N and would show nothing
    kana = clean(_writable(person.kana))
    sortable = kana if kana_name(kana, "") == kana else ""
    params = _params(
        **{MARK: "" if is_small else mark, "SORT-AS": sortable.replace(" ", ",", 1) if version == "4.0" else ""}
    )
    yield f"N{params}:{escaped(family)};{escaped(person.given)};;;"
    yield f"FN{_params(**{MARK: '' if person.name or is_small else STAND_IN})}:{escaped(person.name or _stand_in(person))}"
    last, _space, first = kana.partition(" ")
    if kana:
        yield f"X-PHONETIC-LAST-NAME:{escaped(last)}"
    if first:
        yield f"X-PHONETIC-FIRST-NAME:{escaped(first)}"
    if sortable and version == "3.0" and not is_small:
        yield f"SORT-STRING:{escaped(kana)}"
    if is_company and not is_small:
        yield "X-ABShowAs:COMPANY" if version == "3.0" else "KIND:org"
    if person.handle and not is_small:
        yield f"NICKNAME:{escaped(person.handle)}"


def _stand_in(person: Candidate) -> str:
    """What stands where a name must stand: the company, or how to reach somebody."""
    parts = (
        f"{person.family} {person.given}".strip(),
        person.company,
        *person.emails,
        *(one.number for one in person.phones),
    )
    return next(filter(None, (*parts, person.handle, *person.urls)), "-")


def _work(person: Candidate) -> Iterator[str]:
    if person.company or person.department:
        department = f";{escaped(person.department)}" if person.department else ""
        yield f"ORG:{escaped(person.company)}{department}"
    if person.title:
        yield f"TITLE:{escaped(person.title)}"


def _tel(phone: Phone, version: str) -> str:
    """A number; our own word for what it is stands beside TYPE, which knows no direct line."""
    kind = phone.kind if phone.kind in _TYPES else "other"
    types = ",".join(_TYPES[kind])
    return f"TEL;TYPE={types if version == '3.0' else types.lower()};{MARK}={kind}:{escaped(phone.number)}"


def _urls(person: Candidate) -> Iterator[str]:
    for url in filter(None, person.urls):
        yield "URL:" + _NO_URI.sub(
            lambda found: "".join(f"%{octet:02X}" for octet in found[0].encode()), _writable(url)
        )


def _adr(address: str) -> str:
    """An address of one line as the parts that forms have: postal code, prefecture, the rest as the street."""
    code, rest = found.groups() if (found := _POSTAL.fullmatch(address)) else ("", address)
    region, street = found.groups() if (found := _PREFECTURE.fullmatch(rest)) else ("", rest)
    return f"ADR;TYPE=WORK:;;{escaped(street)};;{escaped(region)};{escaped(code)};"


def _note(person: Candidate) -> Iterator[str]:
    if person.note:
        yield f"NOTE:{escaped(person.note)}"


def _params(**values: str) -> str:
    """Parameters that have a value; one with a comma stands in quotes."""
    given = ((name, value) for name, value in values.items() if value)
    return "".join(f';{name}="{value}"' if "," in value else f";{name}={value}" for name, value in given)


def known_kinds() -> Sequence[str]:
    """The kinds of numbers that a card can say."""
    return tuple(_TYPES)
