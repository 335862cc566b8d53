"""Deciding in the preview with mouse and keys: single values, whole columns, selections, searches, side by side."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel

from eight_list import HEAD
from quiet import rests
from soloflow.domain.candidates import Candidate, Phone, Reading
from soloflow.services import history, importing, meetups, prospects
from soloflow.services.import_items import FieldChange
from soloflow.ui.pages.import_preview import ImportPage
from soloflow.ui.pages.import_preview.compare import ComparePanel
from soloflow.ui.pages.import_preview.menus import column_menu, row_menu
from soloflow.ui.pages.import_preview.report import ReportView

SPACE, LEFT, RIGHT = Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right
SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip


def a_row(name, company="アクメ", *, department="", title="", mail="", address="", mobile="", met="2026/11/14") -> str:
    return f"{company},{department},{title},{name},{mail},,{address},,,,,{mobile},,{met}"


def a_file(folder: Path, *rows: str, name: str = "people.csv", encoding: str = "cp932") -> Path:
    path = folder / name
    path.write_bytes("\r\n".join((",".join(HEAD), *rows, "")).encode(encoding))
    return path


@pytest.fixture
def page(qtbot, context):
    made = ImportPage(context)
    made.resize(1204, 726)
    qtbot.addWidget(made)
    made.show()
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


def read(qtbot, page, *paths: Path) -> None:
    page.arrive(files=list(paths))
    qtbot.waitUntil(lambda: page.preview is not None and page._other is None)
    qtbot.waitUntil(lambda: page._job is None)


@pytest.fixture
def known(workspace):
    """Two who are known, with other posts."""
    for name, mail in (("佐藤 花子", "h@acme.example"), ("山田 太郎", "t@acme.example")):
        family, given = name.split()
        one = Candidate(name=name, family=family, given=given, department="総務課", title="主任", emails=(mail,))
        prospects.add(workspace, one)


UPDATES = (
    a_row("佐藤 花子", "", department="企画室", title="課長", mail="h@acme.example", address="東京都港区1-1", mobile="090-1111-2222"),
    a_row("山田 太郎", "", department="営業部", mail="t@acme.example"),
    a_row("新顔 一", "ベータ", mail="n@beta.example"),
)  # fmt: skip


def cell(page, row: int, key: str) -> QPoint:
    rows, delegate = page.table.rows, page.table.delegate
    index = page.model.index(row)
    found = delegate.stop_rect(rows.visualRect(index), index, key)
    return found.center() if found.width() < 60 else found.topLeft() + QPoint(12, 10)


def click(qtbot, page, row: int, key: str, held=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.mouseClick(page.table.rows.viewport(), Qt.MouseButton.LeftButton, held, cell(page, row, key))


def press(qtbot, page, *keys, held=Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        qtbot.keyClick(page.table.rows, key, held)


def walk_to(qtbot, page, key: str) -> None:
    for _step in range(20):
        if page.table.delegate.focus_key == key:
            return
        press(qtbot, page, RIGHT)
    raise AssertionError(key)


def kept(page, row: int) -> set[str]:
    return {change.field for change in page.model.item(row).declined}


def bring(qtbot, page) -> ReportView:
    qtbot.mouseClick(page.foot.bring, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(page._other, ReportView))
    return page._other


def contacts(workspace) -> dict[str, dict]:
    with workspace.store.read() as reader:
        found = [reader.get("contacts", one) for one in reader.ids("contacts")]
    return {row["name"]: row for row in found}


@pytest.mark.usefixtures("known")
def test_a_click_on_a_change_keeps_the_old_value_and_another_takes_the_new_one(qtbot, page, tmp_path):
    read(qtbot, page, a_file(tmp_path, *UPDATES))
    click(qtbot, page, 0, "change:post")
    assert kept(page, 0) == {"department", "title"}
    click(qtbot, page, 0, "change:post")
    assert kept(page, 0) == set()


def test_a_value_of_an_older_card_is_shown_as_declined_with_the_reason_and_can_be_chosen(
    qtbot, page, workspace, tmp_path
):
    now = Candidate(
        name="山田 太郎", family="山田", given="太郎", company="アクメ", title="部長", emails=("t@acme.example",),
        met_on=(date(2020, 1, 10), date(2026, 11, 14)),
    )  # fmt: skip
    importing.commit(workspace, importing.judge(workspace, "now.csv", Reading("eight", "utf-8", 1, (now,))))
    read(qtbot, page, a_file(tmp_path, a_row("山田 太郎", title="主任", mail="t@acme.example", met="2020/1/10")))
    assert (kept(page, 0), page.model.verdicts()["same"], page.foot.bring.isEnabled()) == ({"title"}, 1, False)
    index = page.model.index(0)
    shown = {run.text: run.strike for one in page.table.delegate.cells(index, 1180) for run in one.runs}
    assert (shown["主任"], shown["部長"]) == (True, False)
    assert "役職は元のまま（いまの名刺のほうが新しいため）" in shown
    assert "いまの名刺のほうが新しい" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    click(qtbot, page, 0, "change:post")
    assert (kept(page, 0), page.model.verdicts()["update"]) == (set(), 1)
    bring(qtbot, page)
    assert contacts(workspace)["山田 太郎"]["title"] == "主任"


def test_a_cell_of_which_one_part_is_declined_shows_what_will_stand(qtbot, page, workspace, tmp_path):
    now = Candidate(
        name="山田 太郎", company="アクメ", title="部長", emails=("t@acme.example",), met_on=(date(2026, 11, 14),)
    )
    importing.commit(workspace, importing.judge(workspace, "now.csv", Reading("eight", "utf-8", 1, (now,))))
    older = a_row("山田 太郎", department="営業部", title="主任", mail="t@acme.example", met="2020/1/10")
    read(qtbot, page, a_file(tmp_path, older))
    runs = [run for one in page.table.delegate.cells(page.model.index(0), 1180) for run in one.runs]
    assert [(run.text, run.strike) for run in runs if "部長" in run.text] == [("部長", False), ("営業部 部長", False)]


@pytest.mark.usefixtures("known")
def test_a_change_that_no_cell_shows_is_declined_by_a_click_on_its_words(qtbot, page, tmp_path):
    read(qtbot, page, a_file(tmp_path, *UPDATES))
    place = next(n for n, one in enumerate(page.model.item(0).offered) if one.field == "address")
    click(qtbot, page, 0, f"news:{place}")
    assert kept(page, 0) == {"address"}


@pytest.mark.usefixtures("known")
def test_arrow_keys_walk_to_a_change_and_space_keeps_the_old_value(qtbot, page, workspace, tmp_path):
    read(qtbot, page, a_file(tmp_path, *UPDATES))
    walk_to(qtbot, page, "change:post")
    press(qtbot, page, SPACE)
    assert kept(page, 0) == {"department", "title"}
    assert page.model.item(0).take
    bring(qtbot, page)
    row = contacts(workspace)["佐藤 花子"]
    assert (row["department"], row["title"], row["address"]) == ("総務課", "主任", "東京都港区1-1")


@pytest.mark.usefixtures("known")
def test_a_keeps_the_old_values_of_the_whole_column(qtbot, page, tmp_path):
    read(qtbot, page, a_file(tmp_path, *UPDATES))
    walk_to(qtbot, page, "change:post")
    press(qtbot, page, Qt.Key.Key_A)
    assert [kept(page, 0), kept(page, 1)] == [{"department", "title"}, {"department"}]
    press(qtbot, page, Qt.Key.Key_A)
    assert [kept(page, 0), kept(page, 1)] == [set(), set()]


@pytest.mark.usefixtures("known")
def test_the_head_of_a_column_keeps_or_takes_it_for_all_who_are_shown(qtbot, page, tmp_path):
    read(qtbot, page, a_file(tmp_path, *UPDATES))
    opened = []
    page.table.head.column_clicked.connect(opened.append)
    page.table.head.column_clicked.disconnect(page.table._on_column)
    at = QPoint(page.table.head.column_left("post") + 4, 16)
    qtbot.mouseClick(page.table.head, Qt.MouseButton.LeftButton, pos=at)
    assert opened == ["post"]
    menu = column_menu(page.table, "post")
    menu.actions()[0].trigger()
    assert [kept(page, 0), kept(page, 1)] == [{"department", "title"}, {"department"}]
    menu.actions()[1].trigger()
    assert kept(page, 0) == set()


@pytest.mark.usefixtures("known")
def test_side_by_side_each_value_is_chosen_by_keys(qtbot, page, tmp_path):
    read(qtbot, page, a_file(tmp_path, *UPDATES))
    page.table.compare(0)
    content = page.table.panel._content
    assert isinstance(content, ComparePanel)
    changes = [change.field for change, _old, _new in content._pairs]
    assert changes == ["department", "title", "phones", "address", "met_on"]
    _change, old, new = content._pairs[1]
    assert new.isChecked()
    content._pairs[0][2].setFocus()
    qtbot.keyClick(content._pairs[0][2], Qt.Key.Key_Down)
    assert new.hasFocus()
    old.setFocus()
    qtbot.keyClick(old, SPACE)
    assert kept(page, 0) == {"title"}
    qtbot.mouseClick(content._buttons[1], Qt.MouseButton.LeftButton)
    assert len(kept(page, 0)) == 5
    qtbot.mouseClick(content._buttons[0], Qt.MouseButton.LeftButton)
    assert kept(page, 0) == set()
    qtbot.keyClick(content, Qt.Key.Key_Escape)


def test_alt_2_shows_the_two_and_the_answer_closes_the_panel(qtbot, page, workspace, tmp_path):
    one = Candidate(name="山田 太郎", family="山田", given="太郎", company="ベータ", phones=(Phone("03-1", "company"),))
    prospects.add(workspace, one)
    read(qtbot, page, a_file(tmp_path, a_row("山田 太郎", mail="t@acme.example")))
    press(qtbot, page, Qt.Key.Key_2, held=ALT)
    content = page.table.panel._content
    qtbot.mouseClick(content._buttons[-2], Qt.MouseButton.LeftButton)
    item = page.model.item(0)
    assert (item.take, item.is_known) == (True, True)
    assert not page.table.panel.isVisible()


def test_a_suggestion_is_taken_by_a_click(qtbot, page, tmp_path):
    read(qtbot, page, a_file(tmp_path, a_row("福? 理恵")))
    click(qtbot, page, 0, "guess:1")
    assert (page.model.item(0).person.name, page.model.item(0).problems) == ("福﨑 理恵", ())


def test_a_search_shows_only_whom_it_finds_and_only_they_are_taken(qtbot, page, tmp_path):
    rows = (a_row("山田 太郎", mobile="090-1234-5678"), a_row("佐藤 花子", "ベータ"), a_row("髙橋 一", "ガンマ"))
    read(qtbot, page, a_file(tmp_path, *rows))
    press(qtbot, page, Qt.Key.Key_F, held=CTRL)
    field = page.filters.search
    field.setText("べーた")
    assert [page.model.item(row).person.name for row in range(page.model.rowCount())] == ["佐藤 花子"]
    field.setText("090-1234")
    assert page.model.item(0).person.name == "山田 太郎"
    field.setText("高橋")
    assert page.filters.only.text() == "この1人だけ取り込む"
    qtbot.mouseClick(page.filters.only, Qt.MouseButton.LeftButton)
    assert page.model.counts().taken == 1
    field.setText("いない")
    assert "見つかりません" in page.filters.hint.text()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert page.model.rowCount() == 3
    assert page.table.rows.hasFocus()


def test_the_tick_for_all_ticks_only_those_who_are_shown(qtbot, page, tmp_path):
    read(qtbot, page, a_file(tmp_path, a_row("山田 太郎"), a_row("佐藤 花子", "ベータ")))
    page.filters.search.setText("ベータ")
    page.table.head.all.click()
    page.filters.clear()
    assert [item.take for item in page.model.items] == [True, False]


def test_several_are_selected_and_only_they_are_taken(qtbot, page, tmp_path):
    read(qtbot, page, a_file(tmp_path, *(a_row(f"人{number} 太郎", f"会社{number}") for number in range(6))))
    press(qtbot, page, Qt.Key.Key_Down, Qt.Key.Key_Down, held=SHIFT)
    click(qtbot, page, 4, "take", CTRL)
    assert page.filters.only.text() == "選んだ4人だけ取り込む"
    qtbot.mouseClick(page.filters.only, Qt.MouseButton.LeftButton)
    assert [item.take for item in page.model.items] == [True, True, True, False, True, False]


def test_space_answers_for_all_who_are_selected(qtbot, page, tmp_path):
    read(qtbot, page, a_file(tmp_path, *(a_row(f"人{number} 太郎", f"会社{number}") for number in range(5))))
    press(qtbot, page, Qt.Key.Key_Down, Qt.Key.Key_Down, held=SHIFT)
    press(qtbot, page, SPACE)
    assert [item.take for item in page.model.items] == [False, False, False, True, True]
    press(qtbot, page, Qt.Key.Key_A, held=CTRL)
    press(qtbot, page, SPACE, held=SHIFT)
    assert {item.enters for item in page.model.items if item.take} == {False}


def test_the_menu_of_a_row_shows_only_its_company(qtbot, page, tmp_path):
    read(qtbot, page, a_file(tmp_path, a_row("山田 太郎"), a_row("佐藤 花子", "ベータ")))
    action = next(one for one in row_menu(page.table, 1).actions() if "ベータ" in one.text())
    action.trigger()
    assert [page.model.item(row).person.name for row in range(page.model.rowCount())] == ["佐藤 花子"]


def test_another_encoding_keeps_the_decisions_where_the_rows_are_the_same(qtbot, page, tmp_path):
    path = a_file(tmp_path, a_row("Taro Yamada", "Acme"), a_row("山田 太郎", "アクメ"))
    read(qtbot, page, path)
    for row in range(2):
        click(qtbot, page, row, "take")
    page.head.encodings._group.button(3).click()
    qtbot.waitUntil(
        lambda: (page.preview is not None and page.preview.reading.encoding == "euc_jp") or page._job is None
    )
    qtbot.waitUntil(lambda: page._job is None)
    if page.preview is not None:
        assert [item.take for item in page.model.items if item.person.name == "Taro Yamada"] == [False]
        page.head.encodings._group.button(0).click()
    else:
        qtbot.mouseClick(page._other.findChildren(type(page.foot.leave))[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._job is None and page.preview is not None)
    assert [item.take for item in page.model.items] == [False, False]


def test_what_is_written_meanwhile_is_judged_anew_and_decisions_stay(qtbot, page, context, workspace, tmp_path):
    read(qtbot, page, a_file(tmp_path, a_row("山田 太郎", mail="t@acme.example"), a_row("佐藤 花子", "ベータ")))
    click(qtbot, page, 1, "take")
    one = Candidate(name="山田 太郎", family="山田", given="太郎", company="アクメ", emails=("t@acme.example",))
    context.run(lambda: prospects.add(workspace, one))
    qtbot.waitUntil(lambda: {item.verdict for item in page.model.items} == {"update", "new"})
    assert [(item.person.name, item.take) for item in page.model.items] == [("山田 太郎", True), ("佐藤 花子", False)]


def test_an_import_taken_back_in_the_report_shows_the_file_again_with_its_decisions(
    qtbot, page, context, workspace, tmp_path
):
    read(qtbot, page, a_file(tmp_path, a_row("山田 太郎"), a_row("佐藤 花子", "ベータ")))
    click(qtbot, page, 1, "take")
    view = bring(qtbot, page)
    assert len(contacts(workspace)) == 1
    qtbot.mouseClick(view.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.preview is not None and page._other is None and page._job is None)
    assert contacts(workspace) == {}
    assert [item.take for item in page.model.items] == [True, False]
    qtbot.waitUntil(lambda: not context.jobs)


def test_the_report_lists_every_row_and_filters_by_outcome(qtbot, page, tmp_path):
    read(qtbot, page, a_file(tmp_path, a_row("山田 太郎"), a_row("佐藤 花子", "ベータ")))
    click(qtbot, page, 1, "take")
    view = bring(qtbot, page)
    QAbstractItemModelTester(view.lines, QAbstractItemModelTester.FailureReportingMode.Fatal, view)
    assert view.lines.rowCount() == 2
    view.outcomes._group.button(2).click()
    assert view.lines.rowCount() == 1
    assert "チェックを外しました" in view.lines.index(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_likely_doubles_are_offered_after_the_import(qtbot, page, context, workspace, tmp_path):
    went = []
    context.navigated.connect(lambda key, args: went.append((key, args)))
    prospects.add(workspace, Candidate(name="山田 太郎", family="山田", given="太郎", company="アクメ"))
    read(qtbot, page, a_file(tmp_path, a_row("山田 太郎", mail="t@acme.example")))
    page.table.answer(0, is_known=False)
    view = bring(qtbot, page)
    qtbot.waitUntil(lambda: hasattr(view, "duplicates"))
    view.duplicates.click()
    assert went[-1][0] == "duplicates"


def test_a_meetup_is_made_where_the_file_is_assigned_to_it(qtbot, page, workspace, tmp_path):
    read(qtbot, page, a_file(tmp_path, a_row("山田 太郎")))
    page.filters.target.click()
    content = page.filters.panel._content
    content.new_meetup.click()
    content.name.setText("夜話")
    qtbot.mouseClick(content.make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: content.meetups.currentData() is not None)
    content.tag.setText("#展示会、名刺")
    assert page.filters.given.tags == ("展示会", "名刺")
    assert page.filters.given.meetup == meetups.recent(workspace)[0].id
    assert meetups.recent(workspace)[0].held_on == date(2026, 11, 21)
    page.filters.panel.close_panel()


def test_a_file_that_comes_while_another_is_looked_at_waits(qtbot, page, context, tmp_path):
    said = []
    context.noticed.connect(said.append)
    read(qtbot, page, a_file(tmp_path, a_row("山田 太郎")))
    page.arrive(files=[a_file(tmp_path, a_row("佐藤 花子"), name="more.csv")])
    assert page.preview.name == "people.csv"
    assert "あとで" in said[-1].text
    assert page.foot.leave.text() == "とばす"
    press(qtbot, page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.preview is not None and page.preview.name == "more.csv")
    assert page.foot.leave.text() == "やめる"
    assert page.head.facts.text().startswith("2/2")


def test_a_double_click_corrects_the_cell_under_the_pointer(qtbot, page, tmp_path):
    read(qtbot, page, a_file(tmp_path, a_row("山田 太郎", mail="t@acme.example")))
    at = cell(page, 0, "edit:email")
    qtbot.mouseClick(page.table.rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(page.table.rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert page.table.field.isVisible()
    assert page.table.field.text() == "t@acme.example"


def test_a_tick_moves_nothing_and_lays_nothing_out(qtbot, page, tmp_path):
    read(qtbot, page, a_file(tmp_path, *(a_row(f"人{number} 太郎", f"会社{number}") for number in range(80))))
    bar = page.table.rows.verticalScrollBar()
    bar.setValue(bar.maximum())
    before = bar.value()
    asked = []
    page.table.delegate.sizeHintChanged.connect(asked.append)
    page.model.heights_changed.connect(lambda: asked.append(1))
    page.table.act(79, "take")
    rests(qtbot, page.context, page)
    assert (bar.value(), asked) == (before, [])


def test_somebody_on_their_own_is_brought_into_their_company_by_a_click(qtbot, page, workspace, tmp_path):
    prospects.add(workspace, Candidate(name="佐藤 花子", company="アクメ"))
    prospects.add(workspace, Candidate(name="山田 太郎", emails=("t@acme.example",)))
    read(qtbot, page, a_file(tmp_path, a_row("山田 太郎", mail="t@acme.example")))
    click(qtbot, page, 0, "join")
    assert page.model.item(0).joins
    bring(qtbot, page)
    assert len({row["prospect_id"] for row in contacts(workspace).values()}) == 1
    history.undo(workspace)
    assert len({row["prospect_id"] for row in contacts(workspace).values()}) == 2


def test_a_change_says_itself_to_a_screen_reader(qtbot, page, workspace, tmp_path):
    prospects.add(workspace, Candidate(name="佐藤 花子", title="主任", emails=("h@acme.example",)))
    read(qtbot, page, a_file(tmp_path, a_row("佐藤 花子", "", title="課長", mail="h@acme.example", met="")))
    assert page.model.item(0).offered == (FieldChange("title", "主任", "課長"),)
    assert "主任を課長に" in page.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_an_encoding_that_fails_leads_back_with_all_decisions(qtbot, page, tmp_path):
    read(qtbot, page, a_file(tmp_path, a_row("山田 太郎"), a_row("佐藤 花子", "ベータ")))
    click(qtbot, page, 1, "take")
    page.head.encodings._group.button(3).click()
    qtbot.waitUntil(lambda: "読めません" in page.accessibleDescription())
    back = page._other.findChildren(type(page.foot.leave))[0]
    assert back.text() == "自動の文字コードで読む"
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._other is None and page._job is None)
    assert [item.take for item in page.model.items] == [True, False]


def test_reading_that_is_stopped_leads_back_to_what_was_shown(qtbot, page, tmp_path, monkeypatch):
    from soloflow.ui.pages.import_preview import page as module

    read(qtbot, page, a_file(tmp_path, a_row("山田 太郎")))
    click(qtbot, page, 0, "take")

    def slow(*args):
        while True:
            args[-1].check()

    monkeypatch.setattr(module.work, "read", slow)
    page.head.encodings._group.button(1).click()
    qtbot.mouseClick(page._other.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._job is None and page._other is None)
    assert page.head.encodings.key == ""
    assert not page.model.item(0).take


def test_a_file_that_vanished_meanwhile_takes_nothing_away(qtbot, page, context, workspace, tmp_path):
    path = a_file(tmp_path, a_row("山田 太郎"))
    read(qtbot, page, path)
    path.unlink()
    context.run(lambda: prospects.add(workspace, Candidate(name="佐藤 花子")))
    rests(qtbot, context, page)
    assert page.model.rowCount() == 1
    bring(qtbot, page)
    assert set(contacts(workspace)) == {"佐藤 花子", "山田 太郎"}


def test_a_file_with_nobody_in_it_says_so(qtbot, page, tmp_path):
    page.arrive(files=[a_file(tmp_path, ",,,,,144-0052,,,,,,,,")])
    qtbot.waitUntil(lambda: page.preview is not None and page._job is None)
    words = "".join(one.text() for one in page._other.findChildren(QLabel))
    assert "取り込める人がいません" in words
    assert "2行目" in words
    assert not page.isAncestorOf(page.foot) or not page.foot.isVisible()
