"""The next step (次の一手) in a line: what is to be done, and when."""

import re
from dataclasses import dataclass
from datetime import date, time

from soloflow.capture.when import When, find_dates, find_written

_ARROW = re.compile(r"→|⇒|➡|➜|⇨|->|=>")
# The thing to prepare says more than the way it goes: 見積をメールで送る is a document, メールを送る a mail.
_KINDS = (
    (
        "document",
        re.compile(
            r"資料|見積|提案書|企画書|カタログ|パンフ|サンプル|ドキュメント|契約書|請求書|(?i:quote|proposal|document|estimate)"
        ),
    ),
    (
        "meeting",
        re.compile(
            r"打ち?合わ?せ?|商談|面談|会う|会い|会食|訪問|ミーティング|アポ|ランチ|飲み|来社|デモ|説明会|オンライン会議|(?i:mtg|zoom|meet|visit|lunch|demo)"
        ),
    ),
    ("call", re.compile(r"電話|架電|コール|(?i:tel|call|phone)")),
    ("mail", re.compile(r"メール|メッセージ|返信|お礼|(?i:e-?mail|mail|dm|slack|line|message|reply|write)")),
    ("document", re.compile(r"送る|送付|送ります|(?i:send)")),
    ("other", re.compile(r"連絡|フォロー|確認|リマインド|声をかけ|(?i:follow.?up|contact|check|remind)")),
)
_AFTER_DATE = re.compile(
    r"^(?:[〜~–-]|までには|までに|まで|には|以降に?|頃に?|ごろに?|中に|に|は|の|で|から|[、,:])?\s*"
)
_BEFORE_DATE = re.compile(r"(?:は|を|の|[、,:])?\s*$")
_LEADING_PARTICLE = re.compile(r"^(?:に|へ|を|は|で|と|、)\s+")
_WORD = re.compile(r"[^\s、,|;]+")


_BAR = "\ufffc"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A next step. `kind` is mail, call, meeting, document or other; `due` is None if no date was written."""

    kind: str
    due: date | None
    time: time | None
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """The words of a next step and their place in the line."""

    words: str
    start: int
    end: int


def kind_of_step(words: str) -> str:
    """Tell what a next step is from its words; "other" if they do not say."""
    return next((kind for kind, shape in _KINDS if shape.search(words)), "other")


def read_step(words: str, today: date) -> FollowUp:
    """Read a text that is a next step as a whole: 「来週火曜 14時 電話」, 「資料を送る」."""
    found = find_dates(words, today)
    when = next((when for when in found if when.named_day), found[0] if found else None)
    if when is None:
        text = " ".join(words.split())
        return FollowUp(kind_of_step(text), None, None, text)
    before = _BEFORE_DATE.sub("", words[: when.start]) if words[when.end :].strip() == "" else words[: when.start]
    text = " ".join(f"{before} {_AFTER_DATE.sub('', words[when.end :], count=1)}".split())
    return FollowUp(kind_of_step(text), when.day, when.time, text)


def last_arrow(free: str) -> int | None:
    """Tell where the arrow stands that begins the next step."""
    arrows = list(_ARROW.finditer(free))
    return arrows[-1].start() if arrows else None


def find_step(text: str, free: str, today: date) -> Step | None:
    """Find the next step of a line: what follows the last arrow, else a date that stands by itself or with its deed.

    `free` is the line, width-folded, with everything that is already spoken for blanked out.
    """
    arrow = last_arrow(free)
    if arrow is not None:
        return _after_arrow(text, _ARROW.sub(lambda match: " " * len(match[0]), free), arrow)
    best = None
    # What is spoken for parts a day from a time behind it: one next step never spans a company.
    barred = "".join(_BAR if free[at] == " " and not text[at].isspace() else free[at] for at in range(len(free)))
    for when in find_written(barred, today):
        step = _around(text, free, when, today)
        if step and (best is None or kind_of_step(best.words) == "other"):
            best = step
    return best


def _after_arrow(text: str, free: str, begin: int) -> Step | None:
    tail = free[begin:]
    if not tail.strip():
        return None
    start = begin + len(tail) - len(tail.lstrip())
    # The chip covers the first stretch that nothing else claims: blanks in `free` that are none in the line.
    end = next((at for at in range(start, len(free)) if free[at] == " " and not text[at].isspace()), len(free))
    end = start + len(free[start:end].rstrip())
    return Step(_LEADING_PARTICLE.sub("", _words_of(text, free, start, len(free))), start, end)


def _words_of(text: str, free: str, start: int, end: int) -> str:
    """The words as typed, with what is spoken for left out."""
    return " ".join("".join(text[at] if free[at] != " " else " " for at in range(start, end)).split())


def _around(text: str, free: str, when: When, today: date) -> Step | None:
    """Take a date with the deed in the same word (明日電話する) or in the words beside it (来週火曜 電話)."""
    start, end = when.start, when.end
    while start > 0 and _WORD.match(free[start - 1]):
        start -= 1
    while end < len(free) and _WORD.match(free[end]):
        end += 1
    glued = free[start : when.start] + _AFTER_DATE.sub("", free[when.end : end], count=1)
    if (glued and not _is_deed(glued, 16)) or _leads_the_line(free, when, start):
        return None
    deed = bool(glued)
    for word in list(_WORD.finditer(free, end))[: 0 if deed else 2]:
        if (
            free[end : word.start()].strip(" \t、,")
            or not _is_deed(word[0], 14)
            or text[end : word.start()].strip(" \t　、,")
        ):
            break
        deed, end = True, word.end()
    if not deed:
        before = re.search(r"([^\s、,|;]+)\s+$", free[:start])
        if before and _is_only_deed(before[1]) and not text[before.end(1) : start].strip():
            deed, start = True, before.start(1)
    if (not deed and not (when.named_day and when.exists)) or when.day < today:
        return None
    return Step(" ".join(text[start:end].split()), start, end)


def _leads_the_line(free: str, when: When, start: int) -> bool:
    """A single sign at the very start is somebody's name (金, 関), not a weekday."""
    return not free[:start].strip() and when.end - when.start == 1


def _is_deed(word: str, longest: int) -> bool:
    return len(word) <= longest and any(shape.search(word) for _, shape in _KINDS)


def _is_only_deed(word: str) -> bool:
    return any(shape.fullmatch(re.sub(r"(?:を|する|します)$", "", word)) for _, shape in _KINDS)
