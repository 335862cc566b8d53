"""The foot of 分析: four figures, each with what it rests on."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from soloflow.services.in_short import Figure, figures
from soloflow.services.numbers import Overview
from soloflow.ui.context import Context
from soloflow.ui.pages.insights.explaining import help_icon, name_help, open_terms
from soloflow.ui.theme import styled
from soloflow.ui.widgets.labels import ElidedLabel, label, rule

HEIGHT = 92
NARROW_HEIGHT = 108
NARROW = 1100
MARGIN = 24
RULE = 1
COUNT = 4
GAP = 24
TOP, BOTTOM = 8, 4


class FigureBlock(QWidget):
    """One figure of 28 between its title and what it rests on; a small ? says how it was reckoned."""

    def __init__(self, context: Context, explain: Callable[[], object]) -> None:
        super().__init__()
        theme = context.theme
        self.help = help_icon(context, explain)
        self._title = ElidedLabel("", "label")
        self._value = label("", "figure")
        self._unit = label("", "second")
        self._rests_on = label("", "label", wrap=True)
        self._value.setFixedHeight(theme.line("figure"))
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self._value, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        self._unit.setContentsMargins(0, 0, 0, 5)
        self._title.setFixedHeight(theme.line("label"))
        self._rests_on.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, TOP, 0, BOTTOM)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(self._title)
        head.addWidget(self.help)
        head.addStretch(1)
        column.addLayout(head)
        column.addLayout(line)
        column.addWidget(self._rests_on, 1)

    def show_figure(self, figure: Figure) -> None:
        """Show another figure."""
        self._title.setText(figure.title)
        self._value.setText(figure.value)
        self._unit.setText(figure.unit)
        self._rests_on.setText(figure.rests_on)
        name_help(self.help, figure.title)
        self.setToolTip(figure.tip)
        self.setAccessibleName(f"{figure.title} {figure.value}{figure.unit}")
        self.setAccessibleDescription(f"{figure.rests_on} {figure.tip}")

    def height_for(self, width: int) -> int:
        """The height that its words need at a width."""
        margins = self.contentsMargins()
        fixed = TOP + self._title.height() + self._value.height() + BOTTOM + margins.top() + margins.bottom()
        return fixed + self._rests_on.heightForWidth(width)

    def texts(self) -> list[str]:
        """What stands there, for those who read it aloud."""
        return [one.text() for one in (self._title, self._value, self._unit, self._rests_on) if isinstance(one, QLabel)]


class Foot(QFrame):
    """Four figures side by side under a rule; 92 high, more where their words need another line."""

    list_wanted = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        styled(self, variant="page")
        self._page_width = 0
        self._shown: Overview | None = None
        self.blocks = [FigureBlock(context, partial(self.explain, number)) for number in range(COUNT)]
        outer = QVBoxLayout(self)
        outer.setContentsMargins(MARGIN, 0, MARGIN, 0)
        outer.setSpacing(0)
        outer.addWidget(rule())
        row = QGridLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setHorizontalSpacing(GAP)
        for number, block in enumerate(self.blocks):
            row.addWidget(block, 0, number)
            row.setColumnStretch(number, 1)
            row.setColumnMinimumWidth(number, 80)
        outer.addLayout(row, 1)
        self.setFixedHeight(HEIGHT)

    def fit(self, width: int) -> None:
        """Take the height that the words need in a page so wide."""
        self._page_width = width
        each = (width - 2 * MARGIN - (COUNT - 1) * GAP) // COUNT
        needed = RULE + max(block.height_for(each) for block in self.blocks)
        self.setFixedHeight(max(HEIGHT if width >= NARROW else NARROW_HEIGHT, needed))

    def show_overview(self, shown: Overview) -> None:
        """Show the four figures."""
        self._shown = shown
        for block, figure in zip(self.blocks, figures(shown), strict=True):
            block.show_figure(figure)
        if self._page_width:
            self.fit(self._page_width)

    def explain(self, number: int) -> None:
        """Say beside the sign how a figure was reckoned."""
        if self._shown is not None:
            from soloflow.services.answers import whole

            open_terms(whole.figures(self._shown)[number], self.blocks[number].help, self.list_wanted.emit)
