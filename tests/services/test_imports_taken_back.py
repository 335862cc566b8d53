"""The list of past imports, and taking one back at any later time: what was edited since is kept and listed, exactly that."""

import csv
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eight_list import HEAD
from profiles import Clock, open_workspace, person
from soloflow.domain.errors import Cancelled, UserError
from soloflow.services import customers, follow_ups, history, importing, imports, process, prospects
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace
from soloflow.store import derived, whole
from soloflow.store.database import connect

KNOWN = 2_000
"""Of the people of the large file, those whom the program knew before."""
SIZE = 5_000


@pytest.fixture
def desk(database: Path, clock: Clock) -> Iterator[Workspace]:
    ws = open_workspace(database, clock)
    yield ws
    ws.store.close()


def a_file(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEAD)
        writer.writerows([row.get(name, "") for name in HEAD] for row in rows)
    return path


def card(number: int, title: str = "", **more: str) -> dict[str, str]:
    return {
        "会社名": f"第{number // 3}製作所", "役職": title, "氏名": f"山田 {number}郎", "e-mail": f"user{number}@example.jp",
        "名刺交換日": "2025/11/20", **more,
    }  # fmt: skip


def bring(ws: Workspace, path: Path) -> Changes:
    """Everybody is taken, and whoever only resembles somebody known is somebody else."""
    seen = importing.preview(ws, path)
    items = [
        importing.choose(
            item, take=item.verdict != "same", is_known=item.match is not None and item.match.kind == "sure"
        )
        for item in seen.items
    ]
    return importing.commit(ws, seen, items)[0]


def state(ws: Workspace, *, without: tuple[str, ...] = ("imports",)) -> dict[str, list[dict[str, Any]]]:
    """All facts as they count: no shells, no voided entries."""
    with ws.store.read() as reader:
        facts = whole.everything(reader)
        facts["stage_transitions"] = [
            dict(row) for row in reader.rows("SELECT * FROM effective_transitions ORDER BY id")
        ]
    facts["prospects"] = [row for row in facts["prospects"] if row["name"] or not row["deleted_us"]]
    return {table: rows for table, rows in facts.items() if table not in without}


def sound(ws: Workspace) -> None:
    connection = connect(ws.store.path)
    assert derived.differences(connection) == []
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def differing(
    before: dict[str, list[dict[str, Any]]], after: dict[str, list[dict[str, Any]]]
) -> set[tuple[str, int, str]]:
    """(table, id, column) of every value that is another; "*" for rows that came or went."""
    found: set[tuple[str, int, str]] = set()
    for table, rows_before in before.items():
        old, new = ({row["id"]: row for row in rows} for rows in (rows_before, after[table]))
        found |= {(table, row_id, "*") for row_id in old.keys() ^ new.keys()}
        found |= {
            (table, row_id, name)
            for row_id in old.keys() & new.keys()
            for name in old[row_id]
            if old[row_id][name] != new[row_id][name]
        }
    return found


def contact_of(ws: Workspace, mail: str) -> tuple[int, int]:
    with ws.store.read() as reader:
        row = reader.row(
            "SELECT c.id, c.prospect_id FROM contacts c JOIN contact_points p ON p.contact_id = c.id WHERE p.value = ?",
            mail,
        )
    return row[0], row[1]


def half_known(ws: Workspace, folder: Path) -> tuple[dict[str, list[dict[str, Any]]], Changes]:
    """5,000 cards, of whom 2,000 were known under another title; (what was before, the import)."""
    bring(ws, a_file(folder / "before.csv", [card(number, "課長") for number in range(KNOWN)]))
    before = state(ws)
    newer = [card(number, "部長", 携帯電話=f"090-{number:04}-0000", 名刺交換日="2026/11/20") for number in range(SIZE)]
    return before, bring(ws, a_file(folder / "Eight.csv", newer))


