"""はじめの3歩: headline, mail, publish; there until the site has been published once."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.ui.context import Context
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.labels import label


class Guide(QFrame):
    """Three links, ticked when done; `wanted(path)` is a field's path, or "target"."""

    wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        styled(self, variant="panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(2)
        column.addWidget(label(_("はじめの3歩。ここまでできたら、今夜から宣伝できます。"), "strong", wrap=True))
        steps = QWidget()
        row = QHBoxLayout(steps)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self._links: dict[str, LinkButton] = {}
        for path, words in (
            ("home.headline", _("1 見出しを書く")),
            ("profile.mail", _("2 メールを入れる")),
            ("target", _("3 公開する")),
        ):
            link = LinkButton(words)
            link.setProperty("path", path)
            link.clicked.connect(self._on_link)
            self._links[path] = link
            row.addWidget(link)
        row.addStretch(1)
        column.addWidget(steps, 0, Qt.AlignmentFlag.AlignLeft)

    def show_document(self, document: Mapping[str, Any]) -> None:
        """Tick what is done."""
        done = {"home.headline": bool(document["home"]["headline"]), "profile.mail": bool(document["profile"]["mail"])}
        for path, link in self._links.items():
            link.setIcon(
                self.context.icon("check" if done.get(path) else "circle", "advt" if done.get(path) else "ink3")
            )
            words = link.text()
            link.setAccessibleName(_("{step}（済み）").format(step=words) if done.get(path) else words)

    @Slot()
    def _on_link(self) -> None:
        self.wanted.emit(self.sender().property("path"))
