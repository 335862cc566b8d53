"""The controls above 分析: lens, benchmark and filters by mouse and keys, and how they fit into the window."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from profiles import person
from soloflow import i18n
from soloflow.domain.stages import LENSES
from soloflow.services import benchmarks, bulk, funnel_words, numbers, process, prospects, sample, settings
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.pages.insights import InsightsPage
from soloflow.ui.pages.insights.comparing import EDIT, OwnRates
from soloflow.ui.pages.insights.header import InsightsHeader
from soloflow.ui.pages.insights.table import ADVANCED, STAGE
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.popover import Popover

Open = Callable[[], InsightsPage]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    sample.fill(workspace)
    return workspace


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
    def is_ready() -> bool:
        still = page.context.is_writing or page.context.is_reckoning or page.shown is None
        return not still and (page.charts.can_draw or page.shown.is_empty) and not page.charts.canvas._settle.isActive()

    qtbot.waitUntil(is_ready, timeout=20_000)


def words_on(page: QWidget) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def pick_lens(qtbot: QtBot, page: InsightsPage, key: str) -> None:
    button = page.header.lens.segments._group.button(["", *LENSES].index(key))
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: (page.shown.lens.key if page.shown.lens else "") == key, timeout=10_000)
    settled(qtbot, page)


def compare_with(page: InsightsPage, key: str) -> None:
    action = next(one for one in page.header.benchmark.menu().actions() if one.data() == key)
    assert isinstance(action, QAction)
    action.trigger()


# The lens


def test_a_lens_shows_its_steps_in_drawing_and_table(qtbot: QtBot, open_page: Open, filled: Workspace) -> None:
    page = open_page()
    pick_lens(qtbot, page, "form")
    model = page.charts.table.stages
    names = [model.text(model.index(row, STAGE)) for row in range(model.rowCount())]
    assert names == ["1 潜在顧客", "2–4 見込顧客", "5–6 新規顧客", "7–8 既存顧客", "9 優良顧客・推奨者"]
    assert model.heads()[0] == "段階"
    assert page.charts.table.accessibleName() == "段階ごとの数と率"
    assert {one.key.who.stage for one in page.charts.canvas._regions} == {1, 2, 5, 7, 9}
    assert "次の段階の最初の工程まで" in words_on(page)
    pick_lens(qtbot, page, "")
    assert model.rowCount() == 9
    assert model.heads()[0] == "工程"


@pytest.mark.parametrize("key", LENSES)
def test_every_mark_and_cell_of_a_lens_opens_as_many_customers_as_it_counts(
    qtbot: QtBot, open_page: Open, filled: Workspace, key: str
) -> None:
    page = open_page()
    pick_lens(qtbot, page, key)
    rows = funnel_words.rows(page.shown)
    counts = {}
    for row in rows:
        counts[row.who()] = row.at_risk
        if row.within is not None:
            for outcome, count in ((1, row.advanced), (0, row.still_open), (2, row.lost)):
                counts[row.who(outcome)] = count
    marks = page.charts.canvas._regions
    assert {one.key.who for one in marks} <= counts.keys()
    for who in {one.key.who for one in marks}:
        assert len(numbers.customers_behind(page.shown, who)) == counts[who]
    model = page.charts.table.stages
    for row in range(model.rowCount()):
        who = model.counted(model.index(row, ADVANCED))
        assert who is None or len(numbers.customers_behind(page.shown, who)) == counts[who]


def test_a_click_on_a_mark_of_a_lens_opens_its_customers_under_the_name_of_the_step(
    qtbot: QtBot, open_page: Open, filled: Workspace, context: Context
) -> None:
    page = open_page()
    pick_lens(qtbot, page, "form")
    row = funnel_words.rows(page.shown)[1]
    region = next(one for one in page.charts.canvas._regions if one.key.who == row.who(2))
    with qtbot.waitSignal(context.navigated) as went:
        middle = QPoint(round(region.x + region.width / 2), round(region.y + region.height / 2))
        qtbot.mouseClick(page.charts.canvas, LEFT, pos=middle)
    assert went.args[1]["title"] == f"2–4 見込顧客で離れた{row.lost}社"
    assert len(went.args[1]["ids"]) == row.lost


def test_arrow_keys_change_the_lens_and_walk_its_marks(qtbot: QtBot, open_page: Open, filled: Workspace) -> None:
    page = open_page()
    segments = page.header.lens.segments
    first = segments._group.button(0)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.shown.lens is not None and page.shown.lens.key == "form", timeout=10_000)
    settled(qtbot, page)
    page.focus_first()
    qtbot.keyClick(page.charts.canvas, Qt.Key.Key_Right)
    assert page.charts._words.text().startswith("1 潜在顧客: 進んだ 135社")


def test_nothing_below_the_drawing_moves_when_the_lens_changes(
    qtbot: QtBot, open_page: Open, filled: Workspace
) -> None:
    page = open_page()
    before = (page.charts._words.mapTo(page, QPoint(0, 0)), page.foot.mapTo(page, QPoint(0, 0)))
    for key in LENSES:
        pick_lens(qtbot, page, key)
        QApplication.processEvents()
        note = page.charts._note
        assert note.text().startswith("上の答えは、9つの工程で数えたものです。")
        assert (page.charts._words.mapTo(page, QPoint(0, 0)), page.foot.mapTo(page, QPoint(0, 0))) == before
        assert note.height() >= note.heightForWidth(note.width())


def test_the_lens_stays_when_the_filter_changes_and_the_copy_names_it(
    qtbot: QtBot, open_page: Open, filled: Workspace
) -> None:
    page = open_page()
    pick_lens(qtbot, page, "five_a")
    page.header.period.setCurrentIndex(1)
    page.header.filtered.emit()
    qtbot.waitUntil(lambda: page.shown.scope.months == 12, timeout=10_000)
    assert page.shown.lens.key == "five_a"
    page.header.wanted.emit("copy-table")
    head, _names, *rows = QGuiApplication.clipboard().text().strip().split("\n")
    assert head.endswith("・5A・1年以内")
    assert len(rows) == 5


def test_a_lens_chosen_while_counting_is_shown_when_counted(qtbot: QtBot, open_page: Open, filled: Workspace) -> None:
    page = open_page()
    page._count()
    qtbot.mouseClick(page.header.lens.segments._group.button(1), LEFT)
    qtbot.mouseClick(page.header.lens.segments._group.button(3), LEFT)
    settled(qtbot, page)
    assert page.shown.lens.key == "jobs"


# The benchmark


def test_the_year_before_as_benchmark_is_drawn_named_and_remembered(
    qtbot: QtBot, open_page: Open, filled: Workspace
) -> None:
    page = open_page()
    model = page.charts.table.stages
    column = model.heads().index("目安")
    example = model.text(model.index(0, column))
    compare_with(page, benchmarks.PAST_YEAR)
    qtbot.waitUntil(lambda: page.shown.benchmark.key == benchmarks.PAST_YEAR, timeout=10_000)
    settled(qtbot, page)
    rows = funnel_words.rows(page.shown)
    assert example == "50 %"
    assert model.text(model.index(0, column)) == rows[0].benchmark_text != example
    assert page.header.benchmark.text() == "目安：自分の前の1年"
    figure, _regions = page.charts.canvas._draw(1156, 364)
    assert "目安（自分の前の1年）" in {one.get_text() for one in figure.axes[0].texts}
    assert settings.load(filled.folder).benchmark == benchmarks.PAST_YEAR


def test_one_s_own_rates_are_set_by_keys_and_compared_with(qtbot: QtBot, open_page: Open, filled: Workspace) -> None:
    page = open_page()
    compare_with(page, EDIT)
    panel = page.findChild(OwnRates)
    first = panel.fields[0]
    assert QApplication.focusWidget() is first
    assert first.text() == "50 %"
    assert panel.fields[5].text() == "62.5 %"
    first.selectAll()
    qtbot.keyClicks(first, "72.5")
    qtbot.keyClick(first, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.shown.benchmark.key == benchmarks.OWN, timeout=10_000)
    assert page.shown.benchmark.rate(1) == 0.725
    assert page.findChild(Popover) is None or not page.findChild(Popover).isVisible()
    assert settings.load(filled.folder).own_benchmark.startswith("72.5 50 ")


def test_one_s_own_rates_are_asked_for_before_they_are_compared_with(
    qtbot: QtBot, open_page: Open, filled: Workspace
) -> None:
    page = open_page()
    compare_with(page, benchmarks.OWN)
    panel = page.findChild(OwnRates)
    assert panel is not None
    assert page.header.benchmark.text() == "目安：記事の例"
    assert settings.load(filled.folder).benchmark == benchmarks.EXAMPLE


def test_a_rate_above_a_hundred_is_put_right_in_sight_before_it_is_kept(
    qtbot: QtBot, open_page: Open, filled: Workspace
) -> None:
    page = open_page()
    compare_with(page, EDIT)
    panel = page.findChild(OwnRates)
    panel.fields[0].selectAll()
    qtbot.keyClicks(panel.fields[0], "150")
    qtbot.mouseClick(next(one for one in panel.findChildren(QPushButton) if one.text() == "保存"), LEFT)
    assert panel.fields[0].text() == "100 %"
    assert "近いほうに直しました" in panel._problem.text()
    assert not settings.load(filled.folder).own_benchmark
    qtbot.keyClick(panel.fields[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: settings.load(filled.folder).own_benchmark.startswith("100 50 "))


def test_the_example_is_written_into_the_fields_and_leaving_keeps_nothing(
    qtbot: QtBot, open_page: Open, filled: Workspace
) -> None:
    page = open_page()
    benchmarks.use_own(filled, [10] * 8)
    page.header.benchmark.edit()
    panel = page.findChild(OwnRates)
    assert panel.fields[0].text() == "10 %"
    link = next(one for one in panel.findChildren(LinkButton) if one.text() == "記事の例に戻す")
    qtbot.mouseClick(link, LEFT)
    assert panel.fields[3].text() == "40 %"
    qtbot.keyClick(panel.fields[0], Qt.Key.Key_Escape)
    assert settings.load(filled.folder).own_benchmark.startswith("10 10")


def test_settings_that_cannot_be_written_leave_the_panel_open_with_the_reason(
    qtbot: QtBot, open_page: Open, filled: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    page.header.benchmark.edit()
    panel = page.findChild(OwnRates)

    def refuse(*_args: object) -> None:
        raise settings.UserError("設定を保存できませんでした。")

    monkeypatch.setattr(settings, "save", refuse)
    panel.keep()
    qtbot.waitUntil(lambda: "設定を保存できませんでした" in words_on(panel), timeout=10_000)
    assert page.shown.benchmark.key == benchmarks.EXAMPLE


# The filters


def test_the_filter_opens_by_key_acts_at_once_and_says_how_many(
    qtbot: QtBot, open_page: Open, filled: Workspace
) -> None:
    page = open_page()
    button = page.header.filters
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is page.header.period
    qtbot.keyClick(page.header.period, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.shown.scope.months == 12, timeout=10_000)
    settled(qtbot, page)
    assert button.text() == "絞り込み 1"
    assert "条件が1つあります" in button.accessibleName()
    assert "172社を数えています" in words_on(page.header.panel)
    qtbot.keyClick(page.header.period, Qt.Key.Key_Escape)
    assert not page.header.panel.isVisible()
    assert QApplication.focusWidget() is button


def test_the_filter_can_be_opened_again_and_again(qtbot: QtBot, open_page: Open, filled: Workspace) -> None:
    page = open_page()
    for _time in range(3):
        qtbot.mouseClick(page.header.filters, LEFT)
        assert page.header.period.isVisible()
        qtbot.mouseClick(page.charts.canvas, LEFT, pos=QPoint(2, 2))
        assert not page.header.panel.isVisible()
        QApplication.processEvents()


def test_the_button_closes_the_panel_that_it_opened(qtbot: QtBot, open_page: Open, filled: Workspace) -> None:
    page = open_page()
    seen = []
    for _time in range(4):
        qtbot.mouseClick(page.header.filters, LEFT)
        seen.append(page.header.panel.isVisible())
        QApplication.processEvents()
    assert seen == [True, False, True, False]
    qtbot.keyClick(page.header.filters, Qt.Key.Key_Space)
    assert page.header.panel.isVisible()


def test_a_tag_is_asked_for_only_where_there_are_tags(
    qtbot: QtBot, open_page: Open, workspace: Workspace, context: Context
) -> None:
    ids = [prospects.add(workspace, person(f"人 {number}")).created[0] for number in range(3)]
    for one in ids:
        process.move(workspace, [one], 1)
    page = open_page()
    qtbot.mouseClick(page.header.filters, LEFT)
    assert not page.header.tag.isVisible()
    qtbot.keyClick(page.header.period, Qt.Key.Key_Escape)
    QApplication.processEvents()
    changes = bulk.tag(workspace, ids[:1], ["Java"])
    context.announce(changes, quietly=True)
    qtbot.mouseClick(page.header.filters, LEFT)
    assert page.header.tag.isVisible()
    page.header.tag.setFocus()
    qtbot.keyClick(page.header.tag, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.shown.numbers.prospects == 1, timeout=10_000)
    assert "1社・#Java" in page.header._caption.text()
    context.announce(bulk.tag(workspace, ids[1:2], ["Java"]), quietly=True)
    qtbot.waitUntil(lambda: page.shown.numbers.prospects == 2, timeout=10_000)


def test_where_the_filter_leaves_nobody_a_link_clears_it(qtbot: QtBot, open_page: Open, workspace: Workspace) -> None:
    made = prospects.add(workspace, person("山田 太郎")).created[0]
    process.move(workspace, [made], 1)
    page = open_page()
    page.header.channel.setCurrentIndex(1)
    page.header.panel._on_chosen(1)
    qtbot.waitUntil(lambda: "この条件に当てはまる顧客はいません。" in words_on(page), timeout=10_000)
    link = next(one for one in page.verdict.findChildren(LinkButton) if one.text() == "条件を消す" and one.isVisible())
    qtbot.mouseClick(link, LEFT)
    qtbot.waitUntil(lambda: page.shown.numbers.prospects == 1, timeout=10_000)
    assert page.header.filters.text() == "絞り込み"


# How they fit


def test_each_control_has_a_name_and_says_what_it_does(open_page: Open, filled: Workspace) -> None:
    header = open_page().header
    for control in (header.lens.segments, header.lens.list, header.benchmark, header.filters, *header.panel.fields):
        assert control.accessibleName(), control
    for control in (header.lens.list, header.benchmark, header.filters, *header.panel.fields):
        assert control.toolTip(), control
    assert all(one.toolTip() for one in header.lens.segments._group.buttons())


def test_the_lens_belongs_to_the_whole_and_the_benchmark_to_the_tabs_with_rates(
    qtbot: QtBot, open_page: Open, filled: Workspace
) -> None:
    page = open_page()
    seen = {}
    for key in ("leak", "after", "whole"):
        page.show_tab(key)
        seen[key] = (page.header.lens.isVisible(), page.header.benchmark.isVisible(), page.header.filters.isVisible())
    assert seen == {"leak": (False, True, True), "after": (False, False, True), "whole": (True, True, True)}
    settled(qtbot, page)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("width", [884, 1000, 1204])
def test_the_head_fits_and_says_whom_it_counts(
    qtbot: QtBot, context: Context, filled: Workspace, language: str, width: int
) -> None:
    assert filled.now()
    i18n.set_language(language)
    try:
        header = InsightsHeader(context)
        qtbot.addWidget(header)
        header.show_caption("11/21(土) まで・300社" if language == "ja" else "As of Nov 21 (Sat) · 300 customers")
        header.benchmark.show_benchmark(benchmarks.PAST_YEAR)
        header.resize(width, 52)
        header.show()
        QApplication.processEvents()
        caption = header._caption
        assert caption.width() >= caption.sizeHint().width()
        shown = [one for one in header._controls if one.isVisible()]
        assert len(shown) == 5
        for left, right in pairwise(shown):
            assert left.geometry().right() < right.geometry().left()
            assert left.width() >= left.minimumSizeHint().width()
        assert shown[-1].geometry().right() <= width - 24
    finally:
        i18n.set_language("ja")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_eleven_tabs_fit_into_the_smallest_window(
    qtbot: QtBot, context: Context, filled: Workspace, language: str
) -> None:
    assert filled.now()
    i18n.set_language(language)
    try:
        page = InsightsPage(context)
        qtbot.addWidget(page)
        page.resize(884, 566)
        page.show()
        settled(qtbot, page)
        buttons = page.tabs._group.buttons()
        assert all(one.width() >= one.sizeHint().width() for one in buttons)
        assert buttons[-1].mapTo(page, QPoint(buttons[-1].width(), 0)).x() <= 884 - 20
    finally:
        i18n.set_language("ja")
