"""How likely each of the four steps is to have the lowest rate, as bars."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from soloflow.i18n import _
from soloflow.ui.theme import Theme

WIDTH = 260
ROW = 21
TRACK = 96
BAR = 8
VALUE = 56


class ChanceBars(QWidget):
    """A heading and four rows: stage, bar, percent. Says in words when nothing can be said yet."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[tuple[str, float, str]] = []
        self.setFixedSize(WIDTH, 24 + 4 * ROW)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_chances(self, rows: list[tuple[str, float, str]], tip: str) -> None:
        """Stage, probability and its words, in the order to show; `tip` says what they rest on."""
        self._rows = rows
        read = _("、").join(f"{name} {words}" for name, _chance, words in rows)
        self.setAccessibleName(f"{self._title} {read or self._nothing}")
        self.setToolTip(tip)
        self.update()

    @property
    def _title(self) -> str:
        return _("率がいちばん低い工程である確からしさ")

    @property
    def _nothing(self) -> str:
        return _("候補の工程が10社になると比べられます")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: heading, then the rows or the words in their place."""
        painter = QPainter(self)
        font = self._theme.font("label")
        painter.setFont(font)
        metrics = QFontMetrics(font)
        painter.setPen(self._theme.color("ink3"))
        painter.drawText(QPointF(0, _baseline(9, metrics)), self._title)
        if not self._rows:
            painter.drawText(QPointF(0, _baseline(34, metrics)), self._nothing)
        for number, row in enumerate(self._rows):
            self._paint_row(painter, metrics, 34 + ROW * number, row)

    def _paint_row(self, painter: QPainter, metrics: QFontMetrics, y: float, row: tuple[str, float, str]) -> None:
        name, chance, words = row
        left = WIDTH - VALUE - TRACK
        painter.setPen(self._theme.color("ink2"))
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, left - 8)
        painter.drawText(QPointF(0, _baseline(y, metrics)), shown)
        painter.fillRect(QRectF(left, y - BAR / 2, TRACK, BAR), self._theme.color("bg3"))
        painter.fillRect(QRectF(left, y - BAR / 2, TRACK * chance, BAR), self._theme.color("acc"))
        painter.setPen(self._theme.color("ink"))
        painter.drawText(QPointF(WIDTH - metrics.horizontalAdvance(words), _baseline(y, metrics)), words)


def _baseline(middle: float, metrics: QFontMetrics) -> float:
    return middle + metrics.capHeight() / 2
