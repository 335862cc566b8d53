"""Two processes on one profile: a second start, a line added from a terminal, a window that was killed."""

import os
import signal
import subprocess
import time

import pytest
from person import Person
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from conftest import STARTS_WITHIN_MS, Desk, Starts, active_process

pytestmark = pytest.mark.journey


def test_a_second_start_brings_the_first_window_to_the_front(qtbot: QtBot, starts: Starts) -> None:
    first = starts()
    qtbot.waitUntil(lambda: active_process() == first.pid, timeout=STARTS_WITHIN_MS)
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: active_process() == os.getpid(), timeout=STARTS_WITHIN_MS)
    begun = time.monotonic()
    second = starts()
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=STARTS_WITHIN_MS)
    print(f"the second start ended after {time.monotonic() - begun:.2f} s")
    assert second.returncode == 0
    qtbot.waitUntil(lambda: active_process() == first.pid, timeout=STARTS_WITHIN_MS)
    assert first.poll() is None
    subprocess.run(["xdotool", "key", "alt+F4"], check=True, timeout=10)
    qtbot.waitUntil(lambda: first.poll() is not None, timeout=STARTS_WITHIN_MS)
    assert first.returncode == 0


def test_a_killed_window_is_no_hindrance_to_the_next(qtbot: QtBot, starts: Starts) -> None:
    first = starts()
    qtbot.waitUntil(lambda: active_process() == first.pid, timeout=STARTS_WITHIN_MS)
    first.send_signal(signal.SIGKILL)
    first.wait(timeout=10)
    again = starts()
    qtbot.waitUntil(lambda: active_process() == again.pid, timeout=STARTS_WITHIN_MS)
    assert again.poll() is None


def test_a_line_added_in_a_terminal_appears_by_itself_and_is_taken_back_in_the_window(
    qtbot: QtBot, desk: Desk, person: Person, starts: Starts
) -> None:
    desk.starts()
    person.presses("Ctrl+2")
    person.sees("獲得工程")
    child = starts("add", "十河 カワセミ食品 在庫が Excel で限界 → 火 メール", now=desk.now().isoformat())
    qtbot.waitUntil(lambda: child.poll() is not None, timeout=STARTS_WITHIN_MS)
    ended = time.monotonic()
    assert child.returncode == 0, child.stderr and child.stderr.read().decode()
    person.sees("カワセミ食品、十河、1 集客、進行中")
    print(f"seen {time.monotonic() - ended:.2f} s after the command ended")
    person.photographs("added")
    person.presses("Ctrl+Z")
    person.sees_no("カワセミ食品、十河、1 集客、進行中")
    person.presses("Ctrl+Shift+Z")
    person.sees("カワセミ食品、十河、1 集客、進行中")
