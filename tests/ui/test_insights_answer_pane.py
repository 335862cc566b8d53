"""How an answer of 分析 stands: sentence, picture, table below it; how the keyboard walks them; what few customers are told."""

from collections.abc import Callable
from time import thread_time

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from soloflow.services import sample
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.pages.insights.answer_pane import AnswerPane
from soloflow.ui.pages.insights.back_cast_tab import BackCastTab
from soloflow.ui.pages.insights.page import InsightsPage

Opened = Callable[[str], AnswerPane]
TABS = ("leak", "reasons", "after", "sources", "what_if", "back_cast", "stays", "cohorts", "returns")


def shown_page(context: Context, qtbot: QtBot) -> InsightsPage:
    made = InsightsPage(context)
    qtbot.addWidget(made)
    made.resize(1204, 726)
    made.show()
    qtbot.waitUntil(lambda: made.charts.can_draw, timeout=20_000)
    return made


MANY_ORDERS = 30


@pytest.fixture
def page(workspace: Workspace, context: Context, qtbot: QtBot) -> InsightsPage:
    sample.fill(workspace)
    return shown_page(context, qtbot)


@pytest.fixture
def opened(page: InsightsPage, qtbot: QtBot) -> Opened:
    def open_tab(key: str) -> AnswerPane:
        arrive(page, key)
        qtbot.waitUntil(lambda: page.pane is not None and page.pane.answer is not None, timeout=10_000)
        assert page.pane is not None
        if (
            isinstance(page.pane, BackCastTab) and not page.pane.answer.height
        ):  # whom one has met is enough for few orders
            page.pane.orders.setValue(MANY_ORDERS)
            qtbot.waitUntil(lambda: page.pane.answer.height > 0, timeout=10_000)
        QApplication.processEvents()
        return page.pane

    return open_tab


def arrive(page: InsightsPage, key: str) -> None:
    """Open a tab, or what of その後 is called so."""
    page.arrive(tab="after" if key in ("stays", "cohorts") else key, by=key)


def top(pane: AnswerPane, widget: QWidget) -> int:
    return widget.mapTo(pane.inside, QPoint(0, 0)).y()


@pytest.mark.parametrize("key", TABS)
def test_the_table_stands_below_its_picture_and_the_picture_below_its_sentence(opened: Opened, key: str) -> None:
    pane = opened(key)
    assert pane.canvas.isVisible()
    assert pane.table.isVisible()
    assert top(pane, pane.heads[0]) < top(pane, pane.canvas) < top(pane, pane._table_name) < top(pane, pane.table)
    assert pane._table_name.text() == pane.answer.table.name
    assert pane.table.verticalScrollBar().maximum() == 0  # all rows; the page around it scrolls


def test_table_leaves_the_table_alone_and_picture_brings_both_back(opened: Opened, page: InsightsPage) -> None:
    pane = opened("sources")
    page.header.view.chosen.emit("table")
    assert not pane.canvas.isVisible()
    assert pane.table.isVisible()
    assert pane.first is pane.table
    page.header.view.chosen.emit("chart")
    assert pane.canvas.isVisible()
    assert pane.table.isVisible()
    assert pane.first is pane.canvas


def walked(pane: AnswerPane, first: QWidget, steps: int) -> list[QWidget]:
    found, here = [first], first
    while len(found) < steps:
        here = here.nextInFocusChain()
        if here.focusPolicy() & Qt.FocusPolicy.TabFocus and here.isVisible() and pane.isAncestorOf(here):
            found.append(here)
    return found


@pytest.mark.parametrize("key", ["after", "sources", "what_if", "back_cast"])
def test_tab_walks_links_controls_picture_and_table_in_the_order_of_reading(opened: Opened, key: str) -> None:
    pane = opened(key)
    links = pane._links.links
    chain = walked(pane, links[0] if links else pane.people, 40)
    places = [chain.index(one) for one in (*links, pane.canvas, pane.help, pane.table)]
    assert places == sorted(places)
    between = chain[len(links) : chain.index(pane.canvas)]
    assert between
    assert all(top(pane, one) < top(pane, pane.canvas) for one in between)


def test_a_cell_that_counts_others_than_its_row_leads_to_them(opened: Opened, page: InsightsPage, qtbot: QtBot) -> None:
    from soloflow.services.numbers import customers_behind

    pane = opened("sources")
    model = pane.table.answers
    everybody, ordered = model.counted(model.index(0, 0)), model.counted(model.index(0, 2))
    assert len(customers_behind(page.shown, everybody)) == int(model.text(model.index(0, 1)))
    assert len(customers_behind(page.shown, ordered)) == int(model.text(model.index(0, 2)))
    pane.table.setCurrentIndex(model.index(0, 2))
    with qtbot.waitSignal(pane.list_wanted) as asked:
        qtbot.keyClick(pane.table, Qt.Key.Key_Return)
    assert asked.args == [ordered]


def test_columns_of_months_and_their_cells_lead_to_as_many_customers_as_they_count(
    opened: Opened, page: InsightsPage
) -> None:
    from soloflow.services.numbers import customers_behind

    pane = opened("returns")
    model = pane.table.answers
    cells = [model.index(row, column) for row in range(model.rowCount()) for column in range(1, 5)]
    led = [(int(model.text(cell)), model.counted(cell)) for cell in cells]
    assert any(who is not None for _count, who in led)
    for count, who in led:
        assert count == (0 if who is None else len(customers_behind(page.shown, who)))
    assert {one.key.who for one in pane.canvas._regions if one.key.who} == {who for _count, who in led if who}


