"""What the forms of サイト are made of: a field, a list of items, a section. Texts are marked, and translated where shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    `kind`: line, text, markdown, lines (one entry per line), numbers, choice, tick, colour, list, heading.
    """

    path: str
    """Place in the document, with the section first: "home.headline". Inside an item: relative to the item."""
    label: str = ""
    hint: str = ""
    kind: str = "line"
    length: int = 0
    """Characters that read well; 0 where there is nothing to count."""
    rows: int = 3
    example: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    source: str = ""
    """Where the choices come from: cases, offers, themes."""
    item: tuple["Field", ...] = ()
    title: tuple[str, ...] = ()
    """Paths inside an item whose first text names its row."""
    aside: tuple[str, ...] = ()
    """Paths inside an item that stand pale at the right of its row."""
    noun: str = ""
    """What one item is called: 「サービスを足す」."""


@dataclass(frozen=True, slots=True)
class Section:
    """One line of the left pane and its form."""

    key: str
    title: str
    hint: str
    group: str
    fields: tuple[Field, ...] = ()
    counted: str = ""
    """Path of the list whose length stands at the right."""


def value_at(document: Any, path: str) -> Any:
    """The value at a path such as "cases.items[2].client.name".

    :raises LookupError: when there is no such place.
    """
    for name, number in _PART.findall(path):
        document = document[int(number)] if number else document[name]
    return document


def put(document: Any, path: str, value: Any) -> None:
    """Set the value at a path; missing groups on the way are made."""
    parts = [int(number) if number else name for name, number in _PART.findall(path)]
    for part in parts[:-1]:
        document = document.setdefault(part, {}) if isinstance(document, dict) else document[part]
    document[parts[-1]] = value


def empty_item(described: Field) -> dict[str, Any]:
    """A new item of a list, every field with nothing in it."""
    made: dict[str, Any] = {}
    for each in described.item:
        if each.kind != "heading":
            put(made, each.path, _nothing(each))
    return made


def _nothing(described: Field) -> Any:
    if described.kind in {"list", "lines", "numbers"}:
        return []
    if described.kind == "tick":
        return False
    return described.choices[0][0] if described.choices and not described.source else ""


def first_text(item: Mapping[str, Any], paths: tuple[str, ...]) -> str:
    """The first of the paths that says something, on one line."""
    for path in paths:
        try:
            text = str(value_at(item, path))
        except LookupError:
            continue
        if text:
            return text.replace("\n", "")
    return ""
