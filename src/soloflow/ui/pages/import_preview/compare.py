"""ならべて見る: what is known of a person beside what the file says, each difference to be chosen."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from soloflow.domain.candidates import Candidate
from soloflow.i18n import N_, _, listed
from soloflow.services import importing, wording
from soloflow.services.import_items import FieldChange, Item
from soloflow.services.import_words import FIELD_NAMES, field_name
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.pages.import_preview.words import is_asked, spoken
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import PushButton, button
from soloflow.ui.widgets.labels import ElidedLabel, label

VALUE = 250
"""Width of a value; a longer one is shown whole by its tooltip."""
REASONS = {"older": N_("いまのほうが新しい"), "letters": N_("文字の種類が違う"), "part": N_("いまのほうが詳しい")}
"""Why the value of the file is not proposed."""
INSET = 9
"""Where the words of a choice begin."""
MOST_HEIGHT = 330


class ComparePanel(QWidget):
    """Two columns; a difference is a pair of buttons of which one is down. Arrow keys and Space choose, Esc closes."""

    changed = Signal(object)
    """An Item with another decision."""
    done = Signal()

    def __init__(self, context: Context, item: Item, known: Candidate) -> None:
        super().__init__()
        self._ws = context.workspace
        self.item = item
        self._pairs: list[tuple[FieldChange, QPushButton, QPushButton]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._title(known))
        column.addWidget(_scrolled(self._grid(known)))
        column.addLayout(self._foot())
        first = self._pairs[0][2] if self._pairs else self._buttons[0]
        self.setFocusProxy(first)

    def _title(self, known: Candidate) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(label(_("{name}さん").format(name=known.name or self.item.person.name), "head"))
        at = known.company or _("個人")
        line.addWidget(ElidedLabel(at, "label"), 1)
        return line

    def _grid(self, known: Candidate) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        there = _("ファイル（{line}行目）").format(line=self.item.person.line)
        for place, words in enumerate((_("いま"), there), start=1):
            head = label(words, "label")
            head.setContentsMargins(INSET, 0, 0, 0)
            grid.addWidget(head, 0, place)
        number = 1
        for field in FIELD_NAMES:
            number = self._add_field(grid, number, field, known)
        grid.setColumnStretch(3, 1)
        return made

    def _add_field(self, grid: QGridLayout, number: int, field: str, known: Candidate) -> int:
        """The rows of one field: what both say, then what only the file says, to be chosen."""
        changes = [change for change in self.item.offered if change.field == field]
        here, there = _values(self._ws, known, field), _values(self._ws, self.item.person, field)
        is_plain = not changes or not changes[0].old
        if is_plain and (here or (there and not changes)):
            grid.addWidget(label(field_name(field), "label"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_value(here), number, 1)
            if not changes:
                grid.addWidget(_value(there), number, 2)
            number += 1
        for change in changes:
            if not (is_plain and here):
                grid.addWidget(label(field_name(field), "label"), number, 0)
            self._add_pair(grid, number, change)
            number += 1
        return number

    def _add_pair(self, grid: QGridLayout, number: int, change: FieldChange) -> None:
        said = spoken(self._ws, change)
        new = said.new.removeprefix(said.old).strip() if change.field == "note" else said.new
        old = _("元のまま") if change.field == "note" else said.old or _("加えない")
        pair = QButtonGroup(self)
        pair.setExclusive(True)
        buttons = []
        for place, words in enumerate((old, new)):
            made = styled(_Choice(words), variant="chip", wide=True)
            made.setAccessibleName(f"{field_name(change.field)} {words}")
            made.setChecked((change in self.item.declined) == (place == 0))
            pair.addButton(made)
            grid.addWidget(made, number, 1 + place)
            made.toggled.connect(partial(self._on_toggled, change, place == 0))
            made.walked.connect(partial(self._walk, len(self._pairs)))
            buttons.append(made)
        self._pairs.append((change, buttons[0], buttons[1]))
        why = next((one.why for one in self.item.against if one.change == change), "")
        if why:
            grid.addWidget(label(_(REASONS[why]), "label"), number, 3)

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        self._buttons: list[QPushButton] = []
        if self._pairs:
            self._buttons.append(button(_("すべて新しい値にする"), partial(self._choose_all, keep=False), small=True))
            self._buttons.append(button(_("すべて元のままにする"), partial(self._choose_all, keep=True), small=True))
        if is_asked(self.item):
            self._buttons.append(button(_("同じ人"), partial(self._answer, is_known=True)))
            self._buttons.append(button(_("別の人"), partial(self._answer, is_known=False)))
        else:
            self._buttons.append(button(_("閉じる"), self.done.emit))
        split = 2 if self._pairs else 0
        for made in self._buttons[:split]:
            line.addWidget(made)
        line.addStretch(1)
        for made in self._buttons[split:]:
            line.addWidget(made)
        return line

    def _on_toggled(self, change: FieldChange, is_old: bool, is_down: bool) -> None:
        if is_down:
            declined = self.item.declined | {change} if is_old else self.item.declined - {change}
            self._decide(importing.choose(self.item, keep=declined))

    def _choose_all(self, *, keep: bool) -> None:
        for _change, old, new in self._pairs:
            (old if keep else new).setChecked(True)

    def _answer(self, *, is_known: bool) -> None:
        self._decide(importing.choose(self.item, is_known=is_known))
        self.done.emit()

    def _decide(self, item: Item) -> None:
        self.item = item
        self.changed.emit(item)

    def _walk(self, place: int, step: int) -> None:
        """Go to the pair above or below."""
        _change, old, new = self._pairs[max(0, min(len(self._pairs) - 1, place + step))]
        (old if old.isChecked() else new).setFocus(Qt.FocusReason.TabFocusReason)


class _Choice(PushButton):
    """One side of a difference: ends in … where it is long, and is whole in its tooltip."""

    walked = Signal(int)
    """Up or down was pressed."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFixedWidth(VALUE)
        plain = " ".join(words.split())
        shown = self.fontMetrics().elidedText(plain, Qt.TextElideMode.ElideRight, VALUE - 32)
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(words if shown != words else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: up and down go to the other pairs, before the list that can be scrolled takes them."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.walked.emit(step)
        else:
            super().keyPressEvent(event)


def _scrolled(content: QWidget) -> QScrollArea:
    made = QScrollArea()
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setWidgetResizable(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    styled(content, variant="page")
    made.setWidget(content)
    hint = content.sizeHint()
    made.setFixedSize(hint.width() + 12, min(hint.height() + 2, MOST_HEIGHT))
    return made


def _value(values: Sequence[str]) -> ElidedLabel:
    made = ElidedLabel(listed(values) or "—", "second" if values else "label")
    made.setContentsMargins(INSET, 0, 0, 0)  # in line with the words of the choices
    made.setFixedWidth(VALUE)
    return made


def _values(ws: Workspace, person: Candidate, field: str) -> list[str]:
    """What a person has in a field."""
    if field == "phones":
        return [phone.number for phone in person.phones]
    if field == "met_on":
        return [wording.day(ws, day) for day in person.met_on]
    value = getattr(person, field)
    return [value] if isinstance(value, str) and value else list(value)
