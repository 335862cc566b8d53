"""Cards of the right column: read at a glance, opened into fields in place, and kept while the customer is the same.

`CardList` keeps one card per record, in order, so that a field being typed in is never taken away; `Form` is a grid of
labels and fields.
"""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from soloflow.ui.pages.customers.fields import drop
from soloflow.ui.widgets.labels import label, rule

R = TypeVar("R")
LABEL_WIDTH = 60


class CardList(QWidget, Generic[R]):
    """Cards under each other with hairlines between."""

    def __init__(self, make: Callable[[], QWidget]) -> None:
        super().__init__()
        self._make = make
        self.cards: list[QWidget] = []
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_records(self, records: Sequence[R]) -> None:
        """Show these; cards are made or dropped at the end only."""
        while len(self.cards) > len(records):
            drop(self.cards.pop())
            drop(self._lines.pop())
        while len(self.cards) < len(records):
            card, line = self._make(), inset_rule()
            self.cards.append(card)
            self._lines.append(line)
            self._column.addWidget(card)
            self._column.addWidget(line)
        for card, record in zip(self.cards, records, strict=True):
            card.show_record(record)  # type: ignore[attr-defined]


def inset_rule() -> QWidget:
    """A hairline between the text edges."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(8, 0, 8, 0)
    column.addWidget(rule("hairline"))
    return holder


class Form(QWidget):
    """Rows of a label and a field."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(1, 1)
        self._count = 0

    def add(self, name: str, field: QWidget) -> None:
        """One more row; an empty name leaves the place of the label free."""
        words = label(name, "label")
        words.setMinimumWidth(LABEL_WIDTH)
        words.setBuddy(field)
        self._grid.addWidget(words, self._count, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(field, self._count, 1)
        self._count += 1
