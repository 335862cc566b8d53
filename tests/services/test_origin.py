"""流入元 and 案件, edited from the detail."""

from datetime import date

from profiles import person
from soloflow.services import customers, deals, history, origin, process, prospects
from soloflow.services.workspace import Workspace


def _made(ws: Workspace) -> int:
    return prospects.add(ws, person(company="カワセミ食品"), stage=1).created[0]


def test_a_new_source_is_made_once_and_shared(ws: Workspace) -> None:
    first, second = _made(ws), prospects.add(ws, person(company="つむぎ会計")).created[0]
    origin.set_source(ws, first, "第14回 町工場×ソフト夜話")
    origin.set_source(ws, second, "第14回 町工場×ソフト夜話")
    found = customers.detail(ws, second)
    assert found is not None
    assert found.source == "第14回 町工場×ソフト夜話"
    assert origin.sources(ws) == ["第14回 町工場×ソフト夜話"]


def test_a_source_can_be_taken_away_and_brought_back(ws: Workspace) -> None:
    prospect = _made(ws)
    origin.set_source(ws, prospect, "紹介ページ")
    origin.set_source(ws, prospect, "")
    history.undo(ws)
    found = customers.detail(ws, prospect)
    assert found is not None
    assert found.source == "紹介ページ"


def test_removing_a_deal_can_be_undone(ws: Workspace) -> None:
    prospect = _made(ws)
    deal = prospects.put_deal(ws, prospect, name="在庫アプリ", expected_yen=1_800_000).created[0]
    deals.remove_deal(ws, deal)
    gone = customers.detail(ws, prospect)
    history.undo(ws)
    back = customers.detail(ws, prospect)
    assert gone is not None
    assert back is not None
    assert (gone.deals, back.deals[0].expected_yen) == ((), 1_800_000)


def test_the_timeline_names_the_reason_of_a_loss(ws: Workspace) -> None:
    prospect = _made(ws)
    code, name = customers.lost_reasons(ws)[0]
    process.lose(ws, (prospect,), code)
    found = customers.detail(ws, prospect)
    assert found is not None
    assert name in {entry.detail for entry in found.timeline if entry.kind == "lose"}


def test_the_day_of_an_activity_can_be_corrected(ws: Workspace) -> None:
    prospect = _made(ws)
    note = prospects.note(ws, prospect, "call", "電話した").created[0]
    prospects.date_note(ws, note, date(2026, 9, 14))
    found = customers.detail(ws, prospect)
    assert found is not None
    assert [entry.day for entry in found.timeline if entry.id == note and entry.source == "activity"] == [
        date(2026, 9, 14)
    ]


def test_criteria_of_any_stage_carry_their_ticks(ws: Workspace) -> None:
    prospect = _made(ws)
    first = process.criteria(ws, prospect, 4)[0]
    prospects.tick_criterion(ws, prospect, first.id, met=True)
    assert next(one.is_met for one in process.criteria(ws, prospect, 4))
