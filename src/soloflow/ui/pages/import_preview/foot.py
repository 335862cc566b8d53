"""The foot of the preview: how many, of which in the funnel, that it can be undone; and the button that does it."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from soloflow.i18n import _, ngettext, side_by_side
from soloflow.ui.models.import_tally import Counts
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton, button
from soloflow.ui.widgets.labels import ElidedLabel, in_the_middle, label

HEIGHT = 60


class ImportFoot(QFrame):
    """60 high, on bg2."""

    def __init__(
        self, leave: Callable[[], object], bring: Callable[[], object], show_open: Callable[[], object]
    ) -> None:
        super().__init__()
        styled(self, variant="footer")
        self.setFixedHeight(HEIGHT)
        self._head = label("", "strong")
        self._parts = ElidedLabel("", "body")
        self.remark = ElidedLabel("", "label")
        self.open = LinkButton("", show_open)
        self.open.setToolTip(_("答えるまで取り込まれません。押すと、要確認だけを表示します"))
        self.open.hide()
        self.leave = button(_("やめる"), leave)
        self.leave.setToolTip(_("何も取り込まずに戻ります  Esc"))
        self.bring = button("", bring, variant="primary")
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self._head)
        first.addWidget(self._parts, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(12)
        row.addLayout(in_the_middle(first, self.remark), 1)
        row.addWidget(self.open)
        row.addWidget(self.leave)
        row.addWidget(self.bring)

    def show_counts(self, counts: Counts) -> None:
        """Say what would be imported."""
        people = f"{counts.taken:,}"
        self._head.setText(
            _("{count}人を取り込みます").format(count=people) if counts.taken else _("取り込む人はいません")
        )
        parts = ((_("新規"), counts.new), (_("更新"), counts.update), (_("うち要確認"), counts.ask))
        self._parts.setText(side_by_side(f"{word} {count:,}" for word, count in parts if count))
        self.remark.setVisible(counts.taken > 0)
        self.remark.setText(
            _("集客に入る {enters}社、名簿だけ {book}人。あとから1回で取り消せます。").format(
                enters=f"{counts.entering:,}", book=f"{counts.book:,}"
            )
        )
        self.open.setVisible(counts.open > 0)
        self.open.setText(
            ngettext("要確認が{count}件残っています", "要確認が{count}件残っています", counts.open).format(
                count=f"{counts.open:,}"
            )
        )
        self.bring.setText(_("{count}人を取り込む").format(count=people))
        self.bring.setToolTip(_("まとめて取り込みます  Ctrl+Enter"))
        self.bring.setEnabled(counts.taken > 0)

    def say_what_stays(self) -> None:
        """Say that leaving takes the button, for what was decided would be lost; until the next decision."""
        words = _("選んだことが残っています。やめるときは「{button}」を押してください。")
        self.remark.setText(words.format(button=self.leave.text()))
        self.remark.show()
