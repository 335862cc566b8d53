"""Bytes → text, by a strict ladder: statistical detectors misread files that are mostly ASCII."""

import codecs
import re
from collections.abc import Generator
from dataclasses import dataclass

from soloflow.domain.errors import UserError
from soloflow.i18n import _

ENCODINGS = ("utf-8", "cp932", "euc_jp", "utf-16", "cp1252")
"""What a user may choose by hand. cp932 rather than Shift_JIS: it has 髙, 﨑, ㈱ and ①. cp1252: Müller, André."""

LADDER = ("utf-8", "cp932", "euc_jp")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file. `damaged` names the lines (1-based) in which bytes had to be replaced."""

    text: str
    encoding: str
    damaged: tuple[int, ...] = ()


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark announces."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


_NOT_CP932 = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
"""What Python makes of the bytes 80, A0 and FD to FF, which cp932 does not have."""


_TOGETHER = re.compile("[\u3005-\u30ff\u4e00-\u9fff]{2}|[\uff66-\uff9f]{3}")
"""Kanji or kana beside each other, as words of Japanese have them."""
_ACCENTED = re.compile("(?<=[A-Za-z])[^\x00-\x7f]")
"""A sign that is not ASCII within or at the end of a Latin word."""


def _is_western(data: bytes) -> bool:
    """Whether bytes are an old Western European file: accents lie scattered in Latin words, no two signs make Japanese."""
    text = data[:200_000].decode("cp932", "replace")
    strange = sum(not character.isascii() for character in text)
    return strange > 0 and not _TOGETHER.search(text) and 2 * len(_ACCENTED.findall(text)) >= strange


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeError:
        return None
    return None if encoding == "cp932" and _NOT_CP932.search(text) else text


def _replaced(data: bytes, encoding: str) -> str:
    text = data.decode(encoding, "replace")
    return _NOT_CP932.sub("\ufffd", text) if encoding == "cp932" else text


def _tolerant(data: bytes, encoding: str) -> Decoded:
    if encoding == "utf-16":
        return Decoded(data.decode(encoding, "replace"), encoding)
    texts, damaged = [], []
    for number, line in enumerate(data.split(b"\n"), 1):
        text = _strict(line, encoding)
        if text is None:
            damaged.append(number)
            text = _replaced(line, encoding)
        texts.append(text)
    return Decoded("\n".join(texts), encoding, tuple(damaged))


def _plain(decoded: Decoded) -> Decoded:
    return Decoded(decoded.text.removeprefix("\ufeff"), decoded.encoding, decoded.damaged)


def decodings(data: bytes, encoding: str | None = None) -> Generator[Decoded]:
    """Every reading of the bytes worth a try, the likeliest first; at least one.

    Where no encoding fits all bytes, the one that fits most lines is used, and the others are named as damaged.

    :raises UserError: when `encoding` is none of `ENCODINGS`.
    """
    chosen = encoding or marked_encoding(data)
    if encoding and encoding not in (*ENCODINGS, "utf-8-sig"):
        raise UserError(
            _("「{encoding}」という文字コードは使えません。{known} のどれかを選んでください。").format(
                encoding=encoding, known=", ".join(ENCODINGS)
            )
        )
    found = False
    ladder: tuple[str, ...] = LADDER
    if not chosen and _strict(data, "utf-8") is None and _is_western(data):
        ladder = ("cp1252", *LADDER)
    for name in (chosen,) if chosen else ladder:
        text = _strict(data, name)
        if text is not None:
            found = True
            yield _plain(Decoded(text, name))
    if not found:
        tried = [_tolerant(data, name) for name in ((chosen,) if chosen else LADDER)]
        yield _plain(min(tried, key=lambda decoded: len(decoded.damaged)))


def decode_value(data: bytes, *encodings: str) -> tuple[str, bool]:
    """The text of one value, by the first encoding that fits, and whether bytes had to be replaced."""
    for encoding in dict.fromkeys((*encodings, *LADDER)):
        text = _strict(data, encoding)
        if text is not None:
            return text, False
    return _replaced(data, encodings[0] if encodings else "utf-8"), True
