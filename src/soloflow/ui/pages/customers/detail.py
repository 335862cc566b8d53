"""One customer in full: head, steps and next step stay; below them two columns that scroll by themselves.

Where the page is narrow the right column goes under the left. Signals `asked(what)` and `stage_wanted(number)` come from the
head; `move_wanted` from the next-step panel.
"""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from soloflow.services import customers
from soloflow.services.customers import Customer
from soloflow.ui.context import Context
from soloflow.ui.pages.customers.background import Basics, Criteria, Origin, Tags
from soloflow.ui.pages.customers.contacts import Contacts
from soloflow.ui.pages.customers.deals import Deals
from soloflow.ui.pages.customers.header import Header
from soloflow.ui.pages.customers.next_step import NextStep
from soloflow.ui.pages.customers.questions import Questions
from soloflow.ui.pages.customers.timeline import Timeline
from soloflow.ui.theme import styled

MARGIN = 16
RIGHT = 280
WIDE = 656
"""Detail width from which two columns stand side by side (a window of 1100)."""


class Column(QScrollArea):
    """A column that scrolls by itself; the bar stands in the gap beside it, so that nothing moves when it comes."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        styled(self, variant="page")
        styled(content, variant="page")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the content leaves room for the bar."""
        super().resizeEvent(event)
        content = self.widget()
        if content is not None:
            content.setFixedWidth(max(0, self.width() - MARGIN))


class Detail(QWidget):
    """The right part of the page."""

    asked = Signal(str)
    stage_wanted = Signal(int)
    move_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.prospect: int | None = None
        styled(self, variant="page")
        self.header = Header(context)
        self.next_step = NextStep(context)
        self.questions = Questions(context)
        self.timeline = Timeline(context)
        self.contacts = Contacts(context)
        self.deals = Deals(context)
        self.origin = Origin(context)
        self.tags = Tags(context)
        self.basics = Basics(context)
        self.criteria = Criteria(context)
        self._left_content = _under_each_other(self.questions, self.timeline)
        self._right_content = _under_each_other(
            self.contacts, self.deals, self.criteria, self.origin, self.tags, self.basics
        )
        self._left = Column(self._left_content)
        self._right = Column(self._right_content)
        self._right.setFixedWidth(RIGHT + MARGIN)
        self._is_wide = True
        self._build()
        self.header.asked.connect(self.asked)
        self.header.stage_wanted.connect(self.stage_wanted)
        self.next_step.move_wanted.connect(self.move_wanted)

    def _build(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(0, 0, MARGIN, 0)
        top.setSpacing(12)
        top.addWidget(self.header)
        panel = QHBoxLayout()
        panel.setContentsMargins(8, 0, 8, 0)
        panel.addWidget(self.next_step)
        top.addLayout(panel)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self._left, 1)
        across.addWidget(self._right)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addLayout(across, 1)

    def show_prospect(self, prospect: int) -> bool:
        """Show this customer, or show it anew; False when it is gone."""
        if prospect != self.prospect:
            self.save_typing()
        found = customers.detail(self.context.workspace, prospect)
        if found is None:
            self.prospect = None
            return False
        is_other = prospect != self.prospect
        self.prospect = prospect
        self._show(found)
        if is_other:
            self._left.verticalScrollBar().setValue(0)
            self._right.verticalScrollBar().setValue(0)
        return True

    def _show(self, found: Customer) -> None:
        self.setUpdatesEnabled(False)
        for part in (
            self.header, self.next_step, self.questions, self.timeline, self.contacts, self.deals, self.origin, self.tags,
            self.criteria, self.basics,
        ):  # fmt: skip
            part.show_customer(found)
        self.setUpdatesEnabled(True)

    def save_typing(self) -> None:
        """What is being typed in a field is saved before the customer changes."""
        field = QApplication.focusWidget()
        if field is not None and self.isAncestorOf(field):
            field.clearFocus()

    @Slot()
    def focus_first(self) -> None:
        """Put the keyboard where one will most likely begin."""
        self.next_step.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: one column or two."""
        super().resizeEvent(event)
        is_wide = self.width() >= WIDE
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self._arrange()

    def _arrange(self) -> None:
        layout = self._left_content.layout()
        assert isinstance(layout, QVBoxLayout)
        if self._is_wide:
            layout.removeWidget(self._right_content)
            self._right.setWidget(self._right_content)
            self._right.show()
        else:
            content = self._right.takeWidget()
            content.setMinimumWidth(0)
            content.setMaximumWidth(16_777_215)
            layout.insertWidget(layout.count() - 1, content)
            content.show()
            self._right.hide()


def _under_each_other(*parts: QWidget) -> QWidget:
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(0, 0, 0, MARGIN)
    column.setSpacing(16)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return content
