"""`soloflow import --map`: tables nobody knows, from the command line."""

import json
from pathlib import Path

import pytest

from soloflow import cli, i18n

TEXT = "屋号,よびな,でんわ\nアクメ,山田 太郎,9012345678\n"


@pytest.fixture(autouse=True)
def japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    monkeypatch.setenv("SOLOFLOW_NOW", "2026-11-21T20:30:00+09:00")
    i18n.set_language("ja")


@pytest.fixture
def profile(tmp_path: Path) -> list[str]:
    return ["--profile", str(tmp_path / "profile")]


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "名簿.csv"
    path.write_bytes(TEXT.encode("cp932"))
    return str(path)


def test_without_a_mapping_nothing_is_written_and_the_sentence_says_how(
    profile: list[str], file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([*profile, "import", file]) == 1
    told = capsys.readouterr().err
    assert "何も取り込んでいません" in told
    assert "--map" in told


def test_a_dry_run_tells_the_suggested_mapping(
    profile: list[str], file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([*profile, "import", "--dry-run", file]) == 0
    told = capsys.readouterr().out
    assert "屋号 → 会社（アクメ）" in told
    assert "よびな → 氏名（山田 太郎）" in told


def test_columns_are_assigned_and_remembered(profile: list[str], file: str, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--map", "屋号=company", "--map", "よびな=氏名", "--map", "でんわ=mobile"]
    assert cli.run([*profile, "import", "--json", *given, file]) == 0
    assert json.loads(capsys.readouterr().out)["created"] == 1
    assert cli.run([*profile, "import", "--json", file]) == 0
    assert json.loads(capsys.readouterr().out)["same"] == 1


@pytest.mark.parametrize(("given", "says"), [("屋号", "列=項目"), ("屋号=banana", "banana"), ("どこ=name", "どこ")])
def test_a_mapping_that_cannot_be_is_refused(
    profile: list[str], file: str, given: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([*profile, "import", "--map", given, file]) == 1
    assert says in capsys.readouterr().err
