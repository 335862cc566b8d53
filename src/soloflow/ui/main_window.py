"""The window: rail, top bar, band, the pages, status line, notice; and the keys that work everywhere.

``MainWindow(context)`` builds the frame and today's page only; `pages` may be given to show others (tests, pictures).
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services.changes import Changes
from soloflow.ui import commands, icons
from soloflow.ui.context import Context, Notice
from soloflow.ui.finders import find_customers, find_views
from soloflow.ui.page import Page
from soloflow.ui.pages_list import PAGES, PageEntry, make_page
from soloflow.ui.theme import styled
from soloflow.ui.widgets.palette import Hit
from soloflow.ui.widgets.rail import Rail
from soloflow.ui.widgets.status_line import StatusLine
from soloflow.ui.widgets.top_bar import TopBar

if TYPE_CHECKING:  # loaded when there is something to show
    from soloflow.ui.dropping import Drops
    from soloflow.ui.watch import Watch
    from soloflow.ui.widgets.band import Band
    from soloflow.ui.widgets.leaving_dialog import LeavingDialog
    from soloflow.ui.widgets.notice import NoticeBar

BREATH_MS = 20
"""Between the first painting and what waited for it: the screen comes first."""
PATIENCE_MS = 1000
"""A window that is started out of sight is not painted; what waits for the painting waits no longer than this."""


class MainWindow(QMainWindow):
    """One profile's window."""

    def __init__(self, context: Context, pages: Sequence[PageEntry] = PAGES) -> None:
        super().__init__()
        self.context = context
        self._entries = {entry.key: entry for entry in pages}
        self._pages: dict[str, Page] = {}
        self._kept: dict[str, object] = {}
        """How the pages stood that are to be built anew."""
        self._came_from: list[str] = []
        self._watch: Watch | None = None
        self._drops: Drops | None = None
        self._notice: NoticeBar | None = None
        self._is_painted = False
        self._leaves = False
        self._is_sure = False
        self._asking: LeavingDialog | None = None
        self.has_left = False
        """Whether it was closed for good, not only hidden."""
        context.hold_until_painted()
        self.setWindowTitle("SoloFlow")
        self.setWindowIcon(QIcon(icons.pixmap(context.theme, "tank", "acc", 64)))
        self.setMinimumSize(960, 640)
        self.setAcceptDrops(True)
        self._build()
        self._make_shortcuts()
        context.navigated.connect(self._on_navigated)
        context.noticed.connect(self._on_noticed)
        context.bug_found.connect(self._on_bug)
        context.band_changed.connect(self._on_band)
        context.theme_changed.connect(self.rebuild)
        context.capture_wanted.connect(self._on_capture)
        context.changed.connect(self._on_changed)
        self._restore_geometry()
        self.show_page(pages[0].key)
        context.later(self._begin_to_watch)
        QTimer.singleShot(PATIENCE_MS, context, context.go_on)

    # Frame

    def _build(self) -> None:
        theme = self.context.theme
        in_rail = [(e.key, _(e.title), e.icon) for e in self._entries.values() if e.in_rail]
        root = styled(QWidget(), variant="page")
        self._rail = Rail(theme, in_rail)
        self._top = TopBar(
            self.context,
            root,
            [
                self._find_called,
                partial(find_customers, self.context),
                partial(find_views, self.context),
                self._find_alike,
            ],
        )
        self._stack = QStackedWidget()
        self._band_slot = QVBoxLayout()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._top)
        right.addLayout(self._band_slot)
        right.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._rail)
        middle.addLayout(right, 1)
        outer = QVBoxLayout(root)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(middle, 1)
        outer.addWidget(StatusLine(self.context))
        self._notice = None
        self._rail.chosen.connect(self._on_rail)
        self.context.badge_changed.connect(self._rail.set_badge)
        for key, count in self.context.badges.items():
            self._rail.set_badge(key, count)
        self.setCentralWidget(root)
        self._on_band(self.context.band)

    def _make_shortcuts(self) -> None:
        keys = {
            "Ctrl+K": self._enter_command_field,
            "Ctrl+Z": self.context.undo,
            "Ctrl+Shift+Z": self.context.redo,
            "?": self._show_shortcuts,
            "F1": self._show_shortcuts,
            "Ctrl+I": self._show_import,
            "Ctrl+O": self._show_import,
            "Ctrl+Q": self.leave,
        }
        rail = [entry.key for entry in self._entries.values() if entry.in_rail]
        for number, key in enumerate(rail, start=1):
            keys[f"Ctrl+{number}"] = partial(self._on_rail, key)
        for sequence, slot in keys.items():
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.activated.connect(slot)

    @Slot()
    def rebuild(self) -> None:
        """Build frame and pages again in the theme and language of now, keeping the page shown and what was chosen there."""
        key = self.current_key
        self._kept |= {one: page.kept() for one, page in self._pages.items()}
        self.context.badge_changed.disconnect(self._rail.set_badge)
        old = self.takeCentralWidget()
        assert old is not None
        self._pages.clear()
        self._build()
        self.show_page(key)
        self._show_steps()
        old.hide()
        old.deleteLater()

    # Pages

    @property
    def current_key(self) -> str:
        """The key of the page shown."""
        page = self._stack.currentWidget()
        return page.key if isinstance(page, Page) else next(iter(self._entries))

    def page(self, key: str) -> Page:
        """The page, built when first asked for."""
        if key not in self._pages:
            made = make_page(self._entries[key], self.context)
            self._pages[key] = made
            made.take_over(self._kept.pop(key, None))
            self._stack.addWidget(made)
        return self._pages[key]

    def show_page(self, key: str, **args: object) -> None:
        """Bring a page up, and tell it what the user came for."""
        page = self.page(key)
        self._stack.setCurrentWidget(page)
        self._rail.choose(self._entries[key].within or key)
        if self._notice is not None:
            self._notice.set_lift(self._lift())
            self._notice.raise_()  # the stack puts the page it shows above everything
        self.setWindowTitle(f"{_(self._entries[key].title)} – SoloFlow")
        page.refresh_if_needed()
        if args:
            page.arrive(**args)
        page.focus_first()

    @Slot(str)
    def _on_rail(self, key: str) -> None:
        self._came_from.clear()
        self.show_page(key)

    @Slot(str, object)
    def _on_navigated(self, key: str, args: dict[str, object]) -> None:
        if self.current_key != key:
            self._came_from.append(self.current_key)
        self.show_page(key, **args)

    def _find_called(self, text: str) -> list[Hit]:
        """Pages and actions that are called exactly so: before people, who may sound like it (サイト and 斎藤)."""
        return commands.matching(self._commands(), text)[0]

    def _find_alike(self, text: str) -> list[Hit]:
        """Pages and actions that are called something like it, after people."""
        return commands.matching(self._commands(), text)[1]

    def _commands(self) -> tuple[commands.Command, ...]:
        in_rail = [entry for entry in self._entries.values() if entry.in_rail]
        pages = tuple(
            commands.Command(
                _("ページ"), _(entry.title), commands.PAGE_WORDS.get(entry.key, ""), entry.icon, f"Ctrl+{number}",
                partial(self._on_rail, entry.key),
            )
            for number, entry in enumerate(in_rail, start=1)
        )  # fmt: skip
        does = commands.actions(self.context, self._show_shortcuts, self.leave)
        return (*pages, *does, *commands.tabs(self.context))

    # What the context says

    @Slot(object)
    def _on_noticed(self, notice: Notice) -> None:
        if self._notice is None:
            from soloflow.ui.widgets.notice import NoticeBar

            self._notice = NoticeBar(self.context.theme, self._stack, lift=self._lift())
        self._notice.set_lift(self._lift())  # the page may have become lower or wider since it came
        self._notice.show_notice(notice)

    def _lift(self) -> int:
        """How high the notice stands: above the lowest bar of the page."""
        page = self._stack.currentWidget()
        return self.context.theme.size("m") + (page.foot_height if isinstance(page, Page) else 0)

    @Slot(str)
    def _on_bug(self, report: str) -> None:
        from soloflow.ui.widgets.bug_dialog import BugDialog

        BugDialog(report, self).open()

    @Slot(object)
    def _on_band(self, band: "Band | None") -> None:
        while (item := self._band_slot.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if band is not None:
            from soloflow.ui.widgets.band import BandBar

            self._band_slot.addWidget(BandBar(self.context.theme, band))

    @Slot()
    def _on_capture(self) -> None:
        from importlib import import_module

        import_module("soloflow.ui.capture_window").open_capture(self.context)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        self._show_steps()
        if changes.change_set is not None and self._notice is not None:
            self._notice.step_back()

    def _show_steps(self) -> None:
        from soloflow.services import history

        self._top.show_steps(*history.peek(self.context.workspace))

    def _begin_to_watch(self) -> None:
        from soloflow.ui.watch import Watch

        self._watch = Watch(self.context)
        self._show_steps()
        self.watch_for_drops()

    def watch_for_drops(self) -> None:
        """From now on a sheet over the window says what happens with what is dragged onto it."""
        from soloflow.ui.dropping import Drops

        if self._drops is None:
            self._drops = Drops(self, self.context)

    @Slot()
    def _enter_command_field(self) -> None:
        self._top.field.enter()

    @Slot()
    def _show_import(self) -> None:
        self.context.navigate("import")

    @Slot()
    def _show_shortcuts(self) -> None:
        from soloflow.ui.widgets.shortcuts_sheet import ShortcutsSheet

        ShortcutsSheet(self).open()

    # Window

    @Slot()
    def come_to_front(self) -> None:
        """Be seen, however hidden."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    @Slot()
    def leave(self) -> None:
        """End the program, also where closing the window would only hide it."""
        self._leaves = True
        self.close()

    @Slot()
    def leave_at_once(self) -> None:
        """The same without a question: long work that runs is stopped, and nothing of it is written."""
        self._is_sure = True
        self.leave()

    def _has_to_ask(self) -> bool:
        application = QGuiApplication.instance()
        is_ending = isinstance(application, QGuiApplication) and application.isSavingSession()
        return not self._is_sure and not is_ending and bool(self.context.unfinished)

    def _ask(self) -> None:
        """Long work runs: wait, stop it, or stay."""
        from soloflow.ui.widgets.leaving_dialog import LeavingDialog

        self.come_to_front()
        if self._asking is None:
            self._asking = LeavingDialog(self.context, self)
            self._asking.leaving.connect(self.leave_at_once)
            self._asking.finished.connect(self._on_staying)
            self._asking.open()

    @Slot()
    def _on_staying(self) -> None:
        if self._asking is not None:
            self._asking.deleteLater()
        self._asking = None
        self._leaves = False

    def sizeHint(self) -> QSize:
        """Qt: what the pages are made for."""
        return QSize(1280, 800)

    def _settings(self) -> QSettings:
        return QSettings(str(Path(self.context.workspace.folder) / "window.ini"), QSettings.Format.IniFormat)

    def _restore_geometry(self) -> None:
        kept = self._settings().value("geometry")
        if kept is None or not self.restoreGeometry(kept):
            self.resize(self.sizeHint())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the first time, what waited for it may begin as soon as the painting is over."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(BREATH_MS, self.context, self.context.go_on)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: remember the size, finish what is being written."""
        if (field := self.focusWidget()) is not None:
            field.clearFocus()  # a field in which somebody types saves when it is left
        self._settings().setValue("geometry", self.saveGeometry())
        if self.context.rests_in_tray() and not self._leaves:
            event.ignore()
            self.hide()
            return
        if self._has_to_ask():
            event.ignore()
            self._ask()
            return
        if self._watch is not None:
            self._watch.stop()
        self.has_left = True
        if self.context.is_reckoning:
            self.hide()  # what is being reckoned is waited for, out of sight
        self.context.close()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc that nobody wanted closes the notice, then goes back where one came from."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._notice is not None and self._notice.isVisible():
            self._notice.dismiss()
        elif self._came_from:
            self.show_page(self._came_from.pop())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: files may be dropped to be imported, also before the sheet is there."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: files were dropped."""
        self.watch_for_drops()
        assert self._drops is not None
        if self._drops.take(event.mimeData()):
            event.acceptProposedAction()
