"""Several customers at once: tag, move, park, lose, delete; each one undoable step."""

from functools import partial

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services import prospects
from soloflow.ui.context import Context
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton, button
from soloflow.ui.widgets.ime import ImeLineEdit
from soloflow.ui.widgets.labels import label


class Bulk(QWidget):
    """What stands beside the list while several are chosen. Signals `asked("move" | "lose" | "recycle" | "remove")`, `left`."""

    asked = Signal(str)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._ids: tuple[int, ...] = ()
        styled(self, variant="page")
        self._title = label("", "title")
        self.tag = ImeLineEdit()
        self.tag.setPlaceholderText(_("タグを付ける"))
        self.tag.setAccessibleName(_("選んだ顧客にタグを付ける"))
        self.tag.setFixedWidth(280)
        self.tag.submitted.connect(self._on_tag)
        self.buttons = {
            key: button(words, partial(self.asked.emit, key))
            for key, words in (
                ("move", _("工程を移す…")),
                ("recycle", _("育成に移す…")),
                ("lose", _("離脱にする…")),
                ("remove", _("削除する")),
            )
        }
        for key, shortcut in (("move", "D"), ("recycle", "R"), ("lose", "X"), ("remove", "Delete")):
            self.buttons[key].setToolTip(f"{self.buttons[key].text()}  {shortcut}")
        line = QHBoxLayout()
        line.setSpacing(8)
        for made in self.buttons.values():
            line.addWidget(made)
        line.addStretch(1)
        tagging = QHBoxLayout()
        tagging.setSpacing(8)
        tagging.addWidget(self.tag)
        tagging.addWidget(button(_("付ける"), self._on_button))
        tagging.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addWidget(self._title)
        column.addWidget(label(_("まとめて変えられます。どれもあとから取り消せます。"), "second"))
        column.addLayout(line)
        column.addLayout(tagging)
        column.addWidget(LinkButton(_("選択を解く"), self.left.emit), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_ids(self, ids: tuple[int, ...]) -> None:
        """Work on these."""
        self._ids = ids
        self._title.setText(_("{count}社を選んでいます").format(count=f"{len(ids):,}"))

    def _on_button(self) -> None:
        self._on_tag(self.tag.text())

    @Slot(str)
    def _on_tag(self, text: str) -> None:
        if text.strip():
            self.context.run(partial(prospects.tag, self.context.workspace, self._ids, text))
            self.tag.clear()

    def anchor(self, key: str) -> tuple[QWidget, QRect]:
        """The button beside which a panel stands."""
        made = self.buttons[key]
        return made, made.rect()
