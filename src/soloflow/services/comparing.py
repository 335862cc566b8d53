"""Two people or two customers beside each other: what is the same, what differs, what would remain of it.

The first is the one that stays; the second is merged into it (`soloflow.services.merging`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from soloflow.domain.errors import UserError
from soloflow.domain.process import Position, Standing
from soloflow.domain.text import company_key
from soloflow.i18n import N_, _, side_by_side
from soloflow.services import wording
from soloflow.services.duplicates import Kind, Pair
from soloflow.services.pair_sides import Side, position_of, position_words, side_of
from soloflow.services.workspace import Workspace
from soloflow.store import duplicates as stored
from soloflow.store import people
from soloflow.store.database import Reader
from soloflow.store.log import entries_of

FIRST, SECOND, BOTH = "first", "second", "both"

CONTACT_FIELDS = {
    "name": N_("名前"), "kana": N_("かな"), "department": N_("部署"), "title": N_("役職"), "role": N_("立場"),
    "address": N_("住所"), "note": N_("メモ"),
}  # fmt: skip
CUSTOMER_FIELDS = {
    "customer": N_("会社名"), "customer_kana": N_("会社のかな"), "website": N_("ホームページ"), "memo": N_("顧客のメモ"),
    "channel_id": N_("チャネル"), "source_id": N_("流入元"), "referrer_id": N_("紹介元"),
}  # fmt: skip
COLUMNS = {"customer": "name", "customer_kana": "kana"}
"""Where the key of a line is not the column of the customer."""
POINTS = {"mail": N_("メール"), "phone": N_("電話"), "url": N_("リンク")}
LONG_TEXTS = frozenset({"note", "memo"})
"""Where they differ, both are kept, one under the other, unless told otherwise."""
OF_THE_DAY = frozenset({"department", "title", "role", "address"})
"""What changes in a life: the newer card is right."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Who is merged into whom: the contacts (None for customers only) and the customers (equal: they stay as they are)."""

    kind: Kind
    contact: int | None
    gone_contact: int | None
    customer: int
    gone_customer: int

    @property
    def joins_customers(self) -> bool:
        """Whether the second customer goes with it."""
        return self.customer != self.gone_customer and (self.kind == "prospect" or self.contact is not None)


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both sides. `chosen` is what is taken unless the user says otherwise: first, second or both."""

    key: str
    label: str
    first: str
    second: str
    chosen: str = FIRST
    together: str = ""
    """What taking both gives; for mails, numbers and tags the only thing that is possible."""
    is_choice: bool = True
    """Whether the sides differ and one can be chosen."""
    count: int = 0
    """How many values taking both gives; 0 where there is only one anyway."""

    def result(self, choice: str | None = None) -> str:
        """What remains after merging with this choice."""
        return {FIRST: self.first, SECOND: self.second, BOTH: self.together}[choice or self.chosen]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything the two have, field by field, and both histories."""

    pair: Pair
    merge: Merge
    lines: tuple[Line, ...]
    first: Side
    second: Side


def compare(ws: Workspace, pair: Pair) -> Comparison:
    """Both sides of a pair.

    :raises UserError: when one of them is no longer there.
    """
    with ws.store.read() as reader:
        merge = order(reader, pair)
        return Comparison(
            pair, merge, tuple(lines(reader, merge)), *_sides(ws, reader, merge)
        )  # fmt: skip


def order(reader: Reader, pair: Pair) -> Merge:
    """Who stays: a company before a person, one in the funnel before one that is not, then the older one.

    :raises UserError: when one of them is no longer there.
    """
    if stored.alive(reader, pair.kind, (pair.first, pair.second)) != {pair.first, pair.second} or (
        pair.first == pair.second
    ):
        raise UserError(_("この組は、もうありません。何も変えていません。一覧を開き直してください。"))
    if pair.kind == "prospect":
        first, second = sorted((pair.first, pair.second), key=lambda one: _rank(reader, one))
        return Merge("prospect", None, None, first, second)
    owners = {contact: reader.get("contacts", contact)["prospect_id"] for contact in (pair.first, pair.second)}
    if owners[pair.first] == owners[pair.second]:
        return Merge("contact", pair.first, pair.second, owners[pair.first], owners[pair.first])
    if are_one_customer(reader, owners[pair.first], owners[pair.second]):
        first, second = sorted((pair.first, pair.second), key=lambda one: _rank(reader, owners[one]))
        return Merge("contact", first, second, owners[first], owners[second])
    first, second = sorted((pair.first, pair.second), key=lambda one: -stored.last_seen(reader, one))
    return Merge("contact", first, second, owners[first], owners[first])  # a change of jobs: both companies stay


