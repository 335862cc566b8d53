"""Adding and editing customers (顧客), their contacts (連絡先), tags, activities, deals and answers."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from soloflow.domain.candidates import Candidate
from soloflow.domain.errors import UserError
from soloflow.domain.text import company_key, mail_key, phone_key
from soloflow.i18n import _
from soloflow.services import process
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace
from soloflow.store import search
from soloflow.store.database import Reader
from soloflow.store.log import family
from soloflow.store.people import points_of

if TYPE_CHECKING:  # writing imports SQLAlchemy, which the first window does not wait for
    from soloflow.store.unit_of_work import UnitOfWork

NOT_A_COMPANY = frozenset(
    company_key(word)
    for word in (
        "フリーランス",
        "個人",
        "個人事業主",
        "自営業",
        "自営",
        "無所属",
        "学生",
        "なし",
        "無し",
        "-",
        "—",
        "freelance",
        "self-employed",
    )
)
"""What people write where a company is asked for and there is none: it must not become one customer."""
PROSPECT_FIELDS = frozenset({"name", "kana", "is_person", "website", "memo", "channel_id", "source_id", "referrer_id"})
CONTACT_FIELDS = frozenset({"name", "family", "given", "kana", "department", "title", "role", "address", "note"})


def is_company(text: str) -> bool:
    """Whether a company field names a company, so that colleagues belong to one customer."""
    return bool(text.strip()) and company_key(text) not in NOT_A_COMPANY


def company_named(reader: Reader, company: str) -> int | None:
    """The customer that is this company, whatever form its name is written in; None when unknown or ambiguous."""
    same = _customers_called(reader, company)
    return same[0] if len(same) == 1 else None


def is_customer(reader: Reader, company: str) -> bool:
    """Whether this company, in whatever form its name is written, is a customer; two of one name are, too."""
    return bool(_customers_called(reader, company))


def _customers_called(reader: Reader, company: str) -> list[int]:
    key = company_key(company)
    if not key or not is_company(company):
        return []
    return [prospect for prospect, name in search.companies(reader, key) if company_key(name) == key]


def put_person(
    work: "UnitOfWork",
    person: Candidate,
    *,
    prospect: int | None = None,
    channel: int | None = None,
    source: int | None = None,
) -> tuple[int, int]:
    """Write one person: (customer, contact). Without `prospect` a customer is made: the company, or the person."""
    if prospect is None:
        prospect = work.insert("prospects", **customer_row(person, channel, source, work.now_us))
    contact = work.insert("contacts", **contact_row(person, prospect, work.now_us))
    put_points(work, contact, person)
    for tag in person.tags:
        put_tag(work, prospect, tag)
    return prospect, contact


def customer_row(person: Candidate, channel: int | None, source: int | None, now_us: int) -> dict[str, object]:
    """The customer that a person makes: the company, or they themselves."""
    alone = not is_company(person.company)
    return {
        "name": (person.name or _fallback_name(person)) if alone else person.company, "kana": person.kana if alone else "",
        "is_person": alone, "channel_id": channel, "source_id": source, "created_us": now_us,
    }  # fmt: skip


def contact_row(person: Candidate, prospect: int, now_us: int) -> dict[str, object]:
    """The contact that a person is."""
    fields = ("name", "family", "given", "kana", "department", "title", "address", "note")
    return {"prospect_id": prospect, **{name: getattr(person, name) for name in fields}, "created_us": now_us}


def point_rows(
    contact: int, person: Candidate, known: Iterable[tuple[str, str]] = (), first: int = 0
) -> list[dict[str, object]]:
    """The mails, phones and links of a person that are not among the `known` (kind, key)."""
    seen = set(known)
    rows: list[dict[str, object]] = []
    wanted = [("mail", "", mail, mail_key(mail)) for mail in person.emails]
    wanted += [("phone", phone.kind, phone.number, phone_key(phone.number)) for phone in person.phones]
    wanted += [("url", "", url, url.casefold()) for url in person.urls]
    for kind, label, value, key in wanted:
        if (kind, key) not in seen:
            seen.add((kind, key))
            rows.append(
                {"contact_id": contact, "kind": kind, "label": label, "value": value, "key": key, "position": first + len(rows)}
            )  # fmt: skip
    return rows


def _fallback_name(person: Candidate) -> str:
    return (*person.emails, *(phone.number for phone in person.phones), _("名前なし"))[0]


def put_points(work: "UnitOfWork", contact: int, person: Candidate) -> None:
    """Add the mails, phones and links that the contact does not have yet."""
    present = [(row["kind"], row["key"]) for row in points_of(work.reader, contact)]
    work.insert_many("contact_points", point_rows(contact, person, present, len(present)))


def put_tag(work: "UnitOfWork", prospect: int, tag: str) -> None:
    """Give a customer a tag; a tag that is new to the program is made."""
    name = tag.strip().lstrip("#＃")
    if not name:
        return
    tag_id = work.reader.find("tags", name=name) or work.insert("tags", name=name)
    if work.reader.find("prospect_tags", prospect_id=prospect, tag_id=tag_id) is None:
        work.insert("prospect_tags", prospect_id=prospect, tag_id=tag_id)


def add(ws: Workspace, person: Candidate, *, stage: int | None = None, channel: int | None = None) -> Changes:
    """Add a customer by hand, into the contact book (stage None) or straight into the funnel."""
    label = _("{name}を加えました").format(name=person.company or person.name or _fallback_name(person))
    with ws.store.write(label, ws.now_us()) as work:
        prospect, _contact = put_person(work, person, channel=channel)
        if stage is not None:
            process.log_move(ws, work, prospect, stage)
    return _answer(work, label, (prospect,))


def edit(ws: Workspace, prospect: int, **values: object) -> Changes:
    """Change columns of a customer: name, kana, is_person, website, memo, channel_id, source_id, referrer_id."""
    assert set(values) <= PROSPECT_FIELDS
    label = _("{name}を直しました").format(name=_name(ws, prospect))
    with ws.store.write(label, ws.now_us()) as work:
        work.update("prospects", prospect, **values)
    return _answer(work, label, ())


def add_contact(ws: Workspace, prospect: int, person: Candidate) -> Changes:
    """Add a contact (連絡先) to a customer."""
    label = _("{name}に連絡先を加えました").format(name=_name(ws, prospect))
    with ws.store.write(label, ws.now_us()) as work:
        _prospect, contact = put_person(work, person, prospect=prospect)
    return _answer(work, label, (contact,))


def edit_contact(
    ws: Workspace, contact: int, values: Mapping[str, str], points: Iterable[tuple[str, str, str]] | None = None
) -> Changes:
    """Change a contact's columns, and (where given) all its (kind, label, value) points at once."""
    assert set(values) <= CONTACT_FIELDS
    with ws.store.read() as reader:
        prospect = reader.get("contacts", contact)["prospect_id"]
    label = _("{name}の連絡先を直しました").format(name=_name(ws, prospect))
    with ws.store.write(label, ws.now_us()) as work:
        work.update("contacts", contact, **values)
        if points is not None:
            _replace_points(work, contact, points)
        if "name" in values and work.reader.get("prospects", prospect)["is_person"]:
            work.update("prospects", prospect, name=values["name"])
    return _answer(work, label, (contact,))


