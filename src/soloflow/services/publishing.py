"""公開: the plan first, then the sending, then a line in the publish history."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from soloflow.domain.text import written_out
from soloflow.i18n import _
from soloflow.publish import folder as to_folder
from soloflow.publish import git as to_git
from soloflow.publish.manifest import manifest_file
from soloflow.publish.plan import FileChange, Plan, counts, size_text, summary
from soloflow.publish.steps import Published, Step, run
from soloflow.publish.targets import FolderTarget, parse_target
from soloflow.services import settings, wording
from soloflow.services import site as site_words
from soloflow.services.changes import Changes
from soloflow.services.workspace import Progress, Silent, Workspace

__all__ = [
    "FileChange",
    "Plan",
    "Published",
    "Release",
    "check_target",
    "folder_of",
    "history",
    "plan",
    "publish",
    "sentence",
    "size_text",
]


@dataclass(frozen=True, slots=True)
class Release:
    """One line of the publish history."""

    at: datetime
    target: str
    changed: int


def plan(ws: Workspace, site: Path, target: str, progress: Progress | None = None) -> Plan:
    """What publishing a built folder would add, change and remove; sends nothing.

    :raises UserError: when the target cannot be understood or reached, or there is no site.
    """
    where = parse_target(target)
    manifest = manifest_file(ws.folder, where)
    if isinstance(where, FolderTarget):
        return to_folder.plan_folder(site, where, manifest)
    return run(to_git.plan_git(site, where, manifest, _cache(ws)), _watcher(progress))


def publish(
    ws: Workspace, site: Path, target: str, progress: Progress | None = None, *, replace_foreign: bool = False
) -> tuple[Published, Changes]:
    """Send a built folder; what is unchanged is not sent, what is not ours is not touched.

    :raises UserError: when the target refuses; the next run goes on from what was confirmed.
    """
    where = parse_target(target)
    manifest = manifest_file(ws.folder, where)
    said = site_words.document(ws)
    if isinstance(where, FolderTarget):
        done = run(to_folder.publish_folder(site, where, manifest, replace_foreign=replace_foreign), _watcher(progress))
    else:
        chosen = settings.load(ws.folder)
        author = to_git.Author(chosen.name or "SoloFlow", chosen.mail or "soloflow@localhost")
        done = run(
            to_git.publish_git(site, where, manifest, _cache(ws), author, ws.now(), replace_foreign=replace_foreign), _watcher(progress)
        )  # fmt: skip
    return done, _remember(ws, target, done.plan, said)


def check_target(text: str) -> str:
    """The target as it will be used, such as a folder's whole path.

    :raises UserError: when it cannot be understood.
    """
    return str(parse_target(text))


def folder_of(target: str) -> Path | None:
    """The folder a target is, None for one elsewhere.

    :raises UserError: when it cannot be understood.
    """
    where = parse_target(target)
    return where.path if isinstance(where, FolderTarget) else None


def _remember(ws: Workspace, target: str, done: Plan, said: dict[str, object]) -> Changes:
    label = _("サイトを公開しました：{what}").format(what=counts(done))
    if done.is_empty:
        _say_again(ws, said)
        return Changes(None, _("公開済みのサイトと同じです。送るものはありません。"))
    paths = {
        "added": [one.path for one in done.added],
        "changed": [one.path for one in done.changed],
        "removed": [one.path for one in done.removed],
        "content": said,
    }
    with ws.store.write(label, ws.now_us(), journaled=False) as work:
        work.insert(
            "releases",
            at_us=ws.now_us(),
            target=written_out(target),
            changed=len(done.to_send) + len(done.removed),
            manifest=json.dumps(paths, ensure_ascii=False),
        )
    return Changes(None, label, frozenset({"releases"}))


def _say_again(ws: Workspace, said: dict[str, object]) -> None:
    """Words that show nowhere count as released too, or they would be called changed for ever."""
    with ws.store.read() as reader:
        last = (reader.ids("releases") or [0])[-1]
        row = reader.get("releases", last)
    if row is None:
        return
    kept = json.loads(row["manifest"])
    if kept.get("content") != said:
        with ws.store.write("", ws.now_us(), journaled=False) as work:
            work.update("releases", last, manifest=json.dumps(kept | {"content": said}, ensure_ascii=False))


def sentence(made: Plan) -> str:
    """A plan in words: how many files are added, changed and removed."""
    return summary(made)


def history(ws: Workspace, limit: int = 20) -> tuple[Release, ...]:
    """The publish history, newest first."""
    with ws.store.read() as reader:
        rows = [reader.get("releases", one) for one in reversed(reader.ids("releases")[-limit:])]
    return tuple(Release(wording.moment(ws, row["at_us"]), row["target"], row["changed"]) for row in rows)


def _cache(ws: Workspace) -> Path:
    return ws.folder / "publish-cache"


def _watcher(progress: Progress | None) -> "_Watch":
    return _Watch(progress or Silent())


@dataclass(frozen=True, slots=True)
class _Watch:
    progress: Progress

    def __call__(self, step: Step) -> None:
        self.progress.report(step.done, step.total or None, step.text)
        self.progress.check()
