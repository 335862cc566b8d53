import dataclasses
import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from soloflow.domain.errors import Cancelled, UserError
from soloflow.site import folder as folder_room
from soloflow.site.build import build
from soloflow.site.content import SiteContent, from_dict
from soloflow.site.folder import MANIFEST

FIRST, LATER = date(2026, 11, 16), date(2027, 1, 4)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def stamps(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]}


def without(document: dict[str, Any], section: str) -> SiteContent:
    return from_dict({key: value for key, value in document.items() if key != section})


def retitled(sample: SiteContent, title: str) -> SiteContent:
    items = sample.notes.items
    notes = dataclasses.replace(sample.notes, items=(dataclasses.replace(items[0], text=title), *items[1:]))
    return dataclasses.replace(sample, notes=notes)


def test_two_folders_get_the_same_bytes(sample: SiteContent, tmp_path: Path) -> None:
    for name in ("a", "b"):
        build(sample, tmp_path / name, built_on=FIRST)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_a_second_build_writes_nothing_even_weeks_later(sample: SiteContent, folder: Path) -> None:
    first = build(sample, folder, built_on=FIRST)
    before = stamps(folder)
    again = build(sample, folder, built_on=LATER)
    assert (again.written, again.removed) == ((), ())
    assert set(again.unchanged) == set(first.written)
    assert stamps(folder) == before


def test_one_changed_article_changes_its_page_and_what_quotes_it(sample: SiteContent, folder: Path) -> None:
    build(sample, folder, built_on=FIRST)
    report = build(retitled(sample, "書き直しました。"), folder, built_on=LATER)
    assert report.written == ("notes/feed.xml", "notes/no-lump-sum/index.html", "sitemap.xml")
    page = (folder / "notes/no-lump-sum/index.html").read_text("utf-8")
    assert '最終更新 <time datetime="2027-01-04">2027年1月4日</time>' in page
    assert "2026年11月16日" in (folder / "index.html").read_text("utf-8")
    assert {each.path: each.changed for each in report.pages}["notes/no-lump-sum/"] == "2027-01-04"


def test_the_report_lists_every_page_with_its_title(sample: SiteContent, folder: Path) -> None:
    report = build(sample, folder, built_on=FIRST)
    titles = {page.file: page.title for page in report.pages}
    assert titles["works/estimate-draft/index.html"] == "見積1件を、4時間から50分へ"
    assert all((folder / page.file).stat().st_size == page.size for page in report.pages)


def test_what_is_no_longer_said_is_removed_with_its_empty_folders(
    sample: SiteContent, sample_document: dict[str, Any], folder: Path
) -> None:
    build(sample, folder, built_on=FIRST)
    report = build(without(sample_document, "notes"), folder, built_on=FIRST)
    assert "notes/feed.xml" in report.removed
    assert not (folder / "notes").exists()


def test_foreign_files_are_never_touched(sample: SiteContent, sample_document: dict[str, Any], folder: Path) -> None:
    folder.mkdir()
    (folder / ".htaccess").write_text("Deny from all")
    (folder / "notes").mkdir()
    (folder / "notes" / "memo.txt").write_text("mine")
    build(sample, folder, built_on=FIRST)
    build(without(sample_document, "notes"), folder, built_on=FIRST)
    assert (folder / ".htaccess").read_text() == "Deny from all"
    assert (folder / "notes" / "memo.txt").read_text() == "mine"


def test_a_foreign_file_in_the_way_stops_the_build_before_anything_is_written(
    sample: SiteContent, folder: Path
) -> None:
    folder.mkdir()
    (folder / "index.html").write_text("my old page")
    with pytest.raises(UserError, match=r"index\.html"):
        build(sample, folder, built_on=FIRST)
    assert contents(folder) == {"index.html": b"my old page"}


@pytest.mark.parametrize("kind", ["folder", "link", "linked parent", "file as parent"])
def test_anything_else_in_the_way_stops_it_too(kind: str, sample: SiteContent, folder: Path, tmp_path: Path) -> None:
    folder.mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if kind == "folder":
        (folder / "index.html").mkdir()
    elif kind == "link":
        (folder / "index.html").symlink_to(elsewhere / "target")
    elif kind == "linked parent":
        (folder / "works").symlink_to(elsewhere)
    else:
        (folder / "works").write_text("a file")
    with pytest.raises(UserError, match="上書きしませんでした"):
        build(sample, folder, built_on=FIRST)
    assert list(elsewhere.iterdir()) == []


