"""What happened in a span: nobody twice, nobody missing, and the same counts as the months of 分析."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soloflow.domain.process import Kind
from soloflow.domain.stages import FIRST, LAST, ORDER
from soloflow.insights.happened import happened
from soloflow.insights.log import DAY_US, log_from_rows
from soloflow.insights.months import monthly
from soloflow.insights.recycling import recycling
from soloflow.insights.reduction import LOST_NOW, NURTURE_NOW, Reduced, reduce_log

START = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
FORWARD = [kind.value for kind in Kind if kind.is_forward]
ENTRY = st.tuples(
    st.integers(0, 5), st.sampled_from([*FORWARD, "lose", "recycle"]), st.integers(FIRST, LAST), st.integers(0, 119)
)


def reduced_of(entries: list[tuple[int, str, int, int]]) -> Reduced:
    rows = [
        (who, kind, None, None if kind in ("lose", "recycle") else stage, START + day * DAY_US, seq)
        for seq, (who, kind, stage, day) in enumerate(entries)
    ]
    return reduce_log(log_from_rows(rows), START + 120 * DAY_US - 1)  # the end of April


@given(st.lists(ENTRY, max_size=40))
def test_the_whole_span_holds_everybody_once(entries: list[tuple[int, str, int, int]]) -> None:
    reduced = reduced_of(entries)
    whole = happened(reduced, START, START + 120 * DAY_US)
    assert whole.entered.tolist() == list(range(len(reduced)))
    assert whole.lost.tolist() == np.flatnonzero(reduced.standing == LOST_NOW).tolist()
    assert whole.parked.tolist() == np.flatnonzero(reduced.standing == NURTURE_NOW).tolist()
    assert len(whole.returned) == recycling(reduced).returned


@given(st.lists(ENTRY, max_size=40), st.integers(0, 120))
def test_two_spans_side_by_side_hold_what_the_whole_does(entries: list[tuple[int, str, int, int]], day: int) -> None:
    reduced = reduced_of(entries)
    middle, end = START + day * DAY_US, START + 120 * DAY_US
    whole, first, second = (happened(reduced, a, b) for a, b in ((START, end), (START, middle), (middle, end)))
    for name in ("entered", "lost", "parked"):
        parts = [*getattr(first, name), *getattr(second, name)]
        assert sorted(parts) == getattr(whole, name).tolist()
    for k in range(FIRST + 1, LAST + 1):
        assert sorted([*first.reached[k], *second.reached[k]]) == whole.reached[k].tolist()


@given(st.lists(ENTRY, max_size=40))
def test_the_counts_are_those_of_the_months(entries: list[tuple[int, str, int, int]]) -> None:
    reduced = reduced_of(entries)
    for one in monthly(reduced, UTC):
        since = int(datetime(one.year, one.month, 1, tzinfo=UTC).timestamp()) * 1_000_000
        until = int(datetime(one.year, one.month + 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
        reached = happened(reduced, since, until).reached
        counts = [len(reached[k]) for k in (ORDER, 7, 8, 9)]
        assert counts == [one.new_orders, one.repeat_orders, one.renewals, one.referrals]


def test_nobody_is_no_trouble() -> None:
    found = happened(reduced_of([]), START, START + DAY_US)
    assert [len(one) for one in (found.entered, found.lost, found.parked, found.returned)] == [0, 0, 0, 0]


@pytest.mark.parametrize(("kind", "lost", "parked"), [("lose", 1, 0), ("recycle", 0, 1)])
def test_who_left_is_where_the_last_word_puts_them(kind: str, lost: int, parked: int) -> None:
    other = "recycle" if kind == "lose" else "lose"
    reduced = reduced_of([(1, "enter", 1, 0), (1, other, 1, 5), (1, kind, 1, 9)])
    found = happened(reduced, START + 9 * DAY_US, START + 10 * DAY_US)
    assert (len(found.lost), len(found.parked)) == (lost, parked)
