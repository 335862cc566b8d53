"""`soloflow experiments`: everything tried, as sentences and as JSON."""

import json
from pathlib import Path

import pytest

from soloflow import app, cli, i18n
from soloflow.services import sample


@pytest.fixture(autouse=True)
def japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    monkeypatch.setenv("SOLOFLOW_NOW", "2026-11-21T20:30:00+09:00")
    i18n.set_language("ja")


def filled(folder: Path) -> list[str]:
    ws = app.open_workspace(folder)
    sample.fill(ws)
    ws.store.close()
    return ["--profile", str(folder)]


def test_the_list_is_told_in_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = filled(tmp_path / "profile")
    assert cli.run([*profile, "experiments"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == "問い合わせの返事に、候補日を3つ書く、2 問合せ・3/26(木)から・期待 70 %、改善"
    assert lines[3].startswith("  75日以内に進む率は 55 % → 72 %")
    assert lines[4].startswith("  学んだこと：返事の早さより")


def test_the_list_as_json_has_every_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = filled(tmp_path / "profile")
    assert cli.run([*profile, "experiments", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["verdict"] for one in found] == ["waiting", "improved", "tendency"]
    assert found[0]["days_left"] == 80
    change = found[1]["change"]
    assert change["before"]["n"] == 89
    assert change["after"]["n"] == 38
    assert change["prob_improved"] >= 0.95
    assert change["lo"] < change["lo90"] < change["difference"] < change["hi90"] < change["hi"]


def test_without_any_it_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--profile", str(tmp_path / "profile"), "experiments"]) == 0
    assert "まだ改善策はありません" in capsys.readouterr().out
    assert cli.run(["--profile", str(tmp_path / "profile"), "experiments", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
