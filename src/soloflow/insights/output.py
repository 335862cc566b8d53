"""The numbers as JSON, for scripts."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from soloflow.domain.stages import LAST
from soloflow.insights.change import Change
from soloflow.insights.cohorts import Cohort
from soloflow.insights.leak import Leak, Ranking, Verdict
from soloflow.insights.levers import WhatIf
from soloflow.insights.numbers import Numbers, StageNumbers
from soloflow.insights.stays import TimeInStage

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def numbers_json(numbers: Numbers, zone: tzinfo) -> dict[str, Any]:
    """The figures as plain values in the documented shape; None where a figure is undefined."""
    stages: dict[str, Any] = {str(step.stage): _stage_json(step) for step in numbers.stages}
    stages[str(LAST)] = {"time_in_stage": _time_json(numbers.last_stage)}
    return {
        "as_of": _local(numbers.as_of_us, zone).isoformat(),
        "prospects": numbers.prospects,
        "entries": numbers.entries,
        "snapshot": {name: list(values) for name, values in asdict(numbers.snapshot).items()},
        "stages": stages,
        "cohorts": {cohort.name: _cohort_json(cohort) for cohort in numbers.cohorts},
        "leak": _leak_json(numbers.leak),
        "leak_after_order": _ranking_json(numbers.leak_after_order),
        "recycle": asdict(numbers.recycling),
        "sources": {one.name: {"raw": asdict(one.raw), "pooled": asdict(one.pooled)} for one in numbers.sources},
        "change": _change_json(numbers.change, zone),
        "what_if": _what_if_json(numbers.what_if),
        "back_cast": None if numbers.back_cast is None else _lists(asdict(numbers.back_cast)),
    }


def _local(at_us: int, zone: tzinfo) -> datetime:
    return (_EPOCH + timedelta(microseconds=at_us)).astimezone(zone)


def _stage_json(step: StageNumbers) -> dict[str, Any]:
    return {
        "at_risk": step.at_risk,
        "advanced": step.advanced,
        "lost": step.lost,
        "open": step.open,
        "nurture": step.nurture,
        "decided": asdict(step.decided),
        "within": {str(days): asdict(one) for days, one in step.within.items()},
        "median_days_to_advance": step.median_days_to_advance,
        "time_in_stage": _time_json(step.time_in_stage),
    }


def _time_json(time: TimeInStage) -> dict[str, Any]:
    return {"stays": time.stays, "exits": time.exits, **asdict(time.median)}


def _cohort_json(cohort: Cohort) -> dict[str, Any]:
    return {name: getattr(cohort, name) for name in ("n", "advanced", "lost", "open", "advance_90")}


def _verdict_json(verdict: Verdict) -> dict[str, Any]:
    return {"stage": verdict.stage, "words": verdict.words}


def _ranking_json(ranking: Ranking) -> dict[str, Any]:
    return {
        "rates": list(ranking.rates),
        "lost_count": list(ranking.lost_count),
        "prob_lowest_rate": list(ranking.prob_lowest_rate),
        "most_lost_stage": ranking.most_lost_stage,
        "verdict": _verdict_json(ranking.verdict),
    }


def _leak_json(found: Leak) -> dict[str, Any]:
    return {
        **_ranking_json(found.ranking),
        "orders_per_100": found.orders_per_100,
        "orders_per_100_interval": asdict(found.orders_per_100_interval),
        "lost_expected_yen": list(found.lost_expected_yen),
        "mass_per_100": list(found.mass_per_100),
        "rescue10_per_100": list(found.rescue10_per_100),
        "to_benchmark_per_100": list(found.to_benchmark_per_100),
    }


def _change_json(found: Change | None, zone: tzinfo) -> dict[str, Any] | None:
    if found is None:
        return None
    values = asdict(found)
    for not_in_the_shape in ("at_us", "lo90", "hi90"):
        del values[not_in_the_shape]
    return {"at": _local(found.at_us, zone).isoformat(), **values}


def _what_if_json(found: WhatIf) -> dict[str, Any]:
    values = _lists(asdict(found))
    del values["ceilings"]
    return values


def _lists(values: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
