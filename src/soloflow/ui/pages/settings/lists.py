"""言葉: the short lists of the user, edited where they stand."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import vocabulary
from soloflow.services.vocabulary import Word
from soloflow.ui.context import Context
from soloflow.ui.pages.settings.past import clear, line
from soloflow.ui.pages.settings.section import SavedField, Section
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import label


class ListsSection(Section):
    """チャネル and 離脱理由: rename in place, hide, add."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.lists: dict[str, QVBoxLayout] = {}
        self.adders: dict[str, SavedField] = {}
        titles = {"channels": _("チャネル"), "lost_reasons": _("離脱理由")}
        for table, title in titles.items():
            self.add_head(title)
            rows = QVBoxLayout()
            rows.setSpacing(0)
            self.lists[table] = rows
            self.column.addLayout(rows)
            adder = SavedField(_("{title}を加える").format(title=title), _("加える言葉を書いて Enter"))
            adder.saved.connect(partial(self._add, table))
            self.adders[table] = adder
            self.column.addWidget(adder)
        hint = _("隠した言葉は、新しく選ぶときに出ません。これまでの記録には残ります。")
        self.column.addWidget(label(hint, "label", wrap=True))
        self.setFocusProxy(self.adders["channels"])

    def refresh(self) -> None:
        """List the words again."""
        for table, rows in self.lists.items():
            clear(rows)
            for word in vocabulary.words(self.context.workspace, table):
                rows.addWidget(self._row(table, word))

    def _row(self, table: str, word: Word) -> QWidget:
        field = styled(SavedField(word.name), variant="inline")
        field.setMinimumWidth(320)
        field.show_text(word.name)
        field.saved.connect(partial(self._rename, table, word.id))
        verb = _("出す") if word.hidden else _("隠す")
        act = partial(self._hide, table, word.id, hidden=not word.hidden)
        hides = button(verb, act, variant="quiet", small=True)
        hides.setAccessibleName(f"{verb} {word.name}")
        state = label(_("隠しています") if word.hidden else "", "label")
        return line(field, None, state, hides)

    def _add(self, table: str, name: str) -> None:
        self.adders[table].show_text("")
        self.adders[table].clear()
        if name:
            self.context.run(partial(vocabulary.add, self.context.workspace, table, name))

    def _rename(self, table: str, word: int, name: str) -> None:
        action = partial(vocabulary.rename, self.context.workspace, table, word, name)
        self.context.run(action, failed=self._on_refused)

    def _hide(self, table: str, word: int, *, hidden: bool) -> None:
        self.context.run(partial(vocabulary.hide, self.context.workspace, table, word, hidden=hidden))

    def _on_refused(self, error: UserError) -> None:
        self.context.notify(str(error), kind="error")
        self.refresh()
