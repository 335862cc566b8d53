"""Text → a QR code as dark and light modules, as PNG, as SVG, and in half blocks for a terminal.

Never a Micro QR, which phones do not read; error level M or better where the size allows it for nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from soloflow.domain.errors import UserError
from soloflow.i18n import _

QUIET = 4
"""Modules of light that a code needs around it (ISO/IEC 18004, 6.3.8)."""
LEAST_PIXELS = 1000
"""Least side of a written PNG, so that it can be printed."""
_EASY_VERSION = 12
"""Codes up to this size (65 modules) are read from a screen at arm's length."""
_BLOCKS = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
"""Upper and lower module as dark or not: light is what is printed, on the dark ground of a terminal."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A code: rows of modules from the top, True for dark, without the quiet zone."""

    text: str
    modules: tuple[tuple[bool, ...], ...]
    version: int

    @property
    def side(self) -> int:
        """Modules along one side, the quiet zone included."""
        return len(self.modules) + 2 * QUIET

    @property
    def is_easy(self) -> bool:
        """Whether a phone reads it easily from a screen."""
        return self.version <= _EASY_VERSION

    def is_dark(self, x: int, y: int) -> bool:
        """A module by its place; light outside."""
        return 0 <= y < len(self.modules) and 0 <= x < len(self.modules) and self.modules[y][x]


def draw(text: str) -> Drawing:
    """The code of a text, in UTF-8.

    :raises UserError: when there is more text than any code holds.
    """
    import segno

    try:
        made = segno.make_qr(text, error="m", encoding="utf-8")
    except segno.DataOverflowError as error:
        raise UserError(_("QRコードに入りきらない長さです。載せるものを減らしてください。")) from error
    return Drawing(text, tuple(tuple(bool(module) for module in row) for row in made.matrix), int(made.version))


def as_png(drawing: Drawing) -> bytes:
    """Black on white, every module a whole number of pixels, at least LEAST_PIXELS wide."""
    import segno

    made = BytesIO()
    code = segno.make_qr(drawing.text, error="m", encoding="utf-8")
    code.save(made, kind="png", scale=-(-LEAST_PIXELS // drawing.side), border=QUIET)
    return made.getvalue()


def as_svg(drawing: Drawing) -> bytes:
    """One path of black on a white square, a module being one unit."""
    runs = "".join(f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z" for x, y, length in _runs(drawing))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.side} {drawing.side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{drawing.side}v{drawing.side}H0z"/><path d="{runs}"/></svg>\n'
    ).encode()


def as_blocks(drawing: Drawing) -> str:
    """Two rows of modules in one line of text, light ones printed, for a terminal with a dark ground."""
    places = range(-QUIET, len(drawing.modules) + QUIET)
    return "\n".join(
        "".join(_BLOCKS[drawing.is_dark(x, y), y + 1 >= places.stop or drawing.is_dark(x, y + 1)] for x in places)
        for y in places[::2]
    )


def _runs(drawing: Drawing) -> Iterator[tuple[int, int, int]]:
    """(x, y, length) of the dark modules beside each other."""
    for y, row in enumerate(drawing.modules):
        start: int | None = None
        for x, dark in enumerate((*row, False)):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                yield start, y, x - start
                start = None
