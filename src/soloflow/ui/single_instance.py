"""One window per profile: a second start brings the first to the front and ends.

The lock file in the profile says who is first; it frees itself when its process dies, however it dies. The first listens on
a local socket whose name comes from the profile's path; the second writes one word to it.

    guard = SingleInstance(folder)
    if not guard.is_first:
        guard.call_first(); return
    ... show the window ...
    guard.listen(); guard.called.connect(window.come_to_front)
    ... at the end: guard.close()
"""

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal, Slot

if TYPE_CHECKING:  # loaded after the first painting only
    from PySide6.QtNetwork import QLocalServer

WAIT_MS = 1000


def socket_name(folder: Path) -> str:
    """The name of the profile's socket: short, the same for every spelling of the path."""
    import hashlib

    return "soloflow-" + hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]


class SingleInstance(QObject):
    """Holds the profile, or knows that somebody else does."""

    called = Signal()
    """A second start asked for this window."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._lock = QLockFile(str(folder / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None
        # Where no lock can be made nobody else is there: opening the profile will say what is wrong with the folder.
        self.is_first = self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError

    def call_first(self) -> bool:
        """Ask the first window to come to the front; whether it heard."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(socket_name(self._folder))
        if not socket.waitForConnected(WAIT_MS):
            return False
        socket.write(b"show\n")
        heard = socket.waitForBytesWritten(WAIT_MS)
        socket.disconnectFromServer()
        return heard

    def listen(self) -> None:
        """Begin to hear second starts; a socket left by a crash is removed, which is safe because we hold the lock."""
        from PySide6.QtNetwork import QLocalServer

        name = socket_name(self._folder)
        QLocalServer.removeServer(name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        self._server.listen(name)

    def close(self) -> None:
        """Let the profile go."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self.is_first:
            self._lock.unlock()

    @Slot()
    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection() if self._server else None
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.called.emit()
