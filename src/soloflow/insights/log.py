"""The log as arrays: normalised once, so that every later question is a few vector operations.

Definitions L0-L2 of the numbers. Voids and merges (L0) are resolved by whoever hands over the rows.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from soloflow.domain.process import Kind
from soloflow.domain.stages import FIRST, LAST

Ints = NDArray[np.int64]
Codes = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

KINDS: Final = tuple(Kind)
"""A kind is stored as its index here."""
CODE_OF: Final[Mapping[str, int]] = {kind.value: code for code, kind in enumerate(KINDS)}
LOSE: Final = CODE_OF[Kind.LOSE]
RECYCLE: Final = CODE_OF[Kind.RECYCLE]
NO_STAGE: Final = -1
DAY_US: Final = 86_400_000_000
_IS_FORWARD: Final = np.array([kind.is_forward for kind in KINDS])
_STAGE_LIMIT: Final = 32_000
_LARGEST: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a prospect besides its transitions."""

    source: str | None = None
    expected_yen: int | None = None
    origin: str | None = None
    """The concrete source: this meetup, that link."""
    losses: tuple[tuple[int, str], ...] | None = None
    """Why they were lost: from which instant (µs) on which code is the last one given. The first holds from ever, for most
    have but one, and those are alike then."""

    def loss_reason(self, as_of_us: int) -> str:
        """Why they were lost the last time up to an instant, as a code; "" where no reason was given."""
        return next((code for since_us, code in reversed(self.losses or ()) if since_us <= as_of_us), "")


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Log:
    """Usable entries in the order of (prospect, instant, sequence), without adjacent exact duplicates."""

    ids: tuple[Hashable, ...]
    facts: tuple[Facts, ...]
    prospect: Ints
    """Index into `ids` and `facts`."""
    kind: NDArray[np.int8]
    to_stage: NDArray[np.int16]
    at_us: Ints
    """Instants in microseconds since 1970 UTC."""

    def __len__(self) -> int:
        return len(self.at_us)


def log_from_rows(rows: Iterable[Sequence[Any]], facts: Mapping[Any, Facts] | None = None) -> Log:
    """The log of rows (prospect_id, kind, from_stage, to_stage, at_us, seq, ...); anything after seq is ignored."""
    table = rows if isinstance(rows, list | tuple) else list(rows)
    if not table:
        return log_from_columns((), (), (), (), (), (), facts)
    # One pass per column: `zip(*table)` takes an argument per row, which is four times slower with a long log.
    ids, kinds, from_stages, to_stages, at_us, seqs = ([row[place] for row in table] for place in range(6))
    return log_from_columns(ids, kinds, from_stages, to_stages, at_us, seqs, facts)


def log_from_columns(
    prospect_ids: Sequence[Hashable],
    kinds: Sequence[str],
    from_stages: Sequence[int | None],
    to_stages: Sequence[int | None],
    at_us: Sequence[int] | Ints,
    seqs: Sequence[int] | Ints,
    facts: Mapping[Any, Facts] | None = None,
) -> Log:
    """The same from columns. Rows of unknown kind, or forward rows without a stage 1..9, are left out."""
    index = {known: position for position, known in enumerate(dict.fromkeys(prospect_ids))}
    code = {known: CODE_OF.get(known, -1) for known in set(kinds)}
    prospect = np.fromiter(map(index.__getitem__, prospect_ids), dtype=np.int64, count=len(prospect_ids))
    kind = np.fromiter(map(code.__getitem__, kinds), dtype=np.int8, count=len(kinds))
    columns = (
        prospect,
        kind,
        _stages(from_stages),
        _stages(to_stages),
        np.asarray(at_us, dtype=np.int64),
        np.asarray(seqs, dtype=np.int64),
    )
    return _normalised(tuple(index), facts or {}, columns)


def log_from_codes(
    prospect_ids: Ints,
    kinds: Codes,
    from_stages: Codes,
    to_stages: Codes,
    at_us: Ints,
    seqs: Ints,
    facts: Mapping[Any, Facts] | None = None,
) -> Log:
    """The same from arrays, without an object per row: kinds by their place in `KINDS`, `NO_STAGE` for no stage; ids ascend."""
    ids, prospect = np.unique(prospect_ids, return_inverse=True)
    columns = (
        prospect.astype(np.int64, copy=False),
        kinds.astype(np.int8),
        from_stages.astype(np.int16),
        to_stages.astype(np.int16),
        at_us,
        seqs,
    )
    return _normalised(tuple(ids.tolist()), facts or {}, columns)


_NOTHING: Final = Facts()


def only(log: Log, kept: Bools) -> Log:
    """The log of some prospects; `kept` has one truth per id. Ids and facts keep their places."""
    rows = kept[log.prospect]
    return Log(log.ids, log.facts, log.prospect[rows], log.kind[rows], log.to_stage[rows], log.at_us[rows])


def is_forward(kind: NDArray[np.int8]) -> Bools:
    """Which entries put the prospect at a stage, active."""
    forward: Bools = _IS_FORWARD[kind]
    return forward


def _stages(values: Sequence[int | None]) -> NDArray[np.int16]:
    clipped = {v: NO_STAGE if v is None else max(-_STAGE_LIMIT, min(_STAGE_LIMIT, v)) for v in set(values)}
    return np.fromiter(map(clipped.__getitem__, values), dtype=np.int16, count=len(values))


def _normalised(ids: tuple[Hashable, ...], facts: Mapping[Any, Facts], columns: tuple[NDArray[Any], ...]) -> Log:
    _, kind, _, to_stage, _, _ = columns
    is_stage = (to_stage >= FIRST) & (to_stage <= LAST)
    usable = (kind >= 0) & (is_stage | ~is_forward(kind))
    if not usable.all():
        columns = tuple(column[usable] for column in columns)
    order = _in_order(columns[0], columns[4], columns[5])
    prospect, kind, from_stage, to_stage, at_us, _ = (column[order] for column in columns)
    fresh = np.ones(len(at_us), dtype=bool)
    if len(at_us):
        fresh[1:] = False
        for column in (prospect, kind, from_stage, to_stage, at_us):
            fresh[1:] |= column[1:] != column[:-1]
    known = tuple(facts.get(one, _NOTHING) for one in ids)
    return Log(ids, known, prospect[fresh], kind[fresh], to_stage[fresh], at_us[fresh])


def _in_order(prospect: Ints, at_us: Ints, seq: Ints) -> Ints:
    """Places in the order of (prospect, instant, sequence).

    Prospect and instant mostly fit into one number, which sorts five times as fast as three keys; only the rows that are
    equal in it, few and side by side, are put in the order of their sequence then.
    """
    if not len(at_us):
        return np.zeros(0, dtype=np.int64)
    first_us = int(at_us.min())
    span = int(at_us.max()) - first_us + 1
    if (int(prospect.max()) + 1) * span > _LARGEST:
        return np.lexsort((seq, at_us, prospect))
    both = prospect * span + (at_us - first_us)
    order = np.argsort(both)
    ordered = both[order]
    same = ordered[1:] == ordered[:-1]
    if same.any():
        tied = np.concatenate(([False], same)) | np.concatenate((same, [False]))
        places = order[tied]
        order[tied] = places[np.lexsort((places, seq[places], both[places]))]
    return order
