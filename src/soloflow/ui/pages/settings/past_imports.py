"""取り込みの履歴: every import with what became of it, and other large steps; each can be taken back at any later time."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from soloflow.i18n import _, ngettext, side_by_side
from soloflow.services import history, imports, wording
from soloflow.services.changes import Changes
from soloflow.ui.context import Context
from soloflow.ui.jobs import Job
from soloflow.ui.pages.settings.past import clear
from soloflow.ui.pages.settings.past_kept import KeptPanel
from soloflow.ui.pages.settings.section import Section
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import ElidedLabel, label, rule

MOST = 100
"""Imports that are listed, the newest first."""


class ImportsSection(Section):
    """The imports, then the other large steps; what was kept when one was taken back stands above them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the list itself: Enter does nothing here
        self.kept = KeptPanel(context)
        self.column.addWidget(self.kept)
        self._head = self.add_head(_("取り込みの履歴"))
        hint = _("いつでも取り消せます。上書きした値は元に戻り、あとから直したところは残ります。")
        self.column.addWidget(label(hint, "second", wrap=True))
        self.rows = self._add_rows()
        self._steps_head = self.add_head(_("まとめて変えたもの"))
        self.steps = self._add_rows()
        self.buttons: dict[int, QPushButton] = {}
        """By change set, what takes it back."""
        self._kept_at: tuple[int, int] | None = None
        """Where the journal stood when what was kept was listed."""
        self._job: Job | None = None
        self._asked: int | None = None
        """The change set that the keyboard took back, so that it goes on from there."""
        context.jobs_changed.connect(self._follow_job)

    def _add_rows(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(0)
        self.column.addLayout(rows)
        return rows

    def refresh(self) -> None:
        """List everything again."""
        at = next((number for number, one in self.buttons.items() if one.hasFocus()), None)
        for layout in (self.rows, self.steps):
            clear(layout)
        self.buttons.clear()
        self._list_imports()
        found = imports.large_steps(self.context.workspace)
        for step in found:
            words = ngettext("{count}件の変更", "{count}件の変更", step.rows).format(count=f"{step.rows:,}")
            self.steps.addWidget(self._row(step.at, step.label, words, self._button(step.change_set, step.label, None)))
        self._steps_head.setVisible(bool(found))
        self._order_tabs()
        self._forget_kept()
        if at in self.buttons:
            self.buttons[at].setFocus(Qt.FocusReason.OtherFocusReason)

    def _order_tabs(self) -> None:
        """From the list to what stands above it, then to the buttons as they are seen."""
        before: QWidget = self
        for one in (self.kept.copies, self.kept.words, *self.buttons.values()):
            QWidget.setTabOrder(before, one)
            before = one

    def _forget_kept(self) -> None:
        """Whatever was done since, what is said to be kept may be so no longer."""
        if self._kept_at is not None and history.mark(self.context.workspace) != self._kept_at:
            self._kept_at = None
            if self.kept.isAncestorOf(self.focusWidget() or self):
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.kept.show_kept(())

    def _list_imports(self) -> None:
        ws = self.context.workspace
        past = imports.past(ws)
        self._head.set_count(len(past) or None)
        for one in past[:MOST]:
            words = side_by_side((one.kind, imports.counts_sentence(one.report) or _("変更なし")))
            end = self._button(one.change_set, one.name, one.id) if one.stands else None
            if one.taken_back_by is not None:
                end = self._back_button(one.taken_back_by, one.name)
            self.rows.addWidget(self._row(one.at, one.name, words, end, imports.fate_sentence(ws, one)))
        if len(past) > MOST:
            self.rows.addWidget(label(_("ほか {count}件").format(count=f"{len(past) - MOST:,}"), "second"))
        if not past:
            self.rows.addWidget(label(_("まだ何も取り込んでいません。"), "second"))

    def _back_button(self, change_set: int, name: str) -> QPushButton:
        made = self._button(change_set, name, None)
        made.setText(_("元に戻す"))
        made.setAccessibleName(_("元に戻す：{label}").format(label=name))
        made.setToolTip(_("取り消した取り込みを、もう一度元に戻します"))
        return made

    def _button(self, change_set: int, name: str, import_id: int | None) -> QPushButton:
        made = button(_("取り消す"), partial(self._take_back, change_set, import_id), small=True)
        made.setAccessibleName(_("取り消す：{label}").format(label=name))
        made.setToolTip(_("この変更だけを取り消します（あとから元に戻せます）"))
        made.setEnabled(not self.is_busy)
        self.buttons[change_set] = made
        return made

    def _row(self, at: datetime, title: str, words: str, end: QWidget | None, fate: str = "") -> QWidget:
        """When, what with a line below it, and what can be done: 52 high with a hairline below."""
        made = QWidget()
        made.setFixedHeight(52)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        when = label(f"{wording.day(self.context.workspace, at.date())} {at:%H:%M}", "label")
        when.setMinimumWidth(112)
        row.addWidget(when)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addStretch(1)
        text.addWidget(ElidedLabel(title, "second" if fate else "strong"))
        text.addWidget(ElidedLabel(words, "label"))
        text.addStretch(1)
        row.addLayout(text, 1)
        if fate:
            row.addWidget(label(fate, "second"))
        if end is not None:
            row.addWidget(end)
        outer = QVBoxLayout(made)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(row, 1)
        outer.addWidget(rule("hairline"))
        return made

    def _take_back(self, change_set: int, import_id: int | None) -> None:
        """One at a time: a second click must not wait in the lane for what the first one takes away."""
        if self.is_busy:
            return
        ws = self.context.workspace
        self._asked = change_set
        action = (
            partial(history.revert, ws, change_set) if import_id is None else partial(imports.take_back, ws, import_id)
        )
        self._job = self.context.run_long(_("取り消しています"), action, self._after)
        self._follow_job()

    @property
    def is_busy(self) -> bool:
        """Whether something is being taken back."""
        return self._job in self.context.jobs

    @Slot()
    def _follow_job(self) -> None:
        """What cannot be pressed now is grey; the keyboard comes back when the work is over or was stopped."""
        for one in self.buttons.values():
            one.setEnabled(not self.is_busy)
        if not self.is_busy:
            self._return_keyboard()

    def _return_keyboard(self) -> None:
        asked, self._asked = self._asked, None
        if asked is not None and self.isVisible():
            wanted = self.buttons.get(asked)
            if wanted is not None:
                wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _after(self, changes: Changes) -> None:
        self.kept.show_kept(changes.conflicts)
        self._kept_at = history.mark(self.context.workspace)
        if changes.conflicts:
            self.verticalScrollBar().setValue(0)
            self.kept.copies.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
