"""Lists of people in a pasted text: `Name <mail>` lists, cards (vCard, MECARD), rows of a spreadsheet, links to profiles."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from soloflow.capture.line_marks import MAIL_ADDRESS, Piece
from soloflow.capture.mail_text import decoded_words
from soloflow.capture.pasted_lines import LONGEST, Line
from soloflow.capture.profile_links import profile_of
from soloflow.capture.signature_marks import marks_of
from soloflow.capture.signature_words import is_reading, words_of
from soloflow.domain.candidates import Candidate
from soloflow.domain.text import is_latin, to_katakana
from soloflow.domain.width import fold_width

_SEPARATOR = re.compile(r"[\s,;、，；]*")
_HEAD = re.compile(r"\s*(?:To|Cc|Bcc|From|宛先|差出人|参加者|メンバー)\s*[:：]", re.IGNORECASE)
_TOKEN = re.compile(
    rf"\s*(?:(?:[\"“](?P<quoted>[^\"”<>\n]{{1,80}})[\"”]|(?P<bare>[^<>\"\n;；]{{0,80}}?))\s*[<＜]\s*(?:mailto:)?(?P<mail>{MAIL_ADDRESS})\s*[>＞]|(?P<only>{MAIL_ADDRESS})(?=\s*(?:[,;、，；\r\n]|$)))"
)
_COMPANY_AFTER = re.compile(r"(?P<name>.+?)\s*(?:[(（](?P<inner>[^()（）]+)[)）]|[/／@＠]\s*(?P<rest>\S.*))$")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a pasted text that is one person; `pieces` None: an ordinary line, to be read as typed ones are."""

    line: int
    start: int
    end: int
    pieces: tuple[Piece, ...] | None = None


def mail_list(text: str) -> list[Part]:
    """The people of `A <a@example.com>, "B, C" <b@example.com>; d@example.com`; empty unless the whole text is such a list."""
    head = _HEAD.match(text)
    at = head.end() if head else 0
    found: list[Part] = []
    line, counted = 1, 0
    while at < len(text):
        at = _skip(text, at)
        if at >= len(text):
            break
        token = _TOKEN.match(text, at)
        if token is None:
            return []
        line, counted = line + text.count("\n", counted, token.start()), token.start()
        found.append(Part(line, *_trimmed(text, token.start(), token.end()), tuple(_of_token(token))))
        at = token.end()
        if at < len(text) and _skip(text, at) == at:
            return []
    return found


def _skip(text: str, at: int) -> int:
    found = _SEPARATOR.match(text, at)
    return found.end() if found else at


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())


def _of_token(token: re.Match[str]) -> Iterator[Piece]:
    mail = "mail" if token["mail"] else "only"
    group = "quoted" if token["quoted"] else "bare"
    written = token[group]
    if written and written.strip():
        start, end = token.span(group)
        yield from _of_name(decoded_words(written).strip(" \t'’‘"), start, end)
    yield Piece("email", *token.span(mail), token[mail])


def _of_name(written: str, start: int, end: int) -> Iterator[Piece]:
    """山田, 太郎 and Yamada, Taro; 山田 太郎(アクメ); 株式会社アクメ 山田太郎."""
    folded = fold_width(written)
    if re.fullmatch(r"[^,、]+[,、][^,、]+", folded) and not re.search(r"Inc|Ltd|LLC|[株会社]{2}", folded):
        family, given = (part.strip() for part in re.split(r"[,、]", folded))
        yield Piece("name", start, end, f"{given} {family}" if is_latin(folded) else f"{family} {given}")
        return
    inner = _COMPANY_AFTER.fullmatch(folded)
    if inner:
        aside = (inner["inner"] or inner["rest"]).strip()
        yield Piece("name", start, end, inner["name"])
        if is_reading(aside):
            yield Piece("kana", start, end, to_katakana(aside.replace("・", " ")))
        elif is_latin(aside) and is_latin(inner["name"]) is False and len(aside.split()) == 2:
            yield Piece("note", start, end, aside)
        else:
            yield Piece("company", start, end, aside)
        return
    said = words_of(folded, [])
    if any(piece.field == "company" for piece in said.pieces) or len(said.pieces) > 1:
        yield from (replace(piece, start=start, end=end) for piece in said.pieces if piece.field != "latin")
    else:
        yield Piece("name", start, end, folded)


