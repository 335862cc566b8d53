"""What the board asks of a profile: columns in order, their yen, and what must be true to reach a stage."""

from datetime import date

import pytest

from soloflow.domain.candidates import Candidate
from soloflow.services import board, follow_ups, process, prospects
from soloflow.services.workspace import Workspace


@pytest.fixture
def ids(ws: Workspace) -> dict[str, int]:
    names = {"青柳": 3, "石田": 3, "宇野": 3, "江川": 3, "岡": 4}
    made = {
        name: prospects.add(ws, Candidate(name=name, company=f"{name}商店", kana=name), stage=stage).created[0]
        for name, stage in names.items()
    }
    today = ws.today()
    follow_ups.plan(ws, made["宇野"], "電話", date(today.year + 1, 1, 8))
    follow_ups.plan(ws, made["江川"], "返事", date(today.year - 1, 12, 1))
    return made


def _stage(ws: Workspace, number: int, **wanted: int) -> list[int]:
    return list(board.columns(ws, **wanted)[number - 1].ids)


def test_the_soonest_step_comes_first_and_those_without_one_last(ws: Workspace, ids: dict[str, int]) -> None:
    found = _stage(ws, 3)
    assert found[:2] == [ids["江川"], ids["宇野"]]
    assert set(found[2:]) == {ids["青柳"], ids["石田"]}


def test_only_active_customers_have_a_card(ws: Workspace, ids: dict[str, int]) -> None:
    process.lose(ws, [ids["岡"]], "budget")
    process.recycle(ws, [ids["青柳"]], None)
    assert _stage(ws, 4) == []
    assert ids["青柳"] not in _stage(ws, 3)


def test_a_filter_narrows_cards_and_yen_alike(ws: Workspace, ids: dict[str, int]) -> None:
    for name, yen in (("青柳", 300_000), ("石田", 500_000)):
        prospects.put_deal(ws, ids[name], name="在庫管理", expected_yen=yen)
    prospects.tag(ws, [ids["石田"]], "在庫")
    with ws.store.read() as reader:
        tag = reader.find("tags", name="在庫")
        channel = reader.find("channels", name="勉強会")
    assert tag is not None
    assert channel is not None
    assert board.columns(ws)[2].expected_yen == 800_000
    assert board.columns(ws, tag=tag)[2].expected_yen == 500_000
    assert _stage(ws, 3, tag=tag) == [ids["石田"]]
    prospects.edit(ws, ids["青柳"], channel_id=channel)
    assert _stage(ws, 3, channel=channel) == [ids["青柳"]]
    assert board.columns(ws, channel=channel)[2].expected_yen == 300_000


def test_where_no_amount_is_known_there_is_none(ws: Workspace, ids: dict[str, int]) -> None:
    assert board.columns(ws)[3].expected_yen is None


def test_the_first_criterion_of_the_playbook_stands_in_the_slot(ws: Workspace) -> None:
    assert board.criteria(ws)[4] == "見積か提案をたのまれた"
    with ws.store.write("", ws.now_us()) as work:
        for entry in work.reader.ids("playbook_entries", stage=4, kind="criterion"):
            work.delete("playbook_entries", entry)
    assert board.criteria(ws)[4] == "見積か提案をたのまれ、採否を考えている"
