"""What was said of the columns of a file once is known the next time, and can be forgotten."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from soloflow.domain.errors import UserError
from soloflow.services import history, importing, mappings
from soloflow.services.mappings import Unmapped
from soloflow.services.workspace import Workspace
from soloflow.store.database import FILE_NAME, open_store

HEAD = "会社名,担当者,携帯,きっかけ\n"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    store = open_store(tmp_path / FILE_NAME)
    yield Workspace(store, tmp_path, lambda: datetime(2026, 11, 21, 3, 0, tzinfo=UTC), ZoneInfo("Asia/Tokyo"))
    store.close()


def a_file(folder: Path, text: str, name: str = "名簿.csv", encoding: str = "cp932") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def asked(ws: Workspace, path: Path) -> mappings.Table:
    with pytest.raises(Unmapped) as question:
        importing.preview(ws, path)
    return question.value.table


def test_a_file_is_previewed_and_imported_by_its_mapping(ws: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, HEAD + "アクメ,山田 太郎,090-1111-2222,展示会\n")
    table = asked(ws, path)
    preview = importing.preview(ws, path, mapping=table.suggested)
    assert (preview.mapping, preview.is_remembered) == (table.suggested, False)
    _changes, report = importing.commit(ws, preview)
    assert (report.rows, report.created) == (1, 1)


def test_the_same_header_is_understood_the_next_time_wherever_it_stands(ws: Workspace, tmp_path: Path) -> None:
    table = asked(ws, a_file(tmp_path, HEAD + "アクメ,山田 太郎,,\n"))
    chosen = mappings.with_choices(table, table.suggested, {"きっかけ": "tag"})
    mappings.remember(ws, table, chosen)
    later = a_file(
        tmp_path, "2027年の名簿\n\n" + HEAD.replace("携帯", "携帯 ") + "ビー,鈴木 花子,,紹介\n", "次.csv", "utf-8"
    )
    preview = importing.preview(ws, later)
    assert preview.is_remembered
    assert [(one.person.name, one.person.tags) for one in preview.items] == [("鈴木 花子", ("紹介",))]


def test_another_header_is_asked_about(ws: Workspace, tmp_path: Path) -> None:
    table = asked(ws, a_file(tmp_path, HEAD + "アクメ,山田 太郎,,\n"))
    mappings.remember(ws, table, table.suggested)
    asked(ws, a_file(tmp_path, "会社名,担当者,携帯\nアクメ,山田 太郎,\n", "別.csv"))


def test_a_mapping_is_replaced_listed_and_forgotten(ws: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, HEAD + "アクメ,山田 太郎,,\n")
    table = asked(ws, path)
    mappings.remember(ws, table, table.suggested)
    mappings.remember(ws, table, mappings.with_choices(table, table.suggested, {"きっかけ": "メモ"}))
    (kept,) = mappings.remembered(ws)
    assert kept.fields == ("company", "name", "mobile", "note")
    assert kept.headings == ("会社名", "担当者", "携帯", "きっかけ")
    mappings.forget(ws, kept.id)
    assert mappings.remembered(ws) == []
    asked(ws, path)


def test_forgetting_by_the_table_says_whether_there_was_anything(ws: Workspace, tmp_path: Path) -> None:
    table = asked(ws, a_file(tmp_path, HEAD + "アクメ,山田 太郎,,\n"))
    assert not mappings.forget_table(ws, table, table.suggested)
    mappings.remember(ws, table, table.suggested)
    assert mappings.forget_table(ws, table, table.suggested)


def test_remembering_is_no_change_that_undo_takes_back(ws: Workspace, tmp_path: Path) -> None:
    table = asked(ws, a_file(tmp_path, HEAD + "アクメ,山田 太郎,,\n"))
    mappings.remember(ws, table, table.suggested)
    assert history.peek(ws) == (None, None)


def test_a_table_without_a_header_is_not_remembered(ws: Workspace, tmp_path: Path) -> None:
    table = asked(ws, a_file(tmp_path, "山田 太郎,y@example.com\n鈴木 花子,s@example.com\n"))
    mappings.remember(ws, table, table.suggested)
    assert mappings.remembered(ws) == []


def test_a_damaged_memory_asks_again(ws: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, HEAD + "アクメ,山田 太郎,,\n")
    table = asked(ws, path)
    with ws.store.write("", ws.now_us(), journaled=False) as work:
        work.insert("column_mappings", header=table.key(table.suggested), body="{}", used_us=1)
    asked(ws, path)


def test_a_choice_of_a_column_or_field_that_does_not_exist_is_refused(ws: Workspace, tmp_path: Path) -> None:
    table = asked(ws, a_file(tmp_path, HEAD + "アクメ,山田 太郎,,\n"))
    with pytest.raises(UserError, match="きっかけ"):
        mappings.with_choices(table, table.suggested, {"どこにもない": "tag"})
    with pytest.raises(UserError, match="company"):
        mappings.with_choices(table, table.suggested, {"きっかけ": "banana"})


def test_a_suggestion_is_told_in_words(ws: Workspace, tmp_path: Path) -> None:
    table = asked(ws, a_file(tmp_path, HEAD + "アクメ,山田 太郎,,展示会\nアクメ,鈴木 花子,,\n"))
    assert mappings.suggestion_in_words(table, table.suggested)[:3] == [
        "会社名 → 会社（アクメ）", "担当者 → 氏名（山田 太郎、鈴木 花子）", "携帯 → 携帯電話",
    ]  # fmt: skip


def test_every_field_has_a_name() -> None:
    assert [field for field in mappings.FIELDS if not mappings.field_name(field)] == []
    assert len({mappings.field_name(field) for field in mappings.FIELDS}) == len(mappings.FIELDS)
