"""One test per kind of bad input: one clear sentence, nothing lost, no traceback.

(A missing font is the window's own test.)
"""

import errno
import multiprocessing
import os
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from profiles import NOON, open_workspace, person, reachable
from soloflow.domain.errors import UserError
from soloflow.services import backups, customers, exporting, importing, process, prospects, settings
from soloflow.services.workspace import Workspace
from soloflow.store import database as opening
from soloflow.store import unit_of_work, whole
from soloflow.store.database import FILE_NAME, open_store


def facts(ws: Workspace) -> dict[str, object]:
    with ws.store.read() as reader:
        return dict(whole.everything(reader))


def read_all(path: Path) -> None:
    ws = open_workspace(path)
    try:
        customers.listing(ws, customers.Filter())
        facts(ws)
    finally:
        ws.store.close()


def some_work(ws: Workspace, people: int = 30) -> None:
    for number in range(people):
        prospects.add(ws, reachable(f"山田 {number}番", f"会社{number}", number), stage=1 + number % 5)


# --- a broken or foreign file ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("photo.vcf", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
        ("songs.csv", b"title,artist\r\nSakura,Anon\r\n"),
        ("binary.csv", bytes(range(256)) * 40),
    ],
)
def test_a_broken_or_foreign_file_is_named_and_nothing_is_written(
    ws: Workspace, tmp_path: Path, name: str, content: bytes
) -> None:
    some_work(ws, 2)
    before = facts(ws)
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(UserError, match=name.replace(".", r"\.")):
        importing.preview(ws, file)
    assert facts(ws) == before


