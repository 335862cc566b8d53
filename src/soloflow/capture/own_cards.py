"""Cards that SoloFlow itself wrote (`vcard_writing`), read back to the letter: nothing is tidied, nobody is joined."""

import re
from datetime import date

from soloflow.capture.vcard import Card, Property, unescaped
from soloflow.capture.vcard_writing import MARK, MET_ON, STAND_IN, WHOLE, known_kinds
from soloflow.domain.candidates import Candidate, Phone

_OURS = "-//SOLOFLOW//"
_PIECE = re.compile(r"((?:[^\\;,]++|\\.|\\)*+)([;,]|\Z)", re.DOTALL)


def is_own(card: Card) -> bool:
    """Whether a card says that SoloFlow wrote it."""
    return any(found.value.upper().startswith(_OURS) for found in card.all("PRODID"))


def own_card(card: Card) -> Candidate:
    """The person of a card of ours, as they were written."""
    family, given, _middle = (*_parts(card, "N"), "", "", "")[:3]
    first = {name: next(iter(card.all(name)), None) for name in ("N", "FN")}
    name = "" if _marked(first["FN"], STAND_IN) else _text(card, "FN")
    if _marked(first["N"], WHOLE):
        family = given = ""
    company, department = (*_parts(card, "ORG"), "", "")[:2]
    kana = (_text(card, "X-PHONETIC-LAST-NAME"), _text(card, "X-PHONETIC-FIRST-NAME"))
    return Candidate(
        name=name,
        family=family,
        given=given,
        kana=" ".join(filter(None, kana)),
        company=company,
        department=department,
        title=_text(card, "TITLE"),
        emails=_texts(card, "EMAIL"),
        phones=tuple(_phone(found) for found in card.all("TEL") if found.value),
        urls=tuple(found.value for found in card.all("URL") if found.value),
        address=_address(card),
        note=_text(card, "NOTE"),
        tags=tuple(filter(None, _parts(card, "CATEGORIES", ","))),
        met_on=tuple(_days(card)),
        handle=_text(card, "NICKNAME"),
        line=card.line,
    )


def _texts(card: Card, name: str) -> tuple[str, ...]:
    return tuple(unescaped(found.value) for found in card.all(name) if found.value)


def _text(card: Card, name: str) -> str:
    return next(iter(_texts(card, name)), "")


def _marked(found: Property | None, mark: str) -> bool:
    return found is not None and found.param(MARK) == mark


def _parts(card: Card, name: str, between: str = ";") -> tuple[str, ...]:
    """The fields of a structured value, or of a list where they stand between commas."""
    value = next((found.value for found in card.all(name)), None)
    if value is None:
        return ()
    fields = [""]
    for piece in _PIECE.finditer(value):
        fields[-1] += unescaped(piece[1])
        if not piece[2]:
            break
        if piece[2] == between:
            fields.append("")
        else:
            fields[-1] += piece[2]
    return tuple(fields)


def _phone(found: Property) -> Phone:
    kind = found.param(MARK)
    return Phone(unescaped(found.value), kind if kind in known_kinds() else "other")


def _address(card: Card) -> str:
    _box, _room, street, _city, region, code, _country = (*_parts(card, "ADR"), *[""] * 7)[:7]
    return f"〒{code} {region}{street}" if code else f"{region}{street}"


def _days(card: Card) -> list[date]:
    """The days on which somebody was met; what a hand has made of them since and is no day is passed over."""
    found = []
    for text in _parts(card, MET_ON, ","):
        try:
            found.append(date.fromisoformat(text))
        except ValueError:
            continue
    return found
