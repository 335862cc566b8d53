"""流入元, タグ, 目安 and 基本のこと: the quieter parts of the right column."""

import re
from functools import partial

from PySide6.QtCore import QStringListModel, Qt, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services import customers, origin, prospects, wording
from soloflow.services.customers import Customer
from soloflow.ui.context import Context
from soloflow.ui.pages.customers.cards import Form
from soloflow.ui.pages.customers.fields import InlineField, drop
from soloflow.ui.pages.customers.referrer import ReferrerField
from soloflow.ui.theme import styled
from soloflow.ui.widgets.flow import FlowLayout
from soloflow.ui.widgets.labels import SectionHead

TICK_WIDTH = 236
"""Room for the words beside a tick."""
TICK_LINE = 20
_WORD = re.compile(r"[!-~]+\s*|.", re.DOTALL)
"""What may not be broken: a word of a language with spaces, a letter of one without."""


def wrapped(text: str, metrics: QFontMetrics, width: int) -> str:
    """The text broken into lines of like length that fit, because a check box does not break its own."""
    whole = metrics.horizontalAdvance(text)
    least = -(-whole // width)
    even = min(width, whole // max(1, least) + metrics.horizontalAdvance("あ"))
    lines = _lines(text, metrics, even if least > 1 else width)
    return "\n".join(lines if len(lines) <= max(1, least) else _lines(text, metrics, width))


def _lines(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    lines = [""]
    for word in _WORD.findall(text):
        if lines[-1] and metrics.horizontalAdvance(lines[-1] + word.rstrip()) > width:
            lines.append("")
        lines[-1] += word
    return [line.rstrip() for line in lines]


def section(head: SectionHead, *parts: QWidget) -> QVBoxLayout:
    """A head and what stands below it, with air after it."""
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(head)
    for part in parts:
        column.addWidget(part)
    return column


class Origin(QWidget):
    """流入元: channel, concrete source, referrer."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._id = 0
        self.channel = styled(QComboBox(), variant="inline")
        self.channel.setAccessibleName(_("チャネル"))
        self.channel.activated.connect(self._on_channel)
        self.source = InlineField(_("流入元"), _("どの勉強会、どのリンクから"))
        self.source.saved.connect(self._on_source)
        self._sources = QStringListModel(self)
        completer = QCompleter(self._sources, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.source.setCompleter(completer)
        self.referrer = ReferrerField(context)
        form = Form()
        form.add(_("チャネル"), self.channel)
        form.add(_("流入元"), self.source)
        form.add(_("紹介元"), self.referrer)
        self.setLayout(section(SectionHead(_("流入元"), inset=8), form))

    def show_customer(self, customer: Customer) -> None:
        """Show this one's."""
        if customer.row.id != self._id or not self.channel.count():
            self._fill(customer)
        self._id = customer.row.id
        self.channel.setCurrentIndex(max(0, self.channel.findData(customer.channel_id)))
        self.source.show_value((self._id, "source"), customer.source)
        self.referrer.show_referrer(self._id, customer.referrer_id, customer.referrer)

    def _fill(self, customer: Customer) -> None:
        ws = self.context.workspace
        channels = customers.channels(ws)
        self.channel.clear()
        self.channel.addItem(_("未設定"), None)
        for one, name in channels:
            self.channel.addItem(name, one)
        if customer.channel_id is not None and self.channel.findData(customer.channel_id) < 0:
            self.channel.addItem(customer.channel, customer.channel_id)
        self._sources.setStringList(origin.sources(ws))

    @Slot(int)
    def _on_channel(self, _index: int) -> None:
        channel = self.channel.currentData()
        self.context.run(partial(prospects.edit, self.context.workspace, self._id, channel_id=channel))

    @Slot(str)
    def _on_source(self, text: str) -> None:
        self.context.run(partial(origin.set_source, self.context.workspace, self._id, text))


class Basics(QWidget):
    """基本のこと: how the name is read, the web site, a memo."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._id = 0
        self.fields = {
            "kana": InlineField(_("かな"), _("よみがな")),
            "website": InlineField(_("サイト"), "https://"),
            "memo": InlineField(_("メモ"), _("会社について")),
        }
        form = Form()
        for key, field in self.fields.items():
            field.saved.connect(partial(self._on_saved, key))
            form.add(field.accessibleName(), field)
        self.setLayout(section(SectionHead(_("基本のこと"), inset=8), form))

    def show_customer(self, customer: Customer) -> None:
        """Show this one's."""
        self._id = customer.row.id
        for key, field in self.fields.items():
            field.show_value((self._id, key), getattr(customer, key))

    def _on_saved(self, key: str, text: str) -> None:
        self.context.run(partial(prospects.edit, self.context.workspace, self._id, **{key: text}))


class Tags(QWidget):
    """タグ as chips, and a field for one more."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._id = 0
        self._shown: tuple[tuple[int, str], ...] | None = None
        self._place = QWidget()
        outer = QHBoxLayout(self._place)
        outer.setContentsMargins(8, 0, 8, 0)
        self._line_holder = QWidget()
        self._line = FlowLayout(self._line_holder, gap=6)
        outer.addWidget(self._line_holder)
        self.field = InlineField(_("タグを付ける"), _("タグを付ける"))
        self.field.saved.connect(self._on_new)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field.setCompleter(completer)
        self.setLayout(section(SectionHead(_("タグ"), inset=8), self._place, self.field))

    def show_customer(self, customer: Customer) -> None:
        """Show this one's tags."""
        if customer.row.id != self._id:
            self._names.setStringList([name for _id, name, _uses in customers.tags(self.context.workspace)])
        self._id = customer.row.id
        self.field.show_value((self._id, customer.tags), "")
        if customer.tags != self._shown:
            self._shown = customer.tags
            self._line.clear()
            for tag_id, name in customer.tags:
                self._line.addWidget(self._chip(tag_id, name))
            self._place.setVisible(bool(customer.tags))
            self._line_holder.updateGeometry()

    def _chip(self, tag_id: int, name: str) -> QPushButton:
        made = styled(QPushButton(f"#{name}"), variant="chip")
        made.setIcon(self.context.icon("cross", "ink2", 12))
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        made.setToolTip(_("タグ #{tag} を外す").format(tag=name))
        made.setAccessibleName(made.toolTip())
        made.setMaximumWidth(240)
        made.clicked.connect(partial(self._on_remove, tag_id))
        return made

    @Slot(str)
    def _on_new(self, text: str) -> None:
        if text:
            self.context.run(partial(prospects.tag, self.context.workspace, (self._id,), text))

    def _on_remove(self, tag_id: int, _checked: bool = False) -> None:
        self.context.run(partial(prospects.untag, self.context.workspace, self._id, tag_id))


class Criteria(QWidget):
    """「4 見込顧客へ進む目安」 as ticks."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._id = 0
        self._head = SectionHead("", inset=8)
        self._place = QWidget()
        self._column = QVBoxLayout(self._place)
        self._column.setContentsMargins(8, 0, 8, 0)
        self._column.setSpacing(2)
        self.ticks: list[QCheckBox] = []
        self._shown: object = None
        self.setLayout(section(self._head, self._place))

    def show_customer(self, customer: Customer) -> None:
        """Show what must be true for this one's next stage."""
        stage, criteria = customer.criteria_stage, customer.criteria
        self.setVisible(stage is not None and bool(criteria))
        if stage is None or (customer.row.id, stage, criteria) == self._shown:
            return
        self._shown = (customer.row.id, stage, criteria)
        self._id = customer.row.id
        self._head.set_title(_("{stage}へ進む目安").format(stage=wording.stage_name(stage)))
        if len(self.ticks) != len(criteria):
            self._make_ticks(len(criteria))
        for tick, one in zip(self.ticks, criteria, strict=True):
            tick.setProperty("criterion", one.id)
            words = wrapped(one.text, tick.fontMetrics(), TICK_WIDTH)
            tick.setText(words)
            tick.ensurePolished()  # the style sheet sets a least height for one line and must come first
            tick.setMinimumHeight(TICK_LINE * (words.count("\n") + 1) + 6)
            tick.setAccessibleName(one.text)
            tick.setChecked(one.is_met)

    def _make_ticks(self, count: int) -> None:
        while self.ticks:
            drop(self.ticks.pop())
        for number in range(count):
            tick = QCheckBox()
            tick.clicked.connect(partial(self._on_tick, number))
            self.ticks.append(tick)
            self._column.addWidget(tick)

    def _on_tick(self, number: int, met: bool) -> None:
        criterion = self.ticks[number].property("criterion")
        self.context.run(partial(prospects.tick_criterion, self.context.workspace, self._id, criterion, met=met))
