"""Keeping an answer: its picture as PNG, SVG or PDF, its table as CSV, or the picture for the clipboard. Loads matplotlib."""

from pathlib import Path
from typing import Final

from soloflow.charts.colours import DARK, LIGHT
from soloflow.charts.export import save_drawing, save_text
from soloflow.charts.paper import Drawing
from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services.answers import Answer, table_csv

_WIDTH: Final = 1156.0


def drawing(answer: Answer, *, dark: bool = False) -> Drawing | None:
    """The picture at its usual width; None where there is none."""
    if answer.draw is None or not answer.height:
        return None
    return answer.draw(DARK if dark else LIGHT, _WIDTH)


def save(answer: Answer, path: Path) -> Path:
    """Write the picture (png, svg, pdf) or the table (csv), by the ending of the name.

    :raises UserError: when there is no picture, the ending is another one, or the file cannot be written.
    """
    if path.suffix.lower() == ".csv":
        save_text(table_csv(answer.table), path)
        return path
    made = drawing(answer)
    if made is None:
        raise UserError(_("ここにはまだ図がありません。表は CSV で保存できます。"))
    save_drawing(made, path, margin=True)
    return path
