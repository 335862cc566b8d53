"""Workbooks and archives: cells as a person sees them, the right sheet, and no file that can hurt."""

# ruff: noqa: DTZ001 - the cells of a sheet know no zone

import io
import struct
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eight_list import HEAD
from soloflow.capture import archives, workbook
from soloflow.capture.mapping import Mapping
from soloflow.capture.reading import look_at, read
from soloflow.capture.table_look import Unmapped
from soloflow.capture.workbook import open_workbook, text_of
from soloflow.domain.errors import Cancelled, UserError

FIXTURES = Path(__file__).parents[1] / "fixtures" / "capture"
PLAIN = Mapping(("name", "company", "mobile"), 1)


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def sheet_of(*rows: list[object], title: str = "Sheet1", formats: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for place, shape in (formats or {}).items():
        sheet[place].number_format = shape
    return saved(book)


def test_a_workbook_that_nobody_knows_tells_how_far_it_is_read_and_can_be_left() -> None:
    rows = [
        ["氏名", "勤め先", "メモ"],
        *([f"山田 {number}郎", f"会社{number}", "こんにちは"] for number in range(1_200)),
    ]
    data = sheet_of(["自由な表"], *rows)
    told: list[int] = []
    with pytest.raises(Unmapped):
        read("x.xlsx", data, watch=told.append)
    assert max(told) >= 1_000
    told.clear()
    look_at("x.xlsx", data, watch=told.append)
    assert max(told) >= 1_000

    def stop(rows: int) -> None:
        told.append(rows)
        if rows:
            raise Cancelled("stopped")

    for action in (read, look_at):
        told.clear()
        with pytest.raises(Cancelled):
            action("x.xlsx", data, watch=stop)
        assert max(told) == 500


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return target.getvalue()


def with_part(data: bytes, part: str, change: bytes) -> bytes:
    """A workbook with one part of it exchanged or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != part:
                new.writestr(info.filename, old.read(info))
        new.writestr(part, change)
    return target.getvalue()


PEOPLE = sheet_of(
    ["氏名", "会社名", "携帯"], ["山田 太郎", "アクメ", 9012345678], ["鈴木 花子", "ビー", "080-1111-2222"]
)


# Cells


@pytest.mark.parametrize(
    ("value", "shape", "text"),
    [
        (1.0, "General", "1"), (1.5, "General", "1.5"), (0.1 + 0.2, "General", "0.3"), (9012345678, "General", "9012345678"),
        (True, "General", "TRUE"), (datetime(2024, 3, 1), "yyyy/m/d", "2024-03-01"), (date(2024, 3, 1), "General", "2024-03-01"),
        (datetime(2024, 3, 1, 18, 30), "General", "2024-03-01 18:30"), (time(9, 5), "General", "09:05:00"),
        (timedelta(hours=25), "General", "25:00"), (9012345678, "00000000000", "09012345678"),
        (9012345678, r"000\-0000\-0000", "090-1234-5678"), (600001, r"000\-0000", "060-0001"),
        (1500001, r"[<=999]000;[<=9999]000\-00;000\-0000", "150-0001"), (600001, r"[<=999]000;[<=9999]000\-00;000\-0000", "060-0001"),
        (12345, "0", "12345"), (1e20, "General", "1e+20"), (-3, "000", "-3"), (42, "#,##0", "42"),
    ],
)  # fmt: skip
def test_a_value_is_text_as_a_person_sees_it(value: object, shape: str, text: str) -> None:
    assert text_of(value, shape) == text


def test_a_workbook_is_read_by_a_mapping() -> None:
    reading = read("名簿.xlsx", PEOPLE, mapping=PLAIN)
    assert [(one.line, one.name, one.phones[0].number, one.phones[0].kind) for one in reading.candidates] == [
        (2, "山田 太郎", "09012345678", "mobile"),
        (3, "鈴木 花子", "080-1111-2222", "mobile"),
    ]
    assert (reading.kind, reading.encoding, reading.rows) == ("table", "xlsx", 2)
    assert [problem.line for problem in reading.problems] == [2]


def test_dates_of_a_workbook_are_days() -> None:
    data = sheet_of(["氏名", "会った日"], ["山田", datetime(2024, 3, 1)], formats={"B2": '[$-411]ggge"年"m"月"d"日"'})
    reading = read("x.xlsx", data, mapping=Mapping(("name", "met_on"), 1))
    assert reading.candidates[0].met_on == (date(2024, 3, 1),)


def test_a_known_shape_saved_again_in_excel_is_known_by_its_header() -> None:
    row = [
        "株式会社アクメ",
        "",
        "部長",
        "山田 太郎",
        "y@example.com",
        1500001,
        "東京都",
        312345678,
        "",
        "",
        "",
        9012345678,
        "",
        datetime(2026, 11, 14),
    ]
    reading = read("eight.xlsx", sheet_of(["02月08日にEightで生成された名刺リストです。"], [], [*HEAD], row))
    person = reading.candidates[0]
    assert (reading.kind, person.name, person.address, person.met_on) == (
        "eight", "山田 太郎", "〒150-0001 東京都", (date(2026, 11, 14),),
    )  # fmt: skip
    assert [phone.number for phone in person.phones] == ["0312345678", "09012345678"]
    assert person.line == 4


def test_an_unknown_workbook_asks_with_every_sheet_that_has_a_table() -> None:
    book = openpyxl.Workbook()
    book.active.title = "はじめに"
    book.active.append(["この名簿の使い方"])
    for title, head in (("集計", ["月", "件数"]), ("名簿", ["氏名", "メール"])):
        sheet = book.create_sheet(title)
        sheet.append(head)
        sheet.append(["あ", "い"])
    with pytest.raises(Unmapped) as asked:
        read("x.xlsx", saved(book))
    table = asked.value.table
    assert (table.sheet, table.sheets) == ("名簿", ("はじめに", "集計", "名簿"))
    assert look_at("x.xlsx", saved(book), sheet="集計").sheet == "集計"


def test_a_sheet_with_people_that_is_not_read_is_named() -> None:
    book = openpyxl.load_workbook(io.BytesIO(PEOPLE))
    book.create_sheet("去年").append(["氏名", "会社名"])
    reading = read("x.xlsx", saved(book), mapping=PLAIN)
    assert ["去年" in problem.message for problem in reading.problems] == [True, False]


def test_a_mark_in_the_last_cell_of_a_sheet_costs_nothing() -> None:
    book = openpyxl.load_workbook(io.BytesIO(PEOPLE))
    book.active["XFD1048576"] = "x"
    reading = read("x.xlsx", saved(book), mapping=PLAIN)
    assert [one.name for one in reading.candidates] == ["山田 太郎", "鈴木 花子"]
    assert (reading.rows, reading.unread) == (3, 1)


def test_what_a_sheet_says_of_its_size_is_not_believed() -> None:
    sheet = zipfile.ZipFile(io.BytesIO(PEOPLE)).read("xl/worksheets/sheet1.xml")
    for claimed in (b"A1", b"A1:XFD1048576", b"B2:B2"):
        lying = with_part(PEOPLE, "xl/worksheets/sheet1.xml", sheet.replace(b'ref="A1:C3"', b'ref="' + claimed + b'"'))
        assert len(read("x.xlsx", lying, mapping=PLAIN).candidates) == 2


# What cannot be read says so


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (workbook.OLD_MARK + bytes(600), "古い形のExcel（.xls）"),
        (workbook.OLD_MARK + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "パスワード"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument"),
        (zipped(**{"Index__Document.iwa": b""}), "Numbers"),
        (zipped(**{"xl__workbook.bin": b""}), ".xlsb"),
        (zipped(**{"word__document.xml": b""}), "Word"),
        (PEOPLE[:-40], "壊れていて"),
        (PEOPLE[: len(PEOPLE) // 2], "壊れていて"),
        (zipped(**{"xl__workbook.xml": b"<no"}), "壊れていて"),
        (zipped(**{"a.png": b"x"}), "見つかりません"),
        (sheet_of(["ひとこと"]), "どのシートにも"),
        (sheet_of(), "どのシートにも"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(UserError) as refused:
        read("名簿.xlsx", data)
    assert says in str(refused.value)
    assert "何も取り込んでいません" in str(refused.value)
    assert "名簿.xlsx" in str(refused.value)


def test_a_workbook_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_UNPACKED", 3_000_000)
    bomb = with_part(PEOPLE, "xl/sharedStrings.xml", b"<sst><si><t>" + b"a" * 5_000_000 + b"</t></si></sst>")
    assert len(bomb) < 50_000
    with pytest.raises(UserError, match="大きすぎます"):
        read("x.xlsx", bomb)


def _claiming(data: bytes, name: bytes, size: int) -> bytes:
    """The archive with another unpacked size in both headers of one part."""
    made = bytearray(data)
    for mark, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = made.find(mark)
        while at >= 0:
            if made[at + name_at : at + name_at + len(name)] == name:
                made[at + size_at : at + size_at + 4] = struct.pack("<I", size)
            at = made.find(mark, at + 4)
    return bytes(made)


@pytest.mark.parametrize("claimed", [1, 10, 0xFFFFFFFE])
def test_a_part_that_lies_about_its_size_is_refused(claimed: int) -> None:
    data = zipped(**{"people.csv": b"name,mail\n" + b"a,b@example.com\n" * 50_000})
    with pytest.raises(UserError, match=r"壊れていて|大きすぎます"):
        read("x.zip", _claiming(data, b"people.csv", claimed))


def test_declared_entities_are_refused() -> None:
    lol = '<?xml version="1.0"?><!DOCTYPE lol [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
    for text in (lol.encode(), lol.encode("utf-16"), b" " * (archives.CHUNK - 5) + lol.encode()):
        with pytest.raises(UserError, match="壊れていて"):
            read("x.xlsx", with_part(PEOPLE, "xl/sharedStrings.xml", text))


def test_a_sheet_that_is_wide_in_every_row_comes_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_CELLS", 200_000)
    rows = "".join(
        f'<row r="{n}"><c r="XFD{n}" t="inlineStr"><is><t>x</t></is></c></row>' for n in range(1, 40)
    ).encode()
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    wide = with_part(PEOPLE, "xl/worksheets/sheet1.xml", head + rows + b"</sheetData></worksheet>")
    with pytest.raises(UserError, match="大きすぎます"):
        list(open_workbook("x.xlsx", wide).rows("Sheet1"))


def test_a_cell_of_fifty_megabytes_is_cut_and_the_rest_is_read() -> None:
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    long = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"x" * 50_000_000 + b"</t></is></c></row>"
    next_ = b'<row r="2"><c r="A2" t="inlineStr"><is><t>end</t></is></c></row></sheetData></worksheet>'
    rows = list(
        open_workbook("x.xlsx", with_part(PEOPLE, "xl/worksheets/sheet1.xml", head + long + next_)).rows("Sheet1")
    )
    assert [len(row.cells[0]) for row in rows] == [workbook.LONGEST_CELL, 3]


def test_a_cell_of_fifty_megabytes_in_a_text_costs_only_its_row() -> None:
    data = b"name,mail\n" + b"x" * 50_000_000 + b",a@example.com\nJohn Smith,j@example.com\n"
    reading = read("x.csv", data, mapping=Mapping(("name", "mail"), 1))
    assert [one.name for one in reading.candidates] == ["John Smith"]
    assert [problem.line for problem in reading.problems] == [2]


# Archives


def test_an_export_in_an_archive_is_read_as_it_stands_there() -> None:
    linkedin = (
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\nJohn,Smith,,,Acme,CTO,12 Mar 2024\n"
    )
    reading = read("Basic_LinkedIn.zip", zipped(**{"Connections.csv": linkedin.encode()}))
    assert (reading.kind, reading.candidates[0].name) == ("linkedin", "John Smith")
    card = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:John\r\nEND:VCARD\r\n"
    assert read("takeout.zip", zipped(**{"Takeout__Contacts__all.vcf": card, "__MACOSX__x.csv": b""})).kind == "vcard"
    assert read("x.zip", zipped(**{"people.xlsx": PEOPLE}), mapping=PLAIN).rows == 2


def test_of_many_tables_the_known_one_is_taken() -> None:
    linkedin = (
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\nJohn,Smith,,,Acme,CTO,12 Mar 2024\n"
    )
    parts = {"Connections.csv": linkedin.encode(), "messages.csv": b"FROM,TO\na,b\n", "Skills.csv": b"Name\nPython\n"}
    assert read("LinkedIn.zip", zipped(**parts)).kind == "linkedin"


def test_several_files_of_equal_right_are_named_and_not_mixed() -> None:
    with pytest.raises(UserError, match=r"a\.csv、b\.csv"):
        read("x.zip", zipped(**{"a.csv": b"x,y\n1,2\n", "b.csv": b"x,y\n1,2\n"}))


def test_an_archive_in_an_archive_is_refused() -> None:
    inner = zipped(**{"a.csv": b"name,mail\n"})
    with pytest.raises(UserError, match="中にまたZIP"):
        read("x.zip", zipped(**{"a.csv": inner}))


def test_an_archive_with_a_password_says_so() -> None:
    data = bytearray(zipped(**{"a.csv": b"name,mail\nx,y\n"}))
    for mark, flag_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + flag_at] |= 1
    with pytest.raises(UserError, match="パスワード"):
        read("x.zip", bytes(data))


def test_an_archive_bomb_is_refused_before_it_is_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.csv", "w") as part:
        for _ in range(archives.MOST_UNPACKED // 4 // archives.CHUNK + 2):
            part.write(bytes(archives.CHUNK))
    with pytest.raises(UserError, match="大きすぎます"):
        read("x.zip", target.getvalue())


@given(st.integers(0, len(PEOPLE) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_is_read_or_refused(at: int, noise: bytes) -> None:
    damaged = PEOPLE[:at] + noise + PEOPLE[at + len(noise) :]
    try:
        read("x.xlsx", damaged, mapping=PLAIN)
    except UserError as refused:
        assert "何も取り込んでいません" in str(refused)  # noqa: PT017 - both ends are right


@given(
    st.sampled_from(["xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "xl/worksheets/sheet1.xml"]), st.data()
)
def test_a_workbook_with_any_content_is_read_or_refused(part: str, data: st.DataObject) -> None:
    whole = zipfile.ZipFile(io.BytesIO(PEOPLE)).read(part)
    at = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(0, 40))
    put = data.draw(
        st.sampled_from(
            [b"", b"99999999999", b"-1", b"<c/>", b'r="ZZZZ9"', b"\xff", b't="d"', b"<row>", b"NaN", b"&amp;"]
        )
    )
    changed = with_part(PEOPLE, part, whole[:at] + put + whole[at + cut :])
    try:
        read("x.xlsx", changed, mapping=PLAIN)
    except UserError as refused:
        assert "何も取り込んでいません" in str(refused)  # noqa: PT017 - both ends are right


@given(
    st.lists(
        st.lists(
            st.text(max_size=8) | st.integers() | st.floats() | st.booleans() | st.none() | st.dates(), max_size=5
        ),
        max_size=5,
    )
)
def test_any_cells_are_read_or_refused(rows: list[list[object]]) -> None:
    kept = [[one for one in row if not isinstance(one, str) or one.isprintable()] for row in rows]
    try:
        reading = read("x.xlsx", sheet_of(["氏名", "会社", "電話"], *kept), mapping=PLAIN)
    except UserError:
        return
    assert reading.rows <= len(kept)
