"""Where the process leaks: how many are lost, which rate is lowest, and how sure that is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from soloflow.insights.beta import Estimate, belief, one_is_lowest, prob_lowest, product
from soloflow.insights.estimate import Within

SURE: Final = "sure"
PROBABLE: Final = "probable"
UNDECIDED: Final = "undecided"
WORDS: Final = {SURE: "確か", PROBABLE: "たぶん", UNDECIDED: "まだ区別できない"}
"""The words of certainty as they stand in the JSON; the screen translates the codes."""
FEW: Final = 10
"""Below so many prospects a rate is shown as counts and takes part in no verdict."""
_SURE_FROM: Final = 0.95
_PROBABLE_FROM: Final = 0.80
_MOST_FACTOR: Final = 10.0
_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class Needed:
    """How many more decided prospects would tell the two candidates apart.

    None: not in the foreseeable future. 0: the rates differ enough, but a candidate is too thin for a verdict.
    """

    prospects: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which step has the lowest rate, or that it cannot be told yet."""

    stage: int | None
    certainty: str
    """SURE, PROBABLE or UNDECIDED."""
    candidates: tuple[int, int]
    """The two most likely stages, the likeliest first."""
    needed: Needed | None
    """Given only while undecided."""

    @property
    def words(self) -> str:
        """The words of certainty, in Japanese."""
        return WORDS[self.certainty]


@dataclass(frozen=True, slots=True)
class StageEvidence:
    """What a verdict needs to know of one stage."""

    stage: int
    within: Within
    advanced: int
    lost: int
    lost_yen: int = 0

    @property
    def is_thin(self) -> bool:
        """Too few prospects, or nobody watched long enough."""
        return self.within.n < FEW or self.within.lower_bound


@dataclass(frozen=True, slots=True)
class Ranking:
    """Four stages compared: the part that is the same before and after the order."""

    stages: tuple[int, ...]
    rates: tuple[float | None, ...]
    lost_count: tuple[int, ...]
    prob_lowest_rate: tuple[float, ...]
    most_lost_stage: int | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Leak:
    """The four steps to the order."""

    ranking: Ranking
    orders_per_100: float | None
    orders_per_100_interval: Estimate
    lost_expected_yen: tuple[int, ...]
    mass_per_100: tuple[float | None, ...]
    rescue10_per_100: tuple[float | None, ...]
    to_benchmark_per_100: tuple[float | None, ...]


def ranked(evidence: Sequence[StageEvidence]) -> Ranking:
    """Compare stages; "most lost" is a count, "lowest rate" a probability, and they may name different stages."""
    probabilities = prob_lowest([belief(e.within.advance, e.within.n_eff) for e in evidence])
    most = max(evidence, key=lambda e: (e.lost, -e.stage))
    return Ranking(
        stages=tuple(e.stage for e in evidence),
        rates=tuple(e.within.advance for e in evidence),
        lost_count=tuple(e.lost for e in evidence),
        prob_lowest_rate=probabilities,
        most_lost_stage=most.stage if most.lost else None,
        verdict=_verdict(evidence, probabilities),
    )


def leak(evidence: Sequence[StageEvidence], benchmark: Sequence[float | None]) -> Leak:
    """The leak of stages 1 to 4, with what mending each would be worth in orders per 100 first contacts."""
    rates = [e.within.advance for e in evidence]
    whole = _product(rates)
    interval = product([belief(e.within.advance, e.within.n_eff) for e in evidence])
    return Leak(
        ranking=ranked(evidence),
        orders_per_100=None if whole is None else 100 * whole,
        orders_per_100_interval=Estimate(100 * interval.mean, 100 * interval.lo, 100 * interval.hi),
        lost_expected_yen=tuple(e.lost_yen for e in evidence),
        mass_per_100=tuple(_lost_here(_product(rates[:k]), rate, 100.0) for k, rate in enumerate(rates)),
        rescue10_per_100=tuple(
            _lost_here(_product(rates[:k] + rates[k + 1 :]), rate, 10.0) for k, rate in enumerate(rates)
        ),
        to_benchmark_per_100=tuple(_gap(whole, rate, b) for rate, b in zip(rates, benchmark, strict=True)),
    )


def _product(rates: Sequence[float | None]) -> float | None:
    known = [rate for rate in rates if rate is not None]
    return math.prod(known) if len(known) == len(rates) else None


def _lost_here(others: float | None, rate: float | None, scale: float) -> float | None:
    return None if others is None or rate is None else scale * others * (1 - rate)


def _gap(whole: float | None, rate: float | None, benchmark: float | None) -> float | None:
    if whole is None or not rate or benchmark is None:
        return None
    return 100 * whole * (max(rate, benchmark) / rate - 1)


def _verdict(evidence: Sequence[StageEvidence], probabilities: Sequence[float]) -> Verdict:
    # Of equal chances (.9 and .9000000000000001 of ten each) the earlier stage comes first, not the one rounding favours.
    order = sorted(range(len(evidence)), key=lambda k: (-round(probabilities[k], _DIGITS), k))
    first, second = evidence[order[0]], evidence[order[1]]
    candidates = (first.stage, second.stage)
    probability = probabilities[order[0]]
    if probability < _PROBABLE_FROM or first.is_thin or second.is_thin:
        return Verdict(None, UNDECIDED, candidates, _needed(evidence, probabilities, order))
    return Verdict(first.stage, SURE if probability >= _SURE_FROM else PROBABLE, candidates, None)


def _needed(evidence: Sequence[StageEvidence], probabilities: Sequence[float], order: Sequence[int]) -> Needed:
    """A rough aid: the evidence multiplied by the smallest factor at which the lowest rate could be named."""

    def tells(factor: float) -> bool:
        beliefs = [belief(e.within.advance, e.within.n_eff, factor) for e in evidence]
        return one_is_lowest(beliefs, _PROBABLE_FROM, order)

    decided = sum(evidence[k].advanced + evidence[k].lost for k in order[:2])
    if max(probabilities) >= _PROBABLE_FROM:
        return Needed(0)
    if not decided or not tells(_MOST_FACTOR):
        return Needed(None)
    low, high = 1.0, _MOST_FACTOR
    while high - low > 0.01:
        middle = (low + high) / 2
        low, high = (low, middle) if tells(middle) else (middle, high)
    return Needed(math.ceil((high - 1) * decided))
