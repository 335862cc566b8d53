"""The log is put in order the quick way, and that is the order of the definition."""

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soloflow.insights.beta import Beta, one_is_lowest, prob_lowest
from soloflow.insights.log import CODE_OF, NO_STAGE, Log, log_from_codes, log_from_rows

ROW = st.tuples(
    st.integers(1, 4),
    st.sampled_from([*CODE_OF, "unknown"]),
    st.none() | st.integers(1, 9),
    st.none() | st.integers(-1, 11),
    st.integers(-3, 3),
    st.integers(0, 9),
)


def same(one: Log, other: Log) -> bool:
    columns = (
        (one.prospect, other.prospect),
        (one.kind, other.kind),
        (one.to_stage, other.to_stage),
        (one.at_us, other.at_us),
    )
    return one.ids == other.ids and one.facts == other.facts and all(np.array_equal(a, b) for a, b in columns)


def in_codes(rows: list[tuple[Any, ...]]) -> Log:
    def column(place: int) -> Any:
        return np.array([NO_STAGE if row[place] is None else row[place] for row in rows], dtype=np.int64)

    kinds = np.array([CODE_OF.get(row[1], -1) for row in rows], dtype=np.int64)
    return log_from_codes(column(0), kinds, column(2), column(3), column(4), column(5))


@given(st.lists(ROW, max_size=20))
def test_the_log_of_codes_is_the_log_of_rows(rows: list[tuple[Any, ...]]) -> None:
    ordered = sorted(rows, key=lambda row: row[0])  # ids of codes ascend, those of rows stand as they come
    assert same(in_codes(rows), log_from_rows(ordered))


@pytest.mark.parametrize("spread", [1, 2**62 // 5])
def test_entries_of_one_instant_stand_by_their_sequence_however_far_apart_the_instants_are(spread: int) -> None:
    chance = random.Random(1)
    rows = [
        (prospect, "advance", None, stage, instant * spread, seq)
        for seq, (prospect, instant, stage) in enumerate(
            (chance.randrange(5), chance.randrange(4), chance.randrange(1, 10)) for _row in range(200)
        )
    ]
    expected = sorted(rows, key=lambda row: (row[0], row[4], row[5]))
    chance.shuffle(rows)
    log = log_from_rows(sorted(rows, key=lambda row: row[0]))
    fresh = [row[3] for before, row in zip([None, *expected], expected, strict=False) if row[:5] != (before or ())[:5]]
    assert log.to_stage.tolist() == fresh


@given(
    st.lists(st.tuples(st.floats(1, 60), st.floats(1, 60)), min_size=2, max_size=4),
    st.permutations(range(4)),
    st.sampled_from([0.5, 0.8, 0.95]),
)
def test_whether_one_is_the_lowest_needs_no_more_than_is_looked_at(
    sizes: list[tuple[float, float]], order: list[int], level: float
) -> None:
    beliefs = [Beta(a, b) for a, b in sizes]
    probabilities = prob_lowest(beliefs)
    close = any(abs(one - level) < 1e-3 for one in probabilities)
    found = one_is_lowest(beliefs, level, [k for k in order if k < len(beliefs)])
    assert close or found == (max(probabilities) >= level)


def test_entries_of_one_instant_and_one_number_stand_as_they_came() -> None:
    chance = random.Random(2)
    rows = [
        (prospect, "advance", None, chance.randrange(1, 10), chance.randrange(3), 0)
        for prospect in range(3)
        for _entry in range(100)
    ]
    expected = sorted(rows, key=lambda row: (row[0], row[4]))
    fresh = [row[3] for before, row in zip([None, *expected], expected, strict=False) if row != before]
    assert log_from_rows(rows).to_stage.tolist() == fresh
