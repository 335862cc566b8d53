"""What the page says while there is nobody to show."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services import wording
from soloflow.ui.context import Context
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.empty import EmptyState
from soloflow.ui.widgets.labels import LINK_GROUND, label


def nobody_known(context: Context) -> QWidget:
    """The empty page: what it is for, one button, and the other ways in."""
    page = EmptyState(
        context.theme,
        "customers",
        _("出会った人を、ここで育てます"),
        _(
            "名刺やアドレス帳を取り込むか、ひとりずつ書きとめると、\nいまの工程と次の一手がここに並びます。ファイルは、画面のどこにドロップしても取り込めます。"
        ),
        (_("名刺・アドレス帳を取り込む"), partial(context.navigate, "import")),
        (_("ひとり書きとめる（Ctrl+N）"), context.open_capture),
    )
    column = page.layout()
    assert isinstance(column, QVBoxLayout)
    sample = LinkButton(_("見本で試す"), context.open_sample)
    column.insertWidget(column.count() - 1, sample, 0, Qt.AlignmentFlag.AlignHCenter)
    return page


def nobody_chosen(context: Context) -> QWidget:
    """Beside a list in which nobody is chosen."""
    return EmptyState(context.theme, "person", _("だれも選ばれていません"), _("左の一覧から選ぶと、ここに開きます。"))


class NobodyHere(QWidget):
    """Lies over the empty list, which keeps the keyboard: a digit typed now must not land in another field.

    Signals: `elsewhere(standing)`, the user wants the segment in which there are hits; `wider()`, nothing is to narrow the list.
    """

    elsewhere = Signal(str)
    wider = Signal()

    def __init__(self) -> None:
        super().__init__()
        styled(self, variant="page")
        self._words = label("", "second", wrap=True)
        self.link = LinkButton("", self._on_link)
        self.clear = LinkButton(_("絞り込みをすべて外す"), self.wider.emit)
        self._standing = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(16 - LINK_GROUND, 16, 16, 16)
        self._words.setContentsMargins(LINK_GROUND, 0, 0, 0)  # the words of the links begin below its own
        column.addWidget(self._words)
        for link in (self.link, self.clear):
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_counts(self, others: dict[str, int], *, narrowed: bool, filtered: bool) -> None:
        """Say that nobody is here, and where somebody is; `others` are the counts of the other segments."""
        self.clear.setVisible(filtered)
        words = _("当てはまる顧客はいません。") if narrowed else _("ここには、まだだれもいません。")
        self._words.setText(words)
        best = max(others, key=others.__getitem__, default="")
        self.link.setVisible(bool(best and others[best]))
        if best:
            self._standing = best
            where = _(wording.STANDINGS[best])
            self.link.setText(_("{where}に{count}社います").format(where=where, count=f"{others[best]:,}"))

    def _on_link(self) -> None:
        self.elsewhere.emit(self._standing)
