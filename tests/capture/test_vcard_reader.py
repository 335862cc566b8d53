"""Cards of every version, and broken ones."""

import time
from textwrap import dedent

import pytest

from soloflow.capture.reading import read
from soloflow.domain.candidates import Candidate, Reading


def cards(text: str, encoding: str = "utf-8") -> Reading:
    return read("cards.vcf", dedent(text).strip().replace("\n", "\r\n").encode(encoding) + b"\r\n")


def only(text: str, encoding: str = "utf-8") -> Candidate:
    (person,) = cards(text, encoding).candidates
    return person


def card(*lines: str, version: str = "3.0") -> str:
    return "\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD"))


def test_bare_parameters_of_2_1_tell_what_a_number_is() -> None:
    person = only(
        card(
            "N:山田;太郎",
            "TEL;CELL:090-1111-2222",
            "TEL;WORK;VOICE:03-1111-2222",
            "TEL;WORK;FAX:03-1111-3333",
            version="2.1",
        )
    )
    assert [(phone.number, phone.kind) for phone in person.phones] == [
        ("090-1111-2222", "mobile"),
        ("03-1111-2222", "company"),
        ("03-1111-3333", "fax"),
    ]


def test_raw_shift_jis_ending_in_a_backslash_is_no_escape() -> None:
    person = only(card("N:能登;予", "ORG:株式会社能;表予部", version="2.1"), "cp932")
    assert (person.name, person.company, person.department) == ("能登 予", "株式会社能", "表予部")
    person = only(card("N:能登;予", "ORG:株式会社能;表予部"), "cp932")
    assert (person.name, person.company, person.department) == ("能登 予", "株式会社能", "表予部")


def test_in_2_1_only_the_semicolon_is_escaped() -> None:
    assert only(card("N:A\\;B;C:\\new", version="2.1")).family == "A;B"
    assert only(card("N:山田;太郎", "NOTE:C:\\new", version="2.1")).note == "C:\\new"


def test_in_3_0_every_escape_is_undone() -> None:
    assert only(card("N:山田;太郎", r"NOTE:一行目\n二行目\, 続き\; 終わり\\")).note == "一行目\n二行目, 続き; 終わり\\"


def test_a_fold_belongs_to_the_value_in_2_1_and_not_in_3_0() -> None:
    assert only(card("N:Smith;John", "NOTE:a very", " long note", version="2.1")).note == "a very long note"
    assert only(card("N:Smith;John", "NOTE:a very lo", " ng note")).note == "a very long note"


def test_half_width_kana_all_in_the_first_field_are_split() -> None:
    assert only(card("N:濵田;花子", "SOUND;X-IRMC-N:ﾊﾏﾀﾞ ﾊﾅｺ;;;;", version="2.1"), "cp932").kana == "ハマダ ハナコ"


@pytest.mark.parametrize(
    ("version", "lines"),
    [
        ("3.0", ("N:山田;太郎", "X-PHONETIC-LAST-NAME:やまだ", "X-PHONETIC-FIRST-NAME:たろう")),
        ("3.0", ("N:山田;太郎", "SORT-STRING:ヤマダ タロウ")),
        ("4.0", ('N;SORT-AS="ヤマダ;タロウ":山田;太郎;;;',)),
        ("4.0", ('N;SORT-AS="ヤマダ,タロウ":山田;太郎;;;',)),
    ],
)
def test_kana_are_found_wherever_a_version_puts_them(version: str, lines: tuple[str, ...]) -> None:
    assert only(card(*lines, version=version)).kana == "ヤマダ タロウ"


def test_a_sort_string_that_is_not_kana_is_no_kana() -> None:
    assert only(card("N:山田;太郎", "SORT-STRING:Yamada")).kana == ""


