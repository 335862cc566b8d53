"""Mails, phones and links of a contact: as lines one can follow or copy, and as fields."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services.customers import Point
from soloflow.ui import icons
from soloflow.ui.context import Context
from soloflow.ui.pages.customers.cards import Form
from soloflow.ui.pages.customers.fields import InlineField, drop
from soloflow.ui.widgets.buttons import LinkButton, icon_button

ICONS = {"mail": "mail", "phone": "call", "url": "link"}
KINDS = ("mail", "phone", "url")
SHORT = 30
"""Characters of an address that are shown; the tooltip has all of them."""


class PointLines(QWidget):
    """One line per point: icon, value as a link, copy."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._points: tuple[Point, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_points(self, points: tuple[Point, ...]) -> None:
        """Show these."""
        if points == self._points:
            return
        self._points = points
        while (item := self._column.takeAt(0)) is not None:
            drop(item.widget())
        for point in points:
            self._column.addWidget(self._line(point))

    def _line(self, point: Point) -> QWidget:
        theme = self.context.theme
        mark = QLabel()
        mark.setPixmap(icons.pixmap(theme, ICONS[point.kind], "ink2", 16, self.devicePixelRatioF()))
        shown = point.value if len(point.value) <= SHORT else point.value[: SHORT - 1] + "…"
        link = LinkButton(shown, partial(self.follow, point))
        link.setToolTip(f"{point.value}\n{_tip(point)}")
        link.setAccessibleName(point.value)
        copy = icon_button(self.context.icon("copy", "ink3"), _("写す"), partial(self.copy, point), side=24)
        copy.setAccessibleName(_("{value} を写す").format(value=point.value))
        part = QWidget()
        line = QHBoxLayout(part)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(mark)
        line.addWidget(link)
        line.addStretch(1)
        line.addWidget(copy)
        return part

    def follow(self, point: Point) -> None:
        """Write a mail, open the link; a phone number is copied."""
        if point.kind == "mail":
            QDesktopServices.openUrl(QUrl(f"mailto:{point.value}"))
        elif point.kind == "url":
            QDesktopServices.openUrl(QUrl.fromUserInput(point.value))
        else:
            self.copy(point)

    def copy(self, point: Point) -> None:
        """Put the value on the clipboard."""
        QGuiApplication.clipboard().setText(point.value)
        self.context.notify(_("写しました：{value}").format(value=point.value))


class PointFields(QObject):
    """A field per point and an empty one per kind; `saved` carries every (kind, label, value)."""

    saved = Signal(object)

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self._form = form
        self._names = {"mail": _("メール"), "phone": _("電話"), "url": _("リンク")}
        self._labels: dict[InlineField, str] = {}
        self.columns: dict[str, QVBoxLayout] = {}
        self.fields: dict[str, list[InlineField]] = {kind: [] for kind in KINDS}
        for kind in KINDS:
            place = QWidget()
            column = QVBoxLayout(place)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(1)
            self.columns[kind] = column
            form.add(self._names[kind], place)

    def show_points(self, owner: int, points: Sequence[Point]) -> None:
        """Show these; fields are made or dropped at the end only."""
        for kind in KINDS:
            own = [point for point in points if point.kind == kind]
            fields = self.fields[kind]
            while len(fields) > len(own) + 1:
                drop(fields.pop())
            while len(fields) < len(own) + 1:
                fields.append(self._field(kind))
            for number, field in enumerate(fields):
                point = own[number] if number < len(own) else None
                field.show_value((owner, kind, number), point.value if point else "")
                self._labels[field] = point.label if point else ""

    def _field(self, kind: str) -> InlineField:
        field = InlineField(self._names[kind], _("加える"))
        field.saved.connect(self._on_saved)
        self.columns[kind].addWidget(field)
        return field

    @Slot(str)
    def _on_saved(self, _text: str) -> None:
        self.saved.emit(
            tuple(
                (kind, self._labels.get(field, ""), field.kept)
                for kind in KINDS
                for field in self.fields[kind]
                if field.kept
            )
        )


def _tip(point: Point) -> str:
    return {"mail": _("クリックでメールを書く"), "phone": _("クリックで写す"), "url": _("クリックで開く")}[point.kind]
