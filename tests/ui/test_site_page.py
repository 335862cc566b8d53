"""サイト with real keys and clicks: words are kept, undone, checked, previewed and published."""

from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QDesktopServices, QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from soloflow.services import history, publishing, settings, site
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace
from soloflow.site.check import Finding
from soloflow.ui.context import Context, Notice
from soloflow.ui.pages.site import SitePage
from soloflow.ui.pages.site.editors import InputEditor
from soloflow.ui.pages.site.form import ListEditor
from soloflow.ui.pages.site.publish_panel import _lines
from soloflow.ui.pages.site.sections import SECTIONS
from soloflow.ui.widgets.buttons import LinkButton


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
    qtbot.waitUntil(lambda: bool(page.side.publish.findings.findings), timeout=20_000)
    finding = next(each for each in page.side.publish.findings.findings if each.field == "mail")
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
    qtbot.waitUntil(lambda: bool(panel.findings.findings), timeout=20_000)
    assert panel._go.text() == "公開の計画を見る"
    assert "このままでも公開できます" in panel._state.text()
    qtbot.mouseClick(panel._go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.plan is not None, timeout=20_000)
    assert panel._go.text().endswith("件を公開")
    assert not (tmp_path / "public").exists() or not list((tmp_path / "public").iterdir())
    qtbot.mouseClick(panel._go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(publishing.history(workspace)), timeout=20_000)
    settled(qtbot, context)
    assert (tmp_path / "public" / "index.html").is_file()
    assert context.feet["publish"].startswith("公開 ")
    assert page.guide.isHidden()


def test_without_a_place_the_button_says_what_is_missing(page: SitePage, qtbot: QtBot) -> None:
    panel = page.side.publish
    assert not panel._go.isEnabled()
    assert panel._state.text() == "置き場所が未定です。"
    qtbot.mouseClick(panel._choose, Qt.MouseButton.LeftButton)
    assert page.section.key == "target"


