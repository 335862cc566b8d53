"""What QR codes say → the people in them: vCard, MECARD, the kinds of other phones and programs, links, and plain words."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

from soloflow.capture.decoding import Decoded
from soloflow.capture.fields import clean, full_name, kana_name, paragraph, phone, plain_mail
from soloflow.capture.joining import has_content, joined
from soloflow.capture.mecard import holds_mecards, read_mecards
from soloflow.capture.pasted import parse_many
from soloflow.capture.profile_links import profile_of
from soloflow.capture.qr import Code, codes_of
from soloflow.capture.vcard import holds_cards
from soloflow.capture.vcard_people import linked_mail, linked_number, read_cards
from soloflow.domain.candidates import Candidate, Problem, Reading
from soloflow.domain.text import is_latin, mail_key
from soloflow.i18n import _

_FIELD = re.compile(r"([A-Z]+):((?:[^\\;]|\\.)*)(?:;|\Z)", re.IGNORECASE | re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ONE_WORD = re.compile(r"\s*[!-~]+(?: [!-~]+)*\s*")
"""What follows tel: and mailto: in a link; a signature that begins with 「TEL:」 goes on in other letters or lines."""
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:WIFI|DPP|otpauth(?:-migration)?|geo|bitcoin|upi|market|intent|javascript|data|file|HTTP_POST):|BEGIN:V(?:EVENT|CALENDAR|TODO)\b",
    re.IGNORECASE,
)
"""Kinds of codes that never speak of a person."""
_SOME_DAY = date(2000, 1, 1)
"""A code says nothing of next steps, so that no day matters when its words are read as if they were pasted."""
_SHOWN = 40


def read_picture(name: str, data: bytes) -> Reading:
    """The people of all QR codes of a picture; `rows` counts the codes, and a line is the number of a code.

    :raises UserError: when it is no picture that can be opened, or has no code.
    """
    return read_codes(codes_of(name, data))


def read_codes(codes: tuple[Code, ...]) -> Reading:
    """The people of what codes say, each once."""
    people: list[Candidate] = []
    problems: list[Problem] = []
    silent = 0
    for number, code in enumerate(codes, 1):
        found = people_of_text(code.text, code.data)
        problems += (replace(problem, line=number) for problem in found.problems)
        people += (replace(person, line=number) for person in found.candidates)
        silent += not found.candidates
    encoding = next((code.encoding for code in codes if code.encoding != "utf-8"), "utf-8")
    return Reading("qr", encoding, len(codes), joined(people), tuple(problems), silent)


def people_of_text(text: str, data: bytes | None = None) -> Reading:
    """The people of what one code says; none, and a problem that says why, where it speaks of nobody.

    A card is read from the bytes themselves, because each of its properties may name an encoding of its own.
    """
    plain = text.strip("\ufeff \t\r\n\0")
    card = data or plain.encode()
    if holds_cards(card):
        return read_cards(card)
    if holds_mecards(plain):
        return read_mecards(Decoded(plain, "utf-8"))
    people = tuple(person for person in _people(plain) if has_content(person) or person.urls)
    return Reading("qr", "utf-8", 1, people, tuple(_problems(plain, people)), int(not people))


def _people(text: str) -> tuple[Candidate, ...]:
    kind, _colon, rest = text.partition(":")
    records = {"BIZCARD": _bizcard, "MATMSG": _matmsg, "MEMORY": _memory, "MEBKM": _bookmark}
    links = {
        "MAILTO": _mailto, "TEL": _tel, "TELPROMPT": _tel, "SMS": _sms, "SMSTO": _sms, "MMSTO": _sms, "URLTO": _link, "URL": _link,
    }  # fmt: skip
    if reader := records.get(kind.strip().upper()):
        return (reader(rest),)
    if (reader := links.get(kind.strip().upper())) and (_ONE_WORD.fullmatch(rest) or reader is _sms):
        return (reader(rest),)
    if _LINK.fullmatch(text):
        return (_link(text),)
    return () if not text or _NOBODY.match(text) else _words(text)


def _problems(text: str, people: tuple[Candidate, ...]) -> Iterator[Problem]:
    if not people:
        words = _("人のことを書いたQRコードではありません：「{text}」")
        yield Problem(1, "", words.format(text=clean(text)[:_SHOWN]))
    for person in people:
        if not person.name:
            yield Problem(1, "name", _("名前は書かれていません。書き足してください。"))
        for mail in person.emails:
            if not mail_key(mail):
                yield Problem(1, "EMAIL", _("「{value}」はメールアドレスの形ではありません。").format(value=mail))


def _fields(text: str) -> dict[str, list[str]]:
    """The values of NAME:value; pieces, without escapes."""
    found: dict[str, list[str]] = {}
    for key, value in _FIELD.findall(text):
        if plain := clean(_ESCAPED.sub(r"\1", value)):
            found.setdefault(key.upper(), []).append(plain)
    return found


def _bizcard(text: str) -> Candidate:
    """BIZCARD:N:Sean;X:Owen;T:Engineer;C:Google;A:…;B:+1…;E:…;; (given and family name in fields of their own)."""
    fields = _fields(text)
    one = {key: values[0] for key, values in fields.items()}
    name, family, given = full_name(one.get("X", ""), one.get("N", ""))
    return Candidate(
        name=name, family=family, given=given, company=one.get("C", ""), title=one.get("T", ""), address=one.get("A", ""),
        emails=tuple(map(plain_mail, fields.get("E", ()))),
        phones=tuple(phone(number, kind) for key, kind in (("B", "company"), ("M", "mobile"), ("F", "fax")) for number in fields.get(key, ())),
    )  # fmt: skip


def _memory(text: str) -> Candidate:
    """MEMORY:NAME1:山田 太郎, NAME2: (kana), MAIL1:, TEL1:, ADD:, MEMORY: on lines of their own, as KDDI and SoftBank phones write."""
    lines = [line.partition(":") for line in text.splitlines()]
    found: dict[str, list[str]] = {}
    for key, _colon, value in lines:
        if value.strip():
            found.setdefault(re.sub(r"(?<!NAME)\d+$", "", key.strip().upper()), []).append(value.strip())
    name, family, given = full_name("", "", found.get("NAME1", [""])[0])
    return Candidate(
        name=name, family=family, given=given, kana=kana_name(found.get("NAME2", [""])[0], ""), emails=tuple(map(plain_mail, found.get("MAIL", ()))),
        phones=tuple(phone(number) for number in found.get("TEL", ())), urls=tuple(found.get("URL", ())),
        address=clean(found.get("ADD", [""])[0]), note=paragraph("\n".join(found.get("MEMORY", ()))),
    )  # fmt: skip


def _bookmark(text: str) -> Candidate:
    """MEBKM:TITLE:…;URL:…;; a bookmark of an i-mode phone."""
    return _link(next(iter(_fields(text).get("URL", ())), ""))


def _matmsg(text: str) -> Candidate:
    """MATMSG:TO:a@example.jp;SUB:…;BODY:…;; a mail to be written."""
    return Candidate(emails=tuple(map(plain_mail, _fields(text).get("TO", ()))))


def _mailto(text: str) -> Candidate:
    """mailto:a@example.jp,b@example.jp?subject=…"""
    addresses = (clean(unquote(part)) for part in text.partition("?")[0].split(","))
    return Candidate(emails=tuple(linked_mail(address) for address in addresses if address))


def _tel(text: str) -> Candidate:
    number = linked_number(f"tel:{text.strip().removeprefix('//')}".partition("?")[0])
    return Candidate(phones=(phone(number),)) if number.strip() else Candidate()


def _sms(text: str) -> Candidate:
    return _tel(text.partition(":")[0])


def _link(text: str) -> Candidate:
    """A page: whose it is where the address says so, else a link of somebody whose name is still to be written."""
    url = clean(text)
    if profile := profile_of(url):
        name, family, given = full_name("", "", profile.name)
        return Candidate(name=name, family=family, given=given, urls=(profile.url,), handle=profile.handle)
    return Candidate(urls=(url,)) if url else Candidate()


def _words(text: str) -> tuple[Candidate, ...]:
    """Words as somebody would paste them; a name alone counts only where it is Japanese, not some number of a ticket."""
    return tuple(filter(_is_somebody, (parsed.candidate for parsed in parse_many(text, _SOME_DAY))))


def _is_somebody(person: Candidate) -> bool:
    is_called = (
        bool(person.family and person.given) and not is_latin(person.name) and not any(map(str.isdigit, person.name))
    )
    return bool(person.emails or person.phones or person.urls) or is_called
