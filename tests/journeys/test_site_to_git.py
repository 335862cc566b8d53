"""The site goes to a git branch twice; the second time one page is another, shown before, and nothing else changes."""

import shutil
import subprocess
from pathlib import Path

import pytest
from person import Person

from conftest import Desk

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]


def git(repository: Path, *words: str) -> str:
    """What git says of the repository."""
    asked = subprocess.run(["git", "-C", str(repository), *words], capture_output=True, text=True, check=True)
    return asked.stdout


def publishes(person: Person, bare: Path, times: int) -> None:
    person.clicks_ending("件を公開")
    person.waits_until(lambda: int(git(bare, "rev-list", "--all", "--count")) == times, "nothing was pushed")
    person.sees("前回 11/21(土)")


def test_a_second_publication_sends_the_one_page_that_is_another(desk: Desk, person: Person, tmp_path: Path) -> None:
    bare = tmp_path / "site.git"
    subprocess.run(["git", "init", "-q", "--bare", str(bare)], check=True)
    desk.starts()
    person.presses("Ctrl+5")
    person.sees_window("サイト")
    person.writes("見出し", "棚卸しの夜を、夕方までに終えます。")
    person.clicks("名前と連絡先")
    person.writes("お名前", "佐伯 優斗")
    person.writes("メール", "hello@example.jp")
    person.clicks("公開先")
    person.writes("公開先", f"{bare.as_uri()}#gh-pages")
    person.presses("Enter")
    person.clicks("公開の計画を見る")
    publishes(person, bare, 1)
    first = git(bare, "ls-tree", "-r", "gh-pages").splitlines()
    assert any(line.endswith("\tindex.html") for line in first)

    person.clicks("誰に・何を")
    person.writes("見出し", "見積を、昼休みのあいだに。")
    person.sees("変わった章 1")
    person.clicks("公開の計画を見る")
    person.sees("1件を公開")
    person.photographs("second-plan")
    publishes(person, bare, 2)
    changed = git(bare, "diff", "--name-only", "gh-pages~1", "gh-pages").split()
    assert changed == ["index.html"]
    assert "見積を、昼休みのあいだに。" in git(bare, "show", "gh-pages:index.html")
