"""After a change: before and after with their intervals, and the words that are given once.

The look is taken when the decision date begins: what was recorded by then is counted, and nothing that is recorded, corrected,
merged or assigned afterwards changes the words. Nothing is kept for that: the log and the journal remember what was known.
"""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from soloflow.i18n import N_, _
from soloflow.services import experiments
from soloflow.services.experiment_plans import expected_within
from soloflow.services.experiments import Experiment
from soloflow.services.numbers import own_log
from soloflow.services.workspace import Workspace

if TYPE_CHECKING:  # numpy waits until it is asked for
    from soloflow.insights.behind import Who
    from soloflow.insights.change import Change
    from soloflow.insights.log import Log
    from soloflow.insights.reduction import Reduced, StageRecords

UPCOMING, WAITING, NOBODY, FEW, IMPROVED, WORSENED, TENDENCY = (
    "upcoming", "waiting", "nobody", "few", "improved", "worsened", "tendency",
)  # fmt: skip
WORDS = {
    UPCOMING: N_("これから"), WAITING: N_("判定待ち"), NOBODY: N_("判定できず"), FEW: N_("判定できず"), IMPROVED: N_("改善"),
    WORSENED: N_("悪化"), TENDENCY: N_("傾向のみ"),
}  # fmt: skip
FEWEST = 10
"""With fewer customers before or after no words are given, as nowhere on the page a percentage."""


@dataclass(frozen=True, slots=True)
class Group:
    """Those who came to the stage before the change, or since."""

    n: int
    advanced: int
    still_open: int
    lost: int
    soon: int
    """The part of `advanced` within the days of the comparison: before and after were watched for different times."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a change, as of now or of the beginning of its decision date."""

    experiment: Experiment
    at_us: int
    as_of_us: int
    days_left: int
    """Until the decision date; 0 from it on."""
    before: Group
    after: Group
    change: "Change | None"
    expected: float | None
    """The expected rate within the days of the comparison, from 0 to 1."""
    verdict: str
    """One of the codes above; the words of `WORDS`."""
    recount: "Outcome | None" = None
    """With what was recorded or corrected after the verdict, where that gives other figures. It decides nothing."""

    @property
    def is_due(self) -> bool:
        """Whether the decision date has come."""
        return not self.days_left

    @property
    def words(self) -> str:
        """The verdict as it is written everywhere."""
        if self.verdict == WAITING:
            return _("傾向のみ（判定日まであと{days}日）").format(days=self.days_left)
        return _(WORDS[self.verdict])


def outcomes(ws: Workspace, log: "Log | None" = None) -> tuple[Outcome, ...]:
    """What came of everything that was tried, newest first; `log` of all customers where it is read already."""
    from soloflow.insights.reduction import reduce_log

    logs: dict[int | None, Log] = {} if log is None else {None: log}
    now_us = ws.now_us()
    reduced: dict[tuple[int | None, int], Reduced] = {}
    found = []
    for one in experiments.listed(ws):
        if one.channel_id not in logs:
            logs[one.channel_id] = own_log(ws, one.channel_id)
        key = (one.channel_id, _as_of_us(ws, one, now_us))
        if key not in reduced:  # all that are not decided yet share it
            reduced[key] = reduce_log(logs[one.channel_id], key[1])
        counted = _outcome(ws, one, logs[one.channel_id], reduced[key])
        then = _known_log(ws, one)
        if then is not None:
            frozen = _outcome(ws, one, then, reduce_log(then, key[1]))
            counted = frozen if _same(frozen, counted) else replace(frozen, recount=counted)
        found.append(counted)
    return tuple(found)


