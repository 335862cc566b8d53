"""分析: the figures of the user's own log, or of a log exported from anywhere."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from soloflow.domain.errors import UserError
from soloflow.domain.stages import BENCHMARK, FIRST, LAST, LENSES, ORDER
from soloflow.i18n import _
from soloflow.services import funnel_loading
from soloflow.services.process import start_of_day_us
from soloflow.services.when import months_from_now
from soloflow.services.workspace import Workspace, instant_us
from soloflow.store import log as stored

if TYPE_CHECKING:  # numpy waits until figures are asked for
    from collections import Counter

    from soloflow.insights.behind import Who
    from soloflow.insights.lenses import LensRate
    from soloflow.insights.log import Log
    from soloflow.insights.months import Month
    from soloflow.insights.numbers import Numbers
    from soloflow.insights.reduction import Reduced
    from soloflow.services.benchmarks import Benchmark
    from soloflow.store.database import Reader


@dataclass(frozen=True, slots=True)
class RateLine:
    """The rate from a stage to the next as one line: probability within a year, 95 % bounds, and what it rests on."""

    rate: float | None
    lo: float
    hi: float
    n: int
    advanced: int
    decided: int
    is_lower_bound: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """Which customers are counted: of one channel, with one tag, and those who came into the funnel in the last so many months."""

    channel: int | None = None
    months: int | None = None
    tag: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether everybody is counted."""
        return not self.conditions

    @property
    def conditions(self) -> int:
        """How many conditions choose somebody out."""
        return sum(one is not None for one in (self.channel, self.months, self.tag))


@dataclass(frozen=True, slots=True)
class Lens:
    """The figures of 全体 through a coarser lens."""

    key: str
    """One of `domain.stages.LENSES`."""
    rates: tuple["LensRate", ...]
    """From each step to the next."""
    arrived: int
    """Who ever got to the last step."""


@dataclass(frozen=True, slots=True, eq=False)
class Overview:
    """Everything 分析 shows at one instant, and the log that the marks of its charts count."""

    scope: Scope
    as_of: datetime
    since: date | None
    """First day of entry that is counted; None where all are."""
    is_empty: bool
    """Nobody is in the funnel at all, whatever the scope."""
    numbers: "Numbers"
    ordered: int
    """Of those who came in at stage 1, how many ordered; the count behind `numbers.direct_to_order`."""
    months: tuple["Month", ...]
    """The last four months, oldest first; by channel, but whenever the customers came in."""
    log: "Log"
    everybody: "Log"
    """The same of everybody of the channel, whenever they came in: what `months` counts."""
    lost_for: "dict[int, Counter[str]]"
    """Of the lost at each step 1 to 8, how many for which reason; "" where none was given."""
    reason_names: dict[str, str]
    """What the user calls a reason, by its code; as stored."""
    benchmark: "Benchmark"
    """What own rates are compared with; `numbers` has been counted with its rates."""
    lens: Lens | None = None
    """None: the nine stages."""


def own_log(ws: Workspace, channel: int | None = None, tag: int | None = None) -> "Log":
    """The user's effective log; only prospects of a channel, and with a tag, where one is given."""
    funnel_loading.load_arrays()
    from soloflow.insights.log import only

    with ws.store.read() as reader:
        whole = reader.kept("own log", partial(_whole_log, reader))  # another choice of customers reads nothing anew
        if channel is None and tag is None:
            return whole
        sets = [stored.in_channel(reader, channel)] if channel is not None else []
        sets += [stored.tagged(reader, tag)] if tag is not None else []
    chosen = frozenset.intersection(*sets)
    import numpy as np

    return only(whole, np.fromiter((one in chosen for one in whole.ids), dtype=bool, count=len(whole.ids)))


def _whole_log(reader: "Reader") -> "Log":
    from soloflow.insights.log import Facts, log_from_codes
    from soloflow.store import columns

    reasons = stored.loss_reasons(reader)
    alike = cache(Facts)  # most customers have the same as many others
    facts = {
        prospect: alike(source, expected, origin, reasons.get(prospect))
        for prospect, source, expected, origin in stored.facts(reader)
    }
    found = columns.effective(reader)
    return log_from_codes(found.prospect, found.kind, found.from_stage, found.to_stage, found.at_us, found.entry, facts)


