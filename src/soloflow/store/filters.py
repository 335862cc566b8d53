"""Which customers are meant: a filter as a value, and as a condition of SQL on `prospect_states s`.

Every restriction is a condition by itself, so that they combine with each other, with a search and with any order.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo

from soloflow.store.database import Reader
from soloflow.store.inside import Where, noted_since, reached

STEPS = ("none", "overdue", "week")
"""Nothing is planned; the day is past; it is due within the seven days from today on."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which customers; None and empty mean no restriction, and all restrictions hold together.

    Of several stages, channels, sources or meetups one is enough; of several tags a customer must have all.
    """

    standing: str | None = None
    """active, nurture, lost or book (名簿)."""
    stages: tuple[int, ...] = ()
    channels: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    text: str = ""
    ids: frozenset[int] | None = None
    """Only these, for "the prospects behind this mark"."""
    step: str | None = None
    """One of `STEPS`."""
    sources: tuple[int, ...] = ()
    meetups: tuple[int, ...] = ()
    """Met at one of these."""
    quiet_days: int | None = None
    """Nothing noted for more than this many days, or never."""
    has_mail: bool | None = None
    has_phone: bool | None = None
    imported: int | None = None
    """Made by this import."""


@dataclass(frozen=True, slots=True)
class Now:
    """The user's day, for what is said relative to it."""

    day: date
    zone: tzinfo

    def start_us(self, days_ago: int) -> int:
        """The first instant of the day so many days ago, in microseconds since 1970 UTC."""
        start = datetime.combine(self.day - timedelta(days=days_ago), time(), self.zone)
        return int(start.timestamp()) * 1_000_000


_MADE_BY = (
    "s.prospect_id IN (SELECT m.row_id FROM changes m WHERE m.change_set_id IN (SELECT c.change_set_id FROM changes c"
    " WHERE c.table_name = 'imports' AND c.row_id = ? AND c.operation = 'insert')"
    " AND m.table_name = 'prospects' AND m.operation = 'insert')"
)
WEEK = 7


def where(reader: Reader, wanted: Filter, now: Now | None = None) -> Where:
    """The condition, without the search text; `now` is needed for steps by their day and for quiet days."""
    # with ids given the plus keeps SQLite from walking a whole standing instead of looking those up
    plus = "" if wanted.ids is None else "+"
    parts: list[tuple[str, tuple[object, ...]]] = []
    if wanted.standing is not None:
        parts.append((f"{plus}s.standing = ?", (wanted.standing,)))
    if wanted.stages:
        parts.append((f"{plus}s.stage IN ({_listed(wanted.stages)})", ()))
    parts += _of_facts(wanted)
    parts += _of_time(reader, wanted, now)
    for kind, has in (("mail", wanted.has_mail), ("phone", wanted.has_phone)):
        if has is not None:
            parts.append(_told(reached(reader, kind), has=has))
    if wanted.imported is not None:
        parts.append((_MADE_BY, (wanted.imported,)))
    if wanted.ids is not None:
        parts.append((f"s.prospect_id IN ({_listed(sorted(wanted.ids))})", ()))
    return Where(
        " AND ".join(sql for sql, _values in parts), tuple(value for _sql, values in parts for value in values)
    )


def _of_facts(wanted: Filter) -> list[tuple[str, tuple[object, ...]]]:
    parts = []
    for column, chosen in (("channel_id", wanted.channels), ("source_id", wanted.sources)):
        if chosen:
            parts.append(f"s.prospect_id IN (SELECT id FROM prospects WHERE {column} IN ({_listed(chosen)}))")
    parts += [f"s.prospect_id IN (SELECT prospect_id FROM prospect_tags WHERE tag_id = {one:d})" for one in wanted.tags]
    if wanted.meetups:
        met = f"SELECT prospect_id FROM activities WHERE meetup_id IN ({_listed(wanted.meetups)})"
        parts.append(f"s.prospect_id IN ({met})")
    return [(part, ()) for part in parts]


def _of_time(reader: Reader, wanted: Filter, now: Now | None) -> list[tuple[str, tuple[object, ...]]]:
    parts: list[tuple[str, tuple[object, ...]]] = []
    if wanted.step == "none":
        parts.append(("s.next_on IS NULL", ()))
    elif wanted.step is not None:
        assert now is not None
        assert wanted.step in STEPS
        today = now.day.isoformat()
        end = (now.day + timedelta(days=WEEK)).isoformat()
        parts.append(("s.next_on < ?", (today,)) if wanted.step == "overdue" else ("s.next_on >= ? AND s.next_on < ?", (today, end)))  # fmt: skip
    if wanted.quiet_days is not None:
        assert now is not None
        parts.append(_told(noted_since(reader, now.start_us(wanted.quiet_days)), has=False))
    return parts


def _told(condition: Where, *, has: bool) -> tuple[str, tuple[object, ...]]:
    return condition.sql if has else f"NOT ({condition.sql})", condition.parameters


def _listed(numbers: Collection[int]) -> str:
    return ",".join(f"{number:d}" for number in numbers)


def is_narrowed(wanted: Filter) -> bool:
    """Whether anything but the standing and the search text restricts the list."""
    return replace(wanted, standing=None, text="") != Filter()
