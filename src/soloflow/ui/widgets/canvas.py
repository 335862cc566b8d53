"""A chart on a page: paints a matplotlib Figure through Agg, sharp at every scale, and knows what is under the pointer.

    canvas = FigureCanvas(theme, name=_("どこへ行ったか"))
    canvas.set_draw(partial(draw_funnel, result))   # draw(width_px, height_px) -> (Figure, [Region])
    canvas.region_clicked.connect(self._open_list)  # the Region's key

`draw` is called with logical pixels when the canvas is shown, after it changed size (once it stands still), and by
`refresh()`. It returns a Figure of width/100 × height/100 inches (dpi 100 is one logical pixel per pixel; the canvas raises
the dpi for sharper screens) and the regions that answer to the pointer, in logical pixels from the upper left corner.
matplotlib is loaded at the first painting, without its Qt backend.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from soloflow.ui.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SETTLE_MS = 40
DPI = 100
SAME_ROW = 6
"""Marks of one row have their middles less than this apart."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the drawing that means something."""

    x: float
    y: float
    width: float
    height: float
    key: Hashable
    tip: str = ""


WALKING = frozenset(
    {Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}
)
Draw = Callable[[int, int], "tuple[Figure, Sequence[Region]]"]


class FigureCanvas(QWidget):
    """The drawing; Tab walks its regions, Enter clicks the one at hand."""

    region_clicked = Signal(object)
    region_hovered = Signal(object)
    """The key under the pointer or at the keyboard's place, None when the pointer left."""
    copy_wanted = Signal()
    """Ctrl+C: who shows the drawing knows how it goes to the clipboard."""

    def __init__(self, theme: Theme, *, name: str = "", overhang: int = 0) -> None:
        """`overhang` is what the widget reaches beyond its drawing at both sides, so that the mark is not at the letters."""
        super().__init__()
        self._theme = theme
        self._overhang = overhang
        self._draw: Draw | None = None
        self._image: QImage | None = None
        self._regions: tuple[Region, ...] = ()
        self._under: Region | None = None
        self._cursor = -1
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)

    def set_draw(self, draw: Draw | None) -> None:
        """Show another drawing; None shows nothing."""
        self._draw = draw
        self._image = None
        if self.isVisible():
            self.refresh()

    def rehearsal(self) -> Callable[[Draw], None]:
        """The call that makes a drawing quick which this canvas will be given; to be made on a worker's thread."""
        return partial(rehearse, self.width() - 2 * self._overhang, self.height(), self.devicePixelRatioF())

    @Slot()
    def refresh(self) -> None:
        """Draw again now."""
        self._settle.stop()
        if self._draw is None or self.width() < 8 or self.height() < 8:
            self._image, self._regions = None, ()
        else:
            figure, regions = self._draw(self.width() - 2 * self._overhang, self.height())
            self._image = figure_image(figure, self.devicePixelRatioF())
            self._regions = tuple(replace(one, x=one.x + self._overhang) for one in regions)
        self._under = None
        self._cursor = min(self._cursor, len(self._regions) - 1)
        self.update()

    @property
    def at_hand(self) -> QRect | None:
        """Where the region at the keyboard's place is, for who must keep it in sight; None while the pointer leads."""
        if not self.hasFocus() or not 0 <= self._cursor < len(self._regions) or self._under is not None:
            return None
        region = self._regions[self._cursor]
        return QRectF(region.x, region.y, region.width, region.height).toAlignedRect()

    def sizeHint(self) -> QSize:
        """Qt: a common size."""
        return QSize(600, 360)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: the picture as last drawn, and the focus."""
        painter = QPainter(self)
        if self._image is not None:
            painter.drawImage(self._overhang, 0, self._image)
        if self.hasFocus() and 0 <= self._cursor < len(self._regions):
            region = self._regions[self._cursor]
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("acc"), 2))
            beyond = max(2, self._overhang // 2)
            ring = QRectF(region.x, region.y, region.width, region.height).adjusted(-beyond, -2, beyond, 2)
            painter.drawRoundedRect(ring & QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: draw again when the size stands still."""
        super().resizeEvent(event)
        self._settle.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: about to be seen."""
        super().showEvent(event)
        if self._image is None:
            self.refresh()

    def _at(self, x: float, y: float) -> Region | None:
        hits = (r for r in reversed(self._regions) if r.x <= x <= r.x + r.width and r.y <= y <= r.y + r.height)
        return next(hits, None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: a hand over what can be clicked."""
        under = self._at(event.position().x(), event.position().y())
        if under is not self._under:
            self._under = under
            self.setCursor(Qt.CursorShape.PointingHandCursor if under else Qt.CursorShape.ArrowCursor)
            self.region_hovered.emit(under.key if under else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Qt: nothing is under the pointer any more."""
        super().leaveEvent(event)
        if self._under is not None:
            self._under = None
            self.region_hovered.emit(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: a click on a region."""
        under = self._at(event.position().x(), event.position().y())
        if under is not None and event.button() == Qt.MouseButton.LeftButton:
            self.region_clicked.emit(under.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows, Home and End walk through the regions, Enter clicks."""
        key = event.key()
        if self._regions and key in WALKING:
            self._cursor = walked(self._regions, self._cursor, Qt.Key(key))
            self.setAccessibleDescription(self._regions[self._cursor].tip)
            self.region_hovered.emit(self._regions[self._cursor].key)
            self.update()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and 0 <= self._cursor < len(self._regions):
            self.region_clicked.emit(self._regions[self._cursor].key)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: the keyboard begins at the first region; who came by mouse sees no mark until an arrow key is pressed."""
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            self._cursor = -1
        elif event.reason() != Qt.FocusReason.ActiveWindowFocusReason:  # then it is as it was before
            self._cursor = max(0, self._cursor) if self._regions else -1
        super().focusInEvent(event)

    def event(self, event: QEvent) -> bool:
        """Qt: tooltips, and a screen of another sharpness."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            under = self._at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), under.tip if under else "", self)
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._settle.start()
        return super().event(event)


def walked(regions: Sequence[Region], place: int, key: Qt.Key) -> int:
    """Where a key leads from a region: the one before or after, the nearest in the row above or below, the first or last."""
    last = len(regions) - 1
    if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and place >= 0:
        return _beside(regions, place, -1 if key == Qt.Key.Key_Up else 1)
    return {
        Qt.Key.Key_Home: 0,
        Qt.Key.Key_End: last,
        Qt.Key.Key_Right: min(last, place + 1),
        Qt.Key.Key_Left: max(0, place - 1),
    }.get(key, 0)


def _beside(regions: Sequence[Region], place: int, way: int) -> int:
    """The nearest region of the next row that way; the same where there is none."""
    here = regions[place]
    middle, centre = here.y + here.height / 2, here.x + here.width / 2
    beyond = [
        (way * (one.y + one.height / 2 - middle), max(one.x - centre, centre - one.x - one.width, 0), number)
        for number, one in enumerate(regions)
        if way * (one.y + one.height / 2 - middle) > max(here.height, one.height) / 2
    ]
    row = min((far for far, _aside, _number in beyond), default=0.0)
    return min(((aside, far, number) for far, aside, number in beyond if far < row + SAME_ROW), default=(0, 0, place))[
        2
    ]


def rehearse(width: int, height: int, ratio: float, draw: Draw) -> None:
    """Draw it for nobody, on a worker's thread: the canvas, which draws the same then, finds every text shaped."""
    from soloflow.charts.raster import pixels

    figure, _regions = draw(width, height)
    pixels(figure, DPI * ratio)


def figure_image(figure: "Figure", ratio: float = 1.0) -> QImage:
    """The figure as an image of figure inches × 100 logical pixels, `ratio` times as sharp."""
    from soloflow.charts.raster import pixels

    drawn = pixels(figure, DPI * ratio)
    image = QImage(drawn.rows, drawn.width, drawn.height, drawn.width * 4, QImage.Format.Format_RGBA8888).copy()
    image.setDevicePixelRatio(ratio)
    return image
