"""Rows with several texts: one delegate and one list view for 今日, 顧客, cards, timelines and previews.

A row is described, not painted::

    class TaskRows(RowDelegate):
        def cells(self, index: QModelIndex, width: int) -> Sequence[Cell]:
            task = index.data(ROW)                       # the read model
            tick, kind, what, who, day = columns(width, 16, 16, 310, 0, 72, gap=10)   # 0 takes the rest
            return (
                Cell(*tick, icon="circle", key="tick", tip=_("済み")),
                Cell(*kind, icon="mail"),
                Cell(*what, (Run(task.what, bold=task.is_next),)),
                Cell(*who, (Run(task.customer, "ink2"),)),
                Cell(*day, (Run(task.day, "warnt", bold=True),), align="right"),
            )

    rows = RowList(TaskRows(theme, theme.size("row_task")))   # 8 px selection overhang on both sides: give the list's
    # layout 8 px less margin left and right, and its SectionHead inset=8, so that text edges stay in line
    rows.setModel(model); rows.opened.connect(...); rows.cell_clicked.connect(...)   # (index, key)

`Cell(line=0|1)` puts texts on two lines (`lines=2` in the delegate). Text that does not fit ends in … and is shown whole in
the tooltip; icons stand on the middle of the capitals. J/K and arrows move, Enter and double click open, keys the list does
not use go to the page. Models answer `Qt.AccessibleTextRole` with the row as a sentence.
"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QCursor, QFont, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from soloflow.ui import icons
from soloflow.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)
"""The role under which models hand out the read model of a row."""
OVERHANG = 8
GAP = 8


class Run(NamedTuple):
    """A piece of text in one look. A tuple, as the cells are: every painted row makes a dozen of them."""

    text: str
    role: str = "ink"
    bold: bool = False
    type: str = "body"
    strike: bool = False
    tag: bool = False
    """Drawn with an edge, such as 判断."""
    chip: bool = False
    """Drawn on bg3, such as 育成."""
    glued: bool = False
    """Continues the run before it, without a gap."""


class Cell(NamedTuple):
    """A place in the row: `left` and `width` in logical pixels from the text edge of the row."""

    left: int
    width: int
    runs: tuple[Run, ...] = ()
    align: str = "left"
    line: int = 0
    icon: str = ""
    icon_role: str = "ink2"
    icon_size: int = 16
    key: str = ""
    """Makes the cell a button: clicks on it are `cell_clicked(index, key)`."""
    tip: str = ""


def plain_index(index: Index) -> QModelIndex:
    """The index as Qt hands it to slots."""
    return index if isinstance(index, QModelIndex) else index.model().index(index.row(), index.column(), index.parent())


def columns(width: int, *widths: int, gap: int = GAP) -> tuple[tuple[int, int], ...]:
    """(left, width) of columns side by side; one width of 0 takes what is left."""
    rest = max(0, width - sum(widths) - gap * (len(widths) - 1))
    places, left = [], 0
    for wanted in widths:
        taken = wanted or rest
        places.append((left, taken))
        left += taken + gap
    return tuple(places)


class RowDelegate(QStyledItemDelegate):
    """Paints the cells of a row; subclasses say which."""

    cell_clicked = Signal(object, str)

    def __init__(
        self, theme: Theme, height: int, *, lines: int = 1, overhang: int = OVERHANG, hairline: bool = True
    ) -> None:
        super().__init__()
        self.theme = theme
        self.height = height
        self.lines = lines
        self.overhang = overhang
        self.hairline = hairline
        self._fonts = {(kind, bold): theme.font(kind, bold=bold) for kind in theme.types for bold in (False, True)}
        self._metrics = {key: QFontMetrics(font) for key, font in self._fonts.items()}

    def cells(self, index: Index, width: int) -> Sequence[Cell]:
        """What the row shows; `width` is the room between its text edges."""
        raise NotImplementedError

    def row_height(self, _index: Index) -> int:
        """The height of this row; lists with rows of one height need not answer."""
        return self.height

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: ground, hairline, cells."""
        rect: QRect = option.rect
        view = option.widget
        assert isinstance(view, QAbstractItemView)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, view, rect, index)
        inner = self._inner(rect)
        for cell in self.cells(index, inner.width()):
            self._paint_cell(painter, inner, cell)
        painter.restore()

    def _paint_ground(self, painter: QPainter, view: QAbstractItemView, rect: QRect, index: Index) -> None:
        # Asked of the view, not of the option: its flags would load everything about styles before the first window.
        if view.selectionModel().isSelected(plain_index(index)):
            self._fill(painter, rect, "sel")
            if view.hasFocus() and index == view.currentIndex():
                painter.setPen(QPen(self.theme.color("acc"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                radius = self.theme.size("radius") if self.overhang else 0
                painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -2), radius, radius)
        else:
            if view.underMouse() and rect.contains(view.viewport().mapFromGlobal(QCursor.pos())):
                self._fill(painter, rect, "bg3")
            if self.hairline:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self.theme.color("line"))
                painter.drawRect(rect.left() + self.overhang, rect.bottom(), rect.width() - 2 * self.overhang, 1)

    def _fill(self, painter: QPainter, rect: QRect, role: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color(role))
        radius = self.theme.size("radius") if self.overhang else 0
        painter.drawRoundedRect(rect, radius, radius)

    def _inner(self, rect: QRect) -> QRect:
        margin = self.overhang or self.theme.size("m")
        return rect.adjusted(margin, 0, -margin, 0)

    def _place(self, inner: QRect, cell: Cell) -> QRect:
        return QRect(inner.left() + cell.left, inner.top(), cell.width, inner.height())

    def baseline(self, rect: QRect, line: int) -> float:
        """Where the text of a line stands: capitals in the middle of their line."""
        height = 20
        top = rect.top() + (rect.height() - 1 - height * self.lines) / 2 + height * line
        cap = self._metrics["body", False].capHeight()
        return round(top + (height + cap) / 2)

    def _paint_cell(self, painter: QPainter, inner: QRect, cell: Cell) -> None:
        place = self._place(inner, cell)
        base = self.baseline(inner, cell.line)
        x = place.left()
        if cell.icon:
            cap = self._metrics["body", False].capHeight()
            left = place.right() + 1 - cell.icon_size if cell.align == "right" and not cell.runs else x
            icons.paint(
                painter,
                self.theme,
                left,
                base - cap / 2 - cell.icon_size / 2,
                cell.icon,
                cell.icon_role,
                cell.icon_size,
            )
            x += cell.icon_size + GAP
        room = place.right() + 1 - x
        if cell.align == "right":
            x += max(0, room - self._width(cell.runs))
        end = place.right() + 1
        for number, run in enumerate(cell.runs):
            x += GAP if number and not run.glued else 0
            if x >= end:
                break
            x += self._paint_run(painter, x, base, end - x, run)

    def _paint_run(self, painter: QPainter, x: int, base: float, room: int, run: Run) -> int:
        key = (run.type, run.bold)
        metrics = self._metrics[key]
        boxed = run.tag or run.chip
        pad = 5 if boxed else 0
        text = run.text
        width = metrics.horizontalAdvance(text) + 2 * pad
        if width > room:  # elidedText also cuts what fits to the pixel
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - 2 * pad)
            width = metrics.horizontalAdvance(text) + 2 * pad
        if boxed:
            middle = base - metrics.capHeight() / 2
            box = QRectF(x + 0.5, round(middle - 9) + 0.5, width - 1, 17)
            painter.setPen(self.theme.color("line2") if run.tag else Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("bg3") if run.chip else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 4, 4)
        font = self._fonts[key]
        if run.strike:
            font = QFont(font)
            font.setStrikeOut(True)
        painter.setFont(font)
        painter.setPen(self.theme.color(run.role))
        painter.drawText(QPointF(x + pad, base), text)
        return width

    def _width(self, runs: Sequence[Run]) -> int:
        widths = [
            self._metrics[r.type, r.bold].horizontalAdvance(r.text) + (10 if r.tag or r.chip else 0) for r in runs
        ]
        return sum(widths) + GAP * sum(not run.glued for run in runs[1:])

    def cell_at(self, rect: QRect, index: Index, x: float, y: float) -> Cell | None:
        """The cell under a point of the view; small cells answer on 24 × 24."""
        inner = self._inner(rect)
        for cell in self.cells(index, inner.width()):
            place = self._place(inner, cell)
            if self.lines > 1:
                base = self.baseline(inner, cell.line)
                place.setTop(int(base) - 15)
                place.setHeight(20)
            grow = max(0, (24 - place.width()) // 2)
            if place.adjusted(-grow, 0, grow, 0).contains(int(x), int(y)):
                return cell
        return None

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: as high as said, as wide as the list."""
        return QSize(0, self.row_height(index))

    def editorEvent(
        self, event: QEvent, _model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Qt: clicks on cells with a key."""
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            rect: QRect = option.rect
            cell = self.cell_at(rect, index, event.position().x(), event.position().y())
            if cell is not None and cell.key:
                if event.type() == QEvent.Type.MouseButtonRelease:
                    self.cell_clicked.emit(plain_index(index), cell.key)
                return True
        return False

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Qt: the whole text where it was shortened, or the cell's own tip."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        rect: QRect = option.rect
        cell = self.cell_at(rect, index, event.pos().x(), event.pos().y())
        tip = ""
        if cell is not None:
            room = cell.width - (cell.icon_size + GAP if cell.icon else 0)
            tip = cell.tip or (" ".join(run.text for run in cell.runs) if self._width(cell.runs) > room else "")
        QToolTip.showText(event.globalPos(), tip, view)
        return True


class RowList(QListView):
    """A list of such rows, without frame; smooth at any length."""

    opened = Signal(object)
    """A QModelIndex: Enter or double click."""
    cell_clicked = Signal(object, str)
    moved = Signal(object)
    """The current row is another one."""

    def __init__(self, delegate: RowDelegate, *, uniform: bool = True) -> None:
        super().__init__()
        self.rows = delegate
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(uniform)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # A viewport of our own: for the first widget that Qt made itself, PySide loads every kind of widget there is to
        # learn which one it is, and the first window would wait for that.
        ground = QWidget()
        ground.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setViewport(ground)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(delegate.height)
        delegate.cell_clicked.connect(self.cell_clicked)
        self.doubleClicked.connect(self._on_double_clicked)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index)

    def fit_height(self) -> None:
        """Be exactly as high as the rows, for lists that stand under each other on one scrolling page."""
        model = self.model()
        total = sum(self.rows.row_height(model.index(row, 0)) for row in range(model.rowCount())) if model else 0
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(total)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Qt: another row."""
        super().currentChanged(current, previous)
        self.moved.emit(plain_index(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: J and K move, Enter opens, letters and digits go on to the page."""
        key = event.key()
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if plain and key in {Qt.Key.Key_J, Qt.Key.Key_K}:
            arrow = Qt.Key.Key_Down if key == Qt.Key.Key_J else Qt.Key.Key_Up
            super().keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, arrow, Qt.KeyboardModifier.NoModifier))
        elif plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)
