"""`soloflow qr`, `export` as vCard, and `import` of a picture, as scripts use them."""

from datetime import date
from pathlib import Path

import pytest

from pictures_of_codes import as_bytes, code
from soloflow import app, cli, i18n
from soloflow.capture.qr import codes_of
from soloflow.capture.reading import read
from soloflow.services import meetups, sharing, site


@pytest.fixture(autouse=True)
def japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    monkeypatch.setenv("SOLOFLOW_NOW", "2026-11-21T20:30:00+09:00")
    i18n.set_language("ja")


@pytest.fixture
def profile(tmp_path: Path) -> list[str]:
    ws = app.open_workspace(tmp_path / "profile")
    site.save_section(ws, "profile", {"name": "髙﨑 花子", "mail": "h@example.jp", "base_url": "https://example.jp/"})
    meetups.create(ws, "第15回 町工場×ソフト夜話", date(2026, 11, 21))
    meetups.create(ws, "第3回 朝活", date(2026, 11, 20))
    meetups.create(ws, "第4回 朝活", date(2026, 11, 21))
    ws.store.close()
    return ["--profile", str(tmp_path / "profile")]


def says(file: Path) -> str:
    return codes_of(file.name, file.read_bytes())[0].text


def test_the_card_is_written_as_a_picture(profile: list[str], tmp_path: Path) -> None:
    assert cli.run([*profile, "qr", "card", str(tmp_path / "card.png")]) == 0
    assert read("x", says(tmp_path / "card.png").encode()).candidates[0].name == "髙﨑 花子"


def test_the_link_of_a_meetup_gets_its_code(
    profile: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([*profile, "qr", "site", "--meetup", "夜話", str(tmp_path / "site.png")]) == 0
    assert says(tmp_path / "site.png") == "https://example.jp/?s=261121"
    assert capsys.readouterr().out.splitlines()[-1] == "https://example.jp/?s=261121"


def test_without_a_file_it_is_drawn_in_the_terminal(profile: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([*profile, "qr", "site"]) == 0
    *blocks, link = capsys.readouterr().out.splitlines()
    assert link == "https://example.jp/"
    assert "\n".join(blocks) == sharing.as_blocks(sharing.draw(link))


@pytest.mark.parametrize(
    ("name", "sentence"), [("朝活", "もしかして：第4回 朝活、第3回 朝活"), ("ない会", "という勉強会はありません")]
)
def test_an_unclear_meetup_is_refused(
    profile: list[str], capsys: pytest.CaptureFixture[str], name: str, sentence: str
) -> None:
    assert cli.run([*profile, "qr", "site", "--meetup", name]) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(("kind", "sentence"), [("card", "名前がまだありません"), ("site", "アドレスがまだありません")])
def test_missing_facts_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, sentence: str) -> None:
    app.open_workspace(tmp_path / "empty").store.close()
    assert cli.run(["--profile", str(tmp_path / "empty"), "qr", kind]) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("command", [["qr"], ["qr", "card"], ["qr", "site"]])
def test_it_has_help(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.run([*command, "--help"])
    assert left.value.code == 0


def test_a_picture_is_imported_like_any_file(
    profile: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "card.png").write_bytes(as_bytes(code("MECARD:N:山田,太郎;TEL:09012345678;;")))
    assert cli.run([*profile, "import", str(tmp_path / "card.png")]) == 0
    assert cli.run([*profile, "export", str(tmp_path / "out.vcf"), "--vcard", "4.0"]) == 0
    text = (tmp_path / "out.vcf").read_text(encoding="utf-8")
    assert "VERSION:4.0" in text
    assert "FN:山田 太郎" in text
    assert "1人" in capsys.readouterr().out
