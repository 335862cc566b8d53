"""The log of stage transitions and what follows from it: where a prospect stands.

Definitions L0-L5 of the numbers: voided entries do not exist, entries are read in the order of (instant, sequence), the
`to_stage` of a forward entry is believed, and a lose or recycle before any stage is known is ignored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The seven kinds of log entry."""

    ENTER = "enter"
    ADVANCE = "advance"
    SKIP = "skip"
    MOVE_BACK = "move_back"
    LOSE = "lose"
    RECYCLE = "recycle"
    REACTIVATE = "reactivate"

    @property
    def is_forward(self) -> bool:
        """Whether the entry puts the prospect at a stage, active."""
        return self not in (Kind.LOSE, Kind.RECYCLE)


class Standing(StrEnum):
    """Whether a prospect is being worked on, parked, or gone."""

    ACTIVE = "active"
    NURTURE = "nurture"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Entry:
    """One effective line of the log: `at_us` in microseconds since 1970 UTC, `seq` breaks ties."""

    kind: Kind
    from_stage: int | None
    to_stage: int | None
    at_us: int
    seq: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a prospect stands; the whole state that the log determines."""

    stage: int
    """Last stage an entry put it at, 1..9."""
    frontier: int
    """Highest stage ever reached."""
    entry_stage: int
    standing: Standing
    entered_us: int
    since_us: int
    """Instant from which it has been at `stage` without a break (days in stage count from here)."""
    standing_us: int
    """Instant of the change to the present standing (for lost: the first of the trailing run)."""
    reason: str | None
    """Code of the reason of the last lose or recycle while it stands."""


def derive(entries: Iterable[Entry]) -> Position | None:
    """Where one prospect stands after its effective entries, or None while it has no stage (名簿 only)."""
    position: Position | None = None
    for entry in sorted(entries, key=lambda e: (e.at_us, e.seq)):
        position = step(position, entry)
    return position


def step(before: Position | None, entry: Entry) -> Position | None:
    """The position after one more entry, which must not be earlier than those already read."""
    if entry.kind.is_forward:
        return _at_stage(before, entry)
    if before is None:
        return None
    standing = Standing.LOST if entry.kind is Kind.LOSE else Standing.NURTURE
    since = before.standing_us if before.standing is standing else entry.at_us
    return Position(
        before.stage,
        before.frontier,
        before.entry_stage,
        standing,
        before.entered_us,
        before.since_us,
        since,
        entry.reason,
    )


def _at_stage(before: Position | None, entry: Entry) -> Position:
    stage = entry.to_stage
    assert stage is not None
    if before is None:
        return Position(stage, stage, stage, Standing.ACTIVE, entry.at_us, entry.at_us, entry.at_us, None)
    stays = before.standing is Standing.ACTIVE and before.stage == stage
    return Position(
        stage,
        max(before.frontier, stage),
        before.entry_stage,
        Standing.ACTIVE,
        before.entered_us,
        before.since_us if stays else entry.at_us,
        before.standing_us if before.standing is Standing.ACTIVE else entry.at_us,
        None,
    )


def kind_of_move(position: Position | None, to_stage: int) -> Kind:
    """Which kind of entry moving to `to_stage` is: the user says where to, never which kind."""
    if position is None:
        return Kind.ENTER
    if position.standing is not Standing.ACTIVE:
        return Kind.REACTIVATE
    if to_stage < position.stage:
        return Kind.MOVE_BACK
    return Kind.SKIP if to_stage > position.stage + 1 else Kind.ADVANCE
