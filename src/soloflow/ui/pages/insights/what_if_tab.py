"""もしも: two sliders, and the orders of a year that follow them at once."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from soloflow.domain.stages import FIRST, ORDER
from soloflow.i18n import _
from soloflow.services.numbers import Overview
from soloflow.ui.context import Context
from soloflow.ui.pages.insights.answer_pane import AnswerPane
from soloflow.ui.pages.insights.choosing import stage_box
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.labels import label

if TYPE_CHECKING:  # loads numpy, which comes with the first figures
    from soloflow.services.answers import Answer
    from soloflow.services.answers.what_if import Moves

TENTHS = 10
WIDE = 260


class WhatIfTab(AnswerPane):
    """The sliders answer while they are moved: the figures are counted already."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("もしも動かしたら、1年の受注"))
        self.people = _slider(_("出会う数"), 0, 30, TENTHS)
        self.stage = stage_box()
        for _later in range(ORDER, self.stage.count() + 1):
            self.stage.removeItem(self.stage.count() - 1)
        self.stage.setCurrentIndex(0)
        self.points = _slider(_("率"), 0, 0, 0)
        self._people_words, self._points_words = label("", "strong"), label("", "strong")
        self.back = LinkButton(_("もとに戻す"), self.reset)
        self.controls.addWidget(self._levers())
        self.people.valueChanged.connect(self._on_moved)
        self.points.valueChanged.connect(self._on_moved)
        self.stage.activated.connect(self._on_stage)

    def _levers(self) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        rows: tuple[tuple[QWidget, QSlider, QLabel], ...] = (
            (label(_("出会う数")), self.people, self._people_words), (self.stage, self.points, self._points_words)
        )  # fmt: skip
        for place, (name, slider, words) in enumerate(rows):
            grid.addWidget(name, place, 0)
            grid.addWidget(slider, place, 1)
            grid.addWidget(words, place, 2)
        grid.addWidget(self.back, 0, 3, 2, 1, Qt.AlignmentFlag.AlignVCenter)
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
        self._say_levers()

    def _say_levers(self) -> None:
        moves = self.moves
        self._people_words.setText(_("{times:.1f}倍").format(times=moves.people))
        self._points_words.setText(_("{points:+d} ポイント").format(points=moves.points))
        for slider, words in ((self.people, self._people_words), (self.points, self._points_words)):
            slider.setAccessibleDescription(words.text())
        self.back.setVisible(not moves.is_still)

    @Slot()
    def _on_moved(self) -> None:
        self._say_levers()
        if self.shown is not None and self.answer is not None:
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


def _slider(name: str, least: int, most: int, value: int) -> QSlider:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setRange(least, most)
    made.setValue(value)
    made.setPageStep(5)
    made.setFixedWidth(WIDE)
    made.setAccessibleName(name)
    made.setToolTip(_("矢印キーでも動かせます"))
    return made


def _what_if(shown: Overview, moves: "Moves") -> "Answer":
    from soloflow.services.answers import what_if

    return what_if.answer(shown, moves)
