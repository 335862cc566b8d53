"""The list: views, count, filter, order, search, four segments, rows. Knows which customers are chosen, not what they are.

Signals: `chosen(ids)` when the selection is another one, `opened(id)` for Enter or a double click, `stage_wanted(number)` for
1–9, `leave_wanted("move" | "recycle" | "lose" | "remove")` for D, R, X and Delete, as on the board.
"""

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from soloflow.i18n import _, pgettext
from soloflow.services import customers, filter_words, views, wording
from soloflow.services.changes import Changes
from soloflow.services.customers import FIT, Filter
from soloflow.services.filter_words import Restriction
from soloflow.services.views import View
from soloflow.ui.context import Context
from soloflow.ui.pages.customers.filters import RestrictionChips
from soloflow.ui.pages.customers.list_head import ListHead
from soloflow.ui.pages.customers.list_panels import ListPanels
from soloflow.ui.pages.customers.list_rows import LIST_WIDTH, NARROW_WIDTH
from soloflow.ui.pages.customers.list_view import RESTORED, CustomerView
from soloflow.ui.pages.customers.nobody import NobodyHere
from soloflow.ui.pages.customers.views_panel import Shown
from soloflow.ui.widgets.labels import rule
from soloflow.ui.widgets.segments import Segment, Segments

