from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from soloflow.ui.context import Notice
from soloflow.ui.widgets.buttons import LinkButton, ShortcutButton, button, icon_button
from soloflow.ui.widgets.canvas import FigureCanvas, Region, walked
from soloflow.ui.widgets.date_field import DateField
from soloflow.ui.widgets.empty import EmptyState
from soloflow.ui.widgets.flow import FlowLayout
from soloflow.ui.widgets.labels import ElidedLabel, SectionHead, chip, label
from soloflow.ui.widgets.notice import NoticeBar
from soloflow.ui.widgets.popover import Popover
from soloflow.ui.widgets.rows import Cell, RowDelegate, RowList, Run, columns
from soloflow.ui.widgets.segments import Segment, Segments, Tabs
from soloflow.ui.widgets.stepper import StageStepper, Step

CHOICES = (Segment("active", "進行中", 106), Segment("nurture", "育成中", 42), Segment("lost", "離脱", 152))


@pytest.fixture
def ground(qtbot, theme) -> QWidget:
    made = QWidget()
    made.resize(900, 600)
    qtbot.addWidget(made)
    made.show()
    return made


def put(ground: QWidget, widget: QWidget, width: int = 600) -> QWidget:
    widget.setParent(ground)
    widget.setGeometry(20, 20, width, max(widget.sizeHint().height(), widget.minimumHeight()))
    widget.show()
    return widget


def test_a_click_chooses_a_segment(qtbot, theme, ground):
    made, chosen = put(ground, Segments(theme, CHOICES)), []
    made.chosen.connect(chosen.append)
    qtbot.mouseClick(made.findChildren(QPushButton)[2], Qt.MouseButton.LeftButton)
    assert (chosen, made.key) == (["lost"], "lost")


def test_arrow_keys_move_the_choice_and_stop_at_the_ends(qtbot, theme, ground):
    made, chosen = put(ground, Segments(theme, CHOICES)), []
    made.chosen.connect(chosen.append)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Home):
        qtbot.keyClick(made, key)
    assert chosen == ["nurture", "lost", "active"]


def test_new_counts_keep_the_choice_and_tell_nobody(theme, ground):
    made, chosen = put(ground, Segments(theme, CHOICES)), []
    made.chosen.connect(chosen.append)
    made.choose("nurture")
    made.set_segments([Segment("active", "進行中", 1), Segment("nurture", "育成中", 1234), Segment("lost", "離脱")])
    assert made.key == "nurture"
    assert made.findChildren(QPushButton)[1].text() == "育成中 1,234"
    assert chosen == []


def test_no_segment_moves_when_another_becomes_bold(theme, ground):
    made = put(ground, Segments(theme, CHOICES), Segments(theme, CHOICES).sizeHint().width())
    before = [part.geometry() for part in made.findChildren(QPushButton)]
    made.choose("lost")
    ground.grab()
    assert [part.geometry() for part in made.findChildren(QPushButton)] == before
    assert before[-1].right() < made.sizeHint().width()


def test_tabs_tell_which_was_chosen(qtbot, theme, ground):
    made, chosen = put(ground, Tabs(theme, [("all", "全体"), ("leak", "漏れ")])), []
    made.chosen.connect(chosen.append)
    qtbot.mouseClick(made.findChildren(QPushButton)[1], Qt.MouseButton.LeftButton)
    assert (chosen, made.key) == (["leak"], "leak")


def test_focus_moves_no_text(theme, ground):
    field = put(ground, QLineEdit("30分、画面を見ながら話す"))
    other = put(ground, QPushButton("保存"))
    other.move(20, 200)
    other.setFocus()
    field.grab()
    still = field.cursorRect().topLeft(), field.size()
    field.setFocus()
    field.grab()
    assert (field.cursorRect().topLeft(), field.size()) == still


def test_buttons_do_their_work_by_mouse_and_by_key(qtbot, theme, ground):
    done = []
    made = [button("保存", partial(done.append, 1), variant="primary"), LinkButton("書く", partial(done.append, 2))]
    for part in made:
        put(ground, part)
        qtbot.mouseClick(part, Qt.MouseButton.LeftButton)
        qtbot.keyClick(part, Qt.Key.Key_Space)
    assert done == [1, 1, 2, 2]


