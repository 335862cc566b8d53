"""The foot of the mapping step: how many rows are somebody, what to look at, and the way on."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from soloflow.i18n import _, ngettext, sentences
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import ElidedLabel, in_the_middle, label

HEIGHT = 60


class MappingFoot(QFrame):
    """60 high, on bg2."""

    def __init__(self, leave: Callable[[], object], go_on: Callable[[], object]) -> None:
        super().__init__()
        styled(self, variant="footer")
        self.setFixedHeight(HEIGHT)
        self.count = label("", "strong")
        self.remarks = ElidedLabel("", "label")
        self.leave = button(_("やめる"), leave)
        self.leave.setToolTip(_("何も取り込まずに戻ります  Esc"))
        self.go_on = button(_("この割り当てで確認へ進む"), go_on, variant="primary")
        self.go_on.setToolTip(_("まだ何も書き込みません。次の画面で、ひとりずつ確かめられます  Ctrl+Enter"))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(12)
        row.addLayout(in_the_middle(self.count, self.remarks), 1)
        row.addWidget(self.leave)
        row.addWidget(self.go_on)

    def show_counts(self, somebody: int, nobody: int, problems: int, *, can_read: bool) -> None:
        """Say how many rows are somebody and nobody, and how many places of the first rows need a look."""
        self.count.setText(_("人のいる行 {count}").format(count=f"{somebody:,}"))
        self.remarks.setText(sentences(_remarks(nobody, problems) if can_read else [_missing()]))
        self.go_on.setEnabled(somebody > 0 and can_read)


def _missing() -> str:
    return _("名前の列がありません。どれかの列を、名前・会社・メール・電話のいずれかにしてください。")


def _remarks(nobody: int, problems: int) -> list[str]:
    parts = [_("まだ何も書き込みません。")]
    if nobody:
        text = ngettext(
            "名前も連絡先もない{count}行は、読みとばします。",
            "名前も連絡先もない{count}行は、読みとばします。",
            nobody,
        )
        parts.append(text.format(count=f"{nobody:,}"))
    if problems:
        text = ngettext(
            "はじめのほうに、確かめたいところが{count}か所あります。",
            "はじめのほうに、確かめたいところが{count}か所あります。",
            problems,
        )
        parts.append(text.format(count=f"{problems:,}"))
    return parts
