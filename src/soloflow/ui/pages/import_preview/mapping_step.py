"""列の割り当て: a table nobody knows, its first rows, and above each column what it means.

The page shows it when reading a file raises `Unmapped`::

    step = MappingStep(context, path, error.table)          # or a table of `mappings.look`, to assign again
    step.decided.connect(self._on_mapped)                   # (Mapping, encoding or "")
    step.left.connect(self.leave)                           # やめる
    step.decide()                                           # the page's Ctrl+Enter

Nothing is written but the mapping itself, which is remembered for the next file with this header.
"""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.i18n import _, ngettext
from soloflow.services import mappings
from soloflow.services.mappings import Mapping, Table
from soloflow.services.workspace import Progress
from soloflow.ui.context import Context
from soloflow.ui.jobs import Job
from soloflow.ui.pages.import_preview.mapping_foot import MappingFoot
from soloflow.ui.pages.import_preview.mapping_grid import MappingGrid
from soloflow.ui.pages.import_preview.mapping_model import MappingModel
from soloflow.ui.pages.import_preview.mapping_people import SHOWN, MappedPeople
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.labels import ElidedLabel, label
from soloflow.ui.widgets.segments import Segment, Segments

ENCODINGS = (("utf-8", "UTF-8"), ("cp932", "CP932"), ("euc_jp", "EUC-JP"))
HEADER_WITHIN = 20
WIDE = 1000
"""From this width on every word of the head has room."""


