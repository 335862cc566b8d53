"""An import that does not come to its end (a full disk, a cancelled one) leaves nothing; afterwards it can be done again."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from importing_child import cards, content

from profiles import open_workspace
from soloflow.domain.errors import Cancelled, UserError
from soloflow.services import history, importing, imports
from soloflow.services.changes import Changes
from soloflow.services.import_items import Preview
from soloflow.services.workspace import Progress, Silent, Workspace
from soloflow.store import database as opening
from soloflow.store import unit_of_work, whole

GROUPS = 4
Act = Callable[[Workspace, Preview, Progress], Changes | None]


@pytest.fixture
def desk(database: Path) -> Iterator[Workspace]:
    ws = open_workspace(database)
    yield ws
    ws.store.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "people.vcf"
    made.write_text("".join(cards(group, "課長") for group in range(GROUPS)), encoding="utf-8")
    return made


def seen(ws: Workspace, file: Path) -> Preview:
    """The file with everybody taken."""
    found = importing.preview(ws, file)
    items = tuple(importing.choose(one, take=True, is_known=False, enters=True) for one in found.items)
    return Preview(found.name, found.reading, items)


def bring(ws: Workspace, file: Preview, progress: Progress) -> Changes | None:
    return importing.commit(ws, file, progress=progress)[0]


def undo(ws: Workspace, _file: Preview, progress: Progress) -> Changes | None:
    return history.undo(ws, progress)


def redo(ws: Workspace, _file: Preview, progress: Progress) -> Changes | None:
    return history.redo(ws, progress)


def take_back(ws: Workspace, _file: Preview, progress: Progress) -> Changes | None:
    return imports.take_back(ws, imports.past(ws)[0].id, progress)


def before_each(ws: Workspace, act: Act, file: Preview) -> None:
    """What must have happened for an act to have something to do."""
    if act is not bring:
        bring(ws, file, Silent())
    if act is redo:
        history.undo(ws)


ACTS = (bring, undo, redo, take_back)


@pytest.mark.parametrize("room", [0, 3, 40, 120, 200])
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_a_disk_that_fills_up_in_the_middle_takes_all_of_it_back(
    desk: Workspace, file: Path, act: Act, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = seen(desk, file)
    before_each(desk, act, people)
    before = content(desk)
    desk.store.close()

    def nearly_full(connection: sqlite3.Connection) -> None:
        opening.prepare(connection)
        used = (
            connection.execute("PRAGMA page_count").fetchone()[0]
            - connection.execute("PRAGMA freelist_count").fetchone()[0]
        )
        connection.execute(f"PRAGMA max_page_count = {used + room}")

    with monkeypatch.context() as patched:
        patched.setattr(unit_of_work, "prepare", nearly_full)
        said = ""
        try:
            act(desk, people, Silent())
        except UserError as error:
            said = str(error)
        if said:
            assert "ディスクの空きがないため" in said
            assert content(desk) == before
        else:
            assert act is not bring or room > 120, "there was no room for it"
        desk.store.close()
    if content(desk) == before:
        act(desk, people, Silent())
    assert content(desk) != before
    assert whole.faults(desk.store.path) == []


class StopsAt:
    """Progress that stops the work when it is asked for the n-th time."""

    def __init__(self, number: int) -> None:
        self.left = number
        self.told: list[int] = []

    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        self.told.append(done)

    def check(self) -> None:
        if self.left == 0:
            raise Cancelled
        self.left -= 1


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_wherever_it_is_stopped_nothing_of_it_is_left(desk: Workspace, file: Path, act: Act) -> None:
    people = seen(desk, file)
    before_each(desk, act, people)
    before = content(desk)
    stopped = 0
    while True:
        progress = StopsAt(stopped)
        try:
            act(desk, people, progress)
        except Cancelled:
            stopped += 1
            assert content(desk) == before
        else:
            break
    assert stopped > 3, "it asks often enough"
    assert progress.told == sorted(progress.told)
    assert content(desk) != before
    assert whole.faults(desk.store.path) == []
