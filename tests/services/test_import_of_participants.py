"""Participants of a meetup: who was there is ticked, everybody else is offered without a tick; and known again next time."""

from pathlib import Path

import pytest

from soloflow.services import importing
from soloflow.services.import_words import describe, kind_name
from soloflow.services.workspace import Workspace
from soloflow.store.recognition import stored_people

SAMPLE = Path(__file__).parents[1] / "fixtures" / "capture" / "event_345678_participants.csv"
HEAD = "参加枠名,ユーザー名,表示名,参加ステータス,出欠ステータス,出席日時"


def participants(folder: Path, *rows: str) -> Path:
    path = folder / "event_1_participants.csv"
    path.write_bytes("\r\n".join((HEAD, *rows, "")).encode("cp932"))
    return path


def names(ws: Workspace) -> list[str]:
    with ws.store.read() as reader:
        return [person.name for _contact, _prospect, person in stored_people(reader, ws.zone)]


def test_only_who_was_there_is_ticked(ws: Workspace) -> None:
    items = importing.preview(ws, SAMPLE).items
    unticked = {item.person.handle for item in items if not item.take}
    assert unticked == {"dev_00", "dev_04", "dev_05", "dev_09", "dev_10"}
    assert all(item.enters for item in items if item.take)
    assert not any(item.enters for item in items if not item.take)


def test_the_words_before_an_import_say_how_many_are_left_out(ws: Workspace, tmp_path: Path) -> None:
    assert "来なかった5人" in describe(importing.preview(ws, SAMPLE))
    everybody = participants(tmp_path, "一般,dev_01,山田,参加,出席,2026/10/20 19:02")
    assert "来なかった" not in describe(importing.preview(ws, everybody))


def test_who_was_not_there_is_not_brought_in_but_counted(ws: Workspace) -> None:
    preview = importing.preview(ws, SAMPLE)
    _changes, report = importing.commit(ws, preview)
    assert (report.rows, report.created, report.set_aside, report.wrong) == (14, 9, 5, 0)
    assert "佐藤結衣" not in names(ws)
    assert len(names(ws)) == 9


def test_a_tick_by_hand_brings_in_who_was_not_there(ws: Workspace, tmp_path: Path) -> None:
    path = participants(tmp_path, "一般,dev_01,山田,参加キャンセル,,")
    preview = importing.preview(ws, path)
    importing.commit(ws, preview, [importing.choose(preview.items[0], take=True)])
    assert names(ws) == ["山田"]


def test_a_correction_does_not_tick_who_was_not_there(ws: Workspace, tmp_path: Path) -> None:
    item = importing.preview(ws, participants(tmp_path, "一般,dev_01,山田,補欠,,")).items[0]
    assert importing.amend(ws, item, "company", "株式会社アクメ").take is False


def test_a_participant_is_known_again_at_the_next_event(ws: Workspace, tmp_path: Path) -> None:
    importing.commit(ws, importing.preview(ws, participants(tmp_path, "一般,dev_01,山田,参加,出席,2026/10/20 19:02")))
    again = participants(
        tmp_path, "一般,dev_01,山田,参加,出席,2026/11/20 19:02", "一般,dev_02,山田,参加,出席,2026/11/20 19:02"
    )
    known, namesake = importing.preview(ws, again).items
    assert (known.verdict, known.match.kind if known.match else "") == ("update", "sure")
    assert [change.field for change in known.changes] == ["met_on"]
    assert namesake.verdict == "ask"


def test_a_known_participant_who_cancelled_changes_nothing_by_itself(ws: Workspace, tmp_path: Path) -> None:
    importing.commit(ws, importing.preview(ws, participants(tmp_path, "一般,dev_01,山田,参加,出席,2026/10/20 19:02")))
    preview = importing.preview(ws, participants(tmp_path, "一般,dev_01,山田,参加キャンセル,出席,"))
    changes, report = importing.commit(ws, preview)
    assert changes.change_set is None
    assert (report.same, report.created, report.updated) == (1, 0, 0)


@pytest.mark.parametrize(
    "kind", ["connpass", "sansan", "thunderbird", "mecard", "soloflow", "google", "outlook", "eight"]
)
def test_every_shape_has_a_name(kind: str) -> None:
    assert kind_name(kind) != kind
