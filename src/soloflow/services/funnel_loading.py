"""分析: load beforehand what counts and draws, where nobody waits for it.

One thread at a time. Where two load the same large package, Python lets one of them go on with modules that are only half made
(it must not block for ever), and that ends in an ImportError on a slow machine.
"""

from collections.abc import Callable
from threading import RLock

_LOADING = RLock()


def load_counting() -> None:
    """Load what figures are counted and told with; whoever counts calls this first."""
    with _LOADING:
        import soloflow.insights.numbers
        import soloflow.services.causes
        import soloflow.services.funnel_words  # noqa: F401  the window need not load them when the figures are there


def load_arrays() -> None:
    """Load what the log is read into."""
    with _LOADING:
        import soloflow.insights.log  # noqa: F401


def load_drawing(is_wanted: Callable[[], bool] | None = None) -> None:
    """Load both in steps, as long as it is wanted; never on the GUI thread."""
    from soloflow.charts.loading import steps

    pending = steps()
    while is_wanted is None or is_wanted():
        with _LOADING:
            if next(pending, StopIteration) is StopIteration:
                from soloflow.services import funnel_chart, funnel_words  # noqa: F401

                return
