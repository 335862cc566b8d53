"""公開: the plan, the sending, the history."""

from pathlib import Path

import pytest

from soloflow.domain.errors import UserError
from soloflow.services import publishing, site
from soloflow.services.workspace import Workspace


@pytest.fixture
def built(ws: Workspace) -> Path:
    site.save_sections(ws, {"profile": {"name": "佐伯", "mail": "saeki@example.jp"}, "home": {"headline": "一"}})
    site.build(ws)
    return site.default_folder(ws)


def test_a_plan_sends_nothing(ws: Workspace, built: Path, tmp_path: Path) -> None:
    plan = publishing.plan(ws, built, str(tmp_path / "out"))
    assert "index.html" in [change.path for change in plan.added]
    assert not (tmp_path / "out" / "index.html").exists()


def test_publishing_leaves_a_line_in_the_history(ws: Workspace, built: Path, tmp_path: Path) -> None:
    done, changes = publishing.publish(ws, built, str(tmp_path / "out"))
    line = publishing.history(ws)[0]
    assert (line.target, line.changed) == (str(tmp_path / "out"), len(done.plan.to_send))
    assert changes.topics == {"releases"}
    assert changes.change_set is None
    sent = f"追加 {len(done.plan.added)}、変更 0、削除 0（{publishing.size_text(done.plan.bytes_to_send)}）"
    assert changes.label == f"サイトを公開しました：{sent}"


def test_the_same_site_again_is_said_and_leaves_no_line(ws: Workspace, built: Path, tmp_path: Path) -> None:
    publishing.publish(ws, built, str(tmp_path / "out"))
    done, _changes = publishing.publish(ws, built, str(tmp_path / "out"))
    assert done.plan.is_empty
    assert len(publishing.history(ws)) == 1


def test_words_that_show_nowhere_count_as_released_after_an_empty_run(
    ws: Workspace, built: Path, tmp_path: Path
) -> None:
    publishing.publish(ws, built, str(tmp_path / "out"))
    site.save_section(ws, "cases", {"items": [{"title": "まだ出さない", "published": False}]})
    site.build(ws)
    done, _changes = publishing.publish(ws, built, str(tmp_path / "out"))
    assert done.plan.is_empty
    seen = site.overview(ws)
    assert seen.released == seen.document


def test_only_the_changed_page_is_in_the_second_plan(ws: Workspace, built: Path, tmp_path: Path) -> None:
    publishing.publish(ws, built, str(tmp_path / "out"))
    site.save_section(ws, "home", {"headline": "二"})
    site.build(ws)
    plan = publishing.plan(ws, built, str(tmp_path / "out"))
    assert "index.html" in [change.path for change in plan.changed]
    assert not plan.added
    assert not any(change.path.endswith(".css") for change in plan.changed)


def test_a_foreign_file_stops_the_publication_until_it_may_be_replaced(
    ws: Workspace, built: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "index.html").write_text("theirs")
    with pytest.raises(UserError):
        publishing.publish(ws, built, str(tmp_path / "out"))
    assert (tmp_path / "out" / "index.html").read_text() == "theirs"
    assert publishing.history(ws) == ()
    publishing.publish(ws, built, str(tmp_path / "out"), replace_foreign=True)
    assert (tmp_path / "out" / "index.html").read_text() != "theirs"


def test_a_target_is_checked_before_it_is_kept(tmp_path: Path) -> None:
    assert publishing.check_target(str(tmp_path)) == str(tmp_path)
    with pytest.raises(UserError):
        publishing.check_target("ftp://example.jp/")
