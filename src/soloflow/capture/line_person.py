"""The words of a line that do not mark themselves: who, from where, and what was talked about."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from soloflow.capture.line_marks import Piece
from soloflow.capture.line_names import is_surname
from soloflow.capture.line_words import (
    belong_together,
    goes_on,
    has_company_ending,
    has_company_form,
    is_department,
    is_latin_part,
    is_only_form,
    is_title,
    may_be_company,
    may_be_name,
    split_company_person,
    split_company_post,
    split_department_title,
    split_name_company,
    split_name_title,
    without_honorific,
)

_WORD = re.compile(r"[^\s、,|;]+")
_MEANINGFUL = re.compile(r"\w")
_KANA_IN_BRACKETS = re.compile(r"\(([ぁ-んァ-ヶーｦ-ﾟ][ぁ-んァ-ヶーｦ-ﾟ・ ]+)\)")
_BRACKETS = re.compile(r"^(\s*[^\s()]+(?: [^\s()]{1,5})?)\(([^()]{2,})\)")


@dataclass(slots=True)
class _Reading:
    """What has been found so far, while the words are gone through."""

    pieces: list[Piece] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)
    note_began: bool = False

    def add(self, name: str, start: int, end: int, value: str = "") -> None:
        self.pieces.append(Piece(name, start, end, value))
        self.fields.add(name)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    is_post: bool = False
    """What somebody is in a company: 情シス in ひかり物流の情シス."""


def _parted(text: str, start: int) -> list[_Word]:
    cut = split_name_company(text)
    whole = [_Word(text[:cut], start, start + cut)] if cut else []
    rest, start = text[cut:], start + cut
    lengths = split_company_post(rest) if start or has_company_form(rest) else None
    if lengths is None:
        return [*whole, _Word(rest, start, start + len(rest))]
    company, post = lengths
    end = start + len(rest)
    return [*whole, _Word(rest[:company], start, start + company), _Word(rest[-post:], end - post, end, is_post=True)]


def _beside(first: _Word, second: _Word) -> bool:
    """Whether one space parts two words: more may be something that is already spoken for."""
    return second.start - first.end == 1


def read_person(free: str, given: set[str], known: Callable[[str], bool] | None) -> list[Piece]:
    """Read the free words of a width-folded line; `given` are fields that marks or labels have already filled."""
    reading = _Reading(fields=set(given))
    free = _open_separators(_take_kana(free, reading, known))
    words = [part for m in _WORD.finditer(free) if _MEANINGFUL.search(m[0]) for part in _parted(m[0], m.start())]
    words = _take_certain_company(words, reading, known)
    if words and "name" not in reading.fields:
        words = _take_company_person(words, reading)
    if words and "name" not in reading.fields:
        words = _take_addressed(words, reading)
    _walk(words, reading)
    return reading.pieces


def _take_kana(free: str, reading: _Reading, known: Callable[[str], bool] | None) -> str:
    """Take the reading in 山田太郎(ヤマダタロウ) and blank it out."""
    match = _KANA_IN_BRACKETS.search(free)
    if match is None or "kana" in reading.fields:
        return free
    before = free[: match.start()].split()
    kanji = any(re.search(r"[一-龥々A-Za-z]", word) for word in before)
    company = has_company_ending(match[1]) or (known is not None and known(match[1]))
    addressed = bool(before) and without_honorific(before[-1]) != ""  # 小林さん(アクメ) says where from
    signs = sum(bool(re.match(r"[一-龥々]", sign)) for word in before for sign in word)
    is_short = len(match[1].replace(" ", "")) < signs  # each kanji is read as one kana at least: 山田太郎(アクメ)
    if not 0 < len(before) <= 3 or not kanji or company or addressed or is_short:
        return free
    reading.add("kana", match.start(), match.end(), match[1])
    return free[: match.start()] + " " * len(match[0]) + free[match.end() :]


def _open_separators(free: str) -> str:
    """Part 山本(アクメ印刷) and 関口/東京電装/在庫 into words."""
    if "/" in free and not re.search(r"\s", free.strip()):
        return free.replace("/", " ")
    match = _BRACKETS.match(free)
    if match is None or has_company_form(match[0]):
        return free
    return f"{match[1]} {match[2]} {free[match.end() :]}"


def _take_certain_company(words: list[_Word], reading: _Reading, known: Callable[[str], bool] | None) -> list[_Word]:
    """Take the company that a form (株式会社 …) or the user's own records prove, wherever it stands."""
    if "company" in reading.fields:
        return words
    for at, word in enumerate(words):
        if has_company_form(word.text):
            first, last = _with_form(words, at)
            reading.add("company", words[first].start, words[last].end)
            return words[:first] + words[last + 1 :]
    for at, word in enumerate(words[:4]):
        if known is not None and not (at == 0 and is_surname(word.text)) and known(word.text):
            reading.add("company", word.start, word.end)
            return words[:at] + words[at + 1 :]
    return words


def _with_form(words: list[_Word], at: int) -> tuple[int, int]:
    """Join a form that stands alone with the word after it, or before it if nothing fitting follows."""
    if not is_only_form(words[at].text):
        return at, at
    if at + 1 < len(words) and _beside(words[at], words[at + 1]):
        after = words[at + 1].text
        if not is_title(after) and not is_department(after) and may_be_company(after, latin_name=False):
            return at, at + 1
    return (at - 1, at) if at and _beside(words[at - 1], words[at]) else (at, at)


def _take_company_person(words: list[_Word], reading: _Reading) -> list[_Word]:
    """Take アクメの田中さん in first place."""
    word = words[0]
    lengths = split_company_person(word.text)
    if lengths is None or "company" in reading.fields:
        return words
    company, name = lengths
    reading.add("company", word.start, word.start + company)
    reading.add("name", word.start + company + 1, word.end, word.text[company + 1 : company + 1 + name])
    return words[1:]


