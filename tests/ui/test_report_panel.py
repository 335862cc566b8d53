"""月報をつくる from the menu of 分析: month, format, names; in the background, opened from the notice."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from soloflow.services import sample
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context, Notice
from soloflow.ui.pages.insights.page import InsightsPage
from soloflow.ui.pages.insights.report_panel import ReportPanel


@pytest.fixture
def page(workspace: Workspace, context: Context, qtbot: QtBot) -> InsightsPage:
    sample.fill(workspace)
    made = InsightsPage(context)
    qtbot.addWidget(made)
    made.resize(1204, 726)
    made.show()
    qtbot.waitUntil(lambda: made.charts.can_draw, timeout=20_000)
    return made


def opened(page: InsightsPage) -> ReportPanel:
    action = next(one for one in page.header.export.menu().actions() if one.data() == "report")
    action.trigger()
    return page.findChild(ReportPanel)


def choose_file(monkeypatch: pytest.MonkeyPatch, answer: str) -> list[str]:
    suggested: list[str] = []

    def ask(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        suggested.append(name)
        return answer, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return suggested


def test_the_month_that_ended_is_proposed_as_pdf_without_names(page: InsightsPage) -> None:
    panel = opened(page)
    assert panel.month.currentData() == date(2026, 10, 1)
    assert panel.month.itemText(0) == "2026年11月（途中まで）"
    assert panel.ending.key == "pdf"
    assert not panel.names.isChecked()
    assert panel.month.hasFocus()


def test_the_report_is_written_in_the_background_and_can_be_opened(
    page: InsightsPage, context: Context, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggested = choose_file(monkeypatch, str(tmp_path / "月報"))
    notices: list[Notice] = []
    context.noticed.connect(notices.append)
    panel = opened(page)
    qtbot.mouseClick(panel.make, Qt.MouseButton.LeftButton)
    assert Path(suggested[0]).name == "soloflow-2026-10.pdf"
    qtbot.waitUntil(lambda: bool(notices), timeout=20_000)
    assert (notices[0].text, notices[0].action) == ("月報.pdf に保存しました", "開く")
    assert (tmp_path / "月報.pdf").read_bytes().startswith(b"%PDF-")
    went: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        went.append(url)
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    assert notices[0].act is not None
    notices[0].act()
    assert went[0].toLocalFile() == str(tmp_path / "月報.pdf")
    assert notices[1].kind == "error", "nothing opens it here, and that is said"


def test_month_format_and_names_are_the_chosen_ones(
    page: InsightsPage, context: Context, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggested = choose_file(monkeypatch, str(tmp_path / "a.html"))
    panel = opened(page)
    panel.month.setCurrentIndex(3)
    panel.ending.choose("html")
    panel.names.setChecked(True)
    with qtbot.waitSignal(context.noticed, timeout=20_000):
        panel.make.click()
    assert Path(suggested[0]).name == "soloflow-2026-08.html"
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "2026年8月" in text
    assert "<small>" in text


def test_nothing_is_made_when_the_file_is_not_chosen(
    page: InsightsPage, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_file(monkeypatch, "")
    panel = opened(page)
    panel.make.click()
    assert context.jobs == []


def test_a_place_that_cannot_be_written_is_said(
    page: InsightsPage, context: Context, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_file(monkeypatch, str(tmp_path / "none" / "a.pdf"))
    panel = opened(page)
    with qtbot.waitSignal(context.noticed, timeout=20_000) as said:
        panel.make.click()
    assert "書けません" in said.args[0].text
    assert said.args[0].kind == "error"


def test_escape_closes_the_panel(page: InsightsPage, qtbot: QtBot) -> None:
    panel = opened(page)
    qtbot.keyClick(panel.month, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.findChild(ReportPanel) is None)
