"""A folder that --profile names and that holds no data: commands that read say so and make nothing there."""

from pathlib import Path

import pytest

from soloflow import cli, i18n

Printed = pytest.CaptureFixture[str]
READING = (
    ["numbers"], ["numbers", "--json"], ["report", "--month", "2026-10", "x.html"], ["export", "out"], ["export", "all.vcf"],
    ["backup"], ["check"], ["experiments"], ["imports"], ["imports", "undo", "1"], ["duplicates"], ["qr", "card"],
)  # fmt: skip


@pytest.fixture(autouse=True)
def japanese(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    i18n.set_language("ja")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("words", READING, ids=" ".join)
@pytest.mark.parametrize("is_there", [False, True], ids=["no folder", "an empty folder"])
def test_a_command_that_reads_refuses_a_profile_without_data(
    tmp_path: Path, capsys: Printed, words: list[str], is_there: bool
) -> None:
    profile = tmp_path / "mistyped"
    if is_there:
        profile.mkdir()
    before = sorted(tmp_path.rglob("*"))
    assert cli.run(["--profile", str(profile), *words]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        f"{profile} には SoloFlow のデータがありません。--profile のフォルダーを確かめてください。何もつくっていません。\n"
    )
    assert sorted(tmp_path.rglob("*")) == before


def test_writing_somebody_down_begins_a_profile(tmp_path: Path) -> None:
    mine = ["--profile", str(tmp_path / "new")]
    assert cli.run([*mine, "add", "山田太郎 yamada@example.co.jp"]) == 0
    assert cli.run([*mine, "numbers"]) == 0


def test_the_usual_profile_is_begun_by_any_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soloflow.app.default_profile", lambda: tmp_path / "usual")
    assert cli.run(["numbers"]) == 0
    assert (tmp_path / "usual").is_dir()
