"""紹介元: the customer who introduced this one, found as one types; afterwards moving that one to step 9 is offered."""

from functools import partial

from PySide6.QtCore import QStringListModel, Qt, Slot
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QWidget

from soloflow.i18n import _, side_by_side
from soloflow.services import customers, process, prospects, wording
from soloflow.services.changes import Changes
from soloflow.ui.context import Context, Notice
from soloflow.ui.pages.customers.fields import InlineField
from soloflow.ui.widgets.buttons import icon_button

HITS = 8
REFERRAL = 9


class ReferrerField(QWidget):
    """A field that completes to customers, and a way to go there."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._id = 0
        self._referrer: int | None = None
        self._found: dict[str, int] = {}
        self.field = InlineField(_("紹介元"), _("紹介してくれた顧客"))
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.field.setCompleter(completer)
        self.field.textEdited.connect(self._on_edited)
        self.field.saved.connect(self._on_saved)
        completer.activated.connect(self._on_activated)
        self._go = icon_button(context.icon("arrow-right", "acc"), _("紹介元を開く"), self._open, side=24)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(self.field, 1)
        line.addWidget(self._go)
        self.setFocusProxy(self.field)

    def show_referrer(self, prospect: int, referrer: int | None, name: str) -> None:
        """Show who introduced this customer."""
        self._id, self._referrer = prospect, referrer
        self.field.show_value((prospect, "referrer"), name)
        self._go.setVisible(referrer is not None)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        rows = customers.find(self.context.workspace, text, HITS) if text.strip() else []
        self._found = {}
        for row in rows:
            if row.id != self._id:
                stage = wording.stage_name(row.stage) if row.stage else _(wording.STANDINGS["book"])
                more = side_by_side((stage, str(row.id)))
                name = _("{words}（{more}）").format(words=row.name, more=more) if row.name in self._found else row.name
                self._found[name] = row.id
        self._names.setStringList(list(self._found))

    @Slot(str)
    def _on_activated(self, text: str) -> None:
        self.field.setText(text)
        self.field.commit()

    @Slot(str)
    def _on_saved(self, text: str) -> None:
        referrer = self._found.get(text)
        if text and referrer is None:
            self.context.notify(
                _("「{name}」という顧客は見つかりません。先に顧客として加えてください。").format(name=text)
            )
            self.field.show_value(None, "")
            return
        action = partial(prospects.edit, self.context.workspace, self._id, referrer_id=referrer)
        self.context.run(action, partial(self._offer, referrer) if referrer else None)

    def _offer(self, referrer: int, _changes: Changes) -> None:
        rows = customers.rows(self.context.workspace, (referrer,))
        if rows and rows[0].stage is not None and rows[0].stage < REFERRAL:
            stage = wording.stage_name(REFERRAL)
            words = _("紹介元の{name}を「{stage}」へ移しますか").format(name=rows[0].name, stage=stage)
            self.context.noticed.emit(Notice(words, action=_("移す"), act=partial(self._move, referrer)))

    def _move(self, referrer: int) -> None:
        self.context.run(partial(process.move, self.context.workspace, (referrer,), REFERRAL))

    def _open(self) -> None:
        if self._referrer is not None:
            self.context.open_prospect(self._referrer)

    def focus_field(self) -> None:
        """Put the keyboard into the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
