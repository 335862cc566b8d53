"""Where the truth is known, the intervals hold what they promise (docs/simulation.md; the strict form runs in `make soak`)."""

import os

import pytest
from simulation import study

THOROUGH = bool(os.environ.get("SOLOFLOW_THOROUGH"))
RUNS = 2_000 if THOROUGH else 150
LEAST, MOST, CALLED = (0.93, 0.97, 0.07) if THOROUGH else (0.90, 0.99, 0.12)
"""With 150 runs chance alone moves the share by two points."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("size", [60, 200])
def test_the_interval_holds_the_truth_as_often_as_it_says(size: int) -> None:
    found = study(size, RUNS, seed=2)
    assert LEAST <= found.covered <= MOST
    assert abs(found.error) < 1.0
    assert found.improved <= CALLED
    assert found.decided_error > 3  # what is given up by counting only the decided
