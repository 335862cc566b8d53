"""The preview of a file: what is shown, corrected and decided before anything is written."""

import json
import time
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester

from eight_list import HEAD
from quiet import rests
from soloflow.domain.candidates import Candidate, Reading
from soloflow.services import history, importing, meetups, prospects
from soloflow.services.import_items import Item, Preview
from soloflow.services.import_search import all_words
from soloflow.ui.models.import_people import ImportModel
from soloflow.ui.pages.import_preview import ImportPage
from soloflow.ui.pages.import_preview.heads import places
from soloflow.ui.pages.import_preview.report import ReportView, write_report
from soloflow.ui.pages.import_preview.target import Target
from soloflow.ui.pages.import_preview.words import FIELDS, has_remark, news, unseen
from soloflow.ui.pages.import_preview.work import Read
from soloflow.ui.widgets.rows import ROW

FILES = Path(__file__).parents[1] / "fixtures" / "capture"
SAMPLES = (
    ("eight_cp932.csv", 24),
    ("google_contacts.csv", 17),
    ("phone_v21_sjis.vcf", 6),
    ("iphone_v30_folded.vcf", 6),
)
MODE = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def page(qtbot, context):
    made = ImportPage(context)
    made.resize(1204, 726)
    qtbot.addWidget(made)
    made.show()
    QAbstractItemModelTester(made.model, MODE, made)
    return made


def read(qtbot, page, *paths: Path) -> None:
    page.arrive(files=list(paths))
    qtbot.waitUntil(lambda: page.preview is not None)


def a_file(folder: Path, *rows: str) -> Path:
    path = folder / "people.csv"
    path.write_bytes("\r\n".join((",".join(HEAD), *rows, "")).encode("cp932"))
    return path


def a_row(name: str, company: str = "アクメ", mail: str = "", met: str = "2026/11/14", mobile: str = "") -> str:
    return f"{company},,,{name},{mail},,,,,,,{mobile},,{met}"


def names(page) -> list[str]:
    return [page.model.index(row).data(ROW).person.name for row in range(page.model.rowCount())]


def customers(workspace) -> list[str]:
    with workspace.store.read() as reader:
        found = [reader.get("prospects", one) for one in reader.ids("prospects")]
    return [row["name"] for row in found if row["deleted_us"] is None]


