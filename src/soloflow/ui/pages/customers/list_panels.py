"""The panels that open under the head of the list: what narrows it, and the views.

Signals: `filtered(Filter)` at once with every chip, `cleared()`, `view_chosen(View)`.
"""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from soloflow.services.customers import Filter
from soloflow.ui.context import Context
from soloflow.ui.pages.customers.filters import FilterPanel
from soloflow.ui.pages.customers.views_panel import Shown, ViewsPanel
from soloflow.ui.widgets.ask_panel import open_popover
from soloflow.ui.widgets.popover import Popover

ABOVE = 170
"""What a panel under the head leaves of the window's height to the bars and to its own button."""


class ListPanels(QObject):
    """Opens one of them at a time and closes it when something was chosen."""

    filtered = Signal(object)
    cleared = Signal()
    view_chosen = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._open: Popover | None = None

    def open_filter(self, wanted: Filter, anchor: QWidget) -> None:
        """Offer everything that can narrow the list."""
        panel = FilterPanel(self._context, wanted, self._on_clear, anchor.window().height() - ABOVE)
        panel.changed.connect(self.filtered)
        self._open = open_popover(panel, anchor)

    def open_views(self, shown: Shown, anchor: QWidget) -> None:
        """Offer the views, and a name for what is shown."""
        panel = ViewsPanel(self._context, shown)
        panel.chosen.connect(self._on_view)
        panel.done.connect(self.close_panel)
        self._open = open_popover(panel, anchor)

    def _on_clear(self) -> None:
        self.close_panel()
        self.cleared.emit()

    @Slot(object)
    def _on_view(self, view: object) -> None:
        self.close_panel()
        self.view_chosen.emit(view)

    @Slot()
    def close_panel(self) -> None:
        """Close the one that is open."""
        if self._open is not None:
            panel, self._open = self._open, None
            panel.close_panel()
