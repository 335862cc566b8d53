"""The quiet line at the bottom: the running job with progress and 中止, and at the right the last backup and publication."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from soloflow.i18n import _
from soloflow.ui.context import Context
from soloflow.ui.jobs import Job
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.labels import ElidedLabel, label


class StatusLine(QFrame):
    """26 high."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        styled(self, variant="footer")
        self.setFixedHeight(context.theme.size("status"))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(96)
        self._words = ElidedLabel(role="small")
        self.setToolTip(_("キー操作の一覧  F1"))
        self._stop = LinkButton(_("中止"), self._cancel)
        self._stop.setMaximumHeight(24)
        self._feet = label("", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._bar)
        row.addWidget(self._words)
        row.addWidget(self._stop)
        row.addStretch(1)
        row.addSpacing(16)
        row.addWidget(self._feet)
        context.jobs_changed.connect(self.show_jobs)
        self.show_jobs()

    @Slot()
    def show_jobs(self) -> None:
        """Show what is so now."""
        feet = self._context.feet
        order = [key for key in ("backup", "publish") if feet.get(key)]
        self._feet.setText("　".join(feet[key] for key in order))
        jobs = self._context.jobs
        self._bar.setVisible(bool(jobs))
        self._stop.setVisible(bool(jobs))
        if not jobs:
            self._words.setText(self._context.hint or _("待っている作業はありません"))
            return
        job = jobs[0]
        self._bar.setMaximum(job.total or 0)
        self._bar.setValue(job.done)
        self._words.setText(_sentence(job, len(jobs) - 1))

    def _cancel(self) -> None:
        if self._context.jobs:
            self._context.jobs[0].cancel()


def _sentence(job: Job, waiting: int) -> str:
    parts = [job.text or job.title]
    if job.total:
        parts.append(f"{job.done:,} / {job.total:,}")
    elif job.done:
        parts.append(f"{job.done:,}")
    if waiting:
        parts.append(_("ほか{count}件").format(count=waiting))
    return " ".join(parts)
