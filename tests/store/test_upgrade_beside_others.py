"""Several commands meet an older file at once: one brings it up to date, and the copy from before stays the copy from before."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from soloflow.domain.errors import UserError
from soloflow.store.database import FILE_NAME, HEAD, open_store
from soloflow.store.upgrade import MIGRATIONS, upgrade


def old_file(folder: Path) -> Path:
    """A file of the first version."""
    path = folder / FILE_NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((MIGRATIONS / "versions" / "0001_initial.sql").read_text(encoding="utf-8"))
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        connection.commit()
    return path


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
    monkeypatch.setattr("soloflow.store.upgrade.copy_database", lambda _source, target: copies.append(target))
    monkeypatch.setattr("soloflow.store.upgrade._PATIENCE_MS", 50)
    with closing(sqlite3.connect(path, isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError, match="ほかの処理"):
            upgrade(path, "0001")
    assert copies == [], "an older copy over what another process has written would lose it"
