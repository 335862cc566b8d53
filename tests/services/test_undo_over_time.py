"""Undo and redo after a restart, old steps taken back while later work stays, and erasure that leaves no byte."""

from datetime import date
from pathlib import Path

import pytest

from profiles import open_workspace, person, reachable
from soloflow.domain.errors import Cancelled, UserError
from soloflow.services import customers, follow_ups, history, numbers, process, prospects
from soloflow.services.workspace import Workspace
from soloflow.store import derived, erasure, search, whole
from soloflow.store import log as stored
from soloflow.store.database import connect


def reopened(ws: Workspace) -> Workspace:
    ws.store.close()
    return open_workspace(ws.store.path)


def names(ws: Workspace) -> list[str]:
    with ws.store.read() as reader:
        return [
            customers.rows(ws, [one])[0].name
            for one in reader.column("SELECT prospect_id FROM prospect_states ORDER BY 1")
        ]


def found(ws: Workspace, text: str) -> list[str]:
    return [row.name for row in customers.find(ws, text)]


def imported(ws: Workspace, *people: str) -> tuple[int, tuple[int, ...]]:
    """Several people in one step, as an import writes them."""
    with ws.store.write("名刺.csvから取り込みました", ws.now_us()) as work:
        ids = tuple(
            prospects.put_person(work, reachable(name, "", number))[0] for number, name in enumerate(people, start=1)
        )
        for one in ids:
            process.log_move(ws, work, one, 1)
    assert work.change_set is not None
    return work.change_set, ids


# --- undo and redo ---------------------------------------------------------------------------------------------------
def test_undo_and_redo_survive_a_restart(ws: Workspace) -> None:
    prospect = prospects.add(ws, person("山田 太郎"), stage=1).created[0]
    process.move(ws, (prospect,), 3)
    ws = reopened(ws)
    back = history.undo(ws)
    assert back is not None
    assert back.label == "「山田 太郎を3 商談へ移しました」を取り消しました"
    assert customers.rows(ws, [prospect])[0].stage == 1
    ws = reopened(ws)
    assert history.peek(ws) == ("山田 太郎を加えました", "山田 太郎を3 商談へ移しました")
    history.redo(ws)
    assert customers.rows(ws, [prospect])[0].stage == 3
    ws.store.close()


def test_everything_can_be_undone_down_to_the_empty_profile_and_redone(ws: Workspace) -> None:
    prospect = prospects.add(ws, reachable("山田 太郎", "株式会社アクメ", 1), stage=2).created[0]
    follow_ups.plan(ws, prospect, "電話する", date(2026, 11, 24))
    process.lose(ws, (prospect,), "budget", "今期はなし")
    with ws.store.read() as reader:
        full = whole.everything(reader)
    while history.undo(ws):
        pass
    assert names(ws) == []
    assert found(ws, "アクメ") == []
    while history.redo(ws):
        pass
    with ws.store.read() as reader:
        again = whole.everything(reader)
    del full["stage_transitions"], again["stage_transitions"]
    assert again == full
    assert found(ws, "user1@") == ["株式会社アクメ"]


def test_a_new_act_drops_what_could_have_been_redone(ws: Workspace) -> None:
    prospects.add(ws, person("山田 太郎"))
    history.undo(ws)
    prospects.add(ws, person("佐藤 花子"))
    assert history.redo(ws) is None
    history.undo(ws)
    assert names(ws) == []


def state(ws: Workspace) -> object:
    """All facts, the log as it counts."""
    with ws.store.read() as reader:
        everything = whole.everything(reader)
        everything["stage_transitions"] = [{"entry": entry} for entry in stored.all_entries(reader)]
    return everything


