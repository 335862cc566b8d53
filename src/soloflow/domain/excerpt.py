"""Where in a text the word stands that somebody looked for, and the part of the text around it."""

import re
from dataclasses import dataclass

from soloflow.domain.text import name_key

_LETTER = re.compile(".[゙゚ﾞﾟ\u0300-\u036f]*", re.DOTALL)
"""A character with the marks that belong to it: ﾊ and ﾞ are one letter."""
BEFORE = 8
AROUND = 60


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a text on one line: what stands before the word, the word as it is written there, and what follows."""

    before: str
    hit: str
    after: str


def place(text: str, key: str) -> tuple[int, int] | None:
    """Start and end of the first part of a text whose shadow (see `domain.text`) is the key; None when there is none."""
    letters = list(_LETTER.finditer(text))
    shadows = [name_key(letter[0]) for letter in letters]
    start = "".join(shadows).find(key) if key else -1
    if start < 0:
        return None
    first, last, position = -1, 0, 0
    for number, part in enumerate(shadows):
        position += len(part)
        if first < 0 and position > start:
            first = number
        if position >= start + len(key):
            last = number
            break
    return letters[first].start(), letters[last].end()


def excerpt(text: str, start: int = 0, end: int = 0) -> Excerpt:
    """The text around a part of it, short enough for one line of a list."""
    first = max(0, start - BEFORE)
    cut = "…" if first and text[:first].strip() else ""
    before = _one_line(text[first:start]).lstrip()
    return Excerpt(cut + before, _one_line(text[start:end]), _one_line(text[end : end + AROUND]).rstrip())


def _one_line(text: str) -> str:
    return re.sub(r"\s", " ", text)
