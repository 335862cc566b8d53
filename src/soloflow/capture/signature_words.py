"""Who somebody is, in one line of a signature: company, department, title, name, its reading; what is left over."""

import re
from dataclasses import dataclass

from soloflow.capture import signature_shapes as shapes
from soloflow.capture.line_marks import Piece
from soloflow.capture.line_names import (
    is_given,
    is_kanji,
    is_surname,
    kana_of_romaji,
    may_be_given,
    split_full_name,
)
from soloflow.capture.line_words import (
    belong_together,
    has_company_ending,
    has_company_form,
    is_department,
    is_only_form,
    is_sentence,
    is_title,
    split_department_title,
    split_name_title,
)
from soloflow.domain.text import is_latin, to_katakana

STRONG, LIKELY, WEAK = 3, 2, 1
"""How sure a word is a name: a known one or shaped as one; a Latin one; a word of which nothing else is known."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the words of one line say. Places are places in the line."""

    pieces: tuple[Piece, ...]
    """Company, department, title, name, kana, and "latin" for a name in Latin letters; notes are what is left."""
    name_score: int = 0


@dataclass(slots=True)
class _Words:
    """The words of a line that are not spoken for yet."""

    line: str
    free: str
    pieces: list[Piece]
    score: int = 0

    def take(self, field: str, start: int, end: int, value: str = "") -> None:
        self.pieces.append(Piece(field, start, end, value or " ".join(self.line[start:end].split())))
        self.free = self.free[:start] + " " * (end - start) + self.free[end:]

    def has(self, field: str) -> bool:
        return any(piece.field == field for piece in self.pieces)


def words_of(line: str, marks: list[Piece]) -> Said:
    """Read what the marks of a width-folded line have left."""
    free = line
    for mark in marks:
        free = free[: mark.start] + " " * (mark.end - mark.start) + free[mark.end :]
    words = _Words(line, free, [])
    given = {mark.field for mark in marks}
    _take_readings(words, given)
    if is_latin(words.free):
        _take_latin(words, given)
    else:
        _take_spaced_name(words, given)
        _take_company(words, given)
        _walk(words, given)
    score = STRONG if "name" in given else words.score
    return Said((*_joined(words), *_left(words)), score)


def _take_readings(words: _Words, given: set[str]) -> None:
    """山田 太郎(ヤマダ タロウ), 山田 太郎(Taro Yamada)."""
    for found in shapes.READING.finditer(words.free):
        before = words.free[: found.start()].strip()
        reading = found["reading"].strip()
        if not before or "kana" in given:
            continue
        if is_latin(reading):
            named = len(reading.split()) >= 2 or kana_of_romaji(reading, given=False)
            if named and not is_latin(before) and not shapes.LATIN_TITLE.search(reading):
                words.take("latin", found.start(), found.end(), reading)
        elif len(re.sub(r"\s", "", reading)) < sum(map(is_kanji, before)):
            words.take("company", found.start(), found.end(), reading)  # each kanji is read as one kana at least
        elif not has_company_form(before.split()[-1]) and not has_company_ending(reading):
            words.take("kana", found.start(), found.end(), to_katakana(reading.replace("・", " ")))


def _take_spaced_name(words: _Words, given: set[str]) -> None:
    """山　田　太　郎 on a line of its own."""
    letters = words.free.split()
    if "name" in given or not 3 <= len(letters) <= 6 or not all(len(one) == 1 and is_kanji(one) for one in letters):
        return
    whole = "".join(letters)
    family, given_name = split_full_name(whole)
    cut = len(family) if family else (2 if len(whole) > 3 else len(whole) - 1)
    start = len(words.free) - len(words.free.lstrip())
    words.take("name", start, len(words.free.rstrip()), f"{whole[:cut]} {given_name or whole[cut:]}")
    words.score = STRONG


def _take_company(words: _Words, given: set[str]) -> None:
    """The company that a form proves: 株式会社 アクメ, Acme Japan株式会社."""
    if "company" in given:
        return
    found = list(shapes.WORD.finditer(words.free))
    for at, word in enumerate(found):
        if not has_company_form(word[0]):
            continue
        first = last = at
        alone = is_only_form(word[0])
        if alone and at + 1 < len(found) and not _is_post(found[at + 1][0]):
            last = at + 1
        elif alone and at:
            first = at - 1
        while last > at - 1 and last + 1 < len(found) and _goes_on(words.free, found, last):
            last += 1
        while (
            first
            and first <= at
            and _is_latin_run(words.free, found, first - 1, first)
            and has_company_form(found[at][0][-4:])
        ):
            first -= 1
        words.take("company", found[first].start(), found[last].end())
        return


