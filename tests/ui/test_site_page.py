"""サイト with real keys and clicks: words are kept, undone, checked, previewed and published."""

from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from soloflow.services import history, publishing, settings, site
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context, Notice
from soloflow.ui.pages.site import SitePage
from soloflow.ui.pages.site.editors import InputEditor
from soloflow.ui.pages.site.form import ListEditor


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> SitePage:
    made = SitePage(context)
    qtbot.addWidget(made)
    made.resize(1204, 726)
    made.show()
    settled(qtbot, context)
    return made


def settled(qtbot: QtBot, context: Context) -> None:
    qtbot.waitUntil(lambda: not context.is_writing and not context.jobs, timeout=20_000)


def field(page: SitePage, path: str) -> Any:
    form = page.draft.forms[page.section.key]
    return next(editor for place, editor in form.editors() if place == path)


def control(page: SitePage, path: str) -> QWidget:
    editor = field(page, path)
    assert isinstance(editor, InputEditor)
    made = editor.input
    assert isinstance(made, QWidget)
    return made


def kept(workspace: Workspace) -> dict[str, Any]:
    return site.overview(workspace).document


def test_what_is_typed_is_kept_a_moment_later(page: SitePage, workspace: Workspace, qtbot: QtBot) -> None:
    qtbot.keyClicks(control(page, "home.headline"), "Rest")
    qtbot.waitUntil(lambda: kept(workspace)["home"]["headline"] == "Rest", timeout=10_000)
    qtbot.waitUntil(lambda: page._saved.text().startswith("保存ずみ"), timeout=5_000)


def test_leaving_the_field_keeps_at_once(page: SitePage, workspace: Workspace, context: Context, qtbot: QtBot) -> None:
    line = control(page, "home.who.answer")
    qtbot.keyClicks(line, "abc")
    line.clearFocus()
    page.draft.flush()
    settled(qtbot, context)
    assert kept(workspace)["home"]["who"]["answer"] == "abc"


def test_the_picture_repeats_the_words_while_they_are_typed(page: SitePage, qtbot: QtBot) -> None:
    qtbot.keyClicks(control(page, "home.headline"), "Exactly these words")
    assert "Exactly these words" in page.side.miniature.words


def test_undo_brings_the_old_words_back_into_the_form(
    page: SitePage, workspace: Workspace, context: Context, qtbot: QtBot
) -> None:
    qtbot.keyClicks(control(page, "home.lede"), "first")
    page.draft.flush()
    settled(qtbot, context)
    context.undo()
    settled(qtbot, context)
    assert field(page, "home.lede").value() == ""
    assert kept(workspace)["home"]["lede"] == ""


def test_a_change_elsewhere_leaves_the_cursor_in_its_place(
    page: SitePage, workspace: Workspace, context: Context, qtbot: QtBot
) -> None:
    text = control(page, "home.lede")
    qtbot.keyClicks(text, "abcdef")
    page.draft.flush()
    settled(qtbot, context)
    for _each in range(3):
        qtbot.keyClick(text, Qt.Key.Key_Left)
    context.announce(site.save_section(workspace, "how", {"lede": "other"}), quietly=True)
    assert text.textCursor().position() == 3  # type: ignore[attr-defined]


def test_what_cannot_be_kept_stays_in_its_field_and_the_rest_is_saved(
    page: SitePage, workspace: Workspace, context: Context, qtbot: QtBot
) -> None:
    page.arrive(section="profile")
    qtbot.keyClicks(control(page, "profile.name"), "Saeki")
    qtbot.keyClicks(control(page, "profile.mail"), "not a mail")
    page.draft.flush()
    settled(qtbot, context)
    assert kept(workspace)["profile"]["name"] == "Saeki"
    assert kept(workspace)["profile"]["mail"] == ""
    assert field(page, "profile.mail").value() == "not a mail"
    assert [remark.kind for remark in field(page, "profile.mail").remarks.shown] == ["fault"]


