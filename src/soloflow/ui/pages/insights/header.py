"""The head of 分析: what the figures rest on, the lens, the benchmark, the filters, drawing or table, and the ways out."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from soloflow.i18n import _
from soloflow.services.numbers import Overview, Scope
from soloflow.ui.context import Context
from soloflow.ui.pages.insights.comparing import BenchmarkButton
from soloflow.ui.pages.insights.filters import FilterButton, FilterPanel
from soloflow.ui.pages.insights.lens import LensChoice
from soloflow.ui.widgets.buttons import icon_button
from soloflow.ui.widgets.drop_down import DropDown
from soloflow.ui.widgets.labels import ElidedLabel, label
from soloflow.ui.widgets.segments import Segment, Segments

MARGIN = 24
CAPTION = 190
"""The words of what the figures rest on keep so much, or all they need, before a control takes more room."""
FEWER_WORDS = ((False, False, False), (True, False, False), (True, True, False), (True, True, True))
"""First the name of the benchmark goes, then the lenses become a list, then 図 and 表 are signs only."""
COMPARED = ("whole", "leak")
"""The tabs that show the benchmark."""


class InsightsHeader(QWidget):
    """52 high."""

    filtered = Signal()
    lens_chosen = Signal(str)
    benchmark_chosen = Signal()
    """Another one holds from now on."""
    view_chosen = Signal(str)
    """chart or table."""
    wanted = Signal(str)
    """png, svg, pdf, csv, copy-image, copy-table or report."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setFixedHeight(context.theme.size("page_header"))
        self._tab = "whole"
        self._has_controls = True
        self._caption = ElidedLabel("", "label")
        self.lens = LensChoice(context.theme)
        self.benchmark = BenchmarkButton(context)
        self.panel = FilterPanel(self)
        self.filters = FilterButton(context, self.panel)
        self.view = Segments(
            context.theme,
            [Segment("chart", _("図"), icon="chart"), Segment("table", _("表"), icon="table")],
            name=_("図か表"),
        )
        self.view.setToolTip(_("同じ数を、図か表で見ます"))
        self.export = icon_button(context.icon("export"), _("図と表を書き出す"), side=28)
        self._fill_menu()
        self._lay_out()
        self.panel.changed.connect(self._on_filter)
        self.lens.chosen.connect(self.lens_chosen)
        self.benchmark.chosen.connect(self.benchmark_chosen)
        self.view.chosen.connect(self.view_chosen)
        self.offer(context)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(8)
        self._title = label(_("分析"), "title")
        row.addWidget(self._title)
        row.addWidget(self._caption, 1)
        for widget in self._controls:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    @property
    def _controls(self) -> tuple[QWidget, ...]:
        return self.lens, self.benchmark, self.filters, self.view, self.export

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
        """Renew the lists of channels and tags; the choice stays where it still exists."""
        self.panel.offer(context)
        self.filters.show_conditions()

    @property
    def period(self) -> DropDown:
        """過去12か月; in the panel of the filters."""
        return self.panel.period

    @property
    def channel(self) -> DropDown:
        """The channel of which alone the customers are counted."""
        return self.panel.channel

    @property
    def tag(self) -> DropDown:
        """The tag of which alone the customers are counted."""
        return self.panel.tag

    @property
    def scope(self) -> Scope:
        """Whom the filters choose."""
        return self.panel.scope

    def show_caption(self, text: str) -> None:
        """11/21(土) まで・300社."""
        self._caption.setText(text)
        self.fit()

    def show_shown(self, shown: Overview) -> None:
        """Say how many are counted, and what they are compared with."""
        self.panel.show_count(shown.numbers.prospects)
        self.benchmark.show_benchmark(shown.benchmark.key)
        self.fit()

    def allow(self, *, figures: bool) -> None:
        """What makes no sense without figures is greyed."""
        self.export.setEnabled(figures)
        self.view.setEnabled(figures)

    def show_controls(self, *, visible: bool) -> None:
        """Where nobody is recorded there is nothing to choose."""
        self._has_controls = visible
        self.show_tab(self._tab)

    def show_tab(self, tab: str) -> None:
        """The lens is that of 全体, the benchmark is compared with where rates are."""
        self._tab = tab
        for one in self._controls:
            one.setVisible(self._has_controls)
        self.lens.setVisible(self._has_controls and tab == "whole")
        self.benchmark.setVisible(self._has_controls and tab in COMPARED)
        self.fit()

    def fit(self) -> None:
        """The less room, the fewer words on the controls."""
        caption = min(CAPTION, self._caption.sizeHint().width())
        for is_short, is_narrow, is_wordless in FEWER_WORDS:
            self.benchmark.set_short(is_short=is_short)
            self.lens.set_narrow(is_narrow=is_narrow)
            self.view.set_wordless(is_wordless=is_wordless)
            shown = [one for one in self._controls if not one.isHidden()]
            needed = sum(one.sizeHint().width() + 8 for one in (self._title, *shown))
            if needed + caption <= self.width() - 2 * MARGIN:
                return

    @Slot()
    def clear_filter(self) -> None:
        """Count everybody again."""
        self.panel.clear_all()

    @Slot()
    def _on_filter(self) -> None:
        self.filters.show_conditions()
        self.fit()
        self.filtered.emit()

    @Slot(QAction)
    def _on_action(self, action: QAction) -> None:
        self.wanted.emit(action.data())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: share the width out anew."""
        super().resizeEvent(event)
        self.fit()
