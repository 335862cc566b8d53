"""A file dragged with the mouse out of another program and let go over the window, as the window system carries it."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest
from person import Person

from conftest import Desk

pytestmark = pytest.mark.journey

FILE_MANAGER = """
import sys
from pathlib import Path
from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel

class File(QLabel):
    def mousePressEvent(self, event):
        pass

    def mouseMoveEvent(self, event):
        above.stop()
        Path(sys.argv[1]).touch()
        carried = QMimeData()
        carried.setUrls([QUrl.fromLocalFile(path) for path in sys.argv[2:]])
        drag = QDrag(self)
        drag.setMimeData(carried)
        drag.exec(Qt.DropAction.CopyAction)
        Path(sys.argv[1]).unlink()

application = QApplication(sys.argv)
shown = File("file")
shown.setWindowFlag(Qt.WindowType.BypassWindowManagerHint)
shown.setGeometry(4, 4, 120, 60)
shown.show()
above = QTimer(interval=100)  # wherever the window manager puts the program's window, the file lies above it
above.timeout.connect(shown.raise_)
above.start()
print("ready", flush=True)
application.exec()
"""
CARRIED_S = 3.0
"""So long a file is carried over the window before it is put back and taken again."""
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:十河 太郎\r\nN:十河;太郎;;;\r\nORG:カワセミ食品\r\nEND:VCARD\r\n"


def mouse(*words: str) -> None:
    """What the hand does."""
    subprocess.run(["xdotool", *words], check=True, timeout=10)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    made = tmp_path / "十河.vcf"
    made.write_text(CARD, encoding="utf-8")
    return made


@pytest.fixture
def file_manager(card: Path, tmp_path: Path) -> Iterator[Path]:
    """A window of another program, in the corner, with a file in it; the mark is there once that is carried."""
    mark = tmp_path / "carried"
    running = subprocess.Popen([sys.executable, "-c", FILE_MANAGER, str(mark), str(card)], stdout=subprocess.PIPE)
    assert running.stdout is not None
    assert running.stdout.readline().strip() == b"ready"
    yield mark
    running.kill()
    running.communicate()


@pytest.fixture
def hand() -> Iterator[None]:
    """Lets go at the end, and leaves the pointer where nothing lies below it."""
    yield
    mouse("mouseup", "1", "mousemove", "1599", "999")


def takes_it(mark: Path) -> bool:
    """Press on the file and move on a little; whether it came along (the press may have gone to what lay above it)."""
    mouse("mousemove", "60", "30", "mouseup", "1")
    _wait_for(lambda: not mark.exists())
    mouse("mousedown", "1", "mousemove", "80", "40")
    return _wait_for(mark.exists)


def _wait_for(true: Callable[[], bool]) -> bool:
    """Whether something comes true within a second."""
    for _look in range(20):
        if true():
            return True
        time.sleep(0.05)
    return False


def carries_it_over_the_window(person: Person, mark: Path, words: str) -> None:
    """Take the file, and move on over the window until it says something; what the window system loses is carried anew."""
    way, begun = cycle((200, 500, 700, 720)), [0.0]

    def is_seen() -> bool:
        if not mark.exists() or time.monotonic() - begun[0] > CARRIED_S:
            takes_it(mark)
            begun[0] = time.monotonic()
        mouse("mousemove", str(next(way)), "400")
        return person.can_see(words)

    person.waits_until(is_seen, "the window says nothing of the file above it")


@pytest.mark.skipif(sys.platform != "linux", reason="the hand is xdotool's")
@pytest.mark.usefixtures("hand")
def test_a_file_dragged_out_of_another_program(desk: Desk, person: Person, file_manager: Path) -> None:
    desk.starts()
    person.sees("今日することが、ここに並びます")
    carries_it_over_the_window(person, file_manager, "離すと、十河.vcf の中身を確かめます")
    person.photographs_the_screen("01-above")
    mouse("mouseup", "1")
    person.sees("十河.vcf・vCard の連絡先・1件（1人）", "1人を取り込む")
    person.sees_no("離すと")
    person.photographs("02-preview")
