"""A file dragged with the mouse out of another program and let go over the window, as the window system carries it."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from person import Person

from conftest import Desk

pytestmark = pytest.mark.journey

FILE_MANAGER = """
import sys
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel

class File(QLabel):
    def mousePressEvent(self, event):
        pass

    def mouseMoveEvent(self, event):
        carried = QMimeData()
        carried.setUrls([QUrl.fromLocalFile(path) for path in sys.argv[1:]])
        drag = QDrag(self)
        drag.setMimeData(carried)
        drag.exec(Qt.DropAction.CopyAction)

application = QApplication(sys.argv)
shown = File("file")
shown.setWindowFlag(Qt.WindowType.BypassWindowManagerHint)
shown.setGeometry(4, 4, 120, 60)
shown.show()
print("ready", flush=True)
application.exec()
"""
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
def file_manager(card: Path) -> Iterator[None]:
    """A window of another program, in the corner, with a file in it."""
    running = subprocess.Popen([sys.executable, "-c", FILE_MANAGER, str(card)], stdout=subprocess.PIPE)
    assert running.stdout is not None
    assert running.stdout.readline().strip() == b"ready"
    yield
    running.kill()
    running.communicate()


@pytest.fixture
def hand() -> Iterator[None]:
    """Lets go at the end, and leaves the pointer where nothing lies below it."""
    yield
    mouse("mouseup", "1", "mousemove", "1599", "999")


def carries_it_over_the_window(person: Person, words: str) -> None:
    """Take the file, and move on over the window until it says something."""
    mouse("mousemove", "60", "30", "mousedown", "1", "mousemove", "80", "40")
    way = cycle((200, 500, 700, 720))

    def is_seen() -> bool:
        mouse("mousemove", str(next(way)), "400")
        return person.can_see(words)

    person.waits_until(is_seen, "the window says nothing of the file above it")


@pytest.mark.skipif(sys.platform != "linux", reason="the hand is xdotool's")
@pytest.mark.usefixtures("file_manager", "hand")
def test_a_file_dragged_out_of_another_program(desk: Desk, person: Person) -> None:
    desk.starts()
    person.sees("今日することが、ここに並びます")
    carries_it_over_the_window(person, "離すと、十河.vcf の中身を確かめます")
    person.photographs_the_screen("01-above")
    mouse("mouseup", "1")
    person.sees("十河.vcf・vCard の連絡先・1件（1人）", "1人を取り込む")
    person.sees_no("離すと")
    person.photographs("02-preview")
