"""受注前の8つの質問: each answer in its line, marked as fact or judgement, with the day it was given."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services import prospects, wording
from soloflow.services.customers import Answer, Customer
from soloflow.ui.context import Context
from soloflow.ui.pages.customers.cards import inset_rule
from soloflow.ui.pages.customers.fields import InlineField
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.labels import ElidedLabel, SectionHead, label

LABEL_WIDTH = 122


class Questions(QWidget):
    """The section; writes what is typed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._id = 0
        self._head = SectionHead(_("受注前の8つの質問"), "0/8", inset=8)
        self.rows = [QuestionRow(context, number) for number in range(1, 9)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        for row in self.rows:
            row.answered.connect(self._on_answered)
            column.addWidget(row)

    def show_customer(self, customer: Customer) -> None:
        """Show this one's answers."""
        self._id = customer.row.id
        self._head.set_count(f"{len(customer.answers)}/8")
        for row in self.rows:
            row.show_answer(self._id, customer.answers.get(row.number))

    @Slot(int, str, bool)
    def _on_answered(self, number: int, text: str, is_fact: bool) -> None:
        self.context.run(partial(prospects.answer, self.context.workspace, self._id, number, text, is_fact=is_fact))


class QuestionRow(QWidget):
    """Number, question, answer, 事実/判断, date; 28 high and a hairline. Signal `answered(number, text, is_fact)`."""

    answered = Signal(int, str, bool)

    def __init__(self, context: Context, number: int) -> None:
        super().__init__()
        self.context = context
        self.number = number
        self._is_fact = False
        short, full = (_(words) for words in wording.QUESTIONS[number - 1])
        mark = label(str(number), "label")
        mark.setFixedWidth(14)
        mark.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        question = ElidedLabel(short, "second")
        question.setFixedWidth(LABEL_WIDTH)
        question.setToolTip(full)
        self.field = InlineField(full, _("まだ聞いていません"))
        self.field.saved.connect(self._on_saved)
        self.field.textEdited.connect(self._on_edited)
        self.kind = styled(QPushButton(), variant="tag")
        self.kind.setFixedHeight(18)
        self.kind.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.kind.clicked.connect(self._on_kind)
        self._date = label("", "label")
        self._date.setMinimumWidth(40)
        self._date.setContentsMargins(0, 0, 4, 0)
        self._date.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._write = LinkButton(_("書く"), self._on_write)
        self._write.setAccessibleName(_("{question} に答える").format(question=short))
        self._write.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line = QHBoxLayout()
        line.setContentsMargins(8, 0, 4, 0)
        line.setSpacing(0)
        line.addWidget(mark)
        line.addSpacing(8)
        line.addWidget(question)
        line.addWidget(self.field, 1)
        line.addWidget(self.kind)
        line.addSpacing(8)
        line.addWidget(self._date)
        line.addWidget(self._write)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(inset_rule())
        self.setFixedHeight(context.theme.size("row_question"))

    def show_answer(self, owner: int, answer: Answer | None) -> None:
        """Show an answer, or that there is none yet."""
        self.field.show_value((owner, self.number), answer.text if answer else "")
        self._show_kind(answer is not None and answer.is_fact)
        day = answer.answered_on if answer else None
        self._date.setText(f"{day.month}/{day.day}" if day else "")
        self._date.setToolTip(wording.day(self.context.workspace, day) if day else "")
        self._show_parts(bool(answer))

    def _show_parts(self, has_answer: bool) -> None:
        self.kind.setVisible(has_answer)
        self._date.setVisible(has_answer)
        self._write.setVisible(not has_answer)

    def _show_kind(self, is_fact: bool) -> None:
        self._is_fact = is_fact
        self.kind.setText(_("事実") if is_fact else _("判断"))
        other = _("判断") if is_fact else _("事実")
        self.kind.setToolTip(_("クリックで「{other}」に変える").format(other=other))
        self.kind.setAccessibleName(_("答えの種類 {kind}").format(kind=self.kind.text()))

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self.kind.setVisible(bool(text))
        self._write.setVisible(not text)

    @Slot(str)
    def _on_saved(self, text: str) -> None:
        self.answered.emit(self.number, text, self._is_fact)

    @Slot()
    def _on_kind(self) -> None:
        self._show_kind(not self._is_fact)
        text = self.field.text().strip()
        if text:
            self.field.commit()
            self.answered.emit(self.number, text, self._is_fact)

    def _on_write(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
