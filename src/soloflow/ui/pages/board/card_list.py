"""The cards of one stage as a list: its keys, its mouse, its part of the choice that spans nine lists."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from soloflow.ui.models.board_cards import CardsModel

NO_MODIFIER = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
STEPS = {
    int(Qt.Key.Key_Left): -1,
    int(Qt.Key.Key_H): -1,
    int(Qt.Key.Key_Right): 1,
    int(Qt.Key.Key_L): 1,
}
ACTS = {int(Qt.Key.Key_R): "recycle", int(Qt.Key.Key_X): "lose", int(Qt.Key.Key_D): "date"}


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
        self._was_dragged = False
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
        if not isinstance(model, CardsModel) or not 0 <= row < model.total:
            return
        model.reveal(row)
        index = model.index(row, 0)
        flag = (
            QItemSelectionModel.SelectionFlag.ClearAndSelect if select else QItemSelectionModel.SelectionFlag.NoUpdate
        )
        self.selectionModel().setCurrentIndex(index, flag)

    def selectionCommand(  # noqa: N802 - Qt's name
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
        self._was_dragged = True
        if index.isValid():
            self.drag_began.emit(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: remember where, for the place of the card under the pointer."""
        self.pressed_at = event.position().toPoint()
        self._was_dragged = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: after Esc the button may still be down; one press is one drag."""
        if not (self._was_dragged and event.buttons()):
            super().mouseMoveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the board's own keys first."""
        key = int(event.key())
        if key == Qt.Key.Key_End:
            self._tell_of_all()
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

    def _tell_of_all(self) -> None:
        model = self.model()
        if isinstance(model, CardsModel):
            model.reveal(model.total - 1)

    def selectAll(self) -> None:  # noqa: N802 - Qt's name
        """Qt: every card of the column, also those the view was not told of yet."""
        self._tell_of_all()
        self.chosen_alone.emit()
        super().selectAll()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: the menu of the chosen cards, by mouse or by its key."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            if self.indexAt(event.pos()).isValid():
                self.menu_wanted.emit(event.globalPos())
        elif self.currentIndex().isValid():
            self.menu_wanted.emit(self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: the keyboard arrived. Who comes by Tab means the card it stands on, and no other column's any more."""
        row = self.currentIndex().row()
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.chosen_alone.emit()
            self.put_cursor(max(0, row))
        self.viewport().update()
        self.keyboard_came.emit()
