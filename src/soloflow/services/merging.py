"""まとめる: two contacts become one, two customers become one, and all of it can be taken back.

The log of transitions is not rewritten: the merged customer points to the one that stays (`merged_into_id`), and reading
resolves it. Everything else of it (people, activities, plans, deals, answers) is handed over row by row, each in the journal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from soloflow.domain.errors import UserError
from soloflow.domain.process import derive
from soloflow.i18n import _, ngettext
from soloflow.services import comparing, wording
from soloflow.services.changes import Changes
from soloflow.services.comparing import BOTH, COLUMNS, FIRST, SECOND, Merge
from soloflow.services.duplicates import Pair, pair_of
from soloflow.services.merged_stage import stand_at
from soloflow.services.workspace import Progress, Silent, Workspace
from soloflow.store import duplicates as stored
from soloflow.store import people
from soloflow.store.database import Reader
from soloflow.store.log import entries_of, survivor

if TYPE_CHECKING:  # writing imports SQLAlchemy, which the first window does not wait for
    from soloflow.store.unit_of_work import UnitOfWork

Choices = Mapping[str, str]
"""Per line of the comparison first, second or both; what is not said is taken as `Line.chosen` has it."""

HANDED_OVER = ("activities", "follow_ups", "deals", "inquiries")
ONCE = (("prospect_tags", "tag_id"), ("criteria_met", "playbook_entry_id"))
"""Rows that a customer has once: of two equal ones the second goes."""
CUSTOMER_COLUMNS = ("website", "memo", "channel_id", "source_id", "referrer_id")


def merge(ws: Workspace, pair: Pair, choices: Choices | None = None) -> Changes:
    """Make one of two: contacts (with their customers where those are one), or customers. `created` is the customer that stays.

    :raises UserError: when one of them is no longer there.
    """
    with ws.store.read() as reader:
        name = _name(reader, comparing.order(reader, pair), choices or {})
    label = _("{name}にまとめました").format(name=name)
    with ws.store.write(label, ws.now_us()) as work:
        kept = _merge_pair(ws, work, pair, choices or {})
    return _answer(work, label, (kept.customer,))


def merge_all(ws: Workspace, pairs: Iterable[Pair], progress: Progress | None = None) -> Changes:
    """Merge many pairs as one change set, each as it would be merged without a choice of the user's.

    :raises Cancelled: when the user stopped it; nothing is merged then.
    """
    wanted = tuple(pairs)
    watching = progress or Silent()
    label = ngettext("確かな{count}組をまとめました", "確かな{count}組をまとめました", len(wanted)).format(
        count=len(wanted)
    )
    into: dict[tuple[str, int], int] = {}
    with ws.store.write(label, ws.now_us()) as work:
        for number, pair in enumerate(wanted):
            watching.report(number, len(wanted))
            watching.check()
            now = pair_of(pair.kind, _last(into, pair.kind, pair.first), _last(into, pair.kind, pair.second))
            if now.first != now.second and _is_there(work.reader, now):
                done = _merge_pair(ws, work, now, {})
                if done.contact is not None and done.gone_contact is not None:
                    into["contact", done.gone_contact] = done.contact
                if done.joins_customers:
                    into["prospect", done.gone_customer] = done.customer
    return _answer(work, label, ())


def absorb(ws: Workspace, person: int, company: int, contact: int | None = None) -> Changes:
    """Make somebody who was a customer alone a contact of a company; `contact` is who they are there already, if known.

    :raises UserError: when one of them is no longer there.
    """
    with ws.store.read() as reader:
        if not _is_there(reader, pair_of("prospect", survivor(reader, person), survivor(reader, company))):
            raise UserError(_gone())
        names = [reader.get("prospects", one)["name"] for one in (person, company)]
    label = _("{name}さんを{company}の連絡先にしました").format(name=names[0], company=names[1])
    with ws.store.write(label, ws.now_us()) as work:
        absorb_in(ws, work, person, company, contact)
    return _answer(work, label, (company,))


def absorb_in(ws: Workspace, work: "UnitOfWork", person: int, company: int, contact: int | None = None) -> None:
    """`absorb` inside a change set of the caller, such as an import.

    :raises UserError: when one of them is no longer there.
    """
    person, company = survivor(work.reader, person), survivor(work.reader, company)
    if not _is_there(work.reader, pair_of("prospect", person, company)):
        raise UserError(_gone())
    own = work.reader.ids("contacts", prospect_id=person)
    plan = Merge("prospect", None, None, company, person)
    if contact is not None and own:
        plan = Merge("contact", contact, own[0], company, person)
    _apply(ws, work, plan, {})


def _gone() -> str:
    return _("この顧客は、もうありません。何も変えていません。一覧を開き直してください。")


def pair_for(ws: Workspace, one: int, other: int) -> Pair:
    """The pair that two customers chosen by hand are: two people who are customers alone are compared as people.

    :raises UserError: when one of them is no longer there.
    """
    with ws.store.read() as reader:
        if not _is_there(reader, pair_of("prospect", one, other)):
            raise UserError(_gone())
        alone = [reader.get("prospects", customer)["is_person"] for customer in (one, other)]
        contacts = [reader.ids("contacts", prospect_id=customer) for customer in (one, other)]
    if all(alone) and all(len(found) == 1 for found in contacts):
        return pair_of("contact", contacts[0][0], contacts[1][0])
    return pair_of("prospect", one, other)


# --- one merge ---------------------------------------------------------------------------------------------------------


def _merge_pair(ws: Workspace, work: "UnitOfWork", pair: Pair, wanted: Choices) -> Merge:
    """Returns who was merged into whom."""
    plan = comparing.order(work.reader, pair)
    if wanted.get("company") == SECOND:  # the people are one, and it is the second company where they are now
        plan, wanted = _turned(work.reader, plan), {key: _other(side) for key, side in wanted.items()}
    _apply(ws, work, plan, wanted)
    return plan


def _apply(ws: Workspace, work: "UnitOfWork", plan: Merge, wanted: Choices) -> None:
    lines = tuple(comparing.lines(work.reader, plan))
    chosen = comparing.choices(lines, wanted)
    if plan.joins_customers:
        _join_customers(ws, work, plan, chosen)
    if plan.contact is not None and plan.gone_contact is not None:
        _join_contacts(work, plan.contact, plan.gone_contact, chosen)
        _name_alone(work, plan)


def _turned(reader: Reader, plan: Merge) -> Merge:
    assert plan.gone_contact is not None
    owner = reader.get("contacts", plan.gone_contact)["prospect_id"]
    return replace(plan, contact=plan.gone_contact, gone_contact=plan.contact, customer=owner, gone_customer=owner)


def _other(side: str) -> str:
    return {FIRST: SECOND, SECOND: FIRST}.get(side, side)


def _join_contacts(work: "UnitOfWork", contact: int, gone: int, chosen: Choices) -> None:
    first, second = work.reader.get("contacts", contact), work.reader.get("contacts", gone)
    taken = {key: _taken(first[key], second[key], chosen.get(key, FIRST)) for key in comparing.CONTACT_FIELDS}
    if taken["name"] == second["name"] != first["name"]:
        taken |= {"family": second["family"], "given": second["given"]}
    _unite_points(work, contact, gone)
    for table in ("activities", "follow_ups"):
        for row in work.reader.ids(table, contact_id=gone):
            work.update(table, row, contact_id=contact)
    work.update("contacts", contact, **taken)
    # Handed over before it goes, so that erasing the customer finds it in the journal.
    work.update("contacts", gone, prospect_id=first["prospect_id"])
    work.delete("contacts", gone)


def _unite_points(work: "UnitOfWork", contact: int, gone: int) -> None:
    present = people.points_of(work.reader, contact)
    known = {(row["kind"], row["key"] or row["value"]) for row in present}
    place = len(present)
    for row in people.points_of(work.reader, gone):
        if (row["kind"], row["key"] or row["value"]) in known:
            work.delete("contact_points", row["id"])
        else:
            work.update("contact_points", row["id"], contact_id=contact, position=place)
            place += 1


def _name_alone(work: "UnitOfWork", plan: Merge) -> None:
    """A customer that is a person is called as the person is."""
    if plan.contact is not None and work.reader.get("prospects", plan.customer)["is_person"]:
        row = work.reader.get("contacts", plan.contact)
        work.update("prospects", plan.customer, name=row["name"], kana=row["kana"])


def _taken(first: Any, second: Any, side: str) -> Any:
    if side == BOTH:
        return f"{first}\n{second}".strip()
    return second if side == SECOND else first


def _join_customers(ws: Workspace, work: "UnitOfWork", plan: Merge, chosen: Choices) -> None:
    stays, gone = plan.customer, plan.gone_customer
    before = {one: entries_of(work.reader, one) for one in (stays, gone)}
    _take_columns(work, stays, gone, chosen)
    _hand_over(work, stays, gone)
    for question in range(1, len(wording.QUESTIONS) + 1):
        _join_answers(ws, work, stays, gone, question, chosen.get(f"answer.{question}", FIRST))
    for one in work.reader.ids("prospects", referrer_id=gone):
        work.update("prospects", one, referrer_id=None if one == stays else stays)
    work.update("prospects", gone, merged_into_id=stays)
    if "stage" in chosen and all(before.values()):
        kept, other = (stays, gone) if chosen["stage"] == FIRST else (gone, stays)
        stand_at(work, stays, derive(before[kept]), before[other])


def _take_columns(work: "UnitOfWork", stays: int, gone: int, chosen: Choices) -> None:
    first, second = work.reader.get("prospects", stays), work.reader.get("prospects", gone)
    taken = {column: _taken(first[column], second[column], chosen.get(column, FIRST)) for column in CUSTOMER_COLUMNS}
    for key, column in COLUMNS.items():
        if key in chosen:
            taken[column] = _taken(first[column], second[column], chosen[key])
    if taken["referrer_id"] in (stays, gone):  # one of the two had introduced the other: it was one all the time
        taken["referrer_id"] = None
    work.update("prospects", stays, **taken)


def _hand_over(work: "UnitOfWork", stays: int, gone: int) -> None:
    place = len(work.reader.ids("contacts", prospect_id=stays))
    for number, row in enumerate(people.contacts_of(work.reader, gone)):
        work.update("contacts", row["id"], prospect_id=stays, position=place + number)
    for table in HANDED_OVER:
        for row_id in work.reader.ids(table, prospect_id=gone):
            work.update(table, row_id, prospect_id=stays)
    for table, column in ONCE:
        there = {work.reader.get(table, row_id)[column] for row_id in work.reader.ids(table, prospect_id=stays)}
        for row_id in work.reader.ids(table, prospect_id=gone):
            if work.reader.get(table, row_id)[column] in there:
                work.delete(table, row_id)
            else:
                work.update(table, row_id, prospect_id=stays)


def _join_answers(ws: Workspace, work: "UnitOfWork", stays: int, gone: int, question: int, side: str) -> None:
    """One answer stays; the other is not lost, it becomes a note of the day on which it was given."""
    rows = [work.reader.find("answers", prospect_id=one, question=question) for one in (stays, gone)]
    if rows[1] is None:
        return
    if rows[0] is None:
        work.update("answers", rows[1], prospect_id=stays)
        return
    first, second = work.reader.get("answers", rows[0]), work.reader.get("answers", rows[1])
    left = second
    if side == SECOND and second["text"]:
        left = first
        work.update(
            "answers", rows[0], text=second["text"], is_fact=second["is_fact"], answered_on=second["answered_on"]
        )  # fmt: skip
    work.delete("answers", rows[1])
    if left["text"] and first["text"] != second["text"]:
        _note_answer(ws, work, stays, left)


def _note_answer(ws: Workspace, work: "UnitOfWork", customer: int, answer: Any) -> None:
    words = _(wording.QUESTIONS[answer["question"] - 1][0])
    day = date.fromisoformat(answer["answered_on"]) if answer["answered_on"] else ws.today()
    work.insert(
        "activities", prospect_id=customer, kind="note", at_us=min(ws.start_of_day_us(day), ws.now_us()), day_only=True,
        text=_("質問{number} {words}：{answer}").format(number=answer["question"], words=words, answer=answer["text"]),
    )  # fmt: skip


# --- words and small answers -------------------------------------------------------------------------------------------


def _name(reader: Reader, plan: Merge, wanted: Choices) -> str:
    is_person = plan.contact is not None
    key, table = ("name", "contacts") if is_person else ("customer", "prospects")
    kept = plan.customer if plan.contact is None else plan.contact
    lines = {line.key: line for line in comparing.lines(reader, plan)}
    found = lines[key].result(wanted.get(key)) if key in lines else reader.get(table, kept)["name"]
    name = found or _("名前なし")
    return _("{name}さん").format(name=name) if is_person else name


def _is_there(reader: Reader, pair: Pair) -> bool:
    ids = {pair.first, pair.second}
    return len(ids) == 2 and stored.alive(reader, pair.kind, ids) == ids


def _last(into: Mapping[tuple[str, int], int], kind: str, one: int) -> int:
    while (kind, one) in into:
        one = into[kind, one]
    return one


def _answer(work: "UnitOfWork", label: str, created: tuple[int, ...]) -> Changes:
    return Changes(
        work.change_set, label, frozenset(work.topics), frozenset(work.touched), created=created, many=len(work.touched) > 500
    )  # fmt: skip
