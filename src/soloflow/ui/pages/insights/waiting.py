"""分析 before there are figures: what is known without any estimate, or why nothing could be counted, with もう一度."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services.outline import Outline, StepOutline
from soloflow.services.wording import marked_stage_name
from soloflow.ui.theme import Theme, styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import label

APART = 32
NOT_YET = "…"


class Waiting(QWidget):
    """数えています…, the counts of each stage while the rates are reckoned, or a problem."""

    again_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = label(_("数えています…"), "label")
        self._note = label("", "label")
        for one in (self._title, self._note):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._table = QWidget()
        self._table.hide()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 16, 0, 0)
        self._grid.setHorizontalSpacing(APART)
        self._grid.setVerticalSpacing(theme.line("label") // 2)
        self.again = button(_("もう一度"), self.again_wanted.emit)
        beside = QHBoxLayout()
        beside.addStretch(1)
        beside.addWidget(self._table)
        beside.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addSpacing(4)
        column.addWidget(self._note)
        column.addLayout(beside)
        column.addSpacing(8)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.show_counting()

    def show_counting(self) -> None:
        """Nothing is known yet, or what was known is counted once more and stays."""
        if not self._table.isHidden():
            return
        self._say(_("数えています…"), "", "label")

    def show_outline(self, outline: Outline) -> None:
        """What no estimate is needed for; the rates follow."""
        title = _("{count}社を数えています…").format(count=f"{outline.prospects:,}")
        self._say(title, _("工程ごとの件数は、いまの記録のとおりです。率と判定は、数え終わると出ます"), "title")
        heads = (_("工程"), _("来た"), _("進んだ"), _("途中"), _("離脱"), _("次へ進む率"))
        self._fill([heads, *map(_cells, outline.steps)])
        self._table.show()

    def _fill(self, rows: Sequence[Sequence[str]]) -> None:
        for row, words in enumerate(rows):
            for column, text in enumerate(words):
                item = self._grid.itemAtPosition(row, column)
                cell = None if item is None else item.widget()
                if isinstance(cell, QLabel):
                    cell.setText(text)
                    continue
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                self._grid.addWidget(label(text, "body" if row else "label"), row, column, side)

    def show_problem(self, problem: str) -> None:
        """Why there is nothing to see, and the way to try again."""
        self._say(_("分析を表示できません"), problem, "strong")
        self.again.show()

    def _say(self, title: str, note: str, role: str) -> None:
        self._title.setText(title)
        styled(self._title, role=role)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._table.hide()
        self.again.hide()


def _cells(step: StepOutline) -> tuple[str, ...]:
    counts = (f"{one:,}" for one in (step.arrived, *step.became))
    return (marked_stage_name(step.stage), *counts, *([NOT_YET] if step.became else []))