def test_a_shortcut_button_works_by_its_shortcut_and_shows_all_of_it(qtbot, theme, ground):
    done = []
    made = put(ground, ShortcutButton(theme, "この人に足す", "Alt+1", partial(done.append, 1), primary=True), 200)
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    qtbot.keyClick(ground, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert done == [1]
    assert "Alt+1" in made.toolTip()


def test_an_icon_alone_has_a_name(theme, ground):
    from soloflow.ui import icons

    made = icon_button(icons.icon(theme, "pencil"), "編集")
    put(ground, made)
    assert made.accessibleName() == made.toolTip() == "編集"


def test_a_long_name_is_cut_and_whole_in_its_tooltip(theme, ground):
    made = put(ground, ElidedLabel("オリベ電機 豊橋事業所 生産管理部"), 100)
    assert made.toolTip() == made.accessibleName() == "オリベ電機 豊橋事業所 生産管理部"
    made.resize(600, 20)
    assert made.toolTip() == ""


def test_names_are_never_read_as_html():
    assert label("<b>太字</b>").textFormat() == Qt.TextFormat.PlainText


def test_a_section_head_keeps_its_height_and_shows_its_count(theme, ground):
    made = put(ground, SectionHead("期限切れ", 2, side=LinkButton("日付をまとめて動かす"), late=True))
    made.set_count(1234)
    assert made.height() == 32
    assert "1,234" in {part.text() for part in made.findChildren(type(label()))}


def test_chips_break_into_lines(theme, ground):
    holder = QWidget(ground)
    flow = FlowLayout(holder)
    for number in range(12):
        flow.addWidget(chip(f"在庫管理{number}"))
    assert flow.heightForWidth(200) > flow.heightForWidth(2000) == 22
    flow.clear()
    assert flow.count() == 0


def parse(text: str) -> date | None:
    return {"来週火曜": date(2026, 11, 24), "月末": date(2026, 11, 30)}.get(text)


def show(day: date) -> str:
    return f"{day.month}/{day.day}"


def test_a_date_in_words_is_read_while_typing_and_taken_with_enter(qtbot, theme, ground):
    made, days = put(ground, DateField(parse, show)), []
    made.changed.connect(days.append)
    made.field.setText("来週火曜")
    assert days == []
    qtbot.keyClick(made.field, Qt.Key.Key_Return)
    assert days == [date(2026, 11, 24)]
    assert made.field.text() == "11/24"


def test_words_that_are_no_date_stay_and_change_nothing(qtbot, theme, ground):
    made, days = put(ground, DateField(parse, show, date(2026, 11, 24))), []
    made.changed.connect(days.append)
    made.field.setText("いつか")
    qtbot.keyClick(made.field, Qt.Key.Key_Return)
    assert (days, made.day, made.field.text()) == ([], date(2026, 11, 24), "いつか")
    assert made.field.property("problem") is True


def test_an_emptied_date_is_no_date(qtbot, theme, ground):
    made, days = put(ground, DateField(parse, show, date(2026, 11, 24))), []
    made.changed.connect(days.append)
    made.field.clear()
    qtbot.keyClick(made.field, Qt.Key.Key_Return)
    assert days == [None]


STEPS = tuple(Step(f"{number} 工程", "11/1(日)") for number in range(1, 10))


def test_a_step_is_chosen_by_click_digit_and_arrows(qtbot, theme, ground):
    made, chosen = put(ground, StageStepper(theme, STEPS, 2), 787), []
    made.step_chosen.connect(chosen.append)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(int(787 / 9 * 5) + 10, 12))
    qtbot.keyClick(made, Qt.Key.Key_9)
    qtbot.keyClick(made, Qt.Key.Key_Left)
    qtbot.keyClick(made, Qt.Key.Key_Return)
    assert chosen == [5, 8, 4]
    assert made.accessibleName() == "3 工程"


class TaskRows(RowDelegate):
    def cells(self, index, width):
        tick, words, day = columns(width, 16, 0, 72)
        return (
            Cell(*tick, icon="circle", key="tick", tip="済み"),
            Cell(*words, (Run(index.data()),)),
            Cell(*day, (Run("11/24(火)", "ink3"),), align="right"),
        )


@pytest.fixture
def rows(theme, ground) -> RowList:
    model = QStandardItemModel(ground)
    for number in range(5):
        model.appendRow(QStandardItem(f"仕事 {number}"))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, ground)
    made = RowList(TaskRows(theme, 36))
    made.setModel(model)
    put(ground, made)
    made.fit_height()
    return made


