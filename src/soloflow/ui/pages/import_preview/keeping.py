"""Decisions that outlive another reading of the same file, in another encoding or with what is known by then."""

from collections.abc import Sequence

from soloflow.services.import_items import Item

Kept = dict[int, tuple[Item, Item]]
"""By line of the file: the person as read, and as decided."""


def kept_decisions(read: Sequence[Item], decided: Sequence[Item]) -> Kept:
    """What the user has decided otherwise than was proposed."""
    pairs = zip(read, decided, strict=True)
    return {before.person.line: (before, after) for before, after in pairs if after is not before and after != before}


def decisions_for(read: Sequence[Item], kept: Kept) -> dict[int, Item]:
    """By place, the people of another reading as decided before: where the row says the same and would do the same."""
    if not kept:
        return {}
    return {
        number: kept[item.person.line][1]
        for number, item in enumerate(read)
        if item.person.line in kept and kept[item.person.line][0] == item
    }
