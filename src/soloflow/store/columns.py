"""The whole log as arrays, for counting: no object per entry, and only what was written since is read again.

Entries are never altered or removed (triggers refuse it), so a reading connection keeps the columns and adds to them. What can
change what an old entry means, a void or a merge, is looked up anew each time; both are few.
"""

from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final

from soloflow.domain.process import Kind
from soloflow.store.database import Reader
from soloflow.store.log import survivors

if TYPE_CHECKING:  # numpy waits until something is counted
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

NO_STAGE: Final = -1
_WIDTH: Final = 6
_KINDS: Final = " ".join(f"WHEN '{kind.value}' THEN {code}" for code, kind in enumerate(Kind))
_NEW_ENTRIES: Final = (
    f"SELECT id, prospect_id, CASE kind {_KINDS} END, coalesce(from_stage, {NO_STAGE}), coalesce(to_stage, {NO_STAGE}), at_us"
    " FROM stage_transitions WHERE id > ? AND voids_id IS NULL ORDER BY id"
)
_VOIDED: Final = (
    "SELECT voids_id FROM stage_transitions WHERE voids_id IS NOT NULL GROUP BY voids_id"
    " HAVING sum(CASE kind WHEN 'void' THEN 1 ELSE -1 END) <> 0"
)


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Entries in the order of their ids."""

    entry: "Ints"
    prospect: "Ints"
    kind: "NDArray[np.int8]"
    """The place of the kind in `Kind`."""
    from_stage: "NDArray[np.int8]"
    """`NO_STAGE` for none, as in `to_stage`."""
    to_stage: "NDArray[np.int8]"
    at_us: "Ints"
    """Microseconds since 1970 UTC."""

    def __len__(self) -> int:
        return len(self.entry)


def effective(reader: Reader) -> Columns:
    """Every entry that counts; those of merged prospects under the one that stays. The arrays are not to be altered."""
    import numpy as np

    found = reader.grown("log", partial(_with_what_came, reader))
    prospect = _merged(found.prospect, survivors(reader))
    voided = reader.column(_VOIDED)
    if voided:
        counts = np.isin(found.entry, np.array(voided, dtype=np.int64), invert=True)
        found, prospect = _where(found, counts), prospect[counts]
    return Columns(found.entry, prospect, found.kind, found.from_stage, found.to_stage, found.at_us)


def _with_what_came(reader: Reader, before: Columns | None) -> Columns:
    import numpy as np

    last = int(before.entry[-1]) if before is not None and len(before) else 0
    cells = chain.from_iterable(reader.tuples(_NEW_ENTRIES, last))
    table = np.fromiter(cells, dtype=np.int64).reshape(-1, _WIDTH)
    if before is not None and not len(table):
        return before
    entry, prospect, kind, from_stage, to_stage, at_us = (column.copy() for column in table.T)
    came = Columns(entry, prospect, kind.astype(np.int8), _stages(from_stage), _stages(to_stage), at_us)
    if before is None:
        return came
    pairs = ((getattr(before, name), getattr(came, name)) for name in Columns.__slots__)
    return Columns(*(np.concatenate(pair) for pair in pairs))


def _stages(column: "Ints") -> "NDArray[np.int8]":
    import numpy as np

    return column.clip(-128, 127).astype(np.int8)  # a stage of where it came from may be anything


def _where(columns: Columns, counts: "NDArray[np.bool_]") -> Columns:
    return Columns(*(getattr(columns, name)[counts] for name in Columns.__slots__))


def _merged(prospect: "Ints", into: dict[int, int]) -> "Ints":
    """The prospects with those that were merged replaced by the ones that stay."""
    import numpy as np

    if not into:
        return prospect
    gone = np.array(sorted(into), dtype=np.int64)
    stays = np.array([into[one] for one in gone.tolist()], dtype=np.int64)
    places = np.searchsorted(gone, prospect).clip(max=len(gone) - 1)
    return np.where(gone[places] == prospect, stays[places], prospect)
