"""What must still be seen to after an older step was taken back: customers who were merged or deleted meanwhile.

The older step knows nothing of them: it gives rows back to a customer who is read as another one by now, and lets entries of the
log count whose customer is gone.
"""

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import UniqueConstraint

from soloflow.store import schema
from soloflow.store.database import Reader
from soloflow.store.log import survivor
from soloflow.store.many import effective_entries
from soloflow.store.statements import blocks, listed
from soloflow.store.unit_of_work import BELONGS_TO_PROSPECT, UnitOfWork

TABLES = schema.metadata.tables


def tie(work: UnitOfWork, customers: Collection[int]) -> None:
    """Hand what belongs to merged customers to the one that stays, and let no entry count of whoever is deleted."""
    merged = list(_those(work.reader, customers, "merged_into_id IS NOT NULL"))
    for gone in merged:
        _hand_over(work, gone, survivor(work.reader, gone))
    heads = {*customers, *(survivor(work.reader, one) for one in merged)}
    deleted = list(_those(work.reader, heads, "deleted_us IS NOT NULL"))
    for block in blocks(deleted):
        work.void_many(effective_entries(work.reader, block))


def are_deleted(reader: Reader, customers: Iterable[int]) -> set[int]:
    """Those of the customers who are not there any more, by themselves or with the one they were merged into."""
    return {one for one in customers if not _is_there(reader, survivor(reader, one))}


def _is_there(reader: Reader, customer: int) -> bool:
    row = reader.get("prospects", customer)
    return row is not None and row["deleted_us"] is None and row["erased_us"] is None


def _those(reader: Reader, customers: Collection[int], condition: str) -> Iterator[int]:
    for block in blocks(sorted(customers)):
        yield from reader.column(f"SELECT id FROM prospects WHERE id IN ({listed(block)}) AND {condition}")


def _hand_over(work: UnitOfWork, gone: int, stays: int) -> None:
    for table in sorted(BELONGS_TO_PROSPECT - {"stage_transitions"}):
        once = [
            column.name
            for one in TABLES[table].constraints
            if isinstance(one, UniqueConstraint) and len(one.columns) > 1
            for column in one.columns
            if column.name != "prospect_id"
        ]
        for row_id in work.reader.ids(table, prospect_id=gone):
            row = work.reader.get(table, row_id)
            if once and work.reader.find(table, prospect_id=stays, **{name: row[name] for name in once}):
                if table != "answers":  # words are not thrown away
                    work.delete(table, row_id)
            else:
                work.update(table, row_id, prospect_id=stays)
