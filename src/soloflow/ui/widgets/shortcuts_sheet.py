"""All shortcuts on one sheet, opened with ? or F1."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import key_hint, label, rule

KEYS_WIDTH = 108
"""The widest of the caps, so that the words of all groups of a column begin on one line."""
WIDTH = 912
"""Fits the smallest window, 960 wide; words that are too long for their column take a second line."""


def shortcuts() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Groups of (keys, what they do), in the user's language."""
    return (
        (
            _("どこでも"),
            (
                ("Ctrl+N", _("人を記録する")),
                ("Ctrl+K", _("さがす・操作する")),
                ("Ctrl+Z", _("取り消す")),
                ("Ctrl+Shift+Z", _("やり直す")),
                ("Ctrl+1 … 6", _("ページを開く")),
                ("Ctrl+I", _("名刺などを取り込む")),
                ("?　F1", _("この一覧")),
                ("Esc", _("戻る・閉じる")),
                ("Ctrl+Q", _("終える")),
            ),
        ),
        (
            _("今日"),
            (
                ("↑ ↓　J K", _("行を移る")),
                ("Enter", _("顧客を開く")),
                ("Space", _("済みにする")),
                ("S", _("日付を動かす")),
                ("C", _("電話・メールをコピー")),
                ("Delete", _("取りやめる")),
            ),
        ),
        (
            _("顧客と獲得工程"),
            (
                ("↑ ↓　J K", _("行を移る")),
                ("← →　H L", _("隣の工程へ")),
                ("Enter", _("開く")),
                ("1 … 9", _("その工程へ移す")),
                ("D", _("日付を決めて移す")),
                ("R", _("育成へ")),
                ("X", _("離脱へ")),
                ("Delete", _("削除する")),
                ("/　F", _("一覧をさがす、絞り込む")),
                ("V", _("しおりを選ぶ、残す")),
                ("Space　Ctrl+A", _("もうひとり、全員を選ぶ")),
            ),
        ),
        (
            _("勉強会モード"),
            (
                ("Enter", _("追加する")),
                ("↑", _("前の行を直す")),
                ("Alt+0", _("名簿のみ")),
                ("Alt+1　2　3", _("同じ人・会社・別の人")),
                ("Ctrl+M　E", _("勉強会を選ぶ、直す")),
                ("Alt+Q", _("QRを見せる")),
                ("Ctrl+Alt+Z", _("今夜をまとめて取り消す")),
            ),
        ),
        (
            _("取り込みの確認"),
            (
                ("←　→", _("行の中の項目へ")),
                ("Space", _("取り込む、元の値のまま")),
                ("A", _("この列をまとめて")),
                ("Shift+Space", _("集客に入れる")),
                ("F2", _("直す")),
                ("Alt+1　2　3", _("同じ人・比べる・別の人")),
                ("Ctrl+F", _("この中をさがす")),
                ("Ctrl+Enter", _("取り込む")),
            ),
        ),
    )


class ShortcutsSheet(QDialog):
    """Three columns of keys and words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts_sheet")
        self.setWindowTitle(_("キー操作"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 16)
        outer.setSpacing(16)
        columns = QHBoxLayout()
        columns.setSpacing(28)
        groups = shortcuts()
        for one in (groups[:2], groups[2:3], groups[3:]):
            column = QVBoxLayout()
            column.setSpacing(24)
            for title, keys in one:
                column.addLayout(_group(title, keys))
            column.addStretch(1)
            columns.addLayout(column, 1)
        outer.addLayout(columns)
        close = button(_("閉じる"), self.close)
        outer.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()
        self.setFixedWidth(WIDTH)
        self.resize(WIDTH, outer.heightForWidth(WIDTH))


def _group(title: str, keys: tuple[tuple[str, str], ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(5)
    grid.addWidget(label(title, "head"), 0, 0, 1, 2)
    grid.addWidget(rule(), 1, 0, 1, 2)
    for row, (key, words) in enumerate(keys, start=2):
        grid.addLayout(_keys(key), row, 0)
        grid.addWidget(label(words, wrap=True), row, 1)
    grid.setRowStretch(len(keys) + 2, 1)
    grid.setColumnMinimumWidth(0, KEYS_WIDTH)
    grid.setColumnStretch(1, 1)
    return grid


def _keys(text: str) -> QHBoxLayout:
    """Each key on a cap of its own; an ideographic space stands between caps."""
    line = QHBoxLayout()
    line.setSpacing(4)
    for one in text.split("\u3000"):
        line.addWidget(key_hint(one))
    line.addStretch(1)
    return line
