"""The figures of `soloflow numbers --json` once more, written from their definitions alone: slow, exact fractions where they
can be, no array library, and not a line shared with the program.

Instants are whole microseconds since 1970 UTC, rows are dictionaries of the CSV's columns.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, pairwise
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from scipy import integrate, special, stats

Row = dict[str, str]
DAY = 86_400_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FORWARD = {"enter", "advance", "skip", "move_back", "reactivate"}
BENCHMARK = (0.50, 0.50, 0.50, 0.40, 0.80, 0.625, 0.80, 0.10)
Z = 1.959963984540054
WORDS = "確か", "たぶん", "まだ区別できない"


def micro(text: str, zone: ZoneInfo) -> int:
    moment = datetime.fromisoformat(text)
    return ((moment if moment.tzinfo else moment.replace(tzinfo=zone)) - EPOCH) // timedelta(microseconds=1)


def whole(text: str) -> int | None:
    return int(Decimal(text)) if text.strip() else None


# --- the log ---------------------------------------------------------------------------------------------------------
Entry = tuple[str, int, Decimal, str, int | None, int | None]
"""Prospect, instant, sequence, kind, from, to."""


def entries_of(rows: Iterable[Row], zone: ZoneInfo) -> list[Entry]:
    """L1 and L2 without the instant of reading."""
    found = []
    for row in rows:
        if why_dropped(row, zone) is None:
            said = whole(row["from_stage"]), whole(row["to_stage"])
            found.append((row["prospect_id"], micro(row["at"], zone), Decimal(row["seq"]), row["kind"], *said))
    found.sort(key=lambda e: (e[0], e[1], e[2]))
    return found


def why_dropped(row: Row, zone: ZoneInfo) -> str | None:
    """Why L2 drops a row and reports it."""
    if not row["prospect_id"]:
        return "empty_id"
    if row["kind"] not in FORWARD | {"lose", "recycle"}:
        return "unknown_kind"
    if row["kind"] in FORWARD and whole(row["to_stage"]) not in range(1, 10):
        return "bad_stage"
    try:
        micro(row["at"], zone)
    except ValueError:
        return "unreadable_time"
    return None


def kept(entries: Sequence[Entry], as_of: int, before: int | None = None) -> list[Entry]:
    inside = [e for e in entries if e[1] <= as_of and (before is None or e[1] < before)]
    return [
        e
        for e, earlier in zip(inside, [None, *inside], strict=False)
        if earlier is None or _shape(e) != _shape(earlier)
    ]


def _shape(e: Entry) -> tuple[object, ...]:
    return e[0], e[4], e[5], e[1], e[3]


class Story:
    """What L3 to L5 say of one prospect."""

    def __init__(self, name: str, entries: Sequence[Entry], as_of: int) -> None:
        self.name, self.as_of = name, as_of
        first = next(i for i, e in enumerate(entries) if e[3] in FORWARD)
        self.entries = list(entries[first:])
        forward = [e for e in self.entries if e[3] in FORWARD]
        self.entry = forward[0][5] or 0
        self.top = max(e[5] or 0 for e in forward)
        self.last_stage = forward[-1][5] or 0
        self.standing = {"lose": "lost", "recycle": "nurture"}.get(self.entries[-1][3], "active")
        self.lost_at = 0
        for e in reversed(self.entries):
            if e[3] != "lose":
                break
            self.lost_at = e[1]

    def first(self, k: int) -> int:
        return next(e[1] for e in self.entries if e[3] in FORWARD and (e[5] or 0) >= k)

    def record(self, k: int, target: int) -> tuple[int, str]:
        """L6: (duration, what became of it)."""
        if self.top >= target:
            return self.first(target) - self.first(k), "advanced"
        if self.standing == "lost":
            return self.lost_at - self.first(k), "lost"
        return self.as_of - self.first(k), "open"

    def stays(self) -> list[tuple[int, int, bool]]:
        """(stage, duration, ended) of every maximal run of being active at a stage."""
        found: list[tuple[int, int, bool]] = []
        here: int | None = None
        since = 0
        for e in self.entries:
            now = e[5] if e[3] in FORWARD else None
            if now != here:
                if here is not None:
                    found.append((here, e[1] - since, True))
                here, since = now, e[1]
        if here is not None:
            found.append((here, self.as_of - since, False))
        return found


def stories(entries: Sequence[Entry], as_of: int) -> list[Story]:
    groups = [(name, list(group)) for name, group in groupby(entries, key=lambda e: e[0])]
    return [Story(name, group, as_of) for name, group in groups if any(e[3] in FORWARD for e in group)]


Records = list[tuple[int, str]]


def records(all_stories: Iterable[Story], k: int, target: int | None = None) -> Records:
    return [one.record(k, target or k + 1) for one in all_stories if one.entry <= k <= one.top]


# --- estimators ------------------------------------------------------------------------------------------------------
class Curve:
    """Aalen-Johansen in fractions."""

    def __init__(self, found: Records) -> None:
        self.found = found
        survival, advanced, lost = Fraction(1), Fraction(0), Fraction(0)
        self.steps: list[tuple[int, Fraction, Fraction, Fraction, Fraction, int, int, int]] = []
        for u in sorted({duration for duration, outcome in found if outcome != "open"}):
            n = sum(duration >= u for duration, _ in found)
            up = sum(one == (u, "advanced") for one in found)
            down = sum(one == (u, "lost") for one in found)
            before = survival
            advanced += before * Fraction(up, n)
            lost += before * Fraction(down, n)
            survival = before * (1 - Fraction(up + down, n))
            self.steps.append((u, before, survival, advanced, lost, n, up, down))

    def at(self, limit: Fraction) -> tuple[Fraction, Fraction, Fraction]:
        """(advanced, lost, open) within so many microseconds."""
        inside = [s for s in self.steps if s[0] <= limit]
        return (inside[-1][3], inside[-1][4], inside[-1][2]) if inside else (Fraction(0), Fraction(0), Fraction(1))

    def variance(self, limit: Fraction) -> Fraction:
        total, end = Fraction(0), self.at(limit)[0]
        for u, before, _after, advanced, _lost, n, up, down in self.steps:
            if u <= limit:
                rest, d = end - advanced, up + down
                total += rest**2 * Fraction(d, n * (n - d)) if rest and n > d else 0
                total += before**2 * Fraction((n - up) * up, n**3) - 2 * rest * before * Fraction(up, n**2)
        return total


def wilson(p: float, n: float) -> tuple[float, float]:
    if not n:
        return 0.0, 1.0
    middle, spread = p + Z * Z / (2 * n), Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    return (0.0 if p == 0 else max(0.0, (middle - spread) / scale)), (
        1.0 if p == 1 else min(1.0, (middle + spread) / scale)
    )


def within(found: Records, days: float | Fraction) -> dict[str, Any]:
    names = ("advance", "lost", "open", "se")
    if not found:
        return {"n": 0, **dict.fromkeys(names), "n_eff": 0, "lo": 0, "hi": 1, "lower_bound": False}
    limit = Fraction(days) * DAY
    curve = Curve(found)
    p, lost, still = curve.at(limit)
    variance = curve.variance(limit)
    if 0 < p < 1 and variance > Fraction(1, 10**15):
        n_eff = min(float(len(found)), float(p * (1 - p) / variance))
    else:
        n_eff = float(sum(duration >= limit or outcome != "open" for duration, outcome in found))
    lo, hi = wilson(float(p), n_eff)
    return {
        "n": len(found), "advance": float(p), "lost": float(lost), "open": float(still), "se": math.sqrt(max(variance, 0)),
        "n_eff": n_eff, "lo": lo, "hi": hi, "lower_bound": max(found)[0] < limit and still > 0,
    }  # fmt: skip


def half_time(stays: Sequence[tuple[int, int, bool]]) -> dict[str, Any]:
    """Kaplan-Meier median in days, its interval by inverting the log-log band."""
    survival, greenwood = Fraction(1), Fraction(0)
    found: dict[str, Any] = {
        "stays": len(stays),
        "exits": sum(s[2] for s in stays),
        "median": None,
        "lo": None,
        "hi": None,
    }
    for u in sorted({duration for _, duration, ended in stays if ended}):
        n = sum(duration >= u for _, duration, _ in stays)
        d = sum(duration == u and ended for _, duration, ended in stays)
        survival *= 1 - Fraction(d, n)
        lower = upper = float(survival)
        if 0 < survival < 1:
            greenwood += Fraction(d, n * (n - d))
            spread = Z * math.sqrt(greenwood) / abs(math.log(survival))
            lower, upper = float(survival) ** math.exp(spread), float(survival) ** math.exp(-spread)
        for name, value in (("median", float(survival)), ("lo", lower), ("hi", upper)):
            if found[name] is None and value <= 0.5 + 1e-12:
                found[name] = u / DAY
    return found


# --- beliefs ---------------------------------------------------------------------------------------------------------
Belief = tuple[float, float]


def belief(one: dict[str, Any]) -> Belief:
    p, n = one["advance"], one["n_eff"]
    return (1.0, 1.0) if p is None else (1 + n * p, 1 + n * (1 - p))


def lowest(beliefs: Sequence[Belief]) -> list[float]:
    """P(each is the lowest), by adaptive quadrature over its density, in pieces around every mode."""
    cuts = sorted({0.0, 1.0} | {min(1.0, max(0.0, a / (a + b) + s * math.sqrt(a * b / (a + b + 1)) / (a + b)))
                               for a, b in beliefs for s in (-8, -4, -2, 0, 2, 4, 8)})  # fmt: skip
    found = []
    for k, (a, b) in enumerate(beliefs):
        others = [other for j, other in enumerate(beliefs) if j != k]
        whole = float(special.betaln(a, b))

        def integrand(x: float, a: float = a, b: float = b, whole: float = whole, others: Any = others) -> float:
            density = math.exp(special.xlogy(a - 1, x) + special.xlog1py(b - 1, -x) - whole)
            return density * math.prod(float(special.betainc(d, c, 1 - x)) for c, d in others)

        found.append(sum(integrate.quad(integrand, lo, hi, limit=100, epsabs=1e-12)[0] for lo, hi in pairwise(cuts)))
    return found


def enough(trials: int, orders: int, a: float, b: float) -> bool:
    """P(BetaBinomial(trials, a, b) >= orders) >= .8."""

    def mass(x: int) -> float:
        choose = math.lgamma(trials + 1) - math.lgamma(x + 1) - math.lgamma(trials - x + 1)
        return math.exp(choose + float(special.betaln(x + a, trials - x + b) - special.betaln(a, b)))

    return trials >= orders and math.fsum(mass(x) for x in range(orders)) <= 0.2 + 1e-9  # exactly .8 is enough


def matched(mean: float, variance: float) -> tuple[float, float]:
    size = mean * (1 - mean) / variance - 1
    return tuple(stats.beta(mean * size, (1 - mean) * size).ppf([0.025, 0.975]))


# --- the parts of the answer -----------------------------------------------------------------------------------------
def answer(
    rows: Sequence[Row], facts: dict[str, tuple[str, int]], as_of_text: str, zone: ZoneInfo, *,
    change_at: str | None = None, change_stage: int = 1, change_days: float | None = None,
    target: tuple[int, float] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The whole JSON; `facts` gives (source, expected yen) by prospect."""
    as_of, log = micro(as_of_text, zone), entries_of(rows, zone)
    read = kept(log, as_of)
    people = stories(read, as_of)
    by_stage = {k: records(people, k) for k in range(1, 9)}
    year = [within(by_stage[k], 365) for k in range(1, 9)]
    return {
        "as_of": (EPOCH + timedelta(microseconds=as_of)).astimezone(zone).isoformat(),
        "prospects": len(people), "entries": len(read), "snapshot": snapshot(people),
        "stages": {str(k): stage(people, k) for k in range(1, 10)},
        "cohorts": cohorts(people, zone), "leak": leak(people, by_stage, year[:4], facts),
        "leak_after_order": ranking(range(5, 9), by_stage, year[4:]), "recycle": recycle(people),
        "sources": sources(people, facts), "change": change_at and change(log, people, micro(change_at, zone), as_of, change_stage, change_days, zone),
        "what_if": what_if(people, year[:4], as_of), "back_cast": target and back_cast(people, *target),
    }  # fmt: skip