def _goes_on(free: str, found: list[re.Match[str]], last: int) -> bool:
    """株式会社Blue Works: Latin words go on with Latin words."""
    return (
        found[last][0][-1:].isascii() and found[last][0][-1:].isalnum()
        and _is_latin_run(free, found, last, last + 1) and not shapes.LATIN_TITLE.search(found[last + 1][0])
    )  # fmt: skip


def _is_latin_run(free: str, found: list[re.Match[str]], one: int, other: int) -> bool:
    between = free[found[one].end() : found[other].start()]
    return between == " " and found[one][0][-1:].isascii() and found[other][0][:1].isascii()


def _is_post(word: str) -> bool:
    return is_title(word) or is_department(word) or shapes.MORE_DEPARTMENTS.fullmatch(word) is not None


def _walk(words: _Words, given: set[str]) -> None:
    """Word by word; the name is taken where the words have the shape of one."""
    found = list(shapes.WORD.finditer(words.free))
    at = 0
    while at < len(found):
        at += _take_word(words, found, at, given)


def _take_word(words: _Words, found: list[re.Match[str]], at: int, given: set[str]) -> int:
    word, start, end = found[at][0], found[at].start(), found[at].end()
    if lengths := split_department_title(word):
        words.take("department", start, start + lengths[0])
        words.take("title", start + lengths[0], end)
        return 1
    named = 0 if "name" in given or words.has("name") else _take_name(words, found, at)
    if named:
        return named
    is_first_company = not words.has("company") and has_company_ending(word)
    if is_title(word):
        words.take("title", start, end)
    elif is_first_company and not is_department(word):
        words.take("company", start, end)
    elif (is_department(word) or shapes.MORE_DEPARTMENTS.fullmatch(word)) and not is_sentence(word):
        words.take("department", start, end)
    elif shapes.MORE_TITLES.fullmatch(word) and not is_sentence(word):
        words.take("title", start, end)
    return 1


def _take_name(words: _Words, found: list[re.Match[str]], at: int) -> int:
    """Take a name that begins with a word; how many words it has, 0 for none."""
    word, start, end = found[at][0], found[at].start(), found[at].end()
    if is_title(word) or (has_company_ending(word) and not is_surname(word)):
        return 0
    after = found[at + 1] if at + 1 < len(found) and not words.free[end : found[at + 1].start()].strip() else None
    if after is not None and _are_name(word, after[0]):
        return _named(words, start, after.end(), f"{word} {after[0]}", STRONG, 2)
    glued = shapes.GLUED_TITLE.fullmatch(word)
    if glued and (is_surname(glued["name"]) or split_full_name(glued["name"])[0]):
        words.take("title", start, start + len(glued["title"]))
        return _named(words, start + len(glued["title"]), end, glued["name"], STRONG, 1)
    if split_full_name(word)[0] or shapes.KATAKANA_NAME.fullmatch(word):
        return _named(words, start, end, word, STRONG, 1)
    if lengths := split_name_title(word):
        words.take("title", start + lengths[0], end)
        return _named(words, start, start + lengths[0], word[: lengths[0]], STRONG, 1)
    if is_surname(word):
        return _named(words, start, end, word, LIKELY, 1)
    if is_kanji(word) and 3 <= len(word) <= 5 and words.line.strip() == word and not _is_thing(word):
        return _named(words, start, end, word, WEAK, 1)
    return 0


def _named(words: _Words, start: int, end: int, value: str, score: int, count: int) -> int:
    words.take("name", start, end, value)
    words.score = score
    return count


def _are_name(first: str, second: str) -> bool:
    if max(len(first), len(second)) > 5 or _is_thing(first) or _is_thing(second):
        return False
    if belong_together(first, second, company_follows=True):
        return (
            is_surname(first)
            or is_given(second)
            or may_be_given(second)
            or (is_kanji(first) and len(first + second) <= 6)
        )
    return is_surname(first) and re.fullmatch(r"[ァ-ヶー]{2,5}", second) is not None and is_given(second)


def _is_thing(word: str) -> bool:
    return (
        has_company_form(word)
        or has_company_ending(word)
        or _is_post(word)
        or shapes.MORE_TITLES.fullmatch(word) is not None
    )


