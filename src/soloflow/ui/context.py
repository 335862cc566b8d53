"""What pages share: the open profile, the theme, and the one door for work, messages and navigation.

For page authors, everything through ``self.context``::

    context.workspace                      # first argument of every service
    context.theme, context.icon("mail")    # see theme.py, icons.py
    context.changed                        # Signal(Changes); Page already listens, see page.py

    context.run(partial(prospects.move, ws, pid, stage))        # a change: database lane, then notice with 取り消す
    context.run(action, self._after)                            # _after(result) on the GUI thread
    context.run(action, self._after, failed=self._show_problem) # failed(UserError) instead of the error notice
    context.reckon(action, self._after, asker=self)             # changes no record; no record waits behind it
    context.run_long(_("名簿を取り込んでいます"), action, done)   # action(progress); bar and 中止 in the status line
    context.run_long(title, action, done, network=True)         # the network lane; or reckoning=True

    context.notify(_("写しました"))                              # or undo=True, or kind="error"
    context.navigate("customers", prospect=12)                  # Page.arrive(prospect=12)
    context.open_prospect(12)
    context.open_capture()
    context.undo(), context.redo()
    context.providers.append(find_people)                       # command field: Callable[[str], list[Hit]]
    context.set_badge("today", 6)                               # number on the rail
    context.set_foot("backup", _("控え {when}"))                 # status line, right; set_hint(text) for its left
    context.set_appearance("dark"), context.set_language("en")  # live; all pages are built again
    context.set_band(Band(...)) / set_band(None)                # the strip above the page (widgets/band.py)
    context.later(self._read_figures)                           # not before the window has been painted once

Reads are called directly on the GUI thread: they must answer within a frame or two. When the result of `run` is a `Changes`
it is announced to all pages and in the notice; do not refresh by hand. Pass bound methods or `functools.partial`, never a
lambda that holds `self`. `done` is not called when its receiver page is gone.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QIcon

from soloflow import i18n
from soloflow.domain.errors import Cancelled, UserError
from soloflow.i18n import _
from soloflow.services.changes import Changes
from soloflow.ui import icons
from soloflow.ui.jobs import Job, JobProgress, Lane
from soloflow.ui.qt_words import use_qt_words
from soloflow.ui.theme import Theme, apply_theme, load_theme, resolve_appearance

if TYPE_CHECKING:  # loads the store, which the first window does not wait for
    from soloflow.services.workspace import Progress, Workspace
    from soloflow.ui.widgets.band import Band
    from soloflow.ui.widgets.palette import Provider

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the user, with at most one thing to do about it."""

    text: str
    kind: str = "info"
    action: str = ""
    """Label of the button, such as 取り消す."""
    shortcut: str = ""
    act: Callable[[], None] | None = None