def snapshot(people: list[Story]) -> dict[str, Any]:
    stages = range(1, 10)
    ever = [sum(one.top >= k for one in people) for k in stages]

    def standing(word: str) -> list[int]:
        return [sum(one.standing == word and one.last_stage == k for one in people) for k in stages]

    return {
        "ever_reached": ever, "entered_at": [sum(one.entry == k for one in people) for k in stages],
        "active": standing("active"), "nurture": standing("nurture"), "lost": standing("lost"),
        "lost_by_frontier": [sum(one.standing == "lost" and one.top == k for one in people) for k in stages],
        "naive_rate": [b / a if a else None for a, b in pairwise(ever)],
    }  # fmt: skip


def stage(people: list[Story], k: int) -> dict[str, Any]:
    time = {"time_in_stage": half_time([stay for one in people for stay in one.stays() if stay[0] == k])}
    if k == 9:
        return time
    found = records(people, k)
    count = {word: sum(outcome == word for _, outcome in found) for word in ("advanced", "lost", "open")}
    decided = count["advanced"] + count["lost"]
    rate = count["advanced"] / decided if decided else None
    lo, hi = wilson(rate or 0.0, decided)
    total = Curve(found).at(Fraction(365 * DAY))[0]
    reached = [s[0] for s in Curve(found).steps if total and float(s[3]) >= float(total) / 2 - 1e-12]
    return {
        "at_risk": len(found), **count,
        "nurture": sum(one.entry <= k <= one.top and one.top == k and one.standing == "nurture" for one in people),
        "decided": {"rate": rate, "lo": lo, "hi": hi},
        "within": {str(days): within(found, days) for days in (90, 180, 365)},
        "median_days_to_advance": reached[0] / DAY if reached else None, **time,
    }  # fmt: skip


def cohorts(people: list[Story], zone: ZoneInfo) -> dict[str, Any]:
    groups: dict[str, Records] = {}
    for one in people:
        if one.entry == 1:
            local = (EPOCH + timedelta(microseconds=one.first(1))).astimezone(zone)
            groups.setdefault(f"{local.year:04}Q{(local.month + 2) // 3}", []).append(one.record(1, 2))
    return {
        name: {"n": len(found), **{w: sum(o == w for _, o in found) for w in ("advanced", "lost", "open")},
               "advance_90": float(Curve(found).at(Fraction(90 * DAY))[0])}
        for name, found in groups.items()
    }  # fmt: skip


def ranking(stages: range, by_stage: dict[int, Records], year: list[dict[str, Any]]) -> dict[str, Any]:
    lost = [sum(outcome == "lost" for _, outcome in by_stage[k]) for k in stages]
    chances = lowest([belief(one) for one in year])
    first, second = sorted(range(4), key=lambda i: (-round(chances[i], 9), i))[:2]  # of equal chances the earlier
    thin = any(year[i]["n"] < 10 or year[i]["lower_bound"] for i in (first, second))
    sure = None if thin or chances[first] < 0.8 else stages[first]
    words = WORDS[2] if sure is None else WORDS[0] if chances[first] >= 0.95 else WORDS[1]
    return {
        "rates": [one["advance"] for one in year], "lost_count": lost, "prob_lowest_rate": chances,
        "most_lost_stage": stages[lost.index(max(lost))] if any(lost) else None,
        "verdict": {"stage": sure, "words": words},
    }  # fmt: skip


