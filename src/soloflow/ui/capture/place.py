"""Where the capture window stands: over the middle of the main window, later where it was left."""

from pathlib import Path

from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

USUAL = QSize(880, 624)
LEAST = QSize(720, 480)
KEY = "capture_geometry"
# A dialog stays above its window and moves to the same desktop with it; only then do window systems hear whose it is.
FLAGS = (
    Qt.WindowType.Dialog
    | Qt.WindowType.WindowTitleHint
    | Qt.WindowType.WindowSystemMenuHint
    | Qt.WindowType.WindowMinMaxButtonsHint
    | Qt.WindowType.WindowCloseButtonHint
)


def put(window: QWidget, owner: QWidget | None, folder: Path) -> None:
    """Give a window its size and place before it is shown for the first time."""
    window.setMinimumSize(LEAST)
    window.resize(USUAL)
    kept = _settings(folder).value(KEY)
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


def keep(window: QWidget, folder: Path) -> None:
    """Remember where the window is."""
    _settings(folder).setValue(KEY, window.saveGeometry())


def _settings(folder: Path) -> QSettings:
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