def _replace_points(work: "UnitOfWork", contact: int, points: Iterable[tuple[str, str, str]]) -> None:
    keys: dict[str, Callable[[str], str]] = {"mail": mail_key, "phone": phone_key, "url": str.casefold}
    wanted = [(kind, label, value.strip()) for kind, label, value in points if value.strip()]
    present = [(row["kind"], row["label"], row["value"]) for row in points_of(work.reader, contact)]
    if wanted == present:
        return
    _delete_rows(work, "contact_points", contact_id=contact)
    work.insert_many(
        "contact_points",
        [
            {
                "contact_id": contact,
                "kind": kind,
                "label": label,
                "value": value,
                "key": keys[kind](value),
                "position": number,
            }
            for number, (kind, label, value) in enumerate(wanted)
        ],
    )


def remove_contact(ws: Workspace, contact: int) -> Changes:
    """Take a contact off its customer."""
    with ws.store.read() as reader:
        row = reader.get("contacts", contact)
    label = _("{name}さんを連絡先から外しました").format(name=row["name"])
    with ws.store.write(label, ws.now_us()) as work:
        _delete_rows(work, "contact_points", contact_id=contact)
        for table in ("activities", "follow_ups"):
            for row_id in work.reader.ids(table, contact_id=contact):
                work.update(table, row_id, contact_id=None)
        work.delete("contacts", contact)
    return _answer(work, label, ())


def tag(ws: Workspace, prospects: Iterable[int], name: str) -> Changes:
    """Give customers a tag."""
    ids = tuple(prospects)
    label = _("#{tag} を付けました").format(tag=name.strip().lstrip("#＃"))
    with ws.store.write(label, ws.now_us()) as work:
        for prospect in ids:
            put_tag(work, prospect, name)
    return _answer(work, label, ids)


def untag(ws: Workspace, prospect: int, tag_id: int) -> Changes:
    """Take a tag off a customer."""
    label = _("タグを外しました")
    with ws.store.write(label, ws.now_us()) as work:
        _delete_rows(work, "prospect_tags", prospect_id=prospect, tag_id=tag_id)
    return _answer(work, label, ())


def note(ws: Workspace, prospect: int, kind: str, text: str, *, at: process.When = None, detail: str = "") -> Changes:
    """Write down an activity: mail, call, meeting, note, sign (変化の兆し) or voice (生の声)."""
    label = _("{name}に書きとめました").format(name=_name(ws, prospect))
    at_us = process.instant_of(ws, at)
    with ws.store.write(label, ws.now_us()) as work:
        row_id = work.insert(
            "activities",
            prospect_id=prospect,
            kind=kind,
            at_us=at_us,
            text=text.strip(),
            detail=detail.strip(),
            day_only=at is not None and not isinstance(at, datetime),
        )
    return _answer(work, label, (row_id,))


