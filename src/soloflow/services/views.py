"""しおり: a filter, a search and an order kept under a name; a few come with the program.

A view is kept as JSON and read with suspicion: what is not understood, or speaks of a tag that is gone, shows nobody or fewer
and says why, instead of quietly showing everybody.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from soloflow.domain.errors import UserError
from soloflow.i18n import N_, _, listed, pgettext
from soloflow.services import customers
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace
from soloflow.store.database import Reader
from soloflow.store.filters import STEPS, Filter

FORMAT = 1
QUIET_DAYS = 60
NAME_LIMIT = 60
BUILT_IN: tuple[tuple[str, str, Filter, str], ...] = (
    ("active", N_("進行中"), Filter(standing="active"), "next"),
    ("no_step", N_("次の一手なし"), Filter(standing="active", step="none"), "waiting"),
    ("overdue", N_("期限切れ"), Filter(standing="active", step="overdue"), "next"),
    ("quiet", N_("しばらく連絡なし"), Filter(standing="active", quiet_days=QUIET_DAYS), "waiting"),
    ("nurture", N_("育成中"), Filter(standing="nurture"), "next"),
    ("lost", N_("離脱"), Filter(standing="lost"), "recent"),
    ("book", N_("名簿のみ"), Filter(standing="book"), "name"),
    ("all", N_("全員"), Filter(), "name"),
)
"""(key, name, filter, order) of the views of the program."""
_POINTING = {"channels": "channels", "tags": "tags", "sources": "sources", "meetups": "meetups"}
"""Fields of the filter that hold ids, and the tables they point to."""


@dataclass(frozen=True, slots=True)
class View:
    """One view; `id` is None for those of the program."""

    id: int | None
    key: str
    name: str
    wanted: Filter
    order: str
    problem: str = ""
    """Why it cannot show all that it was made for; a sentence."""


def every(ws: Workspace) -> tuple[View, ...]:
    """The views of the program, then the user's own in their order."""
    own = []
    with ws.store.read() as reader:
        rows = [reader.get("saved_views", one) for one in reader.ids("saved_views")]
        for row in sorted(rows, key=lambda row: (row["position"], row["id"])):
            wanted, order, problem = _read(reader, row["body"])
            own.append(View(row["id"], f"own_{row['id']}", row["name"], wanted, order, problem))
    return (*(View(None, key, _name(key, name), wanted, order) for key, name, wanted, order in BUILT_IN), *own)


def _name(key: str, name: str) -> str:
    return pgettext("narrow", "名簿のみ") if key == "book" else _(name)


def showing(views: Sequence[View], wanted: Filter, order: str) -> View | None:
    """The view that shows just this: with this order, or where none has it in any order."""
    same = [view for view in views if view.wanted == wanted and not view.problem]
    return next((view for view in same if view.order == order), same[0] if same else None)


def save(ws: Workspace, name: str, wanted: Filter, order: str) -> Changes:
    """Keep a filter under a name, at the end of the list; `created` holds its id.

    :raises UserError: when the name is empty or taken.
    """
    views = every(ws)
    named = _free_name(views, name, None)
    label = _("しおり「{name}」を加えました").format(name=named)
    with ws.store.write(label, ws.now_us()) as work:
        position = 1 + max(
            (work.reader.get("saved_views", view.id)["position"] for view in views if view.id), default=0
        )
        made = work.insert("saved_views", name=named, body=_written(work.reader, wanted, order), position=position)
    return Changes(work.change_set, label, frozenset(work.topics), created=(made,))


def rename(ws: Workspace, view: int, name: str) -> Changes:
    """Call a view differently.

    :raises UserError: when the name is empty or taken.
    """
    named = _free_name(every(ws), name, view)
    label = _("しおりを「{name}」に変えました").format(name=named)
    return _update(ws, label, {view: {"name": named}})


def redefine(ws: Workspace, view: int, wanted: Filter, order: str) -> Changes:
    """Let a view show something else under its name."""
    with ws.store.read() as reader:
        label = _("しおり「{name}」を、いまの条件にしました").format(name=reader.get("saved_views", view)["name"])
        body = _written(reader, wanted, order)
    return _update(ws, label, {view: {"body": body}})


def arrange(ws: Workspace, views: Sequence[int]) -> Changes:
    """Put the user's own views into this order."""
    return _update(ws, _("しおりを並べ替えました"), {one: {"position": place} for place, one in enumerate(views, 1)})


