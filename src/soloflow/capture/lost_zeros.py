"""Spreadsheets take 09012345678 for a number and drop its first 0; here it comes back, and is told."""

import re
from collections.abc import Callable
from dataclasses import replace

from soloflow.capture.fields import phone
from soloflow.domain.candidates import Candidate, Phone
from soloflow.i18n import _

Flaw = Callable[[str, str], None]

_LOST = re.compile(r"(?:[5-9]0\d{8}|[1-9]\d{8})(?:\.0)?")
"""A mobile without its 0, or a number of an office: 9 digits."""
_WHOLE_AS_NUMBER = re.compile(r"(0\d{9,10})\.0")
_FIRST = frozenset("123456789")
_SHORTENED = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")


def repaired_number(raw: str) -> str:
    """A phone number with the 0 it lost; unchanged where it lost none."""
    if _LOST.fullmatch(raw):
        return "0" + raw.removesuffix(".0")
    found = _WHOLE_AS_NUMBER.fullmatch(raw)
    return found[1] if found else raw


def _one(number: Phone, flaw: Flaw, mended: Flaw) -> Phone:
    raw = number.number
    if _SHORTENED.fullmatch(raw):
        flaw(
            "電話",
            _("「{value}」は表計算ソフトで桁が失われた番号です。元の番号に書き直してください。").format(value=raw),
        )
        return number
    whole = repaired_number(raw)
    if whole == raw:
        return number
    mended("電話", _("先頭の0が落ちていた番号を「{value}」に直しました。").format(value=whole))
    return phone(whole, number.kind)


def with_zeros(person: Candidate, flaw: Flaw, mended: Flaw) -> Candidate:
    """The person with numbers as they were before a spreadsheet; each one changed is told to `mended`."""
    if not any(number.number[:1] in _FIRST or number.number.endswith(".0") for number in person.phones):
        return person
    phones = tuple(_one(number, flaw, mended) for number in person.phones)
    return person if phones == person.phones else replace(person, phones=phones)
