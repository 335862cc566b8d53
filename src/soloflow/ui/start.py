"""Builds the window of an open profile, and gives faults in it their door."""

import sys
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from soloflow import i18n
from soloflow.i18n import _
from soloflow.ui.context import Context
from soloflow.ui.main_window import MainWindow
from soloflow.ui.qt_words import use_qt_words
from soloflow.ui.theme import apply_theme, load_theme, resolve_appearance

if TYPE_CHECKING:
    from soloflow.services.workspace import Workspace


def build_context(workspace: "Workspace", appearance: str = "system") -> Context:
    """What the windows of an open profile share, in its theme."""
    theme = load_theme(resolve_appearance(appearance))
    apply_theme(theme)
    use_qt_words(i18n.language())
    context = Context(workspace, theme)
    context.appearance = appearance
    if not theme.has_japanese:
        from soloflow.ui.widgets.band import Band

        # The user may not be able to read Japanese boxes: say it in both languages.
        context.set_band(
            Band(
                _("日本語のフォントが見つかりません。Noto Sans CJK などを入れて、開き直してください。")
                + " No Japanese font was found: install one, such as Noto Sans CJK, and open again.",
                "warning",
            )
        )
    return context


def build_window(workspace: "Workspace", appearance: str = "system") -> MainWindow:
    """The window of an open profile, not shown yet."""
    return window_of(build_context(workspace, appearance))


def window_of(context: Context) -> MainWindow:
    """The window over what is shared, not shown yet."""
    window = MainWindow(context)
    context.setParent(window)
    return window


class BugDoor:
    """Faults in slots go to the same dialog as faults in jobs."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            QApplication.quit()
        else:
            self._context.report_bug(error)
