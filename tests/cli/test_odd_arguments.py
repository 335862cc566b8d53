"""What people and scripts really type: nothing, too much, in another encoding. A sentence each, and the right exit code."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from soloflow import app, cli, i18n, resources
from soloflow.capture import reading

Printed = pytest.CaptureFixture[str]
AT_ONCE = 20 if os.environ.get("SOLOFLOW_THOROUGH") else 6


@pytest.fixture(autouse=True)
def japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    i18n.set_language("ja")


@pytest.fixture
def profile(tmp_path: Path) -> list[str]:
    return ["--profile", str(tmp_path / "profile")]


def piped(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))


def people(profile: list[str], tmp_path: Path) -> list[dict[str, object]]:
    assert cli.run([*profile, "export", str(tmp_path / "out")]) == 0
    found: list[dict[str, object]] = json.loads((tmp_path / "out" / "everything.json").read_text("utf-8"))["contacts"]
    return found


@pytest.mark.parametrize(
    "arguments",
    [
        ["--profile", "", "check"], ["export", ""], ["backup", ""], ["import", ""], ["site", "build", ""], ["demo", ""],
        ["numbers", "--prospects", "p.csv"], ["numbers", "--change-at", "2026-01-01"], ["numbers", "--change-stage", "1"],
        ["numbers", "--target-orders", "3"], ["numbers", "--target-days", "90"],
        ["numbers", "--target-orders", "3", "--target-days", "nan"], ["numbers", "--target-orders", "3", "--target-days", "inf"],
        ["numbers", "--target-orders", "3", "--target-days", "1e12"], ["numbers", "--target-orders", "-3", "--target-days", "9"],
        ["numbers", "--target-orders", "3", "--target-days", "-9"], ["numbers", "--as-of", "yesterday"],
        ["numbers", "--as-of", "9999-12-31T23:59:59+00:00"], ["numbers", "--as-of", "0001-01-01"],
        ["numbers", "--change-at", "2026-01-01", "--change-stage", "1", "--change-days", "nan"],
        ["numbers", "--change-at", "2026-01-01", "--change-stage", "1", "--change-days", "0"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_cannot_be_meant_is_wrong_usage(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as left:
        cli.run(arguments)
    assert left.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "使い方が違います" in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("now", ["garbage", "2026-11-21T10:00:00", "9999-12-31T23:00:00+00:00"])
def test_a_clock_that_tells_no_time_is_named(
    profile: list[str], now: str, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    monkeypatch.setenv("SOLOFLOW_NOW", now)
    for command in (["add", "山田太郎 yamada@example.co.jp"], ["numbers"], ["restore", "x.db"], ["backup"]):
        assert cli.run([*profile, *command]) == 1
    assert "SOLOFLOW_NOW" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_a_piped_list_is_read_in_any_encoding_and_with_any_line_ends(
    profile: list[str], tmp_path: Path, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(monkeypatch, "山田太郎 yamada@example.co.jp\r\n\r\n髙橋花子 090-1234-5678\r\n".encode(encoding, "replace"))
    assert cli.run([*profile, "add", "-"]) == 0
    names = [one["name"] for one in people(profile, tmp_path)]
    assert names[0] == "山田 太郎"
    assert len(names) == 2


def test_a_line_typed_in_another_encoding_is_read(profile: list[str], tmp_path: Path) -> None:
    assert cli.run([*profile, "add", os.fsdecode("山田太郎 yamada@example.co.jp".encode("cp932"))]) == 0
    assert [one["name"] for one in people(profile, tmp_path)] == ["山田 太郎"]


def test_marks_that_no_text_holds_do_not_get_into_a_name(
    profile: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(monkeypatch, "山田\0太郎 yamada@example.co.jp".encode())
    assert cli.run([*profile, "add", "-"]) == 0
    assert "\0" not in str(people(profile, tmp_path))


def test_somebody_known_by_a_number_alone_is_recorded(profile: list[str], tmp_path: Path) -> None:
    assert cli.run([*profile, "add", "090-1234-5678"]) == 0
    assert len(people(profile, tmp_path)) == 1


def test_a_list_with_a_line_that_names_nobody_is_recorded_but_for_that_line(
    profile: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    piped(monkeypatch, "山田太郎 yamada@example.co.jp\n----\n佐藤花子 sato@example.co.jp\n".encode())
    assert cli.run([*profile, "add", "-"]) == 0
    assert capsys.readouterr().err.startswith("2行目は")
    assert [one["name"] for one in people(profile, tmp_path)] == ["山田 太郎", "佐藤 花子"]


def test_a_list_that_names_nobody_at_all_is_refused(
    profile: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    piped(monkeypatch, b"----\n====\n")
    assert cli.run([*profile, "add", "-"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "何も記録していません" in said.err


def test_a_line_that_is_in_the_list_twice_makes_nobody_twice(
    profile: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(
        monkeypatch,
        "山田太郎 yamada@example.co.jp\n山田太郎 課長 yamada@example.co.jp\n佐藤花子 yamada@example.co.jp\n".encode(),
    )
    assert cli.run([*profile, "add", "-"]) == 0
    assert [(one["name"], one["title"]) for one in people(profile, tmp_path)] == [
        ("山田 太郎", "課長"),
        ("佐藤 花子", ""),
    ]


def test_a_name_alone_is_never_taken_for_somebody_known_but_told(
    profile: list[str], tmp_path: Path, capsys: Printed
) -> None:
    assert cli.run([*profile, "add", "山田太郎 yamada@example.co.jp"]) == 0
    assert capsys.readouterr().err == ""
    for line in ("山田太郎", "山田太郎 (株)アクメ"):
        assert cli.run([*profile, "add", line]) == 0
        assert "似た人がすでにいます" in capsys.readouterr().err
    assert len(people(profile, tmp_path)) == 3


def test_of_very_long_and_strange_names_nothing_is_lost(profile: list[str], tmp_path: Path) -> None:
    long = "山田 " + "太" * 900
    for line in (f"{long} yamada@example.co.jp", "😀田🎌郎 emoji@example.co.jp"):
        assert cli.run([*profile, "add", line]) == 0
    assert cli.run([*profile, "check"]) == 0
    assert people(profile, tmp_path)[1]["name"] == "😀田🎌郎"
    assert "太" * 900 in (tmp_path / "out" / "everything.json").read_text("utf-8"), "as a note, if it is no name"


def test_of_several_files_none_is_written_when_one_cannot_be_read(
    profile: list[str], tmp_path: Path, capsys: Printed
) -> None:
    good = resources.path("sample", "google_contacts.csv")
    (tmp_path / "songs.csv").write_bytes(b"title,artist\r\nSakura,Anon\r\n")
    assert cli.run([*profile, "import", str(good), str(tmp_path / "songs.csv"), "--json"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "songs.csv" in said.err
    assert people(profile, tmp_path) == []


def test_a_restore_into_a_profile_that_is_a_file_is_refused(tmp_path: Path, capsys: Printed) -> None:
    app.open_workspace(tmp_path / "mine").store.close()
    assert cli.run(["--profile", str(tmp_path / "mine"), "backup", str(tmp_path / "copy.db")]) == 0
    (tmp_path / "file").write_bytes(b"mine")
    assert cli.run(["--profile", str(tmp_path / "file"), "restore", str(tmp_path / "copy.db")]) == 1
    assert str(tmp_path / "file") in capsys.readouterr().err
    assert (tmp_path / "file").read_bytes() == b"mine"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_a_file_that_never_ends_is_refused(
    profile: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 2**20)
    assert cli.run([*profile, "import", "/dev/zero"]) == 1
    assert "何も取り込んでいません" in capsys.readouterr().err


def test_instants_at_the_ends_of_the_calendar_are_dropped_and_named(tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "log.csv").write_text(
        "prospect_id,to_stage,at,kind\nA,1,0001-01-01,enter\nB,1,9999-12-31T23:59:59Z,enter\nC,1,2026-01-01,enter\n",
        encoding="utf-8",
    )
    command = ["numbers", "--events", str(tmp_path / "log.csv"), "--as-of", "2026-09-30", "--json"]
    assert cli.run(command) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["prospects"] == 1
    assert len(said.err.splitlines()) == 2


def test_a_log_from_elsewhere_is_read_in_the_zone_of_the_profile(
    profile: list[str], tmp_path: Path, capsys: Printed
) -> None:
    (tmp_path / "profile").mkdir()
    (tmp_path / "profile" / "settings.toml").write_text('time_zone = "America/New_York"\n', encoding="utf-8")
    (tmp_path / "log.csv").write_text(
        "prospect_id,to_stage,at,kind\nA,1,2026-01-01T03:00:00Z,enter\n", encoding="utf-8"
    )
    command = [*profile, "numbers", "--events", str(tmp_path / "log.csv"), "--as-of", "2026-09-30T18:00:00", "--json"]
    assert cli.run(command) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["as_of"] == "2026-09-30T18:00:00-04:00"
    assert list(found["cohorts"]) == ["2025Q4"]
    assert [path.name for path in (tmp_path / "profile").iterdir()] == ["settings.toml"], "nothing was made"


def test_many_first_commands_at_once_are_all_recorded(tmp_path: Path) -> None:
    environment = {**os.environ, "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "soloflow", "--profile", str(tmp_path / "profile"), "add"]
    running = [
        subprocess.Popen([*command, f"山田{number}郎 p{number}@example.co.jp"], env=environment, stderr=subprocess.PIPE, text=True)
        for number in range(AT_ONCE)
    ]  # fmt: skip
    said = [(one.communicate(timeout=100)[1], one.returncode) for one in running]
    assert said == [("", 0)] * AT_ONCE
    assert cli.run(["--profile", str(tmp_path / "profile"), "check"]) == 0
    assert len(people(["--profile", str(tmp_path / "profile")], tmp_path)) == AT_ONCE