class Watching:
    """Progress that remembers, and stops the work at a row."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.told: list[tuple[int, int | None]] = []
        self.stop_at = stop_at

    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        self.told.append((done, total))

    def check(self) -> None:
        if self.stop_at is not None and self.told[-1][0] >= self.stop_at:
            raise Cancelled


def test_a_large_step_says_how_far_undo_and_redo_are(ws: Workspace) -> None:
    imported(ws, *(f"山田 {number}" for number in range(120)))
    rows = 120 * 5
    for act in (history.undo, history.redo):
        seen = Watching()
        act(ws, seen)
        told = [done for done, _total in seen.told]
        assert (told[0], told[-1]) == (0, rows)
        assert told == sorted(told)
        assert {total for _done, total in seen.told} == {rows}


def test_an_undo_that_is_stopped_takes_nothing_back(ws: Workspace) -> None:
    imported(ws, *(f"山田 {number}" for number in range(120)))
    before = state(ws)
    with pytest.raises(Cancelled):
        history.undo(ws, Watching(stop_at=200))
    assert state(ws) == before
    history.undo(ws)
    stopped = state(ws)
    with pytest.raises(Cancelled):
        history.redo(ws, Watching(stop_at=200))
    assert state(ws) == stopped
    history.redo(ws)
    assert state(ws) == before


def test_what_is_meant_is_taken_back_when_another_process_has_written_since(ws: Workspace) -> None:
    mine = prospects.add(ws, person("山田 太郎"), stage=1)
    prospects.add(ws, person("佐藤 花子"), stage=1)  # as `soloflow add` does, a moment later
    back = history.undo(ws, only=mine.change_set)
    assert back is not None
    assert back.label == "「山田 太郎を加えました」を元に戻しました"
    assert names(ws) == ["佐藤 花子"]
    history.undo(ws)
    assert sorted(names(ws)) == ["佐藤 花子", "山田 太郎"]


def test_taking_back_what_took_something_back_is_said_without_one_sentence_inside_another(ws: Workspace) -> None:
    added = prospects.add(ws, person("山田 太郎"), stage=1).change_set
    assert added is not None
    reverted = history.revert(ws, added)
    assert reverted.change_set is not None
    said = [history.undo(ws), history.redo(ws), history.revert(ws, reverted.change_set), history.undo(ws)]
    back, forth = "「山田 太郎を加えました」をやり直しました", "「山田 太郎を加えました」を元に戻しました"
    assert [one.label for one in said if one is not None] == [back, forth, back, forth]


def test_redo_after_another_process_has_written_does_nothing(ws: Workspace) -> None:
    prospects.add(ws, person("山田 太郎"))
    history.undo(ws)
    prospects.add(ws, person("佐藤 花子"))
    assert history.redo(ws) is None
    assert names(ws) == ["佐藤 花子"]


def test_deleting_a_customer_takes_those_merged_into_it_out_of_the_rates(ws: Workspace) -> None:
    gone, stays = (prospects.add(ws, person(name), stage=1).created[0] for name in ("山田 太郎", "佐藤 花子"))
    with ws.store.write("まとめた", ws.now_us()) as work:
        work.update("prospects", gone, merged_into_id=stays)
    prospects.remove(ws, (stays,))
    assert numbers.compute(ws).prospects == 0
    history.undo(ws)
    assert numbers.compute(ws).prospects == 1


def test_there_is_nothing_to_undo_in_a_new_profile(ws: Workspace) -> None:
    assert history.undo(ws) is None
    assert history.redo(ws) is None
    assert history.peek(ws) == (None, None)


# --- taking back an old step -----------------------------------------------------------------------------------------
def test_an_old_step_is_taken_back_and_a_later_edit_of_the_same_field_is_kept_and_listed(ws: Workspace) -> None:
    prospect = prospects.add(ws, person("", "アクメ")).created[0]
    first = prospects.edit(ws, prospect, name="アクメ開発", memo="古いメモ")
    prospects.edit(ws, prospect, name="アクメ研究所")
    assert first.change_set is not None
    reverted = history.revert(ws, first.change_set)
    with ws.store.read() as reader:
        row = reader.get("prospects", prospect)
    assert (row["name"], row["memo"]) == ("アクメ研究所", "")
    assert reverted.conflicts == ("アクメ研究所：名前は、あとから直した「アクメ研究所」を残しました",)


def test_reverting_an_import_keeps_whom_one_has_worked_with_since_whole(ws: Workspace) -> None:
    step, (first, second, third) = imported(ws, "山田 太郎", "佐藤 花子", "鈴木 一郎")
    process.move(ws, (first,), 2)
    follow_ups.plan(ws, second, "電話する", date(2026, 11, 24))
    reverted = history.revert(ws, step)
    assert names(ws) == ["山田 太郎", "佐藤 花子"]
    assert sorted(reverted.conflicts) == [
        "佐藤 花子：あとから使われているので、そのまま残しました",
        "山田 太郎：あとから使われているので、そのまま残しました",
    ]
    kept = customers.detail(ws, first)
    assert kept is not None
    assert kept.row.stage == 2
    assert [point.value for point in kept.contacts[0].points] == ["user1@example.jp", "090-0000-0001"]
    assert customers.detail(ws, third) is None
    assert found(ws, "鈴木") == []


def test_reverting_is_itself_undone_exactly(ws: Workspace) -> None:
    step, ids = imported(ws, "山田 太郎", "佐藤 花子")
    process.move(ws, ids[:1], 2)
    history.revert(ws, step)
    history.undo(ws)
    assert names(ws) == ["山田 太郎", "佐藤 花子"]
    assert [row.stage for row in customers.rows(ws, ids)] == [2, 1]


def test_taking_back_a_void_brings_the_entry_back_and_can_be_undone(ws: Workspace) -> None:
    prospect = prospects.add(ws, person(), stage=4).created[0]
    with ws.store.read() as reader:
        entry = reader.value("SELECT id FROM effective_transitions")
    voided = process.void_entry(ws, entry)
    prospects.edit(ws, prospect, memo="あとの仕事")
    assert voided.change_set is not None
    history.revert(ws, voided.change_set)
    assert customers.rows(ws, [prospect])[0].stage == 4
    history.undo(ws)
    assert customers.rows(ws, [prospect])[0].stage is None
    history.redo(ws)
    assert customers.rows(ws, [prospect])[0].stage == 4


def test_a_move_after_the_one_taken_back_stays(ws: Workspace) -> None:
    prospect = prospects.add(ws, person(), stage=1).created[0]
    first = process.move(ws, (prospect,), 2)
    process.move(ws, (prospect,), 3)
    assert first.change_set is not None
    history.revert(ws, first.change_set)
    found_now = customers.detail(ws, prospect)
    assert found_now is not None
    assert found_now.row.stage == 3
    assert sorted(found_now.path) == [1, 2, 3]


def test_another_window_learns_of_what_was_written(ws: Workspace) -> None:
    seen = history.mark(ws)
    assert history.poll(ws, seen) is None
    other = open_workspace(ws.store.path)
    prospects.add(other, person("山田 太郎"))
    other.store.close()
    news = history.poll(ws, seen)
    assert news is not None
    assert news.label == "山田 太郎を加えました"
    history.undo(ws)
    assert names(ws) == []


# --- erasing ---------------------------------------------------------------------------------------------------------
TRACES = ("寿限無", "じゅげむ", "ジュゲム", "jugemu", "070-9999-8888", "07099998888", "+817099998888", "五劫の")


def traces(folder: Path) -> list[tuple[str, str]]:
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    return [
        (name, trace)
        for name, content in files.items()
        for trace in TRACES
        if any(trace.encode(code) in content for code in ("utf-8", "utf-16-le"))
    ]


def somebody_to_forget(ws: Workspace) -> int:
    jugemu = person(
        "寿限無 ジュゲム",
        kana="ジュゲム ジュゲム",
        emails=("jugemu@example.jp",),
        note="五劫のすりきれ",
        tags=("落語",),
    )
    prospect = prospects.add(ws, jugemu, stage=1).created[0]
    contact = customers.detail(ws, prospect).contacts[0].id  # type: ignore[union-attr]
    prospects.edit_contact(
        ws, contact, {"title": "寿限無係"}, [("mail", "", "jugemu@example.jp"), ("phone", "", "070-9999-8888")]
    )
    process.move(ws, (prospect,), 3)
    follow_ups.plan(ws, prospect, "寿限無さんに電話", date(2026, 11, 24))
    prospects.note(ws, prospect, "voice", "五劫のすりきれ")
    prospects.put_deal(ws, prospect, name="寿限無システム", expected_yen=1_000_000)
    prospects.answer(ws, prospect, 3, "寿限無さん本人", is_fact=True)
    process.lose(ws, (prospect,), "budget", "寿限無さんの都合")
    prospects.remove_contact(ws, contact)
    return prospect


def figures(ws: Workspace) -> object:
    return numbers.as_json(numbers.compute(ws), ws.zone)


def test_no_byte_of_an_erased_person_is_left(ws: Workspace) -> None:
    prospects.add(ws, reachable("山田 太郎", "アクメ", 1), stage=2)
    prospect = somebody_to_forget(ws)
    assert traces(ws.folder), "the test would see what was there"
    prospects.erase(ws, prospect)
    assert traces(ws.folder) == []
    ws.store.close()
    assert traces(ws.folder) == []


def test_an_erased_person_is_not_found_and_leaves_every_rate_as_it_was(ws: Workspace) -> None:
    prospects.add(ws, reachable("山田 太郎", "アクメ", 1), stage=2)
    prospect = somebody_to_forget(ws)
    before = figures(ws)
    prospects.erase(ws, prospect)
    after = figures(ws)
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    for part in ("prospects", "entries", "snapshot", "stages", "cohorts", "recycle", "sources"):
        assert after.get(part) == before.get(part), part
    assert found(ws, "寿限無") == []
    assert names(ws) == ["アクメ"]
    connection = connect(ws.store.path)
    assert derived.differences(connection) == []
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_erasing_cannot_be_undone_but_the_rest_can(ws: Workspace) -> None:
    step, (first, second) = imported(ws, "寿限無 ジュゲム", "佐藤 花子")
    process.move(ws, (first, second), 2)
    prospects.edit(ws, second, memo="大事な人")
    prospects.erase(ws, first)
    while history.undo(ws):
        assert names(ws) in (["佐藤 花子"], [])
    assert names(ws) == []
    while history.redo(ws):
        assert found(ws, "寿限無") == []
    assert names(ws) == ["佐藤 花子"]
    assert customers.rows(ws, [second])[0].stage == 2
    history.revert(ws, step)
    assert found(ws, "寿限無") == []
    ws.store.close()
    assert [trace for trace in traces(ws.folder) if trace[1] == "寿限無"] == []


def test_erasing_the_surviving_one_erases_those_merged_into_it(ws: Workspace) -> None:
    prospect = somebody_to_forget(ws)
    other = prospects.add(ws, person("佐藤 花子"), stage=1).created[0]
    with ws.store.write("まとめました", ws.now_us()) as work:
        work.update("prospects", prospect, merged_into_id=other)
    prospects.erase(ws, other)
    assert traces(ws.folder) == []
    assert names(ws) == []


def test_while_somebody_else_reads_the_file_erasing_says_that_traces_are_left(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    prospect = somebody_to_forget(ws)
    other = connect(ws.store.path)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM prospects").fetchone()
    monkeypatch.setattr(erasure, "PATIENCE_MS", 50)
    with pytest.raises(UserError, match="もう一度消去してください"):
        prospects.erase(ws, prospect)
    other.close()
    prospects.erase(ws, prospect)
    assert traces(ws.folder) == []


def test_the_search_index_of_everybody_else_survives_the_scrubbing(ws: Workspace) -> None:
    prospects.add(ws, reachable("山田 太郎", "アクメ", 1), stage=2)
    prospects.erase(ws, somebody_to_forget(ws))
    with ws.store.read() as reader:
        assert len(search.find(reader, "user1@example").ids) == 1
        assert len(search.find(reader, "田太郎").ids) == 1
