"""The user's own short lists: チャネル and 離脱理由. Words in use are never deleted, only hidden from new choices."""

from dataclasses import dataclass
from typing import Any

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace

LISTS = ("channels", "lost_reasons")


@dataclass(frozen=True, slots=True)
class Word:
    """An entry of a list."""

    id: int
    name: str
    hidden: bool


def words(ws: Workspace, table: str) -> tuple[Word, ...]:
    """All words of a list, the hidden ones too, in their order."""
    assert table in LISTS
    with ws.store.read() as reader:
        rows = [reader.get(table, one) for one in reader.ids(table)]
    ordered = sorted(rows, key=lambda row: (row["position"], row["id"]))
    return tuple(Word(row["id"], _(row["name"]), bool(row["hidden"])) for row in ordered)


def add(ws: Workspace, table: str, name: str) -> Changes:
    """Put a word at the end of a list; `created` holds it.

    :raises UserError: when the list has it already.
    """
    present = words(ws, table)
    wanted = _free_name(present, name)
    label = _("「{word}」を加えました").format(word=wanted)
    with ws.store.write(label, ws.now_us()) as work:
        # The log keeps the code of a reason for ever, so it says nothing that could name somebody.
        number = max((word.id for word in present), default=0) + 1
        code: dict[str, Any] = {"code": f"own_{number}"} if table == "lost_reasons" else {}
        made = work.insert(table, name=wanted, position=len(present) + 1, **code)
    return Changes(work.change_set, label, frozenset(work.topics), created=(made,))


def rename(ws: Workspace, table: str, word: int, name: str) -> Changes:
    """Call a word differently, wherever it is used.

    :raises UserError: when another word is called so already.
    """
    wanted = _free_name([one for one in words(ws, table) if one.id != word], name)
    label = _("「{word}」に変えました").format(word=wanted)
    with ws.store.write(label, ws.now_us()) as work:
        work.update(table, word, name=wanted)
    return Changes(work.change_set, label, frozenset(work.topics))


def hide(ws: Workspace, table: str, word: int, *, hidden: bool) -> Changes:
    """Leave a word out of new choices, or offer it again."""
    name = next(one.name for one in words(ws, table) if one.id == word)
    label = (_("「{word}」を隠しました") if hidden else _("「{word}」を出しました")).format(word=name)
    with ws.store.write(label, ws.now_us()) as work:
        work.update(table, word, hidden=hidden)
    return Changes(work.change_set, label, frozenset(work.topics))


def _free_name(others: "tuple[Word, ...] | list[Word]", name: str) -> str:
    wanted = " ".join(name.split())
    if not wanted:
        raise UserError(_("名前が空です。もとのままにしました。"))
    if any(one.name == wanted for one in others):
        raise UserError(_("「{word}」はもうあります。もとのままにしました。").format(word=wanted))
    return wanted
