"""ひと目で: every answer of 分析 as its question and a sentence, in the order in which one asks; each leads to its tab."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from soloflow.i18n import _
from soloflow.services import when
from soloflow.services.numbers import Overview
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.pages.insights.answer_pane import OVERHANG, AnswerPane
from soloflow.ui.pages.insights.back_cast_tab import USUAL_MONTHS, USUAL_ORDERS
from soloflow.ui.pages.insights.links import order_keyboard
from soloflow.ui.pages.insights.verdict import INSET
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.labels import label, rule

if TYPE_CHECKING:  # loads numpy, which comes with the first figures
    from soloflow.services.answers import Answer

GAP = 12


class InBriefTab(AnswerPane):
    """The view 図 has the sentences whole; the table can be copied."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("問いと、いまの答え"))
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(OVERHANG - INSET, 16, OVERHANG, 8)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(GAP)
        self._grid.setColumnStretch(1, 1)
        self.column.insertWidget(self.column.indexOf(self._more) + 1, self._list)
        self.links: list[LinkButton] = []

    def ask(self, shown: Overview) -> "Callable[[], Answer]":
        """All of them; the aim is the one with which 逆算 begins."""
        return partial(_in_brief, self.context.workspace, shown)

    def show_answer(self, answer: "Answer") -> None:
        """Write the questions with their sentences."""
        is_same = answer == self.answer
        super().show_answer(answer)
        if is_same:
            return
        held = next((place for place, link in enumerate(self.links) if link.hasFocus()), None)
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.links = []
        for place, row in enumerate(answer.table.rows):
            question, sentence = row.cells
            link = LinkButton(question, partial(self.context.navigate, "insights", tab=row.tab), self._list)
            link.setToolTip(_("くわしく見る"))
            words = label(sentence, "form", wrap=True)
            words.setParent(self._list)
            self._grid.addWidget(link, 2 * place, 0)
            self._grid.addWidget(words, 2 * place, 1)
            self._grid.addWidget(rule(), 2 * place + 1, 0, 1, 2)
            self.links.append(link)
        if held is not None:
            self.links[held].setFocus()
        self._order_keyboard()

    def _order_keyboard(self) -> None:
        """The questions stand above どう計算した？."""
        super()._order_keyboard()
        order_keyboard((self.heads[0], *self.links, self.help))

    @property
    def first(self) -> QWidget:
        """The first question, or the table."""
        return self.links[0] if self.links and not self._table_only else super().first

    def _fit(self) -> None:
        super()._fit()
        self._list.setVisible(self.answer is not None and not self._table_only)
        if not self._table_only:
            self._table_name.hide()
            self.table.hide()

    def _hint(self) -> str:
        return super()._hint() if self._table_only else _("問いを選ぶと、図と表が開きます")


def _in_brief(ws: Workspace, shown: Overview) -> "Answer":
    from soloflow.services.answers import in_brief

    return in_brief.answer(ws, shown, USUAL_ORDERS, when.months_from_now(ws, USUAL_MONTHS))
