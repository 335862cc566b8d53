"""A search says why it found somebody, wherever the name on the screen does not."""

from datetime import date

import pytest

from profiles import person
from soloflow.domain.candidates import Phone
from soloflow.services import customers, follow_ups, meetups, prospects
from soloflow.services.customers import Filter
from soloflow.services.found_words import KINDS, Found
from soloflow.services.workspace import Workspace


@pytest.fixture
def somebody(ws: Workspace) -> int:
    """One customer about whom there is something in every place."""
    met = meetups.create(ws, "町工場×ソフト夜話", date(2026, 10, 1)).created[0]
    who = person(
        "十河 太郎", "カワセミ食品", kana="ソゴウ タロウ", emails=("taro@kawasemi.example",),
        phones=(Phone("03-5555-0142", "work"),), urls=("https://github.com/sogo",), title="情報システム課長", note="名刺は裏が英語",
    )  # fmt: skip
    made = prospects.add(ws, who, stage=3, channel=1).created[0]
    prospects.add_contact(ws, made, person("石井 雪乃", kana="イシイ ユキノ"))
    prospects.tag(ws, (made,), "在庫管理")
    prospects.edit(ws, made, memo="冷凍惣菜の卸", website="https://kawasemi.example")
    prospects.note(ws, made, "note", "棚卸しの日だけは家に帰れない")
    prospects.put_deal(ws, made, name="発注アプリ 第1期")
    prospects.answer(ws, made, 3, "決めるのは専務", is_fact=False)
    follow_ups.plan(ws, made, "画面を見せる", date(2026, 11, 24))
    with ws.store.write("met", ws.now_us()) as work:
        work.insert("activities", prospect_id=made, kind="meetup", at_us=ws.now_us(), meetup_id=met)
    return made


def why(ws: Workspace, text: str) -> Found | None:
    ids = customers.listing(ws, Filter(text=text)).ids
    assert len(ids) == 1, text
    return customers.rows(ws, ids, text)[0].found


@pytest.mark.parametrize(
    ("text", "kind", "hit"),
    [
        ("雪乃", "contact", "雪乃"), ("isii", "contact", ""), ("ishii", "contact", ""), ("@kawa", "mail", "@kawa"), ("TARO@", "mail", "taro@"),
        ("5550142", "phone", "555-0142"), ("0142", "phone", "0142"), ("#在庫", "tag", "在庫"), ("夜話", "meetup", "夜話"), ("@夜話", "meetup", "夜話"),
        ("画面", "plan", "画面"), ("惣菜", "memo", "惣菜"), ("たな卸", "", ""), ("棚卸", "activity", "棚卸"), ("第1期", "deal", "第1期"),
        ("専務", "answer", "専務"), ("課長", "title", "課長"), ("裏が", "note", "裏が"), ("勉強会", "channel", "勉強会"), ("github", "url", "github"),
    ],
)  # fmt: skip
def test_the_place_is_named_and_the_words_are_marked(
    ws: Workspace, somebody: int, text: str, kind: str, hit: str
) -> None:
    assert somebody
    if not kind:
        assert list(customers.listing(ws, Filter(text=text)).ids) == []
        return
    found = why(ws, text)
    assert found is not None
    assert (found.kind, found.words.hit) == (kind, hit)
    assert found.place in found.sentence


@pytest.mark.parametrize("text", ["カワセミ", "kawasemi s", "食品", "かわ", "十河", "sogo", "そごう", "kawasemi 太郎"])
def test_a_name_that_is_seen_is_reason_enough(ws: Workspace, somebody: int, text: str) -> None:
    assert somebody
    ids = customers.listing(ws, Filter(text=text)).ids
    assert all(row.found is None for row in customers.rows(ws, ids, text))


def test_of_two_words_the_one_that_is_not_seen_is_told(ws: Workspace, somebody: int) -> None:
    assert somebody
    found = why(ws, "カワセミ 惣菜")
    assert found is not None
    assert found.words.hit == "惣菜"


def test_every_place_has_a_name() -> None:
    assert all(KINDS.values())
