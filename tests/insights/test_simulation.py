"""Where the truth is known, the intervals hold what they promise (docs/simulation.md; the strict form runs in `make soak`)."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from simulation import SIZES, Coverage, as_page, broken_promises, study

THOROUGH = bool(os.environ.get("SOLOFLOW_THOROUGH"))
RUNS, SLACK = (2_000, 0.0) if THOROUGH else (100, 0.04)
"""With 100 runs chance alone moves the shares by some points."""


@pytest.mark.timeout(900)
@pytest.mark.parametrize("size", [60, 200])
def test_the_interval_holds_the_truth_as_often_as_it_says(size: int) -> None:
    found = study(size, RUNS, seed=2)
    assert broken_promises(found, slack=SLACK) == []
    assert abs(found.error) < (0.6 if THOROUGH else 1.5)
    assert found.named_wrongly <= 0.05 + SLACK
    assert found.decided_error > 3  # what is given up by counting only the decided


KEPT = Coverage(60, (0.94, 0.95, 0.96, 0.96), 0.95, 0.1, 5.0, 0.8, -2.0, 0.9, 0.05, 0.05, 0.01, 0.1)


@pytest.mark.parametrize(
    "broken",
    [
        replace(KEPT, covered=0.929),
        replace(KEPT, covered=0.971),
        replace(KEPT, covered_by_step=(0.94, 0.95, 0.96, 0.92)),
        replace(KEPT, improved=0.071),
    ],
)
def test_a_promise_that_is_not_kept_is_noticed(broken: Coverage) -> None:
    assert broken_promises(KEPT) == []
    assert len(broken_promises(broken)) == 1


@pytest.mark.timeout(900)
@pytest.mark.skipif(not THOROUGH, reason="the page takes the full number of runs")
def test_the_page_of_the_docs_is_what_the_simulation_says() -> None:
    page = Path(__file__).parents[2] / "docs" / "simulation.md"
    assert page.read_text(encoding="utf-8") == as_page([study(size, 2_000) for size in SIZES], 2_000)
