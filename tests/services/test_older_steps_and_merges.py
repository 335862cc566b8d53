"""An older step is taken back after customers were deleted or merged: nobody gone counts, and nothing hides with who was merged."""

from pathlib import Path

from profiles import Clock, person, reachable
from soloflow.services import follow_ups, history, importing, imports, merging, process, prospects
from soloflow.services.duplicates import pair_of
from soloflow.services.workspace import Workspace
from soloflow.store import whole
from states import state

EIGHT = "会社名,部署名,役職,氏名,e-mail,郵便番号,住所,TEL会社,TEL部門,TEL直通,Fax,携帯電話,URL,名刺交換日"


def rows(ws: Workspace, table: str, *columns: str) -> list[tuple[object, ...]]:
    with ws.store.read() as reader:
        return reader.tuples(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id").fetchall()


def in_rates(ws: Workspace) -> list[int]:
    with ws.store.read() as reader:
        return reader.column("SELECT DISTINCT prospect_id FROM effective_transitions")


def reverted(ws: Workspace, change_set: int | None) -> tuple[str, ...]:
    """Take it back, and see that this is undone exactly."""
    assert change_set is not None
    before = state(ws)
    conflicts = history.revert(ws, change_set).conflicts
    after = state(ws)
    history.undo(ws)
    assert state(ws) == before
    history.redo(ws)
    assert state(ws) == after
    assert whole.faults(ws.store.path) == []
    return conflicts


def test_a_corrected_date_of_somebody_deleted_since_brings_nobody_into_the_rates(ws: Workspace) -> None:
    prospects.add(ws, person("山田 太郎"), stage=1)
    corrected = process.correct_date(ws, 1, ws.today().replace(day=3))
    prospects.remove(ws, (1,))
    reverted(ws, corrected.change_set)
    assert in_rates(ws) == []


def test_somebody_deleted_once_more_stays_out_of_the_rates(ws: Workspace, clock: Clock) -> None:
    prospects.add(ws, person("山田 太郎"), stage=1)
    first = prospects.remove(ws, (1,))
    history.revert(ws, first.change_set or 0)
    clock.forward(minutes=1)
    prospects.remove(ws, (1,))
    reverted(ws, first.change_set)
    assert in_rates(ws) == []


def test_somebody_moved_after_the_deletion_was_taken_back_leaves_the_rates_when_deleted_again(ws: Workspace) -> None:
    prospects.add(ws, person("山田 太郎"), stage=1)
    back = history.revert(ws, prospects.remove(ws, (1,)).change_set or 0)
    process.move(ws, (1,), 3)
    reverted(ws, back.change_set)
    assert rows(ws, "prospect_states JOIN prospects ON id = prospect_id", "id") == []
    assert in_rates(ws) == []


def test_what_was_taken_from_a_customer_comes_back_to_the_one_it_was_merged_into(ws: Workspace) -> None:
    stays = prospects.add(ws, reachable("佐藤 次郎", "月島物産", 1)).created[0]
    gone = prospects.add(ws, reachable("山田 太郎", "アクメ", 2)).created[0]
    prospects.tag(ws, (gone,), "EC")
    note = prospects.note(ws, gone, "note", "在庫").created[0]
    steps = [prospects.untag(ws, gone, 1), prospects.edit_note(ws, note, ""), prospects.remove_contact(ws, 2)]
    merging.merge(ws, pair_of("prospect", stays, gone))
    for step in steps:
        assert reverted(ws, step.change_set) == ()
    assert rows(ws, "contacts", "prospect_id", "name") == [(stays, "佐藤 次郎"), (stays, "山田 太郎")]
    assert rows(ws, "prospect_tags", "prospect_id") == [(stays,)]
    assert rows(ws, "activities", "prospect_id", "text") == [(stays, "在庫")]


def test_a_plan_comes_back_although_its_contact_was_merged_away(ws: Workspace) -> None:
    for number in (1, 2):
        prospects.add(ws, reachable("山田 太郎", "アクメ", number))
        with ws.store.write("予定", ws.now_us()) as work:
            work.insert(
                "follow_ups", prospect_id=number, contact_id=number, due_on="2026-12-01", text="電話", created_us=1
            )
    dropped = follow_ups.drop(ws, 2)
    merging.merge(ws, pair_of("contact", 1, 2))
    reverted(ws, dropped.change_set)
    assert rows(ws, "follow_ups", "prospect_id", "contact_id") == [(1, 1), (1, None)]


def test_somebody_whose_old_company_was_deleted_stays_at_the_new_one_and_is_listed(
    ws: Workspace, clock: Clock, tmp_path: Path
) -> None:
    old = prospects.add(ws, reachable("山田 太郎", "旧社", 1)).created[0]
    clock.forward(days=1)
    file = tmp_path / "Eight.csv"
    file.write_text(f"{EIGHT}\n新社,,部長,山田 太郎,user1@example.jp,,,,,,,,,2026/11/20", encoding="utf-8")
    seen = importing.preview(ws, file)
    importing.commit(ws, seen, [importing.choose(one, is_known=True) for one in seen.items])
    prospects.remove(ws, (old,))
    changes = imports.take_back(ws, 1)
    assert rows(ws, "contacts", "prospect_id", "name") == [(old + 1, "山田 太郎")]
    assert any("新社" in sentence for sentence in changes.conflicts)


def test_the_customer_somebody_leaves_by_undo_stands_where_its_own_log_says(ws: Workspace) -> None:
    company = prospects.add(ws, person("佐藤 次郎", "月島物産")).created[0]
    alone = prospects.add(ws, person("山田 太郎"), stage=4).created[0]
    prospects.remove_contact(ws, 2)
    merging.absorb(ws, alone, company)
    history.undo(ws)
    assert whole.faults(ws.store.path) == []


def test_a_merge_does_not_come_back_once_it_was_made_the_other_way_round(ws: Workspace) -> None:
    prospects.add(ws, reachable("山田 太郎", "アクメ", 1), stage=1)
    prospects.add(ws, reachable("佐藤 次郎", "月島物産", 2), stage=2)
    merging.merge(ws, pair_of("prospect", 1, 2))
    back = history.revert(ws, history.steps(ws)[0].id)
    merging.absorb(ws, 1, 2)
    conflicts = reverted(ws, back.change_set)
    assert conflicts
    assert rows(ws, "prospect_states JOIN prospects ON id = prospect_id", "id") == [(2,)]
    assert {owner for (owner,) in rows(ws, "contacts", "prospect_id")} == {2}


def test_a_merge_does_not_come_back_into_somebody_deleted_since(ws: Workspace) -> None:
    prospects.add(ws, reachable("山田 太郎", "アクメ", 1), stage=1)
    prospects.add(ws, reachable("佐藤 次郎", "月島物産", 2), stage=2)
    merging.merge(ws, pair_of("prospect", 1, 2))
    back = history.revert(ws, history.steps(ws)[0].id)
    prospects.remove(ws, (1,))
    reverted(ws, back.change_set)
    assert rows(ws, "prospect_states JOIN prospects ON id = prospect_id", "id") == [(2,)]
    assert in_rates(ws) == [2]
    assert (2, "佐藤 次郎") in rows(ws, "contacts", "prospect_id", "name")
