"""vCard 2.1, 3.0 and 4.0 → cards of properties. Bytes are unfolded before they are decoded.

A reader of our own: UTF-8 may be folded inside a character, and the Shift_JIS of 能 and 予 ends in a backslash.
"""

import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from soloflow.capture.decoding import decode_value

_BEGIN = re.compile(rb"[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*", re.IGNORECASE)
_END = re.compile(rb"[ \t]*END[ \t]*:[ \t]*VCARD[ \t]*", re.IGNORECASE)
_FIRST_CARD = re.compile(rb"(?:^|[\r\n])[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*[\r\n]", re.IGNORECASE)
_HEAD = re.compile(rb'(?:"[^"]*+"|[^":]++)*+')
_LONGEST_HEAD = 4096
_LINE_END = re.compile(rb"\r\n|\r|\n")
_BASE64_LINE = re.compile(rb"[ \t]*[A-Za-z0-9+/=]+[ \t]*")
_TRANSFERS = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"})
_CHARSETS = {
    "SHIFT_JIS": "cp932", "SHIFT-JIS": "cp932", "SJIS": "cp932", "X-SJIS": "cp932", "MS_KANJI": "cp932",
    "WINDOWS-31J": "cp932", "CP932": "cp932", "MS932": "cp932", "EUC-JP": "euc_jp", "ISO-2022-JP": "iso2022_jp",
    "UTF-8": "utf-8", "UTF8": "utf-8", "UTF-16": "utf-16", "US-ASCII": "ascii", "ISO-8859-1": "latin-1",
}  # fmt: skip
_PARAMETER_VALUE = re.compile(r'"([^"]*)"|([^",]+)')
_CARET = re.compile(r"\^([n^'])")
_CARETS = {"n": "\n", "^": "^", "'": '"'}
"""How parameters write what would end them (RFC 6868)."""
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PICTURES = frozenset({"PHOTO", "LOGO", "KEY"})


@dataclass(frozen=True, slots=True)
class Property:
    """One line of a card: its value as text, escapes still in it."""

    name: str
    value: str
    params: dict[str, list[str]]
    group: str
    line: int

    @property
    def types(self) -> set[str]:
        return {kind.upper() for kind in self.params.get("TYPE", ())}

    def param(self, name: str) -> str:
        """The first value of a parameter; "" where it is missing."""
        return next(iter(self.params.get(name, ())), "")

    @property
    def preference(self) -> int:
        """How much it is preferred: 1 most, 101 where nothing is said (RFC 6350, 5.3)."""
        pref = self.param("PREF")
        if pref.isdecimal() and len(pref) <= 3:
            return int(pref)
        return 1 if "PREF" in self.types else 101

    @property
    def strangeness(self) -> int:
        """How far its language is from Japanese as it is usually written: another script, another language, none given."""
        language = self.param("LANGUAGE").lower()
        if self.param("PHONETIC") or re.fullmatch(r"ja-(?:kana|hira|hrkt|latn)\b.*", language):
            return 3
        return 0 if language.partition("-")[0] == "ja" else 2 if language else 1


