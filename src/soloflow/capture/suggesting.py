"""A meaning suggested for each column of an unknown table, from its heading and from what stands in it."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import islice

from soloflow.capture.column_words import field_of
from soloflow.capture.lost_zeros import repaired_number
from soloflow.capture.mapped_days import needs_order, plain_day
from soloflow.capture.mapping import IGNORE, ONCE, PHONES, Mapping
from soloflow.capture.tables import Row
from soloflow.domain.text import mail_key

HEADER_WITHIN = 10
"""Rows among which a header is looked for."""
SAMPLE = 60
"""Filled cells of a column that are looked at, """
LONGEST = 100
"""and as many characters of each."""
SURE = 0.6
"""Share of the cells of a column that must look like something."""
ENOUGH = {"company": 0.25}
"""Many companies write no 株式会社, but hardly anything else does."""

_QUESTION = 10
"""Characters from which on a heading is the question of a form."""
_KANA = re.compile(r"[ぁ-ゖァ-ヺーｦ-ﾟ・\s]+")
_COMPANY = re.compile(
    r"株式会社|有限会社|合同会社|合資会社|法人|[(（][株有同][)）]|㈱|㈲|\b(?:inc|ltd|corp|llc|gmbh|co)\b\.?$",
    re.IGNORECASE,
)
_POSTAL = re.compile(r"〒?\s*\d{3}[-‐−ー]\d{4}")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:東京都|北海道|(?:京都|大阪)府|.{2,3}県)|.+[市区町村].*\d|.+丁目")
_JAPANESE_NAME = re.compile(r"[\u3005\u4e00-\u9fff\u3040-\u30ff]{1,4}[ \u3000][\u3005\u4e00-\u9fff\u3040-\u30ff]{1,5}")
_TITLE = re.compile(
    r".*(?:長|役|社員|部員|主任|担当|マネージャー|リーダー|エンジニア|デザイナー|CEO|CTO|CFO|COO|manager|engineer|director)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[\d\s,.\-+%¥$円]+")


def _is_phone(text: str) -> bool:
    digits = re.sub(r"[\s\-‐−ー()（）.+]", "", repaired_number(unicodedata.normalize("NFKC", text)))
    is_written = bool(re.match(r"[+0(（]", unicodedata.normalize("NFKC", text))) or repaired_number(text) != text
    return digits.isascii() and digits.isdigit() and 9 <= len(digits) <= 14 and is_written


def _is_day(text: str) -> bool:
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):  # a bare number is a day only where the heading says so
        return False
    return plain_day(text) is not None or needs_order(text)


_LOOKS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("mail", mail_key), ("url", _URL.match), ("postal", _POSTAL.fullmatch), ("met_on", _is_day), ("phone", _is_phone),
    ("company", _COMPANY.search), ("address", _ADDRESS.match), ("kana", _KANA.fullmatch), ("name", _JAPANESE_NAME.fullmatch),
    ("title", _TITLE.fullmatch),
)  # fmt: skip
_STRICT = {"mail": "mail", "url": "url", "postal": "postal", "met_on": "met_on"} | dict.fromkeys(PHONES, "phone")
"""Fields whose values have a shape of their own: what stands in the column counts for more than its heading."""


def _shares(cells: Sequence[str]) -> dict[str, float]:
    """How large a part of the filled cells looks like what; nothing where none is filled."""
    filled = list(islice((cell.strip()[:LONGEST] for cell in cells if cell.strip()), SAMPLE))
    return {one: sum(bool(looks(cell)) for cell in filled) / len(filled) for one, looks in _LOOKS} if filled else {}


def _looks_like(cells: Sequence[str], unlikely: str = "") -> str | None:
    shares = _shares(cells)
    likely = (one for one, _looks in _LOOKS if one != unlikely)
    return next((one for one in likely if shares.get(one, 0) >= ENOUGH.get(one, SURE)), None)


def _is_telling(heading: str, cells: Sequence[str]) -> bool:
    """Whether a column without a known meaning holds words worth keeping: an answer to a question, or more than a mark."""
    words = [cell.strip() for cell in cells if cell.strip() and not _NUMBER.fullmatch(cell.strip())]
    return bool(words) and (len(heading.strip()) >= _QUESTION or sum(map(len, words)) / len(words) >= 4)


def _column(heading: str, cells: Sequence[str], unlikely: str = "") -> str:
    named = field_of(heading)
    looks = _looks_like(cells, unlikely)
    if named in _STRICT and looks in _STRICT and _STRICT[named] != looks and not _shares(cells).get(_STRICT[named]):
        named = looks
    if named is not None:
        return named
    if looks is not None:
        return looks
    return "note" if heading.strip() and _is_telling(heading, cells) else IGNORE


def _without_repeats(fields: Sequence[str]) -> list[str]:
    """A second column of what a person has once becomes a note; given names alone are whole names."""
    found: list[str] = []
    for one in fields:
        found.append("note" if one in ONCE and one in found else one)
    if "family" in found and "given" not in found and "name" in found:  # 姓, 名前
        found[found.index("name")] = "given"
    if "given" in found and "family" not in found:
        found[found.index("given")] = "note" if "name" in found else "name"
    if "kana_given" in found and "kana_family" not in found:
        found[found.index("kana_given")] = "kana" if "kana" not in found else "note"
    return found


_NAMES = frozenset({"name", "family", "given"})
_PERSONAL = ("mail", "url", "postal", "met_on", "phone", "company", "name")


def _is_value(cell: str) -> bool:
    return any(looks(cell) for one, looks in _LOOKS if one in ("mail", "url", "postal", "met_on", "phone"))


def find_header(top: Sequence[Row]) -> Row | None:
    """The row of the first ones that names columns; None where the table begins with people."""
    within = [row for row in top[:HEADER_WITHIN] if not row.broken]
    best, most = None, 0
    for row in within:
        cells = [cell.strip() for cell in row.cells if cell.strip()]
        if any(map(_is_value, cells)):
            break
        named = len({field_of(cell) for cell in cells} - {None})
        if len(cells) > 1 or len(row.cells) == 1:
            named = min(named, len(cells))
        if named > most:
            best, most = row, named
    if best is not None and (most > 1 or len(best.cells) <= 2):
        return best
    return best or _plain_header(within)


def _plain_header(within: Sequence[Row]) -> Row | None:
    """A first row of different words, none of which is somebody's name, company or address, above other rows."""
    for number, row in enumerate(within[:-1]):
        cells = [cell.strip() for cell in row.cells if cell.strip()]
        is_full = len(cells) >= max(2, max(len(below.cells) for below in within[number + 1 :]) - 1)
        is_somebody = any(looks(cell) for one, looks in _LOOKS if one in _PERSONAL for cell in cells)
        if is_full and not is_somebody and len(set(cells)) == len(cells) and not any(map(_NUMBER.fullmatch, cells)):
            return row
    return None


def suggest(top: Sequence[Row], header: int | None = None, delimiter: str = "", sheet: str = "") -> Mapping:
    """A field for every column. `header` is the line of the header, 0 for none; None lets it be found."""
    found = find_header(top) if header is None else next((row for row in top if row.line == header), None)
    line = found.line if found is not None else 0
    people = [row.cells for row in top if row.line > line and not row.broken]
    headings = found.cells if found is not None else ()
    width = len(headings) if found is not None else max(map(len, people), default=0)
    columns = [[cells[number] for cells in people if number < len(cells)] for number in range(width)]
    named = [headings[number] if headings else "" for number in range(width)]
    fields = list(map(_column, named, columns))
    if "kana" in fields and not _NAMES.intersection(fields):  # without names, kana are a ware or a place
        fields = [_column(heading, cells, unlikely="kana") for heading, cells in zip(named, columns, strict=True)]
    return Mapping(tuple(_without_repeats(fields)), line, delimiter, sheet)
