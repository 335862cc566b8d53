"""From the command to the last window: one program per profile, and what is said when a profile cannot be opened."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from soloflow.domain.errors import DamagedError, UserError
from soloflow.i18n import _
from soloflow.services.workspace import Workspace
from soloflow.ui import calling
from soloflow.ui.session import Doors, Session
from soloflow.ui.theme import apply_theme, load_theme, resolve_appearance

AFTER_SMALL_MS = 500
"""What the small window does not wait for: it is painted long before."""


def run(doors: Doors, folder: Path, *, only_capture: bool = False) -> int:
    """Open the window of a profile (or only the small one) and stay until it closes; a second start only calls the first.

    :raises UserError: when the profile cannot be opened (said in a dialog as well, where there is a display).
    """
    from soloflow.ui.single_instance import SingleInstance

    application = QApplication.instance() or QApplication(["soloflow", "-style", "fusion"])
    assert isinstance(application, QApplication)
    application.setApplicationName("SoloFlow")
    application.setDesktopFileName("soloflow")
    guard = SingleInstance(folder)
    if not guard.is_first:
        if guard.call_first(calling.CAPTURE if only_capture else calling.SHOW):
            return 0
        raise UserError(
            _("SoloFlow は開いていますが、応答がありません。少し待つか、終了してからもう一度開いてください。")
        )
    try:
        workspace = _opened(doors)
    except UserError:
        guard.close()
        raise
    application.setQuitOnLastWindowClosed(False)  # the session knows about the tray
    session = Session(doors, workspace, only_capture=only_capture)
    application.lastWindowClosed.connect(session.on_last_closed)
    guard.called.connect(session.answer)
    session.context.later(guard.listen)
    for work in (session.begin_collecting, session.begin_tray):
        if only_capture:
            QTimer.singleShot(AFTER_SMALL_MS, work)
        else:
            session.context.later(work)
    code = application.exec()
    session.close()
    guard.close()
    sys.excepthook = sys.__excepthook__
    return code


def _opened(doors: Doors) -> Workspace:
    """The profile; where its file is damaged and there is a sound copy, the user may have that put in its place.

    :raises UserError: when it cannot be opened; the user has been told.
    """
    try:
        return doors.open()
    except UserError as error:
        copy = doors.newest_backup() if isinstance(error, DamagedError) else None
        offer = _("最新の控え（{name}）から戻す").format(name=copy.name) if copy else ""
        if not _say(str(error), offer) or copy is None:
            raise
    try:
        doors.restore_newest(copy)
        return doors.open()
    except UserError as error:
        _say(str(error))
        raise


def _say(text: str, offer: str = "") -> bool:
    """Say it in a box, as there is no window yet; whether what is offered was chosen."""
    from PySide6.QtWidgets import QMessageBox

    apply_theme(load_theme(resolve_appearance("system")))
    box = QMessageBox(QMessageBox.Icon.Warning, "SoloFlow", text)
    close = box.addButton(_("閉じる"), QMessageBox.ButtonRole.RejectRole)
    chosen = box.addButton(offer, QMessageBox.ButtonRole.AcceptRole) if offer else None
    box.setDefaultButton(close)
    box.exec()
    return chosen is not None and box.clickedButton() is chosen
