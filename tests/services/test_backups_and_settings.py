"""Copies that can be trusted, and settings that survive a broken file."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from profiles import NOON, Clock, open_workspace, person
from soloflow.domain.errors import UserError
from soloflow.services import backups, customers, prospects, settings
from soloflow.services.workspace import Workspace
from soloflow.store.database import FILE_NAME


def count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        found: int = connection.execute("SELECT count(*) FROM prospects").fetchone()[0]
    return found


def file_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- taking ----------------------------------------------------------------------------------------------------------
def test_a_copy_holds_what_was_saved_a_moment_ago_and_is_one_file(ws: Workspace) -> None:
    prospects.add(ws, person())
    path = backups.take(ws)
    assert file_names(path.parent) == ["soloflow-20261121-120000.db"]
    assert count(path) == 1
    assert file_names(path.parent) == ["soloflow-20261121-120000.db"]


def test_a_copy_never_replaces_another_file(ws: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "mine.db"
    target.write_text("大事なもの", encoding="utf-8")
    with pytest.raises(UserError, match=r"mine\.db はすでにあります"):
        backups.take(ws, target)
    assert target.read_text(encoding="utf-8") == "大事なもの"


def test_the_days_copy_is_taken_once_a_day(ws: Workspace, clock: Clock) -> None:
    assert backups.take_daily(ws) is not None
    clock.forward(hours=11)
    assert backups.take_daily(ws) is None
    clock.forward(hours=2)
    assert backups.take_daily(ws) is not None, "the day is the user's, not that of UTC"
    assert file_names(ws.folder / "backups") == ["daily-20261121.db", "daily-20261122.db"]


def test_fourteen_daily_copies_are_kept_and_the_users_own_for_ever(ws: Workspace, clock: Clock) -> None:
    own = backups.take(ws)
    for _day in range(20):
        backups.take_daily(ws)
        clock.forward(days=1)
    assert own.exists()
    daily = [copy for copy in backups.listed(ws) if copy.is_daily]
    assert len(daily) == 14
    assert min(copy.path.name for copy in daily) == "daily-20261127.db"
    assert len(backups.listed(ws)) == 15


# --- restoring -------------------------------------------------------------------------------------------------------
def test_restoring_brings_the_copy_back_and_keeps_the_present_one(ws: Workspace) -> None:
    prospects.add(ws, person("山田 太郎"))
    copy = backups.take(ws)
    prospects.add(ws, person("佐藤 花子"))
    ws.store.close()
    kept = backups.restore(ws.store.path, copy, NOON)
    assert kept is not None
    assert count(kept) == 2
    again = open_workspace(ws.store.path)
    assert [row.name for row in customers.find(again, "山田")] == ["山田 太郎"]
    assert customers.find(again, "佐藤") == []
    prospects.add(again, person("鈴木 一郎"))
    again.store.close()
    assert file_names(ws.folder) == ["backups", FILE_NAME]


def test_restoring_needs_no_database_to_replace(ws: Workspace) -> None:
    copy = backups.take(ws)
    ws.store.close()
    ws.store.path.unlink()
    assert backups.restore(ws.store.path, copy, NOON) is None
    assert count(ws.store.path) == 0


def test_a_wal_left_behind_is_not_played_into_the_restored_file(ws: Workspace) -> None:
    copy = backups.take(ws)
    prospects.add(ws, person("山田 太郎"))
    left = {ending: Path(f"{ws.store.path}{ending}").read_bytes() for ending in ("-wal", "-shm")}
    ws.store.close()
    ws.store.path.unlink()
    for ending, content in left.items():
        Path(f"{ws.store.path}{ending}").write_bytes(content)
    backups.restore(ws.store.path, copy, NOON)
    again = open_workspace(ws.store.path)
    assert len(customers.listing(again, customers.Filter()).ids) == 0
    again.store.close()


def missing(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:8192] + b"\xa5" * 40_000)


def no_database(path: Path) -> None:
    path.write_text("ただの文", encoding="utf-8")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE songs (title TEXT)")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (missing, "見つかりません"),
        (empty, "空です"),
        (damaged, "控え .* は壊れています。いまのデータには触れていません"),
        (no_database, "SoloFlow の控えではありません"),
        (newer, "より新しい SoloFlow"),
        (foreign, "SoloFlow のデータではありません"),
    ],
)
def test_what_is_no_good_copy_is_refused_and_the_present_data_stays(ws: Workspace, spoil, sentence: str) -> None:
    copy = backups.take(ws)
    prospects.add(ws, person("山田 太郎"))
    ws.store.close()
    spoil(copy)
    with pytest.raises(UserError, match=sentence):
        backups.restore(ws.store.path, copy, NOON)
    assert count(ws.store.path) == 1
    assert [name for name in file_names(ws.folder / "backups") if name.startswith("before")] == []


def test_a_restore_that_finds_no_room_leaves_the_present_data_in_place(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backups.take(ws)
    prospects.add(ws, person("山田 太郎"))
    ws.store.close()

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UserError, match="取り置けませんでした"):
        backups.restore(ws.store.path, copy, NOON)
    assert count(ws.store.path) == 1


# --- settings --------------------------------------------------------------------------------------------------------
def test_settings_come_back_as_saved(tmp_path: Path) -> None:
    wanted = settings.Settings(language="en", appearance="dark", name='山田 "太郎"\n', hourly_yen=8_000)
    settings.save(tmp_path, wanted)
    assert settings.load(tmp_path) == wanted
    assert file_names(tmp_path) == ["settings.toml"]


def test_without_a_file_there_are_the_defaults_and_none_is_made(tmp_path: Path) -> None:
    assert settings.load(tmp_path) == settings.Settings()
    assert file_names(tmp_path) == []


@pytest.mark.parametrize("content", [b'name = "', b"\xff\xfe\x00", b"= 3", b"[a]\n[a]\n"])
def test_a_broken_settings_file_is_named_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"設定ファイルが読めません.*settings\.toml.*データは無事"):
        settings.load(tmp_path)
    with pytest.raises(UserError, match="設定ファイルが読めません"):
        settings.change(tmp_path, name="山田")
    assert path.read_bytes() == content


def test_a_settings_file_that_is_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    with pytest.raises(UserError, match="設定ファイルを開けません"):
        settings.load(tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        'hourly_yen = "たくさん"',
        "hourly_yen = true",
        "hourly_yen = 1.5",
        "name = 3",
        'appearance = "pink"',
        'language = "fr"',
        'time_zone = "Mars/Olympus"',
        'time_zone = "../../etc/passwd"',
        'time_zone = "Asia"',
        'time_zone = ""',
        "time_zone = 9",
        'colour = "blue"',
    ],
)
def test_a_value_that_does_not_fit_falls_back_and_the_others_stay(tmp_path: Path, line: str) -> None:
    (tmp_path / "settings.toml").write_text(f'{line}\nmail = "a@example.jp"\n', encoding="utf-8")
    assert settings.load(tmp_path) == settings.Settings(mail="a@example.jp")


def test_changing_one_setting_keeps_the_rest(tmp_path: Path) -> None:
    settings.change(tmp_path, name="山田", language="en")
    settings.change(tmp_path, appearance="dark")
    found = settings.load(tmp_path)
    assert (found.name, found.language, found.appearance) == ("山田", "en", "dark")


@pytest.mark.parametrize(
    ("chosen", "system", "spoken"),
    [
        ("", "ja_JP.UTF-8", "ja"),
        ("", "en_US", "en"),
        ("", "C", "ja"),
        ("", "de_DE", "ja"),
        ("ja", "en_US", "ja"),
        ("en", "ja_JP", "en"),
    ],
)
def test_the_language_is_the_chosen_one_or_the_systems(chosen: str, system: str, spoken: str) -> None:
    assert settings.language_of(settings.Settings(language=chosen), system) == spoken


@pytest.mark.parametrize(("text", "fits"), [("", True), ("kenji@sato.example.jp", True), ("kenji@sato-soft", False)])
def test_a_mail_is_judged_as_the_site_judges_it(text: str, fits: bool) -> None:
    assert (settings.mail_fault(text) == "") is fits


# --- taking away -----------------------------------------------------------------------------------------------------
def test_a_copy_is_deleted_and_only_a_copy(ws: Workspace) -> None:
    path = backups.take(ws)
    backups.delete(ws, path)
    assert backups.listed(ws) == ()
    with pytest.raises(UserError, match="何も消していません"):
        backups.delete(ws, ws.store.path)
    assert ws.store.path.exists()
