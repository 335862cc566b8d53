"""並び順: a button that says the order and offers the others."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from soloflow.i18n import N_, _
from soloflow.ui import icons
from soloflow.ui.context import Context

ORDERS = {
    "fit": N_("よく合う順"), "next": N_("次の一手"), "name": N_("名前"), "stage": N_("工程"), "recent": N_("最近の活動"), "amount": N_("見込みの金額"),
    "waiting": N_("工程にいる日数"),
}  # fmt: skip


class SortButton(QToolButton):
    """Signal `chosen(order)` with a key of `ORDERS`."""

    chosen = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        icons.beside_text(self, context.theme, "sort")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(32)
        menu = QMenu(self)
        self._group = QActionGroup(menu)
        for key, name in ORDERS.items():
            action = QAction(_(name), self._group)
            action.setData(key)
            action.setCheckable(True)
            menu.addAction(action)
        self.setMenu(menu)
        self._group.triggered.connect(self._on_triggered)
        self.show_order("next")

    def show_order(self, order: str, *, is_search: bool = False) -> None:
        """Say which order holds; only a search can be ordered by how well it fits."""
        self.setText(_(ORDERS[order]))
        name = _("並び順：{order}").format(order=_(ORDERS[order]))
        self.setToolTip(name)
        self.setAccessibleName(name)
        for action in self._group.actions():
            action.setChecked(action.data() == order)
            action.setVisible(is_search or action.data() != "fit")

    def set_wordless(self, wordless: bool) -> None:
        """Show only the icon, where there is no room for the words; they stay in the tooltip."""
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if wordless else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.setToolButtonStyle(style)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))
