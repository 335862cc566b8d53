"""取り込み: files read into a preview before anything is written, then one transaction that one undo takes back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from soloflow.capture.matching import FieldChange, Match, People, differences, known_from
from soloflow.domain.candidates import Candidate, Phone, Problem, Reading
from soloflow.domain.errors import UserError
from soloflow.domain.text import company_key, is_latin, mail_key, name_key, shadow, split_name, written_out
from soloflow.i18n import _
from soloflow.services import prospects
from soloflow.services.import_items import Item, Preview, Report, Verdict, choose
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
from soloflow.services.recognising import people_near
from soloflow.services.workspace import Progress, Silent, Workspace
from soloflow.store import recognition

__all__ = [
    "Item", "Preview", "Report", "Verdict", "amend", "as_json", "choose", "commit", "describe", "kind_name", "preview", "problem_field", "read_file",
    "report_as_csv", "report_as_json", "report_as_text", "report_sentence",
]  # fmt: skip

FRESH_DAYS = 30
"""Only who was met within this many days is offered to enter the funnel; old cards would ruin every rate."""
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
    with ws.store.read() as reader:
        stored = {
            contact: (prospect, person) for contact, prospect, person in recognition.stored_people(reader, ws.zone)
        }
        people = People(known_from(contact, prospect, person) for contact, (prospect, person) in stored.items())
        in_funnel = set(recognition.in_funnel(reader))
        homes = [(prospect, company_key(name)) for prospect, name in recognition.companies(reader)]
    companies = {key for _prospect, key in homes}
    flaws: dict[int, list[Problem]] = {}
    for problem in reading.problems:
        flaws.setdefault(problem.line, []).append(problem)
    items = []
    for number, person in enumerate(reading.candidates):
        if number % CHECK_EVERY == 0:
            watching.report(number, len(reading.candidates), name)
            watching.check()
        match = people.match(person)
        known = stored[match.contact_id][1] if match else None
        problems = (*flaws.get(person.line, ()), *_future(ws, person))
        is_in, is_customer = bool(match and match.prospect_id in in_funnel), company_key(person.company) in companies
        items.append(_item(ws, person, match, known, is_in=is_in, is_customer=is_customer, flaws=problems))
    return Preview(name, reading, tuple(items), frozenset(key for prospect, key in homes if prospect in in_funnel))


def _future(ws: Workspace, person: Candidate) -> tuple[Problem, ...]:
    message = _("「{day}」はまだ来ていない日です。")
    return tuple(
        Problem(person.line, "met_on", message.format(day=day.isoformat())) for day in person.met_on if day > ws.today()
    )


def _item(
    ws: Workspace, person: Candidate, match: Match | None, known: Candidate | None, *, is_in: bool, is_customer: bool,
    flaws: Sequence[Problem],
) -> Item:  # fmt: skip
    """`is_customer`: whether the company that the record names is a customer already."""
    changes = changes_to(known, person, is_customer=is_customer) if known else ()
    is_known = match is not None and (match.kind == "sure" or (not changes and _says_the_same(known, person)))
    verdict: Verdict = "new"
    if match is not None:
        verdict = "ask" if not is_known else "update" if changes else "same"
    if flaws and verdict in ("new", "update"):
        verdict = "ask"
    fresh = any(ws.today() - timedelta(days=FRESH_DAYS) <= day <= ws.today() for day in person.met_on)
    return Item(
        person, verdict, match, changes,
        take=person.attended is not False
        and (verdict in ("new", "update") or (verdict == "ask" and (match is None or is_known))),
        enters=None if is_in and is_known else fresh and verdict != "same",
        is_known=is_known, problems=tuple(flaws), known_at=known.company if known else "",
    )  # fmt: skip


def _says_the_same(known: Candidate | None, person: Candidate) -> bool:
    """Whether a record is, word for word, one that is stored: bringing a file in twice asks nothing."""
    if known is None or name_key(known.name) != name_key(person.name):
        return False
    company = person.company if prospects.is_company(person.company) else ""
    return company_key(known.company) == company_key(company)


def changes_to(known: Candidate, person: Candidate, *, is_customer: bool = False) -> tuple[FieldChange, ...]:
    """What the record would really change: another way to write a company is no change, and an older card overwrites nothing.

    Somebody who is a customer on their own does not become the contact of another one by a card: that is a merge.
    """
    found = differences(known, person)
    if is_customer and not known.company:
        found = tuple(change for change in found if change.field != "company")
    is_older = bool(known.met_on and person.met_on) and max(person.met_on) < max(known.met_on)
    return tuple(change for change in found if not (is_older and change.old) and _matters(change))


def _matters(change: FieldChange) -> bool:
    if change.field == "company":
        return prospects.is_company(change.new) and company_key(change.new) != company_key(change.old)
    if change.field == "name":  # 髙橋 for 高橋 is a correction; a name without its spaces, or in other letters, is none
        return not change.old or (
            change.old.replace(" ", "") != change.new.replace(" ", "") and is_latin(change.old) == is_latin(change.new)
        )
    if change.field in ("kana", "department", "title", "address"):  # wide or narrow, ひらがな or カタカナ: no news
        return shadow(change.new) != shadow(change.old)
    return True


def amend(ws: Workspace, item: Item, field: str, value: str) -> Item:
    """The item with one cell corrected (name, company, department, title, email, phone, met_on), judged anew.

    :raises UserError: when the words are no mail address or no date.
    """
    person = _CELLS[field](ws, item.person, value.strip())
    with ws.store.read() as reader:
        near = people_near(ws, reader, person)
        match = People(known_from(contact, prospect, one) for contact, prospect, one in near).match(person)
        known = next((one for contact, _prospect, one in near if match and contact == match.contact_id), None)
        is_in = match is not None and recognition.standing_of(reader, match.prospect_id)[0] != "book"
        is_customer = prospects.is_customer(reader, person.company)
    left = [problem for problem in item.problems if not _concerns(problem, field)]
    made = _item(ws, person, match, known, is_in=is_in, is_customer=is_customer, flaws=left)
    return replace(made, enters=made.enters if item.enters is None or made.enters is None else item.enters)


def problem_field(problem: Problem) -> str:
    """Which cell of the preview a problem of the file speaks of; "name" where it says nothing nearer."""
    column = problem.field.casefold()
    for field, words in _COLUMNS.items():
        if any(word in column for word in words):
            return field
    return "name"


_COLUMNS = {
    "email": ("mail", "メール"), "met_on": ("met_on", "日", "connected on", "date"), "phone": ("電話", "tel", "phone", "携帯"),
    "company": ("会社", "organization", "company", "org"), "title": ("役職", "position", "title"), "department": ("部署", "department"),
}  # fmt: skip


def _concerns(problem: Problem, field: str) -> bool:
    return problem_field(problem) == field or (field == "name" and not problem.field)


def _with_name(_ws: Workspace, person: Candidate, value: str) -> Candidate:
    family, given = split_name(value)
    return replace(person, name=value, family=family, given=given)


def _with_mail(_ws: Workspace, person: Candidate, value: str) -> Candidate:
    if value and not mail_key(value):
        raise UserError(_("「{value}」はメールアドレスの形ではありません。").format(value=value))
    return replace(person, emails=(*((value,) if value else ()), *person.emails[1:]))


def _with_phone(_ws: Workspace, person: Candidate, value: str) -> Candidate:
    kind = person.phones[0].kind if person.phones else "other"
    return replace(person, phones=(*((Phone(value, kind),) if value else ()), *person.phones[1:]))


def _with_day(ws: Workspace, person: Candidate, value: str) -> Candidate:
    from soloflow.services import when

    day: date | None = when.read_past_day(ws, value) if value else None
    if value and day is None:
        raise UserError(_("「{value}」は日付として読めません。").format(value=value))
    return replace(person, met_on=(day,) if day else ())


def _with_company(_ws: Workspace, person: Candidate, value: str) -> Candidate:
    return replace(person, company=value)


def _with_department(_ws: Workspace, person: Candidate, value: str) -> Candidate:
    return replace(person, department=value)


def _with_title(_ws: Workspace, person: Candidate, value: str) -> Candidate:
    return replace(person, title=value)


_CELLS: dict[str, Callable[[Workspace, Candidate, str], Candidate]] = {
    "name": _with_name, "company": _with_company, "department": _with_department, "title": _with_title, "email": _with_mail,
    "phone": _with_phone, "met_on": _with_day,
}  # fmt: skip
