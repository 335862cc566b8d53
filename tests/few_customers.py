"""Profiles with few customers who went different ways, for tests of what is said about them."""

from datetime import date, timedelta

from profiles import person
from soloflow.services import process, prospects
from soloflow.services.workspace import Workspace

TODAY = date(2026, 11, 21)
REASONS = ("budget", "timing", "price")


def fill(ws: Workspace, count: int, days: int = 700) -> list[int]:
    """So many customers who came `days` ago: at each step every other goes on, every fourth is lost, the rest stays open."""
    ids = [prospects.add(ws, person(f"顧客 {place}")).created[0] for place in range(count)]
    if ids:
        process.move(ws, ids, 1, TODAY - timedelta(days=days))
    _walk(ws, ids, 1, days - 60)
    return ids


def _walk(ws: Workspace, ids: list[int], stage: int, ago: int) -> None:
    on, gone = ids[::2], ids[1::4]
    day = TODAY - timedelta(days=ago)
    if on:
        process.move(ws, on, stage + 1, day)
    for place, one in enumerate(gone):
        process.lose(ws, [one], REASONS[place % 3], at=day)
    if on and stage < 4:
        _walk(ws, on, stage + 1, ago - 60)
