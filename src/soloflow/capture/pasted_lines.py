"""A pasted text as lines that know where they stand; rulers and ornaments around a line are no part of what it says."""

import re
from dataclasses import dataclass

from soloflow.domain.width import fold_width

_EDGE = r"\s\-=_*~^|─━═―−–—┏┗┓┛┃│┌└┐┘├┤┳┻╋┼╂〜…‥■□◆◇●○◎★☆▼▲▽△►▶▷◀◁◁※♪・·•♦♢♠♣▪▫⊿∞≡＃#"
_BEFORE = re.compile(rf"(?:>\s?)*[{_EDGE}:ー]*")
"""The marks of quoting, and ornaments."""
_AFTER = re.compile(rf"[{_EDGE}]*$")
_RULER = re.compile(r"[^\w\s〒@()]{2,}|_{2,}|ー{3,}")
LONGEST = 300
"""Characters of a line that are looked at in a signature; what is longer is somebody's prose."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number from 1, where its words stand in the text, and the words made half-width where they are ASCII."""

    number: int
    start: int
    end: int
    text: str
    is_ruler: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing."""
        return not self.text


def lines_of(text: str, start: int = 0, end: int | None = None, *, first: int = 1) -> list[Line]:
    """All lines between two places of a text, blank ones too."""
    found: list[Line] = []
    at = start
    for number, whole in enumerate(text[start:end].splitlines(keepends=True), first):
        found.append(_line(number, at, whole))
        at += len(whole)
    return found


def _line(number: int, at: int, whole: str) -> Line:
    folded = fold_width(whole.rstrip())
    before = _BEFORE.match(folded)
    begin = before.end() if before else 0
    if folded[begin:]:
        begin = _kept_tag(folded, begin)
    tail = _AFTER.search(folded, begin, begin + LONGEST) if len(folded) > begin else None
    end = tail.start() if tail else len(folded)
    words = folded[begin : max(begin, end)]
    is_ruler = not words and len(folded.strip()) >= 2 and _RULER.search(folded) is not None
    return Line(number, at + begin, at + max(begin, end), words, is_ruler)


def _kept_tag(folded: str, begin: int) -> int:
    """A # that begins a tag, and an arrow's dash, belong to the words."""
    before = folded[begin - 1 : begin]
    return begin - 1 if before == "#" or (before in "-=" and folded[begin : begin + 1] == ">" and before) else begin
