"""The foot of かさなり: everything that is sure at once, not the same, and the one primary button."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from soloflow.i18n import _, ngettext
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import ElidedLabel

HEIGHT = 60


class PairFoot(QFrame):
    """60 high, on bg2."""

    def __init__(
        self, merge_all: Callable[[], object], apart: Callable[[], object], merge: Callable[[], object]
    ) -> None:
        super().__init__()
        styled(self, variant="footer")
        self.setFixedHeight(HEIGHT)
        self.all = button("", merge_all)
        self.all.setToolTip(_("同じメールや携帯番号で、名前も食いちがわない組だけです。1回で取り消せます"))
        self.words = ElidedLabel("", "label")
        self.apart = button("", apart)
        self.merge = button(_("まとめる"), merge, variant="primary")
        self.merge.setToolTip(_("一つの記録にします  Enter"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 24, 0)
        row.setSpacing(12)
        row.addWidget(self.all)
        row.addWidget(self.words, 1)
        row.addWidget(self.apart)
        row.addWidget(self.merge)

    def show_state(self, sure: int, *, are_people: bool, is_open: bool, can_tell_apart: bool) -> None:
        """What can be done now: `sure` pairs at once, and something about the one that is shown."""
        self.all.setText(
            ngettext("確かな{count}組をすべてまとめる", "確かな{count}組をすべてまとめる", sure).format(
                count=f"{sure:,}"
            )
        )
        self.all.setVisible(sure > 1)
        self.apart.setText(_("別の人") if are_people else _("別の会社"))
        self.apart.setToolTip(_("同じではないと覚えて、もう出しません  X"))
        self.apart.setVisible(can_tell_apart)
        self.apart.setEnabled(is_open)
        self.merge.setEnabled(is_open)
        self.words.setText(_("どちらの履歴も残り、あとから取り消せます") if is_open else "")