def test_an_item_is_added_named_moved_and_taken_out(
    page: SitePage, workspace: Workspace, context: Context, qtbot: QtBot
) -> None:
    page.arrive(section="offers")
    offers = field(page, "offers.items")
    assert isinstance(offers, ListEditor)
    for name in ("One", "Two"):
        qtbot.mouseClick(offers._add, Qt.MouseButton.LeftButton)
        number = len(offers.value()) - 1
        qtbot.keyClicks(control(page, f"offers.items[{number}].name"), name)
    up = next(each for each in offers._rows[1].findChildren(QToolButton) if each.accessibleName() == "上へ")
    qtbot.mouseClick(up, Qt.MouseButton.LeftButton)
    page.draft.flush()
    settled(qtbot, context)
    assert [item["name"] for item in kept(workspace)["offers"]["items"]] == ["Two", "One"]
    said: list[Notice] = []
    context.noticed.connect(said.append)
    out = next(each for each in offers._rows[0].findChildren(QToolButton) if each.accessibleName() == "外す")
    qtbot.mouseClick(out, Qt.MouseButton.LeftButton)
    settled(qtbot, context)
    assert [item["name"] for item in kept(workspace)["offers"]["items"]] == ["One"]
    assert said[-1].text == "「Two」を外しました"
    assert said[-1].act is not None
    said[-1].act()
    settled(qtbot, context)
    assert [item["name"] for item in offers.value()] == ["Two", "One"]


def test_a_finding_leads_to_its_field(page: SitePage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(page.side.publish._findings), timeout=20_000)
    finding = next(each for each in page.side.publish._findings if each.field == "mail")
    page._go_to_finding(finding)
    assert page.section.key == "profile"


def test_a_customers_words_are_copied_to_the_cursor(
    page: SitePage, workspace: Workspace, context: Context, qtbot: QtBot
) -> None:
    with workspace.store.write("", workspace.now_us()) as work:
        one = work.insert("prospects", name="カワセミ食品", created_us=workspace.now_us())
        work.insert(
            "activities", prospect_id=one, kind="voice", at_us=workspace.now_us(), text="棚卸しの日だけは家に帰れない"
        )
    page.refresh(None)
    text = field(page, "home.for_whom")
    text.input.entered.emit()
    page.side.voices.copied.emit(page._voices[0])
    assert text.value() == "棚卸しの日だけは家に帰れない"


