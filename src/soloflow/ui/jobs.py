"""Work off the GUI thread: a lane for what is written, one for reckoning, one for the network, each first in, first out.

A lane is one thread. Results, failures and progress arrive on the GUI thread; a cancelled job answers with `Cancelled`.
Pages do not use this module, they call `Context.run`, `Context.reckon` and `Context.run_long`.
"""

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from soloflow.domain.errors import Cancelled

REPORT_EVERY = 0.05
"""Seconds between two progress messages; more would only keep the window busy."""


@dataclass(eq=False, slots=True)
class Job:
    """One piece of work, from the moment it is asked for until its result has been handed over."""

    action: Callable[[], Any]
    finished: Callable[["Job"], None]
    """Called on the GUI thread when the work is over, whatever came of it."""
    title: str = ""
    """Shown in the status line; empty for short work nobody needs to see."""
    asker: Hashable = None
    """Who wants only the newest of what it asked for; None wants everything."""
    is_overtaken: bool = False
    """Nobody waits for it any more: where it has not begun, it never begins, and nothing is said of it."""
    done: int = 0
    total: int | None = None
    text: str = ""
    result: Any = None
    error: BaseException | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask the work to stop at its next check; work that has not begun never begins."""
        self.cancelled.set()


class Lane(QObject):
    """One worker thread and its queue."""

    progressed = Signal(object)
    """A Job whose progress changed (on the GUI thread)."""
    _over = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._name = name
        self._thread: threading.Thread | None = None
        self._waiting: list[Job] = []
        self._is_closed = False
        self._over.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether a job runs or waits, or its result has not been handed over yet."""
        return bool(self._waiting)

    def holds(self, job: Job) -> bool:
        """Whether this job runs or waits here."""
        return job in self._waiting

    def submit(self, job: Job) -> None:
        """Queue a job; the thread starts with the first one. After `close` nothing is taken, or its thread would stay."""
        if self._is_closed:
            return
        if self._thread is None:
            thread = threading.Thread(target=self._work, name=self._name)
            thread.start()
            self._thread = thread  # one that could not be started is no thread to wait for
        if job.asker is not None:
            self.forget(job.asker)
        self._waiting.append(job)
        self._queue.put(job)

    def forget(self, asker: Hashable = None) -> None:
        """What an asker wanted (None: anybody) and has not begun is not wanted any more."""
        for job in self._waiting:
            if asker is None or job.asker == asker:
                job.is_overtaken = True

    def close(self) -> None:
        """Finish what waits, hand every result over, and join the thread."""
        self._is_closed = True
        if self._thread is None:
            return
        self._queue.put(None)
        self._thread.join()
        self._thread = None
        for job in list(self._waiting):
            self._hand_over(job)

    def cancel_all(self) -> None:
        """Ask every job of this lane that can be cancelled to stop."""
        for job in self._waiting:
            if job.title:
                job.cancel()

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            try:
                if job.cancelled.is_set() or job.is_overtaken:
                    raise Cancelled
                job.result = job.action()
            except BaseException as error:  # noqa: BLE001 - the one door through which failures reach the user
                job.error = error
            self._over.emit(job)

    @Slot(object)
    def _hand_over(self, job: Job) -> None:
        if job in self._waiting:
            self._waiting.remove(job)
            finished = job.finished
            job.action, job.finished, job.asker = (
                _nothing,
                _nothing,
                None,
            )  # the thread may hold the job a while, and must not be the last to hold a widget
            finished(job)


def _nothing(_job: Job | None = None) -> None:
    return None


class JobProgress:
    """The services' Progress for one job: keeps the figures, tells the GUI thread now and then."""

    def __init__(self, lane: Lane, job: Job) -> None:
        self._lane = lane
        self._job = job
        self._told = 0.0

    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        """Say how far the work is; total None while unknown."""
        self._job.done, self._job.total, self._job.text = done, total, text
        now = time.monotonic()
        if now - self._told >= REPORT_EVERY or done == total:
            self._told = now
            self._lane.progressed.emit(self._job)

    def check(self) -> None:
        """Return, or raise Cancelled when the user stopped the job."""
        if self._job.cancelled.is_set():
            raise Cancelled
