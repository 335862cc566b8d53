"""Notices what other processes write (`soloflow add`, cron) while the window is open."""

from PySide6.QtCore import QObject, QTimer, Slot

from soloflow.services.changes import Changes
from soloflow.ui.context import Context

EVERY_MS = 400


class Watch(QObject):
    """Asks the journal where it stands, a few times a second."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        from soloflow.services import history

        self._context = context
        self._history = history
        self._seen = history.mark(context.workspace)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        context.changed.connect(self._on_own_change)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Announce what others wrote since the last look."""
        if self._context.is_writing:
            return
        changes = self._history.poll(self._context.workspace, self._seen)
        if changes is not None:
            self._seen = self._history.mark(self._context.workspace)
            self._context.announce(changes, quietly=True)
            if changes.label:
                self._context.notify(changes.label, undo=True)

    @Slot(object)
    def _on_own_change(self, changes: Changes) -> None:
        """Our own writing is no news, unless somebody else wrote right behind it."""
        now = self._history.mark(self._context.workspace)
        if changes.change_set is None or now[0] == changes.change_set:
            self._seen = now
