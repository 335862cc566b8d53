"""Promise: with 10,000 prospects the first window with painted rows takes at most twice a bare PySide6 window.

Both are whole processes, started in turn. Each answers when the painting that it is about is over: the bare window its first,
ours (`soloflow --profile …`, from the command line on) the first that holds rows of a list. The time is from the start of the
process to that answer; the processor time is the process's own until then.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from make_profile import fill
from soloflow import app

GOAL = 2.0
RUNS = 11
ANSWER = """
def answer():
    import os, resource
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_utime + used.ru_stime, flush=True)
    os._exit(0)
"""
BARE = f"""
{ANSWER}
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, answer)
application = QApplication([]); window = Window(); window.resize(1280, 800); window.show(); application.exec()
"""
OURS = f"""
{ANSWER}
import sys
from soloflow import app
real_doors = app.doors
def doors(*arguments):
    # Called when the window's modules are loaded, and nothing is built yet: the order of loading stays as it is.
    from PySide6.QtCore import QTimer
    from soloflow.ui.widgets.rows import RowDelegate
    real_paint = RowDelegate.paint
    def paint(self, *arguments):
        real_paint(self, *arguments)
        RowDelegate.paint = real_paint
        QTimer.singleShot(0, answer)
    RowDelegate.paint = paint
    return real_doors(*arguments)
app.doors = doors
from soloflow.__main__ import main
main()
"""


class Start(NamedTuple):
    """How long one start took, in seconds."""

    waited: float
    worked: float
    """Processor time."""


def surroundings(bytecode: Path) -> dict[str, str]:
    """The environment of both: Python keeps compiled modules, as it does for every installed program."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"SOLOFLOW_NOW": "2026-11-21T09:12:00+09:00", "PYTHONPYCACHEPREFIX": str(bytecode)}


def start(environment: dict[str, str], code: str, *arguments: str) -> Start:
    """Start a process and wait for its answer."""
    command = [sys.executable, "-c", code, *arguments]
    began = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        answer = child.stdout.readline()
        return Start(time.perf_counter() - began, float(answer))


def middle(starts: list[Start]) -> Start:
    """The medians."""
    return Start(*(statistics.median(figures) for figures in zip(*starts, strict=True)))


def main() -> None:
    """Measure, print the medians and the ratio."""
    with tempfile.TemporaryDirectory() as place:
        profile = Path(place, "profile")
        environment = surroundings(Path(place, "bytecode"))
        ws = app.open_workspace(profile)
        fill(ws, 10_000)
        ws.store.close()
        bare, ours = [], []
        for run in range(RUNS + 1):
            peer, own = start(environment, BARE), start(environment, OURS, "--profile", str(profile))
            if run:  # the first pair only warms the disk and compiles
                bare.append(peer)
                ours.append(own)
    floor, found = middle(bare), middle(ours)
    print(f"median of {RUNS} starts each           time   processor")
    print(f"bare PySide6 window           {floor.waited:.3f} s    {floor.worked:.3f} s")
    print(f"painted rows, 10,000 prospects{found.waited:.3f} s    {found.worked:.3f} s")
    print(
        f"ratio                         ×{found.waited / floor.waited:.2f}      ×{found.worked / floor.worked:.2f}      goal ≤ ×{GOAL}"
    )


if __name__ == "__main__":
    main()