def test_a_file_that_somebody_replaced_is_not_removed(
    sample: SiteContent, sample_document: dict[str, Any], folder: Path
) -> None:
    build(sample, folder, built_on=FIRST)
    (folder / "privacy/index.html").write_text("their own policy")
    report = build(without(sample_document, "privacy"), folder, built_on=FIRST)
    assert "privacy/index.html" not in report.removed
    assert (folder / "privacy/index.html").read_text() == "their own policy"


def test_a_manifest_that_points_outside_removes_nothing_there(sample: SiteContent, folder: Path) -> None:
    build(sample, folder, built_on=FIRST)
    victim = folder.parent / "victim.txt"
    victim.write_text("x")
    manifest = json.loads((folder / MANIFEST).read_text())
    record = {"sha256": folder_room.digest(b"x"), "core": "", "changed": "2026-01-01"}
    manifest["files"] |= {"../victim.txt": record, str(victim): record, "works/../../victim.txt": record}
    (folder / MANIFEST).write_text(json.dumps(manifest))
    build(retitled(sample, "x"), folder, built_on=LATER)
    assert victim.read_text() == "x"


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"files": 3}', '{"files": {"index.html": 1}}'])
def test_a_damaged_manifest_makes_the_files_foreign(damage: str, sample: SiteContent, folder: Path) -> None:
    build(sample, folder, built_on=FIRST)
    (folder / MANIFEST).write_text(damage)
    before = contents(folder)
    with pytest.raises(UserError, match="上書きしませんでした"):
        build(retitled(sample, "x"), folder, built_on=LATER)
    assert contents(folder) == before


def failing_at(monkeypatch: pytest.MonkeyPatch, number: int, error: BaseException) -> None:
    """Let the n-th rename fail, and only that one."""
    real, count = Path.replace, 0

    def replace(self: Path, target: Any) -> Path:
        nonlocal count
        count += 1
        if count == number:
            raise error
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)


