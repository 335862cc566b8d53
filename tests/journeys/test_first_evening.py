"""The first evening: yesterday's cards, tonight's people, the nine steps, the figures, and a site that can be opened."""

import urllib.request
from pathlib import Path

import pytest
from person import Person
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from conftest import Desk
from soloflow.ui.widgets.canvas import FigureCanvas

pytestmark = pytest.mark.journey

CARDS = Path(__file__).parents[1] / "fixtures" / "capture" / "eight_cp932.csv"
HEADLINE = "棚卸しの夜を、夕方までに終えます。"


def imports_the_cards(desk: Desk, person: Person) -> None:
    person.presses("Ctrl+N")
    person.sees_window("記録")
    person.types("渡邉 花子 うさみ紙器 紹介してくれた人")
    person.presses("Enter")
    person.sees("今夜の1人")
    person.presses("Escape")
    person.sees_window("今日")
    person.drops(CARDS)
    person.sees("eight_cp932.csv・Eight の名刺リスト・25件（24人）", "要確認 1")
    person.photographs("01-import")
    person.presses("Alt+3")
    person.presses("Space", "Space")
    person.sees("24人を取り込む", "集客に入る 3社、名簿だけ 20人。")
    person.presses("Ctrl+Enter")
    person.sees("eight_cp932.csv を取り込みました", "すべて 25", "新規 24", "ファイルの中の重複 1", "3社")
    person.sees_no("渡邉 花子さんを記録しました")  # Ctrl+Z means the import from now on
    person.photographs("02-imported")
    person.clicks("顧客を見る")
    person.sees("進行中 4", "名簿 7")
    person.photographs("03-customers")


TONIGHT = (
    "山田太郎 (株)アクメ水産 課長 yamada@example.co.jp 090-1234-5678 #在庫管理 来週火曜 電話 「3月までに刷新したい」",
    "梶 真由 豊橋テクノ 社内で相談してから",
    "宇佐美 純 うさみ紙器 → 来週木曜 メール",
    "柴崎 浩 柴崎商店 hiroshi@shibasaki.example",
)


def writes_down_five_people(desk: Desk, person: Person) -> None:
    """Keys only, from Ctrl+N to the end."""
    person.presses("Ctrl+N")
    person.sees_window("記録")
    person.presses("Ctrl+M")
    person.sees("この勉強会で始める")
    person.tabs_to("名前")
    person.types("中小企業のためのIT勉強会")
    person.presses("Enter")
    person.sees("中小企業のためのIT勉強会")
    person.sees_no("この勉強会で始める")
    for number, line in enumerate(TONIGHT, start=1):
        person.types(line)
        if number == 1:
            person.sees("次の一手 11/24(火) 電話", "会社 (株)アクメ水産", "工程 1 集客")
            person.photographs("04-capture-typing")
        person.presses("Enter")
        person.sees(f"今夜の{number}人")
    person.types("中田 圭 まちの図書館")
    person.presses("Alt+0", "Enter")
    person.sees("今夜の5人", "4社が集客に入ります", "次の一手あり 2人")
    person.photographs("05-capture-five")
    person.presses("Escape")
    person.sees_window("顧客")


def moves_them_over_the_board(desk: Desk, person: Person) -> None:
    person.presses("Ctrl+3")
    person.sees("集客、7社")
    person.photographs("06-board")
    person.drags("アクメ水産", "問合せ、")
    person.sees("集客、6社", "問合せ、1社")
    person.clicks("豊橋テクノ")
    person.presses("2")
    person.sees("集客、5社", "問合せ、2社")
    person.clicks("うさみ紙器")
    person.presses("4")
    person.sees("集客、4社", "見込顧客、1社")
    person.photographs("07-board-moved")


def loses_one_and_recycles_one(desk: Desk, person: Person) -> None:
    person.clicks("豊橋テクノ")
    person.presses("X")
    person.sees("豊橋テクノを離脱にします")
    person.photographs("08-lose")
    person.clicks("離脱にする")
    person.sees("理由をひとつ選んでください")
    person.clicks("理由 予算が合わない")
    person.clicks("離脱にする")
    person.sees("問合せ、1社")
    person.sees_no("豊橋テクノを離脱にします")
    person.clicks("柴崎商店")
    person.presses("R")
    person.sees("柴崎商店を育成に移します")
    person.clicks("再連絡まで 3か月")
    person.photographs("09-recycle")
    person.clicks("育成に移す")
    person.sees_no("柴崎商店を育成に移します")
    person.sees_no("柴崎 浩")


