"""Links side by side that are renewed with the figures; the keyboard stays at the one it was at."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.flow import FlowLayout


class LinkLine(QWidget):
    """`links` are the buttons, from left to right."""

    def __init__(self, gap: int) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=gap)
        self.links: list[LinkButton] = []

    def show_links(self, wanted: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Show these instead (words, and what they do)."""
        old, place = self.links, next((place for place, one in enumerate(self.links) if one.hasFocus()), None)
        for _one in old:
            self._flow.takeAt(0)
        self.links = [LinkButton(words, act, self) for words, act in wanted]
        for one in self.links:
            self._flow.addWidget(one)
            one.show()
        if place is not None and self.links:
            self._next_to(old[place].text(), place).setFocus(Qt.FocusReason.OtherFocusReason)
        for one in old:
            one.hide()
            one.deleteLater()

    def _next_to(self, words: str, place: int) -> LinkButton:
        same = (one for one in self.links if one.text() == words)
        return next(same, self.links[min(place, len(self.links) - 1)])


def order_keyboard(chain: Sequence[QWidget]) -> None:
    """Tab goes from each of these to the next."""
    for before, after in pairwise(chain):
        QWidget.setTabOrder(before, after)
