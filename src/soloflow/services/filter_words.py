"""What can be chosen in a filter, and what a filter says, in words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from soloflow.i18n import _
from soloflow.services import customers, wording
from soloflow.services.workspace import Workspace
from soloflow.store import people
from soloflow.store.filters import Filter

TAGS_SHOWN = 24
MEETUPS_SHOWN = 10
SOURCES_SHOWN = 12
IMPORTS_SHOWN = 6
QUIET_DAYS = (30, 60, 90, 180)
Choice = tuple[object, str]


@dataclass(frozen=True, slots=True)
class Restriction:
    """One restriction of a filter: its field, the value where a field holds several, and the words for it."""

    field: str
    value: object
    text: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filter panel offers, as (value, words)."""

    stages: tuple[Choice, ...]
    steps: tuple[Choice, ...]
    quiet: tuple[Choice, ...]
    channels: tuple[Choice, ...]
    tags: tuple[Choice, ...]
    meetups: tuple[Choice, ...]
    sources: tuple[Choice, ...]
    reach: tuple[Choice, ...]
    imports: tuple[Choice, ...]


def choices(ws: Workspace, wanted: Filter) -> Choices:
    """Everything to choose from; of long lists the likeliest, and what is chosen already."""
    with ws.store.read() as reader:
        tags = [(row["id"], f"#{row['name']}") for row in people.all_tags(reader)]
        meetups = [(row["id"], _met(ws, row)) for row in people.all_meetups(reader)]
        sources = [(row["id"], row["name"]) for row in people.all_sources(reader)]
        imports = [(row["id"], _import(ws, row)) for row in people.all_imports(reader)]
    return Choices(
        tuple((number, wording.stage_name(number)) for number in range(1, 10)),
        (("overdue", _("期限切れ")), ("week", _("7日以内")), ("none", _("なし"))),
        tuple((days, _("{count}日より前").format(count=days)) for days in QUIET_DAYS),
        tuple(customers.channels(ws)),
        _first(tags, TAGS_SHOWN, wanted.tags),
        _first(meetups, MEETUPS_SHOWN, wanted.meetups),
        _first(sources, SOURCES_SHOWN, wanted.sources),
        tuple((key, reach_words(*key)) for key in (("mail", True), ("mail", False), ("phone", True), ("phone", False))),
        _first(imports, IMPORTS_SHOWN, () if wanted.imported is None else (wanted.imported,)),
    )


def _first(found: Sequence[tuple[int, str]], most: int, chosen: Sequence[int]) -> tuple[Choice, ...]:
    return tuple(one for number, one in enumerate(found) if number < most or one[0] in chosen)


def _met(ws: Workspace, row: Any) -> str:
    return f"{row['name']} {wording.day(ws, wording.iso_day(row['held_on']))}" if row["held_on"] else str(row["name"])


def _import(ws: Workspace, row: Any) -> str:
    return f"{row['name']} {wording.day(ws, wording.date_of(ws, row['at_us']))}".strip()


def step_words(step: str) -> str:
    """What a restriction of the next step is called."""
    words = {"none": _("次の一手なし"), "overdue": _("期限切れ"), "week": _("7日以内に次の一手")}
    return words[step]


def quiet_words(days: int) -> str:
    """「30日より前から連絡なし」."""
    return _("{count}日より前から連絡なし").format(count=days)


def reach_words(kind: str, has: bool) -> str:
    """「メールあり」."""
    if kind == "mail":
        return _("メールあり") if has else _("メールなし")
    return _("電話あり") if has else _("電話なし")


def restrictions(ws: Workspace, wanted: Filter, title: str = "") -> list[Restriction]:
    """What restricts the list, other than the standing and the search text; `title` is for chosen ids."""
    found = [] if wanted.ids is None else [Restriction("ids", None, title or _("選んだ顧客"))]
    found += [Restriction("stages", one, wording.stage_name(one)) for one in wanted.stages]
    if wanted.step is not None:
        found.append(Restriction("step", None, step_words(wanted.step)))
    if wanted.quiet_days is not None:
        found.append(Restriction("quiet_days", None, quiet_words(wanted.quiet_days)))
    for field, has in (("mail", wanted.has_mail), ("phone", wanted.has_phone)):
        if has is not None:
            found.append(Restriction(f"has_{field}", None, reach_words(field, has)))
    return found + list(_named(ws, wanted))


def _named(ws: Workspace, wanted: Filter) -> Iterator[Restriction]:
    words: dict[str, tuple[str, Callable[[Any], str]]] = {
        "channels": ("channels", lambda row: _(row["name"])),
        "tags": ("tags", lambda row: f"#{row['name']}"),
        "meetups": ("meetups", lambda row: _met(ws, row)),
        "sources": ("sources", lambda row: str(row["name"])),
    }
    with ws.store.read() as reader:
        for field, (table, say) in words.items():
            for one in getattr(wanted, field):
                row = reader.get(table, one)
                yield Restriction(field, one, _("（もうない条件）") if row is None else say(row))
        if wanted.imported is not None:
            row = reader.get("imports", wanted.imported)
            words_of_it = _("（もうない取り込み）") if row is None else _import(ws, row)
            yield Restriction("imported", None, words_of_it)


def without(wanted: Filter, field: str, value: object = None) -> Filter:
    """The filter with one restriction less."""
    held = getattr(wanted, field)
    values: dict[str, Any] = {
        field: tuple(one for one in held if value is not None and one != value) if isinstance(held, tuple) else None
    }
    return replace(wanted, **values)
