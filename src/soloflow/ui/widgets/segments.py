"""A segmented control: one of a few choices, with counts and icons; arrow keys move the choice.

``Segments(theme, [Segment("active", _("進行中"), 106), …])``; signal `chosen(key)`, only when the user chooses.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from soloflow.ui import icons
from soloflow.ui.theme import Theme, styled

ICON_WIDTH = 16 + 4 + icons.TEXT_GAP
WORDLESS = 36
GAP, LEAST_GAP = 24, 12
"""Between tabs, and where there is little room."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One choice."""

    key: str
    text: str
    count: int | None = None
    icon: str | None = None
    tip: str = ""
    """Said of it under the pointer."""


class Segments(QFrame):
    """The control; `key` is the choice."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, segments: Sequence[Segment], *, name: str = "", stretch: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._stretch = stretch
        self._is_wordless = False
        self._segments: tuple[Segment, ...] = ()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._on_clicked)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)  # the edge of the frame is a margin already
        self._row.setSpacing(0)
        styled(self, variant="segments")
        self.setAccessibleName(name)
        self.setFixedHeight(28)
        if not stretch:
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_segments(segments)

    @property
    def key(self) -> str:
        """The chosen segment."""
        return self._segments[self._group.checkedId()].key

    def choose(self, key: str) -> None:
        """Set the choice without telling anybody."""
        keys = [segment.key for segment in self._segments]
        self._group.button(keys.index(key)).setChecked(True)
        self._restyle()

    def set_segments(self, segments: Sequence[Segment]) -> None:
        """Show other choices or other counts; the chosen key stays where it still exists."""
        kept = self.key if self._segments else None
        self._segments = tuple(segments)
        if len(self._group.buttons()) != len(segments):
            self._make_buttons()
        for index, segment in enumerate(segments):
            self._fill(self._group.button(index), segment)
        self.choose(kept if kept in {segment.key for segment in segments} and kept else segments[0].key)

    def set_wordless(self, *, is_wordless: bool) -> None:
        """Icons without their words, where there is little room; the words stay as names and tooltips."""
        if is_wordless != self._is_wordless:
            self._is_wordless = is_wordless
            self.set_segments(self._segments)

    def _make_buttons(self) -> None:
        for old in self._group.buttons():
            self._group.removeButton(old)
            old.hide()
            old.deleteLater()
        last = len(self._segments) - 1
        for index in range(last + 1):
            made = QPushButton(self)
            made.setCheckable(True)
            made.setAutoDefault(False)
            place = "only" if last == 0 else "first" if index == 0 else "last" if index == last else "middle"
            styled(made, variant="segment", place=place, tight=self._stretch)
            self._group.addButton(made, index)
            self._row.addWidget(made, 1 if self._stretch else 0)

    def _fill(self, made: QAbstractButton, segment: Segment) -> None:
        text = segment.text if segment.count is None else f"{segment.text} {segment.count:,}"
        is_wordless = self._is_wordless and segment.icon is not None
        made.setText("" if is_wordless else text)
        made.setAccessibleName(text)
        made.setToolTip(segment.tip or (text if is_wordless else ""))
        width = QFontMetrics(self._theme.font("body", bold=True)).horizontalAdvance(made.text()) + 24
        if not self._stretch:
            made.setFixedWidth(WORDLESS if is_wordless else width + (ICON_WIDTH if segment.icon else 0))

    def _restyle(self) -> None:
        """Bold for the chosen one; the width already has room for bold, so nothing moves."""
        for index, segment in enumerate(self._segments):
            made = self._group.button(index)
            on = made.isChecked()
            made.setFont(self._theme.font("body", bold=on))
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)
            if segment.icon:
                icons.beside_text(made, self._theme, segment.icon, "acc" if on else "ink2")

    @Slot(QAbstractButton)
    def _on_clicked(self, _made: QAbstractButton) -> None:
        self._restyle()
        self.chosen.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows, Home and End move the choice."""
        last = len(self._segments) - 1
        now = self._group.checkedId()
        targets = {
            int(Qt.Key.Key_Left): max(0, now - 1),
            int(Qt.Key.Key_Right): min(last, now + 1),
            int(Qt.Key.Key_Home): 0,
            int(Qt.Key.Key_End): last,
        }
        target = targets.get(int(event.key()))
        if target is None:
            super().keyPressEvent(event)
        elif target != now:
            made = self._group.button(target)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            made.setFocus(Qt.FocusReason.TabFocusReason)
            made.click()


class Tabs(QWidget):
    """Plain words with a line under the chosen one; 34 high. Signal `chosen(key)`."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, tabs: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._theme = theme
        self._keys = [key for key, _text in tabs]
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        self._row = row
        for index, (_key, text) in enumerate(tabs):
            made = styled(QPushButton(text), variant="tab")
            made.setCheckable(True)
            made.setMinimumWidth(QFontMetrics(theme.font("body", bold=True)).horizontalAdvance(text) + 4)
            self._group.addButton(made, index)
            row.addWidget(made)
        row.addStretch(1)
        self.setFixedHeight(34)
        self.choose(self._keys[0])

    @property
    def key(self) -> str:
        """The chosen tab."""
        return self._keys[self._group.checkedId()]

    def choose(self, key: str) -> None:
        """Set the choice without telling anybody."""
        self._group.button(self._keys.index(key)).setChecked(True)
        for made in self._group.buttons():
            made.setFont(self._theme.font("body", bold=made.isChecked()))

    @Slot(QAbstractButton)
    def _on_clicked(self, _made: QAbstractButton) -> None:
        self.choose(self.key)
        self.chosen.emit(self.key)

    def minimumSizeHint(self) -> QSize:
        """Qt: all words whole, close together."""
        return QSize(self._words() + LEAST_GAP * (len(self._keys) - 1), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: with little room the tabs stand closer."""
        super().resizeEvent(event)
        between = max(1, len(self._keys) - 1)
        self._row.setSpacing(max(LEAST_GAP, min(GAP, (self.width() - self._words()) // between)))

    def _words(self) -> int:
        return sum(made.sizeHint().width() for made in self._group.buttons())
