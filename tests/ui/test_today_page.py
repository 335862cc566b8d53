"""今日 as it is used: real keys and clicks on a real profile."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from soloflow.domain.candidates import Candidate, Phone
from soloflow.services import customers, follow_ups, history, prospects, settings, today
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.models.today_rows import DayModel, Entry, Opened, TaskLine, reminder_entries, task_entries
from soloflow.ui.pages.customers import CustomersPage
from soloflow.ui.pages.today import TodayPage
from soloflow.ui.pages.today.between import week_title
from soloflow.ui.pages.today.first_start import FirstStart
from soloflow.ui.pages.today.panels import DonePanel, NextPanel, SnoozePanel
from soloflow.ui.widgets.rows import ROW

TODAY = date(2026, 11, 21)


def plan(ws: Workspace, name: str, text: str, days: int, time: str = "", stage: int = 2) -> int:
    prospect = prospects.add(ws, Candidate(company=name), stage=stage).created[0]
    follow_ups.plan(ws, prospect, text, TODAY + timedelta(days=days), due_time=time)
    return prospect


@pytest.fixture
def week(workspace: Workspace) -> Workspace:
    plan(workspace, "青葉物流", "見積の返事をうかがう", -3, stage=4)
    plan(workspace, "ミナト計測", "デモの日程を決める", -1)
    plan(workspace, "カワセミ食品", "画面を見せる", 0, "18:30", stage=3)
    plan(workspace, "つむぎ会計", "資料を送る", 0, stage=3)
    plan(workspace, "はれの工務店", "商談", 3, "10:00")
    plan(workspace, "遠野書店", "再来月の相談", 60)
    return workspace


@pytest.fixture
def page(qtbot: QtBot, context: Context, week: Workspace) -> TodayPage:
    made = TodayPage(context)
    qtbot.addWidget(made)
    made.resize(1204, 726)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.focus_first()
    return made


def lines(page: TodayPage) -> list[TaskLine]:
    return [line for line in page.tasks.day_model.lines() if isinstance(line, TaskLine)]


def names(page: TodayPage) -> list[str]:
    return [line.task.customer for line in lines(page)]


def choose(page: TodayPage, customer: str) -> None:
    for row, entry in enumerate(page.tasks.day_model.entries):
        if isinstance(entry.line, TaskLine) and entry.line.task.customer == customer:
            page.tasks.choose(row)
            page.tasks.setFocus()


def panel(page: TodayPage) -> object:
    entry = next((entry for entry in page.tasks.day_model.entries if entry.kind == "panel"), None)
    return None if entry is None else page.tasks.widget_of("panel", entry.name)


def open_texts(ws: Workspace) -> list[tuple[str, str]]:
    with ws.store.read() as reader:
        return [(row["text"], row["due_on"]) for row in reader.rows("SELECT * FROM follow_ups WHERE done_us IS NULL")]


def test_the_week_stands_in_its_three_parts(page: TodayPage) -> None:
    heads = [(entry.name, entry.count) for entry in page.tasks.day_model.entries if entry.kind == "head"]
    assert heads == [("overdue", 2), ("today", 2), ("week", 1)]
    assert names(page) == ["青葉物流", "ミナト計測", "カワセミ食品", "つむぎ会計", "はれの工務店"]


def test_rows_say_how_late_when_and_what_is_next(page: TodayPage) -> None:
    late, _second, upcoming, untimed, later = lines(page)
    assert (late.day, late.when, late.is_late) == ("11/18(水)", "3日前", True)
    assert (upcoming.day, upcoming.when, upcoming.is_next) == ("", "18:30", True)
    assert (untimed.day, untimed.when) == ("", "")
    assert (later.day, later.when) == ("11/24(火)", "10:00")


def test_the_next_appointment_is_selected_first(page: TodayPage) -> None:
    entry: Entry = page.tasks.currentIndex().data(ROW)
    assert isinstance(entry.line, TaskLine)
    assert entry.line.task.customer == "カワセミ食品"


def test_the_badge_counts_what_is_overdue_and_due(page: TodayPage, context: Context) -> None:
    assert context.badges["today"] == 4


def test_arrows_and_j_k_step_over_the_heads(page: TodayPage, qtbot: QtBot) -> None:
    choose(page, "ミナト計測")
    qtbot.keyClick(page.tasks, Qt.Key.Key_J)
    entry: Entry = page.tasks.currentIndex().data(ROW)
    assert isinstance(entry.line, TaskLine)
    assert entry.line.task.customer == "カワセミ食品"
    qtbot.keyClick(page.tasks, Qt.Key.Key_Up)
    entry = page.tasks.currentIndex().data(ROW)
    assert isinstance(entry.line, TaskLine)
    assert entry.line.task.customer == "ミナト計測"


def test_x_which_loses_a_customer_elsewhere_does_nothing_here(page: TodayPage, qtbot: QtBot) -> None:
    choose(page, "青葉物流")
    qtbot.keyClick(page.tasks, Qt.Key.Key_X)
    assert panel(page) is None


def test_space_asks_what_happened_and_enter_keeps_it(page: TodayPage, week: Workspace, qtbot: QtBot) -> None:
    choose(page, "青葉物流")
    qtbot.keyClick(page.tasks, Qt.Key.Key_Space)
    asked = panel(page)
    assert isinstance(asked, DonePanel)
    asked.field.setText("来月に返事とのこと")
    qtbot.keyClick(asked.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(panel(page), NextPanel))
    with week.store.read() as reader:
        row = reader.rows("SELECT text, detail FROM activities ORDER BY id DESC LIMIT 1")[0]
    assert (row["text"], row["detail"]) == ("来月に返事とのこと", "見積の返事をうかがう")


def test_what_is_done_stays_in_sight_until_the_next_step_is_settled(page: TodayPage, qtbot: QtBot) -> None:
    finish(page, qtbot, "青葉物流")
    assert [line.is_done for line in lines(page)] == [True, False, False, False, False]
    asked = panel(page)
    assert isinstance(asked, NextPanel)
    qtbot.keyClick(asked.field, Qt.Key.Key_Return)  # nothing written: nothing planned
    assert "青葉物流" not in names(page)


def finish(page: TodayPage, qtbot: QtBot, customer: str) -> None:
    choose(page, customer)
    qtbot.keyClick(page.tasks, Qt.Key.Key_Space)
    asked = panel(page)
    assert isinstance(asked, DonePanel)
    qtbot.keyClick(asked.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(panel(page), NextPanel))


def test_the_next_step_is_planned_from_one_line(page: TodayPage, week: Workspace, qtbot: QtBot) -> None:
    finish(page, qtbot, "青葉物流")
    asked = panel(page)
    assert isinstance(asked, NextPanel)
    asked.field.setText("来週火曜 14時 電話")
    assert "電話" in asked.reading.text()
    assert "11/24(火) 14:00" in asked.reading.text()
    qtbot.keyClick(asked.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("電話", "2026-11-24") in open_texts(week))
    qtbot.waitUntil(lambda: names(page)[-2:] == ["はれの工務店", "青葉物流"])


def test_a_next_step_without_a_day_waits_a_week(page: TodayPage, week: Workspace, qtbot: QtBot) -> None:
    finish(page, qtbot, "青葉物流")
    asked = panel(page)
    assert isinstance(asked, NextPanel)
    asked.field.setText("見積を直す")
    assert "11/28(土)" in asked.reading.text()
    qtbot.keyClick(asked.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("見積を直す", "2026-11-28") in open_texts(week))


def test_escape_leaves_the_task_open(page: TodayPage, week: Workspace, qtbot: QtBot) -> None:
    before = open_texts(week)
    choose(page, "青葉物流")
    qtbot.keyClick(page.tasks, Qt.Key.Key_Space)
    asked = panel(page)
    assert isinstance(asked, DonePanel)
    qtbot.keyClick(asked.field, Qt.Key.Key_Escape)
    assert panel(page) is None
    assert open_texts(week) == before


def test_a_click_on_the_circle_asks_too(page: TodayPage, qtbot: QtBot) -> None:
    choose(page, "つむぎ会計")
    place = page.tasks.visualRect(page.tasks.currentIndex())
    circle = QPoint(place.left() + 16, place.center().y())
    qtbot.mouseClick(page.tasks.viewport(), Qt.MouseButton.LeftButton, pos=circle)
    assert isinstance(panel(page), DonePanel)


def test_undo_brings_a_task_back_and_asks_no_more(page: TodayPage, context: Context, qtbot: QtBot) -> None:
    finish(page, qtbot, "青葉物流")
    context.undo()
    qtbot.waitUntil(lambda: panel(page) is None)
    assert [line.is_done for line in lines(page)] == [False] * 5


def test_s_moves_a_task_to_tomorrow(page: TodayPage, week: Workspace, qtbot: QtBot) -> None:
    choose(page, "つむぎ会計")
    qtbot.keyClick(page.tasks, Qt.Key.Key_S)
    asked = panel(page)
    assert isinstance(asked, SnoozePanel)
    qtbot.keyClick(asked.chips[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("資料を送る", "2026-11-22") in open_texts(week))


def test_s_takes_a_day_in_words(page: TodayPage, week: Workspace, qtbot: QtBot) -> None:
    choose(page, "つむぎ会計")
    qtbot.keyClick(page.tasks, Qt.Key.Key_S)
    asked = panel(page)
    assert isinstance(asked, SnoozePanel)
    asked.day_field.field.setText("月末")
    qtbot.keyClick(asked.day_field.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("資料を送る", "2026-11-30") in open_texts(week))


def test_all_overdue_move_together_and_come_back_together(page: TodayPage, week: Workspace, qtbot: QtBot) -> None:
    before = open_texts(week)
    page.work.open_panel("snooze", None)
    asked = panel(page)
    assert isinstance(asked, SnoozePanel)
    asked.chips[0].click()
    qtbot.waitUntil(lambda: [day for _text, day in open_texts(week)].count("2026-11-22") == 2)
    history.undo(week)
    assert open_texts(week) == before


def test_enter_opens_the_customer(page: TodayPage, context: Context, qtbot: QtBot) -> None:
    choose(page, "つむぎ会計")
    with qtbot.waitSignal(context.navigated) as told:
        qtbot.keyClick(page.tasks, Qt.Key.Key_Return)
    assert told.args is not None
    assert told.args[0] == "customers"


def test_a_half_written_answer_survives_what_others_change(page: TodayPage, week: Workspace, qtbot: QtBot) -> None:
    choose(page, "青葉物流")
    qtbot.keyClick(page.tasks, Qt.Key.Key_Space)
    asked = panel(page)
    assert isinstance(asked, DonePanel)
    asked.field.setText("書きかけ")
    plan(week, "白樺ホーム", "見本を送る", -2)
    page.refresh(Changes(None, "", frozenset({"*"}), many=True))
    again = panel(page)
    assert again is asked
    assert asked.field.text() == "書きかけ"
    assert "白樺ホーム" in names(page)


def test_an_empty_profile_teaches_where_to_begin(qtbot: QtBot, context: Context) -> None:
    made = TodayPage(context)
    qtbot.addWidget(made)
    made.show()
    buttons = [child.accessibleName() for child in made.findChildren(QPushButton) if child.isVisible()]
    assert {"はじめの設定", "名刺を取り込む", "ひとり記録する"} <= set(buttons)


def test_the_site_comes_first_until_it_is_published_with_a_case(page: TodayPage, week: Workspace) -> None:
    assert page._first_task.isVisible()
    with week.store.write("", week.now_us(), journaled=False) as work:
        work.insert("releases", at_us=week.now_us(), target="x", changed=1, manifest="")
        work.insert("site_content", section="cases", body='[{"title": "在庫"}]', updated_us=week.now_us())
    page.refresh(None)
    assert not page._first_task.isVisible()


def test_a_narrow_page_stands_in_one_column_with_a_low_foot(page: TodayPage) -> None:
    tall = page.foot.height()
    page.resize(884, 566)
    assert page.foot.height() < tall
    assert page.tasks.width() > 800


def test_the_model_keeps_qts_rules_while_panels_open_and_close(qtbot: QtBot, week: Workspace) -> None:
    day = today.today(week)
    model = DayModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(task_entries(week, day, None))
    model.show(task_entries(week, day, Opened("done", day.overdue[0])))
    model.show(task_entries(week, day, Opened("snooze", day.today[1])))
    model.show(reminder_entries(week, day))
    model.show([])
    assert model.rowCount() == 0


def test_more_rows_than_fit_are_counted_and_can_be_shown(qtbot: QtBot, context: Context, workspace: Workspace) -> None:
    prospect = prospects.add(workspace, Candidate(company="青葉物流"), stage=2).created[0]
    for number in range(today.LIMIT + 5):
        follow_ups.plan(workspace, prospect, f"連絡 {number}", TODAY - timedelta(days=1))
    made = TodayPage(context)
    qtbot.addWidget(made)
    made.show()
    assert len(lines(made)) == today.LIMIT
    assert made.tasks.day_model.row_of("more", "overdue") > 0
    made._show_more()
    assert len(lines(made)) == today.LIMIT + 5


def with_person(ws: Workspace, company: str, name: str, **more: object) -> int:
    person = Candidate(name=name, company=company, **more)  # type: ignore[arg-type]
    return prospects.add(ws, person, stage=2).created[0]


def test_a_task_says_whom_it_concerns(context: Context, workspace: Workspace) -> None:
    first = with_person(workspace, "株式会社アクメ", "山田 太郎", emails=("yamada@example.jp",))
    second = prospects.add_contact(
        workspace, first, Candidate(name="十河 花子", phones=(Phone("03-1234-5678", "work"),))
    )
    follow_ups.plan(workspace, first, "資料を送る", TODAY, kind="mail")
    follow_ups.plan(workspace, first, "電話する", TODAY, kind="call", contact=second.created[0])
    found = today.today(workspace).today
    assert [(task.customer, task.person, task.reach) for task in found] == [
        ("株式会社アクメ", "山田 太郎", "yamada@example.jp"),
        ("株式会社アクメ", "十河 花子", "03-1234-5678"),
    ]
    row = customers.rows(workspace, (first,))[0]
    assert row.contact_name in ("山田 太郎", "十河 花子")


def test_somebody_on_their_own_is_named_once(context: Context, workspace: Workspace) -> None:
    alone = prospects.add(workspace, Candidate(name="月島 花"), stage=2).created[0]
    follow_ups.plan(workspace, alone, "電話する", TODAY)
    assert today.today(workspace).today[0].person == ""


def test_c_copies_how_to_reach_the_person(qtbot: QtBot, context: Context, workspace: Workspace) -> None:
    someone = with_person(workspace, "アクメ", "山田 太郎", phones=(Phone("03-1234-5678", "work"),))
    follow_ups.plan(workspace, someone, "電話する", TODAY, kind="call")
    made = TodayPage(context)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.focus_first()
    said = []
    context.noticed.connect(said.append)
    qtbot.keyClick(made.tasks, Qt.Key.Key_C)
    assert [notice.text for notice in said] == ["03-1234-5678 をコピーしました"]
    assert QGuiApplication.clipboard().text() == "03-1234-5678"


def test_customers_without_a_next_step_are_counted_and_opened(
    qtbot: QtBot, context: Context, page: TodayPage, workspace: Workspace
) -> None:
    idle = prospects.add(workspace, Candidate(company="出会ったばかり"), stage=1).created[0]
    page.refresh(None)
    row = page.tasks.day_model.row_of("idle", "")
    assert page.tasks.day_model.entries[row].count == 1
    went = []
    context.navigated.connect(lambda key, args: went.append((key, args)))
    link = page.tasks.indexWidget(page.tasks.day_model.index(row)).findChild(QPushButton)
    assert link.text() == "次の一手なし 1社"
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert went[0][0] == "customers"
    list_page = CustomersPage(context)
    qtbot.addWidget(list_page)
    list_page.refresh(None)
    list_page.arrive(**went[0][1])
    assert list(list_page.list.model.ids) == [idle]


def test_the_days_to_come_are_this_week_only_on_a_monday() -> None:
    assert week_title(date(2026, 11, 21)) == "これから1週間"
    assert week_title(date(2026, 11, 23)) == "今週"


def test_a_beginning_that_is_done_is_ticked_and_the_next_is_the_main_one(
    qtbot: QtBot, context: Context, workspace: Workspace
) -> None:
    made = TodayPage(context)
    qtbot.addWidget(made)
    made.show()
    first = made.findChild(FirstStart)
    assert isinstance(first, FirstStart)
    assert first.steps["profile"].does.property("variant") == "primary"
    made.hide()
    settings.change(workspace.folder, name="見本 太郎")
    made.show()
    assert first.steps["profile"].does.text() == "直す"
    assert [key for key, step in first.steps.items() if step.does.property("variant") == "primary"] == ["import"]
