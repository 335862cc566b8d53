"""A restore while `soloflow add` runs: what is reported as recorded is in the file or in the copy that was kept."""

import contextlib
import threading
from pathlib import Path

import pytest

from profiles import open_workspace, person
from soloflow.domain.errors import UserError
from soloflow.services import backups, integrity, prospects
from soloflow.services.workspace import Workspace
from soloflow.store import copies
from soloflow.store.database import FILE_NAME, open_store


def names(path: Path) -> set[str]:
    ws = open_workspace(path)
    with ws.store.read() as reader:
        found = set(reader.column("SELECT name FROM prospects WHERE deleted_us IS NULL"))
    assert integrity.faults(ws) == ()
    ws.store.close()
    return found


def test_while_somebody_has_the_file_open_nothing_is_restored(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    prospects.add(ws, person("山田 太郎"))
    copy = backups.take(ws)
    prospects.add(ws, person("佐藤 花子"))
    monkeypatch.setattr(copies, "BUSY_MS", 50)
    with pytest.raises(UserError, match="ほかの処理がデータを使っています"):
        backups.restore(ws.store.path, copy, ws.now())
    prospects.add(ws, person("鈴木 一郎"))
    ws.store.close()
    assert names(ws.store.path) == {"山田 太郎", "佐藤 花子", "鈴木 一郎"}


def test_nothing_recorded_meanwhile_is_in_neither_file(ws: Workspace) -> None:
    prospects.add(ws, person("最初 の人"))
    copy = backups.take(ws)
    ws.store.close()
    recorded: list[str] = []
    stop = threading.Event()

    def keep_adding() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            other = open_workspace(ws.store.path)
            with contextlib.suppress(UserError):  # refused because a restore was at work: nothing was recorded
                prospects.add(other, person(f"追加 {number}"))
                recorded.append(f"追加 {number}")
            other.store.close()

    def restored() -> Path | None:
        for _attempt in range(50):
            with contextlib.suppress(UserError):  # refused because a line was being added: nothing was changed
                return backups.restore(ws.store.path, copy, ws.now())
        pytest.fail("no restore got through")

    worker = threading.Thread(target=keep_adding)
    worker.start()
    try:
        kept = [restored() for _ in range(4)]
    finally:
        stop.set()
        worker.join()
    assert None not in kept
    assert len(set(kept)) == 4, "one second, four copies, each under its own name"
    found = set().union(*(names(path) for path in [*kept, ws.store.path] if path))
    assert found >= set(recorded)


def test_a_copy_put_where_nothing_was_leaves_nothing_to_keep(ws: Workspace, tmp_path: Path) -> None:
    prospects.add(ws, person("山田 太郎"))
    copy = backups.take(ws)
    (tmp_path / "new").mkdir()
    assert backups.restore(tmp_path / "new" / FILE_NAME, copy, ws.now()) is None
    assert names(tmp_path / "new" / FILE_NAME) == {"山田 太郎"}
    open_store(tmp_path / "new" / FILE_NAME).close()