def _take_latin(words: _Words, given: set[str]) -> None:
    """A line in Latin letters: stretches between | / , and wide gaps."""
    company = None if "company" in given else shapes.LATIN_FORM.search(words.free)
    if company:
        words.take("company", company.start("company"), company.end("company"), company["company"].strip())
    for stretch in re.finditer(
        r"[^|/•·,;\s]+(?:[ .][^|/•·,;\s]+)*(?:, (?:Ph\.?D\.?|MBA|Jr\.|Inc\.?|Ltd\.?))?", words.free
    ):
        _take_stretch(words, stretch, given)
    left = words.free.strip(" ,|/")
    if (
        words.has("title")
        and not words.has("company")
        and "company" not in given
        and re.fullmatch(r"[A-Z][\w&' .-]{1,40}", left)
    ):
        start = words.free.index(left)
        words.take("company", start, start + len(left))


def _take_stretch(words: _Words, stretch: re.Match[str], given: set[str]) -> None:
    text, start, end = stretch[0], stretch.start(), stretch.end()
    bare = shapes.DEGREE.sub("", text)
    is_at = shapes.AT.match(text)
    name = shapes.LATIN_NAME.fullmatch(bare)
    if is_at and shapes.LATIN_TITLE.search(is_at["title"]) and not words.has("company"):
        words.take("title", start, start + is_at.end("title"))
        words.take("company", start + is_at.start("company"), start + is_at.end("company"))
    elif shapes.LATIN_DEPARTMENT.search(text) and not shapes.LATIN_TITLE.search(text):
        words.take("department", start, end)
    elif len(text.split()) <= 7 and shapes.LATIN_TITLE.search(text):
        words.take("title", start, end)
    elif name and "name" not in given and not words.has("name"):
        words.take("name", start, end, name["name"])
        known = any(kana_of_romaji(part, given=is_first) for part in name["name"].split() for is_first in (True, False))
        words.score = max(words.score, STRONG if known else LIKELY)


def _joined(words: _Words) -> list[Piece]:
    """Neighbours of one field are one: 営業本部 第一営業部, 代表取締役社長 兼 CEO."""
    made: list[Piece] = []
    for piece in sorted(words.pieces, key=lambda one: one.start):
        last = made[-1] if made else None
        between = words.line[last.end : piece.start] if last else ""
        if (
            last
            and last.field == piece.field
            and piece.field in ("department", "title")
            and re.fullmatch(r"[\s/・&,|、]*(?:兼務?)?[\s/・,]*", between)
        ):
            glue = " 兼 " if "兼" in between else "・" if piece.field == "title" and between.strip() else " "
            made[-1] = Piece(piece.field, last.start, piece.end, f"{last.value}{glue}{piece.value}")
        else:
            made.append(piece)
    return made


def _left(words: _Words) -> list[Piece]:
    free = words.free
    for piece in _joined(words):
        free = free[: piece.start] + " " * (piece.end - piece.start) + free[piece.end :]
    left = free.strip()
    if not left or shapes.NOISE.match(left) or not re.search(r"\w", left):
        return []
    start = len(free) - len(free.lstrip())
    if words.has("name") and (latin := shapes.LATIN_NAME.fullmatch(left.strip(" /|,()"))):
        return [Piece("latin", start, len(free.rstrip()), latin["name"])]
    value = re.sub(r"^[\s/|,、・:()\[\]<>]+|[\s/|,、・:(\[<]+$", "", " ".join(left.split()))
    if value.count("(") != value.count(")"):
        value = value.strip("() ")
    return [Piece("note", start, len(free.rstrip()), value)] if value else []


def is_reading(line: str) -> bool:
    """Whether a line is kana throughout, as the reading of a name above or below it."""
    return shapes.KANA_LINE.fullmatch(line) is not None and not has_company_ending(line)


def reading_of(latin: str, name: str) -> str:
    """The kana of a Japanese name by its Latin spelling, where both parts are frequent names: Taro Yamada → ヤマダ タロウ."""
    parts = latin.split()
    if len(parts) != 2 or is_latin(name):
        return ""
    for family, given in (parts[::-1], parts):
        kana = [
            next(iter(kana_of_romaji(part, given=is_given_name)), "")
            for part, is_given_name in ((family, False), (given, True))
        ]
        if all(kana):
            return " ".join(kana)
    return ""