@dataclass(slots=True)
class Card:
    """One card. `flaws` are (line, property, what) of what could not be read: see `vcard_people`."""

    line: int
    version: str = "3.0"
    properties: list[Property] = field(default_factory=list)
    flaws: list[tuple[int, str, str]] = field(default_factory=list)

    def all(self, *names: str) -> list[Property]:
        return [found for found in self.properties if found.name in names]

    def chosen(self, *names: str) -> list[Property]:
        """The properties of these names, the preferred first; of those that say the same in other languages (ALTID), one."""
        every = self.all(*names)
        if len(every) < 2:
            return every
        kept: dict[tuple[str, str], Property] = {}
        for number, found in enumerate(every):
            key = (found.name, found.param("ALTID") or f"#{number}")
            if key not in kept or found.strangeness < kept[key].strangeness:
                kept[key] = found
        return sorted(kept.values(), key=lambda found: found.preference)

    def items(self, found: Property) -> list[str]:
        """The values of a list, separated by commas (in old cards by semicolons too), without escapes."""
        pieces = re.findall(r"(?:\\.|[^\\,;])+", found.value, re.DOTALL)
        return [text for piece in pieces if (text := unescaped(piece).strip())]

    def parts(self, found: Property) -> list[str]:
        """The fields of a structured value, without escapes."""
        if self.version == "2.1":
            split = re.split(r"(?<!\\);", found.value)
            return [part.replace("\\;", ";").strip() for part in split]
        fields, current = [], ""
        for piece in re.findall(r"\\.|;|[^\\;]+|\\", found.value, re.DOTALL):
            if piece == ";":
                fields.append(current)
                current = ""
            else:
                current += piece
        return [unescaped(part).strip() for part in (*fields, current)]

    def text(self, found: Property) -> str:
        """A plain value, without escapes."""
        return found.value.replace("\\;", ";").strip() if self.version == "2.1" else unescaped(found.value).strip()


