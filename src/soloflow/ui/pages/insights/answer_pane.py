"""One tab of 分析: sentences, the customers behind them, a picture, its table below it, and how it was reckoned.

A tab subclasses `AnswerPane` and says what it asks: ``ask(shown)`` gives the call that makes its `Answer`, off the GUI thread.
Controls of its own (a step, sliders) go into ``self.controls``; after a choice they call ``self.ask_again()``.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import numbers
from soloflow.services.numbers import Overview, Scope
from soloflow.ui.context import Context, Notice
from soloflow.ui.jobs import Job
from soloflow.ui.pages.insights.answer_table import AnswerTable
from soloflow.ui.pages.insights.charts import Mark
from soloflow.ui.pages.insights.explaining import help_link, open_terms
from soloflow.ui.pages.insights.header import MARGIN
from soloflow.ui.pages.insights.links import LinkLine, order_keyboard
from soloflow.ui.pages.insights.verdict import INSET
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.canvas import Draw as CanvasDraw
from soloflow.ui.widgets.canvas import FigureCanvas, Region
from soloflow.ui.widgets.labels import ElidedLabel, label

if TYPE_CHECKING:  # loads numpy and matplotlib, which come with the first figures
    from soloflow.services.answers import Answer, Draw, Link
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
        self._job: Job | None = None
        self.heads = [label("", "title", wrap=True) for _line in range(2)]
        self._more = label("", "second", wrap=True)
        self._again = button(_("もう一度"), self.ask_again)
        self._links = LinkLine(gap=16)
        self.controls = QHBoxLayout()
        self.controls.setSpacing(8)
        self.canvas = FigureCanvas(context.theme, name=name, overhang=OVERHANG)
        self.table = AnswerTable(context.theme)
        self.help = help_link(context, self.explain)
        self._words = ElidedLabel("", "label")
        self._words.setFixedHeight(context.theme.line("label"))
        self._table_name = label("", "strong", wrap=True)
        self._table_only = False
        self._lay_out()
        self._more.setText(_("数えています…"))
        for one in (
            *self.heads,
            self._again,
            self._links,
            self.canvas,
            self._words,
            self.help,
            self._table_name,
            self.table,
        ):
            one.hide()  # until there is an answer to speak of
        self.canvas.region_clicked.connect(self._on_clicked)
        self.canvas.region_hovered.connect(self._on_hovered)
        self.table.list_wanted.connect(self.list_wanted)
        self.table.selectionModel().currentChanged.connect(self._on_cell)
        context.bug_found.connect(self._on_bug)

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
        again = QHBoxLayout()
        again.setContentsMargins(OVERHANG, 0, OVERHANG, 0)
        again.addWidget(self._again)
        again.addStretch(1)
        column.addLayout(again)
        foot = QHBoxLayout()
        foot.setContentsMargins(OVERHANG, 4, OVERHANG - INSET, 0)
        foot.addWidget(self._words, 1)
        foot.addWidget(self.help)
        picture = QHBoxLayout()
        picture.setContentsMargins(0, 8, 0, 0)
        picture.addWidget(self.canvas)
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
        table = QVBoxLayout()
        table.setContentsMargins(0, 12, 0, 0)  # the ground of a chosen row reaches beyond its text
        table.setSpacing(4)
        self._table_name.setContentsMargins(OVERHANG, 0, OVERHANG, 0)
        table.addWidget(self._table_name)
        table.addWidget(self.table)
        column.addLayout(table)
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

    def scope_of(self, shown: Overview) -> Scope:
        """Whom this tab counts: as the filters above say, unless it has a choice of its own."""
        return shown.scope

    def _follow(self, link: "Link") -> None:
        if link.tab:
            self.context.navigate("insights", tab=link.tab, stage=link.who.stage)
        else:
            self.list_wanted.emit(link.who)

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
            ask = self.ask(self.shown)
            if self._can_draw and self.canvas.isVisible():
                ask = partial(_rehearsed, ask, self.canvas.rehearsal(), self.context.theme.is_dark)
            take, give_up = partial(self._take, self._asked), partial(self._give_up, self._asked)
            self._job = self.context.reckon(ask, take, failed=give_up, asker=self)
            if self.answer is None:
                self._say_problem("")

    def _take(self, number: int, answer: "Answer") -> None:
        if number == self._asked:
            self.show_answer(answer)

    def _give_up(self, number: int, problem: UserError) -> None:
        if number != self._asked:
            return
        if self.answer is None:
            self._say_problem(str(problem))
        else:  # the answer from before stays
            self.context.noticed.emit(Notice(str(problem), "error", _("もう一度"), act=self.ask_again))

    @Slot(str)
    def _on_bug(self, _report: str) -> None:
        """It may be what kept the answer from being asked for or shown: then nobody would ask again."""
        if self.shown is not None and self.answer is None and not self.context.awaits(self._job):
            self._say_problem(_("うまく数えられませんでした。記録は無事です。"))

    def _say_problem(self, problem: str) -> None:
        """Why there is no answer, and the way to try again; "" while it is being reckoned."""
        self._more.setText(problem or _("数えています…"))
        self._again.setVisible(bool(problem))

    def show_answer(self, answer: "Answer") -> None:
        """Say it, and draw it where it is another one."""
        is_same = answer == self.answer
        self.answer = answer
        self._again.hide()
        for place, head in enumerate(self.heads):
            head.setText(answer.head[place] if place < len(answer.head) else "")
            head.setVisible(place < len(answer.head))
        self._more.setText("\n".join(answer.lines))
        self._more.setVisible(bool(answer.lines))
        self._words.show()
        self.help.show()
        self._show_links(answer)
        self.table.show_table(answer.table)
        self._table_name.setText(answer.table.name)
        self._order_keyboard()
        self._fit()
        if not is_same:
            self._draw()
        self._say(None)

    def _show_links(self, answer: "Answer") -> None:
        self._links.show_links([(link.words, partial(self._follow, link)) for link in answer.links])
        self._links.setVisible(bool(answer.links))

    # Picture and table

    def show_view(self, view: str) -> None:
        """chart: the picture, its table below it; table: the table alone."""
        self._table_only = view == "table"
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
        self.canvas.setFixedHeight(int(self.answer.height) + 4)
        self.canvas.setVisible(bool(self.answer.height) and not self._table_only)
        self.table.setFixedHeight(self.table.needed_height)
        for one in (self._table_name, self.table):
            one.setVisible(bool(self.answer.table.rows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: a table that has to be scrolled sideways is higher by its bar."""
        super().resizeEvent(event)
        self._fit()

    @property
    def first(self) -> QWidget:
        """What takes the keyboard."""
        return self.canvas if self.answer is not None and self.answer.height and not self._table_only else self.table

    def _order_keyboard(self) -> None:
        """Tab goes as one reads: the links of the sentences, the controls, the picture, its table."""
        order_keyboard(
            (self.heads[0], *self._links.links, *_focusable(self.controls), self.canvas, self.help, self.table)
        )

    @Slot(QModelIndex)
    def _on_cell(self, index: QModelIndex) -> None:
        """The table shows all its rows; what scrolls is the page around it."""
        self._keep_in_sight(self.table.viewport(), self.table.visualRect(index))

    def _keep_in_sight(self, widget: QWidget, place: QRect) -> None:
        middle = widget.mapTo(self.inside, place.center())
        self.area.ensureVisible(middle.x(), middle.y(), 0, place.height())

    # Words

    def explain(self) -> None:
        """Say beside the button how it was reckoned."""
        if self.answer is not None:
            open_terms(self.answer.terms, self.help, self.list_wanted.emit)

    @Slot(object)
    def _on_clicked(self, mark: Mark) -> None:
        if mark.who is not None:
            self.list_wanted.emit(mark.who)

    @Slot(object)
    def _on_hovered(self, mark: Mark | None) -> None:
        self._say(mark)
        at_hand = self.canvas.at_hand
        if mark is not None and at_hand is not None:
            self._keep_in_sight(self.canvas, at_hand)

    def _say(self, mark: Mark | None) -> None:
        self._words.setText(mark.words if mark else self._hint())

    def _hint(self) -> str:
        """What one can do here, as long as nothing is pointed at."""
        if self.answer is None or not self.answer.table.rows:
            return ""
        leads = any(row.who is not None for row in self.answer.table.rows)
        if not self.answer.height or self._table_only:
            return (
                _("行を選んで Enter を押すと、その顧客を開きます。Ctrl+C で写せます")
                if leads
                else _("セルを選んで Ctrl+C で写せます")
            )
        if leads:
            return _("図や数を選ぶと、その顧客を開きます。矢印キーで動き、Enter で開きます")
        return _("図の上にポインターを置くか矢印キーで動かすと、数が読めます")


