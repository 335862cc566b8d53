"""One typed line per person → chips, a candidate and the next step, while it is being typed.

The order to learn is: **名前 会社 話したこと → 次の一手**, words parted by a space of either width. The rest helps:

- What marks itself may stand anywhere: mails, links, phones, #タグ, 予算120万円, 株式会社/(株)/㈱, 会社:アクメ (also 名前:, 部署:,
  役職:, カナ:), and companies the user already has. 「ことば」 are the person's own words (生の声), apart from the note.
- The first word is the name; a second one joins it only if it is known or shaped as a given name (佐藤 花子), as are two
  Latin or two hiragana words. 田中さん, アクメの田中さん, 田中部長 and 山田太郎(ヤマダタロウ) are understood.
- The next word is the company, unless it looks like something said (particles, verb endings, 検討中). A first word that
  ends as companies do (…工業, …食品) is the company, and the name comes second.
- Departments and titles are recognised until the note begins; from then on every word belongs to the note. ひかり物流の情シス
  is a company and a department, フリーのデザイナー a title.
- After the last → comes the next step. Without an arrow a date is one if it stands by itself or with its deed
  (来週火曜 電話, 明日電話する); a date inside a sentence stays in the note. A deed without date or arrow is a note.

What stays ambiguous is settled by the order alone: 「佐藤 和光」 is a person and a company, 「田中(アクメ)」 a name with its
reading in kana. The chip shows it at once and can be corrected with `replace_chip`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from soloflow.capture.line_marks import Piece, find_marks, phone_kind
from soloflow.capture.line_names import is_kana_name_part, split_full_name
from soloflow.capture.line_person import merge_notes, read_person
from soloflow.capture.line_step import FollowUp, find_step, last_arrow, read_step
from soloflow.capture.profile_links import profile_of
from soloflow.domain.candidates import Candidate, Phone
from soloflow.domain.dates import short_date, short_time
from soloflow.domain.holidays import is_holiday
from soloflow.domain.money import parse_yen, yen
from soloflow.domain.text import split_name, to_katakana
from soloflow.domain.width import fold_width

FIELDS = (
    *("name", "kana", "company", "department", "title", "email", "phone", "url", "address", "tag", "amount", "note"),
    *("voice", "follow_up"),
)
"""What a chip can be, in the order in which chips are shown."""
MANY = frozenset({"email", "phone", "url", "tag", "note", "voice"})
"""Fields of which a line can hold several."""
_QUOTES = '「」『』“”"＂ 　'
_LONGEST = 1000
"""Characters of a line that are looked at, so that a pasted book does not stop the typing; what follows is a note."""
HANDLE = "handle:{site}"
"""The kind of a name that is only what somebody is called on a site."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing understood. `value` is what is edited, `display` what is shown; both places are 0 if it was not typed."""

    field: str
    value: str
    start: int
    end: int
    display: str
    kind: str = ""
    """Of a phone: what it is, where its surroundings say so."""


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """A line as it is understood on a given day. The amount is in yen."""

    text: str
    today: date
    lang: str
    chips: tuple[Chip, ...]
    candidate: Candidate
    follow_up: FollowUp | None
    amount: int | None

    def values(self, field: str) -> tuple[str, ...]:
        """Give the values of all chips of one field."""
        return tuple(chip.value for chip in self.chips if chip.field == field)

    @property
    def voices(self) -> tuple[str, ...]:
        """What stands in 「」: the person's own words."""
        return self.values("voice")


def parse_line(
    text: str,
    today: date,
    *,
    known_companies: Callable[[str], bool] | None = None,
    overrides: Mapping[str, str] | None = None,
    lang: str = "ja",
) -> ParsedLine:
    """Understand one line. `overrides` are corrections by field that outlive further typing; "" takes the field away.

    `known_companies` says whether the user already has a company of that name (half-width where ASCII); it is asked at most
    four times a line. Any text is read; nothing is raised.
    """
    parsed = understood(text, _pieces(text, today, known_companies), today, lang=lang)
    for field, value in (overrides or {}).items():
        parsed = replace_chip(parsed, field, value)
    return parsed


def understood(text: str, pieces: Sequence[Piece], today: date, *, lang: str = "ja") -> ParsedLine:
    """A line, or a pasted text about one person, of which the pieces are known."""
    return _understood(text, today, lang, [_chip(piece, text, today, lang) for piece in _with_profile(pieces)])


def _with_profile(pieces: Sequence[Piece]) -> list[Piece]:
    """A link to somebody's own page is kept in the form by which it is known again; alone, it also says who."""
    profiles = {at: found for at, one in enumerate(pieces) if one.field == "url" and (found := profile_of(one.value))}
    made = [replace(one, value=profiles[at].url) if at in profiles else one for at, one in enumerate(pieces)]
    if any(one.field in ("name", "company", "email") for one in pieces):
        return made
    named = next((one for one in profiles.values() if one.name), None)
    called = next((one for one in profiles.values() if one.handle), None)
    if named is not None:
        made.append(Piece("name", 0, 0, named.name))
    elif called is not None:
        made.append(Piece("name", 0, 0, called.handle, HANDLE.format(site=called.site)))
    return made


