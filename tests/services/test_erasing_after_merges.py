"""消去 after merges, changes of jobs, imports and suggestions: all of the person goes, and nothing of anybody else."""

import sqlite3
import threading
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from profiles import person, reachable
from soloflow.services import (
    capturing,
    duplicates,
    history,
    importing,
    meetups,
    merging,
    process,
    prospects,
    reporting,
    views,
)
from soloflow.services.duplicates import pair_of
from soloflow.services.workspace import Workspace
from soloflow.store import whole
from soloflow.store.filters import Filter

SECRET = "寿限無"
"""Stands in everything that is the erased person's."""


def rows(ws: Workspace, table: str) -> list[dict[str, object]]:
    with ws.store.read() as reader:
        return [dict(row) for row in reader.rows(f"SELECT * FROM {table} ORDER BY id")]


def people(ws: Workspace) -> list[tuple[object, object]]:
    return [(row["prospect_id"], row["name"]) for row in rows(ws, "contacts")]


def values(ws: Workspace) -> list[object]:
    return [row["value"] for row in rows(ws, "contact_points")]


def has_traces(ws: Workspace) -> bool:
    ws.store.close()
    return any(SECRET.encode() in path.read_bytes() for path in ws.folder.glob("soloflow.db*"))


def twins(ws: Workspace) -> tuple[int, int]:
    """Two customers of one name, each with a mail and a number."""
    one = prospects.add(ws, reachable("山田 太郎", "", 1), stage=1).created[0]
    other = prospects.add(ws, reachable("山田 太郎", "", 2), stage=1).created[0]
    merging.merge(ws, pair_of("contact", 1, 2))
    return one, other


@pytest.mark.parametrize("as_older_step", [False, True])
def test_who_was_merged_by_mistake_keeps_everything_when_the_other_is_erased(
    ws: Workspace, as_older_step: bool
) -> None:
    one, other = twins(ws)
    if as_older_step:
        history.revert(ws, history.steps(ws)[0].id)
    else:
        history.undo(ws)
    prospects.erase(ws, one)
    assert people(ws) == [(other, "山田 太郎")]
    assert values(ws) == ["user2@example.jp", "090-0000-0002"]
    assert history.redo(ws) is None
    history.undo(ws)
    assert people(ws) == [], "the step before the merge is the next one, and nobody was hidden meanwhile"
    assert whole.faults(ws.store.path) == []


def test_who_changed_jobs_stays_when_the_old_company_is_erased(ws: Workspace) -> None:
    old = prospects.add(ws, reachable("山田 太郎", "旧社", 1)).created[0]
    new = prospects.add(ws, reachable("山田 太郎", "新社", 2)).created[0]
    merging.merge(ws, pair_of("contact", 1, 2), {"company": "second"})
    assert people(ws) == [(new, "山田 太郎")]
    prospects.erase(ws, old)
    assert people(ws) == [(new, "山田 太郎")]
    assert sorted(map(str, values(ws))) == ["090-0000-0001", "090-0000-0002", "user1@example.jp", "user2@example.jp"]


def test_nothing_of_a_merge_that_was_taken_back_is_left_at_the_other(ws: Workspace) -> None:
    prospects.add(ws, person("山田 太郎"))
    gone = prospects.add(ws, person("山田 太郎", note=f"{SECRET}の話")).created[0]
    prospects.edit(ws, gone, memo=f"{SECRET}メモ")
    for prospect in (1, gone):
        prospects.answer(ws, prospect, 1, f"{SECRET}{prospect}" if prospect == gone else "別", is_fact=True)
    merging.merge(ws, pair_of("contact", 1, 2))
    history.undo(ws)
    prospects.erase(ws, gone)
    assert not has_traces(ws)


def test_the_name_goes_out_of_what_was_told_apart(ws: Workspace) -> None:
    gone = prospects.add(ws, person(f"{SECRET} 太郎")).created[0]
    prospects.add(ws, person("山田 太郎"))
    duplicates.tell_apart(ws, pair_of("contact", 1, 2))
    prospects.erase(ws, gone)
    assert not has_traces(ws)


def test_the_name_goes_out_of_the_names_of_imported_files(ws: Workspace, tmp_path: Path) -> None:
    card = tmp_path / f"{SECRET}_太郎.vcf"
    card.write_text(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{SECRET};太郎;;;\r\nFN:{SECRET} 太郎\r\nEND:VCARD\r\n", encoding="utf-8"
    )
    changes, _report = importing.commit(ws, importing.preview(ws, card))
    prospects.erase(ws, changes.created[0])
    assert [row["name"] for row in rows(ws, "imports")] == ["….vcf"]
    assert not has_traces(ws)


