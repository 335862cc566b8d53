"""The page 顧客 on a real profile: list, search, keys, filters, and the detail edited in place."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from customers_shown import names_on, shown
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from soloflow.domain.candidates import Candidate
from soloflow.services import customers, follow_ups, process, prospects
from soloflow.services.customers import Customer
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.models.customer_list import BLOCK, KEPT_BLOCKS, CustomerListModel
from soloflow.ui.models.timeline import TimelineModel
from soloflow.ui.pages.customers import CustomersPage
from soloflow.ui.pages.customers.list_rows import LIST_WIDTH, NARROW_WIDTH
from soloflow.ui.widgets.rows import ROW

TODAY = date(2026, 11, 21)
NAMES = ("青葉物流", "カワセミ食品", "北沢製作所")


@pytest.fixture
def ids(workspace: Workspace) -> dict[str, int]:
    made = {}
    for days, name in enumerate(NAMES):
        person = Candidate(name="十河 太郎", kana="ソゴウ タロウ", company=name, emails=(f"a{days}@example.jp",))
        made[name] = prospects.add(workspace, person, stage=2).created[0]
        follow_ups.plan(workspace, made[name], f"{name}に連絡", TODAY + timedelta(days=days))
    made["月島クリニック"] = prospects.add(workspace, Candidate(name="月島 花", company="月島クリニック")).created[0]
    return made


@pytest.fixture
def page(qtbot: QtBot, context: Context, ids: dict[str, int]) -> Iterator[CustomersPage]:
    assert ids
    yield from shown(qtbot, context)


def _shown(page: CustomersPage) -> Customer:
    assert page.detail.prospect is not None
    found = customers.detail(page.context.workspace, page.detail.prospect)
    assert found is not None
    return found


def _stage(workspace: Workspace, prospect: int) -> int | None:
    return customers.rows(workspace, (prospect,))[0].stage


def _standing(workspace: Workspace, prospect: int) -> str:
    return customers.rows(workspace, (prospect,))[0].standing


def _press(page: CustomersPage, key: Qt.Key) -> None:
    QTest.keyClick(page.list.view, key)


# The list


def test_the_first_customer_is_open_when_the_page_comes(page: CustomersPage, ids: dict[str, int]) -> None:
    assert names_on(page) == list(NAMES)
    assert page.detail.prospect == ids["青葉物流"]
    assert page.detail.header.name.text() == "青葉物流"


def test_j_and_k_walk_and_the_detail_follows(qtbot: QtBot, page: CustomersPage, ids: dict[str, int]) -> None:
    _press(page, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: page.detail.prospect == ids["カワセミ食品"])
    _press(page, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: page.detail.prospect == ids["青葉物流"])


def test_a_digit_moves_the_customer_and_keeps_it_chosen(
    qtbot: QtBot, page: CustomersPage, ids: dict[str, int], workspace: Workspace
) -> None:
    _press(page, Qt.Key.Key_J)
    _press(page, Qt.Key.Key_5)
    qtbot.waitUntil(lambda: _stage(workspace, ids["カワセミ食品"]) == 5)
    qtbot.waitUntil(lambda: not page.context.is_writing)
    assert page.list.chosen_ids() == (ids["カワセミ食品"],)


def test_enter_goes_into_the_detail_and_esc_comes_back(qtbot: QtBot, page: CustomersPage) -> None:
    _press(page, Qt.Key.Key_Return)
    assert page.detail.isAncestorOf(QApplication.focusWidget())
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert page.list.view.hasFocus()


@pytest.mark.parametrize("text", ["カ", "かわせ", "sogo", "食品", "a1@"])
def test_search_finds_by_kanji_kana_romaji_and_mail(qtbot: QtBot, page: CustomersPage, text: str) -> None:
    QTest.keyClicks(page.list.search, text) if text.isascii() else page.list.search.setText(text)
    assert "カワセミ食品" in names_on(page)


def test_a_search_that_finds_others_elsewhere_says_where(qtbot: QtBot, page: CustomersPage) -> None:
    page.list.search.setText("月島")
    assert names_on(page) == []
    QTest.mouseClick(page.list.nobody.link, Qt.MouseButton.LeftButton)
    assert names_on(page) == ["月島クリニック"]
    assert page.list.segments.key == "book"


def test_a_filter_that_leaves_nobody_is_taken_away_where_this_is_said(qtbot: QtBot, page: CustomersPage) -> None:
    before = names_on(page)
    page.arrive(standing="active", stages=(9,))
    assert names_on(page) == []
    QTest.mouseClick(page.list.nobody.clear, Qt.MouseButton.LeftButton)
    assert names_on(page) == before
    page.list.search.setText("そんな人はいない")
    assert not page.list.nobody.clear.isVisible()


def test_segments_count_and_choose(
    qtbot: QtBot, page: CustomersPage, workspace: Workspace, ids: dict[str, int]
) -> None:
    page.context.run(lambda: process.recycle(workspace, (ids["青葉物流"],), None))
    qtbot.waitUntil(lambda: names_on(page) == list(NAMES[1:]))
    texts = [made.text() for made in page.list.segments._group.buttons()]
    assert texts == ["進行中 2", "育成中 1", "離脱 0", "名簿 1"]
    QTest.mouseClick(page.list.segments._group.button(1), Qt.MouseButton.LeftButton)
    assert names_on(page) == ["青葉物流"]


def test_a_filter_shows_as_a_chip_that_takes_it_away(
    qtbot: QtBot, page: CustomersPage, workspace: Workspace, ids: dict[str, int]
) -> None:
    page.context.run(lambda: prospects.tag(workspace, (ids["北沢製作所"],), "在庫"))
    qtbot.waitUntil(lambda: bool(customers.tags(workspace)))
    page.arrive(tags=(customers.tags(workspace)[0][0],), standing="active")
    assert names_on(page) == ["北沢製作所"]
    page.list.chips.findChild(QPushButton).click()
    assert names_on(page) == list(NAMES)


def test_the_prospects_behind_a_mark_are_listed_whatever_their_standing(
    page: CustomersPage, ids: dict[str, int]
) -> None:
    page.arrive(ids=[ids["青葉物流"], ids["月島クリニック"]], title="2 問合せの2社")
    assert set(names_on(page)) == {"青葉物流", "月島クリニック"}
    assert page.list.segments.key == "all"


def test_arriving_at_a_customer_opens_its_segment(page: CustomersPage, ids: dict[str, int]) -> None:
    page.arrive(prospect=ids["月島クリニック"])
    assert page.detail.prospect == ids["月島クリニック"]
    assert page.list.chosen_ids() == (ids["月島クリニック"],)


def test_several_are_tagged_at_once(qtbot: QtBot, page: CustomersPage, workspace: Workspace) -> None:
    page.list.view.selectAll()
    qtbot.waitUntil(lambda: page.bulk.isVisible())
    QTest.keyClicks(page.bulk.tag, "zaiko")
    QTest.keyClick(page.bulk.tag, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [uses for _id, _name, uses in customers.tags(workspace)] == [3])


def test_esc_goes_from_several_back_to_one(qtbot: QtBot, page: CustomersPage) -> None:
    page.list.view.selectAll()
    qtbot.waitUntil(lambda: page.bulk.isVisible())
    _press(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.detail.isVisible())
    assert len(page.list.chosen_ids()) == 1


def test_the_list_keeps_the_keyboard_when_its_last_row_leaves(
    qtbot: QtBot, page: CustomersPage, ids: dict[str, int], workspace: Workspace
) -> None:
    page.arrive(stages=(2,), standing="active")
    page.list.view.setFocus()
    page.list.view.selectAll()
    _press(page, Qt.Key.Key_3)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)  # several move after Enter only
    qtbot.waitUntil(lambda: names_on(page) == [])
    assert page.list.view.hasFocus()


def test_a_removed_customer_comes_back_with_undo(
    qtbot: QtBot, page: CustomersPage, ids: dict[str, int], workspace: Workspace
) -> None:
    _press(page, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names_on(page) == list(NAMES[1:]))
    page.context.undo()
    qtbot.waitUntil(lambda: names_on(page) == list(NAMES))


# The detail


def test_the_name_is_saved_on_leaving_and_undone(
    qtbot: QtBot, page: CustomersPage, workspace: Workspace, ids: dict[str, int]
) -> None:
    page.detail.header.edit_name()
    QTest.keyClicks(page.detail.header.name, "Aoba")
    page.list.view.setFocus()
    qtbot.waitUntil(lambda: _shown(page).row.name == "Aoba")
    page.context.undo()
    qtbot.waitUntil(lambda: page.detail.header.name.text() == "青葉物流")


def test_walking_on_while_typing_saves_to_the_customer_it_was_typed_for(
    qtbot: QtBot, page: CustomersPage, workspace: Workspace, ids: dict[str, int]
) -> None:
    field = page.detail.questions.rows[2].field
    field.setFocus()
    QTest.keyClicks(field, "buchou")
    page.arrive(prospect=ids["北沢製作所"])
    qtbot.waitUntil(lambda: not page.context.is_writing)
    first, last = customers.detail(workspace, ids["青葉物流"]), customers.detail(workspace, ids["北沢製作所"])
    assert first is not None
    assert last is not None
    assert (first.answers[3].text, last.answers) == ("buchou", {})


def test_enter_that_confirms_a_conversion_saves_nothing(qtbot: QtBot, page: CustomersPage) -> None:
    field = page.detail.questions.rows[0].field
    field.setFocus()
    QApplication.sendEvent(field, QInputMethodEvent("じかい", []))
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert _shown(page).answers == {}


def test_esc_brings_the_old_words_back(page: CustomersPage) -> None:
    field = page.detail.header.name
    field.setFocus()
    QTest.keyClicks(field, "xyz")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "青葉物流"


def test_an_answer_becomes_a_fact_with_one_click(qtbot: QtBot, page: CustomersPage) -> None:
    row = page.detail.questions.rows[1]
    row.field.setFocus()
    QTest.keyClicks(row.field, "reitou")
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: 2 in _shown(page).answers)
    QTest.mouseClick(row.kind, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _shown(page).answers[2].is_fact)


def test_done_asks_what_happened_and_then_for_the_next_step(qtbot: QtBot, page: CustomersPage) -> None:
    panel = page.detail.next_step
    QTest.mouseClick(panel.done, Qt.MouseButton.LeftButton)
    QTest.keyClicks(panel.happened, "kaiwa")
    QTest.keyClick(panel.happened, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _shown(page).plans == ())
    qtbot.waitUntil(lambda: panel.new.hasFocus())
    assert "kaiwa" in {entry.text for entry in _shown(page).timeline}
    panel.new.setText("来週火曜 見積を送る")
    QTest.keyClick(panel.new, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(_shown(page).plans) == 1)
    plan = _shown(page).plans[0]
    assert (plan.text, plan.due_on) == ("見積を送る", date(2026, 11, 24))


def test_a_step_without_a_day_asks_when(qtbot: QtBot, page: CustomersPage, ids: dict[str, int]) -> None:
    page.arrive(prospect=ids["月島クリニック"])
    panel = page.detail.next_step
    panel.new.setText("見積を送る")
    QTest.keyClick(panel.new, Qt.Key.Key_Return)
    assert _shown(page).plans == ()
    QTest.mouseClick(panel._quick[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [plan.due_on for plan in _shown(page).plans] == [date(2026, 11, 22)])


def test_a_step_being_written_is_not_taken_away_by_another_change(
    qtbot: QtBot, page: CustomersPage, workspace: Workspace, ids: dict[str, int]
) -> None:
    page.arrive(prospect=ids["月島クリニック"])
    page.detail.next_step.new.setText("見積を")
    page.context.run(lambda: prospects.tag(workspace, (ids["月島クリニック"],), "在庫"))
    qtbot.waitUntil(lambda: _shown(page).tags != ())
    qtbot.waitUntil(lambda: not page.context.is_writing)
    assert page.detail.next_step.new.text() == "見積を"


def test_a_step_of_the_line_moves_there(
    qtbot: QtBot, page: CustomersPage, workspace: Workspace, ids: dict[str, int]
) -> None:
    page.detail.header.stepper.setFocus()
    QTest.keyClick(page.detail.header.stepper, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: _stage(workspace, ids["青葉物流"]) == 4)


def test_a_voice_is_written_and_mended_in_its_row(qtbot: QtBot, page: CustomersPage) -> None:
    timeline = page.detail.timeline
    timeline.kind.setCurrentIndex(timeline.kind.findData("voice"))
    timeline.field.setFocus()
    QTest.keyClicks(timeline.field, "nemui")
    QTest.keyClick(timeline.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(entry.kind == "voice" for entry in _shown(page).timeline))
    qtbot.waitUntil(lambda: timeline.model.rowCount() == 2)
    timeline.view.setFocus()
    row = next(row for row in range(2) if timeline.model.entry(row).kind == "voice")
    timeline.view.setCurrentIndex(timeline.model.index(row))
    QTest.keyClick(timeline.view, Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    QTest.keyClicks(editor, "!")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(entry.text.endswith("!") for entry in _shown(page).timeline))


def test_a_mistaken_move_is_taken_back_from_the_timeline(
    qtbot: QtBot, page: CustomersPage, workspace: Workspace, ids: dict[str, int]
) -> None:
    page.context.run(lambda: process.move(workspace, (ids["青葉物流"],), 5))
    qtbot.waitUntil(lambda: page.detail.timeline.model.rowCount() == 2)
    menu = page.detail.timeline.menu_for(page.detail.timeline.model.index(0))
    menu.actions()[-1].trigger()
    menu.deleteLater()
    qtbot.waitUntil(lambda: _stage(workspace, ids["青葉物流"]) == 2)


def test_a_contact_is_edited_field_by_field_without_losing_the_keyboard(qtbot: QtBot, page: CustomersPage) -> None:
    card = page.detail.contacts.list.cards[0]
    card.open_fields()
    title = card.fields["title"]
    title.setFocus()
    QTest.keyClicks(title, "kacho")
    QTest.keyClick(title, Qt.Key.Key_Tab)
    after = QApplication.focusWidget()
    qtbot.waitUntil(lambda: _shown(page).contacts[0].title == "kacho")
    qtbot.waitUntil(lambda: not page.context.is_writing)
    assert QApplication.focusWidget() is after
    assert card.form.isVisible()


def test_a_second_mail_is_added_behind_the_first(qtbot: QtBot, page: CustomersPage) -> None:
    card = page.detail.contacts.list.cards[0]
    card.open_fields()
    field = card.point_fields.fields["mail"][1]
    field.setFocus()
    QTest.keyClicks(field, "b@example.jp")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [p.value for p in _shown(page).contacts[0].points] == ["a0@example.jp", "b@example.jp"])


def test_a_deal_is_added_and_its_amount_read_as_people_write_it(qtbot: QtBot, page: CustomersPage) -> None:
    QTest.mouseClick(page.detail.deals.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(page.detail.deals.list.cards) == 1)
    card = page.detail.deals.list.cards[0]
    qtbot.waitUntil(lambda: card.form.isVisible())
    card.expected.setFocus()
    card.expected.setText("120万")
    QTest.keyClick(card.expected, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _shown(page).deals[0].expected_yen == 1_200_000)
    card.expected.setText("たくさん")
    QTest.keyClick(card.expected, Qt.Key.Key_Return)
    assert card.expected.property("problem")
    assert _shown(page).deals[0].expected_yen == 1_200_000


def test_a_referrer_is_found_as_one_types(qtbot: QtBot, page: CustomersPage, ids: dict[str, int]) -> None:
    field = page.detail.origin.referrer.field
    field.setFocus()
    field.setText("北沢製作所")
    field.textEdited.emit("北沢製作所")
    field.commit()
    qtbot.waitUntil(lambda: _shown(page).referrer_id == ids["北沢製作所"])


def test_narrow_pages_put_the_right_column_under_the_left(qtbot: QtBot, page: CustomersPage) -> None:
    page.resize(884, 560)
    qtbot.waitUntil(lambda: not page.detail._right.isVisible())
    contacts, questions = page.detail.contacts, page.detail.questions
    assert contacts.mapTo(page, contacts.rect().topLeft()).y() > questions.mapTo(page, questions.rect().topLeft()).y()
    page.resize(1204, 726)
    qtbot.waitUntil(lambda: page.detail._right.isVisible())


def test_erasing_asks_and_leaves_no_name(qtbot: QtBot, page: CustomersPage, ids: dict[str, int]) -> None:
    from soloflow.ui.pages.customers.erase_dialog import EraseDialog

    page.detail.asked.emit("erase")
    dialog = page.window().findChild(EraseDialog)
    assert dialog.isVisible()
    QTest.mouseClick(dialog.erase, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "青葉物流" not in names_on(page))
    qtbot.waitUntil(lambda: not page.context.is_writing)
    assert customers.find(page.context.workspace, "青葉物流") == []
    assert customers.detail(page.context.workspace, ids["青葉物流"]) is None


# The models


def test_the_list_model_is_a_sound_model_and_fetches_what_is_seen(
    qtbot: QtBot, workspace: Workspace, ids: dict[str, int]
) -> None:
    assert ids
    model = CustomerListModel(workspace)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_ids(customers.listing(workspace, customers.Filter(standing="active")).ids)
    assert model.index(0).data(ROW).name == "青葉物流"
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole).startswith("カワセミ食品、十河 太郎、2 問合せ")
    model.forget({ids["青葉物流"]})
    assert model.rowCount() == 3
    assert tester.model() is model


def test_the_list_model_keeps_only_a_few_blocks(workspace: Workspace, ids: dict[str, int]) -> None:
    from array import array

    model = CustomerListModel(workspace)
    model.set_ids(array("q", [ids["青葉物流"]] * BLOCK * (KEPT_BLOCKS + 5)))
    for row in range(0, model.rowCount(), BLOCK):
        model.index(row).data(ROW)
    assert len(model._blocks) == KEPT_BLOCKS


def test_the_timeline_model_is_a_sound_model(qtbot: QtBot, workspace: Workspace, ids: dict[str, int]) -> None:
    model = TimelineModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    found = customers.detail(workspace, ids["青葉物流"])
    assert found is not None
    model.set_entries(found.timeline)
    assert model.rowCount() == len(found.timeline)
    assert tester.model() is model


def test_a_narrow_page_has_a_narrower_list_and_nine_names_that_do_not_touch(page: CustomersPage) -> None:
    page.resize(884, 566)
    assert page.list.width() == NARROW_WIDTH
    assert page.list.segments.width() >= page.list.segments.minimumSizeHint().width()
    page.resize(1204, 726)
    assert page.list.width() == LIST_WIDTH


def test_the_selection_reaches_below_the_bar_of_the_list(page: CustomersPage) -> None:
    for number in range(20):
        prospects.add(page.context.workspace, Candidate(company=f"入谷ゴム{number}"), stage=1)
    page.refresh(None)
    view = page.list.view
    view.doItemsLayout()
    assert view._bar is not None
    assert view._bar.isVisible()
    assert view.viewport().width() == view.width()
    view._bar.setValue(view._bar.maximum())
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum() > 0


def test_a_move_without_a_reason_is_one_line_of_the_past(page: CustomersPage, ids: dict[str, int]) -> None:
    prospects.note(page.context.workspace, ids["青葉物流"], "call", "電話 12分")
    page.arrive(prospect=ids["青葉物流"])
    page.refresh(None)
    rows, model = page.detail.timeline.view.rows, page.detail.timeline.model
    heights = {model.entry(row).source: rows.row_height(model.index(row)) for row in range(model.rowCount())}
    assert heights == {"activity": 44, "transition": 36}


def test_another_segment_shows_a_customer_of_that_segment(qtbot: QtBot, page: CustomersPage) -> None:
    assert _shown(page).row.standing == "active"
    page.list._on_segment("book")
    page.list.segments.choose("book")
    qtbot.waitUntil(lambda: _shown(page).row.standing == "book")
    page.list._on_segment("lost")
    assert page.detail.prospect is None
    assert page._beside.currentWidget() is page._nobody


def test_a_customer_without_a_next_step_leaves_the_filter_when_it_is_taken_away(page: CustomersPage) -> None:
    idle = prospects.add(page.context.workspace, Candidate(company="はじめて商会"), stage=1).created[0]
    page.arrive(standing="active", step="none")
    assert list(page.list.model.ids) == [idle]
    page.list.chips.findChild(QPushButton).click()
    assert page.list.model.rowCount() == 4


def test_erasing_names_who_is_meant_and_says_what_backups_hold(qtbot: QtBot, page: CustomersPage) -> None:
    from soloflow.ui.pages.customers.erase_dialog import EraseDialog

    dialog = EraseDialog("月島クリニック", page)
    qtbot.addWidget(dialog)
    assert dialog.erase.text() == "月島クリニックの記録を消去"
    assert dialog.erase.property("variant") == "warning"
    assert any("控え" in words.text() for words in dialog.findChildren(QLabel))


def test_deleting_and_erasing_say_what_they_are(page: CustomersPage) -> None:
    menu = page.detail.header.more.menu()
    assert menu is not None
    words = [action.text().partition("\t")[0] for action in menu.actions()]
    assert words[-4:] == ["", "削除（取り消せます）", "", "消去…（記録から完全に消す）"]


def test_the_list_shows_the_contact_of_the_next_step(page: CustomersPage, ids: dict[str, int]) -> None:
    ws = page.context.workspace
    second = prospects.add_contact(ws, ids["青葉物流"], Candidate(name="青葉 次郎")).created[0]
    assert customers.rows(ws, (ids["青葉物流"],))[0].contact_name == "十河 太郎"
    follow_ups.plan(ws, ids["青葉物流"], "電話", TODAY - timedelta(days=1), contact=second)
    assert customers.rows(ws, (ids["青葉物流"],))[0].contact_name == "青葉 次郎"
