"""データ: where it lies, how much it is, whether it is sound, and taking it elsewhere."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from soloflow.domain.errors import UserError
from soloflow.i18n import _, listed
from soloflow.services import integrity, settings
from soloflow.services.changes import Changes
from soloflow.services.workspace import Progress, Workspace
from soloflow.ui.context import Context
from soloflow.ui.pages.settings.personal import keep
from soloflow.ui.pages.settings.section import SavedField, Section
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import ElidedLabel, label


class DataSection(Section):
    """Folder, size, time zone, check, export."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.add_head(_("データの場所"))
        self.folder = ElidedLabel(str(context.workspace.folder))
        self.opens = button(_("開く"), self._open_folder)
        self.opens.setAccessibleName(_("データフォルダーを開く"))
        self.add_line(
            _("フォルダー"), self.folder, self.opens, hint=_("すべてこの中にあります。外へは何も送りません。")
        )
        self.amount = label("")
        self.add_line(_("大きさ"), self.amount)
        self.zone = SavedField(_("時間帯"), "Asia/Tokyo")
        self.zone.saved.connect(self._save_zone)
        self.add_line(_("時間帯"), self.zone, hint=_("変更は、次に SoloFlow を開いたときから効きます。"))
        self.add_head(_("検査"))
        self.checks = button(_("検査する"), self._check)
        self.mends = button(_("作り直す"), self._mend)
        self.mends.hide()
        self.verdict = label(_("ファイルに傷がないか、表示が記録と合っているかを確かめます。"), "second", wrap=True)
        self.add_line(_("ファイルの状態"), self.checks, self.mends, self.verdict)
        self.add_head(_("書き出し"))
        self.exports = button(_("書き出す…"), self._choose_export)
        words = label(_("顧客・工程の記録・すべての内容を、CSV・vCard・JSON にします。"), "second", wrap=True)
        self.add_line(_("ほかで使う"), self.exports, words)
        self._add_sample()
        self.setFocusProxy(self.opens)

    def _add_sample(self) -> None:
        """The sample again, for who has records by now; inside it there is no second one."""
        from soloflow.services.sample import is_sample

        self.samples = button(_("見本のデータを見る"), self.context.open_sample)
        if is_sample(self.context.workspace):
            self.samples.setEnabled(False)
        self.add_head(_("見本"))
        hint = _("別のフォルダーに開きます。あなたのデータはそのままです。")
        self.add_line(_("使い方を試す"), self.samples, hint=hint)

    def refresh(self) -> None:
        """Count again."""
        ws = self.context.workspace
        size = integrity.size(ws)
        words = _("顧客 {customers:,}社・連絡先 {contacts:,}人・活動 {activities:,}件・{mb:.1f} MB")
        self.amount.setText(
            words.format(
                customers=size.customers, contacts=size.contacts, activities=size.activities, mb=size.bytes / 1e6
            )
        )
        self.zone.show_text(settings.load(ws.folder).time_zone)

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.context.workspace.folder)))

    @Slot(str)
    def _save_zone(self, name: str) -> None:
        kept = keep(self.context, time_zone=name)
        if kept is None:
            return
        if kept.time_zone == name:
            self.context.notify(_("保存しました。次に開いたときから効きます。"))
        else:
            self.context.notify(_("「{name}」という時間帯は見つかりません。").format(name=name), kind="error")
        self.zone.setText(kept.time_zone)
        self.zone.show_text(kept.time_zone)

    @Slot()
    def _check(self) -> None:
        self.checks.setEnabled(False)
        self.context.run_long(_("検査しています"), partial(_faults, self.context.workspace), self._show_verdict)

    def _show_verdict(self, found: tuple[str, ...]) -> None:
        self.checks.setEnabled(True)
        self.mends.setVisible(bool(found))
        self.verdict.setText("\n".join(found[:5]) or _("問題は見つかりませんでした。"))

    @Slot()
    def _mend(self) -> None:
        self.mends.hide()
        self.context.run_long(_("作り直しています"), partial(_mend, self.context.workspace), self._after_mend)

    def _after_mend(self, _changes: Changes) -> None:
        self._check()

    @Slot()
    def _choose_export(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("書き出すフォルダーを選ぶ"))
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, folder: Path) -> None:
        """Write everything into a folder, in the background."""
        action = partial(_export, self.context.workspace, folder)
        self.context.run_long(_("書き出しています"), action, self._after_export, failed=self._on_failed)

    def _after_export(self, files: tuple[Path, ...]) -> None:
        names = listed(file.name for file in files)
        self.context.notify(_("書き出しました：{names}").format(names=names))

    def _on_failed(self, error: UserError) -> None:
        self.context.notify(str(error), kind="error")


def _faults(ws: Workspace, _progress: Progress) -> tuple[str, ...]:
    return integrity.faults(ws)


def _mend(ws: Workspace, _progress: Progress) -> Changes:
    return integrity.mend(ws)


def _export(ws: Workspace, folder: Path, _progress: Progress) -> tuple[Path, ...]:
    from soloflow.services import exporting

    return exporting.export(ws, folder)
