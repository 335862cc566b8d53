"""Random logs, as pathological as the definitions allow."""

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

KINDS = ("enter", "advance", "advance", "advance", "skip", "move_back", "lose", "lose", "recycle", "reactivate")
DAY = 86_400_000_000

ANY_LOG = settings(
    max_examples=2000 if os.environ.get("SOLOFLOW_THOROUGH") == "1" else 60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def random_rows(draw, size=40):
    """Rows (prospect_id, kind, from, to, at_us, seq): ties, wrong stages, losses before entry, duplicates, any order."""
    instants = st.sampled_from([0, 1, DAY, DAY + 1, 2 * DAY, 10 * DAY, 90 * DAY, 200 * DAY, 365 * DAY]) | st.integers(
        0, 500 * DAY
    )
    stages = st.sampled_from([None, 0, 10]) | st.integers(1, 9) | st.integers(1, 4)
    row = st.tuples(
        st.sampled_from(["a", "b", "c", "d", "e", "f"]),
        st.sampled_from(KINDS),
        st.none() | st.integers(1, 9),
        stages,
        instants,
    )
    rows = draw(st.lists(row, max_size=size))
    rows += draw(st.lists(st.sampled_from(rows), max_size=3)) if rows else []
    numbered = [(*one, seq) for seq, one in enumerate(rows)]
    return draw(st.permutations(numbered))


@st.composite
def closed_rows(draw):
    """Everybody enters at stage 1 and ends: lost, or at stage 9."""
    rows = []
    for pid in range(draw(st.integers(1, 12))):
        at = draw(st.integers(0, 5)) * DAY
        rows.append((pid, "enter", None, 1, at, len(rows)))
        last = draw(st.integers(1, 9))
        for stage in range(2, last + 1):
            at += draw(st.integers(0, 3)) * DAY
            rows.append((pid, "advance", stage - 1, stage, at, len(rows)))
        if last < 9:
            rows.append((pid, "lose", last, None, at + draw(st.integers(0, 3)) * DAY, len(rows)))
    return rows
