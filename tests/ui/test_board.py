"""The page 獲得工程 on a real profile, with a real mouse and real keys."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from soloflow.domain.candidates import Candidate
from soloflow.services import customers, follow_ups, numbers, process, prospects
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.pages.board import BoardPage
from soloflow.ui.pages.board.column import StageColumn
from soloflow.ui.widgets.move_panels import LosePanel, MovePanel, RecyclePanel

NAMES = {1: ("港南パーツ", "井口製缶", "長峰サービス"), 3: ("カワセミ食品", "つむぎ農園"), 4: ("北沢製作所",)}


@pytest.fixture
def ids(workspace: Workspace) -> dict[str, int]:
    made = {}
    for stage, names in NAMES.items():
        for name in names:
            made[name] = prospects.add(workspace, Candidate(name="山田 太郎", company=name), stage=stage).created[0]
    return made


@pytest.fixture
def page(qtbot: QtBot, context: Context, ids: dict[str, int]) -> Iterator[BoardPage]:
    yield from _shown(qtbot, context)


def _shown(qtbot: QtBot, context: Context) -> Iterator[BoardPage]:
    made = BoardPage(context)
    qtbot.addWidget(made)
    made.resize(1204, 726)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.focus_first()
    yield made
    qtbot.waitUntil(lambda: not context.is_writing)


def _column(page: BoardPage, number: int) -> StageColumn:
    return page.columns[number - 1]


def _names(page: BoardPage, number: int) -> list[str]:
    model = _column(page, number).model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def _place(page: BoardPage, number: int, name: str) -> QPoint:
    cards = _column(page, number).cards
    row = _names(page, number).index(name)
    return cards.visualRect(cards.model().index(row, 0)).center()


def _click(
    page: BoardPage, number: int, name: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    viewport = _column(page, number).cards.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, modifier, _place(page, number, name))


class Hand:
    """Holds a card with the left button, as the window system would report it."""

    def __init__(self, page: BoardPage, number: int, name: str) -> None:
        self.page = page
        self.viewport = _column(page, number).cards.viewport()
        self.start = _place(page, number, name)
        QTest.mousePress(self.viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.start)
        for step in (4, 8, 16):
            self._send(self.start + QPoint(step, step))

    def over(self, number: int) -> "Hand":
        column = _column(self.page, number)
        self._send(self.viewport.mapFromGlobal(column.mapToGlobal(QPoint(column.width() // 2, 200))))
        return self

    def over_tray(self, left: bool) -> "Hand":
        x = self.page.width() // 4 if left else self.page.width() * 3 // 4
        self._send(self.viewport.mapFromGlobal(self.page.mapToGlobal(QPoint(x, self.page.height() - 38))))
        return self

    def outside(self) -> "Hand":
        self._send(self.viewport.mapFromGlobal(self.page.mapToGlobal(QPoint(600, 10))))
        return self

    def let_go(self, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._event(
            QEvent.Type.MouseButtonRelease, self.place, Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, modifier
        )

    def _send(self, place: QPoint) -> None:
        self.place = place
        none, left = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
        self._event(QEvent.Type.MouseMove, place, none, left, Qt.KeyboardModifier.NoModifier)

    def _event(
        self, kind: QEvent.Type, place: QPoint, button: Qt.MouseButton, held: Qt.MouseButton, keys: Qt.KeyboardModifier
    ) -> None:
        point = QPointF(place)
        event = QMouseEvent(kind, point, self.viewport.mapToGlobal(point), button, held, keys)
        QApplication.sendEvent(self.viewport, event)


@pytest.fixture
def settle(qtbot: QtBot, context: Context) -> Callable[[], None]:
    """Wait until what was asked for is written and shown."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not context.is_writing)

    return wait


def test_every_active_customer_stands_in_the_column_of_its_stage(page: BoardPage) -> None:
    assert {number: set(_names(page, number)) for number in range(1, 10) if _names(page, number)} == {
        number: set(names) for number, names in NAMES.items()
    }
    assert any(label.text() == "進行中 6社" for label in page.findChildren(QLabel))


