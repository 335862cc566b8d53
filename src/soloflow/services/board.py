"""獲得工程: nine columns, each with its count, its yen, and the cards that are seen first."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from soloflow.domain.stages import STAGES
from soloflow.i18n import _
from soloflow.services.customers import CustomerRow, rows
from soloflow.services.workspace import Workspace
from soloflow.store import people
from soloflow.store.filters import Filter


@dataclass(frozen=True, slots=True)
class Column:
    """One stage of the board: ids of the active customers in order; rows are asked for as they become visible."""

    stage: int
    ids: "array[int]"
    expected_yen: int | None
    """Sum of what is expected of these customers; None when no amount is known."""


def columns(ws: Workspace, *, channel: int | None = None, tag: int | None = None) -> tuple[Column, ...]:
    """The nine columns: overdue and soonest next steps first, then those without one."""
    wanted = Filter(channels=() if channel is None else (channel,), tags=() if tag is None else (tag,))
    with ws.store.read() as reader:
        sums = people.yen_by_stage(reader, wanted)
        return tuple(
            Column(one.number, array("q", people.ids_at_stage(reader, one.number, wanted)), sums.get(one.number))
            for one in STAGES
        )


def cards(ws: Workspace, ids: Sequence[int]) -> list[CustomerRow]:
    """The cards of these customers, in this order."""
    return rows(ws, ids)


def criteria(ws: Workspace) -> dict[int, str]:
    """What must be true to reach a stage (the first criterion of its playbook), for the place where a card is dropped."""
    with ws.store.read() as reader:
        own = people.first_criteria(reader)
    return {one.number: _(own.get(one.number) or one.reached_when) for one in STAGES}
