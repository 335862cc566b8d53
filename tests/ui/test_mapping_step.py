"""The step in which somebody says what the columns of a file are: choices, what comes of them, and the way on."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester

from soloflow.services import mappings
from soloflow.services.mappings import IGNORE
from soloflow.ui.pages.import_preview import ImportPage
from soloflow.ui.pages.import_preview.mapping_grid import MappingGrid
from soloflow.ui.pages.import_preview.mapping_model import ROLE, MappingModel
from soloflow.ui.pages.import_preview.mapping_step import MappingStep

MODE = QAbstractItemModelTester.FailureReportingMode.Fatal
TEXT = (
    "展示会の来場者\n\n来場日,社名,お名前,Eメール,TEL,ひとこと\n"
    "2026/11/14,アクメ,山田 太郎,y@example.com,9012345678,また来たい\n"
    "いつか,ビー,鈴木 花子,だめ,03-1111-2222,\n"
    ",,,,,ひとり言\n"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "来場者.csv"
    made.write_bytes(TEXT.encode("cp932"))
    return made


@pytest.fixture
def step(qtbot, context, path):
    made = MappingStep(context, path, mappings.look(path))
    made.resize(1204, 726)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def fields(step: MappingStep) -> list[str]:
    return [choice.field for choice in step.grid.choices.choices]


def kinds(step: MappingStep, row: int) -> list[str]:
    model = step.grid.model()
    return [model.index(row, column).data(ROLE) for column in range(model.columnCount())]


def test_the_suggestion_is_chosen_and_its_people_are_shown(step):
    assert fields(step) == ["met_on", "company", "name", "mail", "phone", "note"]
    assert step.people.texts()[0] == (
        "山田 太郎", "アクメ", "—", "y@example.com", "09012345678", "2026/11/14", "ひとこと：また来たい",
    )  # fmt: skip
    assert step.header.currentText() == "3行目"
    assert "2" in step.foot.count.text()
    assert "1行" in step.foot.remarks.text()


def test_cells_that_do_not_look_right_are_marked_and_say_why(step):
    assert kinds(step, 2) == ["", "", "", "", "bad", ""]
    assert kinds(step, 3) == ["bad", "", "", "bad", "", ""]
    assert "日付" in step.grid.model().index(3, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert kinds(step, 0)[0] == "above"
    assert kinds(step, 1)[0] == "head"


def test_keys_choose_a_field_and_walk_along_the_columns(qtbot, step):
    step.focus_first()
    first = step.grid.choices.choices[0]
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_End)
    assert fields(step)[0] == IGNORE
    assert step.people.texts()[0][5] == "—"
    assert kinds(step, 2)[0] == "pale"
    qtbot.keyClick(first, Qt.Key.Key_Right)
    qtbot.waitUntil(step.grid.choices.choices[1].hasFocus)
    qtbot.keyClick(step.grid.choices.choices[1], Qt.Key.Key_Left)
    qtbot.waitUntil(first.hasFocus)


def test_a_choice_out_of_sight_comes_into_sight_with_the_keyboard(qtbot, step):
    step.resize(500, 600)
    last = step.grid.choices.choices[-1]
    last.setFocus()
    qtbot.waitUntil(lambda: step.grid.choices.viewport().rect().contains(last.geometry().center()))


def test_every_choice_names_its_column(step):
    assert "社名" in step.grid.choices.choices[1].accessibleName()


def test_a_click_on_a_line_makes_it_the_header_and_another_click_none(qtbot, step):
    lines = step.grid.verticalHeader()

    def click(row: int) -> None:
        at = QPoint(10, lines.sectionViewportPosition(row) + 5)
        qtbot.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=at)

    click(2)
    assert (step.mapping.header, step.header.currentText()) == (4, "4行目")
    click(2)
    assert (step.mapping.header, step.header.currentText()) == (0, "見出しなし")
    click(1)
    assert fields(step) == ["met_on", "company", "name", "mail", "phone", "note"]


def test_without_anybody_in_the_columns_there_is_no_way_on(step):
    for column in range(6):
        step.use_field(column, IGNORE)
    assert not step.foot.go_on.isEnabled()
    assert step.people.empty.isVisibleTo(step)
    assert step.people.texts() == []
    step.use_field(2, "kana")
    assert not step.foot.go_on.isEnabled()
    assert step.foot.count.text() == "人のいる行 0"
    assert "名前の列がありません" in step.foot.remarks.toolTip() + step.foot.remarks.text()


def test_another_encoding_and_delimiter_read_the_file_again(qtbot, step):
    step.encodings.chosen.emit("utf-8")
    qtbot.waitUntil(lambda: step.table.encoding == "utf-8")
    assert step.isEnabled()
    step.encodings.chosen.emit("cp932")
    qtbot.waitUntil(lambda: step.table.encoding == "cp932")
    step.delimiters.chosen.emit(";")
    qtbot.waitUntil(lambda: step.table.delimiter == ";")
    assert len(step.grid.choices.choices) == 1


def test_a_file_that_is_gone_meanwhile_leaves_the_step_as_it_was(qtbot, step, path):
    path.unlink()
    with qtbot.waitSignal(step.context.noticed):
        step.encodings.chosen.emit("utf-8")
    assert (step.table.encoding, step.isEnabled()) == ("cp932", True)


def test_sheets_of_a_workbook_can_be_switched(qtbot, context, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "今年"
    book.active.append(["氏名", "会社"])
    book.active.append(["山田 太郎", "アクメ"])
    book.create_sheet("去年").append(["お名前", "メール", "電話"])
    book["去年"].append(["鈴木 花子", "s@example.com", 9012345678])
    path = tmp_path / "名簿.xlsx"
    book.save(path)
    step = MappingStep(context, path, mappings.look(path, sheet="今年"))
    qtbot.addWidget(step)
    step.show()
    assert not step.encodings.isVisibleTo(step)
    assert [step.sheets.itemText(number) for number in range(2)] == ["今年", "去年"]
    step.sheets.setCurrentText("去年")
    step.sheets.activated.emit(1)
    qtbot.waitUntil(lambda: step.table.sheet == "去年")
    assert step.people.texts()[0][0] == "鈴木 花子"


def test_the_model_keeps_the_rules_of_models_while_its_width_changes(qtbot, theme, path):
    table = mappings.look(path)
    model = MappingModel(table, table.suggested)
    QAbstractItemModelTester(model, MODE, model)
    grid = MappingGrid(theme, model)
    qtbot.addWidget(grid)
    grid.show_mapping(mappings.with_header(table, 1))
    assert model.columnCount() == len(grid.choices.choices) == 1
    grid.show_mapping(mappings.with_header(table, 0))
    assert model.columnCount() == len(grid.choices.choices) == 6


def test_odd_tables_are_shown_as_they_are(qtbot, context, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text('a@example.com\n"never closed\n' + "x" * 200_000 + "\n")
    step = MappingStep(context, path, mappings.look(path))
    qtbot.addWidget(step)
    step.show()
    assert step.grid.model().rowCount() == len(step.table.top)
    assert step.foot.go_on.isEnabled()


# Within the page


@pytest.fixture
def page(qtbot, context):
    made = ImportPage(context)
    made.resize(1204, 726)
    qtbot.addWidget(made)
    made.show()
    return made


def test_an_unknown_table_asks_and_goes_on_to_the_preview(qtbot, page, path, workspace):
    page.arrive(files=[path])
    qtbot.waitUntil(lambda: isinstance(page._other, MappingStep))
    qtbot.mouseClick(page._other.foot.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.preview is not None)
    assert [item.person.name for item in page.preview.items] == ["山田 太郎", "鈴木 花子"]
    assert len(mappings.remembered(workspace)) == 1


def test_the_next_file_with_this_header_is_previewed_at_once_and_can_be_assigned_anew(qtbot, page, path, workspace):
    table = mappings.look(path)
    mappings.remember(workspace, table, table.suggested)
    page.arrive(files=[path])
    qtbot.waitUntil(lambda: page.preview is not None)
    assert "前回と同じ列の割り当て" in page.head.facts.accessibleName()
    qtbot.mouseClick(page.head.assign, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(page._other, MappingStep))
    assert fields(page._other) == list(table.suggested.fields)


def test_a_remembered_header_can_be_forgotten(qtbot, page, path, workspace):
    table = mappings.look(path)
    mappings.remember(workspace, table, mappings.with_choices(table, table.suggested, {"ひとこと": "tag"}))
    page.arrive(files=[path])
    qtbot.waitUntil(lambda: page.preview is not None)
    page.assign_again()
    qtbot.waitUntil(lambda: isinstance(page._other, MappingStep))
    step = page._other
    assert fields(step)[-1] == "tag"
    qtbot.mouseClick(step.forget, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: fields(step)[-1] == "note")
    assert mappings.remembered(workspace) == []
    assert not step.forget.isVisibleTo(step)


def test_escape_leaves_the_step_without_importing(qtbot, page, path, workspace):
    page.arrive(files=[path])
    qtbot.waitUntil(lambda: isinstance(page._other, MappingStep))
    qtbot.keyClick(page._other, Qt.Key.Key_Escape)
    assert not isinstance(page._other, MappingStep)
    assert mappings.remembered(workspace) == []


def test_a_remembered_header_that_finds_nobody_asks_again(qtbot, page, tmp_path, workspace):
    path = tmp_path / "sales.csv"
    path.write_text("日付,品目,金額\n2026/11/01,リンゴ,1200\n2026/11/02,みかん,800\n", encoding="utf-8")
    mappings.remember(workspace, mappings.look(path), mappings.Mapping(("met_on", "kana", "ignore")))
    page.arrive(files=[path])
    qtbot.waitUntil(lambda: isinstance(page._other, MappingStep))
    assert fields(page._other) == ["met_on", "ignore", "ignore"]
    assert not page._other.foot.go_on.isEnabled()