def remove(ws: Workspace, view: int) -> Changes:
    """Take a view away; the customers it showed stay."""
    with ws.store.read() as reader:
        label = _("しおり「{name}」を消しました").format(name=reader.get("saved_views", view)["name"])
    with ws.store.write(label, ws.now_us()) as work:
        work.delete("saved_views", view)
    return Changes(work.change_set, label, frozenset(work.topics))


def _update(ws: Workspace, label: str, rows: dict[int, dict[str, object]]) -> Changes:
    with ws.store.write(label, ws.now_us()) as work:
        work.update_many("saved_views", rows)
    return Changes(work.change_set, label, frozenset(work.topics))


def _free_name(views: Sequence[View], name: str, own: int | None) -> str:
    wanted = " ".join(name.split())[:NAME_LIMIT]
    if not wanted:
        raise UserError(_("しおりの名前を入れてください。"))
    if any(view.name == wanted and (view.id is None or view.id != own) for view in views):
        raise UserError(_("「{name}」はもうあります。別の名前にしてください。").format(name=wanted))
    return wanted


# --- the body as JSON --------------------------------------------------------------------------------------------------------


def _written(reader: Reader, wanted: Filter, order: str) -> str:
    kept: dict[str, Any] = {}
    for one in fields(Filter):
        value = getattr(wanted, one.name)
        if value != one.default:
            kept[one.name] = sorted(value) if isinstance(value, frozenset) else value
    # The names are only for the day on which a tag or a meetup is gone.
    names = {
        field: {str(one): row["name"] for one in getattr(wanted, field) if (row := reader.get(table, one)) is not None}
        for field, table in _POINTING.items()
        if getattr(wanted, field)
    }
    return json.dumps({"format": FORMAT, "filter": kept, "order": order, "names": names}, ensure_ascii=False)


def _read(reader: Reader, body: str) -> tuple[Filter, str, str]:
    """(filter, order, problem); nobody where the body is not understood."""
    try:
        found = json.loads(body)
        wanted = _filter(found["filter"])
        order, names = found["order"], found.get("names", {})
        if found["format"] != FORMAT or order not in (*customers.ORDERS, customers.FIT) or not isinstance(names, dict):
            raise ValueError(order)
    except (ValueError, KeyError, TypeError, RecursionError):
        return Filter(ids=frozenset()), "name", _("このしおりの内容を読めません。消して、作り直してください。")
    gone = list(_gone(reader, wanted, names))
    if not gone:
        return wanted, order, ""
    return wanted, order, _("{what}は、もうありません。").format(what=listed(gone))


def _gone(reader: Reader, wanted: Filter, names: dict[str, Any]) -> list[str]:
    found = []
    for field, table in _POINTING.items():
        for one in getattr(wanted, field):
            if reader.get(table, one) is None:
                known = names.get(field)
                name = known.get(str(one)) if isinstance(known, dict) else None
                found.append(_("「{words}」").format(words=name) if isinstance(name, str) and name else _("選んだ条件"))
    if wanted.imported is not None and reader.get("imports", wanted.imported) is None:
        found.append(_("選んだ取り込み"))
    return found


def _filter(kept: dict[str, Any]) -> Filter:
    """The filter that was written; a ValueError for anything that is not one."""
    known = {one.name for one in fields(Filter)}
    if not isinstance(kept, dict) or not set(kept) <= known:
        raise ValueError(kept)
    values: dict[str, Any] = {}
    for name, value in kept.items():
        if not _CHECKS[name](value):
            raise ValueError(name)
        values[name] = frozenset(value) if name == "ids" else tuple(value) if isinstance(value, list) else value
    return replace(Filter(), **values)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 62


def _are_numbers(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_number, value))


def _is_answer(value: object) -> bool:
    return isinstance(value, bool)


_CHECKS = {
    "standing": lambda value: value in ("active", "nurture", "lost", "book"),
    "stages": lambda value: _are_numbers(value) and all(1 <= one <= 9 for one in value),
    "channels": _are_numbers,
    "tags": _are_numbers,
    "text": lambda value: isinstance(value, str),
    "ids": _are_numbers,
    "step": lambda value: value in STEPS,
    "sources": _are_numbers,
    "meetups": _are_numbers,
    "quiet_days": lambda value: _is_number(value) and value < 36_500,
    "has_mail": _is_answer,
    "has_phone": _is_answer,
    "imported": _is_number,
}
