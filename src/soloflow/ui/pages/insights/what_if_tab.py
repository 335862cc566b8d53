"""もしも: two sliders, and the orders of a year that follow them at once."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSlider, QStyle, QStyleOptionSlider, QWidget

from soloflow.domain.stages import FIRST, ORDER
from soloflow.i18n import _
from soloflow.services.numbers import Overview
from soloflow.ui.context import Context
from soloflow.ui.pages.insights.answer_pane import AnswerPane
from soloflow.ui.pages.insights.choosing import stage_box
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.figure_field import leave_wheel
from soloflow.ui.widgets.labels import label

if TYPE_CHECKING:  # loads numpy, which comes with the first figures
    from soloflow.services.answers import Answer
    from soloflow.services.answers.what_if import Moves

TENTHS = 10
WIDE = 304
APART = 40
TICK = 12


class Lever(QSlider):
    """A slider with a line at the value up to which there is a reason to believe."""

    def __init__(self, context: Context, name: str, least: int, most: int, value: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = context.theme
        self._line: int | None = None
        self.setRange(least, most)
        self.setValue(value)
        self.setPageStep(5)
        self.setFixedWidth(WIDE)
        self.setAccessibleName(name)
        self.setToolTip(_("矢印キーでも動かせます"))
        leave_wheel(self)

    def show_line(self, value: int | None) -> None:
        """Where the line stands; None or beyond the ends: nowhere."""
        self._line = value
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the line lies under the handle."""
        if self._line is not None and self.minimum() <= self._line <= self.maximum():
            option = QStyleOptionSlider()
            self.initStyleOption(option)
            handle = self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, option, self)
            x = handle // 2 + QStyle.sliderPositionFromValue(
                self.minimum(), self.maximum(), self._line, self.width() - handle
            )
            painter = QPainter(self)
            painter.fillRect(x - 1, (self.height() - TICK) // 2 - 2, 2, TICK + 4, self._theme.color("ink2"))
            painter.end()
        super().paintEvent(event)


class WhatIfTab(AnswerPane):
    """The sliders answer while they are moved: the figures are counted already."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("もしも動かしたら、1年の受注"))
        self.people = Lever(context, _("出会う数"), 0, 30, TENTHS)
        self.stage = stage_box()
        for _later in range(ORDER, self.stage.count() + 1):
            self.stage.removeItem(self.stage.count() - 1)
        self.stage.setCurrentIndex(0)
        self.points = Lever(context, _("率"), 0, 0, 0)
        self._people_words, self._points_words = label("", "strong"), label("", "strong")
        self._ceiling = label("", "label", wrap=True)
        self.back = LinkButton(_("もとに戻す"), self.reset)
        self.controls.addWidget(self._levers())
        self.people.valueChanged.connect(self._on_moved)
        self.points.valueChanged.connect(self._on_moved)
        self.stage.activated.connect(self._on_stage)

    def _levers(self) -> QWidget:
        """Side by side: what it moves, the slider, and from where to where it stands."""
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(APART)
        grid.setVerticalSpacing(4)
        name = label(_("出会う数"), "second")
        name.setMinimumHeight(self.stage.sizeHint().height())
        columns: tuple[tuple[QWidget, ...], ...] = (
            (name, self.people, self._people_words, self.back),
            (self.stage, self.points, self._points_words, self._ceiling),
        )
        for column, widgets in enumerate(columns):
            for row, widget in enumerate(widgets):
                grid.addWidget(widget, row, column)
        grid.addWidget(self.back, 3, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.stage.setFixedWidth(WIDE)
        self._ceiling.setFixedSize(WIDE + APART, 2 * self.context.theme.line("label"))
        self._ceiling.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for one in (self._people_words, self._points_words):
            one.setMinimumWidth(WIDE)  # what is said of them changes while they move; nothing else may
        kept = self.back.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(kept)
        return made

    @property
    def moves(self) -> "Moves":
        """How the levers stand."""
        from soloflow.services.answers.what_if import Moves

        return Moves(self.people.value() / TENTHS, int(self.stage.currentData() or FIRST), self.points.value())

    def ask(self, shown: Overview) -> "Callable[[], Answer]":
        """The levers as they stand, within what these figures allow."""
        self._set_bounds(shown)
        return partial(_what_if, shown, self.moves)

    def _set_bounds(self, shown: Overview) -> None:
        from soloflow.services.answers import what_if

        stage = int(self.stage.currentData() or FIRST)
        self.points.blockSignals(True)
        self.points.setRange(what_if.least_points(shown, stage), what_if.most_points(shown, stage))
        self.points.blockSignals(False)
        self.points.show_line(what_if.to_ceiling(shown, stage))
        self._ceiling.setText(what_if.ceiling_words(shown, stage, self.context.workspace.zone))
        self._say_levers(shown)

    def _say_levers(self, shown: Overview) -> None:
        from soloflow.services.answers import what_if

        moves = self.moves
        self._people_words.setText(what_if.people_words(shown, moves))
        self._points_words.setText(what_if.points_words(shown, moves))
        self.people.setAccessibleDescription(self._people_words.text())
        self.points.setAccessibleDescription(_("、").join((self._points_words.text(), self._ceiling.text())))
        self.back.setVisible(not moves.is_still)

    @Slot()
    def _on_moved(self) -> None:
        if self.shown is not None and self.answer is not None:
            self._say_levers(self.shown)
            self._asked += 1  # what was asked before the lever moved is no answer any more
            self.show_answer(_what_if(self.shown, self.moves))

    @Slot()
    def _on_stage(self) -> None:
        if self.shown is not None:
            self.points.setValue(0)
            self._set_bounds(self.shown)
            self._on_moved()

    def reset(self) -> None:
        """Nothing moved."""
        self.people.setValue(TENTHS)
        self.points.setValue(0)


def _what_if(shown: Overview, moves: "Moves") -> "Answer":
    from soloflow.services.answers import what_if

    return what_if.answer(shown, moves)
