"""What is written as vCard is right by the standards, comes back the same, and other programs read it."""

import contextlib
import re
from dataclasses import fields, replace
from datetime import date
from random import Random

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from people_of_any_kind import people
from soloflow.capture.reading import read
from soloflow.capture.vcard_writing import VERSIONS, folded, small_card, write_cards
from soloflow.domain.candidates import Candidate, Phone, Reading
from soloflow.domain.errors import UserError

HANAKO = Candidate(
    name="髙﨑 花子", family="髙﨑", given="花子", kana="タカサキ ハナコ", company="㈱青空;製作所", department="営業部, 一課", title="課長\\代理",
    emails=("h@example.jp", "h2@example.jp"),
    phones=(
        Phone("090-1111-2222", "mobile"), Phone("03-1111-2223", "direct"), Phone("(03) 1234-5678 内線12", "company"),
        Phone("03-1111-2224", "fax"), Phone("050-1111-2225", "other"),
    ),
    urls=("https://example.jp/?a=1,2;3",), address="〒105-0011 東京都港区芝公園4-2-8 ①ビル", note="一行目\n二行目; 三, 👩‍💻" + "あ" * 100,
    tags=("在庫,管理", "甲;乙"), met_on=(date(2026, 3, 20), date(2026, 11, 21)), handle="hanako_dev",
)  # fmt: skip


def again(*persons: Candidate, version: str) -> Reading:
    return read("people.vcf", write_cards(persons, version).encode())


def without_line(person: Candidate) -> Candidate:
    return replace(person, line=0)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_full_person_comes_back_in_every_field(version: str) -> None:
    reading = again(HANAKO, version=version)
    assert (reading.kind, reading.problems, reading.unread) == ("vcard", (), 0)
    assert without_line(reading.candidates[0]) == HANAKO


@pytest.mark.parametrize("version", VERSIONS)
@given(persons=st.lists(people(), min_size=1, max_size=4))
def test_everybody_comes_back_the_same(version: str, persons: list[Candidate]) -> None:
    reading = again(*persons, version=version)
    expected = [replace(one, kana=" ".join(one.kana.split())) for one in persons]
    assert [without_line(one) for one in reading.candidates] == expected
    assert (reading.rows, reading.unread) == (len(persons), 0)


def test_nothing_of_a_person_is_forgotten() -> None:
    """A field that is added to Candidate must be written, or named among those that are not."""
    told = {field.name for field in fields(Candidate) if getattr(HANAKO, field.name) not in ("", (), None, 0)}
    assert {field.name for field in fields(Candidate)} - told == {"line", "also", "attended"}


def test_the_place_in_a_file_and_attendance_stay_behind() -> None:
    found = again(replace(HANAKO, line=77, attended=True), version="3.0").candidates[0]
    assert (found.line, found.attended) == (1, None)


@pytest.mark.parametrize(
    ("written", "read_back"),
    [("a\r\nb\rc", "a\nb\nc"), ("a\x00b\x1fc\x7f", "abc"), ("tab\tstays", "tab\tstays"), ("half \ud83d", "half ?")],
)
def test_what_no_card_can_hold_is_made_into_what_it_can(written: str, read_back: str) -> None:
    assert again(replace(HANAKO, note=written), version="4.0").candidates[0].note == read_back


def test_a_link_has_no_white_space() -> None:
    found = again(replace(HANAKO, urls=("https://example.jp/a b\nc\\d",)), version="3.0").candidates[0]
    assert found.urls == ("https://example.jp/a%20b%0Ac%5Cd",)


def test_two_of_one_mobile_stay_two() -> None:
    twin = replace(HANAKO, name="髙﨑 花", given="花")
    assert len(again(HANAKO, twin, version="3.0").candidates) == 2


def test_a_card_of_another_program_among_ours_is_joined_as_ever() -> None:
    other = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:髙﨑;花子;;;\r\nFN:髙﨑 花子\r\nTEL;TYPE=CELL:09011112222\r\nEND:VCARD\r\n"
    reading = read("x.vcf", (write_cards([HANAKO]) + other).encode())
    assert (reading.rows, len(reading.candidates)) == (2, 1)


@pytest.mark.parametrize("version", VERSIONS)
@given(person=people())
def test_no_line_is_wider_than_75_octets_and_none_breaks_a_character(version: str, person: Candidate) -> None:
    lines = write_cards([person], version).encode().split(b"\r\n")
    assert lines.pop() == b""
    for line in lines:
        assert len(line) <= 75
        line.decode()
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)


def test_folding_is_undone_by_taking_out_line_end_and_space() -> None:
    line = "NOTE:" + "漢字 and 👩‍💻" * 40
    assert folded(line).replace("\r\n ", "") == line + "\r\n"


def test_a_short_line_is_not_folded() -> None:
    assert folded("N:" + "x" * 73) == "N:" + "x" * 73 + "\r\n"
    assert folded("N:" + "x" * 74) == "N:" + "x" * 73 + "\r\n x\r\n"


