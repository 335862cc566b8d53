"""The page 分析 on real profiles: counted off the GUI thread, answering to mouse and keys, honest with few."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QFontMetrics, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QScrollArea
from pytestqt.qtbot import QtBot

from soloflow.domain.candidates import Candidate
from soloflow.domain.errors import UserError
from soloflow.services import numbers, process, prospects, sample
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context, Notice
from soloflow.ui.pages.insights import InsightsPage, chances
from soloflow.ui.pages.insights.page import EMPTY, FIGURES
from soloflow.ui.pages.insights.table import BAND, LOST, NUMBER, RATE, STAGE
from soloflow.ui.theme import Theme
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.notice import NoticeBar
from soloflow.ui.widgets.popover import Popover

Open = Callable[[], InsightsPage]


@pytest.fixture
def open_page(qtbot: QtBot, context: Context) -> Open:
    """Opens the page as the window does, and waits for figures and drawing."""

    kept = []  # while the test uses a part of it

    def opened() -> InsightsPage:
        page = InsightsPage(context)
        kept.append(page)
        qtbot.addWidget(page)
        page.resize(1204, 726)
        page.show()
        settled(qtbot, page)
        return page

    return opened


def settled(qtbot: QtBot, page: InsightsPage) -> None:
    def ready() -> None:
        assert page.shown is not None
        assert not page._is_counting
        assert page.shown.is_empty or page.charts.can_draw
        assert not page.charts.canvas._settle.isActive()

    qtbot.waitUntil(
        lambda: not (page.context.is_writing or page.context.is_reckoning) and ready() is None, timeout=20_000
    )


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    sample.fill(workspace)
    return workspace


def customer(ws: Workspace, name: str, *stages: int) -> int:
    made = prospects.add(ws, Candidate(name=name, family=name)).created[0]
    for stage in stages:
        process.move(ws, [made], stage, date(2026, 10, stage))
    return made


def words_on(page: InsightsPage) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def links_on(page: InsightsPage) -> dict[str, LinkButton]:
    return {one.text(): one for one in page.verdict.findChildren(LinkButton) if one.isVisible()}


def mark(page: InsightsPage, stage: int, outcome: int | None):
    return next(r for r in page.charts.canvas._regions if (r.key.who.stage, r.key.who.outcome) == (stage, outcome))


def test_without_anybody_the_page_says_what_it_is_for_and_how_to_begin(open_page: Open, context: Context) -> None:
    wanted: list[bool] = []
    context.capture_wanted.connect(lambda: wanted.append(True))
    page = open_page()
    assert page._stack.currentIndex() == EMPTY
    assert "まだ数えるものがありません" in words_on(page)
    assert not page.header.export.isEnabled()
    assert "%" not in words_on(page)


def test_one_customer_is_shown_as_counts_and_never_as_a_percentage(open_page: Open, workspace: Workspace) -> None:
    customer(workspace, "山田", 1, 2)
    page = open_page()
    words = words_on(page)
    assert page._stack.currentIndex() == FIGURES
    assert "まだ区別できません" in words
    assert "集客 1社・問合せ 1社・商談 0社・見込顧客 0社" in words
    assert "0/1" in words
    assert "0 %" not in words
    assert "人を記録する" in links_on(page)
    assert "10社" in page.verdict._bars.accessibleName()


def test_twelve_customers_read_as_counts_where_they_are_few(open_page: Open, workspace: Workspace) -> None:
    for number in range(12):
        customer(workspace, f"人{number}", *range(1, 3 if number < 7 else 2))
    page = open_page()
    model = page.charts.table.stages
    assert model.text(model.index(0, RATE)).endswith("58 %")
    assert model.text(model.index(1, RATE)) == "—"
    assert model.text(model.index(1, NUMBER)) == "7"


def test_the_verdict_names_count_and_rate_and_offers_the_customers(open_page: Open, filled: Workspace) -> None:
    words = words_on(open_page())
    assert "いちばん多く離れているのは 1 集客（60社）。" in words
    assert "まだ区別できません" in words
    assert "候補は「3 商談」と「1 集客」。" in words
    assert "11/21(土) まで・300社" in words


def test_a_link_of_the_verdict_opens_the_customers_it_counts(
    qtbot: QtBot, open_page: Open, filled: Workspace, context: Context
) -> None:
    page = open_page()
    link = links_on(page)["3 商談で離れた41社を見る"]
    with qtbot.waitSignal(context.navigated) as went:
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    key, args = went.args
    assert (key, args["title"], len(args["ids"])) == ("customers", "3 商談で離れた41社", 41)


def test_a_click_on_a_bar_or_a_number_opens_the_customers_it_counts(
    qtbot: QtBot, open_page: Open, filled: Workspace, context: Context
) -> None:
    page = open_page()
    for region, title in (
        (mark(page, 1, 1), "1 集客から進んだ135社"),
        (mark(page, 2, None), "2 問合せ・アポイントに来た148社"),
    ):
        with qtbot.waitSignal(context.navigated) as went:
            where = QPoint(round(region.x + region.width / 2), round(region.y + region.height / 2))
            qtbot.mouseClick(page.charts.canvas, Qt.MouseButton.LeftButton, pos=where)
        assert went.args[1]["title"] == title


def test_arrow_keys_walk_the_marks_read_them_out_and_enter_opens_them(
    qtbot: QtBot, open_page: Open, filled: Workspace, context: Context
) -> None:
    page = open_page()
    canvas = page.charts.canvas
    page.focus_first()
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert page.charts._words.text() == "1 集客: 進んだ 135社（来た254社のうち）"
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert "途中 59社" in page.charts._words.text()
    with qtbot.waitSignal(context.navigated) as went:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert len(went.args[1]["ids"]) == 59


def test_pointing_at_a_rate_reads_out_its_band_and_what_it_rests_on(
    qtbot: QtBot, open_page: Open, filled: Workspace
) -> None:
    page = open_page()
    region = mark(page, 1, None)
    qtbot.mouseMove(page.charts.canvas, QPoint(round(region.x + 4), round(region.y + 4)))
    assert "58 %" in page.charts._words.text()
    assert "n=254" in page.charts._words.text()


def test_the_table_shows_the_same_rows_and_opens_the_same_lists(
    qtbot: QtBot, open_page: Open, filled: Workspace, context: Context
) -> None:
    page = open_page()
    qtbot.mouseClick(page.header.view._group.button(1), Qt.MouseButton.LeftButton)
    table = page.charts.table
    assert table.isVisible()
    assert not page.charts.canvas.isVisible()
    model = table.stages
    row = [model.text(model.index(0, column)) for column in (STAGE, LOST, RATE, BAND, NUMBER)]
    assert row == ["1 集客", "60", "58 %", "[51–64]", "254"]
    assert model.text(model.index(3, STAGE)) == "4 見込顧客（判断）"
    table.setCurrentIndex(model.index(2, LOST))
    with qtbot.waitSignal(context.navigated) as went:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert went.args[1]["title"] == "3 商談で離れた41社"


def test_chosen_cells_of_the_table_are_copied_with_their_heads(
    qtbot: QtBot, open_page: Open, filled: Workspace
) -> None:
    page = open_page()
    page.header.view.choose("table")
    page.charts.show_view("table")
    table = page.charts.table
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    heads, first = QGuiApplication.clipboard().text().split("\n")
    assert heads.startswith("工程\t来た\t進んだ")
    assert first.startswith("1 集客\t254\t135\t59\t60\t58 %")


def test_the_model_of_the_table_keeps_qt_s_rules(open_page: Open, filled: Workspace) -> None:
    model = open_page().charts.table.stages
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_rows(())
    tester.deleteLater()
    assert model.rowCount() == 0


def test_another_horizon_changes_rates_and_drawing_but_not_the_counts(
    qtbot: QtBot, open_page: Open, filled: Workspace
) -> None:
    page = open_page()
    model = page.charts.table.stages
    before, picture = model.text(model.index(0, RATE)), page.charts.canvas._image
    page.charts.horizon.setFocus()
    qtbot.keyClick(page.charts.horizon, Qt.Key.Key_Home)
    assert page.charts.days == 90
    assert model.text(model.index(0, RATE)) != before
    assert model.text(model.index(0, LOST)) == "60"
    assert page.charts.canvas._image is not picture


def test_the_period_says_whom_it_counts(qtbot: QtBot, open_page: Open, filled: Workspace) -> None:
    page = open_page()
    qtbot.mouseClick(page.header.filters, Qt.MouseButton.LeftButton)
    qtbot.keyClick(page.header.period, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.scope.months == 12, timeout=10_000)
    settled(qtbot, page)
    assert "過去12か月に入った172社" in words_on(page)
    assert "2025/11/21 以降" in page.charts._words.text()


def test_a_filter_that_leaves_nobody_says_so_and_offers_the_way_back(
    qtbot: QtBot, open_page: Open, workspace: Workspace
) -> None:
    customer(workspace, "山田", 1)
    page = open_page()
    qtbot.mouseClick(page.header.filters, Qt.MouseButton.LeftButton)
    page.header.channel.setFocus()
    qtbot.keyClick(page.header.channel, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "この条件に当てはまる顧客はいません。" in words_on(page), timeout=10_000)
    qtbot.mouseClick(links_on(page)["条件を消す"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "まだ区別できません" in words_on(page), timeout=10_000)
    assert page.header.scope.is_whole


def test_the_old_picture_stays_until_a_change_is_counted(
    qtbot: QtBot, open_page: Open, filled: Workspace, context: Context
) -> None:
    page = open_page()
    picture, shown = page.charts.canvas._image, page.shown
    made = customer(filled, "新しい人", 1)
    context.announce(Changes(None, "", frozenset({"stage_transitions"}), frozenset({made})), quietly=True)
    assert page.charts.canvas._image is picture
    qtbot.waitUntil(lambda: page.shown is not shown, timeout=10_000)
    settled(qtbot, page)
    assert "301社" in words_on(page)


def test_opened_again_on_another_day_the_figures_are_of_that_day(
    qtbot: QtBot, open_page: Open, filled: Workspace, context: Context
) -> None:
    page = open_page()
    first = page.shown
    page.hide()
    page.show()
    assert not page._is_counting
    page.hide()
    context.workspace = replace(filled, clock=lambda: filled.now() + timedelta(days=1))
    page.show()
    qtbot.waitUntil(lambda: page.shown is not first, timeout=20_000)
    assert page.shown is not None
    assert page.shown.as_of == filled.now() + timedelta(days=1)
    settled(qtbot, page)


def test_changes_that_alter_no_figure_are_not_counted(open_page: Open, filled: Workspace, context: Context) -> None:
    page = open_page()
    context.announce(Changes(None, "", frozenset({"follow_ups"})), quietly=True)
    assert not page._is_counting


def test_changes_in_a_row_are_counted_once_more_and_not_one_by_one(
    qtbot: QtBot, open_page: Open, filled: Workspace, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    counted: list[object] = []
    overview = numbers.overview
    monkeypatch.setattr(numbers, "overview", lambda *args: (counted.append(args), overview(*args))[1])
    for _time in range(5):
        context.announce(Changes(None, "", frozenset({"stage_transitions"})), quietly=True)
    settled(qtbot, page)
    assert 1 <= len(counted) <= 2


def test_the_foot_shows_four_figures_with_what_they_rest_on(open_page: Open, filled: Workspace) -> None:
    orders, new, existing, back = (block.texts() for block in open_page().foot.blocks)
    assert orders[:3] == ["100社に会うと受注", "14", "件ほど"]
    assert "n=254" in orders[3]
    assert new[0] == "新しいお客様から（今月）"
    assert "月に平均" in new[3]
    assert "追加注文" in existing[3]
    assert back[1:3] == ["60/231", "社"]
    assert "うち受注 10社" in back[3]


def choose(page: InsightsPage, key: str) -> None:
    menu = page.header.export.menu()
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.data() == key)
    assert isinstance(action, QAction)
    action.trigger()


@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "csv"])
def test_the_menu_keeps_the_drawing_or_the_table_as_a_file(
    qtbot: QtBot, open_page: Open, filled: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    page = open_page()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "kept"), ""))
    with qtbot.waitSignal(page.context.noticed, timeout=20_000):
        choose(page, ending)
    assert (tmp_path / f"kept.{ending}").stat().st_size > 500


def test_the_menu_copies_the_drawing_and_the_table(open_page: Open, filled: Workspace) -> None:
    page = open_page()
    choose(page, "copy-image")
    assert QGuiApplication.clipboard().image().width() == 2408
    choose(page, "copy-table")
    assert QGuiApplication.clipboard().text().startswith("11/21(土) まで・300社・1年以内\n番号\t工程")


def test_every_control_has_a_name(open_page: Open, filled: Workspace) -> None:
    page = open_page()
    header, charts = page.header, page.charts
    for control in (
        header.filters,
        header.view,
        header.export,
        charts.horizon,
        charts.canvas,
        charts.table,
    ):
        assert control.accessibleName(), control


def test_in_a_low_window_the_whole_drawing_is_in_sight_and_the_figures_scroll(
    open_page: Open, filled: Workspace
) -> None:
    assert filled.now()
    page = open_page()
    page.resize(884, 566)
    QApplication.processEvents()
    charts = page.charts
    assert charts.canvas.mapTo(page, QPoint(0, charts.canvas.height())).y() <= page.height()
    assert page.foot.mapTo(page, QPoint(0, 0)).y() >= page.height() - page.foot.height()
    assert page.foot_height == 0
    page.resize(1204, 726)
    QApplication.processEvents()
    assert page.foot.mapTo(page, QPoint(0, page.foot.height())).y() == page.height()


def test_where_nobody_is_recorded_there_is_nothing_to_choose(open_page: Open) -> None:
    page = open_page()
    assert not page.header.filters.isVisible()
    assert not page.header.lens.isVisible()
    assert not page.header.view.isVisible()


def explained(qtbot: QtBot, page: InsightsPage) -> str:
    page.charts.help.setFocus()
    qtbot.keyClick(page.charts.help, Qt.Key.Key_Return)
    panel = page.findChild(Popover)
    assert panel.isVisible()
    text = "\n".join(one.text() for one in panel.findChildren(QLabel))
    assert panel._content.hasFocus()
    assert panel._content.accessibleDescription() in text
    qtbot.keyClick(panel._content, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    return text


@pytest.mark.parametrize("view", ["chart", "table"])
def test_how_to_read_a_rate_is_said_with_the_user_s_own_counts(
    qtbot: QtBot, open_page: Open, filled: Workspace, view: str
) -> None:
    page = open_page()
    page.charts.show_view(view)
    words = explained(qtbot, page)
    for part in (
        "来てから1年以内に、次の工程へ進む見込み",
        "ただ割ると 53 %（135/254）ですが",
        "58 % になります",
        "1 集客：58 % [51–64]",
        "254社のうち135社が進み、60社が離れ、59社が途中（うち育成20社）",
        "「判断」なので、この率には考えが入ります",
        "n は",
        "進行中と育成中",
    ):
        assert part in words


def test_with_few_customers_the_help_speaks_of_counts_only(qtbot: QtBot, open_page: Open, workspace: Workspace) -> None:
    customer(workspace, "山田", 1, 2)
    words = explained(qtbot, open_page())
    assert "1社のうち1社が進み" in words
    assert "100 %" not in words


def test_title_help_and_horizon_of_the_rates_stand_beside_each_other(
    qtbot: QtBot, open_page: Open, filled: Workspace
) -> None:
    assert filled.now()
    page = open_page()
    for width, height in ((1204, 726), (884, 566)):
        page.resize(width, height)
        QApplication.processEvents()
        charts = page.charts
        charts.canvas.refresh()
        figure, _regions = charts.canvas._draw(charts.canvas.width(), 364)
        written = next(text for text in figure.axes[0].texts if text.get_text().startswith("次の工程へ"))
        figure.canvas.draw()
        end = written.get_window_extent().x1 / figure.dpi * 100
        assert charts.help.mapTo(page, QPoint(0, 0)).x() >= charts.canvas.mapTo(page, QPoint(round(end), 0)).x()
        assert charts.help.geometry().right() < charts.horizon.geometry().left()


def test_words_longer_than_their_place_break_lines_and_push_nothing(
    open_page: Open, filled: Workspace, monkeypatch: pytest.MonkeyPatch, theme: Theme
) -> None:
    monkeypatch.setattr(chances.ChanceBars, "_nothing", "Can be compared once these two stages have 10 customers each")
    monkeypatch.setattr(chances.ChanceBars, "_title", "How likely it is that a stage has the lowest rate of them all")
    bars = chances.ChanceBars(theme)
    bars.show_chances([("4 Evaluation (judgement)", 0.004, "Under 1 %")], "")
    font = QFontMetrics(theme.font("label"))
    parts = (
        font.horizontalAdvance("4 Evaluation (judgement)"),
        chances.LEAST_TRACK,
        font.horizontalAdvance("Under 1 %"),
    )
    assert bars.width() >= sum(parts) + 2 * chances.GAP
    assert bars._measured(bars._nothing) > 18
    assert bars._height >= 2 * 16
    assert bars.height() >= bars._height + 4 * chances.ROW
    bars.deleteLater()
    page = open_page()
    for width in (1204, 884):
        page.foot.blocks[0]._rests_on.setText(
            "Counted directly, from awareness to order. A forecast needs 10 at each stage"
        )
        page.resize(width, 726)
        page.foot.fit(width)
        QApplication.processEvents()
        block = page.foot.blocks[0]
        assert block._rests_on.height() >= block._rests_on.heightForWidth(block._rests_on.width())
        assert block._rests_on.geometry().top() >= block._value.geometry().bottom()


def test_a_notice_hides_neither_the_last_row_nor_the_figures(
    open_page: Open, filled: Workspace, context: Context
) -> None:
    page = open_page()
    bar = NoticeBar(context.theme, page, lift=context.theme.size("m") + page.foot_height)
    bar.show_notice(Notice("図をコピーしました"))
    last = mark(page, 9, None)
    row = page.charts.canvas.mapTo(page, QPoint(0, round(last.y + last.height))).y()
    title = page.foot.blocks[1]._title
    assert row <= bar.geometry().top()
    assert bar.geometry().bottom() <= title.mapTo(page, QPoint(0, 0)).y()
    bar.dismiss()


def test_after_a_fault_the_next_change_is_counted_again(
    qtbot: QtBot, open_page: Open, filled: Workspace, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    shown = page.shown
    with monkeypatch.context() as broken:
        broken.setattr(numbers, "overview", lambda *_args: 1 / 0)
        with qtbot.waitSignal(context.bug_found):
            context.announce(Changes(None, "", frozenset({"stage_transitions"})), quietly=True)
    context.announce(Changes(None, "", frozenset({"stage_transitions"})), quietly=True)
    qtbot.waitUntil(lambda: page.shown is not shown, timeout=10_000)


def test_the_drawing_stays_when_the_figures_are_the_same(
    qtbot: QtBot, open_page: Open, filled: Workspace, context: Context
) -> None:
    page = open_page()
    picture, shown = page.charts.canvas._image, page.shown
    page.hide()
    context.announce(Changes(None, "", frozenset({"*"}), many=True), quietly=True)
    page.show()
    qtbot.waitUntil(lambda: page.shown is not shown, timeout=10_000)
    settled(qtbot, page)
    assert page.charts.canvas._image is picture


def test_few_orders_are_counted_in_plain_words(open_page: Open, workspace: Workspace) -> None:
    for number in range(8):
        customer(workspace, f"人{number}", *range(1, 6 if number == 0 else 3))
    texts = open_page().foot.blocks[0].texts()
    assert texts[:3] == ["集客から始めて受注", "1/8", "社"]
    assert texts[3] == "見込みは、どの工程にも10社来てから出します"


def test_who_came_in_further_on_is_said_not_to_be_counted_among_few_orders(
    open_page: Open, workspace: Workspace
) -> None:
    customer(workspace, "紹介の人", 3, 4, 5)
    customer(workspace, "集客の人", 1, 2)
    texts = open_page().foot.blocks[0].texts()
    assert texts[:3] == ["集客から始めて受注", "0/1", "社"]
    assert texts[3].startswith("途中から入った1社は別。")


def test_the_heads_of_a_narrow_table_are_whole(open_page: Open, filled: Workspace) -> None:
    page = open_page()
    page.charts.show_view("table")
    page.resize(884, 566)
    QApplication.processEvents()
    table = page.charts.table
    heads = table.horizontalHeader()
    for column in range(table.stages.columnCount()):
        assert heads.sectionSize(column) >= heads.sectionSizeHint(column), column
    names = [table.stages.text(table.stages.index(row, STAGE)) for row in range(9)]
    assert heads.sectionSize(STAGE) >= 16 + max(table.fontMetrics().horizontalAdvance(name) for name in names)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Counting takes as long as the test wants."""
    go_on, overview = Event(), numbers.overview

    def slow(*arguments: Any) -> numbers.Overview:
        assert go_on.wait(30)
        return overview(*arguments)

    monkeypatch.setattr(numbers, "overview", slow)
    yield go_on
    go_on.set()


