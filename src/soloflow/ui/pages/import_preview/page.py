"""取り込みの確認: what a file holds, what would happen to each person, and only then the import.

``context.navigate("import", files=[Path, …])`` begins; several files are gone through one after the other.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import importing
from soloflow.services.changes import Changes
from soloflow.services.import_items import Item, Preview, Report
from soloflow.services.import_words import VERDICTS
from soloflow.services.workspace import Progress, Workspace
from soloflow.ui.context import Context
from soloflow.ui.jobs import Job
from soloflow.ui.models.import_people import FIRST, ImportModel
from soloflow.ui.page import Page
from soloflow.ui.pages.import_preview.foot import HEIGHT, ImportFoot
from soloflow.ui.pages.import_preview.report import ReportView, write_report
from soloflow.ui.pages.import_preview.rows import MARKS
from soloflow.ui.pages.import_preview.table import ImportTable
from soloflow.ui.pages.import_preview.target import TargetPanel
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.empty import EmptyState
from soloflow.ui.widgets.labels import ElidedLabel, label
from soloflow.ui.widgets.popover import Popover
from soloflow.ui.widgets.segments import Segment, Segments

ENCODINGS = (("utf-8", "UTF-8"), ("cp932", "CP932"), ("euc_jp", "EUC-JP"))
AUTO = ""
WIDE = 1000
"""From this width on every sentence of the head has room."""


class ImportPage(Page):
    """Empty, reading, the preview, or the report."""

    key = "import"
    foot_height = HEIGHT

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.model = ImportModel(self)
        self.preview: Preview | None = None
        self._files: list[Path] = []
        self._path: Path | None = None
        self._encoding = AUTO
        self._channel: int | None = None
        self._meetup: int | None = None
        self._tag = ""
        self._panel: Popover | None = None
        self._job: Job | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self._build_table())
        self._other: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.model.decided.connect(self._show_counts)
        context.jobs_changed.connect(self._on_jobs)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.bring)
        self._show_empty()

    # Building

    def _build_table(self) -> QWidget:
        theme = self.context.theme
        made = styled(QWidget(), variant="page")
        self._facts = ElidedLabel("", "label")
        self.encodings = Segments(
            theme, [Segment(AUTO, _("自動")), *(Segment(*one) for one in ENCODINGS)], name=_("文字コード")
        )
        self.encodings.chosen.connect(self._on_encoding)
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 24, 0)
        head.setSpacing(10)
        head.addWidget(label(_("取り込みの確認"), "title"))
        head.addWidget(self._facts, 1)
        self._encoding_word = label(_("文字コード"), "label")
        head.addWidget(self._encoding_word)
        head.addWidget(self.encodings)
        self.verdicts = Segments(theme, self._segments(), name=_("判定"))
        self.verdicts.chosen.connect(self._on_verdict)
        self.target = button(_("チャネル・勉強会・タグ"), self._open_target, small=True)
        self.target.setToolTip(_("全員に同じチャネル、勉強会、タグを付けます"))
        filters = QHBoxLayout()
        filters.setContentsMargins(24, 0, 24, 0)
        filters.setSpacing(12)
        filters.addWidget(self.verdicts)
        filters.addWidget(self.target)
        self._hint = ElidedLabel("", "label")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        filters.addWidget(self._hint, 1)
        self.table = ImportTable(self.context, self.model)
        self.foot = ImportFoot(self.leave, self.bring, self.show_open)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for line, height in ((head, 52), (filters, 44)):
            holder = QWidget()
            holder.setLayout(line)
            holder.setFixedHeight(height)
            column.addWidget(holder)
        column.addWidget(self.table, 1)
        column.addWidget(self.foot)
        return made

    def _segments(self) -> list[Segment]:
        counts = self.model.verdicts()
        everyone = Segment("", _("すべて"), len(self.model.items))
        return [everyone, *(Segment(one, _(VERDICTS[one]), counts[one], MARKS[one][0]) for one in FIRST)]

    def _show_instead(self, widget: QWidget | None) -> None:
        """Show this in place of the table; None for the table."""
        old, self._other = self._other, widget
        if widget is not None:
            self._stack.addWidget(widget)
        self._stack.setCurrentIndex(self._stack.count() - 1 if widget is not None else 0)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()

    def _show_empty(self) -> None:
        self.preview = None
        self._show_instead(
            EmptyState(
                self.context.theme, "download", _("名刺や連絡先を取り込む"),
                _("Eight・Google・Outlook・LinkedIn の CSV か vCard を選んでください。画面のどこにドロップしてもかまいません。\n書き込む前に、ひとりずつ確かめられます。"),
                (_("ファイルを選ぶ"), self.choose_files),
            )
        )  # fmt: skip

    def _show_failure(self, error: UserError) -> None:
        self.preview = None
        words = str(error).replace("。", "。\n").strip()
        again = (_("別のファイルを選ぶ"), self.choose_files)
        self._show_instead(EmptyState(self.context.theme, "warning", _("読み込めませんでした"), words, again))
        self.setAccessibleDescription(str(error))

    # Page

    def refresh(self, changes: Changes | None) -> None:
        """Qt-free: the file does not change; what is known is judged when it is read."""

    def arrive(self, **args: object) -> None:
        """files: the paths to go through."""
        files = args.get("files")
        if isinstance(files, Sequence):
            self._files = [Path(one) for one in files]
            self.next_file()

    def focus_first(self) -> None:
        """Qt: the table, or the one button there is."""
        if self.preview is not None:
            self.table.setFocus()
        else:
            begin = self._other.findChild(QPushButton) if self._other is not None else None
            (begin or self).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc leaves without importing."""
        if event.key() == Qt.Key.Key_Escape and self.preview is not None and self._other is None:
            self.leave()
        else:
            super().keyPressEvent(event)

    # Reading

    @Slot()
    def choose_files(self) -> None:
        """Ask for files."""
        kinds = _("連絡先（*.csv *.vcf *.tsv *.txt）") + ";;" + _("すべて（*）")
        found, _kind = QFileDialog.getOpenFileNames(
            self, _("取り込むファイル"), str(Path.home()), kinds.replace("（", "(").replace("）", ")")
        )
        if found:
            self.arrive(files=[Path(one) for one in found])

    @Slot()
    def next_file(self) -> None:
        """Read the next of the files."""
        if self._files:
            self._path = self._files.pop(0)
            self._encoding = AUTO
            self._read()

    def _read(self) -> None:
        assert self._path is not None
        title = _("{name} を読んでいます").format(name=self._path.name)
        self._show_instead(EmptyState(self.context.theme, "document", title, _("まだ何も書き込んでいません。")))
        action = partial(_preview, self.context.workspace, self._path, self._encoding or None)
        self.preview = None
        self._job = self.context.run_long(title, action, self._on_read, failed=self._show_failure)

    def _on_read(self, preview: Preview) -> None:
        self.preview = preview
        reading = preview.reading
        auto = _("自動（{encoding}）").format(encoding=reading.encoding.upper()) if not self._encoding else _("自動")
        self.encodings.set_segments([Segment(AUTO, auto), *(Segment(*one) for one in ENCODINGS)])
        self.encodings.choose(self._encoding)
        self._facts.setText(
            _("{file}・{kind}・{rows}件（{people}人）").format(
                file=preview.name, kind=importing.kind_name(reading.kind), rows=f"{reading.rows:,}", people=f"{len(preview.items):,}"
            )
        )  # fmt: skip
        self.model.filter("")
        self.model.show_items(preview.items, preview.running)
        self.verdicts.set_segments(self._segments())
        self.verdicts.choose("")
        self._show_instead(None)
        if self.model.rowCount():
            self.table.rows.setCurrentIndex(self.model.index(0))
        self.table.setFocus()

    @Slot(str)
    def _on_encoding(self, encoding: str) -> None:
        self._encoding = encoding
        self._read()

    # Deciding

    @Slot(str)
    def _on_verdict(self, verdict: str) -> None:
        self.model.filter(verdict)
        if self.model.rowCount():
            self.table.rows.setCurrentIndex(self.model.index(0))

    def show_open(self) -> None:
        """Show only the questions that wait for an answer."""
        self.verdicts.choose("ask")
        self._on_verdict("ask")
        self.table.setFocus()

    @Slot()
    def _show_counts(self) -> None:
        self.foot.show_counts(self.model.counts())
        self.verdicts.set_segments(self._segments())

    @Slot()
    def _open_target(self) -> None:
        content = TargetPanel(self.context, self._channel, self._meetup, self._tag)
        content.changed.connect(partial(self._on_target, content))
        self._panel = Popover(self, content)
        self._panel.show_at(QRect(self.target.mapTo(self, QPoint(0, 0)), self.target.size()))

    def _on_target(self, content: TargetPanel) -> None:
        self._channel = content.channels.currentData()
        self._meetup = content.meetups.currentData()
        self._tag = content.tag.text().strip()
        chosen = [box.currentText() for box in (content.channels, content.meetups) if box.currentData() is not None]
        chosen += [f"#{self._tag.lstrip('#＃')}"] if self._tag else []
        self.target.setText("・".join(chosen) or _("チャネル・勉強会・タグ"))

    @Slot()
    def leave(self) -> None:
        """Go back without importing anything."""
        self._files.clear()
        self._show_empty()
        self.model.show_items(())
        self.context.navigate("customers")

    # Writing

    @Slot()
    def bring(self) -> None:
        """Import what is ticked."""
        if self.preview is None or self._other is not None or not self.table.keep() or not self.model.counts().taken:
            return
        items = tuple(self.model.items)
        title = _("{name} を取り込んでいます").format(name=self.preview.name)
        tags = (self._tag,) if self._tag else ()
        action = partial(_commit, self.context.workspace, self.preview, items, self._channel, self._meetup, tags)
        self.foot.setEnabled(False)
        self.table.setEnabled(False)
        self._job = self.context.run_long(
            title, action, partial(self._on_brought, self.preview, items), failed=self._on_refused
        )

    @Slot()
    def _on_jobs(self) -> None:
        """When our job is over, however it ended, the page can be used again."""
        job = self._job
        if job is None or job in self.context.jobs:
            return
        self._job = None
        self.foot.setEnabled(True)
        self.table.setEnabled(True)
        if job.cancelled.is_set() and self.preview is None:
            self._show_empty()

    def _on_refused(self, error: UserError) -> None:
        """Nothing was written; everything decided is still there."""
        self.context.notify(str(error), kind="error")

    def _on_brought(self, file: Preview, items: tuple[Item, ...], result: tuple[Changes, Report]) -> None:
        changes, report = result
        self.context.announce(changes)
        actions: list[tuple[str, Callable[[], object]]] = [
            (_("報告を保存"), partial(self.save_report, file, items, report))
        ]
        primary: tuple[str, Callable[[], object]]
        if self._files:
            text = _("次のファイルへ（残り{count}件）").format(count=len(self._files))
            actions.insert(0, (_("顧客を見る"), partial(self.context.navigate, "customers")))
            primary = (text, self.next_file)
        else:
            actions.insert(0, (_("ほかのファイルを選ぶ"), self.choose_files))
            primary = (_("顧客を見る"), partial(self.context.navigate, "customers"))
        view = ReportView(file, report, actions, primary)
        self.preview = None
        self._show_instead(view)
        view.setFocus()

    def save_report(self, file: Preview, items: tuple[Item, ...], report: Report) -> None:
        """Keep the report where the user says."""
        name = str(Path.home() / f"{Path(file.name).stem}-report.csv")
        path, _kind = QFileDialog.getSaveFileName(self, _("報告を保存"), name, "CSV (*.csv);;Text (*.txt)")
        if not path:
            return
        try:
            write_report(Path(path), file, items, report)
        except OSError as error:
            text = _("報告を保存できませんでした（{reason}）。取り込みは終わっています。ほかの場所を選んでください。")
            self.context.notify(text.format(reason=error.strerror), kind="error")
        else:
            self.context.notify(_("報告を {path} に保存しました").format(path=path))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: in a narrow window the file's own words come first."""
        super().resizeEvent(event)
        is_wide = self.width() >= WIDE
        self._encoding_word.setVisible(is_wide)
        words = _("30日以内に会った人だけ、はじめから「集客に入れる」にしています")
        self._hint.setText(words if is_wide else _("30日以内に会った人は集客へ"))


def _preview(ws: Workspace, path: Path, encoding: str | None, progress: Progress) -> Preview:
    return importing.preview(ws, path, encoding, progress)


def _commit(
    ws: Workspace, file: Preview, items: tuple[Item, ...], channel: int | None, meetup: int | None, tags: tuple[str, ...],
    progress: Progress,
) -> tuple[Changes, Report]:  # fmt: skip
    return importing.commit(ws, file, items, channel=channel, meetup=meetup, tags=tags, progress=progress)
