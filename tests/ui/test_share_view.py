"""自分のQR: what is on the screen is read by a phone, in every theme and size; missing facts are said with one way to mend them."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QImageWriter
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from soloflow.capture.qr import codes_of
from soloflow.capture.qr_people import people_of_text
from soloflow.services import history, meetups, settings, sharing, site
from soloflow.services.workspace import Workspace
from soloflow.ui import commands
from soloflow.ui.capture_window import open_capture
from soloflow.ui.context import Context
from soloflow.ui.pages.site.page import SitePage
from soloflow.ui.share import ShareWindow, open_share
from soloflow.ui.theme import load_theme

PROFILE = {
    "name": "髙﨑 花子", "kana": "たかさき はなこ", "trade_name": "花見川ソフト工房", "mail": "hanako@example.jp", "phone": "090-1234-5678",
    "base_url": "https://example.jp/",
}  # fmt: skip


@pytest.fixture
def known(workspace: Workspace) -> Workspace:
    site.save_section(workspace, "profile", PROFILE)
    return workspace


@pytest.fixture
def meetup(known: Workspace) -> int:
    return meetups.create(known, "第15回 町工場×ソフト夜話", date(2026, 11, 21)).created[0]


def shown(qtbot: QtBot, context: Context, meetup: int | None = None, size: tuple[int, int] = (960, 640)) -> ShareWindow:
    window = ShareWindow(context, meetup)
    qtbot.addWidget(window)
    window.resize(*size)
    with qtbot.waitActive(window):  # keys go to the active window
        window.show()
        window.activateWindow()
    return window


def on_screen(window: ShareWindow) -> str:
    """What a phone reads from the window."""
    kept = QBuffer()
    kept.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(kept, QByteArray(b"PNG")).write(window.grab().toImage())
    (found,) = codes_of("screen", bytes(kept.data().data()))
    return found.text


@pytest.mark.parametrize("theme_name", ["light", "dark"])
@pytest.mark.parametrize("size", [(640, 480), (960, 640), (1280, 800)])
def test_the_screen_shows_a_card_that_is_read_as_the_same_person(
    qtbot: QtBot, context: Context, known: Workspace, theme_name: str, size: tuple[int, int]
) -> None:
    context.theme = load_theme(theme_name)
    window = shown(qtbot, context, size=size)
    person = people_of_text(on_screen(window)).candidates[0]
    assert (person.name, person.kana, person.company) == ("髙﨑 花子", "タカサキ ハナコ", "花見川ソフト工房")
    assert (person.emails, person.urls, person.phones) == (("hanako@example.jp",), ("https://example.jp/",), ())


def test_every_module_is_a_whole_number_of_pixels_in_white_on_any_ground(
    qtbot: QtBot, context: Context, known: Workspace
) -> None:
    context.theme = load_theme("dark")
    window = shown(qtbot, context)
    image = window.code.grab().toImage()
    drawing, module = window.drawing, window.code.module()
    assert drawing is not None
    left, top = (image.width() - module * drawing.side) // 2, (image.height() - module * drawing.side) // 2
    colours = {
        image.pixelColor(x, y).name()
        for x in range(left, left + module * drawing.side)
        for y in range(top, top + module * 6)
    }
    assert colours == {"#ffffff", "#000000"}
    for y in range(drawing.side):
        for x in range(0, drawing.side, 7):
            expected = "#000000" if drawing.is_dark(x - sharing.QUIET, y - sharing.QUIET) else "#ffffff"
            for inside in (0, module - 1):
                assert image.pixelColor(left + x * module + inside, top + y * module + inside).name() == expected


def test_the_arrows_lead_to_the_link_and_back(qtbot: QtBot, context: Context, known: Workspace) -> None:
    window = shown(qtbot, context)
    qtbot.keyClick(window, Qt.Key.Key_Right)
    assert window.tabs.key == "site"
    assert on_screen(window) == "https://example.jp/"
    qtbot.keyClick(window, Qt.Key.Key_Left)
    assert on_screen(window).startswith("BEGIN:VCARD")


def test_a_click_on_the_tab_shows_the_link(qtbot: QtBot, context: Context, known: Workspace) -> None:
    window = shown(qtbot, context)
    qtbot.mouseClick(window.tabs.findChildren(QPushButton)[1], Qt.MouseButton.LeftButton)
    assert on_screen(window) == "https://example.jp/"


def test_at_a_meetup_the_link_gets_its_code_and_one_undo_takes_it_away(
    qtbot: QtBot, context: Context, meetup: int
) -> None:
    window = shown(qtbot, context, meetup)
    window.show_tab("site")
    qtbot.waitUntil(lambda: window.link.endswith("?s=261121"))
    assert on_screen(window) == "https://example.jp/?s=261121"
    assert "夜話から来た人" in window.foot.said
    changes = history.undo(context.workspace)
    assert changes is not None
    context.announce(changes)
    assert on_screen(window) == "https://example.jp/"
    assert window.foot.said == ""


def test_what_the_card_shows_is_chosen_and_remembered(qtbot: QtBot, context: Context, known: Workspace) -> None:
    window = shown(qtbot, context)
    assert not window.foot.chips["phone"].isChecked()
    qtbot.mouseClick(window.foot.chips["phone"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(window.foot.chips["mail"], Qt.MouseButton.LeftButton)
    person = people_of_text(on_screen(window)).candidates[0]
    assert [phone.number for phone in person.phones] == ["090-1234-5678"]
    assert person.emails == ()
    again = shown(qtbot, context)
    assert (again.foot.chips["phone"].isChecked(), again.foot.chips["mail"].isChecked()) == (True, False)


def test_parts_that_are_not_known_are_not_offered(qtbot: QtBot, context: Context, known: Workspace) -> None:
    window = shown(qtbot, context)
    assert window.foot.chips["tagline"].isHidden()
    assert not window.foot.chips["phone"].isHidden()


def test_choosing_keeps_the_choice_of_what_is_not_known_yet(
    qtbot: QtBot, context: Context, workspace: Workspace
) -> None:
    settings.change(workspace.folder, name="山田 太郎", mail="t@example.jp")
    window = shown(qtbot, context)
    qtbot.mouseClick(window.foot.chips["mail"], Qt.MouseButton.LeftButton)
    assert sharing.chosen_parts(workspace) == ("company", "site", "kana")


def test_a_missing_name_is_said_with_the_way_to_write_it(qtbot: QtBot, context: Context, workspace: Workspace) -> None:
    window = shown(qtbot, context)
    assert window.drawing is None
    way = next(made for made in window.findChildren(QPushButton) if made.text() == "名前を書く")
    with qtbot.waitSignal(context.navigated) as went:
        qtbot.mouseClick(way, Qt.MouseButton.LeftButton)
    assert went.args == ["settings", {"section": "profile"}]


def test_nothing_stands_above_the_page_on_which_the_name_is_written(
    qtbot: QtBot, context: Context, workspace: Workspace
) -> None:
    capture = open_capture(context)
    qtbot.addWidget(capture)
    capture.line.setText("十河 カワセミ食品")
    window = open_share(context)
    way = next(made for made in window.findChildren(QPushButton) if made.text() == "名前を書く")
    qtbot.mouseClick(way, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(partial(is_gone, window))
    assert not capture.isVisible()
    assert open_capture(context).line.text() == "十河 カワセミ食品"
    capture.close()


def test_a_missing_address_is_said_with_the_way_to_write_it(
    qtbot: QtBot, context: Context, workspace: Workspace
) -> None:
    settings.change(workspace.folder, name="山田 太郎")
    window = shown(qtbot, context)
    window.show_tab("site")
    assert not window.foot.copy.isEnabled()
    way = next(made for made in window.findChildren(QPushButton) if made.text() == "アドレスを書く")
    with qtbot.waitSignal(context.navigated) as went:
        qtbot.mouseClick(way, Qt.MouseButton.LeftButton)
    assert went.args == ["site", {"path": "profile.base_url"}]


def test_what_is_written_meanwhile_is_shown(qtbot: QtBot, context: Context, workspace: Workspace) -> None:
    window = shown(qtbot, context)
    context.announce(site.save_section(workspace, "profile", PROFILE), quietly=True)
    assert "髙﨑" in on_screen(window)


def test_the_link_is_copied(qtbot: QtBot, context: Context, known: Workspace) -> None:
    window = shown(qtbot, context)
    window.show_tab("site")
    qtbot.keyClick(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "https://example.jp/"
    assert window.foot.said == "リンクをコピーしました"


@pytest.mark.parametrize("name", ["qr.png", "qr.svg"])
def test_the_code_is_saved_as_a_picture(
    qtbot: QtBot, context: Context, known: Workspace, tmp_path: Path, name: str
) -> None:
    window = shown(qtbot, context)
    window.save_to(tmp_path / name)
    qtbot.waitUntil(lambda: "保存しました" in window.foot.said)
    assert (tmp_path / name).stat().st_size > 500


def test_a_place_that_cannot_be_written_is_said_where_it_was_asked(
    qtbot: QtBot, context: Context, known: Workspace, tmp_path: Path
) -> None:
    window = shown(qtbot, context)
    window.save_to(tmp_path / "nowhere" / "qr.png")
    qtbot.waitUntil(lambda: "書けません" in window.foot.said)


@pytest.fixture
def opened(qtbot: QtBot, context: Context, known: Workspace) -> ShareWindow:
    """Nobody else's: it goes away by itself."""
    window = open_share(context)
    qtbot.waitUntil(window.isActiveWindow)
    return window


