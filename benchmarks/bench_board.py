"""Promise: opening the board with 10,000 prospects takes at most 150 ms.

The time is from the call that the rail makes to the painted page, the modules loaded. The floor is the same in an empty window: a
page of nine QListViews with eight rows each, built, shown and painted in the same run.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("SOLOFLOW_NOW", "2026-11-21T09:12:00+09:00")

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QApplication, QHBoxLayout, QListView, QStackedWidget, QWidget

from make_profile import fill
from soloflow import app
from soloflow.ui.start import build_window

GOAL_MS = 150.0
RUNS = 9


def opened(show: Callable[[], None]) -> float:
    """Milliseconds until what `show` brings up is painted."""
    QApplication.processEvents()
    start = time.perf_counter()
    show()
    QApplication.processEvents()
    return (time.perf_counter() - start) * 1000


def floor() -> float:
    """The same for nine plain lists."""
    stack = QStackedWidget()
    stack.resize(1280, 800)
    stack.addWidget(QWidget())
    stack.show()

    def show() -> None:
        page = QWidget()
        row = QHBoxLayout(page)
        for _column in range(9):
            view = QListView()
            view.setModel(QStringListModel(["株式会社アクメ"] * 8, view))
            row.addWidget(view)
        stack.addWidget(page)
        stack.setCurrentWidget(page)

    found = opened(show)
    stack.close()
    stack.deleteLater()
    return found


def main() -> None:
    """Measure, print medians and the ratio."""
    application = QApplication.instance() or QApplication(["soloflow", "-style", "fusion"])
    with tempfile.TemporaryDirectory() as place:
        ws = app.open_workspace(Path(place))
        fill(ws, 10_000)
        peers, own = [], []
        for run in range(RUNS + 1):
            peer = floor()
            window = build_window(ws, "light")
            window.resize(1280, 800)
            window.show()
            took = opened(lambda shown=window: shown.show_page("board"))
            window.close()
            window.deleteLater()
            if run:  # the first pair loads modules and fonts
                peers.append(peer)
                own.append(took)
        ws.store.close()
    ratio = statistics.median(own) / statistics.median(peers)
    print(f"nine plain lists               {statistics.median(peers):.1f} ms (median of {RUNS})")
    print(f"board with 10,000 prospects    {statistics.median(own):.1f} ms; goal ≤ {GOAL_MS:.0f} ms; ×{ratio:.1f}")
    del application


if __name__ == "__main__":
    main()
