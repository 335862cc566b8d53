"""What stands above the cards of a column: its head, and the place where a dragged card would be dropped."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from soloflow import i18n
from soloflow.domain.money import yen_short
from soloflow.domain.stages import stage as stage_of
from soloflow.i18n import _, listed
from soloflow.services import wording
from soloflow.services.numbers import RateLine
from soloflow.ui.pages.board import words
from soloflow.ui.theme import Theme


class ColumnHead(QWidget):
    """Name, count and yen, the rate to the next stage; 84 high with a hairline below."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme = theme
        self._number = number
        self._count = 0
        self._yen: int | None = None
        self._rate: RateLine | None = None

    def show_sums(self, count: int, yen: int | None) -> None:
        """Show how many stand here and what is expected of them."""
        self._count, self._yen = count, yen
        self._renew()

    def show_rate(self, rate: RateLine | None) -> None:
        """Show the rate to the next stage, or nothing while it is not known."""
        self._rate = rate
        self._renew()

    def _renew(self) -> None:
        tip = words.column_tip(self._number, self._count, self._yen, self._rate)
        self.setToolTip(tip)
        self.setAccessibleName(listed(tip.split("\n")))
        self.update()

    def _yen_text(self, room: int, metrics: QFontMetrics) -> str:
        whole = wording.amount(self._yen)
        if self._yen is None or metrics.horizontalAdvance(whole) <= room:
            return whole
        short = yen_short(self._yen, i18n.language())
        return short if metrics.horizontalAdvance(short) <= room else ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: four lines and a rule."""
        painter = QPainter(self)
        theme = self._theme
        bold, plain = theme.font("body", bold=True), theme.font("body")
        heavy, light = QFontMetrics(bold), QFontMetrics(plain)
        name = f"{self._number} {_(stage_of(self._number).name)}"
        count = words.head_count(self._count)
        share, basis = words.rate(self._number, self._rate)
        yen = self._yen_text(self.width() - heavy.horizontalAdvance(count) - 6, light)
        self._line(painter, 22, name, "ink", bold)
        if stage_of(self._number).is_judgement:
            self._mark(painter, heavy.horizontalAdvance(name) + 6)
        self._line(painter, 42, count, "ink", bold)
        painter.setFont(plain)
        painter.setPen(theme.color("ink2" if self._yen is not None else "ink3"))
        painter.drawText(self.width() - light.horizontalAdvance(yen), 42, yen)
        self._line(painter, 60, share, "ink2", theme.font("label"))
        self._line(painter, 77, basis, "ink3", theme.font("label"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line2"))

    def _mark(self, painter: QPainter, left: int) -> None:
        """判断 behind the name, where it fits; the tip says it always."""
        painter.setFont(self._theme.font("label"))
        box = QRect(left, 8, painter.fontMetrics().horizontalAdvance(_("判断")) + 8, 18)
        if box.right() < self.width():
            painter.setPen(self._theme.color("line2"))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setPen(self._theme.color("ink2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _("判断"))

    def _line(self, painter: QPainter, base: int, text: str, role: str, font: QFont) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.color(role))
        painter.drawText(0, base, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self.width()))


class DropSlot(QWidget):
    """The dashed place at the top of a column: what a drop here would do, and what must be true for it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = ""
        self._criterion = ""
        self._is_judgement = False
        self.hide()

    def set_words(self, title: str, criterion: str, *, is_judgement: bool) -> None:
        """What to say."""
        self._title, self._criterion, self._is_judgement = title, criterion, is_judgement
        self.update()

    def _tag_drop(self, width: int) -> int:
        """How far below the title the tag 判断 stands: beside it where both fit."""
        if not self._is_judgement:
            return 0
        title = QFontMetrics(self._theme.font("body", bold=True)).horizontalAdvance(self._title)
        return 0 if title + 6 + self._tag_width() <= width - 16 else 22

    def _tag_width(self) -> int:
        return QFontMetrics(self._theme.font("label")).horizontalAdvance(_("判断")) + 8

    def height_for(self, width: int) -> int:
        """The height its words need."""
        metrics = QFontMetrics(self._theme.font("body"))
        box = metrics.boundingRect(QRect(0, 0, width - 16, 1000), int(Qt.TextFlag.TextWordWrap), self._criterion)
        return max(72, 34 + self._tag_drop(width) + box.height() + 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: dashed edge, title, 判断, criterion."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        painter.setPen(QPen(theme.color("acc"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(theme.color("sel"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        left = 8
        bold = theme.font("body", bold=True)
        painter.setFont(bold)
        painter.setPen(theme.color("acc"))
        painter.drawText(left, 22, self._title)
        drop = self._tag_drop(self.width())
        if self._is_judgement:
            self._paint_tag(painter, drop)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("ink2"))
        area = QRect(left, 34 + drop, self.width() - 2 * left, self.height() - 40 - drop)
        painter.drawText(area, int(Qt.TextFlag.TextWordWrap), self._criterion)

    def _paint_tag(self, painter: QPainter, drop: int) -> None:
        font = self._theme.font("label")
        width = self._tag_width()
        box = QRect(8 if drop else self.width() - 8 - width, 8 + drop, width, 18)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._theme.color("ctl"))
        painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(self._theme.color("ink2"))
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _("判断"))