def test_the_plan_begins_with_the_home_and_names_the_page_for_what_is_not_found(
    page: SitePage, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    write_enough(workspace, tmp_path)
    site.build(workspace)
    plan = publishing.plan(workspace, site.default_folder(workspace), str(tmp_path / "public"))
    names = [line.what for line in _lines(plan)]
    assert names[0] == "ホーム"
    assert "404（見つからないとき）" in names
    assert not any("ページが見つかりません" in name for name in names)


def test_what_was_published_to_a_folder_can_be_opened(
    page: SitePage,
    workspace: Workspace,
    context: Context,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    write_enough(workspace, tmp_path)
    page.refresh(None)
    panel = page.side.publish
    panel.make_plan()
    qtbot.waitUntil(lambda: panel.plan is not None, timeout=20_000)
    qtbot.mouseClick(panel._go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(panel._open.isVisible, timeout=20_000)
    settled(qtbot, context)
    qtbot.mouseClick(panel._open, Qt.MouseButton.LeftButton)
    assert opened == [str(tmp_path / "public")]
    qtbot.keyClicks(control(page, "home.lede"), "more")
    page.draft.flush()
    settled(qtbot, context)
    assert panel._open.isHidden()


def test_nothing_is_called_sound_before_it_was_looked_at(
    page: SitePage, workspace: Workspace, tmp_path: Path, context: Context, qtbot: QtBot
) -> None:
    settings.change(workspace.folder, publish_target=str(tmp_path / "public"))
    fresh = SitePage(context)
    qtbot.addWidget(fresh)
    fresh.refresh(None)
    assert fresh.side.publish._state.text() == "サイトを確かめています…"
    fresh.side.publish.show_findings(())
    assert fresh.side.publish._state.text() == "社名の漏れなし・リンク切れなし"
    fresh._check_later.stop()


def test_all_findings_are_a_click_away_and_each_leads_to_its_field(page: SitePage, qtbot: QtBot) -> None:
    found = page.side.publish.findings
    many = [Finding("warning", "profile", "mail", f"ながい説明 {number} " * 6) for number in range(7)]
    page.side.publish.show_findings(many)
    assert found.rest.text() == "ほか4件"
    qtbot.mouseClick(found.rest, Qt.MouseButton.LeftButton)
    assert found.panel is not None
    links = found.panel.findChildren(LinkButton)
    assert len(links) == 7
    qtbot.mouseClick(links[5], Qt.MouseButton.LeftButton)
    assert page.section.key == "profile"
    assert found.panel is None


def test_a_slip_in_the_settings_leaves_the_page_as_it_is(
    page: SitePage, workspace: Workspace, context: Context
) -> None:
    settings.change(workspace.folder, name="佐藤 健二", mail="kenji@sato-soft")
    context.announce(Changes(None, "", frozenset({"site_content"})), quietly=True)
    page.arrive(section="profile")
    assert field(page, "profile.name").value() == "佐藤 健二"
    assert field(page, "profile.mail").value() == ""


def test_words_that_cannot_be_read_are_said_in_place_until_they_can(
    context: Context, workspace: Workspace, qtbot: QtBot
) -> None:
    (workspace.folder / settings.FILE_NAME).write_text("not = = toml", encoding="utf-8")
    page = SitePage(context)
    qtbot.addWidget(page)
    page.resize(1204, 726)
    page.show()
    assert page._problem.isVisible()
    assert "設定ファイルが読めません" in page._problem.text()
    assert not page.side.isEnabled()
    page.arrive(path="profile.mail")
    (workspace.folder / settings.FILE_NAME).write_text("name = '佐伯'", encoding="utf-8")
    page.hide()
    page.show()
    settled(qtbot, context)
    assert page._problem.isHidden()
    page.arrive(section="profile")
    assert field(page, "profile.name").value() == "佐伯"


def test_what_cannot_be_kept_outlives_another_language(
    page: SitePage, workspace: Workspace, context: Context, qtbot: QtBot
) -> None:
    page.arrive(section="profile")
    qtbot.keyClicks(control(page, "profile.mail"), "not a mail")
    page.draft.flush()
    settled(qtbot, context)
    again = SitePage(context)
    qtbot.addWidget(again)
    again.show()
    qtbot.keyClicks(control(again, "home.headline"), "Rest")
    again.draft.flush()
    settled(qtbot, context)
    again.arrive(section="profile")
    assert field(again, "profile.mail").value() == "not a mail"
    qtbot.waitUntil(lambda: bool(field(again, "profile.mail").fault), timeout=5_000)
    settled(qtbot, context)


def test_the_picture_has_the_button_of_the_page_without_words_of_its_own(page: SitePage, workspace: Workspace) -> None:
    picture = page.side.miniature
    assert "お問い合わせ" not in picture.words
    site.save_section(workspace, "profile", {"name": "佐伯", "mail": "saeki@example.jp"})
    page.refresh(None)
    assert "お問い合わせ" in picture.words


def test_every_label_of_a_form_stands_there_once() -> None:
    for section in SECTIONS:
        labels = [each.label for each in section.fields if each.label != "その理由をひと言"]
        assert len(labels) == len(set(labels)), section.key


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


def test_in_a_low_window_nothing_of_the_publishing_lies_over_another_part(
    page: SitePage, workspace: Workspace, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    write_enough(workspace, tmp_path)
    page.refresh(None)
    page.resize(884, 566)
    page.tabs.choose("side")
    page._on_tab("side")
    panel = page.side.publish
    panel.make_plan()
    qtbot.waitUntil(lambda: panel.plan is not None, timeout=20_000)
    panel.show_findings([Finding("warning", "profile", "mail", "ながい説明 " * 12) for _each in range(7)])
    parts = [page.side.miniature, panel._scroll, panel.findings, panel._go]

    def stand_apart() -> bool:
        places = [QRect(part.mapTo(page, QPoint()), part.size()) for part in parts]
        return not any(one.intersects(other) for one, other in pairwise(places))

    qtbot.waitUntil(stand_apart, timeout=5_000)
    assert page.side.voices.isHidden()


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
    assert page.side.publish._go.text() == "公開の計画を見る"


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
    assert not panel._go.isEnabled()
    panel._overwrite.click()
    assert panel._go.isEnabled()
    qtbot.mouseClick(panel._go, Qt.MouseButton.LeftButton)
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


def test_without_a_browser_the_address_is_said_and_can_be_copied(
    page: SitePage,
    workspace: Workspace,
    context: Context,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    said: list[Notice] = []
    context.noticed.connect(said.append)
    write_enough(workspace, tmp_path)
    page.refresh(None)
    qtbot.mouseClick(page.side.look, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert page.live.url in said[0].text
    assert said[0].act is not None
    said[0].act()
    assert QApplication.clipboard().text() == page.live.url
    assert page.side.address.isVisible()
    assert page.side.address.text() in page.live.url
    page.live.stop()
    assert page.side.address.isHidden()


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
