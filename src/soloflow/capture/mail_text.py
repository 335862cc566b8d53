"""A pasted mail: its header lines, what it quotes, and what is only politeness."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header

from soloflow.capture.pasted_lines import Line

_HEADER = re.compile(
    r"(?P<key>From|差出人|送信者|送信元|Sender|Reply-To|返信先|To|宛先|Cc|Bcc|Date|Sent|日時|送信日時|日付|Subject|件名|添付(?:ファイル)?|Attachments?|Importance|重要度)\s*:\s*(?P<value>.*)",
    re.IGNORECASE,
)
_FROM = frozenset({"from", "差出人", "送信者", "送信元", "sender"})
_SUBJECT = frozenset({"subject", "件名"})
_QUOTE_BEGINS = re.compile(
    r"On\b.{4,200}\bwrote:?$|.{0,120}(?:<[^<>\s]+@[^<>\s]+>|\d{1,2}:\d{2}).{0,40}(?:のメール|が書きました|さんは書きました)?\s*:$|-*\s*(?:Original Message|Forwarded message|元のメッセージ|転送メッセージ|転送されたメッセージ|Begin forwarded message)\s*:?\s*-*$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[ \t]*(?:[>＞]\s?)+")
_POLITE = re.compile(
    r"(?:.{0,30}(?:様|さま|さん|御中|各位|殿|先生)\s*[,、]?|(?:Dear|Hi|Hello|Hey)\b.{0,40}|(?:Best|Kind|Warm|Many)?\s?(?:regards|wishes|thanks)\b.{0,20}|Thank you.{0,30}|Thanks.{0,20}|Sincerely.{0,20}|Cheers\W*|Best\W*|All the best\W*|Yours\b.{0,20}"
    r"|(?:いつも|平素|大変|お世話|こんにちは|こんばんは|はじめまして|初めまして|お疲れ|突然の).{0,40}(?:ます|ました|せん|です|は)?[。!]?|.{0,20}(?:よろしく|宜しく).{0,30}|以上.{0,12}|敬具|拝|草々|取り急ぎ.{0,30})",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"機密|守秘|誤って(?:受信|送信)|誤送信|宛先以外|破棄|無断転載|confidential|intended recipient|unauthori[sz]ed|disclaimer|privileged",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(
    r"[。！？!?…]\s*$|(?:です|ます|ました|ません|ください|でした|でしょうか|ございます|ましょう)[。.]?\s*$"
)
_ENGLISH_WORDS = re.compile(
    r"\b(?:the|a|an|is|are|was|I|you|we|to|of|and|for|in|it|my|your|our|have|please|would|could|will)\b"
)


_FEWEST_WORDS = 4
"""Words of a sentence in English that could not be a title or a company."""


@dataclass(frozen=True, slots=True)
class Mail:
    """The parts of a mail that say who wrote it."""

    body: tuple[Line, ...]
    sender: Line | None = None
    """The value of the From line, in its place."""
    subject: Line | None = None


def parts_of_mail(lines: Sequence[Line], raw: str) -> list[Mail]:
    """The newest mail of a thread first, then what it quotes or forwards, without the marks of quoting."""
    found: list[Mail] = []
    for part in _cut(lines, raw):
        mail = _without_headers(part)
        if any(not line.is_blank for line in mail.body) or mail.sender:
            found.append(mail)
    return found


def is_sentence_line(text: str) -> bool:
    """Whether a line is prose: a whole sentence, a greeting, small English words."""
    if _SENTENCE_END.search(text) or _POLITE.fullmatch(text):
        return True
    words = text.split()
    if not text.isascii() or len(words) < _FEWEST_WORDS:
        return False
    small = sum(word[:1].islower() for word in words) * 2 >= len(words)
    return (small and text.endswith(".")) or (len(words) > _FEWEST_WORDS and len(_ENGLISH_WORDS.findall(text)) > 1)


def says_nothing(text: str) -> bool:
    """Whether a line of a mail is a greeting, an address (…様) or a notice of lawyers, of which nothing is kept."""
    return _POLITE.fullmatch(text) is not None or _LEGAL.search(text) is not None


def decoded_words(text: str) -> str:
    """=?UTF-8?B?…?= as it is meant."""
    if "=?" not in text:
        return text
    try:
        return str(make_header(decode_header(text)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return text


def holds_mail(lines: Sequence[Line], raw: str) -> bool:
    """Whether a text shows that it is a mail or a piece of one: From:, … wrote:, an answer above what it quotes."""
    if any(_is_from(line) or (_QUOTE_BEGINS.fullmatch(line.text) and len(line.text) > 8) for line in lines):
        return True
    quoted = {_QUOTED.match(raw, _line_start(raw, line)) is not None for line in lines if not line.is_blank}
    return len(quoted) > 1


def _is_from(line: Line) -> bool:
    found = _HEADER.fullmatch(line.text)
    return found is not None and found["key"].lower() in _FROM


def _cut(lines: Sequence[Line], raw: str) -> list[list[Line]]:
    """Unquoted lines, then each depth of what is quoted."""
    quoted = [_QUOTED.match(raw, _line_start(raw, line)) is not None and not line.is_blank for line in lines]
    parts: list[list[Line]] = [[]]
    for at, line in enumerate(lines):
        begins = _QUOTE_BEGINS.fullmatch(line.text) is not None and len(line.text) > 8
        goes_in = at > 0 and quoted[at] and not quoted[at - 1] and any(not one.is_blank for one in parts[-1])
        if begins or (goes_in and not _wrote(parts[-1])):
            parts.append([])
        parts[-1].append(line)
    return parts


def _wrote(part: list[Line]) -> bool:
    """Whether a part has only just been begun by 「… wrote:」."""
    return (
        len([line for line in part if not line.is_blank]) <= 1
        and bool(part)
        and _QUOTE_BEGINS.fullmatch(part[0].text) is not None
    )


def _line_start(raw: str, line: Line) -> int:
    """Where the raw line begins, its quoting included."""
    return max(raw.rfind("\n", 0, line.start), raw.rfind("\r", 0, line.start)) + 1


def _without_headers(part: list[Line]) -> Mail:
    sender = subject = None
    body: list[Line] = []
    for line in part:
        header = _HEADER.fullmatch(line.text)
        if header is None or not header["value"].strip():
            wrote = _QUOTE_BEGINS.fullmatch(line.text) is not None and len(line.text) > 8
            sender = sender or (_who_wrote(line) if wrote else None)
            if not wrote and header is None:
                body.append(line)
            continue
        key, value = header["key"].lower(), _part_of(line, header.start("value"), header.end("value"))
        if key in _FROM:
            sender = sender or value
        elif key in _SUBJECT:
            subject = subject or value
    return Mail(tuple(body), sender, subject)


def _who_wrote(line: Line) -> Line | None:
    """The name and mail in 「On Mon, 2 Nov 2026 at 10:00, Taro Yamada <taro@…> wrote:」."""
    found = re.search(
        r"(?:\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]M)?|,)[,\s]*\s*(?P<who>[^,<>:]*<[^<>\s]+@[^<>\s]+>)", line.text
    )
    return _part_of(line, found.start("who"), found.end("who")) if found else None


def _part_of(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end]
    begin = line.start + start + len(text) - len(text.lstrip())
    return Line(line.number, begin, begin + len(text.strip()), text.strip())
