"""What was chosen on the screen and taken away elsewhere before it was saved: nothing is lost, nothing is written into what is gone."""

from dataclasses import replace
from pathlib import Path

import pytest

from profiles import person, reachable
from soloflow.domain.errors import UserError
from soloflow.services import bulk, capturing, evening, history, importing, meetups, merging, process, prospects
from soloflow.services.duplicates import pair_of
from soloflow.services.workspace import Workspace

EIGHT = "会社名,部署名,役職,氏名,e-mail,郵便番号,住所,TEL会社,TEL部門,TEL直通,Fax,携帯電話,URL,名刺交換日"


def living(ws: Workspace) -> list[tuple[int, str | None]]:
    """Every customer that is there with the name of each of their contacts."""
    with ws.store.read() as reader:
        rows = reader.rows(
            "SELECT s.prospect_id, c.name FROM prospect_states s LEFT JOIN contacts c USING (prospect_id) ORDER BY 1, c.id"
        )
    return [(row[0], row[1]) for row in rows]


def in_rates(ws: Workspace) -> list[int]:
    with ws.store.read() as reader:
        return reader.column("SELECT DISTINCT prospect_id FROM effective_transitions")


def card(folder: Path) -> Path:
    file = folder / "Eight.csv"
    file.write_text(f"{EIGHT}\n旧社,,部長,山田 太郎,user1@example.jp,,,,,,,,,2026/11/20", encoding="utf-8")
    return file


def test_a_line_for_somebody_taken_away_meanwhile_is_somebody_new(ws: Workspace) -> None:
    prospects.add(ws, reachable("山田 太郎", "旧社", 1))
    (entry,) = capturing.read(ws, "山田 太郎 明日 電話")
    prospects.remove_contact(ws, 1)
    capturing.save(ws, (replace(entry, contact=1),))
    assert living(ws) == [(1, None), (2, "山田 太郎")]


def test_a_line_for_a_customer_deleted_meanwhile_is_not_written_into_what_is_gone(ws: Workspace) -> None:
    old = prospects.add(ws, reachable("山田 太郎", "旧社", 1)).created[0]
    (entry,) = capturing.read(ws, "鈴木 花子 明日 電話")
    prospects.remove(ws, (old,))
    capturing.save(ws, (replace(entry, prospect=old), replace(entry, contact=1)))
    assert [name for _customer, name in living(ws)] == ["鈴木 花子", "鈴木 花子"]
    assert old not in in_rates(ws)


def test_a_line_for_a_customer_merged_meanwhile_goes_to_the_one_that_stays(ws: Workspace) -> None:
    stays = prospects.add(ws, reachable("山田 太郎", "アクメ", 1)).created[0]
    gone = prospects.add(ws, reachable("佐藤 次郎", "(株)アクメ", 2)).created[0]
    (entry,) = capturing.read(ws, "鈴木 花子")
    merging.merge(ws, pair_of("prospect", stays, gone))
    capturing.save(ws, (replace(entry, prospect=gone),))
    assert (stays, "鈴木 花子") in living(ws)


def test_a_line_of_a_meetup_taken_back_meanwhile_is_kept_without_it(ws: Workspace) -> None:
    meetup = meetups.create(ws, "夜話", ws.today()).created[0]
    history.undo(ws)
    capturing.save(ws, capturing.read(ws, "山田 太郎", meetup=meetup))
    assert [name for _customer, name in living(ws)] == ["山田 太郎"]


def test_a_row_about_somebody_deleted_since_the_preview_makes_somebody_new(ws: Workspace, tmp_path: Path) -> None:
    old = prospects.add(ws, reachable("山田 太郎", "旧社", 1)).created[0]
    seen = importing.preview(ws, card(tmp_path))
    prospects.remove(ws, (old,))
    with pytest.raises(importing.OutdatedError):
        importing.commit(ws, seen)
    seen = importing.preview(ws, card(tmp_path))
    _changes, report = importing.commit(ws, seen, [importing.choose(one, take=True, enters=True) for one in seen.items])
    assert (report.created, report.updated) == (1, 0)
    assert living(ws) == [(old + 1, "山田 太郎")]
    assert in_rates(ws) == [old + 1]


def test_an_import_for_a_meetup_taken_back_since_says_so_and_writes_nothing(ws: Workspace, tmp_path: Path) -> None:
    meetup = meetups.create(ws, "夜話", ws.today()).created[0]
    history.undo(ws)
    with pytest.raises(UserError, match="勉強会"):
        importing.commit(ws, importing.preview(ws, card(tmp_path)), meetup=meetup)
    assert living(ws) == []


@pytest.mark.parametrize("act", [lambda ws: process.move(ws, (1,), 2), lambda ws: process.lose(ws, (1,), "budget")])
def test_who_was_deleted_elsewhere_is_not_moved_and_in_no_rate(ws: Workspace, act) -> None:
    prospects.add(ws, person("山田 太郎"), stage=1)
    prospects.remove(ws, (1,))
    with pytest.raises(UserError, match="もうありません"):
        act(ws)
    assert in_rates(ws) == []


def test_the_evening_of_a_meetup_taken_back_meanwhile_is_empty(ws: Workspace) -> None:
    meetup = meetups.create(ws, "夜話", ws.today()).created[0]
    history.undo(ws)
    assert evening.met(ws, meetup) == []
    assert not evening.has_lines(ws, meetup)
    assert evening.take_back(ws, meetup).change_set is None


@pytest.mark.parametrize(
    "act",
    [
        lambda ws: prospects.edit(ws, 9, memo="メモ"),
        lambda ws: prospects.note(ws, 9, "note", "話した"),
        lambda ws: merging.absorb(ws, 1, 9),
        lambda ws: merging.pair_for(ws, 1, 9),
    ],
)
def test_who_is_gone_altogether_is_said_in_a_sentence(ws: Workspace, act) -> None:
    prospects.add(ws, person("山田 太郎"), stage=1)
    with pytest.raises(UserError, match="もうありません"):
        act(ws)


def test_a_tag_for_nobody_is_not_made(ws: Workspace) -> None:
    assert bulk.tag(ws, (9,), ("EC",)).change_set is None
    assert history.peek(ws) == (None, None)
