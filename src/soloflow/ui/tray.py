"""The icon in the desktop's notification area: 記録, 開く, 終了. Where the desktop has none, nothing is missing."""

from PySide6.QtCore import QByteArray, QObject, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from soloflow import resources
from soloflow.i18n import _
from soloflow.ui.context import Context


def is_available() -> bool:
    """Whether the desktop has a place for the icon."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """The icon and its menu; says what is wanted and does nothing itself."""

    capture_wanted = Signal()
    window_wanted = Signal()
    end_wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self.menu = QMenu()
        self._icon = QSystemTrayIcon(_icon(), self)
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._on_activated)
        self._icon.show()

    @property
    def is_visible(self) -> bool:
        """Whether the user can reach the program through it now; a desktop's panel may end before we do."""
        return self._icon.isVisible() and is_available()

    def follow(self, context: Context) -> None:
        """Speak the language of this profile from now on."""
        if self._context is not None:
            self._context.theme_changed.disconnect(self._say)
        self._context = context
        context.theme_changed.connect(self._say)
        self._say()

    @Slot()
    def _say(self) -> None:
        self._icon.setToolTip(
            "SoloFlow\n"
            + _("どこからでも記録するには、デスクトップの設定で soloflow capture をキーに割り当ててください。")
        )
        self.menu.clear()
        self.menu.addAction(_("記録"), self.capture_wanted.emit)
        self.menu.addAction(_("開く"), self.window_wanted.emit)
        self.menu.addSeparator()
        self.menu.addAction(_("終了"), self.end_wanted.emit)

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.capture_wanted.emit()

    def remove(self) -> None:
        """Take the icon away."""
        self._icon.hide()
        self.menu.deleteLater()


def _icon() -> QIcon:
    """The program's own picture, in colours of its own: the ground of a panel is not ours to know."""
    drawing = QSvgRenderer(QByteArray(resources.path("desktop", "soloflow.svg").read_bytes()))
    made = QIcon()
    for side in (16, 22, 24, 32, 48, 64):
        drawn = QPixmap(side, side)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        drawing.render(painter)
        painter.end()
        made.addPixmap(drawn)
    return made
