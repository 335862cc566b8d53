"""The page 獲得工程: reads the columns, keeps what is chosen, and turns drags and keys into moves."""

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.domain.stages import STAGES
from soloflow.i18n import _
from soloflow.services import board, process
from soloflow.services.changes import Changes
from soloflow.services.customers import CustomerRow
from soloflow.services.numbers import RateLine
from soloflow.ui.context import Context
from soloflow.ui.models.board_cards import CardsModel
from soloflow.ui.page import Page
from soloflow.ui.pages.board import choosing, words
from soloflow.ui.pages.board.card import CardDelegate
from soloflow.ui.pages.board.column import StageColumn
from soloflow.ui.pages.board.dragging import Dragging, Drop
from soloflow.ui.pages.board.header import MARGIN, BoardHeader
from soloflow.ui.pages.board.menu import card_menu, open_panel
from soloflow.ui.pages.board.rates import Rates
from soloflow.ui.pages.board.strip import Strip
from soloflow.ui.theme import styled
from soloflow.ui.widgets.empty import EmptyState

TOPICS = frozenset(
    {
        "*",
        "prospects",
        "stage_transitions",
        "follow_ups",
        "deals",
        "answers",
        "contacts",
        "prospect_tags",
        "tags",
        "channels",
    }
)
"""Changes that the board can show."""


