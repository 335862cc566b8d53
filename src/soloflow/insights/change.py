"""Did a change help: the same step before and after a day, with the difference and how sure its sign is."""

import math
from dataclasses import dataclass
from typing import Final

from soloflow.insights.beta import belief, prob_lowest
from soloflow.insights.estimate import Z90, Z95, Within, curve, wilson, within
from soloflow.insights.log import DAY_US, Log
from soloflow.insights.reduction import Reduced, StageRecords, reduce_log, stage_records

IMPROVED: Final = "improved"
WORSENED: Final = "worsened"
TENDENCY: Final = "tendency"
_LONGEST_HORIZON: Final = 180.0
_ROUNDING: Final = 1e-12
"""Two rates nearer than this are the same rate, reckoned by other steps."""
_PER_GROUP: Final = 6.18
"""(z of 80 % power + z of one-sided 5 %) squared."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was changed: when (microseconds UTC), which stage it aims at, and the horizon if it is fixed."""

    at_us: int
    stage: int
    horizon_days: float | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One step before and after a change. `lo` and `hi` are 95 %, `lo90` and `hi90` 90 %."""

    at_us: int
    stage: int
    horizon_days: float
    before: Within
    after: Within
    difference: float
    lo: float
    hi: float
    lo90: float
    hi90: float
    prob_improved: float
    needed_per_group: float | None

    def words(self, is_due: bool) -> str:
        """IMPROVED or WORSENED, given once on the decision date; before it always TENDENCY."""
        if is_due and self.prob_improved >= 0.95:
            return IMPROVED
        return WORSENED if is_due and self.prob_improved <= 0.05 else TENDENCY


def change(log: Log, now: Reduced, question: Question) -> Change | None:
    """Compare before and after; None when the day is not past or a group is empty."""
    if question.at_us >= now.as_of_us:
        return None
    return compared(*groups(log, now, question), now.as_of_us, question)


def groups(log: Log, now: Reduced, question: Question) -> tuple[StageRecords, StageRecords]:
    """Those who came to the stage before the change, as they stood then, and those who came since."""
    then = reduce_log(log, question.at_us, question.at_us)
    records = stage_records(now, question.stage)
    fresh = now.first_us[records.row, question.stage - 1] >= question.at_us
    return stage_records(then, question.stage), records.where(fresh)


def compared(old: StageRecords, new: StageRecords, as_of_us: int, question: Question) -> Change | None:
    """The two groups against each other as of an instant after the change; None when one of them is empty."""
    age_days = (as_of_us - question.at_us) / DAY_US
    days = horizon(age_days) if question.horizon_days is None else question.horizon_days
    before, after = within(curve(old), days), within(curve(new), days)
    if before.advance is None or after.advance is None:
        return None
    p0, p1 = before.advance, after.advance
    beliefs = [belief(one.advance, one.n_eff) for one in (before, after)]
    return Change(
        question.at_us, question.stage, days, before, after, p1 - p0,
        *_difference(before, after, Z95), *_difference(before, after, Z90),
        prob_improved=prob_lowest(beliefs)[0],
        needed_per_group=needed_per_group(p0, p1),
    )  # fmt: skip


def needed_per_group(p0: float, p1: float) -> float | None:
    """Prospects before and after that a change from p0 to p1 takes to be noticed four times in five; None where they are equal.

    6.18(p0 q0 + p1 q1) / (p1 - p0)²: the normal approximation for two shares, 80 % power at a one-sided 5 %.
    """
    if abs(p1 - p0) < _ROUNDING:
        return None
    return _PER_GROUP * (p0 * (1 - p0) + p1 * (1 - p1)) / (p1 - p0) ** 2


def horizon(age_days: float) -> float:
    """The days within which before and after are compared when a change is so old."""
    return min(_LONGEST_HORIZON, age_days / 2)


def _difference(before: Within, after: Within, z: float) -> tuple[float, float]:
    """Newcombe's interval (1998, method 10; MOVER) from the two Wilson intervals, in shares of 1."""
    assert before.advance is not None
    assert after.advance is not None
    p0, p1 = before.advance, after.advance
    lo0, hi0 = _interval(p0, before.n_eff, z)
    lo1, hi1 = _interval(p1, after.n_eff, z)
    d = p1 - p0
    return d - math.hypot(p1 - lo1, hi0 - p0), d + math.hypot(hi1 - p1, p0 - lo0)


def _interval(p: float, n_eff: float, z: float) -> tuple[float, float]:
    lo, hi = wilson(p * n_eff, n_eff, z)
    return 0.0 if p == 0 else min(lo, p), 1.0 if p == 1 else max(hi, p)
