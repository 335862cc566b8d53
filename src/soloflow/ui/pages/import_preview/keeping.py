"""Decisions that outlive another reading of the same file, in another encoding or with what is known by then."""

from collections.abc import Sequence

from soloflow.services.import_items import Item

Kept = dict[int, tuple[Item, Item]]
"""By line of the file: the person as read, and as decided."""


def kept_decisions(read: Sequence[Item], decided: Sequence[Item]) -> Kept:
    """What the user has decided otherwise than was proposed."""
    pairs = zip(read, decided, strict=True)
    return {before.person.line: (before, after) for before, after in pairs if after is not before and after != before}


def with_decisions(read: Sequence[Item], kept: Kept) -> list[Item]:
    """The people of another reading; where a row says the same and would do the same, as decided before."""
    if not kept:
        return list(read)
    found = []
    for item in read:
        before = kept.get(item.person.line)
        found.append(before[1] if before is not None and before[0] == item else item)
    return found
