"""From the first window to the last: one profile at a time, opened anew for the sample and after a restore.

The session knows no paths and no store; it is given functions for what needs the composition root.
"""

import gc
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from soloflow.domain.errors import DamagedError, UserError
from soloflow.i18n import _
from soloflow.services.funnel_loading import load_drawing
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.garbage import GuiThreadGarbage
from soloflow.ui.main_window import MainWindow
from soloflow.ui.start import BugDoor, build_window
from soloflow.ui.theme import apply_theme, load_theme, resolve_appearance

LOAD_AFTER_MS = 4000


@dataclass(frozen=True, slots=True)
class Doors:
    """What only the composition root can do."""

    open: Callable[[], Workspace]
    """The user's own profile."""
    open_sample: Callable[[Workspace], Workspace]
    remove_sample: Callable[[Workspace], None]
    restore: Callable[[Workspace, Path], object]
    """Put a copy in the place of the closed workspace's records."""
    is_sample: Callable[[Workspace], bool]
    appearance: Callable[[Workspace], str]
    daily_backup: Callable[[Workspace], Path | None]
    newest_backup: Callable[[], Path | None]
    restore_newest: Callable[[Path], object]
    """Put a copy in the place of records that cannot be opened; these are kept beside."""


class Session(QObject):
    """Holds the window that is open."""

    def __init__(self, doors: Doors, workspace: Workspace) -> None:
        super().__init__()
        self._doors = doors
        self._own = workspace
        self._garbage: GuiThreadGarbage | None = None
        self.window = self._show(workspace)

    def _show(self, workspace: Workspace) -> MainWindow:
        window = build_window(workspace, self._doors.appearance(workspace))
        context = window.context
        context.profile_wanted.connect(self._on_profile_wanted)
        if self._doors.is_sample(workspace):
            _show_sample_band(context)
            context.theme_changed.connect(partial(_show_sample_band, context))  # perhaps in another language now
        sys.excepthook = BugDoor(context)
        window.show()
        QTimer.singleShot(1500, context, partial(self._back_up, context))
        context.later(partial(_load_soon, context))
        return window

    def _back_up(self, context: Context) -> None:
        """The day's copy, once the window is up and quiet."""
        context.run(partial(self._doors.daily_backup, context.workspace), failed=partial(self._no_backup, context))

    def _no_backup(self, context: Context, error: UserError) -> None:
        context.notify(_("今日の控えが取れませんでした。{reason}").format(reason=error), kind="error")

    @Slot(str, object)
    def _on_profile_wanted(self, what: str, copy: Any) -> None:
        # Not inside the click: the button that was pressed belongs to the window that closes.
        QTimer.singleShot(0, self, partial(self._change, what, copy))

    def _change(self, what: str, copy: Any) -> None:
        if what == "sample":
            self._replace(partial(self._doors.open_sample, self._own))
        elif what == "leave_sample":
            sample = self.window.context.workspace
            self._replace(self._own_again)
            sample.store.close()
            self._doors.remove_sample(self._own)
        elif what == "restore":
            self._restore(copy)

    def _own_again(self) -> Workspace:
        return self._own

    def _replace(self, opened: Callable[[], Workspace]) -> None:
        old = self.window
        try:
            workspace = opened()
        except UserError as error:
            old.context.notify(str(error), kind="error")
            return
        geometry = old.saveGeometry()
        self.window = self._show(workspace)
        self.window.restoreGeometry(geometry)
        _put_away(old)

    def _restore(self, copy: Path) -> None:
        old = self.window
        geometry = old.saveGeometry()
        workspace = old.context.workspace
        old.close()
        workspace.store.close()
        text, failed = _("控えから戻しました。それまでのデータは backups フォルダーに残してあります。"), False
        try:
            self._doors.restore(workspace, copy)
        except UserError as error:
            text, failed = str(error), True
        self._own = self._doors.open()
        self.window = self._show(self._own)
        self.window.restoreGeometry(geometry)
        old.deleteLater()
        self.window.context.notify(text, kind="error" if failed else "info")

    @Slot()
    def come_to_front(self) -> None:
        """A second start asked for the window."""
        self.window.come_to_front()

    @Slot()
    def begin_collecting(self) -> None:
        """Look for garbage from now on; what starting has made stays anyway, so it is never looked through."""
        gc.collect()
        gc.freeze()
        self._garbage = GuiThreadGarbage(self)

    def close(self) -> None:
        """Close what is open, window and store."""
        if self._garbage is not None:
            self._garbage.stop()
        workspace = self.window.context.workspace
        self.window.close()
        workspace.store.close()
        if workspace is not self._own:
            self._own.store.close()


def _load_soon(context: Context) -> None:
    """Some seconds after the first painting, load what 分析 draws with: its first opening is then as quick as any."""
    QTimer.singleShot(LOAD_AFTER_MS, context, partial(_load_ahead, context))


def _load_ahead(context: Context) -> None:
    closing = Event()
    context.closing.connect(closing.set)
    context.prepare(partial(load_drawing, partial(_is_open, closing)))


def _is_open(closing: Event) -> bool:
    return not closing.is_set()


def _show_sample_band(context: Context) -> None:
    from soloflow.ui.widgets.band import Band

    sentence = _("見本のデータを見ています。ここで試したことは、あなたの記録に残りません。")
    context.set_band(Band(sentence, "flask", _("見本を閉じる"), context.leave_sample))


def _put_away(window: MainWindow) -> None:
    window.close()
    window.deleteLater()


def run(doors: Doors, folder: Path) -> int:
    """Open the window of a profile and stay until it closes; a second start only calls the first.

    :raises UserError: when the profile cannot be opened (said in a dialog as well, where there is a display).
    """
    from soloflow.ui.single_instance import SingleInstance

    application = QApplication.instance() or QApplication(["soloflow", "-style", "fusion"])
    assert isinstance(application, QApplication)
    application.setApplicationName("SoloFlow")
    application.setDesktopFileName("soloflow")
    guard = SingleInstance(folder)
    if not guard.is_first:
        if guard.call_first():
            return 0
        raise UserError(
            _("SoloFlow は開いていますが、応答がありません。少し待つか、終了してからもう一度開いてください。")
        )
    try:
        workspace = _opened(doors)
    except UserError:
        guard.close()
        raise
    session = Session(doors, workspace)
    session.window.context.later(guard.listen)
    session.window.context.later(session.begin_collecting)
    guard.called.connect(session.come_to_front)
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
