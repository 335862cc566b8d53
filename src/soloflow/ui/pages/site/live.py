"""The preview in the browser: builds the site, serves it on the loopback interface, and reloads it after every edit."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import site
from soloflow.ui.context import Context, Notice

if TYPE_CHECKING:  # types only: the server's room loads when the browser is asked for
    from soloflow.services.site import PreviewServer
    from soloflow.services.workspace import Progress, Workspace

SETTLE_MS = 250


class LivePreview(QObject):
    """One server from the first look until `stop`."""

    served = Signal(str)
    """The address from now on, or "" when there is none any more."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context
        self._server: PreviewServer | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SETTLE_MS)
        self._later.timeout.connect(self._rebuild)

    @property
    def url(self) -> str:
        """The address while it is served, else ""."""
        return self._server.url if self._server is not None else ""

    def open(self) -> None:
        """Build and show the site in the browser."""
        action = partial(_build, self.context.workspace)
        self.context.run_long(_("サイトをつくっています"), action, self._open_browser)

    def refresh(self) -> None:
        """The words have changed: build again soon, if somebody is looking."""
        if self._server is not None:
            self._later.start()

    @Slot()
    def stop(self) -> None:
        """No server and no thread is left."""
        self._later.stop()
        server, self._server = self._server, None
        if server is not None:
            server.stop()
            self.served.emit("")

    def copy_address(self) -> None:
        """Put the address on the clipboard, for another browser."""
        QGuiApplication.clipboard().setText(self.url)
        self.context.notify(_("アドレスを写しました。"))

    @Slot()
    def _rebuild(self) -> None:
        self.context.run(partial(_rebuilt, self.context.workspace), self._reload)

    def _reload(self, _built: object) -> None:
        if self._server is not None:
            self._server.reload()

    def _open_browser(self, _built: object) -> None:
        if self._server is None:
            self._server = site.preview(site.default_folder(self.context.workspace))
            try:
                self._server.start()
            except UserError as error:
                self._server = None
                self.context.notify(str(error), kind="error")
                return
            self.served.emit(self.url)
        else:
            self._server.reload()
        if not QDesktopServices.openUrl(QUrl(self.url)):
            sentence = _("ブラウザーを開けませんでした。{url} をブラウザーで開いてください。").format(url=self.url)
            self.context.noticed.emit(Notice(sentence, "error", _("アドレスを写す"), "", self.copy_address))


def _build(ws: "Workspace", progress: "Progress") -> object:
    return site.build(ws, progress=progress)


def _rebuilt(ws: "Workspace") -> object:
    return site.build(ws)
