"""The lines of one signature → one person, piece by piece, each with its place in the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from soloflow.capture.line_marks import Piece
from soloflow.capture.line_step import last_arrow
from soloflow.capture.mail_text import is_sentence_line, says_nothing
from soloflow.capture.pasted_lines import LONGEST, Line
from soloflow.capture.signature_marks import goes_on_address, marks_of
from soloflow.capture.signature_words import LIKELY, is_reading, reading_of, words_of
from soloflow.domain.text import company_key, is_latin, name_key, romaji_variants, to_katakana

REACHED = frozenset({"email", "phone", "url", "address"})
_ONCE = ("name", "kana", "company", "department", "title", "address")
_LONGEST_COMPANY = 30
_SHORT = 3
_LONG_READING = 5


@dataclass(frozen=True, slots=True)
class Facts:
    """What one line says by itself. Places are places in the text."""

    line: Line
    pieces: tuple[Piece, ...] = ()
    name_score: int = 0
    is_body: bool = False
    """Prose, not part of a signature."""
    step: tuple[int, int] | None = None
    """Where words after an arrow stand: the next step that was typed behind."""

    @property
    def fields(self) -> frozenset[str]:
        """What it holds."""
        return frozenset(piece.field for piece in self.pieces)

    @property
    def is_reached(self) -> bool:
        """Whether it says how somebody is reached and no name."""
        return bool(self.fields & REACHED) and not self.name_score

    @property
    def is_evidence(self) -> bool:
        """Whether it stands as lines of signatures do: a ruler, a company, a post, how somebody is reached."""
        return self.line.is_ruler or (
            bool(self.fields & (REACHED | {"company", "department", "title"})) and not self.is_body
        )


def facts_of(line: Line) -> Facts:
    """Read one line."""
    if line.is_blank:
        return Facts(line)
    if len(line.text) > LONGEST:
        return Facts(line, (Piece("note", line.start, line.end, line.text),), is_body=True)
    arrow = last_arrow(line.text)
    text = line.text if arrow is None else line.text[:arrow].rstrip()
    step = None if arrow is None else _after_arrow(line, arrow)
    marks = marks_of(text)
    said = words_of(text, marks)
    left = " ".join(piece.value for piece in said.pieces if piece.field == "note")
    is_body = (is_sentence_line(left) and bool(left)) or (not marks and is_sentence_line(text))
    if is_body and not any(mark.field == "address" for mark in marks):
        return Facts(
            line, _shifted([Piece("note", 0, len(text), text.strip()), *marks], line.start), is_body=True, step=step
        )
    pieces = _shifted([*marks, *said.pieces], line.start)
    return Facts(line, pieces, said.name_score, step=step)


def _after_arrow(line: Line, arrow: int) -> tuple[int, int] | None:
    begin = arrow + (2 if line.text[arrow : arrow + 2] in ("->", "=>") else 1)
    begin += len(line.text[begin:]) - len(line.text[begin:].lstrip())
    return (line.start + begin, line.end) if line.text[begin:] else None


def _shifted(pieces: list[Piece], by: int) -> tuple[Piece, ...]:
    moved = (replace(piece, start=piece.start + by, end=piece.end + by) for piece in pieces)
    return tuple(sorted(moved, key=lambda piece: piece.start))


def signature_among(facts: Sequence[Facts]) -> tuple[int, int]:
    """First and last + 1 of the lines of the signature in a mail: what stands after the last prose that comes before its last mail."""
    telling = [at for at, one in enumerate(facts) if not one.is_body and (one.is_reached or one.name_score >= LIKELY)]
    if not telling:
        return (0, len(facts))
    last = telling[-1]
    first = next((at + 1 for at in range(last, -1, -1) if facts[at].is_body), 0)
    end = next((at for at in range(last, len(facts)) if facts[at].is_body), len(facts))
    return first, end


def one_person(facts: Sequence[Facts], sender: Facts | None = None, subject: Line | None = None) -> list[Piece]:
    """Everything the lines say about one person; `sender` is the From line of the mail, whose body is among the facts."""
    first, end = signature_among(facts)
    block = _with_addresses([one for one in facts[first:end] if not one.line.is_blank])
    found = [piece for one in block for piece in one.pieces]
    if sender is not None:
        found = _with_sender(found, sender)
    chosen = _chosen(found)
    outside = [*facts[:first], *facts[end:]]
    notes = [Piece("note", subject.start, subject.end, subject.text)] if subject else []
    notes += [note for one in outside for note in _said(one)]
    steps = [one.step for one in facts if one.step is not None]
    pieces = [*_with_company(chosen, block), *_merged(notes)]
    if steps:
        pieces.append(Piece("follow_up", *steps[-1]))
    return sorted(pieces, key=lambda piece: piece.start)


def _said(one: Facts) -> list[Piece]:
    """What of a line outside the signature is kept: prose, without politeness."""
    if one.line.is_ruler or one.line.is_blank or says_nothing(one.line.text):
        return []
    return [Piece("note", one.line.start, one.line.end, one.line.text)]


def _with_addresses(block: list[Facts]) -> list[Facts]:
    """Join the lines of one address."""
    made: list[Facts] = []
    for one in block:
        above = made[-1] if made else None
        open_address = next((piece for piece in above.pieces if piece.field == "address"), None) if above else None
        words = one.fields - {"note", "address", "department", "company"}
        alone = open_address is not None and open_address is above.pieces[-1] if above else False
        if (
            above
            and open_address
            and alone
            and not (words & (REACHED | {"name", "title"}))
            and _continues(open_address, one)
        ):
            rest = next((piece for piece in one.pieces if piece.field == "address"), None)
            value = rest.value if rest else one.line.text.strip()
            glue = "" if re.search(r"[^\x00-\x7f]$", open_address.value) and not value[:1].isascii() else " "
            longer = replace(open_address, end=one.line.end, value=f"{open_address.value}{glue}{value}")
            made[-1] = replace(above, pieces=(*above.pieces[:-1], longer))
            continue
        made.append(one)
    return made


def _continues(address: Piece, one: Facts) -> bool:
    if any(piece.field == "address" and piece.value.startswith("〒") for piece in one.pieces):
        return False
    if one.fields == {"address"}:
        return re.fullmatch(r"〒[\d-]+", address.value) is not None or is_latin(address.value)
    return goes_on_address(one.line.text)


def _with_sender(found: list[Piece], sender: Facts) -> list[Piece]:
    """The From line adds its mail, and its name where the signature has none of its own."""
    has_name = any(piece.field == "name" for piece in found)
    mails = {piece.value.casefold() for piece in found if piece.field == "email"}
    added = []
    for piece in sender.pieces:
        if piece.field == "email" and piece.value.casefold() not in mails:
            added.append(piece)
        elif piece.field == "name":
            added.append(replace(piece, field="latin") if has_name and is_latin(piece.value) else piece)
        elif piece.field in ("company", "kana") and not any(one.field == piece.field for one in found):
            added.append(piece)
    return [*(piece for piece in added if piece.field != "name" or not has_name), *found]


def _chosen(found: list[Piece]) -> list[Piece]:
    """One name, company and so on; the second of a kind is a note, so that nothing is lost."""
    made: list[Piece] = []
    taken: dict[str, Piece] = {}
    for piece in _named(found):
        if piece.field == "latin" or (piece.field == "note" and says_nothing(piece.value)):
            continue
        before = taken.setdefault(piece.field, piece) if piece.field in _ONCE else piece
        if before is piece:
            made.append(piece)
        elif piece.field in ("department", "title"):
            if piece.value not in before.value:
                glue = " " if piece.field == "department" else "・"
                longer = replace(before, value=f"{before.value}{glue}{piece.value}")
                taken[piece.field] = made[made.index(before)] = longer
        elif name_key(piece.value) != name_key(before.value):
            made.append(replace(piece, field="note"))
    return _kinds(_merged(made))


def _named(found: list[Piece]) -> list[Piece]:
    """Settle the name, and what is its reading."""
    names = [piece for piece in found if piece.field in ("name", "latin")]
    names += [piece for piece in found if piece.field == "note" and _may_be_reading(piece.value)]
    japanese = next(
        (one for one in names if one.field == "name" and not is_latin(one.value) and not is_reading(one.value)), None
    )
    name = japanese or next((one for one in names if one.field == "name"), None) or next(iter(names), None)
    if name is None:
        return found
    made = [
        replace(piece, field="name") if piece is name else piece
        for piece in found
        if piece is name or piece not in names
    ]
    if any(piece.field == "kana" for piece in made):
        return made
    for other in names:
        if other is name:
            continue
        if is_latin(other.value):
            kana = reading_of(other.value, name.value)
            same = name_key(other.value) == name_key(name.value) or is_latin(name.value)
            made += (
                [replace(other, field="kana", value=kana)] if kana else [] if same else [replace(other, field="note")]
            )
        elif is_reading(other.value):
            made.append(replace(other, field="kana", value=to_katakana(other.value.replace("・", " "))))
        else:
            made.append(other)
    return sorted(made, key=lambda piece: piece.start)


def _may_be_reading(words: str) -> bool:
    """Kana in two parts, or too many of them for one word."""
    return is_reading(words) and (len(words) >= _LONG_READING or len(words.replace("・", " ").split()) > 1)


def _merged(pieces: list[Piece]) -> list[Piece]:
    """Every mail, number and link once, notes as one."""
    made: list[Piece] = []
    seen: set[tuple[str, str]] = set()
    notes: Piece | None = None
    for piece in pieces:
        key = (
            piece.field,
            name_key(piece.value) if piece.field != "phone" else re.sub(r"\D", "", piece.value) + piece.kind,
        )
        if key in seen:
            continue
        seen.add(key)
        if piece.field == "note" and notes is not None:
            longer = replace(notes, end=max(notes.end, piece.end), value=f"{notes.value}\n{piece.value}")
            made[made.index(notes)] = notes = longer
            continue
        notes = piece if piece.field == "note" else notes
        made.append(piece)
    return made


def _kinds(pieces: list[Piece]) -> list[Piece]:
    """A number of a company that nothing else is said about is the company's."""
    is_company = any(piece.field == "company" for piece in pieces)
    return [
        replace(one, kind="company") if one.field == "phone" and one.kind in ("", "other") and is_company else one
        for one in pieces
    ]


