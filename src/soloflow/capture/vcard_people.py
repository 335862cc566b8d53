"""Cards → the people in them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote

from soloflow.capture.decoding import LADDER, decodings
from soloflow.capture.fields import clean, full_name, kana_name, paragraph, phone, plain_mail, postal_address
from soloflow.capture.joining import has_content, joined
from soloflow.capture.own_cards import is_own, own_card
from soloflow.capture.vcard import Card, Property, cards, unescaped
from soloflow.domain.candidates import Candidate, Phone, Problem, Reading
from soloflow.domain.text import mail_key
from soloflow.i18n import _

_UNESCAPED_COMMA = re.compile(r"(?<!\\),")


def _first(card: Card, name: str) -> str:
    return next((text for found in card.chosen(name) if (text := card.text(found))), "")


def _kind(card: Card) -> str:
    """What a card is of: "individual", "group", "org" …"""
    if _first(card, "X-ABSHOWAS").upper() == "COMPANY":
        return "org"
    return (_first(card, "KIND") or _first(card, "X-ADDRESSBOOKSERVER-KIND") or "individual").lower()


def _name_parts(card: Card, found: Property) -> tuple[str, str]:
    """(family, given with middle names) of an N; several names in one field are separated by commas, except in 2.1."""
    value = found.value if card.version == "2.1" else _UNESCAPED_COMMA.sub(" ", found.value)
    family, given, middle = (*card.parts(replace(found, value=value)), "", "", "")[:3]
    return family, f"{given} {middle}"


def _name(card: Card, *, is_company: bool) -> tuple[str, str, str]:
    structured = card.chosen("N")
    family, given = _name_parts(card, structured[0]) if structured else ("", "")
    whole = _first(card, "FN")
    if is_company and not (family or given.strip()):
        return "", "", ""
    return full_name(family, given, whole)


def _kana(card: Card) -> str:
    given = (_first(card, "X-PHONETIC-FIRST-NAME"), _first(card, "X-PHONETIC-MIDDLE-NAME"))
    phonetic = kana_name(_first(card, "X-PHONETIC-LAST-NAME"), " ".join(given))
    if phonetic:
        return phonetic
    for found in card.all("SOUND"):
        if "X-IRMC-N" in found.types:
            return kana_name(" ".join(card.parts(found)), "")
    for found in card.all("N", "FN"):
        sort_as = " ".join(re.split(r"[,;]", " ".join(found.params.get("SORT-AS", ()))))
        if kana := kana_name(sort_as, ""):
            return kana
    for found in card.all("N"):
        if found.param("ALTID") and found.strangeness and (kana := kana_name(*_name_parts(card, found))):
            return kana
    return kana_name(_first(card, "SORT-STRING").replace(",", " "), "")


def _labels(card: Card) -> dict[str, str]:
    """What Apple calls the values of each item group."""
    return {found.group: found.value for found in card.all("X-ABLABEL") if found.group}


def linked_number(text: str) -> str:
    """A number as written; of a tel: link the number and its extension."""
    if not text.lower().startswith("tel:"):
        return text
    number, *params = unquote(text[4:]).split(";")
    extension = next((param[4:] for param in params if param.lower().startswith("ext=")), "")
    return f"{number} 内線{extension}" if extension else number


def linked_mail(text: str) -> str:
    """An address in half width; of a mailto: link only the address."""
    return plain_mail(unquote(text[7:].partition("?")[0]) if text.lower().startswith("mailto:") else text)


def _phone(card: Card, found: Property, labels: dict[str, str]) -> Phone | None:
    number = linked_number(card.text(found))
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
    found = [unescaped(one.value).strip() for one in card.chosen("URL", "X-SOCIALPROFILE", "SOCIALPROFILE")]
    return tuple(dict.fromkeys(url for url in found if url.lower().startswith(("http", "www."))))


def _address(card: Card) -> str:
    """The first address that says something; as its label says it where its fields say nothing."""
    labels = [clean(unescaped(found.param("LABEL"))) for found in card.chosen("ADR")]
    for found in card.chosen("ADR"):
        _box, extended, street, city, region, code, _country = (*card.parts(found), *[""] * 7)[:7]
        if address := postal_address(code, region, city, street, extended):
            return address
    return next(filter(None, (*labels, clean(_first(card, "LABEL")))), "")


def _person(card: Card, kind: str) -> Candidate:
    is_company = kind == "org"
    name, family, given = _name(card, is_company=is_company)
    organisation = [*(card.parts(found[0]) if (found := card.chosen("ORG")) else ()), ""]
    company = clean(organisation[0]) or (clean(_first(card, "FN")) if is_company else "")
    labels = _labels(card)
    phones = (_phone(card, found, labels) for found in card.chosen("TEL"))
    mails = (linked_mail(card.text(found)) for found in card.chosen("EMAIL"))
    tags = (clean(part) for found in card.chosen("CATEGORIES") for part in card.items(found))
    return Candidate(
        name=name,
        family=family,
        given=given,
        kana=_kana(card),
        company=company,
        department=clean(" ".join(organisation[1:])),
        title=clean(_first(card, "TITLE") or _first(card, "ROLE")),
        emails=tuple(dict.fromkeys(filter(None, mails))),
        phones=tuple(dict.fromkeys(filter(None, phones))),
        urls=_urls(card),
        address=_address(card),
        note="\n".join(paragraph(card.text(found)) for found in card.chosen("NOTE") if found.value.strip()),
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
    rows, strange = 0, False
    for card in cards(data, encodings):
        rows += 1
        kind, is_ours = _kind(card), is_own(card)
        strange = strange or not is_ours
        if kind == "group":
            problems.append(Problem(card.line, "KIND", _("連絡先のグループです。人ではないので取り込みません。")))
            continue
        person = own_card(card) if is_ours else _person(card, kind)
        problems += _problems(card, person)
        if has_content(person):
            people.append(person)
    once = joined(people) if strange else tuple(people)  # what we wrote ourselves are different people
    return Reading("vcard", shown or whole.encoding, rows, once, tuple(problems), rows - len(people))
