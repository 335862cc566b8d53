"""Twelve people of one meetup, entered by keys only on the train home; then the whole evening undone and redone."""

from dataclasses import dataclass, field

import pytest
from person import Person
from PySide6.QtGui import QGuiApplication

from conftest import Desk
from soloflow.domain.candidates import Candidate
from soloflow.services import evening, meetups, process, prospects
from states import state

pytestmark = pytest.mark.journey

MOST_KEYS = 2
"""Beyond the text itself, for each person."""
MEETUP = "第15回 町工場×ソフト夜話"
SIGNATURE = """\
━━━━━━━━━━━━━━━━━━━━━
株式会社みずほ精機製作所
生産管理部　課長
大庭 真理子（おおば まりこ）
〒144-0052 東京都大田区蒲田0-0-0
TEL 03-0000-0000　携帯 090-0000-1234
m.oba@mizuho-seiki.example
━━━━━━━━━━━━━━━━━━━━━
"""


@dataclass
class Met:
    """Somebody of the evening: what is typed, and the keys that choose among what is offered."""

    text: str
    chosen: tuple[str, ...] = ()
    sees: tuple[str, ...] = ()
    pasted: bool = False


TWELVE = (
    Met("中田 圭 名刺なし・X でつながった"),
    Met("梶 真由 豊橋テクノ 社内で相談してから → 12/1 メール", sees=("次の一手 12/1(火) メール",)),
    Met("宇佐美 純 うさみ紙器 型番の検索が遅い → 木曜 電話"),
    Met("柴崎 浩 柴崎プレス工業 来期に基幹の入れ替え hiroshi@shibasaki.example"),
    Met("小暮 正人 小暮織物 染料の在庫も見たい → 水曜 メール", ("Alt+1",), ("小暮 正人さんがもういます",)),
    Met("リサ・ベネット フリーランス 協業できそう", ("Alt+0",), ("工程 1 集客",)),
    Met("野田 あずさ 野田スクリーン 見積の転記が毎日2時間", ("Alt+1",), ("野田 あずささんがもういます",)),
    Met(SIGNATURE, pasted=True, sees=("会社 株式会社みずほ精機製作所",)),
    Met("十河 カワセミ食品 在庫が Excel で限界 → 来週火曜 資料"),
    Met("安西 恵 柴崎プレス工業 現場の担当", ("Alt+2",), ("柴崎プレス工業はもう顧客にいます",)),
    Met("志村 健 090-1111-2222 「図面を探すのに半日かかる」"),
    Met("三枝 凛 さえぐさ印刷 予算 50万円 → 3日後 見積を送る"),
)


@dataclass
class Keys:
    """Counts what is pressed beyond the text."""

    person: Person
    pressed: list[tuple[str, ...]] = field(default_factory=list)

    def presses(self, *chords: str) -> None:
        self.pressed[-1] += chords
        self.person.presses(*chords)

    def begins(self) -> None:
        self.pressed.append(())


def knows_two_already(desk: Desk) -> None:
    """One of the old contact book, one with whom a meeting was held."""
    ws = desk.workspace
    prospects.add(ws, Candidate(name="小暮 正人", family="小暮", given="正人", company="小暮織物"), stage=None)
    noda = Candidate(
        name="野田 あずさ", family="野田", given="あずさ", company="野田スクリーン", emails=("noda@screen.example",)
    )
    prospects.add(ws, noda, stage=3)


def makes_the_meetup(person: Person) -> None:
    person.presses("Ctrl+N")
    person.sees_window("記録")
    person.presses("Ctrl+M")
    person.sees_field("名前")
    person.types(MEETUP)
    for text in ("", "18:30", "21:00", "蒲田", "https://machikoba.connpass.com/event/1/", "千円", "4時間"):
        person.presses("Tab")
        person.types(text)
    person.photographs("01-meetup")
    person.presses("Enter")
    person.sees_window(MEETUP)
    person.sees("11/21(土) 18:30–21:00・蒲田・参加費 ¥1,000・かけた時間 4時間")


def writes_down(one: Met, keys: Keys, number: int) -> None:
    person = keys.person
    keys.begins()
    if one.pasted:
        QGuiApplication.clipboard().setText(one.text)
        keys.presses("Ctrl+V")
    else:
        person.types(one.text)
    person.sees(*one.sees)
    if one.sees:
        person.photographs(f"{number + 1:02}-typing")
    keys.presses(*one.chosen, "Enter")
    person.sees(f"今夜の{number}人")
    assert person.keyboard_text() == ""


def check_the_evening(desk: Desk) -> None:
    ws = desk.workspace
    meetup = meetups.recent(ws)[0]
    assert (meetup.name, meetup.fee_yen, meetup.minutes, meetup.link) == (
        MEETUP, 1000, 240, "https://machikoba.connpass.com/event/1/",
    )  # fmt: skip
    people = evening.met(ws, meetup.id)
    assert len(people) == 12
    assert {one.name: one.company for one in people}["大庭 真理子"] == "株式会社みずほ精機製作所"
    with ws.store.read() as reader:
        contacts = [reader.get("contacts", one) for one in reader.ids("contacts")]
        points = {row["value"] for row in reader.rows("SELECT value FROM contact_points")}
    assert len(contacts) == 12, "the two who were known are not there twice"
    assert "m.oba@mizuho-seiki.example" in points
    standing = {one.name: (one.standing, one.stage) for one in people}
    assert standing["野田 あずさ"] == ("active", 3)
    assert standing["小暮 正人"] == ("active", 1)
    assert standing["リサ・ベネット"][0] == "book"
    assert len({one.prospect for one in people}) == 11, "colleagues are one customer"


def test_twelve_people_in_one_go_and_the_whole_evening_undone_and_redone(desk: Desk, person: Person) -> None:
    desk.starts()
    knows_two_already(desk)
    makes_the_meetup(person)
    desk.rests()
    before = state(desk.workspace)
    keys = Keys(person)
    for number, one in enumerate(TWELVE, start=1):
        writes_down(one, keys, number)
    desk.rests()
    person.photographs("20-twelve")
    print("keys beyond the text:", [len(one) for one in keys.pressed], "of", len(keys.pressed), "people")
    assert len(keys.pressed) == 12
    assert max(len(one) for one in keys.pressed) <= MOST_KEYS
    check_the_evening(desk)
    after = state(desk.workspace)

    person.tabs_to("今夜をまとめて取り消す")
    person.presses("Enter")
    person.sees("今夜の記録は、これからです", "今夜の12人をまとめて取り消しました")
    desk.rests()
    person.photographs("21-taken-back")
    assert state(desk.workspace) == before
    person.presses("Ctrl+Z")
    person.sees("今夜の12人")
    desk.rests()
    assert state(desk.workspace) == after
    person.presses("Ctrl+Shift+Z")
    person.sees("今夜の記録は、これからです")
    desk.rests()
    assert state(desk.workspace) == before


def test_what_was_worked_with_elsewhere_stays_when_the_evening_goes(desk: Desk, person: Person) -> None:
    desk.starts()
    makes_the_meetup(person)
    keys = Keys(person)
    for number, one in enumerate(TWELVE[:3], start=1):
        writes_down(one, keys, number)
    desk.rests()
    ws = desk.workspace
    process.move(ws, [evening.met(ws, meetups.recent(ws)[0].id)[0].prospect], 2)
    person.presses("Ctrl+Alt+Z")
    person.sees("今夜の2人をまとめて取り消しました", "残したもの：うさみ紙器", "今夜の1人")
    desk.rests()
