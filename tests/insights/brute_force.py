"""A second, slow reading of the definitions, written apart from the product: plain loops and exact fractions."""

from collections import defaultdict
from fractions import Fraction

FORWARD = {"enter", "advance", "skip", "move_back", "reactivate"}
DAY = 86_400_000_000


def histories(rows, as_of, before=None):
    """Usable entries (kind, from, to, at) of each prospect, in order, without adjacent exact duplicates."""
    by_id = defaultdict(list)
    for pid, kind, frm, to, at, seq in rows:
        if kind not in FORWARD | {"lose", "recycle"}:
            continue
        if kind in FORWARD and to not in range(1, 10):
            continue
        if at > as_of or (before is not None and at >= before):
            continue
        by_id[pid].append((at, seq, kind, frm, to))
    result = {}
    for pid, entries in by_id.items():
        kept = []
        for at, _seq, kind, frm, to in sorted(entries, key=lambda e: (e[0], e[1])):
            entry = (kind, frm, to, at)
            if not kept or kept[-1] != entry:
                kept.append(entry)
        result[pid] = kept
    return result


def person(history):
    """What one history says, or None for somebody who never had a stage."""
    first = next((n for n, e in enumerate(history) if e[0] in FORWARD), None)
    if first is None:
        return None
    history = history[first:]
    stages = [(to, at) for kind, _frm, to, at in history if kind in FORWARD]
    entry, frontier = stages[0][0], max(to for to, _ in stages)
    reached = {k: next(at for to, at in stages if to >= k) for k in range(entry, frontier + 1)}
    last = history[-1][0]
    standing = {"lose": "lost", "recycle": "nurture"}.get(last, "active")
    lost_at = None
    if standing == "lost":
        for kind, _frm, _to, at in reversed(history):
            if kind != "lose":
                break
            lost_at = at
    return {
        "entry": entry,
        "frontier": frontier,
        "reached": reached,
        "standing": standing,
        "lost_at": lost_at,
        "last_stage": stages[-1][0],
        "history": history,
    }


def people(rows, as_of, before=None):
    read = {pid: person(history) for pid, history in histories(rows, as_of, before).items()}
    return {pid: one for pid, one in read.items() if one is not None}


def records(everybody, as_of, k, target=None):
    """(prospect, duration, outcome) of everybody at risk of k -> target."""
    goal = target or k + 1
    found = []
    for pid, one in everybody.items():
        if not one["entry"] <= k <= one["frontier"]:
            continue
        began = one["reached"][k]
        if one["frontier"] >= goal:
            found.append((pid, one["reached"].get(goal, one["reached"][max(goal, one["entry"])]) - began, "advanced"))
        elif one["standing"] == "lost":
            found.append((pid, one["lost_at"] - began, "lost"))
        else:
            found.append((pid, as_of - began, "open"))
    return found


def aalen_johansen(found, horizon_us):
    """(advance, lost, open, variance) as exact fractions."""
    advance = lost = variance = Fraction(0)
    survival = Fraction(1)
    steps = []
    for u in sorted({d for _, d, o in found if o != "open" and d <= horizon_us}):
        n = sum(1 for _, d, _ in found if d >= u)
        d1 = sum(1 for _, d, o in found if d == u and o == "advanced")
        d2 = sum(1 for _, d, o in found if d == u and o == "lost")
        steps.append((n, d1, d1 + d2, survival, advance + survival * Fraction(d1, n)))
        advance += survival * Fraction(d1, n)
        lost += survival * Fraction(d2, n)
        survival *= 1 - Fraction(d1 + d2, n)
    for n, d1, d, before, so_far in steps:
        rest = advance - so_far
        if n > d:
            variance += rest**2 * Fraction(d, n * (n - d))
        variance += before**2 * Fraction((n - d1) * d1, n**3) - 2 * rest * before * Fraction(d1, n**2)
    return advance, lost, survival, variance


def stays(everybody, as_of, stage):
    """(duration, ended) of every stay at a stage."""
    found = []
    for one in everybody.values():
        where, since = None, None
        for kind, _frm, to, at in one["history"]:
            now = to if kind in FORWARD else None
            if now == where:
                continue
            if where == stage:
                found.append((at - since, True))
            where, since = now, at
        if where == stage:
            found.append((as_of - since, False))
    return found


def median_stay(found):
    """First time the Kaplan-Meier curve is at or below one half."""
    survival = Fraction(1)
    for u in sorted({d for d, ended in found if ended}):
        n = sum(1 for d, _ in found if d >= u)
        survival *= 1 - Fraction(sum(1 for d, ended in found if ended and d == u), n)
        if survival <= Fraction(1, 2):
            return u
    return None