def is_gone(window: ShareWindow) -> bool:
    return not isValid(window)


def test_it_covers_the_screen_and_esc_closes_it(qtbot: QtBot, opened: ShareWindow) -> None:
    assert opened.isFullScreen()
    qtbot.keyClick(opened, Qt.Key.Key_Escape)
    qtbot.waitUntil(partial(is_gone, opened))


def test_the_cross_closes_it(qtbot: QtBot, opened: ShareWindow) -> None:
    qtbot.mouseClick(opened.leave, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(partial(is_gone, opened))


def test_f11_makes_it_a_window_and_back(qtbot: QtBot, opened: ShareWindow) -> None:
    qtbot.keyClick(opened, Qt.Key.Key_F11)
    assert not opened.isFullScreen()
    qtbot.keyClick(opened, Qt.Key.Key_F11)
    assert opened.isFullScreen()
    opened.close()


def test_it_closes_with_the_program(qtbot: QtBot, context: Context, opened: ShareWindow) -> None:
    context.closing.emit()
    qtbot.waitUntil(partial(is_gone, opened))


def test_opening_it_again_leaves_one_window(qtbot: QtBot, context: Context, opened: ShareWindow) -> None:
    again = open_share(context)
    qtbot.waitUntil(partial(is_gone, opened))
    assert again.isVisible()
    again.close()
    qtbot.waitUntil(partial(is_gone, again))


def test_another_theme_keeps_what_is_shown(qtbot: QtBot, context: Context, known: Workspace) -> None:
    window = shown(qtbot, context)
    window.show_tab("site")
    context.theme_changed.emit()
    qtbot.waitUntil(lambda: window.code.isVisible())
    assert (window.tabs.key, on_screen(window)) == ("site", "https://example.jp/")


def opened_by(qtbot: QtBot, act: Callable[[], object]) -> ShareWindow:
    before = set(QApplication.topLevelWidgets())
    act()
    (window,) = (one for one in QApplication.topLevelWidgets() if one not in before and isinstance(one, ShareWindow))
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_the_command_field_opens_the_card_with_the_meetup_of_this_evening(
    qtbot: QtBot, context: Context, meetup: int
) -> None:
    settings.change(context.workspace.folder, last_meetup=meetup)
    found = commands.actions(context, lambda: None, lambda: None)
    (hit,), _alike = commands.matching([one for one in found if one.icon == "qr"], "名刺")
    window = opened_by(qtbot, hit.act)
    assert (window.tab, window.meetup) == ("card", meetup)
    window.close()


def test_the_page_of_the_site_opens_the_link(qtbot: QtBot, context: Context, known: Workspace) -> None:
    page = SitePage(context)
    qtbot.addWidget(page)
    window = opened_by(qtbot, page.side.share.click)
    assert on_screen(window) == "https://example.jp/"
    window.close()


def test_everything_has_a_name_for_a_screen_reader(qtbot: QtBot, context: Context, known: Workspace) -> None:
    window = shown(qtbot, context)
    assert (
        window.code.accessibleName() == "QRコード：髙﨑 花子・花見川ソフト工房・hanako@example.jp・https://example.jp/"
    )
    assert all(made.accessibleName() or made.text() for made in window.findChildren(QPushButton))


def test_in_the_smallest_window_the_keys_give_way_and_no_part_is_squeezed(
    qtbot: QtBot, context: Context, known: Workspace
) -> None:
    window = shown(qtbot, context, size=(640, 480))
    chips = [chip for chip in window.foot.chips.values() if chip.isVisible()]
    assert len(chips) == 5
    assert all(chip.width() >= chip.sizeHint().width() for chip in chips)
    assert not window.foot._keys.isVisible()
    window.resize(960, 640)
    qtbot.waitUntil(window.foot._keys.isVisible)