COUNT_DELAY_MS = 120
WIDE = 1000
"""From this width of the page on the list has its full width."""
MARGINS = 33
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
    """The user asked for other customers: another view, another segment, another filter."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.wanted = Filter(standing="active")
        self.order = "next"
        self.search_order = FIT
        self.title = ""
        self.opened_view: View | None = None
        """The own view that was opened last."""
        self._views: tuple[View, ...] = ()
        self._capped = False
        self._is_whole = False
        """Whether a search lists everybody it found, because all of them were to be chosen."""
        self._is_turning = False
        """Whether the search field follows the list, not the list the field."""
        self.setFixedWidth(LIST_WIDTH)
        self.view = CustomerView(context)
        self.model = self.view.customers
        self.panels = ListPanels(context, self)
        self._count_later = QTimer(self)
        self._count_later.setSingleShot(True)
        self._count_later.setInterval(COUNT_DELAY_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.head = ListHead(self.context)
        self.search = self.head.search
        self.segments = Segments(self.context.theme, self._segments({}), name=_("状態"), stretch=True)
        self.chips = RestrictionChips(self.context)
        self.chips.hide()
        top = QVBoxLayout()
        top.setContentsMargins(16, 10, 16, 10)
        top.setSpacing(8)
        for part in (self.head, self.segments, self.chips):
            top.addWidget(part)
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
        self.head.view_wanted.connect(self.open_views)
        self.head.filter_wanted.connect(self.open_filter)
        self.head.ordered.connect(self._on_order)
        self.segments.chosen.connect(self._on_segment)
        self.chips.removed.connect(self._on_removed)
        self.nobody.elsewhere.connect(self._on_elsewhere)
        self.nobody.wider.connect(self._on_cleared)
        self.panels.filtered.connect(self._on_filter)
        self.panels.cleared.connect(self._on_cleared)
        self.panels.view_chosen.connect(self._on_view)
        self._count_later.timeout.connect(self._show_counts)
        self.view.opened.connect(self._on_opened)
        self.view.selection_changed.connect(self.chosen)
        self.view.all_wanted.connect(self._on_all_wanted)

    def fit(self, page_width: int) -> None:
        """Take the width that leaves the detail enough."""
        needed = self.segments.minimumSizeHint().width() + MARGINS  # the counts of a hundred thousand ask for more
        narrow = min(LIST_WIDTH, max(NARROW_WIDTH, needed))
        self.setFixedWidth(LIST_WIDTH if page_width >= WIDE else narrow)
        self.head.fit(self.width() - MARGINS)

    # What is shown

    @property
    def order_now(self) -> str:
        """The order that holds: a search has its own."""
        return self.search_order if self.wanted.text.strip() else self.order

    def refresh(self, changes: Changes | None) -> None:
        """Read the list again, keeping selection and place; rows of others stay as they are."""
        if changes is None:
            self.view.look.reasons = dict(customers.lost_reasons(self.context.workspace))
        if changes is None or changes.topics & {
            "saved_views",
            "tags",
            "meetups",
            "sources",
            "channels",
            "imports",
            "*",
        }:
            self._views = views.every(self.context.workspace)
            self._show_restrictions()
        self.fill(changed=None if changes is None or changes.many or not changes.prospects else changes.prospects)
        self._show_counts()

    def fill(self, *, changed: frozenset[int] | None = None) -> None:
        """Read the ids again; `changed` are the only customers whose rows may be different."""
        found = customers.listing(self.context.workspace, self.wanted, self.order_now, whole=self._is_whole)
        self._capped = found.capped
        self.model.look_for(self.wanted.text)
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
            self._is_turning = True
            self.search.setText(wanted.text)
            self._is_turning = False
        self.view.look.shows_standing = wanted.standing is None
        self._let_go()
        self.fill()
        self.view.verticalScrollBar().setValue(0)
        self._show_restrictions()
        self._show_counts()

    def _let_go(self) -> None:
        self._is_whole = False
        self.view.let_go_of_many()

    def show_view(self, view: View) -> None:
        """Show what a view was kept for."""
        self.opened_view = view if view.id is not None else None
        if view.wanted.text.strip():
            self.search_order = view.order
        else:
            self.order, self.search_order = view.order, FIT
        self.show_filter(view.wanted)
        if view.problem:
            self.context.notify(_("しおり「{name}」：{problem}").format(name=view.name, problem=view.problem))

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

    def shown_view(self) -> View | None:
        """The view that shows just what the list shows."""
        return views.showing(self._views, self.wanted, self.order_now)

    def _show_head(self) -> None:
        number = self.model.rowCount()
        count = pgettext("column head", "{count}社").format(count=f"{number:,}")
        self.head.show_count(_("{count} ほか多数").format(count=count) if self._capped else count)
        self.view.look.chosen = frozenset(self.chosen_ids()[:RESTORED])
        self.nobody.setVisible(not self.model.rowCount())
        self.head.sort.show_order(self.order_now, is_search=bool(self.wanted.text.strip()))
        shown = self.shown_view()
        is_plain = shown is None or shown.key in wording.STANDINGS  # the segments say it already
        self.head.show_title(_("顧客") if shown is None or is_plain else shown.name)

    def _show_restrictions(self) -> None:
        self.chips.show_restrictions(filter_words.restrictions(self.context.workspace, self.wanted, self.title))

    @Slot()
    def _show_counts(self) -> None:
        counts, capped = customers.counted(self.context.workspace, self.wanted)
        self.segments.set_segments(self._segments(counts, capped=capped))
        self.segments.choose(self.wanted.standing or "all")
        self._show_nobody(counts)

    def _segments(self, counts: dict[str, int], *, capped: bool = False) -> list[Segment]:
        names = {key: _(name) for key, name in wording.STANDINGS.items()} | {"book": pgettext("narrow", "名簿")}
        found = [Segment(key, name, None if capped else counts.get(key, 0)) for key, name in names.items()]
        if self.wanted.standing is not None:
            return found
        return [Segment("all", _("すべて")), *(Segment(one.key, one.text) for one in found)]

    def _show_nobody(self, counts: dict[str, int]) -> None:
        if not self.model.rowCount():
            others = {key: count for key, count in counts.items() if key != self.wanted.standing}
            filtered = self.chips.isVisibleTo(self)
            narrowed = bool(self.wanted.text.strip()) or filtered
            self.nobody.show_counts(others, narrowed=narrowed, filtered=filtered)

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
        if self._is_turning:
            return
        if not text.strip():
            self.search_order = FIT
        self.wanted = replace(self.wanted, text=text)
        self._let_go()
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
        self._turn(replace(self.wanted, standing=None if key == "all" else key))

    @Slot(str)
    def _on_elsewhere(self, standing: str) -> None:
        self._on_segment(standing)
        self.view.setFocus()

    @Slot()
    def _on_all_wanted(self) -> None:
        if self._capped:
            self._is_whole = True
            self.fill()

    @Slot(object)
    def _on_removed(self, one: Restriction) -> None:
        changed = filter_words.without(self.wanted, one.field, one.value)
        if one.field == "ids" and changed.standing is None:
            changed = replace(changed, standing="active")
        self._turn(changed)
        self.view.setFocus()

    def _turn(self, wanted: Filter) -> None:
        self.show_filter(wanted, self.title)
        self.turned.emit()

    @Slot(str)
    def _on_order(self, order: str) -> None:
        if self.wanted.text.strip():
            self.search_order = order
        else:
            self.order = order
        self.fill()
        self.view.verticalScrollBar().setValue(0)

    @Slot()
    def open_filter(self) -> None:
        """Open the panel of everything that can narrow the list."""
        self.panels.open_filter(self.wanted, self.head.filter)

    @Slot(object)
    def _on_filter(self, wanted: Filter) -> None:
        self._turn(replace(wanted, standing=self.wanted.standing, text=self.wanted.text))

    @Slot()
    def _on_cleared(self) -> None:
        self.show_filter(Filter(standing=self.wanted.standing, text=self.wanted.text))
        self.turned.emit()

    @Slot()
    def open_views(self) -> None:
        """Open the list of views."""
        shown = Shown(self.wanted, self.order_now, self.shown_view(), self.opened_view)
        self.panels.open_views(shown, self.head.title)

    @Slot(object)
    def _on_view(self, view: View) -> None:
        self.show_view(view)
        self.turned.emit()
        self.view.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: keys the list itself has no use for."""
        key = event.key()
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        digit = int(key) - int(Qt.Key.Key_0)
        opening = {int(Qt.Key.Key_F): self.open_filter, int(Qt.Key.Key_V): self.open_views}
        if not plain or not self.view.hasFocus():
            super().keyPressEvent(event)
        elif 1 <= digit <= 9 and self.chosen_ids():
            self.stage_wanted.emit(digit)
        elif key in LEAVING_KEYS and self.chosen_ids():
            self.leave_wanted.emit(LEAVING_KEYS[Qt.Key(key)])
        elif key == Qt.Key.Key_Slash:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif key in opening:
            opening[key]()
        else:
            super().keyPressEvent(event)

    def row_place(self) -> tuple[QWidget, QModelIndex]:
        """The viewport and the current row, for a panel that stands beside it."""
        return self.view.viewport(), self.view.currentIndex()
