"""Foreign, broken and awkward files: one clear sentence, or everything that can be read."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soloflow.capture.reading import read
from soloflow.domain.errors import UserError

FIXTURES = Path(__file__).parents[1] / "fixtures" / "capture"
HEADER = "会社名,部署名,役職,氏名,e-mail,郵便番号,住所,TEL会社,TEL部門,TEL直通,Fax,携帯電話,URL,名刺交換日"


def eight(*rows: str, header: str = HEADER, encoding: str = "utf-8") -> bytes:
    return "\r\n".join((header, *rows, "")).encode(encoding)


def row(name: str, *, company: str = "", mail: str = "", met: str = "", direct: str = "", mobile: str = "") -> str:
    return f"{company},,,{name},{mail},,,,,{direct},,{mobile},,{met}"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "空のファイル"),
        (b"\xef\xbb\xbf\r\n \r\n", "空のファイル"),
        (b"PK\x03\x04\x14\x00\x06\x00", "Excel"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "画像"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "画像"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\r\n<!DOCTYPE html><html>", "ウェブページ"),
        (b"SQLite format 3\x00\x10\x00", "文字のファイルではありません"),
        (bytes(range(1, 256)) * 8, "文字として読めません"),
        ("日付,品目,金額\n2026/01/01,ペン,100\n".encode(), "日付、品目、金額"),
        ("ただの文章です。\n二行目です。\n".encode(), "表が見つかりません"),
    ],
)
def test_a_foreign_file_is_refused_with_a_sentence_that_names_it(data: bytes, says: str) -> None:
    with pytest.raises(UserError) as refused:
        read("変なファイル.csv", data)
    assert "変なファイル.csv" in str(refused.value)
    assert says in str(refused.value)
    assert "何も取り込んでいません" in str(refused.value)


def test_a_file_beyond_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soloflow.capture.reading.MOST_BYTES", 10)
    with pytest.raises(UserError, match="大きすぎます"):
        read("x.csv", b"a,b,c,d,e,f,g")


def test_an_older_linkedin_file_without_links_is_known() -> None:
    text = "First Name,Last Name,Email Address,Company,Position,Connected On\nJohn,Smith,,Acme,CTO,someday\n"
    reading = read("x.csv", text.encode())
    assert (reading.kind, reading.candidates[0].name) == ("linkedin", "John Smith")
    assert [(problem.line, problem.field) for problem in reading.problems] == [(2, "Connected On")]


def test_a_preamble_alone_is_not_an_empty_success() -> None:
    with pytest.raises(UserError):
        read("x.csv", "02月08日23時00分 JST にEightで生成された名刺リストです。\n合計 2 件\n\n".encode("cp932"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_and_delimiter_are_found(encoding: str, delimiter: str) -> None:
    text = eight(row("山田 太郎", company="株式会社アクメ")).decode().replace(",", delimiter)
    reading = read("x.csv", text.encode(encoding))
    assert reading.encoding == encoding
    assert [(person.name, person.company) for person in reading.candidates] == [("山田 太郎", "株式会社アクメ")]


def test_an_encoding_chosen_by_hand_is_obeyed() -> None:
    reading = read("x.csv", eight(row("山田 太郎"), encoding="euc_jp"), "euc_jp")
    assert (reading.encoding, reading.candidates[0].name) == ("euc_jp", "山田 太郎")
    with pytest.raises(UserError, match="klingon"):
        read("x.csv", b"a,b", "klingon")


def test_a_damaged_byte_costs_one_character_and_is_named() -> None:
    data = eight(row("山田 太郎"), row("鈴木 @@"), row("佐藤 二郎"), encoding="cp932").replace(b"@@", b"\x81\xff")
    reading = read("x.csv", data)
    assert [person.name for person in reading.candidates][::2] == ["山田 太郎", "佐藤 二郎"]
    assert [problem.line for problem in reading.problems] == [3]
    assert reading.encoding == "cp932"


@pytest.mark.parametrize(
    "header",
    [
        HEADER.replace("Fax", "FAX"),
        HEADER.replace("Fax", "Ｆａｘ"),
        HEADER.replace("e-mail", "E-mail"),
        HEADER + ",Eightでつながっている人,再データ化中の名刺,'?'を含んだデータ",
    ],
)
def test_header_variants_of_eight_are_known(header: str) -> None:
    reading = read("x.csv", eight(row("山田 太郎", mail="a@example.com"), header=header))
    assert reading.kind == "eight"
    assert reading.candidates[0].emails == ("a@example.com",)


def test_eight_with_family_and_given_name_apart() -> None:
    header = HEADER.replace("氏名", "姓,名")
    reading = read("x.csv", eight(row("山田,太郎"), header=header))
    assert (reading.candidates[0].name, reading.candidates[0].given) == ("山田 太郎", "太郎")


def test_unreadable_characters_are_named_with_line_and_column() -> None:
    reading = read("x.csv", eight(row("山田 太郎"), row("山? 太郎", company="アク？")))
    assert [(problem.line, problem.field) for problem in reading.problems] == [(3, "会社名"), (3, "氏名")]
    assert reading.candidates[1].name == "山? 太郎"


def test_kinds_of_numbers_follow_their_column_except_mobiles() -> None:
    reading = read("x.csv", eight("会社,,,山田 太郎,,,,090-1111-2222,03-1,03-2222-3333,03-3333-4444,,,"))
    assert [phone.kind for phone in reading.candidates[0].phones] == ["mobile", "company", "direct", "fax"]


def test_a_date_that_is_none_is_named() -> None:
    reading = read("x.csv", eight(row("山田 太郎", met="2026/02/31")))
    assert [(problem.line, problem.field) for problem in reading.problems] == [(2, "名刺交換日")]
    assert reading.candidates[0].met_on == ()


def test_rows_with_only_a_phone_or_only_a_mail_are_people() -> None:
    reading = read("x.csv", eight(row("", mobile="090-1111-2222"), row("", mail="a@example.com"), ",,,,,,,,,,,,,"))
    assert (reading.rows, len(reading.candidates)) == (2, 2)


def test_a_broken_mail_is_kept_and_named() -> None:
    reading = read("x.csv", eight(row("山田 太郎", mail="yamada(at)example.com")))
    assert reading.candidates[0].emails == ("yamada(at)example.com",)
    assert [(problem.line, problem.field) for problem in reading.problems] == [(2, "e-mail")]


@pytest.mark.parametrize("broken", ['"開いたまま,,,山本 五郎,,,,,,,,,,', '"A"B,"C,,,,,,,,,,,,'])
def test_a_row_with_broken_quotes_costs_only_itself(broken: str) -> None:
    reading = read("x.csv", eight(row("山田 太郎"), broken, row("鈴木 一郎"), '"a\nb",,,佐藤 二郎,,,,,,,,,,'))
    names = [person.name for person in reading.candidates]
    assert [name for name in names if name != "山本 五郎"] == ["山田 太郎", "鈴木 一郎", "佐藤 二郎"]
    assert [problem.line for problem in reading.problems] == [3]


def test_a_stray_quote_inside_a_cell_is_no_damage() -> None:
    reading = read("x.csv", eight('"5"" の画面",,,山田 太郎,,,,,,,,,,', '5" の画面,,,鈴木 一郎,,,,,,,,,,'))
    assert [person.company for person in reading.candidates] == ['5" の画面', '5" の画面']
    assert reading.problems == ()


def test_the_old_google_header_is_known() -> None:
    header = (
        "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,"
        "Notes,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,"
        "Organization 1 - Name,Organization 1 - Title,Organization 1 - Department"
    )
    line = (
        "髙橋 さくら,さくら,,髙橋,,さくら,,たかはし,,* myContacts ::: 友人,* Work,a@example.com ::: b@example.com,"
        "Work Fax ::: Mobile,03-1111-2222 ::: 090-1111-2222,株式会社アクメ,課長,開発部"
    )
    (person,) = read("x.csv", f"{header}\n{line}\n".encode("utf-8-sig")).candidates
    assert (person.name, person.kana, person.company) == ("髙橋 さくら", "タカハシ サクラ", "株式会社アクメ")
    assert (person.title, person.department, person.tags) == ("課長", "開発部", ("友人",))
    assert person.emails == ("a@example.com", "b@example.com")
    assert [(phone.number, phone.kind) for phone in person.phones] == [
        ("03-1111-2222", "fax"),
        ("090-1111-2222", "mobile"),
    ]


def test_google_rows_with_only_a_phone_or_a_mail_for_a_name_are_people() -> None:
    header = "First Name,Last Name,Organization Name,Labels,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value"
    reading = read("x.csv", f"{header}\n,,,,,Mobile,090-1111-2222\nyamada@example.com,,,,,,\n".encode())
    assert [(p.name, p.emails, len(p.phones)) for p in reading.candidates] == [
        ("", (), 1),
        ("", ("yamada@example.com",), 0),
    ]


def test_outlook_in_english_is_known() -> None:
    header = '"Title","First Name","Middle Name","Last Name","Company","Job Title","E-mail Address","Mobile Phone"'
    (person,) = read(
        "x.csv", f'{header}\n"","John","","Smith","Acme","CTO","j@example.com","+1 415 555 0100"\n'.encode()
    ).candidates
    assert (person.name, person.family, person.company) == ("John Smith", "Smith", "Acme")
    assert person.phones[0].kind == "mobile"


def test_a_hundred_thousand_unclosed_quotes_do_not_hang() -> None:
    reading = read("x.csv", eight(*['",,,,,,,,,,,,,'] * 3_001))
    assert reading.rows > 0


def _refused_or_read(data: bytes) -> None:
    """Any other error than a UserError fails the test."""
    with contextlib.suppress(UserError):
        reading = read("x", data)
        assert len(reading.candidates) <= reading.rows


@given(st.binary(max_size=400))
def test_random_bytes_are_refused_politely(data: bytes) -> None:
    _refused_or_read(data)


@given(st.binary(max_size=300))
def test_garbage_after_an_eight_header_never_fails(data: bytes) -> None:
    _refused_or_read(eight() + data)
    _refused_or_read((FIXTURES / "eight_cp932.csv").read_bytes()[:600] + data)


@given(st.binary(max_size=200))
def test_garbage_after_a_google_header_never_fails(data: bytes) -> None:
    _refused_or_read((FIXTURES / "google_contacts.csv").read_bytes()[:700] + data)


@given(st.binary(max_size=200), st.sampled_from(["2.1", "3.0", "4.0"]))
def test_garbage_inside_a_card_never_fails(data: bytes, version: str) -> None:
    _refused_or_read(b"BEGIN:VCARD\r\nVERSION:" + version.encode() + b"\r\n" + data + b"\r\nEND:VCARD\r\n")


LINES = (
    b"N:\x8e\x52\x93\x63;a", b"TEL;CELL:", b"NOTE;ENCODING=QUOTED-PRINTABLE:=E5=", b"=", b" x", b"", b"AGENT:",
    b"BEGIN:VCARD", b"END:VCARD", b"PHOTO;ENCODING=b:", b"QUJD", b"item1.X-ABLabel:\\", b'N;SORT-AS=":;', b"ORG:\\;;",
)  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_card_lines_in_any_order_never_fail(lines: list[bytes]) -> None:
    _refused_or_read(b"BEGIN:VCARD\n" + b"\n".join(lines) + b"\nEND:VCARD\n")


@given(
    st.data(),
    st.sampled_from(["eight_cp932.csv", "google_contacts.csv", "phone_v21_sjis.vcf", "iphone_v30_folded.vcf"]),
)
def test_a_sample_with_bytes_missing_or_changed_never_fails(data: st.DataObject, name: str) -> None:
    whole = (FIXTURES / name).read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    _refused_or_read(whole[:at] + data.draw(st.binary(max_size=5)) + whole[at + data.draw(st.integers(0, 50)) :])
    _refused_or_read(whole[:at])