def test_columns_share_the_width():
    assert columns(500, 16, 0, 72) == ((0, 16), (24, 396), (428, 72))


def test_rows_are_walked_with_j_and_k_and_opened_with_enter(qtbot, rows):
    opened = []
    rows.opened.connect(lambda index: opened.append(index.row()))
    rows.setCurrentIndex(rows.model().index(0, 0))
    qtbot.keyClicks(rows, "jjk")
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert opened == [1]


def test_a_click_on_the_tick_is_told_apart_from_the_row(qtbot, rows):
    hits = []
    rows.cell_clicked.connect(lambda index, key: hits.append((index.row(), key)))
    for x in (12, 200):
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 36 + 18))
    assert hits == [(1, "tick")]


def test_a_list_may_be_exactly_as_high_as_its_rows(rows):
    assert rows.height() == 5 * 36


def test_digits_go_on_to_the_page(qtbot, theme, rows, ground):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_3, Qt.KeyboardModifier.NoModifier, "3")
    rows.keyPressEvent(event)
    assert not event.isAccepted()


def test_words_that_fit_are_never_cut(theme, ground):
    delegate = TaskRows(theme, 36)
    from PySide6.QtGui import QPainter, QPixmap

    room = delegate._width((Run("11/24(火)"),))
    drawn = QPixmap(200, 36)
    painter = QPainter(drawn)
    assert delegate._paint_run(painter, 0, 20, room, Run("11/24(火)")) == room
    painter.end()


def test_a_popover_stays_inside_its_page_and_closes_with_esc(qtbot, theme, ground):
    before = put(ground, QLineEdit(), 200)
    before.setFocus()
    content = QLineEdit()
    made, closed = Popover(ground, content), []
    made.closed.connect(lambda: closed.append(1))
    made.show_at(QRect(880, 580, 10, 10))
    assert ground.rect().contains(made.geometry())
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert closed == [1]


def test_a_notice_makes_way_for_a_popover_that_opens_under_it(theme, ground):
    notice = NoticeBar(theme, ground)
    notice.show_notice(Notice("移しました"))
    Popover(ground, QLineEdit()).show_at(QRect(20, 20, 10, 10))
    assert notice.isVisible()
    Popover(ground, QLineEdit()).show_at(QRect(notice.x() + 40, notice.y() - 40, 10, 10))
    assert not notice.isVisible()


def test_a_sentence_a_little_too_long_widens_the_notice(theme, ground):
    notice = NoticeBar(theme, ground)
    notice.show_notice(Notice("あ" * 38))
    assert (notice.width() > theme.size("notice_width"), notice.height()) == (True, theme.size("notice_height"))


def test_segments_stand_inside_the_edge_of_their_frame(qtbot, theme, ground):
    made = put(ground, Segments(theme, [Segment("a", "図", icon="chart"), Segment("b", "表")]))
    inside = made.rect().adjusted(1, 1, -1, -1)
    assert all(inside.contains(one.geometry()) for one in made.findChildren(QPushButton))


def test_the_words_of_a_link_in_a_head_end_where_its_rule_ends(theme, ground):
    link = LinkButton("日付をまとめて動かす")
    head = put(ground, SectionHead("期限切れ", 2, side=link, inset=8))
    edge = head.width() - 8
    assert link.mapTo(head, QPoint(link.width(), 0)).x() == edge + 4


def test_a_click_elsewhere_closes_a_popover(qtbot, theme, ground):
    other = put(ground, QWidget(), 100)
    made, closed = Popover(ground, QLineEdit()), []
    made.closed.connect(lambda: closed.append(1))
    made.show_at(QRect(300, 300, 10, 10))
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert closed == []
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    assert closed == [1]


