"""Windows for tests: a real profile, a themed application, and a check that nothing stays open."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication

from soloflow.services.workspace import Workspace
from soloflow.store.database import FILE_NAME, open_store
from soloflow.ui.context import Context
from soloflow.ui.theme import Theme, apply_theme, load_theme

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def _settle() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """As the program starts it (soloflow.ui.session)."""
    return ["soloflow", "-style", "fusion"]


@pytest.fixture(autouse=True)
def _no_window_left_behind(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    before = set(QApplication.topLevelWidgets())
    yield
    # qtbot closes the widgets it was given after this fixture; what it was not given must be gone by now
    _settle()
    known = {widget() for widget, _close in getattr(request.node, "qt_widgets", [])}
    left = [w for w in QApplication.topLevelWidgets() if w not in before | known and w.isVisible()]
    assert not left, f"windows left open: {left}"
    timers = [t for t in qapp.findChildren(QTimer) if t.isActive()]
    assert not timers, f"timers left running: {timers}"


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    light = load_theme("light")
    if not qapp.styleSheet():
        apply_theme(light)
    return light


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    store = open_store(tmp_path / FILE_NAME)
    yield Workspace(store, tmp_path, lambda: NOON, ZoneInfo("Asia/Tokyo"))
    store.close()


@pytest.fixture
def context(workspace: Workspace, theme: Theme) -> Iterator[Context]:
    made = Context(workspace, theme)
    made.appearance = "light"
    yield made
    made.close()
    made.deleteLater()
    _settle()