def test_a_card_is_dragged_to_another_column(page: BoardPage, settle: Callable[[], None]) -> None:
    Hand(page, 3, "カワセミ食品").over(4).let_go()
    settle()
    assert set(_names(page, 4)) == {"北沢製作所", "カワセミ食品"}


def test_while_dragging_the_column_tells_what_must_be_true(page: BoardPage, context: Context) -> None:
    hand = Hand(page, 3, "カワセミ食品").over(4)
    assert _column(page, 4).slot.isVisible()
    assert _column(page, 3).model.ghosts
    assert "カワセミ食品を動かしています" in context.hint
    hand.over(5)
    assert not _column(page, 4).slot.isVisible()
    hand.outside().let_go()
    assert not _column(page, 5).slot.isVisible()
    assert not _column(page, 3).model.ghosts
    assert context.hint == ""


def test_escape_puts_a_dragged_card_back(page: BoardPage, settle: Callable[[], None]) -> None:
    hand = Hand(page, 3, "カワセミ食品").over(4)
    QTest.keyClick(_column(page, 3).cards, Qt.Key.Key_Escape)
    assert not page._dragging._trays.isVisible()
    hand.over(5)
    assert not _column(page, 5).slot.isVisible()
    hand.let_go()
    settle()
    assert "カワセミ食品" in _names(page, 3)


def test_a_drop_in_its_own_column_changes_nothing(
    page: BoardPage, context: Context, settle: Callable[[], None]
) -> None:
    notices: list[object] = []
    context.noticed.connect(notices.append)
    Hand(page, 3, "カワセミ食品").over(3).let_go()
    settle()
    assert notices == []
    assert not _column(page, 3).model.ghosts


@pytest.mark.parametrize(("left", "panel"), [(True, RecyclePanel), (False, LosePanel)])
def test_the_trays_ask_in_place(page: BoardPage, left: bool, panel: type[LosePanel | RecyclePanel]) -> None:
    Hand(page, 3, "カワセミ食品").over_tray(left).let_go()
    assert page.findChild(panel) is not None
    assert not page._dragging._trays.isVisible()
    page.findChild(panel).close_panel()


def test_a_drop_with_alt_asks_for_the_day_and_keeps_it(
    page: BoardPage, workspace: Workspace, ids: dict[str, int], settle: Callable[[], None]
) -> None:
    Hand(page, 1, "井口製缶").over(2).let_go(Qt.KeyboardModifier.AltModifier)
    panel = page.findChild(MovePanel)
    assert panel is not None
    assert panel.stages.value == 2
    panel.day.set_day(date(2026, 11, 19))
    panel.submit()
    settle()
    found = customers.detail(workspace, ids["井口製缶"])
    assert found is not None
    assert found.path[2] == date(2026, 11, 19)


def test_digits_move_the_chosen_card_and_the_keyboard_goes_with_it(page: BoardPage, settle: Callable[[], None]) -> None:
    _click(page, 1, "井口製缶")
    QTest.keyClick(_column(page, 1).cards, Qt.Key.Key_2)
    settle()
    assert _names(page, 2) == ["井口製缶"]
    assert _column(page, 2).cards.hasFocus()
    QTest.keyClick(_column(page, 2).cards, Qt.Key.Key_3)
    settle()
    assert "井口製缶" in _names(page, 3)


