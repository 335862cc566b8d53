"""Many customers at once: tags, channel, next step, stage, standing, deletion; each one change set and one undo.

A move is the single move done many times, with the same words: whom it makes no sense for stays as they are, and the label
says how many. Everything works in blocks with progress; a cancelled edit has changed nothing.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from soloflow.domain.errors import UserError
from soloflow.domain.process import Entry, Kind, Position, Standing, derive, kind_of_move
from soloflow.domain.stages import stage
from soloflow.i18n import _, ngettext
from soloflow.services import process, wording
from soloflow.services.changes import Changes
from soloflow.services.workspace import Progress, Silent, Workspace
from soloflow.store import many, people
from soloflow.store.derived import CHUNK
from soloflow.store.log import entries_of_many

if TYPE_CHECKING:  # writing imports SQLAlchemy, which the first window does not wait for
    from soloflow.store.unit_of_work import UnitOfWork

MANY = 500
"""More customers are not listed one by one in `Changes`."""
Decide = Callable[[int, Position | None, int], dict[str, object] | None]
"""(prospect, position, instant) → the entry of the log without the instant, or None for one who stays."""


class _Edit:
    """One edit in the making: counts who was changed and who stayed, and tells how far it is."""

    def __init__(self, work: "UnitOfWork", ids: Sequence[int], progress: Progress) -> None:
        self.work = work
        self.changed: list[int] = []
        self._ids = ids
        self._progress = progress

    @property
    def stayed(self) -> int:
        """How many of those asked for were left as they are."""
        return len(self._ids) - len(self.changed)

    def blocks(self) -> Iterator[list[int]]:
        """The customers that are still there, some hundred at a time."""
        for number, block in enumerate(many.blocks(self._ids)):
            self._progress.report(number * many.BLOCK // 2, len(self._ids))  # the other half is for `settle`
            self._progress.check()
            yield many.present(self.work.reader, block)

    def say(self, words: str, **values: str) -> None:
        """Name the change set: {who} stands for those that were changed."""
        label = words.format(who=_count(len(self.changed)), **values)
        if self.stayed and self.changed:
            label = _("{what}（{count}社はそのまま）").format(what=label, count=f"{self.stayed:,}")
        self.work.label = label

    def settle(self) -> None:
        """Make the lists true again, asking between the blocks whether to go on."""
        total, portions = len(self._ids), count()

        def step() -> None:
            self._progress.report(min(total, total // 2 + next(portions) * CHUNK // 2), total)
            self._progress.check()

        self.work.settle(step)
        self._progress.report(total, total)


@contextmanager
def _edit(ws: Workspace, prospects: Collection[int], progress: Progress | None) -> Iterator[_Edit]:
    ids = tuple(dict.fromkeys(prospects))
    with ws.store.write(_("まとめて変えました"), ws.now_us()) as work:
        edit = _Edit(work, ids, progress or Silent())
        yield edit
        edit.settle()


def _count(number: int) -> str:
    return ngettext("{count}社", "{count}社", number).format(count=f"{number:,}")


def _answer(edit: _Edit, nothing: str) -> Changes:
    work, ids = edit.work, frozenset(edit.changed)
    label = work.label if edit.changed else nothing
    is_much = len(ids) > MANY
    return Changes(work.change_set, label, frozenset(work.topics), frozenset() if is_much else ids, many=is_much)


# --- tags, channel, next step ------------------------------------------------------------------------------------------------


def tag(
    ws: Workspace,
    prospects: Collection[int],
    add: Collection[str] = (),
    remove: Collection[int] = (),
    progress: Progress | None = None,
) -> Changes:
    """Give tags by name (new ones are made) and take tags away by id."""
    names = tuple(dict.fromkeys(name for text in add if (name := text.strip().lstrip("#＃"))))
    with _edit(ws, prospects, progress) as edit:
        gone = [row["name"] for one in remove if (row := edit.work.reader.get("tags", one))]
        for block in edit.blocks():
            tags = _tags(edit.work, names) if block else []  # for nobody no tag is made
            edit.changed += _retag(edit.work, block, tags, remove)
        given, taken = (" ".join(f"#{name}" for name in some) for some in (names, gone))
        if given and taken:
            edit.say(_("{who}に {tags} を付け、{gone} を外しました"), tags=given, gone=taken)
        elif given:
            edit.say(_("{who}に {tags} を付けました"), tags=given)
        else:
            edit.say(_("{who}から {tags} を外しました"), tags=taken)
    return _answer(edit, _("タグは、すでにそのとおりです"))


def _tags(work: "UnitOfWork", names: Collection[str]) -> list[int]:
    return [work.reader.find("tags", name=name) or work.insert("tags", name=name) for name in names]


def _retag(work: "UnitOfWork", block: Sequence[int], add: Sequence[int], remove: Collection[int]) -> list[int]:
    present = many.tag_links(work.reader, block, add)
    missing = [(prospect, one) for prospect in block for one in add if (prospect, one) not in present]
    work.insert_many("prospect_tags", [{"prospect_id": prospect, "tag_id": one} for prospect, one in missing])
    gone = many.tag_links(work.reader, block, remove)
    work.delete_many("prospect_tags", list(gone.values()))
    touched = {prospect for prospect, _tag in missing} | {prospect for prospect, _tag in gone}
    return [prospect for prospect in block if prospect in touched]


def set_channel(
    ws: Workspace, prospects: Collection[int], channel: int | None, progress: Progress | None = None
) -> Changes:
    """Say through which channel these customers came."""
    with _edit(ws, prospects, progress) as edit:
        row = edit.work.reader.get("channels", channel) if channel is not None else None
        name = _(row["name"]) if row is not None else _("なし")
        for block in edit.blocks():
            changed = edit.work.update_many("prospects", {one: {"channel_id": channel} for one in block})
            edit.changed += [one for one in block if one in changed]
        edit.say(_("{who}のチャネルを{channel}にしました"), channel=name)
    return _answer(edit, _("チャネルは、すでにそのとおりです"))


def plan(
    ws: Workspace,
    prospects: Collection[int],
    text: str,
    due_on: date,
    kind: str = "other",
    due_time: str = "",
    progress: Progress | None = None,
) -> Changes:
    """Plan the same next step for all; what is planned already stays."""
    with _edit(ws, prospects, progress) as edit:
        for block in edit.blocks():
            edit.work.insert_many(
                "follow_ups",
                [
                    {
                        "prospect_id": one, "contact_id": None, "kind": kind, "text": text.strip(), "due_on": due_on.isoformat(),
                        "due_time": due_time, "is_recontact": False, "created_us": ws.now_us(),
                    }
                    for one in block
                ],
            )  # fmt: skip
            edit.changed += block
        what = text.strip() or _(wording.PLAN_KINDS[kind])
        edit.say(_("{who}：{day}に「{what}」"), day=wording.day(ws, due_on), what=what)
    return _answer(edit, _("選んだ顧客は、もうありません"))


# --- stage and standing ------------------------------------------------------------------------------------------------------


def move(
    ws: Workspace, prospects: Collection[int], to_stage: int, at: process.When = None, progress: Progress | None = None
) -> Changes:
    """Put them at a stage; who stands there already stays.

    :raises UserError: when `at` lies in the future.
    """

    def decide(_prospect: int, position: Position | None, _at_us: int) -> dict[str, object] | None:
        if position and position.stage == to_stage and position.standing is Standing.ACTIVE:
            return None
        return _entry(kind_of_move(position, to_stage), position, to_stage)

    name = f"{to_stage} {_(stage(to_stage).name)}"
    with _edit(ws, prospects, progress) as edit:
        _log(ws, edit, at, decide)
        edit.say(_("{who}を{stage}へ移しました"), stage=name)
    return _answer(edit, _("どの顧客も、もう{stage}にいます").format(stage=name))


def lose(
    ws: Workspace,
    prospects: Collection[int],
    reason: str,
    note: str = "",
    at: process.When = None,
    progress: Progress | None = None,
) -> Changes:
    """Say that they are gone (離脱); who is only in the contact book or gone already stays.

    :raises UserError: when `at` lies in the future.
    """
    with _edit(ws, prospects, progress) as edit:
        _log(ws, edit, at, _leaving(Kind.LOSE, Standing.LOST, reason))
        _after_leaving(edit, note)
        edit.say(_("{who}を離脱にしました"))
    return _answer(edit, _("離脱にできる顧客はありませんでした。名簿の人は、先に「集客」に入れてください。"))


def recycle(
    ws: Workspace,
    prospects: Collection[int],
    reason: str | None,
    recontact_on: date | None = None,
    note: str = "",
    at: process.When = None,
    progress: Progress | None = None,
) -> Changes:
    """Park them for later (育成) with a day to get in touch again; who is parked already or only in the contact book stays.

    :raises UserError: when `at` lies in the future.
    """
    day = recontact_on or ws.today() + timedelta(days=process.DEFAULT_PARKING_DAYS)
    with _edit(ws, prospects, progress) as edit:
        _log(ws, edit, at, _leaving(Kind.RECYCLE, Standing.NURTURE, reason))
        _after_leaving(edit, note)
        edit.work.insert_many(
            "follow_ups",
            [
                {
                    "prospect_id": one, "kind": "mail", "due_on": day.isoformat(), "text": _("再連絡する"), "is_recontact": True,
                    "created_us": ws.now_us(),
                }
                for one in edit.changed
            ],
        )  # fmt: skip
        edit.say(_("{who}を育成に移しました（再連絡 {day}）"), day=wording.day(ws, day))
    return _answer(edit, _("育成に移せる顧客はありませんでした。名簿の人は、先に「集客」に入れてください。"))


def reactivate(ws: Workspace, prospects: Collection[int], progress: Progress | None = None) -> Changes:
    """Bring parked and lost customers back to the stage they left (復帰); the others stay."""

    def decide(_prospect: int, position: Position | None, _at_us: int) -> dict[str, object] | None:
        if position is None or position.standing is Standing.ACTIVE:
            return None
        return _entry(Kind.REACTIVATE, position, position.stage)

    with _edit(ws, prospects, progress) as edit:
        _log(ws, edit, None, decide)
        edit.say(_("{who}を進行中に戻しました"))
    return _answer(edit, _("戻せる顧客はありませんでした。育成中か離脱の顧客を選んでください。"))


def _leaving(kind: Kind, standing: Standing, reason: str | None) -> Decide:
    def decide(_prospect: int, position: Position | None, _at_us: int) -> dict[str, object] | None:
        if position is None or position.standing is standing:
            return None
        return _entry(kind, position, None) | {"reason": reason}

    return decide


def _entry(kind: Kind, position: Position | None, to_stage: int | None) -> dict[str, object]:
    start = position.stage if position else None
    return {"kind": kind.value, "from_stage": start, "to_stage": to_stage, "reason": None}


def _log(ws: Workspace, edit: _Edit, at: process.When, decide: Decide) -> None:
    """Write one entry for everybody it makes sense for, as `process` does for one."""
    for block in edit.blocks():
        entries = entries_of_many(edit.work.reader, block)
        made = []
        for prospect in block:
            own = entries.get(prospect, [])
            at_us = _instant(ws, own, at)
            entry = decide(prospect, derive(one for one in own if one.at_us <= at_us), at_us)
            if entry is not None:
                made.append({"prospect_id": prospect, "at_us": at_us, **entry})
                edit.changed.append(prospect)
        edit.work.log_many(made)


def _instant(ws: Workspace, entries: Sequence[Entry], at: process.When) -> int:
    at_us = process.instant_of(ws, at)
    if at is not None and not isinstance(at, datetime):
        end_us = process.start_of_day_us(ws, at + timedelta(days=1))
        at_us = max([at_us, *(one.at_us for one in entries if at_us <= one.at_us < end_us)])
    if at_us > ws.now_us():
        raise UserError(_("まだ来ていない日付です。今日か、それより前の日を入れてください。"))
    return at_us


def _after_leaving(edit: _Edit, note: str) -> None:
    work = edit.work
    for block in many.blocks(edit.changed):
        work.delete_many("follow_ups", many.open_plans(work.reader, block))
        if note.strip():
            work.insert_many(
                "activities",
                [{"prospect_id": one, "kind": "note", "at_us": work.now_us, "text": note.strip()} for one in block],
            )


# --- deletion ----------------------------------------------------------------------------------------------------------------


def remove(ws: Workspace, prospects: Collection[int], progress: Progress | None = None) -> Changes:
    """Delete customers (削除): they and their entries of the log no longer count; undo brings all of it back."""
    with _edit(ws, prospects, progress) as edit:
        for block in edit.blocks():
            edit.work.void_many(many.effective_entries(edit.work.reader, block))
            edit.work.update_many("prospects", {one: {"deleted_us": ws.now_us()} for one in block})
            edit.changed += block
        edit.say(_("{who}を削除しました"))
    return _answer(edit, _("選んだ顧客は、もうありません"))


# --- what the panel shows ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shared:
    """A tag that some of the chosen customers have."""

    id: int
    name: str
    count: int


def tags_among(ws: Workspace, prospects: Collection[int]) -> tuple[Shared, ...]:
    """The tags of these customers, the most frequent first."""
    found: Counter[int] = Counter()
    with ws.store.read() as reader:
        for block in many.blocks(prospects):
            found.update(many.tags_among(reader, block))
        names = {row["id"]: row["name"] for row in people.all_tags(reader)}
    return tuple(Shared(one, names[one], count) for one, count in found.most_common() if one in names)
