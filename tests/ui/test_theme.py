import re

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from soloflow import resources
from soloflow.ui import icons, theme
from soloflow.ui.theme import load_theme, style_sheet, styled


def _luminance(color) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(first, second) -> float:
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("text", ["ink", "ink2", "ink3", "acc", "advt", "lostt", "warnt"])
@pytest.mark.parametrize("ground", ["bg", "bg2", "bg3", "sel"])
def test_text_is_readable_on_every_ground(qapp, name, text, ground):
    made = load_theme(name)
    assert contrast(made.color(text), made.color(ground)) >= 4.495


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [("onacc", "acc"), ("onacc", "acch"), ("ontoast", "toast"), ("toastacc", "toast"), ("toastkey", "toast")],
)
def test_words_on_buttons_and_notices_are_readable(qapp, name, text, ground):
    made = load_theme(name)
    assert contrast(made.color(text), made.color(ground)) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
def test_edges_of_controls_are_visible(qapp, name):
    made = load_theme(name)
    assert all(contrast(made.color("ctl"), made.color(ground)) >= 2.95 for ground in ("bg", "bg2", "bg3", "sel"))


def test_the_style_sheet_holds_no_colour_of_its_own(qapp):
    source = resources.path("themes", "window.qss").read_text("utf-8")
    assert not re.findall(r"#[0-9A-Fa-f]{6}", source)
    assert "$" not in style_sheet(load_theme("dark"))


@pytest.mark.parametrize("name", ["light", "dark"])
def test_small_pictures_of_controls_use_the_tokens(qapp, name):
    made = load_theme(name)
    tokens = {color.name().upper() for color in made.colors.values()}
    for file in resources.path("themes", name).glob("*.svg"):
        assert set(re.findall(r"#[0-9A-Fa-f]{6}", file.read_text("utf-8"))) <= tokens, file


def test_a_variant_can_be_changed_after_the_control_was_shown(qtbot, theme):
    made = QPushButton("保存")
    qtbot.addWidget(made)
    made.show()
    plain = made.grab().toImage().pixelColor(made.width() // 2, 3)
    styled(made, variant="primary")
    assert made.grab().toImage().pixelColor(made.width() // 2, 3) == theme.color("acc") != plain


def test_the_interface_font_has_japanese_and_even_figures(qapp):
    made = load_theme("light")
    assert made.has_japanese
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(made.font("body"))
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_the_bundled_font_steps_in_where_the_system_has_none(qapp, monkeypatch):
    monkeypatch.setattr(theme, "JAPANESE_FAMILIES", ())
    monkeypatch.setattr(theme.QFontDatabase, "families", lambda *_args: [])
    families, has_japanese = theme.interface_families.__wrapped__()
    assert has_japanese
    assert "IPA" in families[0]


def test_no_japanese_font_at_all_is_said(qapp, monkeypatch):
    monkeypatch.setattr(theme, "JAPANESE_FAMILIES", ())
    monkeypatch.setattr(theme.QFontDatabase, "families", lambda *_args: [])
    monkeypatch.setattr(theme, "find_spec", lambda _name: None)
    assert theme.interface_families.__wrapped__()[1] is False


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_every_icon_is_drawn_sharp_in_the_colour_asked_for(qapp, ratio):
    made = load_theme("light")
    for name in icons.names():
        drawn = icons.pixmap(made, name, "acc", 16, ratio)
        assert drawn.width() == round(16 * ratio), name
        image = drawn.toImage()
        solid = [
            image.pixelColor(x, y)
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        ]
        strong = max(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))
        assert strong > 150, name
        assert all(abs(p.red() - 0x0A) < 3 and abs(p.blue() - 0x74) < 3 for p in solid), name


def test_the_application_is_dressed_in_fusion(theme, qapp):
    assert isinstance(qapp, QApplication)
    assert qapp.font().pixelSize() == 13
