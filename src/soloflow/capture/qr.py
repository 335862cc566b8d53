"""A picture → the texts of all QR codes in it. Photographs are bent, noisy and turned; pictures may also be made to harm."""

import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from soloflow.domain.errors import UserError
from soloflow.i18n import _

if TYPE_CHECKING:  # pictures are rare: Pillow and zxing-cpp wait for one
    from PIL.Image import Image

MOST_PIXELS = 36_000_000
"""Of one picture: above 8K screens; 144 MB once it is unpacked."""
MOST_JPEG_PIXELS = 80_000_000
"""A JPEG is unpacked in a smaller size where it is larger than needed."""
_LONGEST = 4000
_SMALL = 1000
_SIDES = (2000, 1200, 800, 500, 350)
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "AVIF")
_MARKS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_TIFF = (b"II*\x00", b"MM\x00*")
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, RuntimeError, struct.error, ArithmeticError, LookupError, TypeError, MemoryError,
    AttributeError,
)  # fmt: skip
"""What Pillow raises at a picture that is not what it says; none of it says more than that."""
_UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Code:
    """What one code says, and the encoding in which it said so. `data` is the same as it stood in the code."""

    text: str
    encoding: str
    data: bytes


def is_picture(data: bytes) -> bool:
    """Whether bytes begin like a picture that can be opened."""
    is_bitmap = data[:2] == b"BM" and data[6:10] == bytes(4) and len(data) > 26
    is_webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return (
        data.startswith(_MARKS)
        or is_bitmap
        or is_webp
        or data[4:12] in (b"ftypavif", b"ftypavis")
        or bool(_refused(data))
    )


def _refused(data: bytes) -> str:
    """The kind of a picture that is not opened: photographs of iPhones, for which there is no reader here, and scans."""
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        return "HEIC"
    return "TIFF" if data.startswith(_TIFF) else ""


def codes_of(name: str, data: bytes) -> tuple[Code, ...]:
    """Every QR code of a picture once, from top to bottom. `name` only appears in messages.

    :raises UserError: when it is no picture, too large, or has no code.
    """
    if kind := _refused(data):
        words = _("{name}は{kind}の画像です。JPEGかPNGで保存し直してください。何も取り込んでいません。")
        raise UserError(words.format(name=name, kind=kind))
    picture = _opened(name, data)
    found = _found(picture)
    if not found:
        raise UserError(
            _(
                "{name}にQRコードが見つかりません。コードの全体が、ぶれずに大きく写っている画像を選んでください。何も取り込んでいません。"
            ).format(name=name)
        )
    return tuple(map(_code, found))


def _opened(name: str, data: bytes) -> "Image":
    """The picture in greys, upright, on white; never more of it in memory than a picture of MOST_PIXELS."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about metadata that we do not use; sizes are checked here
            with Image.open(BytesIO(data), formats=_FORMATS) as picture:
                most = MOST_JPEG_PIXELS if picture.format == "JPEG" else MOST_PIXELS
                if picture.width * picture.height > most:
                    raise UserError(_too_large(name, picture.width, picture.height))
                if not (picture.width and picture.height):
                    raise ValueError(picture.size)
                picture.draft("L", (_LONGEST, _LONGEST))
                return ImageOps.exif_transpose(_on_white(picture))
    except Image.DecompressionBombError as error:
        raise UserError(_too_large(name)) from error
    except _BROKEN as error:
        raise UserError(
            _(
                "{name}は画像として開けません。壊れているか、途中で切れています。もう一度書き出すか、撮り直してください。何も取り込んでいません。"
            ).format(name=name)
        ) from error


def _too_large(name: str, width: int = 0, height: int = 0) -> str:
    size = _("（{width}×{height}）").format(width=f"{width:,}", height=f"{height:,}") if width else ""
    return _("{name}は大きすぎる画像です{size}。小さくするか、QRコードのところを切り抜いてください。何も取り込んでいません。").format(
        name=name, size=size
    )  # fmt: skip


def _on_white(picture: "Image") -> "Image":
    from PIL import Image

    if picture.has_transparency_data:
        whole = picture.convert("RGBA")
        ground = Image.new("RGBA", whole.size, "white")
        ground.alpha_composite(whole)
        made = ground.convert("L")
    else:
        made = picture.convert("L")
    made.info.update({key: value for key, value in picture.info.items() if key == "exif"})
    return made


def _ways(picture: "Image") -> Iterator[tuple["Image", bool]]:
    """The picture in forms in which codes show, the likeliest first, each with whether one brightness parts dark from light."""
    from PIL import Image, ImageFilter, ImageOps

    longest = max(picture.size)
    whole = picture if longest <= _LONGEST else ImageOps.contain(picture, (_LONGEST, _LONGEST))
    yield whole, False
    soft = whole.filter(ImageFilter.GaussianBlur(1.2))
    yield ImageOps.autocontrast(soft, cutoff=2), False
    if longest < _SMALL:
        larger = (whole.width * 3, whole.height * 3)
        yield ImageOps.expand(whole.resize(larger, Image.Resampling.BICUBIC), 24, 255), False
    for side in _SIDES:  # codes drawn of dots close where they are blurred by a third of a module
        if longest > side:
            yield ImageOps.contain(whole, (side, side)).filter(ImageFilter.GaussianBlur(2.5)), False
    yield whole.filter(ImageFilter.GaussianBlur(2.5)), False
    yield whole.filter(ImageFilter.MedianFilter(3)), False
    yield ImageOps.autocontrast(soft, cutoff=5), True


_ALWAYS = 2
"""Ways that are always gone, so that of several codes none is overlooked; the others only while there is none."""


def _found(picture: "Image") -> list[Any]:
    import zxingcpp

    kept: dict[bytes, tuple[float, float, Any]] = {}
    for number, (form, is_global) in enumerate(_ways(picture)):
        if kept and number >= _ALWAYS:
            break
        binarizer = zxingcpp.Binarizer.GlobalHistogram if is_global else zxingcpp.Binarizer.LocalAverage
        grey = memoryview(form.tobytes()).cast("B", (form.height, form.width))
        for code in zxingcpp.read_barcodes(
            grey,
            formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]),
            text_mode=zxingcpp.TextMode.Plain,
            binarizer=binarizer,
        ):
            corner = code.position.top_left
            kept.setdefault(bytes(code.bytes), (corner.y / form.height, corner.x / form.width, code))
    return [code for _y, _x, code in sorted(kept.values(), key=lambda one: (round(one[0], 1), one[1]))]


def _code(found: Any) -> Code:
    """The bytes by our own ladder: the library does not know 髙 and ㈱. Its own text where they fit no rung, as in mixed codes."""
    from soloflow.capture.decoding import decodings

    data = bytes(found.bytes)
    decoded = next(decodings(data))
    if decoded.damaged and _UNKNOWN not in found.text:
        return Code(str(found.text), "utf-8", str(found.text).encode())
    return Code(decoded.text, decoded.encoding, data)
