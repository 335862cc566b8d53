"""A form field: label, hint and count above its control; below it what holds, what is worth adding, and what is wrong."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services import site
from soloflow.services.site_advice import Remark
from soloflow.ui import icons
from soloflow.ui.context import Context
from soloflow.ui.pages.site.description import Field
from soloflow.ui.pages.site.inputs import (
    ChoiceInput,
    ColourInput,
    Input,
    LineInput,
    LinesInput,
    NumbersInput,
    TextInput,
    TickInput,
)
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.labels import label, rule

Choices = Callable[[str], Sequence[tuple[str, str]]]
"""What a choice field offers, by its `source`."""
_ICONS = {"ok": ("check", "advt"), "add": ("warning", "warnt"), "fault": ("warning", "lostt")}


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same once the blanks at their ends are gone, as the store keeps them."""
    if isinstance(one, str) and isinstance(other, str):
        return one.strip() == other.strip()
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    return bool(one == other)


class Remarks(QWidget):
    """Lines with an icon under a field."""

    wanted = Signal(str)
    """The content section that a remark's link leads to."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.shown: tuple[Remark, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(2)
        self.hide()

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Show these instead."""
        if tuple(remarks) == self.shown:
            return
        self.shown = tuple(remarks)
        while (item := self._column.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for remark in self.shown:
            self._column.addWidget(self._row(remark))
        self.setVisible(bool(self.shown))

    def _row(self, remark: Remark) -> QWidget:
        name, role = _ICONS[remark.kind]
        mark = QLabel()
        mark.setPixmap(icons.pixmap(self.context.theme, name, role, 16, self.devicePixelRatioF()))
        mark.setFixedHeight(self.context.theme.line("body"))
        mark.setAccessibleName({"ok": _("よい"), "add": _("足せること"), "fault": _("直すこと")}[remark.kind])
        words = label(remark.text, "lostt" if remark.kind == "fault" else "second", wrap=True)
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(words, 1)
        if remark.extra:
            across.addWidget(label(remark.extra, "label"))
        if remark.section:
            link = LinkButton(remark.link)
            link.setProperty("section", remark.section)
            link.clicked.connect(self._on_link)
            across.addWidget(link)
        return row

    @Slot()
    def _on_link(self) -> None:
        self.wanted.emit(self.sender().property("section"))


class Editor(QWidget):
    """One field of a form. `path` is its place in the document, or inside its item."""

    edited = Signal()
    entered = Signal()
    left = Signal()
    wanted = Signal(str)

    def __init__(self, context: Context, described: Field) -> None:
        super().__init__()
        self.context = context
        self.described = described
        self.path = described.path
        self.fault = ""
        self.remarks = Remarks(context)
        self.remarks.wanted.connect(self.wanted)

    def value(self) -> Any:
        """What stands in the field."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Show another value; the cursor stays where nothing changed."""
        raise NotImplementedError

    def reveal(self, _rest: str) -> QWidget:
        """Give the field the keyboard; the widget to scroll to."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return self

    def head(self) -> QHBoxLayout:
        """Label and hint in a row."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(_(self.described.label), "strong"), 0, Qt.AlignmentFlag.AlignBottom)
        hint = label(_(self.described.hint) if self.described.hint else "", "label", wrap=True)
        row.addWidget(hint, 1, Qt.AlignmentFlag.AlignBottom)
        return row


class InputEditor(Editor):
    """A field with one control."""

    def __init__(self, context: Context, described: Field, choices: Choices) -> None:
        super().__init__(context, described)
        self._choices = choices
        self.input, control = self._make_input()
        self._count = label("", "label")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        if described.kind != "tick":
            head = self.head()
            head.addWidget(self._count, 0, Qt.AlignmentFlag.AlignBottom)
            column.addLayout(head)
        whole = described.kind not in {"choice", "tick"}
        column.addWidget(control, 0, Qt.AlignmentFlag(0) if whole else Qt.AlignmentFlag.AlignLeft)
        self._reading = self._make_reading(column) if described.kind == "markdown" else None
        column.addWidget(self.remarks)
        name = _(described.label)
        control.setAccessibleName(name)
        control.setAccessibleDescription(_(described.hint) if described.hint else "")
        self.setFocusProxy(control)
        self.input.edited.connect(self._on_edited)
        self.input.entered.connect(self.entered)
        self.input.left.connect(self.left)
        self._show_count()

    def _make_input(self) -> tuple[Input, QWidget]:
        described, theme = self.described, self.context.theme
        made: QWidget
        match described.kind:
            case "text" | "markdown":
                made = TextInput(theme, described)
            case "lines":
                made = LinesInput(theme, described)
            case "numbers":
                made = NumbersInput(described)
            case "choice":
                made = ChoiceInput(self._offers())
            case "tick":
                made = TickInput(_(described.label))
            case "colour":
                made = ColourInput(theme, described)
            case _:
                made = LineInput(described)
        return cast("Input", made), made

    def _offers(self) -> Sequence[tuple[str, str]]:
        if self.described.source:
            return self._choices(self.described.source)
        return [(value, _(words)) for value, words in self.described.choices]

    def _make_reading(self, column: QVBoxLayout) -> QLabel:
        """The text as it will be read; links in it lead nowhere."""
        reading = QLabel()
        reading.setTextFormat(Qt.TextFormat.RichText)
        reading.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        reading.setWordWrap(True)
        reading.setContentsMargins(13, 8, 13, 8)
        reading.setAccessibleName(_("読むときの見え方"))
        bar = styled(QWidget(), variant="side")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(bar)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(reading)
        column.addWidget(bar)
        bar.hide()
        return reading

    def value(self) -> Any:
        """What stands in the field."""
        return self.input.value()

    def show_value(self, value: Any) -> None:
        """Show another value, unless the field has what cannot be kept or is being composed."""
        if isinstance(self.input, ChoiceInput) and self.described.source:
            self.input.set_choices(self._offers())
        if not (self.fault or self.input.is_busy or same(value, self.value())):
            self.input.show_value(value)
        self._show_count()

    def add_text(self, text: str) -> bool:
        """Write at the cursor; False where text has no place."""
        if not isinstance(self.input, LineInput | TextInput):
            return False
        self.input.add_text(text)
        return True

    def set_fault(self, fault: str) -> None:
        """Mark the field, or take the mark away."""
        self.fault = fault
        control = self.input.line if isinstance(self.input, ColourInput) else self.input
        if isinstance(control, LineInput):
            styled(control, problem=bool(fault))

    @Slot()
    def _on_edited(self) -> None:
        self._show_count()
        self.edited.emit()

    def _show_count(self) -> None:
        value = self.value()
        if self.described.length and isinstance(value, str):
            count = len(value.replace("\n", ""))
            said = _("{count}/{limit}字").format(count=count, limit=self.described.length)
            self._count.setText(said)
            styled(self._count, role="late" if count > self.described.length else "label")
        if self._reading is not None:
            self._reading.setText(site.markdown(str(value)))
            bar = self._reading.parentWidget()
            assert bar is not None
            bar.setVisible(bool(value.strip()))


def heading(described: Field) -> QWidget:
    """A line between groups of fields."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 8, 0, 0)
    column.setSpacing(8)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(label(_(described.label), "head"), 0, Qt.AlignmentFlag.AlignBottom)
    row.addWidget(label(_(described.hint) if described.hint else "", "label"), 1, Qt.AlignmentFlag.AlignBottom)
    column.addLayout(row)
    column.addWidget(rule())
    return made
