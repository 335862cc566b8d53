"""取り込み: files read into a preview before anything is written, then one transaction that one undo takes back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from soloflow.capture.matching import Match, People, known_from
from soloflow.domain.candidates import Candidate, Problem, Reading
from soloflow.domain.text import company_key, written_out
from soloflow.services import prospects
from soloflow.services.changes import Changes
from soloflow.services.import_bytes import file_bytes, rows_told
from soloflow.services.import_cells import amend, problem_field
from soloflow.services.import_counts import customer
from soloflow.services.import_guesses import with_guesses
from soloflow.services.import_items import Guess, Item, OutdatedError, Preview, Report, Verdict, choose
from soloflow.services.import_judging import Home, judged, not_yet
from soloflow.services.import_words import (
    as_json,
    describe,
    kind_name,
    report_as_csv,
    report_as_json,
    report_as_text,
    report_sentence,
)
from soloflow.services.import_writing import commit
from soloflow.services.workspace import Progress, Silent, Workspace, watched
from soloflow.store import journal, recognition
from soloflow.store.database import Reader

if TYPE_CHECKING:  # tables nobody knows are rare
    from soloflow.capture.mapping import Mapping

__all__ = [
    "Guess", "Item", "OutdatedError", "Preview", "Report", "Verdict", "amend", "as_json", "choose", "commit", "commit_as_proposed", "describe", "judge", "kind_name", "known_person",
    "preview", "problem_field", "read_file", "report_as_csv", "report_as_json", "report_as_text", "report_sentence",
]  # fmt: skip

CHECK_EVERY = 200
ATTEMPTS = 5


def read_file(
    path: Path, encoding: str | None = None, mapping: "Mapping | None" = None, progress: Progress | None = None
) -> Reading:  # fmt: skip
    """The people of a file; `mapping` says what the columns of a table mean.

    :raises Unmapped: when it is a table whose header is not known; it carries the table.
    :raises UserError: when it cannot be opened, is too large, or is no list of contacts.
    """
    from soloflow.capture.reading import read

    name = written_out(path.name)
    return read(name, file_bytes(path), encoding, mapping, rows_told(progress or Silent(), name))


def preview(
    ws: Workspace, path: Path, encoding: str | None = None, progress: Progress | None = None, mapping: "Mapping | None" = None
) -> Preview:  # fmt: skip
    """Read a file and say for each person what would happen; writes nothing.

    Without `mapping`, a table whose header was assigned before is read as then (`Preview.is_remembered`).

    :raises Unmapped: when it is a table whose header is not known: ask with `services.mappings`, then call again.
    :raises UserError: when the file cannot be read.
    :raises Cancelled: when the user stopped it.
    """
    from soloflow.capture.table_look import Unmapped

    watching = progress or Silent()
    name = written_out(path.name)
    watching.report(0, None, name)
    is_remembered = False
    try:
        reading = read_file(path, encoding, mapping, watching)
    except Unmapped as unknown:
        from soloflow.services import mappings

        mapping = mappings.recall(ws, unknown.table)
        if mapping is None:
            raise
        is_remembered = True
    if is_remembered:  # not above: while an error is handled, it keeps all that was read in memory
        reading = read_file(path, encoding, mapping, watching)
    watching.check()
    return replace(judge(ws, name, reading, watching), mapping=mapping, is_remembered=is_remembered)


def judge(ws: Workspace, name: str, reading: Reading, progress: Progress | None = None) -> Preview:
    """Say for each person of a file that was read what would happen; writes nothing.

    :raises Cancelled: when the user stopped it.
    """
    watching = progress or Silent()
    flaws: dict[int, list[Problem]] = {}
    for problem in reading.problems:
        flaws.setdefault(problem.line, []).append(problem)
    with ws.store.read() as reader:
        seen_at = journal.newest(reader)
        in_funnel = set(recognition.in_funnel(reader))
        homes: dict[str, Home] = {}
        for prospect, called in watched(recognition.companies(reader), watching):
            key = company_key(called)
            homes[key] = Home(None if key in homes else prospect, called, prospect in in_funnel)
        people = People(known_from(*one) for one in watched(recognition.stored_people(reader, ws.zone), watching))
        items = []
        for person, match, known in _matched(ws, reader, people, reading, name, watching):
            items.append(
                judged(
                    ws, person, match, known,
                    is_in=match is not None and match.prospect_id in in_funnel,
                    home=homes.get(company_key(person.company)) if prospects.is_company(person.company) else None,
                    flaws=(*flaws.get(person.line, ()), *not_yet(ws, person)),
                )
            )  # fmt: skip
        del people
        everybody = (known for _contact, _prospect, known in recognition.stored_people(reader, ws.zone))
        seen = with_guesses(items, everybody, ws.today())
    return Preview(name, reading, tuple(seen), frozenset(map(customer, in_funnel)), seen=seen_at)


def commit_as_proposed(ws: Workspace, look: Callable[[], Preview]) -> tuple[Preview, Changes, Report]:
    """Import what `look` proposes; where another process wrote in between, look again.

    :raises OutdatedError: when others write without end; nothing is written.
    """
    for _attempt in range(ATTEMPTS - 1):
        preview = look()
        try:
            return preview, *commit(ws, preview)
        except OutdatedError:
            continue
    preview = look()
    return preview, *commit(ws, preview)


def _matched(
    ws: Workspace, reader: Reader, people: People, reading: Reading, name: str, watching: Progress
) -> Iterator[tuple[Candidate, Match | None, Candidate | None]]:
    """Each person of a file, who they may be, and that person whole: fetched for a block, never for everybody."""
    for start in range(0, len(reading.candidates), CHECK_EVERY):
        watching.report(start, len(reading.candidates), name)
        watching.check()
        block = reading.candidates[start : start + CHECK_EVERY]
        matches = [people.match(person) for person in block]
        asked = sorted({match.contact_id for match in matches if match})
        stored = (
            {contact: known for contact, _home, known in recognition.stored_people(reader, ws.zone, asked)}
            if asked
            else {}
        )
        for person, match in zip(block, matches, strict=True):
            yield person, match, stored[match.contact_id] if match else None


def known_person(ws: Workspace, item: Item) -> Candidate | None:
    """The person an item may be, whole, for comparing; None when they are gone."""
    if item.match is None:
        return None
    with ws.store.read() as reader:
        found = recognition.stored_people(reader, ws.zone, [item.match.contact_id])
        return next((person for _contact, _prospect, person in found), None)