def overview(ws: Workspace, scope: Scope | None = None, lens: str = "") -> Overview:
    """All that 分析 shows, as of now. Takes about a second at 100,000 prospects: never on the GUI thread.

    :raises UserError: when the settings, which name the benchmark, cannot be read.
    """
    funnel_loading.load_counting()
    from soloflow.insights.months import monthly
    from soloflow.insights.numbers import compute as compute_numbers
    from soloflow.insights.reasons import reasons_by_step
    from soloflow.insights.reduction import ADVANCED, entered_since, reduce_log, stage_records
    from soloflow.services import benchmarks

    scope = scope or Scope()
    now = ws.now()
    as_of_us = instant_us(now)
    everybody = own_log(ws, scope.channel, scope.tag)
    reduced = whole = reduce_log(everybody, as_of_us)
    log, since = everybody, None
    if scope.months is not None:
        since = months_from_now(ws, -scope.months)
        log = entered_since(everybody, as_of_us, start_of_day_us(ws, since))
        reduced = reduce_log(log, as_of_us)
    benchmark = benchmarks.chosen(ws, whole, scope.months)
    numbers = compute_numbers(log, as_of_us, ws.zone, benchmark.rates)
    return Overview(
        scope=scope,
        as_of=now,
        since=since,
        is_empty=not numbers.prospects and (scope.is_whole or not _anybody(ws)),
        numbers=numbers,
        ordered=stage_records(reduced, FIRST, ORDER).count(ADVANCED),
        months=monthly(whole, ws.zone),
        log=log,
        everybody=everybody,
        lost_for=reasons_by_step(log, reduced),
        reason_names=_reason_names(ws),
        benchmark=benchmark,
        lens=_seen_through(lens, reduced),
    )


def through(shown: Overview, lens: str) -> Overview:
    """The same figures with 全体 through another lens; "" for the nine stages."""
    from soloflow.insights.reduction import reduce_log

    seen = _seen_through(lens, reduce_log(shown.log, shown.numbers.as_of_us)) if lens else None
    return replace(shown, lens=seen)


def _seen_through(lens: str, reduced: "Reduced") -> Lens | None:
    from soloflow.insights.lenses import lens_rates, reached

    if not lens:
        return None
    steps = LENSES[lens]
    return Lens(lens, lens_rates(reduced, steps), reached(reduced, steps[-1].first))


def _reason_names(ws: Workspace) -> dict[str, str]:
    with ws.store.read() as reader:
        rows = [reader.get("lost_reasons", one) for one in reader.ids("lost_reasons")]
    return {row["code"]: row["name"] for row in rows}


def _anybody(ws: Workspace) -> bool:
    with ws.store.read() as reader:
        return stored.has_entries(reader)


def customers_behind(shown: Overview, who: "Who") -> tuple[int, ...]:
    """The customers that a mark of these very charts counts, whatever has been written since."""
    from soloflow.insights.behind import counted

    found: list[Hashable] = counted(shown.everybody if who.arrived else shown.log, shown.numbers.as_of_us, who)
    return tuple(one for one in found if isinstance(one, int))


@dataclass(frozen=True, slots=True)
class Asked:
    """What may be asked beside the figures: did a change of a stage help, and how many contacts an aim takes."""

    change_at: datetime | None = None
    change_stage: int | None = None
    change_days: float | None = None
    """Horizon of the comparison in days; half the age of the change, at most 180, unless given."""
    target_orders: int | None = None
    target_days: float | None = None


def compute(
    ws: Workspace, *, channel: int | None = None, as_of: datetime | None = None, asked: Asked | None = None
) -> "Numbers":
    """Every figure as of now (or `as_of`), against the benchmark of the settings.

    :raises UserError: when the settings cannot be read.
    """
    from soloflow.insights.reduction import reduce_log
    from soloflow.services import benchmarks

    then = ws if as_of is None else replace(ws, clock=lambda: as_of)
    log, as_of_us = own_log(ws, channel), then.now_us()
    benchmark = benchmarks.chosen(then, reduce_log(log, as_of_us), None)
    return _figures(log, as_of_us, ws.zone, asked or Asked(), benchmark.rates)


