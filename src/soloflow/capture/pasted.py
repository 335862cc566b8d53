"""A pasted text → the people in it: a mail signature, `Name <mail>` lists, cards, rows of a sheet, links, or one line each.

What decides between one person and many, in this order:

- vCards, MECARDs, lists of addresses, rows with tabs and links to profiles show what they are.
- A mail (From:, … wrote:, quoted lines) is one person: the one who wrote its newest part that says who they are.
- Lines that only say how somebody is reached (TEL:, a mail, 〒, a ruler) belong to the name beside them. One name among
  them is a signature; several, each with such lines of its own, are several signatures.
- Several names and no such lines are people one per line.

Where this is not enough `other` holds the other way to read the text, and the user chooses.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal, TypeAlias

from soloflow.capture.decoding import Decoded
from soloflow.capture.line import ParsedLine, parse_line, understood
from soloflow.capture.line_marks import Piece
from soloflow.capture.mail_text import holds_mail, parts_of_mail
from soloflow.capture.mecard import read_mecards
from soloflow.capture.pasted_groups import groups_of, people_named
from soloflow.capture.pasted_lines import Line, lines_of
from soloflow.capture.pasted_lists import Part, links, mail_list, of_candidates, table
from soloflow.capture.signature import REACHED, Facts, facts_of, one_person
from soloflow.capture.signature_words import LIKELY, STRONG
from soloflow.capture.vcard_people import read_cards
from soloflow.domain.candidates import Candidate

__all__ = ["Asked", "Part", "Pasted", "parse_many", "parse_part", "read_pasted"]

Kind: TypeAlias = Literal["empty", "line", "lines", "signature", "mails", "cards", "rows", "links"]
Asked: TypeAlias = Literal["", "one", "many"]
MOST_LINES = 300
LONGEST_TEXT = 60_000
"""Lines and characters beyond which a text is a list, whatever stands in it; a signature has some twenty lines."""
_LIST = re.compile(r"(?<=[>＞])\s*[,;、，；]\s*")
MOST_HEADERS = 5
"""Lines among which the From: of a mail stands."""
_CARD = re.compile(r"^[ \t>]*BEGIN[ \t]*:[ \t]*VCARD", re.IGNORECASE | re.MULTILINE)
_MECARD = re.compile(r"(?:\A|(?<=[\s;]))MECARD:", re.IGNORECASE)
_BULLET = re.compile(r"(?:[・●○■□◆◇▪•‣*＊-]\s*(?=[^\s>\d])|[(（]?\d{1,3}[.)．）:：、]\s*(?=[^\s\d])|[①-⑳]\s*(?=\S))")
"""What stands before the entries of a list."""
_HEADER = re.compile(r"\s*(?:To|Cc|Bcc|From|宛先|差出人)\s*[:：]", re.IGNORECASE)
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Pasted:
    """The people of a text. `other` is how else it may be meant (one person or several), empty where there is no doubt."""

    kind: Kind
    parts: tuple[Part, ...] = ()
    other: tuple[Part, ...] = ()

    @property
    def is_one(self) -> bool:
        """Whether the text is one person."""
        return len(self.parts) == 1


@lru_cache(maxsize=4)
def read_pasted(text: str, asked: Asked = "") -> Pasted:
    """Who stands in a text. `asked` is what the user chose where it was undecided: "one" person, or "many", a line each.

    Any text is read; nothing is raised.
    """
    shown = _shown_as_list(text)
    if shown is not None:
        return shown
    several = _one_line_each(text)
    if len(several) < 2 and asked != "one" and "\t" not in text:
        return Pasted("line" if several else "empty", several)
    is_long = len(several) > MOST_LINES or len(text) > LONGEST_TEXT
    if is_long:
        rows = table(text)
        return Pasted("rows", tuple(rows)) if rows else _long_mail(text, several)
    lines = lines_of(text)
    if asked == "many":
        return Pasted("lines", several, _as_one(text, lines))
    if asked == "one":
        return Pasted("signature", _as_one(text, lines), several)
    if rows := table(text):
        return Pasted("rows", tuple(rows))
    if linked := links(lines):
        return Pasted("links", tuple(linked), _as_one(text, lines))
    return _decided(text, lines, several)


def parse_part(
    text: str, part: Part, today: date, *, known_companies: Callable[[str], bool] | None = None, lang: str = "ja"
) -> ParsedLine:
    """Understand one person of a text as a typed line is understood; places count from the beginning of the part."""
    words = text[part.start : part.end]
    if part.pieces is None:
        return parse_line(words, today, known_companies=known_companies, lang=lang)
    pieces = [
        replace(one, start=max(0, one.start - part.start), end=max(0, one.end - part.start)) for one in part.pieces
    ]
    return understood(words, pieces, today, lang=lang)


def parse_many(
    text: str, today: date, *, known_companies: Callable[[str], bool] | None = None, lang: str = "ja"
) -> tuple[ParsedLine, ...]:
    """Understand everybody in a pasted text."""
    parts = read_pasted(text).parts
    return tuple(parse_part(text, part, today, known_companies=known_companies, lang=lang) for part in parts)


def _shown_as_list(text: str) -> Pasted | None:
    """Texts that say themselves what they are."""
    if _CARD.search(text):
        plain = _QUOTE.sub("", text)
        people = read_cards(plain.encode("utf-8", "replace"), "utf-8").candidates
        if people:
            return Pasted("cards", tuple(_placed(text, plain, people)))
    if found := _MECARD.search(text):
        people = read_mecards(Decoded(text[found.start() :], "utf-8")).candidates
        if people:
            return Pasted("cards", tuple(_placed(text, text, people)))
    mails = mail_list(text)
    if len(mails) > 1 or (mails and _HEADER.match(text) and len(text) > mails[0].end - mails[0].start):
        return Pasted("mails", tuple(mails))
    return None


def _placed(text: str, plain: str, people: Sequence[Candidate]) -> list[Part]:
    """Cards where they stand; in a text that was quoted only the text as a whole is their place."""
    if plain == text:
        return of_candidates(text, people)
    parts = of_candidates(plain, people)
    return [
        Part(one.line, 0, len(text), tuple(Piece(p.field, 0, 0, p.value, p.kind) for p in one.pieces or ()))
        for one in parts
    ]


def _one_line_each(text: str) -> tuple[Part, ...]:
    """A person on each line; `A <a@example.com>, B <b@example.com>` within a line are two."""
    made: list[Part] = []
    at = 0
    for number, whole in enumerate(text.splitlines(keepends=True), 1):
        begin = at
        at += len(whole)
        if not whole.strip():
            continue
        ends = [(found.start(), found.end()) for found in _LIST.finditer(text, begin, at)]
        for end, after in (*ends, (at, at)):
            part = text[begin:end]
            if part.strip():
                left = begin + len(part) - len(part.lstrip())
                bullet = _BULLET.match(text, left, begin + len(part))
                left = bullet.end() if bullet else left
                made.append(Part(number, left, begin + len(part.rstrip())))
            begin = after
    return tuple(made)


def _as_one(text: str, lines: Sequence[Line]) -> tuple[Part, ...]:
    """The whole text as one person: as a signature where it holds anything of one, else as one long line."""
    facts = [facts_of(line) for line in lines]
    if any(one.is_evidence for one in facts):
        pieces = _of_mail(text, lines) or one_person(facts)
        if _is_somebody(pieces):
            return (_part(text, lines, pieces),)
    telling = [line for line in lines if not line.is_blank]
    if not telling:
        return ()
    return (Part(telling[0].number, telling[0].start, telling[-1].end),)


def _part(text: str, lines: Sequence[Line], pieces: Sequence[Piece]) -> Part:
    telling = [line for line in lines if not line.is_blank]
    first = telling[0] if telling else Line(1, 0, len(text), text)
    return Part(first.number, first.start, telling[-1].end if telling else len(text), tuple(pieces))


def _is_somebody(pieces: Sequence[Piece]) -> bool:
    return any(piece.field in ("name", "company", "email", "phone", "url") for piece in pieces)


def _of_mail(text: str, lines: Sequence[Line]) -> list[Piece]:
    """Who wrote a mail: the newest part of the thread that says who they are."""
    if not holds_mail(lines, text):
        return []
    for mail in parts_of_mail(lines, text):
        facts = [facts_of(line) for line in mail.body]
        sender = facts_of_sender(mail.sender) if mail.sender else None
        pieces = one_person(facts, sender, mail.subject)
        if any(piece.field in ("name", *REACHED) for piece in pieces):
            return pieces
    return []


def facts_of_sender(value: Line) -> Facts:
    """The From line of a mail: `山田 太郎 (アクメ) <taro@…>`."""
    listed = mail_list(value.text + "\n")
    if not listed or listed[0].pieces is None:
        return facts_of(value)
    pieces = tuple(
        Piece(p.field, p.start + value.start, p.end + value.start, p.value, p.kind) for p in listed[0].pieces
    )
    return Facts(value, pieces, STRONG if any(piece.field == "name" for piece in pieces) else 0)


def _decided(text: str, lines: Sequence[Line], several: tuple[Part, ...]) -> Pasted:
    """Signature, signatures or lines, by what the lines say."""
    mailed = _of_mail(text, lines)
    if mailed:
        return Pasted("signature", (_part(text, lines, mailed),))
    facts = [facts_of(line) for line in lines]
    whole = [one for one in facts if not one.line.is_blank and not one.is_body]
    names = people_named(whole)
    reached = [one for one in whole if one.is_reached]
    posts = [one for one in whole if one.is_evidence and not one.name_score and not one.is_reached]
    if len(names) > 1:
        groups = groups_of(facts)
        if groups:
            return Pasted(
                "signature", tuple(_part(text, [one.line for one in group], one_person(group)) for group in groups)
            )
        if headed := _under_a_company(text, whole):
            return Pasted("lines", headed, several)
        return Pasted("lines", several, _as_one(text, lines) if reached else ())
    if not reached and not posts and (signed := _signed_with_a_first_name(facts, whole)):
        return Pasted("signature", (_part(text, lines, signed),), several)
    if any(one.is_body for one in facts) and not reached and not posts and len(names) == 1:
        return Pasted("signature", (_part(text, lines, one_person(facts)),), several)
    rulers = sum(one.line.is_ruler for one in facts)
    if not names and not reached and not (len(posts) > 1 and len(posts) == len(whole)):
        return Pasted("lines", several)
    if not reached and not posts and not rulers:
        return Pasted("lines", several, _as_one(text, lines) if len(whole) <= 3 else ())
    if not reached and len(whole) > 1 and not names:
        return Pasted("lines", several, _as_one(text, lines))
    one = (_part(text, lines, one_person(facts)),)
    certain = (
        rulers or len(reached) > 1 or len(reached) + len(posts) > 2 or any("address" in fact.fields for fact in whole)
    )
    return Pasted("signature", one, () if certain or len(several) < 2 else several)


def _signed_with_a_first_name(facts: Sequence[Facts], whole: Sequence[Facts]) -> list[Piece]:
    """Dear all, … Best, Taro: what such a mail says, and who signed it."""
    if len(whole) != 1 or sum(one.is_body for one in facts) < 2 or whole[0].name_score:
        return []
    line = whole[0].line
    if not re.fullmatch(r"[A-Z][a-z]{1,15}", line.text):
        return []
    rest = one_person([one for one in facts if one is not whole[0]])
    return [Piece("name", line.start, line.end, line.text), *rest]


def _long_mail(text: str, several: tuple[Part, ...]) -> Pasted:
    """The newest part of a long thread, or a list as long."""
    end = min(several[MOST_LINES].start if len(several) > MOST_LINES else len(text), LONGEST_TEXT)
    lines = lines_of(text, 0, end)
    pieces = _of_mail(text[:end], lines) if any(_HEADER.match(line.text) for line in lines[:MOST_HEADERS]) else []
    return Pasted("signature", (_part(text, lines, pieces),)) if pieces else Pasted("lines", several)


def _under_a_company(text: str, facts: Sequence[Facts]) -> tuple[Part, ...]:
    """A company as the head of a list of its people."""
    head, *rest = facts
    company = [piece for piece in head.pieces if piece.field == "company"]
    if (
        len(company) != 1
        or len(head.pieces) > 1
        or not all(one.name_score >= LIKELY and "company" not in one.fields for one in rest)
    ):
        return ()
    return tuple(_part(text, [one.line], [company[0], *one_person([one])]) for one in rest)