def are_one_customer(reader: Reader, one: int, other: int) -> bool:
    """Whether people of these customers being one makes the customers one: somebody alone, or one company written twice."""
    rows = [reader.get("prospects", customer) for customer in (one, other)]
    if reader.find("told_apart", kind="prospect", first_id=min(one, other), second_id=max(one, other)) is not None:
        return False
    return any(row["is_person"] for row in rows) or company_key(rows[0]["name"]) == company_key(rows[1]["name"])


def _rank(reader: Reader, customer: int) -> tuple[bool, bool, int]:
    return bool(reader.get("prospects", customer)["is_person"]), not entries_of(reader, customer), customer


# --- the fields --------------------------------------------------------------------------------------------------------


def lines(reader: Reader, merge: Merge) -> Iterator[Line]:
    """Every field of both sides; those that are empty on both are left out."""
    if merge.contact is not None and merge.gone_contact is not None:
        yield from _contact_lines(reader, merge.contact, merge.gone_contact)
        if not merge.joins_customers and _owner(reader, merge.gone_contact) != merge.customer:
            names = [_customer_name(reader, one) for one in (merge.contact, merge.gone_contact)]
            yield Line("company", _("会社"), names[0], names[1])
    if merge.joins_customers:
        yield from _customer_lines(reader, merge)


def _contact_lines(reader: Reader, contact: int, gone: int) -> Iterator[Line]:
    first, second = reader.get("contacts", contact), reader.get("contacts", gone)
    is_newer = stored.last_seen(reader, gone) > stored.last_seen(reader, contact)
    for key, label in CONTACT_FIELDS.items():
        if first[key] or second[key]:
            yield _line(key, _(label), first[key], second[key], is_newer=is_newer and key in OF_THE_DAY)
    points = [people.points_of(reader, one) for one in (contact, gone)]
    for kind, label in POINTS.items():
        found = [[(row["key"] or row["value"], row["value"]) for row in rows if row["kind"] == kind] for rows in points]
        if any(found):
            yield _united(kind, _(label), found[0], found[1])


def _customer_lines(reader: Reader, merge: Merge) -> Iterator[Line]:
    customer, gone = merge.customer, merge.gone_customer
    first, second = reader.get("prospects", customer), reader.get("prospects", gone)
    if first["is_person"] != second["is_person"]:  # somebody alone, who turns out to belong to a company
        names = ["" if row["is_person"] else row["name"] for row in (first, second)]
        yield _line("place", _("会社"), names[0], names[1], is_newer=False)
    for key, label in CUSTOMER_FIELDS.items():
        column = COLUMNS.get(key, key)
        if column != key and (first["is_person"] or second["is_person"]):
            continue  # somebody alone is called as the contact is; a company is not called as a person
        said = [_said(reader, column, row[column]) for row in (first, second)]
        if any(said):
            yield _line(key, _(label), said[0], said[1], is_newer=False)
    tags = [[(row["id"], f"#{row['name']}") for row in people.tags_of(reader, one)] for one in (customer, gone)]
    if any(tags):
        yield _united("tag", _("タグ"), tags[0], tags[1])
    persons = [[(row["id"], row["name"]) for row in people.contacts_of(reader, one)] for one in (customer, gone)]
    if merge.kind == "prospect" and any(persons):
        yield _united("contacts", _("連絡先"), persons[0], persons[1])
    deals = [[(row["id"], row["name"]) for row in people.deals_of(reader, one)] for one in (customer, gone)]
    if any(deals):
        yield _united("deals", _("案件"), deals[0], deals[1])
    yield from _stage_line(reader, customer, gone)
    yield from _answer_lines(reader, customer, gone)


