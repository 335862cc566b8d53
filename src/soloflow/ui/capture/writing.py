"""The line in the making, from the first key to what Enter saves: chips, who is known, what was saved before, several lines.

``Writing(context, parent)``: `use(surface)` whenever a surface was built, `meetup` is where people are met.
"""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from soloflow.domain.errors import UserError
from soloflow.i18n import _, ngettext
from soloflow.services import capturing, history, who_is_meant, wording
from soloflow.services.capturing import Pasted
from soloflow.services.changes import Changes
from soloflow.services.who_is_meant import Hint
from soloflow.ui.capture import draft as drafts
from soloflow.ui.capture.draft import Draft
from soloflow.ui.capture.known_panel import ANSWERS
from soloflow.ui.capture.pictures import Pictures
from soloflow.ui.capture.saved_lines import SavedLines
from soloflow.ui.capture.several import Several
from soloflow.ui.capture.surface import Surface
from soloflow.ui.context import Context

HINT_DELAY_MS = 40
"""Who is known is looked up when the fingers rest for a moment; the chips do not wait."""

LONG_LIST, LIST_DELAY_MS = 50, 250
"""A list of more people is not read anew at every key, but when the fingers rest."""


class Writing(QObject):
    """Keeps what is in the line through rebuilds of the surface."""

    saved = Signal()
    """Somebody was written down."""
    left = Signal()
    """Esc, with nothing left that it could end."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context
        self.meetup: int | None = None
        self.saved_lines = SavedLines()
        self.several = Several(context, self)
        self.several.left.connect(self._on_several_left)
        self.several.saved.connect(self._on_several_saved)
        self.several.failed.connect(self._on_several_failed)
        self.several.line_wanted.connect(self.to_line)
        self.several.add_wanted.connect(self._add_several)
        self.several.picked.connect(self._say_how_many)
        self._draft = Draft()
        self._pasted: tuple[Draft, int | None] = (self._draft, None)
        """What the people who are being saved were pasted as, and which saved line they replace."""
        self._preferred: int | None = None
        """Whom the user chose to see among those who fit."""
        self._hints: tuple[Hint, ...] = ()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(HINT_DELAY_MS)
        self._wait.timeout.connect(self.look_up)
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(LIST_DELAY_MS)
        self._reading.timeout.connect(self._understand)

    def use(self, shown: Surface) -> None:
        """Write on this surface from now on."""
        self._surface, self._model = shown, shown.model
        self._line, self._chips, self._known = shown.line, shown.chips, shown.known
        self.several.use(shown.many)
        self._line.textChanged.connect(self._on_typed)
        self._line.submitted.connect(self._on_enter)
        self._line.escaped.connect(self.escape)
        self._line.recalled.connect(self._on_recalled)
        self._line.answered.connect(self._on_answer_key)
        Pictures(self.context, self._line, partial(self._say, is_problem=True))
        self._chips.corrected.connect(self._on_corrected)
        self._chips.toggled.connect(self.toggle_stage)
        self._chips.left.connect(self.to_line)
        self._known.chosen.connect(self._on_answer)
        self._known.next_wanted.connect(self.next_hint)
        shown.many.otherwise.connect(self.read_otherwise)
        self._line.inputRejected.connect(self._on_too_long)

    def take_again(self) -> None:
        """Put what was being written into a surface that was built anew."""
        self._take(self._draft)

    def rest(self) -> None:
        """Look nothing up any more."""
        self._wait.stop()
        self._be_current()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._draft = self._draft.typed(text)
        if len(self.several.guests) > LONG_LIST:
            self._reading.start()
        else:
            self._understand()
        self._wait.start()

    def _be_current(self) -> None:
        """Read the last keys that went into a long list."""
        if self._reading.isActive():
            self._understand()

    @Slot()
    def _understand(self) -> None:
        """One person as chips at once, several as a list of people."""
        self._reading.stop()
        read = drafts.read(self._draft)
        if len(read.parts) > 1:
            self._ask_about(read)
            return
        if read.other:
            self.several.show_other(len(read.other))
        else:
            self.several.forget()
        self._chips.show()
        self._show_draft()

    def _show_draft(self) -> None:
        """Chips at once; the panel follows."""
        self._chips.show_chips(drafts.faces(self._draft, drafts.parsed(self.context.workspace, self._draft)))
        self._line.set_hint(_("Enter で直す") if self.saved_lines.at is not None else _("Enter で追加"))
        is_empty = not self._draft.text.strip()
        self._surface.example.show_example(is_empty)
        if is_empty:
            self._hints = ()
            self._show_hint()

    @Slot()
    def look_up(self) -> None:
        """Show who may be meant."""
        self._wait.stop()
        if self.several.is_asking:
            return
        line = drafts.parsed(self.context.workspace, self._draft)
        own = self._own()
        found = who_is_meant.hints(self.context.workspace, line.candidate) if line.chips else ()
        fitting = [hint for hint in found if hint.contact is None or hint.contact not in own]
        fitting.sort(key=lambda hint: hint.contact != self._preferred or hint.contact is None)
        self._hints = tuple(fitting)
        self._show_hint()

    def _own(self) -> frozenset[int]:
        """Whom the recalled line made: they are not somebody known beside it."""
        return frozenset(one.contact for one in self._model.people) if self.saved_lines.at is not None else frozenset()

    @property
    def _people(self) -> list[Hint]:
        """Who of the hints is a person."""
        return [hint for hint in self._hints if hint.contact is not None]

    @Slot()
    def next_hint(self) -> None:
        """Show the next person who fits."""
        people = self._people
        if len(people) < 2:
            return
        self._preferred = people[1].contact
        self._hints = (*people[1:], people[0], *(hint for hint in self._hints if hint.contact is None))
        self._show_hint()
        self.to_line()

    def _show_hint(self) -> None:
        hint = self._hints[0] if self._hints and not self.several.is_asking else None
        made = capturing.entry_of(drafts.parsed(self.context.workspace, self._draft))
        alone = drafts.without_answer(self._hints, made)
        self._known.show_hint(hint, self._draft.answer_to(hint), alone, max(0, len(self._people) - 1))

    @Slot(object, str)
    def _on_corrected(self, key: tuple[str, int], value: str) -> None:
        self._draft = self._draft.corrected(key, value)
        self._show_draft()
        self.look_up()

    @Slot(object)
    def toggle_stage(self, _key: object = None) -> None:
        """集客 or 名簿のみ."""
        self._draft = self._draft.toggled()
        if self.several.is_asking:
            self.several.show_stage(self._draft.stage)
        else:
            self._show_draft()

    @Slot(int)
    def _on_answer_key(self, number: int) -> None:
        if number < len(ANSWERS):
            self._on_answer(ANSWERS[number])
        else:
            self.read_otherwise()

    @Slot(str)
    def _on_answer(self, answer: str) -> None:
        if self._wait.isActive():  # who is meant may not have been looked up for the last key yet
            self.look_up()
        if self._hints and answer in self._known.answers:
            self._draft = self._draft.answering(answer, self._hints[0])
            self._show_hint()
        self.to_line()

    @Slot()
    def to_line(self) -> None:
        """Give the line the keyboard."""
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_enter(self, _text: str) -> None:
        self._be_current()
        if self.several.is_asking:
            self._add_several()
            return
        line = drafts.parsed(self.context.workspace, self._draft)
        if not line.chips:
            if self._draft.text.strip():
                self._say(_("名前か会社を書いてください"), is_problem=True)
            return
        self.look_up()
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
        self._line.blockSignals(True)
        self._line.setText(draft.text)
        self._line.blockSignals(False)
        self._draft = draft
        self._preferred = None
        self._understand()
        self.look_up()

    def _on_saved(self, draft: Draft, at: int | None, is_known: bool, changes: Changes) -> None:
        self.saved_lines.keep(draft, at, changes.change_set)
        self.saved.emit()
        now = wording.moment(self.context.workspace, self.context.workspace.now_us())
        kept = _("書いたそばから保存しています・{time}").format(time=f"{now:%H:%M}")
        self._say(changes.label if is_known else kept)

    def _on_failed(self, draft: Draft, error: UserError) -> None:
        """Nothing typed is lost: the line comes back, the reason stands below."""
        if not self._line.text().strip():
            self._take(draft)
        else:
            self.saved_lines.waiting = draft
        self._say(str(error), is_problem=True)

    def _say(self, text: str, *, is_problem: bool = False) -> None:
        self._surface.say(text, is_problem=is_problem)

    @Slot(int)
    def _on_recalled(self, step: int) -> None:
        """↑ the line before, ↓ back again; what was being typed waits below the last, and ↓ there goes to who else is shown."""
        if self.several.is_asking and step > 0:
            self.several.enter()
            return
        if step > 0 and self.saved_lines.at is None:
            self.next_hint()
            return
        shown = self.saved_lines.walk(step, self._draft)
        if shown is not None:
            self._take(shown)

    @Slot()
    def escape(self) -> None:
        """Esc: end the question, then the walk through earlier lines, then the evening."""
        if self.several.is_asking and drafts.read(self._draft).other:
            self.read_otherwise()
        elif self.saved_lines.at is not None:
            self._take(self.saved_lines.leave())
        else:
            self.left.emit()

    # Several people

    def _ask_about(self, read: Pasted) -> None:
        self._hints = ()
        count = self.several.ask(self._draft.text, read, self._own())
        self.several.show_stage(self._draft.stage)
        self._chips.hide()
        self._surface.example.show_example(False)
        self._show_hint()
        self._say_how_many(count)

    @Slot(int)
    def _say_how_many(self, count: int) -> None:
        self._line.set_hint(
            ngettext("Enter で{count}人を加える", "Enter で{count}人を加える", count).format(count=count)
            if count
            else ""
        )

    @Slot()
    def read_otherwise(self) -> None:
        """One person as several, several as one; only where the text may be either."""
        self._be_current()
        read = drafts.read(self._draft)
        if read.other:
            self._draft = self._draft.read_as("one" if len(read.parts) > 1 else "many")
            self._understand()
            self.look_up()
            self.to_line()

    @Slot()
    def _add_several(self) -> None:
        self._be_current()
        replaced = self._standing_change()
        self._pasted = (self._draft, self.saved_lines.at if replaced is not None else None)
        self.several.add(stage=self._draft.stage, meetup=self.meetup, instead_of=replaced)
        if self.several.is_asking:
            self._say(_("どの行も名前が読み取れません。名前か会社を書いてください"), is_problem=True)

    @Slot(str)
    def _on_several_left(self, rest: str) -> None:
        waiting = self.saved_lines.leave() if self.saved_lines.at is not None else Draft()
        self._take(replace(self._draft, text=rest, asked="") if rest else waiting)
        self.to_line()

    @Slot(object, str, str)
    def _on_several_saved(self, changes: Changes, text: str, unread: str) -> None:
        draft, at = self._pasted
        self.saved_lines.keep(replace(draft, text=text), at, changes.change_set)
        self.saved.emit()
        self._say(_("。").join((changes.label, unread)) if unread else changes.label, is_problem=bool(unread))

    @Slot(str, str)
    def _on_several_failed(self, text: str, reason: str) -> None:
        self._line.setText(text)
        self._say(reason, is_problem=True)

    @Slot()
    def _on_too_long(self) -> None:
        if self._line.maxLength() == len(self._line.text()):
            self._say(_("10万字で切れました。長いものはファイルにして取り込んでください"), is_problem=True)
