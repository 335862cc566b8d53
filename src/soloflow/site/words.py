"""Small pieces of the pages: dates and periods in Japanese, bars from numbers, the mail link, safe line breaks."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from markupsafe import Markup, escape

from soloflow.site.content import Client, Result, Series

LEAST_BARS = 6
"""Fewer values tell nothing as bars."""
_LAST = 2
_WIDTH, _HEIGHT = 320, 113


@dataclass(frozen=True, slots=True)
class Bars:
    """An inline drawing: two SVG paths and the words that stand for them."""

    width: int
    height: int
    before: str
    now: str
    first: str
    last: str
    label: str
    caption: str


def bars(series: Series, result: Result | None) -> Bars | None:
    """The drawing of a series, its last two values in the accent; None when it has too few values."""
    values = series.values
    top = max(values, default=0)
    if len(values) < LEAST_BARS or top <= 0:
        return None
    gap = _WIDTH / len(values) * 0.4
    step = (_WIDTH + gap) / len(values)
    shapes = [_bar(n * step, step - gap, value / top * (_HEIGHT - 1)) for n, value in enumerate(values)]
    ends = [f"{series.first} {_number(values[0])}", f"{series.last} {_number(values[-1])}"]
    caption = series.label or (result.label if result else "")
    unit = result.unit if result else ""
    return Bars(
        _WIDTH,
        _HEIGHT,
        "".join(shapes[:-_LAST]),
        "".join(shapes[-_LAST:]),
        series.first,
        series.last,
        f"{caption}：{'から'.join(part.strip() + unit for part in ends)}",
        caption,
    )


def _bar(x: float, width: float, height: float) -> str:
    return f"M{x:.1f} {_HEIGHT}v-{height:.1f}h{width:.1f}V{_HEIGHT}z"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def day(text: str) -> str:
    """「2026年4月1日」 of "2026-04-01", shorter for shorter dates."""
    parts = text.split("-") if text else []
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def period(start: str, end: str) -> Markup:
    """「2026年2月〜4月」, breaking only after 〜; no end means that it still runs."""
    if not start:
        return Markup("")
    first = day(start[:7])
    if not end:
        return unbroken(f"{first}〜")
    if end[:7] == start[:7]:
        return unbroken(first)
    if end[:4] == start[:4] and len(end) > 4 < len(start):
        return unbroken(f"{first}〜{int(end[5:7])}月")
    return unbroken(f"{first}〜") + unbroken(day(end[:7]))


def months(start: str, end: str) -> int | None:
    """How many calendar months a period touches; None unless both ends name a month."""
    if len(start) < 7 or len(end) < 7:
        return None
    count = (int(end[:4]) - int(start[:4])) * 12 + int(end[5:7]) - int(start[5:7]) + 1
    return count if count > 0 else None


def years(start: str, end: str) -> str:
    """「2014–2019」, or 「2019年〜」 while it runs."""
    if not start:
        return ""
    if not end:
        return f"{start[:4]}年〜"
    return f"{start[:4]}年" if start[:4] == end[:4] else f"{start[:4]}–{end[:4]}"


def unbroken(text: str) -> Markup:
    """Text that moves to the next line as a whole."""
    return Markup('<span class="nb">{}</span>').format(text)


def client_shown(client: Client) -> str:
    """The client as far as it may be shown; "" when nothing may."""
    if client.visibility == "name":
        return client.name or client.industry
    return client.industry if client.visibility == "industry" else ""


def line_breaks(text: str) -> Markup:
    """The text, escaped, with the user's line breaks kept (a space stays between Latin words where a break is unset)."""
    spaced = re.sub(r"(?<=[!-~])\n(?=[!-~])", " \n", text)
    return Markup("<br>").join(escape(line) for line in spaced.split("\n"))


def flat(text: str) -> str:
    """The text on one line; Japanese lines join without a space."""
    joined = re.sub(r"(?<=[!-~])\s*\n\s*(?=[!-~])", " ", text)
    return re.sub(r"\s*\n\s*", "", joined).strip()


def mailto(address: str, subject: str, lines: tuple[str, ...]) -> str:
    """A mail link with subject and body prefilled."""
    query = [f"subject={quote(subject, safe='')}"] if subject else []
    if lines:
        body = "\r\n\r\n".join(f"■ {line}\r\n" for line in lines)
        query.append(f"body={quote(body, safe='')}")
    return f"mailto:{quote(address, safe='@')}" + (f"?{'&'.join(query)}" if query else "")


def telephone(number: str) -> str:
    """The number as a tel: link wants it."""
    return re.sub(r"[^0-9+]", "", number)


def columns(count: int) -> int:
    """How many columns hold `count` short texts evenly."""
    return {0: 1, 1: 1, 2: 2, 4: 4, 7: 4, 8: 4}.get(count, 3)


def instant(text: str) -> str:
    """An Atom instant: the start of that day in Japan."""
    return f"{(text + '-01-01')[:10]}T00:00:00+09:00"


def copyright_years(since: str, changed: date) -> str:
    """「2019–2026」, or the one year."""
    first = since[:4] or str(changed.year)
    return first if int(first) >= changed.year else f"{first}–{changed.year}"
