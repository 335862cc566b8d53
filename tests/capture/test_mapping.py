"""Any table: what its columns are taken for, and what is read by a mapping of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soloflow.capture.column_words import field_of
from soloflow.capture.mapped_days import order_of, ordered_day, plain_day
from soloflow.capture.mapping import FIELDS, IGNORE, Mapping, as_text, from_text, header_key
from soloflow.capture.reading import look_at, read
from soloflow.capture.table_look import Unmapped, counted, tried, with_header
from soloflow.domain.candidates import Candidate, Phone, Reading
from soloflow.domain.errors import Cancelled, UserError

FAIR = (
    "No,お名前,フリガナ,会社名/団体名,ご所属,お役職,メールアドレス(必須),電話番号,郵便番号,都道府県,市区町村,番地,備考,来場日\n"
    "1,山田 太郎,ヤマダ タロウ,株式会社アクメ,営業部,部長,yamada@example.com,9012345678,1500001,東京都,渋谷区,神南1-2-3,よろしく,2024年3月1日\n"
)


def suggested(text: str) -> Mapping:
    return look_at("名簿.csv", text.encode()).suggested


def mapped(text: str, *fields: str, header: int = 1) -> Reading:
    return read("名簿.csv", text.encode(), mapping=Mapping(fields, header))


def one(text: str, *fields: str) -> Candidate:
    return mapped(text, *fields).candidates[0]


def test_a_table_nobody_knows_asks_and_carries_what_the_page_needs() -> None:
    with pytest.raises(Unmapped) as asked:
        read("来場者.csv", FAIR.encode("cp932"))
    table = asked.value.table
    assert (table.name, table.encoding, table.delimiter) == ("来場者.csv", "cp932", ",")
    assert "お名前" in str(asked.value)
    assert "何も取り込んでいません" in str(asked.value)


def test_every_column_of_a_visitors_list_is_understood() -> None:
    assert suggested(FAIR).fields == (
        "ignore", "name", "kana", "company", "department", "title", "mail", "phone", "postal", "address", "address", "address",
        "note", "met_on",
    )  # fmt: skip


def test_a_mapped_row_is_a_whole_person() -> None:
    person = read("x.csv", FAIR.encode(), mapping=suggested(FAIR)).candidates[0]
    assert person == Candidate(
        name="山田 太郎", family="山田", given="太郎", kana="ヤマダ タロウ", company="株式会社アクメ", department="営業部", title="部長",
        emails=("yamada@example.com",), phones=(Phone("09012345678", "mobile"),), address="〒150-0001 東京都渋谷区神南1-2-3",
        note="よろしく", met_on=(date(2024, 3, 1),), line=2,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("氏名", "name"), ("Ｎａｍｅ", "name"), ("ご担当者様", "name"), ("姓", "family"), ("Last Name", "family"), ("SURNAME", "family"),
        ("first_name", "given"), ("セイ", "kana_family"), ("名（フリガナ）", "kana_given"), ("ふりがな", "kana"), ("勤務先名", "company"),
        ("Organisation", "company"), ("所属部署", "department"), ("肩書き", "title"), ("Job Title", "title"), ("ｅ-ｍａｉｌ", "mail"),
        ("メールアドレス（会社）", "mail"), ("E-mail 2", "mail"), ("TEL", "phone"), ("電話番号2", "phone"), ("携帯電話番号", "mobile"),
        ("会社電話", "company_phone"), ("直通電話", "direct"), ("ＦＡＸ番号", "fax"), ("ホームページ", "url"), ("〒", "postal"),
        ("郵便番号※必須", "postal"), ("会社所在地", "address"), ("Street Address", "address"), ("備考", "note"), ("ご意見・ご感想", "note"),
        ("タグ", "tag"), ("名刺交換日", "met_on"), ("会社名（フリガナ）", "ignore"), ("生年月日", "ignore"), ("Email Address", "mail"),
    ],
)  # fmt: skip
def test_headings_are_understood_whatever_their_width_and_case(heading: str, field: str) -> None:
    assert field_of(heading) == field


def test_columns_without_a_telling_heading_are_known_by_what_stands_in_them() -> None:
    text = "連絡先1;連絡先2;その1;その2\n" + "yamada@example.com;090-1111-2222;2026/11/14;150-0001\n" * 3
    assert suggested(text).fields == ("mail", "phone", "met_on", "postal")


def test_what_stands_in_a_column_counts_for_more_than_its_heading() -> None:
    assert suggested("氏名,電話\n山田,yamada@example.com\n鈴木,suzuki@example.com\n").fields == ("name", "mail")


def test_a_table_without_a_header_is_read_by_its_values_from_the_first_row_on() -> None:
    text = "山田 太郎,株式会社アクメ,yamada@example.com\n鈴木 花子,有限会社ビー,suzuki@example.com\n"
    found = suggested(text)
    assert (found.header, found.fields) == (0, ("name", "company", "mail"))
    assert [person.name for person in read("x.csv", text.encode(), mapping=found).candidates] == [
        "山田 太郎", "鈴木 花子",
    ]  # fmt: skip


def test_a_header_below_a_preamble_is_found() -> None:
    found = suggested("展示会2026 来場者\n出力日：2026/11/21\n\n会社,氏名,Eメール\nアクメ,山田太郎,y@example.com\n")
    assert (found.header, found.fields) == (4, ("company", "name", "mail"))


def test_a_single_column_of_mails_is_a_list_of_people() -> None:
    with pytest.raises(Unmapped) as asked:
        read("x.txt", b"a@example.com\nb@example.com\n")
    assert asked.value.table.suggested.fields == ("mail",)


def test_family_name_beside_a_column_called_name_means_the_given_name() -> None:
    assert suggested("姓,名前\n山田,太郎\n").fields == ("family", "given")


def test_choosing_another_header_row_suggests_anew() -> None:
    table = look_at("x.csv", "メモ書き,なにか\n氏名,メール\n山田,y@example.com\n".encode())
    assert with_header(table, 2).fields == ("name", "mail")
    assert with_header(table, 0).header == 0


def test_several_columns_of_one_field_are_all_read() -> None:
    person = one(
        "氏名,メール1,メール2,電話,携帯,部,課,都道府県,番地\n"
        "山田 太郎,a@example.com,b@example.com,03-1111-2222,090-1111-2222,営業部,二課,東京都,神南1\n",
        "name", "mail", "mail", "phone", "mobile", "department", "department", "address", "address",
    )  # fmt: skip
    assert person.emails == ("a@example.com", "b@example.com")
    assert person.phones == (Phone("03-1111-2222"), Phone("090-1111-2222", "mobile"))
    assert (person.department, person.address) == ("営業部 二課", "東京都神南1")


def test_a_note_stands_under_the_name_of_its_column() -> None:
    text = "氏名,興味のあること,備考\n山田,自動化,また来たい\n"
    assert one(text, "name", "note", "note").note == "興味のあること：自動化\nまた来たい"


def test_tags_are_taken_apart() -> None:
    assert one('氏名,分類\n山田,"#展示会、 名刺;VIP"\n', "name", "tag").tags == ("展示会", "名刺", "VIP")


def test_what_is_no_kana_goes_into_the_note_and_is_named() -> None:
    reading = mapped("氏名,フリガナ\n山田 太郎,Yamada\n", "name", "kana")
    assert (reading.candidates[0].kana, reading.candidates[0].note) == ("", "フリガナ：Yamada")
    assert [(problem.line, problem.field) for problem in reading.problems] == [(2, "フリガナ")]


@pytest.mark.parametrize(
    ("cell", "number", "kind"),
    [
        ("9012345678", "09012345678", "mobile"), ("8012345678.0", "08012345678", "mobile"), ("312345678", "0312345678", "other"),
        ("120123456", "0120123456", "other"), ("09012345678.0", "09012345678", "mobile"),
    ],
)  # fmt: skip
def test_a_number_gets_its_lost_zero_back_and_is_told(cell: str, number: str, kind: str) -> None:
    reading = mapped(f"氏名,電話\n山田,{cell}\n", "name", "phone")
    assert reading.candidates[0].phones == (Phone(number, kind),)
    assert [(one.line, number in one.message, one.is_mended) for one in reading.problems] == [(2, True, True)]


@pytest.mark.parametrize("cell", ["03-1234-5678", "+1 415 555 1234", "4155551234", "(03) 1234-5678 内線12", "12345"])
def test_other_numbers_stay_as_they_are(cell: str) -> None:
    reading = mapped(f"氏名,電話\n山田,{cell}\n", "name", "phone")
    assert [phone.number for phone in reading.candidates[0].phones] == [cell]
    assert reading.problems == ()


def test_a_number_whose_digits_are_gone_is_said_to_be_lost() -> None:
    reading = mapped("氏名,電話\n山田,9.01235E+09\n", "name", "phone")
    assert reading.candidates[0].phones[0].number == "9.01235E+09"
    assert "桁が失われた" in reading.problems[0].message


def test_zeros_lost_in_a_known_shape_come_back_too() -> None:
    text = "会社名,部署名,役職,氏名,e-mail,郵便番号,住所,TEL会社,TEL部門,TEL直通,Fax,携帯電話,URL,名刺交換日\nA,,,山田,,,,312345678,,,,9012345678,,\n"
    reading = read("eight.csv", text.encode())
    assert [phone.number for phone in reading.candidates[0].phones] == ["0312345678", "09012345678"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024/3/1", date(2024, 3, 1)), ("2024-03-01 10:00", date(2024, 3, 1)), ("2024年3月1日", date(2024, 3, 1)),
        ("2024年3月1日(金)", date(2024, 3, 1)), ("令和6年3月1日", date(2024, 3, 1)), ("R6.3.1", date(2024, 3, 1)),
        ("令和元年５月１日", date(2019, 5, 1)), ("H31/4/30", date(2019, 4, 30)), ("昭和64年1月7日", date(1989, 1, 7)),
        ("20240301", date(2024, 3, 1)), ("45352", date(2024, 3, 1)), ("1 Mar 2024", date(2024, 3, 1)), ("令和6年13月1日", None),
        ("03/01/2024", None), ("20241332", None), ("きのう", None), ("", None),
    ],
)  # fmt: skip
def test_days_are_read_in_every_way_they_are_written(text: str, expected: date | None) -> None:
    assert plain_day(text) == expected


def days(*texts: str) -> list[date]:
    rows = "".join(f"人{number},{text}\n" for number, text in enumerate(texts))
    return [person.met_on[0] for person in mapped("氏名,会った日\n" + rows, "name", "met_on").candidates]


def test_a_whole_column_decides_what_stands_first() -> None:
    assert days("03/01/2024", "13/01/2024") == [date(2024, 1, 3), date(2024, 1, 13)]
    assert days("03/01/2024", "01/13/2024") == [date(2024, 3, 1), date(2024, 1, 13)]
    assert days("24/03/01", "24/12/31") == [date(2024, 3, 1), date(2024, 12, 31)]
    assert days("01.03.2024", "02.03.2024") == [date(2024, 3, 1), date(2024, 3, 2)]


def test_a_guess_about_days_is_said_once() -> None:
    reading = mapped("氏名,会った日\n山田,03/01/2024\n鈴木,03/02/2024\n", "name", "met_on")
    assert [person.met_on[0].month for person in reading.candidates] == [3, 3]
    assert len(reading.problems) == 1
    assert "逆なら" in reading.problems[0].message


def test_an_order_chosen_by_hand_is_obeyed() -> None:
    reading = mapped("氏名,会った日\n山田,03/01/2024\n", "name", "met_on_day_first")
    assert (reading.candidates[0].met_on, reading.problems) == ((date(2024, 1, 3),), ())


def test_a_day_that_fits_no_order_is_named_with_its_line() -> None:
    reading = mapped("氏名,会った日\n山田,13/01/2024\n鈴木,99/99/2024\n佐藤,いつか\n", "name", "met_on")
    assert [(problem.line, problem.field) for problem in reading.problems] == [(3, "会った日"), (4, "会った日")]


def test_a_broken_row_costs_only_itself() -> None:
    reading = mapped('氏名,会社\n山田,アクメ\n"鈴木,ビー\n佐藤,シー\n', "name", "company")
    assert [person.name for person in reading.candidates] == ["山田", "佐藤"]
    assert [(problem.line, reading.unread) for problem in reading.problems] == [(3, 1)]


def test_a_row_longer_than_the_header_is_to_be_looked_at() -> None:
    reading = mapped("氏名,会社\n山田,アクメ,ずれた\n", "name", "company")
    assert "列の多い行" in reading.problems[0].message


def test_a_mapping_without_anybody_is_refused() -> None:
    with pytest.raises(UserError, match="少なくとも1つ"):
        mapped("a,b\n1,2\n", IGNORE, "note")


def test_people_that_are_surely_one_become_one() -> None:
    reading = mapped("氏名,メール\n山田 太郎,y@example.com\n山田太郎,Y@example.com\n", "name", "mail")
    assert (len(reading.candidates), reading.rows) == (1, 2)


def test_a_mapping_survives_being_kept() -> None:
    mapping = Mapping(("name", "company", "ignore"), 3, ";", "名簿")
    assert from_text(as_text(mapping), 3, ";", "名簿") == mapping
    assert from_text('{"fields": ["name", "from a later version"]}', 1) == Mapping(("name", "ignore"), 1)
    assert from_text("[]", 1) is None
    assert from_text("no json", 1) is None


def test_a_header_is_the_same_whatever_its_width_case_and_empty_end() -> None:
    assert header_key(("Ｎａｍｅ", " 会社 名 ", "")) == header_key(("name", "会社名"))
    assert header_key(("", " ")) == ""


ANY_CELL = st.text(max_size=30) | st.sampled_from(
    ["山田 太郎", "a@example.com", "09012345678", "9012345678", "2024/03/01", "03/01/2024", '"', '""', "令和6年3月1日", "=1+1", "\x00", "R6.3.1"]
)  # fmt: skip
TABLES = st.lists(st.lists(ANY_CELL, min_size=1, max_size=6), min_size=1, max_size=8)


@given(TABLES, st.sampled_from([",", ";", "\t"]), st.lists(st.sampled_from(FIELDS), min_size=1, max_size=7))
def test_any_table_is_read_or_refused_and_every_row_is_counted(
    rows: list[list[str]], mark: str, fields: list[str]
) -> None:
    data = "\n".join(mark.join(row) for row in rows).encode("utf-8", "replace")
    mapping = Mapping(tuple(fields), 1, mark)
    try:
        reading = read("x.csv", data, mapping=mapping)
        table = look_at("x.csv", data, delimiter=mark)
    except UserError:
        return
    assert len(reading.candidates) <= reading.rows - reading.unread
    assert {problem.line for problem in reading.problems} <= set(range(1, data.count(b"\n") + data.count(b"\r") + 2))
    if b'"' not in data:  # how far a record reaches that is not closed depends on how many columns there should be
        assert sum(counted(table, mapping)) == reading.rows
    people, _problems = tried(table, mapping, 3)
    assert len(people) <= 3


@given(TABLES)
def test_a_suggestion_has_a_field_for_every_column(rows: list[list[str]]) -> None:
    data = "\n".join(",".join(row) for row in rows).encode("utf-8", "replace")
    try:
        table = look_at("x.csv", data)
    except UserError:
        return
    header = table.row_at(table.suggested.header)
    assert len(table.suggested.fields) == (len(header.cells) if header else table.width)
    assert set(table.suggested.fields) <= set(FIELDS)


@given(st.lists(st.text(max_size=12) | st.dates().map(lambda day: day.strftime("%d/%m/%y")), max_size=6))
def test_an_order_is_always_found(texts: list[str]) -> None:
    order, _is_guess = order_of(texts)
    for text in texts:
        ordered_day(text, order)
        plain_day(text)


def test_a_hundred_million_commas_cost_no_memory_worth_naming() -> None:
    data = b"name,mail\n" + b"," * 20_000_000 + b"\nJohn Smith,j@example.com\n" + b'",\n' + b'a,"' + b"," * 3_000_000
    reading = read("x.csv", data, mapping=Mapping(("name", "mail"), 1))
    assert [one.name for one in reading.candidates][:1] == ["John Smith"]
    assert reading.problems[0].line == 2


def test_a_table_of_very_many_columns_is_looked_at_in_a_moment() -> None:
    table = look_at("x.csv", b"\n".join(b",".join(b"x%d" % number for number in range(5_000)) for _row in range(50)))
    assert table.width == 1_000


def test_reading_tells_how_far_it_is_and_can_be_ended() -> None:
    seen: list[int] = []

    def watch(rows: int) -> None:
        seen.append(rows)
        if rows >= 1_000:
            raise Cancelled

    data = b"name,mail\n" + b"".join(b"A%d,a%d@example.com\n" % (number, number) for number in range(3_000))
    with pytest.raises(Cancelled):
        read("x.csv", data, mapping=Mapping(("name", "mail"), 1), watch=watch)
    assert seen == [0, 500, 1_000]


def test_wares_in_kana_are_nobodys_reading_where_there_are_no_names() -> None:
    table = look_at("売上.csv", "日付,品目,金額\n2026/11/01,リンゴ,1200\n2026/11/02,みかん,800\n".encode())
    assert table.suggested.fields == ("met_on", "ignore", "ignore")
    assert counted(table, Mapping(("met_on", "kana", "ignore"))) == (0, 2)
    assert tried(table, Mapping(("met_on", "kana", "ignore")), 20) == ([], [])
    assert not Mapping(("kana", "kana_family", "url")).finds_people


def test_kana_beside_names_and_names_written_in_kana_are_understood() -> None:
    assert suggested("氏名,別\n山田 太郎,ヤマダ タロウ\n鈴木 花子,スズキ ハナコ\n").fields == ("name", "kana")
    assert suggested("だれ,連絡先\nヤマダ タロウ,y@example.jp\nスズキ ハナコ,s@example.jp\n").fields == ("name", "mail")


@pytest.mark.parametrize(
    "heading",
    ["ひとこと", "一言", "メッセージ", "感想", "内容", "話したこと", "Comment", "Remarks", "memos", "メモ欄", "備考欄"],
)
def test_what_was_said_is_a_note(heading: str) -> None:
    assert field_of(heading) == "note"


@pytest.mark.parametrize(
    ("mail", "number"),
    [("ueda＠example.jp", "０９０－１２３４－５６７８"), ("ｕｅｄａ＠ｅｘａｍｐｌｅ．ｊｐ", "090-1234-5678")],
)
def test_full_width_mails_and_digits_are_kept_in_half_width(mail: str, number: str) -> None:
    person = one(f"氏名,メール,電話\n上田 花,{mail},{number}\n", "name", "mail", "phone")
    assert (person.emails, person.phones) == (("ueda@example.jp",), (Phone("090-1234-5678", "mobile"),))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.vcf", "BEGIN:VCARD\nVERSION:3.0\nFN:上田 花\nEMAIL:ueda＠example.jp\nTEL:０９０－１２３４－５６７８\nEND:VCARD\n"),
        ("a.txt", "MECARD:N:上田,花;EMAIL:ueda＠example.jp;TEL:０９０－１２３４－５６７８;;"),
        ("google.csv", "First Name,Last Name,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n花,上田,,,,ueda＠example.jp,,０９０－１２３４－５６７８\n"),
    ],
)  # fmt: skip
def test_every_reader_keeps_mails_and_digits_in_half_width(name: str, text: str) -> None:
    person = read(name, text.encode()).candidates[0]
    assert (person.emails, person.phones[0].number) == (("ueda@example.jp",), "090-1234-5678")


def test_words_that_are_no_address_stay_as_they_are_written() -> None:
    assert one("氏名,メール\n上田 花,なし（退職）\n", "name", "mail").emails == ("なし（退職）",)