def _said(reader: Reader, column: str, value: Any) -> str:
    """The words for a value; for an id the name it stands for."""
    table = {"channel_id": "channels", "source_id": "sources", "referrer_id": "prospects"}.get(column)
    if table is None or not value:
        return str(value or "")
    return _(reader.get(table, value)["name"]) if table == "channels" else str(reader.get(table, value)["name"])


def _line(key: str, label: str, first: str, second: str, *, is_newer: bool) -> Line:
    if first == second or not first or not second:
        return Line(key, label, first, second, FIRST if first else SECOND, is_choice=False)
    together = f"{first}\n{second}"
    chosen = FIRST
    if is_newer:
        chosen = SECOND
    elif key in LONG_TEXTS:
        chosen = FIRST if second in first else SECOND if first in second else BOTH
    elif key == "name" and len(second.split()) > len(first.split()):
        chosen = SECOND
    return Line(key, label, first, second, chosen, together if key in LONG_TEXTS else "")


def _united(key: str, label: str, first: Sequence[tuple[Any, str]], second: Sequence[tuple[Any, str]]) -> Line:
    together = dict(second) | dict(first)
    order_of = dict.fromkeys(one for one, _value in (*first, *second))
    words = [side_by_side(value for _key, value in side) for side in (first, second)]
    values = [together[one] for one in order_of]
    return Line(key, label, words[0], words[1], BOTH, side_by_side(values), is_choice=False, count=len(values))


def _stage_line(reader: Reader, customer: int, gone: int) -> Iterator[Line]:
    first, second = position_of(reader, customer), position_of(reader, gone)
    if first is None and second is None:
        return
    said = [position_words(one) for one in (first, second)]
    if first is None or second is None or said[0] == said[1]:
        yield Line("stage", _("工程"), said[0], said[1], SECOND if first is None else FIRST, is_choice=False)
    else:
        yield Line("stage", _("工程"), said[0], said[1], _further(reader, customer, gone, first, second))


def _further(reader: Reader, customer: int, gone: int, first: Position, second: Position) -> str:
    """Of two that go on the one further along; otherwise what was written last holds."""
    if first.standing is Standing.ACTIVE and second.standing is Standing.ACTIVE:
        return FIRST if first.stage >= second.stage else SECOND
    last = [max((entry.at_us, entry.seq) for entry in entries_of(reader, one)) for one in (customer, gone)]
    return FIRST if last[0] > last[1] else SECOND


def _answer_lines(reader: Reader, customer: int, gone: int) -> Iterator[Line]:
    given = [{row["question"]: row["text"] for row in people.answers_of(reader, one)} for one in (customer, gone)]
    for question in sorted(given[0].keys() | given[1].keys()):
        label = _("質問{number} {words}").format(number=question, words=_(wording.QUESTIONS[question - 1][0]))
        first, second = given[0].get(question, ""), given[1].get(question, "")
        yield _line(f"answer.{question}", label, first, second, is_newer=False)


def _sides(ws: Workspace, reader: Reader, merge: Merge) -> tuple[Side, Side]:
    contacts, owners = (merge.contact, merge.gone_contact), [merge.customer, merge.gone_customer]
    owners = [owner if one is None else _owner(reader, one) for one, owner in zip(contacts, owners, strict=True)]
    is_one = merge.contact is not None and owners[0] == owners[1]
    first, second = (
        side_of(ws, reader, one, owner, shares_customer=is_one) for one, owner in zip(contacts, owners, strict=True)
    )
    return first, second


def _owner(reader: Reader, contact: int) -> int:
    found: int = reader.get("contacts", contact)["prospect_id"]
    return found


def _customer_name(reader: Reader, contact: int) -> str:
    return str(reader.get("prospects", _owner(reader, contact))["name"])


def choices(found: Iterable[Line], wanted: Mapping[str, str]) -> dict[str, str]:
    """What is taken of each field: what is wanted, else what would be taken anyway."""
    return {line.key: wanted.get(line.key, line.chosen) if line.is_choice else line.chosen for line in found}
