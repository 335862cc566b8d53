"""From the first window to the last: one profile at a time, opened anew for the sample and after a restore.

The session knows no paths and no store; it is given functions for what needs the composition root.
"""

import gc
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services.funnel_loading import load_drawing
from soloflow.services.workspace import Workspace
from soloflow.ui import calling
from soloflow.ui.context import Context
from soloflow.ui.garbage import GuiThreadGarbage
from soloflow.ui.main_window import MainWindow
from soloflow.ui.start import BugDoor, build_context, window_of

if TYPE_CHECKING:  # not part of the first painting
    from soloflow.ui.tray import Tray
    from soloflow.ui.watch import Watch

CAPTURE_AFTER_MS = 800
TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105  the desktop's word for it
LOAD_AFTER_MS = 2000


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
    """Holds what is open: the context of a profile, its window once somebody wants it, the icon in the tray."""

    def __init__(self, doors: Doors, workspace: Workspace, *, only_capture: bool = False) -> None:
        super().__init__()
        self._doors = doors
        self._own = workspace
        self._garbage: GuiThreadGarbage | None = None
        self._tray: Tray | None = None
        self._watch: Watch | None = None
        self._window: MainWindow | None = None
        self.context = self._opened(workspace)
        if only_capture:
            self._show_capture()
        else:
            self._show_window()

    @property
    def window(self) -> MainWindow:
        """The program's window; built and shown when first asked for."""
        return self._window if self._window is not None else self._show_window()

    def _opened(self, workspace: Workspace) -> Context:
        context = build_context(workspace, self._doors.appearance(workspace))
        context.rests_in_tray = self._rests_in_tray
        context.profile_wanted.connect(self._on_profile_wanted)
        context.window_wanted.connect(self.come_to_front)
        context.navigated.connect(self._on_navigated)
        context.bug_found.connect(self._on_bug)
        if self._doors.is_sample(workspace):
            _show_sample_band(context)
            context.theme_changed.connect(partial(_show_sample_band, context))  # perhaps in another language now
        sys.excepthook = BugDoor(context)
        QTimer.singleShot(1500, context, partial(self._back_up, context))
        if self._tray is not None:
            self._tray.follow(context)
        return context

    def _show_window(self) -> MainWindow:
        """Build the window of the open profile."""
        if self._watch is not None:  # the window has one of its own
            self._watch.stop()
            self._watch = None
        context = self.context
        self._window = window = window_of(context)
        window.show()
        context.later(partial(_load_soon, context))
        return window

    def _show_capture(self) -> None:
        from soloflow.ui.capture_window import open_capture
        from soloflow.ui.watch import Watch

        self.context.setParent(self)
        open_capture(self.context, small=True)
        self._watch = Watch(self.context)

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
            sample = self.context.workspace
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
        self._show_anew(workspace, old.saveGeometry())
        _put_away(old)

    def _restore(self, copy: Path) -> None:
        old = self.window
        geometry = old.saveGeometry()
        workspace = old.context.workspace
        old.leave_at_once()
        workspace.store.close()
        text, failed = _("控えから戻しました。それまでのデータは backups フォルダーに残してあります。"), False
        try:
            self._doors.restore(workspace, copy)
        except UserError as error:
            text, failed = str(error), True
        self._own = self._doors.open()
        self._show_anew(self._own, geometry)
        old.deleteLater()
        self.context.notify(text, kind="error" if failed else "info")

    def _show_anew(self, workspace: Workspace, geometry: QByteArray) -> None:
        self.context = self._opened(workspace)
        self._show_window().restoreGeometry(geometry)

    # The desktop

    @Slot(str, str)
    def answer(self, word: str, token: str) -> None:
        """A second start asked for something; with the desktop's token a window may take the keyboard."""
        if token:
            os.environ[TOKEN] = token  # Qt looks for it there when a window is activated
        if word == calling.CAPTURE:
            self.call_capture()
        else:
            self.come_to_front()
        os.environ.pop(TOKEN, None)

    @Slot()
    def call_capture(self) -> None:
        """Bring the window in which people are written down, and only that."""
        from soloflow.ui.capture_window import call_capture

        call_capture(self.context)

    @Slot()
    def come_to_front(self) -> None:
        """The program's window is wanted."""
        self.window.come_to_front()

    @Slot(str, object)
    def _on_navigated(self, key: str, args: dict[str, object]) -> None:
        """From the small window somebody goes to a page; a window that is there has heard it too."""
        if self._window is None:
            self.window.show_page(key, **args)
        elif not self._window.isVisible() or self._window.isMinimized():
            self._window.come_to_front()

    @Slot(str)
    def _on_bug(self, report: str) -> None:
        """A fault while only the small window is open."""
        above = QApplication.activeWindow()
        if self._window is None and above is not None:
            from soloflow.ui.widgets.bug_dialog import BugDialog

            BugDialog(report, above).open()

    @Slot()
    def begin_tray(self) -> None:
        """Put the icon into the tray, where the desktop has one."""
        from soloflow.ui import tray

        if self._tray is None and tray.is_available():
            self._tray = tray.Tray(self)
            self._tray.capture_wanted.connect(self.call_capture)
            self._tray.window_wanted.connect(self.come_to_front)
            self._tray.end_wanted.connect(self.leave)
            self._tray.follow(self.context)

    def _rests_in_tray(self) -> bool:
        """Whether the program goes on without a window: the user wants it, and can reach it in the tray."""
        from soloflow.services import settings

        if self._tray is None or not self._tray.is_visible or _is_desktop_ending():
            return False
        return settings.load(self._own.folder).stays_in_tray

    @Slot()
    def on_last_closed(self) -> None:
        """Qt's word that no window is left; another one may open in the same breath."""
        QTimer.singleShot(0, self, self._end_unless_needed)

    def _end_unless_needed(self) -> None:
        shown = any(one.isVisible() for one in QApplication.topLevelWidgets() if one.isWindow())
        has_left = self._window is not None and self._window.has_left
        if not shown and (has_left or not self._rests_in_tray()):
            QApplication.exit(0)

    @Slot()
    def leave(self) -> None:
        """End the program, from the tray; where the window has to ask first, its closing ends it."""
        if self._window is not None:
            self._window.leave()
            if not self._window.has_left:
                return
        QApplication.exit(0)

    @Slot()
    def begin_collecting(self) -> None:
        """Look for garbage from now on; what starting has made stays anyway, so it is never looked through."""
        gc.collect()
        gc.freeze()
        self._garbage = GuiThreadGarbage(self)

    def close(self) -> None:
        """Close what is open, windows and store."""
        if self._garbage is not None:
            self._garbage.stop()
        if self._tray is not None:
            self._tray.remove()
            self._tray = None
        if self._watch is not None:
            self._watch.stop()
        workspace = self.context.workspace
        if self._window is not None:
            self._window.leave_at_once()
        else:
            self.context.close()
        workspace.store.close()
        if workspace is not self._own:
            self._own.store.close()


