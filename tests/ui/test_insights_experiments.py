"""The tab 改善策: the list, the chosen one, and the panel, by real clicks and keys."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from profiles import person
from quiet import rests
from soloflow import i18n
from soloflow.services import experiments, history, process, prospects, sample
from soloflow.services.experiments import Idea
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.pages.insights.experiments_tab import BODY, EMPTY, ExperimentsTab
from soloflow.ui.pages.insights.page import InsightsPage
from soloflow.ui.widgets.buttons import LinkButton

TODAY = date(2026, 11, 21)


def opened(context: Context, qtbot: QtBot, **args: object) -> tuple[InsightsPage, ExperimentsTab]:
    page = InsightsPage(context)
    qtbot.addWidget(page)
    page.resize(1204, 726)
    page.show()
    qtbot.waitUntil(lambda: page.charts.can_draw, timeout=20_000)
    page.arrive(tab="experiments", **args)
    pane = page.pane
    assert isinstance(pane, ExperimentsTab)
    qtbot.waitUntil(lambda: pane.answer is not None, timeout=10_000)
    return page, pane


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    sample.fill(workspace)
    return workspace


@pytest.fixture
def bare(filled: Workspace) -> Workspace:
    for one in experiments.listed(filled):
        experiments.remove(filled, one.id)
    return filled


def names(pane: ExperimentsTab) -> list[str]:
    return [one.name for one in pane.list.tried.lines]


def test_the_list_tells_everything_tried_newest_first(
    filled: Workspace, context: Context, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    _page, pane = opened(context, qtbot)
    assert [one.verdict for one in pane.list.tried.lines] == ["waiting", "improved", "tendency"]
    assert pane.list.tried.lines[1].came == "55 % → 72 %"
    sentence = pane.list.tried.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert sentence == "問い合わせの返事に、候補日を3つ書く、2 問合せ・3/26(木)から・期待 70 %、改善、55 % → 72 %"
    qtmodeltester.check(pane.list.tried)


def test_arrow_keys_choose_one_and_its_verdict_is_said_with_the_90_percent_interval(
    filled: Workspace, context: Context, qtbot: QtBot
) -> None:
    _page, pane = opened(context, qtbot)
    assert pane.answer.head[0] == "傾向のみ（判定日まであと80日）。"
    pane.list.setFocus()
    qtbot.keyClick(pane.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: pane.answer.head[0].startswith("2 問合せ"), timeout=5_000)
    assert pane.answer.head[0] == "2 問合せから進む率は上がりました（改善）。"
    assert "55 % → 72 %、差は +17 ポイント（90 % の帯 +2〜+31）" in pane.answer.head[1]
    assert pane.note.text().startswith("返事の早さより")
    assert len(pane.canvas._regions) == 2


def test_the_marks_open_the_customers_before_and_after(filled: Workspace, context: Context, qtbot: QtBot) -> None:
    page, pane = opened(context, qtbot)
    went = []
    context.navigated.connect(lambda key, args: went.append((key, len(args["ids"]))))
    for number, row in enumerate(pane.answer.table.rows[:2], 1):
        page._open_list(row.who)
        qtbot.waitUntil(lambda n=number: len(went) == n, timeout=5_000)
    assert went == [("customers", 100), ("customers", 18)]


def test_without_any_the_tab_teaches_and_its_button_opens_the_panel(
    bare: Workspace, context: Context, qtbot: QtBot
) -> None:
    _page, pane = opened(context, qtbot)
    assert pane._whole.currentIndex() == EMPTY
    begin = next(one for one in pane._whole.widget(EMPTY).findChildren(QPushButton))
    assert begin.text() == "改善策をはじめる"
    qtbot.mouseClick(begin, Qt.MouseButton.LeftButton)
    assert pane._whole.currentIndex() == BODY
    assert pane.form.name.hasFocus()
    qtbot.keyClick(pane.form.name, Qt.Key.Key_Escape)
    assert pane._whole.currentIndex() == EMPTY


def test_a_change_is_stated_by_keys_alone_and_undone(bare: Workspace, context: Context, qtbot: QtBot) -> None:
    _page, pane = opened(context, qtbot)
    pane.open_form()
    qtbot.keyClicks(pane.form.name, "quote in three days")
    qtbot.keyClick(pane.form.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(pane) == ["quote in three days"], timeout=5_000)
    (one,) = experiments.listed(bare)
    assert (one.stage, one.started_on, one.expected_rate) == (3, TODAY, 64)
    assert one.decide_on == TODAY + timedelta(days=365)
    assert pane._beside.currentIndex() == 0
    assert pane.list.hasFocus()
    context.undo()
    qtbot.waitUntil(lambda: pane._whole.currentIndex() == EMPTY, timeout=5_000)
    assert experiments.listed(bare) == ()


def test_the_needed_number_and_the_date_follow_every_key(bare: Workspace, context: Context, qtbot: QtBot) -> None:
    _page, pane = opened(context, qtbot, stage=1)
    form = pane.form
    qtbot.waitUntil(lambda: form.known is not None, timeout=5_000)
    assert form.stage.currentData() == 1
    small, day = form.says.text(), form.decide.day
    form.rate.setFocus()
    form.rate.selectAll()
    qtbot.keyClicks(form.rate, "80")
    assert form.says.text() != small
    assert form.says.text().startswith("期待どおりの差（")
    assert form.decide.day < day
    assert "ごろにそろいます" in form.more.text()


def test_one_that_runs_at_the_same_stage_is_warned_of_while_stating(
    filled: Workspace, context: Context, qtbot: QtBot
) -> None:
    _page, pane = opened(context, qtbot, stage=3)
    form = pane.form
    qtbot.waitUntil(lambda: form.known is not None, timeout=5_000)
    assert "（7/24(金)〜2027/2/9）と時期が重なります。" in form.more.text()
    form.aim(4)
    qtbot.waitUntil(lambda: form.known is not None and form.known.stage == 4, timeout=5_000)
    assert "重なります" not in form.more.text()


def test_the_table_needs_no_more_than_a_narrow_window_has(filled: Workspace, context: Context, qtbot: QtBot) -> None:
    i18n.set_language("en")
    page, pane = opened(context, qtbot)
    page.resize(884, 566)
    assert len(pane.answer.table.heads) == 7
    table = pane.table
    qtbot.waitUntil(table.isVisible, timeout=5_000)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0, timeout=3_000)


def test_another_stage_brings_its_own_rate(bare: Workspace, context: Context, qtbot: QtBot) -> None:
    _page, pane = opened(context, qtbot, stage=1)
    form = pane.form
    qtbot.waitUntil(lambda: form.known is not None, timeout=5_000)
    assert "58 %（n=254）" in form._rate_now.text()
    form.stage.setFocus()
    qtbot.keyClick(form.stage, Qt.Key.Key_Down)
    form.stage.activated.emit(form.stage.currentIndex())
    qtbot.waitUntil(lambda: "60 %（n=148）" in form._rate_now.text(), timeout=5_000)
    assert form.rate.value() == 70


def test_a_date_of_one_s_own_stays_while_the_rate_changes(bare: Workspace, context: Context, qtbot: QtBot) -> None:
    _page, pane = opened(context, qtbot, stage=1)
    form = pane.form
    qtbot.waitUntil(lambda: form.known is not None, timeout=5_000)
    form.decide.field.setText("2027/3/1")
    qtbot.keyClick(form.decide.field, Qt.Key.Key_Return)
    form.rate.setValue(90)
    assert form.decide.day == date(2027, 3, 1)


def test_what_is_wrong_is_said_in_the_panel_and_nothing_is_lost(
    bare: Workspace, context: Context, qtbot: QtBot
) -> None:
    _page, pane = opened(context, qtbot, stage=2)
    form = pane.form
    qtbot.waitUntil(lambda: form.known is not None, timeout=5_000)
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(form.problem.isVisible, timeout=5_000)
    assert form.problem.text() == "何を変えるのかを、ひとことで書いてください。"
    assert form.name.hasFocus()
    form.name.setText("候補日を書く")
    form.decide.field.setText("いつか")
    qtbot.keyClick(form.decide.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "日付として読めません" in form.problem.text()
    assert form.name.text() == "候補日を書く"
    assert experiments.listed(bare) == ()


def test_ctrl_enter_in_a_date_takes_what_is_typed(bare: Workspace, context: Context, qtbot: QtBot) -> None:
    _page, pane = opened(context, qtbot, stage=2)
    form = pane.form
    qtbot.waitUntil(lambda: form.known is not None, timeout=5_000)
    form.name.setText("候補日を書く")
    form.decide.field.setFocus()
    form.decide.field.setText("2027/4/1")
    qtbot.keyClick(form.decide.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: names(pane) == ["候補日を書く"], timeout=5_000)
    assert experiments.listed(bare)[0].decide_on == date(2027, 4, 1)


def test_what_was_learnt_is_kept_by_enter_and_taken_back(filled: Workspace, context: Context, qtbot: QtBot) -> None:
    _page, pane = opened(context, qtbot)
    key = experiments.listed(filled)[0].id
    pane.note.setFocus()
    qtbot.keyClicks(pane.note, "show it early")
    qtbot.keyClick(pane.note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: experiments.get(filled, key).note == "show it early", timeout=5_000)
    qtbot.waitUntil(lambda: pane.answer.outcome.experiment.note == "show it early", timeout=5_000)
    context.undo()
    qtbot.waitUntil(lambda: pane.note.text() == "", timeout=5_000)
    pane.list.setFocus()
    rests(qtbot, context, pane)
    assert experiments.get(filled, key).note == ""


def test_f2_mends_the_words_and_leaves_what_the_verdict_rests_on(
    filled: Workspace, context: Context, qtbot: QtBot
) -> None:
    _page, pane = opened(context, qtbot)
    pane.list.setFocus()
    qtbot.keyClick(pane.list, Qt.Key.Key_F2)
    form = pane.form
    assert form.name.hasFocus()
    assert not any(one.isEnabled() for one in (form.stage, form.started, form.channel, form.decide))
    form.name.setText("事例を2枚")
    qtbot.waitUntil(lambda: form.known is not None, timeout=5_000)
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(pane)[0] == "事例を2枚", timeout=5_000)


def test_delete_takes_one_off_the_list_and_undo_brings_it_back(
    filled: Workspace, context: Context, qtbot: QtBot
) -> None:
    _page, pane = opened(context, qtbot)
    first = names(pane)[0]
    pane.list.setFocus()
    qtbot.keyClick(pane.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(names(pane)) == 2, timeout=5_000)
    context.undo()
    qtbot.waitUntil(lambda: names(pane)[0] == first, timeout=5_000)


def test_the_link_of_the_verdict_leads_to_the_panel_on_the_stage_in_question(
    filled: Workspace, context: Context, qtbot: QtBot
) -> None:
    page, _pane = opened(context, qtbot)
    page.show_tab("whole")
    went = []
    context.navigated.connect(lambda key, args: went.append((key, args)))
    link = next(one for one in page.verdict.findChildren(LinkButton) if one.text() == "改善策をはじめる")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert went == [("insights", {"tab": "experiments", "stage": 3})]


def test_arriving_again_aims_the_draft_and_keeps_its_words(bare: Workspace, context: Context, qtbot: QtBot) -> None:
    page, pane = opened(context, qtbot, stage=1)
    pane.form.name.setText("候補日を書く")
    page.arrive(tab="experiments", stage=3)
    assert (pane.form.name.text(), pane.form.stage.currentData()) == ("候補日を書く", 3)


def test_the_filters_of_the_page_leave_the_verdict_alone(filled: Workspace, context: Context, qtbot: QtBot) -> None:
    page, pane = opened(context, qtbot)
    before = pane.answer.head
    page.header.period.setCurrentIndex(1)
    page.header.filtered.emit()
    qtbot.waitUntil(lambda: "ここには効きません" in "".join(pane.answer.lines), timeout=10_000)
    assert pane.answer.head == before


@pytest.mark.parametrize("count", [1, 12])
def test_with_one_and_with_twelve_customers_the_tab_is_honest(
    workspace: Workspace, context: Context, qtbot: QtBot, count: int
) -> None:
    for number in range(count):
        (made,) = prospects.add(workspace, person(f"人 {number}", f"会社{number}")).created
        process.move(workspace, [made], 1)
    experiments.start(workspace, Idea("お礼のメール", 1, TODAY, TODAY + timedelta(days=90), 60))
    _page, pane = opened(context, qtbot)
    assert pane.answer.head == (
        "傾向のみ（判定日まであと90日）。",
        "始める前に、1 集客に来た顧客がいないので、前と後をくらべられません。",
    )
    assert not pane.answer.height
    assert [row.cells[0] for row in pane.answer.table.rows] == ["前", "後"]
    pane.open_form()
    qtbot.waitUntil(lambda: pane.form.known is not None, timeout=5_000)
    assert pane.form._rate_now.text() == ("いまは 0/1社" if count == 1 else "いまの率は、まだわかりません（n=12）")


def test_a_removed_one_that_is_shown_gives_way_to_the_newest(filled: Workspace, context: Context, qtbot: QtBot) -> None:
    _page, pane = opened(context, qtbot)
    oldest = experiments.listed(filled)[-1]
    pane.arrive(experiment=oldest.id)
    qtbot.waitUntil(lambda: pane.answer.outcome.experiment == oldest, timeout=5_000)
    assert pane.list.currentIndex().row() == 2
    context.run(lambda: experiments.remove(filled, oldest.id))
    qtbot.waitUntil(lambda: len(names(pane)) == 2, timeout=5_000)
    assert pane.list.currentIndex().row() == 0
    assert history.peek(filled)[0] == f"改善策「{oldest.name}」を削除しました"
