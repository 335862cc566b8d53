"""Promise: at 100,000 prospects a search answers within a frame (16 ms, p95) at every prefix of 200 names and companies,
of words in notes, meetups and next steps, and of two words; also among those in progress only, as the page asks. Each answer
holds the first rows with the reason why they were found.

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


NOTES = (
    "在庫管理の話をした",
    "北沢で会った",
    "第3回 町工場×ソフト夜話",
    "夜話",
    "連絡する",
    "開発",
    "0012",
    "ser99",
    "#在庫管理",
    "勉強会",
)


def further() -> list[str]:
    """Every prefix of words that stand in notes, meetups, next steps, deals and numbers."""
    return sorted({word[:end] for word in NOTES for end in range(1, len(word) + 1) if word[:end].strip()})


PAIRS = ("佐藤 在庫", "髙橋 夜話", "株式会社 北沢", "山 ai", "製作所 090", "株式会社 在庫管理 佐藤", "a o", "株 在庫")


def milliseconds(action: object, *arguments: object) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    action(*arguments)  # type: ignore[operator]
    return (time.perf_counter() - start) * 1000


def shown(ws: app.Workspace, text: str, standing: str | None = None) -> None:
    """What the list does at a key: ids, and the rows that are seen."""
    listing = customers.listing(ws, customers.Filter(text=text, standing=standing))
    customers.rows(ws, list(listing.ids[:SHOWN]), text)


def tell(name: str, ws: app.Workspace, asked: list[str], standing: str | None = None) -> float:
    """Measure these searches and print what came of it; the 95th percentile in milliseconds."""
    for text in asked[:20]:
        shown(ws, text, standing)
    times = sorted((milliseconds(shown, ws, text, standing), text) for text in asked)
    p95 = times[int(len(times) * 0.95)][0]
    print(f"{name:<36} p50 {times[len(times) // 2][0]:5.2f} ms, p95 {p95:5.2f} ms, over {len(times)}; slowest {times[-1][1]!r} {times[-1][0]:.1f} ms")  # fmt: skip
    return p95


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
        floor = statistics.median(milliseconds(by_id, ws, 1 + number * 97) for number in range(500))
        print(f"{SIZE:,} prospects; goal p95 ≤ {GOAL_MS} ms; one row by id {floor:.3f} ms (median of 500)")
        worst = tell("names and companies", ws, asked)
        tell("names and companies, 進行中 only", ws, asked, "active")
        tell("notes, meetups, next steps, digits", ws, further())
        tell("notes … , 進行中 only", ws, further(), "active")
        tell("two words", ws, list(PAIRS))
        ws.store.close()
    print(f"ratio of p95 to the floor            ×{worst / floor:.0f}")


if __name__ == "__main__":
    main()