def test_a_card_that_ends_half_way_gives_what_it_has_and_names_the_line(ws: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "half.vcf"
    file.write_bytes("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:山田 太郎\r\nTEL:090-0000-00".encode())
    found = importing.preview(ws, file)
    assert [item.person.name for item in found.items] == ["山田 太郎"]
    assert [problem.line for problem in found.reading.problems] == [1]


def test_a_file_that_is_not_there_is_named(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no\.csv を開けません"):
        importing.preview(ws, tmp_path / "no.csv")


# --- a damaged database ----------------------------------------------------------------------------------------------
def damaged_in_the_middle(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for page in range(3, len(content) // 4096):
        content[page * 4096 : page * 4096 + 4096] = b"\xa5" * 4096
    path.write_bytes(content)


def damaged_at_the_head(path: Path) -> None:
    path.write_bytes(b"\0" * 100 + path.read_bytes()[100:])


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3 // 4096 * 4096])


def cut_to_a_few_bytes(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:57])


@pytest.mark.parametrize("damage", [damaged_in_the_middle, damaged_at_the_head, cut_short, cut_to_a_few_bytes])
def test_a_damaged_database_is_said_to_be_so_and_a_copy_brings_the_work_back(
    ws: Workspace, damage: Callable[[Path], None]
) -> None:
    some_work(ws)
    before = facts(ws)
    copy = backups.take(ws)
    ws.store.close()
    damage(ws.store.path)
    broken = ws.store.path.read_bytes()
    with pytest.raises(UserError, match=r"壊れているようです.*控えから戻せます.*soloflow restore"):
        read_all(ws.store.path)
    assert ws.store.path.read_bytes() == broken, "nothing was written over it"
    kept = backups.restore(ws.store.path, copy, NOON)
    assert kept is not None
    again = open_workspace(ws.store.path)
    assert facts(again) == before
    again.store.close()


def test_a_damaged_database_is_not_copied_over_a_good_copy(ws: Workspace) -> None:
    some_work(ws)
    good = backups.take(ws)
    ws.store.close()
    damaged_in_the_middle(ws.store.path)
    with pytest.raises(UserError, match="壊れているようです"):
        backups.take(ws, ws.folder / "backups" / "new.db")
    assert [path.name for path in (ws.folder / "backups").iterdir()] == [good.name]


def test_the_check_names_damage_and_derived_rows_that_are_off(ws: Workspace) -> None:
    from soloflow.services import integrity

    some_work(ws, 3)
    assert integrity.faults(ws) == ()
    with closing(opening.connect(ws.store.path)) as connection:
        connection.execute("UPDATE prospect_states SET stage = 9 WHERE prospect_id = 1")
        connection.execute("DELETE FROM search_terms WHERE prospect_id = 2")
    assert len(integrity.faults(ws)) == 1
    assert "2件" in integrity.faults(ws)[0]
    integrity.mend(ws)
    assert integrity.faults(ws) == ()
    ws.store.close()
    damaged_in_the_middle(ws.store.path)
    assert integrity.faults(ws)


# --- a read-only folder ----------------------------------------------------------------------------------------------
@pytest.fixture
def as_nobody() -> Iterator[Callable[[Path], None]]:
    """Take away the right to write a folder (and what is in it), also from root: the test goes on as another user."""
    is_root = os.geteuid() == 0
    closed: list[Path] = []

    def close(folder: Path) -> None:
        for path in (folder, *folder.iterdir()):
            closed.append(path)
            path.chmod(0o555 if path.is_dir() else 0o444)
        if is_root:
            os.seteuid(65534)

    yield close
    if is_root:
        os.seteuid(0)
    for path in closed:
        if path.exists():
            path.chmod(stat.S_IRWXU)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users reach, too (pytest's own are closed to them)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def test_a_read_only_folder_is_named_and_the_data_stays(
    template: Path, open_folder: Path, as_nobody: Callable[[Path], None]
) -> None:
    profile = open_folder / "profile"
    profile.mkdir()
    profile.joinpath(FILE_NAME).write_bytes(template.read_bytes())
    before = profile.joinpath(FILE_NAME).read_bytes()
    as_nobody(profile)
    with pytest.raises(UserError, match=r"書き込めません.*データは無事です.*権限"):
        read_all(profile / FILE_NAME)
    assert profile.joinpath(FILE_NAME).read_bytes() == before


def test_a_profile_in_a_read_only_folder_cannot_be_made(open_folder: Path, as_nobody: Callable[[Path], None]) -> None:
    as_nobody(open_folder)
    with pytest.raises(UserError, match=r"--profile"):
        open_store(open_folder / "new" / FILE_NAME)


def test_an_empty_read_only_folder_is_named(open_folder: Path, as_nobody: Callable[[Path], None]) -> None:
    as_nobody(open_folder)
    with pytest.raises(UserError, match=r"書き込めません"):
        open_store(open_folder / FILE_NAME)
    assert list(open_folder.iterdir()) == []


def test_a_folder_that_turns_read_only_while_one_works_loses_nothing(
    template: Path, open_folder: Path, as_nobody: Callable[[Path], None]
) -> None:
    profile = open_folder / "profile"
    profile.mkdir()
    profile.joinpath(FILE_NAME).write_bytes(template.read_bytes())
    ws = open_workspace(profile / FILE_NAME)
    prospects.add(ws, person("山田 太郎"))
    ws.store.close()
    as_nobody(profile)
    with pytest.raises(UserError):
        prospects.add(ws, person("佐藤 花子"))
    with pytest.raises(UserError, match="設定を保存できませんでした"):
        settings.change(profile, name="山田")
    with pytest.raises(UserError, match=r"控えを書けませんでした|書き込めません"):
        backups.take(ws)
    with pytest.raises(UserError, match="書き出せません"):
        exporting.export(ws, profile / "out")
    ws.store.close()


def test_a_path_below_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UserError, match="データフォルダーを作れません"):
        open_store(tmp_path / "file" / "profile" / FILE_NAME)


def test_a_read_only_file_system_is_named_when_settings_are_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.change(tmp_path, name="山田")

    def refuse(*_arguments: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(UserError, match="前の設定のままです"):
        settings.change(tmp_path, name="佐藤")
    assert settings.load(tmp_path).name == "山田"
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


# --- a file that goes away ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("goes", ["folder deleted", "file deleted", "file replaced"])
def test_what_can_no_longer_be_kept_is_not_said_to_be_saved(tmp_path: Path, template: Path, goes: str) -> None:
    profile = tmp_path / "profile"
    profile.mkdir()
    profile.joinpath(FILE_NAME).write_bytes(template.read_bytes())
    ws = open_workspace(profile / FILE_NAME)
    some_work(ws, 2)
    if goes == "folder deleted":
        shutil.rmtree(profile)
    else:
        profile.joinpath(FILE_NAME).unlink()
    if goes == "file replaced":
        shutil.copy(template, profile / FILE_NAME)
    before = sorted(path.name for path in tmp_path.rglob("*.db"))
    with pytest.raises(UserError, match="いまの変更は保存していません"):
        prospects.add(ws, person("佐藤 花子"))
    assert sorted(path.name for path in tmp_path.rglob("*.db")) == before, "no empty file was made in its place"
    ws.store.close()


# --- a full disk -----------------------------------------------------------------------------------------------------
def test_a_full_disk_takes_back_the_one_act_and_keeps_the_rest(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    some_work(ws, 3)
    before = facts(ws)
    ws.store.close()

    def nearly_full(connection: sqlite3.Connection) -> None:
        opening.prepare(connection)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    monkeypatch.setattr(unit_of_work, "prepare", nearly_full)
    with pytest.raises(UserError, match=r"ディスクの空きがないため.*ほかは無事です.*空きを作って"):
        prospects.add(ws, person("寿限無 太郎", note="長い話" * 20_000))
    assert facts(ws) == before
    ws.store.close()
    monkeypatch.setattr(unit_of_work, "prepare", opening.prepare)
    prospects.add(ws, person("佐藤 花子"))
    assert whole.faults(ws.store.path) == []


def _work_under_a_limit(path: Path, answers: "multiprocessing.Queue[str]") -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    ws = open_workspace(path)
    prospects.add(ws, person("山田 太郎"))
    limit = 400_000 + max(one.stat().st_size for one in path.parent.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        for number in range(200):
            prospects.add(ws, person(f"佐藤 {number}番", note="長い話" * 2_000))
            answers.put("added")
    except UserError as error:
        answers.put(str(error))
    except BaseException as error:  # noqa: BLE001  # whatever else comes out is what the test is looking for
        answers.put(repr(error))
    try:
        backups.take(ws)
    except UserError as error:
        answers.put(str(error))
    answers.put("")
    ws.store.close()


def test_a_file_that_cannot_grow_any_more_gives_a_sentence_and_keeps_what_was_saved(database: Path) -> None:
    """What the system says to a file over its limit (EFBIG) stands for a disk that fails half-way through a write."""
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[str] = context.Queue()
    child = context.Process(target=_work_under_a_limit, args=(database, answers))
    child.start()
    said = list(iter(lambda: answers.get(timeout=60), ""))
    child.join(30)
    assert child.exitcode == 0
    answers.close()
    answers.join_thread()
    added = said.count("added")
    sentences = [line for line in said if line != "added"]
    assert "空き" in sentences[0]
    assert "Error" not in sentences[0]
    again = open_workspace(database)
    assert len(customers.listing(again, customers.Filter()).ids) == added + 1
    again.store.close()
    assert whole.faults(database) == []
    assert list(database.parent.rglob("*.new")) == []


def test_a_copy_that_does_not_fit_leaves_no_half_copy(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UserError, match=r"控えを書けませんでした.*いまのデータは無事です"):
        backups.take(ws)
    assert list((ws.folder / "backups").iterdir()) == []


# --- two at once -----------------------------------------------------------------------------------------------------
def _add_many(path: Path, family: str, count: int) -> None:
    ws = open_workspace(path)
    for number in range(count):
        prospects.add(ws, person(f"{family} {number}番"), stage=1)
    ws.store.close()


def test_two_processes_that_write_at_once_both_succeed(database: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_add_many, args=(database, family, 40)) for family in ("山田", "佐藤")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    ws = open_workspace(database)
    assert len(customers.listing(ws, customers.Filter(standing="active")).ids) == 80
    ws.store.close()
    assert whole.faults(database) == []


def test_two_threads_that_write_at_once_both_succeed(ws: Workspace) -> None:
    def add(family: str) -> None:
        for number in range(20):
            prospects.add(ws, person(f"{family} {number}番"))

    threads = [threading.Thread(target=add, args=(family,)) for family in ("山田", "佐藤")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(customers.listing(ws, customers.Filter()).ids) == 40


def test_a_file_that_another_process_keeps_busy_gives_a_sentence(ws: Workspace) -> None:
    prospect = prospects.add(ws, person("山田 太郎"), stage=1).created[0]
    ws.store.close()
    ws.store.patience_ms = 50
    with closing(opening.connect(ws.store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError, match=r"ほかの処理がデータを使っています.*少し待って"):
            process.move(ws, (prospect,), 2)
        assert customers.rows(ws, [prospect])[0].stage == 1, "reading goes on meanwhile"
        other.execute("ROLLBACK")
    process.move(ws, (prospect,), 2)
    assert customers.rows(ws, [prospect])[0].stage == 2


def test_a_command_waits_for_a_long_write_instead_of_losing_its_line(ws: Workspace) -> None:
    ws.store.close()
    with closing(opening.connect(ws.store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        command = [sys.executable, "-m", "soloflow", "--profile", str(ws.folder), "add", "山田太郎 (株)アクメ"]
        waiting = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(opening.BUSY_MS / 1000 + 2)
        other.execute("ROLLBACK")
    said, wrong = waiting.communicate(timeout=60)
    assert (waiting.returncode, wrong) == (0, b"")
    assert "山田太郎" in said.decode() or "山田 太郎" in said.decode()