class BoardPage(Page):
    """Nine columns; everything on it is moved by mouse or by keyboard."""

    key = "board"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, ws = context.theme, context.workspace
        self.header = BoardHeader(context)
        delegate = CardDelegate(theme, ws.today, self)
        self.columns = [
            StageColumn(theme, one.number, CardsModel(partial(board.cards, ws), self._sentence), delegate)
            for one in STAGES
        ]
        self._strip = Strip(theme, self.columns)
        self._scroll = QScrollArea()
        self._stack = QStackedWidget()
        self._dragging = Dragging(self, context, delegate, self._strip, self._scroll)
        self._dragging.dropped.connect(self._on_dropped)
        self._rates = Rates(context, self)
        self._rates.counted.connect(self.set_rates)
        self._at = self.columns[0]
        """The column the keyboard is in, or was last."""
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._scroll.setWidget(self._strip)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        styled(self._scroll, variant="page")
        framed = QWidget()
        inside = QVBoxLayout(framed)
        inside.setContentsMargins(MARGIN, 0, MARGIN, 0)
        inside.addWidget(self._scroll)
        self._stack.addWidget(framed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.header.filtered.connect(self._on_filtered)
        self.header.lens_chosen.connect(self._on_lens)
        self.header.group_wanted.connect(self._show_group)
        bar = self._scroll.horizontalScrollBar()
        bar.valueChanged.connect(self._show_reach)
        bar.rangeChanged.connect(self._show_reach)
        for column in self.columns:
            cards = column.cards
            cards.opened.connect(self._on_opened)
            cards.keyboard_came.connect(partial(self._on_entered, column))
            cards.chosen_alone.connect(partial(choosing.choose_nowhere_but, self.columns, column))
            cards.digit_pressed.connect(self._on_digit)
            cards.stepped.connect(self._on_stepped)
            cards.acted.connect(self._on_act)
            cards.drag_began.connect(partial(self._on_drag_began, column))
            cards.menu_wanted.connect(self._on_menu)

    # What is shown

    def refresh(self, changes: Changes | None) -> None:
        """Read the columns again; chosen cards, the keyboard's place and every scroll position stay."""
        if changes is not None and not changes.topics & TOPICS:
            return
        cursor, chosen, has_focus = self._cursor(), self.chosen_ids(), self._has_focus()
        ws = self.context.workspace
        found = board.columns(ws, channel=self.header.channel.key, tag=self.header.tag.key)
        if not self._dragging.is_on:
            self._dragging.show_ghosts(())
        for shown, column in zip(self.columns, found, strict=True):
            shown.fill(column)
        total = sum(len(column.ids) for column in found)
        self._dragging.criteria = board.criteria(ws)
        self.header.offer(self.context)
        self.header.show_count(total)
        self._strip.show_counts()
        self._choose_again(chosen, cursor, has_focus=has_focus)
        self._show_emptiness(is_empty=not total and not self.header.is_filtered)
        if changes is None or changes.topics & {"*", "stage_transitions", "prospects"}:
            self._rates.ask_soon(self.header.channel.key, anew=changes is None)

    def arrive(self, **args: object) -> None:
        """Put the keyboard on a customer's card (`prospect`) or into a column (`stage`)."""
        wanted, number = args.get("prospect"), args.get("stage")
        found = choosing.place_of(self.columns, wanted) if isinstance(wanted, int) else None
        if found is not None:
            self._go_to(*found)
        elif isinstance(number, int):
            self._go_to(self.columns[number - 1], 0)

    def focus_first(self) -> None:
        """The card last worked on, else the first of the board."""
        if self._at.model.total == 0:
            self._at = next((column for column in self.columns if column.model.total), self._at)
        self._at.cards.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.chosen_ids():
            self._at.cards.put_cursor(max(0, self._at.cards.currentIndex().row()))

    @Slot(object)
    def set_rates(self, rates: dict[int, RateLine] | None) -> None:
        """Show the rates to the next stage in the heads, or take them away."""
        for column in self.columns:
            column.head.show_rate(rates.get(column.number) if rates else None)

    def _sentence(self, card: CustomerRow) -> str:
        return words.sentence(card, self.context.workspace.today())

    def _show_emptiness(self, *, is_empty: bool) -> None:
        if is_empty and self._stack.count() == 1:
            sentence = _(
                "出会った人を記録すると、集客から紹介までの9つの工程に\nカードが並びます。動かした記録から、引き上げ率がわかります。"
            )
            self._stack.addWidget(
                EmptyState(
                    self.context.theme, "board", _("進行中のお客様は、まだいません"), sentence,
                    (_("人を記録する"), self.context.open_capture), (_("見本で試す"), self.context.open_sample),
                )
            )  # fmt: skip
        self._stack.setCurrentIndex(1 if is_empty else 0)
        self.header.show_controls(wanted=not is_empty)
        self._show_reach()

    @Slot()
    def _on_filtered(self) -> None:
        self.set_rates(None)
        self.refresh(None)

    @Slot(str)
    def _on_lens(self, lens: str) -> None:
        self._strip.set_lens(lens)
        self._show_reach()

    @Slot()
    def _show_reach(self) -> None:
        bar = self._scroll.horizontalScrollBar()
        is_empty = self._stack.currentIndex() == 1
        self.header.show_reach(bar.value(), 0 if is_empty else bar.maximum())

    @Slot(int)
    def _show_group(self, step: int) -> None:
        bar = self._scroll.horizontalScrollBar()
        starts = [min(start, bar.maximum()) for start in self._strip.group_starts()]
        beyond = [start for start in starts if (start - bar.value()) * step > 0]
        if beyond:
            bar.setValue(min(beyond) if step > 0 else max(beyond))

    # What is chosen, and where the keyboard is

    def chosen_ids(self) -> tuple[int, ...]:
        """The chosen customers, from left to right and top to bottom."""
        return choosing.chosen(self.columns)

    def _cursor(self) -> tuple[int, int] | None:
        """(id, row) of the card the keyboard stands on."""
        row = self._at.cards.currentIndex().row()
        return (self._at.model.id_at(row), row) if row >= 0 else None

    def _has_focus(self) -> bool:
        return any(column.cards.hasFocus() for column in self.columns)

    def _on_entered(self, column: StageColumn) -> None:
        self._at = column

    def _choose_again(self, ids: Collection[int], cursor: tuple[int, int] | None, *, has_focus: bool) -> None:
        choosing.choose(self.columns, ids)
        if cursor is None:
            return
        one, row = cursor
        found = choosing.place_of(self.columns, one)
        if found is not None:
            self._stand_at(*found, has_focus=has_focus)
        else:
            last = self._at.model.total - 1
            self._at.cards.put_cursor(min(row, last), select=not self.chosen_ids())

    def _stand_at(self, column: StageColumn, row: int, *, has_focus: bool) -> None:
        bar, before = column.cards.verticalScrollBar(), column.cards.verticalScrollBar().value()
        column.cards.put_cursor(row, select=False)
        if column is self._at:
            bar.setValue(before)  # the card stayed, and so does what the user looks at
        self._at = column
        if has_focus:
            column.cards.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to(self, column: StageColumn, row: int) -> None:
        choosing.choose_nowhere_but(self.columns, column)
        self._at = column
        column.cards.put_cursor(row)
        column.cards.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(column, 0, 0)

    @Slot(int)
    def _on_stepped(self, step: int) -> None:
        """To the next column that has cards, at the same height."""
        cards = self._at.cards
        height = max(0, cards.visualRect(cards.currentIndex()).center().y())
        target = choosing.next_filled(self.columns, self._at, step)
        if target is not None:
            index = target.cards.indexAt(QPoint(4, height))
            self._go_to(target, index.row() if index.isValid() else target.model.total - 1)

    # Moves

    @Slot(object)
    def _on_opened(self, index: QModelIndex) -> None:
        model = index.model()
        if isinstance(model, CardsModel):
            self.context.open_prospect(model.id_at(index.row()))

    @Slot(int)
    def _on_digit(self, number: int) -> None:
        """One card moves at once; several, which a key pressed by mistake would move too, only after Enter."""
        ids, cards = self.chosen_ids(), self._at.cards
        if len(ids) > 1:
            place = cards.visualRect(cards.currentIndex())
            open_panel("date", self.context, ids, cards.viewport(), place, number)
        else:
            self._move(ids, number)

    def _move(self, ids: Collection[int], number: int) -> bool:
        """Put these at a stage; those that stand there already are left alone. False when that is all of them."""
        there = choosing.standing_in(self.columns[number - 1], ids)
        moved = tuple(one for one in ids if one not in there)
        if moved:
            self.context.run(partial(process.move, self.context.workspace, moved, number), failed=self._on_refused)
        return bool(moved)

    def _on_refused(self, error: UserError) -> None:
        self._dragging.show_ghosts(())
        self.context.notify(str(error), kind="error")

    @Slot(str)
    def _on_act(self, act: str) -> None:
        cards = self._at.cards
        open_panel(act, self.context, self.chosen_ids(), cards.viewport(), cards.visualRect(cards.currentIndex()))

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        menu = self.make_menu()
        menu.exec(place)
        menu.deleteLater()

    def make_menu(self) -> QMenu:
        """What can be done with the chosen cards."""
        ids = self.chosen_ids()
        moves = [
            (column.number, partial(self._move, ids, column.number))
            for column in self.columns
            if set(ids) - choosing.standing_in(column, ids)
        ]
        opening = partial(self.context.open_prospect, ids[0]) if len(ids) == 1 else None
        after = {act: partial(self._on_act, act) for act in ("date", "recycle", "lose")}
        return card_menu(self, moves, before=opening, after=after)

    def _on_drag_began(self, column: StageColumn, index: QModelIndex) -> None:
        self._dragging.begin(column, index, self.chosen_ids())

    @Slot(object)
    def _on_dropped(self, drop: Drop) -> None:
        act = drop.target.tray or ("date" if drop.with_alt else "")
        column = drop.target.column
        if act:
            number = column.number if column is not None else None
            open_panel(act, self.context, drop.ids, self, drop.place, number)
        elif column is not None and self._move(drop.ids, column.number):
            return  # the grey places stay until the move is written and shown
        self._dragging.show_ghosts(())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another width, another reach."""
        super().resizeEvent(event)
        self._show_reach()