def _figures(
    log: "Log", as_of_us: int, zone: ZoneInfo, asked: Asked, benchmark: Sequence[float | None] = BENCHMARK
) -> "Numbers":
    from soloflow.insights.back_cast import Target
    from soloflow.insights.change import Question
    from soloflow.insights.numbers import compute as compute_numbers

    question = target = None
    if asked.change_at is not None and asked.change_stage is not None:
        question = Question(instant_us(asked.change_at), asked.change_stage, asked.change_days)
    if asked.target_orders is not None and asked.target_days is not None:
        target = Target(asked.target_orders, asked.target_days)
    return compute_numbers(log, as_of_us, zone, benchmark, question=question, target=target)


def of_files(
    events: Path, prospects: Path | None, as_of: datetime, zone: ZoneInfo, asked: Asked | None = None
) -> tuple["Numbers", tuple[str, ...]]:
    """Figures of CSV files, and sentences about what was not counted: lines that cannot be used, entries after `as_of`.

    :raises UserError: when a file cannot be read or lacks a column, or nothing is left to count.
    """
    from soloflow.insights.csv_log import in_words, read_events_csv, read_prospects_csv

    facts, dropped = {}, []
    if prospects is not None:
        known = read_prospects_csv(_text(prospects))
        facts = known.facts
        dropped += in_words(prospects.name, known.dropped)
    read = read_events_csv(_text(events), zone, facts)
    dropped += in_words(events.name, read.dropped)
    if not len(read.log):
        raise UserError("\n".join([*dropped, _("{file} には、数えられる行がありません。").format(file=events.name)]))
    found = _figures(read.log, instant_us(as_of), zone, asked or Asked())
    when = f"{as_of.astimezone(zone):%Y/%m/%d %H:%M}"
    if not found.entries:
        late = _("{file} の移動は、どれも {when} より後です。--as-of を確かめてください。")
        raise UserError("\n".join([*dropped, late.format(file=events.name, when=when)]))
    if found.future_entries:
        left = _("{when} より後の{count}件は数えていません。")
        dropped.append(left.format(when=when, count=f"{found.future_entries:,}"))
    return found, tuple(dropped)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UserError(_("{path} を開けません（{reason}）。").format(path=path, reason=error.strerror)) from error
    except UnicodeDecodeError as error:
        raise UserError(
            _("{path} は UTF-8 ではありません。UTF-8 の CSV で書き出してください。").format(path=path)
        ) from error


def rates(ws: Workspace, channel: int | None = None) -> dict[int, RateLine]:
    """The main figure of stages 1 to 8, for the heads of the board; only prospects of a channel where one is given."""
    from soloflow.insights.estimate import curve, within
    from soloflow.insights.numbers import MAIN_HORIZON
    from soloflow.insights.reduction import ADVANCED, LOST, reduce_log, stage_records

    reduced = reduce_log(own_log(ws, channel), ws.now_us())
    lines = {}
    for k in range(FIRST, LAST):
        records = stage_records(reduced, k)
        found = within(curve(records), MAIN_HORIZON)
        advanced = records.count(ADVANCED)
        decided = advanced + records.count(LOST)
        lines[k] = RateLine(found.advance, found.lo, found.hi, found.n, advanced, decided, found.lower_bound)
    return lines


def as_json(numbers: "Numbers", zone: ZoneInfo) -> dict[str, Any]:
    """The JSON of `soloflow numbers --json`."""
    from soloflow.insights.output import numbers_json

    return numbers_json(numbers, zone)


def as_table(numbers: "Numbers", zone: ZoneInfo) -> str:
    """The same as a table for the terminal."""
    from soloflow.insights.words import numbers_table

    return numbers_table(numbers, zone)


def sentences(numbers: "Numbers") -> list[str]:
    """The verdict in words: where most are lost, and which rate is lowest, or that it cannot be told yet."""
    from soloflow.insights.words import verdict_sentences

    return verdict_sentences(numbers)
