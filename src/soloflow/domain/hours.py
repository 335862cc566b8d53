"""Times of day and lengths of time as people write them: 18時半, 6:30pm, 4時間半, 90分."""

import re

from soloflow.domain.width import fold_width

MOST_MINUTES = 31 * 24 * 60
_HALF = {"午前": 0, "am": 0, "午後": 12, "pm": 12}
_CLOCK = re.compile(
    r"(?P<before>午前|午後|am|pm)?\s*(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})|時(?:(?P<half>半)|(?P<minutes>\d{1,2})分?)?)?"
    r"\s*(?P<after>am|pm)?"
)
_FIGURES = re.compile(r"(\d{1,2})(\d{2})")
_LENGTH = re.compile(
    r"(?:(?P<hours>\d+(?:\.\d+)?)(?:時間|hours?|hrs?|h)(?P<half>半)?)?(?:(?P<minutes>\d+)(?:分間?|minutes?|mins?|m))?"
)
_BARE = re.compile(r"\d+(?:\.\d+)?")
_COLON = re.compile(r"(\d{1,3}):(\d{2})")
_BETWEEN = re.compile(r"\s*(?:[-–—~〜～]|から|to)\s*")


def parse_clock(text: str) -> str | None:
    """Read a time of day (18:30, 1830, 18時半, 午後6時半, 6:30pm) as HH:MM; None if it is none. 24:00 ends a day."""
    plain = fold_width(text).lower().strip()
    figures = _FIGURES.fullmatch(plain)
    if figures:
        plain = f"{figures[1]}:{figures[2]}"
    found = _CLOCK.fullmatch(plain)
    if found is None:
        return None
    half_of_day = found["before"] or found["after"]
    hour, minute = int(found["hour"]), 30 if found["half"] else int(found["minute"] or found["minutes"] or 0)
    if half_of_day:
        if hour > 12:
            return None
        hour = hour % 12 + _HALF[half_of_day]
    is_time = (hour < 24 and minute < 60) or (hour, minute) == (24, 0)
    return f"{hour:02}:{minute:02}" if is_time else None


def parse_span(text: str) -> tuple[str, str] | None:
    """Read 「18:30–21:00」 or 「18時半から」 as beginning and end, "" for one that is not said; None if it is no span.

    A single time is a beginning.
    """
    parts = _BETWEEN.split(fold_width(text).strip().removesuffix("まで"))
    if len(parts) > 2:
        return None
    read = [parse_clock(part) if part.strip() else "" for part in parts]
    if None in read or not any(read):
        return None
    return read[0] or "", (read[1] or "") if len(read) > 1 else ""


def parse_minutes(text: str) -> int | None:
    """Read a length of time (4, 4.5, 4時間半, 1時間30分, 90分, 4:30) in minutes; a bare number means hours. None if it is none."""
    plain = re.sub(r"\s", "", fold_width(text).lower())
    colon = _COLON.fullmatch(plain)
    if colon:
        total = int(colon[1]) * 60 + int(colon[2])
        return total if int(colon[2]) < 60 and total <= MOST_MINUTES else None
    found = _LENGTH.fullmatch(f"{plain}h" if _BARE.fullmatch(plain) else plain)
    if not plain or found is None or len(plain) > 20:
        return None
    total = round(float(found["hours"] or 0) * 60) + (30 if found["half"] else 0) + int(found["minutes"] or 0)
    return total if total <= MOST_MINUTES else None
