"""Folders with names that mean something elsewhere: in an address, in a pattern, in another encoding."""

import json
import os
import sys
from pathlib import Path

import pytest

from profiles import open_workspace, person
from soloflow import app, cli, resources
from soloflow.domain.errors import UserError
from soloflow.services import backups, customers, prospects
from soloflow.services.workspace import Workspace
from soloflow.store.database import FILE_NAME

NAMES = ["a?b", "a%20b", "a%zz", "a#b", "two words", "日本😀", "x" * 200, "[a]*", "a'b;c", "-dash"]
if sys.platform.startswith("linux"):
    NAMES.append(os.fsdecode(b"\x93\xfa\x96\x7b"))  # 日本 as cp932 writes it


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_profile_is_written_read_and_copied_whatever_its_folder_is_called(tmp_path: Path, name: str) -> None:
    place = tmp_path / name
    ws = app.open_workspace(place)
    prospects.add(ws, person("山田 太郎"))
    copy = backups.take(ws)
    ws.store.close()
    assert {path.name for path in tmp_path.iterdir()} == {name}, "nothing was written beside it"
    kept = app.restore(place, copy)
    assert kept is not None
    again = app.open_workspace(place)
    assert len(customers.listing(again, customers.Filter()).ids) == 1
    again.store.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="file names are text here")
def test_files_whose_names_are_no_text_are_brought_in_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / os.fsdecode(b"\x93\xfa")
    place.mkdir()
    file = place / os.fsdecode(b"\x96\x7b.csv")
    file.write_bytes(resources.path("sample", "google_contacts.csv").read_bytes())
    mine = ["--profile", str(tmp_path / "profile")]
    for command in (
        ["import", str(file)], ["export", str(place / "out")], ["backup", str(place / "copy.db")],
        ["site", "publish", str(place / "public")], ["restore", str(place / "copy.db")], ["check"],
    ):  # fmt: skip
        assert cli.run([*mine, *command]) == 0, capsys.readouterr().err


def test_what_is_no_text_is_refused_and_nothing_is_written(ws: Workspace) -> None:
    with pytest.raises(UserError, match="保存できませんでした"):
        prospects.add(ws, person("半分の絵文字\ud83d"))
    assert len(customers.listing(ws, customers.Filter()).ids) == 0


def test_a_profile_may_be_named_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["--profile", "here", "add", "山田太郎 yamada@example.co.jp"]) == 0
    assert cli.run(["--profile", "./here/../here", "numbers", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.partition("\n")[2])["prospects"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


def test_a_profile_behind_a_link_is_the_same_profile(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    first = app.open_workspace(tmp_path / "link")
    prospects.add(first, person("山田 太郎"))
    first.store.close()
    second = open_workspace(tmp_path / "real" / FILE_NAME)
    assert len(customers.listing(second, customers.Filter()).ids) == 1
    second.store.close()
