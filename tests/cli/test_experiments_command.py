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
    assert lines[2] == "2  問い合わせの返事に、候補日を3つ書く、2 問合せ・3/26(木)から・期待 70 %、改善"
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
    app.open_workspace(tmp_path / "profile").store.close()
    assert cli.run(["--profile", str(tmp_path / "profile"), "experiments"]) == 0
    assert "まだ改善策はありません" in capsys.readouterr().out
    assert cli.run(["--profile", str(tmp_path / "profile"), "experiments", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def shown(profile: list[str], capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert cli.run([*profile, "experiments", *arguments]) == 0
    return capsys.readouterr().out


def test_one_is_begun_mended_and_taken_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = filled(tmp_path / "profile")
    told = shown(profile, capsys, "start", "事例を先に送る", "--stage", "4", "--expect", "85", "--decide", "2027-05-01")
    assert told.splitlines()[0] == "改善策「事例を先に送る」をはじめました"
    assert "いまは1年以内に少なくとも 73 %（n=61）" in told
    assert "要ります。" in told
    assert "判定日は 2027/5/1。" in told
    assert shown(profile, capsys).startswith("4  事例を先に送る、4 見込顧客")
    assert "直しました" in shown(profile, capsys, "edit", "4", "--note", "早いほどよい")
    assert shown(profile, capsys, "edit", "4", "--note", "早いほどよい") == "変わったところはありません。\n"
    assert "学んだこと：早いほどよい" in shown(profile, capsys)
    assert "削除しました" in shown(profile, capsys, "remove", "4")
    assert "事例を先に送る" not in shown(profile, capsys)


def test_a_plan_is_only_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = filled(tmp_path / "profile")
    told = shown(profile, capsys, "plan", "--stage", "3", "--expect", "70", "--channel", "勉強会")
    assert "前と後それぞれ約" in told
    assert "と時期が重なります。どちらが効いたのかは見分けられません。" in told
    assert len(json.loads(shown(profile, capsys, "--json"))) == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("start", "案"), "--stage"),
        (("start", "案", "--stage", "9"), "1から8"),
        (("start", "", "--stage", "3"), "ひとことで"),
        (("start", "案", "--stage", "3", "--expect", "140"), "1から100"),
        (("start", "案", "--stage", "3", "--expect", "0"), "1から100"),
        (("start", "案", "--stage", "3", "--decide", "2026-11-20"), "明日より後"),
        (("start", "案", "--stage", "3", "--channel", "のろし"), "「のろし」というチャネルはありません"),
        (("edit", "案"), "番号を書いてください"),
        (("edit", "99", "--note", "x"), "番号99の改善策はありません"),
        (("edit", "1", "--stage", "2"), "変えられません"),
        (("remove", "99"), "もう削除されています"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    profile = filled(tmp_path / "profile")
    assert cli.run([*profile, "experiments", *arguments]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [("start", "案", "--stage", "x"), ("start", "案", "--decide", "明日"), ("end",)])
def test_wrong_usage_ends_with_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.run(["--profile", str(tmp_path / "profile"), "experiments", *arguments])
    assert ended.value.code == 2
