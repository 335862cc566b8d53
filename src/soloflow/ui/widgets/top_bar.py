"""The bar above every page: command field, undo and redo, and the one primary button 記録."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from soloflow.i18n import _, pgettext
from soloflow.ui.context import Context
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import ShortcutButton, icon_button
from soloflow.ui.widgets.palette import CommandField, Provider


class TopBar(QFrame):
    """48 high."""

    def __init__(self, context: Context, window: QWidget, providers: list[Provider]) -> None:
        super().__init__()
        styled(self, variant="topbar")
        self.setFixedHeight(context.theme.size("topbar"))
        self.field = CommandField(context, window, providers)
        self.field.setMaximumWidth(context.theme.size("command_width"))
        self.field.setMinimumWidth(240)
        self.undo = icon_button(context.icon("undo"), _("取り消す"), context.undo, shortcut="Ctrl+Z")
        self.redo = icon_button(context.icon("redo"), _("やり直す"), context.redo, shortcut="Ctrl+Shift+Z")
        self.capture = ShortcutButton(
            context.theme, pgettext("button", "記録"), "Ctrl+N", context.open_capture, primary=True, icon="plus"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 100)
        row.addStretch(1)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addSpacing(16)
        row.addWidget(self.capture)
        self.show_steps(None, None)

    def show_steps(self, undo: str | None, redo: str | None) -> None:
        """What undo and redo would do, None where there is nothing."""
        for made, name, keys, what in (
            (self.undo, _("取り消す"), "Ctrl+Z", undo),
            (self.redo, _("やり直す"), "Ctrl+Shift+Z", redo),
        ):
            made.setEnabled(what is not None)
            made.setToolTip(f"{name}  {keys}" + (f"\n{what}" if what else ""))
