"""What goes wrong in front of the user: one clear sentence, nothing lost, and a way on."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from person import Person
from pytestqt.qtbot import QtBot

from conftest import STARTS_WITHIN_MS, Desk
from soloflow.domain.candidates import Candidate
from soloflow.services import customers, follow_ups, history, prospects, settings
from soloflow.services.workspace import Workspace
from soloflow.store import database, unit_of_work
from soloflow.store.database import FILE_NAME

pytestmark = pytest.mark.journey

FULL = "ディスクの空きがない"


def everybody(ws: Workspace) -> int:
    """How many customers there are, of whatever standing."""
    return sum(customers.counts(ws, customers.Filter()).values())


# --- a broken file ---------------------------------------------------------------------------------------------------
def test_a_broken_file_is_named_and_another_can_be_dropped(desk: Desk, person: Person, tmp_path: Path) -> None:
    picture = tmp_path / "名刺.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(4000))
    good = tmp_path / "山田.vcf"
    good.write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:山田 太郎\r\nN:山田;太郎;;;\r\nEND:VCARD\r\n", encoding="utf-8")
    desk.starts()
    person.drops(picture)
    person.sees("読み込めませんでした", "別のファイルを選ぶ")
    person.photographs("broken-file")
    assert everybody(desk.workspace) == 0
    person.drops(good)
    person.sees("1人を取り込む")


# --- a damaged database ----------------------------------------------------------------------------------------------
@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "damaged"
    folder.mkdir()
    settings.change(folder, language="ja", appearance="light")
    return folder


def xdotool(*words: str) -> str:
    """What xdotool answers; an empty string when it found nothing."""
    return subprocess.run(["xdotool", *words], capture_output=True, text=True, check=False, timeout=10).stdout.strip()


def test_a_damaged_database_is_said_in_one_sentence_and_left_alone(qtbot: QtBot, person: Person, home: Path) -> None:
    damaged = home / FILE_NAME
    damaged.write_bytes(b"SQLite format 3\0" + os.urandom(20_000))
    before = damaged.read_bytes()
    program = subprocess.Popen(
        [sys.executable, "-m", "soloflow", "--profile", str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "HOME": str(home.parent)},
    )
    try:
        qtbot.waitUntil(
            lambda: xdotool("getactivewindow", "getwindowpid") == str(program.pid), timeout=STARTS_WITHIN_MS
        )
        qtbot.waitUntil(lambda: xdotool("getactivewindow", "getwindowname") == "SoloFlow", timeout=STARTS_WITHIN_MS)
        person.photographs_the_screen("damaged")
        xdotool("key", "Return")
        qtbot.waitUntil(lambda: program.poll() is not None, timeout=STARTS_WITHIN_MS)
    finally:
        program.kill()
        said = program.communicate()[1].decode()
    assert program.returncode == 1
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == 1
    assert "控え" in said
    assert damaged.read_bytes() == before


# --- a full disk -----------------------------------------------------------------------------------------------------
@pytest.fixture
def disk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Fill the disk, or make room again."""

    def full(connection: sqlite3.Connection) -> None:
        database.prepare(connection)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    def fill(is_full: bool) -> None:
        desk.rests()
        monkeypatch.setattr(unit_of_work, "prepare", full if is_full else database.prepare)
        unit_of_work.dispose(desk.workspace.store)  # the next connection is made as it should be

    return fill


LONG = "とても長い話。" * 700
"""More than fits into the pages there are."""


def test_on_a_full_disk_a_captured_line_comes_back(desk: Desk, person: Person, disk: Callable[[bool], None]) -> None:
    desk.starts()
    disk(True)
    person.presses("Ctrl+N")
    person.sees_window("記録")
    person.types(f"山田 アクメ {LONG}")
    person.presses("Enter")
    person.sees(FULL)
    person.photographs("full-disk")
    assert person.keyboard_text().startswith("山田 アクメ")
    assert everybody(desk.workspace) == 0
    disk(False)
    person.presses("Enter")
    person.sees("今夜の1人")
    person.presses("Escape")


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """A customer with something to do today."""
    desk.starts()
    ws = desk.workspace
    one = prospects.add(ws, Candidate(name="十河 太郎", company="カワセミ食品"), stage=2).created[0]
    follow_ups.plan(ws, one, "見積の返事を聞く", ws.today())
    desk.closes()
    desk.starts()
    return desk


