"""The nine steps of one customer: passed, current, to come; a click or 1–9 asks to move there.

``StageStepper(theme, [Step("1 集客", "6/12(金)"), …], current=2)`` (current is the position, None when in no step);
signal `step_chosen(position)`. `set_steps` shows another customer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from soloflow.i18n import listed
from soloflow.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Step:
    """One dot."""

    name: str
    date: str = ""
    tag: str = ""
    """A mark under the name, such as 判断, shown where there is no date."""
    tip: str = ""


class StageStepper(QWidget):
    """Dots of 14 on a line of 2, names and dates below; 64 high."""

    step_chosen = Signal(int)

    def __init__(self, theme: Theme, steps: Sequence[Step] = (), current: int | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._steps: tuple[Step, ...] = ()
        self._current: int | None = None
        self._cursor = 0
        self._hovered = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_steps(steps, current)

    def set_steps(self, steps: Sequence[Step], current: int | None) -> None:
        """Show these steps, the customer standing at `current`."""
        self._steps, self._current = tuple(steps), current
        self._cursor = current or 0
        self.setAccessibleName(steps[current].name if current is not None and steps else "")
        self.setAccessibleDescription(listed(f"{step.name} {step.date}".strip() for step in steps))
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: nine steps of 87."""
        return QSize(787, 64)

    def minimumSizeHint(self) -> QSize:
        """Qt: names are shortened below this."""
        return QSize(420, 64)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: line, dots, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(len(self._steps) - 1):
            passed = self._current is not None and index < self._current
            painter.setPen(QPen(self._theme.color("acc" if passed else "line2"), 2))
            painter.drawLine(QPointF(self._x(index) + 7, 12), QPointF(self._x(index + 1) + 7, 12))
        for index, step in enumerate(self._steps):
            self._paint_dot(painter, index)
            self._paint_words(painter, index, step)

    def _paint_dot(self, painter: QPainter, index: int) -> None:
        theme, middle = self._theme, QPointF(self._x(index) + 7, 12)
        if self._current is not None and index < self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("acc"))
            painter.drawEllipse(middle, 7, 7)
        else:
            is_current = index == self._current
            painter.setPen(QPen(theme.color("acc" if is_current else "line2"), 4 if is_current else 2))
            painter.setBrush(theme.color("bg3" if index == self._hovered and not is_current else "bg"))
            radius = 5 if is_current else 6
            painter.drawEllipse(middle, radius, radius)

    def _paint_words(self, painter: QPainter, index: int, step: Step) -> None:
        theme, x, width = self._theme, int(self._x(index)), int(self._pitch()) - 4
        is_current = index == self._current
        font = theme.font("label", bold=is_current)
        passed = self._current is not None and index <= self._current
        painter.setFont(font)
        painter.setPen(theme.color("acc" if is_current else "ink" if passed else "ink3"))
        metrics = QFontMetrics(font)
        name = metrics.elidedText(step.name, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QPoint(x, 39), name)
        if self.hasFocus() and index == self._cursor:
            painter.fillRect(x, 42, metrics.horizontalAdvance(name), 2, theme.color("acc"))
        painter.setFont(theme.font("label"))
        painter.setPen(theme.color("ink2" if passed else "ink3"))
        if step.date:
            painter.drawText(QPoint(x, 57), metrics.elidedText(step.date, Qt.TextElideMode.ElideRight, width))
        elif step.tag:
            edge = QRect(x, 44, metrics.horizontalAdvance(step.tag) + 8, 18)
            painter.drawText(edge, Qt.AlignmentFlag.AlignCenter, step.tag)
            painter.setPen(theme.color("line2"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(edge.adjusted(0, 0, -1, -1).toRectF().translated(0.5, 0.5), 4, 4)

    def _pitch(self) -> float:
        return self.width() / max(1, len(self._steps))

    def _x(self, index: int) -> float:
        return index * self._pitch()

    def _at(self, x: float) -> int:
        return min(len(self._steps) - 1, max(0, int(x / self._pitch()))) if self._steps else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: the dot under the pointer."""
        self._hovered = self._at(event.position().x())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Qt: no dot is under the pointer."""
        self._hovered = -1
        self.update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: choose the step under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._cursor = self._at(event.position().x())
            self.step_chosen.emit(self._cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows walk, Enter chooses, digits choose directly."""
        key = int(event.key())
        digit = key - int(Qt.Key.Key_1)
        if key in {int(Qt.Key.Key_Left), int(Qt.Key.Key_Right)}:
            step = 1 if key == int(Qt.Key.Key_Right) else -1
            self._cursor = min(len(self._steps) - 1, max(0, self._cursor + step))
            self.update()
        elif key in {int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter), int(Qt.Key.Key_Space)}:
            self.step_chosen.emit(self._cursor)
        elif 0 <= digit < len(self._steps):
            self.step_chosen.emit(digit)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Qt: the tooltip of the step under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._steps:
            step = self._steps[self._at(event.pos().x())]
            QToolTip.showText(event.globalPos(), step.tip or f"{step.name} {step.date}".strip(), self)
            return True
        return super().event(event)
