"""What stands between the lines of a day: heads, links and the sentence of a week with nothing in it."""

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services import today, wording
from soloflow.services.workspace import Workspace
from soloflow.ui.models.today_rows import Entry
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.labels import SectionHead, label


class Between(QWidget):
    """The widget of an entry that is neither a line nor a panel."""

    more_wanted = Signal()
    without_step_wanted = Signal()
    snooze_wanted = Signal()
    """All of 期限切れ, to another day."""

    def __init__(self, ws: Workspace, entry: Entry) -> None:
        super().__init__()
        self._ws = ws
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12 if entry.kind == "head" else 0, 0, 0)
        if entry.kind == "head":
            column.addWidget(self._make_head(entry))
        elif entry.kind == "more":
            column.setContentsMargins(4, 0, 0, 0)
            column.addWidget(LinkButton(_("ほか {count:,}件を表示").format(count=entry.count), self.more_wanted.emit))
        elif entry.kind == "idle":
            column.setContentsMargins(4, 8, 0, 0)
            words = _("次の一手なし {count:,}社").format(count=entry.count)
            link = LinkButton(words, self.without_step_wanted.emit)
            link.setToolTip(_("進行中なのに次の一手が決まっていない顧客を開きます"))
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            column.setContentsMargins(8, 24, 8, 0)
            column.addWidget(label(_("今日から1週間、決まっていることはありません。"), "form"))
            column.addWidget(label(_("顧客に次の一手を決めると、その日にここへ並びます。"), "second"))
            column.addStretch(1)

    def _make_head(self, entry: Entry) -> SectionHead:
        titles = {
            "overdue": _("期限切れ"), "today": _("今日"), "week": week_title(self._ws.today()), "recontacts": _("再連絡の日"),
            "stuck": _("止まっている顧客"), "money": _("納品・入金"), "verdicts": _("改善策の判定"),
        }  # fmt: skip
        side: QWidget | None = None
        if entry.name == "overdue":
            side = LinkButton(_("日付をまとめて動かす"), self.snooze_wanted.emit)
        elif entry.name == "week":
            side = label(_week_words(self._ws), "label")
        elif entry.name == "stuck":
            side = label(_("いつもより長い"), "label")
        return SectionHead(titles[entry.name], entry.count, side=side, late=entry.name == "overdue", inset=8)


def week_title(day: date) -> str:
    """今週 where the days to come are of this calendar week, from Monday to Sunday: a Tuesday of next week is not of this one."""
    return _("今週") if day.weekday() == 0 else _("これから1週間")


def _week_words(ws: Workspace) -> str:
    day = ws.today()
    last = day + timedelta(days=today.WEEK_DAYS)
    return f"{wording.day(ws, day + timedelta(days=1))}–{wording.day(ws, last)}"