def of_candidates(text: str, people: Sequence[Candidate], start: int = 0, end: int | None = None) -> list[Part]:
    """People who were read from cards, each with the place of their values in the text where these stand there as such."""
    found: list[Part] = []
    starts = _line_starts(text)
    for at, person in enumerate(people):
        begin = starts[min(person.line, len(starts)) - 1] if person.line else start
        after = next((one.line for one in people[at + 1 :] if one.line), 0)
        until = starts[min(after, len(starts)) - 1] if after > person.line else (len(text) if end is None else end)
        found.append(Part(person.line or 1, begin, until, tuple(_of_person(text, person, begin, until))))
    return found


def _line_starts(text: str) -> list[int]:
    starts, at = [], 0
    for line in text.splitlines(keepends=True):
        starts.append(at)
        at += len(line)
    return starts or [0]


def _of_person(text: str, person: Candidate, start: int, end: int) -> Iterator[Piece]:
    values = [("name", person.name, ""), ("kana", person.kana, ""), ("company", person.company, "")]
    values += [("department", person.department, ""), ("title", person.title, "")]
    values += [("email", mail, "") for mail in person.emails]
    values += [("phone", phone.number, phone.kind) for phone in person.phones]
    values += [("url", url, "") for url in person.urls]
    values += (
        [("address", person.address, "")] + [("tag", tag, "") for tag in person.tags] + [("note", person.note, "")]
    )
    for field, value, kind in values:
        if value:
            at = text.find(value, start, end)
            yield Piece(field, max(at, start), at + len(value) if at >= 0 else start, value, kind)


_COLUMNS = {
    "name": "氏名 名前 お名前 name fullname 担当者 担当者名 表示名 フルネーム",
    "family": "姓 名字 苗字 lastname familyname",
    "given": "名 firstname givenname",
    "kana": "カナ フリガナ ふりがな ヨミガナ よみがな 氏名カナ kana 読み",
    "company": "会社 会社名 社名 勤務先 所属 法人名 屋号 company organization 企業名 組織 貴社名",
    "department": "部署 部署名 部門 department",
    "title": "役職 肩書 肩書き 職種 title position jobtitle",
    "email": "メール メールアドレス mail email e-mail eメール",
    "phone": "電話 電話番号 tel 携帯 携帯電話 携帯電話番号 mobile phone fax tel会社 tel直通",
    "url": "url hp web website リンク ホームページ サイト profile",
    "address": "住所 所在地 address",
    "note": "メモ 備考 コメント note notes memo 話したこと 内容",
    "tag": "タグ tag tags",
}  # fmt: skip
_COLUMN_OF = {word: field for field, words in _COLUMNS.items() for word in words.split()}
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?.*|\d{1,5}|参加|出席|欠席|補欠|参加キャンセル|-|—")


def table(text: str) -> list[Part]:
    """People in rows of a spreadsheet; empty unless nearly every line has tabs in it, or commas under a head of column names."""
    mark = "\t" if "\t" in text else ","
    if mark == "," and not _begins_with_head(text):
        return []
    rows = list(_rows(text, mark))
    if not rows or sum(len(cells) > 1 for _number, cells in rows) * 10 < 9 * len(rows):
        return []
    head = _head(rows[0][1], text)
    if head and len(rows) == 1:
        return []
    columns = head or _guessed([[text[start:end] for start, end in cells] for _number, cells in rows[:50]])
    return [
        Part(number, cells[0][0], cells[-1][1], tuple(_of_row(text, cells, columns)))
        for number, cells in rows[1 if head else 0 :]
    ]


def _begins_with_head(text: str) -> bool:
    """Whether the first line is 氏名,会社,メール: commas part words of a sentence as well."""
    first = next(_rows(text[:LONGEST], ","), None)
    return first is not None and "," in text and bool(_head(first[1], text))


