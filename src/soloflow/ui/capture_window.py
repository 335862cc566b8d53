"""勉強会モード: one line per person, written the moment Enter is pressed; the keyboard never leaves the line.

``open_capture(context)`` opens the one window of a profile, or brings it to the front with everything still in it.
"""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import capturing, evening, history, meetups, settings, wording
from soloflow.services.capturing import Hint
from soloflow.services.changes import Changes
from soloflow.ui.capture import draft as drafts
from soloflow.ui.capture import place
from soloflow.ui.capture.draft import Draft
from soloflow.ui.capture.evening_words import wording_of
from soloflow.ui.capture.known_panel import ANSWERS
from soloflow.ui.capture.saved_lines import SavedLines
from soloflow.ui.capture.several import Several, are_several
from soloflow.ui.capture.surface import Surface
from soloflow.ui.context import Context
from soloflow.ui.models.evening import EveningModel

HINT_DELAY_MS = 40
"""Who is known is looked up when the fingers rest for a moment; the chips do not wait."""
FRESH_DAYS = 1
"""A meetup goes on until the day after it was held (trains, midnight)."""
SHOWN_TOPICS = frozenset({"contacts", "prospects", "activities", "follow_ups", "stage_transitions", "*"})

_kept: list["CaptureWindow"] = []


def open_capture(context: Context) -> "CaptureWindow":
    """The window in which people are written down, in front and ready for the first key."""
    window = next((one for one in _kept if one.context is context), None)
    if window is None:
        window = CaptureWindow(context)
        _kept.append(window)
        context.destroyed.connect(partial(_forget, window))
    window.show()
    window.raise_()
    window.activateWindow()
    window.line.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
    return window


def _forget(window: "CaptureWindow") -> None:
    if window in _kept:
        _kept.remove(window)


