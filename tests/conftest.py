"""What every test may rely on: no window system, the Japanese source language, nothing left behind."""

import gc
import os
import threading
from collections.abc import Iterator

import pytest
from hypothesis import settings

# A busy machine is no fault of a value that was tried; what must be fast is measured by the benchmarks.
# CI answers the same for the same commit; other values are looked for at every desk and in `make soak`.
settings.register_profile("soloflow", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") and not os.environ.get("SOLOFLOW_THOROUGH") else "soloflow")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def _japanese() -> Iterator[None]:
    from soloflow import i18n

    i18n.set_language("ja")
    yield
    i18n.set_language("ja")


@pytest.fixture(autouse=True)
def _no_thread_left_behind() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [thread.name for thread in set(threading.enumerate()) - before if not thread.daemon]
    assert not left, f"threads left running: {left}"


@pytest.fixture(autouse=True)
def _garbage_on_this_thread() -> Iterator[None]:
    """As in the window (soloflow.ui.garbage): a widget freed on a lane's thread would crash a test that comes later."""
    gc.disable()
    yield
    if gc.get_count()[0] > 100_000:
        gc.collect()
