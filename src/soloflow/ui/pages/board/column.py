"""One column of the board: its head, its cards, the place where a card would be dropped, and 「ほか n社」."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from soloflow.domain.stages import stage as stage_of
from soloflow.i18n import _, listed
from soloflow.services import wording
from soloflow.services.board import Column
from soloflow.ui.models.board_cards import CardsModel
from soloflow.ui.pages.board import words
from soloflow.ui.pages.board.card import GAP, CardDelegate
from soloflow.ui.pages.board.card_list import CardList
from soloflow.ui.pages.board.heads import ColumnHead, DropSlot
from soloflow.ui.theme import Theme, styled

HEAD = 84
AFTER_HEAD = 10
MORE = 24


class StageColumn(QWidget):
    """Head, cards and foot of one stage."""

    def __init__(self, theme: Theme, number: int, model: CardsModel, delegate: CardDelegate) -> None:
        super().__init__()
        styled(self, variant="page")
        self.number = number
        self.model = model
        self.head = ColumnHead(theme, number)
        self.cards = CardList()
        self.slot = DropSlot(theme, self)
        self._delegate = delegate
        self._more = QPushButton(self)
        self._has_foot = True
        model.setParent(self)
        for widget in (self.head, self.cards):
            widget.setParent(self)
        self.cards.setModel(model)
        self.cards.setItemDelegate(delegate)
        styled(self._more, variant="quiet", small=True)
        self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._more.clicked.connect(self._scroll_on)
        self.cards.verticalScrollBar().valueChanged.connect(self._show_more)

    def fill(self, column: Column) -> None:
        """Show these customers; chosen cards and the place in the column stay."""
        scroll = self.cards.verticalScrollBar().value()
        self.head.show_sums(len(column.ids), column.expected_yen)
        name = listed((wording.stage_name(self.number), words.count(len(column.ids))))
        self.cards.setAccessibleName(name)
        # Tab passes empty columns by; who has just emptied one still stands in it
        self.cards.setFocusPolicy(Qt.FocusPolicy.StrongFocus if column.ids else Qt.FocusPolicy.ClickFocus)
        self.model.has_yen = column.expected_yen is not None
        height = self._delegate.card_height(self.number, has_yen=self.model.has_yen)
        self.model.pitch = height + GAP
        self.cards.verticalScrollBar().setSingleStep((height + GAP) // 2)
        self.model.set_ids(column.ids)
        self._place()
        self.cards.doItemsLayout()
        self.cards.verticalScrollBar().setValue(scroll)
        self._show_more()

    def show_foot(self, *, wanted: bool) -> None:
        """Have 「ほか n社」 below the cards, or not while the trays stand there."""
        self._has_foot = wanted
        self._show_more()

    def show_slot(self, title: str, criterion: str) -> None:
        """Open the place for the dragged card above the others."""
        self.slot.set_words(title, criterion, is_judgement=stage_of(self.number).is_judgement)
        if not self.slot.isVisible():
            self.slot.show()
            self._place()

    def hide_slot(self) -> None:
        """Close it."""
        if self.slot.isVisible():
            self.slot.hide()
            self._place()

    def _place(self) -> None:
        width, top = self.width(), HEAD + AFTER_HEAD
        self.head.setGeometry(0, 0, width, HEAD)
        if self.slot.isVisible():
            height = self.slot.height_for(width)
            self.slot.setGeometry(0, top, width, height)
            top += height + GAP
        pitch = self.model.pitch
        room = max(pitch, self.height() - top)
        needed = self.model.total * pitch
        if needed > room:
            needed = max(pitch, (room - MORE) // pitch * pitch)
        self.cards.setGeometry(0, top, width, needed or room)
        self._more.setGeometry(0, top + needed, width, MORE)
        self._show_more()

    @Slot()
    def _show_more(self) -> None:
        pitch = self.model.pitch
        shown = self.cards.height() // pitch
        hidden = self.model.total - shown
        below = hidden - round(self.cards.verticalScrollBar().value() / pitch)
        self._more.setVisible(hidden > 0 and self._has_foot)
        text = _("ほか {count}").format(count=words.head_count(below)) if below > 0 else _("先頭へもどる")
        self._more.setText(text)
        self._more.setToolTip(_("つづきを見る  PageDown") if below > 0 else _("先頭へもどる  Home"))

    @Slot()
    def _scroll_on(self) -> None:
        bar = self.cards.verticalScrollBar()
        bar.setValue(0 if bar.value() >= bar.maximum() else bar.value() + self.cards.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: place everything."""
        super().resizeEvent(event)
        self._place()
