from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QVBoxLayout

from soloflow.domain.candidates import Candidate
from soloflow.services import prospects
from soloflow.services.changes import Changes
from soloflow.ui.context import Context
from soloflow.ui.jobs import Job
from soloflow.ui.main_window import MainWindow
from soloflow.ui.page import Page
from soloflow.ui.pages_list import PAGES
from soloflow.ui.widgets.band import Band, BandBar
from soloflow.ui.widgets.notice import NoticeBar
from soloflow.ui.widgets.palette import CommandField, Hit
from soloflow.ui.widgets.rail import RailButton
from soloflow.ui.widgets.status_line import StatusLine


class PlainPage(Page):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)
        self.seen, self.arrivals = [], []

    def refresh(self, changes) -> None:
        self.seen.append(changes)

    def arrive(self, **args) -> None:
        self.arrivals.append(args)


@pytest.fixture
def window(qtbot, context):
    pages = [entry._replace(factory=f"{__name__}:PlainPage") for entry in PAGES]
    made = MainWindow(context, pages)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made._watch is not None and made.isActiveWindow())
    yield made
    made.close()


def test_only_the_first_page_is_built_at_the_start(window):
    assert window.current_key == "today"
    assert list(window._pages) == ["today"]
    assert window._pages["today"].seen == [None]


def test_the_rail_and_its_shortcuts_open_pages(qtbot, window):
    rail = window.findChildren(RailButton)
    qtbot.mouseClick(rail[1], Qt.MouseButton.LeftButton)
    assert window.current_key == "customers"
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert window.current_key == "insights"
    assert [button.isChecked() for button in rail] == [False, False, False, True, False, False]


def test_navigation_arrives_and_esc_goes_back(qtbot, window, context):
    context.open_prospect(12)
    page = window.page("customers")
    assert (window.current_key, page.arrivals) == ("customers", [{"prospect": 12}])
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert window.current_key == "today"


def test_esc_closes_the_notice_first(qtbot, window, context):
    context.navigate("board")
    context.notify("写しました")
    notice = window.findChild(NoticeBar)
    assert notice.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not notice.isVisible()
    assert window.current_key == "board"


def test_the_notice_stays_above_the_page_that_comes(qtbot, window, context):
    context.notify("記録しました", undo=True)
    notice = window.findChild(NoticeBar)
    for key in ("customers", "today", "board"):
        context.navigate(key)
        seen = window.childAt(notice.mapTo(window, notice.rect().center()))
        assert seen is notice or notice.isAncestorOf(seen)


def test_one_notice_takes_the_place_of_another(window, context):
    context.notify("ひとつめ")
    context.notify("ふたつめ")
    assert [bar.accessibleName() for bar in window.findChildren(NoticeBar) if bar.isVisible()] == ["ふたつめ"]


def test_a_notice_whose_undo_would_mean_something_else_by_now_goes(window, context):
    context.announce(Changes(1, "梶 真由さんを記録しました"))
    notice = window.findChild(NoticeBar)
    assert notice.isVisible()
    context.announce(Changes(2, ""), quietly=True)
    assert not notice.isVisible()


def test_a_notice_that_offers_nothing_stays_when_something_is_written(window, context):
    context.notify("コピーしました")
    context.announce(Changes(1, ""), quietly=True)
    assert window.findChild(NoticeBar).isVisible()


def test_the_command_field_finds_pages_and_people_and_acts(qtbot, window, context):
    opened = []
    context.providers.append(
        lambda text: (
            [Hit("人", "十河 太郎", "カワセミ食品", "person", partial(opened.append, 7))] if "十" in text else []
        )
    )
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = window.findChild(CommandField)
    assert field.hasFocus()
    field.setText("分")
    assert field.is_open
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.current_key == "insights"
    assert field.text() == ""
    field.enter()
    field.setText("十")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert opened == [7]


