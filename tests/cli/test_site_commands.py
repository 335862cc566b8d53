"""`soloflow site …` as scripts use it: real profiles, real folders, a real bare repository."""

import json
import subprocess
from pathlib import Path

import pytest

from soloflow import cli, i18n, resources

SAMPLE = resources.path("sample", "site.json")
Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    monkeypatch.setenv("SOLOFLOW_NOW", "2026-11-21T20:30:00+09:00")
    i18n.set_language("ja")


@pytest.fixture
def profile(tmp_path: Path, capsys: Printed) -> list[str]:
    """A profile that holds the sample's words."""
    made = ["--profile", str(tmp_path / "profile")]
    assert cli.run([*made, "site", "content", "import", str(SAMPLE)]) == 0
    capsys.readouterr()
    return made


def test_build_says_how_many_pages_there_are(profile: list[str], tmp_path: Path, capsys: Printed) -> None:
    assert cli.run([*profile, "site", "build", str(tmp_path / "out")]) == 0
    assert "ページあります" in capsys.readouterr().out
    assert (tmp_path / "out" / "index.html").is_file()


def test_building_twice_writes_nothing_the_second_time(profile: list[str], tmp_path: Path, capsys: Printed) -> None:
    cli.run([*profile, "site", "build", str(tmp_path / "out")])
    capsys.readouterr()
    assert cli.run([*profile, "site", "build", str(tmp_path / "out")]) == 0
    assert "書いたファイル 0" in capsys.readouterr().out


def test_an_empty_profile_is_told_what_to_mend(tmp_path: Path, capsys: Printed) -> None:
    assert cli.run(["--profile", str(tmp_path / "empty"), "site", "check"]) == 1
    assert "profile.mail" in capsys.readouterr().out


def test_the_sample_passes_the_check(profile: list[str], capsys: Printed) -> None:
    assert cli.run([*profile, "site", "check"]) == 0
    assert "error" not in capsys.readouterr().out


def test_content_goes_out_and_comes_back_the_same(profile: list[str], tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    assert cli.run([*profile, "site", "content", "export", str(first)]) == 0
    other = ["--profile", str(tmp_path / "other")]
    assert cli.run([*other, "site", "content", "import", str(first)]) == 0
    assert cli.run([*other, "site", "content", "export", str(second)]) == 0
    assert json.loads(second.read_text("utf-8")) == json.loads(first.read_text("utf-8"))


def test_content_that_is_none_is_refused_with_a_sentence(profile: list[str], tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "broken.json").write_text("{")
    assert cli.run([*profile, "site", "content", "import", str(tmp_path / "broken.json")]) == 1
    said = capsys.readouterr().err
    assert "内容は変えていません" in said
    assert "Traceback" not in said


def test_a_dry_run_shows_the_files_and_sends_none(profile: list[str], tmp_path: Path, capsys: Printed) -> None:
    assert cli.run([*profile, "site", "publish", str(tmp_path / "public"), "--dry-run"]) == 0
    assert "追加  index.html" in capsys.readouterr().out
    assert not (tmp_path / "public" / "index.html").exists()


def test_publishing_to_a_bare_repository_shows_one_changed_page_the_second_time(
    profile: list[str], tmp_path: Path, capsys: Printed
) -> None:
    bare = tmp_path / "site.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(bare)], check=True)
    assert cli.run([*profile, "site", "publish", str(bare)]) == 0
    words = json.loads(SAMPLE.read_text("utf-8"))
    words["privacy"]["text"] += "\n\n以上です。"
    (tmp_path / "words.json").write_text(json.dumps(words), encoding="utf-8")
    cli.run([*profile, "site", "content", "import", str(tmp_path / "words.json")])
    capsys.readouterr()
    assert cli.run([*profile, "site", "publish", str(bare)]) == 0
    pages = [
        line.split()[1] for line in capsys.readouterr().out.splitlines() if line.startswith("変更") and ".html" in line
    ]
    assert pages == ["privacy/index.html"]
    sent = subprocess.run(
        ["git", "-C", str(bare), "show", "main:privacy/index.html"], check=True, capture_output=True, text=True
    )
    assert "以上です。" in sent.stdout


def test_an_unknown_target_is_refused_with_a_sentence(profile: list[str], capsys: Printed) -> None:
    assert cli.run([*profile, "site", "publish", "ftp://example.jp/"]) == 1
    assert "公開できません" in capsys.readouterr().err