@pytest.mark.parametrize(
    ("version", "line"),
    [
        ("3.0", "VERSION:3.0"), ("4.0", "VERSION:4.0"), ("3.0", "SORT-STRING:タカサキ ハナコ"), ("3.0", "X-PHONETIC-LAST-NAME:タカサキ"),
        ("4.0", 'N;SORT-AS="タカサキ,ハナコ":髙﨑;花子;;;'), ("3.0", "N:髙﨑;花子;;;"), ("3.0", "ORG:㈱青空\\;製作所;営業部\\, 一課"),
        ("3.0", "TITLE:課長\\\\代理"), ("3.0", "EMAIL;TYPE=INTERNET:h@example.jp"), ("4.0", "EMAIL:h@example.jp"),
        ("3.0", "TEL;TYPE=CELL,VOICE;X-SOLOFLOW=mobile:090-1111-2222"), ("4.0", "TEL;TYPE=work,fax;X-SOLOFLOW=fax:03-1111-2224"),
        ("4.0", "CATEGORIES:在庫\\,管理,甲\\;乙"), ("3.0", "ADR;TYPE=WORK:;;港区芝公園4-2-8 ①ビル;;東京都;105-0011;"),
        ("3.0", "URL:https://example.jp/?a=1,2;3"), ("3.0", "X-SOLOFLOW-MET-ON:2026-03-20,2026-11-21"),
    ],
)  # fmt: skip
def test_a_property_is_written_as_its_standard_says(version: str, line: str) -> None:
    assert line in write_cards([HANAKO], version).replace("\r\n ", "").split("\r\n")


def test_who_has_no_name_gets_the_one_property_that_must_stand() -> None:
    company = Candidate(company="アクメ", phones=(Phone("03-1", "company"),))
    assert "FN;X-SOLOFLOW=stand-in:アクメ" in write_cards([company])
    assert "KIND:org" in write_cards([company], "4.0")
    assert "X-ABShowAs:COMPANY" in write_cards([company], "3.0")


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(ValueError, match=r"2\.1"):
        write_cards([HANAKO], "2.1")


def test_vobject_reads_all_that_it_knows() -> None:
    """But for a comma in a link: it takes that for the end of a value, which a URI is not a list for (RFC 2426, 3.6.8)."""
    card = vobject.readOne(write_cards([replace(HANAKO, urls=("https://example.jp/?a=1;3",))]))
    assert card.fn.value == HANAKO.name
    assert (card.n.value.family, card.n.value.given) == ("髙﨑", "花子")
    assert card.org.value == [HANAKO.company, HANAKO.department]
    assert card.title.value == HANAKO.title
    assert tuple(mail.value for mail in card.email_list) == HANAKO.emails
    assert tuple(tel.value for tel in card.tel_list) == tuple(phone.number for phone in HANAKO.phones)
    assert [tel.params["TYPE"] for tel in card.tel_list][:2] == [["CELL", "VOICE"], ["WORK", "VOICE"]]
    assert card.url.value == "https://example.jp/?a=1;3"
    address = card.adr.value
    assert (address.code, address.region, address.street) == ("105-0011", "東京都", "港区芝公園4-2-8 ①ビル")
    assert card.note.value == HANAKO.note
    assert list(card.categories.value) == list(HANAKO.tags)
    card.validate()


@given(persons=st.lists(people(), min_size=1, max_size=3))
def test_vobject_finds_every_card_and_its_texts(persons: list[Candidate]) -> None:
    found = list(vobject.readComponents(write_cards(persons)))
    assert len(found) == len(persons)
    for card, person in zip(found, persons, strict=True):
        assert [note.value for note in getattr(card, "note_list", [])] == [person.note] * bool(person.note)
        assert [tel.value for tel in getattr(card, "tel_list", [])] == [phone.number for phone in person.phones]


OWNER = replace(
    HANAKO, phones=HANAKO.phones[:1], emails=HANAKO.emails[:1], department="", note="", tags=(), met_on=(), handle="", address=""
)  # fmt: skip


def test_a_small_card_says_the_same_and_is_read_as_a_strangers_would_be() -> None:
    assert without_line(read("x", small_card(OWNER).encode()).candidates[0]) == OWNER


def test_a_small_card_has_nothing_of_ours_and_no_folds() -> None:
    text = small_card(OWNER)
    assert "SOLOFLOW" not in text.upper()
    assert "\r\n " not in text
    assert len(text.encode()) < 320


@given(person=people(), chance=st.randoms(use_true_random=False))
def test_no_damage_to_a_card_of_ours_brings_more_than_a_sentence(person: Candidate, chance: Random) -> None:
    data = bytearray(write_cards([person], chance.choice(VERSIONS)).encode())
    for _time in range(chance.randrange(1, 9)):
        at = chance.randrange(len(data))
        data[at : at + chance.randrange(3)] = chance.choice(
            (b"", b"\r\n", b";", b":", b"\\", b"\xe3", b'"', b"=", b"\x00", b" ")
        )
    with contextlib.suppress(UserError):
        reading = read("x", bytes(data))
        assert all(isinstance(one, Candidate) for one in reading.candidates)
