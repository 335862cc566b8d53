"""An accent for both modes from one colour, moved only as far as the contrast asks.

Contrast is the WCAG 2 ratio of relative luminances (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

import colorsys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

TEXT = 4.5
"""Least contrast of text (WCAG 1.4.3)."""
SHAPE = 3.0
"""Least contrast of a meaningful shape (WCAG 1.4.11)."""
_STEPS = 200


@dataclass(frozen=True, slots=True)
class Accent:
    """Token → colour for each mode, and whether the user's colour itself had to be moved."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    moved: bool


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", 0 (black) to 1 (white)."""
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21, whichever is lighter."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def derive(colour: str, light: Mapping[str, str], dark: Mapping[str, str]) -> Accent:
    """The accent tokens (acc, acc2, on, deep, dline, pale) for a colour on a theme's grounds.

    `light` and `dark` are the theme's tokens: bg, soft, dink and dsub are used. Text keeps 4.5, bars keep 3.
    """
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    muted = min(saturation, 0.55)
    acc = _until(colour, -1, lambda c: _reads(c, light) and contrast("#ffffff", c) >= TEXT)
    bright = _hex(hue, max(0.62, lightness), muted)
    dark_acc = _until(bright, +1, lambda c: _reads(c, dark) and contrast(_hex(hue, 0.09, muted), c) >= TEXT)
    return Accent(
        light={
            "acc": acc,
            "acc2": _shade(acc, -0.06),
            "on": "#ffffff",
            "deep": _ground(_hex(hue, 0.16, min(saturation, 0.76)), light),
            "dline": _hex(hue, 0.28, min(saturation, 0.38)),
            "pale": _until(_hex(hue, 0.55, muted * 0.6), -1, lambda c: contrast(c, light["soft"]) >= SHAPE),
        },
        dark={
            "acc": dark_acc,
            "acc2": _shade(dark_acc, +0.1),
            "on": _hex(hue, 0.09, muted),
            "deep": _ground(_hex(hue, 0.14, min(saturation, 0.6)), dark),
            "dline": _hex(hue, 0.24, min(saturation, 0.34)),
            "pale": _until(_hex(hue, 0.4, muted * 0.5), +1, lambda c: contrast(c, dark["soft"]) >= SHAPE),
        },
        moved=acc.lower() != colour.lower(),
    )


def _reads(colour: str, ground: Mapping[str, str]) -> bool:
    return min(contrast(colour, ground["bg"]), contrast(colour, ground["soft"])) >= TEXT


def _ground(colour: str, tokens: Mapping[str, str]) -> str:
    """A deep ground on which the theme's light text reads."""
    return _until(colour, -1, lambda c: min(contrast(c, tokens["dink"]), contrast(c, tokens["dsub"])) >= TEXT)


def _until(colour: str, direction: int, good: Callable[[str], bool]) -> str:
    """The first colour that is good when darkening (-1) or lightening (+1) in small steps."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    moved = colour.lower()
    for step in range(1, _STEPS + 1):
        if good(moved):
            break
        moved = _hex(hue, min(1.0, max(0.0, lightness + direction * step / _STEPS)), saturation)
    return moved


def _shade(colour: str, by: float) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    return _hex(hue, min(1.0, max(0.0, lightness + by)), saturation)


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(hue: float, lightness: float, saturation: float) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, lightness, saturation))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
