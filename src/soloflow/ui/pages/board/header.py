"""The head of the board: title, count, the lens, the two filters, and steps to the next group where the window is narrow."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services import customers
from soloflow.ui.context import Context
from soloflow.ui.pages.board import words
from soloflow.ui.widgets.buttons import LinkButton, icon_button
from soloflow.ui.widgets.drop_down import DropDown
from soloflow.ui.widgets.labels import ElidedLabel
from soloflow.ui.widgets.segments import Segment, Segments

MARGIN = 16


class BoardHeader(QWidget):
    """52 high."""

    filtered = Signal()
    lens_chosen = Signal(str)
    group_wanted = Signal(int)
    """-1 or 1: bring the group at the left or right into view."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        theme = context.theme
        self.setFixedHeight(theme.size("page_header"))
        self._count = ElidedLabel("", "label")
        lenses = [Segment(key, _(name)) for key, name in words.LENS_NAMES.items()]
        self.lens = Segments(theme, lenses, name=_("まとめ方"))
        self.lens.setToolTip(_("同じ工程を、別のまとまりで見ます"))
        self.channel = DropDown(_("すべてのチャネル"), _("チャネルでしぼりこむ"))
        self.tag = DropDown(_("すべてのタグ"), _("タグでしぼりこむ"))
        self._clear = LinkButton(_("条件を消す"), self.clear_filter)
        self._left = icon_button(context.icon("chevron-left"), _("左のまとまりへ"), self._go_left, side=28)
        self._right = icon_button(context.icon("chevron-right"), _("右のまとまりへ"), self._go_right, side=28)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(8)
        row.addWidget(ElidedLabel(_("獲得工程"), "title"))
        row.addSpacing(4)
        row.addWidget(self._count)
        row.addWidget(self._clear)
        row.addStretch(1)
        row.addWidget(self._left)
        row.addWidget(self._right)
        for widget in (self.lens, self.channel, self.tag):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.lens.chosen.connect(self.lens_chosen)
        self.channel.activated.connect(self._on_filter)
        self.tag.activated.connect(self._on_filter)
        self.show_reach(0, 0)
        self._clear.hide()

    def offer(self, context: Context) -> None:
        """Renew the choices of the filters."""
        self.channel.offer(customers.channels(context.workspace))
        self.tag.offer([(key, f"#{name}") for key, name, uses in customers.tags(context.workspace) if uses])
        self._clear.setVisible(self.is_filtered)

    @property
    def is_filtered(self) -> bool:
        """Whether only some of the customers are shown."""
        return self.channel.key is not None or self.tag.key is not None

    def show_count(self, number: int) -> None:
        """進行中 106社."""
        self._count.setText(_("進行中 {count}").format(count=words.count(number)))

    def show_controls(self, *, wanted: bool) -> None:
        """Have the lens and the filters there, or not while there is nobody to look at."""
        for widget in (self.lens, self.channel, self.tag, self._left, self._right):
            widget.setVisible(wanted)

    def show_reach(self, value: int, maximum: int) -> None:
        """Offer the way to what lies outside the window, if anything does."""
        for widget, possible in ((self._left, value > 0), (self._right, value < maximum)):
            widget.setVisible(maximum > 0)
            widget.setEnabled(possible)

    @Slot()
    def clear_filter(self) -> None:
        """Show everybody again."""
        self.channel.setCurrentIndex(0)
        self.tag.setCurrentIndex(0)
        self._on_filter()

    @Slot()
    def _on_filter(self) -> None:
        self._clear.setVisible(self.is_filtered)
        self.filtered.emit()

    def _go_left(self) -> None:
        self.group_wanted.emit(-1)

    def _go_right(self) -> None:
        self.group_wanted.emit(1)
