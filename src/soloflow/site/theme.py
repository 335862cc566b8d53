"""A theme: colours (theme.toml), its own style sheet and mark, joined with the shared base into one file."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from soloflow import resources
from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.site.colour import derive

DEFAULT = "mizu"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with the chosen accent applied. Tokens are token → "#rrggbb"."""

    key: str
    name: str
    folder: Path
    light: Mapping[str, str]
    dark: Mapping[str, str]
    css: str
    accent_moved: bool

    @property
    def stylesheet(self) -> str:
        """The style sheet's file name; it changes with the contents, so that no reader keeps an old one."""
        return f"style.{hashlib.sha256(self.css.encode()).hexdigest()[:8]}.css"


def themes() -> tuple[tuple[str, str], ...]:
    """Key and name of every installed theme."""
    plans = sorted(resources.path("sites").glob("*/theme.toml"))
    return tuple((path.parent.name, str(tomllib.loads(path.read_text("utf-8"))["name"])) for path in plans)


def templates_folder() -> Path:
    """Where the page templates shared by every theme lie."""
    return resources.path("sites", "base")


def load(key: str = "", accent: str = "") -> Theme:
    """The theme `key` (the default when empty) with an accent "#rrggbb" (the theme's own when empty).

    :raises UserError: when there is no such theme.
    """
    folder = resources.path("sites", key or DEFAULT)
    try:
        plan = tomllib.loads((folder / "theme.toml").read_text("utf-8"))
        own = (folder / "theme.css").read_text("utf-8")
    except FileNotFoundError as error:
        raise UserError(
            _("見た目「{theme}」が見つかりません。「見た目」で選びなおしてください。").format(theme=key)
        ) from error
    light, dark, moved = dict(plan["light"]), dict(plan["dark"]), False
    if accent:
        chosen = derive(accent, light, dark)
        light, dark, moved = light | dict(chosen.light), dark | dict(chosen.dark), chosen.moved
    base = templates_folder()
    parts = [(base / "base.css").read_text("utf-8"), own, (base / "print.css").read_text("utf-8")]
    css = "".join(_squeeze(part) for part in (_tokens(light, dark), *parts))
    return Theme(folder.name, str(plan["name"]), folder, light, dark, css, moved)


def _tokens(light: Mapping[str, str], dark: Mapping[str, str]) -> str:
    return f":root{{{_custom(light)}}}\n@media (prefers-color-scheme:dark){{:root{{{_custom(dark)}}}}}\n"


def _custom(tokens: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in tokens.items())


def _squeeze(css: str) -> str:
    return _AROUND.sub("\n", _COMMENT.sub("", css)).lstrip()
