"""What every page of the window is: a widget that refreshes itself from `Changes` and can be arrived at.

For page authors::

    class TodayPage(Page):
        key = "today"

        def __init__(self, context: Context) -> None:
            super().__init__(context)
            ...build widgets; no data yet...

        def refresh(self, changes: Changes | None) -> None:
            '''changes None: first showing or "everything may be different"; else only what changed.'''

        def arrive(self, **args: object) -> None: ...   # context.navigate("today", prospect=12)
        def focus_first(self) -> None: ...

The window calls `refresh(None)` before the page is first seen, then `refresh(changes)` after each change while the page is
visible. `changes.topics` may be {"*"} with `many=True`: another process wrote something, read everything. Changes that come while it is hidden are gathered and handed over as one when it is shown again. `arrive` comes
after that refresh.
"""

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from soloflow.services.changes import Changes
from soloflow.ui.context import Context
from soloflow.ui.theme import styled


class Page(QWidget):
    """One page of the window."""

    key = ""
    foot_height = 0
    """Height of a bar fixed to the page's foot; the notice stands above it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.needs_refresh = True
        self._missed: Changes | None = None
        styled(self, variant="page")
        context.changed.connect(self._take_changes)

    def refresh(self, changes: Changes | None) -> None:
        """Read again what the page shows; `changes` None means everything."""
        raise NotImplementedError

    def arrive(self, **args: object) -> None:
        """Show what the caller came for; the arguments are the page's own."""

    def kept(self) -> object:
        """What the user chose here, for the page that is built in its place in another theme or language."""
        return None

    def take_over(self, kept: object) -> None:
        """Stand as the page stood that was here; called before the first refresh, with what its `kept` said."""

    def focus_first(self) -> None:
        """Put the keyboard where the user will most likely begin."""
        self.setFocus()

    def refresh_if_needed(self) -> None:
        """Catch up with what changed while the page was hidden."""
        if self.needs_refresh:
            missed, self._missed = self._missed, None
            self.needs_refresh = False
            self.refresh(missed)

    @Slot(object)
    def _take_changes(self, changes: Changes) -> None:
        if self.isVisible() and not self.needs_refresh:
            self.refresh(changes)
        elif not self.needs_refresh:
            self._missed, self.needs_refresh = changes, True
        elif self._missed is not None:
            self._missed = together(self._missed, changes)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: about to be seen."""
        self.refresh_if_needed()
        super().showEvent(event)


def together(first: Changes, second: Changes) -> Changes:
    """Two changes as one, for a page that missed both."""
    return Changes(
        change_set=second.change_set,
        label=second.label,
        topics=first.topics | second.topics,
        prospects=first.prospects | second.prospects,
        created=first.created + second.created,
        many=first.many or second.many,
    )
