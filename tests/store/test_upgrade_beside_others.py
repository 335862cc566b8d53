"""Several commands meet an older file at once: one brings it up to date, and the copy from before stays the copy from before."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from soloflow.domain.errors import UserError
from soloflow.services import capturing, meetups
from soloflow.services.workspace import Workspace
from soloflow.store import search
from soloflow.store.database import FILE_NAME, HEAD, open_store
from soloflow.store.upgrade import MIGRATIONS, upgrade
from soloflow.store.whole import faults


def old_file(folder: Path) -> Path:
    """A file of the first version."""
    path = folder / FILE_NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((MIGRATIONS / "versions" / "0001_initial.sql").read_text(encoding="utf-8"))
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        connection.commit()
    return path


INDEXES_OF_0002 = {
    "ix_activities_meetup_id_prospect_id": "CREATE INDEX ix_activities_meetup_id ON activities (meetup_id)",
    "ix_prospect_tags_tag_id_prospect_id": "CREATE INDEX ix_prospect_tags_tag_id ON prospect_tags (tag_id)",
}


def as_of_0002(path: Path) -> None:
    """Make a file what the second version of it was."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for index, before in INDEXES_OF_0002.items():
            connection.execute(f"DROP INDEX {index}")
            connection.execute(before)
        connection.execute("UPDATE alembic_version SET version_num = '0002'")


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, derived ones too."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        plain = [name for (name,) in names if not name.startswith(("search_texts", "sqlite_", "alembic"))]
        found = {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in plain}
        found["search_texts"] = connection.execute("SELECT rowid, text FROM search_texts ORDER BY 1").fetchall()
        return found


def indexes(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'index'") if sql}


def test_a_profile_of_the_second_version_keeps_everything_and_is_copied_before(ws: Workspace) -> None:
    path = ws.store.path
    evening = meetups.create(ws, "夜話", date(2026, 11, 20)).created[0]
    capturing.save(ws, capturing.read(ws, "山田 太郎 アクメ #在庫 月曜 電話", meetup=evening))
    ws.store.close()
    new, shape = content(path), indexes(path)
    as_of_0002(path)
    assert indexes(path) != shape
    store = open_store(path)
    with store.read() as reader:
        assert search.find(reader, "夜話").ids == (1,)
        assert search.find(reader, "#在庫").ids == (1,)
    store.close()
    copy = path.with_name(f"{path.stem}-before-{HEAD}{path.suffix}")
    assert (version(path), version(copy)) == (HEAD, "0002")
    assert content(path) == content(copy) == new
    assert indexes(path) == shape
    assert faults(path) == []


def test_an_upgrade_for_whose_copy_there_is_no_room_leaves_the_file_and_no_half_of_a_copy(tmp_path: Path) -> None:
    path = old_file(tmp_path)
    before = path.read_bytes()
    command = [sys.executable, "-c", WITHOUT_ROOM, str(path), str(len(before) // 2)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "UserError\n", "")
    assert version(path) == "0001"
    assert [one.name for one in tmp_path.iterdir() if one.stem != path.stem] == []
    open_store(path).close()
    assert version(path) == HEAD


WITHOUT_ROOM = """
import resource, signal, sys
from pathlib import Path
from soloflow.domain.errors import UserError
from soloflow.store.upgrade import upgrade
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    upgrade(Path(sys.argv[1]), "0001")
except UserError as error:
    print(type(error).__name__)
"""
"""No file may grow beyond so many bytes."""


def version(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def test_the_copy_from_before_is_not_replaced_by_whoever_comes_second(tmp_path: Path) -> None:
    path = old_file(tmp_path)
    open_store(path).close()
    upgrade(path, "0001")  # a second program looked before the first one was done
    assert version(path) == HEAD
    assert version(path.with_name(f"{path.stem}-before-{HEAD}{path.suffix}")) == "0001"


def test_whoever_cannot_upgrade_leaves_the_file_to_the_one_who_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_file(tmp_path)
    open_store(path).close()
    copies: list[Path] = []
    monkeypatch.setattr("soloflow.store.upgrade.copies.copy", lambda _source, target: copies.append(target))
    monkeypatch.setattr("soloflow.store.upgrade._PATIENCE_MS", 50)
    with closing(sqlite3.connect(path, isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError, match="ほかの処理"):
            upgrade(path, "0001")
    assert copies == [], "an older copy over what another process has written would lose it"
