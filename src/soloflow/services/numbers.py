"""分析: the figures of the user's own log, or of a log exported from anywhere."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services.workspace import Workspace, instant_us
from soloflow.store import log as stored

if TYPE_CHECKING:  # numpy waits until figures are asked for
    from soloflow.insights.log import Log
    from soloflow.insights.numbers import Numbers


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


def own_log(ws: Workspace, channel: int | None = None) -> "Log":
    """The user's effective log; only prospects of a channel where one is given."""
    from soloflow.insights.log import Facts, log_from_rows

    with ws.store.read() as reader:
        facts = {
            prospect: Facts(source, expected)
            for prospect, source, expected, one in stored.facts(reader)
            if channel in (None, one)
        }
        rows = [row for row in stored.all_entries(reader) if row[0] in facts]
    return log_from_rows([(row[0], row[1], row[2], row[3], row[4], row[5]) for row in rows], facts)


def compute(ws: Workspace, *, channel: int | None = None, as_of: datetime | None = None) -> "Numbers":
    """Every figure as of now (or `as_of`)."""
    from soloflow.insights.numbers import compute as compute_numbers

    return compute_numbers(own_log(ws, channel), instant_us(as_of) if as_of else ws.now_us(), ws.zone)


def of_files(
    events: Path, prospects: Path | None, as_of: datetime, zone: ZoneInfo
) -> tuple["Numbers", tuple[Any, ...]]:
    """Figures of CSV files and the lines that could not be used, as (file name, line, reason code).

    :raises UserError: when a file cannot be read or lacks a column.
    """
    from soloflow.insights.csv_log import read_events_csv, read_prospects_csv
    from soloflow.insights.numbers import compute as compute_numbers

    facts, dropped = {}, []
    if prospects is not None:
        known = read_prospects_csv(_text(prospects))
        facts = known.facts
        dropped += [(prospects.name, line.line, line.reason) for line in known.dropped]
    read = read_events_csv(_text(events), zone, facts)
    dropped += [(events.name, line.line, line.reason) for line in read.dropped]
    return compute_numbers(read.log, instant_us(as_of), zone), tuple(dropped)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UserError(_("{path} を開けません（{reason}）。").format(path=path, reason=error.strerror)) from error
    except UnicodeDecodeError as error:
        raise UserError(
            _("{path} は UTF-8 ではありません。UTF-8 の CSV で書き出してください。").format(path=path)
        ) from error


def behind(ws: Workspace, stage: int, outcome: int | None, *, channel: int | None = None) -> tuple[int, ...]:
    """The customers that a mark of the charts counts."""
    from soloflow.insights.numbers import counted

    found: list[Hashable] = counted(own_log(ws, channel), ws.now_us(), stage, outcome)
    return tuple(one for one in found if isinstance(one, int))


def rates(ws: Workspace, channel: int | None = None) -> dict[int, RateLine]:
    """The main figure of stages 1 to 8, for the heads of the board; only prospects of a channel where one is given."""
    numbers = compute(ws, channel=channel)
    return {
        step.stage: RateLine(
            step.main.advance,
            step.main.lo,
            step.main.hi,
            step.main.n,
            step.advanced,
            step.advanced + step.lost,
            step.main.lower_bound,
        )
        for step in numbers.stages
    }


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
