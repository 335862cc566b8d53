"""控え: a copy of the database every day and before anything that could hurt it; restoring one keeps the present first."""

import contextlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services.workspace import Workspace
from soloflow.store import copies

KEEP = 14
"""Daily copies kept; those the user asked for are never removed."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy: when it was taken, how large, and whether the day or the user asked for it."""

    path: Path
    taken: datetime
    size: int
    is_daily: bool


def folder(ws: Workspace) -> Path:
    """Where the copies lie."""
    return ws.folder / "backups"


def take(ws: Workspace, target: Path | None = None) -> Path:
    """Copy the database now, checked for soundness, to `target` or into the backups folder.

    :raises UserError: when the place cannot be written or already holds something else.
    """
    path = target or folder(ws) / f"soloflow-{ws.now():%Y%m%d-%H%M%S}.db"
    if path.exists():
        raise UserError(_("{path} はすでにあります。別の名前にしてください。").format(path=path))
    copies.copy(ws.store.path, path)
    return path


def take_daily(ws: Workspace) -> Path | None:
    """The day's copy, once a day; None when today's is there already."""
    path = folder(ws) / f"daily-{ws.today():%Y%m%d}.db"
    if path.exists():
        return None
    copies.copy(ws.store.path, path)
    for old in sorted(folder(ws).glob("daily-*.db"))[:-KEEP]:
        old.unlink(missing_ok=True)
    return path


def listed(ws: Workspace) -> tuple[Backup, ...]:
    """The copies, newest first."""
    found = []
    for path in folder(ws).glob("*.db"):
        status = path.stat()
        taken = datetime.fromtimestamp(status.st_mtime, ws.zone)
        found.append(Backup(path, taken, status.st_size, path.name.startswith("daily-")))
    return tuple(sorted(found, key=lambda one: one.taken, reverse=True))


def delete(ws: Workspace, copy: Path) -> None:
    """Take one of the listed copies away for good.

    :raises UserError: when it is none of them, or cannot be deleted; nothing is changed then.
    """
    if copy not in {one.path for one in listed(ws)}:
        raise UserError(_("{name} という控えはありません。何も消していません。").format(name=copy.name))
    try:
        copy.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(
            _("{name} を消せませんでした（{reason}）。控えは残っています。").format(
                name=copy.name, reason=error.strerror
            )
        ) from error


def newest_sound(profile: Path) -> Path | None:
    """The newest copy in a profile's backups folder that can be restored; None when there is none."""
    found = sorted((profile / "backups").glob("*.db"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found:
        with contextlib.suppress(UserError):
            copies.verify(path)
            return path
    return None


def restore(database: Path, copy: Path, now: datetime) -> Path | None:
    """Put a copy in the place of the database; returns where the present one was kept (None: there was none).

    The caller has closed the store and holds the profile's lock.

    :raises UserError: when the copy is not a sound SoloFlow database; nothing is changed then.
    """
    copies.verify(copy)
    kept = _free(database.parent / "backups" / f"before-restore-{now:%Y%m%d-%H%M%S}.db")
    if database.exists() and not copies.soundness(database):
        copies.exchange(database, copy, kept)
        return kept
    ready = database.with_name(database.name + ".restored")
    copies.copy(copy, ready)
    copies.set_aside(database, kept)
    copies.put_in_place(ready, database)
    return kept if kept.exists() else None


def _free(path: Path) -> Path:
    """The name, or with a number the next one that nothing bears: what was kept before must not be written over."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in range(2, 1000))
    return next((one for one in (path, *numbered) if not one.exists()), path)
