"""A workbook nobody knows: its columns are named once, and the next one with this head is read without asking."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from person import Person

from conftest import Desk
from soloflow.services.workspace import Workspace

pytestmark = pytest.mark.journey

HEAD = ("受付番号", "ご芳名", "お勤め先", "ご連絡先", "お電話", "ご来場日", "気になった製品")
VISITORS = (
    ("A-001", "梶 真由", "豊橋テクノ株式会社", "kaji@toyohashi.example", "090-1111-0001", date(2026, 11, 20), "検査装置"),
    ("A-002", "三枝 凛", "さえぐさ印刷", "rin@saegusa.example", "03-0000-0002", date(2026, 11, 20), "在庫の見える化"),
    ("A-003", "志村 健", "志村鉄工所", "", "090-1111-0003", date(2026, 11, 21), "図面の検索"),
    ("A-004", "安西 恵", "柴崎プレス工業", "anzai@shibasaki.example", "", date(2026, 11, 21), ""),
)  # fmt: skip
MORE = (
    ("B-001", "宇佐美 純", "うさみ紙器", "jun@usami.example", "090-1111-0005", date(2026, 11, 21), "型番の検索"),
    ("B-002", "三枝 凛", "さえぐさ印刷", "rin@saegusa.example", "03-0000-0002", date(2026, 11, 21), ""),
)  # fmt: skip


def a_workbook(path: Path, visitors: tuple[tuple[object, ...], ...]) -> Path:
    """As an organiser hands it out: another sheet first, a title above the head, an empty line."""
    book = openpyxl.Workbook()
    book.active.title = "ご案内"
    book.active.append(["この名簿の取り扱いについて"])
    sheet = book.create_sheet("来場者")
    for row in (("ものづくり展 2026 来場者一覧",), (), HEAD, *visitors):
        sheet.append(row)
    book.save(path)
    return path


def names_the_columns(person: Person, file: Path) -> None:
    """Nearly all of it is found; what they looked at is tried as a tag, and stays a note."""
    person.drops(file)
    person.sees("列の割り当て", f"{file.name}・4行", "列「ご芳名」の項目", "人のいる行 4")
    person.sees_field("列「受付番号」の項目")
    person.photographs("01-first-look")
    for _column in HEAD[:-1]:
        person.presses("Right")
    person.sees_field("列「気になった製品」の項目")
    person.presses("Enter")
    person.photographs_the_screen("02-choosing")
    person.clicks("タグ")
    person.sees("#検査装置")
    person.photographs("03-tags")
    person.presses("Enter")
    person.clicks("メモ")
    person.sees("気になった製品：検査装置")
    person.presses("Ctrl+Enter")
    person.sees("来場者.xlsx・列を割り当てた表・4件（4人）", "4人を取り込む")
    person.photographs("04-preview")


def imports_them(desk: Desk, person: Person, file: Path) -> None:
    person.presses("Ctrl+Enter")
    person.sees(f"{file.name} を取り込みました")
    desk.rests()


def met(ws: Workspace) -> dict[str, str]:
    """The companies of everybody by name."""
    with ws.store.read() as reader:
        return {
            row["name"]: row["company"]
            for row in reader.rows(
                "SELECT c.name AS name, p.name AS company FROM contacts c JOIN prospects p ON p.id = c.prospect_id"
            )
        }


def reads_the_next_one_without_asking(desk: Desk, person: Person, file: Path) -> None:
    person.drops(file)
    person.sees(f"{file.name}・列を割り当てた表・2件（2人）・前回と同じ列の割り当て", "新規 1", "更新 1")
    person.photographs("05-remembered")
    imports_them(desk, person, file)
    assert met(desk.workspace) == {row[1]: row[2] for row in (*VISITORS, *MORE)}


def test_the_columns_of_an_unknown_workbook_are_named_once(desk: Desk, person: Person, tmp_path: Path) -> None:
    desk.starts()
    first = a_workbook(tmp_path / "来場者.xlsx", VISITORS)
    names_the_columns(person, first)
    imports_them(desk, person, first)
    assert met(desk.workspace) == {row[1]: row[2] for row in VISITORS}
    desk.closes()
    desk.starts()
    reads_the_next_one_without_asking(desk, person, a_workbook(tmp_path / "来場者2日目.xlsx", MORE))
