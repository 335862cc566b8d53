"""What a publication would do, shown before anything is sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.publish import release
from soloflow.publish.manifest import Manifest
from soloflow.publish.release import Stamp


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file of a plan: its size in bytes (0 when unknown), and the title if it is a page."""

    path: str
    size: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The difference between a built folder and a target.

    `removed` goes now; `leaving` is used by the previous release only and goes with the next publication, so that a
    visitor with an old page open still gets its parts. `foreign` are paths the site needs where something lies that
    we did not put there.
    """

    added: tuple[FileChange, ...] = ()
    changed: tuple[FileChange, ...] = ()
    removed: tuple[FileChange, ...] = ()
    leaving: tuple[FileChange, ...] = ()
    foreign: tuple[str, ...] = ()
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether publishing would do nothing."""
        return not (self.added or self.changed or self.removed)

    @property
    def to_send(self) -> tuple[FileChange, ...]:
        """Every file that would be sent."""
        return self.added + self.changed

    @property
    def bytes_to_send(self) -> int:
        """The size of everything that would be sent, in bytes."""
        return sum(change.size for change in self.to_send)


def plan(folder: Path, manifest: Manifest) -> Plan:
    """Compare a built folder with what was last confirmed at a target.

    :raises UserError: when the folder holds no site.
    """
    return compare(folder, release.read(folder), manifest)


def compare(folder: Path, files: Mapping[str, Stamp], manifest: Manifest) -> Plan:
    """`plan` for a folder whose files were read already."""

    def change(path: str) -> FileChange:
        return FileChange(path, files[path].size, release.title(folder / path))

    def old(path: str) -> FileChange:
        content = manifest.files[path]
        return FileChange(path, content.size if content else 0)

    known = manifest.files
    gone = [path for path in sorted(known) if path not in files]
    return Plan(
        added=tuple(change(path) for path in files if path not in known),
        changed=tuple(change(path) for path in files if path in known and known[path] != files[path]),
        removed=tuple(old(path) for path in gone if path not in manifest.release),
        leaving=tuple(old(path) for path in gone if path in manifest.release),
        unchanged=sum(known.get(path) == content for path, content in files.items()),
    )


def with_foreign(made: Plan, is_foreign: Callable[[str], bool]) -> Plan:
    """The plan with the paths of `added` named that are taken by a file of somebody else."""
    return replace(made, foreign=tuple(change.path for change in made.added if is_foreign(change.path)))


def foreign_in_the_way(made: Plan) -> UserError:
    """The refusal to overwrite what is not ours."""
    return UserError(
        _(
            "公開先に、このプログラムが置いたのではないファイルがあります（{paths}）。何も変えていません。"
            "残したいものなら別の場所へ移し、不要なら上書きを選んでください。"
        ).format(paths=", ".join(made.foreign[:3]) + (" …" if len(made.foreign) > 3 else ""))
    )


def counts(made: Plan) -> str:
    """How many files a plan adds, changes and removes, and how much it sends; without a full stop."""
    return _("追加 {added}、変更 {changed}、削除 {removed}（{size}）").format(
        added=len(made.added),
        changed=len(made.changed),
        removed=len(made.removed),
        size=size_text(made.bytes_to_send),
    )


def summary(made: Plan) -> str:
    """A plan in words, with a sentence more when files leave with the next publication."""
    text = _("公開先は最新です。送るファイルはありません。") if made.is_empty else counts(made)
    if made.leaving:
        leaving = _("前の版だけが使う{count}件は、次の公開で消えます。").format(count=len(made.leaving))
        text = f"{text}\n{leaving}"
    return text


def size_text(size: int) -> str:
    """A size in bytes as people read it: 512 B, 1.5 KB, 2.0 MB."""
    if size < 1024:
        return f"{size} B"
    return f"{size / 1024:.1f} KB" if size < 1024**2 else f"{size / 1024**2:.1f} MB"
