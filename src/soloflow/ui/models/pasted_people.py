"""The people of a pasted text, before anything is written: who is taken, who is known already, and what will be done."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from soloflow.i18n import _, listed, side_by_side
from soloflow.services import who_is_meant
from soloflow.services.capturing import Entry, Written
from soloflow.services.who_is_meant import Hint
from soloflow.ui.widgets.rows import ROW

NONE = QModelIndex()
PERSON, COMPANY, APART = "person", "company", "apart"


@dataclass(frozen=True, slots=True)
class Guest:
    """One of them. `hints` is None until it was looked up who is known; the answer is about the first of the hints."""

    written: Written
    is_taken: bool = True
    hints: tuple[Hint, ...] | None = None
    answer: str = ""

    @property
    def is_unread(self) -> bool:
        """Whether nobody is named."""
        return self.written.entry.is_empty

    @property
    def name(self) -> str:
        """Who it is, as far as is known."""
        person = self.written.entry.person
        return person.name or person.company or next(iter((*person.emails, *person.urls)), "")

    @property
    def reached(self) -> str:
        """How they are reached, and what was said."""
        person = self.written.entry.person
        numbers = tuple(phone.number for phone in person.phones)
        ways = [way for way in (*person.emails[:1], *numbers[:1], *person.urls[:1]) if way != self.name]
        return side_by_side((f"{person.department} {person.title}".strip(), *ways, " ".join(person.note.split())))

    def settled(self) -> Entry:
        """What will be saved: as answered, or else as is safe."""
        entry, found = self.written.entry, self.hints or ()
        if not self.answer or not found:
            return who_is_meant.settled(entry, found)
        if self.answer == PERSON:
            return replace(entry, contact=found[0].contact)
        return replace(entry, prospect=found[0].prospect) if self.answer == COMPANY else entry

    @property
    def done(self) -> str:
        """What will be done, in a few words."""
        if self.is_unread:
            return _("名前が読み取れません")
        if not self.is_taken:
            return _("加えません")
        if self.hints is None:
            return ""
        entry = self.settled()
        if entry.contact is not None:
            hint = next((one for one in self.hints if one.contact == entry.contact), self.hints[0])
            return _("もういます：{name}さんに足す").format(name=hint.name)
        similar = next((one for one in self.hints if one.kind == "similar"), None)
        if entry.prospect is not None:
            if similar is not None and not self.answer:
                return _("{name}さんかも：連絡先に追加").format(name=similar.name)
            return _("同じ会社の連絡先に加える")
        if similar is not None and not self.answer:
            return _("{name}さんかも：別の人として").format(name=similar.name or similar.company)
        return _("新しい顧客") if entry.person.company else _("新しい人")


class PastedModel(QAbstractListModel):
    """One row per person; as many as fit into a text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.guests: list[Guest] = []

    def show_guests(self, guests: list[Guest]) -> None:
        """Show these people."""
        self.beginResetModel()
        self.guests = guests
        self.endResetModel()

    def put(self, row: int, guest: Guest) -> None:
        """Change one of them."""
        self.guests[row] = guest
        self.dataChanged.emit(self.index(row), self.index(row))

    def toggle(self, row: int) -> None:
        """Take them, or not."""
        guest = self.guests[row]
        if not guest.is_unread:
            self.put(row, replace(guest, is_taken=not guest.is_taken))

    def answer(self, row: int, answer: str) -> None:
        """Say whose record this is; この人に足す again means the next person who fits."""
        guest = self.guests[row]
        people = [hint for hint in guest.hints or () if hint.contact is not None]
        if answer == PERSON and not people:
            return
        if answer == COMPANY and not any(hint.company for hint in guest.hints or ()):
            return
        hints = guest.hints or ()
        if answer == PERSON and guest.answer == PERSON and len(people) > 1:
            hints = (*people[1:], people[0], *(hint for hint in hints if hint.contact is None))
        self.put(row, replace(guest, answer=answer, hints=hints, is_taken=True))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NONE) -> int:
        """Qt: how many."""
        return 0 if parent.isValid() else len(self.guests)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the read model, and a sentence for screen readers."""
        if not index.isValid():
            return None
        guest = self.guests[index.row()]
        if role == ROW:
            return guest
        if role == Qt.ItemDataRole.DisplayRole:
            return guest.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return listed(
                [part for part in (guest.name, guest.written.entry.person.company, guest.reached, guest.done) if part]
            )
        return None
