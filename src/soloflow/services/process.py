"""Moving prospects through the nine stages: the user says where to and when, the log remembers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from soloflow.domain.errors import UserError
from soloflow.domain.process import Entry, Kind, Position, Standing, derive, kind_of_move
from soloflow.domain.stages import stage
from soloflow.i18n import _, ngettext
from soloflow.services import wording
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace, instant_us
from soloflow.store.database import Reader
from soloflow.store.log import entries_of, latest_between, survivor
from soloflow.store.people import criteria_for

if TYPE_CHECKING:  # writing imports SQLAlchemy, which the first window does not wait for
    from soloflow.store.unit_of_work import UnitOfWork

When = date | datetime | None
"""None is now; a day without a time is 00:00 local, or that prospect's latest entry of the day if that is later."""

DEFAULT_PARKING_DAYS = 183


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something that must be true to reach a stage, and whether it is."""

    id: int
    text: str
    is_met: bool


def criteria(ws: Workspace, prospect: int, to_stage: int) -> tuple[Criterion, ...]:
    """What should be true of a customer to reach a stage (移行判定基準), with what is ticked."""
    with ws.store.read() as reader:
        found = criteria_for(reader, prospect, to_stage)
    return tuple(Criterion(row["id"], _(row["text"]), row["met_on"] is not None) for row in found)


def move(ws: Workspace, prospects: Iterable[int], to_stage: int, at: When = None) -> Changes:
    """Put prospects at a stage: enters, advances, skips, moves back or reactivates, whichever it is.

    :raises UserError: when `at` lies in the future.
    """
    ids = tuple(prospects)
    with ws.store.read() as reader:
        label = _("{who}を{stage}へ移しました").format(who=_who(reader, ids), stage=_stage_name(to_stage))
    with ws.store.write(label, ws.now_us()) as work:
        for prospect in ids:
            log_move(ws, work, prospect, to_stage, at)
    if work.change_set is None:
        with ws.store.read() as reader:
            label = _("{who}はもう{stage}にいます").format(who=_who(reader, ids), stage=_stage_name(to_stage))
    return _answer(work, label, ids)


def log_move(ws: Workspace, work: "UnitOfWork", prospect: int, to_stage: int, at: When = None) -> None:
    """Append the entry that moves one prospect, inside a change set of the caller; nothing when it stands there already.

    :raises UserError: when it is not there any more, or `at` lies in the future.
    """
    prospect = _standing(work.reader, prospect)
    at_us = _instant(ws, work.reader, prospect, at)
    position = _position(work.reader, prospect, at_us)
    if position and position.stage == to_stage and position.standing is Standing.ACTIVE:
        return
    work.log(
        prospect, kind_of_move(position, to_stage), at_us=at_us, to_stage=to_stage,
        from_stage=position.stage if position else None,
    )  # fmt: skip


def lose(ws: Workspace, prospects: Iterable[int], reason: str, note: str = "", at: When = None) -> Changes:
    """Say that prospects are gone (離脱), with the code of a lost reason; the note is kept as an activity."""
    ids = tuple(prospects)
    with ws.store.read() as reader:
        label = _("{who}を離脱にしました").format(who=_who(reader, ids))
    with ws.store.write(label, ws.now_us()) as work:
        for prospect in ids:
            _leave(ws, work, prospect, Kind.LOSE, reason, note, at)
            _close_plans(work, prospect)
    return _answer(work, label, ids)


def recycle(
    ws: Workspace,
    prospects: Iterable[int],
    reason: str | None,
    recontact_on: date | None = None,
    note: str = "",
    at: When = None,
) -> Changes:
    """Park prospects for later (育成) with a day to get in touch again (default: in six months)."""
    ids = tuple(prospects)
    day = recontact_on or ws.today() + timedelta(days=DEFAULT_PARKING_DAYS)
    with ws.store.read() as reader:
        label = _("{who}を育成に移しました（再連絡 {day}）").format(who=_who(reader, ids), day=wording.day(ws, day))
    with ws.store.write(label, ws.now_us()) as work:
        for prospect in ids:
            _leave(ws, work, prospect, Kind.RECYCLE, reason, note, at)
            _close_plans(work, prospect)
            work.insert(
                "follow_ups", prospect_id=prospect, kind="mail", due_on=day.isoformat(), text=_("再連絡する"), is_recontact=True,
                created_us=ws.now_us(),
            )  # fmt: skip
    return _answer(work, label, ids)


def void_entry(ws: Workspace, entry: int) -> Changes:
    """Say that an entry of the log was a mistake; the row stays, a void is added."""
    with ws.store.read() as reader:
        prospect = survivor(reader, reader.get("stage_transitions", entry)["prospect_id"])
        label = _("{who}の記録を1件取り消しました").format(who=_who(reader, (prospect,)))
    with ws.store.write(label, ws.now_us()) as work:
        work.void(entry)
    return _answer(work, label, (prospect,))


def correct_date(ws: Workspace, entry: int, at: date | datetime) -> Changes:
    """Give an entry another date: a void and a new row.

    :raises UserError: when `at` lies in the future.
    """
    with ws.store.read() as reader:
        row = reader.get("stage_transitions", entry)
        prospect = survivor(reader, row["prospect_id"])
        label = _("{who}の移動の日付を直しました").format(who=_who(reader, (prospect,)))
    with ws.store.write(label, ws.now_us()) as work:
        if not work.void(entry):
            return _answer(work, label, ())
        at_us = _instant(ws, work.reader, prospect, at)
        work.log(
            row["prospect_id"], Kind(row["kind"]), at_us=at_us, to_stage=row["to_stage"], from_stage=row["from_stage"],
            reason=row["reason"],
        )  # fmt: skip
    return _answer(work, label, (prospect,))


def _leave(
    ws: Workspace, work: "UnitOfWork", prospect: int, kind: Kind, reason: str | None, note: str, at: When
) -> None:
    prospect = _standing(work.reader, prospect)
    at_us = _instant(ws, work.reader, prospect, at)
    position = _position(work.reader, prospect, at_us)
    if position is None:
        name = work.reader.get("prospects", prospect)["name"]
        raise UserError(_("{name}はまだ獲得工程に入っていません。先に「集客」に入れてください。").format(name=name))
    work.log(prospect, kind, at_us=at_us, from_stage=position.stage, reason=reason)
    if note.strip():
        work.insert("activities", prospect_id=prospect, kind="note", at_us=at_us, text=note.strip())


def _standing(reader: Reader, prospect: int) -> int:
    """The customer that a move concerns; of one that was deleted elsewhere meanwhile no entry may count."""
    found = survivor(reader, prospect)
    row = reader.get("prospects", found)
    if row is None or row["deleted_us"] is not None or row["erased_us"] is not None:
        raise UserError(_("この顧客は、もうありません。何も変えていません。一覧を開き直してください。"))
    return found


def _close_plans(work: "UnitOfWork", prospect: int) -> None:
    for plan in work.reader.ids("follow_ups", prospect_id=prospect, done_us=None):
        work.delete("follow_ups", plan)


def _position(reader: Reader, prospect: int, at_us: int) -> Position | None:
    entries: list[Entry] = [entry for entry in entries_of(reader, prospect) if entry.at_us <= at_us]
    return derive(entries)


def _instant(ws: Workspace, reader: Reader, prospect: int, at: When) -> int:
    at_us = instant_of(ws, at)
    if at is not None and not isinstance(at, datetime):
        latest = latest_between(reader, prospect, at_us, start_of_day_us(ws, at + timedelta(days=1)))
        at_us = max(at_us, latest or 0)
    if at_us > ws.now_us():
        raise UserError(_("まだ来ていない日付です。今日か、それより前の日を入れてください。"))
    return at_us


def instant_of(ws: Workspace, at: When) -> int:
    """What a user means by a time, without regard to the log: now, an instant, or the start of a day."""
    if at is None:
        return ws.now_us()
    if isinstance(at, datetime):
        return instant_us(at if at.tzinfo else at.replace(tzinfo=ws.zone))
    return start_of_day_us(ws, at)


def start_of_day_us(ws: Workspace, day: date) -> int:
    """The first instant of a calendar day in the user's zone."""
    return ws.start_of_day_us(day)


def _who(reader: Reader, ids: tuple[int, ...]) -> str:
    if len(ids) == 1:
        return str(reader.get("prospects", ids[0])["name"] or _("名前なし"))
    return ngettext("{count}社", "{count}社", len(ids)).format(count=len(ids))


def _stage_name(number: int) -> str:
    return f"{number} {_(stage(number).name)}"


def _answer(work: "UnitOfWork", label: str, ids: tuple[int, ...]) -> Changes:
    return Changes(work.change_set, label, frozenset(work.topics), frozenset(ids), created=ids, many=len(ids) > 500)
