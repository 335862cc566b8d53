"""Counts the rates in the heads of the board, in the background and not too often."""

from functools import partial

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from soloflow.services import numbers
from soloflow.services.numbers import RateLine
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context

AFTER_MS = 400
"""The rates are counted when nothing has moved for so long, and for ten times as long as it took the last time: a large log
takes seconds, and no move should have to wait behind that.
"""


class Rates(QObject):
    """Asks for the rates of a channel when the board stands still; an answer to an older question is not told."""

    counted = Signal(object)
    """dict of stage and RateLine."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._channel: int | None = None
        self._asked: object = None
        self._wait = AFTER_MS
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.timeout.connect(self._ask)

    def ask_soon(self, channel: int | None, *, anew: bool) -> None:
        """Count when it is quiet; `anew` does not wait for as long as a large log deserves."""
        self._channel = channel
        self._due.start(AFTER_MS if anew else self._wait)

    @Slot()
    def _ask(self) -> None:
        self._asked = asked = object()
        self._context.run(partial(_timed, self._context.workspace, self._channel), partial(self._take, asked))

    def _take(self, asked: object, answer: tuple[dict[int, RateLine], int]) -> None:
        rates, took_ms = answer
        self._wait = max(AFTER_MS, 10 * took_ms)
        if asked is self._asked:
            self.counted.emit(rates)


def _timed(ws: Workspace, channel: int | None) -> tuple[dict[int, RateLine], int]:
    """The rates, and how many milliseconds they took."""
    timer = QElapsedTimer()
    timer.start()
    return numbers.rates(ws, channel), timer.elapsed()