def leak(
    people: list[Story], by_stage: dict[int, Records], year: list[dict[str, Any]], facts: dict[str, tuple[str, int]]
) -> dict[str, Any]:
    p = [one["advance"] for one in year]
    beliefs = [belief(one) for one in year]
    mean = math.prod(a / (a + b) for a, b in beliefs)
    square = math.prod(a * (a + 1) / ((a + b) * (a + b + 1)) for a, b in beliefs)
    lo, hi = matched(mean, square - mean * mean)
    all_known = None not in p
    w = math.prod(p) if all_known else None

    def times(values: Sequence[float | None], factor: float) -> float | None:
        return None if None in values else factor * math.prod(v for v in values if v is not None)

    return {
        **ranking(range(1, 5), by_stage, year), "orders_per_100": None if w is None else 100 * w,
        "orders_per_100_interval": {"mean": 100 * mean, "lo": 100 * lo, "hi": 100 * hi},
        "lost_expected_yen": [
            sum(facts.get(one.name, ("", 0))[1] for one in people if one.standing == "lost" and one.top == k) for k in range(1, 5)
        ],
        "mass_per_100": [None if p[k] is None else times([*p[:k], 1 - p[k]], 100) for k in range(4)],
        "rescue10_per_100": [None if p[k] is None else times([*p[:k], *p[k + 1 :], 1 - p[k]], 10) for k in range(4)],
        "to_benchmark_per_100": [None if w is None or not p[k] else 100 * w * (max(p[k], BENCHMARK[k]) / p[k] - 1) for k in range(4)],
    }  # fmt: skip


