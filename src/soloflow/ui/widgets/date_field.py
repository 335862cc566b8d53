"""A date that is written in words: 来週火曜, 月末, 11/24, 3日後. Shows what was understood beside it.

``DateField(parse, show, day)`` where ``parse(text) -> date | None`` and ``show(date) -> str`` come from the services' dates.
Signal `changed(date or None)` after Enter or leaving the field; unreadable words stay, marked, and change nothing.
"""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.ui.theme import styled
from soloflow.ui.widgets.ime import ImeLineEdit
from soloflow.ui.widgets.labels import label


class DateField(QWidget):
    """The field and its reading."""

    changed = Signal(object)
    escaped = Signal()

    def __init__(
        self,
        parse: Callable[[str], date | None],
        show: Callable[[date], str],
        day: date | None = None,
        refuse: Callable[[date], str] | None = None,
    ) -> None:
        """`refuse` says why a day cannot be meant; "" for those that can."""
        super().__init__()
        self._refuse = refuse
        self._parse = parse
        self._show = show
        self._day = day
        self.field = _Words()
        self.field.setPlaceholderText(_("来週火曜、月末、11/24 など"))
        self.field.setAccessibleName(_("日付"))
        self.field.setFixedWidth(190)
        self._reading = label("", "label")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field)
        row.addWidget(self._reading, 1)
        self.setFocusProxy(self.field)
        self.field.textChanged.connect(self._read)
        self.field.submitted.connect(self._commit)
        self.field.left.connect(self._commit)
        self.field.escaped.connect(self.escaped)
        self.set_day(day)

    @property
    def day(self) -> date | None:
        """The date last accepted; None when the field was emptied."""
        return self._day

    def set_day(self, day: date | None) -> None:
        """Show a date without telling anybody."""
        self._day = day
        self.field.setText("" if day is None else self._show(day))

    @Slot()
    def _read(self) -> None:
        text = self.field.text().strip()
        day = self._parse(text) if text else None
        unknown = bool(text) and day is None and text != self._shown()
        refused = self._refusal(day)
        styled(self.field, problem=unknown or bool(refused))
        if unknown or refused:
            self._reading.setText(refused or _("日付として読めません"))
        else:
            self._reading.setText(self._show(day) if day is not None and text != self._show(day) else "")

    @Slot()
    def _commit(self) -> None:
        text = self.field.text().strip()
        if text == self._shown():
            return
        day = self._parse(text) if text else None
        if (text and day is None) or self._refusal(day):
            return
        self.set_day(day)
        self.changed.emit(day)

    def _refusal(self, day: date | None) -> str:
        return "" if day is None or self._refuse is None else self._refuse(day)

    def _shown(self) -> str:
        return "" if self._day is None else self._show(self._day)


class _Words(ImeLineEdit):
    """Tells when the keyboard leaves it."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: the keyboard went elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()
