"""The command field does what it promises: actions, pages and tabs by the words people have for them."""

import pytest
from PySide6.QtCore import Qt

from soloflow.domain.candidates import Candidate
from soloflow.services import prospects
from soloflow.ui.commands import actions, matching, tabs
from soloflow.ui.main_window import MainWindow
from soloflow.ui.pages_list import PAGES
from soloflow.ui.widgets.palette import CommandField
from soloflow.ui.widgets.rows import ROW


def found(context, text: str) -> list[str]:
    exact, alike = matching((*actions(context, print, print), *tabs(context)), text)
    return [hit.title for hit in (*exact, *alike)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("取り込む", "名刺・連絡先を取り込む"),
        ("インポート", "名刺・連絡先を取り込む"),
        ("いんぽーと", "名刺・連絡先を取り込む"),
        ("import", "名刺・連絡先を取り込む"),
        ("名刺", "名刺・連絡先を取り込む"),
        ("バックアップ", "控えを取る"),
        ("backup", "控えを取る"),
        ("書き出す", "顧客と記録を書き出す"),
        ("公開", "サイトを公開する"),
        ("サイトを公開", "サイトを公開する"),
        ("ブラウザー", "サイトをブラウザーで見る"),
        ("ダーク", "暗い表示にする"),
        ("dark", "暗い表示にする"),
        ("明るい", "明るい表示にする"),
        ("英語", "Switch to English"),
        ("english", "Switch to English"),
        ("にほんご", "日本語にする"),
        ("見本", "見本のデータを見る"),
        ("勉強会", "人を記録する"),
        ("ショートカット", "キー操作の一覧"),
        ("ヘルプ", "キー操作の一覧"),
        ("?", "キー操作の一覧"),
        ("履歴", "履歴"),
        ("プロフィール", "プロフィール"),
    ],
)
def test_an_action_is_found_by_the_word_people_have_for_it(context, text, title):
    assert title in found(context, text)


def test_a_word_for_nothing_finds_nothing(context):
    assert found(context, "カワセミ") == []


def test_latin_letters_find_words_that_begin_with_them_only(context):
    assert "やり直す" in found(context, "redo")
    assert "やり直す" not in found(context, "edo")


def test_a_word_inside_an_english_title_is_found_too(context):
    assert "Switch to English" in found(context, "to")


@pytest.fixture
def window(qtbot, context):
    made = MainWindow(context, PAGES)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made._watch is not None and made.isActiveWindow())
    yield made
    qtbot.waitUntil(lambda: not context.is_writing)
    made.close()


def listed(window) -> list[tuple[str, str]]:
    hits = window.findChild(CommandField)._results.hits
    lines = [hits.index(row, 0).data(ROW) for row in range(hits.rowCount())]
    return [(hit.group, hit.title) for hit in lines]


def typed(qtbot, window, text: str) -> list[tuple[str, str]]:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    window.findChild(CommandField).setText(text)
    return listed(window)


def test_a_page_called_so_comes_before_a_person_who_sounds_like_it(qtbot, context, window):
    prospects.add(context.workspace, Candidate(name="斎藤 一", kana="サイトウ ハジメ"))
    found = typed(qtbot, window, "サイト")
    assert found[0] == ("ページ", "サイト")
    assert ("名簿", "斎藤 一") in found


def test_the_field_opens_the_import(qtbot, window):
    typed(qtbot, window, "取り込む")
    qtbot.keyClick(window.findChild(CommandField), Qt.Key.Key_Return)
    assert window.current_key == "import"


@pytest.mark.parametrize("key", [Qt.Key.Key_I, Qt.Key.Key_O])
def test_two_shortcuts_open_the_import_from_anywhere(qtbot, window, key):
    qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert window.current_key == "import"


def test_f1_opens_the_sheet_of_keys(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(object, "shortcuts_sheet")
    assert sheet is not None
    sheet.close()


def test_ctrl_q_closes_the_window(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not window.isVisible()


def test_a_customer_is_listed_with_the_contact_whose_name_was_typed(qtbot, context, window):
    ws = context.workspace
    first = prospects.add(ws, Candidate(name="山田 太郎", company="アクメ")).created[0]
    prospects.add_contact(ws, first, Candidate(name="十河 花子", kana="ソゴウ ハナコ"))
    typed(qtbot, window, "十河")
    hits = window.findChild(CommandField)._results.hits
    assert "十河 花子" in hits.index(0, 0).data(ROW).detail
