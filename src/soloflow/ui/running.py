"""From the command to the last window: one program per profile, and what is said when a profile cannot be opened."""

import sys
from collections.abc import Sequence
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
        workspace = _opened(doors, folder)
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


def _opened(doors: Doors, folder: Path) -> Workspace:
    """The profile; where its file is damaged, the user may have a copy put in its place.

    :raises UserError: when it cannot be opened; the user has been told.
    """
    try:
        return doors.open()
    except DamagedError as error:
        return _put_right(doors, folder, error)
    except UserError as error:
        _say(str(error))
        raise


def _put_right(doors: Doors, folder: Path, damaged: DamagedError) -> Workspace:
    """Ask which copy takes the place of what is damaged, until one does.

    :raises DamagedError: when the user wants none.
    """
    newest, said = doors.newest_backup(), str(damaged)
    offers = [_("最新の控え（{name}）から戻す").format(name=newest.name)] if newest else []
    while (chosen := _say(said, (*offers, _("控えのファイルを選ぶ…")))) is not None:
        copy = newest if chosen < len(offers) else _ask_for_copy(folder)
        if copy is None:
            continue
        try:
            doors.restore_newest(copy)
            return doors.open()
        except UserError as error:
            said = str(error)
    raise damaged


def _ask_for_copy(folder: Path) -> Path | None:
    from PySide6.QtWidgets import QFileDialog

    kinds = _("SoloFlow のデータ（{endings}）").format(endings="*.db")
    found, _kind = QFileDialog.getOpenFileName(None, _("控えから戻す"), str(folder / "backups"), kinds)
    return Path(found) if found else None


def _say(text: str, offers: Sequence[str] = ()) -> int | None:
    """Say it in a box, as there is no window yet; the number of what was chosen of the offers, None for nothing."""
    from PySide6.QtWidgets import QMessageBox

    apply_theme(load_theme(resolve_appearance("system")))
    box = QMessageBox(QMessageBox.Icon.Warning, "SoloFlow", text)
    close = box.addButton(_("閉じる"), QMessageBox.ButtonRole.RejectRole)
    buttons = [box.addButton(offer, QMessageBox.ButtonRole.AcceptRole) for offer in offers]
    box.setDefaultButton(close)
    box.exec()
    clicked = box.clickedButton()
    return next((number for number, one in enumerate(buttons) if one is clicked), None)