def _rehearsed(ask: "Callable[[], Answer]", rehearse: Callable[[CanvasDraw], None], dark: bool) -> "Answer":
    """The answer, once its drawing has been made where nobody waits for it."""
    answer = ask()
    if answer.draw is not None:
        rehearse(partial(draw, answer.draw, dark))
    return answer


def draw(drawn: "Draw", dark: bool, width: int, _height: int) -> tuple[Any, list[Region]]:
    """The figure for the canvas and its marks in the order of reading."""
    from soloflow.services import funnel_chart

    drawing = drawn(funnel_chart.DARK if dark else funnel_chart.LIGHT, width)
    marks = sorted(drawing.regions, key=lambda one: (one.top, one.left))
    return drawing.figure, [Region(m.left, m.top, m.width, m.height, Mark(m.who, m.tooltip), m.tooltip) for m in marks]


def _focusable(layout: QLayout) -> list[QWidget]:
    """The widgets of a row that take the keyboard, in the order in which they stand."""
    found: list[QWidget] = []
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget = None if item is None else item.widget()
        if widget is not None:
            inside = [
                one for one in widget.findChildren(QWidget) if one.window() is widget.window()
            ]  # no drop-down lists
            # Of a widget that hands the keyboard to one inside it, Qt orders the whole: ordering the inner one closes a ring.
            found += [widget] if widget.focusProxy() is not None else filter(_takes_tab, (widget, *inside))
    return found


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
