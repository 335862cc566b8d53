"""A field for a figure, and choices on a page that scrolls: safe with a Japanese input method, left alone by the wheel.

``FigureField(_("受注の件数"), 1, 1000, suffix=_("件"))`` takes full-width digits as they are typed; `submitted` is Enter with
nothing being composed. ``leave_wheel(choice)``: over a choice or a lever the wheel scrolls the page.
"""

from typing import TypeVar
from unicodedata import normalize

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

HEIGHT = 32
T = TypeVar("T", bound=QWidget)


class FigureField(QDoubleSpinBox):
    """62.5 %, and 50 % without a decimal that says nothing."""

    submitted = Signal()
    """Enter was pressed and meant."""

    def __init__(
        self, name: str, least: int, most: int, *, decimals: int = 0, suffix: str = "", width: int = 84
    ) -> None:
        super().__init__()
        self._preedit = ""
        self._just_confirmed = False
        self.setRange(least, most)
        self.setDecimals(decimals)
        self.setSuffix(suffix)
        self.setFixedSize(width, HEIGHT)
        self.lineEdit().setTextMargins(8, 0, 8, 0)  # style sheets do not reach it
        self.setAccessibleName(name)
        leave_wheel(self)

    @property
    def whole(self) -> int:
        """The figure without decimals."""
        return round(self.value())

    def textFromValue(self, value: float) -> str:  # noqa: N802 - Qt's name
        """Qt: the figure before the suffix."""
        return f"{value:g}"

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Qt: an input method that is on writes ７２．５, which means 72.5."""
        return super().validate(normalize("NFKC", text), place)

    def event(self, event: QEvent) -> bool:
        """Qt: whether the input method is at work, which the field inside is told only."""
        if isinstance(event, QInputMethodEvent):
            was_composing, self._preedit = bool(self._preedit), event.preeditString()
            if was_composing and not self._preedit and event.commitString():
                self._just_confirmed = True
                QTimer.singleShot(0, self, self._forget_confirmation)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter that confirms a conversion does nothing else."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and (self._preedit or self._just_confirmed):
            self._just_confirmed = False
            event.accept()
            return
        super().keyPressEvent(event)
        if is_enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.submitted.emit()

    def _forget_confirmation(self) -> None:
        self._just_confirmed = False


class _LeaveWheel(QObject):
    """Lives and dies with the widget it watches."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt: what is not accepted goes on to the page."""
        if event.type() != QEvent.Type.Wheel:
            return False
        event.ignore()
        return True


def leave_wheel(widget: T) -> T:
    """Scrolling past a choice must not change it; answers the widget."""
    widget.installEventFilter(_LeaveWheel(widget))
    if widget.focusPolicy() == Qt.FocusPolicy.WheelFocus:
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return widget
