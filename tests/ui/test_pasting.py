"""What is pasted into the one line, by real keys: signatures as chips, several people as a list, nothing lost."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from soloflow.domain.candidates import Candidate
from soloflow.services import prospects
from soloflow.ui import capture_window
from soloflow.ui.capture_window import open_capture

MODE = QAbstractItemModelTester.FailureReportingMode.Fatal
SIGNATURE = """------------------------------
株式会社アクメ　営業部　課長
山田 太郎（やまだ たろう）
〒100-0001 東京都千代田区千代田1-1
TEL：03-1234-5678　携帯：090-1234-5678
E-mail：taro@acme.example
------------------------------"""
RECIPIENTS = "山田 太郎 <taro@acme.example>, 佐藤 花子 <hanako@aoba.example>, 鈴木 健 <ken@mirai.example>"


@pytest.fixture
def window(qtbot, context):
    made = open_capture(context)
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.many.model, MODE, made)
    yield made
    made.close()
    capture_window._forget(made)


def paste(qtbot, window, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(window.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def press(qtbot, widget, key, alt=False) -> None:
    qtbot.keyClick(widget, key, Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier)


def chips(window) -> dict[str, str]:
    return {face.label: face.shown for face in window.chips.faces}


def rows(workspace, table: str) -> list[dict]:
    with workspace.store.read() as reader:
        return [dict(reader.get(table, one)) for one in reader.ids(table)]


def people(workspace) -> list[str]:
    return [row["name"] for row in rows(workspace, "contacts")]


def a_customer(workspace, name="十河 太郎", company="カワセミ食品", mail=()) -> int:
    family, given = name.split()
    person = Candidate(name=name, family=family, given=given, company=company, emails=tuple(mail))
    return prospects.add(workspace, person).created[0]


def test_a_pasted_signature_is_chips_at_once(qtbot, window):
    paste(qtbot, window, SIGNATURE)
    assert chips(window) == {
        "名前": "山田 太郎", "カナ": "ヤマダ タロウ", "会社": "株式会社アクメ", "部署": "営業部", "役職": "課長", "メール": "taro@acme.example",
        "電話": "090-1234-5678", "住所": "〒100-0001 東京都千代田区千代田1-1", "工程": "1 集客",
    }  # fmt: skip
    assert not window.many.isVisible()
    assert window.line.text() == SIGNATURE


def test_enter_saves_a_signature_with_every_field_and_up_recalls_it(qtbot, window, workspace):
    paste(qtbot, window, SIGNATURE)
    press(qtbot, window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.writing.saved_lines.saved) == 1)
    (contact,) = rows(workspace, "contacts")
    assert [contact[field] for field in ("name", "kana", "department", "title", "address")] == [
        "山田 太郎", "ヤマダ タロウ", "営業部", "課長", "〒100-0001 東京都千代田区千代田1-1",
    ]  # fmt: skip
    points = [(row["kind"], row["label"], row["value"]) for row in rows(workspace, "contact_points")]
    assert points == [
        ("mail", "", "taro@acme.example"),
        ("phone", "company", "03-1234-5678"),
        ("phone", "mobile", "090-1234-5678"),
    ]
    assert window.line.text() == ""
    press(qtbot, window.line, Qt.Key.Key_Up)
    assert window.line.text() == SIGNATURE
    assert chips(window)["役職"] == "課長"


def test_a_chip_of_a_signature_is_corrected_by_keys(qtbot, window, workspace):
    paste(qtbot, window, SIGNATURE)
    number = [face.label for face in window.chips.faces].index("役職")
    window.chips.button(number).setFocus()
    press(qtbot, window.chips.button(number), Qt.Key.Key_Return)
    window.chips.editor.setText("部長")
    press(qtbot, window.chips.editor, Qt.Key.Key_Return)
    assert chips(window)["役職"] == "部長"
    press(qtbot, window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [row["title"] for row in rows(workspace, "contacts")] == ["部長"])


def test_the_next_step_is_typed_behind_the_signature(qtbot, window):
    paste(qtbot, window, SIGNATURE + "\n")
    qtbot.keyClicks(window.line, "-> ")
    commit = QInputMethodEvent("", [])
    commit.setCommitString("火 メール")
    QApplication.sendEvent(window.line, commit)
    assert chips(window)["次の一手"] == "11/24(火) メール"
    assert chips(window)["名前"] == "山田 太郎"


def test_a_signature_of_somebody_known_is_added_to_them(qtbot, window, workspace):
    a_customer(workspace, "山田 太郎", "株式会社アクメ", ["taro@acme.example"])
    paste(qtbot, window, SIGNATURE)
    qtbot.waitUntil(window.known.isVisible)
    assert "山田 太郎さんです" in window.known.sentence
    press(qtbot, window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.surface.said == "山田 太郎さんに足しました")
    assert people(workspace) == ["山田 太郎"]
    assert rows(workspace, "contacts")[0]["title"] == "課長"


def test_a_list_of_recipients_is_a_list_of_people_with_who_is_known(qtbot, window, workspace):
    a_customer(workspace, "佐藤 花子", "あおば印刷", ["hanako@aoba.example"])
    paste(qtbot, window, RECIPIENTS)
    assert window.many.isVisible()
    assert window.many.sentence.startswith("3人の宛先です")
    guests = window.many.model.guests
    qtbot.waitUntil(lambda: all(guest.hints is not None for guest in guests))
    assert [guest.done for guest in guests] == ["新しい人", "もういます：佐藤 花子さんに足す", "新しい人"]
    assert people(workspace) == ["佐藤 花子"]
    press(qtbot, window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: people(workspace) == ["佐藤 花子", "山田 太郎", "鈴木 健"])


def test_somebody_is_ticked_away_by_keys_only(qtbot, window, workspace):
    paste(qtbot, window, RECIPIENTS)
    press(qtbot, window.line, Qt.Key.Key_Down)
    qtbot.waitUntil(window.many.rows.hasFocus)
    press(qtbot, window.many.rows, Qt.Key.Key_Down)
    press(qtbot, window.many.rows, Qt.Key.Key_Space)
    assert [guest.is_taken for guest in window.many.model.guests] == [True, False, True]
    assert window.many.add.text() == "2人を加える"
    press(qtbot, window.many.rows, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: people(workspace) == ["山田 太郎", "鈴木 健"])
    qtbot.waitUntil(window.line.hasFocus)


def test_up_from_the_first_person_and_esc_go_back_to_the_line(qtbot, window):
    paste(qtbot, window, RECIPIENTS)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Escape):
        press(qtbot, window.line, Qt.Key.Key_Down)
        qtbot.waitUntil(window.many.rows.hasFocus)
        press(qtbot, window.many.rows, key)
        qtbot.waitUntil(window.line.hasFocus)
        assert window.many.isVisible()


def test_in_the_list_too_alt_3_says_that_it_is_somebody_else(qtbot, window, workspace):
    a_customer(workspace, "佐藤 花子", "あおば印刷", ["hanako@aoba.example"])
    paste(qtbot, window, RECIPIENTS)
    guests = window.many.model.guests
    qtbot.waitUntil(lambda: all(guest.hints is not None for guest in guests))
    press(qtbot, window.line, Qt.Key.Key_Down)
    press(qtbot, window.many.rows, Qt.Key.Key_Down)
    press(qtbot, window.many.rows, Qt.Key.Key_3, alt=True)
    assert guests[1].done == "新しい人"
    press(qtbot, window.many.rows, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sorted(people(workspace)) == ["佐藤 花子", "佐藤 花子", "山田 太郎", "鈴木 健"])


def test_pasted_people_can_be_recalled_and_saved_again(qtbot, window, workspace):
    paste(qtbot, window, RECIPIENTS)
    press(qtbot, window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.writing.saved_lines.saved) == 1)
    press(qtbot, window.line, Qt.Key.Key_Up)
    assert window.line.text() == RECIPIENTS
    assert window.many.isVisible()
    press(qtbot, window.line, Qt.Key.Key_Down)
    press(qtbot, window.many.rows, Qt.Key.Key_Space)
    press(qtbot, window.many.rows, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: people(workspace) == ["佐藤 花子", "鈴木 健"])
    qtbot.waitUntil(lambda: len(window.model.people) == 2)


def test_what_may_be_one_or_many_is_chosen_by_one_key(qtbot, window, workspace):
    paste(qtbot, window, "山田 太郎\nアクメ\ntaro@acme.example")
    assert chips(window)["会社"] == "アクメ"
    assert window.many.sentence.startswith("1人の署名として読みました")
    press(qtbot, window.line, Qt.Key.Key_4, alt=True)
    assert [guest.name for guest in window.many.model.guests] == ["山田 太郎", "アクメ", "taro@acme.example"]
    assert not window.chips.isVisible()
    press(qtbot, window.line, Qt.Key.Key_4, alt=True)
    assert chips(window)["会社"] == "アクメ"
    press(qtbot, window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: people(workspace) == ["山田 太郎"])


def test_lines_of_people_may_be_one_person_by_esc(qtbot, window):
    paste(qtbot, window, "山田 太郎\nアクメ")
    assert len(window.many.model.guests) == 2
    press(qtbot, window.line, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert (chips(window)["名前"], chips(window)["会社"]) == ("山田 太郎", "アクメ")


def test_the_contact_book_only_is_for_everybody_in_the_list(qtbot, window, workspace):
    paste(qtbot, window, RECIPIENTS)
    press(qtbot, window.line, Qt.Key.Key_0, alt=True)
    assert "名簿のみ" in window.many.sentence
    press(qtbot, window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(people(workspace)) == 3)
    assert rows(workspace, "stage_transitions") == []


def test_a_dropped_text_is_read_like_a_pasted_one(qtbot, window):
    mime = QMimeData()
    mime.setText(SIGNATURE)
    enter = QDragEnterEvent(
        QPoint(20, 20), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window.line, enter)
    drop = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window.line, drop)
    assert chips(window)["名前"] == "山田 太郎"
    assert window.line.text() == SIGNATURE


def test_a_text_from_the_input_method_keeps_its_lines(qtbot, window):
    commit = QInputMethodEvent("", [])
    commit.setCommitString("山田 太郎 アクメ\n佐藤 花子 あおば印刷")
    QApplication.sendEvent(window.line, commit)
    assert [guest.name for guest in window.many.model.guests] == ["山田 太郎", "佐藤 花子"]


def test_cards_and_links_are_read_as_well(qtbot, window):
    paste(qtbot, window, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:鈴木 健\r\nTEL;TYPE=CELL:090-1234-5678\r\nEND:VCARD\r\n")
    assert (chips(window)["名前"], chips(window)["電話"]) == ("鈴木 健", "090-1234-5678")
    window.line.clear()
    paste(qtbot, window, "https://www.linkedin.com/in/taro-yamada-1a2b3c/")
    assert chips(window)["名前"] == "Taro Yamada"


def test_rows_of_a_sheet_keep_their_tabs(qtbot, window):
    paste(
        qtbot,
        window,
        "会社名\t氏名\tメール\nアクメ\t山田 太郎\ttaro@acme.example\nあおば印刷\t佐藤 花子\thanako@aoba.example\n",
    )
    assert window.many.sentence.startswith("表の2人です")
    assert [guest.written.entry.person.company for guest in window.many.model.guests] == ["アクメ", "あおば印刷"]


def test_two_of_one_family_are_shown_one_after_the_other_by_down(qtbot, window, workspace):
    prospect = a_customer(workspace)
    prospects.add_contact(workspace, prospect, Candidate(name="十河 花子", family="十河", given="花子"))
    qtbot.keyClicks(window.line, " ")
    window.line.setText("十河 カワセミ食品 棚卸しの話")
    qtbot.waitUntil(window.known.isVisible)
    assert "十河 太郎さんかもしれません" in window.known.sentence
    assert window.known.next.text() == "ほか1人  ↓"
    press(qtbot, window.line, Qt.Key.Key_Down)
    assert "十河 花子さんかもしれません" in window.known.sentence
    press(qtbot, window.line, Qt.Key.Key_1, alt=True)
    press(qtbot, window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.surface.said == "十河 花子さんに足しました")
    assert people(workspace) == ["十河 太郎", "十河 花子"]


def test_whom_the_user_chose_to_see_stays_while_typing(qtbot, window, workspace):
    prospect = a_customer(workspace)
    prospects.add_contact(workspace, prospect, Candidate(name="十河 花子", family="十河", given="花子"))
    window.line.setText("十河 カワセミ食品")
    qtbot.waitUntil(window.known.isVisible)
    press(qtbot, window.line, Qt.Key.Key_Down)
    qtbot.keyClicks(window.line, " abc")
    window.writing.look_up()
    assert "十河 花子さんかもしれません" in window.known.sentence


def test_more_than_fits_is_said(qtbot, window):
    paste(qtbot, window, "あ" * 120_000)
    assert "10万字" in window.surface.said


def test_two_hundred_people_do_not_stop_the_window(qtbot, window, workspace):
    text = "\n".join(f"山田 {number}郎 会社{number} メモ" for number in range(200))
    paste(qtbot, window, text)
    guests = window.many.model.guests
    assert len(guests) == 200
    qtbot.waitUntil(lambda: all(guest.hints is not None or guest.is_unread for guest in guests), timeout=10_000)


def test_typing_into_a_long_list_waits_for_nothing_and_enter_takes_the_last_key(qtbot, window, workspace):
    paste(qtbot, window, "\n".join(f"山田 太郎 会社:第{number}工業" for number in range(60)))
    qtbot.keyClicks(window.line, " abc")
    press(qtbot, window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(people(workspace)) == 60)
    assert [row["text"] for row in rows(workspace, "activities")] == ["abc"]
