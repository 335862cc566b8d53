"""月報をつくる: the month, the format, with or without names; written in the background, opened from the notice."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from soloflow import i18n
from soloflow.domain.dates import month_name
from soloflow.i18n import _
from soloflow.services import reporting
from soloflow.services.reporting import Wanted
from soloflow.services.workspace import Progress
from soloflow.ui.context import Context, Notice
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import label
from soloflow.ui.widgets.popover import Popover
from soloflow.ui.widgets.segments import Segment, Segments

WIDTH = 304


class ReportPanel(QWidget):
    """The content of the popover; `made(Wanted, ending)` when the button is pressed."""

    made = Signal(object, str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.month = QComboBox()
        self.month.setAccessibleName(_("どの月か"))
        self.month.setMaxVisibleItems(14)
        self.month.setFixedHeight(28)
        months = reporting.months(context.workspace)
        for place, month in enumerate(months):
            name = month_name(month, i18n.language())
            self.month.addItem(_("{month}（途中まで）").format(month=name) if place == 0 else name, month)
        # The month that has ended is the one to look back on.
        self.month.setCurrentIndex(min(1, len(months) - 1))
        self.ending = Segments(context.theme, [Segment("pdf", "PDF"), Segment("html", "HTML")], name=_("形式"))
        self.names = QCheckBox(_("顧客の名前も載せる"))
        self.names.setToolTip(_("載せなければ、ほかの人に見せられる月報になります"))
        self._lay_out()
        self.setFocusProxy(self.month)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.month, 1)
        row.addWidget(self.ending)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.names, 1)
        self.make = button(_("つくる"), self._on_make, variant="primary")
        foot.addWidget(self.make, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(_("月報"), "strong"))
        column.addWidget(label(_("その月の終わりの数字で、2ページにまとめます。"), "label", wrap=True))
        column.addLayout(row)
        column.addLayout(foot)

    def _on_make(self) -> None:
        self.made.emit(Wanted(self.month.currentData(), self.names.isChecked()), self.ending.key)


def offer(page: QWidget, context: Context, anchor: QWidget) -> ReportPanel:
    """Open the panel below a widget of the page."""
    panel = ReportPanel(context)
    popover = Popover(page, panel)
    panel.made.connect(partial(_make, page, context, popover.close_panel))
    popover.show_at(QRect(anchor.mapTo(page, QPoint(0, 0)), anchor.size()))
    return panel


def _make(page: QWidget, context: Context, close: Callable[[], None], wanted: Wanted, ending: str) -> None:
    close()
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    suggested = Path(folder) / reporting.file_name(wanted.month, ending)
    kind = f"{ending.upper()} (*.{ending})"
    chosen, _filter = QFileDialog.getSaveFileName(page, _("月報を保存"), str(suggested), kind)
    if chosen:
        file = Path(chosen) if Path(chosen).suffix.lower() == f".{ending}" else Path(f"{chosen}.{ending}")
        action = partial(_write, context, wanted, file)
        context.run_long(_("月報をつくっています"), action, partial(_say, context), reckoning=True)


def _write(context: Context, wanted: Wanted, file: Path, progress: Progress) -> Path:
    return reporting.write(context.workspace, wanted, file, progress)


def _say(context: Context, file: Path) -> None:
    words = _("{name} に保存しました").format(name=file.name)
    context.noticed.emit(Notice(words, action=_("開く"), act=partial(_open, context, file)))


def _open(context: Context, file: Path) -> None:
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
        context.notify(
            _("{name} を開けませんでした。フォルダーから開いてください。").format(name=file.name), kind="error"
        )
