"""Making a file and bringing an older one to the present schema, with a copy taken first and a check afterwards."""

import sqlite3
from pathlib import Path

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.store import copies, derived
from soloflow.store.database import HEAD, explain, known_version

MIGRATIONS = Path(__file__).with_name("migrations")
_PATIENCE_MS = 30_000
"""How long to wait for another process that is doing the same; it takes a second, on a busy machine several."""


def upgrade(path: Path, found: str | None) -> None:
    """Run the migrations from `found` (None: an empty file) to HEAD.

    Foreign keys are off meanwhile (a batch migration would cascade and silently delete children); afterwards they are
    checked. All of it is one transaction: on any finding it is rolled back, and nobody else writes meanwhile.

    :raises UserError: when the file cannot be written or the result is not sound; the file is then as before.
    """
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import URL, create_engine, event, exc

    engine = create_engine(URL.create("sqlite", database=str(path)))

    @event.listens_for(engine, "connect")
    def by_hand(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = OFF")

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            if known_version(path) == HEAD:  # several commands were started on a new profile, and another was the first
                connection.exec_driver_sql("ROLLBACK")
                return
            if found is not None:  # not before: what another process has upgraded meanwhile must not take its place
                copies.copy(path, path.with_name(f"{path.stem}-before-{HEAD}{path.suffix}"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise UserError(_unsound())
            if found is not None:  # an older version may have derived less, such as words to search
                raw = connection.connection.driver_connection
                assert isinstance(raw, sqlite3.Connection)
                derived.rebuild(raw)
            connection.exec_driver_sql("COMMIT")
    except exc.DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise explain(error.orig, path) from error
        raise
    finally:
        engine.dispose()


def _unsound() -> str:
    return _(
        "データの更新を確かめたところ、つじつまが合いませんでした。更新は取りやめ、元のままにしてあります。控えを取ってからお知らせください。"
    )
