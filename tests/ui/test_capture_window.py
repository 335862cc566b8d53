"""The evening after a meetup, by real keys."""

import time
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from quiet import rests
from soloflow.domain.candidates import Candidate
from soloflow.services import meetups, process, prospects, settings
from soloflow.ui import capture_window
from soloflow.ui.capture_window import open_capture
from soloflow.ui.widgets.labels import ElidedLabel

MODE = QAbstractItemModelTester.FailureReportingMode.Fatal
FIVE = (
    "十河 カワセミ食品 在庫が Excel で限界 → 火 メール",
    "梶 真由 豊橋テクノ 社内で相談してから",
    "宇佐美 純 うさみ紙器 → 来週木曜 電話",
    "柴崎 浩 hiroshi@shibasaki.example",
    "中田 圭",
)


@pytest.fixture
def window(qtbot, context):
    made = open_capture(context)
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.model, MODE, made)
    yield made
    made.close()
    capture_window._forget(made)


def add(qtbot, window, text: str) -> None:
    before = len(window.writing.saved_lines.saved)
    window.line.setText(text)
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.writing.saved_lines.saved) > before)


def chips(window) -> dict[str, str]:
    return {face.label: face.shown for face in window.chips.faces}


def customers(workspace) -> list[str]:
    with workspace.store.read() as reader:
        rows = [reader.get("prospects", one) for one in reader.ids("prospects")]
    return [row["name"] for row in rows if row["deleted_us"] is None]


def people(workspace) -> list[str]:
    with workspace.store.read() as reader:
        return [reader.get("contacts", one)["name"] for one in reader.ids("contacts")]


def a_customer(workspace, name="十河 太郎", company="カワセミ食品", mail=()) -> int:
    person = Candidate(name=name, family=name.split()[0], given=name.split()[-1], company=company, emails=tuple(mail))
    return prospects.add(workspace, person, stage=3).created[0]


def test_the_keyboard_is_in_the_line_at_once(qtbot, window):
    qtbot.waitUntil(window.line.hasFocus)


def test_there_is_one_window_only(window, context):
    assert open_capture(context) is window


def test_chips_appear_while_typing(qtbot, window):
    window.line.setText(FIVE[0])
    assert chips(window) == {
        "名前": "十河", "会社": "カワセミ食品", "話したこと": "在庫が Excel で限界", "次の一手": "11/24(火) メール", "工程": "1 集客"
    }  # fmt: skip


def test_a_day_that_does_not_exist_is_told_on_its_chip(qtbot, window):
    window.line.setText("山田 アクメ → 2/31 訪問")
    assert chips(window)["次の一手：2/31 という日はありません"] == "日付なし → 11/24(火) 2/31 訪問"


def test_five_people_by_keys_only(qtbot, window, workspace):
    for text in FIVE:
        add(qtbot, window, text)
        assert window.line.text() == ""
    assert [one.name for one in window.model.people] == ["中田 圭", "柴崎 浩", "宇佐美 純", "梶 真由", "十河"]
    assert window.model.people[-1].step == "11/24(火) メール"
    assert len(customers(workspace)) == 5


def test_enter_during_composition_adds_nobody(qtbot, window, workspace):
    window.line.setText("山田 アクメ ")
    QApplication.sendEvent(window.line, QInputMethodEvent("ざいこ", []))
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    committed = QInputMethodEvent("", [])
    committed.setCommitString("在庫")
    QApplication.sendEvent(window.line, committed)
    enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window.line, enter)
    rests(qtbot, window.context, window)
    assert people(workspace) == []
    assert window.line.text() == "山田 アクメ 在庫"
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: people(workspace) == ["山田"])


def test_a_line_without_name_or_company_is_kept_and_the_reason_said(qtbot, window, workspace):
    window.line.setText("→ 火 メール")
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    assert window.line.text() == "→ 火 メール"
    assert "名前か会社" in window.surface.said
    assert people(workspace) == []