def test_in_a_low_window_the_row_at_the_keyboard_s_place_comes_into_sight(
    opened: Opened, page: InsightsPage, qtbot: QtBot
) -> None:
    page.resize(884, 566)
    pane = opened("returns")
    bar = pane.area.verticalScrollBar()
    assert bar.maximum() > 0
    pane.table.setFocus()
    last = pane.table.answers.index(pane.table.answers.rowCount() - 1, 0)
    pane.table.setCurrentIndex(last)
    rect = pane.table.visualRect(last)
    in_view = pane.table.viewport().mapTo(pane.area.viewport(), rect.center()).y()
    assert 0 <= in_view <= pane.area.viewport().height()
    bar.setValue(0)
    pane.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    for _step in range(len(pane.canvas._regions)):
        qtbot.keyClick(pane.canvas, Qt.Key.Key_Right)
    at_hand = pane.canvas.at_hand
    assert at_hand is not None
    assert 0 <= pane.canvas.mapTo(pane.area.viewport(), at_hand.center()).y() <= pane.area.viewport().height()


@pytest.mark.parametrize("width", [700, 836, 1156])
@pytest.mark.parametrize("key", TABS)
def test_no_column_of_a_table_is_cut(opened: Opened, page: InsightsPage, key: str, width: int) -> None:
    page.resize(width + 48, 726)
    pane = opened(key)
    QApplication.processEvents()
    heads = pane.table.horizontalHeader()
    for column in range(heads.count()):
        assert heads.sectionSize(column) >= heads.sectionSizeHint(column)
        assert heads.sectionSize(column) >= pane.table.sizeHintForColumn(column)


def test_the_levers_say_from_where_to_where_they_stand_and_what_the_line_is(opened: Opened, qtbot: QtBot) -> None:
    pane = opened("what_if")
    assert pane._people_words.text() == "この1年と同じ 171社"
    assert pane._points_words.text() == "いまの率 58 %（n=254）"
    assert pane._ceiling.text().startswith("縦線は")
    assert "少なめにみた" in pane._ceiling.text()
    assert not pane.back.isVisible()
    before = top(pane, pane.canvas)
    qtbot.keyClick(pane.people, Qt.Key.Key_Right)
    qtbot.keyClick(pane.points, Qt.Key.Key_Right)
    assert pane._people_words.text() == "171社 → 188社（1.1倍）"
    assert pane._points_words.text() == "58 % → 59 %（+1 ポイント）"
    assert pane.back.isVisible()
    assert top(pane, pane.canvas) == before  # nothing jumps under the hand
    assert abs(top(pane, pane.people) - top(pane, pane.points)) <= 1


def test_the_interval_follows_the_lever_at_once(opened: Opened) -> None:
    pane = opened("what_if")
    before = [one.key.words for one in pane.canvas._regions]
    pane.people.setValue(20)
    assert [one.key.words for one in pane.canvas._regions] != before
    started = thread_time()
    for value in range(10, 30):
        pane.people.setValue(value)
    assert (thread_time() - started) / 20 < 0.2  # 33 ms on a quiet machine


def press_copy(widget: QWidget) -> None:
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(widget, key)


def test_chosen_cells_are_copied_from_below_the_picture(opened: Opened) -> None:
    pane = opened("cohorts")
    pane.table.selectRow(0)
    press_copy(pane.table)
    heads, first = QGuiApplication.clipboard().text().split("\n")
    assert heads.split("\t")[:3] == ["四半期", "来た", "進んだ"]
    assert first.split("\t")[0] == pane.answer.table.rows[0].cells[0]


def test_the_picture_at_the_keyboard_is_copied(opened: Opened) -> None:
    pane = opened("stays")
    QGuiApplication.clipboard().clear()
    pane.canvas.setFocus()
    press_copy(pane.canvas)
    assert QGuiApplication.clipboard().image().width() > 1000


# Few


@pytest.fixture(params=[1, 9])
def few(workspace: Workspace, context: Context, qtbot: QtBot, request: pytest.FixtureRequest) -> InsightsPage:
    sample.fill(workspace, request.param)
    return shown_page(context, qtbot)


@pytest.mark.parametrize("key", TABS)
def test_with_few_customers_every_tab_has_its_sentence_and_no_bare_percentage(
    few: InsightsPage, key: str, qtbot: QtBot
) -> None:
    arrive(few, key)
    qtbot.waitUntil(lambda: few.pane is not None and few.pane.answer is not None, timeout=10_000)
    assert few.pane is not None
    answer = few.pane.answer
    assert answer.head[0]
    if key in ("after", "cohorts"):
        cells = [cell for row in answer.table.rows for cell in row.cells]
        assert not any("%" in cell for cell in cells)


# ひと目で


def test_every_question_in_brief_leads_to_its_tab(opened: Opened, page: InsightsPage, context: Context) -> None:
    pane = opened("brief")
    assert pane.first is pane.links[0]
    went: list[object] = []
    context.navigated.connect(lambda key, args: went.append((key, args["tab"])))
    for link in pane.links:
        link.click()
    assert went == [("insights", row.tab) for row in pane.answer.table.rows]
    for _key, tab in went:
        page.arrive(tab=tab)
        assert page.tabs.key == tab


def test_the_questions_in_brief_can_be_a_table(opened: Opened, page: InsightsPage) -> None:
    pane = opened("brief")
    assert pane.links[0].isVisible()
    assert not pane.table.isVisible()
    page.header.view.chosen.emit("table")
    assert not pane.links[0].isVisible()
    assert pane.table.isVisible()
    assert pane.first is pane.table
