"""What the preview does off the GUI thread: reading, writing, and looking for people who are there twice."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from soloflow.services import importing
from soloflow.services.import_items import Item, Preview
from soloflow.services.import_search import all_words
from soloflow.services.import_words import report_rows
from soloflow.services.workspace import Progress, Workspace
from soloflow.ui.pages.import_preview.report import Outcome
from soloflow.ui.pages.import_preview.target import Target
from soloflow.ui.pages.import_preview.words import height_of

if TYPE_CHECKING:
    from soloflow.services.mappings import Mapping, Table

CERTAIN = frozenset({"sure", "likely"})


class Read(NamedTuple):
    """A file that was read, with what a search in it looks through."""

    preview: Preview
    words: list[str]
    heights: list[int]
    """Of the rows that show them."""


def read(
    ws: Workspace, path: Path, encoding: str | None, mapping: "Mapping | None", progress: Progress
) -> Read:  # fmt: skip
    """The preview of a file.

    :raises Cancelled: when the user stopped it.
    """
    return _to_show(importing.preview(ws, path, encoding, progress, mapping), progress)


def judge_again(ws: Workspace, file: Preview, progress: Progress) -> Read:
    """The preview of a file that was read, by what is known now; the file itself may be gone.

    :raises Cancelled: when the user stopped it.
    """
    found = importing.judge(ws, file.name, file.reading, progress)
    return _to_show(replace(found, mapping=file.mapping, is_remembered=file.is_remembered), progress)


def _to_show(found: Preview, progress: Progress) -> Read:
    words = all_words([item.person for item in found.items], progress)
    return Read(found, words, [height_of(item) for item in found.items])


def look(path: Path, encoding: str | None, mapping: "Mapping | None", progress: Progress) -> "Table":
    """The table of a file, to say anew what its columns mean."""
    from soloflow.services import mappings

    delimiter, sheet = (mapping.delimiter, mapping.sheet) if mapping else ("", "")
    return mappings.look(path, encoding, delimiter=delimiter, sheet=sheet, progress=progress)


def write(ws: Workspace, file: Preview, items: tuple[Item, ...], target: Target, progress: Progress) -> Outcome:
    """Import what was decided.

    :raises Cancelled: when the user stopped it; nothing is written.
    """
    changes, report = importing.commit(
        ws, file, items, channel=target.channel, meetup=target.meetup, tags=target.tags, progress=progress
    )
    return Outcome(file, items, changes, report, report_rows(file, items))


def count_pairs(ws: Workspace, change_set: int, progress: Progress) -> int:
    """How many of the people written may be in the contact book twice.

    :raises Cancelled: when the user stopped it.
    """
    from soloflow.services import duplicates

    return sum(pair.certainty in CERTAIN for pair in duplicates.found_by(ws, change_set, progress))