def test_marks_that_name_nobody_are_answered(qtbot, window, workspace):
    window.line.setText("！？。")
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    assert window.line.text() == "！？。"
    assert window.surface.said == "名前か会社を書いてください"
    assert people(workspace) == []


def test_enter_in_an_empty_line_says_nothing(qtbot, window):
    said = window.surface.said
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    assert window.surface.said == said


def test_a_chip_is_corrected_by_keys_and_outlives_typing(qtbot, window):
    window.line.setText("佐藤 和光 在庫の話")
    qtbot.keyClick(window.line, Qt.Key.Key_Tab)
    qtbot.waitUntil(window.chips.button(0).hasFocus)
    qtbot.keyClick(window.chips.button(0), Qt.Key.Key_Return)
    qtbot.waitUntil(window.chips.editor.hasFocus)
    window.chips.editor.setText("佐藤 和光")
    qtbot.keyClick(window.chips.editor, Qt.Key.Key_Return)
    assert chips(window)["名前"] == "佐藤 和光"
    qtbot.waitUntil(window.line.hasFocus)
    qtbot.keyClicks(window.line, " 2")
    assert chips(window)["名前"] == "佐藤 和光"


def test_delete_takes_a_chip_away(qtbot, window):
    window.line.setText("十河 カワセミ食品 #展示会 #在庫")
    number = [face.shown for face in window.chips.faces].index("#展示会")
    window.chips.button(number).setFocus()
    qtbot.keyClick(window.chips.button(number), Qt.Key.Key_Delete)
    assert [face.shown for face in window.chips.faces if face.label == "タグ"] == ["#在庫"]
    number = [face.shown for face in window.chips.faces].index("#在庫")
    window.chips.button(number).setFocus()
    qtbot.keyClick(window.chips.button(number), Qt.Key.Key_Delete)
    assert "タグ" not in chips(window)


def test_escape_leaves_a_chip_as_it_was(qtbot, window):
    window.line.setText("十河 カワセミ食品")
    window.chips.open(1)
    window.chips.editor.setText("別の会社")
    qtbot.keyClick(window.chips.editor, Qt.Key.Key_Escape)
    assert chips(window)["会社"] == "カワセミ食品"
    assert window.isVisible()


def test_a_chip_opens_by_a_click(qtbot, window):
    window.line.setText("十河 カワセミ食品")
    qtbot.mouseClick(window.chips.button(1), Qt.MouseButton.LeftButton)
    assert window.chips.is_editing
    assert window.chips.editor.text() == "カワセミ食品"


def test_alt_0_writes_into_the_contact_book_only(qtbot, window, workspace):
    window.line.setText("中田 圭")
    qtbot.keyClick(window.line, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    assert chips(window)["工程"] == "名簿のみ"
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.model.people) == 1)
    assert window.model.people[0].standing == "book"
    window.line.setText("次の人")
    assert chips(window)["工程"] == "1 集客"


def test_somebody_known_is_shown_and_added_to_by_alt_1(qtbot, window, workspace):
    a_customer(workspace)
    window.line.setText("十河 太郎 カワセミ食品 棚卸しの話")
    qtbot.waitUntil(window.known.isVisible)
    assert "十河 太郎さんがもういます" in window.known.sentence
    assert window.line.hasFocus()
    qtbot.keyClick(window.line, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.writing.saved_lines.saved) == 1)
    assert people(workspace) == ["十河 太郎"]
    assert not window.known.isVisible()


def test_a_family_name_is_enough_within_a_known_company(qtbot, window, workspace):
    a_customer(workspace)
    window.line.setText(FIVE[0])
    qtbot.waitUntil(window.known.isVisible)
    assert window.known.sentence == "十河 太郎さんがもういます 同じ会社・3 商談。Enter でこの人に足します"
    assert list(window.known.buttons) == ["person", "company", "apart"]


