"""How likely each of the four steps is to have the lowest rate, as bars."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from soloflow.i18n import _
from soloflow.ui.theme import Theme

WIDTH, WIDEST = 260, 320
"""Names that are longer in another language make the whole wider before they are cut."""
ROWS = 4
ROW = 21
AFTER_TITLE = 6
GAP = 8
"""Between name, bar and percent."""
TRACK, LEAST_TRACK = 80, 40
"""A bar at 100 %; it gives room to names that are longer in another language."""
BAR = 8
VALUE = 48
"""The least that the percents take; longer words take it from the names, so that all bars begin in line."""
WRAP = int(Qt.TextFlag.TextWordWrap)


class ChanceBars(QWidget):
    """A heading and four rows: stage, bar, percent. Says in words when nothing can be said yet."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[tuple[str, float, str]] = []
        self._height = self._measured(self._title)
        self.setFixedSize(WIDTH, self._height + AFTER_TITLE + ROWS * ROW)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_chances(self, rows: list[tuple[str, float, str]], tip: str) -> None:
        """Stage, probability and its words, in the order to show; `tip` says what they rest on."""
        self._rows = rows
        self._fit()
        read = _("、").join(f"{name} {words}" for name, _chance, words in rows)
        self.setAccessibleName(f"{self._title} {read or self._nothing}")
        self.setToolTip("\n".join(part for part in (tip, read) if part))  # a name too long for its place is whole here
        self.update()

    def _fit(self) -> None:
        """As wide as the names need beside the shortest bars."""
        value, longest = self._columns(QFontMetrics(self._theme.font("label")))
        self.setFixedWidth(max(WIDTH, min(WIDEST, longest + 2 * GAP + LEAST_TRACK + value)))

    def _columns(self, metrics: QFontMetrics) -> tuple[int, int]:
        """What the percents and the names take."""
        value = max((VALUE, *(metrics.horizontalAdvance(words) for _name, _chance, words in self._rows)))
        return value, max((0, *(metrics.horizontalAdvance(name) + 1 for name, _chance, _words in self._rows)))

    @property
    def _title(self) -> str:
        return _("率がいちばん低い工程である確からしさ")

    @property
    def _nothing(self) -> str:
        return _("候補の工程が10社になると比べられます")

    def _measured(self, text: str) -> int:
        """How high a text is that breaks its lines at the width of all this."""
        metrics = QFontMetrics(self._theme.font("label"))
        return max(18, metrics.boundingRect(0, 0, WIDTH, 400, WRAP, text).height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: heading, then the rows or the words in their place."""
        painter = QPainter(self)
        font = self._theme.font("label")
        painter.setFont(font)
        metrics = QFontMetrics(font)
        painter.setPen(self._theme.color("ink3"))
        painter.drawText(QRect(0, 0, WIDTH, self._height), WRAP, self._title)
        top = self._height + AFTER_TITLE
        if not self._rows:
            painter.drawText(QRect(0, top, WIDTH, self.height() - top), WRAP, self._nothing)
        value, longest = self._columns(metrics)
        width = self.width()
        track = min(TRACK, max(LEAST_TRACK, width - value - 2 * GAP - longest))
        for number, row in enumerate(self._rows):
            self._paint_row(painter, top + ROW * (number + 0.5), (width - value - GAP - track, track), row)

    def _paint_row(self, painter: QPainter, y: float, bar: tuple[int, int], row: tuple[str, float, str]) -> None:
        left, track = bar
        name, chance, words = row
        metrics = painter.fontMetrics()
        painter.setPen(self._theme.color("ink2"))
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, left - GAP)
        painter.drawText(QPointF(0, _baseline(y, metrics)), shown)
        painter.fillRect(QRectF(left, y - BAR / 2, track, BAR), self._theme.color("bg3"))
        painter.fillRect(QRectF(left, y - BAR / 2, track * chance, BAR), self._theme.color("acc"))
        painter.setPen(self._theme.color("ink"))
        painter.drawText(QPointF(self.width() - metrics.horizontalAdvance(words), _baseline(y, metrics)), words)


def _baseline(middle: float, metrics: QFontMetrics) -> float:
    return middle + metrics.capHeight() / 2
