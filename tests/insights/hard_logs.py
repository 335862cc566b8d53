"""Random event logs as files bring them, with everything the definitions speak of; one seed, one log.

Ties of all kinds at one instant, skips, entries at any stage, back and forth, returns, losses before any entry and after the order,
wrong and missing stages, repeated lines, several offsets and stamps without one, entries after the instant of reading, any order.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

COLUMNS = ("seq", "prospect_id", "from_stage", "to_stage", "at", "kind", "reason")
ZONES = tuple(ZoneInfo(name) for name in ("Asia/Tokyo", "Asia/Tokyo", "UTC", "America/New_York", "Asia/Kathmandu"))
OFFSETS = tuple(ZoneInfo(name) for name in ("Asia/Tokyo", "UTC", "America/New_York", "Australia/Lord_Howe"))
SIZES = (0, 1, 1, 2, 3, 5, 8, 12, 12, 25, 40)
FORWARD = ("enter", "advance", "skip", "move_back", "reactivate")
ROUND_DAYS = (0, 0, 0, 1, 1, 7, 15, 30, 45, 60, 90, 90, 180, 365)
"""Waits between two entries; horizons, halves of them and naught among them, so that many things fall on one instant."""


@dataclass(frozen=True, slots=True)
class HardLog:
    """The rows of a log, whom they are about, and what is asked of it."""

    rows: list[dict[str, str]]
    facts: dict[str, tuple[str, int]]
    """Source and expected yen by prospect; some prospects are missing."""
    zone: ZoneInfo
    as_of: str
    change_at: str
    change_stage: int
    change_days: float | None
    target: tuple[int, float] | None


@dataclass(slots=True)
class _Writing:
    chance: random.Random
    zone: ZoneInfo
    as_of: datetime
    rows: list[list[str]] = field(default_factory=list)

    def write(self, name: str, kind: str, to: int | None, at: datetime) -> None:
        chance = self.chance
        said = "" if to is None else chance.choice([str(to)] * 8 + [f"{to}.0", f" {to} "])
        wrong_from = chance.choice(["", "", "1", "3", "9", "0", "12"])
        self.rows.append([name, wrong_from, said, self.stamp(at), kind, chance.choice(["", "", "予算", "時期, まだ"])])
        if chance.random() < 0.06:  # the same line once more, in other words
            again = list(self.rows[-1])
            again[3], again[5] = self.stamp(at), chance.choice(["", "競合"])
            again[2] = f"0{again[2].strip()}" if again[2].strip().isdigit() else again[2]
            self.rows.append(again)

    def stamp(self, at: datetime) -> str:
        if self.chance.random() < 0.2:
            return at.astimezone(self.zone).replace(tzinfo=None).isoformat(self.chance.choice("T "))
        return at.astimezone(self.chance.choice(OFFSETS)).isoformat()


def hard_log(seed: int, zone: ZoneInfo | None = None) -> HardLog:
    """The log of a seed; the user's zone is one of several unless given."""
    chance = random.Random(seed)
    zone = zone or chance.choice(ZONES)
    as_of = datetime(2026, chance.randrange(1, 10), 15, chance.choice([0, 9]), 30, tzinfo=zone)
    if chance.random() < 0.2:  # the first instant of a quarter
        as_of = datetime(2026, chance.choice([1, 4, 7]), 1, tzinfo=zone)
    pen = _Writing(chance, zone, as_of)
    names = [f"P{number}" for number in range(chance.choice(SIZES))]
    mood = chance.choice(["any", "any", "any", "any", "open", "lost", "closed", "wild"])
    if chance.random() < 0.1:
        mood, names = "clear", [f"P{number}" for number in range(chance.choice([30, 60]))]
    for name in names:
        (_wild if mood == "wild" or chance.random() < 0.1 else _straight if mood == "clear" else _walk)(pen, name, mood)
    if chance.random() < 0.7:
        _useless(pen)
    seqs = [str(seq) for seq in range(1, len(pen.rows) + 1)]
    if chance.random() < 0.1:
        seqs = [f"{int(seq) / 2}" for seq in seqs]
    rows = [dict(zip(COLUMNS, [seq, *row], strict=True)) for seq, row in zip(seqs, pen.rows, strict=True)]
    chance.shuffle(rows)
    days_back = chance.choice([0, -1, 1, 90, 91, 200, 360, 365, 500])
    return HardLog(
        rows, {n: (chance.choice(["勉強会", "紹介", "自社サイト", ""]), chance.choice([0, 500_000])) for n in names if chance.random() < 0.9},
        zone, as_of.isoformat(), (as_of - timedelta(days=days_back)).isoformat(), chance.choice([1, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8]),
        chance.choice([None, None, 45.0, 0.1, 365.0]),
        chance.choice([None, *[(chance.randrange(1, 7), days) for days in (1.0, 20.0, 100.0, 365.0, 400.5)]]),
    )  # fmt: skip