class CaptureWindow(QWidget):
    """The window; closing hides it, and what was not entered yet is there again when it is opened."""

    def __init__(self, context: Context) -> None:
        owner = context.parent()
        super().__init__(owner if isinstance(owner, QWidget) else None, place.FLAGS)
        if isinstance(owner, QWidget):
            owner.installEventFilter(self)
        self.context = context
        self.meetup: int | None = None
        self._draft = Draft()
        self._hints: tuple[Hint, ...] = ()
        self.saved_lines = SavedLines()
        self.several = Several(context, self)
        self.several.left.connect(self._on_several_left)
        self.several.saved.connect(self._on_several_saved)
        self.several.failed.connect(self._on_several_failed)
        place.put(self, owner if isinstance(owner, QWidget) else None, context.workspace.folder)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(HINT_DELAY_MS)
        self._wait.timeout.connect(self._look_up)
        self._build()
        self._make_shortcuts()
        context.changed.connect(self._on_changed)
        context.theme_changed.connect(self.rebuild)
        self._begin_evening()

    # Building

    def _build(self) -> None:
        shown = self.surface = Surface(self.context)
        self.line, self.chips, self.known, self.many = shown.line, shown.chips, shown.known, shown.many
        self.several.use(shown.many)
        self._column.addWidget(shown)
        shown.bar.chosen.connect(self._on_meetup)
        shown.end.clicked.connect(self._end_evening)
        shown.rows.opened.connect(self._on_opened)
        self.line.textChanged.connect(self._on_typed)
        self.line.submitted.connect(self._on_enter)
        self.line.escaped.connect(self._on_escape)
        self.line.recalled.connect(self._on_recalled)
        self.line.answered.connect(self._on_answer_key)
        self.chips.corrected.connect(self._on_corrected)
        self.chips.toggled.connect(self._on_stage)
        self.chips.left.connect(self._to_line)
        self.known.chosen.connect(self._on_answer)

    @property
    def model(self) -> EveningModel:
        """Tonight's people."""
        return self.surface.model

    def _make_shortcuts(self) -> None:
        keys = {
            "Ctrl+Z": self.context.undo,
            "Ctrl+Shift+Z": self.context.redo,
            "Alt+0": partial(self._on_stage, drafts.STAGE),
            "Ctrl+M": self._open_chooser,
        }
        for sequence, slot in keys.items():
            QShortcut(QKeySequence(sequence), self).activated.connect(slot)

    @Slot()
    def rebuild(self) -> None:
        """Build everything again in the theme and language of now, keeping what is in the line."""
        draft, old = self._draft, self.surface
        self._column.removeWidget(old)
        old.hide()
        old.deleteLater()
        self._build()
        self._show_meetup()
        self._take(draft)

    # The evening

    def _begin_evening(self) -> None:
        ws = self.context.workspace
        kept = settings.load(ws.folder).last_meetup
        one = meetups.get(ws, kept) if kept else None
        is_tonight = one is not None and one.held_on is not None and 0 <= (ws.today() - one.held_on).days <= FRESH_DAYS
        self.meetup = kept if is_tonight else None
        self._show_meetup()

    def _show_meetup(self) -> None:
        one = meetups.get(self.context.workspace, self.meetup) if self.meetup is not None else None
        if one is None:
            self.meetup = None
        self.setWindowTitle(one.name if one is not None else _("記録"))
        self.surface.bar.show_meetup(one)
        self._show_people()

    @Slot(object)
    def _on_meetup(self, meetup: int | None) -> None:
        self.meetup = meetup
        folder = self.context.workspace.folder
        self.context.run(partial(settings.change, folder, last_meetup=meetup or 0))
        self._show_meetup()
        self._to_line()

    @Slot()
    def _open_chooser(self) -> None:
        self.surface.bar.open_chooser()

    def _show_people(self) -> None:
        self.surface.show_people(evening.met(self.context.workspace, self.meetup))

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.topics & SHOWN_TOPICS or changes.many:
            self._show_people()
            self._look_up()
        elif "meetups" in changes.topics:
            self._show_meetup()

    @Slot()
    def _end_evening(self) -> None:
        people = self.model.people
        if people:
            words = wording_of(evening.is_evening(self.context.workspace))
            self.context.notify(words.done.format(count=len(people), entered=evening.entered(people)))
        self.close()

    # The line

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        if are_several(text):
            self._ask_about(text)
            return
        if self.several.is_asking:
            self.several.forget()
            self.chips.show()
        self._draft = self._draft.typed(text)
        self._show_draft()
        self._wait.start()

    def _show_draft(self) -> None:
        """Chips at once; the panel follows."""
        self.chips.show_chips(drafts.faces(self._draft, drafts.parsed(self.context.workspace, self._draft)))
        self.line.set_hint(_("Enter で直す") if self.saved_lines.at is not None else _("Enter で追加"))
        is_empty = not self._draft.text.strip()
        self.surface.example.show_example(is_empty)
        if is_empty:
            self._hints = ()
            self._show_hint()

    @Slot()
    def _look_up(self) -> None:
        self._wait.stop()
        line = drafts.parsed(self.context.workspace, self._draft)
        own = {one.contact for one in self.model.people} if self.saved_lines.at is not None else set()
        found = capturing.hints(self.context.workspace, line.candidate) if line.chips else ()
        self._hints = tuple(hint for hint in found if hint.contact is None or hint.contact not in own)
        self._show_hint()

    def _show_hint(self) -> None:
        hint = self._hints[0] if self._hints and not self.several.is_asking else None
        made = capturing.entry_of(drafts.parsed(self.context.workspace, self._draft))
        self.known.show_hint(hint, self._draft.answer_to(hint), drafts.without_answer(self._hints, made))

    @Slot(object, str)
    def _on_corrected(self, key: tuple[str, int], value: str) -> None:
        self._draft = self._draft.corrected(key, value)
        self._show_draft()
        self._look_up()

    @Slot(object)
    def _on_stage(self, _key: object = None) -> None:
        self._draft = self._draft.toggled()
        self._show_draft()

    @Slot(int)
    def _on_answer_key(self, number: int) -> None:
        self._on_answer(ANSWERS[number])

    @Slot(str)
    def _on_answer(self, answer: str) -> None:
        if self._wait.isActive():  # who is meant may not have been looked up for the last key yet
            self._look_up()
        if self._hints and answer in self.known.answers:
            self._draft = self._draft.answering(answer, self._hints[0])
            self._show_hint()
        self._to_line()

    @Slot()
    def _to_line(self) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_enter(self, _text: str) -> None:
        if self.several.is_asking:
            self._add_several()
            return
        line = drafts.parsed(self.context.workspace, self._draft)
        if not line.chips:
            return
        self._look_up()
        entry = drafts.entry(self._draft, line, self.meetup, self._hints)
        if entry.is_empty:
            self._say(_("名前か会社を書いてください。ほかは読み取れています"), is_problem=True)
            return
        done = self._draft
        replaced = self._standing_change()
        if replaced is None:
            action = partial(capturing.save, self.context.workspace, (entry,))
        else:
            action = partial(capturing.save_again, self.context.workspace, replaced, (entry,))
        at = self.saved_lines.at if replaced is not None else None
        is_known = entry.contact is not None
        self.context.run(action, partial(self._on_saved, done, at, is_known), failed=partial(self._on_failed, done))
        self._take(self.saved_lines.leave())

    def _standing_change(self) -> int | None:
        """The change set that the recalled line saved, unless it was taken back meanwhile."""
        recalled = self.saved_lines.recalled()
        if recalled is None:
            return None
        standing = {step.id for step in history.steps(self.context.workspace, 500)}
        return recalled.change_set if recalled.change_set in standing else None

    def _take(self, draft: Draft) -> None:
        """Put a draft into the line, with nothing to undo in the field itself."""
        self.line.blockSignals(True)
        self.line.setText(draft.text)
        self.line.blockSignals(False)
        self._draft = draft
        self.chips.show()
        self._show_draft()
        self._look_up()

    def _on_saved(self, draft: Draft, at: int | None, is_known: bool, changes: Changes) -> None:
        self.saved_lines.keep(draft, at, changes.change_set)
        self._show_people()
        now = wording.moment(self.context.workspace, self.context.workspace.now_us())
        kept = _("書いたそばから保存しています・{time}").format(time=f"{now:%H:%M}")
        self._say(changes.label if is_known else kept)

    def _on_failed(self, draft: Draft, error: UserError) -> None:
        """Nothing typed is lost: the line comes back, the reason stands below."""
        if not self.line.text().strip():
            self._take(draft)
        else:
            self.saved_lines.waiting = draft
        self._say(str(error), is_problem=True)

    def _say(self, text: str, *, is_problem: bool = False) -> None:
        self.surface.say(text, is_problem=is_problem)

    @Slot(int)
    def _on_recalled(self, step: int) -> None:
        """↑ the line before, ↓ back again; what was being typed waits below the last."""
        shown = None if self.several.is_asking else self.saved_lines.walk(step, self._draft)
        if shown is not None:
            self._take(shown)

    @Slot()
    def _on_escape(self) -> None:
        if self.several.is_asking:
            self.several.join()
        elif self.saved_lines.at is not None:
            self._take(self.saved_lines.leave())
        else:
            self.close()

    @Slot(object)
    def _on_opened(self, index: object) -> None:
        row = index.row() if hasattr(index, "row") else -1
        if 0 <= row < len(self.model.people):
            self.context.open_prospect(self.model.people[row].prospect)

    # Several lines

    def _ask_about(self, text: str) -> None:
        count = self.several.ask(text, stage=self._draft.stage, meetup=self.meetup)
        self.chips.hide()
        self._show_hint()
        self.line.set_hint(_("Enter で{count}人を加える").format(count=count) if count else "")

    def _add_several(self) -> None:
        self.several.add()
        if self.several.is_asking:
            self._say(_("どの行も名前が読み取れません。名前か会社を書いてください"), is_problem=True)

    @Slot(str)
    def _on_several_left(self, rest: str) -> None:
        self._take(replace(self._draft, text=rest) if rest else Draft())
        self._to_line()

    @Slot(object, str)
    def _on_several_saved(self, changes: Changes, unread: str) -> None:
        self._show_people()
        self._say(f"{changes.label}。{unread}" if unread else changes.label, is_problem=bool(unread))

    @Slot(str, str)
    def _on_several_failed(self, text: str, reason: str) -> None:
        self.line.setText(text)
        self._say(reason, is_problem=True)

    # Window

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: what happened meanwhile is read again."""
        super().showEvent(event)
        self._show_meetup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc that no field wanted."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: when the program's window closes, nothing can be saved any more."""
        if event.type() == QEvent.Type.Close and watched is self.parent():
            self.close()
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: hides; the line keeps what is in it."""
        self._wait.stop()
        super().closeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: where the window was is where it is opened again."""
        place.keep(self, self.context.workspace.folder)
        super().hideEvent(event)
