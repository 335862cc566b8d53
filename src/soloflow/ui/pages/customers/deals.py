"""案件: name, amount, state and dates; the pencil opens the fields in place. A deal never moves its customer."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from soloflow.domain.money import parse_yen
from soloflow.i18n import _, pgettext, side_by_side
from soloflow.services import deals, prospects, when, wording
from soloflow.services.changes import Changes
from soloflow.services.customers import Customer, Deal
from soloflow.ui.context import Context
from soloflow.ui.pages.customers.cards import CardList, Form
from soloflow.ui.pages.customers.fields import InlineField
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton, button, icon_button
from soloflow.ui.widgets.date_field import DateField
from soloflow.ui.widgets.labels import ElidedLabel, SectionHead, label, tag

FIRST_STATES = ("expected", "quoted")
"""While a deal is in these, its amount is a judgement."""


class Deals(QWidget):
    """The section."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._id = 0
        self.add = icon_button(context.icon("plus", "acc"), _("案件を加える"), self._on_add, side=26)
        self._head = SectionHead(pgettext("deals", "案件"), 0, side=self.add, inset=8)
        self.list: CardList[Deal] = CardList(partial(DealCard, context))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.list)

    def show_customer(self, customer: Customer) -> None:
        """Show this one's deals."""
        self._id = customer.row.id
        self._head.set_count(len(customer.deals))
        self.list.show_records(customer.deals)
        for card in self.list.cards:
            if isinstance(card, DealCard):
                card.prospect = self._id

    def _on_add(self) -> None:
        self.context.run(
            partial(prospects.put_deal, self.context.workspace, self._id, name=_("新しい案件")), self._after_add
        )

    def _after_add(self, changes: Changes) -> None:
        for card in self.list.cards:
            if isinstance(card, DealCard) and card.deal_id in changes.created:
                card.open_fields()


class DealCard(QWidget):
    """One deal: name and amount, state and date; or the same as fields."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.prospect = 0
        self.deal_id = 0
        self.face = self._make_face()
        self.form = self._make_form()
        self.form.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(2)
        column.addWidget(self.face)
        column.addWidget(self.form)

    def _make_face(self) -> QWidget:
        face = QWidget()
        self._name, self._amount = ElidedLabel("", "strong"), label("")
        self._state, self._judged = ElidedLabel("", "small"), tag(_("判断"))
        pencil = icon_button(self.context.icon("pencil", "ink3"), _("案件を直す"), self.open_fields, side=24)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._name, 1)
        first.addWidget(self._amount)
        second.setSpacing(8)
        second.addWidget(self._state, 1)
        second.addWidget(pencil)
        second.addWidget(self._judged)
        column = QVBoxLayout(face)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(1)
        column.addLayout(first)
        column.addLayout(second)
        return face

    def _make_form(self) -> QWidget:
        part, form = QWidget(), Form()
        self.name = InlineField(_("案件の名前"))
        self.state = styled(QComboBox(), variant="inline")
        self.state.setAccessibleName(_("案件の状態"))
        for key in wording.DEAL_STATES:
            self.state.addItem(wording.deal_state(key), key)
        self.expected = InlineField(_("見込みの金額"), _("例 120万"))
        self.agreed = InlineField(_("決まった金額"), _("例 1,200,000"))
        self.dates = {key: self._date_field(key) for key in ("expected_on", "due_on", "payment_due_on")}
        form.add(_("名前"), self.name)
        form.add(_("状態"), self.state)
        form.add(_("見込み"), self.expected)
        form.add(_("金額"), self.agreed)
        for key, words in (("expected_on", _("時期")), ("due_on", _("納期")), ("payment_due_on", _("入金予定"))):
            form.add(words, self.dates[key])
        self.name.saved.connect(partial(self._on_words, "name"))
        self.expected.saved.connect(partial(self._on_yen, "expected_yen", self.expected))
        self.agreed.saved.connect(partial(self._on_yen, "agreed_yen", self.agreed))
        self.state.activated.connect(self._on_state)
        foot = QHBoxLayout()
        foot.setContentsMargins(4, 4, 8, 0)
        foot.addWidget(LinkButton(_("この案件を外す"), self._on_remove))
        foot.addStretch(1)
        foot.addWidget(button(_("閉じる"), self.close_fields, small=True))
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(form)
        column.addLayout(foot)
        return part

    def _date_field(self, key: str) -> DateField:
        ws = self.context.workspace
        made = DateField(partial(when.read_day, ws), partial(wording.day, ws))
        styled(made.field, variant="inline")
        made.field.setTextMargins(1, 0, 1, 0)
        made.field.setPlaceholderText(_("来月末、3/31 など"))
        made.field.setFixedWidth(130)
        made.changed.connect(partial(self._on_date, key))
        made.escaped.connect(self.close_fields)
        return made

    def show_record(self, deal: Deal) -> None:
        """Show this deal."""
        if deal.id != self.deal_id:
            self.close_fields()
        self.deal_id = deal.id
        yen = deal.expected_yen if deal.agreed_yen is None else deal.agreed_yen
        self._name.setText(deal.name or _("名前なし"))
        self._amount.setText(wording.amount(yen) if yen is not None else "")
        self._state.setText(self._state_words(deal))
        self._judged.setVisible(deal.agreed_yen is None and (yen is not None or deal.state in FIRST_STATES))
        self.name.show_value((deal.id, "name"), deal.name)
        self.state.setCurrentIndex(self.state.findData(deal.state))
        self.expected.show_value((deal.id, "expected"), _plain(deal.expected_yen))
        self.agreed.show_value((deal.id, "agreed"), _plain(deal.agreed_yen))
        for key, field in self.dates.items():
            day = getattr(deal, key)
            if not field.field.hasFocus():
                field.set_day(date.fromisoformat(day) if day else None)

    def _state_words(self, deal: Deal) -> str:
        ws = self.context.workspace
        words = [wording.deal_state(deal.state)]
        for day, name in (
            (deal.expected_on, _("{day}ごろ")),
            (deal.due_on, _("納期 {day}")),
            (deal.payment_due_on, _("入金 {day}")),
        ):
            if day:
                words.append(name.format(day=wording.day(ws, date.fromisoformat(day))))
        return side_by_side(words)

    @Slot()
    def open_fields(self) -> None:
        """Show the fields in place of the words."""
        self.face.hide()
        self.form.show()
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    @Slot()
    def close_fields(self) -> None:
        """Show the words again."""
        if self.form.isVisibleTo(self):
            self.form.hide()
            self.face.show()

    def _write(self, **values: object) -> None:
        ws = self.context.workspace
        self.context.run(partial(prospects.put_deal, ws, self.prospect, self.deal_id, **values))

    def _on_words(self, key: str, text: str) -> None:
        self._write(**{key: text})

    def _on_yen(self, key: str, field: InlineField, text: str) -> None:
        yen = parse_yen(text)
        is_read = yen is not None or not text
        styled(field, problem=not is_read)
        field.setToolTip("" if is_read else _("金額として読めません。「120万」「1,200,000」のように書けます。"))
        if is_read:
            self._write(**{key: yen})

    @Slot(int)
    def _on_state(self, _index: int) -> None:
        self._write(state=self.state.currentData())

    def _on_date(self, key: str, day: date | None) -> None:
        self._write(**{key: day.isoformat() if day else None})

    def _on_remove(self) -> None:
        self.context.run(partial(deals.remove_deal, self.context.workspace, self.deal_id))
        self.close_fields()


def _plain(yen: int | None) -> str:
    return "" if yen is None else f"{yen:,}"
