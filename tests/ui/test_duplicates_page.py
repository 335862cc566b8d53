"""かさなり as it is used: real keys and clicks on a real profile."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from quiet import rests
from soloflow.domain.candidates import Candidate, Phone
from soloflow.services import customers, history, process, prospects
from soloflow.services.workspace import Workspace
from soloflow.ui.commands import actions, matching
from soloflow.ui.context import Context
from soloflow.ui.main_window import MainWindow
from soloflow.ui.pages.customers import CustomersPage
from soloflow.ui.pages.duplicates import DuplicatesPage
from soloflow.ui.widgets.empty import EmptyState
from soloflow.ui.widgets.rows import ROW

MODE = QAbstractItemModelTester.FailureReportingMode.Fatal


def add(ws: Workspace, name: str, company: str = "", mail: str = "", stage: int | None = None, **more: object) -> int:
    family, _space, given = name.partition(" ")
    person = Candidate(
        name=name, family=family, given=given, company=company, emails=(mail,) if mail else (), **more  # type: ignore[arg-type]
    )  # fmt: skip
    return prospects.add(ws, person, stage=stage).created[0]


@pytest.fixture
def twice(workspace: Workspace) -> Workspace:
    """Two sure pairs, a likely one, a possible one."""
    add(workspace, "渡邉 健", "", "ken@example.jp", title="課長")
    add(workspace, "渡辺 健", "", "ken@example.jp", title="部長", phones=(Phone("090-1111-2222", "mobile"),))
    add(workspace, "石井 雪乃", "", "ishii@example.jp")
    add(workspace, "石井 雪乃", "", "ishii@example.jp")
    add(workspace, "山田 花子", "", "hana@example.jp")
    add(workspace, "佐藤 花子", "", "hana@example.jp")
    add(workspace, "柴崎 浩", "柴崎プレス")
    add(workspace, "柴崎 浩", "みなと計測")
    return workspace


def made_page(qtbot: QtBot, context: Context) -> DuplicatesPage:
    made = DuplicatesPage(context)
    for model in (made.pane.model, made.compare.model, made.partners.model):
        QAbstractItemModelTester(model, MODE, made)
    qtbot.addWidget(made)
    made.resize(1204, 726)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.arrive()
    qtbot.waitUntil(lambda: made.pairs is not None)
    made.focus_first()
    settle(qtbot, made)
    return made


@pytest.fixture
def page(qtbot: QtBot, context: Context, twice: Workspace) -> DuplicatesPage:
    return made_page(qtbot, context)


def settle(qtbot: QtBot, page: DuplicatesPage) -> None:
    """Wait until what was asked for is written, and seen."""
    rests(qtbot, page.context, page)


def press(qtbot: QtBot, page: DuplicatesPage, key: Qt.Key, widget: QWidget | None = None) -> None:
    qtbot.keyClick(widget or page.pane.view, key)
    settle(qtbot, page)


def listed(page: DuplicatesPage) -> list[tuple[str, str]]:
    rows = [page.pane.model.index(row).data(ROW) for row in range(page.pane.model.rowCount())]
    return [(row.first, row.second) for row in rows]


def segment(qtbot: QtBot, page: DuplicatesPage, word: str) -> None:
    button = next(one for one in page.pane.segments.findChildren(QPushButton) if one.text().startswith(word))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, page)


def titles(ws: Workspace) -> list[str]:
    with ws.store.read() as reader:
        return [reader.get("contacts", one)["title"] for one in reader.ids("contacts", family="渡邉")]


def alive(ws: Workspace) -> list[str]:
    return sorted(row.name for row in customers.rows(ws, customers.listing(ws, customers.Filter()).ids))


def test_pairs_stand_by_certainty_with_their_reasons(qtbot: QtBot, page: DuplicatesPage) -> None:
    assert listed(page) == [("渡邉 健", "渡辺 健"), ("石井 雪乃", "石井 雪乃")]
    assert page.pane.model.index(0).data(ROW).words == "同じメール・同じ名前"
    segment(qtbot, page, "おそらく")
    assert listed(page) == [("山田 花子", "佐藤 花子")]
    segment(qtbot, page, "もしかして")
    assert listed(page) == [("柴崎 浩", "柴崎 浩")]
    assert page.context.badges["duplicates"] == 3, "what is only possible is not counted as waiting"


def test_enter_merges_and_the_next_pair_is_shown(qtbot: QtBot, page: DuplicatesPage, workspace: Workspace) -> None:
    assert page.compare.shown is not None
    assert page.compare.shown.first.name == "渡邉 健"
    press(qtbot, page, Qt.Key.Key_Return)
    assert "渡辺 健" not in alive(workspace)
    assert listed(page) == [("石井 雪乃", "石井 雪乃")]
    assert page.compare.shown is not None
    assert page.compare.shown.first.name == "石井 雪乃"


def test_a_side_is_chosen_with_the_arrow_keys(qtbot: QtBot, page: DuplicatesPage, workspace: Workspace) -> None:
    press(qtbot, page, Qt.Key.Key_Right)
    assert page.compare.lines.hasFocus()
    press(qtbot, page, Qt.Key.Key_Down, page.compare.lines)
    assert page.compare.lines.currentIndex().data(ROW)[0].key == "title"
    press(qtbot, page, Qt.Key.Key_Right, page.compare.lines)
    assert page.compare.lines.currentIndex().data(ROW)[1] == "second"
    press(qtbot, page, Qt.Key.Key_Left, page.compare.lines)
    press(qtbot, page, Qt.Key.Key_Space, page.compare.lines)
    press(qtbot, page, Qt.Key.Key_Return, page.compare.lines)
    assert titles(workspace) == ["部長"]


def test_a_side_is_chosen_with_a_click(qtbot: QtBot, page: DuplicatesPage, workspace: Workspace) -> None:
    lines = page.compare.lines
    index = page.compare.model.index(1)
    rect = lines.visualRect(index)
    cells = lines.rows.cells(index, rect.width() - 16)
    cell = next(one for one in cells if one.key == "second")
    at = QPoint(rect.left() + 8 + cell.left + 30, rect.center().y())
    qtbot.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert page.compare.model.choices == {"title": "second"}
    qtbot.mouseClick(page.foot.merge, Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    assert titles(workspace) == ["部長"]


def test_two_clicks_on_a_pair_look_closer_and_merge_nothing(
    qtbot: QtBot, page: DuplicatesPage, workspace: Workspace
) -> None:
    at = page.pane.view.visualRect(page.pane.model.index(1)).center()
    qtbot.mouseClick(page.pane.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(page.pane.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    settle(qtbot, page)
    assert page.compare.lines.hasFocus()
    assert len(alive(workspace)) == 8


def test_x_says_that_they_are_not_the_same_and_undo_brings_the_pair_back(
    qtbot: QtBot, page: DuplicatesPage, workspace: Workspace, context: Context
) -> None:
    press(qtbot, page, Qt.Key.Key_X)
    assert listed(page) == [("石井 雪乃", "石井 雪乃")]
    assert len(alive(workspace)) == 8
    context.undo()
    settle(qtbot, page)
    assert listed(page) == [("渡邉 健", "渡辺 健"), ("石井 雪乃", "石井 雪乃")]


def test_undo_brings_a_merged_pair_back(
    qtbot: QtBot, page: DuplicatesPage, workspace: Workspace, context: Context
) -> None:
    press(qtbot, page, Qt.Key.Key_Return)
    context.undo()
    settle(qtbot, page)
    assert len(alive(workspace)) == 8
    assert listed(page) == [("渡邉 健", "渡辺 健"), ("石井 雪乃", "石井 雪乃")]


def test_j_and_k_go_through_the_pairs_from_the_fields_too(qtbot: QtBot, page: DuplicatesPage) -> None:
    press(qtbot, page, Qt.Key.Key_J)
    assert page.pane.view.currentIndex().row() == 1
    press(qtbot, page, Qt.Key.Key_Right)
    press(qtbot, page, Qt.Key.Key_K, page.compare.lines)
    assert page.pane.view.currentIndex().row() == 0
    assert page.compare.shown is not None
    assert page.compare.shown.first.name == "渡邉 健"


def test_enter_right_after_a_move_means_the_pair_that_was_moved_to(
    qtbot: QtBot, page: DuplicatesPage, workspace: Workspace
) -> None:
    qtbot.keyClick(page.pane.view, Qt.Key.Key_J)
    qtbot.keyClick(page.pane.view, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert alive(workspace).count("石井 雪乃") == 1
    assert "渡辺 健" in alive(workspace)


def test_everything_sure_is_merged_by_one_button_and_taken_back_by_one_undo(
    qtbot: QtBot, page: DuplicatesPage, workspace: Workspace, context: Context
) -> None:
    assert page.foot.all.text() == "確かな2組をすべてまとめる"
    qtbot.mouseClick(page.foot.all, Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    assert len(alive(workspace)) == 6
    assert page.pane.segments.key == "likely", "the next question is shown"
    assert page.foot.isEnabled()
    assert not page.foot.all.isVisible()
    history.undo(workspace)
    assert len(alive(workspace)) == 8


def test_keys_pressed_faster_than_they_are_written_each_mean_their_own_pair(
    qtbot: QtBot, page: DuplicatesPage, workspace: Workspace
) -> None:
    for _time in range(2):
        qtbot.keyClick(page.pane.view, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert len(alive(workspace)) == 6
    assert page.pane.sure == ()


def test_what_changes_elsewhere_is_seen_here(
    qtbot: QtBot, page: DuplicatesPage, workspace: Workspace, context: Context
) -> None:
    def act() -> object:
        return prospects.add(
            workspace, Candidate(name="石井 雪乃", family="石井", given="雪乃", emails=("ishii@example.jp",))
        )

    context.run(act)
    settle(qtbot, page)
    assert len(listed(page)) == 4
    with workspace.store.read() as reader:
        customer = reader.ids("prospects", name="渡邉 健")[0]
    context.run(lambda: prospects.remove(workspace, (customer,)))
    settle(qtbot, page)
    assert len(listed(page)) == 3


def test_an_empty_contact_book_is_told_what_this_page_is_for(qtbot: QtBot, context: Context) -> None:
    made = made_page(qtbot, context)
    assert isinstance(made._stack.currentWidget(), EmptyState)
    wanted: list[str] = []
    context.navigated.connect(lambda key, _args: wanted.append(key))
    begin = next(one for one in made.findChildren(QPushButton) if one.isVisible() and "取り込む" in one.text())
    qtbot.mouseClick(begin, Qt.MouseButton.LeftButton)
    assert wanted == ["import"]


def test_after_an_import_only_its_pairs_are_shown_until_all_are_asked_for(
    qtbot: QtBot, page: DuplicatesPage, workspace: Workspace
) -> None:
    changes = prospects.add(
        workspace, Candidate(name="山田 花子", family="山田", given="花子", emails=("hana@example.jp",))
    )
    page.arrive(change_set=changes.change_set)
    settle(qtbot, page)
    assert {pair.second for pair in page.pairs or ()} == {9}
    assert page.pane.everything.isVisible()
    qtbot.mouseClick(page.pane.everything, Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    assert len(page.pairs or ()) == 6


def test_a_customer_is_merged_with_one_that_is_searched_for(
    qtbot: QtBot, page: DuplicatesPage, workspace: Workspace
) -> None:
    with workspace.store.read() as reader:
        one, other = reader.ids("prospects", name="柴崎プレス")[0], reader.ids("prospects", name="みなと計測")[0]
    process.move(workspace, (one,), 3)
    went: list[object] = []
    page.context.navigated.connect(lambda key, args: went.append((key, args)))
    page.arrive(prospect=one)
    settle(qtbot, page)
    page.partners.search.setText("みなと")  # as an input method does
    settle(qtbot, page)
    assert page.compare.shown is not None
    assert (page.compare.shown.first.name, page.compare.shown.second.name) == ("柴崎プレス", "みなと計測")
    assert not page.foot.apart.isVisible()
    qtbot.keyClick(page.partners.search, Qt.Key.Key_Return)
    qtbot.keyClick(page.partners.view, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert went == [("customers", {"prospect": one})]
    assert customers.detail(workspace, other) is None


def test_escape_goes_back_from_choosing_a_partner(qtbot: QtBot, page: DuplicatesPage) -> None:
    page.arrive(prospect=1)
    settle(qtbot, page)
    qtbot.keyClick(page.partners.search, Qt.Key.Key_Escape)
    settle(qtbot, page)
    assert page.pane.isVisible()
    assert len(listed(page)) == 2


def test_the_partner_is_suggested_before_anything_is_typed(qtbot: QtBot, page: DuplicatesPage) -> None:
    page.arrive(prospect=1)
    settle(qtbot, page)
    assert list(page.partners.model.ids)[:1] == [2]


def test_both_histories_are_shown(qtbot: QtBot, page: DuplicatesPage, workspace: Workspace, context: Context) -> None:
    context.run(lambda: prospects.note(workspace, 2, "call", "部長になったと聞いた"))
    settle(qtbot, page)
    found = page.compare.shown
    assert found is not None
    assert [past.text for past in found.second.history] == ["部長になったと聞いた"]
    assert page.compare.second.rows.model().rowCount() == 1


def test_the_page_is_found_in_the_command_field(context: Context) -> None:
    commands = actions(context, int, int)
    for word in ("かさなり", "重複", "名寄せ", "merge"):
        exact, alike = matching(commands, word)
        assert "かさなりを見る" in [hit.title for hit in (*exact, *alike)]


def test_the_menu_of_a_customer_leads_here(
    qtbot: QtBot, context: Context, twice: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = CustomersPage(context)
    qtbot.addWidget(made)
    made.resize(1204, 726)
    made.show()
    made.arrive(prospect=1)
    went: list[object] = []
    context.navigated.connect(lambda key, args: went.append((key, args)))
    action = next(one for one in made.detail.header.more.menu().actions() if "まとめる" in one.text())
    action.trigger()
    assert went == [("duplicates", {"prospect": 1})]


def test_it_opens_in_the_window_at_its_smallest(qtbot: QtBot, context: Context, twice: Workspace) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.resize(960, 640)
    window.show()
    qtbot.waitExposed(window)
    context.navigate("duplicates")
    page = window.page if isinstance(getattr(window, "page", None), DuplicatesPage) else window._pages["duplicates"]
    assert isinstance(page, DuplicatesPage)
    is_found: Callable[[], bool] = lambda: page.compare.shown is not None  # noqa: E731
    qtbot.waitUntil(is_found)
    assert page.foot.merge.geometry().right() <= page.width()
    assert page.compare.width() >= 500
    window.close()


def test_choosing_a_partner_first_looks_for_pairs_only_when_they_are_wanted(
    qtbot: QtBot, context: Context, twice: Workspace
) -> None:
    made = DuplicatesPage(context)
    qtbot.addWidget(made)
    made.resize(1204, 726)
    made.show()
    made.arrive(prospect=1)
    settle(qtbot, made)
    assert made.pairs is None
    assert made.partners.isVisible()
    qtbot.keyClick(made.partners.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: made.pairs is not None)
    settle(qtbot, made)
    assert len(listed(made)) == 2


def test_what_happens_during_a_search_is_not_lost(
    qtbot: QtBot, page: DuplicatesPage, workspace: Workspace, context: Context
) -> None:
    page.looking.ask()
    qtbot.waitUntil(lambda: not page.looking.is_due)
    context.run(lambda: prospects.remove(workspace, (1,)))
    settle(qtbot, page)
    qtbot.waitUntil(lambda: listed(page) == [("石井 雪乃", "石井 雪乃")])
    settle(qtbot, page)
