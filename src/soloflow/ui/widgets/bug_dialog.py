"""What the user sees of a fault of ours: it is our fault, the data is safe, here is a report that can be copied."""

import platform
import sys

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from soloflow import __version__
from soloflow.i18n import _
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import label


class BugDialog(QDialog):
    """Sentence, report, two buttons."""

    def __init__(self, report: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("プログラムの不具合"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 420)
        self._report = f"SoloFlow {__version__}, Python {sys.version.split()[0]}, PySide6 {pyside_version}, {platform.platform()}\n\n{report}"
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 16)
        outer.setSpacing(8)
        outer.addWidget(label(_("申し訳ありません。この操作を最後まで行えませんでした"), "head"))
        outer.addWidget(
            label(
                _("データは操作の前のままで、無事です。そのまま使い続けられます。\n下の報告を開発者へ送ってください。"),
                "second",
                wrap=True,
            )
        )
        text = QPlainTextEdit(self._report)
        text.setReadOnly(True)
        text.setAccessibleName(_("不具合の報告"))
        font = QFont("monospace")
        font.setPixelSize(12)
        text.setFont(font)
        outer.addWidget(text, 1)
        row = QHBoxLayout()
        self._copy = button(_("報告をコピー"), self._copy_report)
        close = button(_("閉じる"), self.close, variant="primary")
        row.addStretch(1)
        row.addWidget(self._copy)
        row.addWidget(close)
        outer.addLayout(row)
        close.setFocus()

    @Slot()
    def _copy_report(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self._copy.setText(_("コピーしました"))
