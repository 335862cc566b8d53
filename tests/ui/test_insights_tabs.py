"""The tabs of 分析: sentence, picture, table, the customers behind, how it was reckoned."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from soloflow.services import sample
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.pages.insights.page import InsightsPage
from soloflow.ui.pages.insights.tabs import TABS


@pytest.fixture
def page(workspace: Workspace, context: Context, qtbot: QtBot) -> InsightsPage:
    sample.fill(workspace)
    made = InsightsPage(context)
    qtbot.addWidget(made)
    made.resize(1204, 726)
    made.show()
    qtbot.waitUntil(lambda: made.charts.can_draw, timeout=20_000)
    return made


def opened(page: InsightsPage, key: str, qtbot: QtBot):
    page.arrive(tab=key)
    qtbot.waitUntil(lambda: page.pane is not None and page.pane.answer is not None, timeout=10_000)
    assert page.pane is not None
    return page.pane


@pytest.mark.parametrize("key", [one.key for one in TABS])
def test_every_tab_answers_with_a_sentence_a_picture_a_table_and_its_reckoning(
    page: InsightsPage, key: str, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    pane = opened(page, key, qtbot)
    assert pane.answer.head[0]
    assert pane.answer.terms
    assert pane.answer.table.rows
    assert all(len(row.cells) == len(pane.answer.table.heads) for row in pane.answer.table.rows)
    assert pane.canvas._regions or not pane.answer.height
    qtmodeltester.check(pane.table.answers)
    page.header.view.chosen.emit("table")
    assert pane.first is pane.table
    pane.explain()
    said = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    assert pane.answer.terms[0].words in said


@pytest.mark.parametrize("key", [one.key for one in TABS])
def test_every_row_and_mark_opens_as_many_customers_as_it_counts(page: InsightsPage, key: str, qtbot: QtBot) -> None:
    from soloflow.services.numbers import customers_behind

    pane = opened(page, key, qtbot)
    asked = [row.who for row in pane.answer.table.rows if row.who] + [one.key.who for one in pane.canvas._regions]
    for who in {one for one in asked if one is not None}:
        assert customers_behind(page.shown, who)


def test_a_click_on_the_picture_opens_the_customers(page: InsightsPage, context: Context, qtbot: QtBot) -> None:
    pane = opened(page, "leak", qtbot)
    region = next(one for one in pane.canvas._regions if one.key.who is not None and one.key.who.stage == 3)
    went = []
    context.navigated.connect(lambda key, args: went.append((key, len(args["ids"]), args["title"])))
    qtbot.mouseClick(pane.canvas, Qt.MouseButton.LeftButton, pos=_middle(region))
    qtbot.waitUntil(lambda: bool(went), timeout=5_000)
    assert went == [("customers", 41, "3 商談で離れた41社")]


def test_a_lever_answers_while_it_is_moved(page: InsightsPage, qtbot: QtBot) -> None:
    pane = opened(page, "what_if", qtbot)
    before = pane.answer
    qtbot.keyClick(pane.people, Qt.Key.Key_Right)
    assert pane.answer != before
    assert "1.1倍" in pane.answer.head[1]
    pane.stage.setCurrentIndex(2)
    pane.stage.activated.emit(2)
    qtbot.keyClick(pane.points, Qt.Key.Key_PageUp)
    assert "3 商談の率を +5 ポイント" in pane.answer.head[1]
    qtbot.mouseClick(pane.back, Qt.MouseButton.LeftButton)
    assert pane.answer.head == before.head


def _middle(region):
    from PySide6.QtCore import QPoint

    return QPoint(int(region.x + region.width / 2), int(region.y + region.height / 2))


def test_the_table_is_copied_with_its_heads(page: InsightsPage, qtbot: QtBot) -> None:
    pane = opened(page, "leak", qtbot)
    pane.table.selectAll()
    pane.table.copy_chosen()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[0] == "工程"
    assert len(lines) == 9


@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "csv"])
def test_an_answer_is_kept_as_a_file(
    page: InsightsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    opened(page, "sources", qtbot)
    path = tmp_path / f"流入元.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    page.header.wanted.emit(ending)
    qtbot.waitUntil(path.exists, timeout=10_000)
    qtbot.waitUntil(lambda: path.stat().st_size > 200, timeout=10_000)
    start = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF", "csv": "\ufeff流入元".encode()}[ending]
    assert path.read_bytes().startswith(start)


def test_the_picture_and_the_table_of_a_tab_are_copied(page: InsightsPage, qtbot: QtBot) -> None:
    opened(page, "sources", qtbot)
    page.header.wanted.emit("copy-image")
    assert QGuiApplication.clipboard().image().width() == 2312
    page.header.wanted.emit("copy-table")
    assert QGuiApplication.clipboard().text().startswith("流入元\t来た\t受注")


def test_a_tab_follows_the_filter(page: InsightsPage, qtbot: QtBot) -> None:
    pane = opened(page, "leak", qtbot)
    before = pane.answer
    page.header.period.setCurrentIndex(1)
    page.header.filtered.emit()
    qtbot.waitUntil(lambda: pane.answer != before, timeout=10_000)


def test_with_few_customers_the_tab_says_what_is_missing(workspace: Workspace, context: Context, qtbot: QtBot) -> None:
    from profiles import person
    from soloflow.services import process, prospects

    made = prospects.add(workspace, person("山田 太郎")).created[0]
    process.move(workspace, [made], 1)
    few = InsightsPage(context)
    qtbot.addWidget(few)
    few.resize(1204, 726)
    few.show()
    qtbot.waitUntil(lambda: few.charts.can_draw, timeout=20_000)
    pane = opened(few, "leak", qtbot)
    assert pane.answer.head == ("直すと受注が何件増えるかは、受注までの各工程に10社来てから出せます。",)


def test_an_aim_is_reckoned_anew_when_it_changes(page: InsightsPage, qtbot: QtBot) -> None:
    pane = opened(page, "back_cast", qtbot)
    assert pane.answer.head[1] == "3件に届く見込みですが、確実ではありません。"
    pane.orders.setValue(30)
    qtbot.waitUntil(lambda: "受注30件なら" in pane.answer.head[0], timeout=10_000)
    assert "直近90日は月に16社" in pane.answer.head[1]
    before = pane.day.day
    pane.day.field.setText("2020/1/1")
    qtbot.keyClick(pane.day.field, Qt.Key.Key_Return)
    assert pane.day.day == before
    assert pane.day._reading.text().startswith("明日からの日付を書いてください（いまは 2027/5/21まで")
    pane.day.field.setText("3日後")
    qtbot.keyClick(pane.day.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "11/24(火)までに" in pane.answer.head[0], timeout=10_000)
