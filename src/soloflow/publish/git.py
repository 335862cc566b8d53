"""Publish by git push (GitHub Pages and the like): one commit that touches exactly what changed.

The work happens in a bare repository of our own in the profile's cache, fetched with depth 1. The new tree is the tree
of the branch with our files put in, so everything else in it (CNAME, .nojekyll, README) stays as it is, and a push of
somebody else in between is met by doing the same on top of theirs. Nothing is ever forced.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.publish import plan as plans
from soloflow.publish import release
from soloflow.publish.gitcli import GitFailedError, git, git_patiently
from soloflow.publish.manifest import Ledger, Manifest, load
from soloflow.publish.plan import Plan
from soloflow.publish.release import Stamp
from soloflow.publish.steps import Published, Step
from soloflow.publish.targets import GitTarget

_TRIES = 5
_OVERTAKEN = ("fetch first", "non-fast-forward", "cannot lock ref", "incorrect old value", "reference already exists")


@dataclass(frozen=True, slots=True)
class Author:
    """Who the commit names."""

    name: str
    mail: str


@dataclass(frozen=True, slots=True)
class _Tip:
    """A branch as it is now: its commit ("" when it does not exist yet) and the object of each path."""

    branch: str
    commit: str
    blobs: dict[str, str]


def plan_git(folder: Path, target: GitTarget, manifest_file: Path, cache: Path) -> Generator[Step, None, Plan]:
    """What publishing `folder` to the branch would do, compared with the branch as it is at this moment.

    :raises UserError: when there is no site, no git, or the repository cannot be reached.
    """
    files = release.read(folder)
    with _clear_errors(cache):
        repository = _repository(target, cache)
        tip = yield from _fetch(repository, target)
        blobs = _store(repository, folder, list(files))
    return _compare(folder, files, blobs, tip, load(manifest_file))


def publish_git(
    folder: Path,
    target: GitTarget,
    manifest_file: Path,
    cache: Path,
    author: Author,
    now: datetime,
    *,
    message: str = "",
    replace_foreign: bool = False,
) -> Generator[Step, None, Published]:
    """Push `folder` as one commit dated `now`; nothing changed makes no commit. Stopped before the push, nothing is sent.

    :raises UserError: when a file of somebody else is in the way (unless `replace_foreign`), git is missing, or the
        repository cannot be reached or refuses; the branch is then as it was.
    """
    files = release.read(folder)
    with _clear_errors(cache), Ledger(manifest_file) as ledger:
        repository = _repository(target, cache)
        for _attempt in range(_TRIES):
            tip = yield from _fetch(repository, target)
            blobs = _store(repository, folder, list(files))
            made = _compare(folder, files, blobs, tip, ledger.manifest)
            if made.foreign and not replace_foreign:
                raise plans.foreign_in_the_way(made)
            commit = tip.commit
            if not made.is_empty:
                for change in made.added:
                    ledger.claim(change.path)
                commit = _commit(repository, tip, made, blobs, author, now, message or _("サイトを更新"))
                if not (yield from _push(repository, target, tip.branch, commit, made)):
                    continue
            _remember(ledger, files, made)
            return Published(made, commit)
    raise UserError(
        _(
            "ほかの人の更新が続いていて、公開できませんでした。公開先は元のままです。少し待ってからもう一度公開してください。"
        )
    )


@contextmanager
def _clear_errors(cache: Path) -> Iterator[None]:
    try:
        yield
    except GitFailedError as error:
        raise error.explained() from error
    except OSError as error:
        raise UserError(
            _("公開の準備に使うフォルダ {folder} に書き込めません（{reason}）。公開先は元のままです。").format(
                folder=cache, reason=error.strerror
            )
        ) from error


def _repository(target: GitTarget, cache: Path) -> Path:
    repository = cache / "git" / sha256(target.url.encode()).hexdigest()[:16]
    if not (repository / "HEAD").is_file():
        repository.mkdir(parents=True, exist_ok=True)
        git(repository, "init", "--quiet", "--bare")
    return repository


def _fetch(repository: Path, target: GitTarget) -> Generator[Step, None, _Tip]:
    """The branch as the server has it now. An empty repository or a new branch gives a tip without a commit."""
    text = _("公開先を調べています")
    listing = yield from _talk(text, repository, "ls-remote", "--symref", "--", target.url, "HEAD", "refs/heads/*")
    heads: dict[str, str] = {}
    branch = target.branch
    for line in listing.splitlines():
        value, _tab, name = line.partition("\t")
        if name == "HEAD" and value.startswith("ref: refs/heads/"):
            branch = branch or value.removeprefix("ref: refs/heads/")
        elif name.startswith("refs/heads/"):
            heads[name.removeprefix("refs/heads/")] = value
    branch = branch or "main"
    if branch not in heads:
        return _Tip(branch, "", {})
    ours = f"refs/tips/{branch}"
    yield from _talk(
        text,
        repository,
        "fetch",
        "--quiet",
        "--depth",
        "1",
        "--no-tags",
        "--",
        target.url,
        f"+refs/heads/{branch}:{ours}",
    )
    commit = git(repository, "rev-parse", "--verify", ours).strip()
    entries = (entry.partition("\t") for entry in git(repository, "ls-tree", "-r", "-z", commit).split("\0") if entry)
    return _Tip(branch, commit, {path: about.split()[2] for about, _tab, path in entries})


def _store(repository: Path, folder: Path, paths: list[str]) -> dict[str, str]:
    """Put every file into our repository byte for byte (no filters) and return its object."""
    if any("\n" in path for path in paths):
        raise UserError(_("ファイル名に改行があるため、git では公開できません。"))
    given = "".join(f"{(folder / path).absolute()}\n" for path in paths)
    objects = git(repository, "hash-object", "-w", "--no-filters", "--stdin-paths", given=given).split()
    return dict(zip(paths, objects, strict=True))


def _compare(folder: Path, files: dict[str, Stamp], blobs: dict[str, str], tip: _Tip, manifest: Manifest) -> Plan:
    """The plan against the branch itself: what lies there decides, the manifest only says what of it is ours."""
    ours: dict[str, Stamp | None] = {}
    for path, content in manifest.files.items():
        if path in tip.blobs:
            ours[path] = content if path not in files else None
    ours |= {path: content for path, content in files.items() if tip.blobs.get(path) == blobs[path]}
    made = plans.compare(folder, files, replace(manifest, files=ours))
    others = {path for path in tip.blobs if path not in ours}
    their_folders = {folder for path in others for folder in _folders(path)}
    return plans.with_foreign(
        made, lambda path: path in others or path in their_folders or not others.isdisjoint(_folders(path))
    )


def _folders(path: str) -> set[str]:
    return {folder.as_posix() for folder in PurePosixPath(path).parents}


def _commit(
    repository: Path, tip: _Tip, made: Plan, blobs: dict[str, str], author: Author, now: datetime, message: str
) -> str:
    index = {"GIT_INDEX_FILE": str(repository / "publish.index")}
    git(repository, "read-tree", *([tip.commit] if tip.commit else ["--empty"]), settings=index)
    lines = [f"0 {'0' * 40}\t{change.path}\0" for change in made.removed]
    lines += [f"100644 {blobs[change.path]}\t{change.path}\0" for change in made.to_send]
    git(repository, "update-index", "-z", "--replace", "--index-info", given="".join(lines), settings=index)
    tree = git(repository, "write-tree", settings=index).strip()
    when = f"{int(now.timestamp())} {now:%z}" if now.tzinfo else f"{int(now.timestamp())} +0000"
    people = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", author.name or "SoloFlow"), ("EMAIL", author.mail), ("DATE", when))
    }
    parents = ["-p", tip.commit] if tip.commit else []
    return git(repository, "commit-tree", tree, *parents, given=message, settings=people).strip()


def _push(repository: Path, target: GitTarget, branch: str, commit: str, made: Plan) -> Generator[Step, None, bool]:
    """Push and read back; False when somebody else was faster."""
    text = _("{count}件を送っています").format(count=len(made.to_send) + len(made.removed))
    try:
        yield from _talk(text, repository, "push", "--quiet", "--", target.url, f"{commit}:refs/heads/{branch}")
    except GitFailedError as error:
        if any(word in error.answer for word in _OVERTAKEN):
            return False
        raise
    seen = yield from _talk(
        _("公開先を確かめています"), repository, "ls-remote", "--", target.url, f"refs/heads/{branch}"
    )
    # Somebody may already have pushed on top of ours; only a branch that is gone means that it did not arrive.
    return bool(seen.strip())


def _remember(ledger: Ledger, files: dict[str, Stamp], made: Plan) -> None:
    for change in made.removed:
        ledger.forget(change.path)
    for path, content in files.items():
        if ledger.manifest.files.get(path) != content:
            ledger.confirm(path, content)
    ledger.finish(files)


def _talk(text: str, repository: Path, *arguments: str) -> Generator[Step, None, str]:
    yield Step(0, 0, text)
    work = git_patiently(repository, *arguments)
    try:
        while True:
            next(work)
            yield Step(0, 0, text)
    except StopIteration as end:
        answer: str = end.value
        return answer
    finally:
        work.close()
