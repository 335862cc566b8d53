"""分析: load beforehand what counts and draws, where nobody waits for it."""

from collections.abc import Callable


def load_drawing(is_wanted: Callable[[], bool]) -> None:
    """Load it in steps, as long as it is wanted; never on the GUI thread."""
    from soloflow.charts.loading import steps

    for _step in steps():
        if not is_wanted():
            return
    from soloflow.services import funnel_chart, funnel_words  # noqa: F401
