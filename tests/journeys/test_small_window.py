"""`soloflow capture`: the small window comes from wherever the program is, and by itself where it is not."""

import resource
import subprocess
from collections.abc import Iterator

import pytest
from person import Person
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from conftest import STARTS_WITHIN_MS, Desk, Starts, active_process
from soloflow.services.workspace import Workspace
from soloflow.store.database import FILE_NAME, open_store
from soloflow.ui.capture_window import CaptureWindow
from soloflow.ui.single_instance import SingleInstance

pytestmark = pytest.mark.journey


@pytest.fixture
def running(desk: Desk) -> Iterator[Desk]:
    """The program, which hears second starts."""
    desk.starts()
    guard = SingleInstance(desk.folder)
    assert guard.is_first
    guard.listen()
    assert desk.session is not None
    guard.called.connect(desk.session.answer)
    yield desk
    guard.close()


def calls(starts: Starts, qtbot: QtBot) -> float:
    """Type `soloflow capture` somewhere; the seconds of work it took, which a busy machine makes no longer."""
    began = worked()
    caller = starts("capture")
    qtbot.waitUntil(lambda: caller.poll() is not None, timeout=STARTS_WITHIN_MS)
    assert caller.returncode == 0, caller.stderr and caller.stderr.read().decode()
    return worked() - began


def worked() -> float:
    """The seconds of work of all processes that were started here and are over."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def small_one() -> CaptureWindow | None:
    found = (one for one in QApplication.topLevelWidgets() if isinstance(one, CaptureWindow) and one.is_small)
    return next((one for one in found if one.isVisible()), None)


def is_in_front(window: QWidget | None) -> bool:
    return window is not None and window.isActiveWindow()


def test_a_line_entered_in_the_small_window_is_seen_in_the_other(
    qtbot: QtBot, running: Desk, person: Person, starts: Starts
) -> None:
    person.presses("Ctrl+2")
    person.sees("顧客")
    main = running.session.window
    took = calls(starts, qtbot)
    print(f"the command worked {took * 1000:.0f} ms")
    assert took < 1.5
    person.waits_until(lambda: is_in_front(small_one()), "the small window is not in front")
    person.types("十河 カワセミ食品 在庫が Excel で限界 → 火 メール")
    person.sees("次の一手 11/24(火) メール")
    person.photographs("small")
    person.presses("Enter")
    person.sees("今夜の1人")
    running.rests()
    person.presses("Escape")
    person.waits_until(lambda: small_one() is None, "Esc does not close the small window")
    main.activateWindow()
    person.waits_until(main.isActiveWindow, "the program's window does not come to the front")
    person.sees("カワセミ食品、十河、1 集客、進行中")


def test_it_comes_alone_when_the_program_is_minimised(
    qtbot: QtBot, running: Desk, person: Person, starts: Starts
) -> None:
    main = running.session.window
    main.showMinimized()
    person.waits_until(main.isMinimized, "it is not minimised")
    calls(starts, qtbot)
    person.waits_until(lambda: is_in_front(small_one()), "the small window is not in front")
    assert main.isMinimized()
    person.types("中田 圭")
    person.presses("Enter")
    person.sees("今夜の1人")
    person.clicks("SoloFlow を開く")
    person.waits_until(lambda: not main.isMinimized() and main.isActiveWindow(), "the program's window does not come")
    running.rests()


def names(desk: Desk) -> list[str]:
    """Who is in the contact book of a profile that another process has open."""
    store = open_store(desk.folder / FILE_NAME)
    try:
        ws = Workspace(store, desk.folder, desk.now, desk.now().tzinfo)  # type: ignore[arg-type]
        with ws.store.read() as reader:
            return [reader.get("contacts", one)["name"] for one in reader.ids("contacts")]
    finally:
        store.close()


def types_into_the_active_window(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True, timeout=20)


def test_without_the_program_it_starts_by_itself_and_closing_it_ends_it(
    qtbot: QtBot, desk: Desk, starts: Starts
) -> None:
    first = starts("capture")
    qtbot.waitUntil(lambda: active_process() == first.pid, timeout=STARTS_WITHIN_MS)
    types_into_the_active_window("type", "--delay", "15", "Sogo ACME")
    types_into_the_active_window("key", "Return")
    qtbot.waitUntil(lambda: names(desk) == ["Sogo ACME"], timeout=STARTS_WITHIN_MS)
    types_into_the_active_window("key", "Escape")
    qtbot.waitUntil(lambda: first.poll() is not None, timeout=STARTS_WITHIN_MS)
    assert first.returncode == 0, first.stderr and first.stderr.read().decode()


def test_a_second_start_of_the_program_brings_its_window_beside_the_small_one(
    qtbot: QtBot, desk: Desk, starts: Starts
) -> None:
    first = starts("capture")
    qtbot.waitUntil(lambda: active_process() == first.pid, timeout=STARTS_WITHIN_MS)
    second = starts()
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=STARTS_WITHIN_MS)
    assert second.returncode == 0
    qtbot.waitUntil(lambda: "今日" in active_title() and active_process() == first.pid, timeout=STARTS_WITHIN_MS)
    types_into_the_active_window("key", "ctrl+q")
    qtbot.waitUntil(lambda: first.poll() is not None, timeout=STARTS_WITHIN_MS)
    assert first.returncode == 0, first.stderr and first.stderr.read().decode()


def active_title() -> str:
    asked = subprocess.run(
        ["xdotool", "getactivewindow", "getwindowname"], capture_output=True, text=True, check=False, timeout=10
    )
    return asked.stdout if asked.returncode == 0 else ""
