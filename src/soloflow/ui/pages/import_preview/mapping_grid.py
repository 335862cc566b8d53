"""The table of the mapping step: above each column the choice of what it is, below it the rows of the file."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from soloflow.i18n import _
from soloflow.services import mappings
from soloflow.services.mappings import FIELDS, IGNORE, Mapping
from soloflow.ui.pages.import_preview.mapping_model import ROLE, MappingModel
from soloflow.ui.theme import Theme, styled

ROW = 28
HEAD = 40
NARROWEST, WIDEST = 120, 260
GAP = 8
LINES = 52
"""Width of the line numbers."""

Index = QModelIndex | QPersistentModelIndex


class FieldChoice(QComboBox):
    """What a column is. Left and right go to the next column; the wheel scrolls the table instead."""

    walked = Signal(int)
    entered = Signal()

    def __init__(self, heading: str, field: str, fields: QAbstractItemModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(fields)
        self.setMaxVisibleItems(self.count())
        self.setCurrentIndex(self.findData(field))
        self.setAccessibleName(_("列「{heading}」の項目").format(heading=heading))
        self.setToolTip(_("「{heading}」の列を何として読むか  ↑↓で選ぶ、←→でとなりの列").format(heading=heading))
        self.show_kind()

    @property
    def field(self) -> str:
        """The field chosen."""
        return str(self.currentData())

    def show_kind(self) -> None:
        """A column that is left out has a choice without an edge."""
        styled(self, variant="inline" if self.field == IGNORE else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the arrows to the sides walk along the columns."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right} and not event.modifiers():
            self.walked.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Qt: a choice that has the keyboard must be in sight; the wheel belongs to the table."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return False
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        return super().event(event)


def field_list(parent: QObject) -> QStandardItemModel:
    """Every field in words, shared by all columns: a table may have hundreds."""
    made = QStandardItemModel(parent)
    for one in FIELDS:
        if one == IGNORE:
            line = QStandardItem()
            line.setData("separator", Qt.ItemDataRole.AccessibleDescriptionRole)  # as QComboBox marks its own
            line.setFlags(Qt.ItemFlag.NoItemFlags)
            made.appendRow(line)
        item = QStandardItem(mappings.field_name(one))
        item.setData(one, Qt.ItemDataRole.UserRole)
        made.appendRow(item)
    return made


class ChoiceHeader(QHeaderView):
    """A row of choices that scrolls and is sized with its columns."""

    changed = Signal(int, str)

    def __init__(self, model: MappingModel, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self._model = model
        self._fields = field_list(self)
        self.choices: list[FieldChoice] = []
        self.setSectionsClickable(False)
        self.setFixedHeight(HEAD)
        self.sectionResized.connect(self.place)
        view.horizontalScrollBar().valueChanged.connect(self.place)

    def show_choices(self) -> None:
        """One choice per column, anew."""
        for choice in self.choices:
            choice.hide()
            choice.deleteLater()
        self.choices = []
        headings = self._model.table.headings(self._model.mapping)
        before: QWidget = self._view
        for number, (heading, field) in enumerate(zip(headings, self._model.mapping.fields, strict=True)):
            made = FieldChoice(heading, field, self._fields, self.viewport())
            made.setProperty("column", number)
            made.currentIndexChanged.connect(self._on_changed)
            made.walked.connect(self._on_walked)
            made.entered.connect(self._on_entered)
            made.show()
            QWidget.setTabOrder(before, made)
            before = made
            self.choices.append(made)
        self.place()

    def update_choices(self) -> None:
        """Show the fields of the mapping without telling anybody."""
        for choice, field in zip(self.choices, self._model.mapping.fields, strict=True):
            choice.blockSignals(True)
            choice.setCurrentIndex(choice.findData(field))
            choice.blockSignals(False)
            choice.show_kind()

    @Slot()
    def place(self) -> None:
        """Put each choice over its column."""
        for number, choice in enumerate(self.choices):
            left = self.sectionViewportPosition(number)
            choice.setGeometry(QRect(left, 6, self.sectionSize(number) - GAP, 28))

    def _column(self) -> int:
        sender = self.sender()
        return int(sender.property("column")) if isinstance(sender, FieldChoice) else -1

    @Slot()
    def _on_changed(self) -> None:
        column = self._column()
        self.choices[column].show_kind()
        self.changed.emit(column, self.choices[column].field)

    @Slot(int)
    def _on_walked(self, step: int) -> None:
        target = self._column() + step
        if 0 <= target < len(self.choices):
            self.choices[target].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_entered(self) -> None:
        column = self._column()
        left, width = self.sectionPosition(column), self.sectionSize(column)
        bar = self._view.horizontalScrollBar()
        if left < self.offset():
            bar.setValue(left)
        elif left + width > self.offset() + self.viewport().width():
            bar.setValue(left + width - self.viewport().width())

    def sizeHint(self) -> QSize:
        """Qt: as high as a choice with its margins."""
        return QSize(super().sizeHint().width(), HEAD)


class _Cells(QStyledItemDelegate):
    """Text of one line; the header bold, what is left out pale, what does not look right in the warning edge."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: one cell."""
        kind = index.data(ROLE)
        rect: QRect = option.rect
        theme = self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if kind == "head":
            painter.fillRect(rect, theme.color("bg2"))
        painter.fillRect(
            rect.left(), rect.bottom(), rect.width(), 1, theme.color("line2" if kind == "head" else "line")
        )
        inner = rect.adjusted(0, 0, -GAP, -1)
        if kind == "bad":
            painter.setPen(QPen(theme.color("warn"), 1))
            painter.drawRoundedRect(inner.adjusted(1, 3, -1, -3), 4, 4)
        font = theme.font("body", bold=kind == "head")
        painter.setFont(font)
        painter.setPen(theme.color({"above": "ink3", "pale": "ink3", "bad": "warnt"}.get(kind, "ink")))
        words = inner.adjusted(8, 0, -6, 0)
        text = QFontMetrics(font).elidedText(index.data() or "", Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()


class MappingGrid(QTableView):
    """Signals: `field_chosen(column, field)`, `header_chosen(line)` (0: none)."""

    field_chosen = Signal(int, str)
    header_chosen = Signal(int)

    def __init__(self, theme: Theme, model: MappingModel) -> None:
        super().__init__()
        self._theme = theme
        self._rows = model
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("ファイルの最初の行"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setItemDelegate(_Cells(theme, self))
        self.choices = ChoiceHeader(model, self)
        self.setHorizontalHeader(self.choices)
        lines = self.verticalHeader()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setDefaultSectionSize(ROW)
        lines.setFixedWidth(LINES)
        lines.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        lines.setHighlightSections(False)
        lines.setSectionsClickable(True)
        lines.setCursor(Qt.CursorShape.PointingHandCursor)
        lines.setAccessibleName(_("行の番号"))
        lines.sectionClicked.connect(self._on_line)
        self.choices.changed.connect(self.field_chosen)
        model.modelReset.connect(self._lay_out)
        self._lay_out()

    def show_mapping(self, mapping: Mapping) -> None:
        """Another mapping of the same table."""
        is_wider = len(mapping.fields) != self._rows.columnCount()
        self._rows.show_mapping(mapping)
        if not is_wider:
            self.choices.update_choices()

    def first_choice(self) -> QWidget:
        """Where the keyboard begins."""
        return self.choices.choices[0] if self.choices.choices else self

    @Slot()
    def _lay_out(self) -> None:
        """Columns as wide as what stands in them, within reason."""
        metrics = QFontMetrics(self._theme.font("body", bold=True))
        for column in range(self._rows.columnCount()):
            texts = [self._rows.cell(row, column)[:40] for row in range(self._rows.rowCount())]
            texts.append(mappings.field_name(self._rows.mapping.fields[column]) + "　　")
            width = max(metrics.horizontalAdvance(text) for text in texts) + GAP + 22
            self.setColumnWidth(column, max(NARROWEST, min(WIDEST, width)))
        self.choices.show_choices()

    @Slot(int)
    def _on_line(self, row: int) -> None:
        line = self._rows.line(row)
        self.header_chosen.emit(0 if line == self._rows.mapping.header else line)