def edit_note(ws: Workspace, activity: int, text: str) -> Changes:
    """Change the words of an activity; empty words remove it."""
    label = _("メモを直しました")
    with ws.store.write(label, ws.now_us()) as work:
        if text.strip():
            work.update("activities", activity, text=text.strip())
        else:
            work.delete("activities", activity)
    return _answer(work, label, ())


def date_note(ws: Workspace, activity: int, day: date) -> Changes:
    """Say on which day an activity happened."""
    label = _("日付を直しました")
    with ws.store.write(label, ws.now_us()) as work:
        work.update("activities", activity, at_us=process.start_of_day_us(ws, day), day_only=True)
    return _answer(work, label, ())


def answer(ws: Workspace, prospect: int, question: int, text: str, *, is_fact: bool) -> Changes:
    """Answer one of the eight questions (1..8); empty words take the answer back."""
    label = _("{name}の質問{number}に答えました").format(name=_name(ws, prospect), number=question)
    with ws.store.write(label, ws.now_us()) as work:
        row_id = work.reader.find("answers", prospect_id=prospect, question=question)
        if row_id is None:
            work.insert(
                "answers",
                prospect_id=prospect,
                question=question,
                text=text.strip(),
                is_fact=is_fact,
                answered_on=ws.today().isoformat(),
            )
        else:
            work.update("answers", row_id, text=text.strip(), is_fact=is_fact, answered_on=ws.today().isoformat())
    return _answer(work, label, ())


def tick_criterion(ws: Workspace, prospect: int, criterion: int, *, met: bool) -> Changes:
    """Tick or untick a criterion for going on to the next stage."""
    label = _("目安を直しました")
    with ws.store.write(label, ws.now_us()) as work:
        row_id = work.reader.find("criteria_met", prospect_id=prospect, playbook_entry_id=criterion)
        if met and row_id is None:
            work.insert(
                "criteria_met", prospect_id=prospect, playbook_entry_id=criterion, met_on=ws.today().isoformat()
            )
        elif not met and row_id is not None:
            work.delete("criteria_met", row_id)
    return _answer(work, label, ())


def put_deal(ws: Workspace, prospect: int, deal: int | None = None, **values: object) -> Changes:
    """Add or change a deal (案件): name, state, expected_yen, agreed_yen, the dates of its course, note. Never moves the prospect."""
    label = _("{name}の案件を書きました").format(name=_name(ws, prospect))
    with ws.store.write(label, ws.now_us()) as work:
        if deal is None:
            deal = work.insert("deals", prospect_id=prospect, created_us=ws.now_us(), **{"state": "expected", **values})
        else:
            work.update("deals", deal, **values)
    return _answer(work, label, (deal,))


def remove(ws: Workspace, prospects: Iterable[int]) -> Changes:
    """Delete customers (削除): they and their entries of the log no longer count; undo brings all of it back."""
    ids = tuple(prospects)
    label = (
        _("{name}を削除しました").format(name=_name(ws, ids[0]))
        if len(ids) == 1
        else _("{count}社を削除しました").format(count=len(ids))
    )
    with ws.store.write(label, ws.now_us()) as work:
        for prospect in ids:
            for one in family(work.reader, prospect):  # those merged into it are read as this one
                for entry in work.reader.ids("effective_transitions", prospect_id=one):
                    work.void(entry)
            work.update("prospects", prospect, deleted_us=ws.now_us())
    return _answer(work, label, ())


PERSONAL_TABLES = ("activities", "follow_ups", "deals", "answers", "criteria_met", "prospect_tags", "inquiries")


def erase(ws: Workspace, prospect: int) -> Changes:
    """Erase a person for good (消去): every trace of who they were goes, also from the journal; the anonymous transitions
    stay, so that no rate changes. Cannot be undone.
    """
    from soloflow.store import erasure

    label = _("ひとりの記録を消去しました")
    with ws.store.write(label, ws.now_us(), journaled=False) as work:
        erasure.erase(work, prospect, PERSONAL_TABLES)
    erasure.scrub(ws.store)
    return Changes(None, label, frozenset({"*"}), frozenset({prospect}))


def _delete_rows(work: "UnitOfWork", table: str, **equals: object) -> None:
    for row_id in work.reader.ids(table, **equals):
        work.delete(table, row_id)


def _name(ws: Workspace, prospect: int) -> str:
    """What a customer is called, for the label.

    :raises UserError: when another window or command has taken the customer away.
    """
    with ws.store.read() as reader:
        row = reader.get("prospects", prospect)
    if row is None:
        raise UserError(_("この顧客は、もうありません。何も変えていません。一覧を開き直してください。"))
    return str(row["name"] or _("名前なし"))


def _answer(work: Any, label: str, created: tuple[int, ...]) -> Changes:
    return Changes(
        work.change_set,
        label,
        frozenset(work.topics),
        frozenset(work.touched),
        created=created,
        many=len(work.touched) > 500,
    )
