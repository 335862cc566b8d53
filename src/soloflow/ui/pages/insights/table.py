"""表: the rows of the drawing as a table, one per stage; a cell leads to the customers it counts."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt

from soloflow.i18n import _
from soloflow.ui.pages.insights import words
from soloflow.ui.pages.insights.figure_table import ROW as ROW  # noqa: PLC0414
from soloflow.ui.pages.insights.figure_table import FigureModel, FigureTable, Index
from soloflow.ui.theme import Theme

if TYPE_CHECKING:  # loads numpy, which is imported with the first figures
    from soloflow.services.funnel_words import StageRow, Who

STAGE, ARRIVED, ADVANCED, OPEN, LOST, RATE, BAND, NUMBER, BENCHMARK = range(9)


class StagesModel(FigureModel):
    """Nine rows, one per stage."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._rows: tuple[StageRow, ...] = ()

    def show_rows(self, rows: "tuple[StageRow, ...]") -> None:
        """Show other figures; the place of the keyboard stays where the number of rows does."""
        if len(rows) != len(self._rows):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        self._rows = rows
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, STAGE, STAGE)
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
        return row.who(outcome) if count else None

    def text(self, index: Index) -> str:
        """What a cell says."""
        row = self._rows[index.row()]
        column = index.column()
        if column == STAGE:
            tag = _("（判断）") if row.is_judgement else ""
            return row.title + tag
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

    def tip(self, index: Index) -> str:
        """What a rate rests on, or where a count leads."""
        from soloflow.services.funnel_words import rate_tooltip

        row = self._rows[index.row()]
        if index.column() == STAGE:
            return self.text(index)
        if index.column() in (RATE, BAND, NUMBER, BENCHMARK) and row.within is not None:
            return rate_tooltip(row)
        return _("Enter で、この顧客を開きます") if self.counted(index) else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Qt: the stages."""
        return 0 if parent.isValid() else len(self._rows)

    def heads(self) -> tuple[str, ...]:
        """Name, counts, rate, what it rests on."""
        return (
            _("段階") if self._rows and self._rows[0].is_lens else _("工程"), _("来た"), _("進んだ"), _("途中"), _("離脱"), _("次へ進む率"), _("95 %の帯"), "n", _("目安"),
        )  # fmt: skip

    def is_bold(self, index: Index) -> bool:
        """Named in the verdict."""
        row = self._rows[index.row()]
        marked = index.column() in (STAGE, RATE) and row.is_marked
        return marked or (index.column() == LOST and row.is_most_lost)


class StagesTable(FigureTable):
    """The table of 全体."""

    def __init__(self, theme: Theme) -> None:
        self.stages = StagesModel(theme)
        super().__init__(self.stages, {RATE: _("少なくとも {rate}").format(rate="100 %")})
        self.setAccessibleName(_("工程ごとの数と率"))
