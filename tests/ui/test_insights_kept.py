"""分析 in another theme or language: the page is built anew and stands as it stood."""

from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from quiet import rests
from soloflow.services import sample
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.main_window import MainWindow
from soloflow.ui.pages.insights import InsightsPage
from soloflow.ui.pages.insights.back_cast_tab import BackCastTab
from soloflow.ui.pages.insights.experiments_tab import ExperimentsTab
from soloflow.ui.pages.insights.tabs import AfterStepTab
from soloflow.ui.pages.insights.what_if_tab import WhatIfTab


@pytest.fixture
def window(qtbot: QtBot, context: Context, workspace: Workspace) -> Iterator[MainWindow]:
    sample.fill(workspace)
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.show_page("insights")
    counted(qtbot, made)
    yield made
    context.set_appearance("light")
    context.set_language("ja")


def counted(qtbot: QtBot, window: MainWindow) -> InsightsPage:
    page = window.page("insights")
    assert isinstance(page, InsightsPage)
    qtbot.waitUntil(lambda: page.shown is not None and page.charts.can_draw, timeout=30_000)
    rests(qtbot, window.context, page)
    return page


def anew(qtbot: QtBot, window: MainWindow, page: InsightsPage) -> InsightsPage:
    """The page in the other theme and language."""
    window.context.set_appearance("dark")
    window.context.set_language("en")
    made = counted(qtbot, window)
    assert made is not page
    return made


def test_filters_lens_view_and_horizon_stay(qtbot: QtBot, window: MainWindow) -> None:
    page = counted(qtbot, window)
    page.header.period.setCurrentIndex(1)
    page.header.channel.setCurrentIndex(1)
    page.header.panel.changed.emit()
    page.header.lens.choose("form")
    page.header.lens_chosen.emit("form")
    page.header.view.choose("table")
    page.header.view_chosen.emit("table")
    page.charts.horizon.setCurrentIndex(0)
    rests(qtbot, window.context, page)
    scope = page.header.scope
    assert (scope.months, scope.conditions) == (12, 2)
    made = anew(qtbot, window, page)
    assert made.header.scope == made.shown.scope == scope
    assert made.shown.lens.key == made.header.lens.key == "form"
    assert "2" in made.header.filters.text()
    assert made.charts.table.isVisible()
    assert made.charts.days == 90


def test_the_tab_and_its_controls_stay(qtbot: QtBot, window: MainWindow) -> None:
    page = counted(qtbot, window)
    page.show_tab("back_cast")
    back = page.pane
    assert isinstance(back, BackCastTab)
    back.orders.setValue(7)
    back.day.set_day(date(2027, 3, 1))
    page.show_tab("what_if")
    rests(qtbot, window.context, page)
    if_moved = page.pane
    assert isinstance(if_moved, WhatIfTab)
    if_moved.people.setValue(14)
    if_moved.points.setValue(3)
    page.show_tab("after")
    after = page.pane
    assert isinstance(after, AfterStepTab)
    after.stage.setCurrentIndex(5)
    after.by.choose("stays")
    after.ask_again()
    rests(qtbot, window.context, page)
    made = anew(qtbot, window, page)
    assert made.tabs.key == "after"
    assert isinstance(made.pane, AfterStepTab)
    assert (made.pane.stage.currentData(), made.pane.by.key) == (6, "stays")
    moved, aim = made.panes["what_if"], made.panes["back_cast"]
    assert isinstance(moved, WhatIfTab)
    assert isinstance(aim, BackCastTab)
    made.show_tab("what_if")
    rests(qtbot, window.context, made)
    assert (moved.people.value(), moved.points.value()) == (14, 3)
    assert (aim.orders.whole, aim.day.day) == (7, date(2027, 3, 1))


def test_a_change_that_is_being_written_stays(qtbot: QtBot, window: MainWindow) -> None:
    page = counted(qtbot, window)
    page.arrive(tab="experiments", stage=2)
    pane = page.pane
    assert isinstance(pane, ExperimentsTab)
    qtbot.waitUntil(lambda: pane.form.known is not None, timeout=10_000)
    qtbot.keyClicks(pane.form.name, "quote in three days")
    qtbot.keyClicks(pane.form.note, "why")
    pane.form.rate.setValue(77)
    made = anew(qtbot, window, page)
    assert isinstance(made.pane, ExperimentsTab)
    form = made.pane.form
    qtbot.waitUntil(lambda: form.known is not None, timeout=10_000)
    assert form.isVisible()
    assert (form.name.text(), form.note.text(), form.rate.whole) == ("quote in three days", "why", 77)
    assert form.stage.currentData() == 2


def test_it_is_scrolled_as_far_as_it_was(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(960, 640)
    page = counted(qtbot, window)
    page.show_tab("sources")
    rests(qtbot, window.context, page)
    bar = page.pane.area.verticalScrollBar()
    assert bar.maximum() > 100
    bar.setValue(100)
    window.context.set_appearance("dark")
    made = counted(qtbot, window)
    assert made.pane.area.verticalScrollBar().value() == 100
