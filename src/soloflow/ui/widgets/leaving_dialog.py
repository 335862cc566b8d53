"""Asked once when the window is closed while long work on the records runs: wait for it, stop it, or stay."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from soloflow.domain.errors import Cancelled
from soloflow.i18n import _
from soloflow.ui.context import Context
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import label


class LeavingDialog(QDialog):
    """Says what runs and how far it is. When that has ended the window closes; where it failed, the reason is seen first."""

    leaving = Signal()
    """Nothing holds the window any more, or the user does not mind."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._jobs = context.unfinished
        self.setWindowTitle(_("作業の途中です"))
        self.setMinimumWidth(440)
        self._head = label(_("作業の途中です"), "head")
        self._words = label("", "second", wrap=True)
        self.wait = button(_("終わるまで待って閉じる"), self._wait, variant="primary")
        self.stop = button(_("やめて閉じる"), self._leave)
        self.stay = button(_("閉じない"), self.reject)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 16)
        outer.setSpacing(8)
        outer.addWidget(self._head)
        outer.addWidget(self._words)
        outer.addWidget(label(_("途中でやめると、始める前のままになります。"), "second", wrap=True))
        outer.addSpacing(8)
        row = QHBoxLayout()
        row.addStretch(1)
        for one in (self.stay, self.stop, self.wait):
            row.addWidget(one)
        outer.addLayout(row)
        self.wait.setDefault(True)
        self.wait.setFocus()
        context.jobs_changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        left = self._context.unfinished
        if left:
            job = left[0]
            far = f" {job.done:,} / {job.total:,}" if job.total else ""
            self._words.setText(f"{job.title}{far}")
        elif any(job.error is not None and not isinstance(job.error, Cancelled) for job in self._jobs):
            self.reject()
        else:
            QTimer.singleShot(0, self, self._leave)  # what follows from the result comes first

    @Slot()
    def _wait(self) -> None:
        self._head.setText(_("終わったら閉じます"))
        self.stay.setFocus()
        self.wait.hide()

    @Slot()
    def _leave(self) -> None:
        if self.isVisible():
            self._context.jobs_changed.disconnect(self._follow)
            self.accept()
            self.leaving.emit()
