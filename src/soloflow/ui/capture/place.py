"""Where the capture window stands: over the middle of the main window, later where it was left."""

from pathlib import Path

from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

USUAL, LEAST = QSize(880, 624), QSize(720, 480)
SMALL_USUAL = SMALL_LEAST = QSize(720, 408)
KEY, SMALL_KEY = "capture_geometry", "small_capture_geometry"
LINE_KEY = "capture_line"
SMALL_FLAGS = Qt.WindowType.Window
"""The small window belongs to nobody: it comes alone, also where the program's window is minimised or in the tray."""
# A dialog stays above its window and moves to the same desktop with it; only then do window systems hear whose it is.
FLAGS = (
    Qt.WindowType.Dialog
    | Qt.WindowType.WindowTitleHint
    | Qt.WindowType.WindowSystemMenuHint
    | Qt.WindowType.WindowMinMaxButtonsHint
    | Qt.WindowType.WindowCloseButtonHint
)


def put(window: QWidget, owner: QWidget | None, folder: Path, *, small: bool = False) -> None:
    """Give a window its size and place before it is shown for the first time."""
    window.setMinimumSize(SMALL_LEAST if small else LEAST)
    window.resize(SMALL_USUAL if small else USUAL)
    kept = _settings(folder).value(SMALL_KEY if small else KEY)
    if kept is not None and window.restoreGeometry(kept):
        return
    middle = owner.frameGeometry().center() if owner is not None else None
    if middle is None:
        return
    screen = QGuiApplication.screenAt(middle) or window.screen()
    room = screen.availableGeometry()
    place = window.rect()
    place.moveCenter(middle)
    window.move(
        max(room.left(), min(place.left(), room.right() - place.width())),
        max(room.top(), min(place.top(), room.bottom() - place.height())),
    )


def keep(window: QWidget, folder: Path, *, small: bool = False) -> None:
    """Remember where the window is."""
    _settings(folder).setValue(SMALL_KEY if small else KEY, window.saveGeometry())


def keep_line(folder: Path, text: str) -> None:
    """Remember what was being written when the window was closed; the program may end with it."""
    _settings(folder).setValue(LINE_KEY, text)


def take_line(folder: Path) -> str:
    """What was being written when the program ended; it is handed out once."""
    kept = _settings(folder)
    text = kept.value(LINE_KEY, "")
    kept.remove(LINE_KEY)
    return str(text)


def _settings(folder: Path) -> QSettings:
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
