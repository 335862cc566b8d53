"""A picture of a code is pasted into the line as if its words were; text beside a picture is what is meant."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from pictures_of_codes import as_bytes, code
from soloflow.store.recognition import stored_people
from soloflow.ui import capture_window
from soloflow.ui.capture.line_field import LineField
from soloflow.ui.capture.pictures import Pictures, picture_in
from soloflow.ui.capture_window import open_capture
from soloflow.ui.context import Context

TEXT = "山田太郎 yamada@example.co.jp"


@pytest.fixture
def field(qtbot: QtBot, context: Context) -> LineField:
    made = LineField(context.theme)
    qtbot.addWidget(made)
    made.said = []  # type: ignore[attr-defined]
    Pictures(context, made, made.said.append)  # type: ignore[attr-defined]
    return made


def with_image(data: bytes) -> QMimeData:
    made = QMimeData()
    made.setImageData(QImage.fromData(data))
    return made


def paste(qtbot: QtBot, field: LineField, what: QMimeData) -> None:
    QGuiApplication.clipboard().setMimeData(what)
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_a_code_in_the_clipboard_is_pasted_as_its_words(qtbot: QtBot, field: LineField) -> None:
    paste(qtbot, field, with_image(as_bytes(code(TEXT))))
    qtbot.waitUntil(lambda: field.text() == TEXT)


def test_a_picture_without_a_code_says_so(qtbot: QtBot, field: LineField) -> None:
    paste(qtbot, field, with_image(as_bytes(code("x").resize((8, 8)))))
    qtbot.waitUntil(lambda: bool(field.said))  # type: ignore[attr-defined]
    assert "QRコードが見つかりません" in field.said[0]  # type: ignore[attr-defined]
    assert field.text() == ""


def test_a_copied_file_is_read(qtbot: QtBot, field: LineField, tmp_path: Path) -> None:
    (tmp_path / "名刺.png").write_bytes(as_bytes(code(TEXT)))
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(tmp_path / "名刺.png"))])
    copied.setText(str(tmp_path / "名刺.png"))
    paste(qtbot, field, copied)
    qtbot.waitUntil(lambda: field.text() == TEXT)


def test_text_is_pasted_as_ever(qtbot: QtBot, field: LineField) -> None:
    cells = with_image(as_bytes(code("x")))
    cells.setText("山田太郎")
    paste(qtbot, field, cells)
    assert field.text() == "山田太郎"


def test_files_of_another_kind_are_no_pictures() -> None:
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile("/tmp/list.csv")])
    assert picture_in(copied) is None
    copied.setUrls([QUrl.fromLocalFile("/tmp/a.png"), QUrl.fromLocalFile("/tmp/b.png")])
    assert picture_in(copied) is None
    assert picture_in(QMimeData()) is None


def test_a_dropped_file_is_read_and_its_name_is_not_written(qtbot: QtBot, field: LineField, tmp_path: Path) -> None:
    (tmp_path / "名刺.png").write_bytes(as_bytes(code(TEXT)))
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / "名刺.png"))])
    plain = Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(5, 5), *plain)
    field.dragEnterEvent(entered)
    assert entered.isAccepted()
    field.dropEvent(QDropEvent(QPointF(5, 5), *plain))
    qtbot.waitUntil(lambda: field.text() == TEXT)


def test_who_shows_a_code_at_the_meetup_is_written_down_with_two_keys(qtbot: QtBot, context: Context) -> None:
    window = open_capture(context)
    qtbot.addWidget(window)
    card = "BEGIN:VCARD\nVERSION:3.0\nN:山田;太郎;;;\nFN:山田 太郎\nORG:アクメ\nEMAIL:t@example.jp\nEND:VCARD\n"
    paste(qtbot, window.line, with_image(as_bytes(code(card))))
    qtbot.waitUntil(lambda: bool(window.line.text()))
    qtbot.keyClick(window.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.model.people) == 1)
    ws = context.workspace
    with ws.store.read() as reader:
        ((_contact, _prospect, person),) = stored_people(reader, ws.zone)
    assert (person.name, person.company, person.emails) == ("山田 太郎", "アクメ", ("t@example.jp",))
    window.close()
    capture_window._forget(window)
