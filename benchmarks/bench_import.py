"""Promise: 10,000 cards or rows are previewed and imported in at most 3× of reading them with vobject or csv and inserting them.

The floor does with the same file as little as possible: vobject or csv reads it, then every row that the program stores in the end
(people, journal, where they stand, the words they are found by) is inserted by `executemany`, ready made, in one transaction,
into an empty file with the same tables, indexes and settings. A second, harder floor inserts the facts alone, without journal and
search: what a program would do that can neither undo nor find.

Undo and redo of the import may take twice as long as writing it. While an import runs in the window, a timer of 10 ms tells
the longest time for which the window did not answer; 100 ms are the limit.
"""

import csv
import io
import os
import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("SOLOFLOW_NOW", "2026-11-21T09:12:00+09:00")

from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from make_profile import FAMILIES, FORMS, GIVENS, PLACES, TRADES
from soloflow import app
from soloflow.services import history, importing
from soloflow.services.workspace import Progress
from soloflow.store.database import FILE_NAME, connect
from soloflow.ui.garbage import GuiThreadGarbage
from soloflow.ui.start import build_window

SIZE = 10_000
RUNS = 3
GOAL = 3.0
GOAL_UNDO = 2.0
GOAL_STALL_MS = 100.0
FACTS = ("prospects", "contacts", "contact_points", "activities")
STORED = (*FACTS, "imports", "change_sets", "changes", "prospect_states", "search_terms", "search_texts")
HEAD = "会社名,部署名,役職,氏名,e-mail,郵便番号,住所,TEL会社,TEL部門,TEL直通,Fax,携帯電話,URL,名刺交換日"


def people(count: int) -> Iterator[tuple[str, ...]]:
    """(family, given, kana of both, company, mail, phone, day) of invented people."""
    chance = random.Random(count)
    for number in range(1, count + 1):
        family, given = chance.choice(FAMILIES), chance.choice(GIVENS)
        company = chance.choice(FORMS).format(chance.choice(PLACES) + chance.choice(PLACES) + chance.choice(TRADES))
        mail, phone = f"user{number}@example.jp", f"090-{number // 10_000:04}-{number % 10_000:04}"
        day = f"{2020 + number % 6}/{1 + number % 12:02}/{1 + number % 28:02}"
        yield family[0], given[0], family[1], given[1], company, mail, phone, day


