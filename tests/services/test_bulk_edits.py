"""Many customers at once: one change set with one sentence, one undo, and nobody moved for whom it makes no sense."""

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from profiles import Clock, person, reachable
from soloflow.domain.errors import Cancelled, UserError
from soloflow.services import bulk, customers, exporting, follow_ups, history, process, prospects
from soloflow.services.changes import Changes
from soloflow.services.customers import Filter
from soloflow.services.workspace import Workspace
from soloflow.store import whole

LOG = "stage_transitions"


@pytest.fixture
def staff(ws: Workspace, clock: Clock) -> dict[str, int]:
    """One of every standing, with tags and next steps."""
    made = {}
    for name, stage in (("進行2", 2), ("進行3", 3), ("育成", 2), ("離脱", 3), ("名簿", None)):
        made[name] = prospects.add(ws, person("山田 太郎", name), stage=stage).created[0]
        clock.forward(minutes=1)
    process.recycle(ws, (made["育成"],), None)
    process.lose(ws, (made["離脱"],), "budget")
    follow_ups.plan(ws, made["進行2"], "電話", date(2026, 11, 24))
    prospects.tag(ws, (made["進行2"], made["名簿"]), "在庫")
    clock.forward(hours=1)
    return made


def standing(ws: Workspace, made: dict[str, int]) -> dict[str, tuple[str, int | None]]:
    rows = {row.id: row for row in customers.rows(ws, list(made.values()))}
    return {name: (rows[one].standing, rows[one].stage) for name, one in made.items() if one in rows}


def state(ws: Workspace) -> dict[str, object]:
    """Everything as it reads: the rows of facts, and the log as far as it counts."""
    with ws.store.read() as reader:
        facts: dict[str, object] = dict(whole.everything(reader))
        facts[LOG] = [tuple(row) for row in reader.rows("SELECT * FROM effective_transitions ORDER BY id")]
        for table in ("prospect_states", "search_terms"):
            facts[table] = sorted(tuple(row) for row in reader.tuples(f"SELECT * FROM {table}"))
    return facts


def test_a_move_leaves_those_who_are_there_and_says_how_many(ws: Workspace, staff: dict[str, int]) -> None:
    changes = bulk.move(ws, staff.values(), 3)
    assert changes.label == "4社を3 商談へ移しました（1社はそのまま）"
    assert set(standing(ws, staff).values()) == {("active", 3)}
    assert history.peek(ws)[0] == changes.label


def test_the_kinds_of_a_bulk_move_are_those_of_single_moves(ws: Workspace, staff: dict[str, int]) -> None:
    bulk.move(ws, staff.values(), 3)
    with ws.store.read() as reader:
        kinds = dict(reader.tuples(f"SELECT prospect_id, kind FROM {LOG} ORDER BY id").fetchall())
    assert [kinds[staff[name]] for name in ("進行2", "育成", "離脱", "名簿")] == ["advance", "reactivate", "reactivate", "enter"]  # fmt: skip


def test_losing_leaves_the_contact_book_and_closes_next_steps(ws: Workspace, staff: dict[str, int]) -> None:
    changes = bulk.lose(ws, staff.values(), "budget", "返事がない")
    assert changes.label == "3社を離脱にしました（2社はそのまま）"
    assert standing(ws, staff)["名簿"] == ("book", None)
    assert len(customers.listing(ws, Filter(standing="lost")).ids) == 4
    shown = customers.detail(ws, staff["進行2"])
    assert shown is not None
    assert shown.plans == ()
    assert "返事がない" in {entry.text for entry in shown.timeline}


def test_parking_plans_the_day_to_get_in_touch(ws: Workspace, staff: dict[str, int]) -> None:
    bulk.recycle(ws, staff.values(), None, date(2027, 2, 1))
    found = customers.rows(ws, customers.listing(ws, Filter(standing="nurture")).ids)
    days = {row.name: row.plan.due_on for row in found if row.plan}
    assert days == {"進行2": date(2027, 2, 1), "進行3": date(2027, 2, 1), "離脱": date(2027, 2, 1), "育成": date(2027, 5, 23)}  # fmt: skip


def test_coming_back_is_to_the_stage_that_was_left(ws: Workspace, staff: dict[str, int]) -> None:
    changes = bulk.reactivate(ws, staff.values())
    assert changes.label == "2社を進行中に戻しました（3社はそのまま）"
    assert (standing(ws, staff)["育成"], standing(ws, staff)["離脱"]) == (("active", 2), ("active", 3))


def test_an_edit_that_changes_nobody_writes_nothing_and_says_so(ws: Workspace, staff: dict[str, int]) -> None:
    before = history.mark(ws)
    changes = bulk.lose(ws, (staff["名簿"],), "budget")
    assert changes.change_set is None
    assert changes.label.startswith("離脱にできる顧客はありませんでした。")
    assert history.mark(ws) == before


def test_a_move_into_the_future_is_refused(ws: Workspace, staff: dict[str, int]) -> None:
    with pytest.raises(UserError, match="まだ来ていない日付"):
        bulk.move(ws, staff.values(), 4, date(2026, 12, 1))


def test_a_move_on_a_day_comes_after_what_happened_that_day(ws: Workspace, staff: dict[str, int]) -> None:
    bulk.move(ws, staff.values(), 5, ws.today())
    assert set(standing(ws, staff).values()) == {("active", 5)}


