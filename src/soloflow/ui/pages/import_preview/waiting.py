"""What the page shows while a file is read: how far it is, and a way to stop."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.ui import icons
from soloflow.ui.jobs import Job
from soloflow.ui.theme import Theme, styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import label


class WaitingView(QWidget):
    """Icon, title, figures, bar, 中止."""

    def __init__(self, theme: Theme, title: str, sentence: str, stop: Callable[[], object]) -> None:
        super().__init__()
        styled(self, variant="page")
        mark = QLabel()
        mark.setPixmap(icons.pixmap(theme, "document", "ink3", 40, self.devicePixelRatioF()))
        self._figures = label("", "label")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(240)
        self._bar.setMaximum(0)
        self.stop = button(_("中止"), stop)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(2)
        heads: tuple[tuple[QWidget, int], ...] = (
            (mark, 16), (label(title, "title"), 8), (label(sentence, "second"), 16), (self._bar, 6), (self._figures, 20),
            (self.stop, 0),
        )  # fmt: skip
        for widget, space in heads:
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
            column.addSpacing(space)
        column.addStretch(3)
        self.setFocusProxy(self.stop)

    def show_job(self, job: Job) -> None:
        """Show how far the work is."""
        self._bar.setMaximum(job.total or 0)
        self._bar.setValue(job.done)
        known = _("{done} / {total}人").format(done=f"{job.done:,}", total=f"{job.total:,}") if job.total else ""
        so_far = _("{count}行まで読みました").format(count=f"{job.done:,}") if job.done and not job.total else ""
        self._figures.setText(known or so_far)
