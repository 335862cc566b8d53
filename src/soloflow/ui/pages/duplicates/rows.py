"""How pairs, fields and histories look as rows."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from soloflow.i18n import _
from soloflow.services import wording
from soloflow.services.comparing import BOTH, FIRST, SECOND, Line
from soloflow.services.customers import CustomerRow
from soloflow.services.duplicates import PairRow
from soloflow.services.pair_sides import Past
from soloflow.services.workspace import Workspace
from soloflow.ui.models.pair_lines import LineModel
from soloflow.ui.theme import Theme
from soloflow.ui.widgets.rows import ROW, Cell, Index, RowDelegate, RowList, Run, columns

LABEL = 104
NARROW_LABEL = 76
WIDE = 640
"""Width from which the labels have all their room."""
GAP = 12
MARK = 24
"""What the mark of a choice takes, so that texts stand in line with and without one."""
NO_VALUE = "—"


class PairRows(RowDelegate):
    """Rows of 56: who, and below why."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, theme.size("row_customer"), lines=2, overhang=0)

    def cells(self, index: Index, width: int) -> Sequence[Cell]:
        """Both names, or the one that both have with the companies behind it."""
        row: PairRow = index.data(ROW)
        icon = "company" if row.pair.kind == "prospect" else "person"
        return (
            Cell(0, 16, icon=icon, icon_role="ink3", tip=_("会社") if icon == "company" else _("人")),
            Cell(MARK, width - MARK, _who(row)),
            Cell(MARK, width - MARK, (Run(row.words, "ink2", type="label"),), line=1),
        )


def _who(row: PairRow) -> tuple[Run, ...]:
    if row.first != row.second:
        return (Run(_("{first}／{second}").format(first=row.first, second=row.second)),)
    companies = dict.fromkeys(company for company in (row.first_company, row.second_company) if company)
    return (Run(row.first), Run("／".join(companies), "ink3", type="label"))


class LineRows(RowDelegate):
    """Rows of 36: the field, one side, the other, what remains."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, theme.size("row_task"))

    def cells(self, index: Index, width: int) -> Sequence[Cell]:
        """Where the sides differ, what is taken has a mark and full ink."""
        line, choice = index.data(ROW)
        label, first, second, result = places(width)
        left = result[0]
        count = (Run(_("{count}件").format(count=line.count), "ink3", type="label"),) if line.count > 1 else ()
        return (
            Cell(*label, (Run(line.label, "ink3", type="label"),)),
            _side(line, choice, FIRST, *first),
            _side(line, choice, SECOND, *second),
            Cell(left, result[1], (*count, Run(flat(line.result(choice)) or NO_VALUE, bold=line.is_choice))),
        )


def places(width: int) -> tuple[tuple[int, int], ...]:
    """(left, width) of label, first, second and result."""
    label = LABEL if width >= WIDE else NARROW_LABEL
    each = (width - label - 3 * GAP) // 3
    return columns(width, label, each, each, 0, gap=GAP)


def _side(line: Line, choice: str, side: str, left: int, width: int) -> Cell:
    text = flat(line.first if side == FIRST else line.second)
    if not line.is_choice:
        return Cell(left + MARK, width - MARK, (Run(text or NO_VALUE, "ink2" if text else "ink3"),))
    is_taken = choice in (side, BOTH)
    tip = "\n".join(
        (
            line.first if side == FIRST else line.second,
            _("こちらを残す  {key}").format(key="←" if side == FIRST else "→"),
        )
    )
    return Cell(
        left, width, (Run(text, "ink" if is_taken else "ink3"),), icon="check" if is_taken else "circle",
        icon_role="acc" if is_taken else "ctl", key=side, tip=tip,
    )  # fmt: skip


def flat(text: str) -> str:
    """A text of several lines as one."""
    return " ".join(text.split("\n"))


class LineList(RowList):
    """The fields; ← and → take a side, Space the next one. J and K belong to the pairs."""

    def __init__(self, theme: Theme, model: LineModel) -> None:
        super().__init__(LineRows(theme))
        self._lines = model
        self.setModel(model)
        self.setAccessibleName(_("項目"))
        self.cell_clicked.connect(self._on_cell)

    def _on_cell(self, index: Index, side: str) -> None:
        self.setCurrentIndex(self._lines.index(index.row()))
        self._lines.choose(index.row(), side)

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        """The first click has chosen already."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: choose with the arrows."""
        key, row = event.key(), self.currentIndex().row()
        sides = {int(Qt.Key.Key_Left): FIRST, int(Qt.Key.Key_Right): SECOND}
        if int(key) in sides:
            self._lines.choose(row, sides[int(key)])
        elif key == Qt.Key.Key_Space:
            self._lines.turn(row)
        elif key in {Qt.Key.Key_J, Qt.Key.Key_K}:
            event.ignore()
        else:
            super().keyPressEvent(event)


class PairList(RowList):
    """The pairs; → and a double click go to the fields, the rest is the page's."""

    into = Signal()

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.into.emit()  # two clicks look closer, they do not merge

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: to the right are the fields."""
        if event.key() == Qt.Key.Key_Right:
            self.into.emit()
        else:
            super().keyPressEvent(event)


class PastRows(RowDelegate):
    """Rows of 28: what happened, and its day."""

    def __init__(self, theme: Theme, workspace: Workspace) -> None:
        super().__init__(theme, theme.size("row_question"), hairline=False)
        self._workspace = workspace

    def cells(self, index: Index, width: int) -> Sequence[Cell]:
        """Icon of the kind, words, day."""
        past: Past = index.data(ROW)
        day = wording.day(self._workspace, past.day)
        right = self._width((Run(day, type="label"),))
        icon = ICONS.get(past.kind, "chevron-right")
        return (
            Cell(0, 16, icon=icon, icon_role="ink3"),
            Cell(MARK, max(0, width - MARK - right - GAP), (Run(flat(past.text), "ink2"),)),
            Cell(width - right, right, (Run(day, "ink3", type="label"),), align="right"),
        )


ICONS = {
    "meetup": "meeting", "card": "person", "mail": "mail", "call": "call", "meeting": "meeting", "document": "document",
    "note": "pencil", "sign": "star", "voice": "quote", "done": "check", "lose": "cross", "recycle": "recycle",
    "reactivate": "redo",
}  # fmt: skip
"""Of activities and moves; moves on have an arrow."""


class PartnerRows(RowDelegate):
    """Rows of 56: a customer, where it stands, and the person there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, theme.size("row_customer"), lines=2, overhang=0)

    def cells(self, index: Index, width: int) -> Sequence[Cell]:
        """Name and stage, below the contact."""
        row: CustomerRow | None = index.data(ROW)
        if row is None:
            return ()
        stage = Run(wording.stage_name(row.stage) if row.stage else _(wording.STANDINGS["book"]), "ink2", type="label")
        right = self._width((stage,))
        contact = row.contact_name if row.contact_name != row.name else ""
        return (
            Cell(0, max(0, width - right - GAP), (Run(row.name),)),
            Cell(width - right, right, (stage,), align="right"),
            Cell(0, width, (Run(contact, "ink2", type="label"),), line=1),
        )
