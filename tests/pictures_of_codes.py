"""Pictures of QR codes as people take them: turned, bent, noisy, small, several on a table."""

import random
from io import BytesIO

import segno
from PIL import Image, ImageFilter


def code(text: str, scale: int = 5, *, encoding: str | None = "utf-8", **options: object) -> Image.Image:
    """A clean code with its quiet zone."""
    made = BytesIO()
    segno.make_qr(text, encoding=encoding, **options).save(made, kind="png", scale=scale, border=4)
    return Image.open(made).convert("L")


def as_bytes(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    made = BytesIO()
    picture.save(made, kind, **options)
    return made.getvalue()


def photographed(picture: Image.Image, seed: int = 0) -> Image.Image:
    """On a wooden-grey table, seen from the side, unevenly lit, out of focus, with the noise of an evening."""
    chance = random.Random(seed)
    width, height = picture.size
    table = Image.new("L", (width * 2, height * 2), 150)
    table.paste(picture, (width // 2, height // 2))
    table = table.rotate(chance.uniform(-25, 25), Image.Resampling.BICUBIC, fillcolor=150)
    wide, high = table.size
    bend = (0, 0, wide * 0.06, high * 0.95, wide * 0.97, high, wide * 0.9, high * 0.04)
    table = table.transform(table.size, Image.Transform.QUAD, bend, Image.Resampling.BICUBIC)
    light = Image.linear_gradient("L").resize(table.size).point(lambda value: 110 + value // 2)
    table = Image.composite(table, Image.new("L", table.size, 40), light)
    noise = Image.frombytes("L", table.size, chance.randbytes(wide * high))
    return Image.blend(table.filter(ImageFilter.GaussianBlur(1)), noise, 0.12)


def together(*pictures: Image.Image, ground: int = 225) -> Image.Image:
    """Side by side and below each other on one picture, two in a row."""
    side = max(max(one.size) for one in pictures) + 40
    rows = (len(pictures) + 1) // 2
    made = Image.new("L", (side * 2, side * rows), ground)
    for number, one in enumerate(pictures):
        made.paste(one, (20 + side * (number % 2), 20 + side * (number // 2)))
    return made
