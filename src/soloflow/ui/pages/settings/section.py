"""What the sections of 設定 are made of: a scrolling column of headed groups, and fields that save when they are left."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from soloflow.ui.context import Context
from soloflow.ui.theme import styled
from soloflow.ui.widgets.ime import ImeLineEdit
from soloflow.ui.widgets.labels import SectionHead, label

WIDTH = 640
LINE_GAP = 16
"""Between lines; a hint stands 4 below its control, so that it belongs to it."""


class Section(QScrollArea):
    """One tab: groups under each other, 640 wide."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        styled(self, variant="page")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = styled(QWidget(), variant="page")
        row = QHBoxLayout(inside)
        row.setContentsMargins(24, 8, 24, 24)
        held = QWidget()
        held.setMaximumWidth(WIDTH)
        self.column = QVBoxLayout(held)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(LINE_GAP)
        row.addWidget(held, WIDTH, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        self.setWidget(inside)

    def refresh(self) -> None:
        """Read again what the section shows."""

    def add_head(self, title: str) -> SectionHead:
        """A group begins."""
        if self.column.count():
            self.column.addSpacing(8)
        made = SectionHead(title)
        self.column.addWidget(made)
        return made

    def add_line(self, title: str, *widgets: QWidget, hint: str = "") -> QWidget:
        """A line: name at the left, controls, and a hint below them."""
        made = QWidget()
        outer = QHBoxLayout(made)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(16)
        name = label(title, "strong", wrap=True)
        name.setFixedWidth(136)
        name.setMinimumHeight(max(32, *(widget.sizeHint().height() for widget in widgets)))
        name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        outer.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        side = QVBoxLayout()
        side.setSpacing(4)
        controls = QHBoxLayout()
        controls.setSpacing(8)
        controls.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            controls.addWidget(widget)
            if not widget.accessibleName():
                widget.setAccessibleName(title)
        if all(widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Fixed for widget in widgets):
            controls.addStretch(1)
        side.addLayout(controls)
        for widget in widgets:
            if isinstance(widget, SavedField):
                side.addWidget(widget.fault)
        if hint:
            side.addWidget(label(hint, "label", wrap=True))
        outer.addLayout(side, 1)
        self.column.addWidget(made)
        return made


class SavedField(ImeLineEdit):
    """A field that hands its text over on Enter and when it is left, if it changed; Esc brings the old text back.

    Who cannot keep the text answers `refuse`: the text stays for mending, the sentence stands below.
    """

    saved = Signal(str)

    def __init__(self, name: str, placeholder: str = "") -> None:
        super().__init__()
        self._kept = ""
        self._kept_before = ""
        self.fault = label("", "lostt", wrap=True)
        self.fault.hide()
        styled(self, variant="form")
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.submitted.connect(self._save)
        self.escaped.connect(self._restore)

    def show_text(self, text: str) -> None:
        """Show what is kept, unless the user is writing or has yet to mend the text."""
        self._kept = text
        if not self.hasFocus() and not self.fault.text():
            self.setText(text)

    def refuse(self, sentence: str) -> None:
        """The text just handed over cannot be kept, and why; what was kept before still is."""
        self._kept = self._kept_before
        self._show_fault(sentence)

    def _show_fault(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))
        self.setAccessibleDescription(sentence)
        styled(self, problem=bool(sentence))

    def _save(self) -> None:
        text = self.text().strip()
        if text == self._kept:
            self._show_fault("")
            return
        self._kept_before, self._kept = self._kept, text
        before = self.fault.text()
        self.fault.setText("")
        self.saved.emit(text)
        if before and not self.fault.text():
            self._show_fault("")

    def _restore(self) -> None:
        self.setText(self._kept)
        self._show_fault("")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: left, so save."""
        super().focusOutEvent(event)
        self._save()
