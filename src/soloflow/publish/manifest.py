"""The memory of what we put where: one small file per target, written line by line while we publish.

A file is claimed before it is sent and confirmed after it was read back, each as one appended line. A run that dies
leaves a manifest that says exactly how far it came; a finished run replaces the file as a whole.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.publish.release import Stamp
from soloflow.publish.targets import Target


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is ours at a target.

    `files` has the confirmed stamp of each, or None for one that was claimed but never confirmed. `release` are the
    paths of the last finished publication.
    """

    files: dict[str, Stamp | None] = field(default_factory=dict)
    release: frozenset[str] = frozenset()


def manifest_file(profile: Path, target: Target) -> Path:
    """Where the manifest of a target lives in a profile folder."""
    return profile / "publish" / f"{sha256(os.fsencode(str(target))).hexdigest()[:16]}.jsonl"


def load(file: Path) -> Manifest:
    """The manifest as far as it was written; nothing published yet gives an empty one.

    :raises UserError: when the file is damaged (a cut last line is not damage) or cannot be read.
    """
    files: dict[str, Stamp | None] = {}
    release: frozenset[str] = frozenset()
    try:
        lines = file.read_text("utf-8").split("\n") if file.exists() else []
        for line in lines[:-1]:  # a line counts once its end is written
            release = _apply(json.loads(line), files, release)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            _(
                "公開の記録 {file} を読めません。公開先には触れていません。"
                "このファイルを別の場所へ移すと、初回として公開できます。"
            ).format(file=file)
        ) from error
    return Manifest(files, release)


def _apply(line: dict[str, object], files: dict[str, Stamp | None], release: frozenset[str]) -> frozenset[str]:
    match line:
        case {"claimed": str(path)}:
            files[path] = None
        case {"confirmed": str(path), "sha256": str(digest), "size": int(size)}:
            files[path] = Stamp(digest, size)
        case {"removed": str(path)}:
            files.pop(path, None)
        case {"release": list(paths)}:
            return frozenset(str(path) for path in paths)
        case _:
            raise ValueError(line)
    return release


class Ledger:
    """Writes a manifest while a publication runs. Use as a context; every line is on its way to disk at once."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.manifest = load(file)

    def __enter__(self) -> Self:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._write_whole()  # drops a line that a dying run cut short
        self._lines = self._file.open("a", encoding="utf-8", newline="\n")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lines.close()

    def claim(self, path: str) -> None:
        """Say that a file is about to be sent."""
        self._append({"claimed": path})
        self.manifest.files[path] = None

    def confirm(self, path: str, content: Stamp) -> None:
        """Say that a file was read back as sent."""
        self._append(_confirmed(path, content))
        self.manifest.files[path] = content

    def forget(self, path: str) -> None:
        """Say that a file is gone from the target."""
        self._append({"removed": path})
        self.manifest.files.pop(path, None)

    def finish(self, release: Iterable[str]) -> None:
        """Close the publication: `release` becomes the one whose files the next publication still keeps."""
        self.manifest = Manifest(self.manifest.files, frozenset(release))
        self._lines.close()
        self._write_whole()

    def _append(self, line: dict[str, object]) -> None:
        self._lines.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._lines.flush()

    def _write_whole(self) -> None:
        lines: list[dict[str, object]] = [
            _confirmed(path, content) if content else {"claimed": path}
            for path, content in sorted(self.manifest.files.items())
        ]
        lines.append({"release": sorted(self.manifest.release)})
        part = self._file.with_suffix(".part")
        with part.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            out.flush()
            os.fsync(out.fileno())
        part.replace(self._file)


def _confirmed(path: str, content: Stamp) -> dict[str, object]:
    return {"confirmed": path, "sha256": content.sha256, "size": content.size}