# --- 5,000 with overwrites, 10 edited, taken back --------------------------------------------------------------------
def test_all_of_it_is_as_before_when_nothing_was_edited(desk: Workspace, tmp_path: Path) -> None:
    before, _changes = half_known(desk, tmp_path)
    after = state(desk)
    assert len(after["contacts"]) == SIZE
    taken = imports.take_back(desk, imports.past(desk)[0].id)
    assert taken.conflicts == ()
    assert state(desk) == before
    sound(desk)
    history.undo(desk)
    assert state(desk) == after
    sound(desk)
    history.redo(desk)
    assert state(desk) == before


def test_exactly_what_was_edited_since_is_kept_and_listed(desk: Workspace, tmp_path: Path) -> None:
    before, _changes = half_known(desk, tmp_path)
    chance = random.Random(4)
    edited = chance.sample(range(KNOWN), 6)
    made = [3 * number for number in chance.sample(range(KNOWN // 3 + 1, SIZE // 3), 4)]
    for number in edited:
        contact, _home = contact_of(desk, f"user{number}@example.jp")
        prospects.edit_contact(desk, contact, {"title": f"役員{number}"})
    kept_homes = set()
    for number in made:
        _contact, home = contact_of(desk, f"user{number}@example.jp")
        prospects.edit(desk, home, memo=f"大事な会社{number}")
        kept_homes.add(home)
    now = state(desk)
    taken = imports.take_back(desk, imports.past(desk)[0].id)
    expected = {f"第{n // 3}製作所 山田 {n}郎：役職は、あとから直した「役員{n}」を残しました" for n in edited}
    expected |= {f"第{n // 3}製作所：メモは、あとから直した「大事な会社{n}」を残しました" for n in made}
    assert set(taken.conflicts) == expected
    assert len(taken.conflicts) == 10
    after = state(desk)
    left = {("contacts", contact_of(desk, f"user{number}@example.jp")[0], "title") for number in edited}
    contacts = {row["id"] for row in now["contacts"] if row["prospect_id"] in kept_homes}
    for table in ("prospects", "contacts", "activities", "contact_points", "stage_transitions"):
        for row in now[table]:
            owner = row["id"] if table == "prospects" else row.get("prospect_id")
            if owner in kept_homes or row.get("contact_id") in contacts:
                left.add((table, row["id"], "*"))
    assert differing(before, after) == left
    whole_now = {table: {row["id"]: row for row in rows} for table, rows in now.items()}
    assert all(row == whole_now["prospects"][row["id"]] for row in after["prospects"] if row["id"] in kept_homes)
    sound(desk)
    history.undo(desk)
    assert state(desk) == now


def test_other_imports_moves_and_merges_in_between_do_not_matter(desk: Workspace, tmp_path: Path) -> None:
    """The small form of it, with everything that can lie between."""
    bring(desk, a_file(tmp_path / "a.csv", [card(number, "課長") for number in range(30)]))
    before = state(desk)
    bring(desk, a_file(tmp_path / "b.csv", [card(number, "部長", 名刺交換日="2026/11/20") for number in range(60)]))
    second = imports.past(desk)[0].id
    others = [card(number, "顧問", 名刺交換日="2026/11/21") for number in (3, 90, 91, 92)]
    bring(desk, a_file(tmp_path / "c.csv", others))
    _contact, moved = contact_of(desk, "user45@example.jp")
    process.move(desk, (moved,), 2)
    _contact, old = contact_of(desk, "user0@example.jp")
    process.move(desk, (old,), 3)
    _contact, merged = contact_of(desk, "user48@example.jp")
    with desk.store.write("まとめました", desk.now_us()) as work:
        for contact in work.reader.ids("contacts", prospect_id=merged):
            work.update("contacts", contact, prospect_id=old)
        work.update("prospects", merged, merged_into_id=old)
    taken = imports.take_back(desk, second)
    after = state(desk)
    assert set(taken.conflicts) == {
        "第1製作所 山田 3郎：役職は、あとから直した「顧問」を残しました",
        "第15製作所：あとから使われているので、そのまま残しました",
        "第16製作所：まとめ先は、あとから直した「第0製作所」を残しました",
        *(f"第0製作所 山田 {n}郎：どの顧客の連絡先かは、あとから直した「第0製作所」を残しました" for n in (48, 49, 50)),
    }
    titles = {row["name"]: row["title"] for row in after["contacts"]}
    old_titles = {row["name"]: row["title"] for row in before["contacts"]}
    assert {name for name in old_titles if titles[name] != old_titles[name]} == {"山田 3郎"}
    assert {name for name in titles if name not in old_titles} == {
        f"山田 {n}郎" for n in (45, 46, 47, 48, 49, 50, 90, 91, 92)
    }
    found = customers.detail(desk, old)
    assert found is not None
    assert found.row.stage == 3
    with desk.store.read() as reader:
        points = reader.value(
            "SELECT count(*) FROM contact_points p JOIN contacts c ON c.id = p.contact_id WHERE c.name LIKE '山田 48%'"
        )
    assert points == 1, "who is kept keeps how to reach them"
    sound(desk)
    while history.undo(desk):
        sound(desk)
    assert not any(state(desk)[table] for table in ("prospects", "contacts", "contact_points", "activities"))


def test_a_contact_added_to_an_older_customer_is_kept_whole_once_it_was_edited(desk: Workspace, tmp_path: Path) -> None:
    bring(desk, a_file(tmp_path / "a.csv", [card(0)]))
    bring(desk, a_file(tmp_path / "b.csv", [card(1, 携帯電話="090-1111-0000"), card(2, 携帯電話="090-2222-0000")]))
    contact, _home = contact_of(desk, "user1@example.jp")
    prospects.edit_contact(desk, contact, {"role": "決める人"})
    taken = imports.take_back(desk, imports.past(desk)[0].id)
    assert taken.conflicts == ("第0製作所 山田 1郎：立場は、あとから直した「決める人」を残しました",)
    with desk.store.read() as reader:
        assert reader.column("SELECT name FROM contacts ORDER BY id") == ["山田 0郎", "山田 1郎"]
        assert reader.column("SELECT value FROM contact_points WHERE contact_id = ? ORDER BY id", contact) == [
            "user1@example.jp", "090-1111-0000",
        ]  # fmt: skip
    sound(desk)


def test_who_was_deleted_since_is_not_listed_and_stays_deleted(desk: Workspace, tmp_path: Path) -> None:
    bring(desk, a_file(tmp_path / "a.csv", [card(0), card(3)]))
    _contact, home = contact_of(desk, "user0@example.jp")
    prospects.remove(desk, (home,))
    taken = imports.take_back(desk, imports.past(desk)[0].id)
    assert taken.conflicts == ()
    assert len(customers.listing(desk, customers.Filter()).ids) == 0
    sound(desk)


def test_mails_exchanged_since_stay_as_they_are(desk: Workspace, tmp_path: Path) -> None:
    changes = prospects.add(desk, person("山田 太郎", emails=("a@example.jp",)))
    found = customers.detail(desk, changes.created[0])
    assert found is not None
    contact = found.contacts[0].id
    step = prospects.edit_contact(desk, contact, {}, [("mail", "", "b@example.jp")])
    prospects.edit_contact(desk, contact, {}, [("mail", "", "c@example.jp")])
    assert step.change_set is not None
    taken = history.revert(desk, step.change_set)
    with desk.store.read() as reader:
        assert reader.column("SELECT value FROM contact_points") == ["c@example.jp"]
    assert taken.conflicts == ("山田 太郎：連絡手段は、あとから直した「c@example.jp」を残しました",)
    sound(desk)


def test_a_tag_given_again_since_is_there_once(desk: Workspace) -> None:
    one = prospects.add(desk, person("山田 太郎", tags=("在庫",))).created[0]
    with desk.store.read() as reader:
        tag = reader.find("tags", name="在庫")
    assert tag is not None
    untagged = prospects.untag(desk, one, tag)
    prospects.tag(desk, (one,), "在庫")
    assert untagged.change_set is not None
    history.revert(desk, untagged.change_set)
    assert [row["tag_id"] for row in state(desk)["prospect_tags"]] == [tag]


def test_a_note_whose_customer_is_gone_does_not_come_back(desk: Workspace) -> None:
    made = prospects.add(desk, person("山田 太郎"))
    noted = prospects.note(desk, made.created[0], "note", "メモ")
    removed = prospects.edit_note(desk, noted.created[0], "")
    assert made.change_set is not None
    assert removed.change_set is not None
    history.revert(desk, made.change_set)
    history.revert(desk, removed.change_set)
    assert state(desk)["activities"] == []
    sound(desk)


def test_taking_back_what_was_taken_back_puts_the_import_there_again(desk: Workspace, tmp_path: Path) -> None:
    bring(desk, a_file(tmp_path / "a.csv", [card(number) for number in range(20)]))
    full = state(desk, without=())
    taken = imports.take_back(desk, imports.past(desk)[0].id)
    prospects.add(desk, person("佐藤 花子"))
    assert taken.change_set is not None
    history.revert(desk, taken.change_set)
    assert imports.past(desk)[0].stands
    again = state(desk, without=())
    assert differing(full, again) == {("prospects", row["id"], "*") for row in again["prospects"][-1:]} | {
        ("contacts", row["id"], "*") for row in again["contacts"][-1:]
    }
    sound(desk)


def test_stopping_it_takes_nothing_back(desk: Workspace, tmp_path: Path) -> None:
    bring(desk, a_file(tmp_path / "a.csv", [card(number) for number in range(300)]))
    before = state(desk)

    class Impatient:
        seen = 0

        def report(self, done: int, total: int | None = None, text: str = "") -> None:
            self.seen += 1

        def check(self) -> None:
            if self.seen > 2:
                raise Cancelled

    with pytest.raises(Cancelled):
        imports.take_back(desk, imports.past(desk)[0].id, Impatient())
    assert state(desk) == before


# --- the list --------------------------------------------------------------------------------------------------------
def test_the_list_says_what_was_brought_in_and_what_became_of_it(desk: Workspace, clock: Clock, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv", "c.csv"):
        number = 10 * (ord(name[0]) - 96)
        bring(desk, a_file(tmp_path / name, [card(number), card(number + 1)]))
        clock.forward(days=1)
    history.undo(desk)
    first, second = imports.past(desk)[2], imports.past(desk)[1]
    imports.take_back(desk, first.id)
    assert [(one.name, one.fate) for one in imports.past(desk)] == [
        ("c.csv", "undone"), ("b.csv", "stands"), ("a.csv", "taken_back"),
    ]  # fmt: skip
    shown = imports.past(desk)[2]
    assert shown.taken_back_at is not None
    assert (shown.at.date(), shown.taken_back_at.date()) == (date(2026, 11, 21), date(2026, 11, 24))
    assert imports.fate_sentence(desk, shown) == "11/24(火)に取り消しました"
    assert (second.report.created, second.encoding, second.kind) == (2, "utf-8-sig", "Eight の名刺リスト")
    assert imports.counts_sentence(second.report) == "新規 2"


def test_an_import_that_wrote_nothing_is_not_listed(desk: Workspace, tmp_path: Path) -> None:
    file = a_file(tmp_path / "a.csv", [card(1)])
    bring(desk, file)
    bring(desk, file)
    assert len(imports.past(desk)) == 1


def test_an_import_is_taken_back_once(desk: Workspace, tmp_path: Path) -> None:
    bring(desk, a_file(tmp_path / "a.csv", [card(1)]))
    one = imports.past(desk)[0].id
    imports.take_back(desk, one)
    with pytest.raises(UserError, match="もう取り消してあります"):
        imports.take_back(desk, one)
    with pytest.raises(UserError, match="99番の取り込みはありません"):
        imports.take_back(desk, 99)


def test_other_large_steps_are_listed_beside_the_imports(desk: Workspace, tmp_path: Path) -> None:
    bring(desk, a_file(tmp_path / "a.csv", [card(3 * number) for number in range(30)]))
    with desk.store.read() as reader:
        every = reader.ids("prospects")
    prospects.tag(desk, every, "展示会")
    follow_ups.plan(desk, every[0], "電話する", desk.today())
    (step,) = imports.large_steps(desk)
    assert step.label == "#展示会 を付けました"
    taken = history.revert(desk, step.change_set)
    assert taken.conflicts == ()
    assert state(desk)["prospect_tags"] == []
