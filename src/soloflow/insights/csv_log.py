"""Reads an event log exported from anywhere: CSV with seq, prospect_id, from_stage, to_stage, at, kind, reason."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime, timedelta, tzinfo
from decimal import Decimal, InvalidOperation

from soloflow.domain.errors import UserError
from soloflow.domain.stages import is_stage
from soloflow.i18n import _, listed
from soloflow.insights.log import CODE_OF, KINDS, Facts, Log, log_from_rows

UNKNOWN_KIND = "unknown_kind"
UNREADABLE_TIME = "unreadable_time"
EMPTY_ID = "empty_id"
BAD_STAGE = "bad_stage"
BAD_YEN = "bad_yen"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SLASHED = ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d")
_INT64 = 2**63
_MOST_NAMED = 20
_FACTS = ("source", "expected_yen")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line of the file that could not be used, and the code of the reason."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class EventsRead:
    """What an events file gave."""

    log: Log
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class ProspectsRead:
    """What a prospects file gave, by prospect id."""

    facts: dict[str, Facts]
    dropped: tuple[Dropped, ...]


def read_events_csv(text: str, zone: tzinfo, facts: dict[str, Facts] | None = None) -> EventsRead:
    """Read an event log; a time without offset is in `zone`. Lines that cannot be used are reported, not fatal.

    :raises UserError: when a needed column is missing.
    """
    rows: list[tuple[str, str, int | None, int | None, int, Decimal]] = []
    dropped: list[Dropped] = []
    for line, row in _rows(text, ("prospect_id", "to_stage", "at", "kind")):
        reason = _why_unusable(row)
        at_us = None if reason else instant_us(row["at"], zone)
        if reason is None and at_us is None:
            reason = UNREADABLE_TIME
        if reason is not None or at_us is None:
            dropped.append(Dropped(line, reason or UNREADABLE_TIME))
            continue
        seq = _number(row.get("seq", ""))
        stages = _stage(row.get("from_stage", "")), _stage(row["to_stage"])
        rows.append((row["prospect_id"], row["kind"], *stages, at_us, Decimal(line) if seq is None else seq))
    ranks = _whole(tuple(row[5] for row in rows))
    ordered = [(*row[:5], rank) for row, rank in zip(rows, ranks, strict=True)]
    return EventsRead(log_from_rows(ordered, facts), tuple(dropped))


def read_prospects_csv(text: str) -> ProspectsRead:
    """Read source and expected yen by prospect id; the last line of an id wins.

    :raises UserError: when the column prospect_id is missing, or both of the others.
    """
    facts: dict[str, Facts] = {}
    dropped: list[Dropped] = []
    for line, row in _rows(text, ("prospect_id",), _FACTS):
        if not row["prospect_id"]:
            dropped.append(Dropped(line, EMPTY_ID))
            continue
        written = row.get("expected_yen", "")
        yen = _number(written.replace(",", "").removeprefix("¥"))
        if written and yen is None:
            dropped.append(Dropped(line, BAD_YEN))
        facts[row["prospect_id"]] = Facts(row.get("source") or None, None if yen is None else int(yen))
    return ProspectsRead(facts, tuple(dropped))


def in_words(file: str, dropped: Sequence[Dropped]) -> list[str]:
    """What was not used of a file, and why: the first lines by number, the others as a count by reason."""
    named, others = dropped[:_MOST_NAMED], Counter(one.reason for one in dropped[_MOST_NAMED:])
    rest = _("{file} ほか{count}行（{reason}）")
    return [
        *(_line_in_words(file, one) for one in named),
        *(rest.format(file=file, count=f"{n:,}", reason=_why(reason)) for reason, n in others.most_common()),
    ]


def _line_in_words(file: str, dropped: Dropped) -> str:
    if dropped.reason == BAD_YEN:
        return _("{file} {line}行目の見込み額は金額として読めないので、空として数えました").format(
            file=file, line=dropped.line
        )
    words = _("{file} {line}行目を読み飛ばしました（{reason}）")
    return words.format(file=file, line=dropped.line, reason=_why(dropped.reason))


def _why(reason: str) -> str:
    return {
        UNKNOWN_KIND: _("kind が {kinds} のどれでもありません").format(kinds=listed(CODE_OF)),
        UNREADABLE_TIME: _("at を日時として読めません"),
        EMPTY_ID: _("prospect_id が空です"),
        BAD_STAGE: _("to_stage が1〜9の工程ではありません"),
        BAD_YEN: _("見込み額を金額として読めません"),
    }[reason]


def instant_us(written: str, zone: tzinfo) -> int | None:
    """Microseconds since 1970 UTC of an ISO time (or 2026/1/31 9:00, as spreadsheets write it); None if unreadable."""
    moment = _moment(written)
    if moment is None:
        return None
    try:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        # The first and the last year of the calendar have no neighbours in other zones: 0001-01-01 stands for "unknown".
        return (aware - _EPOCH) // _MICROSECOND if 1 < moment.year < MAXYEAR else None
    except (OverflowError, ValueError):
        return None


def _moment(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        pass
    for shape in _SLASHED:
        try:
            return datetime.strptime(written, shape)  # noqa: DTZ007 - the zone is the user's, added by the caller
        except ValueError:
            continue
    return None


def _why_unusable(row: dict[str, str]) -> str | None:
    if not row["prospect_id"]:
        return EMPTY_ID
    code = CODE_OF.get(row["kind"])
    if code is None:
        return UNKNOWN_KIND
    if KINDS[code].is_forward and not is_stage(_stage(row["to_stage"])):
        return BAD_STAGE
    return None


def _number(written: str) -> Decimal | None:
    try:
        number = Decimal(written)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < _INT64 else None


def _stage(written: str) -> int | None:
    number = _number(written)
    return int(number) if number is not None and number == int(number) else None


def _whole(seqs: tuple[Decimal, ...]) -> list[int]:
    """Sequence numbers as integers in the same order; ranks when a file brings fractions."""
    if all(seq == int(seq) for seq in seqs):
        return [int(seq) for seq in seqs]
    rank = {seq: position for position, seq in enumerate(sorted(set(seqs)))}
    return [rank[seq] for seq in seqs]


def _rows(text: str, needed: tuple[str, ...], one_of: tuple[str, ...] = ()) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        names = [name.strip() for name in next(reader, [])]
        missing = [name for name in needed if name not in names]
        if not missing and one_of and not set(one_of) & set(names):
            missing = list(one_of)
        if missing:
            raise UserError(
                _(
                    "この CSV には列 {columns} がありません。1行目に列の名前があるか確かめてください。何も変更していません。"
                ).format(columns=", ".join(missing))
            )
        ended = reader.line_num
        for cells in reader:
            began, ended = (
                ended + 1,
                reader.line_num,
            )  # a text may run over several lines; a row is found where it begins
            if any(cells):
                filled = [cell.strip() for cell in cells] + [""] * (len(names) - len(cells))
                yield began, dict(zip(names, filled, strict=False))
    except csv.Error as error:
        raise UserError(
            _("{line}行目から CSV として読めません。ファイルを書き出し直してください。何も変更していません。").format(
                line=reader.line_num
            )
        ) from error
