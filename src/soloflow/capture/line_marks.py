"""What marks itself in a line wherever it stands: mails, links, phones, #tags, 「quotes」, amounts, 会社: labels."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from soloflow.domain.money import parse_yen
from soloflow.domain.text import is_latin


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the line that belongs to one field. An empty value means: as written there."""

    field: str
    start: int
    end: int
    value: str = ""
    kind: str = ""
    """Of a phone: mobile, direct, company, fax or other, where its surroundings say so."""


DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))
_DASH = r"[-‐‑‒–—―−ー.]"
MAIL_ADDRESS = r"[A-Za-z0-9._%+'!#$&*/=?^`{|}~-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,24}"
_MAIL = re.compile(rf"(?:(?:e-?mail|mail|メール|mailto)\s*:\s*)?<?({MAIL_ADDRESS})>?", re.IGNORECASE)
_NAMED_MAIL = re.compile(rf"^\s*(?:\"([^\"<>]+)\"|([^\"<>@]*?))\s*<\s*(?={MAIL_ADDRESS}\s*>)")
_URL_BODY = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]"
_URL = re.compile(
    rf"(?:(?:https?://|www\.){_URL_BODY}+"
    r"|(?<![A-Za-z0-9@._-])(?:[A-Za-z0-9-]+\.)+(?:com|net|org|io|dev|me|app|jp|co|page|site|social)/(?!\d)"
    rf"{_URL_BODY}*"
    r"|(?<![A-Za-z0-9@._-])(?:[A-Za-z0-9-]+\.)+(?:com|net|org|jp|dev)(?![A-Za-z0-9@.-]))",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?:(?P<label>電話番号|電話|携帯電話|携帯|直通|代表|会社|自宅|TEL|Tel|tel|FAX|Fax|fax|Mobile|mobile|Phone|phone)\s*[:.]?\s*)?"
    rf"(?<![0-9A-Za-z@/._-])(?P<number>(?:\+\d{{1,3}}{_DASH}?\s?(?:\(0\))?|\(?0)\d{{0,4}}\)?(?:{_DASH}|\s)?"
    rf"\(?\d{{1,4}}\)?(?:{_DASH}|\s)?\d{{3,4}}(?!\d)(?:\s*(?:内線|ext\.?)\s*\d{{1,6}})?)(?![A-Za-z/@])"
)
_EXTENSION = re.compile(r"\s*(?:内線|ext)")
_TAG_WORD = r"#([^\s#、,。「」『』()→<>]+)"
_TAG = re.compile(_TAG_WORD)
_TAGS = re.compile(rf"(?<![A-Za-z0-9&/])(?:{_TAG_WORD})+")
_QUOTES = re.compile(r"「([^「」]*)(?:」|$)|『([^『』]*)(?:』|$)|“([^“”]*)(?:”|$)|\"([^\"]+)\"")
_AMOUNT = re.compile(
    r"(?<![^\s、,(])(?:(?:予算|金額|見込み?)\s*:?\s*)?(¥\s?\d[\d,.]*(?:百万|千万|[百千万億])?|\d[\d,.]*(?:百万|千万|[百千万億])?円|\d[\d,.]*(?:百万|千万|[万億])(?:\d+万)?円?)"
    r"(?![^\s、,。)])"
)
_LABEL = re.compile(r"(?<!\S)(名前|氏名|会社名|会社|勤務先|部署|役職|肩書き?|カナ|フリガナ|ふりがな)\s*:\s*([^\s、,]+)")
_LABELS = {
    **dict.fromkeys(("名前", "氏名"), "name"),
    **dict.fromkeys(("会社名", "会社", "勤務先"), "company"),
    **dict.fromkeys(("役職", "肩書", "肩書き"), "title"),
    **dict.fromkeys(("カナ", "フリガナ", "ふりがな"), "kana"),
    "部署": "department",
}
_FOREIGN_FORM = re.compile(
    r"(?<![A-Za-z0-9.])(?:[A-Z0-9][\w&'-]*\s+){0,3}[A-Z0-9][\w&'-]*,?\s+"
    r"(?:Inc|Co\.,?\s?Ltd|Ltd|LLC|LLP|Corp|Corporation|GmbH|K\.K|Limited|PLC)\b\.?",
    re.ASCII,
)