def test_the_command_field_opens_a_customer_by_part_of_a_name(qtbot, window, context):
    made = prospects.add(context.workspace, Candidate(name="十河 太郎", company="カワセミ食品"))
    field = window.findChild(CommandField)
    field.enter()
    field.setText("かわせみ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.page("customers").arrivals == [{"prospect": made.created[0]}]


def test_esc_in_the_command_field_gives_the_keyboard_back(qtbot, window):
    page = window.page("today")
    page.field.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = window.findChild(CommandField)
    field.setText("何もない")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.is_open
    assert page.field.hasFocus()


def test_what_another_process_wrote_appears_within_a_second_with_undo(qtbot, window, context):
    page = window.page("today")
    prospects.add(context.workspace, Candidate(name="森 一", company="森工業"))
    qtbot.waitUntil(lambda: len(page.seen) == 2, timeout=1000)
    notice = window.findChild(NoticeBar)
    assert notice.isVisible()
    assert "森工業" in notice.accessibleName()
    assert window._top.undo.isEnabled()


def test_undo_and_redo_are_grey_where_there_is_nothing(window):
    assert not window._top.undo.isEnabled()
    assert not window._top.redo.isEnabled()


def test_ctrl_z_outside_a_field_takes_the_last_change_back(qtbot, window, context):
    said = []
    context.noticed.connect(lambda notice: said.append(notice.text))
    window.page("today").setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: said == ["取り消せる操作はありません。"])


def test_a_running_job_is_shown_and_can_be_stopped(qtbot, window, context):
    line = window.findChild(StatusLine)
    job = Job(int, lambda _job: None, title="名簿を取り込んでいます")
    job.done, job.total = 412, 1108
    context.jobs.append(job)
    context.jobs_changed.emit()
    texts = [part.text() for part in line.findChildren(QLabel)]
    assert "名簿を取り込んでいます 412 / 1,108" in texts
    qtbot.mouseClick(line._stop, Qt.MouseButton.LeftButton)
    assert job.cancelled.is_set()
    context.jobs.clear()
    context.jobs_changed.emit()
    assert "待っている作業はありません" in [part.text() for part in line.findChildren(QLabel)]


def test_badges_and_band_follow_the_context(window, context):
    context.set_badge("today", 6)
    assert window.findChildren(RailButton)[0].accessibleName() == "今日（6件）"
    context.set_band(Band("見本のデータを見ています", "flask", "片づける", context.undo))
    assert len(window.findChildren(BandBar)) == 1
    context.set_band(None)
    assert all(not band.isVisible() for band in window.findChildren(BandBar))


def test_another_appearance_and_language_build_the_pages_again(qtbot, window, context):
    window.show_page("board")
    old = window.page("board")
    context.set_badge("board", 3)
    context.set_appearance("dark")
    assert context.theme.is_dark
    assert window.current_key == "board"
    assert window.page("board") is not old
    context.set_appearance("light")
    context.set_language("en")
    assert window.current_key == "board"
    context.set_language("ja")


def test_size_and_place_are_remembered(qtbot, context, window):
    window.resize(960, 700)
    window.close()
    again = MainWindow(context, [entry._replace(factory=f"{__name__}:PlainPage") for entry in PAGES])
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (960, 700)
    assert (Path(context.workspace.folder) / "window.ini").exists()


def test_a_file_dropped_on_the_window_is_taken_to_the_import(window, tmp_path):
    file = tmp_path / "eight.csv"
    file.write_text("x")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)
    assert window.current_key == "import"
    assert window.page("import").arrivals == [{"files": [file]}]


def test_a_question_mark_opens_the_sheet_of_keys_but_not_while_typing(qtbot, window):
    page = window.page("today")
    page.field.setFocus()
    qtbot.keyClicks(page.field, "?")
    assert page.field.text() == "?"
    window.findChildren(RailButton)[0].setFocus()
    qtbot.keyClicks(window, "?")
    sheet = next(dialog for dialog in window.findChildren(QDialog) if dialog.isVisible())
    assert sheet.width() <= 960  # in the smallest window too
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not any(dialog.isVisible() for dialog in window.findChildren(QDialog))


def test_a_fault_opens_a_report_that_can_be_copied(qtbot, qapp, window, context):
    context.report_bug(ZeroDivisionError("oops"))
    dialog = next(dialog for dialog in window.findChildren(QDialog) if dialog.isVisible())
    dialog._copy.click()
    assert "oops" in qapp.clipboard().text()
    dialog.close()


def test_the_window_is_no_smaller_than_it_can_be_used(window):
    assert (window.minimumWidth(), window.minimumHeight()) == (960, 640)
    window.resize(960, 640)
    assert window.centralWidget().minimumSizeHint().width() <= 960
