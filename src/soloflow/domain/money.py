"""Amounts of money as they are written: whole yen, never fractions."""

import re
from typing import TYPE_CHECKING

from soloflow.domain.width import fold_width

if TYPE_CHECKING:  # only reading needs it; writing amounts is part of the first window
    from decimal import Decimal

_UNITS = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "億": 100_000_000, "k": 1_000, "m": 1_000_000}
_PART = r"(\d+(?:\.\d+)?)(百万|千万|[百千万億km]?)"
_WHOLE = r"(?P<sign>-?)(?:¥|\\|jpy)?(?P<body>(?:\d++(?:\.\d++)?(?:百万|千万|[百千万億km])?)++)(?:円|yen|jpy)?"
"""Possessive: what is no amount is refused at once, however many digits it has."""
_MOST = 10**15


def yen(amount: int) -> str:
    """Write an amount in full: ¥1,200,000."""
    return f"-¥{-amount:,}" if amount < 0 else f"¥{amount:,}"


def yen_short(amount: int, lang: str = "ja") -> str:
    """Write an amount where little room is left, rounded to three figures: ¥120万, ¥1.2億, in English ¥1.2M."""
    steps = ((10**8, "億"), (10**4, "万")) if lang == "ja" else ((10**9, "B"), (10**6, "M"), (10**3, "k"))
    size = abs(amount)
    for step, unit in steps:
        if size >= step:
            text = f"{size / step:.3g}" if size / step < 100 else f"{round(size / step):,}"
            return f"{'-' if amount < 0 else ''}¥{text}{unit}"
    return yen(amount)


def parse_yen(text: str) -> int | None:
    """Read an amount in yen as people type it (120万, 1億2000万円, ¥1,200,000, 300k); None if it is not one.

    Full-width digits count as digits. A fraction of a yen ("1.5円") is not an amount.
    """
    folded = fold_width(text).lower()
    if re.search(r"\d,(?!\d{3}(?!\d))|(?<!\d),", folded):
        return None
    plain = re.sub(r"[,\s]", "", folded)
    whole = re.fullmatch(_WHOLE, plain)
    if whole is None:
        return None
    total = _sum_parts(whole["body"])
    if total is None or total != int(total) or total > _MOST:
        return None
    return -int(total) if whole["sign"] else int(total)


def _sum_parts(body: str) -> "Decimal | None":
    """Add 1億2000万 part by part; units must become smaller, so that 万億 or 5百3百 is refused."""
    from decimal import Decimal

    total, last = Decimal(0), 10**12
    for number, unit in re.findall(_PART, body):
        size = _UNITS[unit] if unit in _UNITS else _UNITS[unit[0]] * _UNITS[unit[1]]
        if size >= last:
            return None
        total, last = total + Decimal(number) * size, size
    return total