@pytest.mark.parametrize("number", range(1, 8))
def test_a_rename_that_fails_leaves_the_old_site_whole(
    number: int, sample: SiteContent, sample_document: dict[str, Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(sample, folder, built_on=FIRST)
    before = contents(folder)
    changed = dataclasses.replace(
        without(sample_document, "notes"), look=dataclasses.replace(sample.look, accent="#7a1f5c")
    )
    failing_at(monkeypatch, number, OSError(28, "No space left on device"))
    with pytest.raises(UserError, match="No space left"):
        build(changed, folder, built_on=LATER)
    assert contents(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    assert build(sample, folder, built_on=LATER).written == ()


@pytest.mark.parametrize("number", [1, 2, 9])
def test_a_first_build_that_fails_leaves_nothing_behind(
    number: int, sample: SiteContent, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_at(monkeypatch, number, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        build(sample, folder, built_on=FIRST)
    assert list(folder.rglob("*")) == []


def test_what_a_power_cut_leaves_is_known_as_ours(
    sample: SiteContent, sample_document: dict[str, Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(sample, folder, built_on=FIRST)
    monkeypatch.setattr(folder_room, "_take_back", lambda *_arguments: None)
    with monkeypatch.context() as patch:
        failing_at(patch, 6, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            build(
                dataclasses.replace(sample, look=dataclasses.replace(sample.look, accent="#7a1f5c")),
                folder,
                built_on=LATER,
            )
    build(without(sample_document, "notes"), folder, built_on=LATER)
    clean = folder.parent / "clean"
    build(without(sample_document, "notes"), clean, built_on=LATER)
    assert set(contents(folder)) == set(contents(clean))


def test_a_full_disk_while_staging_is_a_sentence(
    sample: SiteContent, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(sample, folder, built_on=FIRST)
    before = contents(folder)
    real = Path.write_bytes

    def write_bytes(self: Path, data: bytes) -> int:
        if self.name == "index.html":
            raise OSError(28, "No space left on device")
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    with pytest.raises(UserError, match="サイトは前のままです"):
        build(
            dataclasses.replace(sample, look=dataclasses.replace(sample.look, accent="#7a1f5c")), folder, built_on=LATER
        )
    assert contents(folder) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_a_sentence(sample: SiteContent, folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o500)
    try:
        with pytest.raises(UserError, match="書き込めませんでした"):
            build(sample, folder, built_on=FIRST)
    finally:
        folder.chmod(0o700)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no place here that refuses even root")
def test_a_place_that_takes_no_folder_is_a_sentence(sample: SiteContent) -> None:
    with pytest.raises(UserError, match="書き込めませんでした"):
        build(sample, Path("/proc/soloflow/public"), built_on=FIRST)


def test_a_file_where_the_folder_should_be_is_a_sentence(sample: SiteContent, folder: Path) -> None:
    folder.write_text("not a folder")
    with pytest.raises(UserError, match="書き込めませんでした"):
        build(sample, folder, built_on=FIRST)
    assert folder.read_text() == "not a folder"


def test_an_unknown_theme_and_a_slug_used_twice_are_sentences(sample: SiteContent, folder: Path) -> None:
    with pytest.raises(UserError, match="nowhere"):
        build(sample, folder, built_on=FIRST, theme="nowhere")
    twice = tuple(dataclasses.replace(case, slug="same") for case in sample.cases.items)
    with pytest.raises(UserError, match="same"):
        build(dataclasses.replace(sample, cases=dataclasses.replace(sample.cases, items=twice)), folder, built_on=FIRST)
    assert not folder.exists()


class Stopping:
    """Progress that is stopped at the third page."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        self.told.append(text)

    def check(self) -> None:
        if len(self.told) == 3:
            raise Cancelled("stop")


def test_a_build_that_is_stopped_writes_nothing(sample: SiteContent, folder: Path) -> None:
    with pytest.raises(Cancelled):
        build(sample, folder, built_on=FIRST, progress=Stopping())
    assert not folder.exists()


def test_hidden_names_appear_nowhere(sample: SiteContent, folder: Path) -> None:
    build(sample, folder, built_on=FIRST)
    for path, content in contents(folder).items():
        for name in ("そらみみ建装", "そよかぜ住建"):
            assert name not in path + content.decode("utf-8"), path


@pytest.mark.parametrize("wording", ["そらみみ建装様と", "そらみみ\n建装", "そらみみ**建装**", "ｿﾗﾐﾐ"])
def test_a_hidden_name_in_a_text_stops_the_build(wording: str, sample: SiteContent, folder: Path) -> None:
    build(sample, folder, built_on=FIRST)
    before = contents(folder)
    hidden = dataclasses.replace(
        sample.cases.items[0], client=dataclasses.replace(sample.cases.items[0].client, name="そらみみ建装株式会社")
    )
    if wording == "ｿﾗﾐﾐ":
        hidden = dataclasses.replace(hidden, client=dataclasses.replace(hidden.client, name="株式会社ソラミミ"))
    leaking = dataclasses.replace(hidden, after=f"あの{wording}仕事。")
    cases = dataclasses.replace(sample.cases, items=(leaking, *sample.cases.items[1:]))
    with pytest.raises(UserError, match="社名を出さないお客様"):
        build(dataclasses.replace(sample, cases=cases), folder, built_on=FIRST)
    assert contents(folder) == before


def test_a_client_named_with_permission_elsewhere_is_not_hidden(sample: SiteContent, folder: Path) -> None:
    first, second, *rest = sample.cases.items
    same = dataclasses.replace(first, client=dataclasses.replace(first.client, name=second.client.name))
    cases = dataclasses.replace(sample.cases, items=(same, second, *rest))
    build(dataclasses.replace(sample, cases=cases), folder, built_on=FIRST)
    assert "ひなた工務店" in (folder / "works/photo-sorting/index.html").read_text("utf-8")


@pytest.fixture(autouse=True)
def _no_staging_left(tmp_path: Path) -> Iterator[None]:
    yield
    assert not list(tmp_path.rglob(".soloflow-staging-*"))
