"""Several lines were pasted: one question, in place."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from soloflow.i18n import _, listed
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import ElidedLabel


class ManyPanel(QFrame):
    """56 high, on sel: how many lines, whom they name, and what may be done."""

    def __init__(self) -> None:
        super().__init__()
        styled(self, variant="panel")
        self._head = ElidedLabel("", "strong")
        self._names = ElidedLabel("", "label")
        self.add = button("", variant="primary")
        self.add.setToolTip(_("1行をひとりとして加えます  Enter"))
        self.join = button(_("1人として1行にする"))
        self.join.setToolTip(_("行をつないで1人の記録にします  Esc"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._head)
        words.addWidget(self._names)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(13, 0, 12, 0)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self.join)
        row.addWidget(self.add)
        self.setFixedHeight(56)
        self.hide()

    def ask(self, names: list[str]) -> None:
        """Ask about these people."""
        count = len(names)
        self._head.setText(_("{count}行あります。1行をひとりとして加えますか").format(count=count))
        self._names.setText(listed(names))
        self.add.setText(_("{count}人を加える").format(count=count))
        self.setAccessibleName(self._head.text())
        self.show()
