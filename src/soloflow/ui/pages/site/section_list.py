"""The left pane: the sections in three groups, with what changed since the release and what has grown old."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from soloflow.i18n import _, side_by_side
from soloflow.ui.context import Context
from soloflow.ui.pages.site.sections import SECTIONS
from soloflow.ui.theme import styled
from soloflow.ui.widgets.labels import label, rule
from soloflow.ui.widgets.rows import ROW, Cell, RowDelegate, RowList, Run

WIDTH = 200
HEAD = 32
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """A section, or the head of a group (key "")."""

    key: str
    title: str
    count: int | None = None
    changed: bool = False
    age: int | None = None
    """Months, where that is too many."""


class SectionModel(QAbstractListModel):
    """The lines; group heads cannot be chosen."""

    def __init__(self, parent: QFrame) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = _lines({})

    def set_lines(self, known: Sequence[Line]) -> None:
        """Show these figures."""
        lines = _lines({line.key: line for line in known})
        if lines != self.lines:
            self.lines = lines
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, 0))

    def row_of(self, key: str) -> int:
        """Where a section stands."""
        return next(row for row, line in enumerate(self.lines) if line.key == key)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name
        """Qt: how many lines."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Qt: the line, and its words for a screen reader."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == ROW:
            return line
        if role in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)}:
            return "  ".join(part for part in (line.title, _aside(line)) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: heads are only read."""
        if index.isValid() and not self.lines[index.row()].key:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


def _lines(known: dict[str, Line]) -> tuple[Line, ...]:
    made: list[Line] = []
    group = ""
    for section in SECTIONS:
        if section.group != group:
            group = section.group
            made.append(Line("", _(group)))
        made.append(known.get(section.key) or Line(section.key, _(section.title)))
    return tuple(made)


def _aside(line: Line) -> str:
    if line.age is not None:
        return _("{count}か月前").format(count=line.age)
    words = _("変更") if line.changed else ""
    return side_by_side((str(line.count or ""), words))


class SectionRows(RowDelegate):
    """Title, and at the right the figure."""

    def __init__(self, context: Context, owner: QFrame) -> None:
        super().__init__(context.theme, context.theme.size("row_section"), hairline=False)
        self._owner = owner

    def row_height(self, index: Index) -> int:
        """Heads have air above them."""
        return self.height if index.data(ROW).key else HEAD

    def cells(self, index: Index, width: int) -> Sequence[Cell]:
        """What the row shows."""
        line: Line = index.data(ROW)
        if not line.key:
            return (Cell(0, width, (Run(line.title, "ink3", type="label"),)),)
        chosen = getattr(self._owner, "key", "") == line.key
        role = "warnt" if line.age is not None else "acc" if line.changed else "ink3"
        aside = _aside(line)
        taken = 74 if aside else 0
        return (
            Cell(0, width - taken, (Run(line.title, "acc" if chosen else "ink", bold=chosen),)),
            Cell(width - taken, taken, (Run(aside, role, type="label"),), align="right"),
        )


class SectionPane(QFrame):
    """The pane; `chosen(key)` when the user goes to another section."""

    chosen = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.key = SECTIONS[0].key
        self.model = SectionModel(self)
        self.view = RowList(SectionRows(context, self), uniform=False)
        self.view.setAccessibleName(_("サイトの章"))
        self.view.setModel(self.model)
        column = QVBoxLayout()
        column.setContentsMargins(8, 10, 8, 8)
        column.setSpacing(0)
        title = label(_("サイト"), "title")
        title.setContentsMargins(8, 0, 0, 2)
        column.addWidget(title)
        column.addWidget(self.view, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addLayout(column, 1)
        across.addWidget(rule("upright"))
        styled(self, variant="page")
        self.choose(self.key)
        self.view.moved.connect(self._on_moved)

    def choose(self, key: str) -> None:
        """Go to a section without telling anybody."""
        self.key = key
        self.view.setCurrentIndex(self.model.index(self.model.row_of(key), 0))
        self.view.viewport().update()

    @Slot(object)
    def _on_moved(self, index: QModelIndex) -> None:
        line: Line | None = index.data(ROW)
        if line is not None and line.key and line.key != self.key:
            self.key = line.key
            self.view.viewport().update()
            self.chosen.emit(line.key)
