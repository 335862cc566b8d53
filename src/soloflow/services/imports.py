"""取り込みの履歴: what was brought in, what became of it, and taking one of them back at any later time."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from soloflow.domain.errors import UserError
from soloflow.i18n import _, side_by_side
from soloflow.services import history, import_words, wording
from soloflow.services.changes import Changes
from soloflow.services.import_items import Report
from soloflow.services.workspace import Progress, Workspace
from soloflow.store import journal

Fate = Literal["stands", "undone", "taken_back"]
"""stands: its people are there; undone: by 取り消す, right after it; taken_back: later, from the list."""

LEAST_ROWS = 20
"""Rows from which on another step than an import (a bulk edit, a merge) is listed beside them."""
MOST_STEPS = 50


@dataclass(frozen=True, slots=True)
class PastImport:
    """One import of the past."""

    id: int
    change_set: int
    at: datetime
    name: str
    """The file's."""
    kind: str
    """What the file was recognised as, in words."""
    encoding: str
    report: Report
    fate: Fate
    taken_back_at: datetime | None = None
    taken_back_by: int | None = None
    """The change set that took it back later; to take that one back puts the import there again."""

    @property
    def stands(self) -> bool:
        """Whether it can be taken back."""
        return self.fate == "stands"


@dataclass(frozen=True, slots=True)
class PastStep:
    """Another large step that stands: a bulk edit, a merge."""

    change_set: int
    at: datetime
    label: str
    rows: int


def past(ws: Workspace) -> tuple[PastImport, ...]:
    """Every import, newest first, also those that were taken back."""
    with ws.store.read() as reader:
        return tuple(_past(ws, note) for note in journal.imports(reader))


def large_steps(ws: Workspace) -> tuple[PastStep, ...]:
    """The newest large steps that are no imports, newest first."""
    with ws.store.read() as reader:
        found = journal.large(reader, LEAST_ROWS, MOST_STEPS)
    return tuple(PastStep(one.id, wording.moment(ws, one.at_us), one.label, rows) for one, rows in found)


def take_back(ws: Workspace, import_id: int, progress: Progress | None = None) -> Changes:
    """Take an import back, however long ago it was: whom it made goes, what it overwrote comes back.

    What was edited or used since is kept, one sentence each in `conflicts`. One transaction, undone like any other.

    :raises UserError: when there is no such import, or it was taken back before.
    :raises Cancelled: when the user stopped it; nothing is taken back then.
    """
    with ws.store.read() as reader:
        found = journal.imports(reader, import_id)
    if not found:
        raise UserError(_("{id}番の取り込みはありません。").format(id=import_id))
    one = _past(ws, found[0])
    if not one.stands:
        raise UserError(_("「{name}」の取り込みは、もう取り消してあります。").format(name=one.name))
    return history.revert(ws, one.change_set, progress)


def fate_sentence(ws: Workspace, one: PastImport) -> str:
    """What became of an import, in a few words; empty while it stands."""
    if one.fate == "stands":
        return ""
    if one.taken_back_at is None:
        return _("取り込んですぐに取り消しました")
    return _("{day}に取り消しました").format(day=wording.day(ws, one.taken_back_at.date()))


def counts_sentence(report: Report) -> str:
    """「新規 24・更新 3」: what the import wrote."""
    parts = [(_("新規"), report.created), (_("更新"), report.updated), (_("集客に入れた顧客"), report.entered)]
    return side_by_side(f"{word} {count:,}" for word, count in parts if count)


def _past(ws: Workspace, note: journal.ImportNote) -> PastImport:
    row: dict[str, Any] = json.loads(note.image)
    fate: Fate = "stands" if note.is_there else "undone" if note.state != "done" else "taken_back"
    at = note.taken_back_us if fate == "taken_back" else None
    return PastImport(
        note.id, note.change_set, wording.moment(ws, note.at_us), row["name"], import_words.kind_name(row["shape"]), row["encoding"],
        Report(**json.loads(row["report"])), fate, wording.moment(ws, at) if at is not None else None,
        note.taken_back_by if fate == "taken_back" else None,
    )  # fmt: skip
