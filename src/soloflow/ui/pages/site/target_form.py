"""公開先: where the site goes, and the releases so far."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import publishing, settings, wording
from soloflow.services.publishing import Release
from soloflow.services.site_advice import Remark
from soloflow.ui.context import Context
from soloflow.ui.pages.site.description import Field
from soloflow.ui.pages.site.editors import Remarks
from soloflow.ui.pages.site.inputs import LineInput
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import ElidedLabel, SectionHead, label, rule


class TargetForm(QWidget):
    """The address is kept in the settings when the field is left or Enter is pressed."""

    changed = Signal()
    """Another target is kept now."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._shown: tuple[Release, ...] | None = None
        self.field = LineInput(Field("", example="git@github.com:me/site.git#gh-pages"))
        self.field.setAccessibleName(_("公開先"))
        self.field.submitted.connect(self._keep)
        self.field.left.connect(self._keep)
        self._remarks = Remarks(context)
        pick = button(_("フォルダーを選ぶ"), self._pick)
        pick.setIcon(context.icon("folder"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.field, 1)
        line.addWidget(pick)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(_("公開先"), "strong"))
        column.addLayout(line)
        column.addWidget(self._remarks)
        column.addSpacing(4)
        for sentence in (
            _("フォルダー: このパソコンの中、または共有フォルダー。置いたあとの転送は、使いなれた道具でどうぞ。"),
            _(
                "git: GitHub Pages などのリポジトリー。# のあとにブランチを書けます。SSH の鍵か、git の資格情報を使います。"
            ),
            _("このプログラムが置いたのではないファイルには触れません。"),
        ):
            column.addWidget(label(sentence, "second", wrap=True))
        column.addSpacing(16)
        self._head = SectionHead(_("これまでの公開"))
        column.addWidget(self._head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        self.setFocusProxy(self.field)

    def refresh(self) -> None:
        """Read target and history again."""
        kept = settings.load(self.context.workspace.folder).publish_target
        if not self.field.hasFocus() and not self._remarks.shown:
            self.field.show_value(kept)
        self._show_history(publishing.history(self.context.workspace))

    def _show_history(self, releases: Sequence[Release]) -> None:
        if tuple(releases) == self._shown:
            return
        self._shown = tuple(releases)
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        self._head.set_count(len(releases))
        for release in releases:
            self._rows.addWidget(self._row(release))
            self._rows.addWidget(rule("hairline"))
        if not releases:
            self._rows.addWidget(label(_("まだ公開していません。"), "second"))

    def _row(self, release: Release) -> QWidget:
        row = QWidget()
        row.setFixedHeight(32)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        when = label(f"{wording.day(self.context.workspace, release.at.date())} {release.at:%H:%M}")
        when.setMinimumWidth(110)
        across.addWidget(when)
        across.addWidget(ElidedLabel(release.target, "second"), 1)
        across.addWidget(label(_("{count}件").format(count=release.changed), "label"))
        return row

    def _pick(self) -> None:
        start = self.field.text() or str(Path.home())
        chosen = QFileDialog.getExistingDirectory(self, _("サイトを置くフォルダー"), start)
        if chosen:
            self.field.setText(chosen)
            self._keep()

    @Slot()
    def _keep(self) -> None:
        text = self.field.text().strip()
        try:
            target = publishing.check_target(text) if text else ""
            kept = settings.load(self.context.workspace.folder).publish_target
            if target != kept:
                settings.change(self.context.workspace.folder, publish_target=target)
        except UserError as error:
            styled(self.field, problem=True)
            self._remarks.show_remarks([Remark("fault", str(error))])
            return
        styled(self.field, problem=False)
        self._remarks.show_remarks([])
        if target != kept:
            self.field.show_value(target)
            self.changed.emit()
