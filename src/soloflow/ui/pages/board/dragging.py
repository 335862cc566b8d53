"""A drag over the board from the page's side: grey places, the slot in the column, the status line, and what was dropped."""

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPoint, QRect, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QWidget

from soloflow.i18n import _
from soloflow.ui.context import Context
from soloflow.ui.pages.board import choosing, words
from soloflow.ui.pages.board.card import GAP, CardDelegate
from soloflow.ui.pages.board.column import StageColumn
from soloflow.ui.pages.board.drag import NOWHERE, CardDrag, Target, Trays
from soloflow.ui.pages.board.strip import Strip


@dataclass(frozen=True, slots=True)
class Drop:
    """Cards that were let go of."""

    ids: tuple[int, ...]
    target: Target
    with_alt: bool
    """Whether the day is to be asked."""
    place: QRect
    """Where on the page a panel about the drop should stand."""


class Dragging(QObject):
    """Leads one drag after the other."""

    dropped = Signal(object)
    """A Drop; its target may be nowhere."""

    def __init__(
        self, page: QWidget, context: Context, delegate: CardDelegate, strip: Strip, scroll: QScrollArea
    ) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._delegate = delegate
        self._strip = strip
        self._scroll = scroll
        self._trays = Trays(context.theme, page)
        self._drag: CardDrag | None = None
        self._ids: tuple[int, ...] = ()
        self.criteria: dict[int, str] = {}
        """Per stage, what must be true to reach it."""

    @property
    def is_on(self) -> bool:
        """Whether a card hangs under the pointer."""
        return self._drag is not None

    def begin(self, column: StageColumn, index: QModelIndex, chosen: tuple[int, ...]) -> None:
        """Lift the card at `index`, and with it the chosen ones if it is one of them."""
        card = column.model.card(index.row())
        if card is None or self.is_on:
            return
        self._ids = chosen if card.id in chosen else (card.id,)
        self.show_ghosts(self._ids)
        cards = column.cards
        rect = cards.visualRect(index).adjusted(0, 0, 0, -GAP)
        ratio = self._page.devicePixelRatioF()
        picture = self._delegate.picture(rect.size(), ratio, card, len(self._ids), has_yen=column.model.has_yen)
        hold = cards.pressed_at - rect.topLeft()
        drag = CardDrag(self._page, cards.viewport(), self._scroll, self._strip, self._trays, picture, hold)
        drag.hovered.connect(self._on_hovered)
        drag.dropped.connect(self._on_dropped)
        drag.cancelled.connect(self._on_cancelled)
        self._drag = drag
        for each in self._strip.columns:
            each.show_foot(wanted=False)
        who = words.clipped(card.name) if len(self._ids) == 1 else words.count(len(self._ids))
        hint = _("{who}を動かしています　離すと移動 ・ Alt で日付を決める ・ Esc でもどす")
        self._context.set_hint(hint.format(who=who))
        drag.move_to(cards.viewport().mapTo(self._page, cards.pressed_at))

    def show_ghosts(self, ids: Collection[int]) -> None:
        """Draw the places of these cards grey, and no others."""
        for column in self._strip.columns:
            column.model.set_ghosts(frozenset(ids))

    @Slot(object, bool)
    def _on_hovered(self, target: Target, with_alt: bool) -> None:
        for column in self._strip.columns:
            if column is target.column and set(self._ids) - choosing.standing_in(column, self._ids):
                title = _("日付を決める") if with_alt else _("ここへ移す")
                criterion = _("目安：{criterion}").format(criterion=self.criteria[column.number])
                column.show_slot(title, criterion)
            else:
                column.hide_slot()

    @Slot(object, bool)
    def _on_dropped(self, target: Target, with_alt: bool) -> None:
        drop = Drop(self._ids, target, with_alt, self._place_of(target))
        self._end()
        self.dropped.emit(drop)

    @Slot()
    def _on_cancelled(self) -> None:
        drop = Drop(self._ids, NOWHERE, False, QRect())
        self._end()
        self.dropped.emit(drop)

    def _place_of(self, target: Target) -> QRect:
        if target.column is not None:
            slot = target.column.slot
            return QRect(slot.mapTo(self._page, QPoint()), slot.size())
        return self._trays.rect_of(target.tray)

    def _end(self) -> None:
        for column in self._strip.columns:
            column.hide_slot()
            column.show_foot(wanted=True)
        self._drag = None
        self._ids = ()
        self._context.set_hint("")