def test_a_colleague_becomes_a_contact_of_the_same_customer_by_alt_2(qtbot, window, workspace):
    prospect = a_customer(workspace)
    window.line.setText("山口 梢 カワセミ食品")
    qtbot.waitUntil(window.known.isVisible)
    qtbot.keyClick(window.line, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: people(workspace) == ["十河 太郎", "山口 梢"])
    with workspace.store.read() as reader:
        assert {reader.get("contacts", one)["prospect_id"] for one in reader.ids("contacts")} == {prospect}


def test_another_person_by_alt_3_is_a_customer_of_their_own(qtbot, window, workspace):
    a_customer(workspace)
    window.line.setText("十河 太郎 カワセミ食品")
    qtbot.waitUntil(window.known.isVisible)
    qtbot.keyClick(window.line, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: customers(workspace) == ["カワセミ食品", "カワセミ食品"])


def primary(window) -> list[str]:
    return [answer for answer, button in window.known.buttons.items() if button.property("variant") == "primary"]


def test_enter_does_what_the_primary_button_says(qtbot, window, workspace):
    a_customer(workspace)
    window.line.setText("十河 太郎 カワセミ食品 棚卸しの話")
    qtbot.waitUntil(window.known.isVisible)
    assert primary(window) == ["person"]
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.surface.said == "十河 太郎さんに足しました")
    assert people(workspace) == ["十河 太郎"]
    qtbot.keyClick(window.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.model.people == [])
    assert people(workspace) == ["十河 太郎"]
    assert "取り消しました" in window.surface.said  # not what was done before


def test_a_colleague_of_a_known_company_is_a_contact_by_enter_and_by_the_primary_button(qtbot, window, workspace):
    a_customer(workspace)
    window.line.setText("山口 梢 カワセミ食品")
    qtbot.waitUntil(window.known.isVisible)
    assert primary(window) == ["company"]
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: people(workspace) == ["十河 太郎", "山口 梢"])
    assert customers(workspace) == ["カワセミ食品"]


@pytest.mark.parametrize(("width", "height"), [(720, 96), (1100, 56)])
def test_the_sentence_about_somebody_known_is_whole_and_its_answers_go_under_it_where_it_is_narrow(
    qtbot, window, workspace, width, height
):
    a_customer(workspace)
    window.resize(width, 520)
    window.line.setText("十河 太郎 別の会社")
    qtbot.waitUntil(window.known.isVisible)
    qtbot.waitUntil(lambda: window.known.height() == height)
    words = window.known.findChildren(ElidedLabel)
    assert len(words) == 2
    assert all(said.width() >= said.fontMetrics().horizontalAdvance(said.text()) for said in words)
    assert all(made.width() >= made.sizeHint().width() for made in window.known.buttons.values())


def test_for_somebody_similar_no_button_is_primary_and_enter_makes_somebody_new(qtbot, window, workspace):
    a_customer(workspace)
    window.line.setText("十河 太郎 別の会社")
    qtbot.waitUntil(window.known.isVisible)
    assert primary(window) == []
    assert "Enter だけなら別の人" in window.known.sentence
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: customers(workspace) == ["カワセミ食品", "別の会社"])


def test_alt_3_at_once_after_the_last_key_is_an_answer(qtbot, window, workspace):
    a_customer(workspace)
    window.line.setText("十河 太郎 カワセミ食品")
    qtbot.keyClick(window.line, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: people(workspace) == ["十河 太郎", "十河 太郎"])


