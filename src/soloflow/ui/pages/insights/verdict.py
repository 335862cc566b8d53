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
from soloflow.ui.pages.insights.explaining import help_icon, help_link, name_help, open_terms
from soloflow.ui.pages.insights.links import LinkLine, order_keyboard
from soloflow.ui.theme import styled
from soloflow.ui.widgets.labels import label

FEW = 10
"""With fewer customers in all, writing people down tells more than any list."""
TOP = 8
FEW_LINES = 2
"""With more of them the drawing below needs the room above the heading."""
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
        self._links = LinkLine(gap=8)
        self._bars = ChanceBars(context.theme)
        self._shown: Overview | None = None
        self._is_low = False
        self.help = help_link(context, self.explain)
        self.help.setToolTip(_("どう計算した？：この判定に使った数、確からしさの決めかた"))
        self.sign = help_icon(context, self.explain)
        name_help(self.sign, _("判定と確からしさ"))
        self.sign.hide()
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
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(column, 1)
        gap = QWidget()
        gap.setFixedWidth(self.sign.width())
        self.sign.setParent(gap)
        row.addWidget(gap)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(2)
        bars = QHBoxLayout()
        bars.setContentsMargins(0, 0, INSET, 0)
        bars.addWidget(self._bars)
        beside.addLayout(bars)
        beside.addWidget(self.help, 0, Qt.AlignmentFlag.AlignRight)
        beside.addStretch(1)
        row.addLayout(beside)
        self.setContentsMargins(0, TOP, 0, 0)

    def set_low(self, *, is_low: bool) -> None:
        """Smaller letters, and the likely cause only behind its link, where the drawing below needs the room."""
        self._is_low = is_low
        self.sign.setVisible(is_low)
        self.help.setVisible(not is_low)
        self._say()
        for head in self._heads:
            styled(head, role="head" if is_low else "title")
        styled(self._more, role="small" if is_low else "second")

    def show_overview(self, shown: Overview) -> None:
        """Say what these figures tell."""
        self._shown = shown
        self._say()
        self._bars.setVisible(shown.numbers.prospects > 0)
        self._bars.show_chances(words.chances(shown), _rests_on(shown))
        self._show_links(shown)

    def _say(self) -> None:
        if self._shown is None:
            return
        first, second, *more = words.lines(self._shown, with_cause=not self._is_low)
        for head, text in zip(self._heads, (first, second), strict=True):
            head.setText(text)
            head.setVisible(bool(text))
        self._more.setText("\n".join(more))
        self.setContentsMargins(0, TOP if not self._is_low and len(more) <= FEW_LINES else 0, 0, 0)

    def explain(self) -> None:
        """Say beside the button how the verdict was reached, with the counts that went in."""
        if self._shown is not None:
            from soloflow.services.answers import whole

            open_terms(whole.verdict(self._shown), self.sign if self._is_low else self.help, self.list_wanted.emit)

    def _show_links(self, shown: Overview) -> None:
        self._links.show_links(self._wanted_links(shown))
        order_keyboard((self._heads[0], self.sign, *self._links.links, self.help))

    def _wanted_links(self, shown: Overview) -> list[tuple[str, Callable[[], object]]]:
        from soloflow.services.funnel_words import list_title

        if not shown.numbers.prospects:
            return [(_("条件を消す"), self.wider_wanted.emit)]
        wanted: list[tuple[str, Callable[[], object]]] = [
            (_("{list}を見る").format(list=list_title(link.who, link.count)), partial(self.list_wanted.emit, link.who))
            for link in words.links(shown)[:LISTS]
        ]
        wanted += self._way_to_reasons(shown)
        if shown.numbers.prospects < FEW:
            wanted.append((_("人を記録する"), self._context.open_capture))
        else:
            wanted.append((_("改善策をはじめる"), partial(self._begin_experiment, _stage_in_question(shown))))
        return wanted

    def _way_to_reasons(self, shown: Overview) -> list[tuple[str, Callable[[], object]]]:
        """From the likely cause to all reasons of that step."""
        from soloflow.services.causes import known, leaking_step

        stage = leaking_step(shown)
        if not known(shown, stage):
            return []
        return [(_("理由を見る"), partial(self._context.navigate, "insights", tab="reasons", stage=stage))]

    def _begin_experiment(self, stage: int) -> None:
        self._context.navigate("insights", tab="experiments", stage=stage)


def _stage_in_question(shown: Overview) -> int:
    """The stage whose rate is the lowest, or the likeliest to be."""
    verdict = shown.numbers.leak.ranking.verdict
    return verdict.stage or verdict.candidates[0]


def _rests_on(shown: Overview) -> str:
    from soloflow.services.funnel_words import stage_name

    counts = _("、").join(f"{stage_name(step.stage)} n={step.at_risk}" for step in shown.numbers.stages[:4])
    return _("1年以内に次へ進む率を比べています（{counts}）").format(counts=counts)
