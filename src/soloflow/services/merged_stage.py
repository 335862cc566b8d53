"""Where a customer stands whose log has become that of two."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from soloflow.domain.process import Entry, Kind, Position, Standing, derive, kind_of_move, step
from soloflow.store.log import entries_of

if TYPE_CHECKING:  # writing imports SQLAlchemy, which the first window does not wait for
    from soloflow.store.unit_of_work import UnitOfWork


def stand_at(work: "UnitOfWork", customer: int, wanted: Position | None, others: Iterable[Entry]) -> None:
    """Let the common log end where one side stood.

    Entries of the other side that went forward there, but lie behind where the customer already was (the second 「集客」 of
    somebody in a meeting), are voided: they were the mistake that the second record was. No rate changes by that, because
    a rate asks who reached a stage first and when. Only where that is not enough an entry of today is added.
    """
    if wanted is None or _is_at(_position(work, customer), wanted):
        return
    theirs = {entry.seq for entry in others}
    running: Position | None = None
    for entry in entries_of(work.reader, customer):
        if entry.seq in theirs and _is_overtaken(running, entry):
            work.void(entry.seq)
        else:
            running = step(running, entry)
    now = _position(work, customer)
    if now is None or _is_at(now, wanted):
        return
    if wanted.standing is Standing.ACTIVE:
        work.log(
            customer, kind_of_move(now, wanted.stage), at_us=work.now_us, to_stage=wanted.stage, from_stage=now.stage
        )  # fmt: skip
    else:
        kind = Kind.LOSE if wanted.standing is Standing.LOST else Kind.RECYCLE
        work.log(customer, kind, at_us=work.now_us, from_stage=now.stage, reason=wanted.reason)


def _is_overtaken(running: Position | None, entry: Entry) -> bool:
    is_forward = entry.kind in (Kind.ENTER, Kind.ADVANCE, Kind.SKIP)
    if running is None or not is_forward or entry.to_stage is None:
        return False
    return running.standing is Standing.ACTIVE and entry.to_stage < running.stage


def _is_at(position: Position | None, wanted: Position) -> bool:
    return position is not None and (position.stage, position.standing) == (wanted.stage, wanted.standing)


def _position(work: "UnitOfWork", customer: int) -> Position | None:
    return derive(entries_of(work.reader, customer))