def test_alt_1_writes_no_figure_into_the_line(qtbot, window):
    window.line.setText("中田 圭")
    qtbot.keyClick(window.line, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert window.line.text() == "中田 圭"


def test_the_same_mail_is_the_same_person_without_asking(qtbot, window, workspace):
    a_customer(workspace, mail=["taro@kawasemi.example"])
    add(qtbot, window, "十河 taro@kawasemi.example 会う約束")
    assert people(workspace) == ["十河 太郎"]


def test_up_brings_the_line_before_back_and_enter_replaces_what_it_saved(qtbot, window, workspace):
    add(qtbot, window, "小暮 正人 小暮織物 染料の在庫")
    add(qtbot, window, "野田 あずさ 野田スクリーン")
    window.line.setText("書きかけ")
    qtbot.keyClick(window.line, Qt.Key.Key_Up)
    qtbot.keyClick(window.line, Qt.Key.Key_Up)
    assert window.line.text() == "小暮 正人 小暮織物 染料の在庫"
    window.line.insert("も見たい")
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any("見たい" in one.words for one in window.model.people))
    assert sorted(people(workspace)) == ["小暮 正人", "野田 あずさ"]
    assert window.line.text() == "書きかけ"


def test_one_undo_takes_back_a_correction_of_a_line(qtbot, window, workspace, context):
    add(qtbot, window, "小暮 正人 小暮織物 染料")
    qtbot.keyClick(window.line, Qt.Key.Key_Up)
    window.line.setText("小暮 正人 別の会社")
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "別の会社" in customers(workspace))
    qtbot.keyClick(window.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: customers(workspace) == ["小暮織物"])


def test_ctrl_z_takes_the_last_person_back(qtbot, window, workspace):
    add(qtbot, window, "小暮 正人 小暮織物")
    add(qtbot, window, "野田 あずさ 野田スクリーン")
    qtbot.keyClick(window.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: people(workspace) == ["小暮 正人"])
    qtbot.waitUntil(lambda: len(window.model.people) == 1)


def test_esc_closes_and_the_line_is_there_again(qtbot, window, context):
    window.line.setText("書きかけの人")
    qtbot.keyClick(window.line, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert open_capture(context).line.text() == "書きかけの人"


def test_a_meetup_made_in_place_stays_and_dates_everybody(qtbot, window, workspace):
    qtbot.keyClick(window.line, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    chooser = window.surface.bar.chooser.form
    chooser.name.setText("第15回 町工場×ソフト夜話")
    chooser.starts.setText("18:30")
    chooser.fee.setText("1,000")
    chooser.hours.setText("4")
    qtbot.keyClick(chooser.hours, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.meetup is not None)
    one = meetups.get(workspace, window.meetup)
    assert (one.name, one.held_on, one.fee_yen, one.minutes) == (
        "第15回 町工場×ソフト夜話",
        date(2026, 11, 21),
        1000,
        240,
    )
    qtbot.waitUntil(lambda: settings.load(workspace.folder).last_meetup == window.meetup)
    qtbot.waitUntil(window.line.hasFocus)
    add(qtbot, window, "十河 カワセミ食品")
    with workspace.store.read() as reader:
        (activity,) = [reader.get("activities", one) for one in reader.ids("activities")]
    assert (activity["kind"], activity["meetup_id"]) == ("meetup", window.meetup)


def test_tonights_meetup_is_remembered_and_an_old_one_is_not(qtbot, context, workspace):
    (tonight,) = meetups.create(workspace, "夜話", date(2026, 11, 21)).created
    (old,) = meetups.create(workspace, "前の夜話", date(2026, 10, 1)).created
    for kept, wanted in ((tonight, tonight), (old, None)):
        settings.change(workspace.folder, last_meetup=kept)
        window = open_capture(context)
        assert window.meetup == wanted
        window.close()
        capture_window._forget(window)
        window.deleteLater()


def test_pasted_lines_are_asked_about_and_added_with_one_undo(qtbot, window, workspace):
    QGuiApplication.clipboard().setText("\n".join(FIVE))
    window.line.paste()
    assert window.many.isVisible()
    assert people(workspace) == []
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.model.people) == 5)
    assert window.line.text() == ""
    qtbot.keyClick(window.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: people(workspace) == [])


UNREAD = "（メモ）懇親会で隣だった人"


