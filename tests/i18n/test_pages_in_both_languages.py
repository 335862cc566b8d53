"""Nothing stays Japanese in the English window: every word shown, said to screen readers or kept in a tooltip.

The records are in English, so whatever Japanese is found was not translated.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shown_words import JAPANESE, settle, untranslated

from soloflow import cli, i18n
from soloflow.services.workspace import Workspace
from soloflow.ui.capture_window import CaptureWindow
from soloflow.ui.main_window import MainWindow
from soloflow.ui.pages.customers.background import wrapped
from soloflow.ui.pages.customers.erase_dialog import EraseDialog
from soloflow.ui.pages.customers.filters import FilterPanel
from soloflow.ui.pages.settings.page import SECTIONS as SETTINGS
from soloflow.ui.pages.site.sections import SECTIONS
from soloflow.ui.pages_list import PAGES
from soloflow.ui.start import build_window
from soloflow.ui.widgets.bug_dialog import BugDialog
from soloflow.ui.widgets.leaving_dialog import LeavingDialog
from soloflow.ui.widgets.move_panels import LosePanel, MovePanel, RecyclePanel
from soloflow.ui.widgets.shortcuts_sheet import ShortcutsSheet


@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
def test_a_page_shows_no_japanese_in_english(qtbot: QtBot, window: MainWindow, key: str) -> None:
    window.show_page(key)
    if key == "insights":
        page = window.page(key)
        qtbot.waitUntil(lambda: page.shown is not None, timeout=20_000)
    settle(qtbot, window)
    assert untranslated(window) == set()


@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
def test_an_empty_page_shows_no_japanese_in_english(qtbot: QtBot, ws: Workspace, key: str) -> None:
    i18n.set_language("en")
    empty = build_window(ws, "light")
    qtbot.addWidget(empty)
    empty.show()
    qtbot.waitUntil(lambda: empty._watch is not None)
    empty.show_page(key)
    settle(qtbot, empty)
    found = untranslated(empty)
    empty.close()
    assert found == set()


def test_each_customer_of_every_kind_is_shown_in_english(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("customers")
    page = window.page("customers")
    found = set()
    with window.context.workspace.store.read() as reader:
        ids = reader.ids("prospects")
    for prospect in ids:
        page.arrive(prospect=prospect)
        settle(qtbot, window)
        found |= untranslated(window)
    assert found == set()


def test_each_tab_of_the_settings_is_in_english(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("settings")
    page = window.page("settings")
    found = set()
    for name in SETTINGS:
        page.show_section(name)
        settle(qtbot, window)
        found |= untranslated(window)
    assert found == set()


def test_each_section_of_the_site_is_in_english(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("site")
    page = window.page("site")
    found = set()
    for section in SECTIONS:
        page.arrive(section=section.key)
        settle(qtbot, window)
        found |= untranslated(window)
    assert found == set()


def test_the_table_of_the_figures_is_in_english(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("insights")
    page = window.page("insights")
    qtbot.waitUntil(lambda: page.shown is not None, timeout=20_000)
    page.header.view.chosen.emit("table")
    settle(qtbot, window)
    assert untranslated(window) == set()


def test_an_import_is_shown_in_english(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text(
        "First Name,Last Name,Email Address,Company,Position,Connected On\n"
        "Joe,Gray,joe@example.com,Acme Inc.,Owner,20 Nov 2026\nAmy,Fox,amy@example.com,Delta,Buyer,01 Feb 2024\n"
        "Odd,Mail,no-address,Delta,Buyer,01 Feb 2024\n",
        encoding="utf-8",
    )
    window.show_page("import", files=[file])
    page = window.page("import")
    qtbot.waitUntil(lambda: page.preview is not None, timeout=10_000)
    settle(qtbot, window)
    found = untranslated(window)
    page.bring()
    settle(qtbot, window)
    assert found | untranslated(window) == set()


def test_the_evening_is_in_english(qtbot: QtBot, capture: CaptureWindow) -> None:
    found = untranslated(capture)
    for line in ("Joe Gray / Acme Inc. / asked for a quote -> Tue mail", "Zoe Hill / Acme Inc.", "Kim A", "New Person"):
        capture.line.setText(line)
        settle(qtbot, capture)
        found |= untranslated(capture)
    capture._open_chooser()
    settle(qtbot, capture)
    assert found | untranslated(capture) == set()


def test_english_criteria_break_between_words(qtbot: QtBot, window: MainWindow) -> None:
    metrics = window.fontMetrics()
    text = "Delivery and acceptance terms are agreed"
    lines = wrapped(text, metrics, metrics.horizontalAdvance(text) * 2 // 3).split("\n")
    assert (len(lines), " ".join(lines)) == (2, text)


@pytest.mark.parametrize("panel", [LosePanel, RecyclePanel, MovePanel])
def test_the_panels_that_ask_are_in_english(qtbot: QtBot, window: MainWindow, panel: Callable[..., QWidget]) -> None:
    window.show_page("board")
    found = set()
    for ids in ((3,), (1, 2)):
        made = panel(window.context, ids, window)
        made.open()
        settle(qtbot, window)
        found |= untranslated(window)
        made.close_panel()
    assert found == set()


@pytest.mark.parametrize(
    "make",
    [
        lambda window: ShortcutsSheet(window),
        lambda window: BugDialog("report", window),
        lambda window: EraseDialog("Joe Gray", window),
    ],
    ids=["keys", "bug", "erase"],
)
def test_the_dialogs_are_in_english(qtbot: QtBot, window: MainWindow, make: Callable[[QWidget], QWidget]) -> None:
    dialog = make(window)
    dialog.show()
    qtbot.waitExposed(dialog)
    settle(qtbot, window)
    found = untranslated(dialog)
    dialog.close()
    assert found == set()


def test_the_question_on_leaving_during_long_work_is_in_english(qtbot: QtBot, window: MainWindow) -> None:
    may_end = Event()
    window.context.run_long("Import", lambda _progress: may_end.wait(30))
    dialog = LeavingDialog(window.context, window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    found = untranslated(dialog)
    dialog.wait.click()
    found |= untranslated(dialog)
    with qtbot.waitSignal(dialog.leaving, timeout=30_000):
        may_end.set()
    settle(qtbot, window)
    assert found == set()


def test_the_filters_are_in_english(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("customers")
    window.page("customers").list.open_filter()
    settle(qtbot, window)
    assert window.findChildren(FilterPanel)
    assert untranslated(window) == set()


@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
def test_the_same_pages_speak_japanese_when_asked_to(qtbot: QtBot, ws: Workspace, key: str) -> None:
    i18n.set_language("ja")
    window = build_window(ws, "light")
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window._watch is not None)
    window.show_page(key)
    settle(qtbot, window)
    found = untranslated(window.page(key))
    window.close()
    assert found


def helps(parser: argparse.ArgumentParser) -> list[str]:
    """The help of a command and of everything below it."""
    inner = [
        one
        for action in parser._actions
        if isinstance(action, argparse._SubParsersAction)
        for one in action.choices.values()
    ]
    return [parser.format_help(), *(text for one in inner for text in helps(one))]


def test_the_help_of_the_command_is_in_english() -> None:
    i18n.set_language("en")
    assert [line for text in helps(cli._parser()) for line in text.splitlines() if JAPANESE.search(line)] == []
