"""Journeys run in a real window system: a profile, the program on it, and somebody who uses it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from person import PATIENCE_MS, Person
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from soloflow import app
from soloflow.services import settings
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.session import Session

STARTS_WITHIN_MS = 40_000
Starts = Callable[..., subprocess.Popen[bytes]]
EVENING = datetime.fromisoformat("2026-11-21T21:30:00+09:00")


class Desk:
    """The program on one profile: started, closed, and started again."""

    def __init__(self, folder: Path, qtbot: QtBot, begins: datetime) -> None:
        self.folder = folder
        self._qtbot = qtbot
        self._begins = begins
        self._started = time.monotonic()
        self.session: Session | None = None

    def now(self) -> datetime:
        """The story's clock, which goes on as ours does."""
        return self._begins + timedelta(seconds=time.monotonic() - self._started)

    def starts(self) -> None:
        """Start the program and wait until its window has the keyboard."""
        doors = app.doors(self.folder, self.now)
        self.session = Session(doors, doors.open())
        self._qtbot.waitExposed(self.session.window)
        self.session.window.activateWindow()
        self._qtbot.waitUntil(self.session.window.isActiveWindow, timeout=PATIENCE_MS)

    def waits_for_the_window(self) -> None:
        """Wait until the window of now (another one after the sample was opened) has the keyboard."""

        def is_active() -> bool:
            assert self.session is not None
            return self.session.window.isActiveWindow()

        self._qtbot.waitUntil(is_active, timeout=PATIENCE_MS)

    def closes(self) -> None:
        """Close it as the window's own button does."""
        if self.session is None:
            return
        session, self.session = self.session, None
        session.window.close()
        session.close()
        session.window.deleteLater()
        settle()

    @property
    def workspace(self) -> Workspace:
        """The profile, to look up what became of it."""
        assert self.session is not None
        return self.session.window.context.workspace

    def rests(self) -> None:
        """Wait until everything that was asked for is written."""
        assert self.session is not None
        context = self.session.window.context
        self._qtbot.waitUntil(
            lambda: not (context.is_writing or context.is_reckoning or context.jobs), timeout=PATIENCE_MS
        )


def settle() -> None:
    """Let Qt delete what is to be deleted."""
    for _round in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


@pytest.fixture
def bugs(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[BaseException]]:
    """Faults of ours that reached the door for them; a journey has none."""
    found: list[BaseException] = []

    def keep(_context: Context, error: BaseException) -> None:
        found.append(error)

    hook = sys.excepthook
    monkeypatch.setattr(Context, "report_bug", keep)
    yield found
    sys.excepthook = hook
    if found:
        raise AssertionError(f"{len(found)} faults on the way") from found[0]


@pytest.fixture
def begins() -> datetime:
    """When the story begins."""
    return EVENING


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, begins: datetime, bugs: list[BaseException]) -> Iterator[Desk]:
    folder = tmp_path / "profile"
    folder.mkdir(exist_ok=True)
    settings.change(folder, appearance="light")
    made = Desk(folder, qtbot, begins)
    before = set(QApplication.topLevelWidgets())
    yield made
    made.closes()
    settle()
    left = [one for one in QApplication.topLevelWidgets() if one not in before and one.isVisible()]
    assert not left, f"windows left open: {left}"


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest) -> Person:
    kept = os.environ.get("SOLOFLOW_PICTURES")
    pictures = Path(kept) / request.node.name if kept else tmp_path
    pictures.mkdir(parents=True, exist_ok=True)
    return Person(qtbot, pictures, kept=bool(kept))


def active_process() -> int | None:
    """The process whose window the window manager calls active."""
    asked = subprocess.run(
        ["xdotool", "getactivewindow", "getwindowpid"], capture_output=True, text=True, check=False, timeout=10
    )
    return int(asked.stdout) if asked.returncode == 0 and asked.stdout.strip() else None


@pytest.fixture
def starts(tmp_path: Path) -> Iterator[Starts]:
    """Start the program as the shell does; whatever still runs at the end is killed."""
    folder = tmp_path / "profile"
    folder.mkdir(exist_ok=True)
    settings.change(folder, language="ja", appearance="light")
    running: list[subprocess.Popen[bytes]] = []

    def start(*words: str, now: str = "") -> subprocess.Popen[bytes]:
        environment = {**os.environ, "HOME": str(tmp_path)} | ({"SOLOFLOW_NOW": now} if now else {})
        command = [sys.executable, "-m", "soloflow", "--profile", str(folder), *words]
        running.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
        return running[-1]

    yield start
    for one in running:
        if one.poll() is None:
            one.kill()
        one.communicate()