def test_pasted_lines_that_name_nobody_are_counted_and_stay_in_the_field(qtbot, window, workspace):
    QGuiApplication.clipboard().setText(f"山田 太郎 アクメ\n{UNREAD}\n佐藤 花子 あおば印刷")
    window.line.paste()
    assert window.many.sentence.startswith("3行あります")
    assert "1行は名前が読み取れません" in window.many.sentence
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.model.people) == 2)
    assert window.line.text() == UNREAD
    assert window.surface.said == "2人を記録しました。1行は名前が読み取れません"
    assert not window.many.isVisible()


def test_pasted_lines_none_of_which_can_be_read_stay_as_they_are(qtbot, window, workspace):
    QGuiApplication.clipboard().setText(f"{UNREAD}\n----")
    window.line.paste()
    assert "2行は名前が読み取れません" in window.many.sentence
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    assert "読み取れません" in window.surface.said
    assert UNREAD in window.line.text()
    assert people(workspace) == []


def test_lines_cut_down_to_one_are_one_person_again(qtbot, window):
    window.line.setText("山田 太郎 アクメ\n佐藤 花子 あおば印刷")
    window.line.setText("山田 太郎 アクメ")
    assert not window.many.isVisible()
    assert chips(window)["名前"] == "山田 太郎"


def test_two_pasted_colleagues_are_one_customer(qtbot, window, workspace):
    window.line.setText("山田 太郎 株式会社アクメ\n佐藤 花子 株式会社アクメ")
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(people(workspace)) == 2)
    assert customers(workspace) == ["株式会社アクメ"]


def test_own_words_have_a_chip_of_their_own(qtbot, window):
    window.line.setText("十河 カワセミ食品 隣の席 「Excel が限界」")
    assert (chips(window)["話したこと"], chips(window)["生の声"]) == ("隣の席", "Excel が限界")


def test_a_next_step_without_a_day_says_which_one_was_taken(qtbot, window):
    window.line.setText("十河 カワセミ食品 → メール")
    assert chips(window)["次の一手"] == "日付なし → 11/24(火) メール"


def reopened(qtbot, context, old):
    old.close()
    capture_window._forget(old)
    made = open_capture(context)
    qtbot.addWidget(made)
    return made


def test_after_a_restart_the_people_of_today_are_listed_again(qtbot, window, context):
    add(qtbot, window, "十河 カワセミ食品 在庫")
    again = reopened(qtbot, context, window)
    assert [one.name for one in again.model.people] == ["十河"]
    again.close()
    capture_window._forget(again)


def test_the_window_is_opened_again_where_it_was(qtbot, window, context):
    window.setGeometry(40, 50, 760, 500)
    again = reopened(qtbot, context, window)
    assert again.size() == window.size()
    again.close()
    capture_window._forget(again)


def test_the_title_is_the_meetup(qtbot, window, context, workspace):
    assert window.windowTitle() == "記録"
    window._on_meetup(meetups.create(workspace, "夜話", date(2026, 11, 21)).created[0])
    assert window.windowTitle() == "夜話"


def test_at_noon_one_does_not_say_tonight(qtbot, window):
    add(qtbot, window, "十河 カワセミ食品")
    texts = [label.text() for label in window.findChildren(QLabel)]
    assert "今日の1人" in texts
    assert window.surface.end.text() == "今日はここまで"


def test_a_theme_switch_keeps_what_is_in_the_line(qtbot, window, context):
    window.line.setText("十河 カワセミ食品")
    context.theme_changed.emit()
    assert window.line.text() == "十河 カワセミ食品"
    assert chips(window)["会社"] == "カワセミ食品"


def test_every_control_says_what_it_is(window):
    window.line.setText(FIVE[0])
    for widget in (window.line, window.surface.rows, window.chips.button(0)):
        assert widget.accessibleName()


