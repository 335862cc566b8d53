"""The small window that comes alone, and the program without its own window."""

import os
from datetime import datetime
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from soloflow import app
from soloflow.services import meetups, settings
from soloflow.ui import calling, capture_window, tray
from soloflow.ui.capture import place
from soloflow.ui.capture_window import call_capture, open_capture
from soloflow.ui.session import Session
from soloflow.ui.widgets.leaving_dialog import LeavingDialog

NOON = datetime.fromisoformat("2026-11-21T12:00:00+09:00")


@pytest.fixture
def small(qtbot, context):
    made = open_capture(context, small=True)
    qtbot.addWidget(made)
    yield made
    made.close()
    capture_window._forget(made)


@pytest.fixture
def starts(qtbot, tmp_path):
    """Sessions, all closed at the end."""
    open_ones = []

    def start(**how):
        doors = app.doors(tmp_path, lambda: NOON)
        open_ones.append(Session(doors, doors.open(), **how))
        return open_ones[-1]

    yield start
    for one in open_ones:
        window = one._window
        one.close()
        (window or one.context).deleteLater()
        one.deleteLater()
        QApplication.processEvents()


def the_small(session):
    return next(one for one in capture_window._kept if one.context is session.context and one.is_small)


def test_it_stands_by_itself_and_takes_a_line(qtbot, small):
    assert small.parent() is None
    assert small.windowType() == Qt.WindowType.Window
    qtbot.waitUntil(small.line.hasFocus)
    qtbot.keyClicks(small.line, "Sogo ACME")
    qtbot.keyClick(small.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(small.model.people) == 1)
    assert small.line.text() == ""


def test_it_is_small_and_its_panel_fits_into_it(qtbot, small, workspace):
    assert (small.width(), small.height()) <= (720, 408)
    small.surface.bar.open_chooser()
    panel = small.surface.bar._panel
    assert small.rect().contains(panel.geometry())
    panel.close_panel()


def test_what_went_wrong_is_said_in_it(qtbot, small, context):
    context.notify("保存できませんでした", kind="error")
    assert small.surface.said == "保存できませんでした"


def test_a_call_brings_the_small_window_unless_somebody_writes_in_the_other(qtbot, context):
    beside = open_capture(context)
    qtbot.addWidget(beside)
    assert call_capture(context) is beside
    beside.close()
    made = call_capture(context)
    qtbot.addWidget(made)
    assert made.is_small
    made.close()
    for one in (beside, made):
        capture_window._forget(one)


def test_it_alone_is_built_when_it_alone_is_wanted(starts, qtbot):
    session = starts(only_capture=True)
    assert session._window is None
    assert the_small(session).isVisible()
    the_small(session).surface.foot.window_link.click()
    assert session._window is not None
    assert session._window.isVisible()


def test_a_person_opened_from_it_is_shown_in_the_window(starts, qtbot):
    session = starts(only_capture=True)
    session.context.navigate("settings")
    assert session.window.current_key == "settings"


def test_without_a_window_the_last_one_closed_ends_the_program(starts, qtbot, monkeypatch):
    ended = []
    monkeypatch.setattr(QApplication, "exit", ended.append)
    session = starts(only_capture=True)
    session._end_unless_needed()
    assert ended == []
    the_small(session).close()
    session._end_unless_needed()
    assert ended == [0]


def test_a_line_that_was_being_written_is_there_after_the_program_ended(starts, tmp_path):
    session = starts(only_capture=True)
    the_small(session).line.setText("書きかけの人")
    session.close()
    again = starts(only_capture=True)
    assert the_small(again).line.text() == "書きかけの人"
    assert place.take_line(tmp_path) == ""


def test_a_second_start_is_answered_by_word(starts, qtbot):
    session = starts()
    session.answer(calling.CAPTURE, "token-1")
    assert the_small(session).isVisible()
    session.window.hide()
    session.answer(calling.SHOW, "")
    assert session.window.isVisible()
    assert "XDG_ACTIVATION_TOKEN" not in os.environ


NO_PLACE = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
"""The offscreen platform has no tray of its own, which Qt says when an icon is shown."""


