"""表: the rows of the drawing as a table that can be read aloud, walked by keyboard and copied."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from soloflow.i18n import _
from soloflow.ui.pages.insights import words
from soloflow.ui.theme import Theme

if TYPE_CHECKING:  # loads numpy, which is imported with the first figures
    from soloflow.services.funnel_words import StageRow, Who

Index = QModelIndex | QPersistentModelIndex
STAGE, ARRIVED, ADVANCED, OPEN, LOST, RATE, BAND, NUMBER, BENCHMARK = range(9)
ROW = 33
NAME_WIDTH = 220
NARROW = 1000
"""In a narrower table no column is wider than its head; the names have the rest."""
COLUMN = 56
EDGES = 24
"""Around the words of a cell."""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class StagesModel(QAbstractTableModel):
    """Nine rows, one per stage."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: tuple[StageRow, ...] = ()

    def show_rows(self, rows: "tuple[StageRow, ...]") -> None:
        """Show other figures; the place of the keyboard stays where the number of rows does."""
        if len(rows) != len(self._rows):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        self._rows = rows
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, BENCHMARK))

    def counted(self, index: Index) -> "Who | None":
        """The customers that a cell counts; None where it counts nobody."""
        from soloflow.services import funnel_words

        row = self._rows[index.row()]
        outcomes = {
            ADVANCED: (row.advanced, funnel_words.ADVANCED),
            OPEN: (row.still_open, funnel_words.OPEN),
            LOST: (row.lost, funnel_words.LOST),
        }
        count, outcome = outcomes.get(index.column(), (row.at_risk, None))
        if row.within is None:
            outcome = None
        return funnel_words.Who(row.stage, outcome) if count else None

    def text(self, index: Index) -> str:
        """What a cell says."""
        row = self._rows[index.row()]
        column = index.column()
        if column == STAGE:
            tag = _("（判断）") if row.is_judgement else ""
            return f"{row.stage} {row.name}{tag}"
        if row.within is None and column != ARRIVED:
            return ""
        counts = {
            ARRIVED: row.at_risk,
            ADVANCED: row.advanced,
            OPEN: row.still_open,
            LOST: row.lost,
            NUMBER: row.at_risk,
        }
        if column in counts:
            return f"{counts[column]:,}"
        rate = _("少なくとも {rate}").format(rate=row.rate_text) if row.is_lower_bound else row.rate_text
        return {RATE: rate, BAND: row.band_text or words.NOTHING, BENCHMARK: words.benchmark(row)}[column]

    def _tip(self, index: Index) -> str:
        from soloflow.services.funnel_words import rate_tooltip

        row = self._rows[index.row()]
        if index.column() == STAGE:
            return self.text(index)
        if index.column() in (RATE, BAND, NUMBER) and row.within is not None:
            return rate_tooltip(row)
        return _("Enter で、この顧客を開きます") if self.counted(index) else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Qt: the stages."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Qt: name, counts, rate, what it rests on."""
        return 0 if parent.isValid() else BENCHMARK + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: text, side, weight."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            text = self.text(index)
            head = self.headerData(index.column(), Qt.Orientation.Horizontal)
            return text if role == Qt.ItemDataRole.DisplayRole else f"{head} {text or words.NOTHING}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if index.column() == STAGE else RIGHT
        if role == Qt.ItemDataRole.FontRole:
            return self._font(index)
        return None

    def _font(self, index: Index) -> QFont | None:
        row = self._rows[index.row()]
        marked = index.column() in (STAGE, RATE) and row.is_marked
        bold = marked or (index.column() == LOST and row.is_most_lost)
        return self._theme.font("body", bold=True) if bold else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the heads."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if section == STAGE else RIGHT
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        heads = (
            _("工程"), _("来た"), _("進んだ"), _("途中"), _("離脱"), _("次へ進む率"), _("95 %の帯"), "n", _("目安"),
        )  # fmt: skip
        return heads[section]


class StagesTable(QTableView):
    """The table; Enter or a double click opens the customers a cell counts, Ctrl+C copies what is chosen."""

    list_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.stages = StagesModel(theme)
        self.stages.setParent(self)
        self.setModel(self.stages)
        self.setAccessibleName(_("工程ごとの数と率"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setMinimumSectionSize(COLUMN)
        heads.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.activated.connect(self._on_activated)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        counted = self.stages.counted(index)
        if counted is not None:
            self.list_wanted.emit(counted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: share the width out anew."""
        self._share_out(is_narrow=self.width() < NARROW)
        super().resizeEvent(event)

    def _share_out(self, *, is_narrow: bool) -> None:
        heads = self.horizontalHeader()
        stretch, fixed = QHeaderView.ResizeMode.Stretch, QHeaderView.ResizeMode.Fixed
        for column in range(self.stages.columnCount()):
            takes_rest = is_narrow == (column == STAGE) and column != RATE
            heads.setSectionResizeMode(column, stretch if takes_rest else fixed)
            width = {STAGE: NAME_WIDTH, RATE: self._rate_width()}.get(
                column, max(COLUMN, heads.sectionSizeHint(column))
            )
            if not takes_rest:
                heads.resizeSection(column, width)

    def _rate_width(self) -> int:
        """Room for the longest rate, in bold."""
        longest = _("少なくとも {rate}").format(rate="100 %")
        head = self.horizontalHeader().sectionSizeHint(RATE)
        return max(head, QFontMetrics(self._theme.font("body", bold=True)).horizontalAdvance(longest) + EDGES)

    def copy_chosen(self) -> None:
        """Put the chosen cells on the clipboard: tabs between cells, a line per row, heads first where there are several."""
        chosen = sorted((index.row(), index.column()) for index in self.selectedIndexes())
        if not chosen:
            return
        columns = sorted({column for _row, column in chosen})
        rows = sorted({row for row, _column in chosen})
        lines = [[self.stages.text(self.stages.index(row, column)) for column in columns] for row in rows]
        if len(chosen) > 1:
            heads = (self.stages.headerData(column, Qt.Orientation.Horizontal) for column in columns)
            lines.insert(0, [str(head) for head in heads])
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: copying, and Enter on every platform."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_chosen()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._on_activated(self.currentIndex())
        else:
            super().keyPressEvent(event)