def test_the_plan_is_shown_before_anything_is_sent(
    page: SitePage, workspace: Workspace, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    write_enough(workspace, tmp_path)
    page.refresh(None)
    panel = page.side.publish
    assert not panel._send.isEnabled()
    qtbot.mouseClick(panel._look, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.plan is not None, timeout=20_000)
    assert not (tmp_path / "public").exists() or not list((tmp_path / "public").iterdir())
    qtbot.mouseClick(panel._send, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(publishing.history(workspace)), timeout=20_000)
    settled(qtbot, context)
    assert (tmp_path / "public" / "index.html").is_file()
    assert context.feet["publish"].startswith("公開 ")
    assert page.guide.isHidden()


def test_a_section_says_changed_once_it_differs_from_the_release(
    page: SitePage, workspace: Workspace, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    write_enough(workspace, tmp_path)
    site.build(workspace)
    publishing.publish(workspace, site.default_folder(workspace), str(tmp_path / "public"))
    page.refresh(None)
    assert not any(line.changed for line in page.sections.model.lines)
    page.arrive(section="how")
    qtbot.keyClicks(control(page, "how.lede"), "new")
    page.draft.flush()
    settled(qtbot, context)
    assert [line.key for line in page.sections.model.lines if line.changed] == ["how"]


def test_an_edit_takes_the_plan_away(
    page: SitePage, workspace: Workspace, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    write_enough(workspace, tmp_path)
    page.refresh(None)
    page.side.publish.make_plan()
    qtbot.waitUntil(lambda: page.side.publish.plan is not None, timeout=20_000)
    qtbot.keyClicks(control(page, "home.lede"), "more")
    page.draft.flush()
    settled(qtbot, context)
    assert page.side.publish.plan is None
    assert not page.side.publish._send.isEnabled()


def test_a_foreign_file_is_overwritten_only_when_ticked(
    page: SitePage, workspace: Workspace, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    write_enough(workspace, tmp_path)
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "index.html").write_text("theirs")
    page.refresh(None)
    panel = page.side.publish
    panel.make_plan()
    qtbot.waitUntil(lambda: panel.plan is not None, timeout=20_000)
    assert not panel._send.isEnabled()
    panel._overwrite.click()
    assert panel._send.isEnabled()
    qtbot.mouseClick(panel._send, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(publishing.history(workspace)), timeout=20_000)
    settled(qtbot, context)
    assert (tmp_path / "public" / "index.html").read_text() != "theirs"


def test_the_browser_shows_the_site_and_follows_the_edits(
    page: SitePage,
    workspace: Workspace,
    context: Context,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)
    write_enough(workspace, tmp_path)
    page.refresh(None)
    qtbot.mouseClick(page.side.look, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    assert opened[0].startswith("http://127.0.0.1:")
    qtbot.keyClicks(control(page, "home.lede"), "Fresh words")

    def is_there() -> bool:
        with urlopen(opened[0], timeout=5) as answer:
            return "Fresh words" in answer.read().decode()

    qtbot.waitUntil(is_there, timeout=20_000)
    page.live.stop()
    assert page.live.url == ""


def test_a_target_that_cannot_be_read_is_said_at_the_field(page: SitePage, workspace: Workspace, qtbot: QtBot) -> None:
    page.arrive(section="target")
    qtbot.keyClicks(page.target.field, "ftp://example.jp/")
    qtbot.keyClick(page.target.field, Qt.Key.Key_Return)
    assert page.target._remarks.shown
    assert settings.load(workspace.folder).publish_target == ""


def test_a_folder_is_kept_as_the_target(page: SitePage, workspace: Workspace, qtbot: QtBot, tmp_path: Path) -> None:
    page.arrive(section="target")
    qtbot.keyClicks(page.target.field, str(tmp_path / "public"))
    qtbot.keyClick(page.target.field, Qt.Key.Key_Return)
    assert settings.load(workspace.folder).publish_target == str(tmp_path / "public")


def test_below_1180_the_preview_is_a_tab(page: SitePage, qtbot: QtBot) -> None:
    page.resize(884, 566)
    qtbot.waitUntil(lambda: page.side.isHidden())
    page.tabs.choose("side")
    page._on_tab("side")
    assert page._form_pane.isHidden()
    assert not page.side.isHidden()


def test_closing_keeps_what_was_just_typed(
    page: SitePage, workspace: Workspace, context: Context, qtbot: QtBot
) -> None:
    qtbot.keyClicks(control(page, "home.headline"), "Last words")
    context.close()
    assert kept(workspace)["home"]["headline"] == "Last words"
    assert history.undo(workspace) is not None


def test_the_list_of_sections_is_a_sound_model(page: SitePage) -> None:
    tester = QAbstractItemModelTester(page.sections.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert tester.model() is page.sections.model
    heads = [row for row, line in enumerate(page.sections.model.lines) if not line.key]
    assert all(page.sections.model.flags(page.sections.model.index(row)) == Qt.ItemFlag.NoItemFlags for row in heads)


def test_what_is_being_composed_is_left_alone(page: SitePage, workspace: Workspace, context: Context) -> None:
    text = control(page, "home.lede")
    QApplication.sendEvent(text, QInputMethodEvent("たなおろし", []))
    context.announce(site.save_section(workspace, "home", {"lede": "elsewhere"}), quietly=True)
    assert field(page, "home.lede").value() == ""
    QApplication.sendEvent(text, QInputMethodEvent())
    page.refresh(None)
    assert field(page, "home.lede").value() == "elsewhere"


def test_a_text_field_grows_with_its_lines(page: SitePage) -> None:
    text = control(page, "home.lede")
    before = text.height()
    field(page, "home.lede").input.show_value("\n".join("123456789"))
    assert text.height() > before


def test_markdown_is_shown_as_it_will_be_read(page: SitePage, qtbot: QtBot) -> None:
    page.arrive(section="privacy")
    qtbot.keyClicks(control(page, "privacy.text"), "**bold** <script>")
    reading = field(page, "privacy.text")._reading.text()
    assert "<strong>bold</strong>" in reading
    assert "<script>" not in reading


def test_a_field_deep_in_an_item_is_opened_and_scrolled_to(
    page: SitePage, workspace: Workspace, context: Context, qtbot: QtBot
) -> None:
    items = [{"name": f"Offer {number}", "text": "long\n" * 9} for number in range(6)]
    context.announce(site.save_section(workspace, "offers", {"items": items}), quietly=True)
    page.arrive(path="offers.items[5].detail")
    wanted = control(page, "offers.items[5].detail")
    qtbot.waitUntil(lambda: not wanted.visibleRegion().isEmpty(), timeout=5_000)


def write_enough(workspace: Workspace, tmp_path: Path) -> None:
    """A home that can be published, and a place for it."""
    site.save_sections(
        workspace,
        {
            "profile": {"name": "佐伯 悠人", "mail": "saeki@example.jp"},
            "home": {"headline": "棚卸しの夜を終えます。", "action": "相談する"},
        },
    )
    settings.change(workspace.folder, publish_target=str(tmp_path / "public"))
