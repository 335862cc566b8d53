"""Cohorts: those who came in the same calendar quarter, in the user's zone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

import numpy as np

from soloflow.insights.estimate import Curve, advance_at, curve
from soloflow.insights.log import Ints
from soloflow.insights.reduction import ADVANCED, LOST, OPEN, Reduced, StageRecords, stage_records

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Cohort:
    """One quarter, such as 2026Q1, and what became of those who reached the stage in it."""

    name: str
    n: int
    advanced: int
    lost: int
    open: int
    advance_90: float | None
    began_us: int
    """The quarter's first instant …"""
    ended_us: int
    """… and the next quarter's."""


def cohorts(reduced: Reduced, zone: tzinfo, stage: int = 1) -> tuple[Cohort, ...]:
    """The cohorts of one stage, oldest first; quarters without anybody are left out."""
    records = stage_records(reduced, stage)
    began_us = reduced.first_us[records.row, stage - 1]
    names, where = calendar_periods(began_us, zone, months=3)
    return tuple(_cohort(name, zone, records.where(where == k)) for k, name in enumerate(names) if np.any(where == k))


def cohort_curves(reduced: Reduced, zone: tzinfo, stage: int) -> tuple[tuple[Cohort, Curve], ...]:
    """Each cohort of a stage with what became of it over the days."""
    records = stage_records(reduced, stage)
    began_us = reduced.first_us[records.row, stage - 1]
    return tuple(
        (one, curve(records.where((began_us >= one.began_us) & (began_us < one.ended_us))))
        for one in cohorts(reduced, zone, stage)
    )


def calendar_periods(at_us: Ints, zone: tzinfo, months: int) -> tuple[list[str], Ints]:
    """Names of the calendar periods (3 months: 2026Q1, 12: 2026) that span the instants, and the period of each."""
    if not len(at_us):
        return [], at_us
    year, month = _month(int(at_us.min()), zone)
    last = _month(int(at_us.max()), zone)
    month -= (month - 1) % months
    names, starts = [], []
    while (year, month) <= last:
        names.append(f"{year:04d}" if months == 12 else f"{year:04d}Q{(month - 1) // months + 1}")
        starts.append((datetime(year, month, 1, tzinfo=zone) - _EPOCH) // _MICROSECOND)
        year, month = (year, month + months) if month + months <= 12 else (year + 1, 1)
    return names, np.searchsorted(np.array(starts[1:], dtype=np.int64), at_us, side="right")


def _month(at_us: int, zone: tzinfo) -> tuple[int, int]:
    local = (_EPOCH + timedelta(microseconds=at_us)).astimezone(zone)
    return local.year, local.month


def _cohort(name: str, zone: tzinfo, records: StageRecords) -> Cohort:
    year, quarter = int(name[:4]), int(name[5:])
    starts = [
        datetime(year + (month > 12), (month - 1) % 12 + 1, 1, tzinfo=zone)
        for month in (3 * quarter - 2, 3 * quarter + 1)
    ]
    began_us, ended_us = ((start - _EPOCH) // _MICROSECOND for start in starts)
    return Cohort(
        name, len(records), records.count(ADVANCED), records.count(LOST), records.count(OPEN),
        advance_at(curve(records), 90), began_us, ended_us,
    )  # fmt: skip
