"""Shows the built folder in the user's browser, over the loopback interface only, and reloads it after a build.

The script that reloads exists in these answers only; the files in the folder never hold it.
"""

import contextlib
import functools
import mimetypes
import socket
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from soloflow.domain.errors import UserError
from soloflow.i18n import _

_HOST = "127.0.0.1"
_EVENTS = "/.soloflow/reload"
_KEEP_ALIVE_SECONDS = 15.0
_SCRIPT = (
    b'<script>new EventSource("' + _EVENTS.encode() + b'?seen=%d").onmessage=function(){location.reload()}</script>'
)
_TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
          ".xml": "application/xml; charset=utf-8", ".txt": "text/plain; charset=utf-8"}  # fmt: skip


class PreviewServer:
    """Serves one folder from `start` to `stop`; `reload` makes every open page load again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._version = _Version()
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> str:
        """Begin to serve on a free port; the address of the home page.

        :raises UserError: when the system gives no port.
        """
        if self._server is None:
            handler = functools.partial(_Answer, folder=self._folder, version=self._version)
            try:
                self._server = _Server((_HOST, 0), handler)
            except OSError as error:
                text = _("プレビューを始められませんでした（{reason}）。少し待って、もう一度お試しください。")
                raise UserError(text.format(reason=error.strerror or type(error).__name__)) from error
            self._version.open()
            self._thread = threading.Thread(
                target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="site-preview"
            )
            self._thread.start()
        return self.url

    @property
    def url(self) -> str:
        """The address of the home page; "" while stopped."""
        return f"http://{_HOST}:{self._server.server_address[1]}/" if self._server else ""

    def reload(self) -> None:
        """Tell every open page that the folder has changed."""
        self._version.raise_by_one()

    def stop(self) -> None:
        """End; no thread and no connection is left when this returns."""
        if self._server is None or self._thread is None:
            return
        self._version.close()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()
        self._server = self._thread = None


class _Version:
    """A counter that threads can wait on."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._value = 0
        self._closed = False

    @property
    def value(self) -> int:
        return self._value

    def open(self) -> None:
        with self._changed:
            self._closed = False

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def raise_by_one(self) -> None:
        with self._changed:
            self._value += 1
            self._changed.notify_all()

    def wait_beyond(self, seen: int, seconds: float) -> bool | None:
        """True once the counter is beyond `seen`, False when the time is over, None when closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._value > seen, seconds)
            return None if self._closed else self._value > seen


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(self, *arguments: Any) -> None:
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End every connection, also those on which a browser only waits."""
        with self._guard:
            for request in self._open:
                with contextlib.suppress(OSError):
                    request.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves in the middle is nothing to report."""


class _Answer(BaseHTTPRequestHandler):
    server_version = "SoloFlow"
    sys_version = ""

    def __init__(self, *arguments: Any, folder: Path, version: _Version) -> None:
        self._folder, self._version = folder, version
        super().__init__(*arguments)

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if not self._is_for_us():
            self._send(HTTPStatus.FORBIDDEN, b"", "text/plain")
        elif path == _EVENTS:
            self._events()
        else:
            self._page(path)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _is_for_us(self) -> bool:
        """Refuses names that another site made point to this machine."""
        return (self.headers.get("Host") or "").rpartition(":")[0] in {_HOST, "localhost"}

    def _page(self, path: str) -> None:
        found = _inside(self._folder, path)
        if found is not None and _is_folder(found):
            if not path.endswith("/"):
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header("Location", f"{path}/")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            found = found / "index.html"
        body = _read(found)
        if body is not None and found is not None:
            self._send(HTTPStatus.OK, body, _type(found))
            return
        missing = _read(self._folder / "404.html")
        self._send(HTTPStatus.NOT_FOUND, missing or b"404", _TYPES[".html"] if missing else "text/plain")

    def _send(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        if kind.startswith("text/html"):
            script = _SCRIPT % self._version.value
            body = body.replace(b"</body>", script + b"</body>", 1) if b"</body>" in body else body + script
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _events(self) -> None:
        """One event when the folder has changed since the page was served, a comment line now and then until then."""
        digits = urlsplit(self.path).query.removeprefix("seen=")
        seen = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else self._version.value
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        while self.command != "HEAD":
            changed = self._version.wait_beyond(seen, _KEEP_ALIVE_SECONDS)
            if changed is None:
                return
            self.wfile.write(b"data: changed\n\n" if changed else b":\n\n")
            self.wfile.flush()
            if changed:
                return

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the standard library's name
        """Say nothing: requests of one's own browser are no news."""


def _inside(folder: Path, path: str) -> Path | None:
    """The file an address means, None when it would leave the folder or is one of our own records."""
    parts = [part for part in unquote(path).split("/") if part]
    if any(part.startswith(".") or "\\" in part or "\0" in part or ":" in part for part in parts):
        return None
    found = folder.joinpath(*parts)
    try:
        return found if found.resolve().is_relative_to(folder.resolve()) else None
    except OSError:
        return None


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name longer than the disk allows
        return False


def _read(path: Path | None) -> bytes | None:
    try:
        return path.read_bytes() if path is not None else None
    except OSError:
        return None


def _type(path: Path) -> str:
    return _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
