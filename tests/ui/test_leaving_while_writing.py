"""Closing the window while an import runs is answered by a question: nothing is stopped silently."""

from collections.abc import Callable, Iterator
from functools import partial
from threading import Event
from time import sleep

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from soloflow.domain.candidates import Candidate
from soloflow.domain.errors import UserError
from soloflow.services import prospects
from soloflow.services.workspace import Progress, Workspace
from soloflow.ui.context import Context
from soloflow.ui.main_window import MainWindow
from soloflow.ui.widgets.leaving_dialog import LeavingDialog

TITLE = "名簿を取り込んでいます"


@pytest.fixture
def window(qtbot: QtBot, context: Context) -> Iterator[MainWindow]:
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made._watch is not None)
    yield made
    made.leave_at_once()


@pytest.fixture
def may_end() -> Iterator[Event]:
    made = Event()
    yield made
    made.set()


def slowly(workspace: Workspace, may_end: Event, progress: Progress) -> None:
    """An import that writes at its end, and can be stopped until then."""
    while not may_end.is_set():
        progress.check()
        sleep(0.005)
    prospects.add(workspace, Candidate(name="十河 太郎"))


def names(workspace: Workspace) -> list[str]:
    with workspace.store.read() as reader:
        return [reader.get("prospects", one)["name"] for one in reader.ids("prospects")]


@pytest.fixture
def asked(window: MainWindow, context: Context, workspace: Workspace, may_end: Event) -> LeavingDialog:
    context.run_long(TITLE, partial(slowly, workspace, may_end))
    window.close()
    return question(window)


def question(window: MainWindow) -> LeavingDialog:
    (found,) = window.findChildren(LeavingDialog)
    assert found.isVisible()
    return found


def is_closed(window: MainWindow) -> Callable[[], bool]:
    return lambda: window.has_left and not window.isVisible()


def test_waiting_closes_by_itself_when_the_import_is_written(
    qtbot: QtBot, window: MainWindow, asked: LeavingDialog, workspace: Workspace, may_end: Event
) -> None:
    qtbot.mouseClick(asked.wait, Qt.MouseButton.LeftButton)
    assert window.isVisible()
    may_end.set()
    qtbot.waitUntil(is_closed(window))
    assert names(workspace) == ["十河 太郎"]


def test_stopping_closes_at_once_and_nothing_is_written(
    qtbot: QtBot, window: MainWindow, asked: LeavingDialog, workspace: Workspace
) -> None:
    qtbot.mouseClick(asked.stop, Qt.MouseButton.LeftButton)
    assert is_closed(window)()
    assert names(workspace) == []


def test_esc_stays_and_the_import_goes_on(
    qtbot: QtBot, window: MainWindow, asked: LeavingDialog, workspace: Workspace, may_end: Event
) -> None:
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    may_end.set()
    qtbot.waitUntil(lambda: names(workspace) == ["十河 太郎"])
    qtbot.waitUntil(lambda: not window.context.jobs)
    assert window.isVisible()
    assert not window.has_left


def test_closing_twice_asks_once(window: MainWindow, asked: LeavingDialog) -> None:
    window.close()
    window.leave()
    assert question(window) is asked


def test_an_import_that_fails_meanwhile_keeps_the_window_for_its_reason(
    qtbot: QtBot, window: MainWindow, context: Context, may_end: Event
) -> None:
    def fails(_progress: Progress) -> None:
        may_end.wait()
        raise UserError("ディスクがいっぱいです")

    said: list[str] = []
    context.noticed.connect(lambda notice: said.append(notice.text))
    context.run_long(TITLE, fails)
    window.close()
    qtbot.mouseClick(question(window).wait, Qt.MouseButton.LeftButton)
    may_end.set()
    qtbot.waitUntil(lambda: said == ["ディスクがいっぱいです"])
    assert window.isVisible()
    assert not window.has_left


def test_without_long_work_it_closes_without_a_question(window: MainWindow) -> None:
    window.close()
    assert window.has_left
    assert not window.findChildren(LeavingDialog)