def phone_kind(number: str, label: str = "") -> str:
    """Tell mobile, direct, company, fax or other from a number and the word before it."""
    word = label.lower()
    if word == "fax":
        return "fax"
    if word == "直通":
        return "direct"
    if word in ("代表", "会社"):
        return "company"
    digits = re.sub(r"\D", "", _EXTENSION.split(number)[0])
    mobile = re.match(r"0[6-9]0\d{8}$|81[6-9]0\d{8}$|810[6-9]0\d{8}$", digits) is not None
    return "mobile" if mobile or word in ("携帯", "携帯電話", "mobile") else "other"


def find_marks(line: str) -> tuple[Piece, ...]:
    """Find all self-marking pieces of a width-folded line, none overlapping another, in order of place."""
    taken: list[Piece] = []
    for finder in (_named_mail, _quotes, find_mails, find_urls, _labels, _phones, _tags, _amounts, _foreign_companies):
        for piece in finder(line):
            if all(piece.end <= other.start or other.end <= piece.start for other in taken):
                taken.append(piece)
    return tuple(sorted(taken, key=lambda piece: piece.start))


def _named_mail(line: str) -> Iterator[Piece]:
    match = _NAMED_MAIL.match(line)
    if match and match[1]:  # without quotation marks the ordinary rules read the words before <…>
        yield Piece("name", match.start(1) - 1, match.end(1) + 1, _in_order(match[1]))


def _in_order(name: str) -> str:
    """山田, 太郎 and Bennett, Lisa as names are shown."""
    parts = [part for part in re.split(r"\s*[,、]\s*", name.strip()) if part]
    return " ".join(reversed(parts) if len(parts) == 2 and is_latin(name) else parts)


def _quotes(line: str) -> Iterator[Piece]:
    for match in _QUOTES.finditer(line):
        inner = match.lastindex
        if inner and match[inner].strip():
            yield Piece("voice", match.start(), match.end())


def find_mails(line: str) -> Iterator[Piece]:
    """Find mail addresses, with the label and the brackets around them."""
    for match in _MAIL.finditer(line):
        yield Piece("email", match.start(), match.end(), match[1])


def find_urls(line: str) -> Iterator[Piece]:
    """Find links, with or without https://."""
    for match in _URL.finditer(line):
        url = match[0].rstrip(".,;:!?'")
        if url.endswith(")") and "(" not in url:
            url = url.rstrip(")")
        yield Piece("url", match.start(), match.start() + len(url), url)


def _labels(line: str) -> Iterator[Piece]:
    for match in _LABEL.finditer(line):
        yield Piece(_LABELS[match[1]], match.start(), match.end(), match[2])


def _phones(line: str) -> Iterator[Piece]:
    for match in _PHONE.finditer(line):
        number = match["number"]
        count = len(re.sub(r"\D", "", _EXTENSION.split(number)[0]))
        if count in (10, 11) if not number.startswith("+") else 8 <= count <= 15:
            yield Piece("phone", match.start(), match.end(), number.translate(DASHES).strip())


def _tags(line: str) -> Iterator[Piece]:
    for together in _TAGS.finditer(line):
        for match in _TAG.finditer(line, *together.span()):
            yield Piece("tag", match.start(), match.end(), match[1])


def _amounts(line: str) -> Iterator[Piece]:
    for match in _AMOUNT.finditer(line):
        amount = parse_yen(match[1])
        if amount:
            yield Piece("amount", match.start(), match.end(), str(amount))


def _foreign_companies(line: str) -> Iterator[Piece]:
    """Find Acme Inc. and Acme Co., Ltd.; two words of three or more at the start of the line are the person's name."""
    for match in _FOREIGN_FORM.finditer(line):
        start = match.start()
        words = list(re.finditer(r"\S+", match[0]))
        bare = len(words) - (2 if re.search(r"Co\.,?\s", match[0]) and " Ltd" in match[0] else 1)
        if not line[:start].strip() and bare >= 3:
            start += words[2].start()
        yield Piece("company", start, match.end(), line[start : match.end()])
        return
