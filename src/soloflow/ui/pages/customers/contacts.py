"""連絡先: the people at a customer; mail opens the mail program, a click copies, the pencil opens the fields in place."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from soloflow.domain.candidates import Candidate
from soloflow.i18n import _, side_by_side
from soloflow.services import prospects
from soloflow.services.changes import Changes
from soloflow.services.customers import Contact, Customer
from soloflow.ui.context import Context
from soloflow.ui.pages.customers.cards import CardList, Form
from soloflow.ui.pages.customers.fields import InlineField
from soloflow.ui.pages.customers.points import PointFields, PointLines
from soloflow.ui.widgets.buttons import LinkButton, button, icon_button
from soloflow.ui.widgets.labels import ElidedLabel, SectionHead, tag


class Contacts(QWidget):
    """The section."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._id = 0
        self._wants_open = False
        self.add = icon_button(context.icon("plus", "acc"), _("連絡先を加える"), self._on_add, side=26)
        self._head = SectionHead(_("連絡先"), 0, side=self.add, inset=8)
        self.list: CardList[Contact] = CardList(partial(ContactCard, context))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.list)

    def show_customer(self, customer: Customer) -> None:
        """Show this one's people."""
        self._id = customer.row.id
        self._head.set_count(len(customer.contacts))
        self.list.show_records(customer.contacts)

    def _on_add(self) -> None:
        self.context.run(partial(prospects.add_contact, self.context.workspace, self._id, Candidate()), self._after_add)

    def _after_add(self, _changes: Changes) -> None:
        card = self.list.cards[-1] if self.list.cards else None
        if isinstance(card, ContactCard):
            card.open_fields()


class ContactCard(QWidget):
    """One person: name and kana, department and title, ways to reach them; or the same as fields."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._contact: Contact | None = None
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
        self._name = ElidedLabel("", "strong")
        self._kana = ElidedLabel("", "label")
        self._pencil = icon_button(self.context.icon("pencil", "ink3"), _("連絡先を直す"), self.open_fields, side=24)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._name)
        first.addWidget(self._kana, 1)
        first.addWidget(self._pencil)
        self._post = ElidedLabel("", "small")
        self._judged = tag(_("判断"))
        second = QHBoxLayout()
        second.setSpacing(6)
        second.addWidget(self._post)
        second.addWidget(self._judged)
        second.addStretch(1)
        self.points = PointLines(self.context)
        column = QVBoxLayout(face)
        column.setContentsMargins(8, 0, 4, 0)
        column.setSpacing(1)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self.points)
        return face

    def _make_form(self) -> QWidget:
        part = QWidget()
        form = Form()
        self.fields = {
            "name": InlineField(_("名前"), _("山田 太郎")),
            "kana": InlineField(_("かな"), _("やまだ たろう")),
            "department": InlineField(_("部署")),
            "title": InlineField(_("役職")),
            "role": InlineField(_("役割（判断）"), _("決める人、推す人、窓口など")),
        }
        for key, field in self.fields.items():
            field.saved.connect(partial(self._on_saved, key))
            form.add(_("役割") if key == "role" else field.accessibleName(), field)
        self.point_fields = PointFields(form)
        self.point_fields.saved.connect(self._on_points)
        foot = QHBoxLayout()
        foot.setContentsMargins(4, 4, 8, 0)
        foot.addWidget(LinkButton(_("この連絡先を外す"), self._on_remove))
        foot.addStretch(1)
        foot.addWidget(button(_("閉じる"), self.close_fields, small=True))
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(form)
        column.addLayout(foot)
        return part

    def show_record(self, contact: Contact) -> None:
        """Show this person."""
        if self._contact is not None and self._contact.id != contact.id:
            self.close_fields()
        self._contact = contact
        self._name.setText(contact.name or _("名前なし"))
        self._kana.setText(contact.kana)
        post = " ".join(word for word in (contact.department, contact.title) if word)
        self._post.setText(side_by_side((post, contact.role)))
        self._post.setVisible(bool(self._post.text()))
        self._judged.setVisible(bool(contact.role))
        self._pencil.setAccessibleName(_("{name} の連絡先を直す").format(name=contact.name))
        self.points.show_points(contact.points)
        for key, field in self.fields.items():
            field.show_value((contact.id, key), getattr(contact, key))
        self.point_fields.show_points(contact.id, contact.points)

    @Slot()
    def open_fields(self) -> None:
        """Show the fields in place of the words."""
        self.face.hide()
        self.form.show()
        self.fields["name"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def close_fields(self) -> None:
        """Show the words again."""
        if self.form.isVisibleTo(self):
            self.form.hide()
            self.face.show()

    def _on_saved(self, key: str, text: str) -> None:
        if self._contact is not None:
            ws = self.context.workspace
            self.context.run(partial(prospects.edit_contact, ws, self._contact.id, {key: text}))

    @Slot(object)
    def _on_points(self, points: tuple[tuple[str, str, str], ...]) -> None:
        if self._contact is not None:
            ws = self.context.workspace
            self.context.run(partial(prospects.edit_contact, ws, self._contact.id, {}, points))

    def _on_remove(self) -> None:
        if self._contact is not None:
            self.context.run(partial(prospects.remove_contact, self.context.workspace, self._contact.id))
            self.close_fields()
