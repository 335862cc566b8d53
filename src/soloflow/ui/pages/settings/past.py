"""控え and 履歴: copies of the whole, and single changes taken back while later ones stay."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services import backups, history, wording
from soloflow.services.changes import Changes
from soloflow.services.workspace import Progress, Workspace
from soloflow.ui.context import Context
from soloflow.ui.pages.settings.past_kept import KeptPanel
from soloflow.ui.pages.settings.section import Section
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import ElidedLabel, label, rule

STEPS = 50


class BackupSection(Section):
    """The copies, newest first; putting one back keeps the present beside them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.add_head(_("控え"))
        self.takes = button(_("控えを取る"), self._take)
        self.add_line(
            _("新しい控え"),
            self.takes,
            hint=_("毎日ひとつ、自動でも取っています。戻すときは、いまのデータも控えに残します。"),
        )
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        self.column.addLayout(self.rows)
        self._asked: tuple[str, Path] | None = None
        """What is asked about (restore, delete), and of which copy."""
        self._focus: dict[tuple[str, Path], QPushButton] = {}
        self.setFocusProxy(self.takes)

    def refresh(self) -> None:
        """List the copies again."""
        clear(self.rows)
        self._focus.clear()
        found = backups.listed(self.context.workspace)
        for copy in found:
            self.rows.addWidget(self._row(copy))
        if not found:
            self.rows.addWidget(label(_("控えはまだありません。"), "second"))

    def _row(self, copy: backups.Backup) -> QWidget:
        ws = self.context.workspace
        when = f"{wording.day(ws, copy.taken.date())} {copy.taken:%H:%M}"
        kind = _("毎日の控え") if copy.is_daily else _("自分で取った控え")
        size = f"{copy.size / 1e6:.1f} MB"
        if self._asked is not None and copy.path == self._asked[1]:
            return self._question(when, *self._asked)
        restores = button(_("戻す…"), partial(self._ask, "restore", copy.path), small=True)
        restores.setAccessibleName(_("{when} の控えに戻す").format(when=when))
        deletes = button(_("消す…"), partial(self._ask, "delete", copy.path), variant="quiet", small=True)
        deletes.setAccessibleName(_("{when} の控えを消す").format(when=when))
        self._focus |= {("restore", copy.path): restores, ("delete", copy.path): deletes}
        return line(label(when), label(kind, "second"), None, label(size, "label"), restores, deletes)

    def _question(self, when: str, what: str, copy: Path) -> QWidget:
        """What undo cannot mend is asked about once, in place: Enter does it, Esc does not."""
        if what == "restore":
            words = _("{when} の状態に戻します。SoloFlow を開き直します。").format(when=when)
            does = button(_("戻す"), partial(self.context.restore, copy), variant="primary", small=True)
        else:
            words = _("{when} の控えを消します。元に戻せません。").format(when=when)
            does = button(_("消す"), partial(self._delete, copy), variant="primary", small=True)
        does.setAccessibleDescription(words)
        self._focus[what, copy] = does
        made = line(ElidedLabel(words), does, button(_("やめる"), self._leave, variant="quiet", small=True))
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), made)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._leave)
        return made

    def _ask(self, what: str, copy: Path) -> None:
        self._asked = (what, copy)
        self.refresh()
        self._take_keyboard((what, copy))

    @Slot()
    def _leave(self) -> None:
        """Not after all: back to the button that asked."""
        asked, self._asked = self._asked, None
        self.refresh()
        if asked is not None:
            self._take_keyboard(asked)

    def _take_keyboard(self, at: tuple[str, Path]) -> None:
        wanted = self._focus.get(at, self.takes)
        row = wanted.parentWidget()
        if row is not None:
            row.show()  # what is not shown yet cannot have the keyboard
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _delete(self, copy: Path) -> None:
        self._asked = None
        self.takes.setFocus(Qt.FocusReason.OtherFocusReason)
        self.context.run(partial(backups.delete, self.context.workspace, copy), self._after_delete)

    def _after_delete(self, _gone: None) -> None:
        self.context.notify(_("控えを消しました。"))
        self.refresh()

    @Slot()
    def _take(self) -> None:
        action = partial(_take, self.context.workspace)
        self.context.run_long(_("控えを取っています"), action, self._after_take)

    def _after_take(self, path: Path) -> None:
        self.context.notify(_("控えを取りました：{name}").format(name=path.name))
        self.refresh()


class HistorySection(Section):
    """The newest changes; an older one is taken back while later edits stay."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.add_head(_("変更の履歴"))
        hint = _("ひとつだけ元に戻せます。あとから直したところは、そのまま残します。")
        self.column.addWidget(label(hint, "second", wrap=True))
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        self.column.addLayout(self.rows)
        self.kept = KeptPanel(context)
        self.column.insertWidget(0, self.kept)

    def refresh(self) -> None:
        """List the steps again."""
        clear(self.rows)
        ws = self.context.workspace
        steps = history.steps(ws, STEPS)
        for step in steps:
            at = wording.moment(ws, step.at_us)
            reverts = button(_("元に戻す"), partial(self._revert, step.id), small=True)
            reverts.setAccessibleName(_("元に戻す：{label}").format(label=step.label))
            when = label(f"{wording.day(ws, at.date())} {at:%H:%M}", "label")
            when.setMinimumWidth(112)
            self.rows.addWidget(line(when, ElidedLabel(step.label), reverts))
        if not steps:
            self.rows.addWidget(label(_("まだ何も変えていません。"), "second"))

    def _revert(self, change_set: int) -> None:
        self.context.run(partial(history.revert, self.context.workspace, change_set), self._after_revert)

    def _after_revert(self, changes: Changes) -> None:
        self.kept.show_kept(changes.conflicts)
        self.refresh()


def line(*widgets: QWidget | None) -> QWidget:
    """Widgets side by side on 36 with a hairline below; None takes the room that is left."""
    made = QWidget()
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(16)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget, 1 if isinstance(widget, ElidedLabel) else 0)
    outer = QVBoxLayout(made)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    outer.addLayout(row, 1)
    outer.addWidget(rule("hairline"))
    made.setFixedHeight(36)
    return made


def clear(layout: QLayout) -> Sequence[QWidget]:
    """Take every widget out of a layout and delete it."""
    gone = []
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
            gone.append(widget)
    return gone


def _take(ws: Workspace, _progress: Progress) -> Path:
    return backups.take(ws)
