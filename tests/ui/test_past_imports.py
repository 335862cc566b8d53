"""取り込みの履歴 as it is used: an import of last week is taken back, what was edited since is shown and copied."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from eight_list import HEAD
from soloflow.domain.candidates import Candidate
from soloflow.services import customers, history, importing, imports, prospects
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.pages.settings import SettingsPage
from soloflow.ui.pages.settings.past_imports import ImportsSection

NAMES = ("三好 早苗", "堀 慎吾", "関根 大地")


@pytest.fixture
def brought(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "Eight.csv"
    lines = [
        f"{name[:2]}工業,,部長,{name},p{number}@example.jp,,,,,,,,,2025/04/01" for number, name in enumerate(NAMES)
    ]
    file.write_text("\n".join((",".join(HEAD), *lines)), encoding="utf-8")
    importing.commit(workspace, importing.preview(workspace, file))


@pytest.fixture
def page(qtbot: QtBot, context: Context, brought: None) -> SettingsPage:
    made = SettingsPage(context)
    qtbot.addWidget(made)
    context.changed.connect(made.refresh)
    made.resize(1204, 726)
    made.show()
    made.arrive(section="imports")
    return made


@pytest.fixture
def shown(page: SettingsPage) -> ImportsSection:
    found = page.sections["imports"]
    assert isinstance(found, ImportsSection)
    return found


def words(row: QWidget) -> list[str]:
    return [one.text() for one in row.findChildren(QLabel) if one.text()]


def test_an_import_is_listed_with_its_day_file_and_counts(shown: ImportsSection) -> None:
    assert words(shown.rows.itemAt(0).widget()) == ["11/21(土) 12:00", "Eight.csv", "Eight の名刺リスト・新規 3"]
    assert shown.kept.isHidden()


def test_it_is_taken_back_and_what_was_edited_is_listed_and_copied(
    shown: ImportsSection, workspace: Workspace, qtbot: QtBot
) -> None:
    ids = customers.listing(workspace, customers.Filter()).ids
    names = {row.id: row.name for row in customers.rows(workspace, list(ids))}
    kept = next(one for one, name in names.items() if name == "堀 工業")
    prospects.edit(workspace, kept, memo="来月また話す")
    (takes,) = shown.buttons.values()
    qtbot.mouseClick(takes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not shown.kept.isHidden())
    assert shown.kept.words.toPlainText() == "堀 工業：メモは、あとから直した「来月また話す」を残しました"
    assert list(customers.listing(workspace, customers.Filter()).ids) == [kept]
    shown.kept.copies.click()
    assert QGuiApplication.clipboard().text() == shown.kept.words.toPlainText()
    shown.refresh()
    assert words(shown.rows.itemAt(0).widget())[-1] == "11/21(土)に取り消しました"
    assert not any(change_set == imports.past(workspace)[0].change_set for change_set in shown.buttons)


def test_a_second_click_while_it_works_takes_back_nothing_more(
    shown: ImportsSection, workspace: Workspace, qtbot: QtBot
) -> None:
    (takes,) = shown.buttons.values()
    takes.click()
    takes.click()
    assert not takes.isEnabled()
    qtbot.waitUntil(lambda: not shown.is_busy)
    assert history.peek(workspace)[0] == "「Eight.csvから3人を取り込みました」を元に戻しました"
    assert imports.past(workspace)[0].fate == "taken_back"


def test_an_undone_import_has_no_button(shown: ImportsSection, workspace: Workspace) -> None:
    history.undo(workspace)
    shown.refresh()
    assert not shown.buttons
    assert words(shown.rows.itemAt(0).widget())[-1] == "取り込んですぐに取り消しました"


def test_large_steps_stand_below(shown: ImportsSection, workspace: Workspace) -> None:
    for number in range(20):
        prospects.add(workspace, Candidate(name=f"見本 {number}"))
    prospects.tag(workspace, customers.listing(workspace, customers.Filter()).ids, "展示会")
    shown.refresh()
    assert words(shown.steps.itemAt(0).widget())[1] == "#展示会 を付けました"


def test_an_import_taken_back_stands_in_one_list_only_and_is_put_back_there(
    shown: ImportsSection, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "LEAST_ROWS", 1)
    (takes,) = shown.buttons.values()
    takes.click()
    qtbot.waitUntil(lambda: not shown.is_busy)
    shown.refresh()
    (back,) = shown.buttons.values()
    assert (back.text(), back.accessibleName()) == ("元に戻す", "元に戻す：Eight.csv")
    assert shown.steps.count() == 0
    back.click()
    qtbot.waitUntil(lambda: not shown.is_busy)
    shown.refresh()
    assert imports.past(workspace)[0].stands
    assert len(customers.listing(workspace, customers.Filter()).ids) == len(NAMES)
    assert [one.text() for one in shown.buttons.values()] == ["取り消す"]


def test_a_stray_enter_takes_nothing_back_and_tab_reaches_the_first_button(
    page: SettingsPage, shown: ImportsSection, qtbot: QtBot
) -> None:
    with qtbot.waitActive(page):
        page.activateWindow()
    page.focus_first()
    (takes,) = shown.buttons.values()
    assert shown.hasFocus()
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert not shown.is_busy
    qtbot.keyClick(shown, Qt.Key.Key_Tab)
    assert takes.hasFocus()
    assert takes.accessibleName() == "取り消す：Eight.csv"


def test_what_was_kept_is_no_longer_said_when_the_import_is_put_back(
    shown: ImportsSection, context: Context, workspace: Workspace, qtbot: QtBot
) -> None:
    kept = customers.listing(workspace, customers.Filter()).ids[0]
    prospects.edit(workspace, kept, memo="来月また話す")
    (takes,) = shown.buttons.values()
    takes.click()
    qtbot.waitUntil(lambda: not shown.kept.isHidden())
    shown.refresh()
    assert not shown.kept.isHidden()
    context.undo()
    qtbot.waitUntil(shown.kept.isHidden)
    assert len(customers.listing(workspace, customers.Filter()).ids) == len(NAMES)
