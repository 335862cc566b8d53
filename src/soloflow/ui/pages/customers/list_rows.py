"""How a customer looks in the list: name and stage, below them the next step and its day."""

from collections.abc import Sequence

from soloflow.i18n import _
from soloflow.services import wording
from soloflow.services.customers import CustomerRow
from soloflow.services.found_words import Found
from soloflow.services.workspace import Workspace
from soloflow.ui.theme import Theme
from soloflow.ui.widgets.rows import ROW, Cell, Index, RowDelegate, Run

LIST_WIDTH = 368
NARROW_WIDTH = 328
"""In a narrow window, so that nine steps have room beside it."""


class CustomerRows(RowDelegate):
    """Rows of 56 with two lines."""

    def __init__(self, theme: Theme, workspace: Workspace) -> None:
        super().__init__(theme, theme.size("row_customer"), lines=2, overhang=0)
        self._workspace = workspace
        self.reasons: dict[str, str] = {}
        """Names of the lost reasons by code."""
        self.chosen: frozenset[int] = frozenset()
        """The customers whose name is bold because they are selected."""
        self.shows_standing = False
        """Whether rows of several standings stand together, so that each says its own."""

    def cells(self, index: Index, width: int) -> Sequence[Cell]:
        """Qt's row as four texts."""
        row: CustomerRow | None = index.data(ROW)
        if row is None:
            return ()
        stage = wording.stage_name(row.stage) if row.stage else ""
        if not stage or (self.shows_standing and row.standing != "active"):
            stage = _(wording.STANDINGS[row.standing])
        right = self._text_width(stage, bold=False)
        day, role, bold = self._day(row)
        day_width = self._text_width(day, bold=bold)
        return (
            Cell(0, max(0, width - right - 12), self._names(row)),
            Cell(width - right, right, (Run(stage, "ink2", type="label"),), align="right"),
            Cell(0, max(0, width - day_width - 12), self._second(row), line=1),
            Cell(width - day_width, day_width, (Run(day, role, bold=bold, type="label"),), align="right", line=1),
        )

    def _names(self, row: CustomerRow) -> tuple[Run, ...]:
        """The customer, and the person to talk to where that is somebody else."""
        name = Run(row.name, bold=row.id in self.chosen)
        return (
            (name, Run(row.contact_name, "ink3", type="label")) if row.contact_name not in ("", row.name) else (name,)
        )

    def _second(self, row: CustomerRow) -> tuple[Run, ...]:
        if row.found:
            return _why(row.found)
        if row.plan:
            return (Run(row.plan.text, "ink2", type="label"),)
        if row.standing == "active":
            return (Run(_("次の一手がありません"), "warnt", type="label"),)
        if row.standing == "lost":
            return (Run(self.reasons.get(row.reason or "", ""), "ink2", type="label"),)
        return ()

    def _day(self, row: CustomerRow) -> tuple[str, str, bool]:
        if row.plan is None:
            return "", "ink2", False
        distance = (row.plan.due_on - self._workspace.today()).days
        if distance < 0:
            return wording.relative(self._workspace, row.plan.due_on), "warnt", True
        if distance == 0:
            return f"{wording.relative(self._workspace, row.plan.due_on)} {row.plan.due_time}".strip(), "ink2", False
        return wording.day(self._workspace, row.plan.due_on), "ink2", False

    def _text_width(self, text: str, *, bold: bool) -> int:
        return self._metrics["label", bold].horizontalAdvance(text) + 1


def _why(found: Found) -> tuple[Run, ...]:
    """「メモ 在庫が…」: what a search found, with the words marked."""
    words = found.words
    parts = (
        Run(words.before, "ink2", type="label"),
        Run(words.hit, "acc", bold=True, type="label", glued=bool(words.before)),
        Run(words.after, "ink2", type="label", glued=True),
    )
    return (Run(found.place, "ink3", type="label"), *(part for part in parts if part.text))
