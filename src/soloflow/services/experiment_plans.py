"""Before a change: how many customers it takes to notice the effect, and by when they will have come at one's own pace.

`ground` reads the log once per stage, day and channel; `plan` is then so quick that it follows every key.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from soloflow.services.experiments import USUAL_DAYS
from soloflow.services.numbers import own_log
from soloflow.services.workspace import Workspace

if TYPE_CHECKING:  # numpy waits until it is asked for
    from soloflow.insights.estimate import Curve, Within
    from soloflow.insights.log import Log

PACE_DAYS = 180
_FEWEST_PACE_DAYS = 30
LEAST_DAYS, MOST_DAYS = 60, 365
"""The decision date that is proposed lies so many days after the start."""
_AHEAD_DAYS = 30
"""For a change made long ago: what is already known must not decide, so at least so many days are still to come."""
_FAR_DAYS = 3_650


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What is known of a step before a change."""

    today: date
    stage: int
    started_on: date
    before: "Curve"
    rate: "Within"
    """The main figure before the change: within a year."""
    arrivals: int
    """Customers who came to the stage within `pace_days`."""
    pace_days: int
    already: int
    """Those who came since the start, if that is past."""

    @property
    def is_known(self) -> bool:
        """Whether anything is known of the rate: somebody has been decided, or watched for a year."""
        return self.rate.n_eff > 0

    def is_rate_of_now(self, percent: int | None) -> bool:
        """Whether somebody expects what is there already, as far as whole percent tell it."""
        return percent is not None and self.rate.advance is not None and percent == round(100 * self.rate.advance)

    def come_by(self, day: date) -> float:
        """How many will have come since the start by a day, at the pace of now."""
        return self.already + self.arrivals / self.pace_days * max(0, (day - self._from).days)

    @property
    def _from(self) -> date:
        return max(self.today, self.started_on)

    def day_of(self, count: float) -> date | None:
        """The day by which so many will have come; None when nobody comes, or not within ten years."""
        if count <= self.already:
            return self.today
        if not self.arrivals:
            return None
        days = math.ceil((count - self.already) * self.pace_days / self.arrivals - 1e-9)
        return self._from + timedelta(days=days) if days <= _FAR_DAYS else None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an expectation takes."""

    decide_on: date
    """As asked, or the first day by which enough have come (60 to 365 days after the start)."""
    days: float
    """Before and after will be compared within so many days."""
    rate: float | None
    """Before, within these days."""
    expected: float | None
    """What is expected, within these days."""
    needed: float | None
    """Per group; None where the rate is unknown or nothing else is expected."""
    enough_on: date | None
    """When so many will have come after the change; None where that cannot be said or never happens."""
    by_then: int
    """How many will have come by the decision date."""


def ground(ws: Workspace, stage: int, started_on: date, channel: int | None = None, log: "Log | None" = None) -> Ground:
    """Read what is known of a stage, up to now or up to the start where that is past. `log` where it is read already."""
    from soloflow.insights.estimate import curve, within
    from soloflow.insights.log import DAY_US
    from soloflow.insights.reduction import reduce_log, stage_records

    log = own_log(ws, channel) if log is None else log
    now_us, today = ws.now_us(), ws.today()
    reduced = reduce_log(log, now_us)
    records = stage_records(reduced, stage)
    came_us = reduced.first_us[records.row, stage - 1]
    before, already = records, 0
    if started_on < today:
        at_us = ws.start_of_day_us(started_on)
        before = stage_records(reduce_log(log, at_us, at_us), stage)
        already = int((came_us >= at_us).sum())
    age = int((now_us - int(log.at_us.min())) // DAY_US) if len(log) else 0
    days = max(_FEWEST_PACE_DAYS, min(PACE_DAYS, age))
    arrivals = int((came_us > now_us - days * DAY_US).sum())
    known = curve(before)
    return Ground(today, stage, started_on, known, within(known, 365), arrivals, days, already)


def plan(known: Ground, expected_percent: int | None, decide_on: date | None = None) -> Plan:
    """What it takes to notice a rise to so many percent within a year, by a decision date or the best one."""
    day = decide_on or _proposed(known, expected_percent)
    days, rate, expected = _compared(known, expected_percent, day)
    needed = None if known.is_rate_of_now(expected_percent) else _needed(rate, expected)
    return Plan(
        day, days, rate, expected, needed,
        None if needed is None else known.day_of(needed),
        math.floor(known.come_by(day) + 1e-9),
    )  # fmt: skip


def expected_within(before: "Curve", percent: int | None, days: float) -> float | None:
    """An expectation stated for a year, brought to the days of the comparison in the proportion of the curve before."""
    from soloflow.insights.estimate import advance_at

    if percent is None:
        return None
    wanted, year, then = percent / 100, advance_at(before, 365), advance_at(before, days)
    return wanted if not year or then is None else min(1.0, wanted * then / year)


def _compared(known: Ground, percent: int | None, decide_on: date) -> tuple[float, float | None, float | None]:
    from soloflow.insights.change import horizon
    from soloflow.insights.estimate import advance_at

    days = horizon((decide_on - known.started_on).days)
    if not known.is_known:
        return days, None, None
    return days, advance_at(known.before, days), expected_within(known.before, percent, days)


def _needed(rate: float | None, expected: float | None) -> float | None:
    from soloflow.insights.change import needed_per_group

    return None if rate is None or expected is None else needed_per_group(rate, expected)


def _proposed(known: Ground, percent: int | None) -> date:
    """The first day by which enough have come; half a year where that cannot be said, a year where it takes longer."""
    age = (known.today - known.started_on).days
    least = max(LEAST_DAYS, age + _AHEAD_DAYS)
    most = max(MOST_DAYS, least)
    for days in range(least, most + 1):
        day = known.started_on + timedelta(days=days)
        _days, rate, expected = _compared(known, percent, day)
        needed = None if known.is_rate_of_now(percent) else _needed(rate, expected)
        if needed is None:
            return known.started_on + timedelta(days=min(max(least, USUAL_DAYS), most))
        if known.come_by(day) >= needed:
            return day
    return known.started_on + timedelta(days=most)
