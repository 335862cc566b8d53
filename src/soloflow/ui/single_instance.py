"""One window per profile: a second start brings the first to the front and ends.

The lock file in the profile says who is first; it frees itself when its process dies, however it dies. The first listens on
a local socket; the second says one word to it (`soloflow.ui.calling`).

    guard = SingleInstance(folder)
    if not guard.is_first:
        guard.call_first(calling.SHOW); return
    ... show the window ...
    guard.listen(); guard.called.connect(session.answer)
    ... at the end: guard.close()
"""

import contextlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal, Slot

from soloflow.ui import calling

if TYPE_CHECKING:  # loaded after the first painting only
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE_S = 5.0
"""For a first start that does not listen yet, because it has just begun."""
PAUSE_S = 0.05
MOST_BYTES = 4_096


def socket_name(folder: Path) -> str:
    """The name of the profile's socket: short, the same for every spelling of the path."""
    import hashlib

    return "soloflow-" + hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]


class SingleInstance(QObject):
    """Holds the profile, or knows that somebody else does."""

    called = Signal(str, str)
    """A second start asked for something: the word (calling.WORDS), and the desktop's token for taking the keyboard."""

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

    def call_first(self, word: str = calling.SHOW) -> bool:
        """Ask the first window for something; whether it answered."""
        until = time.monotonic() + PATIENCE_S
        while (answered := calling.call(self._folder, word)) is None and time.monotonic() < until:
            time.sleep(PAUSE_S)
        return bool(answered)

    def listen(self) -> None:
        """Begin to hear second starts; a socket left by a crash is removed, which is safe because we hold the lock."""
        from PySide6.QtNetwork import QLocalServer

        name = socket_name(self._folder)
        QLocalServer.removeServer(name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        if self._server.listen(name):
            calling.publish(self._folder, self._server.fullServerName())

    def close(self) -> None:
        """Let the profile go."""
        if self._server is not None:
            calling.withdraw(self._folder)
            self._server.close()
            self._server = None
        if self.is_first:
            self._lock.unlock()

    @Slot()
    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection() if self._server else None
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(self._on_line)
            if socket.canReadLine():
                self._hear(socket)

    @Slot()
    def _on_line(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._hear(socket)

    def _hear(self, socket: "QLocalSocket") -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > MOST_BYTES:
                socket.abort()
            return
        word, token = calling.understood(bytes(socket.readLine(MOST_BYTES).data()))
        socket.write(calling.ANSWER)
        socket.flush()
        self.called.emit(word, token)
