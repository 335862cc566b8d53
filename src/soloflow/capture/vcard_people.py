"""Cards → the people in them."""

import re
from collections.abc import Sequence

from soloflow.capture.decoding import LADDER, decodings
from soloflow.capture.fields import clean, full_name, kana_name, paragraph, phone, postal_address
from soloflow.capture.joining import has_content, joined
from soloflow.capture.vcard import Card, Property, cards, unescaped
from soloflow.domain.candidates import Candidate, Phone, Problem, Reading
from soloflow.domain.text import mail_key
from soloflow.i18n import _


def _first(card: Card, *names: str) -> str:
    return next((text for found in card.all(*names) if (text := card.text(found))), "")


def _name(card: Card) -> tuple[str, str, str]:
    structured = card.all("N")
    family, given, middle = (*card.parts(structured[0]), "", "", "")[:3] if structured else ("", "", "")
    return full_name(family, f"{given} {middle}", _first(card, "FN"))


def _kana(card: Card) -> str:
    phonetic = kana_name(_first(card, "X-PHONETIC-LAST-NAME"), _first(card, "X-PHONETIC-FIRST-NAME"))
    if phonetic:
        return phonetic
    for found in card.all("SOUND"):
        if "X-IRMC-N" in found.types:
            return kana_name(" ".join(card.parts(found)), "")
    for found in card.all("N"):
        if "SORT-AS" in found.params:
            return kana_name(" ".join(re.split(r"[,;]", " ".join(found.params["SORT-AS"]))), "")
    return kana_name(_first(card, "SORT-STRING").replace(",", " "), "")


def _labels(card: Card) -> dict[str, str]:
    """What Apple calls the values of each item group."""
    return {found.group: found.value for found in card.all("X-ABLABEL") if found.group}


def _phone(card: Card, found: Property, labels: dict[str, str]) -> Phone | None:
    number = re.sub(r"^tel:", "", card.text(found), flags=re.IGNORECASE)
    if not number:
        return None
    words = {part for kind in found.types for part in re.split(r"[,\s]", kind)}
    label = labels.get(found.group, "").upper()
    if any("FAX" in word for word in words) or "FAX" in label:
        return phone(number, "fax")
    if words & {"CELL", "IPHONE"} or "MOBILE" in label:
        return phone(number, "mobile")
    return phone(number, "company" if "WORK" in words or "WORK" in label else "other")


def _urls(card: Card) -> tuple[str, ...]:
    found = [unescaped(one.value).strip() for one in card.all("URL", "X-SOCIALPROFILE")]
    return tuple(dict.fromkeys(url for url in found if url.lower().startswith(("http", "www."))))


def _address(card: Card) -> str:
    for found in card.all("ADR"):
        _box, extended, street, city, region, code, _country = (*card.parts(found), *[""] * 7)[:7]
        if address := postal_address(code, region, city, street, extended):
            return address
    return ""


def _person(card: Card) -> Candidate:
    name, family, given = _name(card)
    organisation = [*(card.parts(found[0]) if (found := card.all("ORG")) else ()), ""]
    labels = _labels(card)
    phones = (_phone(card, found, labels) for found in card.all("TEL"))
    mails = (re.sub(r"^mailto:", "", card.text(found), flags=re.IGNORECASE) for found in card.all("EMAIL"))
    tags = (clean(part) for found in card.all("CATEGORIES") for part in re.split(r"[,;]", card.text(found)))
    return Candidate(
        name=name,
        family=family,
        given=given,
        kana=_kana(card),
        company=clean(organisation[0]),
        department=clean(" ".join(organisation[1:])),
        title=clean(_first(card, "TITLE", "ROLE")),
        emails=tuple(dict.fromkeys(filter(None, mails))),
        phones=tuple(dict.fromkeys(filter(None, phones))),
        urls=_urls(card),
        address=_address(card),
        note="\n".join(paragraph(card.text(found)) for found in card.all("NOTE") if found.value.strip()),
        tags=tuple(dict.fromkeys(filter(None, tags))),
        line=card.line,
    )


def _flaw_text(what: str) -> str:
    texts = {
        "base64": _("写真などのデータが壊れています。ほかの項目は読めました。"),
        "bytes": _("文字コードに合わない文字があり、「�」に置き換えました。"),
        "line": _("読めない行です。ほかの項目は読めました。"),
        "end": _("名刺の終わり（END:VCARD）がありません。読めたところまでを残しました。"),
    }
    return texts[what]


def _problems(card: Card, person: Candidate) -> list[Problem]:
    found = [Problem(line, name, _flaw_text(what)) for line, name, what in card.flaws]
    wrong = [mail for mail in person.emails if not mail_key(mail)]
    found += [
        Problem(card.line, "EMAIL", _("「{value}」はメールアドレスの形ではありません。").format(value=mail))
        for mail in wrong
    ]
    if not has_content(person):
        found.append(Problem(card.line, "", _("名前も連絡先もない名刺です。")))
    return found


def read_cards(data: bytes, encoding: str | None = None, shown: str | None = None) -> Reading:
    """The people of a vCard file. `shown` is the encoding to report where the bytes were converted before.

    :raises UserError: when `encoding` is not the name of an encoding.
    """
    whole = next(decodings(data, encoding))
    encodings: Sequence[str] = (encoding,) if encoding else ("utf-8", whole.encoding, *LADDER)
    people: list[Candidate] = []
    problems: list[Problem] = []
    rows = 0
    for card in cards(data, encodings):
        rows += 1
        person = _person(card)
        problems += _problems(card, person)
        if has_content(person):
            people.append(person)
    return Reading("vcard", shown or whole.encoding, rows, joined(people), tuple(problems), rows - len(people))
