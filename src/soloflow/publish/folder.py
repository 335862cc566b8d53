"""Publish to a folder: every file appears whole, in an order that never shows a half-made site."""

import errno
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.publish import plan as plans
from soloflow.publish import release
from soloflow.publish.manifest import Ledger, Manifest, load
from soloflow.publish.plan import Plan
from soloflow.publish.release import Stamp
from soloflow.publish.steps import Published, Step
from soloflow.publish.targets import FolderTarget

_PART = ".soloflow-part"


def plan_folder(folder: Path, target: FolderTarget, manifest_file: Path) -> Plan:
    """What publishing `folder` to `target` would do; a confirmed file that vanished there counts as missing.

    :raises UserError: when there is no site, or the target lies inside it.
    """
    _check_apart(folder, target.path)
    return _compare(folder, release.read(folder), target.path, load(manifest_file))


def publish_folder(
    folder: Path, target: FolderTarget, manifest_file: Path, *, replace_foreign: bool = False
) -> Generator[Step, None, Published]:
    """Publish `folder` file by file. Stopped between two steps, the next call goes on where this one ended.

    :raises UserError: when a file of somebody else is in the way (unless `replace_foreign`), or the target cannot be
        written; what was confirmed stays recorded, and no page is left half-written.
    """
    _check_apart(folder, target.path)
    files = release.read(folder)
    with _clear_errors(target.path):
        with Ledger(manifest_file) as ledger:
            made = _compare(folder, files, target.path, ledger.manifest)
            if made.foreign and not replace_foreign:
                raise plans.foreign_in_the_way(made)
            if not made.is_empty:
                yield from _send(folder, files, target.path, made, ledger)
            if not made.is_empty or ledger.manifest.release != frozenset(files):
                ledger.finish(files)
        return Published(made, str(target.path))


def _send(folder: Path, files: dict[str, Stamp], root: Path, made: Plan, ledger: Ledger) -> Generator[Step, None, None]:
    sending = release.in_order(change.path for change in made.to_send)
    total = len(sending) + len(made.removed)
    for done, path in enumerate(sending):
        yield Step(done, total, path)
        ledger.claim(path)
        _put(folder / path, root / path, files[path])
        ledger.confirm(path, files[path])
    for done, change in enumerate(made.removed, start=len(sending)):
        yield Step(done, total, change.path)
        _take_away(root, change.path, ledger.manifest.files[change.path])
        ledger.forget(change.path)
    for place in {(root / path).parent for path in files}:
        for part in place.glob(f".*{_PART}"):  # of a run that was killed while it wrote
            part.unlink()
    yield Step(total, total, "")


def _put(source: Path, to: Path, expected: Stamp) -> None:
    content = source.read_bytes()
    if release.stamp(content) != expected:
        raise UserError(_("公開の途中でサイトが作り直されました。もう一度公開してください。"))
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(f".{to.name}{_PART}")
    try:
        part.write_bytes(content)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    if release.stamp(to.read_bytes()) != expected:
        raise UserError(
            _(
                "{path} を書いたあと読み直すと、内容が違いました。"
                "公開先のディスクを確かめて、もう一度公開してください。"
            ).format(path=to)
        )


def _take_away(root: Path, path: str, confirmed: Stamp | None) -> None:
    if (root / path).is_file() and confirmed and release.stamp((root / path).read_bytes()) != confirmed:
        return  # somebody made this file their own
    (root / path).unlink(missing_ok=True)
    for place in (root / path).parents:
        if place == root or not place.is_dir() or any(place.iterdir()):
            break
        place.rmdir()


def _compare(folder: Path, files: dict[str, Stamp], root: Path, manifest: Manifest) -> Plan:
    there = {path: content for path, content in manifest.files.items() if _still_there(root / path, content)}
    lost: dict[str, Stamp | None] = {path: None for path in manifest.files if path not in there}
    made = plans.compare(folder, files, replace(manifest, files=there | lost))
    return plans.with_foreign(made, lambda path: _is_other(root, path, files[path]))


def _still_there(path: Path, content: Stamp | None) -> bool:
    return content is not None and path.is_file() and path.stat().st_size == content.size


def _is_other(root: Path, name: str, wanted: Stamp) -> bool:
    """Whether something lies there that differs from what we would put: equal content is no conflict."""
    path = root / name
    if path.is_file():
        return path.stat().st_size != wanted.size or release.stamp(path.read_bytes()) != wanted
    return path.exists() or any((root / place).is_file() for place in Path(name).parents)


def _check_apart(folder: Path, target: Path) -> None:
    built, there = folder.resolve(), target.resolve()
    if built == there or built in there.parents or there in built.parents:
        raise UserError(_("公開先は、作ったサイトのフォルダの外にしてください。"))


@contextmanager
def _clear_errors(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        safe = _("公開済みのページはそのままです。直したあともう一度公開すると、続きから始まります。")
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            what = _("公開先のディスクがいっぱいです。空きを作ってください。")
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            what = _("{target} に書き込む権限がありません。フォルダの権限を確かめてください。").format(target=target)
        else:
            what = _("{target} に公開できませんでした（{reason}）。").format(target=target, reason=error.strerror)
        raise UserError(what + safe) from error
