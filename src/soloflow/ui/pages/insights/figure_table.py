"""A table of figures: read aloud, walked by keyboard, copied; a cell leads to the customers it counts.

A kind of table says what its cells say (`FigureModel`); how they look, copy, open and share the width is one for all of them.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from soloflow.i18n import _
from soloflow.ui.theme import Theme

if TYPE_CHECKING:  # loads numpy, which is imported with the first figures
    from soloflow.services.funnel_words import Who

Index = QModelIndex | QPersistentModelIndex
ROW = 33
NOTHING = "—"
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
NARROWEST, ROOMY = 56, 132
"""A column of figures; wider, the eye loses the row on its way from the name."""
NAMES = 220
"""The names have so much where there is room."""
EDGES = 24
"""Around the words of a cell."""


class FigureModel(QAbstractTableModel):
    """Cells under heads; the first column is a name, the others are figures."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    # What a kind of table says

    def heads(self) -> tuple[str, ...]:
        """The words above the columns; none while there is nothing."""
        raise NotImplementedError

    def text(self, index: Index) -> str:
        """What a cell says."""
        raise NotImplementedError

    def counted(self, index: Index) -> "Who | None":
        """The customers that a cell counts; None where it counts nobody."""
        raise NotImplementedError

    def tip(self, index: Index) -> str:
        """What is said of a cell under the pointer."""
        return _("Enter で、この顧客を開きます") if self.counted(index) is not None else self.text(index)

    def is_bold(self, _index: Index) -> bool:
        """Whether a cell is the one that matters."""
        return False

    # Qt

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Qt: the heads."""
        return 0 if parent.isValid() else len(self.heads())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: text, side, weight."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.heads()[index.column()]} {self.text(index) or NOTHING}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        if role == Qt.ItemDataRole.FontRole:
            return self._font(is_bold=self.is_bold(index))
        return None

    def _font(self, *, is_bold: bool) -> QFont | None:
        return self._theme.font("body", bold=True) if is_bold else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the heads."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None  # Qt asks for a dozen roles to measure a head
        heads = self.heads()
        return heads[section] if section < len(heads) else None

    def copied(self, cells: list[tuple[int, int]]) -> str:
        """These cells (row, column) for the clipboard: tabs between them, a line per row, heads first where they are several."""
        columns = sorted({column for _row, column in cells})
        lines = [
            [self.text(self.index(row, column)) for column in columns]
            for row in sorted({row for row, _column in cells})
        ]
        if len(cells) > 1:
            lines.insert(0, [self.heads()[column] for column in columns])
        return "\n".join("\t".join(line) for line in lines)


class FigureTable(QTableView):
    """The table; Enter or a double click opens the customers a cell counts, Ctrl+C copies what is chosen."""

    list_wanted = Signal(object)

    def __init__(self, figures: FigureModel, longest: dict[int, str] | None = None) -> None:
        """`longest`: words for which a column keeps room, so that it stays as it is while the figures change."""
        super().__init__()
        self.figures = figures
        self._longest = longest or {}
        figures.setParent(self)
        self.setModel(figures)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setMinimumSectionSize(NARROWEST)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.activated.connect(self._on_activated)

    @property
    def needed_height(self) -> int:
        """Head, all rows, and the bar that comes where the columns are too wide."""
        bar = self.horizontalScrollBar().sizeHint().height() if self._needed() > self.viewport().width() else 0
        return self.horizontalHeader().sizeHint().height() + self.figures.rowCount() * ROW + bar + 2

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        who = self.figures.counted(index)
        if who is not None:
            self.list_wanted.emit(who)

    def share_out(self) -> None:
        """No column is cut; what is left goes to the figures up to a width, then to the names as far as they want it.

        Where there is too little room for all of them, the table scrolls.
        """
        count = self.figures.columnCount()
        if not count:
            return
        least = [self._least(column) for column in range(count)]
        left = max(0, self.viewport().width() - sum(least))
        more = min(left, max(0, NAMES - least[0]))
        for column in range(count):
            share = more if column == 0 else max(0, min(ROOMY - least[column], (left - more) // max(1, count - 1)))
            self.horizontalHeader().resizeSection(column, least[column] + share)

    def _least(self, column: int) -> int:
        kept = self._longest.get(column)
        bold = QFontMetrics(self._bold()).horizontalAdvance(kept) + EDGES if kept else 0
        return max(NARROWEST, self.horizontalHeader().sectionSizeHint(column), self.sizeHintForColumn(column), bold)

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font

    def _needed(self) -> int:
        return sum(self._least(column) for column in range(self.figures.columnCount()))

    def copy_chosen(self) -> None:
        """Put the chosen cells on the clipboard."""
        chosen = [(index.row(), index.column()) for index in self.selectedIndexes()]
        if chosen:
            QGuiApplication.clipboard().setText(self.figures.copied(chosen))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: share the width out anew."""
        super().resizeEvent(event)
        self.share_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: copying, and Enter on every platform."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_chosen()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._on_activated(self.currentIndex())
        else:
            super().keyPressEvent(event)


def _side(column: int) -> Qt.AlignmentFlag:
    return LEFT if column == 0 else RIGHT
