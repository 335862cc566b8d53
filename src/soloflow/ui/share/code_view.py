"""A QR code as large as there is room: black on white in every theme, each module a whole number of screen pixels."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from soloflow.i18n import _
from soloflow.services.sharing import QUIET, Drawing

LEAST = 240


class CodeView(QWidget):
    """The code with its quiet zone, in the middle of its space."""

    def __init__(self) -> None:
        super().__init__()
        self._drawing: Drawing | None = None
        self.setMinimumSize(LEAST, LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_code(self, drawing: Drawing, words: str) -> None:
        """Show a code; `words` say to a screen reader what it holds."""
        self._drawing = drawing
        self.setAccessibleName(_("QRコード：{words}").format(words=words))
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: a size that a phone reads at arm's length."""
        return QSize(480, 480)

    def module(self) -> int:
        """The side of one module in pixels of the screen, not of the layout."""
        if self._drawing is None:
            return 0
        room = min(self.width(), self.height()) * self.devicePixelRatioF()
        return max(1, int(room) // self._drawing.side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: in pixels of the screen, so that no edge lies between two of them."""
        if self._drawing is None:
            return
        ratio, module = self.devicePixelRatioF(), self.module()
        side = module * self._drawing.side
        left = (round(self.width() * ratio) - side) // 2
        top = (round(self.height() * ratio) - side) // 2
        painter = QPainter(self)
        painter.scale(1 / ratio, 1 / ratio)
        painter.fillRect(QRect(left, top, side, side), Qt.GlobalColor.white)
        for y, row in enumerate(self._drawing.modules):
            for x, dark in enumerate(row):
                if dark:
                    place = QRect(left + (x + QUIET) * module, top + (y + QUIET) * module, module, module)
                    painter.fillRect(place, Qt.GlobalColor.black)
