"""Several people in a pasted text: shown with who is known among them, added at once; what could not be read stays in the field."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from soloflow.domain.errors import UserError
from soloflow.i18n import _, ngettext
from soloflow.services import capturing, who_is_meant
from soloflow.services.capturing import Pasted
from soloflow.services.changes import Changes
from soloflow.ui.capture.many_panel import ManyPanel
from soloflow.ui.context import Context
from soloflow.ui.models.pasted_people import Guest

AT_ONCE = 8
"""People of whom it is looked up in one go who they are; a long list fills while it can already be read."""


def unread_sentence(count: int) -> str:
    """「1行は名前が読み取れません」; empty for none."""
    if not count:
        return ""
    return ngettext("{count}行は名前が読み取れません", "{count}行は名前が読み取れません", count).format(count=count)


def _head(read: Pasted, lines: int, people: int) -> str:
    if read.kind == "lines":
        return _("{count}行あります。1行をひとりとして加えますか").format(count=lines)
    kinds = {
        "signature": _("{count}人の署名です"), "mails": _("{count}人の宛先です"), "cards": _("{count}人の名刺です"),
        "rows": _("表の{count}人です"), "links": _("{count}人のプロフィールです"),
    }  # fmt: skip
    return kinds.get(read.kind, _("{count}人います")).format(count=people)


class Several(QObject):
    """The people in question; `is_asking` while they wait for an answer."""

    left = Signal(str)
    """The question is answered: what belongs into the field now."""
    line_wanted = Signal()
    """The keyboard goes back to the line; the question stays."""
    add_wanted = Signal()
    """Those who are ticked are to be added."""
    picked = Signal(int)
    """So many will be added now."""
    saved = Signal(object, str, str)
    """The Changes, the whole text, and what to say about parts that were not read."""
    failed = Signal(str, str)
    """The whole text, and why."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._panel: ManyPanel | None = None
        self.text = ""
        self.is_asking = False
        self._own: frozenset[int] = frozenset()
        self._look = QTimer(self)
        self._look.setInterval(0)
        self._look.timeout.connect(self._look_up)

    def use(self, panel: ManyPanel) -> None:
        """Ask in this panel from now on."""
        self._panel = panel
        panel.add.clicked.connect(self.add_wanted)
        panel.picked.connect(self._on_picked)
        panel.rows.added.connect(self.add_wanted)
        panel.rows.left.connect(self.line_wanted)

    def ask(self, text: str, read: Pasted, own: frozenset[int] = frozenset()) -> int:
        """Ask about the people of a text; how many of them can be read. `own` are contacts that an earlier saving of it made."""
        self.text, self.is_asking, self._own = text, True, own
        found = capturing.written(self._context.workspace, text, read)
        guests = [Guest(one) for one in found]
        people = sum(not guest.is_unread for guest in guests)
        if self._panel is not None:
            lines = len({one.number for one in found})
            unread = unread_sentence(len(guests) - people)
            self._panel.ask_many(guests, _head(read, lines, people), unread, can_be_one=bool(read.other))
        self._look.start()
        return people

    def show_other(self, count: int) -> None:
        """One person was read; offer to part the text into so many."""
        self.forget()
        if self._panel is not None:
            self._panel.ask_one(count)

    @property
    def guests(self) -> list[Guest]:
        """The people in question."""
        return self._panel.model.guests if self._panel is not None and self.is_asking else []

    @Slot()
    def _look_up(self) -> None:
        """See who of the next few is known."""
        waiting = [row for row, guest in enumerate(self.guests) if guest.hints is None and not guest.is_unread]
        for row in waiting[:AT_ONCE]:
            self._put(row, self._looked_up(self.guests[row]))
        if len(waiting) <= AT_ONCE:
            self._look.stop()

    def _looked_up(self, guest: Guest) -> Guest:
        return _recognised(self._context, guest, self._own)

    def _put(self, row: int, guest: Guest) -> None:
        if self._panel is not None:
            self._panel.model.put(row, guest)

    def enter(self) -> None:
        """Give the list of people the keyboard."""
        if self._panel is not None and self.is_asking:
            self._panel.enter()

    @Slot()
    def _on_picked(self) -> None:
        if self._panel is not None and self.is_asking:
            self.picked.emit(self._panel.taken)

    def add(self, *, stage: int | None, meetup: int | None, instead_of: int | None) -> None:
        """Add everybody who is ticked; the parts that could not be read go back into the field.

        `instead_of` is the change set that an earlier saving of the same text made.
        """
        taken = tuple(
            replace(
                guest, written=replace(guest.written, entry=replace(guest.written.entry, stage=stage, meetup=meetup))
            )
            for guest in self.guests
            if guest.is_taken and not guest.is_unread
        )
        if not taken:
            return
        unread = [guest.written.text for guest in self.guests if guest.is_unread]
        self._context.run(
            partial(_save_all, self._context, taken, instead_of, self._own),
            partial(self._on_saved, self.text, unread_sentence(len(unread))),
            failed=partial(self._on_failed, self.text),
        )
        self.forget()
        self.left.emit("\n".join(unread))

    def show_stage(self, stage: int | None) -> None:
        """Say that the people only go into the contact book, where it is so."""
        if self._panel is not None and self.is_asking:
            self._panel.say_stage(_("名簿のみ") if stage is None else "")

    def forget(self) -> None:
        """The text was changed: nothing is asked any more."""
        self.is_asking = False
        self._look.stop()
        if self._panel is not None:
            had_keyboard = self._panel.rows.hasFocus()
            self._panel.hide()
            if had_keyboard:
                self.line_wanted.emit()

    def _on_saved(self, text: str, unread: str, changes: Changes) -> None:
        self.saved.emit(changes, text, unread)

    def _on_failed(self, text: str, error: UserError) -> None:
        self.failed.emit(text, str(error))


def _recognised(context: Context, guest: Guest, own: frozenset[int]) -> Guest:
    """The guest with those they may be."""
    found = who_is_meant.hints(context.workspace, guest.written.entry.person)
    return replace(guest, hints=tuple(hint for hint in found if hint.contact is None or hint.contact not in own))


def _save_all(context: Context, taken: tuple[Guest, ...], instead_of: int | None, own: frozenset[int]) -> Changes:
    ws = context.workspace
    known = (guest if guest.hints is not None else _recognised(context, guest, own) for guest in taken)
    entries = tuple(guest.settled() for guest in known)
    return capturing.save(ws, entries) if instead_of is None else capturing.save_again(ws, instead_of, entries)
