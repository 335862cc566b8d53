"""A field for a figure, and choices on a page that scrolls: safe with a Japanese input method, left alone by the wheel.

``FigureField(_("受注の件数"), 1, 1000, suffix=_("件"))`` takes full-width digits as they are typed; `submitted` is Enter with
nothing being composed, `corrected` that a figure beyond the ends became the nearest end. ``leave_wheel(choice)``: over a choice or a lever the wheel scrolls the page.
"""

from re import fullmatch
from typing import TypeVar
from unicodedata import normalize

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

HEIGHT = 32
T = TypeVar("T", bound=QWidget)


class FigureField(QDoubleSpinBox):
    """62.5 %, and 50 % without a decimal that says nothing."""

    submitted = Signal()
    """Enter was pressed and meant."""
    corrected = Signal()
    """What was written lay beyond the ends, and the nearest end stands there now."""

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
        """Qt: an input method that is on writes ７２．５, which means 72.5.

        A figure beyond the ends may be written: were its last digit swallowed, 150 would silently be 15.
        """
        state, plain, at = super().validate(normalize("NFKC", text), place)
        if state == QValidator.State.Invalid and _figure(plain, self.suffix()) is not None:
            state = QValidator.State.Intermediate
        return state, plain, at

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: what was written holds, or is put right."""
        was_corrected = self._correct()
        super().focusOutEvent(event)
        if was_corrected:
            self.corrected.emit()

    def _correct(self) -> bool:
        """Put the nearest end in the place of a figure beyond it; whether there was one."""
        figure = _figure(normalize("NFKC", self.text()), self.suffix())
        if figure is None or self.minimum() <= figure <= self.maximum():
            return False
        self.setValue(figure)
        return True

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
        was_corrected = is_enter and self._correct()
        super().keyPressEvent(event)
        if was_corrected:
            self.corrected.emit()  # first it is seen what stands there now
        elif is_enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.submitted.emit()

    def _forget_confirmation(self) -> None:
        self._just_confirmed = False


def _figure(text: str, suffix: str) -> float | None:
    """A figure of a few digits with or without its suffix; None for anything else."""
    plain = text.removesuffix(suffix).strip().replace(",", "")
    return float(plain) if fullmatch(r"-?[0-9]{1,9}(\.[0-9]?)?", plain) else None


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