def unescaped(value: str) -> str:
    r"""A value of vCard 3.0 or 4.0 without backslashes; \n is a line break."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def holds_cards(data: bytes) -> bool:
    """Whether bytes begin like a list of cards; a preamble is forgiven, a card in a quoted cell of a table is none."""
    start = data[:65536].removeprefix(b"\xef\xbb\xbf")
    first = _FIRST_CARD.search(start)
    return first is not None and start.count(b'"', 0, first.start()) % 2 == 0


def _is_base64(head: bytes) -> bool:
    upper = head.upper()
    return b"BASE64" in upper or b"ENCODING=B" in upper


def _continued(lines: Sequence[bytes], position: int, head: bytes) -> int:
    """The index after the last line that belongs to the property beginning at `position`."""
    after = position + 1
    if b"QUOTED-PRINTABLE" in head.upper():
        while after < len(lines) and lines[after - 1].rstrip().endswith(b"=") and not _END.fullmatch(lines[after]):
            after += 1
        return after
    base64 = _is_base64(head)
    while after < len(lines):
        line = lines[after]
        if not (line[:1] in (b" ", b"\t") or (base64 and line and _BASE64_LINE.fullmatch(line))):
            break
        after += 1
    return after


def _head_of(line: bytes) -> bytes | None:
    """What stands before the colon, name and parameters; None for a line that is no property."""
    for head in (_HEAD.match(line, 0, _LONGEST_HEAD), re.match(rb"[^:]*+", line[:_LONGEST_HEAD])):
        if head and line[head.end() : head.end() + 1] == b":":
            return head[0]
    return None


def _unfolded(lines: Sequence[bytes], head: bytes, *, keep_space: bool) -> bytes:
    """The lines of one property as one; 2.1 folds at white space that belongs to the value, later versions add it."""
    first, *follow = lines
    if b"QUOTED-PRINTABLE" in head.upper():
        return b"\n".join(line.rstrip() for line in lines)
    if _is_base64(head):
        return first + b"".join(line.strip() for line in follow)
    return first + b"".join(follow if keep_space else (line[1:] for line in follow))


def _logical_lines(lines: Sequence[bytes]) -> Iterator[tuple[int, bytes | None, bytes]]:
    """(line number, head, value) of each property, unfolded; a line that is no property has no head."""
    position, keep_space = 0, False
    while position < len(lines):
        head = _head_of(lines[position])
        after = _continued(lines, position, head or b"")
        whole = _unfolded(lines[position:after], head or b"", keep_space=keep_space)
        head = head or _head_of(whole)
        value = whole if head is None else whole[len(head) + 1 :]
        if head is not None and head.strip().upper() == b"VERSION":
            keep_space = value.strip() == b"2.1"
        yield position + 1, head, value
        position = after


def _parameters(pieces: Sequence[str]) -> dict[str, list[str]]:
    params: dict[str, list[str]] = {}
    for piece in pieces:
        key, equals, value = piece.partition("=")
        key = key.strip().upper()
        if not equals:
            key, value = ("ENCODING" if key in _TRANSFERS else "TYPE"), key
        values = [quoted or plain.strip() for quoted, plain in _PARAMETER_VALUE.findall(value)]
        params.setdefault(key, []).extend(_CARET.sub(lambda found: _CARETS[found[1]], value) for value in values)
    return params


def _property(card: Card, line: int, head: bytes, value: bytes, encodings: Sequence[str]) -> Property | None:
    pieces = re.findall(r'(?:"[^"]*"|[^";])+', head.decode("utf-8", "replace"))
    if not pieces:
        return None
    group, _dot, name = pieces[0].strip().rpartition(".")
    name, params = name.upper(), _parameters(pieces[1:])
    transfer = next(iter(params.get("ENCODING", ())), "").upper()
    if transfer in {"BASE64", "B"} or name in _PICTURES:
        if transfer in {"BASE64", "B"} and not _sound_base64(value):
            card.flaws.append((line, name, "base64"))
        return None
    if transfer == "QUOTED-PRINTABLE":
        value = binascii.a2b_qp(value)
    charset = _CHARSETS.get(next(iter(params.get("CHARSET", ())), "").upper())
    text, damaged = decode_value(value, *((charset,) if charset else encodings))
    if damaged:
        card.flaws.append((line, name, "bytes"))
    return Property(name, text, params, group.lower(), line)


def _sound_base64(value: bytes) -> bool:
    try:
        binascii.a2b_base64(re.sub(rb"\s+", b"", value), strict_mode=True)
    except binascii.Error:
        return False
    return True


def _edge(head: bytes | None, value: bytes) -> str:
    """Whether a line opens a card ("begin"), closes one ("end"), or announces a nested one ("agent")."""
    if head is None or len(head) + len(value) > _LONGEST_HEAD:
        return ""
    if head.strip().upper().partition(b";")[0] == b"AGENT":
        return "agent"
    whole = head + b":" + value
    return "begin" if _BEGIN.fullmatch(whole) else "end" if _END.fullmatch(whole) else ""


def _unended(card: Card) -> Card:
    card.flaws.append((card.line, "END", "end"))
    return card


def cards(data: bytes, encodings: Sequence[str]) -> Iterator[Card]:
    """Every card of a file, in order; nested AGENT cards are passed over.

    A card without END ends where the next begins, and says so in its flaws.
    """
    card: Card | None = None
    depth, agent = 0, False
    for line, head, value in _logical_lines(_LINE_END.split(data.removeprefix(b"\xef\xbb\xbf"))):
        edge = _edge(head, value)
        if edge == "begin" and card and (agent or depth):
            depth, agent = depth + 1, False
        elif edge == "begin":
            if card:
                yield _unended(card)
            card = Card(line)
        elif edge == "end" and depth:
            depth -= 1
        elif edge == "end" and card:
            yield card
            card = None
        elif card and not depth and (head or value.strip()):
            opened = edge == "agent" and _BEGIN.fullmatch(value) is not None
            depth, agent = int(opened), edge == "agent" and not opened
            if edge != "agent":
                _take(card, line, head, value, encodings)
    if card:
        yield _unended(card)


def _take(card: Card, line: int, head: bytes | None, value: bytes, encodings: Sequence[str]) -> None:
    """Add one property to a card; lines that are none are told once per card."""
    if (head or value).lstrip().startswith(b"#"):
        return
    if head is None:
        if all(what != "line" for _line, _name, what in card.flaws):
            card.flaws.append((line, "", "line"))
    elif head.strip().upper() == b"VERSION":
        card.version = value[:8].decode("ascii", "replace").strip()
    elif found := _property(card, line, head, value, encodings):
        card.properties.append(found)
