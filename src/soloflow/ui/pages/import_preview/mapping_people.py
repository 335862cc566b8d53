"""The first people as they would be read: a small table that follows every choice."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from soloflow.domain.candidates import Candidate
from soloflow.i18n import _, side_by_side
from soloflow.ui.theme import styled
from soloflow.ui.widgets.labels import ElidedLabel, label, rule

SHOWN = 4
ROW = 26
SHARES = (120, 170, 150, 180, 130, 90, 150)


class MappedPeople(QWidget):
    """Name, company, department and title, mail, phone, day, and the rest in one."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("このように読みます"))
        self._head = label(_("このように読みます"), "strong")
        self._cells: list[list[ElidedLabel]] = []
        self.empty = label(_("名前・会社・メール・電話のどれかを選ぶと、読み取った人がここに並びます。"), "second")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 8)
        column.setSpacing(4)
        column.addWidget(self._head)
        column.addWidget(rule())
        column.addWidget(self.empty)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        heads = (_("名前"), _("会社"), _("部署・役職"), _("メール"), _("電話"), _("会った日"), _("そのほか"))
        self._heads = [ElidedLabel(head, "label") for head in heads]
        for number, (head, share) in enumerate(zip(self._heads, SHARES, strict=True)):
            head.setFixedHeight(22)
            grid.addWidget(head, 0, number)
            grid.setColumnStretch(number, share)
            grid.setColumnMinimumWidth(number, 40)
        for row in range(SHOWN):
            cells = [ElidedLabel("", "strong" if number == 0 else "body") for number in range(len(heads))]
            for number, cell in enumerate(cells):
                cell.setFixedHeight(ROW)
                cell.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
                grid.addWidget(cell, row + 1, number)
            self._cells.append(cells)
        column.addLayout(grid)
        column.addStretch(1)
        self.setFixedHeight(8 + 20 + 5 + 4 + 22 + SHOWN * ROW + 16)

    def show_people(self, people: Sequence[Candidate]) -> None:
        """Show the first people; nothing where no column names anybody."""
        self.empty.setVisible(not people)
        for head in self._heads:
            head.setVisible(bool(people))
        for number, cells in enumerate(self._cells):
            texts = _texts(people[number]) if number < len(people) else ("",) * len(cells)
            for cell, text in zip(cells, texts, strict=True):
                cell.setVisible(bool(people))
                cell.setText(text or ("—" if number < len(people) else ""))
                styled(cell, role="label" if not text else "strong" if cell is cells[0] else "body")

    def texts(self) -> list[tuple[str, ...]]:
        """What is shown, row by row."""
        return [tuple(cell.text() for cell in cells) for cells in self._cells if any(cell.text() for cell in cells)]


def _texts(person: Candidate) -> tuple[str, ...]:
    rest = (person.kana, person.address, *person.urls, *(f"#{tag}" for tag in person.tags), person.note)
    return (
        person.name,
        person.company,
        " ".join(filter(None, (person.department, person.title))),
        side_by_side(person.emails),
        side_by_side(phone.number for phone in person.phones),
        side_by_side(f"{day.year}/{day.month}/{day.day}" for day in person.met_on),
        side_by_side(filter(None, rest)),
    )
