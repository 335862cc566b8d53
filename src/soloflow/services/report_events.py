"""What happened in the month: who came in, who went on, who was lost and why; as counts, or with the customers' names."""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial

from soloflow.i18n import _, listed, ngettext
from soloflow.insights.happened import Happened
from soloflow.insights.log import Ints
from soloflow.insights.reduction import Reduced
from soloflow.report.content import Entry, Listing, Section
from soloflow.services import customers, wording
from soloflow.services.numbers import Overview
from soloflow.services.workspace import Workspace
from soloflow.store import log as stored

_MOST_ENTRIES = 8
_MOST_NAMED_ENTRIES = 5
"""Names need lines of their own: all of it must fit on a page."""
_MOST_NAMES = 3
_LONGEST_NAME = 12

Groups = dict[str, list[int]]
"""Customers by what is said of them."""


def events(
    ws: Workspace, shown: Overview, reduced: Reduced, span: tuple[int, int], found: Happened, *, names: bool
) -> Section:
    """Three lists side by side, the commonest first; the steps in their order."""

    def ids(rows: Ints) -> list[int]:
        return [one for row in rows if isinstance(one := shown.log.ids[reduced.prospect[row]], int)]

    came: Groups = defaultdict(list)
    for row, one in zip(found.entered, ids(found.entered), strict=True):
        source = shown.log.facts[reduced.prospect[row]].source
        came[_(source) if source else _("流入元がわからない")].append(one)
    went: Groups = {wording.marked_stage_name(k): ids(rows) for k, rows in found.reached.items() if len(rows)}
    left = _lost(ws, reduced, span, found, ids(found.lost))
    if len(found.parked):
        left[_("育成へ（また連絡する）")] = ids(found.parked)
    groups = (_sorted(came), went, _sorted(left))
    known = _names(ws, groups) if names else None
    went_on = len({one for group in went.values() for one in group})
    return Section(
        _("この月のできごと"),
        listings=(
            _listing(_("新しく入った"), len(found.entered), groups[0], known, _("この月に入った顧客はいません。")),
            _listing(_("工程が進んだ"), went_on, groups[1], known, _("この月に進んだ顧客はいません。")),
            _listing(_("離れた・育成へ"), sum(map(len, left.values())), groups[2], known, _("この月に離れた顧客はいません。")),
        ),
    )  # fmt: skip


def _lost(ws: Workspace, reduced: Reduced, span: tuple[int, int], found: Happened, ids: list[int]) -> Groups:
    """By the step where they were lost and the reason."""
    with ws.store.read() as reader:
        reasons = stored.reasons(reader, *span)
        words = {
            row["code"]: _(row["name"]) for row in map(partial(reader.get, "lost_reasons"), reader.ids("lost_reasons"))
        }
    left: Groups = defaultdict(list)
    for row, one in zip(found.lost, ids, strict=True):
        code = reasons.get((one, int(reduced.lost_at_us[row])))
        why = words.get(code, "") if code else ""
        left[f"{wording.marked_stage_name(int(reduced.frontier[row]))}　{why or _('理由なし')}"].append(one)
    return left


def _sorted(groups: Groups) -> Groups:
    return dict(sorted(groups.items(), key=lambda one: (-len(one[1]), one[0])))


def _listing(title: str, total: int, groups: Groups, known: dict[int, str] | None, none: str) -> Listing:
    most = _MOST_ENTRIES if known is None else _MOST_NAMED_ENTRIES
    entries = [Entry(name, f"{len(ids):,}", _who(ids, known)) for name, ids in list(groups.items())[:most]]
    left = list(groups.values())[most:]
    if left:
        entries.append(Entry(_("ほか"), f"{sum(map(len, left)):,}"))
    said = ngettext("{count}社", "{count}社", total).format(count=f"{total:,}")
    return Listing(title, said, tuple(entries), none)


def _who(ids: list[int], known: dict[int, str] | None) -> str:
    if known is None:
        return ""
    shown = listed(known.get(one, _("消去した顧客")) for one in ids[:_MOST_NAMES])
    left = len(ids) - _MOST_NAMES
    return _("{names} ほか{count}社").format(names=shown, count=f"{left:,}") if left > 0 else shown


def _names(ws: Workspace, groups: Iterable[Groups]) -> dict[int, str]:
    wanted = {one for group in groups for ids in group.values() for one in ids[:_MOST_NAMES]}
    return {
        row.id: shortened(wording.short_name(row.name) or row.contact_name, _LONGEST_NAME)
        for row in customers.rows(ws, sorted(wanted))
        if row.name or row.contact_name
    }


def shortened(text: str, most: int) -> str:
    """The text, or its beginning with an ellipsis: two pages hold only so much."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
