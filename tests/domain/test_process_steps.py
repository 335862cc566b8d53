"""Where a prospect stands after its entries, by definitions L0-L5 of the numbers."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soloflow.domain.process import Entry, Kind, Position, Standing, derive, kind_of_move

FORWARD = (Kind.ENTER, Kind.ADVANCE, Kind.SKIP, Kind.MOVE_BACK, Kind.REACTIVATE)


def log(*lines: tuple[str, int | None, int]) -> list[Entry]:
    return [Entry(Kind(kind), None, stage, at, number) for number, (kind, stage, at) in enumerate(lines)]


def test_nobody_without_an_entry_has_a_position() -> None:
    assert derive([]) is None


def test_losing_or_parking_before_any_stage_is_ignored() -> None:
    assert derive(log(("lose", None, 1), ("recycle", None, 2))) is None
    found = derive(log(("lose", None, 1), ("enter", 2, 5)))
    assert found == Position(2, 2, 2, Standing.ACTIVE, 5, 5, 5, None)


def test_the_stage_written_in_the_entry_is_believed() -> None:
    found = derive(log(("enter", 1, 1), ("advance", 6, 2)))
    assert found is not None
    assert (found.stage, found.frontier, found.entry_stage) == (6, 6, 1)


def test_going_back_keeps_the_frontier() -> None:
    found = derive(log(("enter", 1, 1), ("skip", 4, 2), ("move_back", 2, 3)))
    assert found == Position(2, 4, 1, Standing.ACTIVE, 1, 3, 1, None)


def test_days_in_stage_go_on_when_the_same_stage_is_written_again() -> None:
    found = derive(log(("enter", 1, 1), ("advance", 2, 5), ("advance", 2, 9)))
    assert found is not None
    assert found.since_us == 5


def test_the_loss_counts_from_the_first_of_the_trailing_run() -> None:
    found = derive(log(("enter", 1, 1), ("lose", None, 4), ("lose", None, 9)))
    assert found is not None
    assert (found.standing, found.standing_us, found.stage) == (Standing.LOST, 4, 1)


def test_a_lost_one_can_be_parked_and_a_parked_one_lost() -> None:
    parked = derive(log(("enter", 3, 1), ("lose", None, 4), ("recycle", None, 5)))
    lost = derive(log(("enter", 3, 1), ("recycle", None, 4), ("lose", None, 5)))
    assert parked is not None
    assert lost is not None
    assert (parked.standing, parked.standing_us) == (Standing.NURTURE, 5)
    assert (lost.standing, lost.standing_us) == (Standing.LOST, 5)


@pytest.mark.parametrize("kind", FORWARD)
def test_any_forward_entry_reopens(kind: Kind) -> None:
    found = derive([*log(("enter", 3, 1), ("lose", None, 4)), Entry(kind, 3, 3, 7, 9)])
    assert found is not None
    assert (found.standing, found.since_us, found.standing_us, found.reason) == (Standing.ACTIVE, 7, 7, None)


def test_the_reason_stands_as_long_as_the_loss() -> None:
    entries = [Entry(Kind.ENTER, None, 1, 1, 1), Entry(Kind.LOSE, 1, None, 2, 2, "budget")]
    assert derive(entries).reason == "budget"  # type: ignore[union-attr]
    assert derive([*entries, Entry(Kind.REACTIVATE, 1, 2, 3, 3)]).reason is None  # type: ignore[union-attr]


def test_entries_of_one_instant_are_read_in_the_order_they_were_written() -> None:
    found = derive([Entry(Kind.ADVANCE, 1, 2, 5, 11), Entry(Kind.ENTER, None, 1, 5, 2)])
    assert found is not None
    assert (found.entry_stage, found.stage) == (1, 2)


@given(st.lists(st.tuples(st.sampled_from(Kind), st.integers(1, 9), st.integers(0, 20)), max_size=12), st.randoms())
def test_the_order_of_rows_does_not_matter(lines: list[tuple[Kind, int, int]], chance: random.Random) -> None:
    entries = [
        Entry(kind, None, stage if kind.is_forward else None, at, number)
        for number, (kind, stage, at) in enumerate(lines)
    ]
    shuffled = list(entries)
    chance.shuffle(shuffled)
    assert derive(shuffled) == derive(entries)


def standing_at(stage: int, standing: Standing = Standing.ACTIVE) -> Position:
    return Position(stage, stage, 1, standing, 0, 0, 0, None)


@pytest.mark.parametrize(
    ("position", "to_stage", "kind"),
    [
        (None, 1, Kind.ENTER),
        (None, 3, Kind.ENTER),
        (standing_at(1), 2, Kind.ADVANCE),
        (standing_at(1), 3, Kind.SKIP),
        (standing_at(1), 9, Kind.SKIP),
        (standing_at(4), 3, Kind.MOVE_BACK),
        (standing_at(4), 1, Kind.MOVE_BACK),
        (standing_at(4, Standing.LOST), 5, Kind.REACTIVATE),
        (standing_at(4, Standing.LOST), 4, Kind.REACTIVATE),
        (standing_at(4, Standing.NURTURE), 1, Kind.REACTIVATE),
    ],
)
def test_the_kind_of_a_move_follows_from_where_it_starts(position: Position | None, to_stage: int, kind: Kind) -> None:
    assert kind_of_move(position, to_stage) is kind
