"""One column of the board: its head, its cards, the place where a card would be dropped, and 「ほか n社」."""

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QPushButton, QWidget

from soloflow import i18n
from soloflow.domain.money import yen_short
from soloflow.domain.stages import stage as stage_of
from soloflow.i18n import _
from soloflow.services import wording
from soloflow.services.board import Column
from soloflow.services.numbers import RateLine
from soloflow.ui.models.board_cards import CardsModel
from soloflow.ui.pages.board import words
from soloflow.ui.pages.board.card import GAP, CardDelegate
from soloflow.ui.theme import Theme, styled

HEAD = 84
AFTER_HEAD = 10
MORE = 24
NO_MODIFIER = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
STEPS = {
    int(Qt.Key.Key_Left): -1,
    int(Qt.Key.Key_H): -1,
    int(Qt.Key.Key_Right): 1,
    int(Qt.Key.Key_L): 1,
}
ACTS = {int(Qt.Key.Key_R): "recycle", int(Qt.Key.Key_X): "lose", int(Qt.Key.Key_D): "date"}


class ColumnHead(QWidget):
    """Name, count and yen, the rate to the next stage; 84 high with a hairline below."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme = theme
        self._number = number
        self._count = 0
        self._yen: int | None = None
        self._rate: RateLine | None = None

    def show_sums(self, count: int, yen: int | None) -> None:
        """Show how many stand here and what is expected of them."""
        self._count, self._yen = count, yen
        self._renew()

    def show_rate(self, rate: RateLine | None) -> None:
        """Show the rate to the next stage, or nothing while it is not known."""
        self._rate = rate
        self._renew()

    def _renew(self) -> None:
        tip = words.column_tip(self._number, self._count, self._yen, self._rate)
        self.setToolTip(tip)
        self.setAccessibleName(tip.replace("\n", "、"))
        self.update()

    def _yen_text(self, room: int, metrics: QFontMetrics) -> str:
        whole = wording.amount(self._yen)
        if self._yen is None or metrics.horizontalAdvance(whole) <= room:
            return whole
        return yen_short(self._yen, i18n.language())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: four lines and a rule."""
        painter = QPainter(self)
        theme = self._theme
        bold, plain = theme.font("body", bold=True), theme.font("body")
        heavy, light = QFontMetrics(bold), QFontMetrics(plain)
        name = f"{self._number} {_(stage_of(self._number).name)}"
        count = words.count(self._count)
        share, basis = words.rate(self._number, self._rate)
        yen = self._yen_text(self.width() - heavy.horizontalAdvance(count) - 6, light)
        self._line(painter, 22, name, "ink", bold)
        self._line(painter, 42, count, "ink", bold)
        painter.setFont(plain)
        painter.setPen(theme.color("ink2" if self._yen is not None else "ink3"))
        painter.drawText(self.width() - light.horizontalAdvance(yen), 42, yen)
        self._line(painter, 60, share, "ink2", theme.font("label"))
        self._line(painter, 77, basis, "ink3", theme.font("label"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line2"))

    def _line(self, painter: QPainter, base: int, text: str, role: str, font: QFont) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.color(role))
        painter.drawText(0, base, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self.width()))


