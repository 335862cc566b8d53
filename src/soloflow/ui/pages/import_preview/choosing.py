"""The decisions of the preview as functions of a person: what a click or a key changes in one row, or in many."""

from collections.abc import Callable
from functools import partial

from soloflow.services import importing
from soloflow.services.import_items import Item
from soloflow.ui.models.import_people import is_open
from soloflow.ui.pages.import_preview.words import changes_in

Change = Callable[[Item], Item]


def ticked(item: Item, *, take: bool) -> Item:
    """The tick that it is imported."""
    return item if item.take == take else importing.choose(item, take=take)


def ticked_if_answered(item: Item, *, take: bool) -> Item:
    """The same for many rows: whom nobody has said anything about stays open."""
    return item if take and is_open(item) else ticked(item, take=take)


def entered(item: Item, *, enters: bool) -> Item:
    """The tick 集客に入れる."""
    return item if not item.take or item.enters is None else importing.choose(item, enters=enters)


def kept(item: Item, cell: str, *, keep: bool) -> Item:
    """Keep the old value of a cell, or take the new one."""
    changes = frozenset(changes_in(item, cell))
    declined = item.declined | changes if keep else item.declined - changes
    return item if declined == item.declined else importing.choose(item, keep=declined)


def is_kept(item: Item, cell: str) -> bool:
    """Whether the old value of a cell is kept."""
    changes = changes_in(item, cell)
    return bool(changes) and item.declined.issuperset(changes)


def turned(item: Item, number: int) -> Item:
    """The other answer for one of the changes offered."""
    return importing.choose(item, keep=item.declined ^ {item.offered[number]})


def brought_together(item: Item) -> Item:
    """The other answer to whether somebody becomes a contact of their company."""
    return importing.choose(item, joins=not item.joins, take=True)


def instead(changed: Item, _old: Item) -> Item:
    """A corrected person in place of the old one."""
    return changed


def other_answer(item: Item, key: str) -> Change:
    """What a press on a cell means, seen from the row that was pressed; for several rows all become like this one."""
    if key == "take":
        return partial(ticked_if_answered, take=not item.take)
    if key == "enters":
        return partial(entered, enters=not item.enters)
    cell = key.removeprefix("change:")
    return partial(kept, cell=cell, keep=not is_kept(item, cell))
