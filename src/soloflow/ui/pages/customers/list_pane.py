"""The list: title and count, filter, order, search, four segments, rows. Knows which customers are chosen, not what they are.

Signals: `chosen(ids)` when the selection is another one, `opened(id)` for Enter or a double click, `stage_wanted(number)` for
1–9, `leave_wanted("move" | "recycle" | "lose" | "remove")` for D, R, X and Delete, as on the board.
"""

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from soloflow.i18n import _, pgettext
from soloflow.services import customers, wording
from soloflow.services.changes import Changes
from soloflow.services.customers import Filter
from soloflow.ui import icons
from soloflow.ui.context import Context
from soloflow.ui.pages.customers.filters import FilterPanel, NarrowingChips, narrowings, without
from soloflow.ui.pages.customers.list_rows import LIST_WIDTH, NARROW_WIDTH
from soloflow.ui.pages.customers.list_view import RESTORED, CustomerView
from soloflow.ui.pages.customers.nobody import NobodyHere
from soloflow.ui.pages.customers.sort_button import SortButton
from soloflow.ui.theme import styled
from soloflow.ui.widgets.ask_panel import open_popover
from soloflow.ui.widgets.buttons import button, icon_button
from soloflow.ui.widgets.labels import label, rule
from soloflow.ui.widgets.search_field import SearchField
from soloflow.ui.widgets.segments import Segment, Segments

COUNT_DELAY_MS = 120
WIDE = 1000
"""From this width of the page on the list has its full width."""
LEAVING_KEYS = {
    Qt.Key.Key_D: "move",
    Qt.Key.Key_R: "recycle",
    Qt.Key.Key_X: "lose",
    Qt.Key.Key_Delete: "remove",
}


