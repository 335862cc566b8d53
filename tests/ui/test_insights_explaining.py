"""どう計算した？ on 全体: beside every figure, by mouse and keyboard, with the way to the customers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from soloflow.services import sample
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.pages.insights.explaining import Explanation
from soloflow.ui.pages.insights.page import InsightsPage
from soloflow.ui.widgets.popover import Popover


@pytest.fixture
def page(workspace: Workspace, context: Context, qtbot: QtBot) -> InsightsPage:
    sample.fill(workspace)
    made = InsightsPage(context)
    qtbot.addWidget(made)
    made.resize(1204, 726)
    made.show()
    qtbot.waitUntil(lambda: made.charts.can_draw, timeout=20_000)
    return made


def helps(page: InsightsPage) -> dict[str, QWidget]:
    """The buttons, by what their panel begins with."""
    orders, new, existing, back = (block.help for block in page.foot.blocks)
    return {
        "いちばん多く離れている工程": page.verdict.help,
        "次の工程へ進む率": page.charts.help,
        "100社あたりの受注": orders,
        "新しいお客様から": new,
        "既存のお客様から": existing,
        "離脱・育成から戻った": back,
    }


def panel(page: InsightsPage) -> Popover:
    return next(one for one in page.findChildren(Popover) if one.isVisible())


def test_every_figure_explains_itself_by_mouse_and_by_keyboard(page: InsightsPage, qtbot: QtBot) -> None:
    for name, help_button in helps(page).items():
        assert help_button.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert "どう計算した？" in (help_button.accessibleName() or help_button.text())
        assert "どう計算した？" in help_button.toolTip()
        qtbot.mouseClick(help_button, Qt.MouseButton.LeftButton)
        assert panel(page).findChildren(QLabel)[0].text() == name
        qtbot.keyClick(panel(page)._content, Qt.Key.Key_Escape)
        help_button.setFocus()
        qtbot.keyClick(help_button, Qt.Key.Key_Return)
        assert panel(page)._content.hasFocus()
        qtbot.keyClick(panel(page)._content, Qt.Key.Key_Escape)
        assert help_button.hasFocus()


@pytest.mark.parametrize("size", [(1204, 726), (884, 566)])
def test_a_panel_stays_inside_the_page_and_beside_its_button(
    page: InsightsPage, size: tuple[int, int], qtbot: QtBot
) -> None:
    page.resize(*size)
    qtbot.wait(50)
    help_button = page.verdict.sign if page.verdict.sign.isVisible() else page.verdict.help
    for one in (help_button, page.charts.help):
        qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
        opened = panel(page)
        assert page.rect().contains(opened.geometry())
        assert not opened.geometry().contains(one.mapTo(page, one.rect().center()))
        opened.close_panel()


def test_a_long_panel_is_read_by_the_arrow_keys(page: InsightsPage, qtbot: QtBot) -> None:
    page.charts.explain()
    content = panel(page)._content
    assert isinstance(content, Explanation)
    assert content.verticalScrollBar().maximum() > 0
    qtbot.keyClick(content, Qt.Key.Key_Down)
    assert content.verticalScrollBar().value() > 0
    assert "1 集客：58 % [51–64]" in content.accessibleDescription()


def test_the_counts_lead_to_their_customers(page: InsightsPage, context: Context, qtbot: QtBot) -> None:
    went: list[tuple[str, int, str]] = []
    context.navigated.connect(lambda key, args: went.append((key, len(args["ids"]), args["title"])))
    page.foot.explain(3)
    link = panel(page)._content.links[1]
    assert link.text() == "離れてから戻った60社"
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(went), timeout=5_000)
    assert went == [("customers", 60, "離れてから戻った60社")]
    assert not [one for one in page.findChildren(Popover) if one.isVisible()]


def test_the_list_says_whom_the_filters_chose(page: InsightsPage, context: Context, qtbot: QtBot) -> None:
    from soloflow.insights.behind import Who
    from soloflow.insights.reduction import LOST
    from soloflow.services.numbers import Scope, overview

    went: list[str] = []
    context.navigated.connect(lambda _key, args: went.append(args["title"]))
    page.shown = overview(context.workspace, Scope(months=12))
    page._open_list(Who(3, LOST, reason="budget"))
    qtbot.waitUntil(lambda: bool(went), timeout=5_000)
    assert went[0].startswith("3 商談で離れた")
    assert went[0].endswith("社（理由：予算が合わない・過去12か月に入った）")


def test_the_likely_cause_leads_to_all_reasons_of_its_step(page: InsightsPage, context: Context, qtbot: QtBot) -> None:
    went: list[tuple[str, object]] = []
    context.navigated.connect(lambda _key, args: went.append((args["tab"], args["stage"])))
    link = next(one for one in page.verdict._links.findChildren(QWidget) if getattr(one, "text", str)() == "理由を見る")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert went == [("reasons", 3)]
    page.arrive(tab="reasons", stage=2)
    qtbot.waitUntil(lambda: page.pane is not None and page.pane.answer is not None, timeout=10_000)
    qtbot.waitUntil(lambda: "2 問合せ" in page.pane.answer.head[0], timeout=10_000)


def test_the_cause_stands_in_the_verdict_where_there_is_room(page: InsightsPage, qtbot: QtBot) -> None:
    assert "3 商談で離れた41社では、いちばん多い理由をまだ区別できません" in page.verdict._more.text()
    page.resize(884, 566)
    qtbot.wait(50)
    assert "いちばん多い理由" not in page.verdict._more.text()
    assert page.verdict.sign.isVisible()
    assert not page.verdict.help.isVisible()


def test_the_reasons_begin_at_the_step_that_the_verdict_speaks_of(
    workspace: Workspace, context: Context, qtbot: QtBot
) -> None:
    from few_customers import fill

    fill(workspace, 12)
    made = InsightsPage(context)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.charts.can_draw, timeout=20_000)
    made.arrive(tab="reasons")
    qtbot.waitUntil(lambda: made.pane is not None and made.pane.answer is not None, timeout=10_000)
    assert made.pane.answer.head[0].startswith("1 集客で離れた3社の理由は")
