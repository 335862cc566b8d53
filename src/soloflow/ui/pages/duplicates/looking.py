"""Looking for pairs beside the window's other work: the whole contact book, one import, or what has just changed."""

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from soloflow.i18n import _
from soloflow.services import duplicates
from soloflow.services.duplicates import Pair
from soloflow.services.workspace import Progress, Workspace
from soloflow.ui.context import Context
from soloflow.ui.jobs import Job


class Looking(QObject):
    """One search for everything that asks for one at a time; only the newest answer counts."""

    due = Signal()
    """A search is wanted: whoever listens calls `begin`, or does not."""
    found = Signal(object)
    """A tuple of pairs: of a whole search."""
    changed = Signal(object)
    """A tuple of pairs: those of before, brought up to date."""
    stopped = Signal()
    """The user stopped the search."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.change_set: int | None = None
        """The import that is looked at; None for everybody."""
        self._asked = 0
        self._job: Job | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.due)
        context.jobs_changed.connect(self._on_jobs)

    @property
    def is_due(self) -> bool:
        """Whether a search is about to begin."""
        return self._soon.isActive()

    @Slot()
    def ask(self) -> None:
        """Want a search."""
        self._soon.start()

    def begin(self) -> None:
        """Search now, with progress and 中止 in the status line."""
        self._asked += 1
        action = partial(_search, self._context.workspace, self.change_set)
        title = _("かさなりをさがしています")
        self._job = self._context.run_long(title, action, partial(self._on_found, self._asked), network=True)

    def bring_up_to_date(self, pairs: Sequence[Pair], customers: Collection[int]) -> None:
        """Look again near these customers, once what is being written is written."""
        self._asked += 1
        action = partial(duplicates.again, self._context.workspace, tuple(pairs), frozenset(customers))
        self._context.run(action, partial(self._on_up_to_date, self._asked))

    def forget(self) -> None:
        """What is being looked for is out of date: the user has just decided about a pair."""
        self._asked += 1

    def _on_found(self, asked: int, pairs: tuple[Pair, ...]) -> None:
        if asked == self._asked:
            self.found.emit(pairs)
        elif self._job is None:
            self.ask()  # something changed while it was looked for

    def _on_up_to_date(self, asked: int, pairs: tuple[Pair, ...]) -> None:
        if asked == self._asked:
            self.changed.emit(pairs)

    @Slot()
    def _on_jobs(self) -> None:
        job = self._job
        if job is None or job in self._context.jobs:
            return
        self._job = None
        if job.cancelled.is_set():
            self.stopped.emit()


def _search(ws: Workspace, change_set: int | None, progress: Progress) -> tuple[Pair, ...]:
    if change_set is None:
        return duplicates.scan(ws, progress)
    return duplicates.found_by(ws, change_set, progress)