def click(qtbot, page, row: int, key: str) -> None:
    rows = page.table.rows
    index = page.model.index(row)
    rect = rows.visualRect(index)
    inner = page.table.delegate._inner(rect)
    cell = next(one for one in page.table.delegate.cells(index, inner.width()) if one.key == key)
    y = round(page.table.delegate.baseline(inner, cell.line)) - 4
    at = QPoint(inner.left() + cell.left + min(8, cell.width // 2), y)
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)


def bring(qtbot, page) -> None:
    qtbot.mouseClick(page.foot.bring, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(page._other, ReportView))


@pytest.mark.parametrize(("name", "people"), SAMPLES)
def test_a_sample_file_is_previewed_and_nothing_is_written(qtbot, page, workspace, name, people):
    read(qtbot, page, FILES / name)
    assert page.model.rowCount() == people
    assert customers(workspace) == []


@pytest.mark.parametrize(("name", "people"), SAMPLES)
def test_the_import_counts_every_row_in_its_report(qtbot, page, workspace, name, people):
    read(qtbot, page, FILES / name)
    bring(qtbot, page)
    assert page._other.lines.rowCount() == page._other._done.report.rows
    assert page._other._done.report.created == people
    with workspace.store.read() as reader:
        assert len(reader.ids("contacts")) == people


def test_the_head_names_kind_encoding_rows_and_people(qtbot, page):
    read(qtbot, page, FILES / "eight_cp932.csv")
    assert page.head.facts.text() == "eight_cp932.csv・Eight の名刺リスト・25件（24人）"
    assert page.head.encodings.key == ""


def test_the_foot_says_how_many_and_of_which_in_the_funnel(qtbot, page):
    read(qtbot, page, FILES / "eight_cp932.csv")
    assert page.foot.bring.text() == "24人を取り込む"
    assert page.foot.remark.text().startswith("集客に入る 3社、名簿だけ 20人。")


def test_a_click_on_a_tick_leaves_somebody_out(qtbot, page):
    read(qtbot, page, FILES / "eight_cp932.csv")
    click(qtbot, page, 0, "take")
    assert not page.model.item(0).take
    assert page.foot.bring.text() == "23人を取り込む"


def test_space_ticks_and_shift_space_enters_the_funnel(qtbot, page):
    read(qtbot, page, FILES / "eight_cp932.csv")
    qtbot.keyClick(page.table.rows, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert page.model.item(0).enters
    qtbot.keyClick(page.table.rows, Qt.Key.Key_Space)
    assert not page.model.item(0).take


def test_the_tick_for_all_takes_nobody_and_then_everybody(qtbot, page):
    read(qtbot, page, FILES / "eight_cp932.csv")
    page.table.head.all.click()
    assert page.model.counts().taken == 0
    assert not page.foot.bring.isEnabled()
    page.table.head.all.click()
    assert page.model.counts().taken == 24


def test_problems_stand_first_with_their_sentence_and_answers(qtbot, page, workspace, tmp_path):
    prospects.add(
        workspace, Candidate(name="山田 太郎", family="山田", given="太郎", company="ベータ", emails=("t@b.example",))
    )
    read(
        qtbot,
        page,
        a_file(tmp_path, a_row("佐藤 花子", mail="h@acme.example"), a_row("山田 太郎", mail="t@acme.example")),
    )
    assert names(page) == ["山田 太郎", "佐藤 花子"]
    assert not page.model.item(0).take
    click(qtbot, page, 0, "same")
    assert page.model.item(0).take
    assert page.model.item(0).is_known
    click(qtbot, page, 0, "apart")
    assert page.model.item(0).is_new
    bring(qtbot, page)
    assert sorted(customers(workspace)) == ["アクメ", "ベータ"]


def test_alt_1_and_alt_3_answer_by_keys(qtbot, page, workspace, tmp_path):
    prospects.add(workspace, Candidate(name="山田 太郎", family="山田", given="太郎", company="ベータ"))
    read(qtbot, page, a_file(tmp_path, a_row("山田 太郎", mail="t@acme.example")))
    qtbot.keyClick(page.table.rows, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert page.model.item(0).is_known
    qtbot.keyClick(page.table.rows, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert not page.model.item(0).is_known


def test_a_bad_cell_is_corrected_in_place(qtbot, page, tmp_path):
    read(qtbot, page, a_file(tmp_path, a_row("福? 理恵", mail="r@acme.example")))
    assert page.model.item(0).verdict == "ask"
    click(qtbot, page, 0, "bad:name")
    assert page.table.field.text() == "福? 理恵"
    page.table.field.setText("福嶋 理恵")
    qtbot.keyClick(page.table.field, Qt.Key.Key_Return)
    item = page.model.item(0)
    assert (item.person.family, item.verdict, item.problems) == ("福嶋", "new", ())
    assert not page.table.field.isVisible()


def test_a_correction_that_is_no_mail_stays_open_with_the_reason(qtbot, page, context, tmp_path):
    said = []
    context.noticed.connect(said.append)
    read(qtbot, page, a_file(tmp_path, a_row("佐藤 花子", mail="hanako.acme")))
    page.table.edit(0, "email")
    page.table.field.setText("まだ違う")
    qtbot.keyClick(page.table.field, Qt.Key.Key_Return)
    assert page.table.field.isVisible()
    assert "メールアドレス" in said[-1].text
    page.table.field.setText("hanako@acme.example")
    qtbot.keyClick(page.table.field, Qt.Key.Key_Return)
    assert page.model.item(0).person.emails == ("hanako@acme.example",)


def test_f2_and_tab_walk_through_the_cells(qtbot, page, tmp_path):
    read(qtbot, page, a_file(tmp_path, a_row("佐藤 花子")))
    qtbot.keyClick(page.table.rows, Qt.Key.Key_F2)
    page.table.field.setText("佐藤 華子")
    qtbot.keyClick(page.table.field, Qt.Key.Key_Tab)
    assert page.model.item(0).person.name == "佐藤 華子"
    assert page.table.field.text() == "アクメ"
    qtbot.keyClick(page.table.field, Qt.Key.Key_Escape)
    assert not page.table.field.isVisible()


def test_an_update_is_higher_and_shows_old_and_new(qtbot, page, workspace, tmp_path):
    person = Candidate(
        name="佐藤 花子", family="佐藤", given="花子", company="アクメ", title="課長", emails=("h@acme.example",)
    )
    prospects.add(workspace, person)
    read(qtbot, page, a_file(tmp_path, "アクメ,,部長,佐藤 花子,h@acme.example,,,,,,,,,2026/11/14", a_row("山田 太郎")))
    delegate, index = page.table.delegate, page.model.index(0)
    assert [delegate.row_height(page.model.index(row)) for row in range(2)] == [48, 34]
    texts = [(run.text, run.strike) for cell in delegate.cells(index, 1156) for run in cell.runs]
    assert ("課長", True) in texts
    assert ("部長", False) in texts


def test_filters_show_one_verdict(qtbot, page, tmp_path):
    read(qtbot, page, a_file(tmp_path, a_row("福? 理恵"), a_row("山田 太郎"), a_row("佐藤 花子")))
    page.filters.verdicts._group.button(1).click()
    assert names(page) == ["福? 理恵"]
    page.filters.verdicts._group.button(0).click()
    assert page.model.rowCount() == 3


def test_another_encoding_reads_the_file_again(qtbot, page):
    read(qtbot, page, FILES / "eight_cp932.csv")
    page.head.encodings._group.button(2).click()
    qtbot.waitUntil(lambda: page.preview is not None and page._other is None)
    assert page.preview.reading.encoding == "cp932"
    page.head.encodings._group.button(3).click()
    qtbot.waitUntil(lambda: page._job is None)


def test_one_undo_takes_the_import_back(qtbot, page, workspace):
    read(qtbot, page, FILES / "eight_cp932.csv")
    bring(qtbot, page)
    assert customers(workspace)
    history.undo(workspace)
    assert customers(workspace) == []


def test_a_foreign_file_is_answered_by_a_sentence(qtbot, page, tmp_path):
    path = tmp_path / "photo.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    page.arrive(files=[path])
    qtbot.waitUntil(lambda: "画像" in page.accessibleDescription())
    assert page.preview is None


def test_a_missing_file_is_answered_by_a_sentence(qtbot, page, tmp_path):
    page.arrive(files=[tmp_path / "none.csv"])
    qtbot.waitUntil(lambda: "開けません" in page.accessibleDescription())


def test_several_files_are_gone_through_one_after_the_other(qtbot, page, workspace):
    read(qtbot, page, FILES / "eight_cp932.csv", FILES / "google_contacts.csv")
    bring(qtbot, page)
    assert page._other.primary.text() == "次のファイルへ（残り1件）"
    page._other.primary.click()
    qtbot.waitUntil(lambda: page.preview is not None)
    assert page.preview.name == "google_contacts.csv"
    assert page.model.verdicts()["same"] + page.model.verdicts()["update"] >= 14


def test_leaving_imports_nothing_and_goes_back(qtbot, page, context, workspace):
    went = []
    context.navigated.connect(lambda key, _args: went.append(key))
    read(qtbot, page, FILES / "eight_cp932.csv")
    qtbot.keyClick(page.table.rows, Qt.Key.Key_Escape)
    assert went == ["customers"]
    assert customers(workspace) == []


def test_escape_stays_where_something_was_decided_and_the_button_leaves(qtbot, page, context):
    went = []
    context.navigated.connect(lambda key, _args: went.append(key))
    read(qtbot, page, FILES / "eight_cp932.csv")
    click(qtbot, page, 0, "take")
    qtbot.keyClick(page.table.rows, Qt.Key.Key_Escape)
    assert went == []
    assert page.preview is not None
    assert page.foot.remark.isVisible()
    assert page.foot.remark.text().startswith("選んだことが残っています")
    click(qtbot, page, 0, "take")
    assert not page.foot.remark.text().startswith("選んだことが残っています")
    click(qtbot, page, 0, "take")
    qtbot.mouseClick(page.foot.leave, Qt.MouseButton.LeftButton)
    assert went == ["customers"]


def test_escape_leaves_when_every_decision_was_taken_back(qtbot, page, context):
    went = []
    context.navigated.connect(lambda key, _args: went.append(key))
    read(qtbot, page, FILES / "eight_cp932.csv")
    page.table.rows.go_to(0)
    before = page.model.item(0)
    page.model.decide(0, lambda item: importing.choose(item, take=not item.take))
    page.model.decide(0, lambda _item: before)
    qtbot.keyClick(page.table.rows, Qt.Key.Key_Escape)
    assert went == ["customers"]


def test_escape_stays_where_all_were_given_a_tag(qtbot, page, context):
    went = []
    context.navigated.connect(lambda key, _args: went.append(key))
    read(qtbot, page, FILES / "eight_cp932.csv")
    page.filters.given = Target(tags=("展示会",))
    qtbot.keyClick(page.table.rows, Qt.Key.Key_Escape)
    assert went == []
    page.leave()
    read(qtbot, page, FILES / "eight_cp932.csv")
    qtbot.keyClick(page.table.rows, Qt.Key.Key_Escape)
    assert went == ["customers", "customers"]


def test_all_get_the_meetup_and_the_tag(qtbot, page, workspace):
    (meetup,) = meetups.create(workspace, "夜話", date(2026, 11, 14)).created
    read(qtbot, page, FILES / "phone_v21_sjis.vcf")
    page.filters.target.click()
    content = page.filters.panel._content
    content.meetups.setCurrentIndex(content.meetups.findData(meetup))
    content.tag.setText("展示会")
    assert page.filters.target.text() == "夜話・#展示会"
    page.filters.panel.close_panel()
    bring(qtbot, page)
    with workspace.store.read() as reader:
        assert len(reader.ids("prospect_tags")) == len(customers(workspace))
        assert {reader.get("prospects", one)["source_id"] for one in reader.ids("prospects")} != {None}


def test_the_report_is_kept_as_csv_or_text(workspace, tmp_path):
    file = importing.preview(workspace, FILES / "eight_cp932.csv")
    _changes, report = importing.commit(workspace, file)
    write_report(tmp_path / "a.csv", file, file.items, report)
    write_report(tmp_path / "a.txt", file, file.items, report)
    assert len((tmp_path / "a.csv").read_text("utf-8-sig").splitlines()) == 1 + report.rows
    write_report(tmp_path / "a.json", file, file.items, report)
    assert len(json.loads((tmp_path / "a.json").read_text("utf-8"))["lines"]) == report.rows
    assert "25行：新規 24" in (tmp_path / "a.txt").read_text("utf-8")


def test_columns_fill_the_width_of_the_target_picture():
    assert [left for left, _width in places(1156)] == [0, 36, 128, 252, 442, 592, 806, 934, 1040]
    assert all(width > 0 for _left, width in places(788))
    assert len(FIELDS) == 6


def test_a_preview_that_another_window_has_overtaken_is_judged_again_and_nobody_is_there_twice(
    qtbot, page, workspace, tmp_path
):
    path = a_file(
        tmp_path, a_row("山田 太郎", mail="t@acme.example"), a_row("新顔 一", "ベータ", mail="n@beta.example")
    )
    read(qtbot, page, path)
    page.table.act(1, "take")
    prospects.add(workspace, Candidate("山田 太郎", company="アクメ", emails=("t@acme.example",)))  # by another process
    page.bring()
    qtbot.waitUntil(lambda: page.model.verdicts()["new"] == 1 and page._job is None)
    assert page.preview is not None
    assert {item.person.name: item.take for item in page.model.items}["新顔 一"] is False, "what was decided stays"
    with workspace.store.read() as reader:
        assert len(reader.ids("contacts")) == 1


def many(count: int) -> list[Item]:
    return [
        Item(
            Candidate(name=f"人{number} 太郎", company=f"会社{number}", line=number),
            "new",
            None,
            (),
            True,
            False,
            False,
        )
        for number in range(count)
    ]


def test_ten_thousand_rows_stay_fluid(qtbot, context):
    page = ImportPage(context)
    page.resize(1204, 726)
    qtbot.addWidget(page)
    page.show()
    items = many(10_000)
    words = all_words([item.person for item in items])  # on the lane
    read = Read(Preview("big.csv", Reading("eight", "utf-8", 10_000, ()), tuple(items)), words, [34] * len(items))
    page._path = Path("big.csv")
    start = time.thread_time()
    page._on_read(read)
    page.grab()
    shown = time.thread_time() - start
    rests(qtbot, context, page)
    start = time.thread_time()
    page.table.act(0, "take")
    page.grab()
    ticked = time.thread_time() - start
    assert shown < 1.0
    assert ticked < 0.2


def test_the_model_keeps_its_promises_to_qt(qtbot):
    model = ImportModel()
    QAbstractItemModelTester(model, MODE, model)
    model.show_items(many(30))
    model.filter("ask")
    model.filter("")
    model.take_all(take=False)
    assert model.counts().taken == 0
    assert "人0 太郎" in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_after_an_import_that_was_refused_the_page_can_be_used(qtbot, page, context, workspace, monkeypatch):
    from soloflow.domain.errors import UserError
    from soloflow.ui.pages.import_preview import page as module

    def refuse(*_args):
        raise UserError("ディスクの空きがありません。")

    monkeypatch.setattr(module.work, "write", refuse)
    said = []
    context.noticed.connect(said.append)
    read(qtbot, page, FILES / "phone_v21_sjis.vcf")
    qtbot.mouseClick(page.foot.bring, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(said))
    assert page.foot.isEnabled()
    assert page.preview is not None
    assert page.model.counts().taken == 6


def test_an_open_question_is_spoken_of_before_taking_and_found_by_a_click(qtbot, page, workspace, tmp_path):
    prospects.add(workspace, Candidate(name="山田 太郎", company="アクメ"))
    read(qtbot, page, a_file(tmp_path, a_row("山田 太郎", "ベータ"), a_row("十河 花子", "ガンマ")))
    assert page.model.counts().open == 1
    assert page.foot.open.text() == "要確認が1件残っています"
    assert page.foot.open.isVisible()
    qtbot.mouseClick(page.foot.open, Qt.MouseButton.LeftButton)
    assert names(page) == ["山田 太郎"]
    page.table.answer(0, is_known=False)
    assert not page.foot.open.isVisible()


def test_a_change_that_no_cell_shows_is_said_in_words(qtbot, page, workspace, tmp_path):
    known = Candidate(name="山田 太郎", company="アクメ", emails=("yamada@example.jp",), met_on=(date(2026, 11, 1),))
    prospects.add(workspace, known)
    read(qtbot, page, a_file(tmp_path, a_row("山田 太郎", mail="yamada@example.jp", met="2026/11/20")))
    item = page.model.item(0)
    assert item.verdict == "update"
    assert has_remark(item)
    assert news(page.context.workspace, unseen(item)[0]) == "名刺交換日 11/20(金) を追加"


def test_another_way_to_write_a_department_is_no_change(workspace, tmp_path):
    known = Candidate(name="山田 太郎", company="アクメ", department="第１営業部", emails=("yamada@example.jp",))
    prospects.add(workspace, known)
    row = a_row("山田 太郎", mail="yamada@example.jp", met="").replace("アクメ,,", "アクメ,第1営業部,")
    assert importing.preview(workspace, a_file(tmp_path, row)).items[0].verdict == "same"


def test_colleagues_are_one_customer_before_and_after(qtbot, page, workspace, tmp_path):
    running = prospects.add(workspace, Candidate(name="古川 一", company="ガンマ"), stage=2)
    assert running.created
    rows = (a_row("山田 太郎"), a_row("十河 花子"), a_row("月島 花", "ベータ"), a_row("新顔 次郎", "ガンマ"))
    read(qtbot, page, a_file(tmp_path, *rows))
    counts = page.model.counts()
    assert counts.entering == 2
    _changes, report = importing.commit(workspace, page.preview, tuple(page.model.items))
    assert report.entered == counts.entering