def test_tags_are_given_and_taken(ws: Workspace, staff: dict[str, int]) -> None:
    changes = bulk.tag(ws, staff.values(), add=("在庫", "#重点"))
    assert changes.label == "5社に #在庫 #重点 を付けました"
    assert {shared.name: shared.count for shared in bulk.tags_among(ws, staff.values())} == {"在庫": 5, "重点": 5}
    first = bulk.tags_among(ws, staff.values())[0]
    gone = bulk.tag(ws, (staff["名簿"], staff["育成"]), remove=(first.id,))
    assert gone.label == f"2社から #{first.name} を外しました"
    assert {shared.id: shared.count for shared in bulk.tags_among(ws, staff.values())}[first.id] == 3
    assert bulk.tag(ws, (staff["名簿"],), remove=(first.id,)).change_set is None
    both = bulk.tag(ws, (staff["進行2"],), add=("展示会",), remove=(first.id,))
    assert both.label == f"1社に #展示会 を付け、#{first.name} を外しました"


def test_channel_and_next_step_are_set_for_all(ws: Workspace, staff: dict[str, int]) -> None:
    channel, name = customers.channels(ws)[2]
    assert bulk.set_channel(ws, staff.values(), channel).label == f"5社のチャネルを{name}にしました"
    bulk.plan(ws, staff.values(), "年末のあいさつ", date(2026, 12, 20), "mail")
    assert len(customers.listing(ws, Filter(channels=(channel,))).ids) == 5
    shown = customers.detail(ws, staff["進行2"])
    assert shown is not None
    assert [plan.text for plan in shown.plans] == ["電話", "年末のあいさつ"]


def test_the_chosen_are_exported_as_the_whole_is(ws: Workspace, staff: dict[str, int], tmp_path: Path) -> None:
    out = tmp_path / "選んだ顧客.csv"
    assert exporting.export_people(ws, out, (staff["進行2"], staff["名簿"])) == 2
    lines = out.read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[1] for line in lines] == ["customer", "進行2", "名簿"]


EDITS: dict[str, Callable[[Workspace, list[int]], Changes]] = {
    "move": lambda ws, ids: bulk.move(ws, ids, 4),
    "lose": lambda ws, ids: bulk.lose(ws, ids, "budget", "メモ"),
    "recycle": lambda ws, ids: bulk.recycle(ws, ids, None),
    "reactivate": bulk.reactivate,
    "tag": lambda ws, ids: bulk.tag(ws, ids, add=("新しい",), remove=(1,)),
    "channel": lambda ws, ids: bulk.set_channel(ws, ids, None),
    "plan": lambda ws, ids: bulk.plan(ws, ids, "電話", date(2026, 12, 1)),
    "remove": bulk.remove,
}


@pytest.mark.parametrize("name", EDITS)
def test_undo_takes_all_of_it_back_and_redo_puts_it_back(ws: Workspace, clock: Clock, name: str) -> None:
    chance = random.Random(name)
    ids = []
    for number in range(40):
        made = prospects.add(ws, reachable("山田 花", f"会社{number}", number), stage=chance.choice((None, 1, 3, 5)), channel=2).created[0]  # fmt: skip
        ids.append(made)
        if number % 3 == 0:
            prospects.tag(ws, (made,), "古い")
        clock.forward(minutes=1)
    bulk.lose(ws, ids[:8], "budget")
    bulk.recycle(ws, ids[8:16], "timing")
    clock.forward(minutes=1)
    before = state(ws)
    chosen = chance.sample(ids, 25)
    changes = EDITS[name](ws, chosen)
    after = state(ws)
    assert changes.change_set is not None
    assert after != before
    clock.forward(minutes=1)
    history.undo(ws)
    assert {key: value for key, value in state(ws).items() if key != LOG} == {key: value for key, value in before.items() if key != LOG}  # fmt: skip
    assert state(ws)[LOG] == before[LOG]
    history.redo(ws)
    assert {key: value for key, value in state(ws).items() if key != LOG} == {key: value for key, value in after.items() if key != LOG}  # fmt: skip


def test_a_bulk_edit_leaves_what_is_derived_sound(ws: Workspace, staff: dict[str, int]) -> None:
    bulk.move(ws, staff.values(), 4)
    bulk.tag(ws, staff.values(), add=("重点",))
    bulk.remove(ws, (staff["離脱"],))
    assert whole.faults(ws.store.path) == []


def test_progress_grows_to_the_number_of_customers(ws: Workspace, staff: dict[str, int]) -> None:
    class Watching:
        told: list[tuple[int, int | None]]

        def report(self, done: int, total: int | None = None, text: str = "") -> None:
            self.told = [*getattr(self, "told", []), (done, total)]

        def check(self) -> None:
            pass

    with ws.store.write("many", ws.now_us()) as work:
        ids = work.insert_many("prospects", [{"name": f"会社{n}", "created_us": 1} for n in range(2400)])
    watching = Watching()
    bulk.move(ws, ids, 1, progress=watching)
    done = [told[0] for told in watching.told]
    assert done == sorted(done)
    assert len(set(done)) >= 7
    assert watching.told[-1] == (2400, 2400)


def test_a_cancelled_edit_has_changed_nothing(ws: Workspace, staff: dict[str, int]) -> None:
    class Impatient:
        def report(self, done: int, total: int | None = None, text: str = "") -> None:
            pass

        def check(self) -> None:
            raise Cancelled

    before = state(ws)
    with pytest.raises(Cancelled):
        bulk.remove(ws, staff.values(), Impatient())
    assert state(ws) == before
