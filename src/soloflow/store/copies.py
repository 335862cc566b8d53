"""Copies of the file: taken through SQLite's own backup into a temporary name, checked, then given their name."""

import contextlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.store.database import BUSY_MS, explain, known_version

_MAGIC = b"SQLite format 3\x00"


def copy(source: Path, target: Path) -> None:
    """Write a complete, checked copy; `target` appears only when it is whole.

    :raises UserError: when the copy cannot be written or is not sound.
    """
    temporary = target.with_name(target.name + ".new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as origin,
            closing(sqlite3.connect(temporary)) as made,
        ):
            origin.backup(made)
            if made.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("malformed")
            # One self-contained file, readable from a disc that cannot be written.
            made.execute("PRAGMA journal_mode = DELETE")
        temporary.replace(target)
    except sqlite3.Error as error:
        _discard(temporary)
        raise explain(
            error, source if "malformed" in str(error) or "not a database" in str(error) else target
        ) from error
    except OSError as error:
        _discard(temporary)
        raise UserError(
            _(
                "控えを書けませんでした（{path}：{reason}）。いまのデータは無事です。空きと権限を確かめてください。"
            ).format(path=target, reason=error.strerror)
        ) from error


def verify(path: Path) -> None:
    """Make sure that a file is a sound SoloFlow database of a version this program can open.

    :raises UserError: naming what is wrong.
    """
    if not path.is_file():
        raise UserError(_("控え {path} が見つかりません。").format(path=path))
    if not is_database(path):
        raise UserError(
            _("{path} は SoloFlow の控えではありません。いまのデータには触れていません。").format(path=path)
        )
    if soundness(path):
        raise UserError(
            _("控え {path} は壊れています。いまのデータには触れていません。別の控えを選んでください。").format(
                path=path
            )
        )
    if known_version(path) is None:
        raise UserError(_("{path} は空です。別の控えを選んでください。").format(path=path))


def is_database(path: Path) -> bool:
    """Whether a file begins as every SQLite file does; an empty one may become one.

    :raises UserError: when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except OSError as error:
        raise UserError(_("控え {path} を開けません（{reason}）。").format(path=path, reason=error.strerror)) from error
    return start in (b"", _MAGIC)


def soundness(path: Path) -> list[str]:
    """What SQLite finds wrong with a file: pages, indices, foreign keys; empty when it is sound."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
            found += [f"{row[0]} {row[1]} → {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")]
            return found
    except sqlite3.DatabaseError as error:
        return [str(error)]


def exchange(database: Path, copy: Path, kept: Path) -> None:
    """Give a sound database the content of a sound copy, in one transaction; what it held goes to `kept`, whole.

    Nobody else writes meanwhile. The file keeps its place: a process that has it open (`soloflow add`) would otherwise go on
    writing to the file moved away, with a WAL that is later played into the one put in its place.

    :raises UserError: when another process keeps the file, or something cannot be written; nothing is changed then.
    """
    temporary = kept.with_name(kept.name + ".new")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        with (
            closing(sqlite3.connect(database, isolation_level=None, timeout=BUSY_MS / 1000)) as present,
            closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as origin,
        ):
            present.execute("PRAGMA locking_mode = EXCLUSIVE")
            present.execute("BEGIN IMMEDIATE")
            present.execute("COMMIT")  # the lock is taken, and kept until the connection is closed
            with closing(sqlite3.connect(temporary)) as made:
                present.backup(made)
                made.execute("PRAGMA journal_mode = DELETE")
            temporary.replace(kept)
            origin.backup(present)
    except sqlite3.Error as error:
        _discard(temporary)
        raise explain(error, database) from error
    except OSError as error:
        _discard(temporary)
        raise UserError(_unkept(kept, error)) from error


def _unkept(kept: Path, error: OSError) -> str:
    return _("いまのデータを取り置けませんでした（{path}：{reason}）。何も変えていません。").format(
        path=kept, reason=error.strerror
    )


def set_aside(database: Path, kept: Path) -> None:
    """Move a damaged database out of the way, with what its WAL still holds.

    :raises UserError: when it cannot be moved.
    """
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        if database.exists():
            with contextlib.suppress(sqlite3.Error), closing(sqlite3.connect(database)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.move(database, kept)
        # A WAL left beside another file of this name would be played into it.
        for ending in ("-wal", "-shm"):
            beside = database.with_name(database.name + ending)
            if beside.exists():
                shutil.move(beside, kept.with_name(kept.name + ending))
    except OSError as error:
        raise UserError(_unkept(kept, error)) from error


def put_in_place(ready: Path, database: Path) -> None:
    """Give a finished copy the name of the database, in one step.

    :raises UserError: when the name cannot be given.
    """
    try:
        ready.replace(database)
    except OSError as error:
        raise UserError(
            _("控えを戻せませんでした（{path}：{reason}）。いまのデータは「backups」に取り置いてあります。").format(
                path=database, reason=error.strerror
            )
        ) from error


def _discard(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
