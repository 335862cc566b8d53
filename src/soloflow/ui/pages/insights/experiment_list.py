"""The learnt playbook as a list: what was tried, and what came of it, newest first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from soloflow.i18n import _, listed
from soloflow.ui.theme import Theme
from soloflow.ui.widgets.rows import ROW, Cell, RowDelegate, RowList, Run, columns

if TYPE_CHECKING:  # loads numpy, which comes with the first figures
    from soloflow.services.answers.experiments import Tried

Index = QModelIndex | QPersistentModelIndex
HEIGHT = 72
LOOKS = {
    "improved": ("chevron-up", "advt"),
    "worsened": ("chevron-down", "lostt"),
    "waiting": ("clock", "ink2"),
    "upcoming": ("calendar", "ink2"),
    "tendency": ("minus", "ink2"),
}
"""Icon and colour of a verdict; where none was possible it is a question mark."""


class ExperimentModel(QAbstractListModel):
    """Some dozen lines in a person's life: all of them at once."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Tried, ...] = ()

    def show_lines(self, lines: "tuple[Tried, ...]") -> None:
        """Show others; where they are the same ones, the place of the keyboard stays."""
        if [one.id for one in lines] == [one.id for one in self.lines]:
            self.lines = lines
            if lines:
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def row_of(self, experiment: int | None) -> int:
        """Where one stands, or -1."""
        return next((row for row, one in enumerate(self.lines) if one.id == experiment), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Qt: how many."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the line, or its sentence."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == ROW:
            return line
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return listed((line.name, line.facts, line.words, line.came))
        return None


class _Rows(RowDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, HEIGHT, lines=3)

    def cells(self, index: Index, width: int) -> Sequence[Cell]:
        line: Tried = index.data(ROW)
        icon, role = LOOKS.get(line.verdict, ("help", "ink3"))
        came = self._metrics["label", False].horizontalAdvance(line.came)
        words, rates = columns(width, 0, came)
        is_plain = role in {"ink2", "ink3"}
        return (
            Cell(0, width, (Run(line.name, bold=True),)),
            Cell(0, width, (Run(line.facts, "ink3", type="label"),), line=1),
            Cell(*words, (Run(line.words, "ink2" if is_plain else role, bold=not is_plain, type="label"),), line=2, icon=icon, icon_role=role),
            Cell(*rates, (Run(line.came, "ink2", type="label"),), line=2, align="right"),
        )  # fmt: skip


class ExperimentList(RowList):
    """The rows; `asked("edit" | "remove")` for the current one by F2 and Delete, `asked("begin")` by Insert."""

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(_Rows(theme))
        self.tried = ExperimentModel()
        self.tried.setParent(self)
        self.setModel(self.tried)
        self.setAccessibleName(_("これまでの改善策"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the keys for one line."""
        keys = {int(Qt.Key.Key_F2): "edit", int(Qt.Key.Key_Delete): "remove", int(Qt.Key.Key_Insert): "begin"}
        if event.key() in keys:
            if not event.isAutoRepeat():  # a key that is held down means one line
                self.asked.emit(keys[event.key()])
        else:
            super().keyPressEvent(event)
