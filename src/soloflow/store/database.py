"""One profile's SQLite file: opening, guarding its version, and handing out connections.

Reads are plain SQL on a `sqlite3` connection of the reading thread; writes go through `soloflow.store.unit_of_work`, which
alone imports SQLAlchemy (0.17 s that the first window does not wait for).
"""

import contextlib
import sqlite3
import sys
import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from soloflow.domain.errors import DamagedError, UserError
from soloflow.i18n import _

if TYPE_CHECKING:
    from soloflow.store.unit_of_work import UnitOfWork

HEAD = "0003"
"""The newest migration this program knows; a test compares it with the scripts."""
FILE_NAME = "soloflow.db"
BUSY_MS = 5_000
KEPT = 16
"""Results that a reading connection keeps; the ids of everybody have 8 bytes per customer, the log about 30 per entry."""
T = TypeVar("T")


@dataclass(slots=True)
class Kept:
    """What was worked out from the file and holds as long as nobody writes to it; the last used stand last."""

    version: int | None = None
    results: dict[Hashable, Any] = field(default_factory=dict)
    grown: dict[Hashable, Any] = field(default_factory=dict)
    """What is only ever added to, and therefore holds whoever writes."""


class Reader:
    """A snapshot of the file: every query inside one `Store.read()` sees the same state."""

    def __init__(self, connection: sqlite3.Connection, kept: Kept | None = None) -> None:
        self._connection = connection
        self._kept = kept

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made again only when the file has changed; the result is not to be altered.

        Only for connections that do not write: SQLite counts the commits of the others.
        """
        if self._kept is None:
            return make()
        version = self.value("PRAGMA data_version")
        if version != self._kept.version:
            self._kept.version = version
            self._kept.results.clear()
        results = self._kept.results
        found: T = results.pop(key) if key in results else make()
        results[key] = found
        while len(results) > KEPT:
            del results[next(iter(results))]
        return found

    def grown(self, key: Hashable, grow: Callable[[T | None], T]) -> T:
        """What `grow` makes of its last result (None at first); only for what nobody alters, such as the log."""
        if self._kept is None:
            return grow(None)
        found: T = grow(self._kept.grown.get(key))
        self._kept.grown[key] = found
        return found

    def rows(self, sql: str, *parameters: object) -> list[Any]:
        """All rows; each is a `sqlite3.Row`."""
        return self._cursor(sqlite3.Row).execute(sql, parameters).fetchall()

    def row(self, sql: str, *parameters: object) -> Any:
        """The first row, or None."""
        return self._cursor(sqlite3.Row).execute(sql, parameters).fetchone()

    def value(self, sql: str, *parameters: object) -> Any:
        """The first column of the first row, or None."""
        row = self._cursor(None).execute(sql, parameters).fetchone()
        return None if row is None else row[0]

    def column(self, sql: str, *parameters: object) -> list[Any]:
        """The first column of every row."""
        return [row[0] for row in self._cursor(None).execute(sql, parameters)]

    def tuples(self, sql: str, *parameters: object) -> sqlite3.Cursor:
        """A cursor over plain tuples, for many rows."""
        return self._cursor(None).execute(sql, parameters)

    def get(self, table: str, row_id: int) -> Any:
        """One row of a table by its id, or None."""
        return self.row(f"SELECT * FROM {table} WHERE id = ?", row_id)

    def ids(self, table: str, **equals: object) -> list[int]:
        """The ids of the rows whose columns have these values, in order."""
        wanted = " AND ".join(f"{column} IS ?" for column in equals) or "1"
        return self.column(f"SELECT id FROM {table} WHERE {wanted} ORDER BY id", *equals.values())

    def find(self, table: str, **equals: object) -> int | None:
        """The first id of `ids`, or None."""
        wanted = " AND ".join(f"{column} IS ?" for column in equals) or "1"
        found: int | None = self.value(f"SELECT id FROM {table} WHERE {wanted} ORDER BY id LIMIT 1", *equals.values())
        return found

    def make_temporary(self, sql: str) -> None:
        """Make something of this connection's own, which the file does not keep."""
        (guarded,) = self._connection.execute("PRAGMA query_only").fetchone()
        self._connection.execute("PRAGMA query_only = OFF")
        try:
            self._connection.execute(sql)
        finally:
            self._connection.execute(f"PRAGMA query_only = {guarded}")

    def _cursor(self, factory: type[sqlite3.Row] | None) -> sqlite3.Cursor:
        cursor = self._connection.cursor()
        cursor.row_factory = factory
        return cursor


def marks(values: Sequence[object]) -> str:
    """As many `?` as there are values, for `IN (…)`."""
    return ",".join("?" * len(values))


