"""What the capture window shows: meetup bar, line, chips, panels, tonight's list, foot. It decides nothing."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from soloflow.i18n import _, ngettext
from soloflow.services import evening
from soloflow.services.evening import Met
from soloflow.ui.capture.chips import ChipRow
from soloflow.ui.capture.evening_rows import EveningRows
from soloflow.ui.capture.evening_words import Words, wording_of
from soloflow.ui.capture.example import Example, ShortExample
from soloflow.ui.capture.foot import Foot
from soloflow.ui.capture.known_panel import KnownPanel
from soloflow.ui.capture.line_field import LineField
from soloflow.ui.capture.many_panel import ManyPanel
from soloflow.ui.capture.meetup_bar import MeetupBar
from soloflow.ui.context import Context
from soloflow.ui.models.evening import EveningModel
from soloflow.ui.theme import styled
from soloflow.ui.widgets.labels import label, rule
from soloflow.ui.widgets.rows import OVERHANG, RowList


class Surface(QWidget):
    """Built anew when theme or language change. `small`: for the window that comes alone, without what can be done without."""

    def __init__(self, context: Context, *, small: bool = False) -> None:
        super().__init__()
        theme = context.theme
        self.context = context
        self._is_small = small
        self._waiting = False
        styled(self, variant="page")
        self.bar = MeetupBar(context, small=small)
        self.line = LineField(theme)
        self.chips = ChipRow(theme)
        self.chips.first_after = self.line
        self.known = KnownPanel(theme)
        self.many = ManyPanel(theme)
        self.model = EveningModel(self)
        self.rows = RowList(EveningRows(theme))
        self.rows.setAccessibleName(self._words().listed)
        self.rows.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.rows.setModel(self.model)
        self.rows.setMinimumHeight(theme.size("row_capture"))  # the panels above it come first in a low window
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.bar)
        outer.addWidget(rule("hairline"))
        outer.addLayout(self._middle(), 1)
        self.foot = Foot(context, self._words(), small=small)
        self.end = self.foot.end
        outer.addWidget(self.foot)

    def _middle(self) -> QVBoxLayout:
        self._count = label("", "strong")
        self._in_funnel = label("", "label")
        self._with_step = label("", "label")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._count)
        head.addWidget(self._in_funnel)
        head.addStretch(1)
        head.addWidget(self._with_step)
        theme, ws = self.context.theme, self.context.workspace
        self.example = ShortExample() if self._is_small else Example(theme, ws)
        column = QVBoxLayout()
        column.setContentsMargins(20, 12 if self._is_small else 16, 20, 0)
        column.setSpacing(0)
        if self._is_small:
            self.line.setPlaceholderText(_("名前　会社　話したこと　→ 次の一手"))
        else:
            column.addLayout(_grammar())
            column.addSpacing(6)
        column.addWidget(self.line)
        column.addSpacing(8)
        column.addWidget(self.chips)
        column.addSpacing(10)
        column.addWidget(self.known)
        column.addWidget(self.many)
        column.addSpacing(10 if self._is_small else 16)
        column.addLayout(head)
        column.addSpacing(4)
        column.addWidget(rule())
        self._listed = QHBoxLayout()
        self._listed.addWidget(self.rows)
        self._fit_rows(0, 0)
        self.rows.verticalScrollBar().rangeChanged.connect(self._fit_rows)
        whole = QVBoxLayout()
        whole.setSpacing(0)
        whole.addLayout(column)
        whole.addWidget(self.example, 1)
        whole.addLayout(self._listed, 1)
        return whole

    @Slot(int, int)
    def _fit_rows(self, _least: int, most: int) -> None:
        """The selection reaches beyond the text edge, and the scroll bar stands beyond it too: the columns stay in line."""
        beyond = 20 - OVERHANG
        self._listed.setContentsMargins(beyond, 0, 0 if most else beyond, 0)

    def _words(self) -> Words:
        return wording_of(evening.is_evening(self.context.workspace))

    def say(self, text: str, *, is_problem: bool = False) -> None:
        """The sentence at the foot."""
        self.foot.say(text, is_problem=is_problem)

    @property
    def said(self) -> str:
        """What stands at the foot."""
        return self.foot.said

    def set_calm(self, calm: bool) -> None:
        """While a panel lies over it the question below waits, so that one thing is asked at a time."""
        if calm:
            self._waiting = not self.known.isHidden()
            self.known.hide()
        else:
            self.known.setVisible(self._waiting and bool(self.known.answers))

    def show_people(self, people: list[Met], *, can_take_back: bool) -> None:
        """Tonight's list and its figures."""
        self.model.show_people(people)
        self.rows.setVisible(bool(people))
        self.example.setVisible(not people)
        inside = evening.entered(people)
        planned = evening.head_count(one for one in people if one.step)
        words = self._words()
        self.foot.show_words(words, can_take_back=can_take_back)
        self._count.setText(words.count.format(count=evening.head_count(people)) if people else words.none_yet)
        self._in_funnel.setText(
            ngettext("{count}社が集客に入ります", "{count}社が集客に入ります", inside).format(count=inside)
            if people
            else ""
        )
        self._with_step.setText(_("次の一手あり {count}人").format(count=planned) if people else "")


def _grammar() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(label(_("1人1行"), "strong"))
    row.addWidget(label(_("名前　会社　話したこと　→ 次の一手"), "label"))
    row.addStretch(1)
    return row