def _rows(text: str, mark: str) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Every line that says something, with its number and the places of its cells."""
    at = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        words = line.rstrip("\r\n")
        if line.strip():
            cells, begin = [], at
            for cell in words.split(mark):
                cells.append((begin, begin + len(cell)))
                begin += len(cell) + 1
            yield number, cells
        at += len(line)


def _head(cells: Sequence[tuple[int, int]], text: str) -> list[str]:
    keys = [re.sub(r"[\s_:・]|[(（].*", "", fold_width(text[start:end])).lower().strip('"') for start, end in cells]
    columns = [_COLUMN_OF.get(key, "") for key in keys]
    return columns if sum(map(bool, columns)) >= max(2, (len(columns) + 1) // 3) else []


def _guessed(rows: Sequence[Sequence[str]]) -> list[str]:
    """What each column holds, by most of its cells."""
    width = max(map(len, rows))
    votes: list[Counter[str]] = [Counter() for _column in range(width)]
    for row in rows:
        for column, cell in enumerate(row):
            if cell.strip():
                votes[column][_kind_of_cell(cell)] += 1
    columns = [vote.most_common(1)[0][0] if vote else "" for vote in votes]
    if "name" not in columns:
        blank = next((at for at, kind in enumerate(columns) if kind in ("note", "kana")), None)
        if blank is not None:
            columns[blank] = "name"
    named = columns.index("name") if "name" in columns else -1
    columns = ["note" if kind == "name" and at != named else kind for at, kind in enumerate(columns)]
    if "company" not in columns and "note" in columns:
        near = [at for at in (named - 1, named + 1) if 0 <= at < width and columns[at] == "note"]
        if near and all(len(row[near[0]]) <= 30 for row in rows if len(row) > near[0]):
            columns[near[0]] = "company"
    return columns


def _kind_of_cell(cell: str) -> str:
    text = " ".join(fold_width(cell[:LONGEST]).split())
    if _DAY.fullmatch(text):
        return "skip"
    marks = marks_of(text)
    if marks:
        return marks[0].field
    if is_reading(text) and not text.startswith("・"):
        return "kana"
    said = words_of(text, [])
    first = next((piece.field for piece in said.pieces if piece.field != "latin"), "note")
    return first if len(said.pieces) == 1 or first in ("company", "department") else "note"


def _of_row(text: str, cells: Sequence[tuple[int, int]], columns: Sequence[str]) -> list[Piece]:
    pieces: list[Piece] = []
    names: dict[str, str] = {}
    for at, (start, end) in enumerate(cells):
        value = " ".join(fold_width(text[start:end]).strip().strip('"').split())
        field = columns[at] if at < len(columns) else "note"
        if not value or field == "skip":
            continue
        if field in ("family", "given"):
            names[field] = value
        elif field in ("email", "phone", "url"):
            marks = [one for one in marks_of(value[:LONGEST]) if one.field == field]
            pieces += [replace(one, start=start, end=end) for one in marks] or [Piece("note", start, end, value)]
        else:
            pieces.append(Piece(field or "note", start, end, value))
    if names:
        pieces.insert(
            0, Piece("name", cells[0][0], cells[-1][1], f"{names.get('family', '')} {names.get('given', '')}".strip())
        )
    return pieces


def links(lines: Sequence[Line]) -> list[Part]:
    """People whose profile links stand alone on their lines; several links of one person, each of another site, are one."""
    found: list[tuple[Line, Piece]] = []
    for line in lines:
        if line.is_blank:
            continue
        marks = marks_of(line.text[:LONGEST])
        if len(marks) != 1 or marks[0].field != "url":
            return []
        if (line.text[: marks[0].start] + line.text[marks[0].end :]).strip():
            return []
        if profile_of(marks[0].value) is None:
            return []
        found.append((line, marks[0]))
    profiles = [profile_of(piece.value) for _line, piece in found]
    sites = [profile.site for profile in profiles if profile]
    if len(found) < 2 or len(set(sites)) == len(sites):
        return []
    return [Part(line.number, line.start, line.end) for line, _piece in found]
