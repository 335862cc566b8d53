import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from soloflow import resources
from soloflow.domain.errors import UserError
from soloflow.services import desktop

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="desktop files are for freedesktop systems")


def entry(path: Path) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    read.optionxform = str
    read.read(path, encoding="utf-8")
    return read


def validated(path: Path) -> None:
    """By the freedesktop tool, where it is installed."""
    tool = shutil.which("desktop-file-validate")
    if tool is not None:
        found = subprocess.run([tool, str(path)], capture_output=True, text=True, check=False)
        assert (found.returncode, found.stdout) == (0, "")


def test_the_shipped_file_has_the_action_in_both_languages():
    path = resources.path("desktop", "soloflow.desktop")
    read = entry(path)
    assert read["Desktop Entry"]["Actions"] == "capture;"
    assert read["Desktop Entry"]["StartupNotify"] == "true"
    assert read["Desktop Action capture"]["Name[ja]"] == "記録する"
    assert read["Desktop Action capture"]["Exec"] == "soloflow capture"
    assert resources.path("desktop", f"{read['Desktop Entry']['Icon']}.svg").exists()
    validated(path)


def test_installing_names_the_command_by_its_whole_path(tmp_path):
    placed = desktop.install(("/opt/solo flow/bin/soloflow",), tmp_path)
    assert placed == [tmp_path / place for place in desktop.FILES.values()]
    read = entry(tmp_path / "applications" / "soloflow.desktop")
    assert read["Desktop Entry"]["Exec"] == '"/opt/solo flow/bin/soloflow"'
    assert read["Desktop Action capture"]["Exec"] == '"/opt/solo flow/bin/soloflow" capture'
    assert "TryExec" not in read["Desktop Entry"]
    validated(placed[0])


@pytest.mark.parametrize(
    ("word", "quoted"),
    [
        ("/usr/bin/soloflow", "/usr/bin/soloflow"),
        ("/a b/x", '"/a b/x"'),
        ("/100%/x", "/100%%/x"),
        ('/a"$b/x', '"/a\\\\"\\\\$b/x"'),
    ],
)
def test_words_of_the_command_are_quoted_as_the_specification_says(tmp_path, word, quoted):
    desktop.install((word, "-m"), tmp_path)
    assert f"Exec={quoted} -m" in (tmp_path / desktop.FILES["soloflow.desktop"]).read_text().splitlines()


def test_removing_takes_away_what_was_put_there_and_nothing_else(tmp_path):
    desktop.install(("/usr/bin/soloflow",), tmp_path)
    (tmp_path / "applications" / "other.desktop").write_text("[Desktop Entry]\n")
    assert sorted(desktop.remove(tmp_path)) == sorted(tmp_path / place for place in desktop.FILES.values())
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["other.desktop"]
    assert desktop.remove(tmp_path) == []


def test_a_file_of_somebody_else_is_neither_overwritten_nor_removed(tmp_path):
    own = tmp_path / desktop.FILES["soloflow.desktop"]
    own.parent.mkdir()
    own.write_text("[Desktop Entry]\nName=Mine\n")
    with pytest.raises(UserError, match="同じ名前のファイル"):
        desktop.install(("/usr/bin/soloflow",), tmp_path)
    assert desktop.remove(tmp_path) == []
    assert own.read_text() == "[Desktop Entry]\nName=Mine\n"


def test_installing_twice_is_installing_once(tmp_path):
    desktop.install(("/old/soloflow",), tmp_path)
    desktop.install(("/new/soloflow",), tmp_path)
    assert "Exec=/new/soloflow" in (tmp_path / desktop.FILES["soloflow.desktop"]).read_text()


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "applications").write_text("a file in the way")
    with pytest.raises(UserError, match="置けませんでした"):
        desktop.install(("/usr/bin/soloflow",), tmp_path)


@pytest.mark.parametrize(("platform", "word"), [("win32", "スタートメニュー"), ("darwin", "ショートカット.app")])
def test_elsewhere_it_says_how_it_is_done(platform, word, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", platform)
    with pytest.raises(UserError, match=word):
        desktop.install(("soloflow",), tmp_path)


def test_the_command_installs_into_the_folder_of_the_environment(tmp_path, monkeypatch, capsys):
    from soloflow.cli import run

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert run(["desktop", "install"]) == 0
    assert "置きました" in capsys.readouterr().out
    assert run(["desktop", "remove"]) == 0
    assert run(["desktop", "remove"]) == 0
    assert "取り除くものはありません" in capsys.readouterr().out