class Context(QObject):
    """The window's shared state; one per open profile."""

    changed = Signal(object)
    noticed = Signal(object)
    """A Notice."""
    navigated = Signal(str, object)
    """Page key and arguments."""
    jobs_changed = Signal()
    bug_found = Signal(str)
    """A report that can be copied; nothing was written."""
    badge_changed = Signal(str, int)
    band_changed = Signal(object)
    capture_wanted = Signal()
    window_wanted = Signal()
    """From the small window: the program's own window, wherever it is."""
    profile_wanted = Signal(str, object)
    """"sample", "leave_sample", or "restore" with the path of a copy: the session opens the window anew."""
    closing = Signal()
    """The window closes: last chance to hand in what is still being typed, and to end what runs."""
    theme_changed = Signal()
    """The appearance or the language is another one: the window rebuilds its pages."""

    def __init__(self, workspace: Workspace, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.theme = theme
        self.jobs: list[Job] = []
        self.providers: list[Provider] = []
        self.badges: dict[str, int] = {}
        self.band: Band | None = None
        self.feet: dict[str, str] = {}
        self.hint = ""
        self.appearance = "system"
        self.rests_in_tray: Callable[[], bool] = _never
        """Whether closing the window only hides it; the session answers."""
        self._until_painted: list[Callable[[], None]] | None = None
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._database = Lane("database", self)
        self._reckoning = Lane("reckoning", self)
        self._network = Lane("network", self)
        for lane in (self._database, self._reckoning, self._network):
            lane.progressed.connect(self._on_progress)

    @property
    def is_writing(self) -> bool:
        """Whether the database lane has work, so that what the store says may still change."""
        return self._database.is_busy

    @property
    def is_reckoning(self) -> bool:
        """Whether figures are being counted or drawn beforehand."""
        return self._reckoning.is_busy

    def awaits(self, job: Job | None) -> bool:
        """Whether this reckoning runs or waits."""
        return job is not None and self._reckoning.holds(job)

    @property
    def unfinished(self) -> list[Job]:
        """The long work on the records that closing would stop."""
        return [job for job in self.jobs if self._database.holds(job) and not job.cancelled.is_set()]

    def icon(self, name: str, role: str = "ink2", size: int = 16) -> QIcon:
        """An icon in the current theme."""
        return icons.icon(self.theme, name, role, size)

    def set_appearance(self, appearance: str) -> None:
        """Take "system", "light" or "dark", live; the window rebuilds its pages. Keeping it is the settings' work."""
        self.appearance = appearance
        self._follow_system()

    def set_language(self, language: str) -> None:
        """Take "ja" or "en", live; the window rebuilds its pages. Keeping it is the settings' work."""
        i18n.set_language(language)
        use_qt_words(language)
        self.theme_changed.emit()

    @Slot()
    def _follow_system(self) -> None:
        name = resolve_appearance(self.appearance)
        if name != self.theme.name:
            self.theme = load_theme(name)
            apply_theme(self.theme)
            self.theme_changed.emit()

    # Work

    def run(
        self,
        action: Callable[[], T],
        done: Callable[[T], None] | None = None,
        *,
        failed: Callable[[UserError], None] | None = None,
    ) -> None:
        """Do a service call on the database lane, in the order asked, and hand its result to `done`."""
        self._database.submit(Job(action, partial(self._finish, done, failed)))

    def reckon(
        self,
        action: Callable[[], T],
        done: Callable[[T], None] | None = None,
        *,
        failed: Callable[[UserError], None] | None = None,
        asker: Hashable = None,
    ) -> Job:
        """Work out something that changes no record, beside what is written; what it reads is a state of the records as a whole.

        Of what the same `asker` wants, only the newest is begun. `failed` hears of a fault of ours, too, after it was reported.
        """
        job = Job(action, partial(self._finish_reckoning, done, failed), asker=asker)
        self._reckoning.submit(job)
        return job

    def run_long(
        self,
        title: str,
        action: Callable[[Progress], T],
        done: Callable[[T], None] | None = None,
        *,
        failed: Callable[[UserError], None] | None = None,
        network: bool = False,
        reckoning: bool = False,
    ) -> Job:
        """Do work that takes more than 0.2 s, with progress and 中止 in the status line."""
        lane = self._network if network else self._reckoning if reckoning else self._database
        job = Job(_nothing, partial(self._finish, done, failed), title=title)
        job.action = partial(action, JobProgress(lane, job))
        self.jobs.append(job)
        self.jobs_changed.emit()
        lane.submit(job)
        return job

    def prepare(self, action: Callable[[], None]) -> None:
        """Do beforehand what will be wanted soon, such as loading; no record waits behind it, and nobody is told of it."""
        self._network.submit(Job(action, partial(self._finish, None, None)))

    def undo(self) -> None:
        """Take the last change back, whoever made it."""
        self._take_back(None)

    def undo_this(self, change_set: int) -> None:
        """Take one change back, also when another process has written since the notice of it appeared."""
        self._take_back(change_set)

    def redo(self) -> None:
        """Do again what was last taken back."""
        if _is_long(self.workspace)[1]:
            self.run_long(_("やり直しています"), partial(_redo, self.workspace), self._after_redo)
        else:
            self.run(partial(_redo, self.workspace), self._after_redo)

    def announce(self, changes: Changes, *, quietly: bool = False) -> None:
        """Tell every page what changed; used for changes that did not come through `run`."""
        self.changed.emit(changes)
        if not quietly and changes.label:
            if changes.change_set is None:
                self.notify(changes.label)
            else:
                take_back = partial(self.undo_this, changes.change_set)
                self.noticed.emit(Notice(changes.label, "info", _("取り消す"), "Ctrl+Z", take_back))

    def hold_until_painted(self) -> None:
        """Let everything asked for by `later` wait; said by a window that is about to be shown."""
        self._until_painted = []

    def later(self, work: Callable[[], None]) -> None:
        """Do what the first painting need not wait for: after it, or at once when there is nothing to wait for."""
        if self._until_painted is None:
            work()
        else:
            self._until_painted.append(work)

    @Slot()
    def go_on(self) -> None:
        """The window has been painted: do what was kept for later."""
        waiting, self._until_painted = self._until_painted or [], None
        for work in waiting:
            if _is_alive(work):
                work()

    # Messages and ways

    def notify(self, text: str, *, undo: bool = False, kind: str = "info") -> None:
        """Say one sentence at the foot of the window; it leaves by itself."""
        if undo:
            self.noticed.emit(Notice(text, kind, _("取り消す"), "Ctrl+Z", self.undo))
        else:
            self.noticed.emit(Notice(text, kind))

    def navigate(self, page_key: str, **args: object) -> None:
        """Go to a page of the window."""
        self.navigated.emit(page_key, args)

    def open_prospect(self, prospect: int) -> None:
        """Show one customer."""
        self.navigate("customers", prospect=prospect)

    def open_capture(self) -> None:
        """Open the window in which people are written down."""
        self.capture_wanted.emit()

    def open_window(self) -> None:
        """Bring the program's own window to the front; it is built where only the small one was opened."""
        self.window_wanted.emit()

    def open_sample(self) -> None:
        """Show the program on the invented sample, in a profile of its own."""
        self.profile_wanted.emit("sample", None)

    def leave_sample(self) -> None:
        """Back to the user's own records; the sample is taken away."""
        self.profile_wanted.emit("leave_sample", None)

    def restore(self, copy: Path) -> None:
        """Put a backup in the place of the records; the present ones are kept beside."""
        self.profile_wanted.emit("restore", copy)

    def set_badge(self, page_key: str, count: int) -> None:
        """The number at a page's icon in the rail; 0 takes it away."""
        self.badges[page_key] = count
        self.badge_changed.emit(page_key, count)

    def set_foot(self, key: str, text: str) -> None:
        """A standing sentence at the right of the status line: "backup" (控え …) and "publish" (公開 …)."""
        self.feet[key] = text
        self.jobs_changed.emit()

    def set_hint(self, text: str) -> None:
        """What the left of the status line says while no job runs, such as how to end a drag; empty for the usual."""
        self.hint = text
        self.jobs_changed.emit()

    def set_band(self, band: Band | None) -> None:
        """The strip above the page that says in which state the program is."""
        if band != self.band:
            self.band = band
            self.band_changed.emit(band)

    def report_bug(self, error: BaseException) -> None:
        """Show a fault of ours with everything needed to report it."""
        self.bug_found.emit("".join(traceback.format_exception(error)))

    def close(self) -> None:
        """Finish pending writes, stop the rest, join the threads."""
        self.closing.emit()
        self._reckoning.forget()
        for lane in (self._network, self._database, self._reckoning):
            lane.cancel_all()
        for lane in (self._network, self._database, self._reckoning):
            lane.close()

    def _finish_reckoning(
        self, done: Callable[[Any], None] | None, failed: Callable[[UserError], None] | None, job: Job
    ) -> None:
        if job.is_overtaken and isinstance(job.error, Cancelled):
            return
        self._finish(done, failed, job)
        is_fault = job.error is not None and not isinstance(job.error, UserError | Cancelled)
        if is_fault and failed is not None and _is_alive(failed):
            failed(UserError(_("うまく数えられませんでした。記録は無事です。")))

    def _finish(self, done: Callable[[Any], None] | None, failed: Callable[[UserError], None] | None, job: Job) -> None:
        if job in self.jobs:
            self.jobs.remove(job)
            self.jobs_changed.emit()
        if isinstance(job.error, Cancelled):
            self.notify(str(job.error) or _("中止しました。始める前のままです。"))
        elif isinstance(job.error, UserError):
            if failed is not None and _is_alive(failed):
                failed(job.error)
            else:
                self.notify(str(job.error), kind="error")
        elif job.error is not None:
            self.report_bug(job.error)
        else:
            self._succeed(done, job.result)

    def _succeed(self, done: Callable[[Any], None] | None, result: object) -> None:
        if isinstance(result, Changes):
            by_undo = done in (self._after_undo, self._after_redo)
            self.announce(result, quietly=by_undo)
        if done is not None and _is_alive(done):
            done(result)

    def _take_back(self, only: int | None) -> None:
        if _is_long(self.workspace)[0]:
            self.run_long(_("取り消しています"), partial(_undo, self.workspace, only), self._after_undo)
        else:
            self.run(partial(_undo, self.workspace, only), self._after_undo)

    def _after_undo(self, changes: Changes | None) -> None:
        if changes is None:
            self.notify(_("取り消せる操作はありません。"))
        else:
            self.noticed.emit(Notice(_with_conflicts(changes), "info", _("やり直す"), "Ctrl+Shift+Z", self.redo))

    def _after_redo(self, changes: Changes | None) -> None:
        if changes is None:
            self.notify(_("やり直せる操作はありません。"))
        else:
            self.notify(_with_conflicts(changes), undo=True)

    @Slot(object)
    def _on_progress(self, _job: Job) -> None:
        self.jobs_changed.emit()


def _with_conflicts(changes: Changes) -> str:
    return "\n".join((changes.label, *changes.conflicts))


def _is_alive(receiver: Callable[..., None]) -> bool:
    """False when the callback belongs to a widget that has been deleted meanwhile."""
    while isinstance(receiver, partial):
        receiver = receiver.func
    owner = getattr(receiver, "__self__", None)
    if isinstance(owner, QObject):
        try:
            owner.objectName()  # shiboken6.isValid would cost 70 ms for its import
        except RuntimeError:
            return False
    return True


def _nothing() -> None:
    return None


def _never() -> bool:
    return False


def _is_long(workspace: Workspace) -> tuple[bool, bool]:
    from soloflow.services import history

    try:
        return history.is_long(workspace)
    except UserError:  # whoever does the work will say so
        return False, False


def _undo(workspace: Workspace, only: int | None, progress: Progress | None = None) -> Changes | None:
    from soloflow.services import history

    return history.undo(workspace, progress, only=only)


def _redo(workspace: Workspace, progress: Progress | None = None) -> Changes | None:
    from soloflow.services import history

    return history.redo(workspace, progress)
