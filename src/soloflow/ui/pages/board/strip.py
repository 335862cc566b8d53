"""The nine columns side by side under their group heads, as wide as the window allows and never narrower than 120."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from soloflow.i18n import _, pgettext
from soloflow.ui.pages.board import words
from soloflow.ui.pages.board.column import StageColumn
from soloflow.ui.theme import Theme, styled

COLUMN = 120
GAP = 8
GROUP_HEAD = 24
LEAST = 1172
"""Nine columns of 120 with all gaps; the gaps between groups share what the others leave of it."""


class GroupHead(QWidget):
    """Bold title, a few words or a count, and a rule; 24 high."""

    def __init__(self, theme: Theme, group: words.Group, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = pgettext("lens", group.title)
        self._rest = _(group.sentence) if group.sentence else ""
        self._show_name()

    def set_count(self, count: int) -> None:
        """Say how many stand in these columns."""
        self._rest = words.count(count)
        self._show_name()

    def _show_name(self) -> None:
        name = f"{self._title} {self._rest}".strip()
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: the words and the rule."""
        painter = QPainter(self)
        bold, base = self._theme.font("label", bold=True), 14
        painter.setFont(bold)
        painter.setPen(self._theme.color("ink2"))
        title = painter.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(0, base, title)
        left = painter.fontMetrics().horizontalAdvance(title) + 12
        painter.setFont(self._theme.font("label"))
        painter.setPen(self._theme.color("ink3"))
        if left + painter.fontMetrics().horizontalAdvance(self._rest) <= self.width():
            painter.drawText(left, base, self._rest)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.color("line2"))


class Strip(QWidget):
    """The whole width of the board; scrolls sideways by group where the window is narrower."""

    def __init__(self, theme: Theme, columns: Sequence[StageColumn]) -> None:
        super().__init__()
        styled(self, variant="page")
        self._theme = theme
        self.columns = tuple(columns)
        self._groups: tuple[words.Group, ...] = ()
        self._heads: list[GroupHead] = []
        for column in self.columns:
            column.setParent(self)
        self.setMinimumWidth(LEAST)
        self.set_lens("stages")

    def set_lens(self, lens: str) -> None:
        """Stand the columns together as this reading of the process has it."""
        for head in self._heads:
            head.hide()
            head.deleteLater()
        self._groups = words.LENSES[lens]
        self._heads = [GroupHead(self._theme, group, self) for group in self._groups]
        self.show_counts()
        self._place()
        for head in self._heads:
            head.show()

    def show_counts(self) -> None:
        """Renew the counts of groups that have no words of their own."""
        for head, group in zip(self._heads, self._groups, strict=True):
            if not group.sentence:
                inside = self.columns[group.first - 1 : group.last]
                head.set_count(sum(column.model.total for column in inside))

    def group_starts(self) -> list[int]:
        """Where the groups begin, in pixels from the left."""
        return [head.x() for head in self._heads]

    def column_at(self, x: int) -> StageColumn:
        """The column nearest to a place, gaps included."""
        return min(self.columns, key=lambda column: abs(column.x() + column.width() / 2 - x))

    def _place(self) -> None:
        between = len(self._groups) - 1
        inner = len(self.columns) - 1 - between
        wide = (LEAST - len(self.columns) * COLUMN - inner * GAP) // between
        room = self.width() - inner * GAP - between * wide
        width, spare = divmod(max(room, len(self.columns) * COLUMN), len(self.columns))
        left = 0
        for head, group in zip(self._heads, self._groups, strict=True):
            start = left
            for column in self.columns[group.first - 1 : group.last]:
                own = width + (column.number <= spare)
                column.setGeometry(left, GROUP_HEAD, own, self.height() - GROUP_HEAD)
                left += own + GAP
            head.setGeometry(start, 0, left - GAP - start, GROUP_HEAD)
            left += wide - GAP

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: share the width."""
        super().resizeEvent(event)
        self._place()
