"""Lists of customers: their order, their filters, their counts, and that SQLite walks an index instead of sorting."""

from collections.abc import Iterator

import pytest

from profiles import Clock, person
from soloflow.services import customers, follow_ups, process, prospects
from soloflow.services.customers import Filter
from soloflow.services.workspace import Workspace
from soloflow.store import agenda, people
from soloflow.store.database import Reader
from soloflow.store.log import entries_of


@pytest.fixture
def staff(ws: Workspace, clock: Clock) -> dict[str, int]:
    """Five customers, added in this order: いとう (2, due in 3 days), あべ (5, ¥300), うえの (lost), えとう (book), おの (2)."""
    made = {}
    for kana, stage in (("イトウ", 2), ("アベ", 5), ("ウエノ", 1), ("エトウ", None), ("オノ", 2)):
        clock.forward(hours=1)
        made[kana] = prospects.add(ws, person(kana, kana=kana), stage=stage).created[0]
    follow_ups.plan(ws, made["イトウ"], "電話", ws.today().replace(day=24))
    follow_ups.plan(ws, made["オノ"], "電話", ws.today().replace(day=22))
    prospects.put_deal(ws, made["アベ"], expected_yen=300)
    prospects.put_deal(ws, made["オノ"], expected_yen=500)
    prospects.tag(ws, (made["アベ"], made["エトウ"]), "在庫管理")
    prospects.note(ws, made["ウエノ"], "note", "会った")
    clock.forward(hours=1)
    prospects.note(ws, made["イトウ"], "note", "話した")
    process.lose(ws, (made["ウエノ"],), "budget")
    return made


def listed(ws: Workspace, wanted: Filter = Filter(), order: str = "name") -> list[str]:  # noqa: B008  # frozen
    return [row.name for row in customers.rows(ws, customers.listing(ws, wanted, order).ids)]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("name", "アベ イトウ ウエノ エトウ オノ"),
        ("next", "オノ イトウ アベ ウエノ エトウ"),
        ("stage", "アベ オノ イトウ ウエノ エトウ"),
        ("recent", "イトウ ウエノ アベ エトウ オノ"),
        ("amount", "オノ アベ イトウ ウエノ エトウ"),
        ("waiting", "イトウ アベ ウエノ オノ エトウ"),
    ],
)
def test_customers_stand_in_order_and_those_without_a_value_last(
    ws: Workspace, staff: dict[str, int], order: str, expected: str
) -> None:
    assert listed(ws, order=order) == expected.split()


def test_filters_hold_together(ws: Workspace, staff: dict[str, int]) -> None:
    tag = next(tag_id for tag_id, name, _uses in customers.tags(ws) if name == "在庫管理")
    assert listed(ws, Filter(standing="active")) == ["アベ", "イトウ", "オノ"]
    assert listed(ws, Filter(standing="active", stages=(2,))) == ["イトウ", "オノ"]
    assert listed(ws, Filter(tags=(tag,))) == ["アベ", "エトウ"]
    assert listed(ws, Filter(tags=(tag,), standing="book")) == ["エトウ"]
    assert listed(ws, Filter(ids=frozenset({staff["オノ"], staff["ウエノ"]}))) == ["ウエノ", "オノ"]
    assert listed(ws, Filter(text="いと")) == ["イトウ"]
    assert listed(ws, Filter(text="とう", standing="book")) == ["エトウ"]
    assert listed(ws, Filter(text="いと", standing="book")) == []


def test_counts_leave_the_filters_own_standing_aside(ws: Workspace, staff: dict[str, int]) -> None:
    assert customers.counts(ws, Filter(standing="lost")) == {"active": 3, "nurture": 0, "lost": 1, "book": 1}
    assert customers.counts(ws, Filter(stages=(2,))) == {"active": 2, "nurture": 0, "lost": 0, "book": 0}
    assert customers.counts(ws, Filter(text="ito")) == {"active": 1, "nurture": 0, "lost": 0, "book": 0}


def test_reaching_a_stage_is_the_first_time_there_or_beyond(ws: Workspace, staff: dict[str, int]) -> None:
    with ws.store.read() as reader:
        first = len(agenda.entries_since(reader, 0, 2))
    process.move(ws, (staff["エトウ"],), 1)
    process.move(ws, (staff["エトウ"],), 4)
    process.move(ws, (staff["エトウ"],), 2)
    process.lose(ws, (staff["イトウ"],), "budget")
    process.move(ws, (staff["イトウ"],), 2)
    with ws.store.read() as reader:
        assert first == 2, "who came in at 5 was never at 2"
        assert len(agenda.entries_since(reader, 0, 2)) == 3


class Explaining(Reader):
    """A reader that notes the plans of what is asked."""

    plans: list[str]

    def column(self, sql: str, *parameters: object) -> list[object]:
        self.note(sql, parameters)
        return super().column(sql, *parameters)

    def tuples(self, sql: str, *parameters: object):
        self.note(sql, parameters)
        return super().tuples(sql, *parameters)

    def note(self, sql: str, parameters: tuple[object, ...]) -> None:
        self.plans = [
            *getattr(self, "plans", []),
            *(row[3] for row in super().tuples("EXPLAIN QUERY PLAN " + sql, *parameters)),
        ]


@pytest.fixture
def explaining(ws: Workspace) -> Iterator[Explaining]:
    with ws.store.read() as reader:
        yield Explaining(reader._connection)


@pytest.mark.parametrize("order", ["next", "name", "recent", "amount", "waiting"])
def test_the_whole_list_is_read_from_an_index_without_sorting(explaining: Explaining, order: str) -> None:
    """Of equal amounts alone the names are put in order."""
    people.listed(explaining, Filter(), order)
    walks = [plan for plan in explaining.plans if "RIGHT PART" not in plan]
    assert all("COVERING INDEX" in plan for plan in walks), explaining.plans


@pytest.mark.parametrize("order", ["next", "name"])
def test_one_standing_is_read_from_an_index_without_sorting(explaining: Explaining, order: str) -> None:
    people.listed(explaining, Filter(standing="active"), order)
    assert all("COVERING INDEX" in plan for plan in explaining.plans), explaining.plans


def test_one_customers_log_is_found_by_the_customer(explaining: Explaining) -> None:
    entries_of(explaining, 1)
    assert any("ix_stage_transitions_prospect_id_at_us" in plan for plan in explaining.plans), explaining.plans
