"""The program's own line icons (`resources/icons/*.svg`), drawn in the colour of the text they stand beside.

For page authors::

    icons.icon(theme, "mail")                      # QIcon, ink2, 16 px
    icons.icon(theme, "warning", "warnt", 20)
    icons.paint(painter, theme, x, y, "mail", "ink3", 16)   # inside a delegate, crisp at every scale

Names are the file names without `.svg`; `names()` lists them. In a page `self.context.icon("mail")` is shorter.
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from soloflow import resources
from soloflow.ui.theme import Theme

TEXT_GAP = 3
"""Added to the 4 px that Qt leaves between icon and words."""


def icon(theme: Theme, name: str, role: str = "ink2", size: int = 16) -> QIcon:
    """The icon `name` in the colour of the token `role`, greyed where its control is disabled."""
    return _icon(name, theme.hex(role), theme.hex("line2"), size)


def beside_text(control: QAbstractButton, theme: Theme, name: str, role: str = "ink2") -> None:
    """Put an icon before the words of a button, with room between the two that Qt itself does not leave."""
    control.setIcon(_icon(name, theme.hex(role), theme.hex("line2"), 16, TEXT_GAP))
    control.setIconSize(QSize(16 + TEXT_GAP, 16))


def pixmap(theme: Theme, name: str, role: str = "ink2", size: int = 16, ratio: float = 1.0) -> QPixmap:
    """The icon as a pixmap of `size` logical pixels for a screen with that device pixel ratio."""
    return _pixmap(name, theme.hex(role), size, ratio)


def paint(painter: QPainter, theme: Theme, x: float, y: float, name: str, role: str = "ink2", size: int = 16) -> None:
    """Draw the icon with its upper left corner at (x, y)."""
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(round(x), round(y), pixmap(theme, name, role, size, ratio))


def names() -> tuple[str, ...]:
    """Every icon there is."""
    return tuple(sorted(file.stem for file in resources.path("icons").glob("*.svg")))


@lru_cache(maxsize=256)
def _icon(name: str, color: str, disabled: str, size: int, gap: int = 0) -> QIcon:
    made = QIcon()
    for ratio in {screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}:
        made.addPixmap(_widened(_pixmap(name, color, size, ratio), gap))
        made.addPixmap(_widened(_pixmap(name, disabled, size, ratio), gap), QIcon.Mode.Disabled)
    return made


def _widened(drawn: QPixmap, gap: int) -> QPixmap:
    """The same with an empty strip of `gap` logical pixels at its right."""
    if not gap:
        return drawn
    ratio = drawn.devicePixelRatio()
    made = QPixmap(QSize(drawn.width() + round(gap * ratio), drawn.height()))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return made


@lru_cache(maxsize=512)
def _pixmap(name: str, color: str, size: int, ratio: float) -> QPixmap:
    source = resources.path("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", color)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    drawn = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, drawn.width(), drawn.height()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn
