"""Promise: with 10,000 prospects the first window with painted rows takes at most twice a bare PySide6 window.

Both are whole processes, started in turn; the time is from the start of the process to the painting (the bare window's first
paint event; ours: the first list that has rows, and the window itself).
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from make_profile import fill

from soloflow import app

GOAL = 2.0
RUNS = 9
BARE = """
import sys
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        print("painted", flush=True)
        import os; os._exit(0)
a = QApplication([]); w = Window(); w.resize(1280, 800); w.show(); a.exec()
"""
OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractItemView, QApplication
from soloflow import app
from soloflow.ui.session import Session
application = QApplication(["soloflow"])
class Eye(QObject):
    def __init__(self):
        super().__init__()
        self.window = False
    def eventFilter(self, target, event):
        if event.type() == QEvent.Type.Paint:
            if not self.window:
                self.window = True
                print("window", flush=True)
            view = target.parent()
            if isinstance(view, QAbstractItemView) and view.model() is not None and view.model().rowCount() > 0:
                print("painted", flush=True)
                import os; os._exit(0)
        return False
eye = Eye()
application.installEventFilter(eye)
folder = Path(sys.argv[1])
doors = app.doors(folder)
session = Session(doors, doors.open())
application.exec()
"""


def timed(code: str, *arguments: str) -> dict[str, float]:
    """Seconds from the start of a process to each word it prints."""
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True)
    found = {}
    assert child.stdout is not None
    for line in child.stdout:
        found.setdefault(line.strip(), time.perf_counter() - start)
    child.wait()
    return found


def main() -> None:
    """Measure, print the medians and the ratio."""
    os.environ.setdefault("SOLOFLOW_NOW", "2026-11-21T09:12:00+09:00")
    with tempfile.TemporaryDirectory() as place:
        ws = app.open_workspace(Path(place))
        fill(ws, 10_000)
        ws.store.close()
        bare, window, rows = [], [], []
        for run in range(RUNS + 1):
            peer, own = timed(BARE)["painted"], timed(OURS, place)
            if run:  # the first pair only warms the disk
                bare.append(peer)
                window.append(own["window"])
                rows.append(own["painted"])
    floor = statistics.median(bare)
    print(f"bare PySide6 window            {floor:.3f} s  (median of {RUNS})")
    print(f"first window, 10,000 prospects {statistics.median(window):.3f} s  ×{statistics.median(window) / floor:.2f}")
    print(
        f"first painted rows             {statistics.median(rows):.3f} s  ×{statistics.median(rows) / floor:.2f}  goal ≤ ×{GOAL}"
    )


if __name__ == "__main__":
    main()
