"""Finds a font that has Japanese: the system's own, else the one that comes with matplotlib-fontja."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font

FAMILIES: Final = (
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Hiragino Sans",
    "Yu Gothic UI",
    "Yu Gothic",
    "Meiryo",
    "IPAexGothic",
)
_LAST_RESORT: Final = "DejaVu Sans"
_POINTS_PER_PIXEL: Final = 72 / 100
"""Drawings are made at 100 dots per inch times their scale."""
_LAYOUT_UNITS: Final = 64


@cache
def families() -> tuple[str, ...]:
    """The families to draw with, the preferred one first; every one of them exists."""
    known = {entry.name for entry in fontManager.ttflist}
    chosen = next((family for family in FAMILIES if family in known), None) or _shipped_family()
    return (chosen, _LAST_RESORT) if chosen else (_LAST_RESORT,)


@cache
def font(size: float, bold: bool = False) -> FontProperties:
    """The font at a size in pixels."""
    weight = "bold" if bold else "normal"
    return FontProperties(family=list(families()), size=size * _POINTS_PER_PIXEL, weight=weight)


@cache
def text_width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text will be, in pixels."""
    face = get_font(findfont(font(size, bold)))
    face.set_size(size, 72)
    face.set_text(text)
    return float(face.get_width_height()[0]) / _LAYOUT_UNITS


def elided(text: str, room: float, size: float, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits into `room` pixels with an ellipsis."""
    if text_width(text, size, bold) <= room:
        return text
    for end in range(len(text) - 1, 0, -1):
        shortened = text[:end].rstrip() + "…"
        if text_width(shortened, size, bold) <= room:
            return shortened
    return "…"


def folders() -> tuple[Path, ...]:
    """Where the files of these families lie, bold ones too."""
    found = [Path(findfont(FontProperties(family=name, weight=w))) for name in families() for w in ("normal", "bold")]
    return tuple(dict.fromkeys(file.parent for file in found))


def _shipped_family() -> str | None:
    """Registers the font of matplotlib-fontja without importing it: the import would change global settings."""
    spec = find_spec("matplotlib_fontja")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "fonts" / "ipaexg.ttf"
    if not path.is_file():
        return None
    fontManager.addfont(path)
    return FontProperties(fname=path).get_name()
