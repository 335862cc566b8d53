"""After an import somebody is there twice: both are looked at beside each other, made one, and made two again."""

from pathlib import Path

import pytest
from person import Person

from conftest import Desk
from soloflow.domain.candidates import Candidate, Phone
from soloflow.services import process, prospects
from states import state

pytestmark = pytest.mark.journey

LINKEDIN = """\
Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Yui,Sato,https://www.linkedin.com/in/yui-sato-example,,株式会社みずほ精機,Production Manager,20 Nov 2026
Lisa,Bennett,https://www.linkedin.com/in/lisa-example,lisa@bennett.example,Freelance,Designer,20 Nov 2026
"""


def knows_some(desk: Desk) -> None:
    ws = desk.workspace
    sato = Candidate(
        name="佐藤 結衣", family="佐藤", given="結衣", kana="サトウ ユイ", company="株式会社みずほ精機", title="生産管理課長",
        emails=("y.sato@mizuho-seiki.example",), phones=(Phone("090-1234-0001", "mobile"),),
    )  # fmt: skip
    made = prospects.add(ws, sato, stage=2).created[0]
    process.move(ws, [made], 3)


def brings_in_the_connections(desk: Desk, person: Person, tmp_path: Path) -> None:
    cards = tmp_path / "Connections.csv"
    cards.write_text(LINKEDIN, encoding="utf-8")
    person.drops(cards)
    person.sees("Connections.csv・LinkedIn のつながり・2件（2人）", "新規 2")
    person.presses("Ctrl+Enter")
    person.sees("Connections.csv を取り込みました", "1組のかさなりがありそうです")
    desk.rests()
    person.photographs("01-report")


def merges_them(desk: Desk, person: Person) -> None:
    person.clicks("かさなりを見る")
    person.sees("佐藤 結衣とYui Sato")
    person.waits_until(lambda: person.keyboard_is_in() == "かさなりの組", "the pairs do not have the keyboard")
    person.photographs("02-pairs")
    person.presses("Right", "Down", "Down", "Right")
    person.sees("役職、生産管理課長、Production Manager")
    person.photographs("03-chosen")
    person.presses("Enter")
    person.sees("佐藤 結衣", "かさなりはありません")
    desk.rests()
    person.photographs("04-merged")


def looks_at_the_one(desk: Desk, person: Person) -> None:
    person.searches_the_list("yui-sato")
    person.presses("Enter")
    person.sees("Production Manager", "y.sato@mizuho-seiki.example", "090-1234-0001", "名刺交換")
    person.photographs("05-one")


def test_two_records_of_one_person_become_one_and_two_again(desk: Desk, person: Person, tmp_path: Path) -> None:
    desk.starts()
    knows_some(desk)
    brings_in_the_connections(desk, person, tmp_path)
    before = state(desk.workspace)
    merges_them(desk, person)
    assert len(state(desk.workspace)["contacts"]) == len(before["contacts"]) - 1
    looks_at_the_one(desk, person)
    person.presses("Escape", "Ctrl+Z")
    person.sees("を取り消しました")
    desk.rests()
    assert state(desk.workspace) == before
    person.presses("V")
    person.clicks("かさなりを整理")
    person.sees("佐藤 結衣とYui Sato")
    person.photographs("06-two-again")
    person.presses("X")
    person.sees("かさなりはありません")
    desk.rests()
    person.clicks("もう一度さがす")
    person.sees("かさなりはありません")
    person.photographs("07-told-apart")