class DropSlot(QWidget):
    """The dashed place at the top of a column: what a drop here would do, and what must be true for it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = ""
        self._criterion = ""
        self._is_judgement = False
        self.hide()

    def set_words(self, title: str, criterion: str, *, is_judgement: bool) -> None:
        """What to say."""
        self._title, self._criterion, self._is_judgement = title, criterion, is_judgement
        self.update()

    def height_for(self, width: int) -> int:
        """The height its words need."""
        metrics = QFontMetrics(self._theme.font("body"))
        box = metrics.boundingRect(QRect(0, 0, width - 16, 1000), int(Qt.TextFlag.TextWordWrap), self._criterion)
        return max(72, 34 + box.height() + 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: dashed edge, title, 判断, criterion."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        painter.setPen(QPen(theme.color("acc"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(theme.color("sel"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        left = 8
        bold = theme.font("body", bold=True)
        painter.setFont(bold)
        painter.setPen(theme.color("acc"))
        painter.drawText(left, 22, self._title)
        if self._is_judgement:
            self._paint_tag(painter)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("ink2"))
        area = QRect(left, 34, self.width() - 2 * left, self.height() - 40)
        painter.drawText(area, int(Qt.TextFlag.TextWordWrap), self._criterion)

    def _paint_tag(self, painter: QPainter) -> None:
        font = self._theme.font("label")
        width = QFontMetrics(font).horizontalAdvance(_("判断")) + 8
        box = QRect(self.width() - 8 - width, 8, width, 18)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._theme.color("ctl"))
        painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(self._theme.color("ink2"))
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _("判断"))


class CardList(QListView):
    """The cards of one stage. Digits move, arrows and HJKL walk, Enter opens; a drag begins here and is led by the page."""

    opened = Signal(object)
    digit_pressed = Signal(int)
    acted = Signal(str)
    """recycle, lose or date, for the chosen cards."""
    stepped = Signal(int)
    """To the column at the left (-1) or right (1)."""
    drag_began = Signal(object)
    """The index of the card under the pointer."""
    menu_wanted = Signal(QPoint)
    keyboard_came = Signal()
    chosen_alone = Signal()
    """Cards are being chosen here, and none of the other columns stays chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed_at = QPoint()
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._on_double_clicked)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index)

    def put_cursor(self, row: int, *, select: bool = True) -> None:
        """Make a row the current one."""
        model = self.model()
        if model is None or not 0 <= row < model.rowCount():
            return
        index = model.index(row, 0)
        flag = (
            QItemSelectionModel.SelectionFlag.ClearAndSelect if select else QItemSelectionModel.SelectionFlag.NoUpdate
        )
        self.selectionModel().setCurrentIndex(index, flag)

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Qt: what a press does to the selection; told on, because one selection spans nine lists."""
        flags = super().selectionCommand(index, event)
        if flags & QItemSelectionModel.SelectionFlag.Clear:
            self.chosen_alone.emit()
        return flags

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Qt: the pointer left its place with the button down. Nothing leaves the window, so no QDrag is needed."""
        index = self.indexAt(self.pressed_at)
        if index.isValid():
            self.drag_began.emit(index)

    def mousePressEvent(self, event: object) -> None:
        """Qt: remember where, for the place of the card under the pointer."""
        self.pressed_at = event.position().toPoint()  # type: ignore[attr-defined]
        super().mousePressEvent(event)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the board's own keys first."""
        key = int(event.key())
        if event.modifiers() not in NO_MODIFIER:
            super().keyPressEvent(event)
        elif int(Qt.Key.Key_1) <= key <= int(Qt.Key.Key_9):
            self.digit_pressed.emit(key - int(Qt.Key.Key_0))
        elif key in STEPS:
            self.stepped.emit(STEPS[key])
        elif key in ACTS:
            self.acted.emit(ACTS[key])
        elif key in {Qt.Key.Key_J, Qt.Key.Key_K}:
            arrow = Qt.Key.Key_Down if key == Qt.Key.Key_J else Qt.Key.Key_Up
            super().keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, arrow, Qt.KeyboardModifier.NoModifier))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
        elif event.text().isprintable() and event.text() and key != Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: the menu of the chosen cards, by mouse or by its key."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            if self.indexAt(event.pos()).isValid():
                self.menu_wanted.emit(event.globalPos())
        elif self.currentIndex().isValid():
            self.menu_wanted.emit(self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: the keyboard arrived; there is always a card it stands on."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.put_cursor(0)
        self.viewport().update()
        self.keyboard_came.emit()


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
        name = f"{wording.stage_name(self.number)}、{words.count(len(column.ids))}"
        self.cards.setAccessibleName(name)
        self.model.has_yen = column.expected_yen is not None
        height = self._delegate.card_height(self.number, has_yen=self.model.has_yen)
        self.model.pitch = height + GAP
        self.cards.verticalScrollBar().setSingleStep((height + GAP) // 2)
        self.model.set_ids(column.ids)
        self._place()
        self.cards.doItemsLayout()
        self.cards.verticalScrollBar().setValue(scroll)
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
        needed = self.model.rowCount() * pitch
        if needed > room:
            needed = max(pitch, (room - MORE) // pitch * pitch)
        self.cards.setGeometry(0, top, width, needed or room)
        self._more.setGeometry(0, top + needed, width, MORE)
        self._show_more()

    @Slot()
    def _show_more(self) -> None:
        pitch = self.model.pitch
        shown = self.cards.height() // pitch
        hidden = self.model.rowCount() - shown
        below = hidden - round(self.cards.verticalScrollBar().value() / pitch)
        self._more.setVisible(hidden > 0)
        text = _("ほか {count}").format(count=words.count(below)) if below > 0 else _("先頭へもどる")
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
