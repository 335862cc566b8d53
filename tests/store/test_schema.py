"""The file that the migration makes is the one that the schema describes, and guards itself."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from soloflow.domain.errors import UserError
from soloflow.services.workspace import Workspace
from soloflow.store import database as opening
from soloflow.store import search
from soloflow.store import upgrade as upgrading
from soloflow.store.database import HEAD, open_store
from soloflow.store.schema import metadata
from soloflow.store.whole import FACT_TABLES


def objects(path: Path, kind: str) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = ?", (kind,)).fetchall())


def columns(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"PRAGMA table_info({table})").fetchall()


def test_a_migrated_file_is_what_the_schema_describes(database: Path) -> None:
    def ours(name: str | None, kind: str, _parent: object) -> bool:
        return kind != "table" or not (name or "").startswith("search_texts")

    engine = create_engine(f"sqlite:///{database}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours, "compare_server_default": False})
        found = compare_metadata(context, metadata)
    engine.dispose()
    assert found == []


def test_a_migrated_file_has_the_columns_defaults_and_checks_of_the_schema(database: Path, tmp_path: Path) -> None:
    described = tmp_path / "described.db"
    engine = create_engine(f"sqlite:///{described}")
    metadata.create_all(engine)
    engine.dispose()
    made, wanted = objects(database, "table"), objects(described, "table")
    for table in metadata.tables:
        assert columns(database, table) == columns(described, table), table
        assert made[table].count("CHECK") == wanted[table].count("CHECK"), table
        for line in wanted[table].splitlines():
            if "CHECK" in line:
                assert line.strip().rstrip(",") in made[table], table


def test_triggers_view_and_full_text_table_are_there(database: Path) -> None:
    assert set(objects(database, "trigger")) == {
        "stage_transitions_no_update",
        "stage_transitions_no_delete",
        "stage_transitions_no_replace",
    }
    assert set(objects(database, "view")) == {"effective_transitions"}
    assert "trigram" in objects(database, "table")["search_texts"]


def test_the_program_knows_its_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(upgrading.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_every_table_of_facts_is_exported() -> None:
    derived = {"prospect_states", "search_terms", "change_sets", "changes"}
    assert set(FACT_TABLES) == set(metadata.tables) - derived


@pytest.mark.parametrize(
    "statement", ["UPDATE stage_transitions SET at_us = 0", "DELETE FROM stage_transitions", "INSERT OR REPLACE"]
)
def test_the_log_refuses_to_be_rewritten(ws: Workspace, statement: str) -> None:
    with ws.store.write("試し", 1) as work:
        prospect = work.insert("prospects", name="アクメ", created_us=1)
        work.insert("stage_transitions", prospect_id=prospect, kind="enter", to_stage=1, at_us=1, recorded_us=1)
    if statement == "INSERT OR REPLACE":
        statement = (
            "INSERT OR REPLACE INTO stage_transitions (id, prospect_id, kind, to_stage, at_us, recorded_us)"
            " VALUES (1, 1, 'enter', 9, 1, 1)"
        )
    with closing(opening.connect(ws.store.path)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match=r"append-only"):
            connection.execute(statement)
        assert connection.execute("SELECT to_stage, at_us FROM stage_transitions").fetchall() == [(1, 1)]


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "soloflow.db"
    path.touch()
    open_store(path).close()
    assert opening.known_version(path) == HEAD


def test_a_newer_file_is_refused_and_left_as_it_is(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    before = database.read_bytes()
    with pytest.raises(UserError, match=r"より新しい SoloFlow.*0999.*触れていません"):
        open_store(database)
    assert database.read_bytes() == before
    assert sorted(path.name for path in database.parent.iterdir()) == ["soloflow.db"]


def test_a_foreign_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "soloflow.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    before = path.read_bytes()
    with pytest.raises(UserError, match="SoloFlow のデータではありません"):
        open_store(path)
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["soloflow.db"]


NEXT = f"{int(HEAD) + 1:04}"
MIGRATION = """
from alembic import op

revision = "{next}"
down_revision = "{head}"


def upgrade() -> None:
    op.execute({statement!r})
"""


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Make this program one that knows a further migration, which runs the given statement."""

    def given(statement: str) -> None:
        scripts = tmp_path / "migrations"
        shutil.copytree(upgrading.MIGRATIONS, scripts)
        (scripts / "versions" / f"{NEXT}_next.py").write_text(
            MIGRATION.format(statement=statement, next=NEXT, head=HEAD), encoding="utf-8"
        )
        monkeypatch.setattr(upgrading, "MIGRATIONS", scripts)
        monkeypatch.setattr(upgrading, "HEAD", NEXT)
        monkeypatch.setattr(opening, "HEAD", NEXT)

    return given


def test_an_older_file_is_copied_and_then_brought_up(ws: Workspace, next_version) -> None:
    path = ws.store.path
    with ws.store.write("試し", 1) as work:
        work.insert("prospects", name="アクメ", created_us=1)
    ws.store.close()
    next_version("ALTER TABLE prospects ADD COLUMN colour TEXT")
    open_store(path).close()
    assert opening.known_version(path) == NEXT
    assert "colour" in [column[1] for column in columns(path, "prospects")]
    copy = path.with_name(f"soloflow-before-{NEXT}.db")
    assert "colour" not in [column[1] for column in columns(copy, "prospects")]
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT name FROM prospects").fetchall() == [("アクメ",)]


def test_a_migration_that_breaks_references_is_taken_back(ws: Workspace, next_version) -> None:
    path = ws.store.path
    with ws.store.write("試し", 1) as work:
        prospect = work.insert("prospects", name="アクメ", created_us=1)
        work.insert("contacts", prospect_id=prospect, name="山田", created_us=1)
    ws.store.close()
    next_version("DELETE FROM prospects")
    with pytest.raises(UserError, match="元のままにしてあります"):
        open_store(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM prospects").fetchall() == [("アクメ",)]
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_migration_that_fails_leaves_the_file_as_it_was(ws: Workspace, next_version) -> None:
    path = ws.store.path
    with ws.store.write("試し", 1) as work:
        work.insert("prospects", name="アクメ", created_us=1)
    ws.store.close()
    next_version("INSERT INTO no_such_table VALUES (1)")
    with pytest.raises(UserError):
        open_store(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM prospects").fetchall() == [("アクメ",)]
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]


def test_a_migration_does_not_cascade_into_children(ws: Workspace, next_version) -> None:
    """Foreign keys are off while tables are rebuilt: dropping the parent for a moment takes no child with it."""
    path = ws.store.path
    with ws.store.write("試し", 1) as work:
        tag = work.insert("tags", name="在庫管理")
        prospect = work.insert("prospects", name="アクメ", created_us=1)
        work.insert("prospect_tags", prospect_id=prospect, tag_id=tag)
    ws.store.close()
    next_version("INSERT OR REPLACE INTO tags (id, name) SELECT id, name || '!' FROM tags")
    open_store(path).close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM prospect_tags").fetchone() == (1,)


def test_what_an_older_version_did_not_derive_is_made_when_the_file_is_brought_up(ws: Workspace, next_version) -> None:
    path = ws.store.path
    with ws.store.write("試し", 1) as work:
        prospect = work.insert("prospects", name="アクメ", memo="在庫が合わない", created_us=1)
    ws.store.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE search_texts SET text = 'アクメ'")
    next_version("ALTER TABLE prospects ADD COLUMN colour TEXT")
    store = open_store(path)
    with store.read() as reader:
        assert search.find(reader, "在庫").ids == (prospect,)
    store.close()
