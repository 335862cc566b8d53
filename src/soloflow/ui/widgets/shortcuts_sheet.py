"""All shortcuts on one sheet, opened with ?."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import key_hint, label, rule


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
                ("?", _("この一覧")),
                ("Esc", _("戻る・閉じる")),
            ),
        ),
        (
            _("一覧"),
            (
                ("↑ ↓　J K", _("行を移る")),
                ("Enter", _("開く")),
                ("1 … 9", _("その工程へ移す")),
                ("D", _("日付を決めて移す")),
                ("R　X", _("育成へ、離脱へ")),
                ("Delete", _("削除する")),
                ("/　F", _("一覧をさがす、絞り込む")),
            ),
        ),
        (
            _("獲得工程"),
            (
                ("← →　H L", _("隣の工程へ")),
                ("D", _("日付を決めて移す")),
                ("R", _("育成へ")),
                ("X", _("離脱へ")),
                ("Esc", _("ドラッグをやめる")),
            ),
        ),
    )


class ShortcutsSheet(QDialog):
    """Columns of keys and words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("キー操作"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 16)
        outer.setSpacing(16)
        columns = QHBoxLayout()
        columns.setSpacing(40)
        for title, keys in shortcuts():
            columns.addLayout(_group(title, keys))
        outer.addLayout(columns)
        close = button(_("閉じる"), self.close)
        outer.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()


def _group(title: str, keys: tuple[tuple[str, str], ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.addWidget(label(title, "head"), 0, 0, 1, 2)
    grid.addWidget(rule(), 1, 0, 1, 2)
    for row, (key, words) in enumerate(keys, start=2):
        grid.addWidget(key_hint(key), row, 0)
        grid.addWidget(label(words), row, 1)
    grid.setRowStretch(len(keys) + 2, 1)
    grid.setColumnStretch(1, 1)
    return grid
