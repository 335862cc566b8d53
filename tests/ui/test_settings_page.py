"""設定 as it is used: everything is kept at once."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from soloflow import i18n
from soloflow.domain.candidates import Candidate
from soloflow.domain.errors import UserError
from soloflow.services import backups, customers, prospects, settings, vocabulary
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.pages.settings import SettingsPage
from soloflow.ui.pages.settings.data import DataSection
from soloflow.ui.pages.settings.lists import ListsSection
from soloflow.ui.pages.settings.past import BackupSection, HistorySection
from soloflow.ui.pages.settings.personal import DisplaySection, ProfileSection
from soloflow.ui.pages.settings.section import SavedField, Section


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> SettingsPage:
    made = SettingsPage(context)
    qtbot.addWidget(made)
    made.resize(1204, 726)
    made.show()
    return made


def section(page: SettingsPage, name: str) -> Section:
    page.arrive(section=name)
    return page.sections[name]


def test_a_name_is_kept_on_enter(page: SettingsPage, workspace: Workspace, qtbot: QtBot) -> None:
    profile = section(page, "profile")
    assert isinstance(profile, ProfileSection)
    profile.fields["name"].setText("見本 花子")
    qtbot.keyClick(profile.fields["name"], Qt.Key.Key_Return)
    assert settings.load(workspace.folder).name == "見本 花子"


def test_escape_brings_the_old_words_back(page: SettingsPage, workspace: Workspace, qtbot: QtBot) -> None:
    settings.change(workspace.folder, trade_name="もとの屋号")
    page.refresh(None)
    profile = page.sections["profile"]
    assert isinstance(profile, ProfileSection)
    profile.fields["trade_name"].setText("ちがう屋号")
    qtbot.keyClick(profile.fields["trade_name"], Qt.Key.Key_Escape)
    assert profile.fields["trade_name"].text() == "もとの屋号"
    assert settings.load(workspace.folder).trade_name == "もとの屋号"


@pytest.mark.parametrize(("typed", "kept"), [("5,000", 5000), ("¥8000", 8000), ("６０００円", 6000), ("たくさん", 0)])
def test_an_hour_takes_yen_as_people_write_them(
    page: SettingsPage, workspace: Workspace, qtbot: QtBot, typed: str, kept: int
) -> None:
    profile = section(page, "profile")
    assert isinstance(profile, ProfileSection)
    profile.fields["hourly_yen"].setText(typed)
    qtbot.keyClick(profile.fields["hourly_yen"], Qt.Key.Key_Return)
    assert settings.load(workspace.folder).hourly_yen == kept


@pytest.mark.parametrize(("name", "typed"), [("mail", "kenji@sato-soft"), ("hourly_yen", "たくさん")])
def test_what_cannot_be_kept_stays_in_the_field_with_a_sentence_below(
    page: SettingsPage, context: Context, workspace: Workspace, qtbot: QtBot, name: str, typed: str
) -> None:
    profile = section(page, "profile")
    assert isinstance(profile, ProfileSection)
    field = profile.fields[name]
    field.setText(typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not getattr(settings.load(workspace.folder), name)
    assert field.fault.isVisible()
    field.clearFocus()
    page.refresh(None)
    assert field.text() == typed
    again = ProfileSection(context)  # another language, another appearance: the page is built anew
    qtbot.addWidget(again)
    again.refresh()
    assert (again.fields[name].text(), bool(again.fields[name].fault.text())) == (typed, True)


def test_a_mended_mail_is_kept_and_the_sentence_goes(page: SettingsPage, workspace: Workspace, qtbot: QtBot) -> None:
    profile = section(page, "profile")
    assert isinstance(profile, ProfileSection)
    field = profile.fields["mail"]
    for typed in ("kenji@sato-soft", "kenji@sato.example.jp"):
        field.setText(typed)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert settings.load(workspace.folder).mail == "kenji@sato.example.jp"
    assert field.fault.isHidden()


def test_escape_after_a_slip_brings_back_what_is_kept(page: SettingsPage, workspace: Workspace, qtbot: QtBot) -> None:
    settings.change(workspace.folder, mail="kenji@sato.example.jp")
    page.refresh(None)
    profile = section(page, "profile")
    assert isinstance(profile, ProfileSection)
    field = profile.fields["mail"]
    field.setText("kenji@")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), field.fault.isHidden()) == ("kenji@sato.example.jp", True)


def test_language_is_switched_live_and_kept(
    page: SettingsPage, context: Context, workspace: Workspace, qtbot: QtBot
) -> None:
    display = section(page, "display")
    assert isinstance(display, DisplaySection)
    with qtbot.waitSignal(context.theme_changed):
        display.language.choose("en")
        display.language.chosen.emit("en")
    assert i18n.language() == "en"
    assert settings.load(workspace.folder).language == "en"
    context.set_language("ja")


def test_appearance_is_switched_live_and_kept(
    page: SettingsPage, context: Context, workspace: Workspace, qtbot: QtBot
) -> None:
    display = section(page, "display")
    assert isinstance(display, DisplaySection)
    with qtbot.waitSignal(context.theme_changed):
        display.appearance.chosen.emit("dark")
    assert context.theme.is_dark
    assert settings.load(workspace.folder).appearance == "dark"
    context.set_appearance("light")


def test_an_unknown_time_zone_changes_nothing(page: SettingsPage, workspace: Workspace, qtbot: QtBot) -> None:
    data = section(page, "data")
    assert isinstance(data, DataSection)
    data.zone.setText("Mars/Olympus")
    qtbot.keyClick(data.zone, Qt.Key.Key_Return)
    assert settings.load(workspace.folder).time_zone == "Asia/Tokyo"
    assert data.zone.text() == "Asia/Tokyo"


def test_a_sound_file_is_called_sound(page: SettingsPage, qtbot: QtBot) -> None:
    data = section(page, "data")
    assert isinstance(data, DataSection)
    data.checks.click()
    qtbot.waitUntil(lambda: data.verdict.text() == "問題は見つかりませんでした。")


def test_a_false_derived_row_is_found_and_mended(page: SettingsPage, workspace: Workspace, qtbot: QtBot) -> None:
    prospects.add(workspace, Candidate(company="青葉物流"), stage=2)
    spoil(workspace)
    data = section(page, "data")
    assert isinstance(data, DataSection)
    data.checks.click()
    qtbot.waitUntil(data.mends.isVisible)
    assert "1件" in data.verdict.text()
    data.mends.click()
    qtbot.waitUntil(lambda: data.verdict.text() == "問題は見つかりませんでした。")


def spoil(ws: Workspace) -> None:
    from contextlib import closing

    from soloflow.store.database import connect

    with closing(connect(ws.store.path)) as connection:
        connection.execute("UPDATE prospect_states SET stage = 7")


def test_everything_can_be_written_out(page: SettingsPage, qtbot: QtBot, tmp_path: Path) -> None:
    data = section(page, "data")
    assert isinstance(data, DataSection)
    data.export_to(tmp_path / "out")
    qtbot.waitUntil((tmp_path / "out" / "everything.json").exists)


def test_a_copy_is_taken_and_listed(page: SettingsPage, workspace: Workspace, qtbot: QtBot) -> None:
    copies = section(page, "backups")
    assert isinstance(copies, BackupSection)
    copies.takes.click()
    qtbot.waitUntil(lambda: len(backups.listed(workspace)) == 1)
    qtbot.waitUntil(lambda: copies.rows.count() == 1)


def test_putting_a_copy_back_is_asked_about_once(
    page: SettingsPage, context: Context, workspace: Workspace, qtbot: QtBot
) -> None:
    path = backups.take(workspace)
    copies = section(page, "backups")
    assert isinstance(copies, BackupSection)
    asks = copies.rows.itemAt(0).widget().findChild(type(copies.takes))
    asks.click()
    gives = copies.rows.itemAt(0).widget().findChild(type(copies.takes))
    assert gives.text() == "戻す"
    with qtbot.waitSignal(context.profile_wanted) as told:
        gives.click()
    assert told.args == ["restore", path]


def test_the_question_has_the_keyboard_and_escape_gives_it_back(
    page: SettingsPage, context: Context, workspace: Workspace, qtbot: QtBot
) -> None:
    path = backups.take(workspace)
    copies = section(page, "backups")
    assert isinstance(copies, BackupSection)
    page.activateWindow()
    qtbot.mouseClick(buttons(copies)["戻す…"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: buttons(copies)["戻す"].hasFocus())
    qtbot.keyClick(buttons(copies)["戻す"], Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: buttons(copies)["戻す…"].hasFocus())
    qtbot.keyClick(buttons(copies)["戻す…"], Qt.Key.Key_Return)
    with qtbot.waitSignal(context.profile_wanted) as told:
        qtbot.keyClick(buttons(copies)["戻す"], Qt.Key.Key_Return)
    assert told.args == ["restore", path]


def test_a_copy_is_deleted_after_one_question(page: SettingsPage, workspace: Workspace, qtbot: QtBot) -> None:
    backups.take(workspace)
    copies = section(page, "backups")
    assert isinstance(copies, BackupSection)
    qtbot.mouseClick(buttons(copies)["消す…"], Qt.MouseButton.LeftButton)
    assert len(backups.listed(workspace)) == 1
    qtbot.mouseClick(buttons(copies)["消す"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: backups.listed(workspace) == ())
    qtbot.waitUntil(lambda: "消す…" not in buttons(copies))


def test_the_sample_can_be_seen_again(page: SettingsPage, context: Context, qtbot: QtBot) -> None:
    data = section(page, "data")
    assert isinstance(data, DataSection)
    with qtbot.waitSignal(context.profile_wanted) as told:
        data.samples.click()
    assert told.args[0] == "sample"


def buttons(copies: BackupSection) -> dict[str, QPushButton]:
    row = copies.rows.itemAt(0).widget()
    return {one.text(): one for one in row.findChildren(QPushButton)}


def test_an_older_step_is_taken_back_while_later_ones_stay(
    page: SettingsPage, workspace: Workspace, qtbot: QtBot
) -> None:
    first = prospects.add(workspace, Candidate(company="青葉物流"), stage=2).created[0]
    prospects.edit(workspace, first, memo="のちほど")
    prospects.edit(workspace, first, website="https://example.jp/")
    past = section(page, "history")
    assert isinstance(past, HistorySection)
    past.rows.itemAt(1).widget().findChild(type(page.tabs._group.button(0))).click()
    qtbot.waitUntil(lambda: field(workspace, first, "memo") == "")
    assert field(workspace, first, "website") == "https://example.jp/"


def test_a_word_is_added_renamed_and_hidden_in_place(page: SettingsPage, workspace: Workspace, qtbot: QtBot) -> None:
    lists = section(page, "lists")
    assert isinstance(lists, ListsSection)
    lists.adders["channels"].setText("ラジオ")
    qtbot.keyClick(lists.adders["channels"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: vocabulary.words(workspace, "channels")[-1].name == "ラジオ")
    row = lists.lists["channels"].itemAt(lists.lists["channels"].count() - 1).widget()
    name = row.findChild(SavedField)
    name.setText("ポッドキャスト")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: vocabulary.words(workspace, "channels")[-1].name == "ポッドキャスト")
    word = vocabulary.words(workspace, "channels")[-1]
    lists._hide("channels", word.id, hidden=True)
    qtbot.waitUntil(lambda: word.id not in dict(customers.channels(workspace)))


def test_a_word_that_is_there_already_is_refused(workspace: Workspace) -> None:
    first = vocabulary.words(workspace, "lost_reasons")[0]
    with pytest.raises(UserError, match=first.name):
        vocabulary.add(workspace, "lost_reasons", first.name)


def field(ws: Workspace, prospect: int, name: str) -> object:
    with ws.store.read() as reader:
        return reader.get("prospects", prospect)[name]
