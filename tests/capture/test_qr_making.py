"""Codes that are made can be read: from PNG, SVG and blocks, with their quiet zone, never as Micro QR."""

import re
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pictures_of_codes import as_bytes
from soloflow.capture.qr import codes_of
from soloflow.capture.qr_making import QUIET, Drawing, as_blocks, as_png, as_svg, draw
from soloflow.domain.errors import UserError

LETTERS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=120).filter(
    lambda text: text != "\ufeff"
)


def painted(dark: list[list[bool]], module: int = 4) -> bytes:
    """A picture of modules, as they would stand on a screen."""
    picture = Image.new("L", (len(dark[0]), len(dark)), 255)
    picture.putdata([0 if one else 255 for row in dark for one in row])
    return as_bytes(picture.resize((picture.width * module, picture.height * module), Image.Resampling.NEAREST))


def with_quiet_zone(drawing: Drawing) -> list[list[bool]]:
    places = range(-QUIET, len(drawing.modules) + QUIET)
    return [[drawing.is_dark(x, y) for x in places] for y in places]


@settings(max_examples=40)
@given(text=LETTERS)
def test_what_is_drawn_is_read_again(text: str) -> None:
    assert [one.text for one in codes_of("x", painted(with_quiet_zone(draw(text))))] == [text.removeprefix("\ufeff")]


def test_a_png_is_read_and_large_enough_to_be_printed() -> None:
    data = as_png(draw("https://example.jp/髙﨑"))
    assert Image.open(BytesIO(data)).width >= 1000
    assert codes_of("x", data)[0].text == "https://example.jp/髙﨑"


def test_a_png_has_modules_of_whole_pixels_and_its_quiet_zone() -> None:
    drawing = draw("https://example.jp/")
    picture = Image.open(BytesIO(as_png(drawing))).convert("L")
    module, rest = divmod(picture.width, drawing.side)
    assert rest == 0
    assert set(picture.crop((0, 0, picture.width, QUIET * module)).tobytes()) == {255}
    assert picture.getpixel((QUIET * module, QUIET * module)) == 0


def test_an_svg_draws_the_same_modules() -> None:
    drawing = draw("https://example.jp/?s=261121")
    dark = [[False] * drawing.side for _row in range(drawing.side)]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", as_svg(drawing).decode()):
        for step in range(int(length)):
            dark[int(y)][int(x) + step] = True
    assert dark == with_quiet_zone(drawing)


def test_blocks_draw_the_same_modules_two_rows_in_a_line() -> None:
    drawing = draw("https://example.jp/?s=261121")
    dark: list[list[bool]] = []
    for line in as_blocks(drawing).splitlines():
        dark += [[block in " ▄" for block in line], [block in " ▀" for block in line]]
    assert dark[: drawing.side] == with_quiet_zone(drawing)
    assert all(all(row) for row in dark[drawing.side :]) or len(dark) == drawing.side


def test_a_short_text_is_no_micro_code() -> None:
    assert (draw("1").version, len(draw("1").modules)) == (1, 21)


def test_too_much_text_is_refused_with_a_sentence() -> None:
    with pytest.raises(UserError, match="入りきらない"):
        draw("あ" * 2000)
