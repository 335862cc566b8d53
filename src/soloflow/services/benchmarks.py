"""目安: what own rates are compared with. The article's example, one's own year before, or rates that the user has set.

*自分の前の1年* are the customers who came to a step in the year before those that are shown: with 過去12か月 and with すべての期間
between 24 and 12 months ago, with 過去24か月 between 36 and 24. All of them have been watched for a year or longer by now, so their
rate within a year is no forecast. A step to which fewer than ten came has no benchmark.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from soloflow.domain.stages import BENCHMARK, FIRST, LAST, LENSES
from soloflow.i18n import _
from soloflow.services import settings
from soloflow.services.when import months_from_now
from soloflow.services.workspace import Workspace

if TYPE_CHECKING:  # numpy waits until figures are asked for
    from soloflow.insights.estimate import Within
    from soloflow.insights.reduction import Reduced

EXAMPLE: Final = "example"
PAST_YEAR: Final = "past_year"
OWN: Final = "own"
KEYS: Final = (EXAMPLE, PAST_YEAR, OWN)
YEAR: Final = 12
"""Months."""
_MAIN_HORIZON: Final = 365
Step = tuple[int, int]
"""From one stage to a later one."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Rates to compare with, of single stages and of the steps of every lens."""

    key: str
    """One of KEYS."""
    since: date | None
    """First day of the past year; None for rates that were not counted."""
    until: date | None
    """Its last day."""
    fixed: tuple[float, ...]
    """Of stages 1 to 8; empty for counted ones."""
    counted: Mapping[Step, Mapping[int, "Within"]]
    """By horizon in days; empty for fixed ones."""

    def rate(self, first: int, target: int | None = None, days: int = _MAIN_HORIZON) -> float | None:
        """The rate from a stage to `target` (the next one); None where too few are known.

        A fixed rate holds for every horizon, and that of several stages is the product of theirs.
        """
        from soloflow.insights.leak import FEW

        target = first + 1 if target is None else target
        if not self.counted:
            return math.prod(self.fixed[first - 1 : target - 1])
        found = self.counted[first, target][days]
        return found.advance if found.n >= FEW else None

    def count(self, first: int, target: int | None = None) -> int | None:
        """How many customers a counted rate rests on; None for fixed ones."""
        found = self.counted.get((first, first + 1 if target is None else target))
        return None if found is None else found[_MAIN_HORIZON].n

    @property
    def rates(self) -> tuple[float | None, ...]:
        """Of stages 1 to 8, within a year."""
        return tuple(self.rate(k) for k in range(FIRST, LAST))


def chosen(ws: Workspace, reduced: "Reduced", months: int | None) -> Benchmark:
    """The benchmark of the settings, for the last so many months of these customers.

    :raises UserError: when the settings cannot be read.
    """
    kept = settings.load(ws.folder)
    if kept.benchmark == PAST_YEAR:
        return past_year(ws, reduced, months)
    own = _kept_rates(kept)
    if kept.benchmark == OWN and own:
        return Benchmark(OWN, None, None, own, {})
    return EXAMPLES  # also where no own rates are known: the example must not bear their name


EXAMPLES: Final = Benchmark(EXAMPLE, None, None, BENCHMARK, {})


def past_year(ws: Workspace, reduced: "Reduced", months: int | None) -> Benchmark:
    """The rates of those who came to each step in the year before the last `months` (None: the last twelve)."""
    from soloflow.insights.lenses import rates_of_arrivals

    ends = months or YEAR
    since, until = (months_from_now(ws, -back) for back in (ends + YEAR, ends))
    span = (ws.start_of_day_us(since), ws.start_of_day_us(until))
    counted = {(first, target): rates_of_arrivals(reduced, first, target, *span) for first, target in _STEPS}
    return Benchmark(PAST_YEAR, since, date.fromordinal(until.toordinal() - 1), (), counted)


_STEPS: Final = tuple(
    dict.fromkeys(
        [(k, k + 1) for k in range(FIRST, LAST)]
        + [(lens[at].first, lens[at + 1].first) for lens in LENSES.values() for at in range(len(lens) - 1)]
    )
)


def name(key: str) -> str:
    """What a benchmark is called."""
    return {EXAMPLE: _("記事の例"), PAST_YEAR: _("自分の前の1年"), OWN: _("自分で決めた率")}[key]


def own_rates(kept: settings.Settings) -> tuple[float, ...]:
    """The rates that the user has set, stages 1 to 8; the example's where none have been, or what was kept cannot be read."""
    return _kept_rates(kept) or BENCHMARK


def has_own(ws: Workspace) -> bool:
    """Whether the user has set rates of their own.

    :raises UserError: when the settings cannot be read.
    """
    return bool(_kept_rates(settings.load(ws.folder)))


def _kept_rates(kept: settings.Settings) -> tuple[float, ...]:
    """The rates that the user has set; empty where none have been, or what was kept cannot be read."""
    try:
        found = tuple(float(one) / 100 for one in kept.own_benchmark.split())
    except ValueError:
        return ()
    is_sound = len(found) == len(BENCHMARK) and all(0 <= one <= 1 for one in found)
    return found if is_sound else ()


def use(ws: Workspace, key: str) -> None:
    """Compare with another benchmark from now on.

    :raises UserError: when the settings cannot be written; the benchmark stays then.
    """
    settings.change(ws.folder, benchmark=key)


def use_own(ws: Workspace, percents: Sequence[float]) -> None:
    """Keep one's own rates of stages 1 to 8, in percent, and compare with them from now on.

    :raises UserError: when the settings cannot be written; everything stays then.
    """
    settings.change(ws.folder, benchmark=OWN, own_benchmark=" ".join(f"{one:g}" for one in percents))
