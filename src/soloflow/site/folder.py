"""Puts files into a folder that may hold foreign ones: all of them or none, and never a file that is not ours.

The manifest in the folder names what we own. New contents wait in a staging folder beside it and are swapped in file by
file; what they replace is kept until the last swap has succeeded, and put back if one fails.
"""

import contextlib
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from soloflow.domain.errors import UserError
from soloflow.i18n import _

MANIFEST = ".soloflow-manifest.json"
_STAGING = ".soloflow-staging-"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Owned:
    """One file of ours: SHA-256 of its bytes, of its text without dates, and the day that text last changed."""

    sha256: str
    core: str
    changed: str
    before: str = ""
    """SHA-256 of what it is about to replace; only while a build is under way."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build would do to the folder: files to write, paths to remove, paths that stay."""

    write: Mapping[str, bytes] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def owned(folder: Path) -> dict[str, Owned]:
    """The files in the folder that belong to a build of ours (path → what we wrote); {} when there was none.

    A manifest that cannot be read counts as none: then every file is foreign, and nothing is overwritten.

    :raises UserError: when the folder cannot be read.
    """
    try:
        document = json.loads((folder / MANIFEST).read_text("utf-8"))
        files = document["files"]
        return {
            str(path): Owned(str(each["sha256"]), str(each["core"]), str(each["changed"]), str(each.get("before", "")))
            for path, each in files.items()
            if _is_inside(str(path))
        }
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}
    except OSError as error:
        raise _unusable(folder, error) from error


def plan(folder: Path, files: Mapping[str, bytes], before: Mapping[str, Owned]) -> Plan:
    """Compare what the folder holds with what it should hold.

    :raises UserError: when a foreign file, folder or link stands where one of ours must go.
    """
    write: dict[str, bytes] = {}
    unchanged = []
    for path, content in files.items():
        there = _present(folder, path)
        if there == content:
            unchanged.append(path)
            continue
        if there is not None and path not in before:
            raise _in_the_way(folder / path)
        write[path] = content
    stale = [path for path in before if path not in files and _is_still_ours(folder, path, before[path])]
    return Plan(write, tuple(sorted(stale)), tuple(unchanged))


def carry_out(folder: Path, todo: Plan, manifest: Mapping[str, Owned]) -> None:
    """Write and remove as planned, the manifest last. Nothing is touched when nothing differs.

    :raises UserError: when the disk refuses; the folder is then as it was.
    """
    record = _manifest_bytes(manifest)
    try:
        if not todo.write and not todo.remove and _present(folder, MANIFEST) == record:
            return
        folder.mkdir(parents=True, exist_ok=True)
        with _staging(folder) as staging:
            # First a manifest that owns old and new alike: whatever a power cut leaves behind is known as ours.
            both = _manifest_bytes(_both(owned(folder), manifest))
            for path, content in {f"new/{MANIFEST}": both, "last": record}.items():
                _put(staging / path, content)
            for path, content in todo.write.items():
                _put(staging / "new" / path, content)
            _swap(folder, staging, (MANIFEST, *todo.write), todo.remove)
    except OSError as error:
        raise _unusable(folder, error) from error


def _both(old: Mapping[str, Owned], new: Mapping[str, Owned]) -> dict[str, Owned]:
    meant = {path: replace(each, before=old[path].sha256 if path in old else "") for path, each in new.items()}
    return {**old, **meant}


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _swap(folder: Path, staging: Path, writes: tuple[str, ...], removes: tuple[str, ...]) -> None:
    """Exchange the files, taking everything back when one exchange fails or is interrupted."""
    done: list[str] = []
    made: list[Path] = []
    try:
        for path in (*writes, *removes):
            made += _make_parents(folder, path)
            kept = staging / "old" / path
            kept.parent.mkdir(parents=True, exist_ok=True)
            done.append(path)
            if path in removes:
                (folder / path).replace(kept)
                continue
            if (folder / path).exists():
                shutil.copy2(folder / path, kept)
            (staging / "new" / path).replace(folder / path)
        (staging / "last").replace(folder / MANIFEST)
    except BaseException:
        _take_back(folder, staging, done, made)
        raise
    _drop_empty(folder, removes)


def _take_back(folder: Path, staging: Path, done: list[str], made: list[Path]) -> None:
    for path in reversed(done):
        kept, waiting = staging / "old" / path, staging / "new" / path
        if kept.exists():
            kept.replace(folder / path)
        elif not waiting.exists():
            (folder / path).unlink(missing_ok=True)
    for each in reversed(made):
        with contextlib.suppress(OSError):
            each.rmdir()


def _make_parents(folder: Path, path: str) -> list[Path]:
    made = []
    for parent in reversed((folder / path).relative_to(folder).parents[:-1]):
        if not (folder / parent).is_dir():
            (folder / parent).mkdir()
            made.append(folder / parent)
    return made


def _drop_empty(folder: Path, removed: tuple[str, ...]) -> None:
    for parent in sorted({parent for path in removed for parent in Path(path).parents[:-1]}, reverse=True):
        with contextlib.suppress(OSError):
            (folder / parent).rmdir()


@contextlib.contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """A folder beside the site, on the same disk, gone afterwards."""
    beside = folder.parent if folder.stat().st_dev == folder.parent.stat().st_dev else folder
    made = Path(tempfile.mkdtemp(prefix=_STAGING, dir=beside))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _present(folder: Path, path: str) -> bytes | None:
    """What stands at a path of ours, None when nothing does; refuses links and wrong kinds."""
    spot = folder
    for part in path.split("/")[:-1]:
        spot = spot / part
        if spot.is_symlink() or (spot.exists() and not spot.is_dir()):
            raise _in_the_way(spot)
    target = folder / path
    if target.is_symlink() or target.is_dir():
        raise _in_the_way(target)
    try:
        return target.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _unusable(folder, error) from error


def _is_still_ours(folder: Path, path: str, record: Owned) -> bool:
    """Whether the file is as we wrote it; one that somebody replaced is theirs now."""
    try:
        there = _present(folder, path)
    except UserError:
        return False
    return there is not None and digest(there) in {record.sha256, record.before}


def _is_inside(path: str) -> bool:
    return bool(path) and "\\" not in path and not any(part in {"", ".", ".."} for part in path.split("/"))


def _manifest_bytes(manifest: Mapping[str, Owned]) -> bytes:
    files = {
        path: {name: value for name, value in asdict(each).items() if value} for path, each in sorted(manifest.items())
    }
    return (json.dumps({"version": _VERSION, "files": files}, ensure_ascii=False, indent=0) + "\n").encode()


def _in_the_way(path: Path) -> UserError:
    return UserError(
        _(
            "「{path}」は SoloFlow が作ったものではないため、上書きしませんでした。サイトは前のままです。"
            "別のフォルダーを選ぶか、そのファイルを移してください。"
        ).format(path=path)
    )


def _unusable(folder: Path, error: OSError) -> UserError:
    return UserError(
        _(
            "「{folder}」に書き込めませんでした（{reason}）。サイトは前のままです。"
            "空き容量と書き込みの許可を確かめて、もう一度お試しください。"
        ).format(folder=folder, reason=error.strerror or type(error).__name__)
    )
