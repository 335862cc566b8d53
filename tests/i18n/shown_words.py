"""Every word a window shows, hints at, says to a screen reader or paints.

Painted words are read from a drawing of the window as SVG, in which every text stands as text; those of the charts from the
figures that are drawn.
"""

import html
import re

from matplotlib.text import Text
from PySide6.QtCore import QAbstractTableModel, QBuffer, QIODevice, QPoint, Qt
from PySide6.QtGui import QAction, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)  # fmt: skip
from pytestqt.qtbot import QtBot

from quiet import rests
from soloflow.ui.capture_window import CaptureWindow
from soloflow.ui.main_window import MainWindow
from soloflow.ui.pages.site.miniature import Miniature
from soloflow.ui.widgets.canvas import FigureCanvas

JAPANESE = re.compile(r"[ぁ-んァ-ヺ一-龥々、。「」（）：・]")
OF_THE_SITE = (Miniature,)
"""Shows the site itself, which is written for Japanese readers."""
OWN_NAMES = {"日本語", "水"}
"""A language and a look of the site, called by their own names."""
KEPT_ROWS, KEPT_COLUMNS = 40, 12
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def painted(widget: QWidget) -> list[str]:
    """Every text that is drawn."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.ReadWrite)
    drawing = QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setSize(widget.size())
    hidden = [one for kind in OF_THE_SITE for one in widget.findChildren(kind) if one.isVisible()]
    for one in hidden:
        one.hide()
    painter = QPainter(drawing)
    widget.render(painter, QPoint())
    painter.end()
    for one in hidden:
        one.show()
    return [html.unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", bytes(buffer.data()).decode())]


def words_of(widget: QWidget) -> list[str]:
    """What one widget shows, hints at or says to a screen reader."""
    found = [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle()]
    found += [action.text() for action in widget.actions()] + [action.toolTip() for action in widget.actions()]
    match widget:
        case QLabel() | QAbstractButton():
            found.append(widget.text())
        case QLineEdit():
            found += [widget.text(), widget.placeholderText()]
        case QPlainTextEdit():
            found.append(widget.placeholderText())
        case QComboBox():
            found += [widget.itemText(row) for row in range(widget.count())]
        case QAbstractItemView() if widget.model() is not None:
            found += _listed(widget)
        case FigureCanvas() if widget.isVisible() and widget._draw is not None:
            figure, regions = widget._draw(widget.width(), widget.height())
            found += [one.get_text() for one in figure.findobj(Text)] + [region.tip for region in regions]
    return found


def _listed(view: QAbstractItemView) -> list[str]:
    model = view.model()
    is_table = isinstance(model, QAbstractTableModel)  # a list keeps its count of columns to itself
    columns = range(min(KEPT_COLUMNS, model.columnCount()) if is_table else 1)
    cells = [
        str(model.index(row, column).data(role) or "")
        for row in range(min(KEPT_ROWS, model.rowCount()))
        for column in columns
        for role in ROLES
    ]
    heads = [str(model.headerData(column, Qt.Orientation.Horizontal) or "") for column in columns] if is_table else []
    return cells + heads


def untranslated(root: QWidget) -> set[str]:
    """The Japanese in a window, a page or a panel."""
    shown = [one for one in (root, *root.findChildren(QWidget)) if not isinstance(one, OF_THE_SITE)]
    texts = [text for one in shown for text in words_of(one)]
    texts += [action.text() for action in root.findChildren(QAction)]
    texts += painted(root) if root.isVisible() else []
    return {text for text in texts if JAPANESE.search(text)} - OWN_NAMES


def settle(qtbot: QtBot, window: MainWindow | CaptureWindow) -> None:
    """Wait until the window has done what it was asked for."""
    rests(qtbot, window.context, window)
