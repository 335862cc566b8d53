"""One window after another: the sample and back, a restored copy, a second start, the day's backup."""

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from soloflow import app
from soloflow.charts import loading
from soloflow.domain.candidates import Candidate
from soloflow.domain.errors import UserError
from soloflow.services import backups, customers, prospects
from soloflow.services.funnel_loading import load_drawing
from soloflow.store.database import FILE_NAME
from soloflow.ui import running
from soloflow.ui import session as session_module
from soloflow.ui.session import Session

NOW = datetime.fromisoformat("2026-11-21T12:00:00+09:00")


def clock() -> datetime:
    return NOW


@pytest.fixture
def session(tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    doors = app.doors(tmp_path, clock)
    session = Session(doors, doors.open())
    qtbot.waitExposed(session.window)
    yield session
    session.close()
    session.window.deleteLater()
    QApplication.processEvents()


def names(session: Session) -> list[str]:
    ws = session.window.context.workspace
    return [row.name for row in customers.rows(ws, list(customers.listing(ws, customers.Filter(), "name").ids))]


def test_the_sample_opens_beside_the_own_records_and_leaves_no_trace(
    session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    prospects.add(session.window.context.workspace, Candidate(name="自分の お客"), stage=1)
    own = session.window
    own.context.open_sample()
    qtbot.waitUntil(lambda: session.window is not own, timeout=10_000)
    assert len(names(session)) == 300
    assert session.window.context.band is not None
    shown = session.window
    shown.context.leave_sample()
    qtbot.waitUntil(lambda: session.window is not shown, timeout=10_000)
    assert names(session) == ["自分の お客"]
    assert not (tmp_path / "sample").exists()


def test_a_restored_copy_replaces_the_records_and_keeps_them_beside(
    session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    ws = session.window.context.workspace
    prospects.add(ws, Candidate(name="一人目 花子"), stage=1)
    copy = backups.take(ws)
    prospects.add(ws, Candidate(name="二人目 太郎"), stage=1)
    before = session.window
    before.context.restore(copy)
    qtbot.waitUntil(lambda: session.window is not before, timeout=10_000)
    assert names(session) == ["一人目 花子"]
    assert list((tmp_path / "backups").glob("before-restore-*.db"))


def test_a_copy_that_is_no_database_changes_nothing(session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    prospects.add(session.window.context.workspace, Candidate(name="一人目 花子"), stage=1)
    (tmp_path / "no.db").write_text("not a database")
    before = session.window
    before.context.restore(tmp_path / "no.db")
    qtbot.waitUntil(lambda: session.window is not before, timeout=10_000)
    assert names(session) == ["一人目 花子"]


def test_the_day_gets_its_backup_once_the_window_is_up(session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: (tmp_path / "backups" / "daily-20261121.db").exists(), timeout=10_000)
    assert (tmp_path / FILE_NAME).exists()


def test_a_damaged_file_offers_the_newest_sound_copy(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    doors = app.doors(tmp_path, clock)
    ws = doors.open()
    prospects.add(ws, Candidate(name="一人目 花子"), stage=1)
    backups.take(ws)
    ws.store.close()
    (tmp_path / "backups" / "torn.db").write_bytes(b"SQLite format 3" + bytes(5000))
    (tmp_path / FILE_NAME).write_bytes(b"SQLite format 3" + bytes(5000))
    offered: list[str] = []

    def agree(text: str, offers: Sequence[str] = ()) -> int | None:
        offered.extend(offers)
        return 0

    monkeypatch.setattr(running, "_say", agree)
    opened = running._opened(doors, tmp_path)
    assert [row.name for row in customers.find(opened, "一人目")] == ["一人目 花子"]
    assert len(offered) == 2
    assert offered[0].startswith("最新の控え（soloflow-")
    opened.store.close()


def test_a_damaged_file_offers_any_copy_and_one_that_is_none_is_said_and_asked_again(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    doors = app.doors(tmp_path, clock)
    ws = doors.open()
    prospects.add(ws, Candidate(name="一人目 花子"), stage=1)
    elsewhere = backups.take(ws, tmp_path / "on another disk.db")
    ws.store.close()
    (tmp_path / FILE_NAME).write_bytes(b"SQLite format 3" + bytes(5000))
    torn = tmp_path / "torn.db"
    torn.write_bytes(b"SQLite format 3" + bytes(5000))
    asked = [None, torn, elsewhere]
    said: list[str] = []
    monkeypatch.setattr(running, "_ask_for_copy", lambda _folder: asked.pop(0))
    monkeypatch.setattr(running, "_say", lambda text, offers=(): said.append(text) or len(offers) - 1)
    opened = running._opened(doors, tmp_path)
    assert [row.name for row in customers.find(opened, "一人目")] == ["一人目 花子"]
    assert len(said) == 3
    assert said[0] == said[1] != said[2]
    opened.store.close()


def test_what_a_damaged_file_asks_has_a_button_for_each_way_and_closing_is_the_usual_one(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed: list[str] = []

    def press(box: QMessageBox) -> int:
        texts = [one.text() for one in box.buttons()]
        assert set(texts) == {"閉じる", "最新の控えから", "控えを選ぶ"}
        assert box.defaultButton().text() == "閉じる"
        next(one for one in box.buttons() if one.text() == pressed[-1]).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press)
    for words, answer in (("閉じる", None), ("最新の控えから", 0), ("控えを選ぶ", 1)):
        pressed.append(words)
        assert running._say("壊れています", ("最新の控えから", "控えを選ぶ")) == answer


def test_a_damaged_file_without_a_copy_is_said_once_and_left_alone(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"SQLite format 3" + bytes(5000))
    said: list[str] = []
    monkeypatch.setattr(running, "_say", lambda text, offers=(): said.append(text))
    with pytest.raises(UserError):
        running._opened(app.doors(tmp_path, clock), tmp_path)
    assert len(said) == 1
    assert "設定" not in said[0], "there is no window yet in which settings could be opened"
    assert (tmp_path / FILE_NAME).read_bytes() == b"SQLite format 3" + bytes(5000)


def test_what_draws_is_loaded_after_the_first_painting_and_off_the_gui_thread(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[tuple[bool, threading.Thread, bool]] = []
    opened: list[Session] = []

    def load(is_wanted: Callable[[], bool]) -> None:
        loaded.append((opened[0].window._is_painted, threading.current_thread(), is_wanted()))

    monkeypatch.setattr(session_module, "LOAD_AFTER_MS", 1)
    monkeypatch.setattr(session_module, "load_drawing", load)
    doors = app.doors(tmp_path, clock)
    opened.append(Session(doors, doors.open()))
    qtbot.waitUntil(lambda: bool(loaded), timeout=10_000)
    was_painted, thread, was_wanted = loaded[0]
    assert was_painted
    assert was_wanted
    assert thread is not threading.main_thread()
    opened[0].close()
    assert not thread.is_alive()
    opened[0].window.deleteLater()
    QApplication.processEvents()


def test_loading_ahead_stops_where_the_window_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    monkeypatch.setattr(loading, "steps", lambda: (taken.append(number) for number in range(9)))
    load_drawing(lambda: len(taken) < 3)
    assert taken == [0, 1, 2]
