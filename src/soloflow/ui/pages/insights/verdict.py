"""The answer to the question of the page, in two lines, with what would make it surer and the customers behind it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services.numbers import Overview
from soloflow.ui.context import Context
from soloflow.ui.pages.insights import words
from soloflow.ui.pages.insights.chances import ChanceBars
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.flow import FlowLayout
from soloflow.ui.widgets.labels import label

FEW = 10
"""With fewer customers in all, writing people down tells more than any list."""
TOP = 8
INSET = 4
"""A link has so much ground around its words: everything else moves in by it, so that the edges of the words are in line."""
LISTS = 2
"""Lists that are offered, so that all links stand in one line of a small window."""


class Verdict(QWidget):
    """Two lines of 20 bold, sentences of 13, links; at the right the chances."""

    list_wanted = Signal(object)
    """Who is counted."""
    wider_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._heads = [label("", "title", wrap=True) for _line in range(2)]
        self._more = label("", "second", wrap=True)
        self._links = QWidget()
        self._flow = FlowLayout(self._links, gap=16)
        self._bars = ChanceBars(context.theme)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for head in self._heads:
            head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            head.setContentsMargins(INSET, 0, 0, 0)
            column.addWidget(head)
        column.addSpacing(4)
        self._more.setContentsMargins(INSET, 0, 0, 0)
        column.addWidget(self._more)
        column.addWidget(self._links)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, INSET, 0)
        row.setSpacing(24)
        row.addLayout(column, 1)
        row.addWidget(self._bars, 0, Qt.AlignmentFlag.AlignTop)
        self.setContentsMargins(0, TOP, 0, 0)

    def set_low(self, *, is_low: bool) -> None:
        """Smaller letters where the drawing below needs the room."""
        self.setContentsMargins(0, 0 if is_low else TOP, 0, 0)
        for head in self._heads:
            styled(head, role="head" if is_low else "title")
        styled(self._more, role="small" if is_low else "second")

    def show_overview(self, shown: Overview) -> None:
        """Say what these figures tell."""
        first, second, *more = words.lines(shown)
        for head, text in zip(self._heads, (first, second), strict=True):
            head.setText(text)
            head.setVisible(bool(text))
        self._more.setText("\n".join(more))
        self._bars.setVisible(shown.numbers.prospects > 0)
        self._bars.show_chances(words.chances(shown), _rests_on(shown))
        self._show_links(shown)

    def _show_links(self, shown: Overview) -> None:
        from soloflow.services.funnel_words import list_title

        while (item := self._flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if not shown.numbers.prospects:
            self._add_link(_("条件を消す"), self.wider_wanted.emit)
            return
        for link in words.links(shown)[:LISTS]:
            text = _("{list}を見る").format(list=list_title(link.who, link.count))
            self._add_link(text, partial(self.list_wanted.emit, link.who))
        if shown.numbers.prospects < FEW:
            self._add_link(_("人を記録する"), self._context.open_capture)
        else:
            self._add_link(_("改善策をはじめる"), partial(self._begin_experiment, _stage_in_question(shown)))

    def _begin_experiment(self, stage: int) -> None:
        self._context.navigate("insights", tab="experiments", stage=stage)

    def _add_link(self, text: str, slot: Callable[[], object]) -> None:
        made = LinkButton(text, slot, self._links)
        self._flow.addWidget(made)
        made.show()


def _stage_in_question(shown: Overview) -> int:
    """The stage whose rate is the lowest, or the likeliest to be."""
    verdict = shown.numbers.leak.ranking.verdict
    return verdict.stage or verdict.candidates[0]


def _rests_on(shown: Overview) -> str:
    from soloflow.services.funnel_words import stage_name

    counts = _("、").join(f"{stage_name(step.stage)} n={step.at_risk}" for step in shown.numbers.stages[:4])
    return _("1年以内に次へ進む率を比べています（{counts}）").format(counts=counts)