def test_on_a_full_disk_what_happened_stays_in_its_field(
    planned: Desk, person: Person, disk: Callable[[bool], None]
) -> None:
    person.sees("見積の返事を聞く")
    disk(True)
    person.presses("Space")
    person.sees_field("何がありましたか")
    person.types(LONG)
    person.presses("Enter")
    person.sees(FULL)
    person.sees_field("何がありましたか")
    assert person.keyboard_text() == LONG
    disk(False)
    person.presses("Enter")
    person.sees_field("次の一手")
    disk(True)
    person.types(f"来週火曜 {LONG}")
    person.presses("Enter")
    person.sees(FULL)
    person.sees_field("次の一手")
    disk(False)
    person.presses("Enter")
    planned.rests()
    person.waits_until(lambda: person.keyboard_is_in() == "することの一覧", "the step was not taken")
    person.sees("11/24(火)")


def test_on_a_full_disk_a_note_a_plan_and_an_answer_stay_in_their_fields(
    desk: Desk, person: Person, disk: Callable[[bool], None]
) -> None:
    desk.starts()
    prospects.add(desk.workspace, Candidate(name="梶 真由", company="豊橋テクノ"), stage=1)
    person.presses("Ctrl+2")
    person.sees("豊橋テクノ、梶 真由、1 集客、進行中")
    steps = len(history.steps(desk.workspace, 50))
    for number, (field, words) in enumerate(
        (("あったことを書く", LONG), ("次の一手を書く", f"来週火曜 {LONG}"), ("企業文化はどんなものか", LONG)), start=1
    ):
        disk(True)
        person.photographs(f"note-{number}")
        person.clicks_into(field)
        person.types(words)
        person.presses("Enter")
        person.sees(FULL)
        assert person.keyboard_text() == words
        disk(False)
        person.presses("Enter")
        desk.rests()
        person.waits_until(lambda n=number: len(history.steps(desk.workspace, 50)) == steps + n, f"{field} is lost")


# --- a restored copy -------------------------------------------------------------------------------------------------
def test_a_window_on_a_copy_beside_the_own_one_and_a_copy_put_back(
    desk: Desk, person: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.starts()
    prospects.add(desk.workspace, Candidate(name="一人目 花子", company="青葉物流"), stage=1)
    person.presses("Ctrl+6")
    person.clicks("控え")
    person.clicks("控えを取る")
    person.sees("自分で取った控え")
    copy = next(one for one in (desk.folder / "backups").glob("*.db") if not one.name.startswith("daily"))
    prospects.add(desk.workspace, Candidate(name="二人目 太郎", company="北沢製作所"), stage=1)

    beside = Desk(tmp_path / "beside", qtbot, desk.now())
    beside.folder.mkdir()
    settings.change(beside.folder, appearance="light")
    shutil.copy(copy, beside.folder / FILE_NAME)
    beside.starts()
    person.presses("Ctrl+2")
    person.sees("1社")
    person.presses("Ctrl+N")
    person.sees_window("記録")
    person.types("三人目 うさみ紙器")
    person.presses("Enter")
    person.sees("今夜の1人")
    person.presses("Escape")
    person.sees_window("顧客")
    beside.rests()
    assert (everybody(beside.workspace), everybody(desk.workspace)) == (2, 2)
    beside.closes()

    desk.waits_for_the_window()
    person.clicks("戻す…")
    person.sees("の状態に戻します")
    person.clicks("戻す")
    person.sees("控えから戻しました")
    desk.waits_for_the_window()
    assert everybody(desk.workspace) == 1
    person.presses("Ctrl+2")
    person.sees("青葉物流、一人目 花子、1 集客、進行中")
    person.photographs("restored")
