"""The fields of two records beside each other, with what was chosen of each so far."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from soloflow.i18n import _, listed
from soloflow.services.comparing import BOTH, FIRST, SECOND, Line
from soloflow.services.pair_sides import Past
from soloflow.ui.widgets.rows import ROW

NONE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class LineModel(QAbstractListModel):
    """`ROW` answers (Line, choice)."""

    chosen = Signal()
    """Another side of some field is taken."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._choices: dict[str, str] = {}

    @property
    def choices(self) -> dict[str, str]:
        """What the user chose, by field."""
        return dict(self._choices)

    def show_lines(self, lines: Sequence[Line], choices: dict[str, str] | None = None) -> None:
        """Show the fields of another pair; `choices` made before are kept where they still apply."""
        self.beginResetModel()
        self._lines = tuple(lines)
        open_keys = {line.key for line in lines if line.is_choice}
        self._choices = {key: side for key, side in (choices or {}).items() if key in open_keys}
        self.endResetModel()

    def first_open(self) -> int:
        """The first field in which the two differ; 0 where they do not."""
        return next((row for row, line in enumerate(self._lines) if line.is_choice), 0)

    def choose(self, row: int, side: str) -> None:
        """Take one side of a field: first, second, or both where a text can hold both."""
        if not 0 <= row < len(self._lines):
            return
        line = self._lines[row]
        if line.is_choice and (side != BOTH or line.together):
            self._choices[line.key] = side
            self.dataChanged.emit(self.index(row), self.index(row))
            self.chosen.emit()

    def turn(self, row: int) -> None:
        """Take the next of the possible sides."""
        if 0 <= row < len(self._lines):
            line = self._lines[row]
            sides = (FIRST, SECOND, BOTH) if line.together else (FIRST, SECOND)
            now = self._choices.get(line.key, line.chosen)
            self.choose(row, sides[(sides.index(now) + 1) % len(sides)])

    def rowCount(self, parent: Index = NONE) -> int:
        """Qt: how many fields."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the field with its choice, or both as a sentence."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        choice = self._choices.get(line.key, line.chosen)
        if role == ROW:
            return line, choice
        if role in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)}:
            said = _("まとめたあと {value}").format(value=line.result(choice) or _("なし"))
            if not line.is_choice:
                return listed((line.label, said))
            return listed((line.label, line.first, line.second, said))
        return None


class PastModel(QAbstractListModel):
    """A history; `ROW` answers a Past."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history: tuple[Past, ...] = ()

    def show_history(self, history: Sequence[Past]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self._history = tuple(history)
        self.endResetModel()

    def rowCount(self, parent: Index = NONE) -> int:
        """Qt: how many lines."""
        return 0 if parent.isValid() else len(self._history)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the line, or its words."""
        if not index.isValid() or index.row() >= len(self._history):
            return None
        past = self._history[index.row()]
        if role == ROW:
            return past
        if role in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)}:
            return listed((past.text, past.day.isoformat()))
        return None