def recycle(people: list[Story]) -> dict[str, Any]:
    parked = returned = grew = ordered = 0
    pauses = []
    for one in people:
        pause: int | None = None
        top = 0
        top_before: int | None = None
        for e in one.entries:
            if e[3] not in FORWARD:
                pause = e[1] if pause is None else pause
                continue
            if pause is not None:
                pauses.append((e[1] - pause) / DAY)
                top_before = top if top_before is None else top_before
                pause = None
            top = max(top, e[5] or 0)
        parked += any(e[3] not in FORWARD for e in one.entries)
        if top_before is not None:
            returned += 1
            grew += one.top > top_before
            ordered += top_before < 5 <= one.top
    return {
        "parked": parked, "returned": returned, "advanced_after_return": grew, "ordered_after_return": ordered,
        "median_days_parked": median(pauses) if pauses else None,
    }  # fmt: skip


def sources(people: list[Story], facts: dict[str, tuple[str, int]]) -> dict[str, Any]:
    groups: dict[str, Records] = {}
    for one in people:
        name = facts.get(one.name, ("", 0))[0]
        if name and one.entry <= 4:
            groups.setdefault(name, []).append(one.record(one.entry, 5))
    raw = {name: within(found, 365) for name, found in groups.items()}
    counts = {name: (one["n_eff"] * one["advance"], one["n_eff"]) for name, one in raw.items()}
    grid = [((i + 0.5) / 100, math.exp(math.log(200) * j / 24)) for i in range(100) for j in range(25)]
    shapes = [(mu * m, (1 - mu) * m) for mu, m in grid]
    logs = [sum(special.betaln(x + a, n - x + b) - special.betaln(a, b) for x, n in counts.values()) for a, b in shapes]
    most = max(logs)
    weights = [math.exp(one - most) for one in logs]
    total = math.fsum(weights)
    answers = {}
    for name, (x, n) in counts.items():
        means = [(x + a) / (n + a + b) for a, b in shapes]
        squares = [q * (x + a + 1) / (n + a + b + 1) for q, (a, b) in zip(means, shapes, strict=True)]
        mean = math.fsum(w * q for w, q in zip(weights, means, strict=True)) / total
        square = math.fsum(w * q for w, q in zip(weights, squares, strict=True)) / total
        lo, hi = matched(mean, square - mean**2)
        answers[name] = {"raw": raw[name], "pooled": {"mean": mean, "lo": lo, "hi": hi}}
    return answers


