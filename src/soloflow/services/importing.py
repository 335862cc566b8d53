"""取り込み: files read into a preview before anything is written, then one transaction that one undo takes back."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from soloflow.capture.matching import People, known_from
from soloflow.domain.candidates import Candidate, Problem, Reading
from soloflow.domain.text import company_key, written_out
from soloflow.services import prospects
from soloflow.services.import_bytes import file_bytes
from soloflow.services.import_cells import amend, problem_field
from soloflow.services.import_counts import customer
from soloflow.services.import_guesses import with_guesses
from soloflow.services.import_items import Guess, Item, Preview, Report, Verdict, choose
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
from soloflow.store import recognition

if TYPE_CHECKING:  # tables nobody knows are rare
    from soloflow.capture.mapping import Mapping

__all__ = [
    "Guess", "Item", "Preview", "Report", "Verdict", "amend", "as_json", "choose", "commit", "describe", "judge", "kind_name", "known_person",
    "preview", "problem_field", "read_file", "report_as_csv", "report_as_json", "report_as_text", "report_sentence",
]  # fmt: skip

CHECK_EVERY = 100


def read_file(
    path: Path, encoding: str | None = None, mapping: "Mapping | None" = None, progress: Progress | None = None
) -> Reading:  # fmt: skip
    """The people of a file; `mapping` says what the columns of a table mean.

    :raises Unmapped: when it is a table whose header is not known; it carries the table.
    :raises UserError: when it cannot be opened, is too large, or is no list of contacts.
    """
    from soloflow.capture.reading import read

    watching, name = progress or Silent(), written_out(path.name)

    def watch(rows: int) -> None:
        watching.report(rows, None, name)
        watching.check()

    return read(name, file_bytes(path), encoding, mapping, watch)


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
    with ws.store.read() as reader:
        stored = {
            contact: (prospect, person)
            for contact, prospect, person in watched(recognition.stored_people(reader, ws.zone), watching)
        }
        in_funnel = set(recognition.in_funnel(reader))
        companies = recognition.companies(reader)
    people = People(
        known_from(contact, prospect, person) for contact, (prospect, person) in watched(stored.items(), watching)
    )
    homes: dict[str, Home] = {}
    for prospect, called in watched(companies, watching):
        key = company_key(called)
        homes[key] = Home(None if key in homes else prospect, called, prospect in in_funnel)
    flaws: dict[int, list[Problem]] = {}
    for problem in reading.problems:
        flaws.setdefault(problem.line, []).append(problem)
    items = []
    for number, person in enumerate(reading.candidates):
        if number % CHECK_EVERY == 0:
            watching.report(number, len(reading.candidates), name)
            watching.check()
        match = people.match(person)
        items.append(
            judged(
                ws, person, match, stored[match.contact_id][1] if match else None,
                is_in=match is not None and match.prospect_id in in_funnel,
                home=homes.get(company_key(person.company)) if prospects.is_company(person.company) else None,
                flaws=(*flaws.get(person.line, ()), *not_yet(ws, person)),
            )
        )  # fmt: skip
    seen = with_guesses(items, (known for _prospect, known in stored.values()), ws.today())
    return Preview(name, reading, tuple(seen), frozenset(map(customer, in_funnel)))


def known_person(ws: Workspace, item: Item) -> Candidate | None:
    """The person an item may be, whole, for comparing; None when they are gone."""
    if item.match is None:
        return None
    with ws.store.read() as reader:
        found = recognition.stored_people(reader, ws.zone, [item.match.contact_id])
        return next((person for _contact, _prospect, person in found), None)