def test_every_item_group_of_apple_is_kept() -> None:
    person = only(
        card(
            "N:山田;太郎",
            "item1.URL;type=pref:http\\://example.com/a",
            "item1.X-ABLabel:_$!<HomePage>!$_",
            "item2.URL:https://example.com/b",
            "item3.TEL:03-1111-2222",
            "item3.X-ABLabel:_$!<WorkFAX>!$_",
            "item4.EMAIL;type=INTERNET:a@example.com",
            "item5.EMAIL;type=INTERNET:b@example.com",
        )
    )
    assert person.urls == ("http://example.com/a", "https://example.com/b")
    assert person.emails == ("a@example.com", "b@example.com")
    assert person.phones[0].kind == "fax"


def test_a_4_0_card_is_read() -> None:
    person = only(
        card(
            "FN:山田 太郎",
            "N:山田;太郎;;;",
            'TEL;VALUE=uri;TYPE="cell,voice":tel:+81-90-1111-2222',
            "EMAIL;PREF=1:a@example.com",
            "CATEGORIES:勉強会,友人",
            version="4.0",
        )
    )
    assert (person.name, person.phones[0].number, person.phones[0].kind) == ("山田 太郎", "+81-90-1111-2222", "mobile")
    assert person.tags == ("勉強会", "友人")


def test_an_address_is_put_in_japanese_order() -> None:
    person = only(card("N:山田;太郎", "ADR;TYPE=WORK:;能登ビル;虎ノ門1-1-1;港区;東京都;1050001;日本"))
    assert person.address == "〒105-0001 東京都港区虎ノ門1-1-1 能登ビル"


def test_a_western_name_keeps_its_order() -> None:
    person = only(card("N:Smith;John;;;", "FN:John Smith"))
    assert (person.name, person.family, person.given) == ("John Smith", "Smith", "John")


def test_a_name_all_in_the_family_field_is_split() -> None:
    person = only(card("N:濵田　花子;;;;", "FN:濵田 花子"))
    assert (person.name, person.family, person.given) == ("濵田 花子", "濵田", "花子")


def test_a_card_with_only_a_full_name_is_read() -> None:
    assert only(card("FN:山田太郎")).name == "山田太郎"


def test_a_nested_agent_card_is_not_taken_for_the_person() -> None:
    text = """
        BEGIN:VCARD
        VERSION:2.1
        N:山田;太郎
        AGENT:
        BEGIN:VCARD
        VERSION:2.1
        N:秘書;一子
        TEL;CELL:090-9999-9999
        END:VCARD
        TEL;CELL:090-1111-2222
        END:VCARD
    """
    reading = cards(text)
    assert reading.rows == 1
    assert [phone.number for phone in reading.candidates[0].phones] == ["090-1111-2222"]
    assert cards(text.replace("AGENT:\n        BEGIN", "AGENT:BEGIN")).candidates == reading.candidates


def test_comments_case_and_missing_blank_lines_do_not_matter() -> None:
    reading = cards(
        """
        begin:vCard
        version:2.1
        # written by an old phone
        n:山田;太郎
        end:vCard
        BEGIN:vcard
        VERSION:3.0
        N:鈴木;一郎
        END:vcard

        BEGIN:VCARD
        VERSION:3.0
        N:佐藤;二郎
        END:VCARD
        """
    )
    assert [person.name for person in reading.candidates] == ["山田 太郎", "鈴木 一郎", "佐藤 二郎"]
    assert reading.problems == ()


def test_a_photo_in_base64_is_passed_over() -> None:
    text = card(
        "N:山田;太郎",
        "PHOTO;JPEG;ENCODING=BASE64:",
        " /9j/4AAQSkZJRgABAQAAAQABAAD/",
        " 2wCEAAkGBxMTEhU=",
        "",
        "EMAIL:a@example.com",
        version="2.1",
    )
    reading = cards(text)
    assert reading.candidates[0].emails == ("a@example.com",)
    assert reading.problems == ()