class MappingStep(QWidget):
    """Choose, see what comes of it, go on."""

    decided = Signal(object, str)
    """The Mapping, and the encoding that was chosen by hand ("" for the one found)."""
    left = Signal()

    def __init__(
        self, context: Context, path: Path, table: Table, encoding: str = "", mapping: Mapping | None = None
    ) -> None:
        super().__init__()
        styled(self, variant="page")
        self.context = context
        self.table = table
        self.mapping = mapping or table.suggested
        self._path = path
        self._encoding = encoding
        self._job: Job | None = None
        context.jobs_changed.connect(self._on_jobs)
        self._head = ElidedLabel("", "label")
        self.grid = MappingGrid(context.theme, MappingModel(table, self.mapping, self))
        self.people = MappedPeople()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_line(self._build_head(), 52))
        column.addWidget(_line(self._build_choices(), 44))
        self._grid_place = QVBoxLayout()
        self._grid_place.setContentsMargins(24, 0, 12, 0)
        self._grid_place.addWidget(self.grid)
        column.addLayout(self._grid_place, 1)
        column.addWidget(self.people)
        self.foot = MappingFoot(self.left.emit, self.decide)
        column.addWidget(self.foot)
        self.setFocusProxy(self.grid)
        self._connect_grid()
        self._show_table()

    # Building

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(10)
        row.addWidget(label(_("列の割り当て"), "title"))
        row.addWidget(self._head, 1)
        self.sheets = QComboBox()
        self.sheets.setAccessibleName(_("シート"))
        self.sheets.setToolTip(_("読むシート"))
        self.sheets.setMaximumWidth(220)
        self.sheets.activated.connect(self._on_sheet)
        self._sheet_word = label(_("シート"), "label")
        row.addWidget(self._sheet_word)
        row.addWidget(self.sheets)
        self._encoding_word = label(_("文字コード"), "label")
        self.encodings = Segments(self.context.theme, self._encoding_segments(), name=_("文字コード"))
        self.encodings.chosen.connect(self._on_encoding)
        row.addWidget(self._encoding_word)
        row.addWidget(self.encodings)
        return row

    def _encoding_segments(self) -> list[Segment]:
        auto = _("自動（{encoding}）").format(encoding=self.table.encoding.upper()) if not self._encoding else _("自動")
        return [Segment("", auto), *(Segment(*one) for one in ENCODINGS)]

    def _build_choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(10)
        row.addWidget(label(_("見出しの行"), "label"))
        self.header = QComboBox()
        self.header.setAccessibleName(_("見出しの行"))
        self.header.setToolTip(_("列の名前が書いてある行。表の左の番号を押しても選べます"))
        self.header.activated.connect(self._on_header)
        row.addWidget(self.header)
        self._delimiter_word = label(_("区切り"), "label")
        self.delimiters = Segments(
            self.context.theme,
            [Segment(",", _("カンマ")), Segment(";", _("セミコロン")), Segment("\t", _("タブ"))],
            name=_("区切り"),
        )
        self.delimiters.chosen.connect(self._on_delimiter)
        row.addSpacing(6)
        row.addWidget(self._delimiter_word)
        row.addWidget(self.delimiters)
        self._hint = ElidedLabel("", "label")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._hint, 1)
        self.forget = LinkButton(_("覚えた割り当てを忘れる"), self.forget_header)
        self.forget.setToolTip(_("この見出しのファイルでは、次からまた列の割り当てをお聞きします"))
        row.addWidget(self.forget)
        return row

    def _connect_grid(self) -> None:
        self.grid.field_chosen.connect(self.use_field)
        self.grid.header_chosen.connect(self.use_header)

    # Showing

    def _show_table(self) -> None:
        """Everything that belongs to the table rather than to the mapping."""
        table = self.table
        is_text = not table.sheet
        for widget in (self._encoding_word, self.encodings, self._delimiter_word, self.delimiters):
            widget.setVisible(is_text)
        self.encodings.set_segments(self._encoding_segments())
        self.encodings.choose(self._encoding)
        if is_text:
            self.delimiters.choose(table.delimiter)
        has_sheets = len(table.sheets) > 1
        self._sheet_word.setVisible(has_sheets)
        self.sheets.setVisible(has_sheets)
        self.sheets.clear()
        self.sheets.addItems(list(table.sheets))
        self.sheets.setCurrentText(table.sheet)
        self.header.clear()
        self.header.addItem(_("見出しなし"), 0)
        for found in table.top[:HEADER_WITHIN]:
            self.header.addItem(_("{line}行目").format(line=found.line), found.line)
        self.forget.setVisible(mappings.recall(self.context.workspace, table) is not None)
        self._hint.setVisible(not self.forget.isVisibleTo(self))
        self._show_mapping()

    def _show_mapping(self) -> None:
        self.grid.show_mapping(self.mapping)
        self.header.setCurrentIndex(max(0, self.header.findData(self.mapping.header)))
        somebody, nobody = mappings.counted(self.table, self.mapping)
        rows = ngettext("{count}行", "{count}行", somebody + nobody).format(count=f"{somebody + nobody:,}")
        self._head.setText(_("{file}・{rows}").format(file=self.table.name, rows=rows))
        people, problems = mappings.tried(self.table, self.mapping, SHOWN)
        self.people.show_people(people)
        self.foot.show_counts(somebody, nobody, len(problems), can_read=self.mapping.finds_people)

    # Choosing

    @Slot(int, str)
    def use_field(self, column: int, field: str) -> None:
        """Read a column as another field."""
        fields = list(self.mapping.fields)
        fields[column] = field
        self.mapping = replace(self.mapping, fields=tuple(fields))
        self._show_mapping()

    @Slot(int)
    def use_header(self, line: int) -> None:
        """Take another line for the header (0: there is none), and suggest anew."""
        if line != self.mapping.header:
            self.mapping = mappings.with_header(self.table, line)
        self._show_mapping()

    @Slot(int)
    def _on_header(self, _number: int) -> None:
        self.use_header(int(self.header.currentData()))

    @Slot(str)
    def _on_encoding(self, encoding: str) -> None:
        self._encoding = encoding
        self._look_again(self.table.delimiter, "")

    @Slot(str)
    def _on_delimiter(self, delimiter: str) -> None:
        self._look_again(delimiter, "")

    @Slot(int)
    def _on_sheet(self, _number: int) -> None:
        self._look_again("", self.sheets.currentText())

    def _look_again(self, delimiter: str, sheet: str) -> None:
        title = _("{name} を読んでいます").format(name=self.table.name)
        action = partial(_look, self._path, self._encoding, delimiter, sheet)
        self.setEnabled(False)
        self._job = self.context.run_long(title, action, self._on_looked, failed=self._on_refused)

    @Slot()
    def _on_jobs(self) -> None:
        """When the reading is over, however it ended, the step can be used again."""
        if self._job is not None and self._job not in self.context.jobs:
            was_stopped = self._job.cancelled.is_set()
            self._job = None
            self.setEnabled(True)
            if was_stopped:
                self._show_table()

    def _on_looked(self, table: Table) -> None:
        self.setEnabled(True)
        self.table = table
        self.mapping = mappings.recall(self.context.workspace, table) or table.suggested
        old = self.grid
        self.grid = MappingGrid(self.context.theme, MappingModel(table, self.mapping, self))
        self._connect_grid()
        self._grid_place.replaceWidget(old, self.grid)
        self.setFocusProxy(self.grid)
        old.hide()
        old.deleteLater()
        self._show_table()

    def _on_refused(self, error: UserError) -> None:
        """What was shown before is shown again, with the switches where they were."""
        self.setEnabled(True)
        self._show_table()
        self.context.notify(str(error), kind="error")

    @Slot()
    def forget_header(self) -> None:
        """Ask again the next time, and show what would be suggested."""
        known = mappings.recall(self.context.workspace, self.table)
        if known is not None:
            action = partial(mappings.forget_table, self.context.workspace, self.table, known)
            self.context.run(action, self._on_forgotten)

    def _on_forgotten(self, _was_there: object) -> None:
        self.mapping = self.table.suggested
        self._show_table()
        self.context.notify(_("割り当てを忘れました。同じ見出しのファイルでは、またお聞きします。"))

    @Slot()
    def decide(self) -> None:
        """Remember this mapping and hand it on."""
        if self.foot.go_on.isEnabled() and self.isEnabled():
            action = partial(mappings.remember, self.context.workspace, self.table, self.mapping)
            self.setEnabled(False)
            self.context.run(action, self._go_on, failed=self._on_not_remembered)

    def _on_not_remembered(self, error: UserError) -> None:
        """That it is not remembered is no reason not to go on."""
        self.context.notify(str(error), kind="error")
        self._go_on()

    def _go_on(self, _nothing: object = None) -> None:
        self.setEnabled(True)
        self.decided.emit(self.mapping, self._encoding)

    def focus_first(self) -> None:
        """Put the keyboard on the first column."""
        self.grid.first_choice().setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc leaves without importing."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: in a narrow window the choices come before the words."""
        super().resizeEvent(event)
        is_wide = self.width() >= WIDE
        self._encoding_word.setVisible(is_wide and not self.table.sheet)
        words = _("列ごとに、何が入っているかを選びます。見出しが同じファイルは、次からそのまま読みます")
        self._hint.setText(words if is_wide else _("列ごとに、何が入っているかを選びます"))


def _line(content: QHBoxLayout, height: int) -> QWidget:
    holder = QWidget()
    holder.setLayout(content)
    holder.setFixedHeight(height)
    return holder


def _look(path: Path, encoding: str, delimiter: str, sheet: str, progress: Progress) -> Table:
    return mappings.look(path, encoding or None, delimiter=delimiter, sheet=sheet, progress=progress)