def _take_addressed(words: list[_Word], reading: _Reading) -> list[_Word]:
    """Take 田中さん in one of the first two places, with a surname before it: 田中 太郎様."""
    for at, word in enumerate(words[:2]):
        bare = without_honorific(word.text)
        if not bare:
            continue
        start = word.start
        first = at
        if at and _beside(words[0], word) and belong_together(words[0].text, bare, company_follows=False):
            start, first = words[0].start, 0
        elif at and is_surname(words[0].text) and not is_surname(bare):
            continue  # 佐藤 パン屋さん
        lengths = split_name_title(bare)
        name = bare[: lengths[0]] if lengths else bare
        reading.add("name", start, word.end, f"{words[0].text} {name}" if first != at else name)
        return words[:first] + words[at + 1 :]
    return words


def _walk(words: list[_Word], reading: _Reading) -> None:
    """Go through the words in their order: 名前, 会社, 話したこと, with departments and titles in between."""
    at = 0
    while at < len(words):
        if reading.note_began or not (used := _take_head(words, at, reading)):
            reading.note_began = True
            reading.add("note", words[at].start, words[at].end)
            used = 1
        at += used


def _take_head(words: list[_Word], at: int, reading: _Reading) -> int:
    """Take one word (or more) before the note begins; tells how many, 0 if the note begins here."""
    word = words[at]
    lengths = split_department_title(word.text)
    if lengths and not reading.fields & {"title", "department"}:
        reading.add("department", word.start, word.start + lengths[0])
        reading.add("title", word.start + lengths[0], word.end)
        return 1
    if "title" not in reading.fields and is_title(word.text):
        reading.add("title", word.start, word.end)
        return 1
    department = word.is_post or (is_department(word.text) and not _is_company_here(words, at, reading))
    if "department" not in reading.fields and department:
        reading.add("department", word.start, word.end)
        return 1
    if "name" not in reading.fields:
        return _take_name(words, at, reading)
    return 0 if "company" in reading.fields else _take_company(words, at, reading)


def _is_company_here(words: list[_Word], at: int, reading: _Reading) -> bool:
    """ミライグループ in the company's place is a company, though グループ is a department elsewhere."""
    return "company" not in reading.fields and has_company_ending(words[at].text)


def _take_name(words: list[_Word], at: int, reading: _Reading) -> int:
    word = words[at]
    leads = "company" not in reading.fields and has_company_ending(word.text) and not is_surname(word.text)
    if leads:
        reading.add("company", word.start, word.end)
        return 1
    if not may_be_name(word.text):
        return 0
    lengths = split_name_title(word.text)
    if lengths and "title" not in reading.fields:
        reading.add("name", word.start, word.start + lengths[0])
        reading.add("title", word.start + lengths[0], word.end)
        return 1
    count = _parts_of_name(words, at, reading)
    reading.add("name", word.start, words[at + count - 1].end, " ".join(part.text for part in words[at : at + count]))
    return count


def _parts_of_name(words: list[_Word], at: int, reading: _Reading) -> int:
    """Count the words the name consists of: 佐藤, 佐藤 花子, Lisa M. Bennett."""
    rest = [word.text for word in words[at : at + 3]]
    if len(rest) < 2 or not _beside(words[at], words[at + 1]):
        return 1
    if len(rest) > 2 and all(map(is_latin_part, rest)) and len(rest[1].strip(".")) == 1:
        return 3 if _beside(words[at + 1], words[at + 2]) else 2
    follows = "company" in reading.fields or (len(rest) > 2 and has_company_ending(rest[2]))
    return 2 if belong_together(rest[0], rest[1], follows) else 1


def _take_company(words: list[_Word], at: int, reading: _Reading) -> int:
    """Take the word in the company's place; after a Latin name all its capitalised words (Lisa Bennett Blue Works)."""
    name = next((piece.value for piece in reading.pieces if piece.field == "name"), "")
    latin = bool(name) and name.isascii()
    if not may_be_company(words[at].text, latin) or (at + 1 < len(words) and goes_on(words[at + 1].text)):
        return 0
    last = at
    while latin and last + 1 < len(words) and _beside(words[last], words[last + 1]):
        if not is_latin_part(words[last + 1].text) or is_title(words[last + 1].text):
            break
        last += 1
    reading.add("company", words[at].start, words[last].end)
    return last - at + 1


def merge_notes(pieces: list[Piece], text: str, free: str) -> Iterator[Piece]:
    """Join note words that follow each other with nothing else between them, so that 話したこと reads as typed; quotes stay apart."""
    open_note: Piece | None = None
    for piece in sorted(pieces, key=lambda piece: piece.start):
        if piece.field != "note":
            if open_note:
                yield _with_bracket(open_note, free)
            open_note = None
            yield piece
        elif open_note and _only_typed(text, free, open_note.end, piece.start):
            open_note = Piece("note", open_note.start, piece.end)
        else:
            if open_note:
                yield _with_bracket(open_note, free)
            open_note = piece
    if open_note:
        yield _with_bracket(open_note, free)


def _with_bracket(note: Piece, free: str) -> Piece:
    """Give 「(名刺なし)ノーコードの人」 its first bracket back, which parted it from the name."""
    words = free[note.start : note.end]
    lost = words.count(")") > words.count("(") and free[note.start - 1 : note.start] == "("
    return Piece("note", note.start - 1, note.end) if lost else note


def _only_typed(text: str, free: str, start: int, end: int) -> bool:
    """Whether nothing between two places is spoken for by another field."""
    return all(free[at] != " " or text[at].isspace() for at in range(start, end))