def test_chips_follow_a_key_within_a_frame(qtbot, window):
    window.line.setText(FIVE[0])
    taken = []
    for letter in "abcdefghij":
        start = time.thread_time()
        qtbot.keyClicks(window.line, letter)
        taken.append(time.thread_time() - start)
    assert sorted(taken)[5] < 0.016


def test_the_main_window_opens_it_beside_itself_and_takes_it_along(qtbot, context, workspace):
    from soloflow.ui.main_window import MainWindow
    from soloflow.ui.pages_list import PAGES

    main = MainWindow(context, [entry for entry in PAGES if entry.key == "import"])
    qtbot.addWidget(main)
    context.setParent(main)
    main.show()
    context.open_capture()
    window = next(one for one in capture_window._kept if one.context is context)
    add(qtbot, window, "十河 カワセミ食品")
    assert window.parent() is main
    assert window.windowHandle().transientParent() is main.windowHandle()
    assert window.windowType() == Qt.WindowType.Dialog
    assert abs(window.frameGeometry().center().y() - main.frameGeometry().center().y()) < 6
    main.close()
    assert not window.isVisible()
    context.setParent(None)
    capture_window._forget(window)


# --- the meetup, and the whole evening ---


@pytest.fixture
def tonight(window, workspace):
    one = meetups.create(workspace, "夜話", date(2026, 11, 21), place="蒲田").created[0]
    window._on_meetup(one)
    return one


def presses_ctrl(qtbot, widget, key, *more):
    modifiers = Qt.KeyboardModifier.ControlModifier
    for one in more:
        modifiers |= one
    qtbot.keyClick(widget, key, modifiers)


def test_a_meetup_is_mended_by_keys_as_one_change(qtbot, window, workspace, tonight):
    presses_ctrl(qtbot, window.line, Qt.Key.Key_E)
    form = window.surface.bar.editor.form
    qtbot.waitUntil(form.name.hasFocus)
    assert (form.name.text(), form.place.text(), form.day.field.text()) == ("夜話", "蒲田", "11/21(土)")
    form.hours.setText("4時間半")
    form.fee.setText("千円")
    form.link.setText("https://machikoba.connpass.com/event/1/")
    qtbot.keyClick(form.link, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.surface.bar.editor is None)
    one = meetups.get(workspace, tonight)
    assert (one.minutes, one.fee_yen, one.link) == (270, 1000, "https://machikoba.connpass.com/event/1/")
    assert window.surface.bar._facts.text() == "11/21(土)・蒲田・参加費 ¥1,000・かけた時間 4.5時間"
    qtbot.waitUntil(window.line.hasFocus)
    presses_ctrl(qtbot, window.line, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: window.surface.bar._facts.text() == "11/21(土)・蒲田")


def test_what_cannot_be_read_is_said_and_nothing_is_saved(qtbot, window, workspace, tonight):
    window.surface.bar.open_editor()
    form = window.surface.bar.editor.form
    form.fee.setText("高い")
    qtbot.keyClick(form.fee, Qt.Key.Key_Return)
    assert "金額として読めません" in form.fault
    assert form.fee.property("problem")
    assert meetups.get(workspace, tonight).fee_yen is None
    form.fee.setText("無料")
    qtbot.keyClick(form.fee, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: meetups.get(workspace, tonight).fee_yen == 0)


def test_a_meetup_without_a_name_is_not_made(qtbot, window, workspace):
    presses_ctrl(qtbot, window.line, Qt.Key.Key_M)
    form = window.surface.bar.chooser.form
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert form.fault == "名前を書いてください"
    assert meetups.recent(workspace) == []
    qtbot.keyClick(form.name, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.surface.bar.chooser is None)


