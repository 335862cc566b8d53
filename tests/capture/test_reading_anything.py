"""Whatever stands in a file of a known shape: every row is accounted for, nothing crashes."""

import contextlib
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soloflow.capture.cells import column_key
from soloflow.capture.dialects import DIALECTS
from soloflow.capture.reading import read
from soloflow.domain.candidates import Candidate, Phone
from soloflow.domain.errors import UserError

HEADERS = {
    "soloflow": "prospect_id,customer,standing,stage,name,family,given,kana,emails,phones,urls,tags,phone_kinds,met_on,is_person",
    "connpass": "参加枠名,ユーザー名,表示名,利用開始日,コメント,参加ステータス,出欠ステータス,出席日時,困っていること",
    "eight": "会社名,部署名,役職,氏名,e-mail,郵便番号,住所,TEL会社,TEL部門,TEL直通,Fax,携帯電話,URL,名刺交換日,'?'を含んだデータ",
    "sansan": "会社名,氏名［姓］,氏名［名］,氏名カナ,郵便番号(1),住所(1)［全て］,住所(2)［番地］,TEL-1(1),Email(1),名刺交換日,タグ",
    "google": "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value",
    "outlook": "First Name,Last Name,Company,E-mail Address,E-mail Display Name,Mobile Phone,Business Street,Categories",
    "linkedin": "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
    "thunderbird": "First Name,Last Name,Display Name,Primary Email,Work Phone,Work Address,Notes",
}
AWKWARD = st.sampled_from(
    [
        "",
        " ",
        ":::",
        " ::: ",
        "(退会ユーザー)",
        "参加",
        "出席",
        "090-1111-2222",
        "a@b",
        "/o=x",
        "2026/02/31",
        "3/3/18, 5:13 PM",
        "@",
        "?",
    ]
)
CELL = AWKWARD | st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=20)


def test_every_shape_is_tried() -> None:
    assert {dialect.kind for dialect in DIALECTS} == set(HEADERS)


@pytest.mark.parametrize("kind", HEADERS)
@given(rows=st.lists(st.lists(CELL, max_size=18), max_size=8), mark=st.sampled_from(",;\t"))
def test_every_row_is_somebody_or_is_counted_out(kind: str, rows: list[list[str]], mark: str) -> None:
    text = io.StringIO()
    table = csv.writer(text, delimiter=mark)
    table.writerow(HEADERS[kind].split(","))
    table.writerows(rows)
    reading = read("x", text.getvalue().encode("utf-8-sig"))
    assert reading.kind == kind
    lines = {person.line for person in reading.candidates}
    assert len(lines) == len(reading.candidates) <= reading.rows - reading.unread
    assert reading.unread <= len({problem.line for problem in reading.problems})
    for person in reading.candidates:
        assert (
            all(isinstance(value, str) and value for value in (*person.emails, *person.urls, *person.tags))
            or kind == "soloflow"
        )
        assert person.attended is None or kind == "connpass"


@given(st.text(st.sampled_from("MECARDNTEL:;,\\\n 山a@1"), max_size=120))
def test_any_mecard_is_read_without_a_crash(text: str) -> None:
    reading = read("x", f"MECARD:{text}".encode())
    assert reading.kind == "mecard"
    assert reading.rows >= 1
    assert len(reading.candidates) + reading.unread <= reading.rows


@pytest.mark.parametrize(
    "text",
    ["MECARD:N:" + "\\;," * 100_000, "MECARD:" * 100_000, "MECARD:" + ";" * 500_000, "MECARD:N:a" + " " * 1_000_000],
)
def test_a_long_mecard_takes_no_longer_than_its_length(text: str) -> None:
    assert read("x", text.encode()).rows >= 1


@given(st.binary(max_size=300))
def test_any_bytes_after_a_known_beginning_are_read_or_refused(data: bytes) -> None:
    for start in (b"MECARD:", b"BEGIN:VCARD\nVERSION:4.0\n", HEADERS["connpass"].encode() + b"\n"):
        with contextlib.suppress(UserError):
            assert read("x", start + data).rows >= 0


PLAIN = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12).filter(lambda text: ":::" not in text)
WORD = PLAIN.filter(bool)
PHONES = st.builds(Phone, WORD, st.sampled_from(["mobile", "direct", "company", "fax", "other"]))
PEOPLE = st.builds(
    Candidate, name=WORD, family=PLAIN, given=PLAIN, kana=PLAIN, company=WORD, department=PLAIN, title=PLAIN,
    emails=st.lists(WORD, max_size=3).map(tuple), phones=st.lists(PHONES, max_size=3).map(tuple),
    urls=st.lists(WORD, max_size=2).map(tuple), address=PLAIN, tags=st.lists(WORD, max_size=3).map(tuple),
    note=st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=40),
    met_on=st.lists(st.dates(), max_size=3).map(tuple),
)  # fmt: skip


@given(st.lists(PEOPLE, min_size=1, max_size=5))
def test_our_own_table_is_read_to_the_letter(people: list[Candidate]) -> None:
    head = [
        "customer",
        "standing",
        "stage",
        "prospect_id",
        "name",
        "family",
        "given",
        "kana",
        "department",
        "title",
        "emails",
    ]
    head += ["phones", "phone_kinds", "urls", "address", "note", "tags", "met_on", "is_person"]
    text = io.StringIO()
    table = csv.DictWriter(text, head)
    table.writeheader()
    for person in people:
        several = {field: " ::: ".join(getattr(person, field)) for field in ("emails", "urls", "tags")}
        texts = {field: getattr(person, field) for field in head if field in Candidate.__dataclass_fields__}
        table.writerow(
            {**texts, **several, "customer": person.company, "is_person": 0, "met_on": " ::: ".join(map(str, person.met_on)),
             "phones": " ::: ".join(phone.number for phone in person.phones),
             "phone_kinds": " ::: ".join(phone.kind for phone in person.phones)}
        )  # fmt: skip
    found = read("x", text.getvalue().encode("utf-8-sig")).candidates
    assert [{**fields(person), "line": 0} for person in found] == [fields(person) for person in people]


def fields(person: Candidate) -> dict[str, object]:
    return {field: getattr(person, field) for field in Candidate.__dataclass_fields__}


def test_headers_are_compared_without_width_and_case() -> None:
    assert column_key("Ｅｍａｉｌ（１）") == column_key("Email(1)")
