"""Several lines were pasted: one question, in place."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from soloflow.i18n import _, listed, side_by_side
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

    def ask(self, lines: int, names: list[str], unread: str) -> None:
        """Ask about so many lines, which name these people; `unread` says how many name nobody and stay in the field."""
        self._head.setText(_("{count}行あります。1行をひとりとして加えますか").format(count=lines))
        self._names.setText(side_by_side((unread, listed(names))))
        self.add.setText(_("{count}人を加える").format(count=len(names)))
        self.add.setVisible(bool(names))
        self.setAccessibleName(self.sentence)
        self.show()

    @property
    def sentence(self) -> str:
        """What it says, both lines."""
        return f"{self._head.text()} {self._names.text()}"
