"""Nothing stays Japanese in the English window: every word shown, said to screen readers or kept in a tooltip.

The records are in English, so whatever Japanese is found was not translated. Painted words are read from a drawing of the
window as SVG, in which every text stands as text.
"""

import argparse
import html
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QCoreApplication, QEvent, QIODevice, QPoint, Qt
from PySide6.QtGui import QAction, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)  # fmt: skip
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parents[2]))
from hatch_build import compile_catalogues

from soloflow import cli, i18n, resources
from soloflow.domain.candidates import Candidate
from soloflow.services import capturing, follow_ups, meetups, process, prospects, settings
from soloflow.services.workspace import Workspace
from soloflow.ui import capture_window
from soloflow.ui.capture_window import CaptureWindow, open_capture
from soloflow.ui.main_window import MainWindow
from soloflow.ui.pages.customers.background import wrapped
from soloflow.ui.pages.customers.erase_dialog import EraseDialog
from soloflow.ui.pages.customers.filters import FilterPanel
from soloflow.ui.pages.settings.page import SECTIONS as SETTINGS
from soloflow.ui.pages.site.miniature import Miniature
from soloflow.ui.pages.site.sections import SECTIONS
from soloflow.ui.pages_list import PAGES
from soloflow.ui.start import build_window
from soloflow.ui.widgets.bug_dialog import BugDialog
from soloflow.ui.widgets.move_panels import LosePanel, MovePanel, RecyclePanel
from soloflow.ui.widgets.shortcuts_sheet import ShortcutsSheet

JAPANESE = re.compile(r"[ぁ-んァ-ヺ一-龥々、。「」（）：]")
OF_THE_SITE = (Miniature,)
"""Shows the site itself, which is written for Japanese readers."""
OWN_NAMES = {"日本語", "水"}
"""A language and a look of the site, called by their own names."""
KEPT_ROWS = 40


@pytest.fixture(scope="module", autouse=True)
def _catalogue() -> None:
    compile_catalogues(resources.path("locale"))
    i18n._catalogue.cache_clear()


@pytest.fixture
def english(ws: Workspace) -> Workspace:
    """A year of an engineer who writes English: people at every stage, parked, lost, a deal, words worth keeping."""
    i18n.set_language("en")
    settings.save(ws.folder, settings.Settings(name="Ann Lee", trade_name="Lee Systems", mail="ann@example.com"))
    evening = meetups.create(ws, "Software for factories", date(2026, 11, 20), place="Kamata", fee_yen=1000).created[0]
    for line in ("Joe Gray / Acme Inc. / stock outgrew Excel -> next Tue call", "Sue Park / Beta Ltd. -> today mail"):
        capturing.save(ws, capturing.read(ws, line, meetup=evening))
    ids = [a_customer(ws, number) for number in range(1, 10)]
    first = ids[2]
    prospects.answer(ws, first, 1, "They meet on Tuesday", is_fact=True)
    prospects.note(ws, first, "voice", "Nobody goes home on time")
    prospects.note(ws, first, "sign", "A new budget")
    prospects.tag(ws, ids[:2], "stock")
    prospects.put_deal(ws, first, name="Stock screen", expected_yen=900_000, state="quoted", due_on="2026-12-01")
    follow_ups.plan(ws, first, "Send the quote", date(2026, 11, 18))
    process.lose(ws, [ids[0]], "budget", "no money this year")
    process.recycle(ws, [ids[1]], "timing", date(2027, 5, 21), "next year")
    return ws


def a_customer(ws: Workspace, stage: int) -> int:
    name = f"Kim {'ABCDEFGHI'[stage - 1]}"
    person = Candidate(name=name, company=f"Company {stage}", emails=(f"kim{stage}@example.com",))
    return prospects.add(ws, person, stage=stage).created[0]


@pytest.fixture
def window(qtbot: QtBot, english: Workspace) -> Iterator[MainWindow]:
    made = build_window(english, "light")
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitUntil(lambda: made._watch is not None)
    yield made
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def capture(qtbot: QtBot, window: MainWindow) -> Iterator[CaptureWindow]:
    made = open_capture(window.context)
    qtbot.addWidget(made)
    yield made
    made.close()
    capture_window._forget(made)


def painted(widget: QWidget) -> list[str]:
    """Every text that is drawn."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.ReadWrite)
    drawing = QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setSize(widget.size())
    hidden = [one for kind in OF_THE_SITE for one in widget.findChildren(kind) if one.isVisible()]
    for one in hidden:
        one.hide()
    painter = QPainter(drawing)
    widget.render(painter, QPoint())
    painter.end()
    for one in hidden:
        one.show()
    return [html.unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", bytes(buffer.data()).decode())]


def words_of(widget: QWidget) -> list[str]:
    """What one widget shows, hints at or says to a screen reader."""
    found = [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
    found += [action.text() for action in widget.actions()] + [action.toolTip() for action in widget.actions()]
    match widget:
        case QLabel() | QAbstractButton():
            found.append(widget.text())
        case QLineEdit():
            found += [widget.text(), widget.placeholderText()]
        case QPlainTextEdit():
            found.append(widget.placeholderText())
        case QComboBox():
            found += [widget.itemText(row) for row in range(widget.count())]
        case QAbstractItemView() if widget.model() is not None:
            model = widget.model()
            roles = (
                Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole,
            )  # fmt: skip
            for row in range(min(KEPT_ROWS, model.rowCount())):
                found += [str(model.index(row, 0).data(role) or "") for role in roles]
    return found


def untranslated(root: QWidget) -> set[str]:
    """The Japanese in a window, a page or a panel."""
    shown = [one for one in (root, *root.findChildren(QWidget)) if not isinstance(one, OF_THE_SITE)]
    texts = [text for one in shown for text in words_of(one)]
    texts += [action.text() for action in root.findChildren(QAction)]
    texts += painted(root) if root.isVisible() else []
    return {text for text in texts if JAPANESE.search(text)} - OWN_NAMES


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.wait(120)
    qtbot.waitUntil(lambda: not window.context.is_writing, timeout=10_000)


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
        qtbot.wait(120)
        found |= untranslated(capture)
    capture._open_chooser()
    qtbot.wait(50)
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
        qtbot.wait(50)
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
    qtbot.wait(20)
    found = untranslated(dialog)
    dialog.close()
    assert found == set()


def test_the_filters_are_in_english(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("customers")
    window.page("customers").list.open_filter()
    qtbot.wait(50)
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
