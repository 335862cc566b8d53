"""分析 before anything is reckoned: how many came to each stage and what became of them, from what every customer is at now.

The counts are those of the finished figures; only what needs an estimate is missing. A hundredth of a second, and no numpy.
"""

from dataclasses import dataclass

from soloflow.domain.stages import FIRST, LAST
from soloflow.services.workspace import Workspace
from soloflow.store import tallies
from soloflow.store.tallies import Way


@dataclass(frozen=True, slots=True)
class StepOutline:
    """One stage."""

    stage: int
    arrived: int
    became: tuple[int, ...]
    """Went on, still open, left; empty at the last stage, after which nothing comes."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Everybody in the funnel."""

    prospects: int
    steps: tuple[StepOutline, ...]


def outline(ws: Workspace) -> Outline:
    """The counts as of now."""
    with ws.store.read() as reader:
        ways = tallies.by_way(reader)
    return Outline(sum(way.customers for way in ways), tuple(_step(ways, k) for k in range(FIRST, LAST + 1)))


def _step(ways: list[Way], k: int) -> StepOutline:
    came = [way for way in ways if way.entry_stage <= k <= way.frontier]
    arrived = sum(way.customers for way in came)
    if k == LAST:
        return StepOutline(k, arrived, ())
    went = sum(way.customers for way in came if way.frontier > k)
    left = sum(way.customers for way in came if way.frontier == k and way.standing == "lost")
    return StepOutline(k, arrived, (went, arrived - went - left, left))
