"""A captured line is corrected: what it saved goes, so that what is saved instead stands alone."""

from dataclasses import replace
from typing import TYPE_CHECKING

from soloflow.services.workspace import Workspace
from soloflow.store import duplicates, evening
from soloflow.store.database import Reader
from soloflow.store.log import survivor

if TYPE_CHECKING:
    from soloflow.services.capturing import Entry
    from soloflow.store.unit_of_work import UnitOfWork


def stands(ws: Workspace, change_set: int) -> bool:
    """Whether what a line saved is still there to be corrected; not so once its evening was taken back."""
    with ws.store.read() as reader:
        return evening.stands(reader, change_set)


def take_back_line(work: "UnitOfWork", change_set: int) -> None:
    """Take back what a line saved, and what comes back with that: a line that was corrected before had replaced another.

    Where colleagues came to its customer meanwhile, the customer stays and only the person goes; somebody who was edited
    elsewhere since stays too.
    """
    from soloflow.store import reverting

    earlier: int | None = change_set
    while earlier is not None:
        kept = reverting.revert(work, earlier)
        if all(conflict.column == "id" for conflict in kept):
            for table, row in evening.left_of(work.reader, earlier):
                work.delete(table, row)
        earlier = evening.replaced_by(work.reader, earlier)


def standing(reader: Reader, entry: "Entry") -> "Entry":
    """The entry without the person, the customer and the meetup that are gone since they were chosen.

    They went with the line that is replaced, or another window took them away: what was written down is never refused.
    """
    if entry.contact is not None and not duplicates.alive(reader, "contact", (entry.contact,)):
        entry = replace(entry, contact=None)
    if entry.prospect is not None:
        home = survivor(reader, entry.prospect)
        entry = replace(entry, prospect=home if duplicates.alive(reader, "prospect", (home,)) else None)
    if entry.meetup is not None and reader.get("meetups", entry.meetup) is None:
        entry = replace(entry, meetup=None)
    return entry
