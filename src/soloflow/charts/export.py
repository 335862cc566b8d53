"""Keeps a chart: PNG, SVG or PDF of the drawing, CSV of the rows behind it."""

import io
from functools import cache
from pathlib import Path
from typing import Final

from matplotlib import rc_context

from soloflow.charts.fonts import FAMILIES, families
from soloflow.charts.paper import Drawing
from soloflow.charts.rows import StageRow, rows_csv
from soloflow.domain.errors import UserError
from soloflow.i18n import _

FORMATS: Final = ("png", "svg", "pdf")
_MARGIN: Final = 0.24
"""Inches; one is 100 pixels."""
_HAIR: Final = 0.03
_BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it, Excel in Japan reads UTF-8 as Shift_JIS."""


@cache
def rehearse() -> None:
    """Load once what every drawing needs (fonts, the backend), on a thread where it keeps nobody waiting."""
    import matplotlib.backends.backend_agg  # noqa: F401

    from soloflow.charts.fonts import text_width

    text_width("集客 0", 13)
    text_width("集客 0", 13, bold=True)


def save_drawing(drawing: Drawing, path: Path, *, margin: bool = False) -> None:
    """Write the drawing; the ending of the name (png, svg, pdf) chooses the format. The bytes carry no date.

    The texts of an SVG are text, so that they can be searched and changed. `margin` adds white space around a drawing made for the window.

    :raises UserError: when the ending is another one, or the file cannot be written.
    """
    ending = path.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise UserError(_("図は PNG、SVG、PDF で保存できます。ファイル名の終わりをどれかにしてください。"))
    undated = {"png": None, "svg": {"Date": None}, "pdf": {"CreationDate": None}}[ending]
    out = io.BytesIO()
    with rc_context(
        {"svg.hashsalt": "soloflow", "svg.fonttype": "none"}
    ):  # without salt the ids differ from run to run
        box = "tight" if margin else None
        drawing.figure.savefig(out, format=ending, dpi="figure", metadata=undated, bbox_inches=box, pad_inches=_MARGIN)
    made = out.getvalue()
    try:
        path.write_bytes(_any_font(made.decode("utf-8")).encode("utf-8") if ending == "svg" else made)
    except OSError as error:
        raise _not_written(path) from error


def as_svg(drawing: Drawing) -> str:
    """The drawing for a document: its texts are text, with the fonts that a reader may have. The bytes carry no date.

    A little is added at the right, where figures end at the very edge: fonts differ by a hair, and a document cuts there.
    """
    from matplotlib.transforms import Bbox

    out = io.StringIO()
    with rc_context({"svg.hashsalt": "soloflow", "svg.fonttype": "none"}):
        width, height = drawing.figure.get_size_inches()
        whole = Bbox.from_extents(0, 0, width + _HAIR, height)
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        drawing.figure.savefig(out, format="svg", dpi="figure", metadata=nothing, bbox_inches=whole)
    return _any_font(out.getvalue())


def _any_font(svg: str) -> str:
    """Behind our own fonts those of other systems."""
    own = ", ".join(f"'{family}'" for family in families())
    return svg.replace(own, ", ".join([*(f"'{one}'" for one in dict.fromkeys((*families(), *FAMILIES))), "sans-serif"]))


def save_rows(rows: tuple[StageRow, ...], path: Path) -> None:
    """Write the table behind the charts as CSV that spreadsheets open as it is.

    :raises UserError: when the file cannot be written.
    """
    save_text(_BYTE_ORDER_MARK + rows_csv(rows), path)


def save_text(text: str, path: Path) -> None:
    """Write a text as UTF-8, its line ends as they are.

    :raises UserError: when the file cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise _not_written(path) from error


def _not_written(path: Path) -> UserError:
    return UserError(
        _("{name} を書けませんでした。記録はそのままです。別のフォルダを選んで、もう一度保存してください。").format(
            name=path.name
        )
    )
