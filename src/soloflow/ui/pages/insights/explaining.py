"""どう計算した？: how a figure was reckoned, beside it: definition, the counts that went in, and the customers behind them.

The same panel for all of 分析. ``open_terms(terms, anchor, open_list)`` opens it; `help_link` and `help_icon` are its buttons.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.ui.context import Context
from soloflow.ui.theme import styled
from soloflow.ui.widgets.ask_panel import open_popover, page_of
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.flow import FlowLayout
from soloflow.ui.widgets.labels import label
from soloflow.ui.widgets.popover import Popover

if TYPE_CHECKING:  # loads numpy, which comes with the first figures
    from soloflow.services.answers import Link, Term, Who

WIDTH = 420
BAR = 20
"""Kept at the right for the bar of a panel that scrolls."""
HIGHEST, LOWEST = 460, 160
AROUND = 40
"""Its own margins, and what stays free between it, its button and the edge of the page."""
INSET = 4
"""A link has so much ground around its words: the paragraphs move in by it, so that the edges of the words are in line."""
WIDE, HIGH, SIGN = 22, 18, 16

OpenList = Callable[["Who"], object]


class Explanation(QScrollArea):
    """One paragraph per figure under its name. Has the keyboard: arrows scroll, Tab goes to the lists, Esc closes."""

    def __init__(self, terms: "Sequence[Term]", open_list: OpenList, room: int = HIGHEST) -> None:
        super().__init__()
        self._open_list = open_list
        self.links: list[LinkButton] = []
        inside = styled(QWidget(), variant="page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        height = 0
        for place, term in enumerate(terms):
            part = self._part(term, is_last=place == len(terms) - 1)
            height += part.sizeHint().height() + (column.spacing() if place else 0)
            column.addWidget(part)
        column.addStretch(1)
        inside.setFixedSize(WIDTH, height)
        self.setWidget(inside)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        is_long = height > min(room, HIGHEST)
        self.setFixedSize(WIDTH + (BAR if is_long else 0), min(height, room, HIGHEST))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("どう計算した？"))
        self.setAccessibleDescription("\n".join(f"{term.name}\n{term.words}" for term in terms))

    def _part(self, term: "Term", *, is_last: bool) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0 if is_last else 6)
        column.setSpacing(2)
        for text, role in ((term.name, "strong"), (term.words, "second")):
            if text:
                words = label(text, role, wrap=True)
                words.setContentsMargins(INSET, 0, 0, 0)
                words.setFixedHeight(words.heightForWidth(WIDTH))  # else the panel opens as high as for a narrower one
                column.addWidget(words)
        if term.links:
            column.addWidget(self._links(term))
        made.setFixedWidth(WIDTH)
        made.setFixedHeight(column.sizeHint().height())
        return made

    def _links(self, term: "Term") -> QWidget:
        line = QWidget()
        flow = FlowLayout(line, gap=12, line_gap=0)
        for link in term.links:
            made = LinkButton(link.words, partial(self._leave_for, link), line)
            made.setAccessibleDescription(term.name)
            flow.addWidget(made)
            self.links.append(made)
        line.setFixedHeight(flow.heightForWidth(WIDTH))
        return line

    def _leave_for(self, link: "Link") -> None:
        """The panel closes first, so that coming back shows the page without it."""
        panel = self.parentWidget()
        if isinstance(panel, Popover):
            panel.close_panel()
        self._open_list(link.who)


def open_terms(terms: "Sequence[Term]", anchor: QWidget, open_list: OpenList) -> Popover:
    """Open the panel below or above its button, as high as there is room; it scrolls where that is not enough."""
    page = page_of(anchor)
    top = anchor.mapTo(page, anchor.rect().topLeft()).y()
    room = max(top, page.height() - top - anchor.height()) - AROUND
    return open_popover(Explanation(terms, open_list, max(room, LOWEST)), anchor)


def help_link(context: Context, slot: Callable[[], object]) -> LinkButton:
    """どう計算した？ with its sign."""
    made = LinkButton(_("どう計算した？"), slot)
    made.setIcon(context.icon("help", "acc"))
    made.setIconSize(QSize(SIGN, SIGN))
    return made


def help_icon(context: Context, slot: Callable[[], object]) -> LinkButton:
    """The sign alone, where a figure has no room for more; `name_help` says of which figure."""
    made = styled(LinkButton("", slot), variant="sign")
    made.setIcon(context.icon("help", "ink3"))
    made.setIconSize(QSize(SIGN, SIGN))
    made.setFixedSize(WIDE, HIGH)
    made.setToolTip(_("どう計算した？"))
    return made


def name_help(made: QWidget, figure: str) -> None:
    """Say aloud of which figure it tells."""
    made.setAccessibleName(_("{figure}：どう計算した？").format(figure=figure))
