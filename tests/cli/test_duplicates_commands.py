"""`soloflow duplicates` and `soloflow merge` as scripts use them."""

import json
from pathlib import Path

import pytest

from soloflow import app, cli, i18n
from soloflow.domain.candidates import Candidate
from soloflow.services import prospects


@pytest.fixture(autouse=True)
def japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    i18n.set_language("ja")


@pytest.fixture
def profile(tmp_path: Path) -> list[str]:
    ws = app.open_workspace(tmp_path / "profile")
    for name in ("渡邉 健", "渡辺 健"):
        family, _space, given = name.partition(" ")
        prospects.add(ws, Candidate(name=name, family=family, given=given, emails=("ken@example.jp",)))
    ws.store.close()
    return ["--profile", str(tmp_path / "profile")]


def test_pairs_are_listed_and_merged_by_their_ids(profile: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([*profile, "duplicates"]) == 0
    assert capsys.readouterr().out == "確か  c1  c2  渡邉 健／渡辺 健  同じメール・同じ名前\n"
    assert cli.run([*profile, "merge", "c2", "c1"]) == 0
    assert capsys.readouterr().out == "渡邉 健さんにまとめました\n"
    assert cli.run([*profile, "duplicates"]) == 0
    assert capsys.readouterr().out == "かさなりはありません。\n"


def test_pairs_are_given_to_scripts(profile: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([*profile, "duplicates", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "certainty": "sure", "kind": "contact", "reasons": ["same_mail", "same_name"],
            "first": {"id": "c1", "name": "渡邉 健", "company": ""}, "second": {"id": "c2", "name": "渡辺 健", "company": ""},
        }
    ]  # fmt: skip


@pytest.mark.parametrize("ids", [("c1", "p2"), ("1", "2"), ("c1", "c1"), ("c1", "c99"), ("c1", "c" + "9" * 30)])
def test_what_cannot_be_merged_is_said_and_nothing_changes(
    profile: list[str], capsys: pytest.CaptureFixture[str], ids: tuple[str, str]
) -> None:
    assert cli.run([*profile, "merge", *ids]) == 1
    assert "何も変えていません" in capsys.readouterr().err
    assert cli.run([*profile, "duplicates"]) == 0
    assert "渡邉 健" in capsys.readouterr().out
