"""Which source is worth it: the rate to the order by source, raw and pooled towards what all have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from soloflow.domain.stages import LAST, ORDER
from soloflow.insights.beta import Estimate, matched
from soloflow.insights.estimate import Within, curve, within
from soloflow.insights.log import Bools, Floats, Log
from soloflow.insights.reduction import ADVANCED, Reduced, StageRecords, records_from_entry, stage_records

_YEAR: Final = 365
_MEANS: Final = (np.arange(100) + 0.5) / 100
_SIZES: Final = np.exp(np.linspace(0, np.log(200), 25))


@dataclass(frozen=True, slots=True)
class SourceRate:
    """Within a year from one's own first stage to the order, for one source."""

    name: str
    ordered: int
    """How many did, however long it took."""
    raw: Within
    pooled: Estimate


def source_rates(log: Log, reduced: Reduced, *, by_origin: bool = False) -> tuple[SourceRate, ...]:
    """Rates by source, the most frequent first; without a source or entering after stage 4 nobody is counted.

    `by_origin` parts them by the concrete source (this meetup, that link) instead of the channel.
    """
    counts = (reduced.entry_stage < ORDER).tolist()
    rows_of: dict[str, list[int]] = {}
    for row, prospect in enumerate(reduced.prospect.tolist()):
        facts = log.facts[prospect]
        name = facts.origin if by_origin else facts.source
        if name and counts[row]:
            rows_of.setdefault(name, []).append(row)
    ordered = sorted(rows_of.items(), key=lambda item: (-len(item[1]), item[0]))
    every = [records_from_entry(reduced, np.array(rows, dtype=np.int64), ORDER) for _name, rows in ordered]
    raw = [within(curve(records), _YEAR) for records in every]
    return tuple(
        SourceRate(name, records.count(ADVANCED), one, pooled)
        for (name, _rows), records, one, pooled in zip(ordered, every, raw, _pooled(raw), strict=True)
    )


@dataclass(frozen=True, slots=True)
class SameStage:
    """A source that comes in further on, and the others with a source, both from that stage to the order within a year."""

    stage: int
    entered: int
    """Of the source's prospects, those who came in just there."""
    mine: Within
    mine_ordered: int
    others: Within
    others_ordered: int


def same_stage(log: Log, reduced: Reduced, name: str, *, by_origin: bool = False) -> SameStage | None:
    """Where the prospects of a source mostly come in further on than the others': both from there; None where they do not."""
    facts = [log.facts[prospect] for prospect in reduced.prospect]
    names = [one.origin if by_origin else one.source for one in facts]
    counts = reduced.entry_stage < ORDER
    mine: Bools = counts & np.array([one == name for one in names], dtype=bool)
    others: Bools = counts & ~mine & np.array([bool(one) for one in names], dtype=bool)
    stage, entered = _mostly(reduced, mine)
    if stage <= _mostly(reduced, others)[0] or not others.any():
        return None
    records = stage_records(reduced, stage, ORDER)
    here, there = (records.where(group[records.row]) for group in (mine, others))
    return SameStage(stage, entered, *_rate(here), *_rate(there))


def _mostly(reduced: Reduced, rows: Bools) -> tuple[int, int]:
    """The stage at which most of them came in, and how many did."""
    entered = np.bincount(reduced.entry_stage[rows], minlength=LAST + 1)
    return int(entered.argmax()), int(entered.max())


def _rate(records: StageRecords) -> tuple[Within, int]:
    return within(curve(records), _YEAR), records.count(ADVANCED)


def _pooled(raw: Sequence[Within]) -> list[Estimate]:
    return pooled([((one.advance or 0.0) * one.n_eff, one.n_eff) for one in raw])


def pooled(counts: Sequence[tuple[float, float]]) -> list[Estimate]:
    """Shares x of n, each drawn towards what all have in common: hierarchical beta-binomial on a grid, flat prior.

    The model is that of Gelman and others, Bayesian Data Analysis, 5.3: rates Beta(μm, (1 - μ)m), flat in μ and in log m.
    """
    from scipy.special import betaln

    if not counts:
        return []
    mean, size = np.meshgrid(_MEANS, _SIZES, indexing="ij")
    a, b = mean * size, (1 - mean) * size
    log_weight: Floats = np.zeros_like(a)
    for x, n in counts:
        log_weight = log_weight + betaln(x + a, n - x + b) - betaln(a, b)
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    return [_posterior(weight, x + a, n - x + b) for x, n in counts]


def _posterior(weight: Floats, a: Floats, b: Floats) -> Estimate:
    total = a + b
    mean = float(np.sum(weight * a / total))
    second = float(np.sum(weight * a * (a + 1) / (total * (total + 1))))
    return matched(mean, second - mean * mean)
