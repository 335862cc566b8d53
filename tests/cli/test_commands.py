"""The commands as scripts and cron use them: real profiles, real files, exit codes 0, 1 and 2."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from soloflow import __version__, cli, i18n, resources

FIXTURES = Path(__file__).parents[1] / "fixtures" / "capture"
LINE = "山田太郎 (株)アクメ 課長 yamada@example.co.jp 090-1234-5678 #在庫管理 来週火曜 電話 「3月までに刷新したい」"


@pytest.fixture(autouse=True)
def japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    monkeypatch.setenv("SOLOFLOW_NOW", "2026-11-21T20:30:00+09:00")
    i18n.set_language("ja")


@pytest.fixture
def profile(tmp_path: Path) -> list[str]:
    return ["--profile", str(tmp_path / "profile")]


def test_version_says_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.run(["--version"])
    assert left.value.code == 0
    assert __version__ in capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    [
        [], ["add"], ["import"], ["numbers"], ["site"], ["site", "build"], ["site", "check"], ["site", "publish"],
        ["site", "content"], ["site", "content", "export"], ["site", "content", "import"], ["export"], ["backup"], ["restore"],
        ["check"], ["demo"],
    ],
)  # fmt: skip
def test_every_command_has_help(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.run([*command, "--help"])
    assert left.value.code == 0
    assert "soloflow" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["fly"], ["import"], ["site"], ["numbers", "--frob"]])
def test_wrong_usage_is_exit_code_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.run(arguments)
    assert left.value.code == 2


def test_add_writes_the_person_the_step_and_the_entry(profile: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([*profile, "add", LINE]) == 0
    assert "山田 太郎" in capsys.readouterr().out
    assert cli.run([*profile, "numbers", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["snapshot"]["active"][0] == 1


def test_add_of_nothing_readable_is_refused_with_a_sentence(
    profile: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([*profile, "add", "   "]) == 1
    assert "何も記録していません" in capsys.readouterr().err


def test_add_of_somebody_known_adds_to_them(profile: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    cli.run([*profile, "add", LINE])
    cli.run([*profile, "add", "山田太郎 yamada@example.co.jp 「また会った」"])
    capsys.readouterr()
    cli.run([*profile, "numbers", "--json"])
    assert json.loads(capsys.readouterr().out)["prospects"] == 1


def test_add_says_what_it_understood_and_did(profile: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    cli.run([*profile, "add", "山田 太郎 (株)アクメ → 2026/12/1 電話"])
    cli.run([*profile, "add", "山田 太郎 (株)アクメ"])
    new, known = capsys.readouterr().out.splitlines()
    assert new.startswith("山田 太郎さんを記録しました（新しい顧客）・会社 (株)アクメ・次の一手 ")
    assert "12/1(火) 電話" in new
    assert known == "山田 太郎さんに足しました（登録済みの人）・会社 (株)アクメ・次の一手なし"


def test_add_reads_a_signature_from_standard_input_as_one_person(
    profile: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    signature = (
        "--\r\n株式会社アクメ 営業部\r\n課長 山田 太郎\r\n〒100-0001 東京都千代田区千代田1-1\r\nTEL 03-1234-5678\r\n"
    )
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(signature.encode("cp932"))))
    assert cli.run([*profile, "add", "-"]) == 0
    assert capsys.readouterr().out == "山田 太郎さんを記録しました（新しい顧客）・会社 株式会社アクメ・次の一手なし\n"


def test_add_of_a_list_names_the_lines_it_cannot_read(
    profile: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "山田 太郎 (株)アクメ\n（メモ）懇親会で隣だった人\n佐藤 花子 あおば\n".encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert cli.run([*profile, "add", "-"]) == 0
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 2
    assert said.err.startswith("2行目は")
    assert "（メモ）懇親会で隣だった人" in said.err


def test_a_dry_run_prints_one_object_for_one_file(profile: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([*profile, "import", "--dry-run", "--json", str(FIXTURES / "eight_cp932.csv")]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["kind"], found["encoding"], found["rows"], len(found["candidates"])) == ("eight", "cp932", 25, 24)
    assert sorted(len(person["met_on"]) for person in found["candidates"])[-2:] == [1, 2]
    assert {"髙橋 さくら", "﨑山 健一", "濵田 花子"} <= {person["name"] for person in found["candidates"]}


def test_a_dry_run_of_several_files_prints_an_array(profile: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(FIXTURES / name) for name in ("google_contacts.csv", "phone_v21_sjis.vcf")]
    assert cli.run([*profile, "import", "--dry-run", "--json", *files]) == 0
    assert [one["kind"] for one in json.loads(capsys.readouterr().out)] == ["google", "vcard"]


def test_an_import_counts_every_row_and_enters_only_who_was_met_lately(
    profile: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([*profile, "import", "--json", str(FIXTURES / "eight_cp932.csv")]) == 0
    report = json.loads(capsys.readouterr().out)
    parts = ("created", "updated", "same", "joined", "set_aside", "wrong")
    assert sum(report[part] for part in parts) == report["rows"] == 25
    cli.run([*profile, "numbers", "--json"])
    funnel = json.loads(capsys.readouterr().out)["prospects"]
    assert 0 < funnel < 10


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(64)),
        ("page.html", b"<!DOCTYPE html><html></html>"),
        ("unknown.csv", "甲,乙,丙\n1,2,3\n".encode()),
    ],
)
def test_a_file_that_is_no_list_of_people_is_refused(
    name: str, content: bytes, profile: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    assert cli.run([*profile, "import", str(tmp_path / name)]) == 1
    said = capsys.readouterr()
    assert name in said.err
    assert "Traceback" not in said.err + said.out


def test_what_is_exported_gives_the_same_numbers(
    profile: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.run([*profile, "import", str(FIXTURES / "eight_cp932.csv")])
    cli.run([*profile, "add", LINE])
    cli.run([*profile, "export", str(tmp_path / "out")])
    capsys.readouterr()
    moment = ["--as-of", "2026-11-21T21:00:00+09:00", "--json"]
    cli.run([*profile, "numbers", *moment])
    own = json.loads(capsys.readouterr().out)
    cli.run(
        [
            "numbers",
            "--events",
            str(tmp_path / "out" / "events.csv"),
            "--prospects",
            str(tmp_path / "out" / "prospects.csv"),
            *moment,
        ]
    )
    assert json.loads(capsys.readouterr().out) == own


def test_the_sample_log_gives_the_known_snapshot(capsys: pytest.CaptureFixture[str]) -> None:
    events = str(resources.path("sample", "events.csv"))
    assert cli.run(["numbers", "--events", events, "--as-of", "2026-09-30T18:00:00+09:00", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["snapshot"]["ever_reached"] == [300, 181, 118, 61, 42, 30, 21, 6, 4]
    assert found["as_of"] == "2026-09-30T18:00:00+09:00"


def test_an_instant_that_cannot_be_read_is_refused(profile: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.run([*profile, "numbers", "--as-of", "yesterday"])
    assert left.value.code == 2
    assert "yesterday" in capsys.readouterr().err


def test_a_backup_is_restored_and_the_present_is_kept(
    profile: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.run([*profile, "add", "一人目 花子"])
    assert cli.run([*profile, "backup", str(tmp_path / "copy.db")]) == 0
    cli.run([*profile, "add", "二人目 太郎"])
    assert cli.run([*profile, "restore", str(tmp_path / "copy.db")]) == 0
    capsys.readouterr()
    cli.run([*profile, "numbers", "--json"])
    assert json.loads(capsys.readouterr().out)["prospects"] == 1
    assert list((tmp_path / "profile" / "backups").glob("before-restore-*.db"))


def test_a_restore_from_something_else_changes_nothing(
    profile: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.run([*profile, "add", "一人目 花子"])
    (tmp_path / "no.db").write_text("not a database")
    assert cli.run([*profile, "restore", str(tmp_path / "no.db")]) == 1
    capsys.readouterr()
    cli.run([*profile, "numbers", "--json"])
    assert json.loads(capsys.readouterr().out)["prospects"] == 1


def test_check_finds_a_stage_that_does_not_follow_from_the_log(profile: list[str], tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    cli.run([*profile, "add", "一人目 花子"])
    assert cli.run([*profile, "check"]) == 0
    with closing(sqlite3.connect(tmp_path / "profile" / "soloflow.db")) as connection:
        connection.execute("UPDATE prospect_states SET stage = 7")
        connection.commit()
    assert cli.run([*profile, "check"]) == 1
    assert cli.run([*profile, "check", "--mend"]) == 0


def test_the_demo_does_the_main_job_without_a_window(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["demo", str(tmp_path / "demo")]) == 0
    said = capsys.readouterr().out
    assert "いちばん多く離れているのは" in said
    assert (tmp_path / "demo" / "charts" / "funnel.png").read_bytes().startswith(b"\x89PNG")
    assert "<html" in (tmp_path / "demo" / "site" / "index.html").read_text(encoding="utf-8")
    assert cli.run(["demo", str(tmp_path / "demo")]) == 0


def test_the_self_test_finds_everything_in_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--self-test"]) == 0


def test_without_a_display_the_window_is_refused_in_a_sentence(tmp_path: Path) -> None:
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "-m", "soloflow", "--profile", str(tmp_path)],
        env=bare,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "demo" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_c_locale_prints_japanese_all_the_same(tmp_path: Path) -> None:
    bare = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "soloflow", "--profile", str(tmp_path), "add", "佐藤 花子"],
        env=bare,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0
    assert "佐藤 花子".encode() in done.stdout


def test_a_change_and_an_aim_are_answered_beside_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    events = str(resources.path("sample", "events.csv"))
    moment = ["--as-of", "2026-09-30T18:00:00+09:00", "--json"]
    asked = ["--change-at", "2026-01-01", "--change-stage", "1", "--target-orders", "3", "--target-days", "90"]
    assert cli.run(["numbers", "--events", events, *asked, *moment]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["change"]["stage"] == 1
    assert found["back_cast"]["target_orders"] == 3
    with pytest.raises(SystemExit) as left:
        cli.run(["numbers", "--events", events, "--change-stage", "1", *moment])
    assert left.value.code == 2
    assert "--change-at" in capsys.readouterr().err


def test_a_machine_that_names_no_language_is_spoken_to_in_japanese(tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}
    done = subprocess.run(
        [sys.executable, "-m", "soloflow", "--help"], env=bare, capture_output=True, check=False, timeout=60
    )
    assert "集客".encode() in done.stdout
