"""勉強会モード: one line per person, written the moment Enter is pressed; the keyboard never leaves the line.

``open_capture(context)`` opens the window beside the program's own, or brings it to the front with everything still in it;
``call_capture(context)`` is for a call from the desktop: the small form, which comes alone from wherever the program is.
"""

import contextlib
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent, QIcon, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from soloflow.i18n import _, listed
from soloflow.services import evening, meetups, settings
from soloflow.services.changes import Changes
from soloflow.ui import icons
from soloflow.ui.capture import place
from soloflow.ui.capture.evening_words import wording_of
from soloflow.ui.capture.surface import Surface
from soloflow.ui.capture.writing import Writing
from soloflow.ui.context import Context, Notice
from soloflow.ui.models.evening import EveningModel
from soloflow.ui.widgets.own_window import bind_keys, take_out

SHOWN_TOPICS = frozenset({"contacts", "prospects", "activities", "follow_ups", "stage_transitions", "*"})

_kept: list["CaptureWindow"] = []


def open_capture(context: Context, *, small: bool = False) -> "CaptureWindow":
    """The window in which people are written down, in front and ready for the first key."""
    window = _open_one(context, small=small)
    if window is None:
        window = CaptureWindow(context, small=small)
        _kept.append(window)
        context.destroyed.connect(partial(_forget, window))
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    window.line.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
    return window


def call_capture(context: Context) -> "CaptureWindow":
    """The window in which somebody writes already, if it is there to be seen; or else the small one."""
    beside = _open_one(context, small=False)
    owner = beside.parentWidget() if beside is not None else None
    is_seen = beside is not None and beside.isVisible() and not (owner is not None and owner.isMinimized())
    return open_capture(context, small=not is_seen)


def step_aside(context: Context) -> None:
    """Close what would stand above the page that somebody goes to; what is in the line is kept."""
    for one in _kept:
        if one.context is context:
            one.close()


def _open_one(context: Context, *, small: bool) -> "CaptureWindow | None":
    return next((one for one in _kept if one.context is context and one.is_small is small), None)


def _forget(window: "CaptureWindow") -> None:
    if window in _kept:
        _kept.remove(window)
        with contextlib.suppress(RuntimeError):  # it went with the window it stood beside
            window.deleteLater()