class ListPane(QFrame):
    """The left part of the page."""

    chosen = Signal(object)
    opened = Signal(int)
    stage_wanted = Signal(int)
    leave_wanted = Signal(str)
    filled = Signal()
    """The list was read again."""
    turned = Signal()
    """The user asked for other customers: another segment, another filter."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.wanted = Filter(standing="active")
        self.order = "next"
        self.title = ""
        self._capped = False
        self.setFixedWidth(LIST_WIDTH)
        self.view = CustomerView(context)
        self.model = self.view.customers
        self._count_later = QTimer(self)
        self._count_later.setSingleShot(True)
        self._count_later.setInterval(COUNT_DELAY_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        context = self.context
        self._count = label("", "label")
        self.bring = button(_("取り込む"), self._on_bring, small=True)
        self.bring.setAccessibleName(self.bring.text())
        icons.beside_text(self.bring, context.theme, "download")
        self.bring.setToolTip(
            _("名刺・連絡先のファイルを取り込む  Ctrl+I\nファイルは、画面のどこにでもドロップできます")
        )
        self._filter = icon_button(context.icon("filter"), _("絞り込む"), self.open_filter, shortcut="F")
        self._sort = SortButton(context)
        head = self._head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(_("顧客"), "title"))
        head.addWidget(self._count, 1)
        head.addWidget(self.bring)
        head.addWidget(self._filter)
        head.addWidget(self._sort)
        self.search = SearchField(context.theme, _("名前、会社、かな、メールでさがす"))
        self.search.setToolTip(_("一覧の中をさがす  /"))
        self.segments = Segments(context.theme, self._segments({}), name=_("状態"), stretch=True)
        self._chips = NarrowingChips(context)
        self._chips.hide()
        top = QVBoxLayout()
        top.setContentsMargins(16, 10, 16, 10)
        top.setSpacing(8)
        top.addLayout(head)
        top.addWidget(self.search)
        top.addWidget(self.segments)
        top.addWidget(self._chips)
        self.nobody = NobodyHere()
        over = QVBoxLayout(self.view.viewport())
        over.setContentsMargins(0, 0, 0, 0)
        over.addWidget(self.nobody)
        outer = QVBoxLayout()
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(top)
        outer.addWidget(rule("hairline"))
        outer.addWidget(self.view, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addLayout(outer, 1)
        across.addWidget(rule("upright"))

    def _connect(self) -> None:
        self.search.searched.connect(self._on_search)
        self.search.submitted.connect(self._on_search_entered)
        self.search.escaped.connect(self._on_search_left)
        self.segments.chosen.connect(self._on_segment)
        self._chips.removed.connect(self._on_removed)
        self._sort.chosen.connect(self._on_order)
        self.nobody.elsewhere.connect(self._on_elsewhere)
        self._count_later.timeout.connect(self._show_counts)
        self.view.opened.connect(self._on_opened)
        self.view.selection_changed.connect(self.chosen)

    def fit(self, page_width: int) -> None:
        """Take the width that leaves the detail enough."""
        needed = self.segments.minimumSizeHint().width() + 33  # the counts of a hundred thousand ask for more
        narrow = min(LIST_WIDTH, max(NARROW_WIDTH, needed))
        self.setFixedWidth(LIST_WIDTH if page_width >= WIDE else narrow)
        self._fit_head()

    def _fit_head(self) -> None:
        """Where the head has little room the icon stands for 取り込む, then the count goes: the segments say it too."""
        room = self.width() - 33
        for text, has_count in ((self.bring.accessibleName(), True), ("", True), ("", False)):
            self.bring.setText(text)
            styled(self.bring, variant=None if text else "quiet")
            self._count.setVisible(has_count)
            self._head.setSpacing(8 if has_count else 2)
            self._head.invalidate()
            if self._head.sizeHint().width() <= room:
                break

    # What is shown

    def refresh(self, changes: Changes | None) -> None:
        """Read the list again, keeping selection and place; rows of others stay as they are."""
        if changes is None:
            self.view.look.reasons = dict(customers.lost_reasons(self.context.workspace))
        self.fill(changed=None if changes is None or changes.many or not changes.prospects else changes.prospects)
        self._show_counts()

    def fill(self, *, changed: frozenset[int] | None = None) -> None:
        """Read the ids again; `changed` are the only customers whose rows may be different."""
        found = customers.listing(self.context.workspace, self.wanted, self.order)
        self._capped = found.capped
        if found.ids == self.model.ids:
            self.model.forget(changed)
        else:
            self.view.replace(found.ids)
        self._show_head()
        self.filled.emit()

    def show_filter(self, wanted: Filter, title: str = "") -> None:
        """Show other customers, from the top."""
        self.wanted, self.title = wanted, title
        if self.search.text().strip() != wanted.text.strip():
            self.search.blockSignals(True)
            self.search.setText(wanted.text)
            self.search.blockSignals(False)
        self.view.look.shows_standing = wanted.standing is None
        self.fill()
        self.view.verticalScrollBar().setValue(0)
        self._chips.show_narrowings(narrowings(self.context, wanted, title))
        self._show_counts()

    def show_prospect(self, prospect: int) -> bool:
        """Choose one customer, in whichever segment it stands; False when there is no such customer."""
        rows = customers.rows(self.context.workspace, (prospect,))
        if not rows:
            return False
        if self.model.row_of(prospect) < 0:
            self.show_filter(Filter(standing=rows[0].standing))
        index = self.model.index(self.model.row_of(prospect))
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        return True

    def _show_head(self) -> None:
        number = self.model.rowCount()
        count = pgettext("column head", "{count}社").format(count=f"{number:,}")
        self._count.setText(_("{count} ほか多数").format(count=count) if self._capped else count)
        self.view.look.chosen = frozenset(self.chosen_ids()[:RESTORED])
        self.nobody.setVisible(not self.model.rowCount())
        self._sort.setVisible(not self.wanted.text.strip())
        self._sort.show_order(self.order)

    @Slot()
    def _show_counts(self) -> None:
        counts = customers.counts(self.context.workspace, self.wanted)
        self.segments.set_segments(self._segments(counts))
        self.segments.choose(self.wanted.standing or "all")
        self._show_nobody(counts)

    def _segments(self, counts: dict[str, int]) -> list[Segment]:
        names = {key: _(name) for key, name in wording.STANDINGS.items()} | {"book": pgettext("narrow", "名簿")}
        found = [Segment(key, name, counts.get(key, 0)) for key, name in names.items()]
        if self.wanted.ids is None:
            return found
        return [Segment("all", _("すべて")), *(Segment(one.key, one.text) for one in found)]

    def _show_nobody(self, counts: dict[str, int]) -> None:
        if not self.model.rowCount():
            others = {key: count for key, count in counts.items() if key != self.wanted.standing}
            narrowed = bool(self.wanted.text.strip()) or self._chips.isVisibleTo(self)
            self.nobody.show_counts(others, narrowed=narrowed)

    # What is chosen

    def chosen_ids(self) -> tuple[int, ...]:
        """The selected customers, in the order of the list."""
        return self.view.chosen_ids()

    @Slot(object)
    def _on_opened(self, index: QModelIndex) -> None:
        if (prospect := self.model.id_at(index.row())) is not None:
            self.opened.emit(prospect)

    # What the user does

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self.wanted = replace(self.wanted, text=text)
        self.fill()
        self.view.verticalScrollBar().setValue(0)
        if self.model.rowCount():
            self._count_later.start()
        else:
            self._show_counts()

    @Slot(str)
    def _on_search_entered(self, _text: str) -> None:
        if self.model.rowCount():
            if not self.chosen_ids():
                self.view.setCurrentIndex(self.model.index(0))
            self.view.setFocus()

    @Slot()
    def _on_search_left(self) -> None:
        self.search.clear()
        self.view.setFocus()

    @Slot(str)
    def _on_segment(self, key: str) -> None:
        self.show_filter(replace(self.wanted, standing=None if key == "all" else key), self.title)
        self.turned.emit()

    @Slot(str)
    def _on_elsewhere(self, standing: str) -> None:
        self.show_filter(replace(self.wanted, standing=standing), self.title)
        self.turned.emit()
        self.view.setFocus()

    @Slot(str)
    def _on_removed(self, field: str) -> None:
        changed = without(self.wanted, field)
        if field == "ids" and changed.standing is None:
            changed = replace(changed, standing="active")
        self.show_filter(changed, self.title)
        self.turned.emit()

    @Slot(str)
    def _on_order(self, order: str) -> None:
        self.order = order
        self.fill()
        self.view.verticalScrollBar().setValue(0)

    def _on_bring(self) -> None:
        self.context.navigate("import")

    @Slot()
    def open_filter(self) -> None:
        """Open the panel of stage, channel and tag."""
        panel = FilterPanel(self.context, self.wanted, self._clear_filter)
        panel.changed.connect(self._on_filter)
        open_popover(panel, self._filter)

    @Slot(object)
    def _on_filter(self, wanted: Filter) -> None:
        self.show_filter(replace(wanted, standing=self.wanted.standing, text=self.wanted.text), self.title)
        self.turned.emit()

    def _clear_filter(self) -> None:
        standing = self.wanted.standing or "active"
        self.show_filter(Filter(standing=standing, text=self.wanted.text))
        self.turned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: keys the list itself has no use for."""
        key = event.key()
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        digit = int(key) - int(Qt.Key.Key_0)
        if not plain or not self.view.hasFocus():
            super().keyPressEvent(event)
        elif 1 <= digit <= 9 and self.chosen_ids():
            self.stage_wanted.emit(digit)
        elif key in LEAVING_KEYS and self.chosen_ids():
            self.leave_wanted.emit(LEAVING_KEYS[Qt.Key(key)])
        elif key == Qt.Key.Key_Slash:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif key == Qt.Key.Key_F:
            self.open_filter()
        else:
            super().keyPressEvent(event)

    def row_place(self) -> tuple[QWidget, QModelIndex]:
        """The viewport and the current row, for a panel that stands beside it."""
        return self.view.viewport(), self.view.currentIndex()