def test_a_broken_photo_costs_only_itself_and_is_named() -> None:
    reading = cards(
        "\n".join(
            (
                card("N:山田;太郎"),
                card("N:鈴木;一郎", "PHOTO;ENCODING=b;TYPE=JPEG:====", "TEL:03-1111-2222"),
                card("N:佐藤;二郎"),
            )
        )
    )
    assert [person.name for person in reading.candidates] == ["山田 太郎", "鈴木 一郎", "佐藤 二郎"]
    assert reading.candidates[1].phones[0].number == "03-1111-2222"
    assert [(problem.line, problem.field) for problem in reading.problems] == [(8, "PHOTO")]


def test_a_card_without_an_end_costs_no_other() -> None:
    reading = cards("BEGIN:VCARD\nVERSION:3.0\nN:山田;太郎\n" + card("N:鈴木;一郎"))
    assert [person.name for person in reading.candidates] == ["山田 太郎", "鈴木 一郎"]
    assert [(problem.line, problem.field) for problem in reading.problems] == [(1, "END")]


def test_a_line_that_is_no_property_is_named() -> None:
    reading = cards(card("N:山田;太郎", "this is nothing", "TEL:03-1111-2222"))
    assert reading.candidates[0].phones
    assert [problem.line for problem in reading.problems] == [4]


def test_bytes_of_no_encoding_cost_only_their_value() -> None:
    data = card("N:山田;太郎", "NOTE:@@", "EMAIL:a@example.com").encode().replace(b"@@", b"\xff\xfe\x80")
    reading = read("x.vcf", data + b"\n")
    assert (reading.candidates[0].name, reading.candidates[0].emails) == ("山田 太郎", ("a@example.com",))
    assert [(problem.line, problem.field) for problem in reading.problems] == [(4, "NOTE")]


def test_an_empty_card_is_a_row_but_nobody() -> None:
    reading = cards("\n".join((card("N:;;;;"), card("N:山田;太郎"))))
    assert (reading.rows, len(reading.candidates)) == (2, 1)
    assert [problem.line for problem in reading.problems] == [1]


def test_a_utf_16_file_is_read() -> None:
    reading = read("x.vcf", card("N:濵田;花子").encode("utf-16") + "\n".encode("utf-16-le"))
    assert (reading.encoding, reading.candidates[0].name) == ("utf-16", "濵田 花子")


def test_a_quoted_printable_value_that_never_ends_stops_at_the_end_of_its_card() -> None:
    reading = cards(
        "\n".join((card("N:山田;太郎", "NOTE;ENCODING=QUOTED-PRINTABLE:abc=", version="2.1"), card("N:鈴木;一郎")))
    )
    assert [person.name for person in reading.candidates] == ["山田 太郎", "鈴木 一郎"]


@pytest.mark.parametrize(
    "body",
    [
        b"PHOTO;ENCODING=b:" + b"A" * 20_000_000,
        b"PHOTO;ENCODING=BASE64:\n" + b"QUJD\n" * 500_000,
        b"A" * 20_000_000,
        b'X;P="' + b'a"' * 5_000_000,
        b"NOTE:" + b";" * 5_000_000,
        b"N:" + b"\\;" * 200_000,
        b"AGENT:\nBEGIN:VCARD\n" * 100_000,
        b"NOTE;ENCODING=QUOTED-PRINTABLE:" + b"a=\n" * 500_000,
        b"NOTE:a\n" + b" b\n" * 500_000,
    ],
    ids=[
        "long base64",
        "many base64 lines",
        "long line",
        "quotes",
        "fields",
        "escapes",
        "depth",
        "soft breaks",
        "folds",
    ],
)
def test_huge_or_deep_content_is_read_in_bounded_time(body: bytes) -> None:
    start = time.process_time()
    read("x.vcf", b"BEGIN:VCARD\nVERSION:3.0\nFN:A\n" + body + b"\nEND:VCARD\n")
    assert time.process_time() - start < 20
