"""Every QR code of a picture is read, however it was taken; what is no such picture is told so in a sentence."""

import contextlib
import random
import struct
import zlib

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from pictures_of_codes import as_bytes, code, photographed, together
from soloflow.capture.qr import MOST_PIXELS, codes_of, is_picture
from soloflow.capture.reading import read
from soloflow.domain.errors import UserError

MECARD = "MECARD:N:髙﨑,花子;SOUND:ﾀｶｻｷ,ﾊﾅｺ;TEL:09012345678;EMAIL:h@example.jp;ORG:㈱予表能;;"


def texts(picture: Image.Image | bytes) -> list[str]:
    data = picture if isinstance(picture, bytes) else as_bytes(picture)
    return [one.text for one in codes_of("card.png", data)]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "AVIF"])
def test_a_clean_code_is_read_from_every_kind_of_picture(kind: str) -> None:
    assert texts(as_bytes(code(MECARD), kind)) == [MECARD]


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", None])
def test_japanese_is_read_in_the_encodings_of_phones(encoding: str | None) -> None:
    assert texts(code(MECARD, encoding=encoding)) == [MECARD]


def test_the_encoding_that_a_code_names_is_believed() -> None:
    assert texts(code(MECARD, eci=True)) == [MECARD]


def test_kanji_mode_is_read() -> None:
    assert texts(code("山田太郎", encoding=None, mode="kanji")) == ["山田太郎"]


def test_western_names_are_read() -> None:
    assert texts(code("Jürgen Müller", encoding="latin-1")) == ["Jürgen Müller"]


@pytest.mark.parametrize("angle", [7, 45, 90, 133, 180, 270])
def test_a_turned_code_is_read(angle: int) -> None:
    assert texts(code(MECARD).rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)) == [MECARD]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_turn_that_a_camera_wrote_down_is_heeded(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert texts(as_bytes(code(MECARD), "JPEG", exif=exif, quality=90)) == [MECARD]


def test_a_small_code_is_read() -> None:
    assert texts(code("https://example.jp/?s=261121", scale=2)) == ["https://example.jp/?s=261121"]


def test_a_small_code_in_a_large_photograph_is_read() -> None:
    large = Image.new("L", (4000, 3000), 200)
    large.paste(code(MECARD, scale=4), (2900, 300))
    assert texts(as_bytes(large, "JPEG", quality=80)) == [MECARD]


def test_white_on_black_is_read() -> None:
    assert texts(code(MECARD).point(lambda value: 255 - value)) == [MECARD]


@pytest.mark.parametrize("seed", range(6))
def test_a_photograph_is_read(seed: int) -> None:
    picture = photographed(code(MECARD, scale=8), seed)
    assert texts(as_bytes(picture.convert("RGB"), "JPEG", quality=60)) == [MECARD]


def test_a_code_in_colours_is_read() -> None:
    grey = code(MECARD)
    coloured = Image.composite(Image.new("RGB", grey.size, "#fff3d6"), Image.new("RGB", grey.size, "#d55e00"), grey)
    assert texts(coloured) == [MECARD]


@pytest.mark.parametrize("module", [6, 10, 16, 30])
def test_a_code_of_dots_with_a_picture_in_its_middle_is_read(module: int) -> None:
    """As the programs for business cards draw them."""
    made = segno.make_qr("https://8card.net/virtual_cards/abcDEF123", error="h")
    side = len(made.matrix)
    drawn = Image.new("L", ((side + 8) * module,) * 2, 255)
    pen = ImageDraw.Draw(drawn)
    for y, row in enumerate(made.matrix):
        for x, dark in enumerate(row):
            if dark:
                left, top = (x + 4) * module, (y + 4) * module
                pen.ellipse((left, top, left + module - 1, top + module - 1), fill=0)
    middle = drawn.width // 2
    pen.rectangle((middle - 3 * module, middle - 3 * module, middle + 3 * module, middle + 3 * module), fill=120)
    assert texts(drawn) == ["https://8card.net/virtual_cards/abcDEF123"]


def test_a_transparent_ground_is_white() -> None:
    dark = code(MECARD)
    clear = Image.new("RGBA", dark.size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), mask=dark.point(lambda value: 255 - value))
    assert texts(clear) == [MECARD]


def test_several_codes_come_from_top_to_bottom_each_once() -> None:
    wanted = ["https://example.jp/1", "MECARD:N:二,郎;;", "三", "https://example.jp/4"]
    assert texts(together(*map(code, wanted), code(wanted[0]))) == wanted


def test_several_codes_of_a_photograph_are_all_found() -> None:
    wanted = [f"MECARD:N:山田,{number};TEL:0901111000{number};;" for number in "12345"]
    assert sorted(texts(photographed(together(*(code(one, 6) for one in wanted)), 3))) == wanted


def test_a_picture_without_a_code_says_what_to_do() -> None:
    with pytest.raises(UserError, match=r"card\.pngにQRコードが見つかりません。.*大きく写っている"):
        texts(Image.linear_gradient("L"))


def test_a_barcode_is_no_qr_code() -> None:
    stripes = Image.new("L", (300, 100), 255)
    for x in range(10, 290, 7):
        stripes.paste(0, (x, 10, x + 3, 90))
    with pytest.raises(UserError, match="見つかりません"):
        texts(stripes)


def test_a_broken_picture_is_told_from_one_without_code() -> None:
    with pytest.raises(UserError, match="画像として開けません"):
        texts(as_bytes(code(MECARD))[:200])


@pytest.mark.parametrize(
    ("data", "kind"), [(b"\x00\x00\x00\x18ftypheic", "HEIC"), (b"II*\x00", "TIFF"), (b"MM\x00*", "TIFF")]
)
def test_a_kind_of_picture_that_is_not_opened_says_in_what_to_save_it(data: bytes, kind: str) -> None:
    with pytest.raises(UserError, match=rf"{kind}の画像.*JPEG"):
        read("IMG_1", data + bytes(100))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@pytest.mark.parametrize(
    ("width", "height"), [(6001, MOST_PIXELS // 6001 + 1), (50_000, 50_000), (2**31 - 1, 2**31 - 1)]
)
def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked(width: int, height: int) -> None:
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )
    with pytest.raises(UserError, match="大きすぎる画像"):
        texts(bomb)


def test_words_inside_a_picture_cannot_fill_the_memory() -> None:
    data = as_bytes(code(MECARD))
    bomb = chunk(b"zTXt", b"a\x00\x00" + zlib.compress(bytes(80_000_000), 9))
    with pytest.raises(UserError, match="画像として開けません"):
        texts(data[:33] + bomb + data[33:])


@settings(max_examples=60)
@given(kind=st.sampled_from(["PNG", "JPEG", "GIF", "WEBP", "BMP", "AVIF"]), seed=st.integers(0, 10**6))
def test_no_damage_to_a_picture_brings_more_than_a_sentence(kind: str, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(as_bytes(code("x", 2), kind))
    for _time in range(chance.randrange(1, 12)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.3:
        del data[chance.randrange(len(data)) :]
    if is_picture(bytes(data)):
        with contextlib.suppress(UserError):
            codes_of("x", bytes(data))


def test_pictures_are_told_by_their_bytes() -> None:
    assert not is_picture(b"BMW,Audi\r\n1,2\r\n" + b"x" * 40)
    assert not is_picture(b"")
    assert is_picture(as_bytes(code("x"), "BMP"))
