"""Days of a whole column: 03/01/2024 alone may be March or January, its neighbours tell which."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, TypeAlias

from soloflow.capture.fields import day

Order: TypeAlias = Literal["ymd", "mdy", "dmy"]
ORDERS: tuple[Order, ...] = ("ymd", "mdy", "dmy")
"""Of two orders that fit a column equally well, the first is taken: what Japanese programs write comes first."""

_ERAS = {"令和": 2018, "令": 2018, "r": 2018, "平成": 1988, "平": 1988, "h": 1988, "昭和": 1925, "昭": 1925, "s": 1925}
_ERA_DAY = re.compile(
    r"(令和|平成|昭和|[令平昭RHSrhs])\.?\s*(\d{1,2}|元)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\D.*)?"
)
_PACKED = re.compile(r"(19\d\d|20\d\d)(0[1-9]|1[0-2])([0-3]\d)")
_SERIAL = re.compile(r"([2-6]\d{4})(?:\.\d+)?")
_FIRST_SERIAL_DAY = date(1899, 12, 30)
_THREE = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})(?:[T\s,].*)?")


@lru_cache(maxsize=4096)
def plain_day(text: str) -> date | None:
    """A day that needs no neighbours to be understood: 2024/3/1, 令和6年3月1日, R6.3.1, 20240301, 45352 (Excel), or None."""
    normal = unicodedata.normalize("NFKC", text).strip()
    try:
        if found := _ERA_DAY.fullmatch(normal):
            year = 1 if found[2] == "元" else int(found[2])
            return date(_ERAS[found[1].lower()] + year, int(found[3]), int(found[4]))
        if found := _PACKED.fullmatch(normal):
            return date(*map(int, found.groups()))
    except ValueError:
        return None
    if found := _SERIAL.fullmatch(normal):
        return _FIRST_SERIAL_DAY + timedelta(days=int(found[1]))
    return day(re.sub(r"\s*[(（][月火水木金土日][)）]", "", normal))


def needs_order(text: str) -> bool:
    """Whether a text has the shape of a day, but does not say what stands where."""
    return plain_day(text) is None and _three(text) is not None


def _three(text: str) -> re.Match[str] | None:
    return _THREE.fullmatch(unicodedata.normalize("NFKC", text).strip())


@lru_cache(maxsize=4096)
def ordered_day(text: str, order: Order) -> date | None:
    """A day of three numbers in a known order; None where they are no day in it."""
    found = _three(text)
    if found is None or (order == "ymd" and len(found[4]) == 4):
        return None
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    year, month, number = {
        "ymd": (first, second, third), "mdy": (third, first, second), "dmy": (third, second, first),
    }[order]  # fmt: skip
    if year < 100:
        year += 2000 if year < 70 else 1900
    try:
        return date(year, month, number)
    except ValueError:
        return None


def order_of(texts: Iterable[str]) -> tuple[Order, bool]:
    """The order in which most of these are days, and whether another fits as well, so that it remains a guess.

    With dots (01.03.2024) the day stands first, as in Germany.
    """
    seen = set(texts)
    dotted = sum(1 for text in seen if (found := _three(text)) and found[2] == ".") * 2 > len(seen)
    orders: tuple[Order, ...] = ("ymd", "dmy", "mdy") if dotted else ORDERS
    fits = {order: sum(ordered_day(text, order) is not None for text in seen) for order in orders}
    best = max(orders, key=lambda order: fits[order])
    rivals = [order for order in orders if order != best and fits[order] == fits[best]]
    differs = any(ordered_day(text, best) != ordered_day(text, other) for other in rivals for text in seen)
    return best, differs
