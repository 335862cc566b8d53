"""A small built site, and the git repositories it goes to: real folders, real repositories."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from soloflow.publish.git import Author, plan_git, publish_git
from soloflow.publish.plan import Plan
from soloflow.publish.steps import Published, Step, run
from soloflow.publish.targets import GitTarget

AUTHOR = Author("井上 花", "hana@example.jp")
NOW = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)


def page(title: str, body: str = "") -> str:
    return f"<!doctype html><title>{title}</title><p>{body}</p>\n"


def write_site(folder: Path) -> Path:
    for path, text in {
        "index.html": page("ホーム"),
        "works/index.html": page("実績"),
        "works/inventory/index.html": page("在庫管理の刷新"),
        "assets/site.3f2a.css": "body { color: #123 }\n",
        "feed.xml": "<feed/>\n",
        "sitemap.xml": "<urlset/>\n",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    (folder / "assets/card.png").write_bytes(bytes(range(256)) * 8 + b"\r\n")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def git(where: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(where), *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


class Remote:
    """A bare repository on disk, and a profile that publishes to it."""

    def __init__(self, folder: Path) -> None:
        self.bare = folder / "remote.git"
        self.manifest = folder / "profile" / "publish" / "remote.jsonl"
        self.cache = folder / "profile" / "cache"
        self.target = GitTarget(str(self.bare), "gh-pages")
        git(folder, "init", "--quiet", "--bare", str(self.bare))

    def plan(self, site: Path) -> Plan:
        return run(plan_git(site, self.target, self.manifest, self.cache), lambda _step: None)

    def publish(
        self, site: Path, on_step: Callable[[Step], None] = lambda _step: None, *, replace_foreign: bool = False
    ) -> Published:
        steps = publish_git(site, self.target, self.manifest, self.cache, AUTHOR, NOW, replace_foreign=replace_foreign)
        return run(steps, on_step)

    def files(self, branch: str = "gh-pages") -> dict[str, bytes]:
        listed = git(self.bare, "ls-tree", "-r", "-z", "--name-only", branch).split("\0")
        return {path: self.content(path, branch) for path in listed if path}

    def content(self, path: str, branch: str = "gh-pages") -> bytes:
        return subprocess.run(
            ["git", "-C", str(self.bare), "show", f"{branch}:{path}"], capture_output=True, check=True
        ).stdout

    def touched(self, branch: str = "gh-pages") -> list[str]:
        """The paths the newest commit changed."""
        return git(self.bare, "diff-tree", "-r", "--root", "--no-commit-id", "--name-only", branch).splitlines()

    def count(self, branch: str = "gh-pages") -> int:
        return int(git(self.bare, "rev-list", "--count", branch))

    def push_of_somebody(self, path: str, text: str, branch: str = "gh-pages") -> None:
        """Somebody else clones, changes one file and pushes."""
        clone = self.bare.with_name(f"somebody-{path.replace('/', '-')}")
        if branch in git(self.bare, "branch", "--format=%(refname:short)").splitlines():
            git(self.bare.parent, "clone", "--quiet", "--branch", branch, str(self.bare), str(clone))
        else:
            git(self.bare.parent, "clone", "--quiet", str(self.bare), str(clone))
            git(clone, "checkout", "--quiet", "-b", branch)
        (clone / path).parent.mkdir(parents=True, exist_ok=True)
        (clone / path).write_text(text)
        git(clone, "add", "--all")
        git(clone, "commit", "--quiet", "-m", path)
        git(clone, "push", "--quiet", "origin", branch)
