"""Cards brought in over people who are known: what changes is chosen, and much later all of it is taken back but one's own work."""

import csv
from pathlib import Path
from typing import Any

import pytest
from person import Person

from conftest import Desk
from eight_list import HEAD
from soloflow.services import imports
from soloflow.services.workspace import Workspace
from states import State, state

pytestmark = pytest.mark.journey

FAMILIES = (
    "阿部", "石川", "上田", "遠藤", "大野", "加藤", "木村", "工藤", "小林", "斎藤", "清水", "鈴木", "高橋", "田中", "千葉", "中村", "西村",
    "野口", "長谷川", "林", "平野", "福田", "藤井", "前田", "松本", "三浦", "村上", "森", "山田", "吉田", "和田", "渡辺",
)  # fmt: skip
GIVEN = (
    "明", "梓", "和也", "健一", "浩二", "沙織", "翔太", "大輔", "千尋", "哲也", "直人", "夏美", "花子", "久美子", "真由", "美咲", "恵", "優斗",
    "結衣", "陽子", "隆", "亮", "涼子", "一郎", "二郎", "三郎", "薫", "純", "進", "凛", "緑", "誠",
)  # fmt: skip
KNOWN, NEW = 800, 200


def name(number: int) -> str:
    family, given = divmod(number, len(GIVEN))
    return f"{FAMILIES[family]} {GIVEN[given]}"


EDITED, THEIR_COMPANY = name(77), "第25製作所"


def a_file(path: Path, numbers: range, title: str, *, with_mobile: bool) -> Path:
    """What Eight writes, of people with these numbers."""
    with path.open("w", encoding="cp932", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEAD)
        for number in numbers:
            mobile = f"090-5555-{number:04}" if with_mobile else ""
            cells = (f"第{number // 3}製作所", "生産管理部", title, name(number), f"user{number}@example.jp")
            writer.writerow((*cells, "", "", "", "", "", "", mobile, "", "2025/11/20"))
    return path


@pytest.fixture
def last_year(tmp_path: Path) -> Path:
    return a_file(tmp_path / "名刺2025.csv", range(KNOWN), "課長", with_mobile=False)


@pytest.fixture
def this_year(tmp_path: Path) -> Path:
    return a_file(tmp_path / "名刺2026.csv", range(KNOWN + NEW), "部長", with_mobile=True)


def brings(desk: Desk, person: Person, file: Path) -> None:
    person.drops(file)
    person.sees(f"{file.name}・Eight の名刺リスト")
    person.presses("Ctrl+Enter")
    person.sees(f"{file.name} を取り込みました")
    desk.rests()


def titles(ws: Workspace) -> dict[str, int]:
    """How many people have which title."""
    with ws.store.read() as reader:
        rows = reader.rows("SELECT title, COUNT(*) AS count FROM contacts GROUP BY title")
        return {row["title"]: row["count"] for row in rows}


def chooses_what_changes(person: Person, file: Path) -> None:
    """Everybody's old title stays, except that of one; their mobile numbers are taken."""
    person.drops(file)
    person.sees(f"{file.name}・Eight の名刺リスト・1,000件（1,000人）", f"更新 {KNOWN}", f"新規 {NEW}")
    person.photographs("01-preview")
    person.clicks_head("部署・役職")
    person.sees("部署・役職は、出ている全員で元のまま")
    person.photographs_the_screen("02-column")
    person.clicks("部署・役職は、出ている全員で元のまま")
    person.presses("Ctrl+F")
    person.types(EDITED)
    person.sees("この1人だけ取り込む")
    person.clicks_part(EDITED, "change:post")
    person.sees(f"更新、{EDITED}、{THEIR_COMPANY}、課長を部長に")
    person.photographs("03-one-of-them")
    person.presses("Ctrl+F", "Escape")
    person.sees("1,000人を取り込む")
    person.photographs("04-chosen")


def brings_it_in(desk: Desk, person: Person) -> None:
    person.presses("Ctrl+Enter")
    person.sees("名刺2026.csv を取り込みました", f"更新 {KNOWN}", f"新規 {NEW}", "すべて 1,000")
    desk.rests()
    person.photographs("05-report")
    assert titles(desk.workspace) == {"課長": KNOWN - 1, "部長": NEW + 1}


def corrects_one(desk: Desk, person: Person) -> None:
    person.searches_the_list(EDITED)
    person.presses("Enter")
    person.sees("生産管理部 部長", "090-5555-0077")
    person.clicks(f"{EDITED} の連絡先を直す")
    person.writes("役職", "顧問")
    person.presses("Enter")
    desk.rests()
    person.photographs("06-corrected")


def takes_it_back(desk: Desk, person: Person) -> None:
    person.presses("Ctrl+6")
    person.clicks("取り込み")
    person.sees("名刺2025.csv", "名刺2026.csv", f"新規 {NEW}・更新 {KNOWN}")
    person.photographs("07-past")
    person.clicks("取り消す：名刺2026.csv")
    person.sees("残したもの", f"{EDITED}：役職は、あとから直した「顧問」を残しました", "11/21(土)に取り消しました")
    desk.rests()
    person.photographs("08-taken-back")


def edited(found: State) -> dict[str, Any]:
    """The contact that was corrected, taken out of what is compared."""
    place = next(number for number, row in enumerate(found["contacts"]) if row["name"] == EDITED)
    return found["contacts"].pop(place)


def test_an_import_over_the_known_is_chosen_corrected_and_taken_back(
    desk: Desk, person: Person, last_year: Path, this_year: Path
) -> None:
    desk.starts()
    brings(desk, person, last_year)
    before = state(desk.workspace)
    chooses_what_changes(person, this_year)
    brings_it_in(desk, person)
    corrects_one(desk, person)
    desk.closes()
    desk.starts()
    takes_it_back(desk, person)
    after = state(desk.workspace)
    was, now = edited(before), edited(after)
    assert (was["title"], now["title"]) == ("課長", "顧問")
    assert {**was, "title": "", "updated_us": 0} == {**now, "title": "", "updated_us": 0}
    assert after == before
    assert [one.fate for one in imports.past(desk.workspace)] == ["taken_back", "stands"]
