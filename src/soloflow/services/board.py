"""獲得工程: nine columns, each with its count, its yen, and the cards that are seen first."""

from array import array
from dataclasses import dataclass

from soloflow.domain.stages import STAGES
from soloflow.services.customers import CustomerRow, rows
from soloflow.services.workspace import Workspace
from soloflow.store import people
from soloflow.store.people import Filter


@dataclass(frozen=True, slots=True)
class Column:
    """One stage of the board: ids of the active customers in order; rows are asked for as they become visible."""

    stage: int
    ids: "array[int]"
    expected_yen: int


def columns(ws: Workspace, wanted: Filter | None = None) -> tuple[Column, ...]:
    """The nine columns: overdue and soonest next steps first, then those without one."""
    base = wanted or Filter()
    with ws.store.read() as reader:
        sums = people.yen_by_stage(reader)
        found = []
        for stage in STAGES:
            one = Filter("active", stage.number, base.channel, base.tag, base.text, base.ids)
            ids, _capped = people.listed(reader, one, "next")
            found.append(Column(stage.number, ids, sums.get(stage.number, 0)))
    return tuple(found)


def cards(ws: Workspace, ids: "array[int] | list[int]") -> list[CustomerRow]:
    """The cards of these customers, in this order."""
    return rows(ws, ids)
