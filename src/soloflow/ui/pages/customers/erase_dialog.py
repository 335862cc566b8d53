"""消去: the one thing that cannot be undone, and therefore the one that asks."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import label

NAME_LIMIT = 16
"""Characters of a name on the button; the whole name stands in the head."""


def shortened(name: str) -> str:
    """The name as far as a button has room for it."""
    return name if len(name) <= NAME_LIMIT else f"{name[: NAME_LIMIT - 1]}…"


class EraseDialog(QDialog):
    """Accepted means: erase. The keyboard stands on やめる."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("記録の消去"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = _(
            "名前、連絡先、メモ、案件、活動、そして取り消しの記録まで、この人とわかるものをすべて消します。"
            "元に戻せません。\n工程の移動の記録だけは、だれのものともわからない形で残るので、引き上げ率は変わりません。\n"
            "これまでに取った控えには、まだ入っています。要らなくなった控えはご自分で消してください。"
        )
        sentence = label(words, "second", wrap=True)
        sentence.setFixedWidth(420)
        self.stay = button(_("やめる"), self.reject)
        self.erase = button(_("{name}の記録を消去").format(name=shortened(name)), self.accept, variant="warning")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.stay)
        foot.addWidget(self.erase)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(label(_("{name}の記録を消去しますか").format(name=name), "head", wrap=True))
        column.addWidget(sentence)
        column.addLayout(foot)
        self.stay.setFocus()