def replace_chip(parsed: ParsedLine, field: str, value: str, index: int = 0) -> ParsedLine:
    """Correct one chip and everything that follows from it; "" takes it away, a missing one is added.

    Of fields with several chips `index` chooses one. Raises ValueError for a field that does not exist.
    """
    if field not in FIELDS:
        raise ValueError(field)
    own = [chip for chip in parsed.chips if chip.field == field]
    old = own[index] if index < len(own) else None
    chips = [chip for chip in parsed.chips if chip is not old]
    if value.strip():
        start, end = (old.start, old.end) if old else (0, 0)
        typed = _displayed(field, value.strip(), parsed.today, parsed.lang)
        kind = old.kind if old is not None and field == "phone" else ""
        chips.insert(
            parsed.chips.index(old) if old else len(chips), Chip(field, value.strip(), start, end, typed, kind)
        )
    return _understood(parsed.text, parsed.today, parsed.lang, chips)


def _pieces(whole: str, today: date, known: Callable[[str], bool] | None) -> list[Piece]:
    text = whole[:_LONGEST]
    line = fold_width(text)
    pieces = [_quoted(piece, text) if piece.field == "voice" else piece for piece in find_marks(line)]
    free = line
    for piece in pieces:
        free = _blank(free, piece.start, piece.end)
    step = find_step(text, free, today)
    arrow = last_arrow(free)
    if step:
        pieces.append(Piece("follow_up", step.start, step.end, step.words))
        free = _blank(free, step.start, step.end)
    if arrow is not None:
        free = _blank(free, arrow, len(free))
    people = read_person(free, {piece.field for piece in pieces}, known)
    notes = merge_notes([*pieces, *people], text, free)
    return [*notes, Piece("note", _LONGEST, len(whole))] if whole[_LONGEST:].strip() else list(notes)


def _quoted(piece: Piece, text: str) -> Piece:
    return replace(piece, value=text[piece.start : piece.end].strip(_QUOTES))


def _blank(line: str, start: int, end: int) -> str:
    return line[:start] + " " * (end - start) + line[end:]


def _chip(piece: Piece, text: str, today: date, lang: str) -> Chip:
    typed = " ".join(text[piece.start : piece.end].split())
    value = piece.value or typed
    if piece.field == "name" and not piece.kind:
        value = " ".join(split_full_name(value)) if split_full_name(value)[0] else " ".join(value.split())
    elif piece.field == "kana":
        value = _kana(value)
    shown = _displayed(piece.field, value, today, lang)
    if piece.kind.startswith("handle:"):
        shown = f"{value} ({piece.kind[7:]})" if lang == "en" else f"{value}（{piece.kind[7:]}）"
    return Chip(piece.field, value, piece.start, piece.end, shown, piece.kind)


def _kana(value: str) -> str:
    """Full-width katakana, parted as the name is where the reading of the surname is a frequent one."""
    kana = to_katakana(value.replace("・", " "))
    for size in range(len(kana) - 1, 1, -1):
        if (
            " " not in kana
            and is_kana_name_part(kana[:size], given=False)
            and is_kana_name_part(kana[size:], given=True)
        ):
            return f"{kana[:size]} {kana[size:]}"
    return kana


def _displayed(field: str, value: str, today: date, lang: str) -> str:
    if field == "tag":
        return f"#{value}"
    if field == "amount":
        amount = parse_yen(value)
        return value if amount is None else yen(amount)
    if field != "follow_up":
        return " ".join(value.split())
    step = read_step(value, today)
    day = short_date(step.due, today, lang, is_holiday) if step.due else ""
    at = short_time(step.time) if step.time else ""
    return " ".join(part for part in (day, at, step.text) if part)


def _understood(text: str, today: date, lang: str, chips: list[Chip]) -> ParsedLine:
    """Put the chips into the order in which they are shown, and draw from them what will be saved."""
    ordered = tuple(sorted(chips, key=lambda chip: FIELDS.index(chip.field)))
    first = {chip.field: chip.value for chip in reversed(ordered)}
    step = first.get("follow_up")
    amount = parse_yen(first["amount"]) if "amount" in first else None
    parsed = ParsedLine(text, today, lang, ordered, Candidate(), read_step(step, today) if step else None, amount)
    family, given = split_name(first.get("name", ""))
    candidate = Candidate(
        name=first.get("name", ""),
        family=family,
        given=given,
        kana=first.get("kana", ""),
        company=first.get("company", ""),
        department=first.get("department", ""),
        title=first.get("title", ""),
        emails=_once(parsed.values("email")),
        phones=tuple(_phone(text, chip) for chip in ordered if chip.field == "phone"),
        urls=_once(parsed.values("url")),
        address=first.get("address", ""),
        note="\n".join(parsed.values("note")),
        tags=_once(parsed.values("tag")),
        handle=next((chip.value for chip in ordered if chip.field == "name" and chip.kind), ""),
    )
    return replace(parsed, candidate=candidate)


def _once(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _phone(text: str, chip: Chip) -> Phone:
    if chip.kind:
        kind = phone_kind(chip.value)
        return Phone(chip.value, kind if kind == "mobile" and chip.kind != "fax" else chip.kind)
    label = re.match(r"[^\d+(:.\s]*", fold_width(text[chip.start : chip.end]))
    return Phone(chip.value, phone_kind(chip.value, label[0] if label else ""))
