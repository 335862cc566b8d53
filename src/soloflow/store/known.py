"""The log as it was known at an instant: what was recorded, taken back, merged or assigned later does not count.

The log is append-only and the journal remembers what was edited, so that nothing need be kept for this beside them.
Two things the journal does not tell: when a merge or a channel was undone, and what was edited of somebody erased since.
"""

from typing import Any

from soloflow.store.database import Reader
from soloflow.store.log import last_of, merges

Entry = tuple[int, str, int | None, int | None, int, int]
"""(prospect, kind, from, to, at_us, seq)."""

_EDITED = (
    "FROM changes c JOIN change_sets s ON s.id = c.change_set_id AND s.state = 'done'"
    " WHERE c.table_name = 'prospects' AND c.operation = 'update'"
)


def was_touched_since(reader: Reader, known_us: int) -> bool:
    """Whether anything that is counted up to an instant was recorded or changed after it."""
    late = reader.value(
        "SELECT EXISTS (SELECT 1 FROM stage_transitions WHERE recorded_us > ?1 AND (voids_id IS NOT NULL OR at_us <= ?1))",
        known_us,
    )
    return bool(late) or bool(
        reader.value(
            f"SELECT EXISTS (SELECT 1 {_EDITED} AND s.at_us > ? AND (json_type(c.before, '$.channel_id') IS NOT NULL"
            " OR json_type(c.before, '$.merged_into_id') IS NOT NULL))",
            known_us,
        )
    )


def entries(reader: Reader, known_us: int) -> list[Entry]:
    """Every effective entry as it was known then; those merged by then read as the survivor."""
    survivors = _survivors(reader, known_us)
    rows = reader.tuples(
        "SELECT t.prospect_id, t.kind, t.from_stage, t.to_stage, t.at_us, t.id FROM stage_transitions t"
        " LEFT JOIN (SELECT voids_id, sum(CASE kind WHEN 'void' THEN 1 ELSE -1 END) AS voided FROM stage_transitions"
        " WHERE voids_id IS NOT NULL AND recorded_us <= ?1 GROUP BY voids_id) v ON v.voids_id = t.id"
        " WHERE t.voids_id IS NULL AND coalesce(v.voided, 0) = 0 AND t.recorded_us <= ?1 ORDER BY t.id",
        known_us,
    )
    return [(survivors.get(row[0], row[0]), *row[1:]) for row in rows]


def in_channel(reader: Reader, channel: int, known_us: int) -> frozenset[int]:
    """The prospects that were of a channel then."""
    found = set(reader.column("SELECT id FROM prospects WHERE channel_id = ?", channel))
    for prospect, before in _first_before(reader, "channel_id", known_us).items():
        (found.add if before == channel else found.discard)(prospect)
    return frozenset(found)


def _survivors(reader: Reader, known_us: int) -> dict[int, int]:
    into: dict[int, int | None] = {**merges(reader), **_first_before(reader, "merged_into_id", known_us)}
    return last_of({one: target for one, target in into.items() if target is not None})


def _first_before(reader: Reader, column: str, known_us: int) -> dict[int, Any]:
    """What stood in a column of `prospects` then, of those in which it was changed later."""
    rows = reader.tuples(
        f"SELECT c.row_id, json_extract(c.before, '$.{column}') {_EDITED} AND s.at_us > ?"
        f" AND json_type(c.before, '$.{column}') IS NOT NULL ORDER BY c.id DESC",
        known_us,
    )
    return dict(rows.fetchall())  # the earliest change comes last and stays
