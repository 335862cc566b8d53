"""Promise: at 100,000 prospects a search answers within a frame (16 ms, p95) at every prefix of 200 names and companies.

The floor is SQLite itself: one indexed row by id, measured in the same run.
"""

import statistics
import tempfile
import time
from pathlib import Path

from make_profile import fill
from soloflow import app
from soloflow.services import customers

SIZE = 100_000
SHOWN = 50
GOAL_MS = 16.0


def queries(ws: app.Workspace) -> list[str]:
    """Every prefix of 200 names and companies, and the hard ones: the word everybody shares, one kanji, no hit."""
    listing = customers.listing(ws, customers.Filter())
    step = max(1, len(listing.ids) // 100)
    words = []
    for row in customers.rows(ws, list(listing.ids[::step][:100])):
        words += [row.name, row.contact_name]
    prefixes = {word[:end] for word in words if word for end in range(1, len(word) + 1)}
    return sorted(prefixes | {"株式会社", "株", "田", "山", "ア", "a", "yama", "ぬるぽ", "zzzz", "090", "@example.jp"})


def milliseconds(action: object, *arguments: object) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    action(*arguments)  # type: ignore[operator]
    return (time.perf_counter() - start) * 1000


def shown(ws: app.Workspace, text: str) -> None:
    """What the list does at a key: ids, and the rows that are seen."""
    listing = customers.listing(ws, customers.Filter(text=text))
    customers.rows(ws, list(listing.ids[:SHOWN]))


def by_id(ws: app.Workspace, prospect: int) -> None:
    """The floor: one row by its id."""
    with ws.store.read() as reader:
        reader.get("prospects", prospect)


def main() -> None:
    """Measure, print percentiles and the ratio to the floor."""
    with tempfile.TemporaryDirectory() as place:
        ws = app.open_workspace(Path(place))
        fill(ws, SIZE)
        asked = queries(ws)
        for text in asked[:20]:
            shown(ws, text)
        floor = statistics.median(milliseconds(by_id, ws, 1 + number * 97) for number in range(500))
        times = sorted((milliseconds(shown, ws, text), text) for text in asked)
        ws.store.close()
    p95 = times[int(len(times) * 0.95)][0]
    print(f"one row by id                  {floor:.3f} ms (median of 500)")
    print(
        f"search, {SIZE:,} prospects     p50 {times[len(times) // 2][0]:.2f} ms, p95 {p95:.2f} ms, over {len(times)} prefixes; goal p95 ≤ {GOAL_MS} ms"
    )
    print(f"ratio of p95 to the floor      ×{p95 / floor:.0f}")
    print("slowest:", ", ".join(f"{text!r} {ms:.1f} ms" for ms, text in times[-5:]))


if __name__ == "__main__":
    main()
