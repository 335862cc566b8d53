"""What became of a file: every row counted, to be kept as text or CSV."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services import importing
from soloflow.services.import_items import Item, Preview, Report
from soloflow.services.import_words import problem_line, report_parts
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton, button
from soloflow.ui.widgets.labels import label, rule

SHOWN = 8


class ReportView(QWidget):
    """Figures, what could not be read, and what to do next."""

    def __init__(
        self, file: Preview, report: Report, actions: Sequence[tuple[str, Callable[[], object]]], primary: tuple[str, Callable[[], object]]
    ) -> None:  # fmt: skip
        super().__init__()
        styled(self, variant="page")
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(label(_("{name} を取り込みました").format(name=file.name), "title"))
        column.addSpacing(4)
        column.addWidget(label(_("すべての行の行き先です。あとから1回で取り消せます（Ctrl+Z）。"), "second"))
        column.addSpacing(16)
        column.addLayout(_figures(report))
        problems = file.reading.problems
        if problems:
            column.addSpacing(16)
            column.addWidget(label(_("気をつけるところ {count}件").format(count=len(problems)), "strong"))
            for one in problems[:SHOWN]:
                column.addWidget(label(problem_line(one.line, one.field, one.message), "second"))
            if len(problems) > SHOWN:
                column.addWidget(
                    label(_("ほか {count}件（報告にすべてあります）").format(count=len(problems) - SHOWN), "label")
                )
        column.addSpacing(24)
        line = QHBoxLayout()
        line.setSpacing(12)
        self.primary = button(*primary, variant="primary")
        line.addWidget(self.primary)
        self.links = [LinkButton(*action) for action in actions]
        for link in self.links:
            line.addWidget(link)
        line.addStretch(1)
        column.addLayout(line)
        column.addStretch(2)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.addStretch(1)
        row.addLayout(column, 2)
        row.addStretch(1)
        self.setFocusProxy(self.primary)


def _figures(report: Report) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(4)
    number = 0
    for number, (word, count) in enumerate(report_parts(report)):
        grid.addWidget(label(word, "second" if count else "label"), number, 0)
        figure = label(f"{count:,}", "strong" if count else "label")
        grid.addWidget(figure, number, 1, Qt.AlignmentFlag.AlignRight)
    grid.addWidget(rule(), number + 1, 0, 1, 2)
    grid.addWidget(label(_("ファイルの行"), "strong"), number + 2, 0)
    grid.addWidget(label(f"{report.rows:,}", "strong"), number + 2, 1, Qt.AlignmentFlag.AlignRight)
    grid.addWidget(label(_("このうち集客に入れた顧客"), "label"), number + 3, 0)
    grid.addWidget(
        label(_("{count}社").format(count=f"{report.entered:,}"), "label"), number + 3, 1, Qt.AlignmentFlag.AlignRight
    )
    grid.setColumnStretch(2, 1)
    return grid


def write_report(path: Path, file: Preview, items: Sequence[Item], report: Report) -> None:
    """Keep the report as CSV (with a mark, so that Excel reads it) or as text, by the file's name.

    :raises OSError: when the file cannot be written.
    """
    if path.suffix.lower() == ".csv":
        path.write_text(importing.report_as_csv(file, items), encoding="utf-8-sig", newline="")
    else:
        path.write_text(importing.report_as_text(file, items, report), encoding="utf-8")
