"""A row of the people of a pasted text."""

from collections.abc import Sequence

from PySide6.QtGui import QFontMetrics

from soloflow.i18n import _
from soloflow.ui.models.pasted_people import Guest
from soloflow.ui.theme import Theme
from soloflow.ui.widgets.rows import ROW, Cell, Index, RowDelegate, Run, columns

TAKE = "take"
_WIDEST = 216


class PastedRows(RowDelegate):
    """Tick, name, company, how they are reached, what will be done; 30 high."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, theme.size("row_capture"))
        self._label = QFontMetrics(theme.font("label"))

    def cells(self, index: Index, width: int) -> Sequence[Cell]:
        """What the row shows."""
        guest: Guest = index.data(ROW)
        wanted = min(_WIDEST, self._label.horizontalAdvance(guest.done) + 2)
        tick, name, company, reached, done = columns(width, 16, 100, 120, 0, max(1, wanted), gap=10)
        if guest.is_unread:
            icon, words = "warning", guest.written.text
            rest = (reached[0] + reached[1]) - name[0]
            return (
                Cell(*tick, icon=icon, icon_role="warnt", tip=_("この行は入力欄に残ります")),
                Cell(name[0], rest, (Run(" ".join(words[:200].split()), "ink2"),)),
                Cell(*done, (Run(guest.done, "warnt", type="label"),), align="right"),
            )
        taken = guest.is_taken
        person = guest.written.entry.person
        is_known = any(hint.kind in ("sure", "likely") for hint in guest.hints or ())
        return (
            Cell(
                *tick,
                icon="check" if taken else "circle",
                icon_role="acc" if taken else "ink3",
                key=TAKE,
                tip=_("加える・加えない  Space"),
            ),
            Cell(*name, (Run(guest.name or "—", "ink" if taken else "ink3", bold=taken),)),
            Cell(
                *company, (Run(person.company if person.company != guest.name else "—", "ink2" if taken else "ink3"),)
            ),
            Cell(*reached, (Run(guest.reached[:200], "ink2" if taken else "ink3"),)),
            Cell(*done, (Run(guest.done, "warnt" if is_known and taken else "ink3", type="label"),), align="right"),
        )
