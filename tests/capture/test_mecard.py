"""The text of a contact QR, however it is written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soloflow.capture.reading import read
from soloflow.domain.candidates import Candidate, Phone


def only(text: str, encoding: str = "utf-8") -> Candidate:
    reading = read("x.txt", text.encode(encoding))
    assert (reading.kind, reading.rows, reading.unread, reading.problems) == ("mecard", 1, 0, ())
    return reading.candidates[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_every_field_is_read(encoding: str) -> None:
    text = (
        "MECARD:N:能登,花子;SOUND:ﾉﾄ,ﾊﾅｺ;TEL:09011112222;TEL:0311112222;EMAIL:h@example.jp;NOTE:表\\;裏;"
        "URL:https\\://example.jp/a;ADR:,,虎ノ門1-1-1,港区,東京都,1050001,日本;ORG:株式会社アクメ\\, 東京;TITLE:部長;;"
    )
    assert only(text, encoding) == Candidate(
        name="能登 花子",
        family="能登",
        given="花子",
        kana="ノト ハナコ",
        company="株式会社アクメ, 東京",
        title="部長",
        emails=("h@example.jp",),
        phones=(Phone("09011112222", "mobile"), Phone("0311112222", "other")),
        urls=("https://example.jp/a",),
        address="〒105-0001 東京都港区虎ノ門1-1-1",
        note="表;裏",
        line=1,
    )


@pytest.mark.parametrize(
    "text",
    [
        "MECARD:N:山田,太郎;TEL:0312345678;EMAIL:t@example.jp;;",
        "MECARD:EMAIL:t@example.jp;TEL:0312345678;N:山田,太郎;;",
        "MECARD:N:山田,太郎;TEL:0312345678;EMAIL:t@example.jp;",
        "MECARD:N:山田,太郎;TEL:0312345678;EMAIL:t@example.jp",
        "mecard:n:山田,太郎;tel:0312345678;email:t@example.jp;;\r\n",
        "MECARD:N:山田,太郎;SOUND:;NOTE:;TEL:0312345678;URL:;ORG:;EMAIL:t@example.jp;;",
        "\r\n MECARD:N:山田,太郎;\r\nTEL:0312345678;\r\nEMAIL:t@example.jp;;",
    ],
)
def test_order_case_and_ending_do_not_matter(text: str) -> None:
    person = only(text)
    assert (person.name, person.family, person.given) == ("山田 太郎", "山田", "太郎")
    assert person.phones == (Phone("0312345678", "other"),)
    assert person.emails == ("t@example.jp",)


@pytest.mark.parametrize(
    ("written", "name", "family"),
    [("山田 太郎", "山田 太郎", "山田"), ("山田太郎", "山田太郎", ""), ("山田", "山田", "")],
)
def test_a_name_may_lack_the_comma(written: str, name: str, family: str) -> None:
    person = only(f"MECARD:N:{written};TEL:0312345678;;")
    assert (person.name, person.family) == (name, family)


def test_an_escaped_comma_parts_no_name() -> None:
    assert only("MECARD:N:Acme\\, Inc.;TEL:0312345678;;").name == "Acme, Inc."


def test_a_note_that_another_program_calls_memo_is_a_note() -> None:
    assert only("MECARD:N:山田,太郎;MEMO:懇親会で;;").note == "懇親会で"


def test_several_in_one_text_each_know_their_line() -> None:
    text = "MECARD:N:山田,太郎;TEL:1;;\r\n\r\nMECARD:N:鈴木,一郎;;MECARD:N:佐藤,花子;EMAIL:h@example.jp;\nMECARD:N:表,翔;;\n"
    reading = read("x", text.encode("cp932"))
    assert reading.rows == 4
    assert [(person.name, person.line) for person in reading.candidates] == [
        ("山田 太郎", 1),
        ("鈴木 一郎", 3),
        ("佐藤 花子", 3),
        ("表 翔", 4),
    ]


def test_damage_loses_only_itself_and_is_named() -> None:
    text = (
        "MECARD:N:山田,太郎;でたらめ;EMAIL:t(at)example.jp;;\nMECARD:URL:https\\://example.jp;;\nMECARD:N:鈴木,一郎;;"
    )
    reading = read("x", text.encode())
    assert [person.name for person in reading.candidates] == ["山田 太郎", "鈴木 一郎"]
    assert [(problem.line, problem.field) for problem in reading.problems] == [(1, "EMAIL"), (1, ""), (2, "")]
    assert (reading.rows, reading.unread) == (3, 1)


WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Cf", "Zl", "Zp")), min_size=1, max_size=12)


@given(WORDS, WORDS, WORDS)
def test_what_is_written_with_escapes_is_read_the_same(note: str, company: str, url: str) -> None:
    def escaped(text: str) -> str:
        return re.sub(r"([\\;:,])", r"\\\1", text)

    person = only(f"MECARD:N:山田,太郎;NOTE:{escaped(note)};ORG:{escaped(company)};URL:{escaped(url)};;")
    assert (person.note, person.company, person.urls) == (note, company, (url,))