@pytest.fixture
def with_tray(monkeypatch):
    monkeypatch.setattr(tray, "is_available", lambda: True)


@NO_PLACE
def test_closing_ends_the_program_unless_the_tray_is_wanted(starts, with_tray, tmp_path, qtbot, monkeypatch):
    ended = []
    monkeypatch.setattr(QApplication, "exit", ended.append)
    session = starts()
    session.begin_tray()
    assert not session.context.rests_in_tray()
    settings.change(tmp_path, stays_in_tray=True)
    session.window.close()
    assert not session.window.isVisible()
    session._end_unless_needed()
    assert ended == []
    assert not session.context.is_writing  # it goes on
    session.answer(calling.CAPTURE, "")
    the_small(session).close()
    session._end_unless_needed()
    assert ended == []
    session.leave()
    assert ended == [0]


@NO_PLACE
def test_ctrl_q_ends_it_all_the_same(starts, with_tray, tmp_path, qtbot):
    session = starts()
    session.begin_tray()
    settings.change(tmp_path, stays_in_tray=True)
    closed = []
    session.context.closing.connect(lambda: closed.append(True))
    session.window.leave()
    assert closed


@NO_PLACE
def test_ending_from_the_tray_asks_while_an_import_runs(starts, with_tray, tmp_path, qtbot, monkeypatch):
    ended = []
    monkeypatch.setattr(QApplication, "exit", ended.append)
    session = starts()
    session.begin_tray()
    settings.change(tmp_path, stays_in_tray=True)
    session.window.close()
    may_end = Event()
    session.context.run_long("名簿を取り込んでいます", lambda _progress: may_end.wait(5))
    session.leave()
    assert session.window.isVisible()
    assert ended == []
    session.window.findChild(LeavingDialog).wait.click()
    may_end.set()
    qtbot.waitUntil(lambda: session.window.has_left)
    session._end_unless_needed()
    assert ended == [0]


@NO_PLACE
def test_the_icon_offers_to_write_to_open_and_to_end(starts, with_tray, qtbot):
    session = starts()
    session.window.hide()
    session.begin_tray()
    icon = session._tray
    assert [one.text() for one in icon.menu.actions() if one.text()] == ["記録", "開く", "終了"]
    assert "soloflow capture" in icon._icon.toolTip()
    icon.menu.actions()[0].trigger()
    assert the_small(session).isVisible()
    icon.menu.actions()[1].trigger()
    assert session.window.isVisible()
    session.context.set_language("en")
    assert icon.menu.actions()[0].text() != ""
    session.context.set_language("ja")


def test_without_a_tray_nothing_is_missing(starts, tmp_path, monkeypatch):
    monkeypatch.setattr(tray, "is_available", lambda: False)
    settings.change(tmp_path, stays_in_tray=True)
    session = starts()
    session.begin_tray()
    assert session._tray is None
    assert not session.context.rests_in_tray()


def test_the_tray_is_chosen_in_the_settings(qtbot, context, workspace, with_tray):
    from soloflow.ui.pages.settings.personal import DisplaySection

    section = DisplaySection(context)
    qtbot.addWidget(section)
    section.refresh()
    assert not section.tray.isChecked()
    section.tray.click()
    assert settings.load(workspace.folder).stays_in_tray


def test_the_meetup_of_tonight_is_known_to_it(starts, tmp_path, qtbot):
    session = starts(only_capture=True)
    ws = session.context.workspace
    meetup = meetups.create(ws, "夜話", ws.today()).created[0]
    the_small(session)._on_meetup(meetup)
    qtbot.waitUntil(lambda: settings.load(tmp_path).last_meetup == meetup)
    assert the_small(session).windowTitle() == "夜話"


def test_a_person_opened_from_it_brings_the_window_to_the_front(qtbot, small, context):
    wanted = []
    context.window_wanted.connect(lambda: wanted.append("window"))
    context.navigated.connect(lambda key, args: wanted.append(key))
    small.line.setText("中田 圭")
    qtbot.keyClick(small.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(small.model.people) == 1)
    small._on_opened(small.model.index(0))
    assert wanted == ["customers", "window"]
