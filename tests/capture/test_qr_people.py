"""Who a QR code speaks of: cards, the kinds that phones write, links, plain words; and what speaks of nobody."""

import pytest

from pictures_of_codes import as_bytes, code, together
from soloflow.capture.qr import Code
from soloflow.capture.qr_people import people_of_text, read_codes
from soloflow.capture.reading import read
from soloflow.domain.candidates import Candidate, Phone

VCARD = (
    "BEGIN:VCARD\nVERSION:3.0\nN:山田;太郎;;;\nFN:山田 太郎\nORG:アクメ;開発部\nTEL;TYPE=CELL:090-1234-5678\nEND:VCARD"
)


def said(text: str) -> Code:
    return Code(text, "utf-8", text.encode())


def one(text: str) -> Candidate:
    reading = people_of_text(text)
    assert len(reading.candidates) == 1, reading
    return reading.candidates[0]


def test_a_picture_of_a_card_is_a_reading_like_any_file() -> None:
    reading = read("card.png", as_bytes(code(VCARD)))
    assert (reading.kind, reading.encoding, reading.rows, reading.unread, reading.problems) == ("qr", "utf-8", 1, 0, ())
    person = reading.candidates[0]
    assert (person.name, person.company, person.department) == ("山田 太郎", "アクメ", "開発部")
    assert person.phones == (Phone("090-1234-5678", "mobile"),)


def test_a_mecard_of_an_old_phone_says_its_encoding() -> None:
    reading = read("card.png", as_bytes(code("MECARD:N:能予,表;SOUND:ﾉｳﾖ,ﾋｮｳ;ORG:㈱髙﨑;;", encoding="cp932")))
    assert reading.encoding == "cp932"
    assert (reading.candidates[0].name, reading.candidates[0].kana, reading.candidates[0].company) == (
        "能予 表",
        "ノウヨ ヒョウ",
        "㈱髙﨑",
    )


def test_a_card_in_shift_jis_that_says_so_is_read() -> None:
    text = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=SHIFT_JIS:能予;表\r\nORG;CHARSET=SHIFT_JIS:㈱髙﨑\r\nTEL;CELL:09011112222\r\nEND:VCARD\r\n"
    reading = read("card.png", as_bytes(code(text, encoding="cp932")))
    assert (reading.encoding, reading.problems) == ("cp932", ())
    assert (reading.candidates[0].name, reading.candidates[0].company) == ("能予 表", "㈱髙﨑")


def test_two_codes_of_one_person_are_one_person() -> None:
    codes = (VCARD, "tel:090-1234-5678", "https://example.jp/")
    reading = read("cards.png", as_bytes(together(*map(code, codes))))
    assert (reading.rows, len(reading.candidates)) == (3, 2)
    assert [person.line for person in reading.candidates] == [1, 3]


def test_a_code_that_speaks_of_nobody_loses_only_itself() -> None:
    reading = read_codes((said("WIFI:S:guest;T:WPA;P:secret;;"), said(VCARD)))
    assert (reading.rows, reading.unread, len(reading.candidates)) == (2, 1, 1)
    assert [(problem.line, "人のこと" in problem.message) for problem in reading.problems] == [(1, True)]
    assert reading.candidates[0].line == 2


def test_the_card_of_another_program_has_given_and_family_name_in_their_places() -> None:
    person = one(
        "BIZCARD:N:Sean;X:Owen;T:Software Engineer;C:Acme;A:76 9th Ave;B:+12125551212;M:090-1111-2222;E:s@example.com;;"
    )
    assert (person.name, person.family, person.given) == ("Sean Owen", "Owen", "Sean")
    assert (person.company, person.title, person.address) == ("Acme", "Software Engineer", "76 9th Ave")
    assert person.phones == (Phone("+12125551212", "company"), Phone("090-1111-2222", "mobile"))
    assert person.emails == ("s@example.com",)


def test_the_address_book_of_japanese_phones_is_read() -> None:
    person = one(
        "MEMORY:NAME1:携帯 太郎\r\nNAME2:ｹｲﾀｲ ﾀﾛｳ\r\nMAIL1:t@example.jp\r\nTEL1:09011112222\r\nADD:東京都港区\r\nMEMORY:同級生\r\n"
    )
    assert (person.name, person.kana, person.note, person.address) == (
        "携帯 太郎",
        "ケイタイ タロウ",
        "同級生",
        "東京都港区",
    )
    assert (person.emails, person.phones) == (("t@example.jp",), (Phone("09011112222", "mobile"),))


@pytest.mark.parametrize(
    ("text", "mails"),
    [
        ("mailto:a@example.jp?subject=%E3%81%82", ("a@example.jp",)), ("MAILTO:a%40example.jp", ("a@example.jp",)),
        ("mailto:a@example.jp,b@example.jp", ("a@example.jp", "b@example.jp")), ("MATMSG:TO:a@example.jp;SUB:x;BODY:y;;", ("a@example.jp",)),
    ],
)  # fmt: skip
def test_a_mail_to_be_written_is_an_address(text: str, mails: tuple[str, ...]) -> None:
    assert one(text).emails == mails


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("tel:+81-90-1111-2222", "+81-90-1111-2222"),
        ("TEL:03-1111-2222;ext=12", "03-1111-2222 内線12"),
        ("SMSTO:09011112222:やあ", "09011112222"),
    ],
)
def test_a_number_to_be_called_is_a_phone(text: str, number: str) -> None:
    assert [phone.number for phone in one(text).phones] == [number]


@pytest.mark.parametrize(
    ("text", "name", "handle", "url"),
    [
        ("https://www.linkedin.com/in/taro-yamada-1a2b3c/", "Taro Yamada", "taro-yamada-1a2b3c", "https://www.linkedin.com/in/taro-yamada-1a2b3c"),
        ("https://8card.net/virtual_cards/abcDEF123", "", "", "https://8card.net/virtual_cards/abcDEF123"),
        ("https://connpass.com/user/dev_01/", "", "dev_01", "https://connpass.com/user/dev_01/"),
        ("http://example.jp/members/12", "", "", "http://example.jp/members/12"),
        ("MEBKM:TITLE:わたし;URL:http\\://example.jp/;;", "", "", "http://example.jp/"),
    ],
)  # fmt: skip
def test_a_link_is_kept_and_says_whose_it_is_where_it_can(text: str, name: str, handle: str, url: str) -> None:
    person = one(text)
    assert (person.name, person.handle, person.urls) == (name, handle, (url,))


def test_who_has_no_name_yet_is_asked_for_one() -> None:
    assert [problem.field for problem in people_of_text("tel:03-1111-2222").problems] == ["name"]


def test_plain_words_are_read_as_a_line_is() -> None:
    person = one("山田太郎\n(株)アクメ\nyamada@example.co.jp")
    assert (person.name, person.company, person.emails) == ("山田 太郎", "(株)アクメ", ("yamada@example.co.jp",))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "WIFI:S:x;;",
        "BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT",
        "otpauth://totp/x?secret=y",
        "4901234567894",
        "TICKET-00123 A",
        "geo:35,139",
        "\x00\x01",
    ],
)
def test_what_is_no_person_is_nobody(text: str) -> None:
    reading = people_of_text(text)
    assert reading.candidates == ()
    assert len(reading.problems) == reading.unread == 1


def test_a_damaged_card_in_a_code_says_so_with_the_number_of_the_code() -> None:
    reading = read_codes((said(VCARD), said("BEGIN:VCARD\nVERSION:3.0\nFN:佐藤\nEMAIL:何か\nEND:VCARD")))
    assert [problem.line for problem in reading.problems] == [2]