def test_a_recent_meetup_is_chosen_by_keys(qtbot, window, tonight):
    window._on_meetup(None)
    presses_ctrl(qtbot, window.line, Qt.Key.Key_M)
    chooser = window.surface.bar.chooser
    qtbot.keyClick(chooser.form.name, Qt.Key.Key_Down)
    qtbot.waitUntil(chooser.choices[0].hasFocus)
    qtbot.keyClick(chooser.choices[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.meetup == tonight)
    qtbot.waitUntil(window.line.hasFocus)


def test_enter_twice_makes_one_meetup(qtbot, window, workspace):
    window.surface.bar.open_chooser()
    form = window.surface.bar.chooser.form
    form.name.setText("朝会")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.meetup is not None)
    assert [one.name for one in meetups.recent(workspace)] == ["朝会"]


def test_every_field_of_the_meetup_says_what_it_is(window, tonight):
    window.surface.bar.open_editor()
    form = window.surface.bar.editor.form
    for field in (*form._lines.values(), form.channel, window.surface.bar.edit, window.surface.foot.take_back):
        assert field.accessibleName() or field.text()
    window.surface.bar._close_panel()


def primaries(window) -> list[str]:
    buttons = [one for one in window.findChildren(QPushButton) if one.isVisible()]
    return [one.accessibleName() or one.text() for one in buttons if one.property("variant") == "primary"]


def test_there_is_one_primary_button_at_a_time(qtbot, window, workspace, tonight):
    a_customer(workspace)
    assert primaries(window) == []
    window.line.setText("十河 カワセミ食品")
    qtbot.waitUntil(window.known.isVisible)
    assert primaries(window) == ["この人に足す"]
    window.surface.bar.open_chooser()
    assert primaries(window) == ["この勉強会で始める"]
    window.surface.bar._close_panel()
    assert primaries(window) == ["この人に足す"]
    window.surface.bar.open_editor()
    assert primaries(window) == ["保存"]
    window.surface.bar._close_panel()


def test_the_whole_evening_goes_and_comes_back(qtbot, window, workspace, tonight):
    assert not window.surface.foot.take_back.isVisible()
    for text in FIVE:
        add(qtbot, window, text)
    assert window.surface.foot.take_back.isVisible()
    qtbot.mouseClick(window.surface.foot.take_back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.model.people == [])
    assert "5人をまとめて取り消しました" in window.surface.said
    assert not window.surface.foot.take_back.isVisible()
    assert customers(workspace) == []
    qtbot.waitUntil(window.line.hasFocus)
    presses_ctrl(qtbot, window.line, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: len(window.model.people) == 5)
    presses_ctrl(qtbot, window.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.model.people == [])


def test_what_stays_of_the_evening_is_said(qtbot, window, workspace, tonight):
    add(qtbot, window, FIVE[0])
    add(qtbot, window, FIVE[1])
    process.move(workspace, [window.model.people[0].prospect], 2)
    presses_ctrl(qtbot, window.line, Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: len(window.model.people) == 1)
    assert "残したもの：豊橋テクノ" in window.surface.said


@pytest.mark.parametrize("width", [720, 880, 1200])
def test_the_foot_never_cuts_its_buttons(qtbot, window, tonight, width):
    add(qtbot, window, FIVE[0])
    window.resize(width, 560)
    foot = window.surface.foot
    for one in (foot.take_back, foot.end):
        assert one.width() >= one.sizeHint().width()
        assert foot.rect().contains(one.geometry())


def test_esc_closes_the_panel_from_every_field(qtbot, window, tonight):
    for number in range(8):
        window.surface.bar.open_editor()
        form = window.surface.bar.editor.form
        field = list(form._lines.values())[number]
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: window.surface.bar.editor is None)
    assert window.isVisible()


def test_the_codes_are_shown_for_the_meetup_of_the_evening(qtbot, window, context, tonight, monkeypatch):
    from soloflow.ui import share

    asked = []
    monkeypatch.setattr(share, "open_share", lambda *what: asked.append(what))
    window.surface.bar.share.click()
    qtbot.keyClick(window.line, Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)
    assert asked == [(context, tonight), (context, tonight)]
