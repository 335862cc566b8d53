"""What became of a file: every row counted and listed with its reason, to be kept as CSV, text or JSON."""

import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from soloflow.i18n import _, ngettext, sentences
from soloflow.services import importing
from soloflow.services.changes import Changes
from soloflow.services.import_items import Item, Preview, Report
from soloflow.services.import_words import ReportRow, report_parts, whole_report
from soloflow.ui.context import Context
from soloflow.ui.pages.import_preview.report_rows import ReportDelegate, ReportLines
from soloflow.ui.theme import Theme, styled
from soloflow.ui.widgets.buttons import LinkButton, button
from soloflow.ui.widgets.labels import LINK_GROUND, ElidedLabel, label, rule
from soloflow.ui.widgets.rows import OVERHANG, RowList
from soloflow.ui.widgets.segments import Segment, Segments

MARGIN = 24
FOOT = 60
FIGURES = 220


class Outcome(NamedTuple):
    """An import that is over."""

    file: Preview
    items: tuple[Item, ...]
    changes: Changes
    report: Report
    rows: Sequence[ReportRow]


class ReportView(QWidget):
    """Figures, the rows of the file, and what to do next."""

    def __init__(
        self, theme: Theme, done: Outcome, acts: dict[str, Callable[[], object]], primary: tuple[str, Callable[[], object]]
    ) -> None:  # fmt: skip
        """`acts` by key: save, undo, again, customers; those missing are not offered."""
        super().__init__()
        styled(self, variant="page")
        self._done = done
        self.primary = button(*primary, variant="primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head(acts))
        body = QHBoxLayout()
        body.setContentsMargins(MARGIN - LINK_GROUND, 8, MARGIN - OVERHANG, 0)
        body.setSpacing(32 - OVERHANG)
        body.addLayout(self._side())
        body.addLayout(self._list(theme), 1)
        column.addLayout(body, 1)
        column.addWidget(self._foot(acts))
        self.setFocusProxy(self.primary)

    def _head(self, acts: dict[str, Callable[[], object]]) -> QVBoxLayout:
        made = QVBoxLayout()
        made.setContentsMargins(MARGIN, 14, MARGIN, 8)
        made.setSpacing(4)
        made.addWidget(ElidedLabel(_("{name} を取り込みました").format(name=self._done.file.name), "title"))
        undo = _("あとから1回で取り消せます（Ctrl+Z）。") if "undo" in acts else ""
        made.addWidget(ElidedLabel(sentences((_("1行ずつの結果です。"), undo)), "label"))
        return made

    def _side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(0)
        holder = QWidget()
        holder.setFixedWidth(LINK_GROUND + FIGURES)
        holder.setLayout(_figures(self._done.report))
        self._pairs = label("", "second", wrap=True)
        self._pairs.setContentsMargins(LINK_GROUND, 0, 0, 0)
        self._pairs.hide()
        self._under = QVBoxLayout()
        self._under.setSpacing(4)
        self._under.addWidget(self._pairs)
        side.addWidget(holder)
        side.addSpacing(20)
        side.addLayout(self._under)
        side.addStretch(1)
        return side

    def show_pairs(self, count: int, look: Callable[[], object]) -> None:
        """Say that people may be in the contact book twice, and offer to look."""
        words = ngettext("{count}組のかさなりがありそうです", "{count}組のかさなりがありそうです", count)
        self._pairs.setText(words.format(count=f"{count:,}"))
        self._pairs.show()
        self.duplicates = LinkButton(_("かさなりを見る"), look)
        line = QHBoxLayout()  # the ground of a link reaches beyond its words, which begin where the others do
        line.addWidget(self.duplicates)
        line.addStretch(1)
        self._under.addLayout(line)

    def _list(self, theme: Theme) -> QVBoxLayout:
        self.lines = ReportLines(self._done.rows, self)
        counted = dict.fromkeys((word for word, _count in report_parts(self._done.report)), 0)
        for row in self._done.rows:
            counted[row.outcome] = counted.get(row.outcome, 0) + 1
        segments = [Segment("", _("すべて"), len(self._done.rows))]
        segments += [Segment(word, word, count) for word, count in counted.items() if count]
        self.outcomes = Segments(theme, segments, name=_("結果"))
        self.outcomes.chosen.connect(self.lines.show_outcome)
        self.rows = RowList(ReportDelegate(theme))
        self.rows.setAccessibleName(_("ファイルの行"))
        self.rows.setModel(self.lines)
        made = QVBoxLayout()
        made.setSpacing(8)
        line = QHBoxLayout()
        line.setContentsMargins(OVERHANG, 0, 0, 0)
        line.addWidget(self.outcomes)
        line.addStretch(1)
        made.addLayout(line)
        made.addWidget(self.rows, 1)
        return made

    def _foot(self, acts: dict[str, Callable[[], object]]) -> QFrame:
        made = styled(QFrame(), variant="footer")
        made.setFixedHeight(FOOT)
        row = QHBoxLayout(made)
        row.setContentsMargins(MARGIN - LINK_GROUND, 0, MARGIN, 0)
        row.setSpacing(12)
        words = {"save": _("報告を保存"), "again": _("ほかのファイルを選ぶ"), "customers": _("顧客を見る")}
        self.links = {key: LinkButton(text, acts[key]) for key, text in words.items() if key in acts}
        for link in self.links.values():
            row.addWidget(link)
        row.addStretch(1)
        if "undo" in acts:
            self.undo = button(_("取り消す"), partial(self._take_back, acts["undo"]))
            self.undo.setToolTip(_("この取り込みを取り消して、もう一度確かめます"))
            row.addWidget(self.undo)
        row.addWidget(self.primary)
        return made

    @Slot()
    def _take_back(self, undo: Callable[[], object]) -> None:
        self.undo.setEnabled(False)
        undo()


def _figures(report: Report) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(LINK_GROUND, 0, 0, 0)
    grid.setVerticalSpacing(6)
    number = 0
    for number, (word, count) in enumerate(report_parts(report)):
        grid.addWidget(label(word, "second" if count else "label"), number, 0)
        figure = label(f"{count:,}", "strong" if count else "label")
        grid.addWidget(figure, number, 1, Qt.AlignmentFlag.AlignRight)
    grid.addWidget(rule(), number + 1, 0, 1, 2)
    grid.addWidget(label(_("ファイルの行"), "strong"), number + 2, 0)
    grid.addWidget(label(f"{report.rows:,}", "strong"), number + 2, 1, Qt.AlignmentFlag.AlignRight)
    grid.addWidget(label(_("集客に入れた顧客"), "label"), number + 3, 0)
    entered = ngettext("{count}社", "{count}社", report.entered).format(count=f"{report.entered:,}")
    grid.addWidget(label(entered, "label"), number + 3, 1, Qt.AlignmentFlag.AlignRight)
    return grid


def write_report(path: Path, file: Preview, items: Sequence[Item], report: Report) -> None:
    """Keep the report as CSV (with a mark, so that Excel reads it), as JSON or as text, by the file's name.

    :raises OSError: when the file cannot be written.
    """
    kind = path.suffix.lower()
    if kind == ".csv":
        path.write_text(importing.report_as_csv(file, items), encoding="utf-8-sig", newline="")
    elif kind == ".json":
        text = json.dumps(whole_report(file, items, report), ensure_ascii=False, indent=2)
        path.write_text(text + "\n", encoding="utf-8")
    else:
        path.write_text(importing.report_as_text(file, items, report), encoding="utf-8")


def ask_and_save(context: Context, parent: QWidget, done: Outcome) -> None:
    """Keep the report where the user says."""
    name = str(Path.home() / f"{Path(done.file.name).stem}-report.csv")
    kinds = "CSV (*.csv);;Text (*.txt);;JSON (*.json)"
    path, _kind = QFileDialog.getSaveFileName(parent, _("報告を保存"), name, kinds)
    if not path:
        return
    try:
        write_report(Path(path), done.file, done.items, done.report)
    except OSError as error:
        text = _("報告を保存できませんでした（{reason}）。取り込みは終わっています。ほかの場所を選んでください。")
        context.notify(text.format(reason=error.strerror), kind="error")
    else:
        context.notify(_("報告を {path} に保存しました").format(path=path))
