"""Undo, redo, and noticing what another process wrote."""

from collections.abc import Callable
from functools import partial

from soloflow.i18n import _
from soloflow.services import kept_words, undo_words
from soloflow.services.changes import Changes
from soloflow.services.workspace import Progress, Silent, Workspace
from soloflow.store import journal
from soloflow.store.database import Reader

LONG = 2_000
"""Rows from which on taking back or putting back lasts longer than a blink."""


def undo(ws: Workspace, progress: Progress | None = None, *, only: int | None = None) -> Changes | None:
    """Take back the newest change set; None when there is nothing to take back.

    `only` is the change set that is meant: where another process has written since, that one alone is taken back.

    :raises Cancelled: when the user stopped it; nothing is taken back then.
    """
    from soloflow.store import replay

    with ws.store.write("", ws.now_us(), journaled=False) as work:
        found = journal.next_undo(work.reader)
        if found is None:
            return None
        if only is None or found.id == only:
            replay.take_back(work, found.id, _watched(work.reader, found.id, progress))
    if only is not None and found.id != only:
        return revert(ws, only)
    return _changes(work.touched, work.topics, undo_words.undone(found.label))


def redo(ws: Workspace, progress: Progress | None = None) -> Changes | None:
    """Put back what was taken back last; None when there is nothing to put back.

    :raises Cancelled: when the user stopped it; nothing is put back then.
    """
    from soloflow.store import replay

    with ws.store.write("", ws.now_us(), journaled=False) as work:
        found = journal.next_redo(work.reader)
        if found is None:
            return None
        replay.put_back(work, found.id, _watched(work.reader, found.id, progress))
    return _changes(work.touched, work.topics, undo_words.redone(found.label))


def _watched(reader: Reader, change_set: int, progress: Progress | None) -> Callable[[int], None]:
    watching, total, done = progress or Silent(), journal.size(reader, change_set), 0

    def advance(rows: int) -> None:
        nonlocal done
        done = min(done + rows, total)
        watching.report(done, total)
        watching.check()

    return advance


def is_long(ws: Workspace) -> tuple[bool, bool]:
    """Whether undo and redo would take so long that the user should see how far they are."""
    with ws.store.read() as reader:
        found = journal.next_undo(reader), journal.next_redo(reader)
        back, forth = (one is not None and journal.size(reader, one.id) >= LONG for one in found)
    return back, forth


def revert(ws: Workspace, change_set: int, progress: Progress | None = None) -> Changes:
    """Take back an older change set while later edits stay; what was edited since is kept and listed in `conflicts`.

    :raises Cancelled: when the user stopped it; nothing is taken back then.
    """
    from soloflow.store import reverting

    with ws.store.read() as reader:
        label = reader.get("change_sets", change_set)["label"]
    text = undo_words.reverted(label)
    with ws.store.write(text, ws.now_us()) as work:
        advance = _watched(work.reader, change_set, progress)
        conflicts = reverting.revert(work, change_set, advance)
        work.settle(partial(advance, 0))
        kept = kept_words.sentences(work.reader, conflicts)
    if work.change_set is None and not kept:
        text = _("「{label}」は、もう元に戻っています").format(label=undo_words.inside(label))
    return Changes(
        work.change_set, text, frozenset(work.topics), frozenset(work.touched), many=len(work.touched) > 500, conflicts=kept
    )  # fmt: skip


def peek(ws: Workspace) -> tuple[str | None, str | None]:
    """The labels of what undo and redo would do."""
    with ws.store.read() as reader:
        back, forth = journal.next_undo(reader), journal.next_redo(reader)
    return (back.label if back else None, forth.label if forth else None)


def steps(ws: Workspace, limit: int = 50) -> tuple[journal.ChangeSet, ...]:
    """The newest change sets that stand, newest first."""
    with ws.store.read() as reader:
        return tuple(journal.standing(reader, limit))


def mark(ws: Workspace) -> tuple[int, int]:
    """Where the journal stands; `poll` compares with it."""
    with ws.store.read() as reader:
        return journal.newest(reader)


def poll(ws: Workspace, seen: tuple[int, int]) -> Changes | None:
    """What was written since `seen` (by `soloflow add`, cron, …), or None."""
    with ws.store.read() as reader:
        if journal.newest(reader) == seen:
            return None
        latest = journal.newest(reader)[0]
        label = reader.get("change_sets", latest)["label"] if latest > seen[0] else ""
    return Changes(None, label, frozenset({"*"}), many=True)


def _changes(touched: set[int], topics: set[str], label: str) -> Changes:
    return Changes(None, label, frozenset(topics), frozenset(touched), many=len(touched) > 500)


def described(reader: Reader, conflict: journal.Conflict) -> str:
    """What a revert left alone because it was edited or used since, as a sentence."""
    return kept_words.sentence(reader, conflict)
