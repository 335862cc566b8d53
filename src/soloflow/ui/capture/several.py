"""Several pasted lines: asked about, added at once, and what could not be read stays in the field."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from soloflow.domain.errors import UserError
from soloflow.i18n import ngettext
from soloflow.services import capturing, who_is_meant
from soloflow.services.capturing import Entry, Written
from soloflow.services.changes import Changes
from soloflow.ui.capture.many_panel import ManyPanel
from soloflow.ui.context import Context


def unread_sentence(count: int) -> str:
    """「1行は名前が読み取れません」; empty for none."""
    if not count:
        return ""
    return ngettext("{count}行は名前が読み取れません", "{count}行は名前が読み取れません", count).format(count=count)


def are_several(text: str) -> bool:
    """Whether a text has more than one line that says something."""
    return sum(bool(part.strip()) for part in text.splitlines()) > 1


class Several(QObject):
    """The lines in question; `is_asking` while the panel is open."""

    left = Signal(str)
    """The question is answered: what belongs into the field now."""
    saved = Signal(object, str)
    """The Changes, and what to say about lines that were not read."""
    failed = Signal(str, str)
    """The whole text, and why."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._panel: ManyPanel | None = None
        self._lines: tuple[Written, ...] = ()
        self.text = ""

    @property
    def is_asking(self) -> bool:
        """Whether several lines wait for an answer."""
        return bool(self._lines)

    def use(self, panel: ManyPanel) -> None:
        """Ask in this panel from now on."""
        self._panel = panel
        panel.add.clicked.connect(self.add)
        panel.join.clicked.connect(self.join)

    def ask(self, text: str, *, stage: int | None, meetup: int | None) -> int:
        """Ask about the lines of a text; how many of them can be read."""
        self.text = text
        self._lines = capturing.read_lines(self._context.workspace, text, stage=stage, meetup=meetup)
        entries = self._readable()
        names = [one.person.name or one.person.company or (*one.person.emails, "")[0] for one in entries]
        if self._panel is not None:
            lines = len({line.number for line in self._lines})
            self._panel.ask(lines, names, unread_sentence(len(self._lines) - len(entries)))
        return len(entries)

    def _readable(self) -> tuple[Entry, ...]:
        return tuple(line.entry for line in self._lines if not line.entry.is_empty)

    @Slot()
    def add(self) -> None:
        """Add everybody who can be read; the other lines go back into the field."""
        entries = self._readable()
        if not entries:
            return
        unread = [line.text for line in self._lines if line.entry.is_empty]
        self._context.run(
            partial(_save_all, self._context, entries),
            partial(self._on_saved, unread_sentence(len(unread))),
            failed=partial(self._on_failed, self.text),
        )
        self._end("\n".join(unread))

    @Slot()
    def join(self) -> None:
        """The lines are one person after all."""
        self._end(" ".join(self.text.split()))

    def forget(self) -> None:
        """The lines were changed: nothing is asked any more."""
        self._lines = ()
        if self._panel is not None:
            self._panel.hide()

    def _end(self, rest: str) -> None:
        self.forget()
        self.left.emit(rest)

    def _on_saved(self, unread: str, changes: Changes) -> None:
        self.saved.emit(changes, unread)

    def _on_failed(self, text: str, error: UserError) -> None:
        self.failed.emit(text, str(error))


def _save_all(context: Context, entries: tuple[Entry, ...]) -> Changes:
    ws = context.workspace
    return capturing.save(ws, tuple(who_is_meant.with_known(ws, one) for one in entries))
