"""The columns of the preview: where they stand, their heads, the tick for all and the menu of a column."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from soloflow.i18n import _
from soloflow.ui import icons
from soloflow.ui.pages.import_preview.words import FIELDS, HEADS
from soloflow.ui.theme import Theme

FIXED = (36, 92, 0, 0, 0, 0, 0, 106, 116)
TIGHT = (28, 84, 0, 0, 0, 0, 108, 84, 92)
"""The same where the window is narrow."""
TIGHT_BELOW = 1000
SHARES = (0, 0, 124, 190, 150, 214, 128, 0, 0)
HEIGHT = 32


def places(width: int) -> tuple[tuple[int, int], ...]:
    """(left, width) of the nine columns; what is not fixed shares the rest."""
    firm = TIGHT if width < TIGHT_BELOW else FIXED
    parts = sum(share for fixed, share in zip(firm, SHARES, strict=True) if not fixed)
    shared = max(300, width - sum(firm))
    found, left = [], 0
    for fixed, share in zip(firm, SHARES, strict=True):
        taken = fixed or shared * share // parts
        found.append((left, taken - 8))
        left += taken
    return tuple(found)


class HeadRow(QWidget):
    """The heads; those under which something changes open a menu for their whole column."""

    column_clicked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._has_menus = False
        self.setFixedHeight(HEIGHT)
        self.all = QCheckBox(self)
        self.all.setTristate(True)
        self.all.setGeometry(0, 4, 24, 24)
        self.all.setAccessibleName(_("すべて取り込む"))
        self.all.setToolTip(_("表に出ている全員を取り込む・外す"))

    def show_menus(self, *, on: bool) -> None:
        """Whether there are changes, so that a column has something to decide."""
        if on != self._has_menus:
            self._has_menus = on
            self.setToolTip(_("見出しを押すと、列の変更をまとめて選べます  A") if on else "")
            self.update()

    def column_at(self, x: float) -> str:
        """The column of a place; "" where there is no menu."""
        found = zip(FIELDS, places(self.width())[2:8], strict=True)
        return next((name for name, (left, width) in found if left <= x <= left + width), "")

    def column_left(self, column: str) -> int:
        """Where a column begins."""
        return places(self.width())[2 + FIELDS.index(column)][0]

    @staticmethod
    def title_of(column: str) -> str:
        """The words over a column."""
        return _(HEADS[2 + FIELDS.index(column)])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: a click on a head."""
        column = self.column_at(event.position().x())
        if self._has_menus and column and event.button() == Qt.MouseButton.LeftButton:
            self.column_clicked.emit(column)
        else:
            super().mousePressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Qt: the columns shrink with the window."""
        return QSize(300, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: the words over their columns, and the rule."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._theme.font("label")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(self._theme.color("ink3"))
        for number, (head, (left, width)) in enumerate(zip(HEADS, places(self.width()), strict=True)):
            has_menu = self._has_menus and 2 <= number < 8
            room = width + 4 - (14 if has_menu else 0)
            text = metrics.elidedText(_(head), Qt.TextElideMode.ElideRight, room) if head else ""
            painter.drawText(QPointF(left, (self.height() + metrics.capHeight()) / 2), text)
            if has_menu:
                x = left + metrics.horizontalAdvance(text) + 3
                icons.paint(painter, self._theme, x, (self.height() - 10) / 2, "chevron-down", "ink3", 10)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.color("line2"))