def change(
    log: list[Entry], people: list[Story], day: int, as_of: int, k: int, days: float | None, zone: ZoneInfo
) -> dict[str, Any] | None:
    if day >= as_of:
        return None
    h = min(Fraction(180), Fraction(as_of - day, 2 * DAY)) if days is None else Fraction(str(days))
    old = records(stories(kept(log, day, day), day), k)
    new = [one.record(k, k + 1) for one in people if one.entry <= k <= one.top and one.first(k) >= day]
    if not old or not new:
        return None
    before, after = within(old, h), within(new, h)
    p0, p1 = before["advance"], after["advance"]
    difference = p1 - p0
    return {
        "at": (EPOCH + timedelta(microseconds=day)).astimezone(zone).isoformat(), "stage": k, "horizon_days": float(h),
        "before": before, "after": after, "difference": difference,
        "lo": difference - math.hypot(p1 - after["lo"], before["hi"] - p0),
        "hi": difference + math.hypot(after["hi"] - p1, p0 - before["lo"]),
        "prob_improved": lowest([belief(before), belief(after)])[0],
        "needed_per_group": None if p0 == p1 else 6.18 * (p0 * (1 - p0) + p1 * (1 - p1)) / difference**2,
    }  # fmt: skip


def what_if(people: list[Story], year: list[dict[str, Any]], as_of: int) -> dict[str, Any]:
    entries = [sum(one.entry == e and one.first(e) > as_of - 365 * DAY for one in people) for e in range(1, 5)]
    p = [one["advance"] or 0.0 for one in year]

    def orders(n: Sequence[float], rates: Sequence[float]) -> float:
        return sum(n[e] * math.prod(rates[e:]) for e in range(4))

    return {
        "entries_365d": entries, "base_orders": orders(entries, p), "pool_x1_2": orders([1.2 * n for n in entries], p),
        "rate_plus_5_points": [orders(entries, [min(1, v + 0.05) if j == k else v for j, v in enumerate(p)]) for k in range(4)],
    }  # fmt: skip


def back_cast(people: list[Story], orders: int, days: float) -> dict[str, Any]:
    direct = records(people, 1, 5)
    curve = Curve(direct)
    periods = max(1, math.floor(days / 30))
    whole_days = Fraction(str(days))
    shares = [
        float(curve.at((whole_days - Fraction(2 * i + 1, 2) * 30) * DAY)[0]) if direct else None for i in range(periods)
    ]
    expected = Fraction(0)
    for k in range(1, 5):
        step = Curve(records(people, k))
        onward = Curve(records(people, k + 1, 5)) if k < 4 else None
        for one in people:
            if one.entry <= k and one.top == k and one.standing != "lost":
                e = one.as_of - one.first(k)
                base = step.at(Fraction(e))[2]
                before = step.at(Fraction(e))[0]
                for u, *_, advanced, _l, _n, _up, _d in step.steps:
                    if e < u <= e + whole_days * DAY and base:
                        left = whole_days * DAY - (u - e)
                        expected += (advanced - before) / base * (onward.at(left)[0] if onward else 1)
                        before = advanced
    pipeline, total = float(expected), sum(share or 0 for share in shares)
    n_eff = within(direct, days)["n_eff"]
    cautious: int | None = None
    if direct:
        q, still = total / periods, orders - math.floor(pipeline)
        a, b = 1 + n_eff * q, 1 + n_eff * (1 - q)
        cautious = 0
        while still > 0 and not enough(periods * cautious, still, a, b):
            cautious += 1
    return {
        "target_orders": orders, "target_days": days, "contact_to_order": shares, "from_open_pipeline": pipeline,
        "contacts_per_30d_mean": max(0.0, orders - pipeline) / total if total else None,
        "contacts_per_30d_80pct": cautious, "n_eff": n_eff,
    }  # fmt: skip
