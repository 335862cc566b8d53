"""The head of 分析: what the figures rest on, the two filters, drawing or table, and the ways out."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QToolButton, QWidget

from soloflow.i18n import _
from soloflow.services import customers
from soloflow.services.numbers import Scope
from soloflow.ui.context import Context
from soloflow.ui.widgets.buttons import icon_button
from soloflow.ui.widgets.labels import ElidedLabel, label
from soloflow.ui.widgets.segments import Segment, Segments

MARGIN = 24
PERIODS = (None, 12, 24)


class InsightsHeader(QWidget):
    """52 high."""

    filtered = Signal()
    view_chosen = Signal(str)
    """chart or table."""
    wanted = Signal(str)
    """png, svg, pdf, csv, copy-image, copy-table or report."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setFixedHeight(context.theme.size("page_header"))
        self._caption = ElidedLabel("", "label")
        self.period = _drop_down(_("期間：工程に入った日でしぼりこむ"))
        for months in PERIODS:
            words = _("すべての期間") if months is None else _("過去{months}か月").format(months=months)
            self.period.addItem(words, months)
        self.channel = _drop_down(_("チャネルでしぼりこむ"))
        self.view = Segments(
            context.theme,
            [Segment("chart", _("図"), icon="chart"), Segment("table", _("表"), icon="table")],
            name=_("図か表"),
        )
        self.view.setToolTip(_("同じ数を、図か表で見ます"))
        self.export = icon_button(context.icon("export"), _("図と表を書き出す"), side=28)
        self._fill_menu()
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(8)
        row.addWidget(label(_("分析"), "title"))
        row.addWidget(self._caption, 1)
        for widget in (self.period, self.channel, self.view, self.export):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.period.activated.connect(self._on_filter)
        self.channel.activated.connect(self._on_filter)
        self.view.chosen.connect(self.view_chosen)
        self.offer(context)

    def _fill_menu(self) -> None:
        menu = QMenu(self.export)
        choices = (
            ("png", _("図を PNG で保存…")),
            ("svg", _("図を SVG で保存…")),
            ("pdf", _("図を PDF で保存…")),
            ("csv", _("表を CSV で保存…")),
            ("", ""),
            ("copy-image", _("図をコピー")),
            ("copy-table", _("表をコピー")),
            ("", ""),
            ("report", _("月報をつくる…")),
        )
        for key, words in choices:
            if not key:
                menu.addSeparator()
                continue
            action = menu.addAction(words)
            action.setData(key)
        menu.triggered.connect(self._on_action)
        self.export.setMenu(menu)
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def offer(self, context: Context) -> None:
        """Renew the list of channels; the choice stays where it still exists."""
        chosen = self.channel.currentData()
        self.channel.clear()
        self.channel.addItem(_("すべてのチャネル"), None)
        for key, name in customers.channels(context.workspace):
            self.channel.addItem(name, key)
        self.channel.setCurrentIndex(max(0, self.channel.findData(chosen)))

    @property
    def scope(self) -> Scope:
        """Whom the filters choose."""
        return Scope(self.channel.currentData(), self.period.currentData())

    def show_caption(self, text: str) -> None:
        """11/21(土) まで・300社."""
        self._caption.setText(text)

    def allow(self, *, figures: bool) -> None:
        """What makes no sense without figures is greyed."""
        self.export.setEnabled(figures)
        self.view.setEnabled(figures)

    def show_controls(self, visible: bool) -> None:
        """Where nobody is recorded there is nothing to choose."""
        for one in (self.period, self.channel, self.view, self.export):
            one.setVisible(visible)

    @Slot()
    def clear_filter(self) -> None:
        """Count everybody again."""
        self.period.setCurrentIndex(0)
        self.channel.setCurrentIndex(0)
        self.filtered.emit()

    @Slot()
    def _on_filter(self) -> None:
        self.filtered.emit()

    @Slot(QAction)
    def _on_action(self, action: QAction) -> None:
        self.wanted.emit(action.data())


def _drop_down(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFixedHeight(28)
    made.setMaxVisibleItems(20)
    made.setMinimumWidth(96)
    made.setMaximumWidth(176)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return made
