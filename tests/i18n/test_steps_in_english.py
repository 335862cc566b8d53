"""Nothing stays Japanese in the steps between the pages: capture, imports, duplicates, views, sharing, every tab of 分析."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from shown_words import JAPANESE, settle, untranslated

from soloflow.domain.candidates import Candidate
from soloflow.services import customers, experiments, importing, imports, meetups, prospects, reporting, site, views
from soloflow.services.customers import Filter
from soloflow.services.experiments import Idea
from soloflow.services.reporting import Wanted
from soloflow.services.workspace import Workspace
from soloflow.ui.capture_window import CaptureWindow
from soloflow.ui.main_window import MainWindow
from soloflow.ui.pages.import_preview.mapping_step import MappingStep
from soloflow.ui.pages.insights import report_panel
from soloflow.ui.pages.insights.report_panel import ReportPanel
from soloflow.ui.pages.insights.tabs import TABS
from soloflow.ui.share import ShareWindow
from soloflow.ui.tray import Tray

SIGNATURE = "--\nTaro Yamada\nManager, Acme Inc.\n1-2-3 Ginza, Tokyo\nTel: 03-1234-5678\ntaro@acme.example\n"
RECIPIENTS = "Ann Gray <ann@acme.example>, Bob Hill <bob@beta.example>, Kim A <kima@gamma.example>, no one"
CARDS = "".join(f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEND:VCARD\n" for name in ("Ann Gray", "Bob Hill"))
TABLE = (
    "Visitors of the fair\n\nVisited,Firm,Who,Contact,Phone no,Remark\n"
    "2026/11/14,Acme,Ann Gray,ann@acme.example,9012345678,wants to come again\n"
    "some day,Beta,Bob Hill,no mail,03-1111-2222,\n,,,,,to myself\n"
)
PROFILE = {
    "name": "Ann Lee",
    "trade_name": "Lee Systems",
    "mail": "ann@example.com",
    "base_url": "https://example.com/",
}


def add(ws: Workspace, name: str, company: str = "", mail: str = "", **more: str) -> int:
    given, _space, family = name.partition(" ")
    mails = (mail,) if mail else ()
    person = Candidate(name=name, family=family, given=given, company=company, emails=mails, **more)  # type: ignore[arg-type]
    return prospects.add(ws, person).created[0]


def contacts_file(folder: Path) -> Path:
    file = folder / "contacts.csv"
    file.write_text(
        "First Name,Last Name,Email Address,Company,Position,Connected On\n"
        "Joe,Gray,joe@example.com,Acme Inc.,Owner,20 Nov 2026\nAmy,Fox,amy@example.com,Delta,Buyer,01 Feb 2024\n"
        "Kim,A,other@example.com,Company 1,Buyer,01 Feb 2024\n",
        encoding="utf-8",
    )
    return file


@pytest.mark.parametrize(
    "pasted",
    [SIGNATURE, RECIPIENTS, CARDS, "Ann Gray / Acme\nBob Hill / Beta\n-- \n", "x" * 120_000],
    ids=["signature", "addressees", "cards", "lines", "too long"],
)
def test_what_is_pasted_is_shown_in_english(qtbot: QtBot, capture: CaptureWindow, pasted: str) -> None:
    QGuiApplication.clipboard().setText(pasted)
    qtbot.keyClick(capture.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, capture)
    found = untranslated(capture)
    qtbot.keyClick(capture.line, Qt.Key.Key_Return)
    settle(qtbot, capture)
    assert found | untranslated(capture) == set()


def test_the_panels_of_a_meetup_are_in_english(qtbot: QtBot, capture: CaptureWindow, english: Workspace) -> None:
    bar = capture.surface.bar
    bar.show_meetup(meetups.recent(english)[0])
    found = untranslated(capture)
    bar.open_chooser()
    settle(qtbot, capture)
    found |= untranslated(capture)
    bar.open_editor()
    form = bar.editor.form
    for field in (form.day.field, form.starts, form.link, form.fee, form.hours):
        kept = field.text()
        field.setText("???")
        form._hand_over()
        found |= untranslated(capture)
        field.setText(kept)
    assert found == set()


@pytest.mark.parametrize("is_known", [True, False])
def test_ones_own_codes_are_in_english(qtbot: QtBot, window: MainWindow, english: Workspace, is_known: bool) -> None:
    if is_known:
        site.save_section(english, "profile", PROFILE)
    shown = ShareWindow(window.context, meetups.recent(english)[0].id if is_known else None)
    qtbot.addWidget(shown)
    shown.show()
    found = set()
    for tab in ("card", "site"):
        shown.show_tab(tab)
        settle(qtbot, window)
        found |= untranslated(shown)
    assert found == set()


def test_the_columns_of_an_unknown_table_are_in_english(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "visitors.csv"
    file.write_text(TABLE, encoding="utf-8")
    window.show_page("import", files=[file])
    page = window.page("import")
    qtbot.waitUntil(lambda: isinstance(page._other, MappingStep), timeout=10_000)
    settle(qtbot, window)
    found = untranslated(window)
    page._other.decide()
    qtbot.waitUntil(lambda: page.preview is not None, timeout=10_000)
    settle(qtbot, window)
    assert found | untranslated(window) == set()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.csv", b"<!doctype html><html></html>"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(40)),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("broken.zip", b"PK\x03\x04" + bytes(60)),
        ("paper.pdf", b"%PDF-1.7\n"),
        ("empty.csv", b""),
        ("heads.csv", b"First Name,Last Name,Email Address,Company,Position,Connected On\n"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_file_that_cannot_be_taken_says_so_in_english(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    window.show_page("import", files=[file])
    page = window.page("import")
    qtbot.waitUntil(lambda: page._job is None and page._path is not None, timeout=10_000)
    settle(qtbot, window)
    assert untranslated(window) == set()


def test_a_preview_with_known_people_is_in_english(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.show_page("import", files=[contacts_file(tmp_path)])
    page = window.page("import")
    qtbot.waitUntil(lambda: page.preview is not None, timeout=10_000)
    settle(qtbot, window)
    found = untranslated(window)
    page.bring()
    settle(qtbot, window)
    assert found | untranslated(window) == set()


def test_past_imports_and_what_stays_of_them_are_in_english(
    qtbot: QtBot, window: MainWindow, english: Workspace, tmp_path: Path
) -> None:
    importing.commit(english, importing.preview(english, contacts_file(tmp_path)))
    known = {row.name: row.id for row in customers.rows(english, customers.listing(english, Filter()).ids)}
    prospects.edit(english, known["Delta"], memo="talk again")
    window.show_page("settings", section="imports")
    section = window.page("settings").sections["imports"]
    section.refresh()
    found = untranslated(window)
    section.buttons[imports.past(english)[0].change_set].click()
    settle(qtbot, window)
    assert section.kept.words.toPlainText()
    found |= untranslated(window)
    assert found == set()
    assert not any(ord(mark) > 0x3000 for mark in section.kept.words.toPlainText())


def test_duplicates_are_shown_in_english(qtbot: QtBot, window: MainWindow, english: Workspace) -> None:
    same = [add(english, "Ann Gray", "", "ann@acme.example", title=title) for title in ("Buyer", "Owner")]
    add(english, "Hana Fox", "", "hana@acme.example")
    add(english, "Hana Hill", "", "hana@acme.example")
    add(english, "Hiro Cole", "Press Ltd.", "")
    add(english, "Hiro Cole", "Gauge Inc.")
    add(english, "", "Delta Inc.")
    add(english, "", "DELTA LLC")
    window.show_page("duplicates")
    page = window.page("duplicates")
    qtbot.waitUntil(lambda: page.pairs is not None, timeout=10_000)
    assert len(page.pairs) > 2
    found = set()
    for one in page.pane.segments.findChildren(QPushButton):
        one.click()
        settle(qtbot, window)
        found |= untranslated(window)
    page.arrive(prospect=same[0])
    settle(qtbot, window)
    assert found | untranslated(window) == set()


def test_no_duplicates_are_said_in_english(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("duplicates")
    qtbot.waitUntil(lambda: window.page("duplicates").pairs is not None, timeout=10_000)
    settle(qtbot, window)
    assert untranslated(window) == set()


def test_views_and_what_a_search_found_are_in_english(qtbot: QtBot, window: MainWindow, english: Workspace) -> None:
    views.save(english, "With stock", Filter(text="stock"), "step")
    window.show_page("customers")
    pane = window.page("customers").list
    pane.open_views()
    settle(qtbot, window)
    found = untranslated(window)
    for view in views.every(english):
        pane.show_view(view)
        settle(qtbot, window)
        found |= untranslated(window)
    for text in ("stock", "time", "kim3@", "Tuesday", "quote", "meetup"):
        pane.search.setText(text)
        settle(qtbot, window)
        found |= untranslated(window)
    assert found == set()


def test_many_chosen_customers_are_changed_in_english(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("customers")
    page = window.page("customers")
    page.list.view.selectAll()
    qtbot.waitUntil(lambda: page._beside.currentWidget() is page.bulk)
    settle(qtbot, window)
    found = untranslated(window)
    page.bulk._on_step("no day in here")
    found |= untranslated(window)
    page.bulk._on_tag("fair")
    settle(qtbot, window)
    assert found | untranslated(window) == set()


def tried(ws: Workspace) -> None:
    """An experiment that waits, one that is over, one that is to come."""
    today = ws.today()
    for name, start, days in (("Offer 3 dates", -60, 90), ("Send a case study", -120, 121), ("Ask for a talk", 5, 60)):
        first = today + timedelta(days=start)
        experiments.start(ws, Idea(name, 2, first, first + timedelta(days=days), 70, None, "people answer faster"))


@pytest.mark.parametrize("key", [one.key for one in TABS])
def test_each_tab_of_the_figures_is_in_english(qtbot: QtBot, window: MainWindow, english: Workspace, key: str) -> None:
    if key == "experiments":
        tried(english)
    window.show_page("insights", tab=key)
    page = window.page("insights")
    qtbot.waitUntil(lambda: page.pane is not None and page.pane.answer is not None, timeout=20_000)
    qtbot.waitUntil(lambda: page.charts.can_draw, timeout=20_000)
    settle(qtbot, window)
    found = untranslated(window)
    page.pane.explain()
    page.header.view.chosen.emit("table")
    settle(qtbot, window)
    assert found | untranslated(window) == set()


def test_an_experiment_is_begun_and_mended_in_english(qtbot: QtBot, window: MainWindow, english: Workspace) -> None:
    window.show_page("insights", tab="experiments")
    page = window.page("insights")
    qtbot.waitUntil(lambda: page.pane is not None and page.pane.answer is not None, timeout=20_000)
    found = untranslated(window)
    page.pane.open_form()
    settle(qtbot, window)
    found |= untranslated(window)
    tried(english)
    page.pane.close_form()
    page.pane.ask_again()
    settle(qtbot, window)
    page.pane.open_editor()
    settle(qtbot, window)
    assert found | untranslated(window) == set()


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")
def test_the_tray_speaks_english(window: MainWindow) -> None:
    owner = QObject()
    tray = Tray(owner)
    tray.follow(window.context)
    said = [action.text() for action in tray.menu.actions()] + [tray._icon.toolTip()]
    tray.remove()
    assert all(text.isascii() for text in said), said


def test_the_monthly_report_is_asked_for_in_english(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("insights")
    page = window.page("insights")
    qtbot.waitUntil(lambda: page.shown is not None, timeout=20_000)
    report_panel.offer(page, window.context, page.header.export)
    settle(qtbot, window)
    assert page.findChildren(ReportPanel)
    assert untranslated(window) == set()


@pytest.mark.parametrize("names", [True, False], ids=["with names", "without names"])
def test_the_monthly_report_is_in_english(english: Workspace, tmp_path: Path, names: bool) -> None:
    tried(english)
    file = reporting.write(english, Wanted(english.today(), names), tmp_path / "report.html")
    text = re.sub(r"<style.*?</style>|<[^>]*>", "\n", file.read_text("utf-8"), flags=re.DOTALL)
    assert [line for line in text.splitlines() if JAPANESE.search(line)] == []
