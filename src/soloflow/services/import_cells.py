"""A cell of the preview corrected: what may stand in it, and which cell a problem of the file speaks of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from soloflow.capture.fields import plain_mail
from soloflow.capture.matching import People, known_from
from soloflow.domain.candidates import Candidate, Phone, Problem
from soloflow.domain.errors import UserError
from soloflow.domain.text import mail_key, split_name
from soloflow.i18n import _
from soloflow.services import prospects
from soloflow.services.import_items import Item, choose
from soloflow.services.import_judging import Home, judged
from soloflow.services.recognising import people_near
from soloflow.services.workspace import Workspace
from soloflow.store import recognition
from soloflow.store.database import Reader


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
        home = _home(reader, person.company)
    left = [problem for problem in item.problems if not _concerns(problem, field)]
    made = judged(ws, person, match, known, is_in=is_in, home=home, flaws=left)
    proposed = made.declined - frozenset(item.offered)
    return replace(
        choose(made, keep=proposed | item.declined),
        enters=made.enters if item.enters is None or made.enters is None else item.enters,
        guesses=tuple(guess for guess in item.guesses if guess.field != field),
    )


def _home(reader: Reader, company: str) -> Home | None:
    if not prospects.is_customer(reader, company):
        return None
    prospect = prospects.company_named(reader, company)
    if prospect is None:
        return Home(None, company)
    name = reader.get("prospects", prospect)["name"]
    return Home(prospect, name, recognition.standing_of(reader, prospect)[0] != "book")


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
    value = plain_mail(value)
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