def _is_desktop_ending() -> bool:
    """Whether the user logs out: nobody may hold that up."""
    application = QApplication.instance()
    return isinstance(application, QApplication) and application.isSavingSession()


def _load_soon(context: Context) -> None:
    """After the first painting, load what writing people down needs, two seconds later what 分析 draws with.

    Their first opening is then as quick as any.
    """
    QTimer.singleShot(CAPTURE_AFTER_MS, context, partial(context.prepare, _load_capture))
    QTimer.singleShot(LOAD_AFTER_MS, context, partial(_load_ahead, context))


def _load_capture() -> None:
    import soloflow.ui.capture_window  # noqa: F401


def _load_insights() -> None:
    import soloflow.ui.pages.insights  # noqa: F401


def _load_ahead(context: Context) -> None:
    closing = Event()
    context.closing.connect(closing.set)
    context.prepare(_load_insights)
    context.prepare(partial(load_drawing, partial(_is_open, closing)))


def _is_open(closing: Event) -> bool:
    return not closing.is_set()


def _show_sample_band(context: Context) -> None:
    from soloflow.ui.widgets.band import Band

    sentence = _("見本のデータを見ています。ここで試したことは、あなたの記録に残りません。")
    context.set_band(Band(sentence, "flask", _("見本を閉じる"), context.leave_sample))


def _put_away(window: MainWindow) -> None:
    window.leave_at_once()
    window.deleteLater()
