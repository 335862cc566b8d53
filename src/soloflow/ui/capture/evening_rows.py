"""A row of tonight's list."""

from collections.abc import Sequence

from PySide6.QtGui import QFontMetrics

from soloflow.i18n import _
from soloflow.services import wording
from soloflow.services.evening import Met
from soloflow.ui.models.evening import NUMBER
from soloflow.ui.theme import Theme
from soloflow.ui.widgets.rows import ROW, Cell, Index, RowDelegate, Run, columns


class EveningRows(RowDelegate):
    """Number, name, company, what was said, 名簿のみ or 育成, next step; 30 high."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, theme.size("row_capture"))
        self._label = QFontMetrics(theme.font("label"))

    def cells(self, index: Index, width: int) -> Sequence[Cell]:
        """What the row shows."""
        one: Met = index.data(ROW)
        state = _state(one)
        chip = self._label.horizontalAdvance(state) + 14 if state else 1
        number, name, company, words, mark, step = columns(width, 16, 100, 120, 0, chip, 132, gap=10)
        said = () if one.words == _("会った") else (Run(one.words),)
        return (
            Cell(*number, (Run(str(index.data(NUMBER)), "ink3", type="label"),), align="right"),
            Cell(*name, (Run(one.name or "—", bold=True),)),
            Cell(*company, (Run(one.company or "—", "ink2"),)),
            Cell(*words, said),
            Cell(*mark, (Run(state, "ink2", type="label", chip=True),) if state else (), align="right"),
            Cell(*step, (Run(_step(one), "ink2" if one.step else "ink3", type="label"),), align="right"),
        )


def _state(one: Met) -> str:
    if one.standing == "book":
        return _("名簿のみ")
    if one.standing in ("nurture", "lost"):
        return _("育成") if one.standing == "nurture" else _("離脱")
    return wording.stage_name(one.stage) if one.stage is not None and one.stage > 1 else ""


def _step(one: Met) -> str:
    return one.step or "—"