def _known_log(ws: Workspace, one: Experiment) -> "Log | None":
    """The log as it was known when the decision date began; None before it, and where nothing was touched since."""
    from soloflow.insights.log import Facts, log_from_rows
    from soloflow.store import known

    if not one.is_due(ws.today()):
        return None
    known_us = ws.start_of_day_us(one.decide_on) - 1
    with ws.store.read() as reader:
        if not known.was_touched_since(reader, known_us):
            return None
        rows = known.entries(reader, known_us)
        if one.channel_id is not None:
            chosen = known.in_channel(reader, one.channel_id, known_us)
            rows = [row for row in rows if row[0] in chosen]
    nothing = Facts(None, None)
    return log_from_rows(rows, dict.fromkeys((row[0] for row in rows), nothing))


def _same(one: Outcome, other: Outcome) -> bool:
    return (one.before, one.after, one.change) == (other.before, other.after, other.change)


def _outcome(ws: Workspace, one: Experiment, log: "Log", now: "Reduced") -> Outcome:
    from soloflow.insights.change import Question, compared, groups
    from soloflow.insights.estimate import curve

    at_us, as_of_us = ws.start_of_day_us(one.started_on), now.as_of_us
    question = Question(at_us, one.stage)
    old, new = groups(log, now, question)
    found = compared(old, new, as_of_us, question) if at_us < as_of_us else None
    before, after = (_group(records, None if found is None else found.horizon_days) for records in (old, new))
    days_left = max(0, (one.decide_on - ws.today()).days)
    expected = None if found is None else expected_within(curve(old), one.expected_rate, found.horizon_days)
    verdict = _verdict(one, ws.today(), found, min(before.n, after.n))
    return Outcome(one, at_us, as_of_us, days_left, before, after, found, expected, verdict)


def customers_behind(ws: Workspace, found: Outcome, who: "Who") -> tuple[int, ...]:
    """The customers that a group of the comparison counts."""
    from soloflow.insights.behind import counted

    log = _known_log(ws, found.experiment) or own_log(ws, found.experiment.channel_id)
    behind: list[Hashable] = counted(log, found.as_of_us, who)
    return tuple(one for one in behind if isinstance(one, int))


def as_json(found: Outcome) -> dict[str, Any]:
    """One line of `soloflow experiments --json`; rates in full precision, null where undefined."""
    one, change = found.experiment, found.change
    described: dict[str, Any] = {
        "id": one.id, "name": one.name, "stage": one.stage, "started_on": one.started_on.isoformat(),
        "decide_on": one.decide_on.isoformat(), "expected_rate": one.expected_rate, "channel_id": one.channel_id,
        "note": one.note, "verdict": found.verdict, "days_left": found.days_left, "change": None,
    }  # fmt: skip
    if change is not None:
        described["change"] = {
            "horizon_days": change.horizon_days, "before": _rate(change.before), "after": _rate(change.after),
            "difference": change.difference, "lo": change.lo, "hi": change.hi, "lo90": change.lo90, "hi90": change.hi90,
            "prob_improved": change.prob_improved, "needed_per_group": change.needed_per_group,
        }  # fmt: skip
    return described


def _rate(within: Any) -> dict[str, Any]:
    return {
        "n": within.n, "advance": within.advance, "n_eff": within.n_eff, "lo": within.lo, "hi": within.hi,
        "lower_bound": within.lower_bound,
    }  # fmt: skip


def _as_of_us(ws: Workspace, one: Experiment, now_us: int) -> int:
    """Now, but never later than the last instant before the decision date."""
    return min(now_us, ws.start_of_day_us(one.decide_on) - 1)


def _group(records: "StageRecords", days: float | None) -> Group:
    from soloflow.insights.estimate import horizon_us
    from soloflow.insights.reduction import ADVANCED, LOST, OPEN

    advanced = records.count(ADVANCED)
    soon = advanced if days is None else records.where(records.duration_us <= horizon_us(days)).count(ADVANCED)
    return Group(len(records), advanced, records.count(OPEN), records.count(LOST), soon)


def _verdict(one: Experiment, today: date, found: "Change | None", fewest: int) -> str:
    if one.started_on > today:
        return UPCOMING
    if not one.is_due(today):
        return WAITING
    if found is None:
        return NOBODY
    return FEW if fewest < FEWEST else found.words(is_due=True)
