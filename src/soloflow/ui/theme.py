"""Colours, measures, fonts and the style sheet of the window, all from the tokens in `tokens.py`.

For page authors::

    theme = self.context.theme
    theme.color("ink2")            # QColor of a token; names in tokens.py
    theme.size("row_task")         # int pixels; also xs s m l = 4 8 16 24
    theme.font("body", bold=True)  # QFont of label 12, body 13, form 15, title 20, figure 28
    theme.line("body")             # line height in pixels

Looks are chosen by dynamic properties, never by an own style sheet:

* ``QPushButton`` variant: (none) | primary | warning | quiet | link | sign | chip | segment | tab; ``small=True`` for 26 px
* ``QLineEdit`` variant: (none) | form | capture | search | inline; ``problem=True`` draws the warning edge
* ``QFrame`` variant: rule | hairline | upright | card | panel | warning | popover | footer | bar | band
* ``QWidget`` variant: page | side
* ``QLabel`` role: label | second | small | strong | form | head | title | figure | late | warnt | lostt | advt | acc |
  warn-strong | form-second | acc-head; variant: tag | chip | chip-on | key

`styled(widget, variant="quiet", small=True)` sets them and may be called again at any time.

Theme and language switches rebuild every page, so a page may read the theme once, in its constructor.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from string import Template
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from soloflow import resources
from soloflow.ui import tokens

APPEARANCES = ("system", "light", "dark")
"""What the user may choose; "system" follows the desktop, live."""

JAPANESE_FAMILIES = (
    "Hiragino Sans",
    "Yu Gothic UI",
    "Meiryo UI",
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Source Han Sans JP",
    "BIZ UDPGothic",
    "IPAexGothic",
    "IPAPGothic",
    "TakaoPGothic",
    "VL PGothic",
)

W = TypeVar("W", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Theme:
    """One appearance of the window; a new value after every switch."""

    name: str
    """"light" or "dark"."""
    colors: Mapping[str, QColor]
    sizes: Mapping[str, int]
    types: Mapping[str, tuple[int, int]]
    families: tuple[str, ...]
    has_japanese: bool
    """False when neither the system nor the installation has a Japanese font: text would show as boxes."""

    @property
    def is_dark(self) -> bool:
        """Whether light text stands on dark ground."""
        return self.name == "dark"

    def color(self, role: str) -> QColor:
        """The colour of a token."""
        return self.colors[role]

    def hex(self, role: str) -> str:
        """The colour of a token as #RRGGBB, for charts and SVG."""
        return self.colors[role].name()

    def size(self, name: str) -> int:
        """A measure in logical pixels."""
        return self.sizes[name]

    def line(self, type_name: str) -> int:
        """Line height in logical pixels of a type size."""
        return self.types[type_name][1]

    def font(self, type_name: str = "body", *, bold: bool = False) -> QFont:
        """The interface font in one of the five type sizes, with tabular figures."""
        return QFont(_font(self.families, self.types[type_name][0], bold))


def load_theme(name: str) -> Theme:
    """The theme "light" or "dark". Needs a running QGuiApplication because it looks for fonts."""
    column = ("light", "dark").index(name)
    families, has_japanese = interface_families()
    return Theme(
        name=name,
        colors={role: QColor(pair[column]) for role, pair in tokens.COLORS.items()},
        sizes=tokens.SIZES,
        types=tokens.TYPES,
        families=families,
        has_japanese=has_japanese,
    )


def resolve_appearance(appearance: str) -> str:
    """ "light" or "dark" for the user's choice, asking the desktop when the choice is "system"."""
    if appearance in {"light", "dark"}:
        return appearance
    scheme = QGuiApplication.styleHints().colorScheme()
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def apply_theme(theme: Theme) -> None:
    """Dress the whole application, which has been started in Fusion (`-style fusion`): palette, font, style sheet."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setPalette(palette(theme))
    app.setFont(theme.font("body"))
    app.setStyleSheet(style_sheet(theme))


def style_sheet(theme: Theme) -> str:
    """The one style sheet, generated from the tokens."""
    values: dict[str, str] = {role: color.name() for role, color in theme.colors.items()}
    values |= {name: str(size) for name, size in theme.sizes.items()}
    values["art"] = resources.path("themes", theme.name).as_posix()
    return Template(_template()).substitute(values)


def palette(theme: Theme) -> QPalette:
    """Colours for what the style sheet does not reach (Fusion's own dialogs, text cursors, placeholders)."""
    roles = {
        QPalette.ColorRole.Window: "bg",
        QPalette.ColorRole.Base: "bg",
        QPalette.ColorRole.AlternateBase: "bg2",
        QPalette.ColorRole.Button: "bg",
        QPalette.ColorRole.WindowText: "ink",
        QPalette.ColorRole.Text: "ink",
        QPalette.ColorRole.ButtonText: "ink",
        QPalette.ColorRole.PlaceholderText: "ink3",
        QPalette.ColorRole.Highlight: "acc",
        QPalette.ColorRole.HighlightedText: "onacc",
        QPalette.ColorRole.Accent: "acc",
        QPalette.ColorRole.Link: "acc",
        QPalette.ColorRole.ToolTipBase: "toast",
        QPalette.ColorRole.ToolTipText: "ontoast",
    }
    made = QPalette(theme.color("bg"))
    for role, token in roles.items():
        made.setColor(role, theme.color(token))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.color("ink3"))
    return made


def styled(widget: W, **properties: str | bool | None) -> W:
    """Set the dynamic properties the style sheet looks at, and repaint; returns the widget."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
    return widget


@cache
def interface_families() -> tuple[tuple[str, ...], bool]:
    """Font families of the interface, best first, and whether one of them has Japanese."""
    known = next(filter(QFontDatabase.hasFamily, JAPANESE_FAMILIES), None)
    japanese = [known] if known else QFontDatabase.families(QFontDatabase.WritingSystem.Japanese)
    found = tuple(japanese[:1]) or _bundled_family()
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return (*found, system) if system not in found else found, bool(found)


def _bundled_family() -> tuple[str, ...]:
    """The Japanese font that comes with matplotlib-fontja, found without importing matplotlib."""
    spec = find_spec("matplotlib_fontja")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for file in sorted(Path(folder).rglob("*.ttf")):
            families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
            if families:
                return tuple(families[:1])
    return ()


@cache
def _font(families: tuple[str, ...], pixels: int, bold: bool) -> QFont:
    made = QFont(list(families))
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    if hasattr(QFont, "Tag"):
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


@cache
def _template() -> str:
    return resources.path("themes", "window.qss").read_text("utf-8")
