"""Rows of one file that are surely one person."""

from datetime import date
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soloflow.capture.joining import joined
from soloflow.domain.candidates import Candidate, Phone

_lines = count(1)


def person(
    name: str = "",
    *,
    mail: str = "",
    phone: str = "",
    kind: str = "mobile",
    met: date | None = None,
    company: str = "",
    kana: str = "",
) -> Candidate:
    return Candidate(
        name=name,
        kana=kana,
        company=company,
        emails=(mail,) if mail else (),
        phones=(Phone(phone, kind),) if phone else (),
        met_on=(met,) if met else (),
        line=next(_lines),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("山田 太郎", mail="a@example.com"), person("山田太郎", mail="A@EXAMPLE.com")),
        (person("髙橋 一", phone="090-1111-2222"), person("高橋 一", phone="+81 90 1111 2222")),
        (
            person("山田 太郎", phone="03-1111-2222", kind="direct"),
            person("山田 太郎", phone="0311112222", kind="direct"),
        ),
        (person("", mail="a@example.com"), person("山田 太郎", mail="a@example.com")),
        (person("山田", mail="a@example.com"), person("山田 太郎", mail="a@example.com")),
        (
            person("斎藤 一", kana="サイトウ ハジメ", mail="a@example.com"),
            person("西東 一", kana="サイトウ ハジメ", mail="a@example.com"),
        ),
        (person("Taro Yamada", mail="a@example.com"), person("山田 太郎", kana="ヤマダ タロウ", mail="a@example.com")),
    ],
)
def test_the_same_person_becomes_one(one: Candidate, other: Candidate) -> None:
    assert len(joined([one, other])) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            person("山田 太郎", phone="03-1111-2222", kind="company"),
            person("山田 太郎", phone="03-1111-2222", kind="company"),
        ),
        (person("山田 太郎", mail="info@example.com"), person("山田 太郎", mail="info@example.com")),
        (person("山田 太郎", mail="a@example.com"), person("鈴木 一郎", mail="a@example.com")),
        (person("山田 太郎", company="アクメ"), person("山田 太郎", company="アクメ")),
        (person("山田 太郎", phone="03-1111-2222", kind="fax"), person("山田 太郎", phone="03-1111-2222", kind="fax")),
        (person("John Smith", mail="a@example.com"), person("山田 太郎", kana="ヤマダ タロウ", mail="a@example.com")),
    ],
)
def test_what_is_not_sure_stays_apart(one: Candidate, other: Candidate) -> None:
    assert joined([one, other]) == (one, other)


def test_the_latest_exchange_says_where_somebody_works_and_no_day_is_lost() -> None:
    old = person("山田 太郎", mail="a@example.com", company="アクメ", met=date(2024, 1, 1), phone="090-1111-2222")
    new = person("山田 太郎", mail="a@example.com", company="ことり", met=date(2026, 1, 1))
    (one,) = joined([new, old])
    assert (one.company, one.met_on) == ("ことり", (date(2024, 1, 1), date(2026, 1, 1)))
    assert [phone.number for phone in one.phones] == ["090-1111-2222"]


def test_a_row_can_join_two_others() -> None:
    mail = person("山田 太郎", mail="a@example.com")
    phone = person("山田 太郎", phone="090-1111-2222")
    both = Candidate(
        name="山田 太郎", emails=("a@example.com",), phones=(Phone("090-1111-2222", "mobile"),), line=next(_lines)
    )
    assert len(joined([mail, phone, both])) == 1


def test_an_address_of_thousands_is_nobodys_and_does_not_hang() -> None:
    people = [person(f"人{number}", mail="shared@example.com") for number in range(3_000)]
    assert len(joined(people)) == 3_000


SOME = st.builds(
    Candidate,
    name=st.sampled_from(["", "山田 太郎", "山田太郎", "鈴木 一郎", "山田"]),
    emails=st.lists(st.sampled_from(["a@example.com", "b@example.com", "info@example.com"]), max_size=2).map(tuple),
    phones=st.lists(
        st.builds(Phone, st.sampled_from(["090-1111-2222", "03-1111-2222"]), st.sampled_from(["mobile", "company"])),
        max_size=2,
    ).map(tuple),
    line=st.integers(1, 99),
)


@given(st.lists(SOME, max_size=8))
def test_joining_loses_no_mail_and_no_number(people: list[Candidate]) -> None:
    kept = joined(people)
    assert {mail for one in kept for mail in one.emails} == {mail for one in people for mail in one.emails}
    assert {p for one in kept for p in one.phones} == {p for one in people for p in one.phones}
    assert len(kept) <= len(people)