def _instant(pen: _Writing) -> datetime:
    days = pen.chance.choice([0, 1, 45, 90, 90, 180, 180, 365, 365, 366, 400, pen.chance.randrange(0, 900)])
    at = pen.as_of - timedelta(days=days)
    return at - timedelta(minutes=pen.chance.choice([0, 0, 0, 1, 1000]), microseconds=pen.chance.choice([0, 0, 0, 1]))


def _wait(chance: random.Random) -> timedelta:
    return timedelta(days=chance.choice(ROUND_DAYS), microseconds=chance.choice([0, 0, 0, 0, 1]))


def _walk(pen: _Writing, name: str, mood: str) -> None:
    """One who comes, goes on, perhaps back, is lost or parked and perhaps returns; time may run past the instant of reading."""
    chance, at = pen.chance, _instant(pen)
    stage = chance.choice([1] * 6 + [2, 3, 3, 4, 5, 6, 9])
    if chance.random() < 0.05:
        pen.write(name, chance.choice(["lose", "recycle"]), None, at - timedelta(days=chance.choice([0, 3])))
    pen.write(name, chance.choice(["enter"] * 9 + list(FORWARD)), stage, at)
    for _step in range(chance.randrange(9)):
        at += _wait(chance)
        weights = {"open": (7, 2, 2, 0, 1, 1), "lost": (2, 1, 1, 3, 1, 0)}.get(mood, (6, 1, 1, 2, 1, 1))
        kind = chance.choices(("advance", "skip", "move_back", "lose", "recycle", "reactivate"), weights)[0]
        step = {"advance": 1, "skip": chance.choice([2, 3]), "move_back": -chance.randrange(3)}.get(kind, 0)
        stage = max(1, min(9, stage + step))
        pen.write(name, kind, None if kind in ("lose", "recycle") and chance.random() < 0.8 else stage, at)
    if mood in ("lost", "closed"):
        pen.write(name, "lose", None, min(at + _wait(chance), pen.as_of))


def _straight(pen: _Writing, name: str, _mood: str) -> None:
    """One who came long ago and by now has gone on or is lost; one step before the order and one after it are hard."""
    chance, stage = pen.chance, 1
    at = pen.as_of - timedelta(days=chance.randrange(400, 900))
    pen.write(name, "enter", stage, at)
    while stage < 9:
        at += timedelta(days=chance.choice([0, 3, 10, 30]))
        goes_on = chance.random() < {3: 0.5, 6: 0.4}.get(stage, 0.95)
        stage += goes_on
        pen.write(name, "advance" if goes_on else "lose", stage if goes_on else None, at)
        if not goes_on:
            return


def _wild(pen: _Writing, name: str, _mood: str) -> None:
    """Entries without any sense."""
    chance = pen.chance
    for _entry in range(chance.randrange(7)):
        to = chance.choice([None, 0, 10, -1, *range(1, 10), *range(1, 6)])
        pen.write(name, chance.choice((*FORWARD, "lose", "lose", "recycle", "nap", "Advance", "")), to, _instant(pen))


def _useless(pen: _Writing) -> None:
    """Lines that say nothing, and some that say it too late or of nobody."""
    last = (pen.as_of + timedelta(microseconds=1)).isoformat()
    pen.rows += [
        ["", "", "1", "2025-01-01", "enter", ""],
        ["Q1", "", "", "2025-01-01", "lose", ""],
        ["Q2", "", "1", "yesterday", "enter", ""],
        ["Q2", "", "1", "2025-02-30", "enter", ""],
        ["Q3", "", "12", "2025-01-01", "enter", ""],
        ["Q3", "", "0", "2025-01-01", "advance", ""],
        ["Q3", "", "", "2025-01-01", "skip", ""],
        ["Q4", "", "1", "2199-01-01", "enter", ""],
        ["Q5", "", "1", last, "enter", ""],
        ["Q6", "", "1", pen.as_of.isoformat(), "enter", ""],
    ]
