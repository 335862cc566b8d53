"""The middle of 分析: the one drawing of both charts or its table, the horizon, and a line that reads out what is pointed at."""

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from soloflow.i18n import _, sentences
from soloflow.services.numbers import Overview
from soloflow.ui.context import Context
from soloflow.ui.pages.insights.explaining import help_icon, name_help, open_terms
from soloflow.ui.pages.insights.table import ROW, StagesTable
from soloflow.ui.pages.insights.verdict import INSET
from soloflow.ui.theme import styled
from soloflow.ui.widgets.canvas import FigureCanvas, Region
from soloflow.ui.widgets.figure_field import leave_wheel
from soloflow.ui.widgets.labels import ElidedLabel, label

if TYPE_CHECKING:  # loads numpy, which is imported with the first figures
    from soloflow.services.funnel_words import Who

HEIGHT = 364
GAP = 2
SMALLEST = 700
YEAR = 365
APART = 8
"""Kept between the title of the rates and the controls behind it."""


class Mark(NamedTuple):
    """What a region of the drawing counts, and how it reads."""

    who: "Who | None"
    words: str


class ChartPane(QWidget):
    """Drawing or table over a line of words."""

    list_wanted = Signal(object)
    horizon_chosen = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._theme = context.theme
        self._shown: Overview | None = None
        self._hint = ""
        self.can_draw = False
        self.canvas = FigureCanvas(context.theme, name=_("どこへ行ったか、次の工程へ進む率と確かさ"))
        self.table = StagesTable(context.theme)
        self.horizon = leave_wheel(QComboBox())
        styled(self.horizon, variant="inline")
        self.horizon.setFixedHeight(22)  # in line with the title of the chart, whose middle is 12 below the edge
        self.horizon.setAccessibleName(_("率を見る期間"))
        self.horizon.setToolTip(_("率を見る期間：この日数のうちに次の工程へ進む割合"))
        for days, words in ((90, _("90日以内")), (180, _("180日以内")), (YEAR, _("1年以内"))):
            self.horizon.addItem(words, days)
        self.horizon.setCurrentIndex(self.horizon.findData(YEAR))
        self.help = help_icon(context, self.explain)
        name_help(self.help, _("次の工程へ進む率"))
        self.help.setToolTip(_("どう計算した？：なぜ数をそのまま割らないか、[ ] と n は何か、工程ごとの数"))
        self._drawn: tuple[object, ...] = ()
        self._words = ElidedLabel("", "label")
        self._words.setFixedHeight(context.theme.line("label"))
        self._note = label("", "label", wrap=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._note.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(self._table_page())
        self._stack.setFixedHeight(HEIGHT)
        self.setMinimumWidth(SMALLEST)
        grid = QGridLayout(self)
        grid.setContentsMargins(INSET, 0, INSET, 0)
        grid.setVerticalSpacing(GAP)
        grid.addWidget(self._stack, 0, 0)
        grid.addWidget(self._beside_title(), 0, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._note, 1, 0)
        grid.addWidget(self._words, 2, 0)
        self._controls.raise_()
        self.canvas.region_clicked.connect(self._on_clicked)
        self.canvas.region_hovered.connect(self._on_hovered)
        self.table.list_wanted.connect(self.list_wanted)
        self.horizon.activated.connect(self._on_horizon)

    def _beside_title(self) -> QWidget:
        """The help and the horizon, over the drawing and over its table."""
        self._controls = QWidget()
        row = QHBoxLayout(self._controls)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for control in (self.help, self.horizon):
            row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        return self._controls

    def kept_free(self) -> float:
        """How many pixels the controls take of the line in which the title of the rates stands."""
        return float(self._controls.sizeHint().width() + APART)

    def explain(self) -> None:
        """Say beside the help what a rate is, with the counts on the screen as the example."""
        if self._shown is not None:
            from soloflow.services.answers import whole

            open_terms(whole.rates(self._shown, self.days), self.help, self.list_wanted.emit)

    def _table_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._table_title = label("", "strong")
        self._table_title.setFixedHeight(HEIGHT - 10 * ROW - 2)
        column.addWidget(self._table_title)
        column.addWidget(self.table, 1)
        return page

    @property
    def days(self) -> int:
        """The horizon chosen."""
        return int(self.horizon.currentData())

    def show_view(self, view: str) -> None:
        """chart or table."""
        self._stack.setCurrentIndex(1 if view == "table" else 0)
        self._say(None)

    def show_overview(self, shown: Overview, hint: str) -> None:
        """Show other figures; `hint` stands in the line below while nothing is pointed at.

        The drawing follows with `allow_drawing`, the first time; until then its place is empty.
        """
        self._shown, self._hint = shown, hint
        self._show()

    def rehearsal(self, shown: Overview) -> Callable[[], None]:
        """The call that makes the drawing of these figures quick; for a worker's thread."""
        kept_free = partial(float, self.kept_free())  # widgets are not asked from another thread
        return partial(self.canvas.rehearsal(), partial(draw, shown, self.days, self._theme.is_dark, kept_free))

    def allow_drawing(self) -> None:
        """What draws is loaded: from now on the drawing is shown with the figures."""
        self.can_draw = True
        self._show()

    def _show(self) -> None:
        from soloflow.services import funnel_words

        if self._shown is None:
            return
        rows = funnel_words.rows(self._shown, self.days)
        self.table.stages.show_rows(rows)
        wanted = (rows, self.days, self._shown.benchmark.key)
        title = _("段階ごとの数と率") if self._shown.lens else _("工程ごとの数と率")
        self._table_title.setText(title)
        self.table.setAccessibleName(title)
        self._share_height(funnel_words.height_of(rows), self._note_on_lens(self._shown))
        if self.can_draw and wanted != self._drawn:  # the same figures look the same: the picture stays
            self._drawn = wanted
            self.canvas.set_draw(partial(draw, self._shown, self.days, self._theme.is_dark, self.kept_free))
        self._say(None)

    def _note_on_lens(self, shown: Overview) -> str:
        """That the answer above knows no steps, and what the lens leaves out; empty without a lens."""
        from soloflow.services import funnel_words

        hint = funnel_words.lens_hint(shown)
        return sentences((_("上の答えは、9つの工程で数えたものです。"), hint)) if hint else ""

    def _share_height(self, drawing: float, note: str) -> None:
        """Fewer rows leave the room for what the lens leaves out, so that nothing below moves."""
        height = HEIGHT if not note else min(HEIGHT, math.ceil(drawing))
        self._stack.setFixedHeight(height)
        self._note.setText(note)
        self._note.setFixedHeight(max(0, HEIGHT - height - GAP))
        self._note.setVisible(bool(note))

    @Slot()
    def _on_horizon(self) -> None:
        self._show()
        self.horizon_chosen.emit()

    @Slot(object)
    def _on_clicked(self, mark: Mark) -> None:
        self.list_wanted.emit(mark.who)

    @Slot(object)
    def _on_hovered(self, mark: Mark | None) -> None:
        self._say(mark)

    def _say(self, mark: Mark | None) -> None:
        self._words.setText(mark.words if mark else self._hint)


def draw(
    shown: Overview, days: int, dark: bool, kept_free: Callable[[], float], width: int, _height: int
) -> tuple[Any, list[Region]]:
    """The figure for the canvas, with the place of the controls free, and its marks in the order of reading."""
    from soloflow.services import funnel_chart

    drawing = funnel_chart.draw(shown, days, dark=dark, width=width, kept_free=kept_free())
    marks = sorted(drawing.regions, key=lambda one: (one.top, one.left))
    return drawing.figure, [
        Region(m.left, m.top, m.width, m.height, Mark(m.who, m.tooltip), m.tooltip) for m in marks if m.who is not None
    ]