def shown_slowly(qtbot: QtBot, context: Context) -> InsightsPage:
    page = InsightsPage(context)
    qtbot.addWidget(page)
    page.resize(1204, 726)
    page.show()
    return page


def test_while_counting_is_slow_the_counts_of_the_stages_are_there(
    qtbot: QtBot, context: Context, filled: Workspace, held: Event
) -> None:
    page = shown_slowly(qtbot, context)
    assert "254" not in words_on(page)
    qtbot.waitUntil(lambda: "300社を数えています…" in words_on(page), timeout=10_000)
    words = words_on(page)
    for part in ("254", "135", "60", "4 見込顧客（判断）", "…"):
        assert part in words
    assert "%" not in words
    held.set()
    settled(qtbot, page)
    assert "58 %" in page.charts.table.stages.text(page.charts.table.stages.index(0, RATE))
    assert "数えています" not in words_on(page)


def test_while_counting_is_slow_a_contact_is_recorded_at_once_and_seen(
    qtbot: QtBot, context: Context, filled: Workspace, held: Event
) -> None:
    page = shown_slowly(qtbot, context)
    qtbot.waitUntil(lambda: "300社を数えています…" in words_on(page), timeout=10_000)
    heard: list[Changes] = []
    context.changed.connect(heard.append)
    context.run(partial(process.move, filled, [customer(filled, "新しい人")], 1))
    qtbot.waitUntil(lambda: bool(heard), timeout=10_000)
    qtbot.waitUntil(lambda: "301社を数えています…" in words_on(page), timeout=10_000)
    assert page._is_counting
    held.set()
    settled(qtbot, page)
    assert "301社" in words_on(page)


