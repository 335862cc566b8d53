"""Words on a page: labels with a role, elided labels, tags, chips, key hints, rules, section heads.

``label(_("流入元"), "strong")``, ``tag(_("判断"))``, ``chip(_("進行中"), on=True)``, ``key_hint("Ctrl+Z")``, ``rule()``,
``ElidedLabel(text, role="second")``, ``SectionHead(title, count=3, side=LinkButton(...))``.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from soloflow.ui.theme import styled

LINK_GROUND = 4
"""What a link has around its words for the edge that shows the keyboard."""


def label(text: str = "", role: str | None = None, *, wrap: bool = False) -> QLabel:
    """Plain text in one of the roles of theme.py; never read as HTML."""
    made = styled(QLabel(text), role=role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    return made


def tag(text: str) -> QLabel:
    """A small outlined word such as 判断 or 事実."""
    return _fixed(styled(label(text), variant="tag"), 18)


def chip(text: str, *, on: bool = False) -> QLabel:
    """A small filled word such as a state or a count."""
    return _fixed(styled(label(text), variant="chip-on" if on else "chip"), 22)


def key_hint(text: str) -> QLabel:
    """A key as it is printed on the keyboard."""
    return _fixed(styled(label(text), variant="key"), 20)


def rule(variant: str = "rule") -> QFrame:
    """A line: rule (sections), hairline (rows), upright (panes)."""
    return styled(QFrame(), variant=variant)


def in_the_middle(*lines: QWidget | QLayout) -> QVBoxLayout:
    """Lines above each other in the middle of the height there is."""
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addStretch(1)
    for line in lines:
        column.addLayout(line) if isinstance(line, QLayout) else column.addWidget(line)
    column.addStretch(1)
    return column


def _fixed(made: QLabel, height: int) -> QLabel:
    made.setFixedHeight(height)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


class ElidedLabel(QLabel):
    """One line that ends in … where it does not fit; the whole text is its tooltip and accessible name."""

    def __init__(self, text: str = "", role: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        styled(self, role=role)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show another text."""
        super().setText(text.replace("\n", " "))
        self.setAccessibleName(text)
        self._update_tooltip()

    def minimumSizeHint(self) -> QSize:
        """Qt: may shrink to two characters."""
        return QSize(self.fontMetrics().horizontalAdvance("あ…"), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: the text, shortened at its end."""
        painter = QPainter(self)
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, int(self.alignment()), shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the tooltip is there only when something is hidden."""
        super().resizeEvent(event)
        self._update_tooltip()

    def _update_tooltip(self) -> None:
        hidden = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        self.setToolTip(self.text() if hidden else "")


class SectionHead(QWidget):
    """Bold title, count, something at the right (a link, a range), and a rule below; 32 high."""

    def __init__(
        self,
        title: str,
        count: int | str | None = None,
        *,
        side: QWidget | None = None,
        late: bool = False,
        inset: int = 0,
    ) -> None:
        super().__init__()
        self._title = label(title, "strong")
        self._count = label("", "label")
        if late:
            self._title.setProperty("role", "warn-strong")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._count)
        row.addStretch(1)
        if side is not None:
            row.addWidget(side, 0, Qt.AlignmentFlag.AlignVCenter)  # a button must not keep the head from its height
        # The words of a link end where the rule ends; its ground reaches beyond, where there is room.
        beyond = min(inset, LINK_GROUND) if side is not None and side.property("variant") == "link" else 0
        under = QHBoxLayout()
        under.setContentsMargins(0, 0, beyond, 0)
        under.addWidget(rule())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(inset, 0, inset - beyond, 0)
        outer.setSpacing(0)
        outer.addLayout(row, 1)
        outer.addLayout(under)
        self.setFixedHeight(32)
        self.set_count(count)  # not before it stands in the head: shown by itself it would be a window

    def set_title(self, text: str) -> None:
        """Change the words."""
        self._title.setText(text)

    def set_count(self, count: int | str | None) -> None:
        """Change the figure behind the title; None takes it away."""
        self._count.setText("" if count is None else f"{count:,}" if isinstance(count, int) else count)
        self._count.setVisible(count is not None)
