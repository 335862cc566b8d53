"""A text was pasted: how it was read, the people in it, and the other way to read it. It never takes the keyboard by itself."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from soloflow.i18n import _, ngettext, side_by_side
from soloflow.ui.capture.pasted_rows import TAKE, PastedRows
from soloflow.ui.models.pasted_people import APART, COMPANY, PERSON, Guest, PastedModel
from soloflow.ui.theme import Theme, styled
from soloflow.ui.widgets.buttons import ShortcutButton, button
from soloflow.ui.widgets.labels import ElidedLabel, in_the_middle
from soloflow.ui.widgets.rows import OVERHANG, RowList

OTHERWISE = "Alt+4"
SHOWN_ROWS = 6
LEAST_ROWS = 3
"""Where the window is low."""
_HEAD = 56
_ANSWERS = {Qt.Key.Key_1: PERSON, Qt.Key.Key_2: COMPANY, Qt.Key.Key_3: APART}


class PastedList(RowList):
    """The people, with the keys by which they are chosen: Space, Alt+1 to 3, Enter, and back to the line."""

    added = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Space ticks, Alt+1 to 3 answer, Enter adds, Esc and ↑ at the top go back to the line."""
        row, key = self.currentIndex().row(), event.key()
        model = self.model()
        assert isinstance(model, PastedModel)
        is_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if row >= 0 and key in {Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            model.toggle(row)
        elif row >= 0 and is_alt and key in _ANSWERS:
            model.answer(row, _ANSWERS[Qt.Key(key)])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.added.emit()
        elif key == Qt.Key.Key_Escape or (key == Qt.Key.Key_Up and row <= 0):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ManyPanel(QFrame):
    """A head of 56 on sel, and up to six rows of people below it."""

    otherwise = Signal()
    """The text is to be read the other way."""
    picked = Signal()
    """Somebody was ticked, or whose record it is was answered."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        styled(self, variant="panel")
        self.model = PastedModel(self)
        self.rows = PastedList(PastedRows(theme))
        self.rows.setModel(self.model)
        self.rows.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.rows.setAccessibleName(_("貼り付けた人"))
        self.rows.cell_clicked.connect(self._on_cell)
        self.model.dataChanged.connect(self._on_data)
        self._head = ElidedLabel("", "strong")
        self._more = ElidedLabel("", "label")
        self._unread = self._stage = ""
        self.add = button("", variant="primary")
        self.add.setToolTip(_("印のついた人を加えます  Enter"))
        self.other = ShortcutButton(theme, "", OTHERWISE)
        self.other.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.other.clicked.connect(self.otherwise)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._top())
        self._listed = QWidget()
        listed = QHBoxLayout(self._listed)
        listed.setContentsMargins(13 - OVERHANG, 0, 12 - OVERHANG, 6)
        listed.addWidget(self.rows)
        outer.addWidget(self._listed)
        self.hide()

    def _top(self) -> QWidget:
        top = QWidget()
        top.setFixedHeight(_HEAD)
        row = QHBoxLayout(top)
        row.setContentsMargins(13, 0, 12, 0)
        row.setSpacing(12)
        row.addLayout(in_the_middle(self._head, self._more), 1)
        row.addWidget(self.other)
        row.addWidget(self.add)
        return top

    def ask_many(self, guests: Sequence[Guest], head: str, unread: str, *, can_be_one: bool) -> None:
        """Show several people; `unread` says how many parts name nobody and stay in the field."""
        self.model.show_guests(list(guests))
        self._unread = unread
        self._stage = ""
        self._head.setText(head)
        self.other.setVisible(can_be_one)
        self.other.say(_("1人として読む"))
        self.other.setToolTip(_("全体を1人の記録にします  {keys}").format(keys=side_by_side((OTHERWISE, "Esc"))))
        self._listed.show()
        height = self.rows.rows.height
        self.rows.setMinimumHeight(height * min(LEAST_ROWS, len(guests)))
        self.rows.setMaximumHeight(height * min(SHOWN_ROWS, len(guests)))
        self.say_count()
        self.show()

    def say_stage(self, words: str) -> None:
        """Say where the people go, if it is not the usual place."""
        self._stage = words
        self.say_count()

    def say_count(self) -> None:
        """How many will be added, and the keys by which this is changed."""
        count = self.taken
        is_somebody_known = any(guest.hints for guest in self.model.guests)
        keys = _("↓ で選び、Space で外します")
        answers = _("Alt+1〜3 で足す先を選びます") if is_somebody_known else ""
        self._more.setText(side_by_side((self._unread, self._stage, keys, answers)))
        self.add.setText(ngettext("{count}人を加える", "{count}人を加える", count).format(count=count))
        self.add.setVisible(bool(count))
        self.setAccessibleName(self.sentence)

    def ask_one(self, count: int) -> None:
        """One person was read where there may be several."""
        self._head.setText(_("1人の署名として読みました"))
        self._more.setText(_("1行ずつ別の人なら、分けられます"))
        self.other.say(_("{count}人に分ける").format(count=count))
        self.other.setToolTip(_("1行をひとりとして読みます  {keys}").format(keys=OTHERWISE))
        self.other.show()
        self.add.hide()
        self._listed.hide()
        self.setAccessibleName(self.sentence)
        self.show()

    @property
    def taken(self) -> int:
        """How many will be added."""
        return sum(guest.is_taken and not guest.is_unread for guest in self.model.guests)

    @property
    def sentence(self) -> str:
        """What it says, both lines."""
        return f"{self._head.text()} {self._more.text()}"

    def enter(self) -> None:
        """Give the list the keyboard."""
        if not self.rows.currentIndex().isValid():
            self.rows.setCurrentIndex(self.model.index(0))
        self.rows.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object, str)
    def _on_cell(self, index: QModelIndex, key: str) -> None:
        if key == TAKE:
            self.model.toggle(index.row())

    @Slot()
    def _on_data(self) -> None:
        self.say_count()
        self.picked.emit()
