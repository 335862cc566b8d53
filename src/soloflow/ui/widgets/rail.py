"""The rail at the left: app mark, pages as icon and word, badges where something waits."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QLabel, QVBoxLayout

from soloflow.i18n import _
from soloflow.ui import icons
from soloflow.ui.theme import Theme, styled


class RailButton(QAbstractButton):
    """64 × 56: icon 20 above a word of 12, badge at the icon's upper right."""

    def __init__(self, theme: Theme, key: str, title: str, icon: str, shortcut: str) -> None:
        super().__init__()
        self.key = key
        self._theme = theme
        self._icon = icon
        self._badge = 0
        self.setText(title)
        self.setCheckable(True)
        self.setFixedSize(theme.size("rail_item_width"), theme.size("rail_item_height"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(f"{title}  {shortcut}" if shortcut else title)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_badge(0)

    def set_badge(self, count: int) -> None:
        """How many wait here; 0 shows nothing."""
        self._badge = count
        self.setAccessibleName(
            self.text() if not count else _("{title}（{count}件）").format(title=self.text(), count=count)
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: its fixed size."""
        return self.size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: ground, icon, word, badge, focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, on = self._theme, self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen)
        if on or self.underMouse():
            painter.setBrush(theme.color("sel" if on else "bg3"))
            painter.drawRoundedRect(self.rect(), 6, 6)
        role = "acc" if on else "ink2"
        icons.paint(painter, theme, (self.width() - 20) / 2, 9, self._icon, role, 20)
        font = theme.font("label", bold=on)
        painter.setFont(font)
        painter.setPen(theme.color(role))
        word = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QRect(0, 30, self.width(), 18), Qt.AlignmentFlag.AlignCenter, word)
        if self._badge:
            self._paint_badge(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("acc"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_badge(self, painter: QPainter) -> None:
        font = self._theme.font("label", bold=True)
        text = "99+" if self._badge > 99 else str(self._badge)
        width = max(18, QFontMetrics(font).horizontalAdvance(text) + 10)
        place = QRect(min(self.width() - width, 40), 3, width, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("acc"))
        painter.drawRoundedRect(place, 8, 8)
        painter.setPen(self._theme.color("onacc"))
        painter.setFont(font)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QFrame):
    """All pages; signal `chosen(key)`."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, pages: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        styled(self, variant="rail")
        self.setFixedWidth(theme.size("rail"))
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        mark = QLabel()
        mark.setPixmap(icons.pixmap(theme, "tank", "acc", 20, self.devicePixelRatioF()))
        mark.setFixedHeight(44)
        mark.setAccessibleName("SoloFlow")
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 0, 5, 0)
        column.setSpacing(theme.size("xs"))
        column.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        for number, (key, title, icon) in enumerate(pages, start=1):
            made = RailButton(theme, key, title, icon, f"Ctrl+{number}")
            self._buttons[key] = made
            self._group.addButton(made)
            column.addWidget(made)
        column.addStretch(1)

    def choose(self, key: str) -> None:
        """Mark the page shown; a page without a place in the rail leaves the mark where it is."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    @Slot(str, int)
    def set_badge(self, key: str, count: int) -> None:
        """The number at a page."""
        if key in self._buttons:
            self._buttons[key].set_badge(count)

    @Slot(QAbstractButton)
    def _on_clicked(self, made: QAbstractButton) -> None:
        assert isinstance(made, RailButton)
        self.chosen.emit(made.key)