def takes_back_over_a_restart(desk: Desk, person: Person) -> None:
    person.presses("Ctrl+Z")
    person.sees("柴崎商店", "集客、4社")
    person.photographs("10-undone")
    desk.rests()
    desk.closes()
    desk.starts()
    person.presses("Ctrl+3")
    person.sees("集客、4社", "問合せ、1社")
    person.presses("Ctrl+Z")
    person.sees("問合せ、2社", "豊橋テクノ")
    person.photographs("11-undone-after-restart")
    person.presses("Ctrl+Shift+Z")
    person.sees("問合せ、1社")
    person.presses("Ctrl+Shift+Z")
    person.sees("集客、3社")
    desk.rests()
    person.presses("Ctrl+N")
    person.sees_window("中小企業のためのIT勉強会")
    person.sees("中小企業のためのIT勉強会", "今夜の5人")
    person.presses("Escape")
    person.sees_window("獲得工程")


def is_drawn(desk: Desk) -> bool:
    """Whether the drawing of 分析 has marks that answer to the pointer."""
    canvas = desk.session.window.page("insights").findChild(FigureCanvas)
    return canvas is not None and bool(canvas._regions)


def looks_at_the_funnel(desk: Desk, person: Person) -> None:
    person.presses("Ctrl+4")
    person.sees_window("分析")
    person.sees("7社", "いちばん多く離れているのは", "2 問合せ")
    desk.rests()
    person.waits_until(lambda: is_drawn(desk), "the drawing does not come")
    person.photographs("12-insights")
    person.clicks("表")
    person.sees(
        "工程 1 集客　来た 7　進んだ 3　途中 4　離脱 0　次へ進む率 少なくとも 3/7",
        "工程 2 問合せ・アポイント　来た 3　進んだ 1　途中 1　離脱 1　次へ進む率 少なくとも 1/3",
        "工程 3 商談　来た 1　進んだ 1　途中 0",
        "工程 4 見込顧客（判断）　来た 1　進んだ 0　途中 1",
        "工程 5 受注・申込み　来た 0",
    )
    person.photographs("13-insights-table")


def writes_the_site(desk: Desk, person: Person) -> None:
    person.presses("Ctrl+5")
    person.sees_window("サイト")
    person.writes("誰に", "月末の棚卸しで帰れなくなる、食品メーカーの現場の方へ")
    person.writes("見出し", HEADLINE)
    person.sees(HEADLINE)
    person.photographs("14-site-headline")
    person.clicks("名前と連絡先")
    person.writes("お名前", "佐伯 優斗")
    person.writes("メール", "hello@example.jp")
    person.clicks("どう売るか")
    person.writes("最初の一歩", "30分、話してみる")
    person.clicks("誰に・何を")
    person.sees("保存ずみ")
    person.photographs("15-site-written")


def fetched(url: str) -> str:
    """What a browser would get."""
    with urllib.request.urlopen(url, timeout=5) as answer:
        return str(answer.read().decode())


def opens_the_site(desk: Desk, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def browser(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", browser)
    person.clicks("ブラウザーで見る")
    person.waits_until(lambda: opened, "no browser was opened")
    assert HEADLINE in fetched(opened[0])
    assert "mailto:hello@example.jp" in fetched(f"{opened[0]}contact/")
    person.writes("見出し", "棚卸しは、もう夜にしません。")
    person.waits_until(lambda: "もう夜にしません" in fetched(opened[0]), "the open page does not follow")
    person.writes("見出し", HEADLINE)
    person.sees("保存ずみ")


def publishes_it(desk: Desk, person: Person, public: Path) -> None:
    person.clicks("公開先を決める")
    person.writes("公開先", str(public))
    person.presses("Enter")
    person.clicks("公開の計画を見る")
    person.sees("件を公開", "追加")
    person.photographs("16-site-plan")
    person.clicks_ending("件を公開")
    person.waits_until(lambda: (public / "index.html").exists(), "nothing was published")
    person.sees("公開 11/21(土)")
    person.photographs("17-site-published")
    assert HEADLINE in (public / "index.html").read_text(encoding="utf-8")


def test_an_evening_from_the_cards_to_the_open_site(desk: Desk, person: Person, monkeypatch, tmp_path: Path) -> None:
    desk.starts()
    person.sees("今日することが、ここに並びます")
    imports_the_cards(desk, person)
    writes_down_five_people(desk, person)
    moves_them_over_the_board(desk, person)
    loses_one_and_recycles_one(desk, person)
    takes_back_over_a_restart(desk, person)
    looks_at_the_funnel(desk, person)
    writes_the_site(desk, person)
    opens_the_site(desk, person, monkeypatch)
    publishes_it(desk, person, tmp_path / "public")