@pytest.mark.parametrize("fault", [UserError("ディスクの読み書きに失敗しました。"), ZeroDivisionError()])
def test_where_nothing_could_be_counted_the_page_says_so_and_tries_again(
    qtbot: QtBot, context: Context, filled: Workspace, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def broken(*_arguments: object) -> None:
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(numbers, "overview", broken)
        page = shown_slowly(qtbot, context)
        qtbot.waitUntil(page._waiting.again.isVisible, timeout=10_000)
    assert "分析を表示できません" in words_on(page)
    qtbot.mouseClick(page._waiting.again, Qt.MouseButton.LeftButton)
    assert "数えています…" in words_on(page)
    settled(qtbot, page)
    assert "11/21(土) まで・300社" in words_on(page)


def test_figures_that_could_not_be_shown_are_asked_for_again(
    qtbot: QtBot, context: Context, filled: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched, qtbot.captureExceptions():
        patched.setattr(InsightsPage, "_show", lambda *_arguments: 1 / 0)
        page = shown_slowly(qtbot, context)
        qtbot.waitUntil(lambda: not context.is_reckoning, timeout=20_000)
        context.bug_found.emit("as the window does with every fault in a slot")
    assert page._waiting.again.isVisible()
    qtbot.mouseClick(page._waiting.again, Qt.MouseButton.LeftButton)
    settled(qtbot, page)
    assert page._stack.currentIndex() == FIGURES


def test_figures_of_before_stay_where_counting_again_failed_and_the_notice_offers_another_try(
    qtbot: QtBot, open_page: Open, filled: Workspace, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    shown = page.shown
    with monkeypatch.context() as broken:
        broken.setattr(numbers, "overview", lambda *_args: 1 / 0)
        with qtbot.waitSignal(context.noticed) as said:
            context.announce(Changes(None, "", frozenset({"stage_transitions"})), quietly=True)
    assert page.shown is shown
    assert page._stack.currentIndex() == FIGURES
    assert said.args[0].action == "もう一度"
    said.args[0].act()
    qtbot.waitUntil(lambda: page.shown is not shown, timeout=10_000)


def test_a_picture_that_could_not_be_drawn_is_tried_again(
    qtbot: QtBot, context: Context, filled: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("soloflow.services.funnel_loading.load_drawing", lambda: 1 / 0)
        with qtbot.waitSignal(context.noticed, timeout=20_000) as said:
            page = shown_slowly(qtbot, context)
    assert not page.charts.can_draw
    said.args[0].act()
    qtbot.waitUntil(lambda: page.charts.canvas._image is not None, timeout=20_000)


def test_a_tab_without_an_answer_says_so_and_tries_again(
    qtbot: QtBot, open_page: Open, filled: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    with monkeypatch.context() as broken:
        broken.setattr("soloflow.services.answers.leak.answer", lambda *_args: 1 / 0)
        page.show_tab("leak")
        pane = page.pane
        assert pane is not None
        assert "数えています…" in words_on(page)
        qtbot.waitUntil(pane._again.isVisible, timeout=10_000)
    assert "うまく数えられませんでした" in words_on(page)
    qtbot.mouseClick(pane._again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: pane.answer is not None, timeout=10_000)
    assert not pane._again.isVisible()


def test_a_filter_that_is_taken_away_elsewhere_is_not_counted_any_more(
    qtbot: QtBot, open_page: Open, filled: Workspace, context: Context
) -> None:
    page = open_page()
    page.header.channel.setCurrentIndex(1)
    page.header.channel.activated.emit(1)
    settled(qtbot, page)
    assert page.shown is not None
    assert not page.shown.scope.is_whole
    page.header.channel.setCurrentIndex(0)  # as when its channel is gone: nobody has chosen anything
    context.announce(Changes(None, "", frozenset({"channels"})), quietly=True)
    settled(qtbot, page)
    assert page.shown.scope.is_whole


@pytest.mark.parametrize("height", [726, 686, 650, 566])
def test_no_row_of_the_drawing_lies_under_the_foot(open_page: Open, filled: Workspace, height: int) -> None:
    page = open_page()
    page.resize(1204, height)  # 686 is what the band of the sample leaves at 1280×800
    QApplication.processEvents()
    area = next(one for one in page.findChildren(QScrollArea) if one.isAncestorOf(page.charts))
    if not area.isAncestorOf(page.foot):
        assert area.verticalScrollBar().maximum() == 0
