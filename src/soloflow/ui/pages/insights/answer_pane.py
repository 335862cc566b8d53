"""One tab of 分析: sentences, the customers behind them, a picture or its table, and how it was reckoned.

A tab subclasses `AnswerPane` and says what it asks: ``ask(shown)`` gives the call that makes its `Answer`, off the GUI thread.
Controls of its own (a step, sliders) go into ``self.controls``; after a choice they call ``self.ask_again()``.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services import numbers
from soloflow.services.numbers import Overview
from soloflow.ui.context import Context
from soloflow.ui.pages.insights.answer_table import AnswerTable
from soloflow.ui.pages.insights.charts import Mark
from soloflow.ui.pages.insights.header import MARGIN
from soloflow.ui.pages.insights.reading import WIDTH
from soloflow.ui.pages.insights.verdict import INSET
from soloflow.ui.theme import styled
from soloflow.ui.widgets.ask_panel import open_popover
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.canvas import FigureCanvas, Region
from soloflow.ui.widgets.flow import FlowLayout
from soloflow.ui.widgets.labels import ElidedLabel, label

if TYPE_CHECKING:  # loads numpy and matplotlib, which come with the first figures
    from soloflow.services.answers import Answer, Draw
    from soloflow.services.funnel_words import Who

SMALLEST = 700
OVERHANG = 8
"""What the mark of the keyboard may reach beyond the drawing."""


class AnswerPane(QWidget):
    """The tab; `answer` is what it shows."""

    list_wanted = Signal(object)

    def __init__(self, context: Context, name: str) -> None:
        super().__init__()
        self.context = context
        self.answer: Answer | None = None
        self.shown: Overview | None = None
        self._can_draw = False
        self._asked = 0
        self.heads = [label("", "title", wrap=True) for _line in range(2)]
        self._more = label("", "second", wrap=True)
        self._links = QWidget()
        self._flow = FlowLayout(self._links, gap=16)
        self.controls = QHBoxLayout()
        self.controls.setSpacing(8)
        self.canvas = FigureCanvas(context.theme, name=name, overhang=OVERHANG)
        self.table = AnswerTable(context.theme)
        self.help = LinkButton(_("どう計算した？"), self.explain)
        self.help.setIcon(context.icon("help", "acc"))
        self.help.setIconSize(QSize(16, 16))
        self._words = ElidedLabel("", "label")
        self._words.setFixedHeight(context.theme.line("label"))
        self._picture = QStackedWidget()
        self._picture.addWidget(self.canvas)
        self._picture.addWidget(_between(self.table))
        self._lay_out()
        self._more.setText(_("数えています…"))
        for one in (*self.heads, self._links, self._words, self.help):
            one.hide()  # until there is an answer to speak of
        self.canvas.region_clicked.connect(self._on_clicked)
        self.canvas.region_hovered.connect(self._on_hovered)
        self.table.list_wanted.connect(self.list_wanted)

    def _lay_out(self) -> None:
        self.inside = inside = styled(QWidget(), variant="page")
        inside.setMinimumWidth(SMALLEST)
        self.column = column = QVBoxLayout(inside)
        column.setContentsMargins(MARGIN - OVERHANG, 12, MARGIN - OVERHANG, 12)
        column.setSpacing(2)
        for head in self.heads:
            head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for one in (*self.heads, self._more):
            one.setContentsMargins(OVERHANG, 4 if one is self._more else 0, OVERHANG, 0)
            column.addWidget(one)
        foot = QHBoxLayout()
        foot.setContentsMargins(OVERHANG, 4, OVERHANG - INSET, 0)
        foot.addWidget(self._words, 1)
        foot.addWidget(self.help)
        picture = QHBoxLayout()
        picture.setContentsMargins(0, 8, 0, 0)
        picture.addWidget(self._picture)
        controls = QHBoxLayout()
        controls.setContentsMargins(OVERHANG, 8, OVERHANG, 0)
        controls.addLayout(self.controls)
        controls.addStretch(1)
        links = QHBoxLayout()
        links.setContentsMargins(OVERHANG - INSET, 2, OVERHANG - INSET, 0)
        links.addWidget(self._links)
        column.addLayout(links)
        column.addLayout(controls)
        column.addLayout(picture)
        column.addLayout(foot)
        column.addStretch(1)
        self.area = scroll = styled(QScrollArea(), variant="page")
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    # What is asked

    def ask(self, shown: Overview) -> "Callable[[], Answer]":
        """The call that makes the answer; it runs off the GUI thread."""
        raise NotImplementedError

    def behind(self, shown: Overview, who: "Who") -> Callable[[], tuple[int, ...]]:
        """The call that lists the customers whom a mark of this tab counts; it runs off the GUI thread."""
        return partial(numbers.customers_behind, shown, who)

    def arrive(self, **args: object) -> None:
        """Show what the caller came for; the arguments are the tab's own."""

    def show_overview(self, shown: Overview) -> None:
        """Answer from other figures; the old answer stays until the new one is there."""
        self.shown = shown
        self.ask_again()

    @Slot()
    def ask_again(self) -> None:
        """Ask with the controls as they are now; only the last answer asked for is shown."""
        if self.shown is not None:
            self._asked += 1
            self.context.run(self.ask(self.shown), partial(self._take, self._asked))

    def _take(self, number: int, answer: "Answer") -> None:
        if number == self._asked:
            self.show_answer(answer)

    def show_answer(self, answer: "Answer") -> None:
        """Say it, and draw it where it is another one."""
        is_same = answer == self.answer
        self.answer = answer
        for place, head in enumerate(self.heads):
            head.setText(answer.head[place] if place < len(answer.head) else "")
            head.setVisible(place < len(answer.head))
        self._more.setText("\n".join(answer.lines))
        self._more.setVisible(bool(answer.lines))
        self._words.show()
        self.help.show()
        self._show_links(answer)
        self.table.show_table(answer.table)
        self._fit()
        if not is_same:
            self._draw()
        self._say(None)

    def _show_links(self, answer: "Answer") -> None:
        while (item := self._flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for link in answer.links:
            made = LinkButton(link.words, partial(self.list_wanted.emit, link.who), self._links)
            self._flow.addWidget(made)
            made.show()
        self._links.setVisible(bool(answer.links))

    # Picture and table

    def show_view(self, view: str) -> None:
        """chart or table."""
        self._picture.setCurrentIndex(1 if view == "table" else 0)
        self._fit()
        self._say(None)

    def allow_drawing(self) -> None:
        """What draws is loaded."""
        self._can_draw = True
        self._draw()

    def _draw(self) -> None:
        if self._can_draw and self.answer is not None:
            drawn = self.answer.draw
            self.canvas.set_draw(None if drawn is None else partial(draw, drawn, self.context.theme.is_dark))

    def _fit(self) -> None:
        if self.answer is None:
            return
        is_table = self._picture.currentIndex() == 1 or not self.answer.height
        if is_table and self._picture.currentIndex() == 0:
            self._picture.setCurrentIndex(1)
        self._picture.setFixedHeight(self.table.needed_height if is_table else int(self.answer.height) + 4)
        self._picture.setVisible(bool(self.answer.height or self.answer.table.rows))

    @property
    def first(self) -> QWidget:
        """What takes the keyboard."""
        return self.table if self._picture.currentIndex() == 1 else self.canvas

    # Words

    def explain(self) -> None:
        """Say beside the button how it was reckoned."""
        if self.answer is not None:
            open_popover(_terms(self.answer), self.help)

    @Slot(object)
    def _on_clicked(self, mark: Mark) -> None:
        if mark.who is not None:
            self.list_wanted.emit(mark.who)

    @Slot(object)
    def _on_hovered(self, mark: Mark | None) -> None:
        self._say(mark)

    def _say(self, mark: Mark | None) -> None:
        leads = self.answer is not None and any(row.who is not None for row in self.answer.table.rows)
        hint = (
            _("図や数を選ぶと、その顧客を開きます。矢印キーで動き、Enter で開きます")
            if leads
            else _("図の上にポインターを置くか矢印キーで動かすと、数が読めます")
        )
        self._words.setText(mark.words if mark else hint)


def draw(drawn: "Draw", dark: bool, width: int, _height: int) -> tuple[Any, list[Region]]:
    """The figure for the canvas and its marks in the order of reading."""
    from soloflow.services import funnel_chart

    drawing = drawn(funnel_chart.DARK if dark else funnel_chart.LIGHT, width)
    marks = sorted(drawing.regions, key=lambda one: (one.top, one.left))
    return drawing.figure, [Region(m.left, m.top, m.width, m.height, Mark(m.who, m.tooltip), m.tooltip) for m in marks]


def _between(table: QWidget) -> QWidget:
    """The table, as wide as the drawing."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(OVERHANG, 0, OVERHANG, 0)
    line.addWidget(table)
    return made


def _terms(answer: "Answer") -> QWidget:
    """どう計算した？: each figure with its definition and the counts that went in."""
    made = QWidget()
    made.setFixedWidth(WIDTH)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setAccessibleName(_("どう計算した？"))
    made.setAccessibleDescription("\n".join(f"{term.name} {term.words}" for term in answer.terms))
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for term in answer.terms:
        column.addWidget(label(term.name, "strong"))
        words = label(term.words, "second", wrap=True)
        words.setFixedHeight(words.heightForWidth(WIDTH))
        column.addWidget(words)
        column.addSpacing(4)
    return made
