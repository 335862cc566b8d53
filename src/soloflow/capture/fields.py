"""Single values as they stand in files: names, phones, mails, days."""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from sys import intern

from soloflow.domain.candidates import Phone
from soloflow.domain.text import join_name, phone_key, split_name, to_katakana

_SPACE = re.compile(r"\s+")
_SEVERAL = re.compile(r"\s*(?::::|[\n;、,／/])\s*")
_KANA = re.compile(r"[ァ-ヺー・ヽヾ\s]+")
_MOBILE = re.compile(r"0[6789]0\d{8}")
_NUMERIC_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s].*)?")
_ENGLISH_DAY = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{4}|\d{2})")
_ENGLISH_MONTH_FIRST = re.compile(r"([A-Za-z]{3})[a-z]*\.? (\d{1,2}), ?(\d{4})")
_AMERICAN_MOMENT = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2}),? \d{1,2}:\d{2}(?::\d{2})? ?[AP]M")
_WITHIN_JAPANESE = re.compile(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])")
_NARROW = {0xFF01 + place: 0x21 + place for place in range(94)} | {0x3000: 0x20}
"""Full-width letters and marks → half width; unlike NFKC this leaves names around an address alone."""
_NARROW_DIGITS = {ord(wide): narrow for wide, narrow in zip("０１２３４５６７８９＋－", "0123456789+-", strict=True)}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def clean(text: str) -> str:
    """One line of text: white space of any width as one half-width space, none at the ends."""
    found = " ".join(text.split())
    return text if found == text else found  # the same text, so that what many rows share is kept once


def paragraph(text: str) -> str:
    """Text of several lines, with plain line ends and nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def full_name(family: str, given: str, whole: str = "") -> tuple[str, str, str]:
    """(name, family, given) from the parts of a file, or from the whole where it gives no parts."""
    family, given, whole = clean(family), clean(given), clean(whole)
    if not (family and given):
        part = family or given
        whole = (
            whole if not part or part in whole.split() else part
        )  # 砂田 beside 砂田 美佳 is the same person, cut short
        family, given = split_name(whole)
        if not family:
            return whole, "", ""
    return join_name(family, given), intern(family), intern(given)  # many people share them


def kana_name(family: str, given: str) -> str:
    """Kana as shown, or "" where the phonetic field holds something else than kana."""
    kana = to_katakana(f"{family} {given}")
    return kana if kana and _KANA.fullmatch(kana) else ""


def phone(raw: str, kind: str = "other") -> Phone:
    """A number as written but for full-width digits, with its kind; 060 to 090 are mobiles whatever a file calls them."""
    if kind != "fax" and _MOBILE.fullmatch(phone_key(raw)):
        kind = "mobile"
    return Phone(clean(raw if raw.isascii() else raw.translate(_NARROW_DIGITS)), kind)


def several(cell: str, least: int = 0) -> list[str]:
    """The values of one cell: separated by " ::: ", a line break, comma, semicolon or slash.

    A cell is left whole when a part would have fewer than `least` digits (03-1234-5678/5679).
    """
    if not _SEVERAL.search(cell):
        return [clean(cell)] if not cell.isspace() and cell else []
    parts = [part for part in map(clean, _SEVERAL.split(cell)) if part]
    if any(sum(character.isdigit() for character in part) < least for part in parts):
        return [clean(cell)]
    return parts


def phones(cell: str, kind: str = "other") -> list[Phone]:
    """The numbers of one cell."""
    return [phone(raw, kind) for raw in several(cell, least=9)] if cell.strip() else []


def plain_mail(raw: str) -> str:
    """An address as written, in half-width letters; what is no address stays as it is."""
    narrow = raw if raw.isascii() else raw.translate(_NARROW)
    return narrow if "@" in narrow else raw


def mails(cell: str) -> list[str]:
    """The addresses of one cell, as `plain_mail` writes them."""
    return [
        part for whole in several(plain_mail(cell)) for part in (whole.split() if whole.count("@") > 1 else [whole])
    ]


@lru_cache(maxsize=4096)
def _postal_code(code: str) -> str:
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", code))
    return f"〒{digits[:3]}-{digits[3:]}" if len(digits) == 7 else clean(code)


def postal_address(code: str, *parts: str) -> str:
    """An address in one line: 〒 and a hyphen in the postal code, no space between its Japanese parts."""
    shown = _postal_code(code) if code else ""
    written = _WITHIN_JAPANESE.sub("", "\n".join(part for part in map(clean, parts) if part))
    return clean(f"{shown} {written}")


@lru_cache(maxsize=4096)
def day(text: str) -> date | None:
    """A calendar day as files write it, or None.

    2022/05/26, 2022年5月26日, 12 Mar 2024, 7-Feb-22, Mar 12, 2024; and 2/7/18, 5:13 PM, where AM and PM say that the
    month stands first.
    """
    found = _year_month_day(unicodedata.normalize("NFKC", text).strip())
    try:
        return date(*found) if found else None
    except ValueError:
        return None


def _year_month_day(text: str) -> tuple[int, int, int] | None:
    if found := _NUMERIC_DAY.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _ENGLISH_DAY.fullmatch(text):
        return _year(found[3]), _month(found[2]), int(found[1])
    if found := _ENGLISH_MONTH_FIRST.fullmatch(text):
        return int(found[3]), _month(found[1]), int(found[2])
    if found := _AMERICAN_MOMENT.fullmatch(text):
        return _year(found[3]), int(found[1]), int(found[2])
    return None


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _month(name: str) -> int:
    """The number of an English month by its first three letters; 0 where there is none of that name."""
    return _MONTHS.index(name.lower()) + 1 if name.lower() in _MONTHS else 0