class CaptureWindow(QWidget):
    """The window; closing hides it, and what was not entered yet is there again when it is opened."""

    def __init__(self, context: Context, *, small: bool = False) -> None:
        owner = context.parent() if not small else None
        super().__init__(owner if isinstance(owner, QWidget) else None, place.SMALL_FLAGS if small else place.FLAGS)
        if isinstance(owner, QWidget):
            owner.installEventFilter(self)
        self.context = context
        self.is_small = small
        self.meetup: int | None = None
        self.writing = Writing(context, self)
        self.writing.saved.connect(self._show_people)
        self.writing.left.connect(self.close)
        self.setWindowIcon(QIcon(icons.pixmap(context.theme, "tank", "acc", 64)))
        place.put(self, owner if isinstance(owner, QWidget) else None, context.workspace.folder, small=small)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._build()
        self._make_shortcuts()
        context.changed.connect(self._on_changed)
        context.theme_changed.connect(self.rebuild)
        context.closing.connect(self._on_closing)
        context.noticed.connect(self._on_noticed)
        self._begin_evening()
        if not any(one.context is context for one in _kept):
            self.line.setText(place.take_line(context.workspace.folder))

    # Building

    def _build(self) -> None:
        shown = self.surface = Surface(self.context, small=self.is_small)
        self.line, self.chips, self.known, self.many = shown.line, shown.chips, shown.known, shown.many
        self._column.addWidget(shown)
        shown.bar.chosen.connect(self._on_meetup)
        shown.bar.panel_shown.connect(shown.set_calm)
        shown.foot.take_back_wanted.connect(self.take_evening_back)
        shown.end.clicked.connect(self._end_evening)
        shown.rows.opened.connect(self._on_opened)
        self.writing.use(shown)

    @property
    def model(self) -> EveningModel:
        """Tonight's people."""
        return self.surface.model

    def _make_shortcuts(self) -> None:
        keys = {
            "Ctrl+Z": self.context.undo,
            "Ctrl+Shift+Z": self.context.redo,
            "Alt+0": self.writing.toggle_stage,
            "Ctrl+M": self._open_chooser,
            "Ctrl+E": self._open_editor,
            "Alt+Q": self._open_share,
            "Ctrl+Alt+Z": self.take_evening_back,
        }
        bind_keys(self, keys)

    @Slot()
    def rebuild(self) -> None:
        """Build everything again in the theme and language of now, keeping what is in the line."""
        take_out(self._column, self.surface)
        self._build()
        self._show_meetup()
        self.writing.take_again()

    # The evening

    def _begin_evening(self) -> None:
        ws = self.context.workspace
        kept = settings.load(ws.folder).last_meetup
        one = meetups.get(ws, kept) if kept else None
        self.meetup = kept if one is not None and evening.is_on(ws, one.held_on) else None
        self._show_meetup()

    def _show_meetup(self) -> None:
        one = meetups.get(self.context.workspace, self.meetup) if self.meetup is not None else None
        if one is None:
            self.meetup = None
        self.writing.meetup = self.meetup
        self.setWindowTitle(one.name if one is not None else _("記録"))
        self.surface.bar.show_meetup(one)
        self._show_people()

    @Slot(object)
    def _on_meetup(self, meetup: int | None) -> None:
        self.meetup = meetup
        folder = self.context.workspace.folder
        self.context.run(partial(settings.change, folder, last_meetup=meetup or 0))
        self._show_meetup()
        self.writing.to_line()

    @Slot()
    def _open_chooser(self) -> None:
        self.surface.bar.open_chooser()

    @Slot()
    def _open_editor(self) -> None:
        self.surface.bar.open_editor()

    @Slot()
    def _open_share(self) -> None:
        self.surface.bar.open_share()

    def _show_people(self) -> None:
        ws = self.context.workspace
        people = evening.met(ws, self.meetup)
        self.surface.show_people(people, can_take_back=bool(people) and evening.has_lines(ws, self.meetup))

    @Slot()
    def take_evening_back(self) -> None:
        """Take back everybody of the evening as one change; Ctrl+Z puts them back."""
        if not self.surface.foot.take_back.isHidden():
            self.context.run(partial(evening.take_back, self.context.workspace, self.meetup), self._on_taken_back)
            self.writing.to_line()

    def _on_taken_back(self, changes: Changes) -> None:
        kept = "".join(f"\n{sentence}" for sentence in changes.conflicts)
        if kept:
            self.context.notify(f"{changes.label}{kept}", undo=True)
            kept = _("。残したもの：{what}").format(what=listed(changes.conflicts))
        self.surface.say(f"{changes.label}{kept}", is_problem=bool(kept))

    @Slot(object)
    def _on_noticed(self, notice: Notice) -> None:
        """What happened is said here too, what was undone above all; the small window may be all that is open."""
        self.surface.say(notice.text, is_problem=notice.kind == "error")

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.topics & SHOWN_TOPICS or changes.many:
            self._show_people()
            self.writing.look_up()
        elif "meetups" in changes.topics:
            self._show_meetup()

    @Slot()
    def _end_evening(self) -> None:
        people = self.model.people
        if people:
            words = wording_of(evening.is_evening(self.context.workspace))
            self.context.notify(words.done.format(count=evening.head_count(people), entered=evening.entered(people)))
        self.close()

    @Slot(object)
    def _on_opened(self, index: object) -> None:
        row = index.row() if hasattr(index, "row") else -1
        if 0 <= row < len(self.model.people):
            self.context.open_prospect(self.model.people[row].prospect)
            if self.is_small:
                self.context.open_window()

    # Window

    @Slot()
    def _on_closing(self) -> None:
        """The program or the profile ends: what was being written is there again the next time."""
        if self.line.text().strip():
            place.keep_line(self.context.workspace.folder, self.line.text())
        self.close()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: what happened meanwhile is read again."""
        super().showEvent(event)
        self._show_meetup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc that no field wanted."""
        if event.key() == Qt.Key.Key_Escape:
            self.writing.escape()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: when the program's window closes, nothing can be saved any more."""
        if event.type() == QEvent.Type.Close and watched is self.parent():
            self.close()
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: hides; the line keeps what is in it."""
        self.writing.rest()
        super().closeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: where the window was is where it is opened again."""
        place.keep(self, self.context.workspace.folder, small=self.is_small)
        super().hideEvent(event)
