"""Garbage is collected on the GUI thread, also while a lane makes plenty of it."""

import gc
import threading
import weakref

from soloflow.ui.garbage import GuiThreadGarbage


class Knot:
    """Something only the collector can free."""

    def __init__(self) -> None:
        self.itself = self


def test_a_lane_frees_nothing_and_the_gui_thread_does(qtbot):
    collector = GuiThreadGarbage()
    freed_on: list[str] = []
    knot = Knot()
    weakref.finalize(knot, lambda: freed_on.append(threading.current_thread().name))
    del knot
    busy = threading.Thread(target=lambda: [Knot() for _ in range(200_000)], name="lane")
    busy.start()
    busy.join()
    assert freed_on == []
    collector.look()
    collector.stop()
    assert freed_on == ["MainThread"]


def test_python_collects_by_itself_again_afterwards(qtbot):
    collector = GuiThreadGarbage()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
