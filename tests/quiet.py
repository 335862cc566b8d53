"""When a window is at rest: what was asked for is written, and what waits a moment before it shows is shown.

A test that waits so long is neither slow on a quiet machine nor wrong on a busy one.
"""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from soloflow.ui.context import Context

SOON_MS = 1_000
"""What waits longer, such as a notice that goes by itself, is nothing to wait for."""
PATIENCE_MS = 30_000


def rests(qtbot: QtBot, context: Context, *roots: QObject) -> None:
    """Wait until nothing is written or reckoned, no job runs, and no timer inside these windows is about to do something."""
    for _round in range(2):  # what was done may ask for more
        QApplication.processEvents()
        qtbot.waitUntil(lambda: _is_quiet(context, *roots), timeout=PATIENCE_MS)


def _is_quiet(context: Context, *roots: QObject) -> bool:
    timers = (timer for root in roots for timer in root.findChildren(QTimer))
    is_busy = context.is_writing or context.is_reckoning or bool(context.jobs)
    return not (is_busy or any(_is_due_soon(timer) for timer in timers))


def _is_due_soon(timer: QTimer) -> bool:
    return timer.isActive() and (timer.isSingleShot() or timer.interval() == 0) and timer.interval() <= SOON_MS
