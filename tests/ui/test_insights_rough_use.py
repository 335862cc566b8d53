"""分析 in rough hands: clicked twice, keys held down, wheels, levers moved while something is counted."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from quiet import rests
from soloflow.services import experiments, sample
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.pages.insights import InsightsPage
from soloflow.ui.pages.insights.experiments_tab import ExperimentsTab
from soloflow.ui.pages.insights.what_if_tab import WhatIfTab
from soloflow.ui.widgets.buttons import LinkButton

LEFT = Qt.MouseButton.LeftButton
LINE = 40
"""What stands in one line may be so much higher than what stood before it."""
OpenTab = Callable[[str], QWidget]


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    sample.fill(workspace)
    return workspace


@pytest.fixture
def page(qtbot: QtBot, context: Context, filled: Workspace) -> InsightsPage:
    assert filled
    made = InsightsPage(context)
    qtbot.addWidget(made)
    made.resize(1204, 726)
    made.show()
    qtbot.waitUntil(lambda: made.charts.can_draw, timeout=20_000)
    rests(qtbot, context, made)
    return made


@pytest.fixture
def open_tab(qtbot: QtBot, page: InsightsPage) -> OpenTab:
    def opened(key: str) -> QWidget:
        page.show_tab(key)
        pane = page.pane
        assert pane is not None
        qtbot.waitUntil(lambda: pane.answer is not None, timeout=20_000)
        rests(qtbot, page.context, page)
        return pane

    return opened


def test_the_keyboard_stays_at_its_link_when_the_figures_are_renewed(
    qtbot: QtBot, page: InsightsPage, context: Context
) -> None:
    shown = page.shown
    link = page.verdict._links.links[-2]
    words = link.text()
    link.setFocus()
    context.announce(Changes(None, "", frozenset({"stage_transitions"})), quietly=True)
    qtbot.waitUntil(lambda: page.shown is not shown, timeout=20_000)
    now = QApplication.focusWidget()
    assert isinstance(now, LinkButton)
    assert now is not link
    assert now.text() == words


def test_the_filter_closes_after_the_link_that_had_the_keyboard_was_renewed(
    qtbot: QtBot, page: InsightsPage, context: Context
) -> None:
    page.verdict._links.links[0].setFocus()
    qtbot.mouseClick(page.header.filters, LEFT)
    qtbot.keyClick(page.header.period, Qt.Key.Key_Down)
    rests(qtbot, context, page)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.keyClick(page.header.period, Qt.Key.Key_Escape)
    assert not page.header.panel.isVisible()
    assert QApplication.focusWidget() is page.charts.canvas


@pytest.mark.parametrize("key", ["whole", "brief", "sources", "back_cast", "what_if"])
def test_tab_goes_down_the_page(qtbot: QtBot, page: InsightsPage, open_tab: OpenTab, key: str) -> None:
    if key != "whole":
        open_tab(key)
    tabs = next(one for one in page.tabs._group.buttons() if one.isChecked())
    tabs.setFocus()
    heights = []
    while page.isAncestorOf(now := QApplication.focusWidget()) and now not in page.header.findChildren(QWidget):
        heights.append(now.mapTo(page, QPoint()).y())
        qtbot.keyClick(now, Qt.Key.Key_Tab)
        assert len(heights) < 40, "it goes round"
    assert len(heights) > 5
    assert all(below >= above - LINE for above, below in pairwise(heights)), heights


def test_a_change_whose_button_is_clicked_twice_begins_once(
    qtbot: QtBot, page: InsightsPage, open_tab: OpenTab, filled: Workspace
) -> None:
    pane = open_tab("experiments")
    assert isinstance(pane, ExperimentsTab)
    before = len(experiments.listed(filled))
    pane.open_form()
    qtbot.waitUntil(lambda: pane.form.known is not None, timeout=10_000)
    qtbot.keyClicks(pane.form.name, "quote in three days")
    for _click in range(2):
        qtbot.mouseClick(pane.form.save, LEFT)
    rests(qtbot, page.context, page)
    assert len(experiments.listed(filled)) == before + 1


def test_what_was_refused_can_be_handed_in_again(
    qtbot: QtBot, page: InsightsPage, open_tab: OpenTab, filled: Workspace
) -> None:
    pane = open_tab("experiments")
    assert isinstance(pane, ExperimentsTab)
    before = len(experiments.listed(filled))
    pane.open_form()
    qtbot.waitUntil(lambda: pane.form.known is not None, timeout=10_000)
    qtbot.mouseClick(pane.form.save, LEFT)
    qtbot.waitUntil(pane.form.problem.isVisible, timeout=10_000)
    qtbot.keyClicks(pane.form.name, "quote in three days")
    qtbot.mouseClick(pane.form.save, LEFT)
    rests(qtbot, page.context, page)
    assert len(experiments.listed(filled)) == before + 1


def test_delete_pressed_twice_removes_one_and_complains_of_nothing(
    qtbot: QtBot, page: InsightsPage, open_tab: OpenTab, filled: Workspace
) -> None:
    pane = open_tab("experiments")
    assert isinstance(pane, ExperimentsTab)
    before = len(experiments.listed(filled))
    said = []
    page.context.noticed.connect(lambda notice: said.append(notice.kind))
    pane.list.setFocus()
    for _press in range(2):
        qtbot.keyClick(pane.list, Qt.Key.Key_Delete)
    rests(qtbot, page.context, page)
    assert len(experiments.listed(filled)) == before - 1
    assert said == ["info"]


def test_delete_that_is_held_down_removes_one(
    qtbot: QtBot, page: InsightsPage, open_tab: OpenTab, filled: Workspace
) -> None:
    pane = open_tab("experiments")
    assert isinstance(pane, ExperimentsTab)
    before = len(experiments.listed(filled))
    for is_repeated in (False, True, True):
        press = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "", is_repeated)
        QApplication.sendEvent(pane.list, press)
        rests(qtbot, page.context, page)
    assert len(experiments.listed(filled)) == before - 1


def test_a_lever_moved_while_its_tab_is_counted_keeps_its_answer(
    qtbot: QtBot, page: InsightsPage, open_tab: OpenTab
) -> None:
    pane = open_tab("what_if")
    assert isinstance(pane, WhatIfTab)
    pane.ask_again()
    pane.people.setValue(20)
    moved = pane.answer
    rests(qtbot, page.context, page)
    assert pane.answer == moved
    assert moved is not None
    assert moved.head[0] in "\n".join(one.text() for one in pane.findChildren(QLabel) if one.isVisible())


@pytest.mark.parametrize(
    ("tab", "names"),
    [
        ("after", ("stage",)),
        ("reasons", ("stage",)),
        ("what_if", ("people", "points", "stage")),
        ("back_cast", ("orders",)),
    ],
)
def test_scrolling_past_a_control_leaves_it_as_it_is(open_tab: OpenTab, tab: str, names: tuple[str, ...]) -> None:
    pane = open_tab(tab)
    for name in names:
        control = getattr(pane, name)
        stands = control.currentIndex if name == "stage" else control.value
        before = stands()
        for notch in (120, -120, -120):
            _roll(control, notch)
        assert stands() == before, name


def _roll(widget: QWidget, notch: int) -> None:
    place = widget.rect().center()
    event = QWheelEvent(
        QPointF(place), QPointF(widget.mapToGlobal(place)), QPoint(), QPoint(0, notch),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
