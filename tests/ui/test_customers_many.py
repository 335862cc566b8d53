"""顧客 with views, combined filters, reasons of a search, and many customers changed as one; by keys and clicks."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from customers_shown import names_on, shown
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from soloflow.domain.candidates import Candidate
from soloflow.services import customers, follow_ups, history, process, prospects, views
from soloflow.services.customers import Filter
from soloflow.services.workspace import Workspace
from soloflow.store import search
from soloflow.ui.context import Context
from soloflow.ui.finders import find_customers, find_views
from soloflow.ui.pages.customers import CustomersPage
from soloflow.ui.pages.customers.filters import FilterPanel
from soloflow.ui.pages.customers.views_panel import ViewsPanel
from soloflow.ui.widgets.move_panels import MovePanel
from soloflow.ui.widgets.popover import Popover
from soloflow.ui.widgets.rows import ROW

TODAY = date(2026, 11, 21)
NAMES = ("青葉物流", "カワセミ食品", "北沢製作所", "月島クリニック")


@pytest.fixture
def ids(workspace: Workspace) -> dict[str, int]:
    made = {}
    for number, name in enumerate(NAMES):
        someone = Candidate(name="十河 太郎", company=name, emails=(f"a{number}@example.jp",))
        made[name] = prospects.add(workspace, someone, stage=None if name.startswith("月島") else 2 + number).created[0]
        follow_ups.plan(workspace, made[name], "連絡する", TODAY + timedelta(days=number - 1))
    prospects.tag(workspace, (made["カワセミ食品"], made["月島クリニック"]), "在庫")
    prospects.note(workspace, made["北沢製作所"], "note", "倉庫の棚卸しに三日かかるとのこと")
    return made


@pytest.fixture
def page(qtbot: QtBot, context: Context, ids: dict[str, int]) -> Iterator[CustomersPage]:
    assert ids
    yield from shown(qtbot, context)


def _panel(page: CustomersPage, kind: type[QWidget]) -> QWidget:
    found = page.findChildren(kind)
    assert found
    return found[-1]


def _views_panel(page: CustomersPage) -> ViewsPanel:
    QTest.mouseClick(page.list.head.title, Qt.MouseButton.LeftButton)
    panel = _panel(page, ViewsPanel)
    assert isinstance(panel, ViewsPanel)
    return panel


def _own(page: CustomersPage) -> list[str]:
    return [view.name for view in views.every(page.context.workspace) if view.id is not None]


# Search


def test_a_word_of_a_note_is_found_and_the_row_says_where(page: CustomersPage) -> None:
    page.list.search.setText("棚卸")
    assert names_on(page) == ["北沢製作所"]
    row = page.list.model.index(0).data(ROW)
    assert (row.found.kind, row.found.words.hit) == ("activity", "棚卸")
    assert "記録：" in page.list.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_name_that_is_seen_needs_no_reason(page: CustomersPage) -> None:
    page.list.search.setText("カワ")
    assert page.list.model.index(0).data(ROW).found is None


@pytest.mark.parametrize(("text", "hit"), [("a2@", "a2@"), ("example.j", "example.j")])
def test_a_mail_is_marked_where_it_was_found(page: CustomersPage, text: str, hit: str) -> None:
    page.list.search.setText(text)
    found = next(
        page.list.model.index(row).data(ROW).found for row in range(3) if "北沢" in names_on(page)[row] or text == "a2@"
    )
    assert (found.kind, found.words.hit) == ("mail", hit)


def test_the_command_field_says_why_too_and_knows_the_views(page: CustomersPage) -> None:
    (hit,) = find_customers(page.context, "棚卸")
    assert "記録：" in hit.detail
    views.save(page.context.workspace, "見積を待つ人", Filter(text="見積"), "fit")
    assert [hit.title for hit in find_views(page.context, "見積")] == ["見積を待つ人"]


def test_a_search_is_ordered_by_fit_until_another_order_is_chosen(page: CustomersPage) -> None:
    page.list.search.setText("十河")
    assert page.list.order_now == "fit"
    page.list.head.sort.chosen.emit("name")
    assert page.list.order_now == "name"
    page.list.search.clear()
    assert page.list.order_now == "next"


# Filters


def test_filters_combine_and_each_is_a_chip_in_words(qtbot: QtBot, page: CustomersPage) -> None:
    QTest.keyClick(page.list.view, Qt.Key.Key_F)
    panel = _panel(page, FilterPanel)
    assert isinstance(panel, FilterPanel)
    QTest.mouseClick(panel.stages.button(2), Qt.MouseButton.LeftButton)
    QTest.mouseClick(panel.stages.button(3), Qt.MouseButton.LeftButton)
    assert names_on(page) == ["青葉物流", "カワセミ食品"]
    QTest.mouseClick(panel.steps.button("overdue"), Qt.MouseButton.LeftButton)
    assert names_on(page) == ["青葉物流"]
    texts = [chip.text() for chip in page.list.chips.findChildren(QPushButton) if chip.isVisibleTo(page)]
    assert texts == ["2 問合せ・アポイント", "3 商談", "期限切れ"] or texts[-1] == "期限切れ"


def test_the_panel_counts_what_each_value_would_leave(qtbot: QtBot, page: CustomersPage) -> None:
    page.list.open_filter()
    panel = _panel(page, FilterPanel)
    assert isinstance(panel, FilterPanel)
    qtbot.waitUntil(lambda: panel.stages.button(2).text().endswith(" 1"))
    assert panel.stages.button(9).text().endswith(" 0")


def test_mail_and_no_mail_exclude_each_other(page: CustomersPage) -> None:
    page.list.open_filter()
    panel = _panel(page, FilterPanel)
    assert isinstance(panel, FilterPanel)
    panel.reach.button(("mail", True)).click()
    assert page.list.wanted.has_mail is True
    panel.reach.button(("mail", False)).click()
    assert page.list.wanted.has_mail is False
    assert panel.reach.values == (("mail", False),)


def test_delete_on_a_chip_takes_only_its_restriction_away(page: CustomersPage) -> None:
    page.arrive(standing="active", stages=(2, 3), has_mail=True)
    chip = next(chip for chip in page.list.chips.findChildren(QPushButton) if "3" in chip.text())
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert (page.list.wanted.stages, page.list.wanted.has_mail) == ((2,), True)
    assert page.list.view.hasFocus()


# Views


def test_a_filter_is_kept_under_a_name_by_keys_only_and_undone(qtbot: QtBot, page: CustomersPage) -> None:
    page.arrive(standing="active", stages=(3,))
    page.list.view.setFocus()
    QTest.keyClick(page.list.view, Qt.Key.Key_V)
    panel = _panel(page, ViewsPanel)
    assert isinstance(panel, ViewsPanel)
    panel.name.setFocus()
    QTest.keyClicks(panel.name, "shoudan")
    QTest.keyClick(panel.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _own(page) == ["shoudan"])
    qtbot.waitUntil(lambda: page.list.head.title.title == "shoudan")
    page.context.undo()
    qtbot.waitUntil(lambda: _own(page) == [])
    qtbot.waitUntil(lambda: page.list.head.title.title == "顧客")


def test_a_view_is_chosen_with_the_arrow_and_enter(qtbot: QtBot, page: CustomersPage) -> None:
    panel = _views_panel(page)
    QTest.keyClick(panel.rows, Qt.Key.Key_End)
    QTest.keyClick(panel.rows, Qt.Key.Key_Return)
    assert page.list.wanted == Filter()
    assert len(names_on(page)) == 4
    assert page.list.head.title.title == "全員"
    assert page.list.view.hasFocus()


def test_own_views_are_renamed_moved_and_removed_with_their_keys(qtbot: QtBot, page: CustomersPage) -> None:
    for name in ("一", "二"):
        views.save(page.context.workspace, name, Filter(text=name), "fit")
    page.refresh(None)
    panel = _views_panel(page)
    QTest.keyClick(panel.rows, Qt.Key.Key_End)
    QTest.keyClick(panel.rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: _own(page) == ["二", "一"])
    qtbot.waitUntil(lambda: not page.context.is_writing)
    QTest.keyClick(panel.rows, Qt.Key.Key_F2)
    assert panel.name.text() == "二"
    QTest.keyClicks(panel.name, "ni")
    QTest.keyClick(panel.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _own(page) == ["ni", "一"])
    qtbot.waitUntil(lambda: not page.context.is_writing)
    QTest.keyClick(panel.rows, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: _own(page) == ["一"])


def test_a_taken_name_is_refused_in_the_panel(qtbot: QtBot, page: CustomersPage) -> None:
    page.arrive(standing="active", stages=(3,))
    panel = _views_panel(page)
    panel.name.setText("全員")
    panel._keep.click()
    qtbot.waitUntil(lambda: panel._problem.isVisible())
    assert "もうあります" in panel._problem.text()


def test_views_of_the_program_have_no_menu_and_own_ones_do(page: CustomersPage) -> None:
    views.save(page.context.workspace, "一", Filter(text="一"), "fit")
    page.refresh(None)
    panel = _views_panel(page)
    assert panel.menu_for(panel.rows.model().index(0, 0)) is None
    menu = panel.menu_for(panel.rows.model().index(panel.rows.model().rowCount() - 1, 0))
    assert menu is not None
    assert [action.text().split("\t")[1] for action in menu.actions()] == ["F2", "Alt+↑", "Alt+↓", "Delete"]


def test_arriving_at_a_view_shows_it(page: CustomersPage) -> None:
    page.arrive(view="overdue")
    assert names_on(page) == ["青葉物流"]
    assert page.list.head.title.title == "期限切れ"


# Many at once


def test_space_chooses_one_after_the_other(qtbot: QtBot, page: CustomersPage) -> None:
    page.list.view.clearSelection()
    QTest.keyClick(page.list.view, Qt.Key.Key_Space)
    QTest.keyClick(page.list.view, Qt.Key.Key_Space)
    assert len(page.list.chosen_ids()) == 2
    qtbot.waitUntil(lambda: page.bulk.isVisible())


def test_a_choice_of_several_ends_with_another_search(qtbot: QtBot, page: CustomersPage) -> None:
    page.list.view.selectAll()
    page.list.search.setText("十河")
    assert len(page.list.chosen_ids()) <= 1
    page.list.view.selectAll()
    page.arrive(view="all")
    assert len(page.list.chosen_ids()) <= 1


def test_a_digit_asks_before_it_moves_everybody_chosen_as_one_step(
    qtbot: QtBot, page: CustomersPage, workspace: Workspace, ids: dict[str, int]
) -> None:
    page.list.view.selectAll()
    before = history.peek(workspace)
    QTest.keyClick(page.list.view, Qt.Key.Key_3)
    panel = page.findChild(MovePanel)
    assert panel is not None
    assert panel.stages.value == 3
    assert history.peek(workspace) == before
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: history.peek(workspace)[0] == "2社を3 商談へ移しました（1社はそのまま）")
    qtbot.waitUntil(lambda: not page.context.is_writing)
    assert len(page.list.chosen_ids()) == 3
    page.context.undo()
    qtbot.waitUntil(lambda: customers.rows(workspace, (ids["青葉物流"],))[0].stage == 2)


def test_tags_of_the_chosen_are_given_and_taken_with_a_click(
    qtbot: QtBot, page: CustomersPage, workspace: Workspace
) -> None:
    page.arrive(view="all")
    page.list.view.selectAll()
    qtbot.waitUntil(lambda: page.bulk.isVisible())
    chip = next(one for one in page.bulk._tags.findChildren(QPushButton) if "在庫" in one.text())
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [uses for _id, _name, uses in customers.tags(workspace)] == [0])
    QTest.keyClicks(page.bulk.tag, "ni san")
    QTest.keyClick(page.bulk.tag, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sorted(uses for _id, _name, uses in customers.tags(workspace)) == [0, 4, 4])
    qtbot.waitUntil(lambda: not page.context.is_writing)
    qtbot.waitUntil(lambda: len([one for one in page.bulk._tags.findChildren(QPushButton) if one.isVisible()]) == 2)


def test_channel_and_next_step_are_given_to_all(qtbot: QtBot, page: CustomersPage, workspace: Workspace) -> None:
    page.list.view.selectAll()
    qtbot.waitUntil(lambda: page.bulk.isVisible())
    channel = customers.channels(workspace)[2][0]
    QTest.mouseClick(page.bulk.channels.button(channel), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(customers.listing(workspace, Filter(channels=(channel,))).ids) == 3)
    page.bulk.step.setText("資料を送る")
    QTest.keyClick(page.bulk.step, Qt.Key.Key_Return)
    assert "いつするかも" in page.bulk._reading.text()
    page.bulk.step.setText("12/20 資料を送る")
    QTest.keyClick(page.bulk.step, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(customers.find(workspace, "資料を送る")) == 3)


def test_those_chosen_are_brought_back(
    qtbot: QtBot, page: CustomersPage, workspace: Workspace, ids: dict[str, int]
) -> None:
    process.lose(workspace, (ids["青葉物流"], ids["カワセミ食品"]), "budget")
    page.refresh(None)
    page.arrive(standing="lost")
    page.list.view.selectAll()
    qtbot.waitUntil(lambda: page.bulk.isVisible())
    QTest.mouseClick(page.bulk.back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(customers.listing(workspace, Filter(standing="active")).ids) == 3)


def test_the_chosen_are_written_to_a_file(
    qtbot: QtBot, page: CustomersPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind, pattern in (("csv", "customer"), ("vcf", "BEGIN:VCARD")):
        target = tmp_path / f"out.{kind}"
        monkeypatch.setattr(
            "soloflow.ui.pages.customers.bulk.QFileDialog.getSaveFileName",
            lambda *_args, target=target: (str(target), ""),
        )
        page.list.view.selectAll()
        qtbot.waitUntil(lambda: page.bulk.isVisible())
        page.bulk._export(kind)
        qtbot.waitUntil(target.exists)
        qtbot.waitUntil(lambda: not page.context.is_writing)
        assert pattern in target.read_text("utf-8-sig")


def test_hundreds_are_changed_in_the_background_and_stay_chosen(
    qtbot: QtBot, page: CustomersPage, workspace: Workspace
) -> None:
    with workspace.store.write("many", workspace.now_us()) as work:
        work.insert_many("prospects", [{"name": f"会社{n:04}", "created_us": 1} for n in range(600)])
    page.refresh(None)
    page.arrive(view="all")
    page.list.view.setFocus()
    QTest.keyClick(page.list.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.list.chosen_ids()) == 604
    qtbot.waitUntil(lambda: page.bulk.isVisible())
    page._on_stage_by_key(4)
    page.findChild(MovePanel).submit()
    assert page.context.jobs
    qtbot.waitUntil(lambda: len(customers.listing(workspace, Filter(stages=(4,))).ids) == 604)
    qtbot.waitUntil(lambda: not page.context.is_writing)
    assert len(page.list.chosen_ids()) == 604
    assert QApplication.focusWidget() is page.list.view


def test_everybody_that_a_search_found_is_chosen_also_those_beyond_the_listed(
    page: CustomersPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "CAP", 2)
    page.arrive(text="example")
    assert len(names_on(page)) == 2
    page.list.view.setFocus()
    QTest.keyClick(page.list.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.list.chosen_ids()) == 4
    page.refresh(None)
    assert len(page.list.chosen_ids()) == 4
    page.list.search.setText("exampl")
    assert len(names_on(page)) == 2


def test_a_long_edit_that_is_stopped_has_changed_nothing(
    qtbot: QtBot, page: CustomersPage, workspace: Workspace
) -> None:
    with workspace.store.write("many", workspace.now_us()) as work:
        work.insert_many("prospects", [{"name": f"会社{n:04}", "created_us": 1} for n in range(600)])
    page.refresh(None)
    page.arrive(view="all")
    page.list.view.selectAll()
    page._on_stage_by_key(4)
    page.findChild(MovePanel).submit()
    page.context.jobs[0].cancel()
    qtbot.waitUntil(lambda: not page.context.is_writing)
    assert len(customers.listing(workspace, Filter(stages=(4,))).ids) == 1
    assert not page.findChildren(Popover)