def write_csv(path: Path) -> None:
    """A list of cards as Eight exports it."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEAD.split(","))
        for family, given, _fk, _gk, company, mail, phone, day in people(SIZE):
            row = (company, "開発部", "部長", f"{family} {given}", mail, "", "", "", "", "", "", phone, "", day)
            writer.writerow(row)


def write_vcards(path: Path) -> None:
    """The same people as vCard 3.0."""
    with path.open("w", encoding="utf-8", newline="") as out:
        for family, given, fk, gk, company, mail, phone, _day in people(SIZE):
            out.write(
                f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{family};{given};;;\r\nFN:{family} {given}\r\n"
                f"X-PHONETIC-LAST-NAME:{fk}\r\nX-PHONETIC-FIRST-NAME:{gk}\r\nORG:{company};開発部\r\nTITLE:部長\r\n"
                f"EMAIL;TYPE=INTERNET:{mail}\r\nTEL;TYPE=CELL:{phone}\r\nEND:VCARD\r\n"
            )


def csv_alone(path: Path) -> int:
    """The peer for tables."""
    return len(list(csv.reader(io.StringIO(path.read_text("utf-8-sig")))))


def vobject_alone(path: Path) -> int:
    """The peer for cards."""
    import vobject

    return len(list(vobject.readComponents(path.read_text("utf-8"))))


def seconds(action: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def stored(path: Path, table: str) -> tuple[str, list[tuple[object, ...]]]:
    """(columns, rows) as the program left them."""
    with closing(sqlite3.connect(path)) as connection:
        found = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        columns = "rowid, text" if table == "search_texts" else ", ".join(f'"{name}"' for name in found)
        return columns, connection.execute(f"SELECT {columns} FROM {table}").fetchall()


def inserted(empty: Path, place: Path, tables: dict[str, tuple[str, list[tuple[object, ...]]]]) -> float:
    """Seconds for putting ready rows into an empty file, in one transaction."""
    shutil.copy(empty, place)
    with closing(connect(place)) as connection:

        def insert() -> None:
            connection.execute("BEGIN IMMEDIATE")
            for table, (columns, rows) in tables.items():
                if rows:
                    marks = ",".join("?" * len(rows[0]))
                    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
            connection.execute("COMMIT")

        return seconds(insert)


class Times(NamedTuple):
    """Seconds of one run, and how many rows were stored."""

    reading: float
    everything: float
    facts: float
    preview: float
    writing: float
    undo: float
    redo: float
    rows: int


def once(path: Path, peer: Callable[[Path], int], folder: Path) -> Times:
    """Import, undo and redo one file in a new profile, and the two floors beside it."""
    app.open_workspace(folder / "own").store.close()
    empty = Path(shutil.copy(folder / "own" / FILE_NAME, folder / "empty.db"))
    ws = app.open_workspace(folder / "own")
    reading = seconds(partial(peer, path))
    start = time.perf_counter()
    seen = importing.preview(ws, path)
    looked = time.perf_counter() - start
    items = [importing.choose(item, take=True, is_known=False) for item in seen.items]
    writing = seconds(partial(importing.commit, ws, seen, items))
    ws.store.close()
    tables = {table: stored(folder / "own" / FILE_NAME, table) for table in STORED}
    everything = inserted(empty, folder / "all.db", tables)
    facts = inserted(empty, folder / "facts.db", {table: tables[table] for table in FACTS})
    ws = app.open_workspace(folder / "own")
    undo = seconds(partial(history.undo, ws))
    redo = seconds(partial(history.redo, ws))
    ws.store.close()
    rows = sum(len(found) for _columns, found in tables.values())
    return Times(reading, everything, facts, looked, writing, undo, redo, rows)


def measure(kind: str, path: Path, peer: Callable[[Path], int]) -> None:
    """One kind of file: the best of some runs, as the others only tell what else the machine had to do."""
    runs = []
    for _run in range(RUNS):
        with tempfile.TemporaryDirectory() as place:
            runs.append(once(path, peer, Path(place)))
    best = Times(*(min(found) for found in zip(*runs, strict=True)))
    own, floor, bare = best.preview + best.writing, best.reading + best.everything, best.reading + best.facts
    name = peer.__name__.replace("_", " ")
    print(f"{kind}, {SIZE:,} people (best of {RUNS})")
    print(f"  {name:<28}{best.reading:.2f} s, and inserting {best.rows:,} rows {best.everything:.2f} s")
    print(
        f"  preview + import            {best.preview:.2f} + {best.writing:.2f} = {own:.2f} s; ×{own / floor:.2f}, goal ≤ ×{GOAL:.0f}"
    )
    print(f"  against facts alone         {bare:.2f} s; ×{own / bare:.1f}")
    back, forth = best.undo / best.writing, best.redo / best.writing
    print(
        f"  undo {best.undo:.2f} s, redo {best.redo:.2f} s   ×{back:.2f} and ×{forth:.2f} of writing; goal ≤ ×{GOAL_UNDO:.0f}"
    )


class Pulse:
    """A timer of 10 ms that remembers its longest gap."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._clock = QElapsedTimer()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._beat)
        self._clock.start()
        self._timer.start()

    def _beat(self) -> None:
        self.longest = max(self.longest, self._clock.nsecsElapsed() / 1e6)
        self._clock.restart()

    def stop(self) -> float:
        """The longest gap in ms."""
        self._timer.stop()
        return self.longest


def wait(until: Callable[[], bool]) -> None:
    """Let the window live until something is true."""
    loop = QEventLoop()
    while not until():
        QTimer.singleShot(20, loop.quit)
        loop.exec()


def stalls(path: Path, folder: Path) -> dict[str, float]:
    """The longest stall (ms) while a file is previewed, written and undone in the real window."""
    ws = app.open_workspace(folder / "window")
    garbage = GuiThreadGarbage()  # as the session has it
    window = build_window(ws, "light")
    window.resize(1280, 800)
    window.show()
    context = window.context
    rest = time.monotonic() + 1
    wait(lambda: time.monotonic() > rest)
    seen: list[importing.Preview] = []

    def look(progress: Progress) -> None:
        seen.append(importing.preview(ws, path, progress=progress))

    def bring(progress: Progress) -> object:
        return importing.commit(ws, seen[0], progress=progress)[0]

    def back(progress: Progress) -> object:
        return history.undo(ws, progress)

    found = {}
    for name, action in (("preview", look), ("import", bring), ("undo", back)):
        pulse = Pulse()
        context.run_long(name, action)
        wait(lambda: not context.jobs)
        found[name] = pulse.stop()
    window.close()
    window.deleteLater()
    garbage.stop()
    ws.store.close()
    return found


def main() -> None:
    """Measure and print."""
    application = QApplication.instance() or QApplication(["soloflow", "-style", "fusion"])
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_csv(folder / "people.csv")
        write_vcards(folder / "people.vcf")
        warm = app.open_workspace(folder / "warm")  # SQLAlchemy is loaded with the first write
        history.undo(warm)
        warm.store.close()
        measure("CSV", folder / "people.csv", csv_alone)
        measure("vCard", folder / "people.vcf", vobject_alone)
        found = stalls(folder / "people.csv", folder)
    longest = ", ".join(f"{name} {ms:.0f} ms" for name, ms in found.items())
    print(f"longest stall of the window     {longest}; goal ≤ {GOAL_STALL_MS:.0f} ms")
    del application


if __name__ == "__main__":
    main()
