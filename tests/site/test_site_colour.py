from hypothesis import given
from hypothesis import strategies as st

from soloflow.site.colour import SHAPE, TEXT, contrast, derive
from soloflow.site.theme import load

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_black_on_white_is_21() -> None:
    assert round(contrast("#000000", "#ffffff"), 6) == 21
    assert contrast("#777777", "#777777") == 1


def test_the_contrast_is_that_of_a_published_example() -> None:
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


def test_the_themes_own_colours_read_in_both_modes() -> None:
    for tokens in (load("mizu").light, load("mizu").dark):
        for text in ("ink", "sub", "acc", "acc2"):
            assert contrast(tokens[text], tokens["bg"]) >= TEXT, text
            assert contrast(tokens[text], tokens["soft"]) >= TEXT, text
        assert contrast(tokens["on"], tokens["acc"]) >= TEXT
        assert contrast(tokens["on"], tokens["acc2"]) >= TEXT
        assert contrast(tokens["dink"], tokens["deep"]) >= TEXT
        assert contrast(tokens["dsub"], tokens["deep"]) >= TEXT
        assert contrast(tokens["field"], tokens["bg"]) >= SHAPE


@given(COLOURS)
def test_any_accent_reads_in_both_modes(colour: str) -> None:
    theme = load("mizu")
    accent = derive(colour, theme.light, theme.dark)
    for tokens, grounds in ((accent.light, theme.light), (accent.dark, theme.dark)):
        for text in ("acc", "acc2"):
            assert contrast(tokens[text], grounds["bg"]) >= TEXT
            assert contrast(tokens[text], grounds["soft"]) >= TEXT
            assert contrast(tokens["on"], tokens[text]) >= TEXT
        assert contrast(grounds["dink"], tokens["deep"]) >= TEXT
        assert contrast(grounds["dsub"], tokens["deep"]) >= TEXT
        assert contrast(tokens["pale"], grounds["bg"]) >= SHAPE


def test_a_colour_that_reads_is_kept_and_one_that_does_not_is_said_to_have_moved() -> None:
    theme = load("mizu")
    kept, moved = (derive(colour, theme.light, theme.dark) for colour in ("#7a1f5c", "#ffee00"))
    assert (kept.light["acc"], kept.moved, moved.moved) == ("#7a1f5c", False, True)


def test_the_accent_reaches_the_style_sheet() -> None:
    assert "--acc:#7a1f5c" in load("mizu", "#7a1f5c").css
    assert load("mizu", "#7a1f5c").stylesheet != load("mizu").stylesheet