def test_a_kept_search_for_the_person_goes_and_the_others_stay(ws: Workspace) -> None:
    gone = prospects.add(ws, person(f"{SECRET} 太郎")).created[0]
    views.save(ws, "あの人", Filter(text=f"{SECRET}太郎"), "name")
    views.save(ws, "在庫", Filter(text="在庫"), "name")
    prospects.erase(ws, gone)
    assert [row["name"] for row in rows(ws, "saved_views")] == ["在庫"]
    assert not has_traces(ws)


def test_a_meetup_by_which_somebody_erased_came_stays_and_undo_goes_on(ws: Workspace) -> None:
    prospects.add(ws, person("山田 太郎"))
    meetup = meetups.create(ws, "夜話", ws.today()).created[0]
    capturing.save(ws, capturing.read(ws, f"{SECRET} 太郎 明日 電話", meetup=meetup))
    prospects.erase(ws, 2)
    while history.undo(ws):
        assert whole.faults(ws.store.path) == []
    assert people(ws) == []
    assert [row["name"] for row in rows(ws, "sources")] == ["夜話"], "a rate by source still counts who came by it"
    assert not has_traces(ws)


def test_a_deleted_note_about_somebody_erased_does_not_stop_undo(ws: Workspace) -> None:
    prospects.add(ws, person("山田 太郎", "旧社"))
    new = prospects.add(ws, person("鈴木 花子", "新社")).created[0]
    with ws.store.write("メモ", ws.now_us()) as work:
        note = work.insert("activities", prospect_id=1, contact_id=1, kind="note", at_us=1, text=f"{SECRET}の件")
    prospects.edit_note(ws, note, "")
    with ws.store.write("移した", ws.now_us()) as work:
        work.update("contacts", 1, prospect_id=new)
    prospects.erase(ws, new)
    while history.undo(ws):
        assert whole.faults(ws.store.path) == []
    assert not has_traces(ws)


def test_undo_and_redo_go_on_after_the_old_company_of_somebody_was_erased(ws: Workspace) -> None:
    old = prospects.add(ws, reachable("山田 太郎", "旧社", 1)).created[0]
    new = prospects.add(ws, reachable("山田 太郎", "新社", 2)).created[0]
    merging.merge(ws, pair_of("contact", 1, 2), {"company": "second"})
    prospects.erase(ws, old)
    while history.undo(ws):
        assert whole.faults(ws.store.path) == []
        assert old not in [customer for customer, _name in people(ws)]
    while history.redo(ws):
        assert whole.faults(ws.store.path) == []
        assert old not in [customer for customer, _name in people(ws)]
    assert people(ws) == [(new, "山田 太郎")]


def test_a_customer_whose_note_goes_with_somebody_erased_stands_as_its_record_says(ws: Workspace) -> None:
    prospects.add(ws, person("山田 太郎", "旧社"))
    new = prospects.add(ws, person("鈴木 花子", "新社")).created[0]
    with ws.store.write("会った", ws.now_us()) as work:
        work.insert("activities", prospect_id=1, contact_id=1, kind="card", at_us=1, text=f"{SECRET}の件")
        work.update("contacts", 1, prospect_id=new)
    prospects.erase(ws, new)
    assert whole.faults(ws.store.path) == []


def test_the_months_in_which_only_somebody_erased_came_can_be_reported_still(ws: Workspace) -> None:
    first = prospects.add(ws, person("最初 の人")).created[0]
    process.move(ws, [first], 1, date(2026, 8, 31))
    before = reporting.months(ws)
    assert len(before) == 4
    prospects.erase(ws, first)
    assert reporting.months(ws) == before
    assert reporting.made(ws, reporting.Wanted(date(2026, 8, 1))).title == "2026年8月"


def test_who_is_reading_meanwhile_reads_on_and_nothing_stays_in_the_file(ws: Workspace) -> None:
    gone, _stays = (prospects.add(ws, person(name)).created[0] for name in (SECRET, "佐藤 花子"))
    began, found = threading.Event(), []

    def read() -> None:
        with ws.store.read() as reader:
            names = iter(reader.tuples("SELECT name FROM prospects ORDER BY id"))
            found.append(next(names))
            began.set()
            with closing(sqlite3.connect(ws.store.path)) as beside:
                while beside.execute("SELECT erased_us FROM prospects WHERE id = ?", (gone,)).fetchone() == (None,):
                    time.sleep(0.01)
            found.extend(names)

    thread = threading.Thread(target=read)
    thread.start()
    assert began.wait(20)
    prospects.erase(ws, gone)
    thread.join()
    assert found == [(SECRET,), ("佐藤 花子",)]
    files = [one for one in ws.folder.iterdir() if one.name.startswith(ws.store.path.name)]
    assert not [one.name for one in files if SECRET.encode() in one.read_bytes()]