class Store:
    """An open file. Threads share it; each gets its own reading connection."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.patience_ms = BUSY_MS
        """How long a write waits for another process that is writing."""
        self._place = _place(path)
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    def check_place(self) -> None:
        """Make sure that the file one would write to is still the one that was opened.

        SQLite goes on writing into a file that was deleted or replaced (by a person, a synchroniser), and all of it is lost.

        :raises UserError: when it is gone or another.
        """
        if _place(self.path) != self._place:
            raise UserError(
                _(
                    "データファイルがなくなったか、別のものに置き換わっています（{path}）。いまの変更は保存していません。"
                    "フォルダーを元に戻してから、SoloFlow を開き直してください。"
                ).format(path=self.path)
            )

    @contextlib.contextmanager
    def read(self) -> Iterator[Reader]:
        """Read one consistent snapshot.

        :raises UserError: when the file cannot be read.
        """
        connection = self._connection()
        reader = Reader(connection, self._local.kept)
        try:
            if connection.in_transaction:
                yield reader
                return
            connection.execute("BEGIN")
            try:
                yield reader
            finally:
                connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            raise explain(error, self.path) from error

    @contextlib.contextmanager
    def write(self, label: str, now_us: int, *, journaled: bool = True) -> Iterator["UnitOfWork"]:
        """One change set, named for the notice and the undo list; see `soloflow.store.unit_of_work`.

        :raises UserError: when the file cannot be written; nothing of the block happened then.
        """
        from soloflow.store.unit_of_work import write

        with write(self, label, now_us, journaled=journaled) as work:
            yield work

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = connect(self.path)
            connection.execute("PRAGMA query_only = ON")
            self._local.kept = Kept()
            self._local.connection = connection
            with self._lock:
                self._opened.append(connection)
        return connection

    def close(self) -> None:
        """Close every connection; the store is not used afterwards."""
        if "soloflow.store.unit_of_work" in sys.modules:
            from soloflow.store.unit_of_work import dispose

            dispose(self)
        with self._lock:
            for connection in self._opened:
                connection.close()
            self._opened.clear()
        self._local = threading.local()


def _place(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def connect(path: Path) -> sqlite3.Connection:
    """A connection as this program wants it: WAL, foreign keys, every commit on the disk, explicit transactions."""
    try:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)
        try:
            prepare(connection)
        except sqlite3.DatabaseError:
            connection.close()
            raise
    except sqlite3.DatabaseError as error:
        raise explain(error, path) from error
    return connection


def prepare(connection: sqlite3.Connection) -> None:
    """Set what SQLite does not remember in the file."""
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -32000")


def open_store(path: Path) -> Store:
    """Open the file, making or upgrading it first where that is due.

    :raises UserError: when the file is newer than the program, damaged, not ours, or cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            _("データフォルダーを作れません（{path}）。書き込みできる場所を --profile で指定してください。").format(
                path=path.parent
            )
        ) from error
    found = known_version(path)
    if found != HEAD:
        from soloflow.store.upgrade import upgrade

        upgrade(path, found)
    return Store(path)


def known_version(path: Path) -> str | None:
    """The migration the file stands at, or None for a file that is missing or empty; only looks, changes nothing.

    :raises UserError: when the file is newer than the program, damaged, or not ours.
    """
    found = _version(path)
    if found is not None and (not found.isdigit() or int(found) > int(HEAD)):
        raise UserError(
            _(
                "このデータは、より新しい SoloFlow で使われています（データの版 {found}、この SoloFlow は {known}）。"
                "データには触れていません。SoloFlow を新しくしてから開いてください。"
            ).format(found=found, known=HEAD)
        )
    return found


def _version(path: Path) -> str | None:
    try:
        if not path.exists() or path.stat().st_size == 0:
            return None
        # Without `prepare`: a file that is not ours stays as it is, to the byte. (mode=ro would leave -wal and -shm behind.)
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_MS / 1000)
    except sqlite3.DatabaseError as error:
        raise explain(error, path) from error
    except OSError as error:
        raise UserError(
            _("データフォルダーを開けません（{path}：{reason}）。データには触れていません。").format(
                path=path.parent, reason=error.strerror
            )
        ) from error
    try:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not names:
            return None
        if "alembic_version" not in names or "stage_transitions" not in names:
            raise UserError(
                _(
                    "{path} は SoloFlow のデータではありません。別のフォルダーを選んでください。ファイルには触れていません。"
                ).format(path=path)
            )
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return "0" if row is None else str(row[0])
    except sqlite3.DatabaseError as error:
        raise explain(error, path) from error
    finally:
        connection.close()


def explain(error: sqlite3.Error, path: Path) -> UserError:
    """The sentence for what SQLite said: what happened, what is safe, what to do."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_FULL") or "disk is full" in str(error):
        return UserError(
            _(
                "ディスクの空きがないため保存できませんでした。いまの変更だけが取りやめになり、ほかは無事です。空きを作ってからもう一度どうぞ。"
            )
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return UserError(
            _(
                "データフォルダーに書き込めません（{path}）。データは無事です。フォルダーの権限を直してください。"
            ).format(path=path.parent)
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return UserError(_("ほかの処理がデータを使っています。変更は保存していません。少し待ってからもう一度どうぞ。"))
    if name.startswith("SQLITE_IOERR"):
        return UserError(
            _(
                "ディスクの読み書きに失敗しました（{path}）。保存できたところまでは無事です。ディスクの空きと接続を確かめてください。"
            ).format(path=path)
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return DamagedError(
            _(
                "データファイルが壊れているようです（{path}）。上書きはしていません。"
                "控えから戻せます（コマンドなら soloflow restore のあとに控えのファイル名）。"
            ).format(path=path)
        )
    return UserError(
        _("データを読み書きできませんでした（{path}：{reason}）。変更は保存していません。").format(
            path=path, reason=error
        )
    )
