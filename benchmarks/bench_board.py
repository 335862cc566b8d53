"""Promise: opening the board with 10,000 prospects takes at most 150 ms, and no more than a few empty windows of its size.

The floor is an empty page of nine QListViews, built and painted in the same process.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path

os.environ.setdefault("SOLOFLOW_NOW", "2026-11-21T09:12:00+09:00")

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QApplication, QHBoxLayout, QListView, QWidget

from make_profile import fill
from soloflow import app
from soloflow.ui.pages.board import BoardPage
from soloflow.ui.start import build_window

GOAL_MS = 150.0
RUNS = 9


def painted(widget: QWidget) -> None:
    """Show a widget and paint it whole."""
    widget.resize(1204, 726)
    widget.show()
    QApplication.processEvents()
    widget.grab()


def floor() -> float:
    """Milliseconds for nine empty lists."""
    start = time.perf_counter()
    page = QWidget()
    row = QHBoxLayout(page)
    for _column in range(9):
        view = QListView()
        view.setModel(QStringListModel(["x"] * 8, view))
        row.addWidget(view)
    painted(page)
    found = (time.perf_counter() - start) * 1000
    page.close()
    return found


def main() -> None:
    """Measure, print medians and the ratio."""
    application = QApplication.instance() or QApplication(["soloflow"])
    with tempfile.TemporaryDirectory() as place:
        ws = app.open_workspace(Path(place))
        fill(ws, 10_000)
        window = build_window(ws, "light")
        peers, own = [], []
        for run in range(RUNS + 1):
            peer = floor()
            start = time.perf_counter()
            page = BoardPage(window.context)
            page.refresh(None)
            painted(page)
            took = (time.perf_counter() - start) * 1000
            page.close()
            page.deleteLater()
            if run:
                peers.append(peer)
                own.append(took)
        window.close()
        ws.store.close()
    print(f"nine empty lists               {statistics.median(peers):.1f} ms (median of {RUNS})")
    print(
        f"board with 10,000 prospects    {statistics.median(own):.1f} ms; goal ≤ {GOAL_MS} ms; ×{statistics.median(own) / statistics.median(peers):.1f}"
    )
    del application


if __name__ == "__main__":
    main()
