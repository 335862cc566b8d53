"""What is dropped on the window or pasted into it leads to the preview of an import, or to a sentence."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLineEdit

from soloflow.ui.incoming import Arrivals, brought
from soloflow.ui.main_window import MainWindow
from soloflow.ui.page import Page
from soloflow.ui.pages_list import PAGES

CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:山田;太郎;;;\r\nFN:山田 太郎\r\nEND:VCARD\r\n"
TABLE = "氏名\t会社名\n山田 太郎\tアクメ\n佐藤 花子\tベータ\n"


class PlainPage(Page):
    """Remembers what it was arrived at with."""

    def __init__(self, context) -> None:
        super().__init__(context)
        self.arrivals = []
        self.field = QLineEdit(self)

    def refresh(self, changes) -> None:
        pass

    def arrive(self, **args) -> None:
        self.arrivals.append(args)


@pytest.fixture
def window(qtbot, context):
    made = MainWindow(context, [entry._replace(factory=f"{__name__}:PlainPage") for entry in PAGES])
    qtbot.addWidget(made)
    made.show()
    context.go_on()
    made.watch_for_drops()
    return made


@pytest.fixture
def said(context):
    found = []
    context.noticed.connect(found.append)
    return found


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drag_over(window, data: QMimeData) -> None:
    args = (QPoint(300, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window.windowHandle(), QDragEnterEvent(*args))


def drop(window, data: QMimeData) -> None:
    event = QDropEvent(
        QPointF(300, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window._drops.sheet, event)


def arrived(window) -> list[Path]:
    return window.page("import").arrivals[-1]["files"]


def test_a_sheet_says_what_will_happen_while_a_file_is_dragged(window, tmp_path):
    file = tmp_path / "名刺.csv"
    file.write_text("x")
    data = files(file)
    drag_over(window, data)
    sheet = window._drops.sheet
    assert sheet.isVisible()
    assert sheet.geometry() == window.rect()
    assert "名刺.csv" in sheet.brought.title
    assert "まだ何も書き込みません" in sheet.brought.sentence
    sheet.grab()
    QApplication.sendEvent(sheet, QDragLeaveEvent())
    assert not sheet.isVisible()


def test_several_files_dropped_anywhere_are_taken_to_the_import(window, tmp_path):
    paths = [tmp_path / "a.csv", tmp_path / "b.vcf"]
    for path in paths:
        path.write_text("x")
    data = files(*paths)
    drag_over(window, data)
    drop(window, data)
    assert not window._drops.sheet.isVisible()
    assert window.current_key == "import"
    assert arrived(window) == paths


def test_a_folder_gets_a_sentence(window, said, tmp_path):
    data = files(tmp_path)
    drag_over(window, data)
    assert window._drops.sheet.brought.kind == "refused"
    drop(window, data)
    assert window.current_key != "import"
    assert "フォルダー" in said[-1].text


def test_a_folder_among_files_is_left_out_and_said(tmp_path):
    file = tmp_path / "a.csv"
    other = tmp_path / "b.csv"
    file.write_text("x")
    other.write_text("x")
    found = brought(files(file, tmp_path, other))
    assert found.files == (file, other)
    assert "フォルダー1個" in found.sentence


def test_an_attachment_that_is_only_announced_gets_a_sentence(window, said):
    data = QMimeData()
    data.setData("application/x-moz-file-promise", QByteArray(b"x"))
    drag_over(window, data)
    drop(window, data)
    assert "保存" in said[-1].text


def test_an_attachment_with_its_content_becomes_a_file(window):
    data = QMimeData()
    data.setData("text/x-vcard", QByteArray(CARD.encode()))
    drag_over(window, data)
    drop(window, data)
    (path,) = arrived(window)
    assert path.read_bytes() == CARD.encode()


def test_words_that_are_dragged_are_nothing_of_ours(window):
    data = QMimeData()
    data.setText("山田さんへ\nありがとうございました")
    drag_over(window, data)
    assert not window._drops.sheet.isVisible()


@pytest.mark.parametrize(("text", "name"), [(TABLE, "貼り付けた表.tsv"), (CARD, "貼り付けた連絡先.vcf")])
def test_a_table_or_cards_pasted_on_the_page_of_customers_are_imported(qtbot, window, text, name):
    window.show_page("customers")
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (path,) = arrived(window)
    assert path.name == name
    assert path.read_text("utf-8").splitlines() == text.splitlines()


def test_a_picture_that_is_pasted_becomes_a_file(qtbot, window):
    window.show_page("customers")
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    QGuiApplication.clipboard().setImage(picture)
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (path,) = arrived(window)
    assert QImage(str(path)).size() == picture.size()


def test_pasting_into_a_field_stays_there(qtbot, window):
    window.show_page("customers")
    field = window.page("customers").field
    field.show()
    field.setFocus()
    QGuiApplication.clipboard().setText(TABLE)
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "山田" in field.text()
    assert window.current_key == "customers"


def test_pasting_what_is_nothing_of_ours_is_answered(qtbot, window, said):
    window.show_page("customers")
    QGuiApplication.clipboard().setText("ただの言葉")
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "貼り付けられるのは" in said[-1].text


def test_files_of_our_own_making_are_taken_away_when_the_window_closes():
    arrivals = Arrivals()
    data = QMimeData()
    data.setText(CARD)
    found = brought(data)
    (path,) = arrivals.paths(found, data)
    assert path.exists()
    arrivals.forget()
    assert not path.exists()
