"""The left part: pairs by certainty, or (for one customer) whom to merge it with."""

from array import array
from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services import customers, duplicates
from soloflow.services.duplicates import CERTAINTIES, CERTAINTY_WORDS, Pair
from soloflow.ui.context import Context
from soloflow.ui.models.customer_list import CustomerListModel
from soloflow.ui.models.pairs import PairModel
from soloflow.ui.pages.duplicates.rows import PairList, PairRows, PartnerRows
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.labels import ElidedLabel, label, rule
from soloflow.ui.widgets.rows import RowList
from soloflow.ui.widgets.search_field import SearchField
from soloflow.ui.widgets.segments import Segment, Segments

WIDTH = 368
NARROW_WIDTH = 328
HITS = 50


class PairPane(QFrame):
    """Pairs of one certainty at a time. Signals `moved`: another pair is chosen; `opened`: Enter."""

    moved = Signal()
    opened = Signal()
    into = Signal()

    def __init__(self, context: Context, show_all: Callable[[], object]) -> None:
        super().__init__()
        self.context = context
        self._all: tuple[Pair, ...] = ()
        self._count = label("", "label")
        self.everything = LinkButton(_("すべて見る"), show_all)
        self.everything.setToolTip(_("取り込んだ人だけでなく、顧客すべてのかさなりを見ます"))
        self.everything.hide()
        self.segments = Segments(context.theme, self._segments(), name=_("確かさ"), stretch=True)
        self.segments.chosen.connect(self._on_segment)
        self.model = PairModel(context.workspace, self)
        self.view = PairList(PairRows(context.theme))
        self.view.setAccessibleName(_("かさなりの組"))
        self.view.setModel(self.model)
        self.view.moved.connect(self._on_moved)
        self.view.opened.connect(self._on_opened)
        self.view.into.connect(self.into)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(_("かさなり"), "title"))
        head.addWidget(self._count, 1)
        head.addWidget(self.everything)
        _fill(self, [head, self.segments], self.view)
        self.setFocusProxy(self.view)

    def _segments(self) -> list[Segment]:
        counts = Counter(pair.certainty for pair in self._all)
        return [Segment(one, _(CERTAINTY_WORDS[one]), counts[one]) for one in CERTAINTIES]

    @property
    def pair(self) -> Pair | None:
        """The chosen pair."""
        row = self.view.currentIndex().row()
        return self.model.pairs[row] if 0 <= row < len(self.model.pairs) else None

    @property
    def sure(self) -> tuple[Pair, ...]:
        """Every pair that needs no looking at."""
        return tuple(pair for pair in self._all if pair.certainty == CERTAINTIES[0])

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """List these; the chosen pair stays, or the one that has come to its place."""
        chosen, place = self.pair, max(0, self.view.currentIndex().row())
        self._all = tuple(pairs)
        self._count.setText(_("{count}組").format(count=f"{len(self._all):,}"))
        self.segments.set_segments(self._segments())
        there = {pair.certainty for pair in self._all}
        if there and self.segments.key not in there:
            self.segments.choose(next(one for one in CERTAINTIES if one in there))
            place = 0
        self._list(chosen, place)

    def _list(self, chosen: Pair | None, place: int) -> None:
        shown = [pair for pair in self._all if pair.certainty == self.segments.key]
        self.model.show_pairs(shown)
        row = self.model.row_of(chosen)
        row = row if row >= 0 else min(place, len(shown) - 1)
        self.view.setCurrentIndex(self.model.index(row))
        self.moved.emit()

    def step(self, by: int) -> None:
        """Go to the next pair, or the one before."""
        row = self.view.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(row))

    @Slot(str)
    def _on_segment(self, _key: str) -> None:
        self._list(None, 0)

    @Slot(object)
    def _on_moved(self, _index: QModelIndex) -> None:
        self.moved.emit()

    @Slot(object)
    def _on_opened(self, _index: QModelIndex) -> None:
        self.opened.emit()


class PartnerPane(QFrame):
    """Whom one customer is to be merged with, found as one types."""

    moved = Signal()
    opened = Signal()
    into = Signal()

    def __init__(self, context: Context, leave: Callable[[], object]) -> None:
        super().__init__()
        self.context = context
        self._customer = 0
        self._suggested = array("q")
        """Shown before anything is typed."""
        self._name = ElidedLabel("", "second")
        self.search = SearchField(context.theme, _("名前、会社、かな、メールでさがす"))
        self.search.searched.connect(self._on_searched)
        self.search.submitted.connect(self._on_submitted)
        self.search.escaped.connect(leave)
        self.model = CustomerListModel(context.workspace, self)
        self.view = PairList(PartnerRows(context.theme))
        self.view.setAccessibleName(_("合わせる相手"))
        self.view.setModel(self.model)
        self.view.moved.connect(self._on_moved)
        self.view.opened.connect(self._on_opened)
        self.view.into.connect(self.into)
        back = LinkButton(_("かさなりの一覧へ"), leave)
        back.setToolTip(_("まとめずに戻ります  Esc"))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(_("合わせる相手"), "title"))
        head.addStretch(1)
        head.addWidget(back)
        _fill(self, [head, self._name, self.search], self.view)
        self.setFocusProxy(self.search)

    @property
    def customers(self) -> tuple[int, int] | None:
        """The customer and whom it is to be merged with."""
        partner = self.model.id_at(self.view.currentIndex().row())
        return None if partner is None else (self._customer, partner)

    def show_customer(self, customer: int) -> None:
        """Ask with whom this customer is to be merged."""
        self._customer = customer
        found = customers.rows(self.context.workspace, (customer,))
        name = found[0].name if found else ""
        self._name.setText(_("{name}とまとめる相手をえらびます").format(name=name))
        self._suggested = array("q", duplicates.partners_of(self.context.workspace, customer)[:HITS])
        self.search.clear()
        self._on_searched("")

    @Slot(str)
    def _on_searched(self, text: str) -> None:
        ws = self.context.workspace
        hits = customers.listing(ws, customers.Filter(text=text)).ids if text.strip() else self._suggested
        self.model.set_ids(array("q", [one for one in hits[: HITS + 1] if one != self._customer]))
        self.view.setCurrentIndex(self.model.index(0))
        self.moved.emit()

    @Slot()
    def _on_submitted(self) -> None:
        self.view.setFocus()

    @Slot(object)
    def _on_moved(self, _index: QModelIndex) -> None:
        self.moved.emit()

    @Slot(object)
    def _on_opened(self, _index: QModelIndex) -> None:
        self.opened.emit()


def _fill(pane: QFrame, top: Sequence[QHBoxLayout | QWidget], view: RowList) -> None:
    styled(pane, variant="page")
    pane.setFixedWidth(WIDTH)
    above = QVBoxLayout()
    above.setContentsMargins(16, 10, 16, 10)
    above.setSpacing(8)
    for part in top:
        if isinstance(part, QWidget):
            above.addWidget(part)
        else:
            above.addLayout(part)
    inside = QVBoxLayout()
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(0)
    inside.addLayout(above)
    inside.addWidget(rule("hairline"))
    inside.addWidget(view, 1)
    across = QHBoxLayout(pane)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(0)
    across.addLayout(inside, 1)
    across.addWidget(rule("upright"))
