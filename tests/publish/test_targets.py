"""What a typed target means."""

from pathlib import Path

import pytest

from soloflow.domain.errors import UserError
from soloflow.publish.manifest import manifest_file
from soloflow.publish.targets import FolderTarget, GitTarget, Target, parse_target


@pytest.mark.parametrize(
    ("text", "target"),
    [
        (
            "git+ssh://git@host.example/me/site.git#gh-pages",
            GitTarget("ssh://git@host.example/me/site.git", "gh-pages"),
        ),
        ("git@host.example:me/x.git", GitTarget("git@host.example:me/x.git")),
        ("git@host.example:me/x#pages", GitTarget("git@host.example:me/x", "pages")),
        ("https://host.example/me/x.git", GitTarget("https://host.example/me/x.git")),
        ("https://host.example/me/x", GitTarget("https://host.example/me/x")),
        ("/srv/git/site.git#gh-pages", GitTarget("/srv/git/site.git", "gh-pages")),
        ("git:/srv/git/site#a/b", GitTarget("/srv/git/site", "a/b")),
        ("git:git@host.example:me/x.git", GitTarget("git@host.example:me/x.git")),
        ("file:///srv/git/site.git", GitTarget("file:///srv/git/site.git")),
        ("  /srv/www  ", FolderTarget(Path("/srv/www"))),
        ("folder:/srv/odd.git", FolderTarget(Path("/srv/odd.git"))),
        ("/srv/www#1", FolderTarget(Path("/srv/www#1"))),
    ],
)
def test_a_typed_target_is_understood(text: str, target: Target) -> None:
    assert parse_target(text) == target


def test_a_relative_folder_is_taken_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert parse_target("out") == FolderTarget(tmp_path / "out")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "folder:",
        "git:",
        "ftp://host.example/www",
        "ext::sh -c id://x",
        "git:--upload-pack=id",
        "git@host.example:me/x.git#",
        "git@host.example:me/x.git#-b",
        "git@host.example:me/x.git#a..b",
        "git@host.example:me/x.git#a b",
        "https://",
        "https://[::1/x.git",
    ],
)
def test_what_cannot_be_published_to_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        parse_target(text)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(UserError) as refusal:
        parse_target("https://me:s3cret@host.example/x.git")
    assert "s3cret" not in str(refusal.value)


def test_every_target_has_a_record_of_its_own(tmp_path: Path) -> None:
    targets = [FolderTarget(Path("/a")), FolderTarget(Path("/b")), GitTarget("/a", "x"), GitTarget("/a", "y")]
    assert len({manifest_file(tmp_path, target) for target in targets}) == len(targets)