def test_the_notice_does_what_it_offers_and_leaves(qtbot, theme, ground):
    made, done = NoticeBar(theme, ground), []
    made.show_notice(Notice("移しました", "info", "取り消す", "Ctrl+Z", partial(done.append, 1)))
    assert made.size().width() == 456
    assert made.height() == 44
    qtbot.mouseClick(made.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert done == [1]
    assert not made.isVisible()


def test_the_notice_fades_by_itself(qtbot, theme, ground):
    made = NoticeBar(theme, ground)
    made.show_notice(Notice("写しました"))
    made._stay.setInterval(10)
    made._stay.start()
    qtbot.waitUntil(lambda: not made.isVisible(), timeout=3000)


def test_a_long_notice_grows_and_stays_inside(theme, ground):
    made = NoticeBar(theme, ground)
    made.show_notice(Notice("あ" * 120, "error"))
    assert made.height() > 60
    assert ground.rect().contains(made.geometry())
    ground.resize(700, 400)
    assert ground.rect().contains(made.geometry())


def test_an_empty_page_offers_one_button_and_one_link(qtbot, theme, ground):
    done = []
    made = EmptyState(
        theme,
        "customers",
        "まだ誰もいません",
        "会った人を、ここに集めます。",
        ("人を記録する", partial(done.append, "begin")),
        ("見本のデータで見てみる", partial(done.append, "sample")),
    )
    QHBoxLayout(ground).addWidget(made)
    for part in made.findChildren(QPushButton):
        qtbot.mouseClick(part, Qt.MouseButton.LeftButton)
    assert done == ["begin", "sample"]


@pytest.fixture
def chart(theme, ground) -> FigureCanvas:
    pytest.importorskip("matplotlib")

    def draw(width: int, height: int):
        from matplotlib.figure import Figure

        figure = Figure(figsize=(width / 100, height / 100), dpi=100, facecolor="#0A6674")
        return figure, [Region(10, 10, 50, 20, "a", "60社"), Region(100, 10, 50, 20, "b")]

    made = FigureCanvas(theme, name="図")
    made.set_draw(draw)
    return put(ground, made)


def test_a_chart_is_drawn_as_large_as_its_place(chart):
    image = chart.grab().toImage()
    assert image.pixelColor(300, 100).name().upper() == "#0A6674"
    assert (image.width(), image.height()) == (chart.width(), chart.height())


def test_marks_of_a_chart_answer_to_pointer_and_keys(qtbot, chart):
    clicked, hovered = [], []
    chart.region_clicked.connect(clicked.append)
    chart.region_hovered.connect(hovered.append)
    qtbot.mouseMove(chart, QPoint(20, 15))
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(20, 15))
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert clicked == ["a", "b"]
    assert hovered == ["a", "a", "b"]  # what the keys walk over is told too


@pytest.mark.parametrize(
    ("place", "key", "to"),
    [
        (0, Qt.Key.Key_Down, 3), (1, Qt.Key.Key_Down, 3), (2, Qt.Key.Key_Down, 4), (4, Qt.Key.Key_Up, 2), (3, Qt.Key.Key_Up, 0),
        (3, Qt.Key.Key_Down, 3), (1, Qt.Key.Key_Up, 1), (1, Qt.Key.Key_End, 4), (3, Qt.Key.Key_Home, 0), (2, Qt.Key.Key_Right, 3),
        (3, Qt.Key.Key_Left, 2), (4, Qt.Key.Key_Right, 4), (-1, Qt.Key.Key_Down, 0), (-1, Qt.Key.Key_Left, 0),
    ],
)  # fmt: skip
def test_keys_walk_the_rows_of_a_chart(place, key, to):
    above = [Region(10, 10, 50, 18, "a"), Region(62, 10, 40, 18, "b"), Region(300, 6, 60, 26, "c")]
    below = [Region(10, 44, 100, 18, "d"), Region(310, 40, 60, 26, "e")]
    assert walked([*above, *below], place, key) == to


def test_a_chart_waits_until_its_size_stands_still(qtbot, theme, chart, monkeypatch):
    drawn = []
    original = chart._draw
    chart.set_draw(lambda width, height: (drawn.append(width), original(width, height))[1])
    drawn.clear()
    for width in range(400, 440, 4):
        chart.resize(width, 200)
    assert drawn == []
    qtbot.waitUntil(lambda: drawn == [436])


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_with_the_keyboard_is_pressed_by_enter_as_by_space(qtbot, ground, key):
    pressed = []
    made = put(ground, button("保存", partial(pressed.append, 1)))
    qtbot.keyClick(made, key)
    assert pressed == [1]


def test_quoted_words_of_any_length_leave_the_notice_small(qtbot, ground, theme):
    bar = NoticeBar(theme, ground)
    bar.show_notice(Notice(f"カワセミ食品：「{'とても長い話。' * 700}」を予定しました", "info", "取り消す", "Ctrl+Z"))
    assert bar.height() < 140
    assert bar._words.text().startswith("カワセミ食品：「とても")
    assert bar._words.text().endswith("」を予定しました")
