"""取り込み: files read into a preview before anything is written, then one transaction that one undo takes back."""

from collections import Counter
from pathlib import Path

from soloflow.capture.matching import People, known_from
from soloflow.domain.candidates import Candidate, Problem, Reading
from soloflow.domain.errors import UserError
from soloflow.domain.text import company_key, written_out
from soloflow.i18n import _
from soloflow.services import prospects
from soloflow.services.import_cells import amend, problem_field
from soloflow.services.import_guesses import with_guesses
from soloflow.services.import_items import Guess, Item, Preview, Report, Verdict, choose
from soloflow.services.import_judging import judged, not_yet
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
from soloflow.services.workspace import Progress, Silent, Workspace
from soloflow.store import recognition

__all__ = [
    "Guess", "Item", "Preview", "Report", "Verdict", "amend", "as_json", "choose", "commit", "describe", "judge", "kind_name", "known_person",
    "preview", "problem_field", "read_file", "report_as_csv", "report_as_json", "report_as_text", "report_sentence",
]  # fmt: skip

CHECK_EVERY = 100


def read_file(path: Path, encoding: str | None = None) -> Reading:
    """The people of a file.

    :raises UserError: when it cannot be opened, is too large, or is in no known shape.
    """
    from soloflow.capture.reading import MOST_BYTES, read

    try:
        with path.open("rb") as source:  # not by its size: a pipe or a device tells none
            data = source.read(MOST_BYTES + 1)  # one more than is read: a larger file is refused by name
    except OSError as error:
        raise UserError(
            _("{name} を開けません（{reason}）。ファイルの場所と権限を確かめてください。").format(
                name=written_out(path.name), reason=error.strerror
            )
        ) from error
    return read(written_out(path.name), data, encoding)


def preview(ws: Workspace, path: Path, encoding: str | None = None, progress: Progress | None = None) -> Preview:
    """Read a file and say for each person what would happen; writes nothing.

    :raises UserError: when the file cannot be read.
    :raises Cancelled: when the user stopped it.
    """
    watching = progress or Silent()
    name = written_out(path.name)
    watching.report(0, None, name)
    reading = read_file(path, encoding)
    watching.check()
    return judge(ws, name, reading, watching)


def judge(ws: Workspace, name: str, reading: Reading, progress: Progress | None = None) -> Preview:
    """Say for each person of a file that was read what would happen; writes nothing.

    :raises Cancelled: when the user stopped it.
    """
    watching = progress or Silent()
    with ws.store.read() as reader:
        stored = {
            contact: (prospect, person) for contact, prospect, person in recognition.stored_people(reader, ws.zone)
        }
        in_funnel = set(recognition.in_funnel(reader))
        homes = [(prospect, company_key(name), name) for prospect, name in recognition.companies(reader)]
    people = People(known_from(contact, prospect, person) for contact, (prospect, person) in stored.items())
    customers = {key: called for _prospect, key, called in homes}
    alone = Counter(key for _prospect, key, _called in homes)  # of two that bear one name, nobody of theirs is either's
    running = frozenset(key for prospect, key, _called in homes if prospect in in_funnel and alone[key] == 1)
    flaws: dict[int, list[Problem]] = {}
    for problem in reading.problems:
        flaws.setdefault(problem.line, []).append(problem)
    items = []
    for number, person in enumerate(reading.candidates):
        if number % CHECK_EVERY == 0:
            watching.report(number, len(reading.candidates), name)
            watching.check()
        match = people.match(person)
        home = company_key(person.company) if person.company else ""
        items.append(
            judged(
                ws, person, match, stored[match.contact_id][1] if match else None,
                is_in=match is not None and match.prospect_id in in_funnel,
                customer=customers.get(home, "") if home and prospects.is_company(person.company) else "",
                is_running=home in running, flaws=(*flaws.get(person.line, ()), *not_yet(ws, person)),
            )
        )  # fmt: skip
    seen = with_guesses(items, (known for _prospect, known in stored.values()), ws.today())
    return Preview(name, reading, tuple(seen), running)


def known_person(ws: Workspace, item: Item) -> Candidate | None:
    """The person an item may be, whole, for comparing; None when they are gone."""
    if item.match is None:
        return None
    with ws.store.read() as reader:
        found = recognition.stored_people(reader, ws.zone, [item.match.contact_id])
        return next((person for _contact, _prospect, person in found), None)