def _with_company(pieces: list[Piece], block: Sequence[Facts]) -> list[Piece]:
    """Where no word proves the company, the short line that stands where companies stand, or that the mail address names."""
    if any(piece.field == "company" for piece in pieces):
        return pieces
    whole = [one for one in block if one.fields == {"note"} and len(one.pieces) == 1 and _may_be_company(one.line.text)]
    beside = [piece for one in block if one.name_score for piece in one.pieces if piece.field == "note"]
    if not whole and len(beside) == 1 and _may_be_company(beside[0].value):
        return _as_company(pieces, beside[0])
    hosts = {
        part
        for piece in pieces
        if piece.field == "email"
        for part in piece.value.lower().rpartition("@")[2].split(".")[:-1]
    }
    named = next((one for one in whole if _sounds_as(one.line.text, hosts)), None)
    name = next((at for at, one in enumerate(block) if one.name_score), None)
    if named is None and name is not None:
        near = [
            at for at in (*range(name - 1, -1, -1), *range(name + 1, min(name + 3, len(block)))) if block[at] in whole
        ]
        named = block[near[0]] if near else None
    if named is None:
        return pieces
    return _as_company(pieces, named.pieces[0])


def _as_company(pieces: list[Piece], line: Piece) -> list[Piece]:
    """The same with a line that was a note as the company."""
    company = replace(line, field="company")
    left = [one for one in pieces if one.field != "note"]
    rest = "\n".join(
        line for one in pieces if one.field == "note" for line in one.value.split("\n") if line != company.value
    )
    note = next((one for one in pieces if one.field == "note"), None)
    return _kinds([*left, company, *([replace(note, value=rest)] if note and rest else [])])


def _may_be_company(text: str) -> bool:
    return (
        2 <= len(text) <= _LONGEST_COMPANY
        and not is_sentence_line(text)
        and not re.search(r"[:。、！!?？「」]|\d{2}", text)
    )


def _sounds_as(text: str, hosts: set[str]) -> bool:
    """Whether a mail host is the company: Blue Works and blueworks.example, アクメ and acme… by its romaji."""
    key = company_key(text)
    spelled = {name_key(word) for word in romaji_variants(key)} | {key}
    return any(
        len(host) >= _SHORT and any(len(one) >= _SHORT and (host in one or one in host) for one in spelled)
        for host in hosts
    )