def test_several_cards_of_several_columns_move_together(page: BoardPage, settle: Callable[[], None]) -> None:
    _click(page, 1, "井口製缶")
    _click(page, 1, "長峰サービス", Qt.KeyboardModifier.ControlModifier)
    _click(page, 3, "つむぎ農園", Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(_column(page, 3).cards, Qt.Key.Key_4)
    panel = page.findChild(MovePanel)
    assert panel is not None
    assert panel.stages.value == 4
    assert len(_names(page, 4)) == 1
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert len(_names(page, 4)) == 4


def test_a_chosen_pile_is_dragged_as_one(page: BoardPage, settle: Callable[[], None]) -> None:
    _click(page, 1, "井口製缶")
    _click(page, 1, "長峰サービス", Qt.KeyboardModifier.ControlModifier)
    Hand(page, 1, "井口製缶").over(2).let_go()
    settle()
    assert set(_names(page, 2)) == {"井口製缶", "長峰サービス"}


def test_a_plain_click_lets_go_of_the_other_columns(page: BoardPage, ids: dict[str, int]) -> None:
    _click(page, 1, "井口製缶")
    _click(page, 4, "北沢製作所")
    assert page.chosen_ids() == (ids["北沢製作所"],)


def test_a_move_is_taken_back_by_undo(page: BoardPage, context: Context, settle: Callable[[], None]) -> None:
    _click(page, 4, "北沢製作所")
    QTest.keyClick(_column(page, 4).cards, Qt.Key.Key_5)
    settle()
    assert _names(page, 5) == ["北沢製作所"]
    context.undo()
    settle()
    assert _names(page, 4) == ["北沢製作所"]


def test_arrows_and_letters_walk_over_the_board(page: BoardPage, ids: dict[str, int]) -> None:
    _click(page, 1, "井口製缶")
    QTest.keyClick(_column(page, 1).cards, Qt.Key.Key_L)
    assert _column(page, 3).cards.hasFocus()
    QTest.keyClick(_column(page, 3).cards, Qt.Key.Key_Right)
    assert page.chosen_ids() == (ids["北沢製作所"],)
    QTest.keyClick(_column(page, 4).cards, Qt.Key.Key_H)
    QTest.keyClick(_column(page, 3).cards, Qt.Key.Key_J)
    assert _column(page, 3).cards.currentIndex().row() == 1
    QTest.keyClick(_column(page, 3).cards, Qt.Key.Key_K)
    assert _column(page, 3).cards.currentIndex().row() == 0


def test_enter_opens_the_customer(page: BoardPage, context: Context, ids: dict[str, int], qtbot: QtBot) -> None:
    _click(page, 4, "北沢製作所")
    with qtbot.waitSignal(context.navigated) as asked:
        QTest.keyClick(_column(page, 4).cards, Qt.Key.Key_Return)
    assert asked.args == ["customers", {"prospect": ids["北沢製作所"]}]


@pytest.mark.parametrize(
    ("key", "panel"), [(Qt.Key.Key_X, LosePanel), (Qt.Key.Key_R, RecyclePanel), (Qt.Key.Key_D, MovePanel)]
)
def test_keys_open_the_panels(page: BoardPage, key: Qt.Key, panel: type[LosePanel]) -> None:
    _click(page, 4, "北沢製作所")
    QTest.keyClick(_column(page, 4).cards, key)
    found = page.findChild(panel)
    assert found is not None
    found.close_panel()


def test_the_menu_offers_every_stage_but_the_present_one(page: BoardPage, settle: Callable[[], None]) -> None:
    _click(page, 4, "北沢製作所")
    menu = page.make_menu()
    assert menu.actions()[0].shortcut().toString() == "Enter"  # as the list of keys calls it
    stages = [action for action in menu.actions() if action.text().endswith("へ") and action.text()[0].isdigit()]
    assert [action.isEnabled() for action in stages] == [True] * 3 + [False] + [True] * 5
    stages[4].trigger()
    settle()
    assert _names(page, 5) == ["北沢製作所"]
    menu.deleteLater()


def test_what_is_written_elsewhere_shows_while_choice_and_scroll_stay(
    page: BoardPage, context: Context, workspace: Workspace, ids: dict[str, int], settle: Callable[[], None]
) -> None:
    with workspace.store.write("", workspace.now_us(), journaled=False) as work:
        for number in range(60):
            prospect = work.insert("prospects", name=f"会社{number:02}", kana="", is_person=False, created_us=0)
            process.log_move(workspace, work, prospect, 1)
    page.refresh(None)
    _click(page, 4, "北沢製作所")
    bar = _column(page, 1).cards.verticalScrollBar()
    bar.setValue(500)
    context.run(lambda: process.move(workspace, [ids["カワセミ食品"]], 2))
    settle()
    assert _names(page, 2) == ["カワセミ食品"]
    assert bar.value() == 500
    assert page.chosen_ids() == (ids["北沢製作所"],)


def test_a_card_that_leaves_the_board_hands_the_keyboard_to_its_neighbour(
    page: BoardPage, context: Context, workspace: Workspace, ids: dict[str, int], settle: Callable[[], None]
) -> None:
    _click(page, 1, _names(page, 1)[0])
    gone = page.chosen_ids()
    context.run(lambda: process.lose(workspace, gone, "budget"))
    settle()
    assert page.chosen_ids() == (_column(page, 1).model.id_at(0),)


def test_a_new_plan_is_shown_at_once(
    page: BoardPage, context: Context, workspace: Workspace, ids: dict[str, int], settle: Callable[[], None]
) -> None:
    due = date(2026, 11, 24)
    context.run(lambda: follow_ups.plan(workspace, ids["北沢製作所"], "電話", due, kind="call"))
    settle()
    assert _column(page, 4).model.card(0).plan.due_on == due


def test_the_filter_shows_only_a_tag_s_customers(page: BoardPage, workspace: Workspace, ids: dict[str, int]) -> None:
    prospects.tag(workspace, [ids["北沢製作所"]], "在庫管理")
    page.refresh(None)
    tag = page.header.tag
    QTest.keyClick(tag, Qt.Key.Key_Down)
    assert page.chosen_ids() == ()
    assert [number for number in range(1, 10) if _names(page, number)] == [4]
    page.header.clear_filter()
    assert len(_names(page, 1)) == 3


def test_rates_appear_when_they_have_been_counted(page: BoardPage, workspace: Workspace, qtbot: QtBot) -> None:
    head = _column(page, 1).head
    assert "次の工程へ" not in head.toolTip()
    qtbot.waitUntil(lambda: "次の工程へ" in head.toolTip(), timeout=5000)
    assert numbers.rates(workspace)[1].n == 3


def test_the_lenses_stand_the_same_columns_together_otherwise(page: BoardPage) -> None:
    for lens, groups in (("form", 5), ("five_a", 5), ("stages", 3)):
        page.header.lens.chosen.emit(lens)
        assert len(page._strip.group_starts()) == groups
        last = _column(page, 9)
        assert last.geometry().right() < page._strip.width()
        assert {column.width() for column in page.columns} <= {120, 121}


def test_a_narrow_window_goes_from_group_to_group(page: BoardPage) -> None:
    page.resize(884, 566)
    bar = page._scroll.horizontalScrollBar()
    assert {column.width() for column in page.columns} == {120}
    assert bar.maximum() > 0
    page.header.group_wanted.emit(1)
    assert bar.value() == bar.maximum()
    page.header.group_wanted.emit(-1)
    assert bar.value() == 0


def test_a_wide_window_gives_its_width_to_the_cards(page: BoardPage) -> None:
    page.resize(1800, 900)
    assert min(column.width() for column in page.columns) > 180


def test_the_rest_of_a_long_column_is_counted_and_scrolls(page: BoardPage, workspace: Workspace) -> None:
    with workspace.store.write("", workspace.now_us(), journaled=False) as work:
        for number in range(300):
            prospect = work.insert("prospects", name=f"会社{number:02}", kana="", is_person=False, created_us=0)
            process.log_move(workspace, work, prospect, 2)
    page.refresh(None)
    column = _column(page, 2)
    shown = column.cards.height() // column.model.pitch
    assert column._more.text() == f"ほか {300 - shown}社"
    QTest.mouseClick(column._more, Qt.MouseButton.LeftButton)
    assert column._more.text() == f"ほか {300 - 2 * shown}社"
    column.cards.setFocus()
    QTest.keyClick(column.cards, Qt.Key.Key_End)
    assert column.cards.currentIndex().row() == 299


def test_choosing_all_of_a_column_means_all(page: BoardPage, workspace: Workspace) -> None:
    with workspace.store.write("", workspace.now_us(), journaled=False) as work:
        for number in range(500):
            prospect = work.insert("prospects", name=f"会社{number:02}", kana="", is_person=False, created_us=0)
            process.log_move(workspace, work, prospect, 2)
    page.refresh(None)
    _click(page, 1, "井口製缶")
    _column(page, 2).cards.setFocus()
    QTest.keyClick(_column(page, 2).cards, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.chosen_ids()) == 500


def test_an_empty_board_says_what_it_is_for(qtbot: QtBot, context: Context) -> None:
    for page in _shown(qtbot, context):
        assert any("まだいません" in label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_the_board_leads_to_a_customer_s_card(page: BoardPage, ids: dict[str, int]) -> None:
    page.arrive(prospect=ids["つむぎ農園"])
    assert page.chosen_ids() == (ids["つむぎ農園"],)
    assert _column(page, 3).cards.hasFocus()


def test_every_list_has_a_name_for_those_who_do_not_see_it(page: BoardPage) -> None:
    assert _column(page, 3).cards.accessibleName() == "3 商談、2社"
    card = _column(page, 3).model.index(0)
    assert "8つの質問 0/8" in str(card.data(Qt.ItemDataRole.AccessibleTextRole))


def test_customers_that_are_not_active_are_not_on_the_board(
    page: BoardPage, workspace: Workspace, ids: dict[str, int]
) -> None:
    process.recycle(workspace, [ids["井口製缶"]], None, workspace.today() + timedelta(days=30))
    page.refresh(None)
    assert "井口製缶" not in _names(page, 1)
    assert customers.rows(workspace, [ids["井口製缶"]])[0].standing == "nurture"


def test_a_very_long_name_leaves_the_way_out_of_a_drag_in_sight(
    page: BoardPage, context: Context, workspace: Workspace, ids: dict[str, int]
) -> None:
    name = "株式会社グローバルソリューションズ・インターナショナル東日本営業本部第二営業部"
    prospects.edit(workspace, ids["北沢製作所"], name=name)
    page.refresh(None)
    hand = Hand(page, 4, name).over(5)
    assert context.hint.endswith("Esc でもどす")
    assert len(context.hint) < 70
    hand.outside().let_go()


def test_a_drag_survives_what_is_written_meanwhile(
    page: BoardPage, context: Context, workspace: Workspace, ids: dict[str, int], settle: Callable[[], None]
) -> None:
    hand = Hand(page, 3, "カワセミ食品").over(4)
    context.run(lambda: process.move(workspace, [ids["井口製缶"]], 2))
    settle()
    assert _column(page, 3).model.ghosts == {ids["カワセミ食品"]}
    hand.over(5).let_go()
    settle()
    assert _names(page, 5) == ["カワセミ食品"]


def test_the_filter_can_leave_nobody_and_says_how_to_go_back(page: BoardPage, workspace: Workspace) -> None:
    page.header.channel.setCurrentIndex(1)
    page.header.channel.activated.emit(1)
    assert all(column.model.total == 0 for column in page.columns)
    assert page.header._clear.isVisible()
    QTest.mouseClick(page.header._clear, Qt.MouseButton.LeftButton)
    assert len(_names(page, 1)) == 3


def test_tab_goes_from_column_to_column_and_takes_the_choice_along(page: BoardPage, ids: dict[str, int]) -> None:
    _click(page, 1, "井口製缶")
    QTest.keyClick(_column(page, 1).cards, Qt.Key.Key_Tab)
    assert _column(page, 3).cards.hasFocus()
    assert page.chosen_ids() == (_column(page, 3).model.id_at(0),)


def test_who_comes_to_the_board_stands_on_its_first_card(page: BoardPage) -> None:
    assert page.chosen_ids() == (_column(page, 1).model.id_at(0),)
    assert _column(page, 1).cards.hasFocus()
