"""Forms made from a description: fields under each other, and lists whose items open in place.

A form never writes: it says `edited`, and `collect` puts what stands in it into a document.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from soloflow.i18n import _, pgettext
from soloflow.services.site_advice import Remark
from soloflow.ui import icons
from soloflow.ui.context import Context
from soloflow.ui.pages.site.description import Field, empty_item, first_text, put, value_at
from soloflow.ui.pages.site.editors import Choices, Editor, InputEditor, heading, same
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton, icon_button
from soloflow.ui.widgets.labels import ElidedLabel, rule

RemarksOf = Callable[[str], Sequence[Remark]]


class FieldsForm(QWidget):
    """Fields under each other."""

    edited = Signal()
    left = Signal()
    entered = Signal(object)
    """The Editor that has the keyboard now."""
    wanted = Signal(str)
    removed = Signal(str)
    """An item was taken out; carries the sentence for the notice."""

    def __init__(self, context: Context, fields: Sequence[Field], choices: Choices, gap: int = 20) -> None:
        super().__init__()
        self._editors: list[Editor] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        for described in fields:
            if described.kind == "heading":
                column.addWidget(heading(described))
                continue
            made: Editor
            if described.kind == "list":
                made = ListEditor(context, described, choices)
                made.removed.connect(self.removed)
                made.inner_entered.connect(self.entered)
            else:
                made = InputEditor(context, described, choices)
                made.entered.connect(self._on_entered)
            made.edited.connect(self.edited)
            made.left.connect(self.left)
            made.wanted.connect(self.wanted)
            self._editors.append(made)
            column.addWidget(made)

    def fill(self, document: Mapping[str, Any]) -> None:
        """Show a document; fields that say the same already, or hold what cannot be kept, stay untouched."""
        for editor in self._editors:
            try:
                editor.show_value(value_at(document, editor.path))
            except LookupError:
                continue

    def collect(self, document: dict[str, Any]) -> None:
        """Put what stands in the fields into a document."""
        for editor in self._editors:
            put(document, editor.path, deepcopy(editor.value()))

    def editors(self, prefix: str = "") -> Iterator[tuple[str, Editor]]:
        """Every field with its whole path, those inside open items too."""
        for editor in self._editors:
            place = f"{prefix}{editor.path}"
            yield place, editor
            if isinstance(editor, ListEditor):
                yield from editor.inner(place)

    def first_text(self) -> InputEditor | None:
        """The first field that takes text."""
        found = (editor for _path, editor in self.editors() if isinstance(editor, InputEditor))
        return next(found, None)

    def reveal(self, path: str) -> QWidget | None:
        """Open and focus the field at a path; None when there is none here."""
        for editor in self._editors:
            if path == editor.path or path.startswith((f"{editor.path}.", f"{editor.path}[")):
                return editor.reveal(path[len(editor.path) :])
        return None

    @Slot()
    def _on_entered(self) -> None:
        self.entered.emit(self.sender())


class ListEditor(Editor):
    """Items as rows; one at a time is open for editing. Items can be added, moved and taken out."""

    removed = Signal(str)
    inner_entered = Signal(object)

    def __init__(self, context: Context, described: Field, choices: Choices) -> None:
        super().__init__(context, described)
        self._choices = choices
        self._items: list[dict[str, Any]] = []
        self._open: int | None = None
        self._form: FieldsForm | None = None
        self._rows: list[_Row] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.head())
        column.addSpacing(6)
        column.addWidget(rule())
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        column.addLayout(self._column)
        self._add = LinkButton(_("{noun}を足す").format(noun=pgettext("one", described.noun)), self.add)
        self._add.setIcon(context.icon("plus", "acc"))
        column.addSpacing(6)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.remarks)
        self.setFocusProxy(self._add)

    # What the form asks

    def value(self) -> Any:
        """The items; the open one as it stands in its fields."""
        items = deepcopy(self._items)
        if self._open is not None and self._form is not None:
            self._form.collect(items[self._open])
        return items

    def show_value(self, value: Any) -> None:
        """Show other items; the open one stays open while there is one at its place."""
        if same(value, self.value()):
            self._refill()
            return
        kept = self._open if self._open is not None and self._open < len(value) else None
        in_place = len(value) == len(self._items) and kept is not None
        self._items = deepcopy(list(value))
        if in_place:
            self._refill()
        else:
            self._open = kept
            self._rebuild()

    def _refill(self) -> None:
        if self._form is not None and self._open is not None:
            self._form.fill(self._items[self._open])
        self._retitle()

    def inner(self, place: str) -> Iterator[tuple[str, Editor]]:
        """The fields of the open item."""
        if self._form is not None and self._open is not None:
            yield from self._form.editors(f"{place}[{self._open}].")

    def reveal(self, rest: str) -> QWidget:
        """Open the item a path such as "[2].name" speaks of, and focus its field."""
        number, _bracket, inside = rest.removeprefix("[").partition("]")
        if not number.isdigit() or int(number) >= len(self._items):
            return super().reveal(rest)
        if self._open != int(number):
            self.toggle(int(number))
        assert self._form is not None
        found = self._form.reveal(inside.removeprefix(".")) if inside else None
        return found or self._rows[int(number)]

    def mark(self, place: str, bad: Sequence[str]) -> None:
        """Show a sign at the rows in which something is to be mended; `bad` are paths of findings."""
        for number, row in enumerate(self._rows):
            inside = f"{place}[{number}]"
            row.set_bad(any(path == inside or path.startswith(f"{inside}.") for path in bad))

    # What the user does

    def add(self, values: Mapping[str, Any] | None = None) -> None:
        """A new item at the end, open."""
        self._take_open()
        self._items.append(empty_item(self.described) | dict(values or {}))
        self._open = len(self._items) - 1
        self._rebuild()
        self.edited.emit()
        first = self._form.first_text() if self._form else None
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle(self, number: int) -> None:
        """Open an item in place, or close it."""
        self._take_open()
        self._open = None if self._open == number else number
        self._rebuild()
        self._rows[number].setFocus(Qt.FocusReason.OtherFocusReason)

    def move_item(self, number: int, step: int) -> None:
        """Move an item up (-1) or down (1)."""
        target = number + step
        if not 0 <= target < len(self._items):
            return
        self._take_open()
        self._items[number], self._items[target] = self._items[target], self._items[number]
        if self._open in {number, target}:
            self._open = target if self._open == number else number
        self._rebuild()
        self._rows[target].focus_move(step)
        self.edited.emit()

    def remove(self, number: int) -> None:
        """Take an item out; undo brings it back."""
        self._take_open()
        gone = self._items.pop(number)
        if self._open is not None:
            self._open = None if self._open == number else self._open - (self._open > number)
        self._rebuild()
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        name = first_text(gone, self.described.title) or pgettext("one", self.described.noun)
        self.edited.emit()
        self.removed.emit(_("「{name}」を外しました").format(name=name))

    def _take_open(self) -> None:
        self._items = self.value()

    # Rows

    def _rebuild(self) -> None:
        self._form, self._rows = None, []  # first: hiding the focused field makes the page ask for our value
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.setParent(None)  # its signals end here, not in the middle of a later event
                old.deleteLater()
        for number in range(len(self._items)):
            row = _Row(self, number, number == self._open, len(self._items))
            self._rows.append(row)
            self._column.addWidget(row)
            if number == self._open:
                self._column.addWidget(self._make_form(self._items[number]))
            self._column.addWidget(rule("hairline"))
        self._retitle()

    def _make_form(self, item: Mapping[str, Any]) -> QWidget:
        form = FieldsForm(self.context, self.described.item, self._choices, gap=16)
        form.fill(item)
        form.edited.connect(self._on_inner)
        form.left.connect(self.left)
        form.entered.connect(self.inner_entered)
        form.wanted.connect(self.wanted)
        form.removed.connect(self.removed)
        self._form = form
        frame = QWidget()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(24, 4, 0, 20)
        inside.addWidget(form)
        return frame

    @Slot()
    def _on_inner(self) -> None:
        self._retitle()
        self.edited.emit()

    def _retitle(self) -> None:
        for row, item in zip(self._rows, self.value(), strict=True):
            title = first_text(item, self.described.title)
            row.set_words(title or _("（まだ書いていない{noun}）").format(noun=pgettext("one", self.described.noun)))
            row.set_aside(first_text(item, self.described.aside))


class _Row(QWidget):
    """One item: open it, move it, take it out."""

    def __init__(self, owner: ListEditor, number: int, is_open: bool, count: int) -> None:
        super().__init__()
        context = owner.context
        self._context = context
        self._toggle = styled(QPushButton(), variant="quiet")
        self._toggle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._toggle.clicked.connect(partial(_toggle, owner, number))
        self._words = ElidedLabel("", "strong" if is_open else None)
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        over = QHBoxLayout(self._toggle)
        over.setContentsMargins(2, 0, 4, 0)
        over.setSpacing(6)
        sign = QLabel()
        name = "chevron-down" if is_open else "chevron-right"
        sign.setPixmap(icons.pixmap(context.theme, name, "ink2", 16, self.devicePixelRatioF()))
        over.addWidget(sign)
        over.addWidget(self._words, 1)
        self._aside = ElidedLabel("", "label")
        self._aside.setMaximumWidth(150)
        self._bad = QLabel()
        self._bad.setFixedWidth(16)
        self._bad.setAccessibleName("")
        self._up = icon_button(
            context.icon("chevron-up"), _("上へ"), partial(owner.move_item, number, -1), shortcut="Alt+↑", side=26
        )
        self._down = icon_button(
            context.icon("chevron-down"), _("下へ"), partial(owner.move_item, number, 1), shortcut="Alt+↓", side=26
        )
        self._up.setEnabled(number > 0)
        self._down.setEnabled(number < count - 1)
        remove = icon_button(context.icon("trash"), _("外す"), partial(owner.remove, number), side=26)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(2)
        row.addWidget(self._toggle, 1)
        row.addWidget(self._aside)
        row.addSpacing(4)
        row.addWidget(self._bad)
        for each in (self._up, self._down, remove):
            row.addWidget(each)
        self._owner, self._number = owner, number
        self.setFocusProxy(self._toggle)

    def set_words(self, text: str) -> None:
        """The item's name."""
        self._words.setText(text)
        self._toggle.setAccessibleName(text)

    def set_aside(self, text: str) -> None:
        """What stands pale at the right."""
        self._aside.setText(text)
        self._aside.setVisible(bool(text))

    def set_bad(self, bad: bool) -> None:
        """Whether something inside is to be mended."""
        if bad:
            self._bad.setPixmap(icons.pixmap(self._context.theme, "warning", "warnt", 16, self.devicePixelRatioF()))
        else:
            self._bad.clear()
        self._bad.setAccessibleName(_("直すところがあります") if bad else "")
        self._bad.setToolTip(self._bad.accessibleName())

    def focus_move(self, step: int) -> None:
        """Keep the keyboard on the button just used, so that it can be pressed again."""
        wanted = self._up if step < 0 else self._down
        (wanted if wanted.isEnabled() else self._toggle).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: Any) -> None:
        """Qt: Alt with the arrows moves the item."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self._owner.move_item(self._number, steps[event.key()])
        else:
            super().keyPressEvent(event)


def _toggle(owner: ListEditor, number: int, _checked: bool = False) -> None:
    owner.toggle(number)
