"""The frame of the panels that ask something in place: title, fields, a sentence where something is wrong, one button.

``open_popover(content, anchor, rect)`` opens any widget beside a part of the page; `AskPanel` is what 離脱, 育成 and 工程を移す
are made of (move_panels.py).
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import when, wording
from soloflow.services.changes import Changes
from soloflow.ui.context import Context
from soloflow.ui.many import LONG, Edit, run_many
from soloflow.ui.page import Page
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.choices import ChoiceChips
from soloflow.ui.widgets.date_field import DateField
from soloflow.ui.widgets.ime import ImeLineEdit
from soloflow.ui.widgets.labels import label
from soloflow.ui.widgets.popover import Popover

WIDTH = 372
LABEL_WIDTH = 56
GAP = 12


class AskPanel(QWidget):
    """Title, fields, a sentence when something is wrong, and one button."""

    done = Signal()
    closed = Signal()

    def __init__(
        self, context: Context, ids: Sequence[int], anchor: QWidget, rect: QRect | None, title: str, verb: str
    ) -> None:
        super().__init__()
        self.context = context
        self.ids = tuple(ids)
        self._anchor = anchor
        self._rect = rect or anchor.rect()
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(title)
        self.form = QFormLayout()
        self.form.setContentsMargins(0, 8, 0, 8)
        self.form.setHorizontalSpacing(GAP)
        self.form.setVerticalSpacing(10)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._problem = label("", "warnt", wrap=True)
        self._problem.hide()
        self._act = button(verb, self.submit, variant="primary")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(_("やめる"), self.close_panel, variant="quiet"))
        foot.addWidget(self._act)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(title, "strong", wrap=True))
        column.addLayout(self.form)
        column.addWidget(self._problem)
        column.addLayout(foot)
        self._popover: Popover | None = None

    def open(self) -> None:
        """Show the panel beside its anchor, with the keyboard in its first field."""
        self._popover = open_popover(self, self._anchor, self._rect)
        self._popover.closed.connect(self.closed)

    @Slot()
    def close_panel(self) -> None:
        """Close without writing."""
        if self._popover is not None:
            popover, self._popover = self._popover, None
            popover.close_panel()

    @Slot()
    def submit(self) -> None:
        """Write what was entered."""
        raise NotImplementedError

    def write(self, action: Callable[[], Changes]) -> None:
        """Do it on the database lane; the button waits meanwhile."""
        self._act.setEnabled(False)
        self.context.run(action, self._on_done, failed=self._on_failed)

    def write_many(self, title: str, edit: Edit) -> None:
        """Do it to all of them; what lasts longer goes on without the panel, with progress in the status line."""
        if len(self.ids) >= LONG:
            self.close_panel()
            run_many(self.context, len(self.ids), title, edit)
        else:
            self.write(edit)

    def add_row(self, name: str, field: QWidget) -> None:
        """One more field with its label."""
        words = label(name, "second")
        words.setMinimumHeight(32 if isinstance(field, (DateField, ImeLineEdit)) else 26)
        words.setFixedWidth(LABEL_WIDTH)
        words.setBuddy(field)
        if isinstance(field, ChoiceChips):  # a form layout forgets that chips break into lines
            field.setMinimumHeight(field.heightForWidth(WIDTH - LABEL_WIDTH - GAP))
        self.form.addRow(words, field)

    def past_day(self) -> DateField:
        """The field for the day it happened, today unless said otherwise."""
        ws = self.context.workspace
        made = DateField(partial(when.read_past_day, ws), partial(wording.day, ws), ws.today())
        made.field.setPlaceholderText(_("今日、昨日、11/20 など"))
        made.field.setFixedWidth(150)
        made.field.submitted.connect(self._on_enter)
        made.escaped.connect(self.close_panel)
        return made

    def day_is_read(self, field: DateField) -> bool:
        """Whether the words in the field are a day that can be meant; says so where not."""
        if field.field.property("problem"):
            self.say(_("日付を確かめてください。「今日」「昨日」「11/20」のように書けます。"))
            return False
        return True

    def note_field(self, placeholder: str) -> ImeLineEdit:
        """One line of words; Enter submits."""
        made = ImeLineEdit()
        made.setPlaceholderText(placeholder)
        made.setAccessibleName(_("ひとこと"))
        made.submitted.connect(self._on_enter)
        made.escaped.connect(self.close_panel)
        return made

    @Slot(str)
    def _on_enter(self, _text: str) -> None:
        self.submit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter on a chip or a tick accepts the panel, as it does in the fields."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._act.isEnabled():
            self.submit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _on_done(self, _changes: Changes) -> None:
        self.close_panel()
        self.done.emit()

    def _on_failed(self, error: UserError) -> None:
        self.say(str(error))

    def say(self, sentence: str) -> None:
        """Show what is missing or was refused; the panel stays."""
        self._act.setEnabled(True)
        self._problem.setText(sentence)
        self._problem.show()
        self.updateGeometry()
        if self._popover is not None:
            self._popover.adjustSize()


def open_popover(content: QWidget, anchor: QWidget, rect: QRect | None = None) -> Popover:
    """Open a panel with this content beside a part of `anchor` (all of it unless said), inside its page."""
    page = page_of(anchor)
    place = rect or anchor.rect()
    popover = Popover(page, content)
    popover.show_at(QRect(anchor.mapTo(page, place.topLeft()), place.size()))
    return popover


def page_of(widget: QWidget) -> QWidget:
    """The page that a widget is a part of; its window where there is none."""
    found: QWidget | None = widget
    while found is not None and not isinstance(found, Page):
        found = found.parentWidget()
    return found or widget.window()
